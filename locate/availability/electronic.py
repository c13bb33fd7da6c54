"""Physical, electronic, or both: what a partner holds under one record.

The holdings say most: when all that is held is electronic, so is the title there, even if the record describes a
printed book. Else the record's carriers count (leader, 006, 007, 008, 245 $h, 300, 33X, 347, as `BibRecord.carriers`
gives them), and links:

- 856 with second indicator 0 (the resource) or 1 (a version of it) leads to the title online, unless its words say that
  it is a table of contents, a description or the like; beside a description of print it makes the record MIXED, never
  ELECTRONIC. Any other link proves nothing;
- a reproduction note (533) or a linked other form (776) alone never makes print electronic.

Decides nothing about lending and raises nothing. Source: MARC 21 Bibliographic 533, 776, 856.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from locate.availability.holdings import ElectronicKind, Holdings, Item, Status
from locate.records.bib import BibRecord, Carrier, CarrierEvidence, DataField

__all__ = ["Form", "FormKind", "tell_form"]


class FormKind(StrEnum):
    """The form in which a title is held."""

    PHYSICAL = "physical"
    ELECTRONIC = "electronic"
    MIXED = "mixed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Form:
    """The form in which a title is held, one sentence for each sign of it, and the ``kinds`` of electronic holdings
    that the holdings name.
    """

    kind: FormKind
    evidence: tuple[str, ...] = ()
    kinds: tuple[ElectronicKind, ...] = ()


_REPRODUCTION, _LINK = "533 $a", "856"
# What a link leads to that is not the title itself, as catalogs word it in 856 $3, $y and $z.
_BESIDE = re.compile(
    r"\b(contents?|contributors?|biograph\w*|descriptions?|samples?|reviews?|covers?|summary|summaries|abstracts?|"
    r"excerpts?|first chapter|blurb|inhalt\w*|klappentext|rezension\w*|\w*beschreibung|leseprobe|autoren\w*|sommaire|"
    r"r[ée]sum[ée]s?|couverture|finding aid|publisher.s (web ?site|page)|errata|related)\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"\bfull[ -]?text\b|\bvolltext\b|\btexte int[ée]gral\b", re.IGNORECASE)


def tell_form(record: BibRecord | None, holdings: Holdings) -> Form:
    """Tell in what form the title is held, from its record (None when there is none) and its holdings.

    UNKNOWN means that neither says anything. A copy on a shelf under a record of an electronic resource makes it MIXED
    only when the copy is sure: one with a barcode, or one known to be in or out.
    """
    items = [*holdings.items, *(dropped.item for dropped in holdings.dropped)]
    links = _full_text(record)
    evidence = (*_record_sentences(record), *_item_sentences(items), *_link_sentences(record, links))
    electronic_items = [item for item in items if item.electronic]
    kinds = tuple(dict.fromkeys(item.electronic_kind for item in electronic_items if item.electronic_kind))
    if electronic_items and len(electronic_items) == len(items):
        return Form(FormKind.ELECTRONIC, evidence, kinds)
    online, tangible = _told_by_record(record)
    sure_only = online and not tangible
    physical = tangible or any(_is_copy(item, sure_only=sure_only) for item in items)
    electronic = online or bool(electronic_items) or (physical and bool(links))
    if physical and electronic:
        return Form(FormKind.MIXED, evidence, kinds)
    if physical or electronic:
        return Form(FormKind.PHYSICAL if physical else FormKind.ELECTRONIC, evidence, kinds)
    return Form(FormKind.UNKNOWN, evidence, kinds)


def _told_by_record(record: BibRecord | None) -> tuple[bool, bool]:
    """Return whether the record describes something online, and whether something tangible."""
    if record is None:
        return False, False
    online = Carrier.ELECTRONIC in record.carriers
    tangible = any(carrier.is_tangible for carrier in record.carriers)
    if online and not tangible and _only_reproduced(record.carrier_evidence):
        return False, True
    return online, tangible


def _only_reproduced(signs: tuple[CarrierEvidence, ...]) -> bool:
    """Tell whether nothing but a reproduction note says that the item is online."""
    saying = {sign.field for sign in signs if sign.carrier is Carrier.ELECTRONIC and sign.field != _LINK}
    return saying == {_REPRODUCTION}


def _full_text(record: BibRecord | None) -> list[DataField]:
    """Return the links that lead to the title itself."""
    found = record.get("856") if record is not None else ()
    return [link for link in found if link.ind2 in {"0", "1"} and link.first("u") and not _leads_beside(link)]


def _leads_beside(link: DataField) -> bool:
    said = " ".join(link.all("3yz"))
    return bool(_BESIDE.search(said)) and not _WHOLE.search(said)


def _is_copy(item: Item, *, sure_only: bool) -> bool:
    if item.electronic:
        return False
    sure = bool(item.barcode) or item.status is not Status.UNKNOWN
    return sure or (not sure_only and bool(item.library or item.library_code or item.location or item.call_number))


def _record_sentences(record: BibRecord | None) -> list[str]:
    if record is None:
        return []
    signs = [sign for sign in record.carrier_evidence if sign.field != _LINK]
    said = [f"{sign.field} says {sign.carrier}: {sign.text.rstrip(' .')}." for sign in signs]
    if _only_reproduced(record.carrier_evidence):
        said.append("533 tells of a reproduction, which alone does not make the title electronic.")
    return said


def _item_sentences(items: list[Item]) -> list[str]:
    electronic = [item for item in items if item.electronic]
    sentences = []
    if electronic:
        where = ", ".join(dict.fromkeys(item.place for item in electronic))
        sentences.append(f"{len(electronic)} of {len(items)} holdings electronic: {where}.")
    if copies := sum(item.copies for item in items if _is_copy(item, sure_only=False)):
        sentences.append(f"{copies} {'copy' if copies == 1 else 'copies'} on shelves.")
    return sentences


def _link_sentences(record: BibRecord | None, full_text: list[DataField]) -> list[str]:
    if full_text:
        return [f"856 with second indicator {full_text[0].ind2} leads to the title online: {full_text[0].first('u')}."]
    if record is not None and any(link.first("u") for link in record.get("856")):
        return ["856 gives a link, which alone does not make the title electronic."]
    return []
