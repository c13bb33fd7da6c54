"""Which library system's dialect records are written in: `guess_dialect`.

Every dialect is tried, and two things count: what only its system writes (its own ``telling`` rules), and how much of
the copies it explains. Where nothing is telling, "generic" and then "opac" come first. How sure a guess is stands in
proportion to all others, so that records which most dialects read alike give none that is sure. Knows nothing of
servers and their names. Pure; raises nothing for any record.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from locate.availability.dialect import Dialect, load_dialect
from locate.availability.dialect_file import Telling
from locate.availability.dialect_sources import dialect_names, dialect_source
from locate.availability.holdings import Item, Status
from locate.availability.opac_holdings import opac_text, standard_name
from locate.availability.reading import read_holdings
from locate.availability.signs import shorten
from locate.availability.unknown_words import unknown_words
from locate.records.bib import BibRecord, DataField
from locate.text import counted
from locate.z3950.opac import HoldingsAndCirc, OpacRecord

__all__ = ["Guess", "Source", "guess_dialect"]

Source = tuple[BibRecord | None, OpacRecord | None]
"""A record, and the OPAC record that it came in; either may be None."""

_HUMBLE = {"generic": 2.5, "opac": 2.2}
"""Points of the dialects that claim no system: two weak signs, such as absent elements, do not outdo them."""
_FOUND, _KNOWN, _STRANGE, _BLIND = 1.0, 1.5, -1.0, -2.0
"""Points for all copies found, all with a status, all with a word that it does not know, and for none found."""
_NAMING = ("library", "library_code", "location", "call_number", "barcode", "policy", "due_date")
_REASONS = 3
_CONTROL_TAGS = "010"


@dataclass(frozen=True, slots=True)
class Guess:
    """How a dialect does on the records. ``sure`` is 0.0 to 1.0; the guesses of a call share 1.0 among them, where
    dialects that differ in nothing count as one and have the same. ``items`` it finds, ``known`` of them with a status;
    ``unknown_words`` is how often a status word stands in none of its tables; ``points`` the sum of its telling rules,
    each by the share of records (or holdings, or circulation records) that meet it; ``why`` a sentence for a librarian.
    """

    dialect: str
    sure: float
    items: int
    known: int
    unknown_words: int
    points: float
    why: str


class _Met(NamedTuple):
    """A telling rule, ``met`` in so many ``of`` the places it speaks of, and the first text or field that met it."""

    rule: Telling
    met: int
    of: int
    example: str

    @property
    def points(self) -> float:
        return self.rule.points * self.met / self.of


@dataclass(frozen=True, slots=True)
class _Trial:
    """What one dialect makes of all records: items by record, and how many of all have a status."""

    dialect: Dialect
    items: tuple[int, ...]
    known: int
    strange: int


def guess_dialect(sources: Iterable[Source]) -> tuple[Guess, ...]:
    """Return a guess for every dialect of this package, the best first.

    Records that no dialect finds a copy in do not count against one that others tell of. Without any record, or with
    none that says anything, the first is "generic" and nothing is sure (0.0).
    """
    kept = list(sources)
    trials = [_tried(load_dialect(name), kept) for name in dialect_names()]
    telling = [source for at, source in enumerate(kept) if any(trial.items[at] for trial in trials)] or kept
    met = {trial.dialect.name: _met_rules(trial.dialect, telling) for trial in trials}
    most = max(sum(trial.items) for trial in trials)
    scores = {trial.dialect.name: _score(trial, met[trial.dialect.name], most) for trial in trials}
    weights = {name: math.exp(score) for name, score in scores.items()}
    whole = sum(weight for name, weight in weights.items() if _first_of(name) == name)
    silent = not most and not any(met.values())
    guesses = [
        _guess(trial, met[trial.dialect.name], 0.0 if silent else round(weights[trial.dialect.name] / whole, 4))
        for trial in trials
    ]
    return tuple(sorted(guesses, key=lambda each: (-scores[each.dialect], _order(each.dialect))))


def _order(name: str) -> tuple[bool, bool, bool, str]:
    """Sort equals: what claims no system, then a dialect before those that add nothing to it."""
    return name != "generic", name != "opac", _first_of(name) != name, name


@cache
def _first_of(name: str) -> str:
    """Return the dialect that ``name`` adds nothing to but its name, through all its parents; else ``name``."""
    parent = dialect_source(name).get("extends")
    if parent is None:
        return name
    own, other = load_dialect(name), load_dialect(parent)
    return _first_of(parent) if replace(own, name=other.name, label=other.label) == other else name


@cache
def _alike(name: str) -> tuple[str, ...]:
    """Return the dialects that differ from ``name`` in nothing but the name, the first of them first."""
    return tuple(sorted((each for each in dialect_names() if _first_of(each) == _first_of(name)), key=_order))


# ---- reading --------------------------------------------------------------------------------------------------------


def _tried(dialect: Dialect, sources: Sequence[Source]) -> _Trial:
    items = [_copies(read_holdings(record, opac, dialect).items) for record, opac in sources]
    whole = [item for found in items for item in found]
    return _Trial(
        dialect,
        tuple(map(len, items)),
        sum(item.status is not Status.UNKNOWN for item in whole),
        sum(word.count for word in unknown_words(whole, dialect)),
    )


def _copies(items: Iterable[Item]) -> list[Item]:
    """Leave out an item that stands for an OPAC record without holdings: it names nothing."""
    return [item for item in items if item.status is not Status.UNKNOWN or any(getattr(item, name) for name in _NAMING)]


def _score(trial: _Trial, met: Sequence[_Met], most: int) -> float:
    score = _HUMBLE.get(trial.dialect.name, 0.0) + sum(each.points for each in met)
    if not most:
        return score
    found = sum(trial.items)
    score += (_FOUND * found + _KNOWN * trial.known + _STRANGE * min(trial.strange, most)) / most
    return score if found else score + _BLIND


# ---- what tells -----------------------------------------------------------------------------------------------------


def _met_rules(dialect: Dialect, sources: Sequence[Source]) -> list[_Met]:
    """Return the telling rules that something meets, those with the most points first."""
    records = [record for record, _ in sources if record is not None]
    holdings = [
        holding
        for _, opac in sources
        if opac is not None
        for holding in opac.holdings
        if isinstance(holding, HoldingsAndCirc)
    ]
    met = [
        _met_in_holdings(rule, holdings) if rule.path is not None else _met_in_records(rule, records)
        for rule in dialect.telling
    ]
    return sorted((each for each in met if each.met), key=lambda each: -each.points)


def _met_in_records(rule: Telling, records: Sequence[BibRecord]) -> _Met:
    meeting = [text for record in records if (text := _in_record(rule, record)) is not None]
    return _Met(rule, len(meeting), len(records), meeting[0] if meeting else "")


def _in_record(rule: Telling, record: BibRecord) -> str | None:
    """Return the text by which a record meets ``rule`` ("" for one that asks for no text), None when it does not."""
    tag = rule.tag or ""
    if tag < _CONTROL_TAGS:
        text = (record.control(tag) or "").strip()
        return text if text and _fits(rule, text) else None
    found = (_in_field(rule, data) for data in record.get(tag))
    return next((text for text in found if text is not None), None)


def _in_field(rule: Telling, data: DataField) -> str | None:
    if rule.ind1 not in {None, data.ind1} or rule.ind2 not in {None, data.ind2}:
        return None
    codes = rule.requires or ""
    if any(data.first(code) is None for code in codes):
        return None
    if rule.match is None:
        return ""
    texts = [data.first(codes[0]) or ""] if codes else [text for _, text in data.subfields]
    return next((text.strip() for text in texts if _fits(rule, text.strip())), None)


def _met_in_holdings(rule: Telling, holdings: Sequence[HoldingsAndCirc]) -> _Met:
    path = rule.path or ""
    if path.startswith("holding."):
        texts = [opac_text(path, holding, None) for holding in holdings]
    else:
        texts = [opac_text(path, holding, circ) for holding in holdings for circ in holding.circulation]
    meeting = [text for text in texts if _fits(rule, text)]
    return _Met(rule, len(meeting), len(texts), meeting[0] if meeting else "")


def _fits(rule: Telling, text: str) -> bool:
    return bool(text) if rule.match is None else re.fullmatch(rule.match, text) is not None


# ---- in words -------------------------------------------------------------------------------------------------------


def _guess(trial: _Trial, met: Sequence[_Met], sure: float) -> Guess:
    items = sum(trial.items)
    why = ", ".join(dict.fromkeys(map(_said, met[:_REASONS]))) or _unmarked(trial.dialect)
    if items:
        why += f"; {trial.known:,} of {counted(items, 'item')} {'has' if items == 1 else 'have'} a status"
    else:
        why += "; it finds no item"
    if trial.strange:
        why += f", {counted(trial.strange, 'status word')} {'is' if trial.strange == 1 else 'are'} not known"
    if others := [name for name in _alike(trial.dialect.name) if name != trial.dialect.name]:
        why += f"; {' and '.join(others)} cannot be told from it"
    points = round(sum(each.points for each in met), 2)
    return Guess(trial.dialect.name, sure, items, trial.known, trial.strange, points, why)


def _unmarked(dialect: Dialect) -> str:
    return "it reads what any system may write" if dialect.name in _HUMBLE else f"no sign of {dialect.label}"


def _said(each: _Met) -> str:
    """Return what a rule saw: "852 with first indicator 4 has $b, $g and $n", "itemId is absent in 2 of 3 copies"."""
    rule = each.rule
    reads = f"reads '{shorten(each.example)}'"
    if rule.path is not None:
        said = f"{standard_name(rule.path)} {reads if each.example else 'is absent'}"
        places = "holdings" if rule.path.startswith("holding.") else "copies"
    else:
        said, places = _said_of_field(rule, reads), "records"
    return said if each.met == each.of else f"{said} in {each.met:,} of {each.of:,} {places}"


def _said_of_field(rule: Telling, reads: str) -> str:
    tag = rule.tag or ""
    if tag < _CONTROL_TAGS:
        return f"{tag} {reads}"
    marks = [f"{name} indicator {mark}" for name, mark in (("first", rule.ind1), ("second", rule.ind2)) if mark]
    field = f"{tag} with {' and '.join(marks)}" if marks else tag
    codes = [f"${code}" for code in rule.requires or ""]
    if rule.match is not None:
        return f"{field} {codes[0]} {reads}" if codes else f"{field} {reads}"
    if not codes:
        return f"{field} is there"
    return f"{field} has {' and '.join(filter(None, (', '.join(codes[:-1]), codes[-1])))}"
