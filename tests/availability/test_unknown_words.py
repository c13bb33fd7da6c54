"""Status words that no table of a dialect knows: which they are, where they stood, and how often."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from locate.availability import Item, Status, load_dialect, parse_dialect, read_holdings
from locate.availability.unknown_words import UnknownWord, unknown_words
from locate.records.bib import BibRecord, DataField
from locate.z3950.oids import XML
from locate.z3950.opac import HoldingsAndCirc, MarcHoldings, OpacRecord

from .build import bib, circ, item, opac

HOLDINGS_RECORD = """<record xmlns="http://www.loc.gov/MARC21/slim"><leader>00000nx  a2200000   4500</leader>
<datafield tag="852" ind1=" " ind2=" "><subfield code="8">1</subfield><subfield code="b">MAIN</subfield></datafield>
<datafield tag="876" ind1=" " ind2=" "><subfield code="8">1.1</subfield><subfield code="j">Gone fishing</subfield>
</datafield></record>"""


def words(dialect: str, record: BibRecord | None, opac_record: OpacRecord | None = None) -> tuple[UnknownWord, ...]:
    """Return the unknown words of a record's items."""
    spoken = load_dialect(dialect)
    return unknown_words(read_holdings(record, opac_record, spoken).items, spoken)


def test_words_of_fields() -> None:
    """Each word is counted where it stood, the most frequent first; one in another case is the same word."""
    texts = ("Awaiting dust", "Gone", " AWAITING  dust", "Available", "Checked out", "awaiting dust")
    record = bib(*(f"852 4# $b A $n {text}" for text in texts))
    assert words("evergreen", record) == (
        UnknownWord("Awaiting dust", "852 $n", 3),
        UnknownWord("Gone", "852 $n", 1),
    )


def test_words_of_circulation() -> None:
    """A word of the OPAC record is told by the standard's name of its element."""
    out = circ(now=False, restrictions="In quarantine")
    record = opac(HoldingsAndCirc(circulation=(out, out)), HoldingsAndCirc(circulation=(circ(now=True),)))
    assert words("folio", None, record) == (UnknownWord("In quarantine", "restrictions", 2),)


def test_a_word_of_a_holding_counts_for_each_copy() -> None:
    """Sierra's public note stands once for all copies under it, and counts for each."""
    noted = HoldingsAndCirc(public_note="ON DISPLAY", circulation=(circ(now=True), circ(now=True)))
    assert words("sierra", None, opac(noted)) == (UnknownWord("ON DISPLAY", "publicNote", 2),)


def test_a_note_that_may_be_a_status_is_no_word() -> None:
    """Where only some sites put a status, a text that is none is no unknown word."""
    noted = HoldingsAndCirc(public_note="Gift of the author", circulation=(circ(now=True),))
    assert words("generic", None, opac(noted)) == ()


def test_a_field_of_several_copies_counts_once() -> None:
    """AVA counts copies; one field split into those in and those out names its word once."""
    in_part = bib("AVA $8 1 $b A $c Main $e available $f 3 $g 1")
    assert len(read_holdings(in_part, None, "alma").items) == 2
    assert words("alma", in_part) == ()
    assert words("alma", bib("AVA $8 1 $b A $c Main $e perhaps $f 3 $g 1")) == (UnknownWord("perhaps", "AVA $e", 1),)
    twice = Item(Status.UNKNOWN, "test: by hand", source=bib("852 4# $b A $n Gone").fields[0])
    assert unknown_words((twice, twice), parse_dialect({"extends": "evergreen"}, "test")) == (
        UnknownWord("Gone", "852 $n", 1),
    )


def test_words_of_a_holdings_record() -> None:
    """A MARC holdings record that the dialect has no layout for is read as a generic one, its words too."""
    record = opac(MarcHoldings(XML, HOLDINGS_RECORD.encode()))
    assert words("koha", None, record) == (UnknownWord("Gone fishing", "876 $j", 1),)


@pytest.mark.parametrize("text", ["952 $0 x $1 0 $7 0", "952 $0 0", "852 $a A $b B"])
def test_what_is_no_word(text: str) -> None:
    """A flag that is no number, one that is missing, and a field without a status are no unknown words."""
    assert words("koha", bib(text)) == ()


def test_items_without_a_source() -> None:
    """An item that stands for a record without holdings was read from no field, and has no word."""
    assert words("opac", None, opac()) == ()
    assert unknown_words([item()], load_dialect("opac")) == ()


@given(st.lists(st.text(max_size=12), max_size=6))
def test_every_unknown_status_is_explained(texts: list[str]) -> None:
    """Whatever stands as a status, each item is either understood, silent, or counted among the unknown words."""
    fields = tuple(DataField("852", "4", " ", (("b", "A"), ("n", text))) for text in texts)
    dialect = load_dialect("evergreen")
    items = read_holdings(replace(bib(), fields=fields), None, dialect).items
    strange = [found for found in items if "does not know" in found.rule]
    assert sum(word.count for word in unknown_words(items, dialect)) == len(strange)
