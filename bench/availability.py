"""How fast copies are read and judged: ``python -m bench.availability [--rounds 7]``.

Items a second of CPU time, one core: made-up records of a thousand copies, already decoded, go from their fields or
OPAC elements to items (`read_holdings`), to what form the title is held in (`tell_form`), and to what may be had by
fulfilment rules, lists and preferences (`assess`). Then with one copy a record, where what is done once a record
counts, and with a volume that is wanted, so that the enumeration of every copy is read. The last line is reading alone,
beside a reader with the layout in its code, as scripts have one: Koha's 952 to status and places, with no rule, no
explanation and no judgement. Rounds are interleaved; each figure is the median of them.
"""

from __future__ import annotations

import argparse
import gc
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final

from bench.table import OURS, Row, at_least, lines
from locate.availability import SupplyRules, assess, load_dialect, read_holdings, tell_form
from locate.availability.parts import PartWanted
from locate.citation import Intent
from locate.records.bib import BibRecord
from locate.supply import Fulfilment, FulfilmentRule, ItemPreferences, PlacePreference, TermsOfUse
from locate.z3950.opac import CircRecord, HoldingsAndCirc, OpacRecord
from tests.availability.build import bib

BAR: Final = 50_000
MANY: Final = 1_000
CODED: Final = "layout in code"
Sources = Sequence[tuple[BibRecord | None, OpacRecord | None]]

RULES: Final = SupplyRules(
    ItemPreferences(deny_locations=("Reserve",), places=(PlacePreference("MAIN", "", 1),)),
    Fulfilment(
        (
            FulfilmentRule(TermsOfUse("In house", is_requestable_for_physical_resource_sharing=False), ("ANNEX",)),
            FulfilmentRule(TermsOfUse("Loan", is_requestable_for_physical_resource_sharing=True)),
        )
    ),
)


def _koha(number: int) -> str:
    due = f" $q 2026-12-{number % 28 + 1:02}" if number % 3 == 0 else ""
    place = f"$a {('MAIN', 'LAW', 'ANNEX')[number % 3]} $b MAIN $c S{number % 7}"
    return f"952 $0 0 $1 0 $4 0 $7 0 {place} $8 ADULT $o 813 K{number} $p 3{number:09} $y BOOK $h v.{number % 90}{due}"


def _evergreen(number: int) -> str:
    status = ("Available", "Checked out", "Reshelving")[number % 3]
    return f"852 4# $a Stacks $b BR{number % 9} $c 813.{number} $d BR{number % 9} $g 3{number:09} $n {status}"


def _ava(number: int) -> str:
    status = ("available", "unavailable", "check_holdings")[number % 3]
    counts = f"$f 1 $g {int(status == 'unavailable')}"
    return f"AVA $8 22{number} $b MAIN $c Stacks $d PS{number} $e {status} {counts} $j stacks $q Main Library"


def _opac(numbers: range) -> OpacRecord:
    circulation = tuple(
        CircRecord(
            available_now=number % 3 > 0,
            availability_date="2026-12-03" if number % 3 == 0 else None,
            available_thru="Book",
            item_id=f"3{number:09}",
            enum_and_chron=f"v.{number % 90}",
            temporary_location="Olin",
        )
        for number in numbers
    )
    holding = HoldingsAndCirc(
        nuc_code="Some University",
        local_location="Main Library",
        shelving_location="Olin",
        call_number="PS1 .A1",
        circulation=circulation,
    )
    return OpacRecord("1.2.840.10003.5.10", None, (holding,))


def _marc(write: Callable[[int], str], size: int) -> Sources:
    starts = range(0, MANY, size)
    return [(bib(*(write(number) for number in range(start, start + size))), None) for start in starts]


def _opacs(size: int) -> Sources:
    return [(None, _opac(range(start, start + size))) for start in range(0, MANY, size)]


SYSTEMS: Final[dict[str, Callable[[int], Sources]]] = {
    "koha": lambda size: _marc(_koha, size),
    "evergreen": lambda size: _marc(_evergreen, size),
    "alma": lambda size: _marc(_ava, size),
    "folio": _opacs,
}


def judge(sources: Sources, system: str, part: PartWanted | None = None) -> None:
    """Read and judge all records."""
    dialect = load_dialect(system)
    for record, opac in sources:
        holdings = read_holdings(record, opac, dialect)
        assess(holdings, tell_form(record, holdings), rules=RULES, wants_physical=True, part=part)


def read_in_code(sources: Sources) -> list[dict[str, Any]]:
    """Read Koha's 952 as a script would."""
    items = []
    for record, _ in sources:
        for field in record.get("952") if record else ():
            given = dict(field.subfields)
            out = any(given.get(code, "0") != "0" for code in "01457") or "q" in given
            items.append({"available": not out, "library": given.get("a"), "location": given.get("c")})
    return items


def _per_second(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return MANY / (time.process_time() - began)


def measured(rounds: int) -> list[Row]:
    """Return a row for each figure, its rounds interleaved."""
    part = PartWanted(volume="7", intent=Intent.VOLUME)
    works: dict[str, Callable[[], object]] = {}
    for system, build in SYSTEMS.items():
        many, single = build(MANY), build(1)
        works[f"{system}, {MANY} copies a record"] = partial(judge, many, system)
        works[f"{system}, one copy a record"] = partial(judge, single, system)
    volumes = SYSTEMS["koha"](MANY)
    works["koha, a volume wanted"] = partial(judge, volumes, "koha", part)
    gc.collect()
    gc.freeze()  # the benchmark's own records are not what the collector is to go through
    rows = {name: Row(name, "items/s", (at_least(BAR),)) for name in works}
    by_code = Row("koha, only read", "items/s")
    for _ in range(rounds):
        for name, work in works.items():
            rows[name].add(OURS, _per_second(work))
        by_code.add(CODED, _per_second(lambda: read_in_code(volumes)))
        by_code.add(OURS, _per_second(lambda: [read_holdings(record, None, "koha") for record, _ in volumes]))
    return [*rows.values(), by_code]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    print("\n".join(lines(measured(parser.parse_args().rounds), (OURS, CODED))))


if __name__ == "__main__":
    main()
