"""Records read and matched, a second: ``python -m bench.records [--rounds 7]``.

Reads ``sample_marc/koha.mrc`` again and again, in one process, and compares each record with one citation. Beside it,
what Debian's yaz-marcdump takes to turn the same files into MARCXML: less work than reading them as we do.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Callable

from bench.table import OURS, Row, lines
from locate import Citation
from locate.demo import sample_folder
from locate.errors import RecordError
from locate.matching import Matcher
from locate.records import read_record, split_marc
from tests.peers.servers import ProgramMissingError, program_path

REPEATS = 40
MARCDUMP = "yaz-marcdump"


def measure(parsed: Row, matched: Row, repeats: int) -> None:
    """Add one round's figures: records a second of CPU time; of wall time for yaz-marcdump."""
    file = sample_folder() / "koha.mrc"
    records = list(split_marc(file.read_bytes())) * repeats
    matcher = Matcher()
    wanted = matcher.prepare(Citation(title="The enemy of nature", author="Kovel", year=2007))

    def parse() -> None:
        for raw in records:
            read_record(raw, "marc21")

    def parse_and_match() -> None:
        for raw in records:
            record = read_record(raw, "marc21")
            assert not isinstance(record, RecordError)
            matcher.judge(wanted, record)

    parsed.add(OURS, len(records) / _cpu_s(parse))
    matched.add(OURS, len(records) / _cpu_s(parse_and_match))
    command = [program_path(MARCDUMP, package="yaz"), "-i", "marc", "-o", "marcxml", *[str(file)] * repeats]
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    parsed.add(MARCDUMP, len(records) / (time.perf_counter() - started))


def _cpu_s(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def main() -> None:
    """Run the rounds and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    parsed, matched = Row("records parsed", "per s"), Row("records parsed and matched", "per s")
    try:
        for _ in range(rounds):
            measure(parsed, matched, REPEATS)
    except ProgramMissingError as error:
        sys.exit(f"bench.records: {error}")
    print("\n".join(lines((parsed, matched), (OURS, MARCDUMP))))


if __name__ == "__main__":
    main()
