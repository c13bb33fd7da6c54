"""MARC written out as lines of text, one field a line, back into records.

Three ways of writing are told apart line by line: that of this package and of YAZ ("245 10 $a Title $b rest"), that of
MarcEdit ("=245  10$aTitle$brest"), and that of Perl's MARC::Record (one subfield a line: "245 10 _aTitle", "_brest"
below it). A record begins with its leader. Decides nothing about content. Returns a RecordError, in its place, for a
record without a leader or with a line that is none of these; raises nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from locate.errors import RecordError
from locate.records.content import MarcContent, clean_text
from locate.records.elements import CharsetEvidence, DataField
from locate.records.iso2709 import encode_iso2709

__all__ = ["begins_with_lines", "iso2709_of_lines"]

_LEADER = re.compile(r"(?:=LDR {2}|LDR {1,5})(.*)")
_CONTROL = re.compile(r"=?(00[0-9A-Z])\s+(.*)")
_FIELD = re.compile(r"(?:=([0-9A-Z]{3}) {2}|([0-9A-Z]{3}) )(.)(.) ?([$_].*)")
_CONTINUED = re.compile(r"\s{4,}(_[0-9a-z].*)")
_SPACED = re.compile(r"(?:^| )\$([0-9a-z]) ")
_CLOSE = re.compile(r"\$([0-9a-z])")
_BLANK = "\\"


def begins_with_lines(data: bytes) -> bool:
    """Tell whether ``data`` begins like MARC written out as lines: with a leader that is called so."""
    return re.match(rb"\s*(?:\xef\xbb\xbf)?\s*=?LDR\s", data) is not None


def iso2709_of_lines(data: bytes) -> Iterator[bytes | RecordError]:
    """Yield each record of ``data`` in ISO 2709 (UTF-8), or why it cannot be read."""
    text = data.decode("utf-8-sig", "replace")
    for lines in _records(text.splitlines()):
        raw = "\n".join(lines).encode()
        try:
            yield encode_iso2709(_content(lines))
        except RecordError as error:
            yield RecordError(error.reason, raw=raw, syntax="marc21")


def _records(lines: list[str]) -> Iterator[list[str]]:
    """Yield the lines of each record: a leader begins one, whether or not a blank line stands before it."""
    current: list[str] = []
    for line in lines:
        if _LEADER.match(line) and current:
            yield current
            current = []
        if line.strip():
            current.append(line)
    if current:
        yield current


def _content(lines: list[str]) -> MarcContent:
    leader = _LEADER.match(lines[0])
    if leader is None:
        raise RecordError("is MARC in lines without a leader (LDR …) before its fields")
    control: list[tuple[str, str]] = []
    fields: list[tuple[str, str, str, list[tuple[str, str]]]] = []
    for number, line in enumerate(lines[1:], 2):
        if found := _CONTROL.fullmatch(line):
            control.append((found[1], found[2].replace(_BLANK, " ")))
        elif found := _FIELD.fullmatch(line):
            fields.append((found[1] or found[2], _indicator(found[3]), _indicator(found[4]), _subfields(found[5])))
        elif fields and (found := _CONTINUED.fullmatch(line)):
            fields[-1][3].extend(_subfields(found[1]))
        else:
            raise RecordError(f"line {number} is no field of MARC in lines: {line[:60]!r}")
    return MarcContent(
        leader[1].replace(_BLANK, " ").ljust(24)[:24],
        tuple(control),
        tuple(DataField(tag, first, second, tuple(subfields)) for tag, first, second, subfields in fields),
        CharsetEvidence("utf-8", "utf-8"),
    )


def _indicator(mark: str) -> str:
    return mark.replace(_BLANK, " ").replace("#", " ")


def _subfields(text: str) -> list[tuple[str, str]]:
    if text.startswith("_"):
        return [(text[1:2], clean_text(text[2:].strip()))]
    parts = (_SPACED if _SPACED.match(text) else _CLOSE).split(text)
    return [(code, clean_text(value.strip())) for code, value in zip(parts[1::2], parts[2::2], strict=True)]
