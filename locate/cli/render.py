"""What the commands print of an outcome: tables and sentences for people, one JSON document for programs."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from locate.cli.exits import exit_code
from locate.errors import Z3950Error
from locate.lending import Action, LendingOutcome
from locate.matching.evidence import Agreement
from locate.outcome import Candidate, Disposition, Finding, LocateOutcome, PartnerOutcome
from locate.ownership import check_ownership
from locate.text import counted, visible

__all__ = [
    "console",
    "faults_as_json",
    "print_decision",
    "print_explanation",
    "print_json",
    "print_outcome",
    "print_partner",
]

_PIPE_COLUMNS = 120
_GOOD = "green"
_MAX_ITEMS = 50
_ACTION_STYLES = {Action.FILL: _GOOD, Action.HOLD: "yellow", Action.REJECT: "red"}
_STYLES = {
    Finding.FOUND: _GOOD,
    Finding.AMBIGUOUS: "yellow",
    Finding.TARGET_ERROR: "red",
    Finding.TIMEOUT: "red",
}


class _Console(Console):
    """Shows no control character of a text, and leaves a closed pipe to the entry point."""

    def render_str(self, text: str, **options: Any) -> Text:
        return super().render_str(visible(text), **options)

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def console() -> Console:
    """Return a console: as wide as the terminal, 120 columns into a pipe unless COLUMNS says otherwise."""
    width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else _PIPE_COLUMNS
    return _Console(file=sys.stdout, width=width, highlight=False, markup=False, emoji=False)


def print_json(document: Mapping[str, Any]) -> None:
    """Print one JSON document; letters that the output has no bytes for are written as escapes."""
    can_say_all = sys.stdout.encoding.lower().startswith("utf")
    sys.stdout.write(json.dumps(document, ensure_ascii=not can_say_all, indent=2) + "\n")


@contextlib.contextmanager
def faults_as_json(document: Mapping[str, Any], *, as_json: bool) -> Iterator[None]:
    """Print ``document`` for a fault of the target inside the block, its sentence under "error", and exit.

    Without ``as_json`` the fault is left to the entry point. Raises typer.Exit.
    """
    try:
        yield
    except Z3950Error as error:
        if not as_json:
            raise
        print_json({**document, "error": str(error)})
        raise typer.Exit(exit_code(error)) from None


def print_outcome(out: Console, outcome: LocateOutcome) -> None:
    """Print the partner-by-partner table and what becomes of the rota."""
    if outcome.own is not None:
        out.print(check_ownership(outcome.own).sentence, style="bold" if outcome.locally_owned else "")
    if outcome.locally_owned:
        out.print("No partner was asked. Staff may override this with --override-ownership.")
        _print_notes(out, outcome.notes)
        return
    table = Table(box=SIMPLE_HEAD, pad_edge=False, expand=True)
    table.add_column("partner", overflow="fold")
    table.add_column("finding", no_wrap=True)
    table.add_column("why", ratio=1)
    for partner in outcome.partners:
        table.add_row(partner.code, _finding(partner), partner.reason)
    out.print(table)
    _print_notes(out, outcome.notes)
    unverified = {p.code for p in outcome.partners if p.disposition is Disposition.KEEP_UNVERIFIED}
    shown = [f"{code} (not verified)" if code in unverified else code for code in outcome.rota]
    out.print(f"Ask next: {', '.join(shown) or 'nobody'}.", style="bold")
    for disposition, words in ((Disposition.DROP, "Dropped"), (Disposition.RETRY_LATER, "To be asked again")):
        codes = [partner.code for partner in outcome.partners if partner.disposition is disposition]
        if codes:
            out.print(f"{words}: {', '.join(codes)}.")


def _print_notes(out: Console, notes: Sequence[str]) -> None:
    for note in notes:
        out.print(f"Note: {note}.", style="yellow")


def print_decision(out: Console, outcome: LendingOutcome, *, explain: bool) -> None:
    """Print a lending decision: what, why, which item, and the counters it was made from; explained, every copy too."""
    decision = outcome.decision
    out.print(f"{decision.action}: {decision.reason}", style=_ACTION_STYLES[decision.action])
    out.print(decision.sentence)
    if decision.item is not None:
        marks = " ".join(part for part in (decision.item.call_number, decision.item.barcode) if part)
        out.print(f"Item: {decision.item.place}{f', {marks}' if marks else ''}. {decision.item_reason}".rstrip())
    if decision.retry:
        out.print("Ask again later.")
    _print_notes(out, outcome.notes)
    counted_up = [
        f"{name.replace('_', ' ')} {count}" for name, count in decision.counters.to_mapping().items() if count
    ]
    out.print(f"Copies: {', '.join(counted_up) or 'none'}. Row {decision.row} of the order decided.")
    if explain:
        _print_items(out, 2, decision.evidence)


def _finding(partner: PartnerOutcome) -> Text:
    style = _STYLES.get(partner.finding, "")
    if partner.finding is not Finding.FOUND:
        return Text(partner.finding, style)
    return Text(f"{partner.finding}\n{partner.availability}", _GOOD if partner.can_supply else "yellow")


def print_explanation(out: Console, outcome: LocateOutcome) -> None:
    """Print, for every partner, the searches, the candidates with their evidence, and the items."""
    for partner in (outcome.own, *outcome.partners):
        if partner is not None:
            print_partner(out, partner)


def print_partner(out: Console, partner: PartnerOutcome) -> None:
    """Print a partner's searches, its candidates with their evidence, and the items."""
    out.print()
    out.print(f"{partner.code}: {partner.finding}, {partner.elapsed_s:.2f} s", style="bold")
    for search in partner.searches:
        # A query is not broken into lines, so that it can be copied.
        out.print(f"  search by {search.by}: {search.query}", soft_wrap=True)
        hits = "failed" if search.hits is None else f"{counted(search.hits, 'hit')}, {search.fetched} fetched"
        note = f" ({search.note})" if search.note else ""
        _print_indented(out, 4, f"{hits}, {search.verified} verified{note}")
    candidates = [each for each in (partner.chosen, *partner.others) if each is not None]
    for candidate in candidates:
        _print_candidate(out, candidate, chosen=candidate is partner.chosen)


def _print_candidate(out: Console, candidate: Candidate, *, chosen: bool) -> None:
    record, match = candidate.record, candidate.match
    mark = "chosen" if chosen else "not chosen"
    _print_indented(out, 2, f"{mark}: {record.title.shown} [{record.control_number or 'no number'}]")
    _print_indented(out, 4, f"{match.verdict}, {counted(match.score, 'point')}: {match.sentence}")
    for evidence in match.evidence:
        if evidence.verdict is Agreement.SILENT and not evidence.weight:
            continue
        _print_indented(out, 6, f"{evidence.weight:+4d}  {evidence.feature}: {evidence.why}")
    found = candidate.requestability
    if found is None:
        return
    _print_items(out, 6, found.evidence)
    if found.item is not None:
        _print_indented(out, 6, f"ask for {found.item.place} {found.item.barcode}. {found.item_reason}".rstrip())


def _print_items(out: Console, columns: int, evidence: Sequence[str]) -> None:
    for line in evidence[:_MAX_ITEMS]:
        _print_indented(out, columns, f"item  {line}")
    if (rest := len(evidence) - _MAX_ITEMS) > 0:
        _print_indented(out, columns, f"and {rest:,} more")


def _print_indented(out: Console, columns: int, line: str) -> None:
    out.print(Padding(line, (0, 0, 0, columns), expand=False))
