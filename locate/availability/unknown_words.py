"""Status words that a dialect does not know: `unknown_words`, from the items that a record gave.

An item of UNKNOWN status may have been read from a word of the library's own. This module goes back to the field or the
holding that the item was read from and gathers such words, so that a person can sort them into a dialect. It decides
nothing about the status itself, and leaves alone what was no word: a flag without a number, signs against each other.
Pure; raises nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from locate.availability.dialect import Dialect, load_dialect
from locate.availability.found_fields import fits_layout
from locate.availability.holdings import Item
from locate.availability.opac_holdings import opac_text, standard_name
from locate.availability.signs import fold
from locate.records.bib import DataField
from locate.z3950.opac import CircRecord, HoldingsAndCirc

__all__ = ["UnknownWord", "unknown_words"]

_GENERIC = "generic"


@dataclass(frozen=True, slots=True)
class UnknownWord:
    """A status word in no table: ``word`` as first met, ``where`` it stood ("852 $n", "restrictions"), how often."""

    word: str
    where: str
    count: int


def unknown_words(items: Iterable[Item], dialect: Dialect) -> tuple[UnknownWord, ...]:
    """Return the words of ``items``, read by ``dialect``, that it does not know: the most frequent first.

    Words that differ only in case and blanks are one. A word that a holding says of all its copies counts for each.
    """
    counts: dict[tuple[str, str], int] = {}
    written: dict[tuple[str, str], str] = {}
    for word, where in _strange(items, dialect):
        key = (fold(word), where)
        written.setdefault(key, word)
        counts[key] = counts.get(key, 0) + 1
    found = (UnknownWord(word, where, counts[_, where]) for (_, where), word in written.items())
    return tuple(sorted(found, key=lambda each: -each.count))


def _strange(items: Iterable[Item], dialect: Dialect) -> Iterator[tuple[str, str]]:
    """Yield each unknown word and where it stood; a field that was split into several items counts once."""
    last: DataField | None = None
    for item in items:
        source = item.source
        if isinstance(source, tuple):
            yield from _in_holding(*source, dialect)
        elif source is not None and source is not last:
            last = source
            # The items of a holdings record that the dialect has no layout for are read as generic ones.
            own = item.rule.startswith(f"{dialect.name}: ")
            yield from _in_field(source, dialect if own else load_dialect(_GENERIC))


def _in_holding(
    holding: HoldingsAndCirc, circulation: CircRecord | None, dialect: Dialect
) -> Iterator[tuple[str, str]]:
    for path in dialect.opac.status:
        text = opac_text(path, holding, circulation)
        if text and not dialect.word(text, standard_name(path)).known:
            yield text, standard_name(path)


def _in_field(data: DataField, dialect: Dialect) -> Iterator[tuple[str, str]]:
    layout = next((each for each in dialect.layouts.get(data.tag, ()) if fits_layout(data, each)), None)
    for code in layout.status if layout is not None else ():
        where = f"{data.tag} ${code}"
        for text in map(str.strip, data.all(code)):
            if text and not dialect.word(text, where).known:
                yield text, where
