"""Records with more, less or otherwise than a system writes as a rule, read by every dialect that they concern."""

from __future__ import annotations

import pytest

from locate.availability import Availability, Holdings, Status, dialect_names, read_holdings
from locate.records import BibRecord
from tests.availability.build import read_field

from .works import Case, Held, hold, load, out_now

A, U, X = Status.AVAILABLE, Status.UNAVAILABLE, Status.UNKNOWN


def _read(dialect: str, *held: Held, opac: bool) -> Holdings:
    """Read a record with these holdings."""
    loaded = load(Case("", held, Availability.UNKNOWN), 1, opac=opac)
    assert isinstance(loaded.record, BibRecord)
    return read_holdings(loaded.record, loaded.opac, dialect)


@pytest.mark.parametrize("dialect", dialect_names())
def test_an_opac_record_without_holdings_tells_nothing(dialect: str) -> None:
    """A printed title without holdings is one item of unknown status, which is not electronic."""
    (only,) = _read(dialect, opac=True).items
    assert (only.status, only.electronic, only.place) == (X, False, "an unnamed location")


@pytest.mark.parametrize("dialect", dialect_names())
def test_holdings_without_circulation_say_where(dialect: str) -> None:
    """Each holding is one item of unknown status at its place, with its call number."""
    first = hold(local_location="Tarnmoor", shelving_location="Attic", call_number="SB 1")
    second = hold(local_location="Tarnmoor", shelving_location="Cellar", call_number="SB 2", copy_number="2")
    items = _read(dialect, first, second, opac=True).items
    assert [(item.status, item.call_number, item.electronic) for item in items] == [
        (X, "SB 1", False),
        (X, "SB 2", False),
    ]
    assert all("Tarnmoor" in item.place for item in items)


@pytest.mark.parametrize("dialect", dialect_names())
@pytest.mark.parametrize("written", ["Martinmas", "2026-12-03T23:59:59.000+00:00", "31/31/2026", "0"])
def test_a_date_in_an_unknown_form_is_kept(dialect: str, written: str) -> None:
    """What no form of the dialect fits stays as the record has it."""
    (only,) = _read(dialect, hold(out_now("1", availability_date=f" {written} ")), opac=True).items
    assert (only.status, only.due_date) == (U, written)


@pytest.mark.parametrize(
    ("dialect", "field", "due"),
    [
        ("koha", "952 $0 0 $1 0 $7 0 $q Martinmas", "Martinmas"),
        ("koha", "952 $0 0 $1 0 $7 0 $q 03.12.2026", "03.12.2026"),
        ("polaris", "852 $a Main $r Out $u Martinmas", "Martinmas"),
        ("polaris", "852 $a Main $r Out $u 2026-12-03", "2026-12-03"),
    ],
)
def test_a_date_in_a_field_is_kept(dialect: str, field: str, due: str) -> None:
    """The same in MARC fields that give a due date."""
    found = read_field(dialect, field)
    assert (found.status, found.due_date) == (U, due)


_REPEATED = [
    ("koha", "952 $0 0 $1 0 $7 0 $7 1 $p 1", U),
    ("koha", "952 $0 0 $1 0 $7 0 $7 0 $p 1", A),
    ("koha", "952 $0 0 $1 0 $7 0 $q 2026-12-03 $q 2026-12-04", U),
    ("evergreen", "852 4# $b TARN $g 1 $n Available $n Checked out", X),
    ("evergreen", "852 4# $b TARN $g 1 $n Available $n Under glass", X),
    ("evergreen", "852 4# $b TARN $p 1 $s Available $s Available", A),
    ("symphony", "926 $a HILL $b STACKS $b LOST", X),
    ("polaris", "852 $a Main $r In $r Out", X),
    ("tlc", "982 $1 y $1 n", X),
    ("alma", "AVA $b HILL $e available $e unavailable", X),
    ("aleph", "AVA $b MAIN $e available $e check_holdings", X),
    ("generic", "876 $p 1 $j Available $j Missing", X),
]


@pytest.mark.parametrize(("dialect", "field", "status"), _REPEATED)
def test_a_repeated_status_counts_each_time(dialect: str, field: str, status: Status) -> None:
    """Two that agree are one; two against each other, and one nobody knows beside one that is known, are unknown."""
    assert read_field(dialect, field).status is status


_MISSING = [
    ("koha", "952 $a TM $p 1"),
    ("koha", "952 $0 0 $1 0 $a TM $p 1"),
    ("evergreen", "852 4# $b TARN $c Stacks $p 1"),
    ("symphony", "926 $a HILL $c SB $f 1"),
    ("symphony", "999 $a SB $i 1 $m HILL"),
    ("polaris", "852 $a Main $b Adult $p 1"),
    ("polaris", "852 $a Main $b Adult $p 1 $r   "),
    ("tlc", "982 $b Warden $c STACKS $i 1"),
    ("alma", "AVA $b HILL $c Stacks $f 1 $g 0"),
    ("aleph", "AVA $b MAIN $c Open Shelf"),
    ("generic", "852 $b Main $c Stacks"),
    ("generic", "876 $p 1 $l Foyer"),
    ("reservoir", "999 11 $s ISIL:TM $b 1"),
    ("gvi", "924 0# $a 1 $b DE-Tm1"),
]


@pytest.mark.parametrize(("dialect", "field"), _MISSING)
def test_a_missing_status_is_unknown(dialect: str, field: str) -> None:
    """A copy of which the field does not say whether it is in."""
    found = read_field(dialect, field)
    assert (found.status, found.not_lent, found.suppressed) == (X, "", "")


def test_missing_texts_leave_the_status() -> None:
    """A copy with a status and nothing else is as available as one with a place and a barcode."""
    for dialect, field in (
        ("koha", "952 $0 0 $1 0 $7 0"),
        ("evergreen", "852 4# $n Available"),
        ("symphony", "926 $b STACKS"),
        ("polaris", "852 $r In"),
        ("tlc", "982 $1 y"),
        ("alma", "AVA $e available"),
        ("aleph", "AVA $e available"),
        ("generic", "876 $j Available"),
    ):
        found = read_field(dialect, field)
        assert (found.status, found.barcode, found.copies) == (A, "", 1), dialect
