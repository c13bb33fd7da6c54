"""Diagnostics in words, and the classes they belong to."""

from __future__ import annotations

import pytest

from locate.errors import DiagnosticError, Retry
from locate.z3950 import diagnostics
from locate.z3950.apdu import DefaultDiagFormat, External
from locate.z3950.diagnostics import condition_text, diagnostic_error, diagnostic_text
from locate.z3950.oids import BIB1_DIAGNOSTICS, GRS1


@pytest.mark.parametrize(
    ("condition", "addinfo", "line"),
    [
        (114, "9", "unsupported use attribute (bib-1 114: 9)"),
        (109, "", "database unavailable (bib-1 109)"),
        (4711, "", "diagnostic 4711 (bib-1 4711)"),
        (-1, "", "diagnostic -1 (bib-1 -1)"),
        (239, GRS1, "record syntax not supported (bib-1 239: grs1)"),
        (239, "1.2.840.10003.5.999", "record syntax not supported (bib-1 239: 1.2.840.10003.5.999)"),
        (1, "two\n  lines", "permanent system error (bib-1 1: two lines)"),
    ],
)
def test_line(condition: int, addinfo: str, line: str) -> None:
    """A diagnostic is one line: the registry's words, set and number, and what the target added."""
    assert diagnostic_text(condition, addinfo=addinfo) == line


def test_long_addinfo() -> None:
    """What the target added is cut at 200 characters."""
    assert diagnostic_text(1, addinfo="x" * 5000) == f"permanent system error (bib-1 1: {'x' * 200})"


def test_other_set() -> None:
    """A condition of another set is not taken for a bib-1 one."""
    assert condition_text("1.2.3", 114) == "diagnostic 114 of set 1.2.3"
    assert diagnostic_text(114, "1.2.3", "9") == "diagnostic 114 of set 1.2.3 (1.2.3 114: 9)"


@pytest.mark.parametrize("form", ["v2", "v3"])
def test_error(form: str) -> None:
    """Both forms of addinfo make the same error."""
    error = diagnostic_error(DefaultDiagFormat(BIB1_DIAGNOSTICS, 114, (form, "9")), target="h:210/D", phase="search")
    assert (error.diagnostic_set, error.condition, error.addinfo) == (BIB1_DIAGNOSTICS, 114, "9")
    assert str(error) == "h:210/D (search): unsupported use attribute (bib-1 114: 9)"
    assert error.retry is Retry.NEVER


@pytest.mark.parametrize("condition", [2, 31, 109, 1011, 1013])
def test_temporary(condition: int) -> None:
    """What may pass by itself is worth another try later, and only there."""
    assert diagnostic_error(DefaultDiagFormat(BIB1_DIAGNOSTICS, condition)).retry is Retry.LATER
    assert DiagnosticError.retry is Retry.NEVER


def test_external_form() -> None:
    """A diagnostic in a form that is not read here is named by its OID."""
    error = diagnostic_error(External("1.2.3", None, ("octets", b"?")))
    assert (error.condition, error.diagnostic_set) == (0, "1.2.3")
    assert error.message == "a diagnostic in the form 1.2.3, which is not read here"


def test_classes_are_apart() -> None:
    """No condition calls for two different answers."""
    classes = [
        diagnostics.UNSUPPORTED_QUERY,
        diagnostics.ELEMENT_SET_REFUSED,
        diagnostics.SYNTAX_REFUSED,
        diagnostics.PIGGYBACK_REFUSED,
        diagnostics.RECORD_TOO_LARGE,
    ]
    assert sum(map(len, classes)) == len(frozenset().union(*classes))
    assert all(
        not condition_text(BIB1_DIAGNOSTICS, found).startswith("diagnostic ") for each in classes for found in each
    )
