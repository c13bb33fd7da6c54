"""Carriers: the one that is asked for, any tangible one, or none that can be told."""

from __future__ import annotations

import pytest

from locate.citation import Citation, RequestedFormat
from locate.matching.compare import formats
from locate.matching.views import CitationView, RecordView, acceptable
from locate.records.bib import Carrier
from tests.matching.build import ONLINE, bib, linked

WITH_776 = bib("Rivers", linked=(linked("776"),))


def feature(asked: RequestedFormat | None, *carriers: Carrier) -> str:
    """Return the feature that comparing the carriers gives."""
    record = RecordView(bib("Rivers", carriers=frozenset(carriers)))
    return formats.compare(CitationView(Citation(format=asked)), record)


@pytest.mark.parametrize(
    ("asked", "carriers", "expected"),
    [
        (RequestedFormat.PRINT, (Carrier.PRINT,), "format.equal"),
        (RequestedFormat.PRINT, (Carrier.PRINT, Carrier.ELECTRONIC), "format.equal"),
        (RequestedFormat.PRINT, (Carrier.ELECTRONIC,), "format.conflict"),
        (RequestedFormat.PRINT, (Carrier.MICROFORM,), "format.conflict"),
        (RequestedFormat.PRINT, (), "format.silent"),
        (RequestedFormat.PRINT, (Carrier.OTHER,), "format.uncommon"),
        (RequestedFormat.PHYSICAL, (Carrier.MICROFORM,), "format.equal"),
        (RequestedFormat.PHYSICAL, (Carrier.DISC,), "format.equal"),
        (RequestedFormat.PHYSICAL, (Carrier.ELECTRONIC,), "format.conflict"),
        (RequestedFormat.ELECTRONIC, (Carrier.ELECTRONIC,), "format.equal"),
        (RequestedFormat.ELECTRONIC, (Carrier.DISC,), "format.conflict"),
        (RequestedFormat.MICROFORM, (Carrier.PRINT,), "format.conflict"),
        (RequestedFormat.ANY, (Carrier.ELECTRONIC,), "format.any"),
        (None, (Carrier.ELECTRONIC,), "format.silent"),
    ],
)
def test_the_grade_of_a_format(asked: RequestedFormat | None, carriers: tuple[Carrier, ...], expected: str) -> None:
    """A record fits when one of its carriers is acceptable; silence on either side says nothing."""
    assert feature(asked, *carriers) == expected


def test_another_form_of_the_record_leaves_the_wish_open() -> None:
    """When the record names another form of itself, a request must say which it asks for."""
    assert formats.compare(CitationView(Citation()), RecordView(WITH_776)) == "format.open"
    asked = CitationView(Citation(format=RequestedFormat.PRINT))
    assert formats.compare(asked, RecordView(WITH_776)) == "format.equal"
    assert formats.compare(CitationView(Citation(format=RequestedFormat.ANY)), RecordView(WITH_776)) == "format.any"


def test_records_of_different_forms_differ() -> None:
    """Print and e-book are two records; one that covers both is either."""
    printed, online = RecordView(bib("Rivers")), RecordView(bib("Rivers", carriers=ONLINE))
    both = RecordView(bib("Rivers", carriers=ONLINE | {Carrier.PRINT}))
    assert formats.compare(printed, online) == "format.differs"
    assert formats.compare(both, online) == "format.equal"


def test_physical_accepts_every_tangible_carrier() -> None:
    """Only what cannot be put into a parcel is refused."""
    assert acceptable(RequestedFormat.PHYSICAL) == frozenset(Carrier) - {Carrier.ELECTRONIC}
    assert acceptable(RequestedFormat.ANY) == frozenset(Carrier)
    assert acceptable(None) == frozenset(Carrier)
