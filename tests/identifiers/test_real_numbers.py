"""The numbers of the shared real records: whatever python-stdnum accepts is accepted here, and the other way round."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from stdnum import ean as stdnum_ean, isbn as stdnum_isbn, ismn as stdnum_ismn, isrc as stdnum_isrc, issn as stdnum_issn

from locate.identifiers import (
    is_lccn,
    normalize_lccn,
    parse_isbn,
    parse_issn,
    parse_standard_number,
    parse_sudoc,
    read_qualifier,
)
from locate.records.iso2709 import split_marc

# The number at the head of a subfield, up to a parenthesis, a colon or a word.
HEAD = re.compile(r"\s*(?:[A-Z]{2}-?[A-Z0-9]{3}|M)?[0-9X -]+", re.IGNORECASE)
KINDS = {"0": ("isrc", stdnum_isrc), "1": ("upc", stdnum_ean), "2": ("ismn", stdnum_ismn), "3": ("ean", stdnum_ean)}
TAGS = {"010", "020", "022", "024", "086", "490", "773", "775", "776", "780", "785", "830"}
MORE_ISSNS = {"ISSN 0547-5570": "its label is taken off", "[2423-0731] ;": "its brackets are taken off"}
NO_LCCN = {
    "123": "test data",
    "lc123": "test data",
    "lccn number": "test data",
    "n  79021425440126": "two numbers run together",
    "580205490898": "two numbers run together",
    "111222692124692124": "several numbers run together",
}


@pytest.fixture(scope="module")
def numbers(shared: Path) -> dict[tuple[str, str, str], set[str]]:
    """Return the different texts of each (tag, first indicator, subfield) of the shared records."""
    found: dict[tuple[str, str, str], set[str]] = {}
    for tag, ind1, code, text in _numbers(shared):
        found.setdefault((tag, ind1, code), set()).add(text)
    return found


def _numbers(shared: Path) -> Iterator[tuple[str, str, str, str]]:
    for folder in ("records", "partners"):
        for path in sorted((shared / "data" / folder).glob("*.mrc")):
            for raw in split_marc(path.read_bytes()):
                yield from _subfields(raw)


def _subfields(raw: bytes) -> Iterator[tuple[str, str, str, str]]:
    """Yield the subfields of the wanted fields by the directory alone, for reading whole records takes minutes."""
    base = int(raw[12:17]) if raw[12:17].isdigit() else 0
    for entry in re.finditer(rb"([0-9]{3})([0-9]{4})([0-9]{5})", raw[24 : base - 1] if base else b""):
        tag, length, start = entry.group(1).decode(), int(entry.group(2)), base + int(entry.group(3))
        if tag in TAGS:
            indicators, *subfields = raw[start : start + length - 1].decode("utf-8", "replace").split("\x1f")
            ind1 = indicators[:1] if tag in {"024", "086"} else ""
            yield from ((tag, ind1, each[:1], each[1:]) for each in subfields)


def _texts(numbers: dict[tuple[str, str, str], set[str]], *where: tuple[str, str, str]) -> set[str]:
    return set().union(*(numbers.get(each, set()) for each in where))


def _accepted(oracle: ModuleType, text: str) -> bool:
    head = HEAD.match(text)
    return head is not None and bool(oracle.is_valid(head.group().strip(" -")))


@pytest.mark.shared
def test_isbns_accepted_by_stdnum_are_accepted(numbers: dict[tuple[str, str, str], set[str]]) -> None:
    """The heads of 020 $a and $z and of 77X $z are valid for both or for neither: the two differ on none of them."""
    texts = _texts(numbers, ("020", "", "a"), ("020", "", "z"), ("776", "", "z"), ("775", "", "z"), ("773", "", "z"))
    assert len(texts) > 1000
    assert {text for text in texts if parse_isbn(text).valid != _accepted(stdnum_isbn, text)} == set()


@pytest.mark.shared
def test_issns_accepted_by_stdnum_are_accepted(numbers: dict[tuple[str, str, str], set[str]]) -> None:
    """The heads of 022 and of the $x of series and linking entries are valid for both, but for two found here only."""
    linked = [(tag, "", "x") for tag in ("490", "773", "776", "780", "785", "830")]
    texts = _texts(numbers, *(("022", "", code) for code in "alyz"), *linked)
    assert len(texts) > 1000
    assert {text for text in texts if parse_issn(text).valid != _accepted(stdnum_issn, text)} == MORE_ISSNS.keys()


@pytest.mark.shared
@pytest.mark.parametrize("indicator", KINDS)
def test_numbers_of_024_accepted_by_stdnum_are_accepted(
    numbers: dict[tuple[str, str, str], set[str]], indicator: str
) -> None:
    """The heads of 024 $a and $z with a known kind are valid for both or for neither."""
    kind, oracle = KINDS[indicator]
    texts = _texts(numbers, ("024", indicator, "a"), ("024", indicator, "z"))
    assert texts
    assert {text for text in texts if parse_standard_number(text, kind).valid != _accepted(oracle, text)} == set()


@pytest.mark.shared
def test_real_lccns_have_the_form(numbers: dict[tuple[str, str, str], set[str]]) -> None:
    """All of 010 $a are LCCNs once normalised, but for the few that are listed with the reason."""
    texts = numbers["010", "", "a"]
    assert {text.strip() for text in texts if not is_lccn(normalize_lccn(text))} == NO_LCCN.keys()


@pytest.mark.shared
def test_real_sudoc_numbers_have_the_form(numbers: dict[tuple[str, str, str], set[str]]) -> None:
    """All but one in four hundred of 086 have the form: the rest has typing errors or lacks its colon."""
    texts = numbers["086", "0", "a"]
    assert sum(not parse_sudoc(text).valid for text in texts) < len(texts) / 400


@pytest.mark.shared
def test_real_sudoc_numbers_meet_only_as_spellings(numbers: dict[tuple[str, str, str], set[str]]) -> None:
    """Numbers with one canonical form differ in nothing but case, blanks, full stops and the sign at their end."""
    met: dict[str, set[str]] = {}
    for text in _texts(numbers, ("086", "0", "a"), ("086", "0", "z")):
        met.setdefault(parse_sudoc(text).value, set()).add(re.sub(r"[\s.]|[/-]$", "", text.upper()))
    assert {value: texts for value, texts in met.items() if len(texts) > 1} == {}


@pytest.mark.shared
def test_most_real_qualifiers_are_understood(numbers: dict[tuple[str, str, str], set[str]]) -> None:
    """Three in four of the different qualifiers of 020 say something; the rest are publishers, places and titles."""
    beside = {parse_isbn(text).qualifier for text in numbers["020", "", "a"]} | numbers["020", "", "q"]
    assert sum(read_qualifier(text) != read_qualifier("") for text in beside) > 0.75 * len(beside)
