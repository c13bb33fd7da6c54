"""The probe at embedded targets that have the habits of real systems, and at one that misbehaves."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence

import pytest

from locate import Availability, Citation, Finding, Locator, RequestedFormat
from locate.config import parse_config
from locate.demo import sample_folder
from locate.partner import Target
from locate.probe import Options, Probe, ProbeReport, Verdict
from locate.probe.driver import run_probe
from locate.z3950.apdu import InitializeRequest, SearchRequest
from locate.z3950.target.catalog import Catalog
from locate.z3950.target.emulation import Emulation, emulation
from locate.z3950.target.server import ServerOptions, serve
from tests.adversity.hostile import ACCEPT, Peer, found, hostile, stall
from tests.probe.playing import finding

HEAD = '[institution]\ncode = "HOME"\nname = "Home Library"\n\n'
ENEMY = Citation(title="The enemy of nature", author="Kovel", isbn=("9781842778715",), year=2007)
WARS = Citation(title="The musket wars", author="Crosby", year=2001)


async def probe_and_locate(
    habits: Emulation, files: Sequence[str], citation: Citation, *, quick: bool = False
) -> tuple[ProbeReport, Finding, Availability]:
    """Probe a target that serves sample records, and locate with the profile that the probe writes."""
    catalog = Catalog.from_files([sample_folder() / name for name in files], opac=True)
    async with serve({"Default": catalog}, options=ServerOptions(emulation=habits)) as server:
        options = Options.quick_one() if quick else Options()
        report = await run_probe(Probe(Target(server.host, server.port), options), timeout_s=5)
        config = parse_config(HEAD + report.profile, "partners.toml", {})
        async with Locator(config) as locator:
            outcome = (await locator.locate(citation)).partners[0]
    assert report.searches < 15 if quick else report.searches <= 60
    return report, outcome.finding, outcome.availability


@pytest.mark.parametrize("quick", [False, True])
async def test_alma(quick: bool) -> None:  # noqa: FBT001 - a parameter of pytest
    """No LCCN, and electronic titles without holdings: told as Alma's way, and located by the other steps."""
    citation = Citation(title="Brothers and keepers", author="Wideman", year=1984)
    report, result, availability = await probe_and_locate(emulation("alma"), ["alma.opac.xml"], citation, quick=quick)
    found = finding(report, "LC card number (9)")
    assert (found.verdict, found.result) == (Verdict.REFUSED, "unsupported use attribute (bib-1 114: 9)")
    assert found.advice.startswith("This server cannot search by LCCN; the locate will use control number, ISBN")
    assert "Only electronic titles have none, as Alma does it" in finding(report, "holdings").advice
    assert 'system = "alma"' in report.profile
    assert "# no step by lccn" in report.profile
    assert (result, availability) == (Finding.FOUND, Availability.AVAILABLE)


async def test_an_electronic_title_of_alma() -> None:
    """An electronic title whose OPAC record has no holdings is located with the written profile."""
    title, format_ = "Customer service in libraries", RequestedFormat.ELECTRONIC
    citation = Citation(title=title, isbn=("9780810887497",), year=2013, format=format_)
    _, result, availability = await probe_and_locate(emulation("alma"), ["alma.opac.xml"], citation)
    assert (result, availability) == (Finding.FOUND, Availability.AVAILABLE)


async def test_voyager() -> None:
    """Named result sets that are ignored are found out, and are told to do no harm."""
    citation = Citation(title="Programming Perl", author="Wall", isbn=("0937175641",))
    report, result, _ = await probe_and_locate(emulation("voyager"), ["hilltop.opac.xml"], citation)
    found = finding(report, "named result sets")
    assert found.verdict is Verdict.WRONG
    assert found.advice == (
        "The name is ignored: the latest search's records come under every name. The locate never goes back to an "
        "older result set, so this does no harm."
    )
    assert result is Finding.FOUND


async def test_named_sets_that_are_not_offered() -> None:
    """A target that does not offer named result sets is not tried for them."""
    habits = Emulation(ignores_named_sets=True, offers_named_sets=False)
    report, _, _ = await probe_and_locate(habits, ["hilltop.opac.xml"], ENEMY)
    assert finding(report, "named result sets").verdict is Verdict.TOLD


@pytest.mark.parametrize("quick", [False, True])
async def test_innopac(quick: bool) -> None:  # noqa: FBT001
    """A target that takes words without position for a phrase at the beginning gets the full list of attributes."""
    report, result, availability = await probe_and_locate(emulation("innopac"), ["koha.mrc"], WARS, quick=quick)
    assert "title and author" in report.located_by
    found = finding(report, "title (4)")
    assert found.verdict is Verdict.WORKS
    assert "the written profile sends the full list of attributes" in found.advice
    assert 'attributes = "1=4 2=3 3=3 4=6 5=100 6=1"' in report.profile
    assert 'system = "koha"' in report.profile
    assert (result, availability) == (Finding.FOUND, Availability.UNAVAILABLE)


async def test_aleph() -> None:
    """Terms in UTF-8 that find nothing are found out, and the written profile sends the Windows character set."""
    citation = Citation(title="Murder in Mérida, 1792", year=2018, format=RequestedFormat.PRINT)
    report, result, _ = await probe_and_locate(emulation("aleph"), ["alma.opac.xml", "koha.mrc"], citation)
    found = finding(report, "character set of queries")
    assert found.verdict is Verdict.LIMITED
    assert found.advice == (
        "Terms in utf-8 are answered with no hits and no diagnostic: the written profile sends windows-1252."
    )
    assert 'query_charset = "windows-1252"' in report.profile
    assert result is Finding.FOUND


async def test_innopac_needs_what_was_found() -> None:
    """Without the full list the first search finds nothing there: the probe made the difference."""
    catalog = Catalog.from_files([sample_folder() / "koha.mrc"])
    async with serve({"Default": catalog}, options=ServerOptions(emulation=emulation("innopac"))) as server:
        plain = f'[[partners]]\ncode = "X"\ntarget = "{server.host}:{server.port}/Default"\n'
        config = parse_config(HEAD + plain, "partners.toml", {})
        async with Locator(config) as locator:
            outcome = (await locator.locate(Citation(title="Wars, musket", author="Crosby", year=2001))).partners[0]
    assert outcome.searches[0].hits == 0


@pytest.mark.parametrize(
    ("habits", "what", "verdict", "told"),
    [
        (Emulation(piggyback="silent"), "piggybacking", Verdict.LIMITED, "one round trip more"),
        (Emulation(piggyback="refused"), "piggybacking", Verdict.LIMITED, "one round trip more"),
        (Emulation(issn_hyphen="needed"), "ISSN (8)", Verdict.WORKS, ""),
        (Emulation(refused_operators=frozenset({"or"})), "OR", Verdict.REFUSED, "asks for each number by itself"),
        (Emulation(unsupported_types=frozenset({2, 3, 4, 5, 6})), "title (4)", Verdict.LIMITED, "titles may be missed"),
        (Emulation(init_without_oid=True, search_option=False), "services", Verdict.TOLD, "does not say that it"),
    ],
)
async def test_other_habits(habits: Emulation, what: str, verdict: Verdict, told: str) -> None:
    """Each habit shows in its finding, and the musket wars are located all the same."""
    report, result, _ = await probe_and_locate(habits, ["alma.opac.xml"], WARS)
    found = finding(report, what)
    assert (found.verdict, told in found.advice) == (verdict, True)
    assert result is Finding.FOUND


async def test_element_sets_refused() -> None:
    """A target that refuses element sets gets a profile that sends none, or works without one."""
    report, result, _ = await probe_and_locate(Emulation(element_sets="non-surrogate"), ["alma.opac.xml"], WARS)
    assert "refused, without it: opac" in finding(report, "record syntax opac").result
    assert result is Finding.FOUND


async def test_phases_are_timed_and_pdus_observed() -> None:
    """The time of each phase is told, and every PDU is shown to the observer."""
    seen: list[str] = []
    progress: list[tuple[str, int]] = []
    catalog = Catalog.from_files([sample_folder() / "koha.mrc"])
    async with serve({"Default": catalog}) as server:
        report = await run_probe(
            Probe(Target("localhost", server.port), Options.quick_one()),
            observer=lambda direction, _pdu, _apdu: seen.append(direction),
            progress=lambda doing, searches: progress.append((doing, searches)),
        )
    assert [name for name, _ in report.times] == ["name lookup", "TCP", "Init"]
    assert seen.count("sent") >= report.searches
    assert progress[0] == ("connecting", 0)
    assert progress[-1][1] == report.searches - 1


async def test_a_target_that_hangs_up_on_an_attribute() -> None:
    """A server that drops the connection on LCCN searches is asked everything else over fresh connections."""
    connections = 0

    async def script(peer: Peer) -> None:
        nonlocal connections
        connections += 1
        while (request := await peer.ask()) is not None:
            if isinstance(request, InitializeRequest):
                await peer.answer(ACCEPT)
            elif isinstance(request, SearchRequest) and connections == 1:
                return
            else:
                await peer.answer(found(0))

    async with hostile(script) as running:
        report = await run_probe(Probe(running.target), timeout_s=5)
    assert connections == 2
    assert finding(report, "first records").verdict is Verdict.NOTHING
    assert report.server is not None


async def test_a_target_that_says_nothing() -> None:
    """Silence after the connection is a fault of Init, with what to check."""
    async with hostile(stall) as running:
        report = await run_probe(Probe(running.target), timeout_s=0.1)
    found = finding(report, "connection")
    assert (found.verdict, report.server) == (Verdict.FAULT, None)
    assert "check the port" in found.advice


async def test_the_whole_has_a_deadline() -> None:
    """When the time for all of it is over, the report holds what was found and says so."""
    catalog = Catalog.from_files([sample_folder() / "koha.mrc"])
    async with serve({"Default": catalog}, options=ServerOptions(emulation=Emulation(search_delay_s=0.2))) as server:
        begun = time.monotonic()
        report = await run_probe(Probe(Target(server.host, server.port)), total_s=0.5, pause_s=0.01)
        assert time.monotonic() - begun < 5
    assert report.server is not None
    assert report.summary[-1] == "The probe did not come to its end: the time allowed (0.5 s) is over."


async def test_an_answer_that_was_not_waited_for() -> None:
    """A search cut short because the whole time is over is not tried; the server is not blamed for it."""
    catalog = Catalog.from_files([sample_folder() / "koha.mrc"])
    async with serve({"Default": catalog}, options=ServerOptions(emulation=Emulation(search_delay_s=30))) as server:
        report = await run_probe(Probe(Target(server.host, server.port)), total_s=0.3)
    assert report.summary[-1] == "The probe did not come to its end: the time allowed (0.3 s) is over."
    assert finding(report, "first records").result == "the time allowed (0.3 s) is over"
    assert finding(report, "first records").verdict is Verdict.NOT_TRIED


async def test_cancelled() -> None:
    """A probe that is cancelled drops its connection at once."""
    catalog = Catalog.from_files([sample_folder() / "koha.mrc"])
    async with serve({"Default": catalog}, options=ServerOptions(emulation=Emulation(search_delay_s=30))) as server:
        task = asyncio.create_task(run_probe(Probe(Target(server.host, server.port)), timeout_s=60))
        await asyncio.sleep(0.2)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(task, 5)


async def test_a_target_that_ends_connections() -> None:
    """A server that ends every connection after three answers is blamed for that, and for nothing else."""
    report, result, _ = await probe_and_locate(Emulation(close_after_operations=3), ["alma.opac.xml"], WARS)
    assert finding(report, "connections lost").verdict is Verdict.LIMITED
    assert list(report.located_by) == ["LCCN", "control number", "ISBN", "ISSN", "title and author"]
    assert finding(report, "named result sets").verdict is Verdict.NOT_TRIED
    assert result is Finding.FOUND
