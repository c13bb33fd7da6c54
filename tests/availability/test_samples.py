"""Real responses of real systems, against what a librarian reads in them.

The expectations (`sample_items`) were written from the files, before any program read them.
"""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from locate.availability import (
    Availability,
    FormKind,
    Item,
    Requestability,
    SupplyRules,
    assess,
    read_holdings,
    tell_form,
)
from locate.records import BibRecord, LoadedRecord, load_file
from locate.supply import Fulfilment, ItemPreferences

from .sample_items import SAMPLES

pytestmark = pytest.mark.shared

SHARED_INDEX = [
    ("ISIL:US-MNMANS", "GEN", "30101023439896", ""),
    ("ISIL:US-MNSB", "reqonly", "30513100638549", ""),
    ("ISIL:US-MNSH", "b", "30521021942957", ""),
    ("ISIL:US-MNSSC", "main", "30514021872969", ""),
    ("ISIL:US-MNU", "TWILSREF", "31951D034987372", "UNLOANABLE"),
    ("ISIL:US-MNU", "TLAWREF", "31951D038655002", "UNLOANABLE"),
    ("ISIL:US-MNU", "MBRIGREF", "31956004669921", "UNLOANABLE"),
    ("ISIL:US-MNWINOS", "MAIN", "30106005882609", ""),
]


def record_of(one: LoadedRecord) -> BibRecord:
    """Return the record, which must have been read."""
    assert isinstance(one.record, BibRecord)
    return one.record


def shown(item: Item) -> dict[str, object]:
    """Return what an item says, without the words it was read from and without what is not said."""
    aside = {"rule", "raw_status", "source"}
    out = {field.name: getattr(item, field.name) for field in fields(item) if field.name not in aside}
    plain = Item(item.status, item.rule)
    said = {name: value for name, value in out.items() if value != getattr(plain, name)}
    return {"status": str(item.status), **said}


@pytest.mark.parametrize(("name", "dialect", "expected"), SAMPLES, ids=[sample[0] for sample in SAMPLES])
def test_sample(shared: Path, name: str, dialect: str, expected: list[list[dict[str, object]]]) -> None:
    """Each record of the sample gives the items that stand in the file, field by field."""
    loaded = load_file(shared / "samples" / name)
    holdings = [read_holdings(record_of(one), one.opac, dialect) for one in loaded]
    found = [[shown(item) for item in each.items] for each in holdings]
    if name.endswith("expectedOutput2.xml"):  # its note is a paragraph of several statements
        assert str(found[0][0].pop("note")).startswith("1: First statement [NOTE: Added by Mike]")
    assert found == expected


def test_sample_volumes(shared: Path) -> None:
    """The volume lines of YAZ's OPAC sample are alike, and stand as one summary."""
    (one,) = load_file(shared / "samples/yaz/test-opac.xml")
    assert read_holdings(record_of(one), one.opac, "opac").summaries == ("3",)


def test_sample_shared_index(shared: Path) -> None:
    """A shared index names libraries and what they lend, and no copy's status."""
    (one,) = load_file(shared / "samples/sharedindex/bibrecord_01.xml")
    items = read_holdings(record_of(one), one.opac, "reservoir").items
    assert [(item.library_code, item.location, item.barcode, item.not_lent) for item in items] == SHARED_INDEX
    assert {str(item.status) for item in items} == {"unknown"}


def test_sample_union_index(shared: Path) -> None:
    """The GVI's e-book is held by five libraries, electronically, of which one lends it."""
    (one,) = load_file(shared / "samples/crosslink/gvi_sru_response.xml")
    items = read_holdings(record_of(one), one.opac, "gvi").items
    assert [(item.library_code, item.not_lent, item.electronic) for item in items] == [
        ("DE-705", "copies only", True),
        ("DE-21", "copies only", True),
        ("DE-24", "", True),
        ("DE-180", "copies only", True),
        ("DE-Ofb1", "copies only", True),
    ]


def _assessed(one: LoadedRecord, dialect: str, *deny: str) -> Requestability:
    holdings = read_holdings(record_of(one), one.opac, dialect)
    rules = SupplyRules(ItemPreferences(deny_locations=deny), Fulfilment())
    return assess(holdings, tell_form(record_of(one), holdings), rules=rules, wants_physical=True)


def test_sample_print_and_electronic_twins(shared: Path) -> None:
    """Pitt's two records of one title: the print one can be had, the other is only electronic."""
    printed, online = load_file(shared / "samples/alma/alma-pitt-extra-eresource-record.xml")
    assert _assessed(printed, "alma").verdict is Availability.AVAILABLE
    assert _assessed(online, "alma").verdict is Availability.ELECTRONIC_ONLY
    assert (
        tell_form(record_of(printed), read_holdings(record_of(printed), printed.opac, "alma")).kind is FormKind.PHYSICAL
    )


def test_sample_reserve_is_a_matter_of_the_deny_list(shared: Path) -> None:
    """Cornell's copy in reserve can be had unless the partner denies that location; the other copy is out."""
    (one,) = load_file(shared / "samples/folio/folio-not-requestable.xml")
    free = _assessed(one, "folio")
    assert (free.verdict, free.item and free.item.barcode) == (Availability.AVAILABLE, "31924128478918")
    denied = _assessed(one, "folio", "olin reserve")
    assert (denied.verdict, denied.item and denied.item.barcode) == (Availability.NOT_REQUESTABLE, "31924127029480")
    assert denied.reason == (
        "2 copies at Olin Library: one in Olin Reserve, a location that is on the deny list; "
        "one in Olin, not available (Checked out) -> not requestable."
    )
