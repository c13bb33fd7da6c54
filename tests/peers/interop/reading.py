"""Take the facts out of a record, without this project's own readers: their mistakes cannot hide here. Pure."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from xml.etree import ElementTree as ET

import pymarc

__all__ = [
    "facts_of_lines",
    "facts_of_marc",
    "facts_of_marc_text",
    "facts_of_opac_xml",
    "facts_of_xml",
    "marc_from_xml",
]

_SLIM = "{http://www.loc.gov/MARC21/slim}record"
_LABEL = re.compile(r"^\s*(?:\([^)]*\)|[A-Za-z ]+:)\s*")


def facts_of_marc(data: bytes) -> tuple[str, ...]:
    """Return record number and title proper of an ISO 2709 record in UTF-8."""
    return _facts(pymarc.Record(data=data, to_unicode=True, force_utf8=True))


def facts_of_xml(data: bytes | str) -> tuple[str, ...]:
    """Return record number and title proper of a MARCXML record."""
    return _facts(marc_from_xml(ET.fromstring(data)))


def marc_from_xml(element: ET.Element) -> pymarc.Record:
    """Return the MARC record that an element is or holds: the first."""
    source = io.BytesIO(ET.tostring(next(element.iter(_SLIM))))
    parse: Callable[[io.BytesIO], list[pymarc.Record]] = pymarc.parse_xml_to_array
    return parse(source)[0]


def facts_of_opac_xml(data: bytes | str | ET.Element) -> tuple[str, ...]:
    """Return record number, title proper and call numbers of one OPAC record in XML."""
    root = data if isinstance(data, ET.Element) else ET.fromstring(data)
    return (*_facts(marc_from_xml(root)), *(found.text or "" for found in root.iter("callNumber")))


def facts_of_marc_text(text: str) -> tuple[str, ...]:
    """Return record number and title proper of a MARC record shown as lines of tag, indicators and $ subfields."""
    number = re.search(r"^001 (.*)$", text, re.MULTILINE)
    title = re.search(r"^245 .*?\$a (.*?)(?= \$\w |$)", text, re.MULTILINE)
    assert number is not None and title is not None, text  # noqa: PT018 - one reason: no MARC record
    return number[1].strip(), title[1].strip()


def facts_of_lines(text: str) -> tuple[str, ...]:
    """Return the value of each line: what follows its label ("Title: ") or tag ("(2,1) ")."""
    return tuple(value for line in text.splitlines() if (value := _LABEL.sub("", line).strip()))


def _facts(record: pymarc.Record) -> tuple[str, ...]:
    return str(record["001"].data).strip(), str(record["245"]["a"]).strip()
