"""Compare publisher numbers (028), which tell recordings and scores apart as ISBNs tell books.

The publisher may stand before its number or beside it ("F-123", $b F $a 123); one number of two publishers is no
number in common, and no difference either, for labels are written in many ways.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from locate.matching.compare.feature import agrees, disagrees, silent
from locate.matching.record_view import PublisherNumber
from locate.matching.views import RecordView, View

__all__ = ["FEATURES", "compare", "shown"]

FEATURES: Final = {
    "publisher_number.silent": silent("The publisher number is not known on both sides."),
    "publisher_number.equal": agrees("The publisher number is the same."),
    "publisher_number.unclear": silent("The publisher number is the same, the publisher is not."),
    "publisher_number.conflict": disagrees("The publisher number is another one."),
}


def compare(wanted: View, record: RecordView) -> str:
    """Compare the publisher numbers of two records; a citation has none."""
    if not isinstance(wanted, RecordView) or not wanted.publisher_numbers or not record.publisher_numbers:
        return "publisher_number.silent"
    pairs = [(one, other) for one in wanted.publisher_numbers for other in record.publisher_numbers]
    same = [(one, other) for one, other in pairs if not _spellings(one).isdisjoint(_spellings(other))]
    if not same:
        return "publisher_number.conflict"
    named = any(not one.publisher or not other.publisher or one.publisher == other.publisher for one, other in same)
    return "publisher_number.equal" if named else "publisher_number.unclear"


def _spellings(one: PublisherNumber) -> frozenset[str]:
    return frozenset([one.number, one.publisher + one.number])


def shown(wanted: View, record: RecordView) -> tuple[str, str]:
    """Return the publisher numbers of the two sides, as they are compared."""
    return _show(wanted.publisher_numbers if isinstance(wanted, RecordView) else ()), _show(record.publisher_numbers)


def _show(numbers: Iterable[PublisherNumber]) -> str:
    return ", ".join(" ".join(filter(None, one)) for one in numbers)
