"""Compare edition statements by their ordinal: "2nd ed.", "2d", "second", "2. Aufl.", "2e éd.", "2 painos", "3-e izd.".

Ordinals agree on 94 % of true pairs, the words only on 75 %. A first edition is as good as none said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from locate.matching.compare.finding import Finding, agree, disagree, silent
from locate.matching.normalize import fold, romanise, word_set
from locate.matching.numerals import number_of
from locate.matching.views import CitationView, RecordView

__all__ = ["Edition", "compare", "edition_of", "says_reprint"]

_WORD: Final = word_set(
    "ed edition editions edn aufl auflage ausg ausgabe edicion edizione edicao painos laitos uppl upplagan upplaga "
    "utg utgave udg udgave izd izdanie vyd vydani wyd wydanie druk dr kiad kiadas"
)
_REVISED: Final = re.compile(
    r"\b(?:rev|revised|verb|verbesserte|uberarb\w*|neubearb\w*|revue|corr|corrected|enl|enlarged|erw\w*|"
    r"augm\w*|aum\w*|new|neue|nouvelle|nueva|nuova|expanded|updated|uusittu|omarb|isprav\w*|dop\w*)\b"
)
_REPRINT: Final = re.compile(
    r"\b(?:nachdr\w*|neudr\w*|repr\w*|reimpr\w*|printing|dr|druck|ristampa|tirage|facsim\w*)\b"
)
_YEAR: Final = re.compile(r"\b(1[5-9]\d\d|20\d\d)\b")


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition statement read: ``ordinal`` (None when it has none), the ``year`` if it is named by one, and whether
    it says ``revised``, enlarged or new; ``words`` are all folded words.
    """

    ordinal: int | None
    year: int | None
    revised: bool
    words: tuple[str, ...]


def edition_of(text: str) -> Edition:
    """Read an edition statement in any of the supported languages, or a bare ordinal ("2")."""
    key = romanise(text)
    words = tuple(key.split())
    year = _YEAR.search(key)
    return Edition(_ordinal(words), int(year[1]) if year else None, bool(_REVISED.search(key)), words)


def says_reprint(text: str) -> bool:
    """Say whether an edition statement is that of a reprint: "Nachdr.", "Repr.", "3rd printing"."""
    return bool(_REPRINT.search(romanise(text)))


def _ordinal(words: tuple[str, ...]) -> int | None:
    numbers = [(at, value) for at, word in enumerate(words) if (value := number_of(word, bare_roman=False)) is not None]
    numbers = [(at, value) for at, value in numbers if 0 < value < 1000]
    if not numbers:
        return None
    if len(words) == 1:
        return numbers[0][1]
    for at, value in numbers:
        near = words[max(0, at - 1) : at + 4]
        if any(word in _WORD for word in near):
            return value
    first = numbers[0]
    return first[1] if first[0] == 0 else None


def compare(citation: CitationView, record: RecordView) -> Finding:
    """Compare the citation's edition with 250 of the record."""
    left, right = citation.citation.edition or "", record.record.edition
    if citation.citation.any_edition:
        return silent("edition.silent", left, right, "Any edition will do.")
    if not left:
        return silent("edition.silent", left, right, "The request names no edition.")
    one, other = edition_of(left), edition_of(right)
    return _by_ordinal(one, other, left, right) or _by_words(one, other, left, right)


def _by_ordinal(one: Edition, other: Edition, left: str, right: str) -> Finding | None:
    wanted, known = one.ordinal or 1, other.ordinal or 1
    if wanted > 1 and not right:
        return disagree("edition.one_sided", left, right, "The record has no edition statement.")
    if one.ordinal is not None and (other.ordinal is not None or wanted > 1):
        if wanted == known:
            return agree("edition.equal", left, right, "The edition is the same.")
        return disagree("edition.conflict", left, right, "The edition is another one.")
    if known > 1 and one.ordinal is None and not one.revised:
        return disagree("edition.one_sided", left, right, "The record names a later edition.")
    return None


def _by_words(one: Edition, other: Edition, left: str, right: str) -> Finding:
    if one.year and other.year:
        if one.year == other.year:
            return agree("edition.equal", left, right, "The edition is named by the same year.")
        return disagree("edition.conflict", left, right, "The edition is named by another year.")
    if right and one.revised == other.revised and fold(left)[:8] == fold(right)[:8]:
        return agree("edition.equal", left, right, "The edition statement is the same.")
    return silent("edition.silent", left, right, "The edition statements cannot be compared.")
