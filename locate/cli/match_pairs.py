"""A file of pairs, judged line by line: answers in the order of the lines, and bad lines told on standard error.

Holds one line at a time, so that a file may be of any length. Raises BadParameter for a file that cannot be used.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Literal

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from locate.cli.match_ranking import verdict_in_words
from locate.matching import MatchVerdict
from locate.matching.pairs import JudgedPair, PairJudge, RefusedPair
from locate.text import counted, visible

__all__ = ["PairsRun", "judge_file"]

_MAX_LINE_BYTES = 64 * 1024**2
_TOO_LONG = f"the line is longer than {_MAX_LINE_BYTES:,} bytes"
_STANDARD = "-"
_LINES_PER_STEP = 50

_encode = json.JSONEncoder(ensure_ascii=False).encode


@dataclass(slots=True)
class PairsRun:
    """What a run came to: how often each verdict was given, how many lines were set aside, and the first pairs."""

    verdicts: Counter[MatchVerdict] = field(default_factory=Counter)
    set_aside: int = 0
    first: list[JudgedPair] = field(default_factory=list)

    @property
    def judged(self) -> int:
        """How many pairs were judged."""
        return self.verdicts.total()

    @property
    def summary(self) -> str:
        """The counts as one sentence."""
        told = ", ".join(f"{count:,} {verdict_in_words(verdict)}" for verdict, count in self.verdicts.most_common())
        aside = f"; {counted(self.set_aside, 'line')} set aside" if self.set_aside else ""
        return f"{counted(self.judged, 'pair')} judged{f': {told}' if told else ''}{aside}."


def judge_file(source: str, answers: str, *, keep: int) -> PairsRun:
    """Judge the pairs of file ``source`` into file ``answers``; "-" is standard input or output.

    The first ``keep`` pairs stay in the result. Raises BadParameter.
    """
    if _STANDARD not in {source, answers} and _same_file(source, answers):
        raise typer.BadParameter("the answers would overwrite the pairs", param_hint="--out")
    run, judge = PairsRun(), PairJudge()
    with _reading(source) as lines, _writing(answers) as out, _progress(lines) as advance:
        for number, line in enumerate(_lines(lines), 1):
            answer = judge.judge(line) if line is not None else RefusedPair(None, _TOO_LONG)
            if number % _LINES_PER_STEP == 0:
                advance()
            if answer is None:
                continue
            if isinstance(answer, RefusedPair):
                run.set_aside += 1
                sys.stderr.write(f"zlocate: line {number}: {visible(answer.reason)}\n")
            else:
                run.verdicts[answer.match.verdict] += 1
                if len(run.first) < keep:
                    run.first.append(answer)
            out.write(_encoded(answer.to_mapping()))
    return run


def _encoded(answer: dict[str, Any]) -> bytes:
    """Return one line of JSON in UTF-8; half a surrogate pair, which UTF-8 cannot say, stays a JSON escape."""
    return (_encode(answer) + "\n").encode("utf-8", "backslashreplace")


def _lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """Yield the lines with their ends; None for one that is too long to be held."""
    while line := stream.readline(_MAX_LINE_BYTES):
        if len(line) < _MAX_LINE_BYTES or line.endswith(b"\n"):
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(_MAX_LINE_BYTES)
        yield None


def _same_file(source: str, answers: str) -> bool:
    return Path(source).exists() and Path(answers).exists() and Path(source).samefile(answers)


@contextlib.contextmanager
def _reading(source: str) -> Iterator[BinaryIO]:
    if source == _STANDARD:
        yield sys.stdin.buffer
        return
    with _opened(source, "rb", "--pairs") as stream:
        yield stream


@contextlib.contextmanager
def _writing(answers: str) -> Iterator[BinaryIO]:
    if answers == _STANDARD:
        sys.stdout.flush()
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    with _opened(answers, "wb", "--out") as stream:
        yield stream


def _opened(path: str, mode: Literal["rb", "wb"], option: str) -> BinaryIO:
    try:
        return Path(path).open(mode)
    except OSError as error:
        raise typer.BadParameter(f"{path} cannot be opened: {error.strerror}", param_hint=option) from None


@contextlib.contextmanager
def _progress(lines: BinaryIO) -> Iterator[Callable[[], None]]:
    """Show a bar on standard error when it is a terminal and the length of the file is known."""
    if not sys.stderr.isatty() or not lines.seekable():
        yield lambda: None
        return
    columns = (TextColumn("judging pairs"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(file=sys.stderr), transient=True) as bar:
        task = bar.add_task("", total=os.fstat(lines.fileno()).st_size)
        yield lambda: bar.update(task, completed=lines.tell())
