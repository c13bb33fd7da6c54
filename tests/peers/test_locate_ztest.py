"""The engine at YAZ's test server: a slow partner and a quick one side by side."""

from __future__ import annotations

import pytest

from locate import Citation, Finding, Limits, Locator, Partner, Target
from tests.peers.servers import RunningServer

pytestmark = pytest.mark.peers


async def test_a_slow_partner_times_out_while_another_answers(ztest_server: RunningServer) -> None:
    """The database Slow5 waits longer than the partner's second; Default answers within its time."""
    host, port = ztest_server.host, ztest_server.port
    # Two names for one machine, so that the two partners do not take turns as databases of one target do.
    slow = Partner("slow", Target("localhost", port, "Slow5"), limits=Limits(partner_s=1))
    quick = Partner("quick", Target(host, port, "Default"), limits=Limits(partner_s=5))
    outcome = await Locator([slow, quick]).locate(Citation(title="Computer science programming"))
    assert outcome["slow"].finding is Finding.TIMEOUT
    assert 0.9 < outcome["slow"].elapsed_s < 1.5
    assert outcome["quick"].finding in {Finding.FOUND, Finding.NOT_FOUND, Finding.AMBIGUOUS}
    assert outcome["quick"].others
    assert outcome["quick"].elapsed_s < 1
    assert outcome.elapsed_s < 2


async def test_an_unknown_database_is_a_target_error_in_words(ztest_server: RunningServer) -> None:
    """The diagnostic of the server stands in the reason."""
    partner = Partner("a", Target(ztest_server.host, ztest_server.port, "Nothing"))
    outcome = await Locator([partner]).locate(Citation(title="Computer science"))
    assert outcome["a"].finding is Finding.TARGET_ERROR
    assert "database unavailable (bib-1 109: Nothing)" in outcome["a"].reason
