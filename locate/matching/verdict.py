"""From features and their points to a verdict: vetoes first, then the score, then what is left open. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from locate.matching.comparisons import FEATURES
from locate.matching.evidence import Agreement, MatchVerdict
from locate.matching.interactions import MAIN_AUTHOR, NUMBERS, OTHER_AUTHOR, SAME_TITLE
from locate.matching.weights import Scale

__all__ = ["ASKS_MORE", "OTHER_TITLE", "decide"]

OTHER_TITLE: Final = frozenset(
    ["title.conflict", "title.contained", "title.inside", "title.swapped", "title.begins_short"]
)
ASKS_MORE: Final = frozenset(["format.open", "open.issue", "alone.title", "open.generic", "open.number"])
"""What is left open so that no score decides it."""

_NOT_THE_AUTHOR: Final = frozenset(["author.conflict", "author.other_body", "author.vague"])
_FEW_WORDS: Final = frozenset(["title.inside", "title.begins_short"])
"""A few words of a longer title: alone they say little."""

_OTHER_YEAR: Final = frozenset(["year.off_by_two", "year.off_by_few", "year.conflict"])
_OTHER_EDITION: Final = frozenset(
    [
        "edition.conflict",
        "edition.record_later",
        "edition.wanted_later",
        "edition.reprint",
        "language.conflict",
        "language.differs",
    ]
)
# What most records have in common with any request; it does not make two items the same.
_COMMON: Final = ("title.", "format.", "type.", "language.", "telling.", "inside.")
_CONFIRMS: Final = frozenset(
    name for name, feature in FEATURES.items() if feature.agreement is Agreement.AGREE and not name.startswith(_COMMON)
)
_IDENTIFIES: Final = frozenset(["control.equal", "lccn.equal", "issn.equal", "number.with_format"])
_OTHER_FORMAT: Final = frozenset(["isbn.other_format", "issn.other_format"])
_SAYS_LITTLE: Final = frozenset(["telling.generic", "telling.little"])
_TOLD: Final = ("control.", "title.", "isbn.", "issn.", "inside.")


def decide(found: Sequence[str], score: int, scale: Scale, vetoes: Mapping[str, MatchVerdict]) -> MatchVerdict:
    """Return the verdict on a candidate with the features ``found`` (title, author, year first) and this score."""
    raised = [feature for feature in found if feature in vetoes]
    if raised:
        strongest = raised[0] if len(raised) == 1 else next(veto for veto in vetoes if veto in raised)
        return _vetoed(strongest, vetoes[strongest], found)
    if _another_title(found):
        return MatchVerdict.DIFFERENT
    if score >= scale.accept:
        sure = ASKS_MORE.isdisjoint(found) and _confirmed(found)
        return MatchVerdict.SAME if sure else MatchVerdict.INSUFFICIENT
    return _rejected(found, score, scale)


def _rejected(found: Sequence[str], score: int, scale: Scale) -> MatchVerdict:
    """Name a candidate that nothing forbids and whose score is too low."""
    title, author, year = found[0], found[1], found[2]
    if title == "title.silent" and not _OTHER_FORMAT.isdisjoint(found):
        return MatchVerdict.OTHER_FORMAT
    if title in SAME_TITLE and author not in OTHER_AUTHOR:
        return _near_miss(found, year)
    if score >= scale.doubt and (title in SAME_TITLE or author not in OTHER_AUTHOR):
        return MatchVerdict.INSUFFICIENT
    return MatchVerdict.SAME_WORK if title in SAME_TITLE and year == "year.equal" else MatchVerdict.DIFFERENT


def _confirmed(found: Sequence[str]) -> bool:
    """Say whether something beside the title agrees, or the title is the same and says enough by itself.

    Without a title only a number will do, and not every one.
    """
    if found[0] == "title.silent":
        return not _IDENTIFIES.isdisjoint(found)
    return not _CONFIRMS.isdisjoint(found) or (found[0] in SAME_TITLE and _SAYS_LITTLE.isdisjoint(found))


def _another_title(found: Sequence[str]) -> bool:
    """Say whether title and author rule the candidate out, so that no year makes up for them; a number would."""
    title, author = found[0], found[1]
    if not NUMBERS.isdisjoint(found):
        return False
    if title == "title.conflict":
        return author not in MAIN_AUTHOR
    return title in _FEW_WORDS and author in _NOT_THE_AUTHOR


def _near_miss(found: Sequence[str], year: str) -> MatchVerdict:
    """Name a candidate of the same title and author that the score does not reach."""
    if "format.differs" in found or not _OTHER_FORMAT.isdisjoint(found):
        return MatchVerdict.OTHER_FORMAT
    if "reprint.pages" in found:
        return MatchVerdict.REPRINT
    if year in _OTHER_YEAR or not _OTHER_EDITION.isdisjoint(found):
        return MatchVerdict.OTHER_EDITION
    return MatchVerdict.DIFFERENT if "type.conflict" in found else MatchVerdict.INSUFFICIENT


def _vetoed(veto: str, verdict: MatchVerdict, found: Sequence[str]) -> MatchVerdict:
    """Return what a veto says the candidate is, unless the rest says that it is another item altogether."""
    if veto.startswith(_TOLD) or not NUMBERS.isdisjoint(found):
        return verdict
    if found[0] in OTHER_TITLE or (found[0] not in SAME_TITLE and found[1] in OTHER_AUTHOR):
        return MatchVerdict.DIFFERENT
    return verdict
