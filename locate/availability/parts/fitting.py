"""How one wanted part lies to one segment of a statement: the rules of coverage, level by level.

Decides for a single volume and issue; what several segments, statements or wanted numbers say together is the matter
of `locate.availability.parts.coverage`. Raises nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from locate.availability.parts.segments import Place, Segment, Span

__all__ = ["Answer", "Target", "judge"]

_AT_FIRST = frozenset({Place.FIRST, Place.BOTH})
_AT_LAST = frozenset({Place.LAST, Place.BOTH})


class Answer(StrEnum):
    """What a segment says of a wanted part."""

    YES = "yes"
    PARTLY = "partly"  # held, but not surely all of it
    BY_YEAR = "by_year"  # the year is held, and finer levels that are wanted are not spoken of
    NO = "no"
    NO_ISSUE = "no_issue"  # the volume is there, the issue is not
    EMBARGO = "embargo"  # held, but perhaps too new to be had
    CONFLICT = "conflict"  # one wanted level is held, another is not
    UNSURE = "unsure"
    MARKED = "marked"  # held, but the text marks it as uncertain
    SERIES = "series"  # a volume of one of several series, and no series is asked for
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Target:
    """One wanted part: a number for each level, None where no such level is asked for. ``pages`` is first to last."""

    series: int | None = None
    volume: int | None = None
    issue: int | None = None
    year: int | None = None
    pages: Span | None = None


_PLAIN = {Place.SILENT: Answer.SILENT, Place.OUT: Answer.NO, Place.UNSURE: Answer.UNSURE}
_HELD = frozenset({Answer.YES, Answer.PARTLY, Answer.BY_YEAR})


def judge(target: Target, segment: Segment) -> Answer:
    """Return what ``segment`` says of ``target``; a doubt that the text marks never makes a sure yes."""
    if segment.extra:
        return Answer.UNSURE if segment.uncertain and not _numbered(segment) else Answer.NO
    numbers = _enumeration(target, segment)
    year = _year(target, segment)
    answer = _together(target, segment, numbers, year)
    if answer in _HELD:
        answer = _pages(target, segment, answer)
    if answer in _HELD and (segment.uncertain or segment.alternative):
        answer = Answer.MARKED
    elif answer in _HELD and _under_embargo(target, segment):
        answer = Answer.EMBARGO
    elif segment.alternative and answer is Answer.SILENT:
        answer = Answer.NO
    return answer


def _numbered(segment: Segment) -> bool:
    ends = (segment.first, segment.last)
    return any(end.volume or end.issue or end.year for end in ends)


def _under_embargo(target: Target, segment: Segment) -> bool:
    """Say whether an embargo may still hide the part: its year, or the last year of the segment, is too late."""
    if segment.sure_until is None:
        return False
    if target.year is not None and segment.place(target.year, "year") is not Place.SILENT:
        return target.year > segment.sure_until
    last = segment.last.year
    return last is None or last.last > segment.sure_until


# -- enumeration ---------------------------------------------------------------------------------------------------


def _enumeration(target: Target, segment: Segment) -> Answer:
    if target.volume is None and target.issue is None:
        return Answer.SILENT
    series = _series(target, segment)
    if series in {Answer.NO, Answer.UNSURE}:
        return series
    if target.volume is None:
        return _issue_alone(target, segment)
    place = segment.place(target.volume, "volume")
    if place is Place.SILENT:
        return _issue_without_volume(target, segment)
    if place in _PLAIN:
        return _PLAIN[place]
    found = _bounded_issue(target.issue, segment, place)
    return Answer.SERIES if series is Answer.SERIES and found in {Answer.YES, Answer.PARTLY} else found


def _series(target: Target, segment: Segment) -> Answer:
    """Compare the series: YES also where the text knows none and none is asked for."""
    first, last = segment.first.series, segment.last.series
    if first is None and last is None:
        return Answer.YES if target.series is None else Answer.UNSURE
    if first != last and not segment.open_end:
        return Answer.UNSURE  # the volumes begin anew inside the segment
    if target.series is None:
        return Answer.SERIES
    place = segment.place(target.series, "series")
    if place is Place.OUT:
        return Answer.NO
    return Answer.YES if place in _AT_FIRST else Answer.UNSURE


def _bounded_issue(issue: int | None, segment: Segment, place: Place) -> Answer:
    """Compare the issue where the volume lies at an end of the segment that gives issues."""
    low = segment.first.issue if place in _AT_FIRST else None
    high = segment.last.issue if place in _AT_LAST else None
    in_parts = (place in _AT_FIRST and segment.first.part) or (place in _AT_LAST and segment.last.part)
    if issue is None:
        begins_late = low is not None and low.first > 1
        return Answer.PARTLY if begins_late or high is not None or in_parts else Answer.YES
    if (low is not None and issue < low.first) or (high is not None and issue > high.last):
        return Answer.NO_ISSUE
    if in_parts:
        return Answer.PARTLY if (low is not None or high is not None) else Answer.UNSURE
    return Answer.YES


def _issue_alone(target: Target, segment: Segment) -> Answer:
    """Compare an issue that is wanted without a volume, where the segment lies within one volume or counts none."""
    if target.issue is None or segment.first.volume != segment.last.volume:
        return Answer.SILENT
    place = segment.place(target.issue, "issue")
    return _PLAIN.get(place, Answer.YES)


def _issue_without_volume(target: Target, segment: Segment) -> Answer:
    """Compare an issue where the text counts issues and no volumes: it may count them through all volumes."""
    if target.issue is None:
        return Answer.SILENT
    place = segment.place(target.issue, "issue")
    return Answer.UNSURE if place in {Place.OUT, Place.UNSURE} else Answer.SILENT


# -- chronology and the levels together -----------------------------------------------------------------------------


def _year(target: Target, segment: Segment) -> Answer:
    if target.year is None:
        return Answer.SILENT
    place = segment.place(target.year, "year")
    if place in _PLAIN:
        return _PLAIN[place]
    first, last = segment.first, segment.last
    late = place in _AT_FIRST and first.month is not None and first.month.first > 1
    early = place in _AT_LAST and last.month is not None and last.month.last < 12
    counted = place in _AT_LAST and last.issue is not None
    return Answer.PARTLY if late or early or counted else Answer.YES


def _together(target: Target, segment: Segment, numbers: Answer, year: Answer) -> Answer:
    if numbers is Answer.NO_ISSUE:
        return Answer.NO
    if Answer.NO in {numbers, year}:
        other = {numbers, year} - {Answer.NO}
        return Answer.CONFLICT if other & {Answer.YES, Answer.PARTLY, Answer.SERIES} else Answer.NO
    if numbers is Answer.SILENT:
        return _by_year(target, segment, year)
    held = numbers in {Answer.YES, Answer.PARTLY}
    if year is Answer.UNSURE:
        numbers = Answer.UNSURE if _is_edge(target, segment) else numbers
    elif numbers is Answer.SERIES and year in {Answer.YES, Answer.PARTLY}:
        numbers = Answer.YES
    elif held and year is not Answer.SILENT and _ends_disagree(target, segment):
        numbers = Answer.CONFLICT
    return numbers


def _is_edge(target: Target, segment: Segment) -> bool:
    return target.volume is None or segment.place(target.volume, "volume") in {*_AT_FIRST, *_AT_LAST}


def _ends_disagree(target: Target, segment: Segment) -> bool:
    """Say whether the wanted volume is an end of the segment whose year is another than the wanted one."""
    if target.volume is None or target.year is None or segment.loose_years or segment.yearly:
        return False
    place = segment.place(target.volume, "volume")
    first, last = segment.first.year, segment.last.year
    late = place is Place.FIRST and first is not None and target.year > first.last + 1
    return late or (place is Place.LAST and last is not None and target.year < last.first - 1)


def _by_year(target: Target, segment: Segment, year: Answer) -> Answer:
    """Judge a segment that counts none of the wanted numbers by its years."""
    finer = target.volume is not None or target.issue is not None
    if year in {Answer.YES, Answer.PARTLY} and segment.loose_years:
        return Answer.UNSURE
    if year is Answer.PARTLY:
        return Answer.UNSURE if finer or target.pages else Answer.PARTLY
    return Answer.BY_YEAR if year is Answer.YES and finer else year


def _pages(target: Target, segment: Segment, answer: Answer) -> Answer:
    """Ask for the wanted pages where the text gives the pages of a part."""
    if target.pages is None or segment.first.pages is None:
        return answer
    low, last = segment.first.pages, segment.last.pages
    high = last or low
    if low.first <= target.pages.first and target.pages.last <= high.last:
        return answer
    overlaps = target.pages.first <= high.last and low.first <= target.pages.last
    return Answer.UNSURE if overlaps or segment.open_end else Answer.NO
