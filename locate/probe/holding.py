"""Whether holdings come, and in which dialect they are written.

The dialect is the best guess from the records (`locate.availability.guess`), unless the server's name, or the titles
that come without holdings, name a system whose dialect reads as many items. Decides how sure that is. Pure; raises
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from locate.availability.guess import Guess, Source, guess_dialect
from locate.probe.actions import Steps
from locate.probe.findings import Area, Verdict
from locate.probe.knowledge import Knowledge
from locate.records import Carrier
from locate.text import counted

__all__ = ["holdings", "system_hint"]

GENERIC = "generic"
_FEW_OTHERS = 4
_SURE = 0.5
"""From here on the records themselves tell the system: it is likelier than all others together."""
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


def system_hint(*names: str) -> str:
    """Return the dialect of the library system that the server's or the database's name gives away, "" for none."""
    said = " ".join(names).casefold()
    return next((dialect for dialect, sign in _SIGNS if re.search(sign, said)), "")


def holdings(known: Knowledge) -> Steps:
    """Tell what holdings came, and by which dialect they are to be read."""
    opac: list[Source] = list(known.opac)
    marc: list[Source] = [(record, None) for record in known.records]
    by_opac, by_marc = guess_dialect(opac), guess_dialect(marc)
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
        _choose(known, by_marc)
    yield from ()


def _tell_opac(known: Knowledge, best: Guess) -> None:
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


def _choose(known: Knowledge, guesses: Sequence[Guess]) -> None:
    """Choose the dialect: the named system's when it reads as many items as the best; else the best guess when that is
    sure, or "generic" when it reads as much.
    """
    server = known.server
    hint = system_hint(server.name, server.version, known.target.database) if server else ""
    hint = hint or _electronic_hint(known)
    best = guesses[0]
    if not best.items:
        known.dialect = hint or best.dialect
        known.dialect_note = _without_items(hint, best)
        told = "" if not hint and best.points else "Set system to the partner's library system when you know it."
        known.tell(Area.HOLDINGS, "dialect", Verdict.NOT_TRIED, f"{known.dialect}, {known.dialect_note}", told)
        return
    equals = {each.dialect: each for each in guesses if (each.known, each.items) == (best.known, best.items)}
    chosen = equals.get(hint) or (best if best.sure >= _SURE else equals.get(GENERIC, best))
    known.dialect = chosen.dialect
    known.dialect_note, told = _explained(chosen, hint, [name for name in equals if name != chosen.dialect])
    verdict = Verdict.WORKS if chosen.known else Verdict.LIMITED
    if not chosen.known:
        told = f"No status could be read, so availability stays unknown. {told}".strip()
    known.tell(Area.HOLDINGS, "dialect", verdict, f"{chosen.dialect}: {known.dialect_note}", told)


def _without_items(hint: str, best: Guess) -> str:
    if hint:
        return "by the server's name"
    return best.why if best.points else "nothing tells the library system"


def _explained(chosen: Guess, hint: str, others: Sequence[str]) -> tuple[str, str]:
    """Return why a dialect was chosen, and what its reader is to do about it, "" when nothing."""
    explained = f"explains {chosen.known} of {counted(chosen.items, 'item')}"
    if chosen.dialect == hint:
        return f"{explained}; the server's name or its holdings say so", ""
    if chosen.sure >= _SURE:
        return f"{explained}; {chosen.why.partition(';')[0]}", ""
    told = "Set system to the partner's library system when you know it: "
    if len(others) > _FEW_OTHERS:
        return f"{explained}, as most dialects do", f"{told}what came fits nearly all."
    if others:
        return f"{explained}, as others do", f"{told}{', '.join(sorted(others))} would explain as many."
    return f"{explained}, more than any other dialect", ""


def _electronic_hint(known: Knowledge) -> str:
    """Return "alma" when electronic titles, and only they, come as OPAC records without holdings."""
    pairs = [(record, opac) for record, opac in known.opac if record is not None]
    empty = [record for record, opac in pairs if not opac.holdings]
    online = [record for record, _ in pairs if record.carriers == {Carrier.ELECTRONIC}]
    return "alma" if empty and empty == online else ""
