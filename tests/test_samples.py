"""Real responses of real systems, fed to the run as a partner's answer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from locate.availability import Availability
from locate.citation import Citation, RequestedFormat
from locate.outcome import Finding
from locate.records import read_records_xml
from locate.z3950.oids import OPAC
from locate.z3950.retrieval import Fetched, Record
from tests.played import PARTNER, answer, play

pytestmark = pytest.mark.shared


def sample(shared: Path, name: str) -> list[Fetched]:
    """Return the records of an SRU response as a Z39.50 answer would bring them."""
    loaded = read_records_xml((shared / "samples" / name).read_bytes())
    assert isinstance(loaded, list)
    return [Record(position, OPAC, each.opac) for position, each in enumerate(loaded, 1) if each.opac is not None]


@pytest.mark.parametrize("turned", [False, True])
def test_the_print_is_chosen_and_the_ebook_named(shared: Path, turned: bool) -> None:  # noqa: FBT001
    """Alma answers a print ISBN with the print and the e-book, which names it in 776 $z."""
    records = sample(shared, "alma/alma-pitt-extra-eresource-record.xml")
    assert len(records) == 2
    found = answer(*(reversed(records) if turned else records))
    citation = Citation(isbn=("1842778706",), format=RequestedFormat.PHYSICAL)
    played = play(citation, found, partners=[replace(PARTNER, system="alma")])
    assert played.partner.finding is Finding.FOUND
    assert played.partner.availability is Availability.AVAILABLE
    assert played.partner.chosen is not None
    assert played.partner.chosen.record.control_number == "9950935833406236"
    assert [other.match.verdict for other in played.partner.others] == ["other_format"]
    assert "electronic form, not the physical one" in played.partner.others[0].match.sentence
    assert played.partner.reason.endswith(" Another format is held too: electronic (9998553535306236).")
    assert [search.by for search in played.partner.searches] == ["ISBN"]
