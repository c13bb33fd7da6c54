"""The pieces of work that `bench.z3950` measures: each with its rows and bars, and what one round of it does.

In a round every client does the work once, one after the other, in a process of its own; which one begins changes from
round to round. Raises what `bench.peers.build` and `tests.peers.servers` raise.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

from bench.answers import RECORDS, write_answers
from bench.peers.build import RunError, compile_zoom_bench, perl_zoom_bench, run_program
from bench.peers.targets import canned, embedded
from bench.table import OURS, PERL, ZOOM_C, Row, at_least, at_most, below
from tests.peers.relay import relay
from tests.peers.servers import ztest

__all__ = ["WORKS", "Setting", "Work"]

QUERY = f"@attr 1=4 {RECORDS}"  # yaz-ztest takes a number for the count of hits
RTT_S = 0.04
PAGED_RECORDS = 10_000
REQUEST = "plain-isbn"  # of the demo; the book is in sample_marc/koha.mrc


class Setting:
    """What the works share: a folder, the clients' commands, and targets, each started when first wanted."""

    def __init__(self, folder: Path, stack: contextlib.ExitStack, *, quick: bool = False) -> None:
        self.folder = folder
        self.quick = quick
        self._stack = stack
        self._commands: dict[str, list[str]] = {OURS: [sys.executable, "-m", "bench.client"]}

    def run(self, client: str, *arguments: str | float | Path) -> dict[str, Any]:
        """Let a client do its work; return what it measured. Raises RunError when a target failed it."""
        result = run_program(self.command(client), *arguments)
        if result.get("failed"):
            raise RunError(f"{client}: {result['failed']} of {result['targets']} targets were not asked")
        return result

    def command(self, client: str) -> list[str]:
        """Return the command that runs a client, built when first wanted."""
        if client not in self._commands:
            self._commands[client] = perl_zoom_bench() if client == PERL else [str(compile_zoom_bench(self.folder))]
        return self._commands[client]

    def times(self, count: int) -> int:
        """Return how often to repeat what is to be done ``count`` times; once when it is only to be tried."""
        return 1 if self.quick else count

    @cached_property
    def canned(self) -> str:
        """The target that gives the same answers again and again."""
        return self._stack.enter_context(canned(self.folder))

    @cached_property
    def ztest(self) -> str:
        """yaz-ztest, without a database's name."""
        return self._stack.enter_context(ztest(self.folder)).target("")

    def embedded(self, count: int, delay_s: float) -> list[str]:
        """Start ``count`` embedded targets."""
        return self._stack.enter_context(embedded(count, delay_s=delay_s))

    def search_response(self) -> Path:
        """Return the file of a SearchResponse with ten MARC records, the one that the canned target gives."""
        return write_answers(self.folder)[1]

    def opac_response(self) -> Path:
        """Return the file of yaz-ztest's SearchResponse with ten OPAC records."""
        file = self.folder / "opac.ber"
        if not file.exists():
            self.run(ZOOM_C, "capture", f"{self.ztest}Default", QUERY, RECORDS, "opac", file)
        return file


class Work(ABC):
    """A piece of work: ``rows`` to be filled, one figure a client and round."""

    name: ClassVar[str]
    clients: ClassVar[Sequence[str]] = (OURS, ZOOM_C, PERL)

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.rows: Sequence[Row] = ()

    def round(self, number: int) -> None:
        """Do the work once with every client; ``number`` counts the rounds from 0."""
        turn = number % len(self.clients)
        for client in (*self.clients[turn:], *self.clients[:turn]):
            for row, figure in zip(self.rows, self.measure(client), strict=True):
                if figure is not None:
                    row.add(client, figure)

    @abstractmethod
    def measure(self, client: str) -> Iterator[float | None]:
        """Give one figure for each row; None where the client has none."""


class Decode(Work):
    """Decode a SearchResponse from memory."""

    name = "decode"
    clients = (OURS, ZOOM_C)

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._file = setting.search_response()
        kilobytes = self._file.stat().st_size / 1000
        work = f"typed decode, {RECORDS}-record SearchResponse, {kilobytes:.1f} kB"
        self.rows = (Row(work, "us", (at_most(100), at_most(15, ZOOM_C))),)

    def measure(self, client: str) -> Iterator[float]:
        times = self.setting.times(2000 if client == OURS else 40_000)
        yield self.setting.run(client, "decode", self._file, times)["cpu_us_each"]


class Opac(Work):
    """Decode a SearchResponse of OPAC records, and the records in it."""

    name = "opac"
    clients = (OURS, ZOOM_C)

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self.rows = (Row(f"OPAC decode, {RECORDS} records", "us", (at_most(300),)),)

    def measure(self, client: str) -> Iterator[float]:
        file = self.setting.opac_response()
        mode, count = ("read", 1000) if client == OURS else ("decode", 20_000)
        yield self.setting.run(client, mode, file, self.setting.times(count))["cpu_us_each"]


class Warm(Work):
    """Search one association again and again."""

    name = "warm"

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        work = f"warm search + {RECORDS} records, one connection"
        self.rows = (
            Row(work, "per s", (at_least(0.9, ZOOM_C), at_least(1.2, PERL))),
            Row(f"{work}: client CPU", "us"),
        )

    def measure(self, client: str) -> Iterator[float]:
        searches = self.setting.times(2000)
        result = self.setting.run(client, "warm", self.setting.canned, QUERY, searches, RECORDS)
        yield searches / result["wall_s"]
        yield result["cpu_s"] / searches * 1e6


class WarmExternal(Warm):
    """The same with ZOOM C leaving the records as they came: what is left when YAZ does not rewrite each of them."""

    name = "warm-ext"
    clients = (OURS, ZOOM_C)

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        work = "the same, ZOOM C leaving the MARC as it came"
        self.rows = (Row(work, "per s"), Row(f"{work}: client CPU", "us"))

    def measure(self, client: str) -> Iterator[float]:
        searches = self.setting.times(2000)
        form = ("ext",) if client == ZOOM_C else ()
        result = self.setting.run(client, "warm", self.setting.canned, QUERY, searches, RECORDS, *form)
        yield searches / result["wall_s"]
        yield result["cpu_s"] / searches * 1e6


class Many(Work):
    """Ask fifty targets at once, each on a new connection."""

    name = "many"
    targets = 50

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        work = f"{self.targets} targets at once, cold, {RECORDS} records each"
        self.rows = (
            Row(f"{work}: wall", "ms", (at_most(1.2, ZOOM_C),)),
            Row(f"{work}: client CPU", "ms", (at_most(1.5, ZOOM_C), below(1, PERL, f"< {PERL}"))),
        )
        self._file = _targets_file(setting, self.name, [setting.canned] * self.targets)

    def measure(self, client: str) -> Iterator[float]:
        result = self.setting.run(client, "many", self._file, QUERY, RECORDS, self.setting.times(5))
        yield result["wall_s"] * 1e3
        yield result["cpu_s"] * 1e3


class Slow(Work):
    """Ask fifty targets at once, each of which thinks for half a second."""

    name = "slow"
    targets = 50

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        delay_s = 0.05 if setting.quick else 0.5
        work = f"{self.targets} targets that each take {delay_s:g} s (yaz-ztest)"
        self.rows = (Row(work, "s", (at_most(0.60),)),)
        target = f"{setting.ztest}Default?search-delay={delay_s:g}"
        self._file = _targets_file(setting, self.name, [target] * self.targets)

    def measure(self, client: str) -> Iterator[float]:
        yield self.setting.run(client, "many", self._file, QUERY, RECORDS, 1)["wall_s"]


class Thousand(Work):
    """Ask a thousand embedded targets at once, each of which thinks for a second."""

    name = "thousand"
    clients = (OURS, ZOOM_C)

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        count, delay_s = (20, 0.05) if setting.quick else (1000, 1.0)
        work = f"{count:,} embedded targets that each take {delay_s:g} s"
        self.rows = (
            Row(f"{work}: wall", "s", (at_most(2.0),)),
            Row(f"{work}: resident", "MiB", (at_most(200),)),
        )
        self._file = _targets_file(setting, self.name, setting.embedded(count, delay_s))

    def measure(self, client: str) -> Iterator[float | None]:
        result = self.setting.run(client, "many", self._file, "@attr 1=4 nature", 1, 1)
        yield result["wall_s"]
        yield result.get("resident_mib")


class Trips(Work):
    """Count round trips through a relay that delays, by the clock; less than half a trip is the work itself."""

    name = "trips"

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        three, one = at_most(3.5, text="3 round trips"), at_most(1.5, text="1 round trip")
        far = f"at {RTT_S * 1000:g} ms RTT"
        self.rows = (
            Row(f"connect + search {far}", "trips", (three,)),
            Row(f"search again {far}", "trips", (one,)),
            Row(f"cold locate {far}", "trips", (three,)),
            Row(f"warm locate {far}", "trips", (one,)),
        )
        self._target = setting.embedded(1, 0)[0]

    def measure(self, client: str) -> Iterator[float | None]:
        runs = [self._far(client, "trips", "@attr 1=4 nature", RECORDS)]
        if client == OURS:
            runs.append(self._far(client, "locate", REQUEST))
        for run in runs:
            yield run["cold_s"] / RTT_S
            yield run["warm_s"] / RTT_S
        yield from (None,) * (len(self.rows) - 2 * len(runs))

    def _far(self, client: str, mode: str, *arguments: str | int) -> dict[str, Any]:
        async def run() -> dict[str, Any]:
            host, _, port = self._target.partition("/")[0].partition(":")
            async with relay(host, int(port), rtt_s=RTT_S) as line:
                target = f"{host}:{line.port}/Default"
                return await asyncio.to_thread(self.setting.run, client, mode, target, *arguments)

        result = asyncio.run(run())
        if result.get("found", 2) != 2:
            raise RunError("the book was not located")
        return result


class Memory(Work):
    """Fetch records of a large result set and of a small one."""

    name = "memory"
    clients = (OURS,)

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        work = f"memory, {PAGED_RECORDS:,} records of 99,000,000 hits after as many of 10"
        self.rows = (Row(work, "MiB more", (at_most(1, text="flat (<= 1)"),)),)

    def measure(self, client: str) -> Iterator[float]:
        records = RECORDS if self.setting.quick else PAGED_RECORDS
        yield self.setting.run(client, "page", f"{self.setting.ztest}Default", records)["growth_mib"]


def _targets_file(setting: Setting, name: str, targets: Sequence[str]) -> Path:
    file = setting.folder / f"{name}.targets"
    file.write_text("".join(f"{target}\n" for target in targets))
    return file


WORKS = {work.name: work for work in (Decode, Opac, Warm, WarmExternal, Many, Slow, Thousand, Trips, Memory)}
