"""Physical, electronic, or both: what a partner holds under one record.

The holdings say most: when all that is held is electronic, so is the title there, even if the record describes a
printed book. Else the record's carriers count (00X, 008, 33X, 245 $h, 300, as `BibRecord.carriers` gives them). A link
in 856 alone proves nothing: it may lead to a table of contents. Decides nothing about lending and raises nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from locate.availability.holdings import Holdings, Item, Status
from locate.records.bib import BibRecord

__all__ = ["Form", "FormKind", "tell_form"]


class FormKind(StrEnum):
    """The form in which a title is held."""

    PHYSICAL = "physical"
    ELECTRONIC = "electronic"
    MIXED = "mixed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Form:
    """The form in which a title is held, and one sentence for each sign of it."""

    kind: FormKind
    evidence: tuple[str, ...] = ()


def tell_form(record: BibRecord | None, holdings: Holdings) -> Form:
    """Tell in what form the title is held, from its record (None when there is none) and its holdings.

    UNKNOWN means that neither says anything. A copy on a shelf under a record of an electronic resource makes it MIXED
    only when the copy is sure: one with a barcode, or one known to be in or out.
    """
    evidence = [*_record_sentences(record), *_item_sentences(holdings.items)]
    carriers = record.carriers if record is not None else frozenset()
    online = any(not carrier.is_tangible for carrier in carriers)
    tangible = any(carrier.is_tangible for carrier in carriers)
    electronic_items = [item for item in holdings.items if item.electronic]
    if electronic_items and len(electronic_items) == len(holdings.items):
        return Form(FormKind.ELECTRONIC, tuple(evidence))
    sure_only = online and not tangible
    on_shelf = any(_is_copy(item, sure_only=sure_only) for item in holdings.items)
    physical = tangible or on_shelf
    electronic = online or bool(electronic_items)
    if physical and electronic:
        return Form(FormKind.MIXED, tuple(evidence))
    if physical or electronic:
        return Form(FormKind.PHYSICAL if physical else FormKind.ELECTRONIC, tuple(evidence))
    return Form(FormKind.UNKNOWN, (*evidence, *_link_sentence(record)))


def _is_copy(item: Item, *, sure_only: bool) -> bool:
    if item.electronic:
        return False
    sure = bool(item.barcode) or item.status is not Status.UNKNOWN
    return sure or (not sure_only and bool(item.library or item.library_code or item.location or item.call_number))


def _record_sentences(record: BibRecord | None) -> list[str]:
    if record is None:
        return []
    return [f"{sign.field} says {sign.carrier}: {sign.text}." for sign in record.carrier_evidence]


def _item_sentences(items: tuple[Item, ...]) -> list[str]:
    rules = Counter(item.electronic for item in items)
    sentences = []
    if rules[True]:
        where = ", ".join(dict.fromkeys(item.place for item in items if item.electronic))
        sentences.append(f"{rules[True]} of {len(items)} holdings electronic: {where}.")
    if copies := sum(item.copies for item in items if _is_copy(item, sure_only=False)):
        sentences.append(f"{copies} {'copy' if copies == 1 else 'copies'} on shelves.")
    return sentences


def _link_sentence(record: BibRecord | None) -> list[str]:
    if record is not None and any(link.first("u") for link in record.get("856")):
        return ["856 gives a link, which alone does not make the title electronic."]
    return []
