"""``zlocate match``: records of files against one citation or record, or a file of pairs, judged and explained."""
# ruff: noqa: PLC0415 - a command imports what it needs when it is called (see app)

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from locate.cli import citation_options as wanted_by
from locate.cli.exits import Exit

if TYPE_CHECKING:
    from locate.citation import Citation
    from locate.cli.match_ranking import Ranking
    from locate.records import BibRecord

HELP = """Rank the records of files against a citation, and explain each verdict.

Examples:

\b
  zlocate match --title "The enemy of nature" --author Kovel \\
    --year 2007 --format print catalog.mrc
  zlocate match --record mine.mrc theirs.mrc more.xml --html report.html
  zlocate match --pairs pairs.jsonl --out answers.jsonl

FILE is MARC (ISO 2709), MARCXML or OPAC XML. A line of --pairs is an object with "id", "record" {"marc": base64} or
{"marcxml": text}, and "citation" {...} or "reference" like record; its answer is a line of JSON too.

Exit code: 0 a record is the item or a reprint of it, 1 none is, 2 usage. With --pairs: 0 every line was judged, 2 a
line was set aside."""

_SHOWN_PROBLEMS = 10


def match(
    ctx: typer.Context,
    files: Annotated[list[Path] | None, typer.Argument(metavar="FILE", help="Files of records.")] = None,
    title: wanted_by.TitleOption = None,
    author: wanted_by.AuthorOption = None,
    isbn: wanted_by.IsbnOption = None,
    issn: wanted_by.IssnOption = None,
    lccn: wanted_by.LccnOption = None,
    control_number: wanted_by.ControlNumberOption = None,
    year: wanted_by.YearOption = None,
    edition: wanted_by.EditionOption = None,
    any_edition: wanted_by.AnyEditionOption = False,
    publisher: wanted_by.PublisherOption = None,
    volume: wanted_by.VolumeOption = None,
    issue: wanted_by.IssueOption = None,
    pages: wanted_by.PagesOption = None,
    language: wanted_by.LanguageOption = None,
    type_: wanted_by.TypeOption = None,
    format_: wanted_by.FormatOption = None,
    citation: wanted_by.CitationFileOption = None,
    record: wanted_by.RecordFileOption = None,
    pairs: Annotated[
        str | None, typer.Option(metavar="FILE", help="Judge pairs, one line of JSON each; - is standard input.")
    ] = None,
    out: Annotated[
        str | None, typer.Option("--out", metavar="FILE", help="Where the answers to --pairs go; standard output.")
    ] = None,
    top: Annotated[int, typer.Option(min=1, metavar="N", help="Show so many of the best.")] = 10,
    explain: Annotated[int, typer.Option(min=0, metavar="N", help="Explain so many of them, field by field.")] = 1,
    all_evidence: Annotated[bool, typer.Option("--all-evidence", help="Show silent fields too.")] = False,
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="Write a page that explains it too.")] = None,
    html_limit: Annotated[int, typer.Option(min=1, metavar="N", help="Pairs on the page.")] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON; --pairs always does.")] = False,
) -> None:
    """Judge what is given, print it, and exit."""
    from locate.cli.logs import configure_logs

    configure_logs(verbose=ctx.obj)
    wanted = wanted_by.wanted_item(wanted_by.citation_fields(ctx.params), citation, record)
    if pairs is not None:
        if wanted is not None or files:
            raise typer.BadParameter("pairs bring their own citations and records", param_hint="--pairs")
        raise typer.Exit(_judge_pairs(pairs, out or "-", html, html_limit))
    if out is not None:
        raise typer.BadParameter("only the answers to --pairs go to a file", param_hint="--out")
    ranking = _ranking(wanted, files or [])
    if html is not None:
        _write_page(html, ranking.page(top))
    _show(ranking, top=top, explain=explain, all_evidence=all_evidence, as_json=as_json)
    raise typer.Exit(Exit.LOCATED if ranking.held else Exit.NOT_LOCATED)


def _ranking(wanted: Citation | BibRecord | None, files: list[Path]) -> Ranking:
    from locate.cli.match_ranking import Ranking
    from locate.errors import RecordError
    from locate.matching import Matcher
    from locate.matching.pairs import accept_for
    from locate.records import load_file

    if wanted is None:
        raise typer.BadParameter("nothing is wanted: give --title, another field, --citation or --record")
    if not files:
        raise typer.BadParameter("no records: give a file of MARC or MARCXML, or --pairs", param_hint="FILE")
    records, sources, problems = [], [], []
    for file in files:
        for position, loaded in enumerate(load_file(file), 1):
            source = f"{file.name}, record {position}"
            if isinstance(loaded.record, RecordError):
                problems.append(f"{source}: {loaded.record}")
            else:
                records.append(loaded.record)
                sources.append(source)
    _tell_problems(problems)
    if not records:
        raise typer.BadParameter("no record in them can be read; give MARC, MARCXML or OPAC XML", param_hint="FILE")
    matcher = Matcher()
    return Ranking(wanted, matcher.rank(wanted, records), sources, len(problems), accept_for(matcher, wanted))


def _tell_problems(problems: list[str]) -> None:
    from locate.text import visible

    for problem in problems[:_SHOWN_PROBLEMS]:
        sys.stderr.write(f"zlocate: left out: {visible(problem)}\n")
    if len(problems) > _SHOWN_PROBLEMS:
        sys.stderr.write(f"zlocate: left out: {len(problems) - _SHOWN_PROBLEMS:,} more\n")


def _show(ranking: Ranking, *, top: int, explain: int, all_evidence: bool, as_json: bool) -> None:
    from locate.cli.match_ranking import print_ranking
    from locate.cli.render import console, print_json

    if as_json:
        print_json(ranking.to_mapping(top))
    else:
        print_ranking(console(), ranking, top=top, explain=explain, all_evidence=all_evidence)


def _judge_pairs(source: str, answers: str, html: Path | None, html_limit: int) -> Exit:
    from locate.cli.match_pairs import judge_file
    from locate.matching.page import pairs_page

    if html is not None:
        _write_page(html, "")  # what cannot be written is told before the pairs are judged
    run = judge_file(source, answers, keep=html_limit if html is not None else 0)
    if html is not None:
        _write_page(html, pairs_page(run.first, judged=run.judged))
    sys.stderr.write(f"zlocate: {run.summary}\n")
    return Exit.USAGE if run.set_aside else Exit.LOCATED


def _write_page(path: Path, page: str) -> None:
    try:
        path.write_text(page, "utf-8", errors="replace")
    except OSError as error:
        raise typer.BadParameter(f"{path} cannot be written: {error.strerror}", param_hint="--html") from None
