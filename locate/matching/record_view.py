"""What a record holds, normalised once so that the comparisons only compare.

Decides which texts of a record stand for its title, its parts, its names and its numbers. Knows no weights and no
verdicts. Raises nothing.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from locate.citation import DocumentType
from locate.matching.editions import Edition, edition_of
from locate.matching.labels import Label, is_series, labels_in, volume_labels
from locate.matching.media import Medium, media
from locate.matching.normalize import compact, cut_responsibility, fold, is_generic, romanise, title_words
from locate.matching.once import once
from locate.matching.persons import Person, person
from locate.matching.publishers import publisher_words
from locate.matching.readings import UNTOLD, language_code
from locate.matching.title_form import TitleForm
from locate.records.bib import BibRecord, Carrier, DataField, Title

__all__ = ["PublisherNumber", "RecordView"]

# Where a subtitle begins that was not put into $b: "Lord Aberdeen, a political biography", "The Puritans; or, ...".
_HEAD: Final = re.compile(r"^(.{4,}?\w{3,}(?:\)|\]|\")?)\s*(?:[:;=,]|\.(?=\s))\s*\w")
_HEAD_CHARS: Final = 500
_CORPORATE_TAGS: Final = frozenset(["110", "111", "710", "711"])
_MAIN_TAGS: Final = frozenset(["100", "110", "111"])
_BRACKETED: Final = re.compile(r"\[[^\]]*\]?")
_SET: Final = re.compile(r"\b(?:[2-9]|\d\d+)\s*(?:v\b|vol|volumes|bd|bde|bände|t\b|tomes|osa)", re.IGNORECASE)
_PREPUBLICATION: Final = "8"  # MARC 21, leader/17
_NUMBER: Final = re.compile(r"[1-9]\d*")
_GOVERNMENT: Final = frozenset("acfgilmosz")  # MARC 21, 008/28
_PERIODICAL: Final = frozenset(["bulletin", "newsletter", "digest"])


class PublisherNumber(NamedTuple):
    """A number of 028 with its publisher ($b, "" when not named), both without blanks and punctuation."""

    publisher: str
    number: str


class RecordView:
    """The normalised face of a `BibRecord`."""

    is_record = True

    @once
    def announced(self) -> bool:
        """True when the record is from before publication (leader/17, 8), with date and pages as announced."""
        return self.record.leader[17:18] == _PREPUBLICATION

    def __init__(self, record: BibRecord) -> None:
        self.record = record

    @once
    def main(self) -> tuple[Person, ...]:
        """The first author, taken apart; () when none is named."""
        return tuple(
            person(name.heading, corporate=name.tag in _CORPORATE_TAGS)
            for name in self.record.names
            if name.tag in _MAIN_TAGS
        )

    @once
    def persons(self) -> tuple[Person, ...]:
        """The record's headings taken apart, in record order."""
        return tuple(person(name.heading, corporate=name.tag in _CORPORATE_TAGS) for name in self.record.names)

    @once
    def responsibility(self) -> frozenset[str]:
        """The folded words of the statements of responsibility (245 $c)."""
        return frozenset(word for title in self.record.titles for word in romanise(title.responsibility).split())

    @once
    def surnames(self) -> frozenset[str]:
        """The folded surnames of the headings."""
        return frozenset(known.surname for known in self.persons if known.surname)

    @once
    def forms(self) -> tuple[TitleForm, ...]:
        """Every form of the record's own title: full, with parts, with subtitle, proper, vernacular, head, variants."""
        found: dict[str, TitleForm] = {}
        for at, title in enumerate(self.record.titles):
            for form in self._forms(title) if at else self.own_forms.values():
                if form.key:
                    found.setdefault(form.key, form)
            head = _HEAD.match(title.proper[:_HEAD_CHARS])
            if head:
                form = TitleForm.of("head", title_words(head[1]))
                found.setdefault(form.key, form)
        for text in self.record.variant_titles:
            form = TitleForm.of("variant", title_words(text))
            found.setdefault(form.key, form)
        return tuple(found.values())

    def _forms(self, title: Title) -> list[TitleForm]:
        kept = [part for part in title.parts if not is_series(part.number)]
        parts = [word for part in kept for word in (part.number, part.name) if word]
        wordings = {"full": [title.proper, title.remainder, *parts]}
        if parts:
            wordings["parts"] = [title.proper, *parts]
            names = [part.name for part in kept if part.name]
            if names and len(names) < len(parts):
                wordings["part_names"] = [title.proper, *names]
            if title.remainder:
                wordings["subtitle"] = [title.proper, title.remainder]
        if parts or title.remainder:
            wordings["proper"] = [title.proper]
        if "[" in title.proper and (plain := _BRACKETED.sub(" ", title.proper)).strip():
            wordings["unbracketed"] = [plain]
        return [
            TitleForm.of(kind, cut_responsibility(title_words(" ".join(texts)), self.surnames))
            for kind, texts in wordings.items()
        ]

    @once
    def vocabulary(self) -> frozenset[str]:
        """The words of all forms of the title."""
        return frozenset[str]().union(*(form.known for form in self.forms))

    @once
    def own_forms(self) -> dict[str, TitleForm]:
        """The forms of 245 by kind."""
        return {form.kind: form for form in self._forms(self.record.title)}

    @once
    def by_key(self) -> dict[str, TitleForm]:
        """The forms of the title by their keys."""
        return {form.key: form for form in self.forms}

    @once
    def full(self) -> TitleForm | None:
        """The whole 245 title with its parts."""
        form = self.own_forms["full"]
        return form if form.key else None

    @once
    def told(self) -> float:
        """How much the words of the title tell, an ordinary word being 1; 0 without a title."""
        return self.full.total if self.full else 0.0

    @once
    def proper(self) -> TitleForm | None:
        """The title proper, 245 $a."""
        return self.own_forms.get("proper", self.full)

    @once
    def core(self) -> TitleForm | None:
        """The title proper with its parts: what a request may not leave out."""
        return self.own_forms.get("parts", self.proper)

    @once
    def romanised(self) -> TitleForm | None:
        """The title in Latin letters."""
        return TitleForm.of("full", title_words(romanise(self.record.title.full))) if self.full else None

    @once
    def maybe_cut(self) -> bool:
        """False: a record's title is not cut."""
        return False

    @once
    def length(self) -> int:
        """The length of the title in characters."""
        return len(self.record.title.full)

    @once
    def issue(self) -> bool:
        """True for a book under the title of a periodical: a single issue catalogued by itself."""
        return (
            self.type is DocumentType.BOOK
            and self.full is not None
            and not self.full.numbers
            and bool(_PERIODICAL & self.full.known)
        )

    @once
    def generic(self) -> bool:
        """True when the title proper has no word of its own."""
        return self.proper is not None and is_generic(self.proper.words)

    @once
    def years(self) -> frozenset[int]:
        """The years of publication."""
        return self.record.years

    @once
    def edition_text(self) -> str:
        """The edition statement as it stands, "" when there is none."""
        return self.record.edition

    @once
    def edition(self) -> Edition:
        """The edition statement, read."""
        return edition_of(self.record.edition)

    @once
    def labels(self) -> frozenset[Label]:
        """The parts that 245 names, in $n and inside $a, $b and $p."""
        found = labels_in(self.full.words) if self.full else frozenset()
        for part in self.record.title.parts:
            if part.number and not is_series(part.number):
                found |= volume_labels(part.number)
        return found

    @once
    def part_words(self) -> tuple[str, ...]:
        """The folded words of the part names, 245 $p."""
        return tuple(word for words in self.part_names for word in words)

    @once
    def part_names(self) -> tuple[tuple[str, ...], ...]:
        """The folded words of each part name, 245 $p."""
        return tuple(words for part in self.record.title.parts if (words := tuple(fold(part.name).split())))

    @once
    def carriers(self) -> frozenset[Carrier]:
        """The carriers that the record shows; empty when nothing tells."""
        return self.record.carriers

    @once
    def is_set(self) -> bool:
        """True when the extent counts several volumes."""
        return _SET.search(self.record.extent) is not None

    @once
    def media(self) -> frozenset[Medium]:
        """The media of sound or moving image that the record may be for."""
        return media(self.record)

    @once
    def special(self) -> bool:
        """True when the record has what few have: a medium of sound or moving image, a host, a publisher number."""
        return bool(self.media or self.host_entries or self.publisher_numbers)

    @once
    def publisher_heads(self) -> frozenset[str]:
        """The first word of each publisher's name."""
        return frozenset(words[0] for words in self.publishers)

    @once
    def program(self) -> bool:
        """True for a computer file, by leader/06."""
        return self.record.leader[6:7] == "m"

    @once
    def text(self) -> bool:
        """True for language material, by leader/06."""
        return self.record.leader[6:7] == "a"

    @once
    def publisher_numbers(self) -> tuple[PublisherNumber, ...]:
        """The publisher numbers, 028 $a."""
        found = (one for one in self.record.other_numbers if one.tag == "028" and one.subfield == "a")
        keys = ((compact(fold(one.source).split()), compact(fold(one.value).split())) for one in found)
        return tuple(PublisherNumber(publisher, number) for publisher, number in keys)

    @once
    def host_entries(self) -> tuple[DataField, ...]:
        """The host item entries, 773."""
        return tuple(self.record.get("773"))

    @once
    def hosts(self) -> frozenset[tuple[str, str]]:
        """The control numbers of the hosts that name their agency."""
        numbers = (number for entry in self.record.linked if entry.tag == "773" for number in entry.numbers)
        return frozenset((number.source.casefold(), number.value) for number in numbers if number.source)

    @once
    def host_places(self) -> frozenset[str]:
        """The numbers in 773 $g, which say where in the host the part stands."""
        texts = (text for entry in self.host_entries for text in entry.all("g"))
        return frozenset(number for text in texts for number in _NUMBER.findall(text))

    @once
    def other_forms(self) -> bool:
        """True when the record names another form of itself (776)."""
        return any(entry.tag == "776" for entry in self.record.linked)

    @once
    def government(self) -> bool:
        """True for a government publication (008/28)."""
        return (self.record.control("008") or "")[28:29] in _GOVERNMENT

    @once
    def isbns(self) -> frozenset[str]:
        """The ISBNs in canonical form; of a record its own (020 $a)."""
        return frozenset(number.value for number in self.record.isbns if number.subfield == "a")

    @once
    def issns(self) -> frozenset[str]:
        """The ISSNs in canonical form; of a record its own (022 $a)."""
        return frozenset(number.value for number in self.record.issns if number.subfield == "a")

    @once
    def lccns(self) -> frozenset[str]:
        """The LCCNs in canonical form; of a record its own (010 $a)."""
        return frozenset(number.value for number in self.record.lccns if number.subfield == "a")

    @once
    def control_numbers(self) -> frozenset[tuple[str, str]]:
        """The control numbers as (folded agency, number); "" for an agency that is not said."""
        return frozenset((number.source.casefold(), number.value) for number in self.record.control_numbers)

    @once
    def sourced_numbers(self) -> frozenset[tuple[str, str]]:
        """The control numbers that name their agency."""
        return frozenset(number for number in self.control_numbers if number[0])

    @once
    def linked_numbers(self) -> dict[str, tuple[str, str]]:
        """The numbers of linking entries: to each the tag of its field and its folded agency, "" without one."""
        found: dict[str, tuple[str, str]] = {}
        for entry in self.record.linked:
            for number in entry.numbers:
                found.setdefault(number.value, (entry.tag, number.source.casefold()))
        return found

    @once
    def agencies(self) -> frozenset[str]:
        """The agencies of the record's control numbers, folded."""
        return frozenset(source for source, _ in self.control_numbers)

    @once
    def has_numbers(self) -> bool:
        """True when there is any number to compare."""
        return bool(self.isbns or self.issns or self.lccns or self.sourced_numbers)

    @once
    def type(self) -> DocumentType | None:
        """The kind of document."""
        return self.record.document_type

    @once
    def languages(self) -> frozenset[str]:
        """The MARC codes of the languages."""
        return frozenset(map(language_code, self.record.languages)) - UNTOLD

    @once
    def publishers(self) -> tuple[tuple[str, ...], ...]:
        """The words of each publisher's name."""
        return tuple(words for text in self.record.publishers if (words := publisher_words(text)))

    @once
    def pages(self) -> int:
        """The largest page number, 0 when none is given."""
        return self.record.pages or 0
