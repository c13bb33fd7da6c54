"""Compare the author with the headings (1XX, 7XX) and the statement of responsibility (245 $c).

The surname decides first, for 96 % of true pairs agree in it and only 80 % in the whole heading. A corporate body is
compared word by word and weighs less: "United States" is the author of very much.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from rapidfuzz.distance import OSA

from locate.matching.compare.finding import Finding, agree, disagree, silent
from locate.matching.normalize import weight
from locate.matching.views import CitationView, Person, RecordView

__all__ = ["compare"]

_MAIN: Final = frozenset(["100", "110", "111"])
_FUZZY_FROM: Final = 5


def compare(citation: CitationView, record: RecordView) -> Finding:
    """Compare the citation's author with every name of the record."""
    left, right = citation.citation.author or "", "; ".join(name.heading for name in record.record.names)
    wanted = citation.author
    if wanted is None or not wanted.words:
        return silent("author.silent", "", right, "The request names no author.")
    if not right and not record.responsibility:
        return silent("author.silent", left, "", "The record names no author.")
    return _corporate(wanted, record, left, right) if wanted.corporate else _personal(wanted, record, left, right)


def _personal(wanted: Person, record: RecordView, left: str, right: str) -> Finding:
    for name, known in record.persons:
        if not known.corporate and _same_person(wanted, known):
            if name.tag not in _MAIN:
                return agree("author.added", left, name.heading, "The author is among the record's other names.")
            full = "author.surname" if "".join(wanted.words) in {wanted.surname, known.surname} else "author.full"
            return agree(full, left, name.heading, "The author is the same.")
    if _contains(record.responsibility, [wanted.surname]):
        return agree("author.added", left, right, "The author stands in the statement of responsibility.")
    for name, known in record.persons:
        if known.corporate and _contains(known.words, wanted.words):
            return agree("author.corporate", left, name.heading, "The name is that of a body in the record.")
    if not any(not known.corporate for _, known in record.persons):
        return disagree("author.unnamed", left, right, "The record names no such person.")
    return disagree("author.conflict", left, right, "The record names other persons.")


def _same_person(wanted: Person, known: Person) -> bool:
    """Compare surname and first given name; the last words of the request may be one surname ("De la Roche")."""
    if _near(wanted.surname, known.surname) and _given_agree(wanted.given, known.given):
        return True
    for length in range(2, len(wanted.words) + 1):
        if "".join(wanted.words[-length:]) == known.surname:
            return _given_agree(wanted.words[:-length], known.given)
    # "Márquez" for García Márquez, "Giovanni" for Giovanni Fiorentino.
    part = wanted.surname in known.words and (wanted.surname in known.surname or not known.given or not wanted.given)
    return part and _given_agree(wanted.given, known.given)


def _near(one: str, other: str) -> bool:
    if one == other:
        return True
    return min(len(one), len(other)) >= _FUZZY_FROM and OSA.distance(one, other, score_cutoff=1) <= 1


def _given_agree(wanted: tuple[str, ...], known: tuple[str, ...]) -> bool:
    """Say whether the first given names may be the same: one is missing, an initial of, or equal to the other."""
    if not wanted or not known:
        return True
    return wanted[0][0] in {word[0] for word in known} or any(word in known for word in wanted)


def _corporate(wanted: Person, record: RecordView, left: str, right: str) -> Finding:
    for name, known in record.persons:
        shorter, longer = sorted((wanted.words, known.words), key=len)
        if shorter and _contains(longer, shorter):
            weak = weight(wanted.words) < 1 or not known.corporate
            feature = "author.corporate" if weak or name.tag not in _MAIN else "author.body"
            return agree(feature, left, name.heading, "The body named as author is the same or a part of it.")
    if _contains(record.responsibility, wanted.words):
        return agree("author.corporate", left, right, "The body stands in the statement of responsibility.")
    if not any(known.corporate for _, known in record.persons):
        return silent("author.silent", left, right, "The request names a body, the record only persons.")
    return disagree("author.other_body", left, right, "The record names another body.")


def _contains(words: Iterable[str], wanted: Iterable[str]) -> bool:
    known = set(words)
    return all(word in known or any(_near(word, other) for other in known) for word in wanted)
