"""What the embedded target's catalog finds, and what it refuses."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest

from locate.errors import ConfigurationError, DiagnosticError
from locate.z3950.apdu import (
    AttributeElement,
    AttributesPlusTerm,
    ComplexAttributeValue,
    ProximityOperator,
    RpnQuery,
    RpnRpnOp,
)
from locate.z3950.oids import BIB1_ATTRIBUTES
from locate.z3950.query import parse_pqf, to_rpn
from locate.z3950.target.catalog import Catalog
from locate.z3950.target.indexing import split_words
from tests.z3950.made_up import RECORDS, collection, marc_catalog, marc_file, marcxml, opac_catalog, xml_catalog


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Return the made-up records, loaded once."""
    return xml_catalog(tmp_path_factory.mktemp("catalog"))


def find(catalog: Catalog, pqf: str) -> list[int]:
    """Return the 1-based places of the records found."""
    return [number + 1 for number in catalog.search(to_rpn(parse_pqf(pqf)))]


def refused(catalog: Catalog, query: RpnQuery | str) -> tuple[int, str]:
    """Return condition and addinfo of the diagnostic that a query meets."""
    with pytest.raises(DiagnosticError) as caught:
        catalog.search(to_rpn(parse_pqf(query)) if isinstance(query, str) else query)
    return caught.value.condition, caught.value.addinfo


@pytest.mark.parametrize(
    ("pqf", "expected"),
    [
        ("@attr 1=4 river", [1, 2, 3, 4]),
        ("@attr 1=4 Anthology", [3]),
        ("@attr 1=4 mustermann", []),
        ("@attr 1=7 0198534531", [1, 2]),
        ("@attr 1=7 0-19-853453-1", [1, 2]),
        ("@attr 1=7 978-0-19-853453-2", [1, 2]),
        ('@attr 1=7 "0198534531 (hbk.)"', [1, 2]),
        ("@attr 1=7 9780000000000", []),
        ("@attr 1=8 0378-5955", [4]),
        ("@attr 1=8 03785955", [4]),
        ("@attr 1=8 2049-3630", [4]),
        ("@attr 1=9 99-12345", [1]),
        ("@attr 1=9 99012345", [1]),
        ("@attr 1=12 tm003", [3]),
        ("@attr 1=12 12345", [1, 2]),
        ("@attr 1=12 (OCoLC)12345", [1]),
        ("@attr 1=1211 (DE-101)12345", [2]),
        ("@attr 1=1211 tm003", []),
        ("@attr 1=1007 4006381333931", [4]),
        ("@attr 1=1007 0378-5955", [4]),
        ("@attr 1=1007 9781402894626", [1, 2]),
        ("@attr 1=1003 mustermann", [1, 2]),
        ('@attr 1=1003 "Mustermann, Max, 1950-"', [1, 2]),
        ("@attr 1=1 beispiel", [3]),
        ("@attr 1=21 history", [1]),
        ('@attr 1=1018 "paper press"', [1]),
        ("@attr 1=1016 exampleton", [1]),
        ("@attr 1=1016 9780198534532", [1, 2]),
        ("nobody", [3]),
        ("@attr 1=4 этюды", [5]),
    ],
)
def test_index_finds(catalog: Catalog, pqf: str, expected: list[int]) -> None:
    """Each use attribute finds what its fields hold, false hits of 776 $z, 505 $t and bare numbers included."""
    assert find(catalog, pqf) == expected


@pytest.mark.parametrize(
    ("pqf", "expected"),
    [
        ("@attr 1=1003 MULLER", [3]),
        ("@attr 1=1003 Mu\u0308ller", [3]),
        ("@attr 1=4 etudes", [5]),
        ('@attr 1=4 "winter  ON the, river"', [1, 2, 3]),
        ("@attr 1=4 d'hiver", [5]),
    ],
)
def test_folding(catalog: Catalog, pqf: str, expected: list[int]) -> None:
    """Case, diacritics in either form, punctuation and runs of blanks do not count."""
    assert find(catalog, pqf) == expected


@pytest.mark.parametrize(
    ("pqf", "expected"),
    [
        ('@attr 1=4 "on the river"', [1, 2, 3]),
        ('@attr 1=4 "river winter"', []),
        ('@attr 1=4 @attr 4=1 "river a history"', [1, 2]),
        ('@attr 1=4 @attr 4=6 "river winter"', [1, 2, 3]),
        ('@attr 1=4 @attr 4=2 "ice winter"', [1, 2]),
        ('@attr 1=4 @attr 4=6 "river summer"', []),
        ("@attr 1=4 @attr 4=3 river", [1, 2, 3, 4]),
        ("@attr 1=4 @attr 3=1 river", [4]),
        ('@attr 1=4 @attr 3=1 @attr 4=6 "winter on"', [1, 2]),
        ('@attr 1=4 @attr 3=1 "winter on the river"', [1, 2]),
        ('@attr 1=4 @attr 3=2 "winter on the river"', [1, 2, 3]),
        ('@attr 1=4 @attr 3=2 "history"', []),
        ('@attr 1=4 @attr 3=2 "a history"', [1, 2]),
        ("@attr 1=4 @attr 6=3 river", []),
        ('@attr 1=4 @attr 6=3 "winter on the river"', []),
        ('@attr 1=4 @attr 6=3 "winter on the river a history of ice"', [1, 2]),
        ('@attr 1=4 @attr 6=2 "winter on the river"', [1, 2, 3]),
        ('@attr 1=4 @attr 6=2 "on the river"', []),
        ('@attr 1=4 @attr 6=2 "winter on the river a history of ice"', []),
        ('@attr 1=4 ""', []),
        ('@attr 1=4 @attr 4=6 "..."', []),
    ],
)
def test_structure_position_and_completeness(catalog: Catalog, pqf: str, expected: list[int]) -> None:
    """A phrase is adjacent in one field; word lists are not; position and completeness tie a phrase to the edges."""
    assert find(catalog, pqf) == expected


@pytest.mark.parametrize(
    ("pqf", "expected"),
    [
        ("@attr 1=4 @attr 5=1 riv", [1, 2, 3, 4]),
        ('@attr 1=4 @attr 5=1 "winter on the ri"', [1, 2, 3]),
        ('@attr 1=4 @attr 5=1 "wint on"', []),
        ('@attr 1=4 @attr 4=6 @attr 5=1 "stud riv"', []),
        ('@attr 1=4 @attr 4=6 @attr 5=1 "river stu"', [4]),
        ("@attr 1=4 @attr 5=100 riv", []),
        ("@attr 1=4 @attr 5=101 r#er", [1, 2, 3, 4]),
        ("@attr 1=4 @attr 5=101 r#v#r", [1, 2, 3, 4]),
        ("@attr 1=4 @attr 5=101 #er", [1, 2, 3, 4, 5]),
        ("@attr 1=4 @attr 5=101 r#x", []),
        ('@attr 1=4 @attr 5=101 "w#r on t#e r#r"', [1, 2, 3]),
        ("@attr 1=4 riv#", []),
        ("@attr 1=7 @attr 5=1 978-1-402", [1, 2]),
        ("@attr 1=7 @attr 5=101 978#626", [1, 2]),
        ('@attr 1=7 @attr 5=1 ""', []),
        ("@attr 1=31 @attr 5=1 199", [1]),
    ],
)
def test_truncation(catalog: Catalog, pqf: str, expected: list[int]) -> None:
    """Right truncation opens the last word; with value 101 each "#" stands for any characters of one word."""
    assert find(catalog, pqf) == expected


@pytest.mark.parametrize(
    ("relation", "expected"),
    [(1, [1, 5]), (2, [1, 2, 5]), (3, [2]), (4, [2, 3]), (5, [3])],
    ids=["<", "<=", "=", ">=", ">"],
)
def test_date_relations(catalog: Catalog, relation: int, expected: list[int]) -> None:
    """The date of publication obeys all five order relations; a record dated 19uu has no year."""
    assert find(catalog, f"@attr 1=31 @attr 2={relation} @attr 4=4 2001") == expected


def test_operators(catalog: Catalog) -> None:
    """AND, OR and AND-NOT nest."""
    assert find(catalog, "@and @attr 1=4 river @attr 1=1003 mustermann") == [1, 2]
    assert find(catalog, "@or @attr 1=4 etudes @attr 1=8 0378-5955") == [4, 5]
    assert find(catalog, "@not @not @attr 1=4 river @attr 1=31 2001 @attr 1=4 anthology") == [1, 4]


def test_result_set_operand(catalog: Catalog) -> None:
    """A result set handed in is an operand; one that is not there is diagnostic 30 with its name."""
    query = to_rpn(parse_pqf("@and @set earlier @attr 1=4 winter"))
    assert catalog.search(query, {"earlier": [1, 4]}) == [1]
    assert refused(catalog, query) == (30, "earlier")


@pytest.mark.parametrize(
    ("pqf", "expected"),
    [
        ("@attr 1=9999 x", (114, "9999")),
        ("@attr 7=1 x", (113, "7")),
        ("@attr 1=4 @attr 2=102 x", (117, "102")),
        ("@attr 1=4 @attr 2=1 x", (117, "1")),
        ("@attr 1=7 @attr 2=5 x", (117, "5")),
        ("@attr 1=4 @attr 3=9 x", (119, "9")),
        ("@attr 1=4 @attr 4=101 x", (118, "101")),
        ("@attr 1=4 @attr 5=2 x", (120, "2")),
        ("@attr 1=4 @attr 6=4 x", (122, "4")),
        ("@attr 1=31 soon", (126, "soon")),
        ("@and @attr 1=4 river @attr 1=9999 x", (114, "9999")),
        ("@attr 1=4 " + "x" * 10_001, (11, "at most 10,000")),
        ('@attr 1=4 @attr 4=6 @attr 5=101 "' + "#r#e " * 11 + '"', (7, "at most 10")),
        ("@or @or " + ("@and " * 40 + "river " * 41) * 3, (6, "at most 100")),
    ],
)
def test_unsupported_attributes(catalog: Catalog, pqf: str, expected: tuple[int, str]) -> None:
    """What the catalog does not support, or not so much of it, is a diagnostic that names the value or the bound."""
    assert refused(catalog, pqf) == expected


def test_last_of_repeated_attributes_counts(catalog: Catalog) -> None:
    """Of two use attributes, as PQF nests them, the inner one counts."""
    assert find(catalog, "@attr 1=9999 @attr 1=4 anthology") == [3]


def _with_term(*attributes: AttributeElement, term: tuple[str, object] = ("general", b"river")) -> RpnQuery:
    return RpnQuery(BIB1_ATTRIBUTES, ("op", ("attr_term", AttributesPlusTerm(attributes, term))))


def test_other_forms_of_the_query(catalog: Catalog) -> None:
    """Terms come as octets in UTF-8 or Latin-1, as text or as numbers; other term types are diagnostic 229."""
    title = AttributeElement(1, ("numeric", 4))
    assert catalog.search(_with_term(title, term=("character_string", "anthology"))) == [2]
    assert catalog.search(_with_term(title, term=("general", "études".encode("latin-1")))) == [4]
    assert catalog.search(_with_term(AttributeElement(1, ("numeric", 31)), term=("numeric", 2010))) == [2]
    assert refused(catalog, _with_term(title, term=("null", None))) == (229, "null")


def test_named_and_foreign_attributes(catalog: Catalog) -> None:
    """A use attribute given by name is diagnostic 114, another attribute set 121, proximity 110."""
    named = ComplexAttributeValue((("text", "title"),))
    assert refused(catalog, _with_term(AttributeElement(1, ("complex", named)))) == (114, "title")
    assert refused(catalog, replace(_with_term(AttributeElement(1, ("numeric", 4))), attribute_set="1.2.3")) == (
        121,
        "1.2.3",
    )
    one = _with_term().rpn
    near = ProximityOperator(1, ordered=True, relation_type=2, unit=("known", 2))
    assert refused(catalog, RpnQuery(BIB1_ATTRIBUTES, ("rpn_rpn_op", RpnRpnOp(one, one, ("prox", near))))) == (
        110,
        "prox",
    )


def test_masks_cost_linear_time(tmp_path: Path) -> None:
    """A term of many masks over a long word of one letter ends at once."""
    catalog = xml_catalog(tmp_path, marcxml("x1", "245$a" + "a" * 5000))
    started = time.process_time()
    assert find(catalog, f"@attr 1=4 @attr 5=101 {'a#' * 40}b") == []
    assert find(catalog, f"@attr 1=4 @attr 3=1 @attr 5=101 {'a#' * 40}a") == [1]
    assert time.process_time() - started < 1


def test_every_syntax_of_file_finds_the_same(tmp_path: Path) -> None:
    """The same records as ISO 2709, MARCXML and OPAC XML answer alike; only OPAC XML gives OPAC records."""
    catalogs = [marc_catalog(tmp_path), xml_catalog(tmp_path), opac_catalog(tmp_path)]
    assert [find(catalog, "@attr 1=7 0198534531") for catalog in catalogs] == [[1, 2]] * 3
    assert [len(catalog) for catalog in catalogs] == [len(RECORDS)] * 3
    assert [catalog.has_opac for catalog in catalogs] == [False, False, True]
    assert Catalog.from_files([marc_file(tmp_path)], opac=True).has_opac


def test_unreadable_records_are_reported_and_the_rest_served(tmp_path: Path) -> None:
    """A broken record becomes a problem that names file, place and reason."""
    path = marc_file(tmp_path)
    good = path.read_bytes()
    first = good.index(b"\x1d") + 1
    path.write_bytes(good[:first] + b"00030nonsense, not a record\x1d" + good[first:])
    catalog = Catalog.from_files([str(path)])
    assert len(catalog) == len(RECORDS)
    assert [problem.position for problem in catalog.problems] == [2]
    assert str(catalog.problems[0]).startswith(f"{path}, record 2: ")
    assert find(catalog, "@attr 1=12 tm005") == [5]


def test_missing_file_is_a_configuration_error(tmp_path: Path) -> None:
    """A file that is not there is named."""
    with pytest.raises(ConfigurationError, match=r"nowhere\.mrc"):
        Catalog.from_files([tmp_path / "nowhere.mrc"])


def test_many_records_are_searched_fast(tmp_path: Path) -> None:
    """Over 3,000 records an ISBN, a word list and a phrase are found in a few milliseconds each."""
    path = tmp_path / "many.xml"
    path.write_bytes(collection(*(marcxml(f"m{n}", f"245$aVolume {n} of the river books") for n in range(3000))))
    catalog = Catalog.from_files([path])
    started = time.process_time()
    for _ in range(10):
        assert find(catalog, "@attr 1=12 m2999") == [3000]
        assert find(catalog, '@attr 1=4 @attr 4=6 "river 17"') == [18]
        assert find(catalog, '@attr 1=4 "volume 17 of"') == [18]
    assert time.process_time() - started < 1


def test_split_words_keeps_no_mask_of_its_own() -> None:
    """A "#" in a record is punctuation; only a masked term keeps it."""
    assert split_words("C# and the_river") == ["c", "and", "the", "river"]
    assert split_words("ri#r", masked=True) == ["ri#r"]
