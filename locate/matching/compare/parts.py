"""Compare the parts (volumes, parts, named parts) that the two sides name.

A conflict of numbers or names is a veto: it is another part. Named on one side only, the request is for a part of what
the record describes, or the reverse.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

from locate.citation import DocumentType
from locate.matching.compare.feature import agrees, disagrees, silent
from locate.matching.compare.titles import cut_before, unmatched
from locate.matching.labels import ANY_KIND, Label, conflict
from locate.matching.normalize import fold
from locate.matching.numerals import number_of
from locate.matching.title_form import telling
from locate.matching.views import CitationView, RecordView, View

__all__ = ["FEATURES", "compare", "shown"]

FEATURES: Final = {
    "part.silent": silent("No part is named on both sides."),
    "part.equal": agrees("The part or volume number is the same."),
    "part.number_conflict": disagrees("The part or volume number is another one."),
    "part.name_conflict": disagrees("The title goes on with the name of another part."),
    "part.record_only": disagrees("The record is for a numbered part; none is wanted."),
    "part.record_name": disagrees("The record is for a named part; none is wanted."),
    "part.wanted_only": disagrees("A part is wanted; the record names none."),
    "part.whole_set": disagrees("A part is wanted; the record is for the whole set."),
}
_EXACT: Final = 2
_WORD: Final = 0.4
_SHARE: Final = 0.3


def compare(wanted: View, record: RecordView) -> str:  # noqa: PLR0911 - one return for each outcome
    """Compare the parts that the two sides name."""
    ours, theirs = wanted.labels, record.labels
    if not ours and not theirs and not record.part_words and not wanted.part_words:
        return "part.silent"
    if conflict(ours, theirs):
        return "part.number_conflict"
    named = _names(wanted, record)
    if named is not None:
        return named
    if (
        (ours and theirs)
        or _is_named(wanted, record)
        or _same_names(wanted, record)
        or _has_numbers(wanted, theirs)
        or _has_numbers(record, ours)
    ):
        return "part.equal"
    if theirs and record.record.title.parts and not _may_lack_end(wanted, record):
        return "part.record_only"
    if ours and _names_volume(wanted):
        return "part.whole_set" if record.is_set else "part.wanted_only"
    return "part.silent"


def _is_named(wanted: View, record: RecordView) -> bool:
    """Say whether the volume that is asked for is the name of the record's part: "Mosses"."""
    if not isinstance(wanted, CitationView) or not wanted.citation.volume:
        return False
    return tuple(fold(wanted.citation.volume).split()) in record.part_names


def _same_names(wanted: View, record: RecordView) -> bool:
    """Say whether both records give the part one name, so that a number that only one gives is no difference."""
    return bool(wanted.part_words) and wanted.part_words == record.part_words


def _has_numbers(view: View, labels: frozenset[Label]) -> bool:
    """Say whether a title has the numbers of ``labels`` without a word for the part: "Weed 1" for "Weed. Vol. 1"."""
    return bool(labels) and view.full is not None and all(number in view.full.numbers for _, number in labels)


def _may_lack_end(wanted: View, record: RecordView) -> bool:
    """Say whether the wanted title was cut within the names of the parts, not where the title proper ends."""
    ours, full, proper = wanted.full, record.full, record.proper
    if ours is None or full is None or proper is None or not cut_before(wanted, full):
        return False
    return abs(len(ours.key) - len(proper.key)) > _EXACT


def _names_volume(wanted: View) -> bool:
    if isinstance(wanted, CitationView):
        return wanted.names_volume and wanted.type is not DocumentType.SERIAL
    return bool(wanted.record.title.parts)


def _names(wanted: View, record: RecordView) -> str | None:
    """Compare each $p with the words that the wanted title has beyond the title proper."""
    title, full, proper = wanted.full, record.full, record.proper
    if not record.part_words or title is None or full is None or proper is None:
        return None
    missing = unmatched(record.part_words, title)
    if isinstance(wanted, CitationView) and wanted.citation.volume:
        given = wanted.citation.volume.casefold()
        missing = [word for word in missing if word not in given]
    rest = [word for word in unmatched(title.words, full) if number_of(word) is None]
    if telling(rest) >= _WORD and telling(unmatched(proper.words, title)) < 1:
        absent = frozenset(missing)
        if any(telling(absent & set(words)) >= _SHARE * telling(words) for words in record.part_names):
            return "part.name_conflict"
    if telling(missing) <= telling(record.part_words) / 2:
        return None
    if _may_lack_end(wanted, record) or _one_part(wanted.labels, record.labels):
        return None
    return "part.record_name"


def _one_part(ours: Iterable[Label], theirs: Collection[Label]) -> bool:
    """Say whether the two name a part in common; a bare number is one of any kind."""
    return any(
        number == other and (kind == other_kind or ANY_KIND in {kind, other_kind})
        for kind, number in ours
        for other_kind, other in theirs
    )


def shown(wanted: View, record: RecordView) -> tuple[str, str]:
    """Return the parts of the two sides."""
    return _show(wanted), _show(record)


def _show(view: View) -> str:
    labels = "; ".join(" ".join(filter(None, label)) for label in sorted(view.labels))
    return labels or " ".join(view.part_words)
