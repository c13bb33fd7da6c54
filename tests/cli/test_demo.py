"""``zlocate demo``: the summary, one request alone, and what is printed of a surprise."""

from __future__ import annotations

import dataclasses

import pytest

from locate.demo import DemoRequest, demo_requests
from tests.cli.running import Run


def test_whole_demo(zlocate: Run) -> None:
    """Every request has its heading and table, the last line counts the answers, and the exit code is 0."""
    found = zlocate("demo")
    assert (found.code, found.err) == (0, "")
    for request in demo_requests():
        assert f"\n{request.request.request_id} ─" in found.out
    summary = "18 requests at 6 partners; 72 of 72 answers of the four libraries are as the sample says.\n"
    assert found.out.endswith(summary)
    assert max(map(len, found.out.splitlines())) <= 120


def test_one_request_as_json(zlocate: Run) -> None:
    """--only locates one request; --json prints its outcome and that nothing surprised."""
    found = zlocate("demo", "--only", "isbn-in-776", "--json")
    (outcome,) = found.json["outcomes"]
    assert (found.code, outcome["request_id"], found.json["surprises"]) == (0, "isbn-in-776", [])
    assert {partner["partner"]: partner["finding"] for partner in outcome["partners"]} == {
        "lakeside": "FOUND",
        "harbor": "NOT_FOUND",
        "hilltop": "FOUND",
        "oldtown": "NOT_FOUND",
        "riverbend": "TARGET_ERROR",
        "meadow": "TIMEOUT",
    }
    assert outcome["retry_later"] == ["meadow"]


def test_surprise(zlocate: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that is not as the sample says is told of at the end, exit code 1."""

    def altered() -> list[DemoRequest]:
        (nobody,) = (request for request in demo_requests() if request.request.request_id == "nobody")
        return [dataclasses.replace(nobody, expected={**nobody.expected, "harbor": "FOUND/AVAILABLE"})]

    monkeypatch.setattr("locate.demo.demo_requests", altered)
    found = zlocate("demo", "--explain")
    assert found.code == 1
    assert "  search by ISBN: @or @attr 1=7 9781538717318 @attr 1=7 " in found.out
    assert found.out.endswith(
        "1 request at 6 partners; 3 of 4 answers of the four libraries are as the sample says.\n"
        "nobody: harbor was to be FOUND/AVAILABLE, and is NOT_FOUND\n"
    )


def test_unknown_request(zlocate: Run) -> None:
    """An id that is not in the demo is a mistake, and the known ones are named."""
    found = zlocate("demo", "--only", "nothing")
    assert (found.code, found.out) == (2, "")
    assert "'nothing' is not one of plain-isbn, only-the-ebook" in " ".join(found.err.split())
