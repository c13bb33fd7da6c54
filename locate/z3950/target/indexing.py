"""What the embedded target can find a record by: the words and numbers of its indexes.

Decides which fields feed which Bib-1 use attribute, and how text and numbers are folded so that a term and a record
meet. The choices are those of many real servers, their false hits included: the ISBN index covers 776 $z (the other
format's number), the title index covers 505 $t (the parts' titles), the number indexes know a control number with and
without its prefix. It refuses to know attributes other than use, and diagnostics. Raises nothing.

A masked word or number holds "#" for any characters, none included; folding removes "#" from everything else. Record
numbers are 0-based and are added in ascending order.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from locate.identifiers import normalize_lccn, parse_isbn
from locate.records import BibRecord, DataField, FoundNumber
from locate.z3950.query import Use

__all__ = ["NumberIndex", "RecordIndexes", "Terms", "WordIndex", "mask_pattern", "number_keys", "split_words"]

_PERSONAL_NAME = 1
_SUBJECT = 21
_PUBLISHER = 1018

# MARC 21 tags and the subfields taken. The indexes as Bib-1 describes them (Bib-1 Attribute Set, use attributes).
_NAME_FIELDS = dict.fromkeys(("100", "110", "700", "710"), "abcdnq") | dict.fromkeys(("111", "711"), "acdenq")
_TITLE_FIELDS = {
    "130": "adfklmnoprs",
    "240": "adfklmnoprs",
    "245": "abnp",
    "246": "abnp",
    "505": "t",
    "730": "adfklmnoprs",
    "740": "anp",
}
_SUBJECT_FIELDS = dict.fromkeys(("600", "610", "611", "630", "648", "650", "651", "653", "655"), "abcdnpqtvxyz")
_WORD_FIELDS: dict[int, dict[str, str]] = {
    _PERSONAL_NAME: dict.fromkeys(("100", "700"), "abcdq"),
    Use.TITLE: _TITLE_FIELDS,
    _SUBJECT: _SUBJECT_FIELDS,
    Use.AUTHOR_NAME: _NAME_FIELDS,
    _PUBLISHER: dict.fromkeys(("260", "264"), "b"),
}
_USES_BY_TAG: dict[str, tuple[tuple[int, str], ...]] = {
    tag: tuple((use, fields[tag]) for use, fields in _WORD_FIELDS.items() if tag in fields)
    for tag in {tag for fields in _WORD_FIELDS.values() for tag in fields}
}
_LINKED_ISBN = frozenset({"776"})
_LINKED_ISSN = frozenset({"776", "780", "785"})

_WORD = re.compile(r"[^\W_]+")
_MASKED_WORD = re.compile(r"(?:[^\W_]|#)+")
_NOT_IN_KEY = re.compile(r"[\W_]+")
_NOT_IN_MASKED_KEY = re.compile(r"[^\w#]+|_+")
_CODED_YEAR = re.compile(r"[0-9]{4}")


def _fold(text: str) -> str:
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKD", text).casefold()
    return "".join(char for char in folded if not unicodedata.combining(char))


def split_words(text: str, *, masked: bool = False) -> list[str]:
    """Return the words of ``text`` without case, diacritics and punctuation; ``masked`` keeps "#" as a part of them."""
    return (_MASKED_WORD if masked else _WORD).findall(_fold(text))


def number_keys(use: int, term: str, *, masked: bool = False) -> set[str]:
    """Return the forms under which a number searched for may stand in the index of ``use``.

    Hyphens and blanks never count. A masked number has only the form given; masks alone are no number.
    """
    if masked:
        key = _NOT_IN_MASKED_KEY.sub("", _fold(term))
        return {key} if key.strip("#") else set()
    keys = {_key(term)}
    if use in {Use.ISBN, Use.STANDARD_IDENTIFIER}:
        keys.add(_key(parse_isbn(term).canonical))
    if use == Use.LCCN:
        keys.add(_key(normalize_lccn(term)))
    return keys - {""}


def _key(text: str) -> str:
    return _NOT_IN_KEY.sub("", _fold(text))


def mask_pattern(word: str) -> str:
    """Return the regular expression of a masked word that is followed by a blank.

    Each mask is an atomic group, so that no word can make the search backtrack.
    """
    first, *rest = map(re.escape, word.split("#"))
    if not rest:
        return first
    *between, last = rest
    return first + "".join(f"(?>[^ ]*?{part})" for part in between) + f"(?>[^ ]*?{last}(?= ))"


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of an index in order, and how to tell the number of records that hold one of them."""

    keys: Sequence[str]
    count: Callable[[str], int]


class _Postings:
    """Key -> numbers of the records that hold it, ascending."""

    def __init__(self) -> None:
        self._lists: defaultdict[str, list[int]] = defaultdict(list)
        self._sorted: list[str] = []

    def add(self, keys: Iterable[str], number: int) -> None:
        lists = self._lists
        for key in keys:
            lists[key].append(number)

    def exact(self, key: str) -> Sequence[int]:
        return self._lists.get(key, ())

    def find(self, key: str) -> Sequence[int] | set[int]:
        """Return the records under a key, or under all keys that a masked one stands for."""
        if "#" not in key:
            return self.exact(key)
        return {number for found in self._expand(key) for number in self._lists[found]}

    def __iter__(self) -> Iterator[str]:
        return iter(self._lists)

    def terms(self) -> Terms:
        if len(self._sorted) != len(self._lists):
            self._sorted = sorted(self._lists)
        return Terms(self._sorted, lambda key: len(self._lists[key]))

    def _expand(self, mask: str) -> Iterator[str]:
        keys = self.terms().keys
        prefix = mask.partition("#")[0]
        pattern = re.compile(mask_pattern(mask) + " ")
        for at in range(bisect_left(keys, prefix), len(keys)):
            key = keys[at]
            if not key.startswith(prefix):
                return
            if pattern.fullmatch(f"{key} "):
                yield key


class WordIndex:
    """An index of text: which records hold a word, and each record's fields for phrases.

    A field stands as its words between blanks, a bar between subfields: " war and peace | a novel "; a record's fields
    stand one a line.
    """

    def __init__(self) -> None:
        self._postings = _Postings()
        self._fields: dict[int, str] = {}
        self._headings: _Postings | None = None

    def add(self, number: int, fields: Sequence[str]) -> None:
        """Add the fields of one record, in the form above."""
        if fields:
            text = self._fields[number] = "\n".join(fields)
            self._postings.add(set(text.split()) - {"|"}, number)
            self._headings = None

    def words(self) -> Terms:
        """Return the words of the index."""
        return self._postings.terms()

    def headings(self) -> Terms:
        """Return the fields of the index as terms, each the words of one field with a blank between two.

        They are gathered when they are first asked for.
        """
        if self._headings is None:
            self._headings = _Postings()
            for number, text in self._fields.items():
                fields = text.replace("| ", "").split("\n")
                self._headings.add({field.strip() for field in fields}, number)
        return self._headings.terms()

    def with_words(self, words: Sequence[str]) -> set[int]:
        """Return the records that hold all of the (possibly masked) words, in whatever field and order."""
        if not words:
            return set()
        found = sorted((self._postings.find(word) for word in words), key=len)
        return set(found[0]).intersection(*found[1:])

    def with_phrase(self, words: Sequence[str], pattern: re.Pattern[str]) -> set[int]:
        """Return the records in whose fields ``pattern`` (multi-line) is found; ``words`` are those of the pattern."""
        if not words:
            return set()
        rarest = min((self._postings.find(word) for word in words), key=len)
        fields = self._fields
        return {number for number in rarest if pattern.search(fields[number])}


class NumberIndex:
    """An index of numbers without their punctuation, each as a whole."""

    def __init__(self) -> None:
        self._postings = _Postings()

    def add(self, number: int, keys: Iterable[str]) -> None:
        """Add the keys of one record."""
        self._postings.add(set(keys) - {""}, number)

    def terms(self) -> Terms:
        """Return the numbers of the index."""
        return self._postings.terms()

    def with_key(self, keys: Iterable[str]) -> set[int]:
        """Return the records that hold one of the (possibly masked) keys."""
        return {number for key in keys for number in self._postings.find(key)}

    def with_year(self, relation: int, year: str) -> set[int]:
        """Return the records whose key, four digits, stands in ``relation`` (Bib-1 type 2, 1 to 5) to ``year``."""
        compare = (str.__lt__, str.__le__, str.__eq__, str.__ge__, str.__gt__)[relation - 1]
        years = [key for key in self._postings if compare(key, year)]
        return self.with_key(years)


class RecordIndexes:
    """All indexes of one catalog, by Bib-1 use attribute."""

    def __init__(self) -> None:
        self.words = {use: WordIndex() for use in (*_WORD_FIELDS, Use.ANY)}
        self.numbers = {
            use: NumberIndex()
            for use in (
                Use.ISBN,
                Use.ISSN,
                Use.LCCN,
                Use.LOCAL_NUMBER,
                Use.STANDARD_IDENTIFIER,
                Use.SYSTEM_CONTROL_NUMBER,
            )
        }
        self.years = NumberIndex()

    def add(self, number: int, record: BibRecord) -> None:
        """Index one record under ``number``."""
        keys = _record_keys(record)
        for use, found in keys.items():
            self.numbers[use].add(number, found)
        for word_use, fields in _record_words(record, keys).items():
            self.words[word_use].add(number, fields)
        # 008/07-10, date 1; "19uu" and blanks are no year.
        year = (record.control("008") or "")[7:11]
        if year.isascii() and _CODED_YEAR.fullmatch(year):
            self.years.add(number, (year,))


def _record_words(record: BibRecord, keys: dict[Use, set[str]]) -> dict[int, list[str]]:
    """Return the fields of each word index."""
    indexes: dict[int, list[str]] = {use: [] for use in (*_WORD_FIELDS, Use.ANY)}
    everything = indexes[Use.ANY]
    for field in record.fields:
        subfields = [(code, words) for code, text in field.subfields if (words := " ".join(split_words(text)))]
        # Subfields with a figure for a code hold links and local codes, no words.
        whole = " | ".join(words for code, words in subfields if not code.isdigit())
        if whole:
            everything.append(f" {whole} ")
        for use, codes in _USES_BY_TAG.get(_meant_tag(field), ()):
            text = " | ".join(words for code, words in subfields if code in codes)
            if text:
                indexes[use].append(f" {text} ")
    numbers = sorted({key for found in keys.values() for key in found} - {""})
    if numbers:
        everything.append(f" {' | '.join(numbers)} ")
    return indexes


def _meant_tag(field: DataField) -> str:
    """Return the tag, for an 880 (the same field in its own script) the one that its $6 names."""
    return (field.first("6") or "")[:3] if field.tag == "880" else field.tag


def _record_keys(record: BibRecord) -> dict[Use, set[str]]:
    isbns = {key for number in record.isbns for key in _isbn_keys(number)}
    issns = {_key(number.value) for number in record.issns if number.subfield in "aly"}
    for linked in record.linked:
        for number in linked.numbers:
            if linked.tag in _LINKED_ISBN and number.subfield == "z":
                isbns.update(_isbn_keys(number))
            if linked.tag in _LINKED_ISSN and number.subfield == "x":
                issns.add(_key(number.value))
    system = {key for number in record.control_numbers if number.tag == "035" for key in _control_keys(number)}
    local = {key for number in record.control_numbers if number.tag == "001" for key in _control_keys(number)}
    return {
        Use.ISBN: isbns,
        Use.ISSN: issns,
        Use.LCCN: {_key(number.value) for number in record.lccns},
        Use.LOCAL_NUMBER: local | system,
        Use.STANDARD_IDENTIFIER: isbns
        | issns
        | {_key(form) for number in record.other_numbers for form in (number.value, number.raw)},
        Use.SYSTEM_CONTROL_NUMBER: system,
    }


def _isbn_keys(number: FoundNumber) -> set[str]:
    isbn = parse_isbn(number.raw)
    return {_key(form) for form in (isbn.isbn13, isbn.isbn10, isbn.digits, number.value) if form}


def _control_keys(number: FoundNumber) -> set[str]:
    """Return a control number as written, with its agency, and bare."""
    return {_key(number.raw), _key(number.source + number.value), _key(number.value)}
