"""The probe at servers that this project did not write: what it advises, and whether its profile locates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from locate import BorrowingRequest, Citation, Finding, Locator
from locate.config import parse_config
from locate.demo import sample_folder
from locate.partner import Credentials, Target
from locate.probe import Options, Probe, ProbeReport, Verdict
from locate.probe.driver import run_probe
from locate.probe.picking import citation_of
from locate.probe.profile import PASSWORD_VARIABLE
from locate.records import BibRecord, read_record, split_marc
from tests.peers.requirements import peers_or_skip
from tests.peers.servers import RunningServer, simpleserver
from tests.probe.playing import finding

pytestmark = pytest.mark.peers

_SOME_BYTES = 1_000_000
HEAD = '[institution]\ncode = "HOME"\nname = "Home Library"\n\n'


async def probed(server: RunningServer, *, quick: bool = False, credentials: Credentials | None = None) -> ProbeReport:
    """Probe a server, within the searches that the probe promises."""
    target = Target(server.host, server.port, server.database, credentials=credentials)
    report = await run_probe(Probe(target, Options.quick_one() if quick else Options()), timeout_s=10)
    assert report.searches < 15 if quick else report.searches <= 60
    return report


async def located(report: ProbeReport, citation: Citation) -> Finding:
    """Locate with the table that the probe wrote."""
    config = parse_config(HEAD + report.profile, "partners.toml", {PASSWORD_VARIABLE: "secret"})
    async with Locator(config) as locator:
        return (await locator.locate(BorrowingRequest(citation))).partners[0].finding


@pytest.fixture
def simple_catalog(tmp_path: Path) -> Iterator[RunningServer]:
    """Return a SimpleServer target over sample records, without an index of LCCNs."""
    script = Path(__file__).with_name("probe_target.pl")
    with peers_or_skip(), simpleserver(script, tmp_path, {"RECORDS": str(sample_folder() / "koha.mrc")}) as server:
        yield server


@pytest.mark.shared
@pytest.mark.parametrize("quick", [False, True])
async def test_zebra(
    zebra_partners: Mapping[str, RunningServer],
    catalogs: Mapping[str, Path],
    quick: bool,  # noqa: FBT001 - a parameter of pytest
) -> None:
    """Zebra: everything that its indexes have works, an ISSN only with its hyphen, and OPAC records are refused."""
    report = await probed(zebra_partners["gpo"], quick=quick)
    assert list(report.not_by) == []
    assert {"control number", "ISBN", "title and author"} <= set(report.located_by)
    assert "It gives no OPAC records" in finding(report, "record syntax opac").advice
    assert 'record_syntaxes = ["marc21", "xml"]' in report.profile
    if not quick:
        assert finding(report, "ISSN (8)").result.endswith("not found without hyphen")
        assert finding(report, "system control number (1211)").verdict is Verdict.REFUSED
        assert finding(report, "character set of queries").verdict is Verdict.WORKS
    with catalogs["gpo"].open("rb") as file:
        records = [read_record(raw, "marc21") for raw in split_marc(file.read(_SOME_BYTES))]
    sample = next(each for each in records if isinstance(each, BibRecord) and each.isbns and each.names)
    assert await located(report, citation_of(sample)) is Finding.FOUND


async def test_ztest(ztest_server: RunningServer) -> None:
    """yaz-ztest gives the same records whatever is searched: told as that, and the first of them is located."""
    report = await probed(ztest_server)
    found = finding(report, "a word that no record has")
    assert (found.verdict, "whatever is searched (a test server does)" in found.advice) == (Verdict.WRONG, True)
    assert report.summary[0] == "The server gives the same records whatever is searched: only these can be located."
    assert finding(report, "record syntax opac").verdict is Verdict.WORKS
    citation = Citation(title="How to program a computer", lccn="11224466", author="Collins")
    assert await located(report, citation) is Finding.FOUND


async def test_simple_server(simple_catalog: RunningServer) -> None:
    """SimpleServer over real records: no LCCN, records in one syntax, holdings in Koha's fields."""
    report = await probed(simple_catalog)
    found = finding(report, "LC card number (9)")
    assert (found.verdict, found.result) == (Verdict.REFUSED, "unsupported use attribute (bib-1 114: 9)")
    assert found.advice.startswith("This server cannot search by LCCN; the locate will use")
    assert finding(report, "record syntax xml").verdict is Verdict.REFUSED
    assert 'record_syntaxes = ["marc21"]' in report.profile
    assert 'system = "koha"' in report.profile
    wars = Citation(title="The musket wars", author="Crosby", year=2001)
    assert await located(report, wars) is Finding.FOUND


async def test_simple_server_that_asks_for_a_password(simple_target: RunningServer) -> None:
    """A refused login is told with the server's own words; with the right one the profile names a variable."""
    refused = await probed(simple_target)
    found = finding(refused, "connection")
    assert (found.verdict, refused.server) == (Verdict.FAULT, None)
    assert "user or password unknown" in found.result
    assert "ask the partner for user and password" in found.advice
    report = await probed(simple_target, credentials=Credentials("ill", "secret"))
    assert "secret" not in report.profile
    assert await located(report, Citation(title="Made-up record number 1")) in {Finding.FOUND, Finding.AMBIGUOUS}
