"""From a citation and a locate profile to the searches to try, in order.

The default cascade is LCCN, control number, ISBN, ISSN, title (spec of the locate step: borrowing systems' own order);
a step whose field is absent is left out. A title is tried in several ways, because a citation's title may carry a
typo, a cut last word or another edition's subtitle: all significant words with the author, any small group of them
with the author, all of them alone, either half of them alone; and one with letters beyond ASCII in plain letters too,
since a target may read them in a character set of its own. Refuses to know what a search finds and whether a hit is
right. Pure; raises nothing for any citation, and QueryError for a profile whose ``pqf_prefix`` makes no query.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce

from locate.citation import Citation
from locate.identifiers import OCLC, normalize_lccn, parse_control_number, parse_isbn, parse_issn
from locate.matching.normalize import romanise
from locate.partner import LocateProfile, SearchStep, StepKind
from locate.z3950.query import And, AndNot, Or, Query, ResultSet, Term, Use, parse_pqf, to_pqf

__all__ = ["Attempt", "Plan", "alternatives", "minimal", "narrowed", "plan_searches", "uses_of"]

# Words too common to search by: they match everything, and some targets refuse them as stop words.
_STOP_WORDS_BY_LANGUAGE = {
    "English": "a an and as at by for from in of on or the to with its her his",
    "German": "der die das den dem des ein eine einer und von zu zur zum im mit für",
    "French": "le la les l un une des du de d et en au aux pour sur par",
    "Spanish": "el los las una unos y del al",
    "Italian": "il lo gli i uno e di da della dei degli",
    "Dutch": "het een van",
    "Portuguese": "o os um uma do dos",
}
_STOP_WORDS = frozenset(word for words in _STOP_WORDS_BY_LANGUAGE.values() for word in words.split())
_NAME_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_MAX_TITLE_WORDS = 8
_WORD_LIST = (4, 6)  # Bib-1 attribute type structure
_FEW_WORDS = 4  # below this a title is not split into groups of several words
_CUT_TITLE_CHARS = range(54, 61)  # request forms cut titles at 60 characters; the last word may be a stump


@dataclass(frozen=True, slots=True)
class Attempt:
    """One search to try: the ``step`` it belongs to, its ``query``, and what it searches by in words.

    ``is_guess`` marks a search by a part of the title: it finds much that is not meant.
    """

    step: StepKind
    query: Query
    label: str
    is_guess: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """The attempts in order, and ``notes`` to show: odd numbers searched as given, fields that gave no search."""

    attempts: tuple[Attempt, ...]
    notes: tuple[str, ...] = ()


def plan_searches(citation: Citation, profile: LocateProfile) -> Plan:
    """Plan the searches for ``citation``; no attempts when it has nothing that the profile can search by.

    Raises QueryError when the profile's ``pqf_prefix`` does not make a query.
    """
    notes = tuple(_odd_numbers(citation))
    if profile.locate_by:
        attempts = _combined(citation, profile)
    else:
        attempts = [attempt for step in profile.steps for attempt in _attempts(citation, step)]
    if profile.pqf_prefix:
        attempts = [replace(attempt, query=_prefixed(profile.pqf_prefix, attempt.query)) for attempt in attempts]
    return Plan(tuple(attempts), notes)


def _odd_numbers(citation: Citation) -> Iterator[str]:
    for text in citation.isbn:
        isbn = parse_isbn(text)
        if not isbn.digits:
            yield f"ISBN {text} holds no number of an ISBN's length; it is not searched by"
        elif not isbn.valid:
            yield f"ISBN {text} is not a valid ISBN (wrong check digit or form); it is searched as given"
    for text in citation.issn:
        if not parse_issn(text).valid:
            yield f"ISSN {text} is not a valid ISSN (wrong check digit or form); it is searched as given"


def _attempts(citation: Citation, step: SearchStep) -> list[Attempt]:
    if step.kind is StepKind.TITLE:
        return _title_attempts(citation, step)
    forms = _number_forms(citation, step.kind)
    if not forms:
        return []
    shown = {
        StepKind.LCCN: "LCCN",
        StepKind.CONTROL_NUMBER: "control number",
        StepKind.ISBN: "ISBN",
        StepKind.ISSN: "ISSN",
    }
    return [Attempt(step.kind, _any_of(forms, step.attributes), shown[step.kind])]


def _number_forms(citation: Citation, kind: StepKind) -> list[str]:
    """Return every form of the citation's numbers that a catalog may have indexed, without repetition."""
    forms: list[str] = []
    if kind is StepKind.LCCN and citation.lccn:
        forms = [normalize_lccn(citation.lccn)]
    elif kind is StepKind.ISBN:
        for isbn in map(parse_isbn, citation.isbn):
            forms += [form for form in (isbn.isbn13, isbn.isbn10) if form] if isbn.valid else [isbn.digits]
    elif kind is StepKind.ISSN:
        for issn in map(parse_issn, citation.issn):
            number = issn.issn or issn.raw.strip()
            forms += [number, number.replace("-", "")]
    elif kind is StepKind.CONTROL_NUMBER:
        for text in citation.control_numbers:
            control = parse_control_number(text)
            forms += [control.number, text.strip()]
            if control.source == OCLC and control.number.isdigit():
                forms.append(_oclc_with_prefix(control.number))
    return [form for form in dict.fromkeys(forms) if form]


def _oclc_with_prefix(digits: str) -> str:
    """Return an OCLC number as OCLC writes it in 001: ocm and 8 digits, ocn and 9, on and 10 or more."""
    prefix = {9: "ocn"}.get(len(digits), "ocm" if len(digits) < 9 else "on")
    return prefix + digits.zfill(8)


def _any_of(texts: list[str], attributes: tuple[tuple[int, int], ...]) -> Query:
    return _or([Term(text, attributes) for text in texts])


def _or(queries: Sequence[Query]) -> Query:
    """Join by OR as a flat tree, since targets bound the depth of a query."""
    if len(queries) == 1:
        return queries[0]
    half = (len(queries) + 1) // 2
    return Or(_or(queries[:half]), _or(queries[half:]))


# ---- title ----------------------------------------------------------------------------------------------------------


def _title_attempts(citation: Citation, step: SearchStep) -> list[Attempt]:
    words = _title_words(citation.title or "")
    if not words:
        return []
    author = _author_word(citation.author) if step.author_attributes else ""
    found = []
    if author:
        by_author = Term(author, step.author_attributes)
        found.append(Attempt(step.kind, And(_all(words, step), by_author), "title and author"))
        if len(words) > 1:
            some = _groups(words, 1 if len(words) < _FEW_WORDS else 2, step)
            found.append(Attempt(step.kind, And(some, by_author), "part of the title and author", is_guess=True))
    found.append(Attempt(step.kind, _all(words, step), "title"))
    if len(words) >= _FEW_WORDS:
        halves = _groups(words, (len(words) + 1) // 2, step)
        found.append(Attempt(step.kind, halves, "part of the title", is_guess=True))
    if plain := _in_plain_letters(words):
        found.append(Attempt(step.kind, _all(plain, step), "title in plain letters"))
    return found


def _in_plain_letters(words: list[str]) -> list[str]:
    """Return the words without diacritics and in Latin letters, none when that changes nothing.

    A target that reads terms in another character set finds nothing for others, and does not say so; almost every
    index folds diacritics, and a title in another script often stands in the record in Latin letters too.
    """
    text = " ".join(words)
    return [] if text.isascii() else [word for word in romanise(text).split() if len(word) > 1 or word.isdigit()]


def _title_words(title: str) -> list[str]:
    """Return the words to search a title by, in title order; at most eight, the longest ones."""
    words = _words(title)
    if len(title) in _CUT_TITLE_CHARS and len(words) > _FEW_WORDS:
        words = words[:-1]
    telling = [word for word in words if word.casefold() not in _STOP_WORDS and (len(word) > 1 or word.isdigit())]
    telling = list(dict.fromkeys(telling or words))
    kept = set(sorted(telling, key=len, reverse=True)[:_MAX_TITLE_WORDS])
    return [word for word in telling if word in kept]


def _words(text: str) -> list[str]:
    """Return the words of a text: letters and digits with their diacritics and vowel signs, apostrophes inside."""
    composed = unicodedata.normalize("NFC", text).replace("\u2019", "'")
    kept = (char if unicodedata.category(char)[0] in "LNM" or char == "'" else " " for char in composed)
    return [word for part in "".join(kept).split() if (word := part.strip("'"))]


def _all(words: list[str], step: SearchStep) -> Query:
    return Term(" ".join(words), step.attributes)


def _groups(words: list[str], size: int, step: SearchStep) -> Query:
    """Return "this group of words, or that one, ...", so that a misspelt word spoils only its own group.

    Long and short words are mixed, since the long ones tell most and are misspelt most.
    """
    by_length = sorted(words, key=len, reverse=True)
    count = -(-len(words) // size)
    groups = [set(by_length[index::count]) for index in range(count)]
    return _or([_all([word for word in words if word in group], step) for group in groups])


def _author_word(author: str | None) -> str:
    """Return the one word of a name that every catalog has: the surname, or the last word of a corporate name."""
    if not author:
        return ""
    head, comma, _ = author.partition(",")
    words = [word for word in _words(head) if word.casefold().rstrip(".") not in _NAME_SUFFIXES]
    long_words = [word for word in words if len(word) > 1] or words
    if not long_words:
        return ""
    return " ".join(long_words) if comma else long_words[-1]


# ---- combined, prefixed, narrowed, degraded -------------------------------------------------------------------------


def _combined(citation: Citation, profile: LocateProfile) -> list[Attempt]:
    """AND every field of ``locate_by`` that the citation has (for `locate_by`, "that the citation has" is our rule)."""
    steps = {step.kind: step for step in profile.steps}
    found = [
        attempts[0] for kind in profile.locate_by if kind in steps and (attempts := _attempts(citation, steps[kind]))
    ]
    if not found:
        return []
    query = reduce(And, (attempt.query for attempt in found))
    return [Attempt(found[0].step, query, " and ".join(attempt.label for attempt in found))]


def _prefixed(prefix: str, query: Query) -> Query:
    """Read "prefix query" as one PQF text, as a profile writer means it ("@and @attr 1=… …" or attributes)."""
    return parse_pqf(f"{prefix} {to_pqf(query)}")


def narrowed(attempt: Attempt, year: int) -> Attempt:
    """Return the attempt with the year of publication added."""
    date = Term(str(year), ((1, Use.DATE_OF_PUBLICATION),))
    return replace(attempt, query=And(attempt.query, date), label=f"{attempt.label} and year")


def uses_of(query: Query) -> list[int]:
    """Return the use attributes of a query, left to right, without repetition."""
    if isinstance(query, Term):
        return [value for kind, value in query.attributes if kind == 1 and isinstance(value, int)]
    if isinstance(query, ResultSet):
        return []
    return list(dict.fromkeys(uses_of(query.left) + uses_of(query.right)))


def minimal(query: Query) -> Query:
    """Return the query with use attributes only, for a target that refuses the others.

    A word list becomes its words joined by AND: without its structure attribute it would be taken for a phrase.
    """
    if isinstance(query, ResultSet):
        return query
    if not isinstance(query, Term):
        return replace(query, left=minimal(query.left), right=minimal(query.right))
    uses = tuple(pair for pair in query.attributes if pair[0] == 1)
    words = query.text.split() if _WORD_LIST in query.attributes else []
    terms: list[Query] = [replace(query, text=word, attributes=uses) for word in words]
    return reduce(And, terms or [replace(query, attributes=uses)])


def alternatives(query: Query) -> list[Query]:
    """Return the queries that together find what ``query`` finds, without OR, for a target that has no OR."""
    if isinstance(query, Or):
        return alternatives(query.left) + alternatives(query.right)
    if isinstance(query, And):
        return [And(left, right) for left in alternatives(query.left) for right in alternatives(query.right)]
    if isinstance(query, AndNot):
        return [reduce(AndNot, alternatives(query.right), left) for left in alternatives(query.left)]
    return [query]
