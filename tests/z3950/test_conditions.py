"""The table of Bib-1 conditions: complete, readable, and the same as the page that shows it."""

from __future__ import annotations

import ctypes
import ctypes.util
from pathlib import Path

import pytest

from locate.errors import Retry
from locate.z3950.attributes import TYPES
from locate.z3950.conditions import CONDITIONS, Condition
from tests.peers.requirements import peers_or_skip
from tests.peers.servers import ProgramMissingError

PAGE = Path(__file__).parents[2] / "docs" / "diagnostics.md"
REGISTERED = {
    *range(1, 34),
    *range(100, 133),
    *range(201, 204),
    *range(205, 248),
    *range(1001, 1030),
    *range(1040, 1075),
}
STILL_SENT = {204}
KINDS = {
    "attribute",
    "characters",
    "database",
    "maximum",
    "name",
    "number",
    "oid",
    "operator",
    "syntax",
    "syntaxes",
    "term",
    "text",
    "type",
    "value",
    "when",
    *TYPES.values(),
}
every_condition = pytest.mark.parametrize("condition", CONDITIONS.values(), ids=lambda each: str(each.number))


def test_complete() -> None:
    """Every registered condition stands in the table, and no other but the one that is still sent."""
    assert set(CONDITIONS) == REGISTERED | STILL_SENT
    assert list(CONDITIONS) == sorted(CONDITIONS)


@every_condition
def test_advice(condition: Condition) -> None:
    """The advice is one sentence of at most 200 characters that says what it means and what to do."""
    assert condition.advice.endswith(".")
    assert len(condition.advice) <= 200
    assert ". " not in condition.advice
    assert condition.advice[0].isupper()
    assert "{" not in condition.advice
    assert len(condition.advice.split()) >= 8


@every_condition
def test_meaning(condition: Condition) -> None:
    """The meaning is a short phrase, not a sentence."""
    assert condition.meaning == condition.meaning.strip()
    assert not condition.meaning.endswith(".")
    assert 0 < len(condition.meaning) <= 100


@every_condition
def test_addinfo(condition: Condition) -> None:
    """Advice has a place for addinfo exactly where the registry says what addinfo holds, and shows it there."""
    assert condition.has_slot == bool(condition.addinfo)
    if condition.has_slot:
        assert condition.addinfo in KINDS
        assert condition.advice_with("<9>").count("<9>") == 1
        assert "{" not in condition.advice_with("<9>")


def test_advice_is_no_boilerplate() -> None:
    """No two conditions have the same advice or the same meaning."""
    assert len({each.advice for each in CONDITIONS.values()}) == len(CONDITIONS)
    assert len({each.meaning for each in CONDITIONS.values()}) == len(CONDITIONS)


def test_addinfo_is_taken_as_it_is() -> None:
    """What a server sends in addinfo is put in unchanged, whatever signs it has."""
    assert CONDITIONS[109].advice_with(r"\1 {x}").startswith(r"The server does not give access to \1 {x} now;")


@pytest.mark.parametrize(
    ("retry", "numbers"),
    [
        (Retry.LATER, {2, 14, 27, 28, 29, 31, 32, 33, 109, 1015, 1018, 1019, 1020, 1026, 1027, 1074}),
        (Retry.NEVER, {3, 114, 235, 239, 1005, 1010, 1011, 1014, 1016, 1021}),
        (Retry.ELSEWHERE, {1, 15, 104, 1007}),
    ],
)
def test_retry(retry: Retry, numbers: set[int]) -> None:
    """What passes by itself is asked again later, what needs another setting never, what is refused elsewhere."""
    assert {CONDITIONS[number].retry for number in numbers} == {retry}


@pytest.mark.peers
def test_yaz_knows_no_other() -> None:
    """YAZ has words for the registered conditions and for no others."""
    with peers_or_skip():
        name = ctypes.util.find_library("yaz")
        if name is None:
            raise ProgramMissingError("libyaz", "libyaz5")
    words = ctypes.CDLL(name).yaz_diag_bib1_str
    words.restype = ctypes.c_char_p
    assert {number for number in range(2000) if words(number) != b"Unknown error"} == REGISTERED


def _table() -> list[str]:
    return [
        f"| {each.number} | {each.meaning} | {each.advice} | {each.retry} | {each.addinfo or '-'} |"
        for each in CONDITIONS.values()
    ]


def test_page() -> None:
    """The page shows the table as it is in the code, line by line."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    shown = [line for line in lines if line.startswith("| ") and line[2].isdigit()]
    assert shown == _table()
