"""Retrieved records as matching sees them, what it cannot read, and which verdicts count as held."""

from __future__ import annotations

import pytest

from locate.candidates import accepted_verdicts, interpret, nearest_first
from locate.citation import Citation, RequestedFormat
from locate.errors import RecordError
from locate.matching import Match, MatchVerdict
from locate.outcome import Candidate
from locate.partner import LocateProfile
from locate.records import BibRecord, read_record
from locate.z3950.grs1 import GenericRecord, TaggedElement, encode_grs1
from locate.z3950.oids import GRS1, MARC21, OPAC, SUTRS
from locate.z3950.opac import BIBLIOGRAPHIC_PART, HoldingsAndCirc, OpacRecord, UnreadablePart
from locate.z3950.retrieval import Record
from tests.played import RIGHT

GENERIC = GenericRecord((TaggedElement(("number", 1), ("string", "Ice"), 2),))
HOLDINGS = (HoldingsAndCirc(call_number="A 1"),)
UNREADABLE = UnreadablePart(BIBLIOGRAPHIC_PART, "the value ends early", b"\xa1")


@pytest.mark.parametrize(
    ("found", "reason", "raw"),
    [
        (Record(1, SUTRS, "Ice"), "plain text (SUTRS), which cannot be verified", b"Ice"),
        (
            Record(1, GRS1, GENERIC),
            "a generic record (GRS-1), which cannot be verified; ask this target for marc21 or xml",
            encode_grs1(GENERIC),
        ),
        (Record(1, "1.2.3", b"x"), "record syntax 1.2.3 is not read here", b"x"),
    ],
    ids=["sutrs", "grs1", "unknown"],
)
def test_syntaxes_that_cannot_be_verified(found: Record, reason: str, raw: bytes) -> None:
    """A record that is no MARC in any form is unreadable to matching, with a sentence that says what it is."""
    record, opac = interpret(found)
    assert isinstance(record, RecordError)
    assert (record.reason, record.raw, opac) == (reason, raw, None)


@pytest.mark.parametrize(
    ("unreadable", "reason"),
    [
        ((), "an OPAC record without a bibliographic record"),
        ((UNREADABLE,), "an OPAC record without a bibliographic record: the value ends early"),
    ],
)
def test_opac_record_without_a_bibliographic_record(unreadable: tuple[UnreadablePart, ...], reason: str) -> None:
    """Holdings without a bibliographic record cannot be verified; why it is missing is told, and they are kept."""
    data = OpacRecord(MARC21, None, HOLDINGS, unreadable)
    record, opac = interpret(Record(1, OPAC, data))
    assert isinstance(record, RecordError)
    assert record.reason == reason
    assert opac is data


@pytest.mark.parametrize(
    ("citation", "left_out"),
    [
        (Citation(), {"other_edition"}),
        (Citation(any_edition=True), set()),
        (Citation(format=RequestedFormat.ELECTRONIC, any_edition=True), set()),
        (Citation(format=RequestedFormat.PHYSICAL, any_edition=True), {"other_format"}),
        (Citation(format=RequestedFormat.PRINT), {"other_edition", "other_format"}),
        (Citation(format=RequestedFormat.MICROFORM), {"other_edition", "other_format"}),
    ],
    ids=lambda value: str(value.to_mapping()) if isinstance(value, Citation) else ",".join(sorted(value)),
)
def test_the_request_limits_what_the_profile_accepts(citation: Citation, left_out: set[str]) -> None:
    """Another edition counts only when any will do, another format never for a physical request; the rest is free."""
    everything = LocateProfile(accept=tuple(MatchVerdict))
    assert accepted_verdicts(everything, citation) == set(MatchVerdict) - left_out


def test_the_same_and_a_reprint_count_unless_the_profile_says_otherwise() -> None:
    """The default accepts these two, another edition only if any will do; a profile may accept less."""
    assert accepted_verdicts(LocateProfile(), Citation()) == {"same", "reprint"}
    assert accepted_verdicts(LocateProfile(), Citation(any_edition=True)) == {"same", "reprint", "other_edition"}
    assert accepted_verdicts(LocateProfile(accept=("same",)), Citation()) == {"same"}


def test_the_most_telling_comes_first() -> None:
    """Candidates of every verdict are put in order, within a verdict by score, which may be negative."""
    record = read_record(RIGHT, "xml")
    assert isinstance(record, BibRecord)
    judged = [
        Candidate(record, Match(verdict, score, 0.5, (), ""), "title", 1)
        for score in (-40, -4)
        for verdict in reversed(MatchVerdict)
    ]
    order = [(each.match.verdict, each.match.score) for each in nearest_first(judged)]
    telling = (
        "same",
        "reprint",
        "insufficient",
        "other_format",
        "other_edition",
        "part_or_whole",
        "same_work",
        "different",
    )
    assert order == [(verdict, score) for verdict in telling for score in (-4, -40)]
