"""The ASN.1 that asn1tools judges by: this folder's own, and the standard's text when a copy is installed.

The standard's text comes with Debian's libyaz-dev; asn1tools reads it after small repairs, which are made here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import asn1tools

__all__ = ["STANDARD_FOLDER", "Specification", "own", "standard"]

STANDARD_FOLDER = Path("/usr/share/yaz/z39.50")
# The modules compared, as (file, how the module begins).
_MODULES = (
    ("z3950v3.asn", "Z39-50-APDU-1995"),
    ("z3950v3.asn", "RecordSyntax-opac"),
    ("z3950v3.asn", "RecordSyntax-generic"),
    ("charneg-3.asn", "NegotiationRecordDefinition-charSetandLanguageNegotiation-3"),
)
_SPELLED_OUT = """
External ::= [UNIVERSAL 8] IMPLICIT SEQUENCE {
  direct-reference OBJECT IDENTIFIER OPTIONAL,
  indirect-reference INTEGER OPTIONAL,
  encoding CHOICE {
    single-ASN1-type [0] ANY, octet-aligned [1] IMPLICIT OCTET STRING, arbitrary [2] IMPLICIT BIT STRING
  }
}
LanguageCode ::= InternationalString
InternationalString ::= [UNIVERSAL 27] IMPLICIT OCTET STRING
TimeText ::= [UNIVERSAL 24] IMPLICIT OCTET STRING
"""


@dataclass(frozen=True, slots=True)
class Specification:
    """Compiled ASN.1, and its types as asn1tools parsed them: name -> description."""

    compiled: Any
    types: dict[str, Any]


@cache
def own() -> Specification:
    """Return the ASN.1 of this folder."""
    texts = [path.read_text(encoding="ascii") for path in sorted(Path(__file__).parent.glob("*.asn"))]
    return _compile("\n".join(texts))


@cache
def standard() -> Specification:
    """Return the standard's ASN.1; InternationalString, GeneralizedTime and EXTERNAL are spelled out as in ``own``."""
    bodies = [_body((STANDARD_FOLDER / file).read_text(encoding="latin-1"), name) for file, name in _MODULES]
    text = "\n".join(bodies)
    text = re.sub(r"InternationalString\s*::=\s*GeneralString", "", text)
    text = re.sub(r"\bEXTERNAL\b", "External", text)
    text = re.sub(r"\bGeneralizedTime\b", "TimeText", text)
    return _compile(f"{text}\n{_SPELLED_OUT}")


def _body(text: str, name: str) -> str:
    """Return what a module defines, without its imports, exports and comments."""
    begin = text.index("BEGIN", text.index(f"\n{name}" if not text.startswith(name) else name))
    lines = text[begin + len("BEGIN") : text.index("\nEND", begin)].splitlines()
    body = "\n".join(line.partition("--")[0] for line in lines)
    return re.sub(r"\b(IMPORTS|EXPORTS)\b[^;]*;", "", body)


def _compile(definitions: str) -> Specification:
    parsed = asn1tools.parse_string(f"Z3950 DEFINITIONS ::= BEGIN\n{definitions}\nEND\n")
    (module,) = parsed.values()
    types = dict(module["types"])
    return Specification(asn1tools.compile_dict(parsed, "ber"), types)
