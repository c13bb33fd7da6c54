"""``zlocate probe``: what a target can do, with advice, for the person who sets up a partner."""
# ruff: noqa: PLC0415 - a command imports what it needs when it is called (see app)

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from locate.cli.exits import Exit, exit_code
from locate.cli.options import (
    CaFileOption,
    InsecureOption,
    TargetArgument,
    TimeoutOption,
    TlsOption,
    TraceOption,
    UserOption,
    named_target,
)
from locate.text import counted, visible

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console
    from rich.table import Table

    from locate.partner import Target
    from locate.probe import Finding, Options, ProbeReport
    from locate.z3950.protocol import Observer

HELP = """Find out what a target can do, and how it should be configured as a partner.

Examples:

\b
  zlocate probe z3950.example.org:210/catalog
  zlocate probe localhost:9999/Default --quick --json
  zlocate probe z3950.example.org:210/catalog --write-profile new.toml

It searches with terms from records that the target gave, one search after the other, about 60 at most and fewer than
15 with --quick. A password is read from the environment variable ZLOCATE_PASSWORD.

Exit code: 0 the partner can be located, 1 it cannot or that is not known, 2 usage, 3 the target could not be asked."""

_STANDARD_OUTPUT = "-"
_STYLES = {
    "works": "green",
    "limited": "yellow",
    "wrong": "red",
    "nothing": "red",
    "refused": "red",
    "fault": "red",
}
_DOING_COLUMNS = 60


def probe(
    target: TargetArgument,
    ctx: typer.Context,
    quick: Annotated[bool, typer.Option("--quick", help="Fewer than 15 searches: only what a profile needs.")] = False,
    term: Annotated[
        list[str] | None,
        typer.Option(metavar="WORDS", help="Words of a title that the library holds; may be given several times."),
    ] = None,
    isbn: Annotated[
        list[str] | None,
        typer.Option(metavar="ISBN", help="An ISBN that the library holds; may be given several times."),
    ] = None,
    profile: Annotated[
        str | None,
        typer.Option(
            "--write-profile", metavar="FILE", help="Write the partner's TOML table to a new FILE; - prints it alone."
        ),
    ] = None,
    timeout: TimeoutOption = 10.0,
    total: Annotated[float, typer.Option(min=0.01, metavar="SECONDS", help="For all of it.")] = 180.0,
    pause: Annotated[float, typer.Option(min=0, metavar="SECONDS", help="Wait before each request.")] = 0.0,
    user: UserOption = None,
    tls: TlsOption = False,
    ca_file: CaFileOption = None,
    insecure: InsecureOption = False,
    trace: TraceOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Probe, print the report, and exit."""
    from locate.cli.logs import configure_logs
    from locate.cli.render import print_json
    from locate.cli.tracing import observing
    from locate.probe import Options

    configure_logs(verbose=ctx.obj)
    _check_place(profile, as_json=as_json)
    place = named_target(target, user, tls=tls, ca_file=ca_file, insecure=insecure)
    terms, isbns = tuple(term or ()), tuple(isbn or ())
    options = Options.quick_one(terms, isbns) if quick else Options(terms=terms, isbns=isbns)
    with observing(place, trace) as observer:
        report = asyncio.run(_run(place, options, observer, (timeout, total, pause)))
    if as_json:
        print_json(report.to_mapping())
    elif profile != _STANDARD_OUTPUT:
        _show(report)
    if profile is not None:
        _write(profile, report, quiet=as_json)
    raise typer.Exit(_code(report))


def _check_place(profile: str | None, *, as_json: bool) -> None:
    """Refuse a place for the profile that would spoil something, before anything is asked."""
    if profile is None:
        return
    if profile == _STANDARD_OUTPUT and as_json:
        raise typer.BadParameter("the profile stands in the JSON document already", param_hint="--write-profile")
    if profile != _STANDARD_OUTPUT and Path(profile).exists():
        told = f"{profile} exists and is not written over; name a new file, or append with --write-profile - >> FILE"
        raise typer.BadParameter(told, param_hint="--write-profile")


async def _run(
    place: Target, options: Options, observer: Observer | None, times_s: tuple[float, float, float]
) -> ProbeReport:
    from locate.probe import Probe
    from locate.probe.driver import run_probe

    timeout_s, total_s, pause_s = times_s
    progress = _progress() if sys.stderr.isatty() else None
    try:
        return await run_probe(
            Probe(place, options),
            timeout_s=timeout_s,
            total_s=total_s,
            pause_s=pause_s,
            observer=observer,
            progress=progress,
        )
    finally:
        if progress is not None:
            sys.stderr.write("\r\x1b[K")  # ECMA-48: erase the line
            sys.stderr.flush()


def _progress() -> Callable[[str, int], None]:
    def show(doing: str, searches: int) -> None:
        sys.stderr.write(f"\r\x1b[K{counted(searches, 'search')}: {doing[:_DOING_COLUMNS]}")
        sys.stderr.flush()

    return show


def _code(report: ProbeReport) -> Exit:
    if report.fault is not None:
        return exit_code(report.fault)
    return Exit.LOCATED if report.is_usable else Exit.NOT_LOCATED


def _write(place: str, report: ProbeReport, *, quiet: bool) -> None:
    if not report.profile:
        why = report.fault or " ".join(report.summary)
        sys.stderr.write(visible(f"zlocate: there is no profile to write: {why}\n"))
        return
    if place == _STANDARD_OUTPUT:
        sys.stdout.write(report.profile)
        return
    try:
        with Path(place).open("x", encoding="utf-8") as file:
            file.write(report.profile)
    except OSError as error:
        raise typer.BadParameter(f"{place} cannot be written: {error.strerror}", param_hint="--write-profile") from None
    if not quiet:
        sys.stdout.write(f"The partner's table is in {place}; paste it into your configuration.\n")


# ---- the report for people ------------------------------------------------------------------------------------------


def _show(report: ProbeReport) -> None:
    from locate.cli.render import console

    out = console()
    out.print(f"{report.target}", style="bold")
    area = None
    table: Table | None = None
    for finding in report.findings:
        if finding.area is not area:
            _print(out, table)
            area, table = finding.area, _table(finding.area)
        assert table is not None
        _add(table, finding)
    _print(out, table)
    out.print()
    for sentence in report.summary:
        out.print(sentence, style="bold")
    out.print(f"{counted(report.searches, 'search')} in {report.elapsed_s:.1f} s.")


def _table(title: str) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, expand=True)
    table.add_column(title, width=30)
    table.add_column("", width=9)
    table.add_column("result", ratio=1)
    table.add_column("advice", ratio=1)
    return table


def _print(out: Console, table: Table | None) -> None:
    if table is not None:
        out.print()
        out.print(table)


def _add(table: Table, finding: Finding) -> None:
    from rich.text import Text

    told = "" if finding.verdict == "told" else finding.verdict.replace("_", " ")
    table.add_row(finding.what, Text(told, _STYLES.get(finding.verdict, "")), finding.result, finding.advice)
