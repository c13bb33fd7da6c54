"""Parts: numbers and names on both sides, on one side, on none."""

from __future__ import annotations

import pytest

from locate.citation import Citation, DocumentType
from locate.matching.compare import parts
from locate.matching.views import CitationView, RecordView
from tests.matching.build import SERIAL, bib

Parts = tuple[tuple[str, str], ...]


def feature(
    title: str, volume: str | None, labels: Parts, extent: str = "", kind: DocumentType = DocumentType.BOOK
) -> str:
    """Return the feature that comparing a request with a record titled "Flora" gives."""
    citation = CitationView(Citation(title=title, volume=volume, type=kind))
    return parts.compare(citation, RecordView(bib("Flora", parts=labels, extent=extent)))


@pytest.mark.parametrize(
    ("title", "volume", "labels", "extent", "expected"),
    [
        ("Flora", "2", (("Vol. 2", ""),), "", "part.equal"),
        ("Flora", "II", (("Bd. 2", ""),), "", "part.equal"),
        ("Flora", "2", (("Vol. 3", ""),), "", "part.number_conflict"),
        ("Flora volume 2", None, (("Vol. 3", ""),), "", "part.number_conflict"),
        ("Flora", None, (("Vol. 3", ""),), "", "part.record_only"),
        ("Flora part 2", None, (("Part II", "Mosses"),), "", "part.equal"),
        ("Flora mosses", None, (("", "Mosses"),), "", "part.silent"),
        ("Flora ferns", None, (("", "Mosses"),), "", "part.name_conflict"),
        ("Flora", None, (("", "Mosses"),), "", "part.record_name"),
        ("Flora", "2", (), "3 v.", "part.whole_set"),
        ("Flora", "2", (), "2 Bde.", "part.whole_set"),
        ("Flora", "2", (), "210 p.", "part.wanted_only"),
        ("Flora", None, (), "3 v.", "part.silent"),
        ("Flora", None, (), "210 p.", "part.silent"),
    ],
)
def test_the_grade_of_a_part(title: str, volume: str | None, labels: Parts, extent: str, expected: str) -> None:
    """A conflict is another part; a part named on one side only is a part of what the other describes."""
    assert feature(title, volume, labels, extent) == expected


def test_the_volume_of_a_serial_or_an_article_is_left_to_the_holdings() -> None:
    """A record of a journal names no volumes, and lacks none."""
    assert feature("Flora", "12", (), kind=SERIAL) == "part.silent"
    assert feature("Flora", "12", (), kind=DocumentType.ARTICLE) == "part.silent"


def test_a_series_in_place_of_a_part_is_none() -> None:
    """A series that was put into $n is no part."""
    assert feature("Flora", None, (("Talbot collection of British pamphlets", ""),)) == "part.silent"


def test_a_title_cut_within_the_part_names_may_lack_them() -> None:
    """A request of sixty characters that ends within the title proper's parts does not miss the last one."""
    proper = "Distribution and variability of bacteria in Montgomery"
    record = RecordView(bib(proper, parts=(("Part 2", "Canals"), ("", "Estuaries"))))
    cut = CitationView(Citation(title=f"{proper} part", type=DocumentType.BOOK))
    whole = CitationView(Citation(title=proper[:40], type=DocumentType.BOOK))
    assert parts.compare(cut, record) == "part.silent"
    assert parts.compare(whole, record) in {"part.record_name", "part.record_only"}


def test_parts_are_compared_between_records() -> None:
    """Volume two is not volume three, and neither is the whole."""
    two, three, none = (RecordView(bib("Flora", parts=labels)) for labels in ((("v. 2", ""),), (("v. 3", ""),), ()))
    assert parts.compare(two, three) == "part.number_conflict"
    assert parts.compare(two, two) == "part.equal"
    assert parts.compare(two, none) == "part.wanted_only"
    assert parts.compare(none, two) == "part.record_only"
