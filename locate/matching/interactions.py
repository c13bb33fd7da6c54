"""What only two features together can say: each has a name, a sentence and points of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from locate.citation import DocumentType
from locate.matching.compare.feature import agrees, disagrees
from locate.matching.views import RecordView, View
from locate.records.bib import Carrier

__all__ = ["FEATURES", "MAIN_AUTHOR", "NUMBERS", "OTHER_AUTHOR", "SAME_TITLE", "interactions"]

FEATURES: Final = {
    "telling.much": agrees("The title has many telling words."),
    "telling.little": disagrees("The title has few telling words."),
    "telling.generic": disagrees("The title has no word of its own."),
    "alone.title": disagrees("Only the title agrees, and a number or the kind of publication does not."),
    "open.year": disagrees(
        "The request gives no year, and without a personal author another year may be another item."
    ),
    "open.year_person": disagrees("The request gives no year, so that another edition may be meant."),
    "slip.body": disagrees("Without a personal author, the next year may be another issue."),
    "slip.government": disagrees("The next year of a government publication may be another issue."),
    "slip.government_long": disagrees("The next year of a government publication may be another issue."),
    "open.year_government": disagrees(
        "The request gives no year, and government publications come out again under one title."
    ),
    "open.year_government_long": disagrees(
        "The request gives no year, and government publications come out again under one title."
    ),
    "slip.government_print": disagrees("The next year of a printed government publication may be another issue."),
    "slip.parent_body": disagrees("The next year of a government publication may be another issue."),
    "inside.other_year": disagrees("The title stands inside a longer one, and no year confirms that it is this item."),
    "open.generic": disagrees("The title is generic, and neither an author nor a number confirms it."),
    "generic.other_author": disagrees("Under a generic title, another author is another item."),
    "open.number": disagrees("Only an ISBN agrees, and printings, forms and volumes may share one."),
    "open.issue": disagrees("The record is for one issue of a periodical, and the request names no issue."),
    "slip.edition": disagrees("The record names a later or revised edition, of the next year."),
    "slip.short": disagrees("Under a short title, the next year may be another issue."),
    "slip.number": disagrees("A number agrees, but the year does not: a later printing keeps its number."),
    "reprint.pages": agrees("Publisher and pages agree, so that another year is a reprint."),
    "title.unconfirmed": disagrees("The titles are not quite the same, and no personal author confirms them."),
    "serial.title": disagrees("A serial under another title is another serial."),
    "serial.year": agrees("For a serial another year may be another volume."),
    "number.other_title": agrees("A number agrees, so that the title may be written in another way."),
    "number.with_format": agrees("The request gives only a number and a format; both agree."),
    "number.other_format": disagrees(
        "The number is that of another format, and the record does not show the one that is asked for."
    ),
}
NUMBERS: Final = frozenset(["isbn.equal", "issn.equal", "lccn.equal", "control.equal"])
_OTHER_FORMAT: Final = frozenset(["isbn.other_format", "issn.other_format", "control.other_format"])
SAME_TITLE: Final = frozenset(
    [
        "title.equal",
        "title.near",
        "title.proper",
        "title.proper_near",
        "title.cut",
        "title.begins",
        "title.head",
        "title.variant",
        "title.words",
        "title.words_proper",
        "title.longer",
    ]
)
_NEARLY: Final = frozenset(
    [
        "title.less",
        "title.more",
        "title.words",
        "title.similar",
        "title.begins_short",
        "title.subtitle",
        "title.longer",
        "title.contained",
        "title.other_rest",
        "title.words_proper",
        "title.begins",
    ]
)
_UNSURE: Final = frozenset(
    [
        "title.swapped",
        "title.contained",
        "title.similar",
        "title.more",
        "title.less",
        "title.variant",
        "title.begins_short",
        "title.inside",
    ]
)
_UNKNOWN: Final = frozenset(["author.silent", "year.not_said", "publisher.silent", "pages.silent"])
_OTHER_ITEM: Final = frozenset(
    ["isbn.conflict", "issn.conflict", "lccn.conflict", "publisher_number.conflict", "type.book_serial"]
)
_OTHER_TITLE: Final = frozenset(["title.conflict", "title.contained", "title.swapped", "title.subtitle"])
_PERSONS: Final = frozenset(["author.full", "author.surname", "author.added", "author.responsibility"])
_BODIES: Final = frozenset(["author.body", "author.parent_body", "author.corporate"])
MAIN_AUTHOR: Final = frozenset(["author.full", "author.surname", "author.responsibility"])
OTHER_AUTHOR: Final = frozenset(["author.conflict", "author.other_body", "author.unnamed", "author.given"])
_SAME_YEAR: Final = frozenset(["year.equal", "year.equal_first", "year.equal_last"])
_OTHER_YEAR: Final = frozenset(["year.off_by_two", "year.off_by_few", "year.conflict"])
_SHORT: Final = 2.0
_LONG: Final = 6.0


def interactions(found: Sequence[str], wanted: View, record: RecordView) -> list[str]:
    """Return the features that follow from those ``found``: title, author, year, ... in the order of comparison."""
    title, author, year = found[0], found[1], found[2]
    numbers = not NUMBERS.isdisjoint(found)
    person = author in _PERSONS
    extra = list(_of_title(title, author, wanted, record, confirmed=person or numbers))
    if year == "year.not_said" and not numbers:
        if record.type is not DocumentType.SERIAL:
            extra.append(_open_year(wanted, record, person=person))
    elif year == "year.off_by_one":
        slip = "slip.number" if numbers else _slip(found, author, wanted, record)
        extra += [slip] if slip else []
    elif year in _OTHER_YEAR:
        extra += _of_other_year(found, record)
    if title == "title.inside" and year not in _SAME_YEAR and not numbers:
        extra.append("inside.other_year")
    extra += _of_numbers(found, title, wanted, numbers=numbers)
    if wanted.is_record and title in SAME_TITLE and _UNKNOWN.issubset(found) and not _OTHER_ITEM.isdisjoint(found):
        extra.append("alone.title")
    return extra


def _of_title(title: str, author: str, wanted: View, record: RecordView, *, confirmed: bool) -> Iterator[str]:
    """Yield how much an agreeing title tells, and what an uncertain one needs."""
    if title in SAME_TITLE:
        total = wanted.told
        if wanted.generic:
            yield "telling.generic"
            if not confirmed and not wanted.is_record and author not in _BODIES:
                yield "generic.other_author" if author in OTHER_AUTHOR else "open.generic"
        elif total >= _LONG:
            yield "telling.much"
        elif total < _SHORT and not wanted.is_record:
            yield "telling.little"
        if record.issue and not wanted.is_record:
            yield "open.issue"
    if confirmed:
        return
    if title in _UNSURE:
        yield "title.unconfirmed"
    if record.type is DocumentType.SERIAL and title in _NEARLY:
        yield "serial.title"


def _open_year(wanted: View, record: RecordView, *, person: bool) -> str:
    """Name what stays open when the request gives no year."""
    if record.government:
        return "open.year_government_long" if wanted.told >= _LONG else "open.year_government"
    return "open.year_person" if person else "open.year"


def _slip(found: Sequence[str], author: str, wanted: View, record: RecordView) -> str | None:
    """Judge a year that is off by one: a slip, a later edition, or the next issue of something like a serial."""
    person = author in _PERSONS
    if "edition.silent" in found and ((record.edition.ordinal or 1) > 1 or record.edition.revised):
        return "slip.edition"
    if record.government:
        if author == "author.vague":
            return "slip.parent_body"
        if wanted.told >= _LONG and not person:
            return "slip.government_long"
        return "slip.government_print" if Carrier.PRINT in record.carriers else "slip.government"
    if not person:
        return "slip.body"
    return "slip.short" if wanted.told < _SHORT else None


def _of_other_year(found: Sequence[str], record: RecordView) -> Iterator[str]:
    if "publisher.equal" in found and ("pages.equal" in found or "pages.near" in found):
        yield "reprint.pages"
    if record.type is DocumentType.SERIAL:
        yield "serial.year"


def _of_numbers(found: Sequence[str], title: str, wanted: View, *, numbers: bool) -> Iterator[str]:
    if numbers and title in _OTHER_TITLE:
        yield "number.other_title"
    if title == "title.silent" and numbers:
        if "format.equal" in found:
            yield "number.with_format"
        elif NUMBERS.intersection(found) == {"isbn.equal"}:
            yield "open.number"
    if wanted.carriers and "format.equal" not in found and not _OTHER_FORMAT.isdisjoint(found):
        yield "number.other_format"
