"""The campaign itself: it finds what is there to be found, and says so."""

from __future__ import annotations

import time
from pathlib import Path
from random import Random

import pytest

from tests.fuzz import campaign
from tests.fuzz.corpus import mutator, samples
from tests.fuzz.invariant import AREAS
from tests.fuzz.limits import MAX_BYTES, Escape, HangError, alarmed, measured, peak_bytes, shrunk
from tests.fuzz.mutation import MAX_INPUT_BYTES, index
from tests.z3950.rewriting import indefinite


def test_a_clean_campaign(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Nothing escapes: exit 0, every area in the table, and all inputs are counted."""
    assert campaign.main(["--inputs", "2100", "--processes", "1", "--seed", "5"], regressions=tmp_path) == 0
    told = capsys.readouterr().out
    assert all(area in told for area in AREAS)
    assert "2,100 inputs in" in told
    assert not list(tmp_path.iterdir())


def test_an_escape(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An escape makes it exit 1, and its input, made small, is kept under the name of its area."""

    def fragile(data: bytes) -> None:
        if b"\xff" in data:
            raise KeyError("escaped")

    monkeypatch.setitem(AREAS, "framer", fragile)
    assert campaign.main(["--inputs", "2100", "--processes", "1"], regressions=tmp_path) == 1
    (kept,) = tmp_path.iterdir()
    assert kept.name.startswith("framer-")
    assert kept.read_bytes() == b"\xff"
    assert "KeyError in fragile" in capsys.readouterr().err


def test_an_end_by_the_clock(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A limit in seconds ends a campaign of any size."""
    started = time.monotonic()
    assert campaign.main(["--inputs", "10000000", "--seconds", "0.2", "--processes", "1"], regressions=tmp_path) == 0
    assert time.monotonic() - started < 20
    assert "inputs in" in capsys.readouterr().out


def test_the_same_seed_makes_the_same_inputs() -> None:
    """A find can be had again."""
    first, second = (mutator("decoder", Random(3)) for _ in range(2))
    made = [first.next() for _ in range(200)]
    assert made == [second.next() for _ in range(200)]
    assert len(set(made)) > 150
    assert max(map(len, made)) <= MAX_INPUT_BYTES


@pytest.mark.parametrize(
    ("check", "kind"),
    [
        (lambda _data: _spin(1.2), "slow"),
        (lambda _data: bytearray(peak_bytes() + MAX_BYTES), "memory"),
        (lambda data: data.index(b"nowhere"), "ValueError in <lambda>"),
    ],
    ids=["slow", "memory", "error"],
)
def test_what_is_measured(check: object, kind: str) -> None:
    """Too much time and too much memory are escapes like an exception."""
    with alarmed():
        _, escape = measured("framer", check, b"x")  # type: ignore[arg-type] # a function of octets
    assert escape is not None
    assert escape.kind == kind


def test_an_endless_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    """What does not end is ended, and is an escape."""
    monkeypatch.setattr("tests.fuzz.limits._HANG_SECONDS", 0.1)
    with alarmed():
        _, escape = measured("framer", lambda _data: _spin(60), b"x")
    assert escape is not None
    assert escape.kind.startswith(HangError.__name__)


def test_shrinking() -> None:
    """Of an input only that is left which breaks the promise in the same way."""

    def fragile(data: bytes) -> None:
        assert not (b"\x01" in data and b"\x02" in data)

    with alarmed():
        small = shrunk(Escape("framer", b"abc\x01def" * 3 + b"\x02", "AssertionError in fragile", ""), fragile)
    assert small.data == b"\x01\x02"


def test_index() -> None:
    """The values of a sample are found in definite and in indefinite lengths alike."""
    data = samples("grs1")[1]
    plain, open_ended = index(data), index(indefinite(data))
    assert [node.identifier for node in plain] == [node.identifier for node in open_ended]
    assert [node.parent for node in plain] == [node.parent for node in open_ended]
    assert plain[0].end == len(data)


def _spin(seconds: float) -> None:
    """Keep the processor busy for so long, however little of it a crowded machine gives."""
    started = time.process_time()
    while time.process_time() - started < seconds:
        pass
