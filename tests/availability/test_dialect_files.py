"""Dialect files are checked as a whole, and sites can lay their own settings over them."""

from __future__ import annotations

from typing import Any

import pytest

from locate.availability import Status, dialect_names, load_dialect, parse_dialect, read_holdings
from locate.errors import ConfigurationError
from locate.z3950.opac import HoldingsAndCirc, MarcHoldings

from .build import bib, circ, fields_of, opac


def problems(data: dict[str, Any]) -> list[str]:
    """Return the problems of a dialect mapping that has some."""
    with pytest.raises(ConfigurationError) as caught:
        parse_dialect(data, "site", "partners.toml")
    assert caught.value.source == "partners.toml"
    return caught.value.diagnostics()


@pytest.mark.parametrize("name", dialect_names())
def test_every_dialect_loads(name: str) -> None:
    """Each dialect that comes with the package is valid and has a label."""
    dialect = load_dialect(name)
    assert (dialect.name, bool(dialect.label)) == (name, True)
    assert load_dialect(f" {name.upper()} ").layouts == dialect.layouts


def test_unknown_dialect_names_the_nearest() -> None:
    """A name that no file has is an error that says which names there are."""
    with pytest.raises(ConfigurationError, match=r"unknown dialect 'kohaa'; did you mean 'koha'\?"):
        load_dialect("kohaa")
    with pytest.raises(ConfigurationError, match=r"unknown dialect '\.\./opac'"):
        load_dialect("../opac")


def test_all_mistakes_are_reported_at_once() -> None:
    """Each mistake is reported with its path, and an unknown key with the nearest known one."""
    found = problems(
        {
            "opc": {},
            "dates": ["%Y"],
            "opac": {"text": {"library": "holding.locallocation"}, "conflict": "maybe"},
            "fields": [{"tag": "95", "text": {"barcod": "p"}}, {"tag": "952", "flags": [{"code": "77", "name": "x"}]}],
            "patterns": [{"match": "(", "kind": "available"}],
        }
    )
    assert sorted(line.partition(":")[0] for line in found) == [
        "dates[0]",
        "fields[0].tag",
        "fields[0].text.barcod",
        "fields[1].flags[0].code",
        "opac.conflict",
        "opac.text.library[0]",
        "opc",
        "patterns[0].match",
    ]
    assert "opc: unknown key; did you mean 'opac'?" in found
    assert "fields[0].text.barcod: unknown key; did you mean 'barcode'?" in found
    assert any("did you mean 'holding.local_location'?" in line for line in found)


def test_a_word_in_two_lists_and_an_unknown_parent() -> None:
    """A word can mean one thing only, and extends must name a dialect."""
    assert problems({"extends": "nowhere", "words": {"available": ["In"], "unavailable": [" in "]}}) == [
        "words.unavailable: ' in ' stands in words.available too; keep it in one",
        "extends: unknown dialect 'nowhere'; known: " + ", ".join(dialect_names()),
    ]


def test_a_site_moves_a_word_and_keeps_the_rest() -> None:
    """A site that lends freshly returned copies moves one word; all other settings stay those of the dialect."""
    site = parse_dialect({"extends": "evergreen", "words": {"available": ["Reshelving"]}}, "our-evergreen")
    texts = ("852 4# $b A $n Reshelving", "852 4# $b A $n Available", "852 4# $b A $n Checked out")
    statuses = [item.status for item in read_holdings(bib(*texts), None, site).items]
    assert statuses == [Status.AVAILABLE, Status.AVAILABLE, Status.UNAVAILABLE]
    assert read_holdings(bib(texts[0]), None, site).items[0].rule == "our-evergreen: 852 $n reads 'Reshelving'"


def test_a_site_changes_one_place_of_the_opac_record() -> None:
    """Tables merge key by key: a site that keeps the branch in nucCode overrides only that."""
    site = parse_dialect({"extends": "opac", "opac": {"text": {"library": "holding.nuc_code"}}}, "site")
    holding = HoldingsAndCirc(nuc_code="BR1", shelving_location="Stacks", circulation=(circ(now=True),))
    (only,) = read_holdings(None, opac(holding), site).items
    assert fields_of(only, "library", "location") == ("BR1", "Stacks")


def test_an_own_dialect_needs_no_parent() -> None:
    """A system of which nothing is known yet is one table."""
    own = parse_dialect(
        {"words": {"available": ["da"]}, "fields": [{"tag": "949", "status": ["s"], "text": {"library": "l"}}]}, "own"
    )
    (only,) = read_holdings(bib("949 $l Haus 1 $s da"), None, own).items
    assert fields_of(only, "status", "library") == (Status.AVAILABLE, "Haus 1")


MARC_HOLDINGS = (
    b"<record xmlns='http://www.loc.gov/MARC21/slim'><leader>00000nx  a2200000un 4500</leader>"
    b"<controlfield tag='001'>h1</controlfield>"
    b"<datafield tag='852' ind1=' ' ind2=' '><subfield code='8'>1</subfield>"
    b"<subfield code='b'>MAIN</subfield></datafield>"
    b"<datafield tag='876' ind1=' ' ind2=' '><subfield code='8'>1.1</subfield><subfield code='j'>Available</subfield>"
    b"<subfield code='p'>301</subfield></datafield></record>"
)


@pytest.mark.parametrize("dialect", ["generic", "alma"])
def test_marc_holdings_inside_an_opac_record(dialect: str) -> None:
    """A holding may be a MARC holdings record; its fields are those of MARC 21 whatever the system."""
    holding = MarcHoldings("1.2.840.10003.5.109.10", MARC_HOLDINGS)
    (only,) = read_holdings(None, opac(holding), dialect).items
    assert fields_of(only, "status", "library", "barcode") == (Status.AVAILABLE, "MAIN", "301")


def test_unreadable_marc_holdings_are_unknown() -> None:
    """A holdings record that cannot be read is one item of unknown status and a note; the others are read."""
    bad = MarcHoldings("1.2.840.10003.5.10", b"\x00garbage")
    good = HoldingsAndCirc(local_location="Main", circulation=(circ(now=True),))
    found = read_holdings(None, opac(bad, good), "generic")
    assert [item.status for item in found.items] == [Status.UNKNOWN, Status.AVAILABLE]
    assert found.notes[0].startswith("Holding 1 is a MARC record that cannot be read: ")
