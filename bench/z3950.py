"""Z39.50 and the record pipeline beside YAZ: ratios in one run, interleaved, medians.

``python -m bench.z3950 [--rounds 7]`` starts yaz-ztest, compiles ``peers/zoom_bench.c`` against libyaz, and runs each
piece of work in turn, ours and YAZ's, round by round. CPU is user plus system time of the client process alone.
"""

from __future__ import annotations

import argparse
import asyncio
import resource
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.peers.build import compile_zoom_bench, run_zoom_bench
from locate import Citation
from locate.config import parse_target
from locate.demo import sample_folder
from locate.errors import RecordError
from locate.matching import Matcher
from locate.partner import Target
from locate.records import read_record, split_marc
from locate.z3950.apdu import decode_apdu
from locate.z3950.ber import Framer
from locate.z3950.client import connect
from tests.peers.servers import ztest

RECORDS = 10
QUERY = f"@attr 1=4 {RECORDS}"
WARM_SEARCHES = 500
TARGETS = 50
DECODES = 1000
RECORD_ROUNDS = 40


@dataclass
class Row:
    """One line of the table: figures of each round for ours and YAZ's, in ``unit``."""

    name: str
    unit: str
    ours: list[float] = field(default_factory=list)
    yaz: list[float] = field(default_factory=list)

    def line(self) -> str:
        """Return the medians and their ratio (ours / YAZ's)."""
        ours = statistics.median(self.ours)
        if not self.yaz:
            return f"{self.name:52} {ours:12,.1f} {'':>12} {'':>8}  {self.unit}"
        yaz = statistics.median(self.yaz)
        return f"{self.name:52} {ours:12,.1f} {yaz:12,.1f} {ours / yaz:8.2f}  {self.unit}"


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Return (wall, client CPU) in seconds of one call."""
    before, started = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    work()
    wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_SELF)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


async def warm(target: Target) -> None:
    """Search on one connection, again and again, ten records each."""
    async with await connect(target) as connection:
        for _ in range(WARM_SEARCHES):
            result = await connection.search(QUERY, count=RECORDS)
            assert len(result.records) == RECORDS


async def many(target: Target) -> None:
    """Connect to fifty targets at once, search each, ten records each."""

    async def one() -> None:
        connection = await connect(target)
        result = await connection.search(QUERY, count=RECORDS)
        assert len(result.records) == RECORDS
        connection.abort()

    await asyncio.gather(*(one() for _ in range(TARGETS)))


class Bench:
    """All rows, filled round by round."""

    def __init__(self, program: Path, target_text: str, folder: Path) -> None:
        self.program = program
        self.target_text = target_text
        self.target = parse_target(target_text)
        self.targets_file = folder / "targets"
        self.targets_file.write_text(f"{target_text}\n" * TARGETS)
        self.pdu_file = folder / "response.ber"
        self._yaz("capture", target_text, QUERY, RECORDS, "usmarc", self.pdu_file)
        self.pdu = self.pdu_file.read_bytes()
        self.marc_file = sample_folder() / "koha.mrc"
        self.marc = list(split_marc(self.marc_file.read_bytes()))
        kilobytes = len(self.pdu) / 1000
        self.decode = Row(f"typed decode, {RECORDS}-record SearchResponse ({kilobytes:.1f} kB)", "us each")
        self.frame = Row("framing the same PDU", "us each")
        self.warm = Row(f"warm searches, {RECORDS} records each", "per second")
        self.warm_cpu = Row("warm search, client CPU", "us each")
        self.many = Row(f"{TARGETS} targets at once, cold, {RECORDS} records: wall", "ms")
        self.many_cpu = Row(f"{TARGETS} targets at once: client CPU", "ms")
        self.parse = Row("records parsed (YAZ: yaz-marcdump to MARCXML)", "per second")
        self.match = Row("records parsed and matched", "per second")

    @property
    def rows(self) -> Sequence[Row]:
        """The rows in printing order."""
        return (
            self.decode, self.frame, self.warm, self.warm_cpu, self.many, self.many_cpu, self.parse, self.match,
        )  # fmt: skip

    def _yaz(self, *arguments: str | int | Path) -> dict[str, Any]:
        return run_zoom_bench(self.program, *arguments)

    def round(self) -> None:
        """Run every piece of work once, ours and YAZ's in turn."""
        self._decode()
        self._warm()
        self._many()
        self._records()

    def _decode(self) -> None:
        _, cpu = timed(lambda: [decode_apdu(self.pdu) for _ in range(DECODES)])
        self.decode.ours.append(cpu / DECODES * 1e6)
        self.decode.yaz.append(self._yaz("decode", self.pdu_file, 20_000)["wall_us_each"])
        framer = Framer()

        def frame() -> None:
            for _ in range(DECODES):
                framer.feed(self.pdu)
                assert framer.next_pdu() is not None

        self.frame.ours.append(timed(frame)[1] / DECODES * 1e6)

    def _warm(self) -> None:
        wall, cpu = timed(lambda: asyncio.run(warm(self.target)))
        yaz = self._yaz("warm", self.target_text, QUERY, WARM_SEARCHES, RECORDS)
        self.warm.ours.append(WARM_SEARCHES / wall)
        self.warm.yaz.append(WARM_SEARCHES / yaz["wall_s"])
        self.warm_cpu.ours.append(cpu / WARM_SEARCHES * 1e6)
        self.warm_cpu.yaz.append(yaz["cpu_s"] / WARM_SEARCHES * 1e6)

    def _many(self) -> None:
        wall, cpu = timed(lambda: asyncio.run(many(self.target)))
        yaz = self._yaz("many", self.targets_file, QUERY, RECORDS)
        assert not yaz["failed"], yaz
        self.many.ours.append(wall * 1e3)
        self.many.yaz.append(yaz["wall_s"] * 1e3)
        self.many_cpu.ours.append(cpu * 1e3)
        self.many_cpu.yaz.append(yaz["cpu_s"] * 1e3)

    def _records(self) -> None:
        count = len(self.marc) * RECORD_ROUNDS
        _, cpu = timed(lambda: [read_record(raw, "marc21") for raw in self.marc * RECORD_ROUNDS])
        self.parse.ours.append(count / cpu)
        files = [str(self.marc_file)] * RECORD_ROUNDS
        started = time.perf_counter()
        command = ["yaz-marcdump", "-i", "marc", "-o", "marcxml", *files]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        self.parse.yaz.append(count / (time.perf_counter() - started))
        matcher = Matcher()
        wanted = matcher.prepare(Citation(title="The enemy of nature", author="Kovel", year=2007))

        def match() -> None:
            for raw in self.marc * RECORD_ROUNDS:
                record = read_record(raw, "marc21")
                assert not isinstance(record, RecordError)
                matcher.judge(wanted, record)

        self.match.ours.append(count / timed(match)[1])


def main() -> None:
    """Run the rounds and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as name, ztest(Path(name)) as server:
        bench = Bench(compile_zoom_bench(Path(name)), server.target(), Path(name))
        for _ in range(rounds):
            bench.round()
    print(f"{'work, medians of ' + str(rounds) + ' rounds':52} {'locate':>12} {'YAZ':>12} {'ratio':>8}")
    for row in bench.rows:
        print(row.line())


if __name__ == "__main__":
    main()
