"""Whether holdings come, and in which dialect they are written.

Every dialect reads the records met; the one that explains the most items is taken, the server's name deciding between
equals. Decides how sure that is. Pure; raises nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from locate.availability import Status, dialect_names, read_holdings
from locate.availability.holdings import Item
from locate.probe.actions import Steps
from locate.probe.findings import Area, Verdict
from locate.probe.knowledge import Knowledge
from locate.records import BibRecord, Carrier
from locate.text import counted
from locate.z3950.opac import OpacRecord

__all__ = ["Reading", "holdings", "rank", "system_hint"]

GENERIC = "generic"
_FEW_OTHERS = 4
_TEXTS = ("library", "library_code", "location", "call_number", "barcode", "policy", "due_date")
# How library systems name themselves in Init or in the names of their databases.
_SIGNS = (
    ("alma", "alma"),
    ("voyager", "voyager|endeavor"),
    ("aleph", "aleph"),
    ("sierra", "innopac|innovative|sierra"),
    ("millennium", "millennium"),
    ("koha", "koha|biblios"),
    ("evergreen", "evergreen|openils|openset"),
    ("symphony", "unicorn|symphony|sirsi"),
    ("polaris", "polaris"),
    ("horizon", "horizon|dynix"),
    ("tlc", r"\btlc\b|library\.solution"),
    ("wms", "worldshare|oclc"),
    ("folio", "folio"),
    ("reservoir", "reservoir|crosslink"),
    ("gvi", r"\bgvi\b|gbv"),
)

Source = tuple[BibRecord | None, OpacRecord | None]


@dataclass(frozen=True, slots=True)
class Reading:
    """How a dialect reads the records: ``items`` found, ``known`` of them with a status, ``texts`` filled in."""

    dialect: str
    items: int
    known: int
    texts: int


def rank(sources: Iterable[Source]) -> list[Reading]:
    """Return how each dialect reads ``sources``, the one that explains most first; of equals "generic" first."""
    kept = list(sources)
    found = [_reading(name, kept) for name in dialect_names()]
    return sorted(
        found, key=lambda each: (-each.known, -each.items, -each.texts, each.dialect != GENERIC, each.dialect)
    )


def _reading(dialect: str, sources: Sequence[Source]) -> Reading:
    items = [item for record, opac in sources for item in _copies(read_holdings(record, opac, dialect).items)]
    known = sum(item.status is not Status.UNKNOWN for item in items)
    texts = sum(bool(getattr(item, name)) for item in items for name in _TEXTS)
    return Reading(dialect, len(items), known, texts)


def _copies(items: Iterable[Item]) -> list[Item]:
    """Leave out the item that stands for an OPAC record without holdings: it names nothing."""
    return [item for item in items if item.status is not Status.UNKNOWN or any(getattr(item, name) for name in _TEXTS)]


def system_hint(*names: str) -> str:
    """Return the dialect of the library system that the server's or the database's name gives away, "" for none."""
    said = " ".join(names).casefold()
    return next((dialect for dialect, sign in _SIGNS if re.search(sign, said)), "")


def holdings(known: Knowledge) -> Steps:
    """Tell what holdings came, and by which dialect they are to be read."""
    opac: list[Source] = list(known.opac)
    marc: list[Source] = [(record, None) for record in known.records]
    by_opac, by_marc = rank(opac), rank(marc)
    if opac and (by_opac[0].items or not by_marc[0].items):
        known.holdings_from = "opac" if by_opac[0].items else ""
        _tell_opac(known, by_opac[0])
        _choose(known, by_opac)
    elif by_marc[0].items:
        known.holdings_from = "marc21"
        came = f"{counted(by_marc[0].items, 'item')} in MARC fields of {counted(len(marc), 'record')}"
        known.tell(Area.HOLDINGS, "holdings", Verdict.WORKS, came)
        _choose(known, by_marc)
    else:
        known.tell(
            Area.HOLDINGS,
            "holdings",
            Verdict.NOTHING,
            f"none in {counted(len(marc), 'record')}",
            "No holdings come: the locate finds that the title is held, and reports its availability as unknown.",
        )
        _choose(known, [])
    yield from ()


def _tell_opac(known: Knowledge, best: Reading) -> None:
    empty = [record for record, opac in known.opac if not opac.holdings]
    online = [record for record in empty if record is not None and record.carriers == {Carrier.ELECTRONIC}]
    came = f"{counted(best.items, 'item')} in {counted(len(known.opac), 'OPAC record')}"
    if not empty:
        known.tell(Area.HOLDINGS, "holdings", Verdict.WORKS, came)
        return
    came += f"; {len(empty)} without holdings"
    if len(online) == len(empty):
        told = "Only electronic titles have none, as Alma does it: the dialect reads that as held online."
    elif best.items:
        told = "A title without holdings is reported as held, its availability as unknown."
    else:
        told = "OPAC records come, but never with holdings; ask the partner to switch holdings on for Z39.50."
    verdict = Verdict.WORKS if len(online) == len(empty) and best.items else Verdict.LIMITED
    known.tell(Area.HOLDINGS, "holdings", verdict if best.items else Verdict.NOTHING, came, told)


def _choose(known: Knowledge, ranked: Sequence[Reading]) -> None:
    """Choose the dialect: the named system's when it reads as many items as the best, else the best."""
    server = known.server
    hint = system_hint(server.name, server.version, known.target.database) if server else ""
    hint = hint or _electronic_hint(known)
    if not ranked or not ranked[0].items:
        known.dialect = hint or GENERIC
        known.dialect_note = "by the server's name" if hint else "nothing tells the library system"
        told = "Set system to the partner's library system when you know it."
        known.tell(Area.HOLDINGS, "dialect", Verdict.NOT_TRIED, f"{known.dialect}, {known.dialect_note}", told)
        return
    best = ranked[0]
    equals = {each.dialect: each for each in ranked if (each.known, each.items) == (best.known, best.items)}
    chosen = equals.get(hint) or equals.get(GENERIC) or best
    others = sorted(name for name in equals if name != chosen.dialect)
    explained = f"explains {chosen.known} of {counted(chosen.items, 'item')}"
    told = "Set system to the partner's library system when you know it: "
    if chosen.dialect == hint:
        known.dialect_note, told = f"{explained}; the server's name or its holdings say so", ""
    elif not others:
        known.dialect_note, told = f"{explained}, more than any other dialect", ""
    elif len(others) > _FEW_OTHERS:
        known.dialect_note = f"{explained}, as most dialects do"
        told += "what came fits nearly all."
    else:
        known.dialect_note = f"{explained}, as others do"
        told += f"{', '.join(others)} would explain as many."
    known.dialect = chosen.dialect
    verdict = Verdict.WORKS if chosen.known else Verdict.LIMITED
    if not chosen.known:
        told = f"No status could be read, so availability stays unknown. {told}".strip()
    known.tell(Area.HOLDINGS, "dialect", verdict, f"{chosen.dialect}: {known.dialect_note}", told)


def _electronic_hint(known: Knowledge) -> str:
    """Return "alma" when electronic titles, and only they, come as OPAC records without holdings."""
    pairs = [(record, opac) for record, opac in known.opac if record is not None]
    empty = [record for record, opac in pairs if not opac.holdings]
    online = [record for record, _ in pairs if record.carriers == {Carrier.ELECTRONIC}]
    return "alma" if empty and empty == online else ""
