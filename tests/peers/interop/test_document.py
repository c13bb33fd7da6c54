"""docs/interoperability.md says what the targets are known to answer, which the matrix shows to be so."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.peers.interop.steps import Answer, Refused
from tests.peers.interop.targets import START, SYNTAXES, Expected, Peer
from tests.peers.interop.test_matrix import ORIGINS

pytestmark = pytest.mark.peers

PAGE = Path(__file__).parents[3] / "docs" / "interoperability.md"
_SYNTAX_NAMES = dict(zip(SYNTAXES, ("MARC 21", "XML", "SUTRS", "OPAC", "GRS-1"), strict=True))


def _word(answer: Answer | object, otherwise: str) -> str:
    return str(answer.condition) if isinstance(answer, Refused) else otherwise


def column(expected: Expected) -> dict[str, str]:
    """Return what the table says of one target, by service."""
    sorts = tuple(expected.by_title) != tuple(expected.by_title_descending)
    return {
        "Search": "hits",
        **{f"Present, {name}": _word(expected.forms[own], "records") for own, name in _SYNTAX_NAMES.items()},
        "Present, UNIMARC": _word(expected.unimarc, "MARC 21"),
        "Present, an element set that is not there": _word(expected.bad_elements[1], "records"),
        "Present, beyond the result set": _word(expected.out_of_range, ""),
        "Scan": "terms",
        "Sort by title": "sorted" if sorts else "order unchanged",
        **{
            f"{service.title()} by a use attribute that is not there": _word(answer, "not looked at")
            for service, (_, answer) in expected.unsupported_use.items()
        },
        "Search and Scan in a database that is not there": "109",
        "Close": "Close",
    }


def table() -> list[list[str]]:
    """Return the rows of the page's table of services, its head first."""
    lines = PAGE.read_text("utf-8").partition("\n| service ")[2].partition("\n\n")[0]
    rows = [[cell.strip() for cell in row.strip("| ").split(" |")] for row in f"service {lines}".splitlines()]
    return [rows[0], *rows[2:]]


def test_table(peer_named: Callable[[str], Peer]) -> None:
    """The table has each target's answer to each service, as the matrix expects it."""
    head, *rows = table()
    columns = [column(peer_named(name).expected) for name in START]
    assert head == ["service", "zebrasrv", "yaz-ztest", "SimpleServer", "ours"]
    assert rows == [[service, *(each[service] for each in columns)] for service in columns[0]]


def test_names() -> None:
    """The page names every origin and target by the name that it has in the tests."""
    named = set(re.findall(r"^\| [^|]+ \| `(\w+)` \|", PAGE.read_text("utf-8"), re.MULTILINE))
    assert named == {*ORIGINS, *START}
