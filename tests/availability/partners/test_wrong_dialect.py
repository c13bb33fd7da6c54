"""A record read with the dialect of another system: what its own says is not to be had is not available there either.

Where that cannot hold, the case stands in a list with the dialects that read it so: the same element of the OPAC record
has a status at one system and a place at another, and nothing in the record tells which.
"""

from __future__ import annotations

from locate.availability import Availability, Status, dialect_names, read_holdings
from locate.records import BibRecord, LoadedRecord

from .catalogs import SYSTEMS, numbered
from .works import System, load

_BUT_HORIZON = frozenset(dialect_names()) - {"horizon"}
_HORIZON = frozenset({"horizon"})

# (partner, title): the dialects that read a copy as available there.
_EXCEPTIONS = {
    # Horizon's status words stand where others have an item policy; its place without a shelf has a circulation record.
    ("horizon", "lost, though available"): _BUT_HORIZON,
    ("horizon", "not lent"): _BUT_HORIZON,
    ("horizon", "online"): _BUT_HORIZON - {"symphony"},
    # Horizon repeats the place in the element restrictions, so that a word that nobody knows there says nothing to it.
    ("alma by OPAC", "a word nobody knows"): _HORIZON,
    ("aleph by OPAC", "a word nobody knows"): _HORIZON,
    ("voyager", "a word nobody knows"): _HORIZON,
    ("wms", "a word nobody knows"): _HORIZON,
    ("opac", "a word nobody knows"): _HORIZON,
}


def _reads_available(loaded: LoadedRecord, dialect: str) -> bool:
    """Tell whether a copy on a shelf is available in the record, before any list of the partner."""
    assert isinstance(loaded.record, BibRecord)
    return any(
        item.status is Status.AVAILABLE and not (item.electronic or item.not_lent or item.suppressed)
        for item in read_holdings(loaded.record, loaded.opac, dialect).items
    )


def _not_available() -> list[tuple[System, str, LoadedRecord]]:
    """Return the records of all titles that are not to be had, but for those that only the partner's lists refuse."""
    records = []
    for system in SYSTEMS:
        lists = bool(system.deny_locations or system.deny_policies)
        for number, case in numbered(system):
            loaded = load(case, number, opac=system.syntax == "opac")
            if case.availability is not Availability.AVAILABLE and not (
                lists and _reads_available(loaded, system.dialect)
            ):
                records.append((system, case.title, loaded))
    return records


def test_a_wrong_dialect_does_not_make_a_copy_available() -> None:
    """Every dialect on every record that has no copy to be had, but for the listed ones."""
    found: dict[tuple[str, str], frozenset[str]] = {}
    for system, title, loaded in _not_available():
        others = (name for name in dialect_names() if name != system.dialect)
        if wrong := frozenset(name for name in others if _reads_available(loaded, name)):
            found[system.name, title] = wrong
    assert found == _EXCEPTIONS


def test_the_records_are_many() -> None:
    """The comparison is of more than a hundred titles."""
    assert len(_not_available()) > 100
