"""What is wanted, as a citation says it, normalised once so that the comparisons only compare.

Has the attributes of `locate.matching.record_view.RecordView`, so that either may be compared with a record. Knows no
weights and no verdicts. Raises nothing: a number that cannot be parsed is compared as given.
"""

from __future__ import annotations

from typing import Final

from rapidfuzz.distance import OSA

from locate.citation import Citation, DocumentType, RequestedFormat
from locate.identifiers import normalize_lccn, parse_control_number, parse_isbn, parse_issn
from locate.matching.editions import Edition, edition_of
from locate.matching.labels import Label, labels_in, volume_labels
from locate.matching.normalize import cut_responsibility, is_generic, romanise, title_words
from locate.matching.once import once
from locate.matching.persons import Person, person
from locate.matching.publishers import publisher_words
from locate.matching.readings import UNTOLD, language_code, largest_page
from locate.matching.title_form import TitleForm
from locate.records.bib import Carrier

__all__ = ["CitationView", "acceptable"]

_SHORTEST_CUT: Final = 36
_LONGEST_CUT: Final = 60
_ARTICLE: Final = "the"
_ARTICLE_LENGTHS: Final = frozenset([2, 3, 4])
_WANTED: Final = {
    RequestedFormat.PHYSICAL: frozenset(carrier for carrier in Carrier if carrier.is_tangible),
    RequestedFormat.PRINT: frozenset([Carrier.PRINT]),
    RequestedFormat.MICROFORM: frozenset([Carrier.MICROFORM]),
    RequestedFormat.ELECTRONIC: frozenset([Carrier.ELECTRONIC]),
}


def acceptable(wanted: RequestedFormat | None) -> frozenset[Carrier]:
    """Return the carriers that satisfy ``wanted``; all of them when nothing is asked."""
    return _WANTED.get(wanted, frozenset(Carrier)) if wanted else frozenset(Carrier)


class CitationView:
    """The normalised face of a `Citation`."""

    is_record = False
    announced = False
    special = False

    def __init__(self, citation: Citation) -> None:
        self.citation = citation

    @once
    def forms(self) -> tuple[TitleForm, ...]:
        """The title without article and embedded responsibility."""
        words = title_words(self.citation.title or "")
        if self.main:
            words = cut_responsibility(words, self.main[0].words)
        return (TitleForm.of("full", words),) if words else ()

    @once
    def by_key(self) -> dict[str, TitleForm]:
        """The forms of the title by their keys."""
        return {form.key: form for form in self.forms}

    @once
    def vocabulary(self) -> frozenset[str]:
        """The words of all forms of the title."""
        return frozenset[str]().union(*(form.known for form in self.forms))

    @once
    def other_keys(self) -> tuple[TitleForm, ...]:
        """The title without a mistyped article ("thx", "tke")."""
        words = self.full.words if self.full else ()
        typed = len(words) > 1 and len(words[0]) in _ARTICLE_LENGTHS and OSA.distance(words[0], _ARTICLE) == 1
        return (TitleForm.of("full", words[1:]),) if typed else ()

    @once
    def full(self) -> TitleForm | None:
        """The whole title, or None when there is none."""
        return self.forms[0] if self.forms else None

    @once
    def told(self) -> float:
        """How much the words of the title tell, an ordinary word being 1; 0 without a title."""
        return self.full.total if self.full else 0.0

    @once
    def proper(self) -> TitleForm | None:
        """The title as far as a request gives one: its title proper cannot be told."""
        return self.full

    @once
    def core(self) -> TitleForm | None:
        """The title as far as a request gives one: its parts cannot be told."""
        return self.full

    @once
    def romanised(self) -> TitleForm | None:
        """The title in Latin letters."""
        return TitleForm.of("full", title_words(romanise(self.citation.title or ""))) if self.citation.title else None

    @once
    def maybe_cut(self) -> bool:
        """True when the title is about as long as request forms allow (60 characters), so that its end may be lost."""
        return _SHORTEST_CUT <= self.length <= _LONGEST_CUT

    @once
    def length(self) -> int:
        """The length of the title in characters."""
        return len((self.citation.title or "").strip())

    @once
    def generic(self) -> bool:
        """True when the title has no word of its own."""
        return self.full is not None and is_generic(self.full.words)

    @once
    def main(self) -> tuple[Person, ...]:
        """The first author, taken apart; () when none is named."""
        return (person(self.citation.author),) if self.citation.author else ()

    @once
    def persons(self) -> tuple[Person, ...]:
        """All names, taken apart."""
        return self.main

    @once
    def responsibility(self) -> frozenset[str]:
        """No words: a request has no statement of responsibility."""
        return frozenset()

    @once
    def years(self) -> frozenset[int]:
        """The years of publication."""
        return frozenset([self.citation.year] if self.citation.year else [])

    @once
    def edition_text(self) -> str:
        """The edition statement as it stands, "" when there is none."""
        return self.citation.edition or ""

    @once
    def edition(self) -> Edition:
        """The edition statement, read."""
        return edition_of(self.edition_text)

    @once
    def labels(self) -> frozenset[Label]:
        """The parts that the citation names, in its volume field (books) and inside its title."""
        found: frozenset[Label] = labels_in(self.full.words) if self.full else frozenset()
        if self.names_volume:
            found |= volume_labels(self.citation.volume or "")
        return found

    @once
    def names_volume(self) -> bool:
        """True when the volume field names a part of the item and not a year of a serial's run."""
        return bool(self.citation.volume) and self.citation.type is not DocumentType.ARTICLE

    @once
    def part_words(self) -> tuple[str, ...]:
        """No words: a request does not set part names apart."""
        return ()

    @once
    def carriers(self) -> frozenset[Carrier]:
        """The carriers that are asked for; empty when the citation does not say or takes any."""
        wanted = self.citation.format
        return frozenset() if wanted in {None, RequestedFormat.ANY} else acceptable(wanted)

    @once
    def isbns(self) -> frozenset[str]:
        """The ISBNs in canonical form; of a record its own (020 $a)."""
        return frozenset(value for text in self.citation.isbn if (value := parse_isbn(text).canonical))

    @once
    def issns(self) -> frozenset[str]:
        """The ISSNs in canonical form; of a record its own (022 $a)."""
        return frozenset(value for text in self.citation.issn if (value := parse_issn(text).issn))

    @once
    def lccns(self) -> frozenset[str]:
        """The LCCNs in canonical form; of a record its own (010 $a)."""
        value = normalize_lccn(self.citation.lccn or "")
        return frozenset([value] if value else [])

    @once
    def control_numbers(self) -> frozenset[tuple[str, str]]:
        """The control numbers as (folded agency, number); "" for an agency that is not said."""
        numbers = map(parse_control_number, self.citation.control_numbers)
        return frozenset((number.source.casefold(), number.number) for number in numbers)

    @once
    def sourced_numbers(self) -> frozenset[tuple[str, str]]:
        """The control numbers that name their agency."""
        return frozenset(number for number in self.control_numbers if number[0])

    @once
    def has_numbers(self) -> bool:
        """True when there is any number to compare."""
        return bool(self.isbns or self.issns or self.lccns or self.control_numbers)

    @once
    def type(self) -> DocumentType | None:
        """The kind of document."""
        return self.citation.type

    @once
    def languages(self) -> frozenset[str]:
        """The MARC codes of the languages."""
        return frozenset([language_code(self.citation.language or "")]) - UNTOLD

    @once
    def publishers(self) -> tuple[tuple[str, ...], ...]:
        """The words of each publisher's name."""
        words = publisher_words(self.citation.publisher or "")[:2]
        return (words,) if words else ()

    @once
    def publisher_heads(self) -> frozenset[str]:
        """The first word of the publisher's name."""
        return frozenset(words[0] for words in self.publishers)

    @once
    def pages(self) -> int:
        """The largest page number, 0 when none is given or the pages are those of an article."""
        text = self.citation.pages or ""
        return 0 if "-" in text else largest_page(text)
