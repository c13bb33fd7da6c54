"""The error tree: whether asking again can help, and what a person reads."""

from __future__ import annotations

import pytest

from locate.errors import (
    BerDecodeError,
    CitationError,
    ConfigurationError,
    DiagnosticError,
    InitRejected,
    LocateError,
    PduTooLarge,
    Problem,
    RecordError,
    Retry,
    TargetClosed,
    TargetSuspended,
    TargetTimeout,
    TargetUnreachable,
    Z3950Error,
)

TREE = [
    (CitationError("empty"), Retry.NEVER),
    (RecordError("is cut off"), Retry.NEVER),
    (TargetUnreachable("refused"), Retry.LATER),
    (TargetSuspended(failures=3, last_fault="late", retry_in_s=9.0), Retry.LATER),
    (TargetTimeout("late"), Retry.LATER),
    (TargetClosed("gone"), Retry.LATER),
    (InitRejected("refused"), Retry.NEVER),
    (DiagnosticError("no", diagnostic_set="1.2", condition=1), Retry.NEVER),
    (BerDecodeError("is cut off", offset=3), Retry.LATER),
    (PduTooLarge("too large"), Retry.LATER),
]


@pytest.mark.parametrize(("error", "retry"), TREE, ids=lambda value: type(value).__name__)
def test_every_error_says_whether_asking_again_can_help(error: LocateError, retry: Retry) -> None:
    """All of them are LocateErrors with a plain sentence."""
    assert error.retry is retry
    assert error.diagnostics() == [str(error)]
    assert str(error)


def test_configuration_tells_all_problems_at_once() -> None:
    """One line for each, with its path and the source in front of all."""
    problems = [Problem("partners[0].code", "is missing"), Problem("", "is empty")]
    error = ConfigurationError(problems, source="partners.toml")
    assert str(error) == "partners.toml: 2 problems: partners[0].code: is missing; is empty"
    assert error.diagnostics() == ["partners[0].code: is missing", "is empty"]
    assert str(ConfigurationError(problems[1:])) == "1 problem: is empty"


@pytest.mark.parametrize(
    ("target", "phase", "told"),
    [
        ("", "", "no answer"),
        ("host:210/Default", "", "host:210/Default: no answer"),
        ("", "init", "(init): no answer"),
        ("host:210/Default", "init", "host:210/Default (init): no answer"),
    ],
)
def test_a_fault_of_a_target_says_where_and_when(target: str, phase: str, told: str) -> None:
    """Target and phase stand in front when they are known."""
    assert str(Z3950Error("no answer", target=target, phase=phase)) == told


def test_an_unreadable_record_keeps_its_bytes() -> None:
    """And names its syntax."""
    error = RecordError("is cut off", raw=b"00714", syntax="marc21")
    assert str(error) == "unreadable marc21 record (5 bytes): is cut off"
    assert error.raw == b"00714"


def test_a_decoding_error_names_field_and_byte() -> None:
    """The whole PDU when no field is known."""
    assert str(BerDecodeError("ends early", offset=7, path="SearchResponse.resultCount")) == (
        "SearchResponse.resultCount: ends early at byte 7"
    )
    assert str(BerDecodeError("ends early", offset=0)) == "PDU: ends early at byte 0"


def test_a_suspended_target_says_since_when_and_until_when() -> None:
    """In words; "now" while another caller is trying it."""
    once = TargetSuspended(failures=1, last_fault="refused", retry_in_s=0.2)
    assert str(once) == "not asked, since the last attempt failed (refused); it is tried again in 1 s"
    now = TargetSuspended(failures=4, last_fault="refused", retry_in_s=0.0, target="h:210/D")
    assert str(now) == "h:210/D: not asked, since the last 4 attempts failed (refused); it is being tried again now"
