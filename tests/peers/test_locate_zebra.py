"""Degraded citations of three real catalogs, located at Zebra servers over them: how many come back right."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from bench.locate_catalogs import count, locate_all, partners_for, report
from locate import Finding
from tests.peers.degrade import citations
from tests.peers.servers import RunningServer

pytestmark = [pytest.mark.peers, pytest.mark.shared]

COUNT = 40
SEED = 2718
RIGHT_AT_LEAST = 0.85
WRONG_AT_MOST = 0.05


async def test_most_citations_are_located_right_and_few_wrong(
    zebra_partners: Mapping[str, RunningServer], catalogs: Mapping[str, Path]
) -> None:
    """Right is FOUND with a record of the same item at the partner that the citation was drawn from.

    A partner that is left to a person, mostly because the citation asks for no format, is neither right nor wrong.
    """
    samples = [sample for path in catalogs.values() for sample in citations(path, COUNT, SEED)]
    tallies = count(samples, await locate_all(partners_for(zebra_partners), samples))
    table = report(tallies, len(samples), 0.0)
    misses = "\n".join(miss for tally in tallies.values() for miss in tally.misses)
    assert set(tallies) == set(catalogs)
    for tally in tallies.values():
        assert tally.asked == COUNT
        decided = COUNT - tally.findings[Finding.AMBIGUOUS]
        assert tally.right >= RIGHT_AT_LEAST * decided, f"{table}\n{misses}"
        assert tally.wrong <= WRONG_AT_MOST * COUNT, f"{table}\n{misses}"
