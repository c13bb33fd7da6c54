"""Which dialect a target's holdings are in, and how sure that is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from locate.demo import sample_folder
from locate.probe import Verdict
from locate.probe.actions import Action, Connect, Present, Reply
from locate.probe.holding import rank, system_hint
from locate.records import BibRecord, load_file
from locate.z3950.oids import OPAC, XML
from locate.z3950.opac import CircRecord, HoldingsAndCirc, OpacRecord
from locate.z3950.retrieval import Record
from tests.probe.playing import BOOKS, SERVER, PlayedTarget, finding, probed


def test_koha_items_are_told() -> None:
    """Koha's item fields are explained by its dialect and by no other."""
    loaded = list(load_file(sample_folder() / "koha.mrc"))
    best, second = rank([(each.record, None) for each in loaded if isinstance(each.record, BibRecord)])[:2]
    assert (best.dialect, best.known > second.known) == ("koha", True)


def test_equals_are_generic() -> None:
    """What every dialect reads alike is "generic"."""
    holding = HoldingsAndCirc(local_location="Main", circulation=(CircRecord(available_now=True),))
    assert rank([(None, OpacRecord(XML, None, (holding,)))])[0].dialect == "generic"


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


def test_opac_records_without_holdings() -> None:
    """OPAC records that never have holdings are told of: the partner has to switch them on."""
    found = finding(probed(with_opac(())), "holdings")
    assert (found.verdict, "never with holdings" in found.advice) == (Verdict.NOTHING, True)


def test_no_holdings() -> None:
    """Without holdings availability stays unknown, and the advice says so."""
    found = finding(probed(PlayedTarget()), "holdings")
    assert (found.verdict, "availability as unknown" in found.advice) == (Verdict.NOTHING, True)
