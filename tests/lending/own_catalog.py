"""A library's own catalog for tests: records with Alma's OPAC holdings, one title a case, and its configuration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from locate import Availability, Config, LendingRequest, RequestedFormat
from locate.config import parse_config
from locate.z3950.target.catalog import Catalog
from tests.availability.partners.works import Case, Held, Work, citation, hold, in_now, load, out_now

__all__ = [
    "ABSENT",
    "CONSORTIUM",
    "EBOOK",
    "HEAD",
    "IN",
    "LAW",
    "NONE",
    "ODD",
    "ONLINE",
    "OPEN",
    "OUT",
    "OUT_AND_RESERVE",
    "PARTNERS",
    "RESERVED",
    "SERIAL",
    "TWO",
    "catalog",
    "config",
    "config_text",
    "request",
]

ANY, PRINT = RequestedFormat.ANY, RequestedFormat.PRINT
_MAIN = {"local_location": "Main", "shelving_location": "Stacks", "call_number": "SB357"}
BOOK, RESERVE = {"available_thru": "Book"}, {"available_thru": "Reserve"}
_COVERS = "AVE ## $8 54 $e Available $m Example Press $s Available from 1990 volume: 1 until 1999 volume: 5."
IN, OUT_AND_RESERVE, OUT, RESERVED, ODD, EBOOK, ONLINE, SERIAL, OPEN, LAW, TWO = range(1, 12)
ABSENT = 99
HELD: Mapping[int, tuple[Work, tuple[Held, ...]]] = {
    IN: (Work.BOOK, (hold(in_now("1", **BOOK), **_MAIN),)),
    OUT_AND_RESERVE: (
        Work.BOOK,
        (hold(out_now("2", availability_date="12/03/2026", **BOOK), in_now("3", **RESERVE), **_MAIN),),
    ),
    OUT: (Work.BOOK, (hold(out_now("4", availability_date="12/03/2026", **BOOK), **_MAIN),)),
    RESERVED: (Work.BOOK, (hold(in_now("5", **RESERVE), **_MAIN),)),
    ODD: (Work.BOOK, (hold(in_now("6", restrictions="In the loft", **BOOK), **_MAIN),)),
    EBOOK: (Work.EBOOK, ()),
    ONLINE: (Work.BOOK, ("AVE ## $8 53 $e Available $m Example Press",)),
    SERIAL: (
        Work.SERIAL,
        (
            hold(
                out_now("8", enum_and_chron="v.6 (2002)", **BOOK),
                in_now("9", enum_and_chron="v.7 (2003)", **BOOK),
                **_MAIN,
            ),
            _COVERS,
        ),
    ),
    OPEN: (Work.BOOK, (hold(in_now("10"), **_MAIN),)),
    LAW: (Work.BOOK, (hold(in_now("11", **BOOK), local_location="Law"),)),
    TWO: (
        Work.BOOK,
        (hold(in_now("12", temporary_location="Display", **BOOK), in_now("13", **BOOK), **_MAIN),),
    ),
}


def catalog() -> Catalog:
    """Return the own catalog."""
    cases = ((number, Case("", held, Availability.UNKNOWN, work=work)) for number, (work, held) in HELD.items())
    return Catalog([load(case, number, opac=True) for number, case in cases], opac=True)


HEAD = '[institution]\ncode = "HOME"\nname = "Home Library"\n'
PARTNERS = '[[partners]]\ncode = "NORTH"\ntarget = "north.invalid"\n'
_TERMS = "is_requestable_for_physical_resource_sharing"


def config_text(port: int, lending: str = "", partners: str = PARTNERS) -> str:
    """Return a configuration with the own catalog at ``port``, these lines under [lending], and the partners."""
    return f"""{HEAD}
[institution.catalog]
target = "127.0.0.1:{port}/own"
system = "alma"
limits = {{ operation_s = 2, partner_s = 4 }}
profile = {{ steps = [{{ kind = "isbn" }}, {{ kind = "issn" }}], record_syntaxes = ["opac"] }}

[institution.catalog.fulfilment]
terms = {{ Loan = {{ {_TERMS} = true }}, "In house" = {{ {_TERMS} = false }} }}
rules = [{{ terms = "Loan", item_policy = ["Book"] }}, {{ terms = "In house", item_policy = ["Reserve"] }}]

[lending]
{lending}

{partners}
"""


def config(port: int, lending: str = "") -> Config:
    """Return the configuration that `config_text` is."""
    return parse_config(config_text(port, lending), "test.toml", {})


def request(number: int, wanted: RequestedFormat = PRINT, /, **changed: Any) -> LendingRequest:
    """Return a request for the record with ``number``; keywords change its citation."""
    work = HELD[number][0] if number in HELD else Work.BOOK
    return LendingRequest(replace(citation(work, number, wanted), **changed), "L-7", "NORTH")


NONE = "reject_when_no_available = true\nreject_when_no_requestable = true\n"
CONSORTIUM = f"""{NONE}
    reject_when_only_electronic = true
    ignore_electronic = true
    automatic_locate = true
    reject_when_locate_fails = false
    """
