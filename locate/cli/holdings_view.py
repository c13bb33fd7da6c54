"""What ``zlocate holdings`` has to tell of the records: their copies raw and parsed, what was guessed, which words are
new. Reads no file and asks no target; `locate.cli.holdings_text` prints it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from locate.availability import Dialect, Holdings, Item, load_dialect, read_holdings, tell_form
from locate.availability.guess import Guess, guess_dialect
from locate.availability.opac_holdings import standard_name, volume_lines
from locate.availability.unknown_words import UnknownWord, unknown_words
from locate.errors import RecordError
from locate.records import BibRecord
from locate.records.bib import DataField
from locate.z3950.opac import CircRecord, HoldingsAndCirc, OpacRecord, text_elements

__all__ = ["Came", "Report", "document", "parsed", "raw", "report"]

_HOLDING_TEXTS, _CIRCULATION_TEXTS = (
    tuple((name, standard_name(f"opac.{name}")) for name in text_elements(kind))
    for kind in (HoldingsAndCirc, CircRecord)
)
_FLAGS = (("renewable", "renewable"), ("on_hold", "onHold"))


@dataclass(frozen=True, slots=True)
class Came:
    """A record as it came: ``record`` and ``opac`` where they could be read, ``problem`` why not, else ""."""

    record: BibRecord | None
    opac: OpacRecord | None
    problem: str = ""

    @classmethod
    def of(cls, record: BibRecord | RecordError, opac: OpacRecord | None) -> Came:
        """Return what came, of a record or of why it cannot be read."""
        return cls(None, opac, record.reason) if isinstance(record, RecordError) else cls(record, opac)

    @property
    def title(self) -> str:
        """The title, "" when the record has none."""
        return self.record.title.shown if self.record is not None else ""

    @property
    def number(self) -> str | None:
        """The control number, None when the record has none."""
        return self.record.control_number if self.record is not None else None


@dataclass(frozen=True, slots=True)
class Report:
    """The records and what ``dialect`` reads in them. ``guesses`` is empty when the dialect was told."""

    dialect: Dialect
    guesses: tuple[Guess, ...]
    records: tuple[tuple[Came, Holdings], ...]
    words: tuple[UnknownWord, ...]

    @property
    def items(self) -> int:
        """How many items there are in all."""
        return sum(len(holdings.items) for _, holdings in self.records)


def report(came: Sequence[Came], told: Dialect | None) -> Report:
    """Read the records by the dialect ``told``, or by the one that is guessed from them when that is None."""
    guesses = () if told is not None else guess_dialect((each.record, each.opac) for each in came)
    dialect = told if told is not None else load_dialect(guesses[0].dialect)
    records = tuple((each, _read(each, dialect)) for each in came)
    words = unknown_words((item for _, holdings in records for item in holdings.items), dialect)
    return Report(dialect, guesses, records, words)


def _read(came: Came, dialect: Dialect) -> Holdings:
    if came.record is None and came.opac is None:
        return Holdings(dialect.name)
    return read_holdings(came.record, came.opac, dialect)


# ---- one item -------------------------------------------------------------------------------------------------------


def raw(item: Item) -> list[tuple[str, str]]:
    """Return what the record says of the item, as it says it: each subfield or element, and its text."""
    source = item.source
    if source is None:
        return []
    return _raw_field(source) if isinstance(source, DataField) else _raw_holding(*source)


def _raw_field(data: DataField) -> list[tuple[str, str]]:
    marks = (data.ind1 + data.ind2).replace(" ", "#")
    head = [] if marks == "##" else [(f"{data.tag} indicators", marks)]
    return head + [(f"{data.tag} ${code}", text) for code, text in data.subfields]


def _raw_holding(holding: HoldingsAndCirc, circulation: CircRecord | None) -> list[tuple[str, str]]:
    found = [(name, text) for field, name in _HOLDING_TEXTS if (text := getattr(holding, field)) is not None]
    found += [("volume", line) for line in volume_lines(holding)]
    if circulation is None:
        return found
    found.append(("availableNow", str(int(circulation.available_now))))
    found += [(name, text) for field, name in _CIRCULATION_TEXTS if (text := getattr(circulation, field)) is not None]
    return found + [(name, "1") for flag, name in _FLAGS if getattr(circulation, flag)]


def parsed(item: Item) -> list[tuple[str, str]]:
    """Return what the dialect makes of the item: a label for each thing that is said, and its text."""
    lines = [
        ("status", str(item.status)),
        ("library", _joined(item.library_code, item.library)),
        ("location", _joined(item.location_code, item.location)),
        ("temporary place", _joined(item.temporary_library, item.temporary_location)),
        ("collection", item.collection),
        ("call number", item.call_number),
        ("barcode", item.barcode),
        ("copy", item.copy),
        ("copies", f"{item.copies:,}" if item.copies != 1 else ""),
        ("policy", item.policy),
        ("material", item.material_type),
        ("process", item.process_type),
        ("enumeration", item.enumeration),
        ("chronology", item.chronology),
        ("due", item.due_date),
        ("holds", f"{item.holds:,}" if item.holds else ""),
        ("not lent", item.not_lent),
        ("suppressed", item.suppressed),
        ("electronic", _electronic(item)),
        *(("statement", statement) for statement in item.statements),
        ("note", item.note),
        ("rule", item.rule),
    ]
    return [(label, text) for label, text in lines if text]


def _joined(*texts: str) -> str:
    return ", ".join(dict.fromkeys(text for text in texts if text))


def _electronic(item: Item) -> str:
    if item.electronic_kind is not None:
        return str(item.electronic_kind)
    return "yes" if item.electronic else ""


# ---- JSON -----------------------------------------------------------------------------------------------------------


def document(found: Report) -> dict[str, Any]:
    """Return the JSON form of a report; ``sure`` is None for a dialect that was told."""
    return {
        "dialect": found.dialect.name,
        "sure": found.guesses[0].sure if found.guesses else None,
        "guesses": [_plain(guess) for guess in found.guesses],
        "records": [_record(came, holdings) for came, holdings in found.records],
        "unknown_words": [_plain(word) for word in found.words],
    }


def _record(came: Came, holdings: Holdings) -> dict[str, Any]:
    return {
        "title": came.title,
        "control_number": came.number,
        "error": came.problem,
        "form": _form(came, holdings),
        "items": [_item(item) for item in holdings.items],
        "summaries": list(holdings.summaries),
        "notes": list(holdings.notes),
        "dropped": [{"why": each.why, **_item(each.item)} for each in holdings.dropped],
    }


def _form(came: Came, holdings: Holdings) -> dict[str, Any]:
    form = tell_form(came.record, holdings)
    return {"kind": form.kind, "electronic_kinds": list(form.kinds), "evidence": list(form.evidence)}


def _item(item: Item) -> dict[str, Any]:
    return {"raw": [list(pair) for pair in raw(item)], **_plain(item, but="source")}


def _plain(value: Guess | UnknownWord | Item, *, but: str = "") -> dict[str, Any]:
    return {each.name: getattr(value, each.name) for each in fields(value) if each.name != but}
