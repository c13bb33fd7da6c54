"""A volume is wanted and the record is of the set: the copies say whether they have it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from locate import Availability, Citation, Finding, PartnerOutcome
from tests.played import BOOK, ISBN, PARTNER, answer, play, rivers

SET = [("020", "a", ISBN)]
VOLUME = replace(BOOK, volume="2")
KOHA = replace(PARTNER, system="koha")


def located(*enumerations: str, wanted: Citation = VOLUME, out: bool = False) -> PartnerOutcome:
    """Locate at a Koha partner whose record of the set has copies with these enumerations."""
    copies = "".join(
        '<datafield tag="952" ind1=" " ind2=" "><subfield code="0">0</subfield><subfield code="1">0</subfield>'
        '<subfield code="7">0</subfield><subfield code="a">MAIN</subfield>'
        + (f'<subfield code="h">{text}</subfield>' if text else "")
        + ('<subfield code="q">2026-12-03</subfield>' if out else "")
        + "</datafield>"
        for text in enumerations
    )
    data = rivers(fields=SET).decode().replace("</record>", f"{copies}</record>").encode()
    return play(wanted, *[answer(data)] * 5, partners=(KOHA,)).partner


def test_the_set_that_has_the_volume_is_found() -> None:
    """The copy of the volume is the item to ask for, and the reason says that the record is of the set."""
    found = located("v.1", "v.2", "v.3")
    assert (found.finding, found.availability) == (Finding.FOUND, Availability.AVAILABLE)
    assert "It is the set, and has the volume that is wanted: v.2." in found.reason
    assert found.chosen is not None
    assert found.chosen.requestability is not None
    assert found.chosen.requestability.item is not None
    assert found.chosen.requestability.item.enumeration == "v.2"


def test_the_volume_may_be_out() -> None:
    """Held and on loan is found, to be had later."""
    assert located("v.1", "v.2", out=True).availability is Availability.UNAVAILABLE


def test_the_set_that_lacks_the_volume_is_not_it() -> None:
    """Copies that all say which volume they are, and none is it: the partner does not hold it."""
    found = located("v.1", "v.3")
    assert found.finding is Finding.NOT_FOUND
    assert "The part that is wanted is not held." in found.reason


@pytest.mark.parametrize("enumerations", [("",), ("v.1", "")])
def test_copies_that_do_not_say_which_volume_they_are_leave_it_open(enumerations: tuple[str, ...]) -> None:
    """A person should look: the volume may be there."""
    found = located(*enumerations)
    assert found.finding is Finding.AMBIGUOUS
    assert "nothing tells whether that volume is among its copies" in found.reason


def test_another_title_stays_another_title() -> None:
    """Its volumes are not looked at."""
    assert located("v.1", "v.2", wanted=replace(VOLUME, title="Bread baking", isbn=(), author="Tom Baker")).finding in {
        Finding.NOT_FOUND,
        Finding.AMBIGUOUS,
    }
