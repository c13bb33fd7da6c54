"""Component parts: another host, or another place in the same one."""

from __future__ import annotations

import pytest

from locate.matching import Matcher, MatchVerdict
from locate.matching.compare import hosts
from locate.matching.views import CitationView, RecordView
from locate.records.bib import BibRecord, DataField
from tests.matching.build import bib, cited, linked, number


def track(agency: str, host: str, place: str = "") -> BibRecord:
    """Return a record of a song on the album ``host``, at ``place``."""
    entry = DataField("773", "0", " ", (("w", f"({agency}){host}"), ("g", place)))
    return bib("Rivers", years=frozenset([1999]), fields=(entry,), linked=(linked("773", number(host, agency, "773")),))


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (track("FI-MELINDA", "666", "Track 3"), "host.silent"),
        (track("FI-MELINDA", "666", "Disc 1, track 3"), "host.silent"),
        (track("FI-MELINDA", "666", "Track 2"), "host.other_place"),
        (track("FI-MELINDA", "777", "Track 3"), "host.other"),
        (track("OCoLC", "777", "Track 3"), "host.silent"),
        (bib("Rivers"), "host.silent"),
    ],
)
def test_the_hosts_of_two_parts(other: BibRecord, expected: str) -> None:
    """Numbers of one agency tell hosts apart, the numbers in $g places; another agency's number says nothing."""
    ours = RecordView(track("FI-MELINDA", "666", "Track 3"))
    assert hosts.compare(ours, RecordView(other)) == expected
    assert hosts.compare(RecordView(other), ours) == expected


def test_a_citation_names_no_host() -> None:
    """What a request says of the host is compared elsewhere."""
    assert hosts.compare(CitationView(cited("Rivers")), RecordView(track("X", "1", "Track 3"))) == "host.silent"


def test_another_track_of_the_album_is_another_item() -> None:
    """The same title on the same album, but another track: another recording."""
    match = Matcher().judge(track("X", "1", "Track 3"), track("X", "1", "Track 2"))
    assert match.verdict is MatchVerdict.DIFFERENT
    assert "Track 3" in match.sentence
    assert "Track 2" in match.sentence
