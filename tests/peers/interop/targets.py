"""The four targets: how each is started, and what it is known to answer.

Zebra, SimpleServer and the embedded target hold the same records, those of the sample library Hilltop, so that their
answers are the same wherever they can be; yaz-ztest makes up its own. What a target answers otherwise than the others
stands in its ``Expected``, and nowhere else.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from xml.etree import ElementTree as ET

from locate.z3950.target.catalog import Catalog
from locate.z3950.target.server import ThreadedServer
from tests.peers.interop.reading import facts_of_opac_xml, marc_from_xml
from tests.peers.interop.steps import Answer, Hits, Present, Refused, Scan, Search, Sort, Sorted, Step, Terms
from tests.peers.servers import simpleserver, zebra, ztest

__all__ = ["START", "SYNTAXES", "Expected", "Facts", "Peer", "sample_records"]

SYNTAXES = ("marc21", "xml", "sutrs", "opac", "grs1")
_SAMPLE = Path(__file__).parents[3] / "sample_marc" / "hilltop.opac.xml"
_FOUR = "@or @attr 1=4 sense @attr 1=4 reverence"
_NUMBERS = tuple(f"in00000000{number}" for number in (110, 116, 120, 122))  # those that _FOUR finds
_BY_TITLE = (2, 3, 1, 0)  # Jane Austen, Révérence, Sense and sensibility, Thinking about crime: places in _NUMBERS

Facts = tuple[str, ...]
Form = Sequence[Facts] | Refused


_BEYOND = Refused(13, "99")


@dataclass(frozen=True, slots=True)
class Expected:
    """What a target answers.

    ``hits`` by query; ``found`` is the query whose records are presented and sorted. ``forms`` by record syntax: what
    each record shows, in the order found, or the diagnostic. ``by_title`` and ``by_title_descending`` are places
    (0-based) in that order. ``unsupported_use`` by service: the steps, and the answer to the last one.
    ``out_of_range`` answers position 99. ``elements`` are the element set names that differ from F, by syntax;
    ``bad_elements`` an element set that is not there, and the answer; ``unimarc`` the diagnostic for that syntax, None
    when MARC 21 comes instead.
    """

    hits: Mapping[str, int]
    found: str
    forms: Mapping[str, Form]
    scan: tuple[Scan, Terms]
    by_title: Sequence[int]
    by_title_descending: Sequence[int]
    unsupported_use: Mapping[str, tuple[Sequence[Step], Answer]]
    bad_elements: tuple[Present, Answer]
    unimarc: Refused | None
    out_of_range: Refused = _BEYOND
    elements: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Peer:
    """A running target and what it is known to answer."""

    host: str
    port: int
    expected: Expected


# ---- the records -----------------------------------------------------------------------------------------------------


def sample_records(folder: Path) -> tuple[Path, dict[str, Facts]]:
    """Write the sample records as ISO 2709 into ``folder``; return the file, and the facts of each by its number."""
    path = folder / "hilltop.mrc"
    facts = {}
    with path.open("wb") as out:
        for opac in ET.parse(_SAMPLE).getroot():
            found = facts_of_opac_xml(opac)
            facts[found[0]] = found
            out.write(marc_from_xml(opac).as_marc())
    return path, facts


def _of_catalog(facts: Mapping[str, Facts]) -> Expected:
    """Return what any target over the sample records is to answer; OPAC records are for those that have holdings."""
    brief = tuple(facts[number][:2] for number in _NUMBERS)
    listed = (("sebastien", 1), ("sense", 3), ("sensibility", 3), ("series", 1), ("shi", 1))
    return Expected(
        hits={
            "@attr 1=4 perl": 4,
            "@attr 1=4 reverence": 1,
            "@attr 1=4 r\u00e9v\u00e9rence": 1,
            "@attr 1=1003 austen": 1,
            "@attr 1=7 9780230517127": 1,
            "@attr 1=12 in00000000116": 1,
            "@and @attr 1=4 sense @attr 1=1003 bautz": 1,
            "@not @attr 1=4 sense @attr 1=1003 bautz": 2,
            "@attr 1=4 nosuchword": 0,
            _FOUR: 4,
        },
        found=_FOUR,
        forms={**dict.fromkeys(SYNTAXES, brief), "opac": tuple(facts[number] for number in _NUMBERS)},
        scan=(Scan("@attr 1=4 sense", 5, 2), Terms(listed)),
        by_title=_BY_TITLE,
        by_title_descending=_BY_TITLE[::-1],
        unsupported_use={
            "search": ([Search("@attr 1=9999 sense")], Refused(114, "9999")),
            "scan": ([Scan("@attr 1=9999 sense", 5, 2)], Refused(114, "9999")),
            "sort": ([Search(_FOUR), Sort(9999)], Refused(207)),
        },
        bad_elements=(Present(1, 1, "marc21", "nosuch"), Refused(25, "nosuch")),
        unimarc=Refused(239, "1.2.840.10003.5.1"),
    )


# ---- the targets -----------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def _zebrasrv(folder: Path) -> Iterator[Peer]:
    """Serve with Zebra: it shows a term as one of the records has it, and has no OPAC records."""
    path, facts = sample_records(folder)
    expected = _of_catalog(facts)
    scan, terms = expected.scan
    first, *others = terms.entries
    with zebra({"hilltop": path}, folder / "index") as servers:
        server = servers["hilltop"]
        yield Peer(
            server.host,
            server.port,
            replace(
                expected,
                forms={**expected.forms, "opac": Refused(238)},
                unimarc=Refused(238),
                scan=(scan, Terms((("Sebastien", first[1]), *others))),
            ),
        )


@contextlib.contextmanager
def _simpleserver(folder: Path) -> Iterator[Peer]:
    """Serve with SimpleServer: it makes no OPAC records."""
    path, facts = sample_records(folder)
    expected = _of_catalog(facts)
    forms: Mapping[str, Form] = {**expected.forms, "opac": Refused(239, "1.2.840.10003.5.102")}
    script = Path(__file__).with_name("catalog_target.pl")
    with simpleserver(script, folder, {"CATALOG": str(path)}) as server:
        yield Peer(server.host, server.port, replace(expected, forms=forms))


@contextlib.contextmanager
def _ours(folder: Path) -> Iterator[Peer]:
    """Serve with the embedded target, which names the attribute that it cannot sort by."""
    _, facts = sample_records(folder)
    expected = _of_catalog(facts)
    steps, _ = expected.unsupported_use["sort"]
    unsupported_use = {**expected.unsupported_use, "sort": (steps, Refused(207, "1=9999"))}
    with ThreadedServer({"Default": Catalog.from_files([_SAMPLE])}) as server:
        yield Peer(server.host, server.port, replace(expected, unsupported_use=unsupported_use))


@contextlib.contextmanager
def _yaz_ztest(folder: Path) -> Iterator[Peer]:
    """Serve with yaz-ztest: a number is the hits wanted, attributes are not looked at, and Sort does nothing."""
    title, number = "How to program a computer", "11224466"
    second = "11224467"
    folder.joinpath("dummy-grs").write_text("#1\n(2,1) First\n(1,14) g1\n}\n#2\n(2,1) Second\n(1,14) g2\n}\n", "ascii")
    call = "MLCM 89/00602 (N)"
    with ztest(folder) as server:
        yield Peer(
            server.host,
            server.port,
            Expected(
                hits={"@attr 1=4 7": 7, "0": 0, "99000000": 99_000_000},
                found="2",
                forms={
                    "marc21": ((number, title), (second, title)),
                    "xml": ((number, title), (second, title)),
                    "sutrs": (("This is dummy SUTRS record number 1",), ("This is dummy SUTRS record number 2",)),
                    "opac": ((number, title, call), (second, title, call)),
                    "grs1": (("g1", "First"), ("g2", "Second")),
                },
                scan=(
                    Scan("@attr 1=4 history", 5, 2),
                    Terms((("GLACIER", 7), ("HISTORY", 7), ("ISLAND", 6), ("SEA", 3), ("SHIP", 4))),
                ),
                by_title=(0, 1),
                by_title_descending=(0, 1),
                unsupported_use={
                    "search": ([Search("@attr 1=9999 5")], Hits(5)),
                    "scan": ([Scan("@attr 1=9999 star", 1, 1)], Terms((("STAR", 4),))),
                    "sort": ([Search("5"), Sort(9999)], Sorted()),
                },
                bad_elements=(Present(1, 1, "xml", "F"), Refused(14)),
                unimarc=None,
                elements={"xml": "marcxml"},
            ),
        )


START: Mapping[str, Callable[[Path], contextlib.AbstractContextManager[Peer]]] = {
    "zebrasrv": _zebrasrv,
    "ztest": _yaz_ztest,
    "simpleserver": _simpleserver,
    "ours": _ours,
}
