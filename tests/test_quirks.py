"""docs/quirks.md: a section and a row for each quirk, and every test that is named there exists."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from locate.z3950.target.emulation import habits

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "quirks.md").read_text("utf-8")
QUIRKS = range(1, 25)

_ROW = re.compile(r"^\| (\d+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
_SECTION = re.compile(r"^### (\d+)\. (.+)\n((?:(?!^#).*\n)*)", re.MULTILINE)
_TEST = re.compile(r"`(tests/[\w/]+\.py)::([\w:]+)`")

ROWS = {int(number): (quirk, _TEST.findall(tests)) for number, quirk, tests in _ROW.findall(PAGE)}
SECTIONS = {int(number): (title, text) for number, title, text in _SECTION.findall(PAGE)}


@cache
def _tests_of(path: str) -> frozenset[str]:
    """Return the tests of a file as pytest names them, without their parameters."""
    found = set()
    for node in ast.parse((ROOT / path).read_text("utf-8")).body:
        in_class = isinstance(node, ast.ClassDef) and node.name.startswith("Test")
        for each in node.body if in_class and isinstance(node, ast.ClassDef) else [node]:
            if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef) and each.name.startswith("test_"):
                found.add(f"{node.name}::{each.name}" if isinstance(node, ast.ClassDef) else each.name)
    return frozenset(found)


def test_every_quirk_has_its_row_and_its_section() -> None:
    """The table has the quirks in order, each once, under the titles of their sections."""
    assert [int(number) for number, _, _ in _ROW.findall(PAGE)] == list(QUIRKS)
    assert sorted(SECTIONS) == list(QUIRKS)
    assert len(_SECTION.findall(PAGE)) == len(SECTIONS)
    assert {number: quirk for number, (quirk, _) in ROWS.items()} == {
        number: f"[{title}](#{number}-{_anchor(title)})" for number, (title, _) in SECTIONS.items()
    }


def _anchor(title: str) -> str:
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


@pytest.mark.parametrize("number", QUIRKS)
def test_every_quirk_has_its_tests(number: int) -> None:
    """At least one test is named, the section names the same ones as the row, and each of them is collected."""
    _, tests = ROWS[number]
    _, text = SECTIONS[number]
    assert tests
    assert _TEST.findall(text) == tests
    assert [test for path, test in tests if test not in _tests_of(path)] == []
    assert all(Path(path).name.startswith("test_") for path, _ in tests)


@pytest.mark.parametrize("number", QUIRKS)
def test_every_section_says_the_same_things(number: int) -> None:
    """What servers do, what we do about it, what can be set."""
    _, text = SECTIONS[number]
    said = re.findall(r"^\*\*(.+?)\.\*\*", text, re.MULTILINE)
    assert said == ["What servers do", "What we do", "What you can set"]


def test_the_numbers_of_the_habits_are_quirks() -> None:
    """Every number in square brackets at a habit of the embedded target is a quirk of the page."""
    cited = re.findall(r"\[(\d+(?:, \d+)*)\]", habits.Emulation.__doc__ or "")
    numbers = {int(number) for group in cited for number in group.split(", ")}
    assert len(numbers) > 15
    assert numbers <= set(QUIRKS)
