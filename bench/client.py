"""What our client costs on the same work as ``peers/zoom_bench.c``, as one JSON object a run.

``python -m bench.client MODE ARGUMENT...`` is a process of its own, so that its CPU and memory are the client's alone:

    warm TARGET PQF N RECORDS            N searches on one association, RECORDS records piggybacked on each
    many TARGETFILE PQF RECORDS TIMES    one search on every target of the file (one a line), all at once
    trips TARGET PQF RECORDS             connect and search (cold_s), then search again (warm_s)
    locate TARGET REQUEST                locate a request of the demo with a new Locator (cold_s), then again (warm_s)
    page TARGET RECORDS                  fetch RECORDS records of a set of 10, then as many of one of 99,000,000
    decode FILE N                        decode the response in FILE N times
    read FILE N                          decode it and read its records N times

TARGET is HOST:PORT/DATABASE. Times are in seconds: wall_s, and cpu_s, user + system of this process; decode and read
give microseconds for one PDU. "warm" first does a tenth of the searches, "many" asks five targets, "trips" and "locate"
do the whole, all unmeasured, so that no module is still to be imported. "many" gives the mean of TIMES, the records and
failures of the last, and the most memory resident (resident_mib).
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from locate import Finding, Limits, Locator, Partner, Target
from locate.demo import demo_requests
from locate.errors import Z3950Error
from locate.z3950.apdu import SearchResponse, decode_apdu
from locate.z3950.client import Connection, connect
from locate.z3950.retrieval import Record, ResultSet, read_records

WARM_TARGETS = 5
PATIENCE_S = 30.0
SMALL_SET = 10
LARGE_SET = 99_000_000


class Clocks:
    """Wall and CPU time since this was made."""

    def __init__(self) -> None:
        self._wall = time.perf_counter()
        self._cpu = time.process_time()

    def read(self) -> tuple[float, float]:
        """Return (wall, user + system of this process), in seconds."""
        return time.perf_counter() - self._wall, time.process_time() - self._cpu


def target_of(text: str) -> Target:
    """Read HOST:PORT/DATABASE."""
    address, _, database = text.partition("/")
    host, _, port = address.rpartition(":")
    return Target(host, int(port), database)


def read_targets(path: str) -> list[Target]:
    """Read a file of targets, one a line."""
    return [target_of(line) for line in Path(path).read_text("utf-8").split()]


def most_resident_mib() -> float:
    """Return the most memory that this process has had resident."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def resident_mib() -> float:
    """Return the memory that this process has resident now (Linux: the second figure of statm, in pages)."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 2**20


def touch(result: ResultSet) -> int:
    """Return how many records came that have bytes."""
    return sum(1 for found in result.records if isinstance(found, Record) and found.data)


async def warm(target: str, pqf: str, searches: str, wanted: str) -> dict[str, Any]:
    """Search again and again on one association."""
    count, times = int(wanted), int(searches)
    async with await connect(target_of(target)) as connection:
        for _ in range(times // 10):
            touch(await connection.search(pqf, count=count))
        clocks, records = Clocks(), 0
        for _ in range(times):
            records += touch(await connection.search(pqf, count=count))
        wall_s, cpu_s = clocks.read()
    return {"searches": times, "records": records, "wall_s": wall_s, "cpu_s": cpu_s}


async def many(path: str, pqf: str, wanted: str, repeats: str) -> dict[str, Any]:
    """Ask every target at once."""
    targets = read_targets(path)
    count, times = int(wanted), int(repeats)
    await _ask_all(targets[:WARM_TARGETS], pqf, count)
    rounds = [await _ask_all(targets, pqf, count) for _ in range(times)]
    return {
        "targets": len(targets),
        **rounds[-1],
        "wall_s": sum(each["wall_s"] for each in rounds) / times,
        "cpu_s": sum(each["cpu_s"] for each in rounds) / times,
        "resident_mib": most_resident_mib(),
    }


async def _ask_all(targets: list[Target], pqf: str, count: int) -> dict[str, Any]:
    connections: list[Connection] = []

    async def ask(target: Target) -> int | None:
        try:
            connection = await connect(target, timeout_s=PATIENCE_S)
            connections.append(connection)
            return touch(await connection.search(pqf, count=count, timeout_s=PATIENCE_S))
        except Z3950Error:
            return None

    clocks = Clocks()
    answers = await asyncio.gather(*map(ask, targets))
    wall_s, cpu_s = clocks.read()
    for connection in connections:
        connection.abort()
    return {"records": sum(filter(None, answers)), "failed": answers.count(None), "wall_s": wall_s, "cpu_s": cpu_s}


async def trips(target: str, pqf: str, wanted: str) -> dict[str, Any]:
    """Connect and search, then search again; the second time counts."""
    for _ in range(2):
        clocks = Clocks()
        async with await connect(target_of(target)) as connection:
            records = touch(await connection.search(pqf, count=int(wanted)))
            cold_s, _ = clocks.read()
            records += touch(await connection.search(pqf, count=int(wanted)))
            warm_s = clocks.read()[0] - cold_s
    return {"records": records, "cold_s": cold_s, "warm_s": warm_s}


async def locate(target: str, request_id: str) -> dict[str, Any]:
    """Locate a request twice with one Locator; the second Locator counts."""
    partner = Partner("partner", target_of(target), limits=Limits(operation_s=PATIENCE_S))
    request = next(each.request for each in demo_requests() if each.request.request_id == request_id)
    for _ in range(2):
        locator = Locator([partner])
        clocks = Clocks()
        outcomes = [await locator.locate(request)]
        cold_s, _ = clocks.read()
        outcomes.append(await locator.locate(request))
        warm_s = clocks.read()[0] - cold_s
    found = sum(outcome["partner"].finding is Finding.FOUND for outcome in outcomes)
    return {"found": found, "cold_s": cold_s, "warm_s": warm_s}


async def page(target: str, wanted: str) -> dict[str, Any]:
    """Fetch as many records of a small set as of a large one, and compare the memory."""
    resident = []
    async with await connect(target_of(target)) as connection:
        for size in (SMALL_SET, LARGE_SET):
            hits = (await connection.search(f"@attr 1=4 {size}", count=SMALL_SET)).hits
            for start in range(0, int(wanted), SMALL_SET):
                fetched = await connection.present(start % size + 1, SMALL_SET)
                assert len(fetched) == SMALL_SET, fetched
            assert hits == size, hits
            resident.append(resident_mib())
    return {"records": 2 * int(wanted), "hits": hits, "growth_mib": resident[1] - resident[0]}


async def decode(path: str, times: str) -> dict[str, Any]:
    """Decode a response."""
    return _repeat(decode_apdu, path, times)


async def read(path: str, times: str) -> dict[str, Any]:
    """Decode a response and read its records."""
    return _repeat(_decode_and_read, path, times)


def _decode_and_read(pdu: bytes) -> object:
    response = decode_apdu(pdu)
    assert isinstance(response, SearchResponse)
    return read_records(response.records, 1)


def _repeat(work: Callable[[bytes], object], path: str, times: str) -> dict[str, Any]:
    pdu, rounds = Path(path).read_bytes(), int(times)
    for _ in range(rounds // 10):
        work(pdu)
    clocks = Clocks()
    for _ in range(rounds):
        work(pdu)
    _, cpu_s = clocks.read()
    return {"rounds": rounds, "pdu_bytes": len(pdu), "cpu_us_each": cpu_s / rounds * 1e6}


MODES: dict[str, Callable[..., Awaitable[dict[str, Any]]]] = {
    work.__name__: work for work in (warm, many, trips, locate, page, decode, read)
}


def main() -> None:
    """Do the work that the arguments name."""
    try:
        work = MODES[sys.argv[1]](*sys.argv[2:])
    except (IndexError, KeyError, TypeError):
        sys.stderr.write(f"usage: python -m bench.client {'|'.join(MODES)} ...; the head of the file says how\n")
        sys.exit(2)

    async def run() -> dict[str, Any]:
        return await work

    try:
        print(json.dumps({"mode": sys.argv[1], **asyncio.run(run())}))
    except (Z3950Error, OSError) as error:
        sys.exit(f"bench.client: {error}")


if __name__ == "__main__":
    main()
