"""Which dialect a target's holdings are in, and how sure that is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from locate.probe import Verdict
from locate.probe.actions import Action, Connect, Present, Reply
from locate.probe.holding import system_hint
from locate.z3950.oids import OPAC, XML
from locate.z3950.opac import CircRecord, HoldingsAndCirc, OpacRecord
from locate.z3950.retrieval import Record
from tests.played import marcxml
from tests.probe.playing import BOOKS, SERVER, PlayedTarget, finding, probed


@pytest.mark.parametrize(
    ("names", "dialect"),
    [
        (("Ex Libris Alma", ""), "alma"),
        (("Voyager LMS - Z39.50 Server", ""), "voyager"),
        (("", "INNOPAC"), "sierra"),
        (("SirsiDynix", "Unicorn"), "symphony"),
        (("Zebra", "biblios"), "koha"),
        (("GFS/YAZ", "Default"), ""),
    ],
)
def test_names_of_systems(names: tuple[str, ...], dialect: str) -> None:
    """The server's or the database's name gives the system away, or does not."""
    assert system_hint(*names) == dialect


def with_opac(holdings: tuple[HoldingsAndCirc, ...], *, name: str = "Made-up server") -> PlayedTarget:
    """Return a target whose OPAC records have these holdings."""

    def habit(action: Action) -> Reply | None:
        if isinstance(action, Connect):
            return Reply(replace(SERVER, name=name))
        if isinstance(action, Present) and action.syntax == "opac":
            found = [
                Record(at, OPAC, OpacRecord(XML, book, holdings)) for at, book in enumerate(BOOKS[: action.count], 1)
            ]
            return Reply(found, sizes=(len(found),))
        return None

    return PlayedTarget(habit=habit)


IN = HoldingsAndCirc(local_location="Main", circulation=(CircRecord(available_now=True, item_id="1"),))


def test_a_named_system_is_taken() -> None:
    """Where several dialects explain as much, the server's name decides."""
    report = probed(with_opac((IN,), name="Voyager LMS"))
    found = finding(report, "dialect")
    assert (found.verdict, found.result.partition(":")[0]) == (Verdict.WORKS, "voyager")
    assert 'system = "voyager"' in report.profile
    assert report.partner is not None
    assert report.partner.profile is not None
    assert report.partner.profile.record_syntaxes[0] == "opac"


def test_what_the_records_tell_is_taken() -> None:
    """A server that does not name its system is known by what only that system writes, which the report quotes."""
    note = HoldingsAndCirc(local_location="Main", public_note="DUE 01-11-24")
    found = finding(probed(with_opac((note,))), "dialect")
    assert (found.verdict, found.advice) == (Verdict.WORKS, "")
    assert found.result == "sierra: explains 3 of 3 items; publicNote reads 'DUE 01-11-24'"


def test_what_tells_little_is_generic() -> None:
    """Copies that nearly every dialect reads alike are "generic", and the advice asks for the system."""
    found = finding(probed(with_opac((IN,))), "dialect")
    assert (found.verdict, found.result) == (Verdict.WORKS, "generic: explains 3 of 3 items, as most dialects do")
    assert "Set system to the partner's library system when you know it" in found.advice


def test_a_number_of_the_system_tells_without_holdings() -> None:
    """Records without holdings whose control number has the system's form suggest its dialect."""
    books = tuple(marcxml(f"99{at}104760474702204", "A history of rivers", "Morgan, Anna") for at in (1, 2))
    found = finding(probed(PlayedTarget(books)), "dialect")
    assert (found.verdict, found.result) == (
        Verdict.NOT_TRIED,
        "alma, 001 reads '991104760474702204'; it finds no item",
    )


def test_opac_records_without_holdings() -> None:
    """OPAC records that never have holdings are told of: the partner has to switch them on."""
    found = finding(probed(with_opac(())), "holdings")
    assert (found.verdict, "never with holdings" in found.advice) == (Verdict.NOTHING, True)


def test_no_holdings() -> None:
    """Without holdings availability stays unknown, and the advice says so."""
    found = finding(probed(PlayedTarget()), "holdings")
    assert (found.verdict, "availability as unknown" in found.advice) == (Verdict.NOTHING, True)
