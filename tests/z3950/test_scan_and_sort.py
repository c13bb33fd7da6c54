"""What Scan and Sort bring back, as their callers see it."""

from __future__ import annotations

import pytest

from locate.errors import DiagnosticError
from locate.z3950.apdu import (
    ByDatabase,
    DefaultDiagFormat,
    ListEntries,
    OccurrenceByAttributes,
    ScanResponse,
    SortResponse,
    TermInfo,
)
from locate.z3950.oids import BIB1_DIAGNOSTICS
from locate.z3950.retrieval import SurrogateDiagnostic
from locate.z3950.scan_and_sort import ScanEntry, SortResult, scanned, sorted_set

REFUSED = DefaultDiagFormat(BIB1_DIAGNOSTICS, 114, ("v3", "9"))


def _entries(*terms: TermInfo) -> ListEntries:
    return ListEntries(tuple(("term", term) for term in terms))


def test_terms_and_counts() -> None:
    """A term is text whatever its form, shown as the target says, with its count however that is told."""
    by_database = OccurrenceByAttributes(occurrences=("by_database", (ByDatabase("a", 2), ByDatabase("b"))))
    found = scanned(
        ScanResponse(
            0,
            4,
            step_size=1,
            position_of_term=2,
            entries=_entries(
                TermInfo(("general", "Fluß".encode()), display_term="Fluß, der", global_occurrences=0),
                TermInfo(("general", "Fluß".encode("latin-1"))),
                TermInfo(("numeric", 1999), by_attributes=(by_database, OccurrenceByAttributes())),
                TermInfo(("character_string", "x"), by_attributes=(OccurrenceByAttributes(occurrences=("global", 5)),)),
            ),
        ),
        "utf-8",
    )
    assert found.entries == [
        ScanEntry("Fluß", "Fluß, der", 0),
        ScanEntry("Fluß", "Fluß", None),
        ScanEntry("1999", "1999", 2),
        ScanEntry("x", "x", 5),
    ]
    assert (found.position, found.step_size, found.note) == (2, 1, "")


def test_the_charset_that_was_negotiated_is_tried_first() -> None:
    """Octets of a term are read in the charset given; a codec that does not exist falls back on evidence."""
    answer = ScanResponse(0, 1, entries=_entries(TermInfo(("general", "ω".encode("iso-8859-7")))))
    assert scanned(answer, "iso-8859-7").entries == [ScanEntry("ω", "ω", None)]
    assert scanned(answer, "no such codec").entries == [ScanEntry("ù", "ù", None)]


def test_a_surrogate_diagnostic_stands_in_its_place() -> None:
    """A term that cannot be given is a value among the others, with its 1-based position."""
    entries = ListEntries((("term", TermInfo(("general", b"a"))), ("surrogate", REFUSED)))
    term, surrogate = scanned(ScanResponse(0, 2, entries=entries), "utf-8").entries
    assert isinstance(term, ScanEntry)
    assert isinstance(surrogate, SurrogateDiagnostic)
    assert (surrogate.position, surrogate.condition) == (2, 114)


def test_a_refused_scan() -> None:
    """Diagnostics without terms are an error; beside terms they are a note; a bare failure is an error too."""
    with pytest.raises(DiagnosticError, match=r"unsupported use attribute \(bib-1 114: 9\)"):
        scanned(ScanResponse(6, 0, entries=ListEntries((), (REFUSED,))), "utf-8")
    partly = scanned(
        ScanResponse(5, 1, entries=ListEntries(_entries(TermInfo(("null", None))).entries, (REFUSED,))), "x"
    )
    assert partly.note == "unsupported use attribute (bib-1 114: 9)"
    with pytest.raises(DiagnosticError, match="failure without a diagnostic"):
        scanned(ScanResponse(6, 0), "utf-8")


def test_sorted_sets() -> None:
    """Success tells the size, a part only is noted, failure is the target's diagnostic or says that there is none."""
    assert sorted_set(SortResponse(0, result_count=7)) == SortResult(7)
    partly = sorted_set(SortResponse(1, diagnostics=(REFUSED,)))
    assert partly == SortResult(
        None, "the target sorted a part of the records only; unsupported use attribute (bib-1 114: 9)"
    )
    with pytest.raises(DiagnosticError, match="114"):
        sorted_set(SortResponse(2, diagnostics=(REFUSED,)))
    with pytest.raises(DiagnosticError, match="failure without a diagnostic"):
        sorted_set(SortResponse(2))
