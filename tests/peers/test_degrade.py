"""The degraded citations: the listed probabilities, nothing that no ILL citation carries, the same every time."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pymarc
import pytest
from stdnum import isbn as stdnum_isbn

from locate.citation import Citation, DocumentType, RequestedFormat
from tests.peers.catalog import Facts, fold, read_facts, same_items
from tests.peers.degrade import CUT_AT, RATES, Sampled, citations, degrade

DRAWS = 4000
LONG_TITLE = "The élite of forty-two provinces, their people's customs & a great many other things [illustrated]"
CLEAN_TITLE = "The élite of forty-two provinces their people's customs & a great many other things illustrated"
FACTS = Facts(
    control_number="n1",
    title=LONG_TITLE,
    subtitle="subtitle words",
    parts=(("n", "Volume 3,"), ("p", "Northern part")),
    nonfiling=4,
    author="Núñez, María José,",
    personal=True,
    responsibility="by M. J. Núñez",
    year=1974,
    edition="2nd ed.",
    publisher="University Press of Nowhere,",
    isbns=("9780803913066",),
    other_isbns=("9780128159491",),
    issns=("0028-0836",),
    carrier=RequestedFormat.PRINT,
    type=DocumentType.BOOK,
    language="eng",
    oclc=frozenset(),
)


@pytest.fixture(scope="module")
def drawn() -> list[Citation]:
    """Return the citations of many draws of one record that has every field."""
    return [degrade(FACTS, random.Random(f"rates:{n}")) for n in range(DRAWS)]


def _title(c: Citation) -> str:
    return c.title or ""


def _isbn(c: Citation) -> str:
    return c.isbn[0].replace("-", "") if c.isbn else ""


def _own_isbn(c: Citation) -> bool:
    return bool(c.isbn) and _isbn(c) != FACTS.other_isbns[0]


def _typo_free(c: Citation) -> bool:
    known = set(fold(f"{LONG_TITLE} {FACTS.subtitle} Volume 3 Northern part").split())
    return set(fold(_title(c)).split()) <= known


def _whole(c: Citation) -> bool:
    return _typo_free(c) and len(_title(c)) > CUT_AT


@pytest.mark.parametrize(
    ("rate", "holds", "among"),
    [
        (RATES["lower"], lambda c: _title(c).islower(), _whole),
        (RATES["drop_article"], lambda c: not _title(c).lower().startswith("the"), _typo_free),
        (RATES["fold"], lambda c: "é" not in _title(c), _typo_free),
        (RATES["cut"], lambda c: len(_title(c)) <= CUT_AT + 3, None),
        (RATES["typos"], lambda c: not _typo_free(c), None),
        (RATES["subtitle"], lambda c: "subtitle words" in _title(c).lower(), _whole),
        (RATES["number_in_title"], lambda c: "volume 3" in _title(c).lower(), _whole),
        (RATES["number_in_title"], lambda c: c.volume is None, None),
        (1.0, lambda c: "northern part" in _title(c).lower(), _whole),
        (RATES["author"], lambda c: c.author is not None, None),
        (RATES["surname_only"], lambda c: " " not in (c.author or ""), lambda c: c.author is not None),
        (RATES["year_exact"], lambda c: c.year == 1974, None),
        (RATES["year_off"], lambda c: c.year in {1973, 1975}, None),
        (0.08, lambda c: c.year is None, None),
        (RATES["edition"], lambda c: c.edition == "2", None),
        (RATES["publisher"], lambda c: c.publisher == "University Press", None),
        (RATES["isbn_other_format"], lambda c: _isbn(c) == FACTS.other_isbns[0], None),
        (RATES["isbn_own"], _own_isbn, None),
        (RATES["isbn_as_10"], lambda c: len(_isbn(c)) == 10, _own_isbn),
        (RATES["isbn_hyphens"], lambda c: "-" in c.isbn[0], _own_isbn),
        (RATES["isbn_wrong_digit"], lambda c: not stdnum_isbn.is_valid(_isbn(c)), _own_isbn),
        (RATES["issn"], lambda c: c.issn == ("0028-0836",), None),
        (RATES["format"], lambda c: c.format is RequestedFormat.PRINT, None),
        (1.0, lambda c: c.type is DocumentType.BOOK, None),
        (RATES["language"], lambda c: c.language == "eng", None),
        (0.0, lambda c: bool(c.control_numbers or c.lccn), None),
    ],
)
def test_each_probability_is_the_listed_one(
    drawn: list[Citation], rate: float, holds: Callable[[Citation], bool], among: Callable[[Citation], bool] | None
) -> None:
    """The share of citations with a property is the listed rate, within four standard errors."""
    base = [c for c in drawn if among is None or among(c)]
    share = sum(map(holds, base)) / len(base)
    assert len(base) > 500
    assert share == pytest.approx(rate, abs=4 * (rate * (1 - rate) / len(base)) ** 0.5)


def test_punctuation_is_gone_and_words_stay_joined(drawn: list[Citation]) -> None:
    """Commas, brackets and colons go; hyphens, apostrophes and ampersands inside a title stay."""
    assert not any(set(_title(c)) & set(",[]:;./") for c in drawn)
    assert any(_title(c).startswith(CLEAN_TITLE) for c in drawn)


def test_typos_come_one_for_thirty_characters() -> None:
    """A title spoiled by dropped or added letters alone shows how many typos there are: one for thirty characters."""
    for title, clean, most in (("Birds /", "Birds", 1), (LONG_TITLE, CLEAN_TITLE, 3)):
        facts = replace(FACTS, title=title, parts=(), subtitle="")
        grown = [len(_title(degrade(facts, random.Random(n)))) - len(clean) for n in range(DRAWS)]
        assert max(grown) == most


def test_author_forms() -> None:
    """A person is a surname or forename and surname; a corporate body keeps its heading."""
    people = {degrade(FACTS, random.Random(n)).author for n in range(200)}
    bodies = {
        degrade(replace(FACTS, author="United States.", personal=False), random.Random(n)).author for n in range(50)
    }
    assert people == {None, "Nunez", "Núñez", "Maria Jose Nunez", "María José Núñez"}
    assert bodies == {None, "United States"}


def test_a_field_that_the_record_lacks_stays_absent() -> None:
    """A bare record gives a citation with title, type and at most the wished format."""
    bare = replace(
        FACTS, author="", year=None, edition="", publisher="", isbns=(), other_isbns=(), issns=(), language="", parts=()
    )
    for n in range(100):
        assert set(degrade(bare, random.Random(n)).to_mapping()) <= {"title", "type", "format"}


def _record(number: str, title: str, year: str = "1974", *, oclc: str = "", form: str = " ") -> pymarc.Record:
    record = pymarc.Record(force_utf8=True, leader="00000nam a2200000 a 4500")
    fixed = f"740101s{year}    xx {' ' * 5}{form}     000 0 eng d"
    record.fields += [
        pymarc.Field(tag="001", data=number),
        pymarc.Field(tag="008", data=fixed),
        pymarc.Field(tag="100", subfields=[pymarc.Subfield("a", "Doe, Jo,")]),
        pymarc.Field(tag="245", subfields=[pymarc.Subfield("a" if title else "c", title or "nobody")]),
    ]
    if oclc:
        record.fields.append(pymarc.Field(tag="035", subfields=[pymarc.Subfield("a", oclc)]))
    return record


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    """Return a file with duplicates, near duplicates, a record without 245 $a and one that cannot be read."""
    records = [
        _record("a1", "Some birds /", oclc="(OCoLC)ocm00012345"),
        _record("a2", "SOME BIRDS"),
        _record("a3", "Some birds", "1975"),
        _record("a4", "Some birds", form="o"),
        _record("a5", "Birds, some", oclc="(OCoLC)12345"),
        _record("a6", ""),
        _record("a7", "Annual report", "    "),
        _record("a8", "Annual report", "    "),
    ]
    path = tmp_path / "birds.mrc"
    path.write_bytes(b"".join(record.as_marc() for record in records) + b"00030nam a2200025 a 4500garb\x1e\x1d")
    return path


def test_same_items_are_those_of_the_rule(catalog: Path) -> None:
    """Equal core data or a shared OCLC number join records; another year or carrier, or no year, keeps them apart."""
    assert same_items(read_facts(catalog)) == {
        "a1": {"a1", "a2", "a5"},
        "a2": {"a1", "a2"},
        "a3": {"a3"},
        "a4": {"a4"},
        "a5": {"a1", "a5"},
        "a7": {"a7"},
        "a8": {"a8"},
    }


def test_only_usable_records_are_drawn(catalog: Path) -> None:
    """A record without 245 $a or one that cannot be read is never drawn, and asking for more is a ValueError."""
    everything = citations(catalog, 7, seed=1)
    assert {one.control_number for one in everything} == {"a1", "a2", "a3", "a4", "a5", "a7", "a8"}
    assert {one.partner for one in everything} == {"birds"}
    with pytest.raises(ValueError, match=r"birds\.mrc has 7 records"):
        citations(catalog, 8, seed=1)


def test_same_seed_same_citations(catalog: Path) -> None:
    """The list depends on file and seed alone; another seed draws and degrades otherwise."""
    assert citations(catalog, 5, seed=3) == citations(catalog, 5, seed=3)
    assert citations(catalog, 5, seed=3) != citations(catalog, 5, seed=4)


@pytest.mark.shared
@pytest.mark.parametrize("partner", ["ht_a", "mixed", "gpo"])
def test_real_catalogs_can_be_drawn_from(shared: Path, partner: str) -> None:
    """A hundred citations of a real catalog: each has a title, and accepts its own record."""
    drawn: list[Sampled] = citations(shared / "data" / "partners" / f"{partner}.mrc", 100, seed=2)
    assert len({one.control_number for one in drawn}) == 100
    assert all(one.citation.title and one.control_number in one.acceptable for one in drawn)
    assert sum(one.citation.year is not None for one in drawn) > 80
