"""``zlocate demo``: the hard cases, live, at six partners on this machine."""
# ruff: noqa: PLC0415 - a command imports what it needs when it is called (see app)

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated, Any

import typer

from locate.cli.exits import Exit

if TYPE_CHECKING:
    from locate.demo import DemoRequest
    from locate.outcome import LocateOutcome, PartnerOutcome

HELP = """Serve the sample records as six partners on this machine and locate the hard cases.

Example: zlocate demo --only volume-of-a-set --explain

Exit code: 0 when every library answered as the sample says, 1 otherwise."""


def demo(
    ctx: typer.Context,
    only: Annotated[str | None, typer.Option(metavar="ID", help="Locate only the request with this id.")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Show searches, candidates and evidence.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print all outcomes as JSON.")] = False,
) -> None:
    """Locate the demo's requests and compare what comes back with what the sample expects."""
    from locate.cli.logs import configure_logs
    from locate.cli.render import print_json
    from locate.demo import demo_requests

    configure_logs(verbose=ctx.obj)
    known = demo_requests()
    requests = [request for request in known if only in {None, request.request.request_id}]
    if not requests:
        ids = ", ".join(request.request.request_id for request in known)
        raise typer.BadParameter(f"{only!r} is not one of {ids}", param_hint="--only")
    outcomes = asyncio.run(_locate(requests))
    surprises = [line for pair in zip(requests, outcomes, strict=True) for line in _surprises(*pair)]
    if as_json:
        print_json({"outcomes": [outcome.to_mapping() for outcome in outcomes], "surprises": surprises})
    else:
        _show(requests, outcomes, surprises, explain=explain)
    raise typer.Exit(Exit.NOT_LOCATED if surprises else Exit.LOCATED)


async def _locate(requests: list[DemoRequest]) -> list[LocateOutcome]:
    from locate.demo import demo_partners
    from locate.engine import Locator

    async with demo_partners() as config, Locator(config) as locator:
        return await asyncio.gather(*(locator.locate(request.request) for request in requests))


def _show(requests: list[DemoRequest], outcomes: list[LocateOutcome], surprises: list[str], *, explain: bool) -> None:
    from locate.cli.render import console, print_explanation, print_outcome
    from locate.text import counted

    out = console()
    for request, outcome in zip(requests, outcomes, strict=True):
        out.print()
        out.rule(f"{request.request.request_id}", align="left")
        out.print(request.shows)
        out.print(f"Wanted: {_wanted(request.request.citation.to_mapping())}")
        print_outcome(out, outcome)
        if explain:
            print_explanation(out, outcome)
    out.rule()
    answers = sum(len(request.expected) for request in requests)
    asked = f"{counted(len(requests), 'request')} at {counted(len(outcomes[0].partners), 'partner')}"
    out.print(f"{asked}; {answers - len(surprises)} of {answers} answers of the four libraries are as the sample says.")
    for line in surprises:
        out.print(line, style="red")


def _wanted(citation: dict[str, Any]) -> str:
    shown = {name: ", ".join(value) if isinstance(value, list) else str(value) for name, value in citation.items()}
    return "; ".join(f"{name} {value}" for name, value in shown.items())


def _surprises(request: DemoRequest, outcome: LocateOutcome) -> list[str]:
    """Return one line for each library whose answer is not what the sample says."""
    return [
        f"{request.request.request_id}: {code} was to be {expected}, and is {_short(outcome[code])}"
        for code, expected in request.expected.items()
        if _short(outcome[code]) != expected
    ]


def _short(partner: PartnerOutcome) -> str:
    from locate.outcome import Finding

    if partner.finding is Finding.FOUND:
        return f"{partner.finding}/{partner.availability}"
    return str(partner.finding)
