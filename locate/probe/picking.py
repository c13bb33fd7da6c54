"""Terms to search by, taken from records that the server gave, and whether a hit is what was searched.

Decides which record and which of its words or numbers tell most, and what a record must hold to fit a term. Refuses to
know how terms are searched. Pure; raises nothing for any record.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from locate.citation import Citation, RequestedFormat
from locate.identifiers import OCLC, parse_isbn
from locate.matching.normalize import fold, is_generic, title_words
from locate.partner import LocateProfile, SearchStep, StepKind
from locate.plan import plan_searches
from locate.records import BibRecord, Carrier
from locate.z3950.query import And, Term, Use

__all__ = [
    "Pick",
    "author_word",
    "citation_of",
    "fits",
    "foreign_words",
    "oclc_number",
    "phrase_pick",
    "picks_for",
    "same_record",
    "search_words",
    "title_pick",
]

SUBJECT = 21
DOCUMENT_ID = 1032
_SUBJECT_TAGS = ("650", "651", "600", "610", "653", "630")
_WORDS = 4
_NOT_KEY = re.compile(r"[\W_]+")
_FORMATS = {
    Carrier.PRINT: RequestedFormat.PRINT,
    Carrier.MICROFORM: RequestedFormat.MICROFORM,
    Carrier.ELECTRONIC: RequestedFormat.ELECTRONIC,
}


@dataclass(frozen=True, slots=True)
class Pick:
    """A term from a record: ``text`` to search by, the ``record`` it stands in, and how it is written ("ISBN-13").

    ``is_number`` says that it counts as a whole, whatever stands between its characters; else its words count, in any
    order.
    """

    text: str
    record: BibRecord
    form: str = ""
    is_number: bool = False


# ---- what a locate would send ---------------------------------------------------------------------------------------


def search_words(title: str, author: str = "") -> tuple[list[str], str]:
    """Return the words by which the locate searches a title, and the one name by which it searches an author."""
    step = SearchStep(StepKind.TITLE, ((1, Use.TITLE),), ((1, Use.AUTHOR_NAME),))
    plan = plan_searches(Citation(title=title, author=author or None), LocateProfile(steps=(step,)))
    if not plan.attempts:
        return [], ""
    query = plan.attempts[0].query
    terms = [query.left, query.right] if isinstance(query, And) else [query]
    texts = [term.text for term in terms if isinstance(term, Term)]
    return texts[0].split(), "".join(texts[1:])


def author_word(record: BibRecord) -> str:
    """Return the name by which the locate searches the record's author; "" when it names none."""
    return search_words(record.title.full or "x", record.names[0].heading)[1] if record.names else ""


def citation_of(record: BibRecord, *, numbers: bool = True) -> Citation:
    """Return the citation that a request for this record would carry, without its standard numbers if so wished."""
    own = record if numbers else None
    return Citation(
        title=record.title.shown or None,
        author=record.names[0].heading if record.names else None,
        isbn=tuple(each.value for each in own.isbns if each.subfield == "a" and each.valid)[:1] if own else (),
        issn=tuple(each.value for each in own.issns if each.subfield == "a" and each.valid)[:1] if own else (),
        lccn=next((each.value for each in own.lccns if each.subfield == "a"), None) if own else None,
        control_numbers=_control_numbers(record) if own else (),
        year=_year(record),
        edition=record.edition or None,
        format=_FORMATS.get(next(iter(record.carriers))) if len(record.carriers) == 1 else None,
    )


def _control_numbers(record: BibRecord) -> tuple[str, ...]:
    number, source = oclc_number(record), OCLC
    if not number:
        number, source = record.control_number or "", record.control_number_source or ""
    return (f"({source}){number}",) if number and source else ()


def oclc_number(record: BibRecord) -> str:
    """Return the record's OCLC number in digits, "" for none."""
    return next((each.value for each in record.control_numbers if each.source == OCLC), "")


def _year(record: BibRecord) -> int | None:
    coded = (record.control("008") or "")[7:11]
    if coded.isascii() and coded.isdigit() and int(coded) in record.years:
        return int(coded)
    return min(record.years, default=None)


# ---- terms ----------------------------------------------------------------------------------------------------------


def picks_for(use: int, records: Sequence[BibRecord]) -> list[Pick]:
    """Return the terms to try at a use attribute: those of the first record that has any, each way of writing it.

    Terms in ASCII come before others, since the character set of queries is not known yet.
    """
    found = (list(dict.fromkeys(_PICKERS[use](record))) for record in records)
    candidates = [picks for picks in found if picks]
    plain = [picks for picks in candidates if picks[0].text.isascii()]
    return next(iter(plain or candidates), [])


def title_pick(records: Sequence[BibRecord]) -> Pick | None:
    """Return a few words of the most telling title, out of order and without its first word.

    So they are found only where the server looks for single words anywhere in the title, as the locate needs it.
    """
    best: tuple[int, Pick] | None = None
    for record in records:
        words = [word for word in search_words(record.title.full)[0] if word.isascii()]
        inner = words[1:] if len(words) > 2 else words
        if len(inner) < 2 or is_generic(title_words(record.title.full)):
            continue
        pick = Pick(" ".join(reversed(inner[-_WORDS:])), record, "words of a title")
        if best is None or len(inner) > best[0]:
            best = len(inner), pick
    if best is not None:
        return best[1]
    for record in records:
        if words := search_words(record.title.full)[0]:
            return Pick(" ".join(words), record, "a title")
    return None


def phrase_pick(records: Sequence[BibRecord]) -> Pick | None:
    """Return a title proper word for word, of two to six words in plain letters; None when no record has one."""
    for record in records:
        words = record.title.proper.strip(" /:;,=.").split()
        if 2 <= len(words) <= 6 and all(word.isascii() and word.isalpha() for word in words) and len(words[-1]) > 4:
            return Pick(" ".join(words), record, "a title word for word")
    return None


def foreign_words(records: Sequence[BibRecord]) -> Pick | None:
    """Return a title word with a letter outside ASCII, one in Latin-1 before any other; None when there is none."""
    found = [
        Pick(word, record)
        for record in records
        for word in search_words(record.title.full)[0]
        if not word.isascii() and len(word) > 3
    ]
    latin = [pick for pick in found if pick.text.encode("latin-1", "replace").find(b"?") < 0]
    return next(iter(latin or found), None)


def _isbns(record: BibRecord) -> Iterator[Pick]:
    for number in record.isbns:
        isbn = parse_isbn(number.raw)
        if number.subfield == "a" and isbn.valid:
            forms = {isbn.digits: len(isbn.digits), isbn.isbn13 or "": 13, isbn.isbn10 or "": 10}
            yield from (Pick(text, record, f"as ISBN-{size}", is_number=True) for text, size in forms.items() if text)
            return


def _issns(record: BibRecord) -> Iterator[Pick]:
    for number in record.issns:
        if number.subfield == "a" and number.valid:
            yield Pick(number.value, record, "with hyphen", is_number=True)
            yield Pick(number.value.replace("-", ""), record, "without hyphen", is_number=True)
            return


def _lccns(record: BibRecord) -> Iterator[Pick]:
    for number in record.lccns:
        if number.subfield == "a" and number.valid:
            yield Pick(number.value, record, "normalised", is_number=True)
            if number.raw.strip() != number.value:
                yield Pick(number.raw.strip(), record, "as in the record", is_number=True)
            return


def _own_number(record: BibRecord) -> Iterator[Pick]:
    if record.control_number:
        yield Pick(record.control_number, record, "the record's own (001)", is_number=True)


def _system_number(record: BibRecord) -> Iterator[Pick]:
    for number in record.control_numbers:
        if number.tag == "035" and number.source:
            yield Pick(number.value, record, "without its source", is_number=True)
            yield Pick(number.raw.strip(), record, "with its source", is_number=True)
            return


def _author(record: BibRecord) -> Iterator[Pick]:
    if word := author_word(record):
        yield Pick(word, record, "a name")


def _title(record: BibRecord) -> Iterator[Pick]:
    if pick := title_pick([record]):
        yield pick


def _anything(record: BibRecord) -> Iterator[Pick]:
    for pick in _title(record):
        yield Pick(f"{pick.text} {author_word(record)}".strip(), record, "words of a title and a name")


def _subject(record: BibRecord) -> Iterator[Pick]:
    for field in record.get(*_SUBJECT_TAGS):
        if words := search_words(field.first("a") or "")[0]:
            yield Pick(" ".join(words[:2]), record, "words of a subject")
            return


def _date(record: BibRecord) -> Iterator[Pick]:
    year = _year(record)
    if year is not None:
        yield Pick(str(year), record, "a year", is_number=True)


def _standard(record: BibRecord) -> Iterator[Pick]:
    yield from _isbns(record)
    yield from _issns(record)


_PICKERS: dict[int, Callable[[BibRecord], Iterator[Pick]]] = {
    Use.TITLE: _title,
    Use.ISBN: _isbns,
    Use.ISSN: _issns,
    Use.LCCN: _lccns,
    Use.LOCAL_NUMBER: _own_number,
    SUBJECT: _subject,
    Use.DATE_OF_PUBLICATION: _date,
    Use.AUTHOR_NAME: _author,
    Use.STANDARD_IDENTIFIER: _standard,
    Use.ANY: _anything,
    DOCUMENT_ID: _own_number,
    Use.SYSTEM_CONTROL_NUMBER: _system_number,
}


# ---- hits -----------------------------------------------------------------------------------------------------------


def same_record(one: BibRecord, other: BibRecord) -> bool:
    """Say whether two records that the server gave are one, though in another record syntax."""
    if one.control_number and other.control_number:
        return one.control_number == other.control_number
    return one.raw == other.raw or (
        fold(one.title.full) == fold(other.title.full) and one.years == other.years and one.isbns == other.isbns
    )


def fits(pick: Pick, record: BibRecord) -> bool:
    """Say whether a record holds what was searched: the number, or every word of the term, wherever it stands."""
    texts = [text for _, text in record.control_fields]
    texts += [text for field in record.fields for _, text in field.subfields]
    if pick.is_number:
        key = _key(pick.text)
        core = key[3:12] if len(key) == 13 else key[:9] if len(key) == 10 and parse_isbn(pick.text).valid else key
        return any(core in _key(text) for text in texts)
    held = {word for text in texts for word in fold(text).split()}
    return all(word in held for word in fold(pick.text).split())


def _key(text: str) -> str:
    return _NOT_KEY.sub("", text).casefold()
