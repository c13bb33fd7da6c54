"""The demo: every library answers as the sample says, and the two that cannot answer stay in view."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from locate import demo
from locate.demo import DemoRequest, demo_partners, demo_requests, sample_folder
from locate.engine import Locator
from locate.errors import ConfigurationError
from locate.outcome import Disposition, Finding, LocateOutcome

REQUESTS = demo_requests()
ANSWERS = [(request, code) for request in REQUESTS for code in request.expected]


@pytest.fixture(scope="module")
def outcomes() -> dict[str, LocateOutcome]:
    """Return request id -> outcome, of one run of the whole demo."""

    async def run() -> list[LocateOutcome]:
        async with demo_partners() as config:
            locator = Locator(config)
            return await asyncio.gather(*(locator.locate(request.request) for request in REQUESTS))

    return {outcome.request.request_id: outcome for outcome in asyncio.run(run())}


def test_the_size_of_the_demo() -> None:
    """Eighteen requests, each with an expectation for each of the four libraries."""
    assert (len(REQUESTS), len(ANSWERS)) == (18, 72)
    assert len({request.request.request_id for request in REQUESTS}) == 18


@pytest.mark.parametrize(
    ("request_", "code"), ANSWERS, ids=[f"{request.request.request_id}-{code}" for request, code in ANSWERS]
)
def test_answers(outcomes: dict[str, LocateOutcome], request_: DemoRequest, code: str) -> None:
    """A library answers as the sample says."""
    answer = outcomes[request_.request.request_id][code]
    found = f"{answer.finding}/{answer.availability}" if answer.finding is Finding.FOUND else str(answer.finding)
    assert found == request_.expected[code], answer.reason


def test_the_dead_partner(outcomes: dict[str, LocateOutcome]) -> None:
    """The partner whose server is down is TARGET_ERROR in every outcome, and kept unverified at the end."""
    for outcome in outcomes.values():
        dead = outcome["riverbend"]
        assert (dead.finding, dead.disposition) == (Finding.TARGET_ERROR, Disposition.KEEP_UNVERIFIED)
        assert "riverbend" in outcome.rota


def test_the_slow_partner(outcomes: dict[str, LocateOutcome]) -> None:
    """The partner that answers too late is TIMEOUT in every outcome, and to be asked again."""
    for outcome in outcomes.values():
        slow = outcome["meadow"]
        assert (slow.finding, slow.disposition) == (Finding.TIMEOUT, Disposition.RETRY_LATER)
        assert "meadow" not in outcome.rota
        assert slow.elapsed_s < 5


def test_the_bad_check_digit_is_noted(outcomes: dict[str, LocateOutcome]) -> None:
    """Only the request with a bad check digit has a note."""
    assert [name for name, outcome in outcomes.items() if outcome.notes] == ["bad-check-digit"]


def test_missing_samples(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without the sample records a sentence says what is missing."""
    monkeypatch.setattr(demo, "__file__", str(tmp_path / "locate" / "demo.py"))
    with pytest.raises(ConfigurationError, match=r"the sample records \(sample_marc\) are not installed"):
        sample_folder()
