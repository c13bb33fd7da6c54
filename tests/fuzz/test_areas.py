"""Each area on octets made by hypothesis and by the campaign's own mutator, and on what escaped once."""

from __future__ import annotations

import time
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings, strategies as st

from tests.fuzz.corpus import mutator, seeds
from tests.fuzz.invariant import AREAS, check
from tests.z3950.strategies import steady

_REGRESSIONS = Path(__file__).parent / "regressions"
_FOUND = sorted(_REGRESSIONS.glob("*.bin"))
_octets = st.sampled_from(b"\x00\x1d\x1e\x1f\x22\x30\x3c\x40\x80\xa0\xff") | st.integers(0, 255)
areas = pytest.mark.parametrize("area", AREAS)


@st.composite
def _damaged(draw: st.DrawFn, originals: tuple[bytes, ...]) -> bytes:
    """Return an original with a piece of it replaced, by octets or by a piece of another."""
    data = draw(st.sampled_from(originals))
    start = draw(st.integers(0, len(data)))
    stop = min(start + draw(st.integers(0, 12)), len(data))
    other = draw(st.sampled_from(originals))
    at = draw(st.integers(0, len(other)))
    piece = draw(st.lists(_octets, max_size=6).map(bytes) | st.just(other[at : at + 20]))
    return data[:start] + piece + data[stop:]


@areas
def test_samples(area: str) -> None:
    """What inputs are made of keeps the promise itself."""
    for seed in seeds(area):
        check(area, seed)


@areas
def test_damaged_samples(area: str) -> None:
    """Octets near to what is right are a value or the declared error."""

    @settings(steady, max_examples=40)
    @given(_damaged(seeds(area)) | st.binary(max_size=60))
    def property_(data: bytes) -> None:
        check(area, data)

    property_()


@areas
def test_mutated_samples(area: str) -> None:
    """So is what the campaign makes, the same each time; minutes of it are for `python -m tests.fuzz.campaign`."""
    source = mutator(area, Random(7))
    for _ in range(200):
        check(area, source.next())


@pytest.mark.parametrize("path", _FOUND, ids=[path.stem for path in _FOUND])
def test_what_escaped_once(path: Path) -> None:
    """An input that broke the promise once keeps it now, within a second of the processor's time."""
    started = time.process_time()
    check(path.stem.rpartition("-")[0], path.read_bytes())
    assert time.process_time() - started < 1


def test_regressions_are_there() -> None:
    """The stored inputs name areas that exist, so that none is passed over."""
    assert {path.stem.rpartition("-")[0] for path in _FOUND} <= set(AREAS)
    assert {path.suffix for path in _REGRESSIONS.iterdir()} <= {".bin", ".md"}
    assert _FOUND
