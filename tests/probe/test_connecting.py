"""What to do about an association that does not come about."""

from __future__ import annotations

import pytest

from locate.errors import InitRejected, Retry
from locate.probe.connecting import _advice
from locate.z3950.diagnostics import refusal


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (1012, "the contract with the partner has to be renewed"),
        (1016, "give the partner's library the address you come from"),
        (1017, "no database is open to it"),
        (1021, "have it renewed there"),
        (1011, "ask the partner for user and password"),
        (1014, "ask the partner for user and password"),
        (1015, "try again later"),
        (None, "ask the partner for user and password"),
    ],
)
def test_a_refused_init(condition: int | None, words: str) -> None:
    """Another login is advised where it may help; else the advice is that of the reason that the target gave."""
    error = InitRejected("the target refused the association")
    if condition is not None:
        error.__cause__ = refusal(condition)
        error.retry = error.__cause__.retry
    assert error.retry is (Retry.LATER if condition == 1015 else Retry.NEVER)
    assert words in _advice(error, tls=False)
