"""A citation and a record, each normalised once, so that the comparisons only compare.

Decides which texts of either side stand for its title, its parts and its names. Knows no weights and no verdicts.
Raises nothing: a number that cannot be parsed is compared as given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from locate.citation import Citation, DocumentType
from locate.matching.labels import Label, labels_in, volume_labels
from locate.matching.normalize import (
    compact,
    cut_responsibility,
    fold,
    is_generic,
    is_latin,
    romanise,
    title_words,
    word_set,
)
from locate.matching.numerals import numbers_in
from locate.records.bib import BibRecord, Name, Title

__all__ = ["CitationView", "Person", "RecordView", "TitleForm", "person"]

# Where a subtitle begins that was not put into $b: "Lord Aberdeen, a political biography", "The Puritans; or, ...".
_HEAD: Final = re.compile(r"^(.{4,}?\w{3,}(?:\)|\]|\")?)\s*(?:[:;=,]|\.(?=\s))\s*\w")
_SUFFIXES: Final = word_set("jr sr ii iii iv esq")
_CORPORATE_TAGS: Final = frozenset(["110", "111", "710", "711"])
_CORPORATE: Final = re.compile(
    r"\b(?:united states|department|dept|committee|university|universit\w+|institut\w*|society|association|council|"
    r"office|bureau|agency|library|museum|survey|company|corporation|conference|commission|congress|ministry|bank|board|"
    r"gesellschaft|akademie|societe|ministere|service|center|centre|school|college|administration|foundation|"
    r"service|district|state|states|great britain|canada|nations|laboratory|national)\b|\(.*\)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class TitleForm:
    """One way a title may be written: ``kind`` ("proper", "full", "variant" ...), folded ``words``, their compact
    ``key`` and the ``numbers`` among them.
    """

    kind: str
    words: tuple[str, ...]
    key: str
    numbers: frozenset[str]

    @classmethod
    def of(cls, kind: str, words: tuple[str, ...]) -> TitleForm:
        """Build the form of ``words``."""
        return cls(kind, words, compact(words), numbers_in(words))


@dataclass(frozen=True, slots=True)
class Person:
    """A name to compare: folded ``surname`` ("" for a corporate body), the other ``given`` words, whether it is
    ``corporate``, and all ``words``.
    """

    surname: str
    given: tuple[str, ...]
    corporate: bool
    words: tuple[str, ...]


def person(text: str, *, corporate: bool | None = None) -> Person:
    """Take a name apart, "Doyle, Arthur Conan" or "Arthur Conan Doyle"; ``corporate`` None: judge by the words."""
    if corporate is None:
        corporate = bool(_CORPORATE.search(text))
    latin = text if is_latin(text) else romanise(text)
    words = tuple(fold(latin).split())
    if corporate or not words:
        return Person("", (), corporate=True, words=words)
    before, comma, after = latin.partition(",")
    given_after = tuple(fold(after).split())
    if comma and not set(given_after) <= _SUFFIXES:
        return Person(compact(fold(before).split()), tuple(w for w in given_after if w.isalpha()), False, words)  # noqa: FBT003
    plain = tuple(fold(word) for word in before.split() if fold(word) and fold(word) not in _SUFFIXES)
    plain = plain or words
    return Person(plain[-1], plain[:-1], corporate=False, words=words)


class CitationView:
    """The normalised face of a `Citation`; computed lazily, once."""

    def __init__(self, citation: Citation) -> None:
        self.citation = citation

    @cached_property
    def author(self) -> Person | None:
        """The author taken apart, or None when the citation names none."""
        return person(self.citation.author) if self.citation.author else None

    @cached_property
    def title(self) -> TitleForm | None:
        """The title without article and embedded responsibility, or None when there is none."""
        words = title_words(self.citation.title or "")
        if self.author:
            words = cut_responsibility(words, self.author.words)
        return TitleForm.of("citation", words) if words else None

    @cached_property
    def romanised_title(self) -> TitleForm | None:
        """The title in Latin letters; None when it is missing or Latin already."""
        text = self.citation.title or ""
        return None if is_latin(text) else TitleForm.of("romanised", title_words(romanise(text)))

    @cached_property
    def maybe_cut(self) -> bool:
        """True when the title is about as long as request forms allow (60 characters), so that its end may be lost."""
        return 44 <= len((self.citation.title or "").strip()) <= 60

    @cached_property
    def generic(self) -> bool:
        """True when the title has no word of its own."""
        return self.title is not None and is_generic(self.title.words)

    @cached_property
    def labels(self) -> frozenset[Label]:
        """The parts that the citation names, in its volume field (books) and inside its title."""
        found: frozenset[Label] = labels_in(self.title.words) if self.title else frozenset()
        if self.citation.volume and self.citation.type not in {DocumentType.SERIAL, DocumentType.ARTICLE}:
            found |= volume_labels(self.citation.volume)
        return found


class RecordView:
    """The normalised face of a `BibRecord`; computed lazily, once."""

    def __init__(self, record: BibRecord) -> None:
        self.record = record

    @cached_property
    def persons(self) -> tuple[tuple[Name, Person], ...]:
        """The record's headings taken apart, in record order."""
        return tuple((name, person(name.heading, corporate=name.tag in _CORPORATE_TAGS)) for name in self.record.names)

    @cached_property
    def responsibility(self) -> frozenset[str]:
        """The folded words of the statements of responsibility (245 $c)."""
        return frozenset(word for title in self.record.titles for word in romanise(title.responsibility).split())

    @cached_property
    def surnames(self) -> frozenset[str]:
        """The folded surnames of the headings."""
        return frozenset(known.surname for _, known in self.persons if known.surname)

    @cached_property
    def title_forms(self) -> tuple[TitleForm, ...]:
        """Every form of the record's own title: full, proper, with parts, vernacular, then the variant titles."""
        forms: dict[str, TitleForm] = {}
        for title in self.record.titles:
            known = self.own_forms if title is self.record.titles[0] else self._forms(title)
            forms |= {form.key: form for form in reversed(known) if form.key}
            head = _HEAD.match(title.proper)
            if head:
                form = TitleForm.of("head", title_words(head[1]))
                forms.setdefault(form.key, form)
        for text in self.record.variant_titles:
            form = TitleForm.of("variant", title_words(text))
            forms.setdefault(form.key, form)
        return tuple(forms.values())

    def _forms(self, title: Title) -> list[TitleForm]:
        parts = [word for part in title.parts for word in (part.number, part.name)]
        names = [part.name for part in title.parts if part.name]
        wordings = {
            "full": [title.proper, title.remainder, *parts],
            "proper": [title.proper],
            "subtitle": [title.proper, title.remainder],
            "parts": [title.proper, *parts],
            "part_names": [title.proper, *names],
        }
        return [
            TitleForm.of(kind, cut_responsibility(title_words(" ".join(filter(None, texts))), self.surnames))
            for kind, texts in wordings.items()
        ]

    @cached_property
    def own_forms(self) -> list[TitleForm]:
        """The forms of the 245 title: full, proper, with subtitle, with parts, with part names."""
        return self._forms(self.record.title)

    @cached_property
    def core(self) -> TitleForm:
        """The title proper with its parts: what a request may not leave out."""
        return self.own_forms[3]

    @cached_property
    def full(self) -> TitleForm:
        """The whole 245 title with its parts."""
        return self.own_forms[0]

    @cached_property
    def proper(self) -> TitleForm:
        """The title proper, 245 $a."""
        return self.own_forms[1]

    @cached_property
    def remainder(self) -> tuple[str, ...]:
        """The words of the other title information, 245 $b."""
        return cut_responsibility(tuple(fold(self.record.title.remainder).split()), self.surnames)

    @cached_property
    def labels(self) -> frozenset[Label]:
        """The parts that 245 names, in $n and inside $a, $b and $p."""
        found = labels_in(self.full.words)
        for part in self.record.title.parts:
            if part.number:
                found |= volume_labels(part.number)
        return found

    @cached_property
    def part_words(self) -> tuple[str, ...]:
        """The folded words of the part names, 245 $p."""
        return tuple(word for part in self.record.title.parts for word in fold(part.name).split())
