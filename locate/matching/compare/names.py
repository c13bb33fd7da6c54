"""Compare authors with the headings (1XX, 7XX) and the statement of responsibility (245 $c).

The surname decides first, for 96 % of true pairs agree in it and only 80 % in the whole heading. A corporate body is
compared word by word and weighs less: "United States" is the author of very much.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from locate.matching.compare.feature import agrees, disagrees, silent
from locate.matching.persons import Person
from locate.matching.title_form import telling
from locate.matching.views import RecordView, View

__all__ = ["FEATURES", "compare", "shown"]

FEATURES: Final = {
    "author.silent": silent("The author is not known on both sides."),
    "author.full": agrees("The author is the same."),
    "author.surname": agrees("The author's surname is the same."),
    "author.added": agrees("The author is among the record's other names."),
    "author.responsibility": agrees("The author stands in the statement of responsibility."),
    "author.given": disagrees("The surname is the same, the given name is another."),
    "author.body": agrees("The body named as author is the same."),
    "author.parent_body": agrees("The body named as author is the same or a part of it."),
    "author.vague": agrees("The body named as author is the same, but it is the author of very much."),
    "author.corporate": agrees("The name is that of a body in the record."),
    "author.mixed": disagrees("One side names a body, the other persons."),
    "author.unnamed": disagrees("The record names no such person."),
    "author.other_body": disagrees("The record names another body."),
    "author.conflict": disagrees("The record names other persons."),
}
_FUZZY_FROM: Final = 5
_TELLING: Final = 0.9


def compare(wanted: View, record: RecordView) -> str:
    """Compare the wanted author with every name of the record."""
    ours = wanted.main or (wanted.persons if wanted.is_record else ())
    if not ours or not ours[0].words:
        return "author.silent"
    if not record.persons and not record.responsibility:
        return "author.silent"
    return _corporate(ours[0], record) if ours[0].corporate else _personal(ours[0], wanted, record)


def _personal(ours: Person, wanted: View, record: RecordView) -> str:
    named = [known for known in record.persons if not known.corporate]
    for known in named:
        given = () if _is_surname(ours, known) else ours.given
        if _same_surname(ours, known) and _given_agree(given, known.given):
            if record.main and known not in record.main:
                return "author.added"
            return "author.full" if _full_given(given, known.given) else "author.surname"
    if any(ours.surname and ours.surname == known.surname for known in named):
        return "author.given"
    if _in_responsibility(ours, wanted, record):
        return "author.responsibility"
    if any(known.corporate and _contains(known.words, ours.words) for known in record.persons):
        return "author.corporate"
    return "author.conflict" if named else "author.unnamed"


def _in_responsibility(ours: Person, wanted: View, record: RecordView) -> bool:
    """Say whether one side's author stands in the other side's statement of responsibility."""
    if ours.surname and _contains(record.responsibility, (ours.surname,)):
        return True
    return any(one.surname and _contains(wanted.responsibility, (one.surname,)) for one in record.main)


def _same_surname(ours: Person, known: Person) -> bool:
    """Compare surnames; the last words of the request may be one surname ("De la Roche")."""
    if _near(ours.surname, known.surname):
        return True
    for length in range(2, len(ours.words) + 1):
        if "".join(ours.words[-length:]) == known.surname:
            return True
    # "Márquez" for García Márquez, "Giovanni" for Giovanni Fiorentino.
    return ours.surname in known.words and (ours.surname in known.surname or not known.given or not ours.given)


def _is_surname(ours: Person, known: Person) -> bool:
    """Say whether all words of the request are one surname ("Herrero Balsa")."""
    return "".join(ours.words) == known.surname


def _near(one: str, other: str) -> bool:
    if one == other:
        return True
    return min(len(one), len(other)) >= _FUZZY_FROM and OSA.distance(one, other, score_cutoff=1) <= 1


def _given_agree(ours: tuple[str, ...], known: tuple[str, ...]) -> bool:
    """Say whether the first given names may be the same: one is missing, an initial of, or equal to the other."""
    if not ours or not known:
        return True
    return ours[0][0] in {word[0] for word in known} or any(word in known for word in ours)


def _full_given(ours: tuple[str, ...], known: tuple[str, ...]) -> bool:
    return any(len(word) > 1 and word in known for word in ours)


def _corporate(ours: Person, record: RecordView) -> str:
    vague = telling(ours.words) < _TELLING
    for known in record.persons:
        if ours.words == known.words:
            return "author.vague" if vague else "author.body"
    for known in record.persons:
        shorter, longer = sorted((ours.words, known.words), key=len)
        if shorter and _contains(longer, shorter):
            return "author.vague" if vague else "author.parent_body"
    if _contains(record.responsibility, ours.words):
        return "author.vague" if vague else "author.corporate"
    if not any(known.corporate for known in record.persons):
        return "author.mixed"
    return "author.other_body"


def _contains(known: Collection[str], wanted: Iterable[str]) -> bool:
    """Say whether every word that is wanted is known, typing errors aside."""
    return all(word in known or _is_near_one(word, known) for word in wanted)


def _is_near_one(word: str, known: Collection[str]) -> bool:
    if len(word) < _FUZZY_FROM:
        return False
    return extractOne(word, known, scorer=OSA.distance, score_cutoff=1) is not None


def shown(wanted: View, record: RecordView) -> tuple[str, str]:
    """Return the author that is wanted and the names of the record."""
    right = "; ".join(name.heading for name in record.record.names)
    if isinstance(wanted, RecordView):
        return "; ".join(name.heading for name in wanted.record.names), right
    return wanted.citation.author or "", right
