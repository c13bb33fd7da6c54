"""All partners of these tests, and the number of every title: one over all tables, so that no two share a standard
number.
"""

from __future__ import annotations

from collections.abc import Iterator

from .marc_systems import MARC_SYSTEMS
from .opac_systems import OPAC_SYSTEMS
from .works import Case, System

__all__ = ["SYSTEMS", "numbered"]

SYSTEMS = (*OPAC_SYSTEMS, *MARC_SYSTEMS)


def numbered(system: System) -> Iterator[tuple[int, Case]]:
    """Yield the cases of a partner with their numbers."""
    first = 1000 * (1 + [each.name for each in SYSTEMS].index(system.name))
    yield from enumerate(system.cases, first)
