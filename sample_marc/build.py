"""Build the served sample files from the line-oriented sources in ``source/``.

``python sample_marc/build.py`` writes them; ``--check`` writes nothing and exits 1 when a built file differs. A source
is MARCMaker-like text: a blank line ends a record, ``#`` begins a comment line, ``=245  10$aTitle`` is a field (a blank
indicator, and a blank in a control field or the leader, is a backslash; a dollar sign in a text is ``{dollar}``).
``=HOL  key=value|...`` is an OPAC holding and ``=CIR  key=value|...`` a circulation record of the holding above it.

It decides the forms (OPAC XML, MARC 21 in UTF-8 or MARC-8, MARCXML) and nothing about content; it refuses to know
availability. The output depends on the sources alone. Raises SourceError, naming file and line, for a source it cannot
read and for a character that MARC-8 does not have.
"""
# ruff: noqa: INP001 - a script beside its data, not a package

from __future__ import annotations

import argparse
import re
import sys
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree
from pymarc import Field, Indicators, MARCReader, Record, Subfield
from pymarc.leader import Leader
from pymarc.marc8_mapping import CODESETS

__all__ = ["SourceError", "SourceField", "SourceHolding", "SourceRecord", "build_all", "main", "parse_source"]

HERE = Path(__file__).resolve().parent
SLIM = "http://www.loc.gov/MARC21/slim"
_DEFAULT_NAMESPACE: dict[str, str] = {None: SLIM}  # type: ignore[dict-item]  # lxml's stubs know no default namespace

# The elements of a holding and of a circulation record, in the order in which YAZ writes them.
HOLDING_KEYS = (
    "typeOfRecord", "encodingLevel", "format", "receiptAcqStatus", "generalRetention", "completeness", "dateOfReport",
    "nucCode", "localLocation", "shelvingLocation", "callNumber", "shelvingData", "copyNumber", "publicNote",
    "reproductionNote", "termsUseRepro", "enumAndChron",
)  # fmt: skip
CIRCULATION_KEYS = (
    "availableNow", "availabilityDate", "availableThru", "restrictions", "itemId", "renewable", "onHold",
    "enumAndChron", "midspine", "temporaryLocation",
)  # fmt: skip
FLAG_KEYS = frozenset({"availableNow", "renewable", "onHold"})

_LINE = re.compile(r"=([0-9A-Z]{3})  (.+)")

# MARC-8 sets (LoC MARC 21 specification, "Character sets: MARC-8"): ANSEL stands in G1 by default; the others are
# called into G0 by ESC ( and their final character, and ESC ( B calls ASCII back.
_ASCII, _ANSEL = 0x42, 0x45
_CALLED = {charset: bytes((0x1B, 0x28, charset)) for charset in (_ASCII, 0x4E, 0x32, 0x33, 0x53)}


class SourceError(ValueError):
    """A source that cannot be built; the message says where and what to do."""


@dataclass(frozen=True, slots=True)
class SourceField:
    """One field: ``tag``, and for a control field its ``data``, else two indicators and (code, text) pairs."""

    tag: str
    data: str = ""
    indicators: str = ""
    subfields: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class SourceHolding:
    """One OPAC holding and its circulation records, as element name and text."""

    elements: dict[str, str]
    circulations: list[dict[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class SourceRecord:
    """One record of a source: ``leader`` of 24 characters, ``fields`` in order, OPAC ``holdings`` (often none)."""

    leader: str = ""
    fields: list[SourceField] = field(default_factory=list)
    holdings: list[SourceHolding] = field(default_factory=list)

    @property
    def control_number(self) -> str:
        """The text of 001, or "" when there is none."""
        return next((found.data for found in self.fields if found.tag == "001"), "")


def parse_source(text: str, name: str) -> list[SourceRecord]:
    """Parse a source ``text``; ``name`` is the file's name for messages. Raises SourceError."""
    records: list[SourceRecord] = []
    current: SourceRecord | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith("#"):
            continue
        if not line.strip():
            current = None
            continue
        matched = _LINE.fullmatch(line)
        if matched is None:
            raise SourceError(f"{name}:{number}: not a field line; write '=TAG', two blanks, then the field")
        if current is None:
            current = SourceRecord()
            records.append(current)
        try:
            _add(current, matched[1], matched[2])
        except SourceError as error:
            raise SourceError(f"{name}:{number}: {error}") from None
    for record in records:
        if len(record.leader) != 24 or not record.control_number:
            raise SourceError(f"{name}: record {record.control_number!r} needs =LDR of 24 characters and =001")
    return records


def _add(record: SourceRecord, tag: str, body: str) -> None:
    if tag == "LDR":
        record.leader = body.replace("\\", " ")
    elif tag == "HOL":
        record.holdings.append(SourceHolding(_pairs(body, HOLDING_KEYS)))
    elif tag == "CIR":
        if not record.holdings:
            raise SourceError("=CIR stands before any =HOL; put it under its holding")
        record.holdings[-1].circulations.append(_pairs(body, CIRCULATION_KEYS))
    elif tag < "010":
        record.fields.append(SourceField(tag, data=body.replace("\\", " ")))
    else:
        indicators, first, rest = body[:2].replace("\\", " "), body[2:3], body[3:]
        if len(indicators) != 2 or first != "$" or not rest:
            raise SourceError(f"field {tag} needs two indicators and then $ and a subfield code")
        parts = [(part[:1], part[1:].replace("{dollar}", "$")) for part in rest.split("$")]
        if any(not code or not text for code, text in parts):
            raise SourceError(f"field {tag} has an empty subfield; a dollar sign in a text is written {{dollar}}")
        record.fields.append(SourceField(tag, indicators=indicators, subfields=tuple(parts)))


def _pairs(body: str, known: tuple[str, ...]) -> dict[str, str]:
    pairs = dict(part.partition("=")[::2] for part in body.split("|"))
    unknown = sorted(set(pairs) - set(known))
    if unknown:
        raise SourceError(f"unknown element {unknown[0]!r}; known are {', '.join(known)}")
    return {key: pairs[key] for key in known if key in pairs}


def _marc_element(record: SourceRecord) -> etree._Element:
    root = etree.Element(f"{{{SLIM}}}record", nsmap=_DEFAULT_NAMESPACE)
    etree.SubElement(root, f"{{{SLIM}}}leader").text = record.leader
    for source in record.fields:
        if source.tag < "010":
            etree.SubElement(root, f"{{{SLIM}}}controlfield", tag=source.tag).text = source.data
            continue
        attributes = {"tag": source.tag, "ind1": source.indicators[0], "ind2": source.indicators[1]}
        element = etree.SubElement(root, f"{{{SLIM}}}datafield", attributes)
        for code, text in source.subfields:
            etree.SubElement(element, f"{{{SLIM}}}subfield", code=code).text = text
    return root


def _opac_element(record: SourceRecord) -> etree._Element:
    root = etree.Element("opacRecord")
    etree.SubElement(root, "bibliographicRecord").append(_marc_element(record))
    holdings = etree.SubElement(root, "holdings")
    for source in record.holdings:
        holding = etree.SubElement(holdings, "holding")
        for key, text in source.elements.items():
            etree.SubElement(holding, key).text = text
        if not source.circulations:
            continue
        circulations = etree.SubElement(holding, "circulations")
        for pairs in source.circulations:
            circulation = etree.SubElement(circulations, "circulation")
            for key, text in pairs.items():
                if key in FLAG_KEYS:
                    etree.SubElement(circulation, key, value=text)
                else:
                    etree.SubElement(circulation, key).text = text
    return root


def _xml(root: etree._Element, children: Iterable[etree._Element]) -> bytes:
    root.extend(list(children))
    etree.indent(root, space=" ")
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"


def opac_xml(records: list[SourceRecord]) -> bytes:
    """Return the records as OPAC XML under one plain wrapper element, ``opacRecords``."""
    return _xml(etree.Element("opacRecords"), map(_opac_element, records))


def marcxml(records: list[SourceRecord]) -> bytes:
    """Return the records as a MARCXML collection."""
    return _xml(etree.Element(f"{{{SLIM}}}collection", nsmap=_DEFAULT_NAMESPACE), map(_marc_element, records))


def _iso2709(record: SourceRecord, encode: Callable[[str], str]) -> bytes:
    built = Record(to_unicode=False)  # leader/09 stays what the source says
    built.leader = Leader(record.leader)
    for source in record.fields:
        if source.tag < "010":
            built.fields.append(Field(source.tag, data=source.data))
            continue
        indicators = Indicators(source.indicators[0], source.indicators[1])
        subfields = [Subfield(code, encode(text)) for code, text in source.subfields]
        built.fields.append(Field(source.tag, indicators=indicators, subfields=subfields))
    return built.as_marc()


def utf8_marc(records: list[SourceRecord]) -> bytes:
    """Return the records as MARC 21 in UTF-8 (leader/09 is "a")."""
    return b"".join(_iso2709(record, str) for record in records)


def marc8_marc(records: list[SourceRecord]) -> bytes:
    """Return the records as MARC 21 in MARC-8 (leader/09 blank); raise SourceError unless they read back the same."""
    # pymarc writes such a record as Latin-1, so the MARC-8 bytes pass through it as the characters of the same codes.
    built = b"".join(_iso2709(record, lambda text: to_marc8(text).decode("latin-1")) for record in records)
    for source, read in zip(records, MARCReader(built), strict=True):
        back = [] if read is None else [tuple(one.subfields) for one in read.fields if not one.control_field]
        if back != [_composed(one.subfields) for one in source.fields if not one.data]:
            raise SourceError(f"record {source.control_number}: MARC-8 does not read back as the same text")
    return built


def _composed(subfields: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple((code, unicodedata.normalize("NFC", text)) for code, text in subfields)


def _marc8_table() -> dict[str, tuple[int, int]]:
    table: dict[str, tuple[int, int]] = {}
    for charset in (_ASCII, _ANSEL, *_CALLED):  # the accents of ANSEL win over those that the Greek set repeats
        for code, (point, _combining) in CODESETS[charset].items():
            table.setdefault(chr(point), (charset, code))
    return table


_MARC8 = _marc8_table()


def to_marc8(text: str) -> bytes:
    """Encode ``text`` in MARC-8: combining marks before their letter, ASCII called back at the end.

    A letter that a called set has ready-made (Cyrillic short i) is taken from there, else it is decomposed. Raises
    SourceError for a character that is in none of the ASCII, ANSEL, Cyrillic, Hebrew, Arabic and Greek sets.
    """
    out, active = bytearray(), _ASCII
    for letter, marks in _clusters(text):
        for mark in marks:
            out.append(_code(mark)[1])
        charset, code = _code(letter)
        if charset not in (active, _ANSEL):
            out += _CALLED[charset]
            active = charset
        out.append(code)
    return bytes(out if active == _ASCII else out + _CALLED[_ASCII])


def _clusters(text: str) -> Iterable[tuple[str, str]]:
    pending, marks = "", ""
    for char in unicodedata.normalize("NFC", text):
        for part in char if char in _MARC8 else unicodedata.normalize("NFD", char):
            if pending and unicodedata.combining(part):
                marks += part
                continue
            if pending:
                yield pending, marks
            pending, marks = part, ""
    if pending:
        yield pending, marks


def _code(char: str) -> tuple[int, int]:
    found = _MARC8.get(char)
    if found is None:
        raise SourceError(f"MARC-8 has no {char!r} (U+{ord(char):04X}); write it otherwise")
    return found


# Source name, built file, writer.
SERVED: tuple[tuple[str, str, Callable[[list[SourceRecord]], bytes]], ...] = (
    ("lakeside", "alma.opac.xml", opac_xml),
    ("harbor", "koha.mrc", utf8_marc),
    ("hilltop", "hilltop.opac.xml", opac_xml),
    ("oldtown", "oldtown.mrc", marc8_marc),
    ("extra", "extra.xml", marcxml),
)


def build_all(sources: Path = HERE / "source") -> dict[str, bytes]:
    """Return the bytes of every built file by file name. Raises SourceError, and OSError for a missing source."""
    built: dict[str, bytes] = {}
    for name, target, write in SERVED:
        path = sources / f"{name}.mrk"
        built[target] = write(parse_source(path.read_text(encoding="utf-8"), path.name))
    return built


def main(arguments: list[str] | None = None) -> int:
    """Write the built files, or with ``--check`` compare them; return the exit code."""
    parser = argparse.ArgumentParser(description="Build the sample files from their sources.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when a built file differs")
    options = parser.parse_args(arguments)
    stale = []
    for name, data in build_all().items():
        path = HERE / name
        if path.is_file() and path.read_bytes() == data:
            continue
        stale.append(name)
        if not options.check:
            path.write_bytes(data)
    verb = "differs from its source; run sample_marc/build.py" if options.check else "written"
    for name in stale:
        sys.stdout.write(f"{name}: {verb}\n")
    return 1 if options.check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
