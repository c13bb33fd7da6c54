"""The benchmark of availability reads and judges what it says it does."""

from __future__ import annotations

import pytest

from bench.availability import MANY, RULES, SYSTEMS, main, measured, read_in_code
from locate.availability import Status, assess, read_holdings, tell_form


@pytest.mark.parametrize("system", SYSTEMS)
def test_every_copy_is_read(system: str) -> None:
    """Each system's records give a thousand copies, in and out, in one record and in a thousand."""
    for size in (MANY, 1):
        found = [read_holdings(record, opac, system) for record, opac in SYSTEMS[system](size)]
        items = [item for holdings in found for item in holdings.items]
        assert len(items) == MANY
        assert {Status.AVAILABLE, Status.UNAVAILABLE} <= {item.status for item in items}
        assert all(
            assess(holdings, tell_form(None, holdings), rules=RULES, wants_physical=True).judged for holdings in found
        )


def test_the_reader_in_code_agrees_on_what_is_in() -> None:
    """What it is compared with does the same work on Koha's copies."""
    koha = SYSTEMS["koha"](MANY)
    ours = [item.status is Status.AVAILABLE for record, _ in koha for item in read_holdings(record, None, "koha").items]
    assert [item["available"] for item in read_in_code(koha)] == ours


def test_the_table_is_printed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """One round gives a row for each piece of work, with its bar."""
    rows = measured(1)
    assert all(row.figures for row in rows)
    monkeypatch.setattr("sys.argv", ["availability", "--rounds", "1"])
    main()
    assert "koha, a volume wanted" in capsys.readouterr().out
