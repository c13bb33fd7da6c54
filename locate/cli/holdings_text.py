"""The report of ``zlocate holdings`` for a person: what the record says beside what was read, copy by copy, and the
words to be sorted into a dialect. Written as plain lines, since a record may have ten thousand copies.
"""

from __future__ import annotations

import json
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from rich.cells import cell_len, chop_cells

from locate.availability import Holdings, Item, Status, tell_form
from locate.availability.guess import Guess
from locate.availability.unknown_words import UnknownWord
from locate.cli.holdings_view import Came, Report, parsed, raw
from locate.text import counted

__all__ = ["report_lines"]

_SHOWN_ITEMS = 50
_SHOWN_GUESSES = 5
_SHOWN_WORDS = 50
_INDENT = "   "
_LEAST = 12
"""The narrowest column, in cells."""


def report_lines(found: Report, *, width: int, ranking: bool, everything: bool) -> Iterator[str]:
    """Yield the report's lines for a terminal of ``width`` cells.

    ``ranking`` shows the best guesses, ``everything`` all items of a record instead of the first 50.
    """
    if ranking:
        yield "Which dialect it is, the likeliest first:"
        yield from (_guess_line(guess) for guess in found.guesses[:_SHOWN_GUESSES])
        yield ""
    yield _dialect_line(found)
    for number, (came, holdings) in enumerate(found.records, 1):
        yield ""
        yield f"-- record {number}: {_record_name(came)}"
        yield from _record_lines(holdings, width, everything=everything)
        yield from _form_lines(came, holdings, width)
    items = [item for _, holdings in found.records for item in holdings.items]
    yield ""
    yield f"{counted(len(found.records), 'record')}, {counted(len(items), 'item')}{_statuses(items, ': ')}."
    if found.words:
        yield ""
        yield from _word_lines(found.words, found.dialect.name)


def _guess_line(guess: Guess) -> str:
    return f"{_percent(guess.sure):>6}  {guess.dialect:<10}  {guess.why}"


def _percent(sure: float) -> str:
    """Return how sure a guess is; it is never all certain."""
    return f"{int(sure * 100)} %"


def _dialect_line(found: Report) -> str:
    name = f"Dialect {found.dialect.name} ({found.dialect.label})"
    if not found.guesses:
        return f"{name}, as told."
    best = found.guesses[0]
    return f"{name}, a guess, {_percent(best.sure)} sure: {best.why}."


def _record_name(came: Came) -> str:
    name = f"{came.title or 'without a title'} [{came.number or 'no number'}]"
    if not came.problem:
        return name
    return f"cannot be read: {came.problem}" if came.opac is None else f"{name}; {came.problem}"


def _record_lines(holdings: Holdings, width: int, *, everything: bool) -> Iterator[str]:
    items = holdings.items
    shown = items if everything else items[:_SHOWN_ITEMS]
    for number, item in enumerate(shown, 1):
        yield f"{_INDENT}item {number:,} of {len(items):,}"
        yield from _beside(raw(item), parsed(item), width - len(_INDENT))
    if rest := items[len(shown) :]:
        yield f"{_INDENT}and {len(rest):,} more{_statuses(rest, ': ')}; --all shows them"
    told = [f"Summary: {text}" for text in holdings.summaries]
    told += [f"Note: {text}" for text in holdings.notes]
    told += [f"Left out, {each.why}: {each.item.place}" for each in holdings.dropped]
    for text in told:
        yield from _wrapped(text, width)


def _form_lines(came: Came, holdings: Holdings, width: int) -> Iterator[str]:
    """Yield whether the title is held physically or electronically, and what says so."""
    if came.record is None and came.opac is None:
        return
    form = tell_form(came.record, holdings)
    kinds = f" ({', '.join(form.kinds)})" if form.kinds else ""
    yield from _wrapped(f"Form: {form.kind}{kinds}. {' '.join(form.evidence)}".rstrip(), width)


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, max(width, _LEAST * 2), initial_indent=_INDENT, subsequent_indent=_INDENT + "  ")


def _statuses(items: Sequence[Item], before: str) -> str:
    """Return "9,000 available, 50 unknown" after ``before``, "" for no items."""
    counts = Counter(item.status for item in items)
    told = ", ".join(f"{counts[status]:,} {status}" for status in Status if counts[status])
    return f"{before}{told}" if told else ""


# ---- two columns ----------------------------------------------------------------------------------------------------


def _beside(left: Sequence[tuple[str, str]], right: Sequence[tuple[str, str]], width: int) -> Iterator[str]:
    """Yield what the record says at the left of what was read from it."""
    half = max((width - 3) // 2, _LEAST)
    given = left or [("", "(no field or element of its own)")]
    for one, other in zip_longest(_column(given, half), _column(right, half), fillvalue=""):
        yield f"{_INDENT}{one}{' ' * max(half - cell_len(one), 0)} | {other}".rstrip()


def _column(pairs: Sequence[tuple[str, str]], width: int) -> Iterator[str]:
    """Yield lines of labels and texts, texts too long for the column going on in the next line."""
    labels = max(len(label) for label, _ in pairs)
    for label, text in pairs:
        head = f"{label:<{labels}}  "
        for piece in _pieces(text, max(width - len(head), _LEAST)):
            yield f"{head}{piece}"
            head = " " * len(head)


def _pieces(text: str, width: int) -> Iterable[str]:
    """Return ``text`` in pieces of at most ``width`` cells, broken between words where it can be."""
    lines = textwrap.wrap(text, width, break_on_hyphens=False) or ["(blank)"]
    return (piece for line in lines for piece in (chop_cells(line, width) if cell_len(line) > width else [line]))


# ---- words ----------------------------------------------------------------------------------------------------------


def _word_lines(words: Sequence[UnknownWord], dialect: str) -> Iterator[str]:
    """Yield the unknown words as a piece of a dialect file, each in a comment until a person sorts it."""
    yield f"Status words that {dialect} does not know. They leave the status unknown; a dialect file may say what"
    yield "they mean, in one of the lists available, unavailable, not_lent, suppressed and silent:"
    yield ""
    yield "[words]"
    shown = words[:_SHOWN_WORDS]
    if len(shown) == 1:
        yield f"# unavailable = [{_quoted(shown[0])}]  # {_where(shown[0])}"
        return
    yield "# unavailable = ["
    yield from (f"#   {_quoted(word)},  # {_where(word)}" for word in shown)
    yield "# ]"
    if rest := len(words) - len(shown):
        yield f"# and {rest:,} more; --json has them all"


def _quoted(word: UnknownWord) -> str:
    """Return the word as a TOML string; a JSON string is one."""
    return json.dumps(word.word, ensure_ascii=False)


def _where(word: UnknownWord) -> str:
    return f"{'once' if word.count == 1 else f'{word.count:,} times'} in {word.where}"
