"""Which dialect records are written in: the right one first, how sure that is, and why in words."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from locate.availability import dialect_names
from locate.availability.guess import Guess, guess_dialect
from locate.demo import sample_folder
from locate.records import BibRecord, load_file
from locate.records.bib import DataField
from locate.z3950.opac import CircRecord, HoldingsAndCirc, MarcHoldings, OpacRecord

from .build import bib, circ, opac

KOHA = "952 $0 0 $1 0 $7 0 $a MAIN $b MAIN $o 813 $p 1"
EVERGREEN = "852 4# $a Stacks $b MAIN $c 813 $g 333 $n Available"
PLAIN = HoldingsAndCirc(
    encoding_level="1", local_location="Main", shelving_location="Stacks", circulation=(circ(now=True, item_id="x1"),)
)
SUM_OF_ALL = pytest.approx(1.0, abs=0.01)

# The file, the dialect of its system, and how sure the guess shall be at least and at most.
SAMPLES = [
    ("alma/alma-pitt-extra-eresource-record.xml", "alma", 0.8, 0.95),
    ("alma/alma-princeton.xml", "alma", 0.8, 0.95),
    ("alma/ava-bibsys-uio.xml", "alma", 0.95, 1.0),
    ("crosslink/gvi_sru_response.xml", "gvi", 0.95, 1.0),
    ("evergreen/evergreen-east-central-with-checked-out-item-status.xml", "evergreen", 0.95, 1.0),
    ("evergreen/evergreen-lake-agassiz-with-available-item-status.xml", "evergreen", 0.95, 1.0),
    ("folio/folio-not-requestable.xml", "folio", 0.95, 1.0),
    ("folio/opac-expectedOutput1.xml", "folio", 0.4, 0.7),
    ("folio/opac-expectedOutput2.xml", "folio", 0.95, 1.0),
    ("horizon/horizon-hennepin.xml", "horizon", 0.85, 0.95),
    ("horizon/horizon-jhu.xml", "horizon", 0.6, 0.9),
    ("koha/koha-chatham.xml", "koha", 0.95, 1.0),
    ("polaris/polaris-with-in-item-status.xml", "polaris", 0.95, 1.0),
    ("sharedindex/bibrecord_01.xml", "reservoir", 0.95, 1.0),
    ("sierra/sierra-laroche.xml", "sierra", 0.7, 0.9),
    ("symphony/symphony-stanford.xml", "symphony", 0.95, 1.0),
    ("tlc/tlc-eastern.xml", "tlc", 0.95, 1.0),
    ("voyager/voyager-yale.xml", "voyager", 0.8, 0.95),
    ("wms/wms-lfmm.xml", "wms", 0.3, 0.6),
]
OUR_OWN = [("alma.opac.xml", "alma"), ("hilltop.opac.xml", "folio"), ("koha.mrc", "koha"), ("oldtown.mrc", "generic")]


def of_file(path: Path) -> tuple[Guess, ...]:
    """Return the guesses from the records of a file."""
    loaded = load_file(path)
    return guess_dialect((each.record if isinstance(each.record, BibRecord) else None, each.opac) for each in loaded)


def of_field(*texts: str) -> tuple[Guess, ...]:
    """Return the guesses from one record of these fields."""
    return guess_dialect([(bib(*texts), None)])


def of_holdings(*holdings: HoldingsAndCirc | MarcHoldings) -> tuple[Guess, ...]:
    """Return the guesses from one OPAC record with these holdings."""
    return guess_dialect([(None, opac(*holdings))])


@pytest.mark.shared
@pytest.mark.parametrize(("name", "dialect", "least", "most"), SAMPLES, ids=[sample[0] for sample in SAMPLES])
def test_samples(shared: Path, name: str, dialect: str, least: float, most: float) -> None:
    """The dialect of the system that wrote the response comes first, as sure as what tells it allows."""
    best = of_file(shared / "samples" / name)[0]
    assert (best.dialect, best.items > 0) == (dialect, True)
    assert least <= best.sure <= most


@pytest.mark.parametrize(("name", "dialect"), OUR_OWN)
def test_our_own_records(name: str, dialect: str) -> None:
    """The sample libraries are told apart by their records alone."""
    best = of_file(sample_folder() / name)[0]
    assert (best.dialect, best.sure > 0.6, best.items > 20) == (dialect, True, True)


def test_a_librarian_can_follow_it() -> None:
    """The reason names field, indicator and subfields, and how much was read."""
    best = of_field(EVERGREEN, EVERGREEN, EVERGREEN)[0]
    assert best == Guess(
        "evergreen",
        best.sure,
        items=3,
        known=3,
        unknown_words=0,
        points=5.0,
        why="852 with first indicator 4 has $b, $g and $n; 3 of 3 items have a status",
    )
    assert best.sure > 0.95


def test_elements_are_named_as_in_the_standard() -> None:
    """A text of the OPAC record is named and quoted, and one that is absent is said to be."""
    found = {guess.dialect: guess for guess in of_holdings(replace(PLAIN, nuc_code="lsfdra", local_location="LFMM"))}
    assert found["voyager"].why == "nucCode reads 'lsfdra'; 1 of 1 item has a status"
    assert found["wms"].why == "localLocation reads 'LFMM'; 1 of 1 item has a status"
    assert found["alma"].why == "typeOfRecord is absent; 1 of 1 item has a status"
    assert found["polaris"].why == "no sign of Polaris; 1 of 1 item has a status"
    assert found["generic"].why == "it reads what any system may write; 1 of 1 item has a status"


def test_unknown_words_are_counted_and_cost() -> None:
    """A dialect that stumbles over the status words is less likely than one that knows them."""
    out = replace(PLAIN, circulation=(circ(now=False, restrictions="Paged"),))
    found = {guess.dialect: guess for guess in of_holdings(out)}
    assert (found["folio"].unknown_words, found["opac"].unknown_words) == (0, 1)
    assert found["folio"].sure > found["opac"].sure
    assert found["opac"].why.endswith("0 of 1 item has a status, 1 status word is not known")


def test_what_is_not_read_is_not_known() -> None:
    """A dialect that passes over an element that others stumble on is not sure for that."""
    passed_over = replace(PLAIN, circulation=(circ(now=True, item_id="x1", restrictions="Annex"),))
    found = {guess.dialect: guess for guess in of_holdings(passed_over)}
    assert (found["horizon"].known, found["opac"].known) == (1, 0)
    assert found["horizon"].sure < 0.4


def test_a_rule_counts_by_its_share() -> None:
    """A rule that half of the copies meet has half of its points, and the reason says how many do."""
    noted = replace(PLAIN, public_note="AVAILABLE")
    found = {guess.dialect: guess for guess in of_holdings(noted, PLAIN)}
    assert found["sierra"].points == 2.5
    assert found["sierra"].why.startswith("publicNote reads 'AVAILABLE' in 1 of 2 holdings; ")


def test_records_without_copies_do_not_count() -> None:
    """The e-books of a catalog, which have no item fields, do not make its dialect less sure."""
    books = [(bib(KOHA), None)] * 2
    ebooks = [(bib("856 40 $u https://example.org"), None)] * 8
    assert guess_dialect(books + ebooks)[0] == guess_dialect(books)[0]


def test_a_control_number_tells() -> None:
    """A rule of a control field reads its text."""
    record = replace(bib(), control_fields=(("001", "9911694303506421 "),))
    best = guess_dialect([(record, None)])[0]
    assert (best.dialect, best.items, best.points) == ("alma", 0, 3.0)
    assert best.why == "001 reads '9911694303506421'; it finds no item"


def test_what_only_inherits_ties() -> None:
    """Millennium adds nothing to Sierra: Sierra is named first, both are as sure, and both say so."""
    first, second, third = of_holdings(HoldingsAndCirc(local_location="Main", public_note="DUE 01-11-23"))[:3]
    assert (first.dialect, second.dialect) == ("sierra", "millennium")
    assert first.sure == second.sure > 0.9 > third.sure
    assert first.why.endswith("; millennium cannot be told from it")
    assert second.why.endswith("; sierra cannot be told from it")


def test_what_reads_alike_is_not_sure() -> None:
    """A copy that nearly every dialect reads alike is "generic", then "opac", and nobody can be sure of it."""
    guesses = of_holdings(PLAIN)
    assert [guess.dialect for guess in guesses[:2]] == ["generic", "opac"]
    assert guesses[0].sure < 0.4
    assert {guess.known for guess in guesses} == {1}


def test_one_weak_sign_is_not_enough() -> None:
    """A short item number, or none, is no reason to name a system."""
    for copy in (circ(now=True, item_id="1"), circ(now=True)):
        holding = replace(PLAIN, type_of_record="9", nuc_code="-", circulation=(copy,))
        assert of_holdings(holding)[0].dialect == "generic"


def test_a_field_left_from_another_system() -> None:
    """Copies in the OPAC record that Horizon wrote outweigh a field that Symphony once left in the record."""
    left = bib("999 $a 813 $i 3333 $l STACKS $m MAIN $t BOOK")
    own = HoldingsAndCirc(local_location="Main", shelving_data="Checked In", circulation=(circ(now=True),))
    assert guess_dialect([(left, opac(own))])[0].dialect == "horizon"
    assert guess_dialect([(left, None)])[0].dialect == "symphony"


def test_all_share_one() -> None:
    """The guesses are of all dialects, sorted, and what they are sure of adds up to 1.0 without the ties."""
    for guesses in (of_field(KOHA), of_field(EVERGREEN), of_holdings(PLAIN)):
        assert sorted(guess.dialect for guess in guesses) == list(dialect_names())
        assert sum(guess.sure for guess in guesses if guess.dialect != "millennium") == SUM_OF_ALL
        assert [guess.sure for guess in guesses] == sorted((guess.sure for guess in guesses), reverse=True)


@pytest.mark.parametrize(
    "sources", [[], [(None, None)], [(bib(), None)], [(None, opac())], [(bib("245 10 $a A title"), opac())]]
)
def test_nothing_to_guess_from(sources: list[tuple[BibRecord | None, OpacRecord | None]]) -> None:
    """Without records, or with none that says anything of copies, it is "generic" and nothing is sure."""
    guesses = guess_dialect(iter(sources))
    assert [guess.dialect for guess in guesses[:2]] == ["generic", "opac"]
    assert {(guess.sure, guess.items, guess.points) for guess in guesses} == {(0.0, 0, 0)}


def test_ten_thousand_copies() -> None:
    """A serial with ten thousand copies is guessed within seconds."""
    begun = time.process_time()
    fields = [f"852 4# $a Stacks $b MAIN $g {number} $n {'Dusty' if number % 9 else 'In'}" for number in range(10_000)]
    assert of_field(*fields)[0].dialect == "evergreen"
    assert time.process_time() - begun < 20


TEXTS = st.one_of(
    st.none(), st.text(max_size=20), st.sampled_from(["AVAILABLE", "x", "lsfdra", "Main Library", "c", " "])
)
CIRCULATION = st.builds(
    CircRecord, st.booleans(), TEXTS, TEXTS, TEXTS, TEXTS, enum_and_chron=TEXTS, temporary_location=TEXTS
)
HOLDING = st.one_of(
    st.builds(
        HoldingsAndCirc,
        type_of_record=TEXTS,
        encoding_level=TEXTS,
        nuc_code=TEXTS,
        local_location=TEXTS,
        shelving_location=TEXTS,
        shelving_data=TEXTS,
        public_note=TEXTS,
        circulation=st.lists(CIRCULATION, max_size=2).map(tuple),
    ),
    st.builds(MarcHoldings, st.just("1.2.840.10003.5.10"), st.binary(max_size=40)),
)
FIELD = st.builds(
    DataField,
    st.sampled_from(["852", "876", "924", "926", "952", "982", "999", "AVA", "AVE", "AVD", "245"]),
    st.sampled_from(" 14f"),
    st.sampled_from(" 12f"),
    st.lists(st.tuples(st.sampled_from("0178abcefgijlmnpqrst"), st.text(max_size=8)), max_size=9).map(tuple),
)


@given(
    st.lists(FIELD, max_size=4),
    st.lists(st.tuples(st.sampled_from(["001", "003", "008"]), st.text(max_size=20)), max_size=2),
    st.one_of(st.none(), st.lists(HOLDING, max_size=3)),
)
def test_any_record(
    fields: list[DataField], control: list[tuple[str, str]], holdings: list[HoldingsAndCirc | MarcHoldings] | None
) -> None:
    """Whatever stands in a record, all dialects are guessed, none more than certain."""
    record = replace(bib(), fields=tuple(fields), control_fields=tuple(control))
    guesses = guess_dialect([(record, None if holdings is None else opac(*holdings))])
    assert sorted(guess.dialect for guess in guesses) == list(dialect_names())
    assert all(0.0 <= guess.sure <= 1.0 and guess.known <= guess.items for guess in guesses)
    assert all(guess.why and guess.points >= 0 for guess in guesses)
