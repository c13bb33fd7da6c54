"""What the commands print: tables and sentences for people, one JSON document for programs."""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import metadata
from typing import Any

import structlog
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from locate.outcome import Candidate, Disposition, Finding, LocateOutcome, PartnerOutcome

__all__ = ["console", "print_explanation", "print_json", "print_outcome", "quiet_logs", "version_text"]

_PIPE_COLUMNS = 120
_GOOD = "green"
_STYLES = {
    Finding.FOUND: _GOOD,
    Finding.AMBIGUOUS: "yellow",
    Finding.TARGET_ERROR: "red",
    Finding.TIMEOUT: "red",
}


def version_text() -> str:
    """Return "zlocate 1.2.3"."""
    return f"zlocate {metadata.version('zlocate')}"


def quiet_logs(*, verbose: bool) -> None:
    """Send logs to standard error, warnings and worse unless ``verbose``."""
    level = logging.DEBUG if verbose else logging.ERROR
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def console(*, stderr: bool = False) -> Console:
    """Return a console: as wide as the terminal, 120 columns into a pipe unless COLUMNS says otherwise."""
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() or "COLUMNS" in os.environ else _PIPE_COLUMNS
    return Console(file=stream, width=width, highlight=False, markup=False, emoji=False)


def print_json(document: Mapping[str, Any]) -> None:
    """Print one JSON document."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")


def print_outcome(out: Console, outcome: LocateOutcome) -> None:
    """Print the partner-by-partner table and what becomes of the rota."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False, expand=True)
    table.add_column("partner", no_wrap=True)
    table.add_column("finding", no_wrap=True)
    table.add_column("why", ratio=1)
    for partner in outcome.partners:
        table.add_row(partner.code, _finding(partner), partner.reason)
    out.print(table)
    for note in outcome.notes:
        out.print(f"Note: {note}.", style="yellow")
    unverified = {p.code for p in outcome.partners if p.disposition is Disposition.KEEP_UNVERIFIED}
    shown = [f"{code} (not verified)" if code in unverified else code for code in outcome.rota]
    out.print(f"Ask next: {', '.join(shown) or 'nobody'}.", style="bold")
    for disposition, words in ((Disposition.DROP, "Dropped"), (Disposition.RETRY_LATER, "To be asked again")):
        codes = [partner.code for partner in outcome.partners if partner.disposition is disposition]
        if codes:
            out.print(f"{words}: {', '.join(codes)}.")


def _finding(partner: PartnerOutcome) -> Text:
    style = _STYLES.get(partner.finding, "")
    if partner.finding is not Finding.FOUND:
        return Text(partner.finding, style)
    return Text(f"{partner.finding}\n{partner.availability}", _GOOD if partner.can_supply else "yellow")


def print_explanation(out: Console, outcome: LocateOutcome) -> None:
    """Print, for every partner, the searches, the candidates with their evidence, and the items."""
    for partner in outcome.partners:
        out.print()
        out.print(f"{partner.code}: {partner.finding}, {partner.elapsed_s:.2f} s", style="bold")
        for search in partner.searches:
            hits = "failed" if search.hits is None else f"{search.hits:,} hits, {search.fetched} fetched"
            note = f" ({search.note})" if search.note else ""
            out.print(f"  search by {search.by}: {search.query}\n    {hits}, {search.verified} verified{note}")
        candidates = [each for each in (partner.chosen, *partner.others) if each is not None]
        for candidate in candidates:
            _print_candidate(out, candidate, chosen=candidate is partner.chosen)


def _print_candidate(out: Console, candidate: Candidate, *, chosen: bool) -> None:
    record, match = candidate.record, candidate.match
    mark = "chosen" if chosen else "not chosen"
    out.print(f"  {mark}: {record.title.full} [{record.control_number or 'no number'}]")
    out.print(f"    {match.verdict}, {match.score} points: {match.sentence}")
    for evidence in match.evidence:
        out.print(f"      {evidence.weight:+4d}  {evidence.feature}: {evidence.why}")
    _print_lines(out, candidate.requestability.evidence if candidate.requestability else ())


def _print_lines(out: Console, lines: Sequence[str]) -> None:
    for line in lines:
        out.print(f"      item  {line}")
