"""What reading a record costs: ``python -m bench.records [--shared DIR] [--rounds 7]``.

Microseconds a record, the median of the records. Every record is read by us and by pymarc in turn, in one process, so
that both see the same machine. Ours is measured twice: reading alone, which finds the fields and decodes nothing, and
reading followed by every attribute that matching asks for, the character set, ISBNs and carriers included. pymarc's
figure is its record with all of its text, and nothing taken apart; the ratios compare with that.

``--shared`` (or LOCATE_SHARED) names a folder of real records: every hundredth record of ``data/records`` and
``data/partners``, and all of ``data/charset``; without one the project's own sample records are read.

Then records a second with ``sample_marc/koha.mrc`` again and again: read, and read and compared with one citation.
Beside it, what Debian's yaz-marcdump takes to turn the same file into MARCXML; "-" where it is not installed.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import logging
import os
import statistics
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path

import pymarc

from bench.table import OURS, Bar, Row, at_most, lines
from locate import Citation
from locate.demo import sample_folder
from locate.errors import RecordError
from locate.matching import Matcher
from locate.records import BibRecord, read_record, split_marc
from tests.peers.servers import ProgramMissingError, program_path

PYMARC = "pymarc"
MARCDUMP = "yaz-marcdump"
REPEATS = 40
EVERY = 100
FOR_MATCHING = (
    "titles",
    "variant_titles",
    "names",
    "isbns",
    "issns",
    "lccns",
    "control_numbers",
    "years",
    "edition",
    "publishers",
    "extent",
    "languages",
    "document_type",
    "carriers",
    "linked",
    "contents",
    "volumes",
)
READ_BARS_US: dict[str, float] = {"utf-8": 25}
ASK_BARS_US: dict[str, float] = {"utf-8": 140, "marc-8": 350}


def real_records(shared: Path) -> Iterator[bytes]:
    """Yield the records of the folder of shared data that are measured."""
    for folder, step in (("records", EVERY), ("partners", EVERY), ("charset", 1)):
        files = sorted((shared / "data" / folder).glob("*.mrc"))
        yield from islice((raw for file in files for raw in split_marc(file.read_bytes())), 0, None, step)


def sample_records() -> Iterator[bytes]:
    """Yield the project's own sample records."""
    for file in sorted(sample_folder().glob("*.mrc")):
        yield from split_marc(file.read_bytes())


def by_charset(records: Iterable[bytes]) -> dict[str, list[bytes]]:
    """Group the records by the character set that their bytes are in; others than UTF-8 and MARC-8 are left out."""
    grouped: dict[str, list[bytes]] = {charset: [] for charset in ASK_BARS_US}
    for raw in records:
        if (used := _read(raw).charset.used) in grouped:
            grouped[used].append(raw)
    return {charset: found for charset, found in grouped.items() if found}


def measure_reading(records: Sequence[bytes], read: Row, asked: Row) -> None:
    """Add one round's figures: microseconds a record, the median of the records."""
    ours, with_attributes, theirs = [], [], []
    for raw in records:
        ours.append(_seconds(partial(_read, raw)))
        with_attributes.append(_seconds(partial(_read_and_ask, raw)))
        theirs.append(_seconds(partial(_read_with_pymarc, raw)))
    for row, figures in ((read, ours), (asked, with_attributes)):
        row.add(OURS, statistics.median(figures) * 1e6)
        row.add(PYMARC, statistics.median(theirs) * 1e6)


def _read(raw: bytes) -> BibRecord:
    record = read_record(raw, "marc21")
    assert not isinstance(record, RecordError)
    return record


def _read_and_ask(raw: bytes) -> list[object]:
    record = _read(raw)
    return [getattr(record, name) for name in FOR_MATCHING]


def _read_with_pymarc(raw: bytes) -> None:
    with contextlib.suppress(pymarc.exceptions.PymarcException, ValueError):
        pymarc.Record(data=raw, hide_utf8_warnings=True)


def measure_matching(parsed: Row, matched: Row, repeats: int) -> None:
    """Add one round's figures: records a second of CPU time; of wall time for yaz-marcdump."""
    file = sample_folder() / "koha.mrc"
    records = list(split_marc(file.read_bytes())) * repeats
    matcher = Matcher()
    wanted = matcher.prepare(Citation(title="The enemy of nature", author="Kovel", year=2007))
    parsed.add(OURS, len(records) / _cpu_s(lambda: [_read_and_ask(raw) for raw in records]))
    matched.add(OURS, len(records) / _cpu_s(lambda: [matcher.judge(wanted, _read(raw)) for raw in records]))
    with contextlib.suppress(ProgramMissingError):
        command = [program_path(MARCDUMP, package="yaz"), "-i", "marc", "-o", "marcxml", *[str(file)] * repeats]
        taken = _seconds(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL))
        parsed.add(MARCDUMP, len(records) / taken)


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _cpu_s(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def _bars(limits: dict[str, float], charset: str) -> list[Bar]:
    return [at_most(limits[charset])] if charset in limits else []


def main() -> None:
    """Run the rounds and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=os.environ.get("LOCATE_SHARED"))
    parser.add_argument("--rounds", type=int, default=7)
    given = parser.parse_args()
    logging.getLogger(PYMARC).setLevel(logging.CRITICAL)
    rows: list[Row] = []
    for charset, records in by_charset(real_records(given.shared) if given.shared else sample_records()).items():
        read = Row(f"{charset}, {len(records)} records: read", "us", _bars(READ_BARS_US, charset))
        asked = Row(f"{charset}, {len(records)} records: read and asked", "us", _bars(ASK_BARS_US, charset))
        with contextlib.redirect_stderr(io.StringIO()):  # where pymarc says what it thinks of MARC-8
            for _ in range(given.rounds):
                measure_reading(records, read, asked)
        rows += [read, asked]
    print("\n".join(lines(rows, (OURS, PYMARC))), end="\n\n")
    parsed, matched = Row("records read and asked", "per s"), Row("records read and matched", "per s")
    for _ in range(given.rounds):
        measure_matching(parsed, matched, REPEATS)
    print("\n".join(lines((parsed, matched), (OURS, MARCDUMP))))


if __name__ == "__main__":
    main()
