"""Object identifiers of Z39.50: record syntaxes, attribute and diagnostic sets.

Source: Z39.50-2003 Appendix 1 (OID), and the registry of the Z39.50 Maintenance Agency (Library of Congress).
Pure data. ``PREFIX`` is {iso member-body US ansi-standard-z39.50}.
"""

from __future__ import annotations

__all__ = [
    "BIB1_ATTRIBUTES",
    "BIB1_DIAGNOSTICS",
    "GRS1",
    "MARC21",
    "MARC_SYNTAXES",
    "OPAC",
    "RECORD_SYNTAXES",
    "SUTRS",
    "XML",
    "syntax_name",
]

PREFIX = "1.2.840.10003"
BIB1_ATTRIBUTES = f"{PREFIX}.3.1"
BIB1_DIAGNOSTICS = f"{PREFIX}.4.1"

UNIMARC = f"{PREFIX}.5.1"
MARC21 = f"{PREFIX}.5.10"  # registered as USMARC; MARC 21 is its name since 1999
SUTRS = f"{PREFIX}.5.101"
OPAC = f"{PREFIX}.5.102"
GRS1 = f"{PREFIX}.5.105"
XML = f"{PREFIX}.5.109.10"
TEXT_XML = f"{PREFIX}.5.109.11"  # application/xml, answered by some targets for text/xml

# The names that configuration and the command line use, as YAZ and most targets print them.
RECORD_SYNTAXES = {
    "marc21": MARC21,
    "usmarc": MARC21,
    "unimarc": UNIMARC,
    "ukmarc": f"{PREFIX}.5.11",
    "normarc": f"{PREFIX}.5.12",
    "danmarc": f"{PREFIX}.5.14",
    "finmarc": f"{PREFIX}.5.15",
    "opac": OPAC,
    "sutrs": SUTRS,
    "grs1": GRS1,
    "xml": XML,
}

# Registered under .5.1 to .5.27 are the ISO 2709 formats (MARC 21 and its national relatives).
MARC_SYNTAXES = frozenset(f"{PREFIX}.5.{arc}" for arc in range(1, 30))
XML_SYNTAXES = frozenset({XML, TEXT_XML, f"{PREFIX}.5.109.1", f"{PREFIX}.5.109.2"})

_NAMES = {oid: name for name, oid in reversed(RECORD_SYNTAXES.items())}


def syntax_name(oid: str | None) -> str:
    """Return the short name of a record syntax, or the dotted OID itself when it has none."""
    if oid is None:
        return "unnamed"
    return _NAMES.get(oid, "xml" if oid in XML_SYNTAXES else oid)
