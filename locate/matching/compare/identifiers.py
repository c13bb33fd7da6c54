"""Compare standard and control numbers, and ask in which field of the record each one stood.

A number of the record's own fields speaks for it; one in a linking entry (76X-787, 830) names another record: 776
another format, 773, 774 and series a whole or a part, 780 and 785 another title of a serial. A control number counts
only with its agency: the same digits of another system are another record. A shared ISBN alone has precision 0.42.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from locate.identifiers import isbn13_to_10, parse_isbn, read_qualifier
from locate.matching.compare.feature import Feature, agrees, disagrees, silent
from locate.matching.normalize import fold
from locate.matching.views import RecordView, View
from locate.records.bib import FoundNumber

__all__ = [
    "CONTROL_FEATURES",
    "ISBN_FEATURES",
    "ISSN_FEATURES",
    "LCCN_FEATURES",
    "compare_control_numbers",
    "compare_isbn",
    "compare_issn",
    "compare_lccn",
    "shown_control_numbers",
    "shown_isbns",
    "shown_issns",
    "shown_lccns",
]


def _features(noun: str, own: Mapping[str, Feature], *, in_links: bool = True) -> Mapping[str, Feature]:
    """Return the features of a number: ``own`` and those that every number, or every one ``in_links``, has."""
    name = "control" if noun == "control number" else noun.lower()
    common = {
        "silent": silent(f"The {noun} is not known on both sides."),
        "equal": agrees(f"The {noun} is the same."),
        "conflict": disagrees(f"The record has another {noun}."),
    }
    linked = {
        "other_format": disagrees(f"The {noun} is that of another format of the record (776)."),
        "part": disagrees(f"The {noun} is that of a host, series or part of the record."),
        "other_serial": disagrees(f"The {noun} is that of an earlier or later title of the record (780, 785)."),
        "other_edition": disagrees(f"The {noun} is that of another edition or language of the record."),
        "related": disagrees(f"The {noun} is that of a related record."),
    }
    return MappingProxyType(
        {f"{name}.{key}": feature for key, feature in {**common, **(linked if in_links else {}), **own}.items()}
    )


ISBN_FEATURES: Final = _features(
    "ISBN",
    {
        "near": agrees("The ISBN has one wrong digit; otherwise it is the same."),
        "cancelled": agrees("The ISBN stands in the record as cancelled or another's (020 $z)."),
        "other_carrier": silent("The ISBN is that of another carrier, says its qualifier."),
        "qualifier_conflict": disagrees("The ISBN is qualified as that of another carrier or file format."),
        "of_set": disagrees("The ISBN is that of the whole set; the record is for a part."),
        "of_volume": disagrees("The ISBN is that of one volume; the record is for the set."),
    },
)
ISSN_FEATURES: Final = _features(
    "ISSN", {"weak": agrees("The ISSN stands in the record as linking or incorrect ISSN.")}
)
LCCN_FEATURES: Final = _features(
    "LCCN", {"cancelled": agrees("The LCCN stands in the record as cancelled.")}, in_links=False
)
CONTROL_FEATURES: Final = _features(
    "control number", {"other_agency": silent("The digits are the same, the agency is not.")}
)
_FILE: Final = re.compile(r"\b(?:pdf|epub|mobi|mp3)\b")
_RELATIONS: Final = {
    tag: relation
    for relation, tags in {
        "other_format": "776",
        "part": "760 762 770 772 773 774 800 810 811 830",
        "other_serial": "780 785",
        "other_edition": "765 767 775",
    }.items()
    for tag in tags.split()
}


def _relation(record: RecordView, wanted: frozenset[str]) -> str | None:
    """Return what a linking entry with one of the ``wanted`` values is to the record."""
    for value in wanted & record.linked_numbers.keys():
        return _RELATIONS.get(record.linked_numbers[value][0], "related")
    return None


def _show(numbers: Iterable[FoundNumber]) -> str:
    return ", ".join(dict.fromkeys(number.value for number in numbers))


def compare_isbn(wanted: View, record: RecordView) -> str:
    """Compare ISBNs, 10 and 13 digits folded; one with a wrong check digit is compared as given."""
    ours = wanted.isbns
    if not ours:
        return "isbn.silent"
    if not ours.isdisjoint(record.isbns):
        return _own_isbn(wanted, record, ours)
    own = record.record.isbns
    if any(number.value in ours for number in own):
        return "isbn.cancelled"
    relation = _relation(record, ours)
    if relation:
        return f"isbn.{relation}"
    if any(_one_wrong(value, number.value) for value in ours for number in own):
        return "isbn.near"
    return "isbn.conflict" if own else "isbn.silent"


def _one_wrong(value: str, other: str) -> bool:
    """Say whether a number that is no ISBN is one with a wrong digit."""
    isbn = parse_isbn(value)
    if isbn.valid or len(value) not in {10, 13}:
        return False
    full = other if len(value) == 13 else isbn13_to_10(other) or ""
    return len(full) == len(value) and sum(one != two for one, two in zip(value, full, strict=True)) == 1


def _own_isbn(wanted: View, record: RecordView, ours: frozenset[str]) -> str:
    """Judge an ISBN of 020 $a by its qualifier: another carrier, the set, one volume of the set."""
    own = [number for number in record.record.isbns if number.subfield == "a"]
    found = next(number for number in own if number.value in ours)
    beside = read_qualifier(found.qualifier)
    if isinstance(wanted, RecordView) and (judged := _of_two_records(wanted, record, found)):
        return judged
    carriers = wanted.carriers or record.carriers
    if beside.carrier and carriers and beside.carrier not in carriers:
        return "isbn.other_carrier"
    if beside.is_set and record.labels and not wanted.labels:
        return "isbn.of_set"
    others = (read_qualifier(number.qualifier).volume for number in own)
    if (
        beside.volume
        and not record.labels
        and not wanted.is_record
        and any(v not in {"", beside.volume} for v in others)
    ):
        return "isbn.of_volume"
    return "isbn.equal"


def _of_two_records(wanted: RecordView, record: RecordView, found: FoundNumber) -> str | None:
    """Judge an ISBN that two records share by the qualifiers of both, and by the volumes that each counts."""
    if _is_volume_of(wanted, record):
        return "isbn.of_volume"
    if _is_volume_of(record, wanted):
        return "isbn.of_set"
    own = next(one.qualifier for one in wanted.record.isbns if one.value == found.value and one.subfield == "a")
    ours, theirs = _FILE.findall(fold(own)), _FILE.findall(fold(found.qualifier))
    if ours and theirs and set(ours).isdisjoint(theirs):
        return "isbn.qualifier_conflict"
    mine, other = read_qualifier(own), read_qualifier(found.qualifier)
    if mine.carrier and other.carrier and mine.carrier != other.carrier:
        return "isbn.qualifier_conflict"
    return "isbn.equal" if mine.carrier and mine.carrier == other.carrier and not other.is_set else None


def _is_volume_of(volume: RecordView, whole: RecordView) -> bool:
    """Say whether a record of one volume has one of the ISBNs that a record of several volumes lists."""
    return whole.is_set and not volume.is_set and volume.pages > 0 and volume.isbns < whole.isbns


def compare_issn(wanted: View, record: RecordView) -> str:
    """Compare ISSNs; ISSN-L and an incorrect ISSN of 022 count less than the record's own."""
    ours = wanted.issns
    if not ours:
        return "issn.silent"
    if not ours.isdisjoint(record.issns):
        return "issn.equal"
    own = record.record.issns
    if any(number.value in ours for number in own):
        return "issn.weak"
    relation = _relation(record, ours)
    if relation:
        return f"issn.{relation}"
    return "issn.conflict" if own else "issn.silent"


def compare_lccn(wanted: View, record: RecordView) -> str:
    """Compare normalised LCCNs; a cancelled one counts less."""
    ours = wanted.lccns
    if not ours:
        return "lccn.silent"
    if not ours.isdisjoint(record.lccns):
        return "lccn.equal"
    own = record.record.lccns
    if any(number.value in ours for number in own):
        return "lccn.cancelled"
    return "lccn.conflict" if own else "lccn.silent"


def compare_control_numbers(wanted: View, record: RecordView) -> str:
    """Compare control numbers with their agencies; bare digits and another agency's number identify nothing."""
    ours = wanted.control_numbers
    if not ours:
        return "control.silent"
    sourced = wanted.sourced_numbers
    if not sourced.isdisjoint(record.control_numbers):
        return "control.equal"
    linked = record.linked_numbers
    if linked:
        for source, number in sourced:
            tag, agency = linked.get(number, ("", ""))
            if tag and agency in {"", source}:
                return f"control.{_RELATIONS.get(tag, 'related')}"
    if not wanted.is_record and {number for _, number in ours} & {number for _, number in record.control_numbers}:
        return "control.other_agency"
    return "control.conflict" if any(source in record.agencies for source, _ in sourced) else "control.silent"


def shown_isbns(wanted: View, record: RecordView) -> tuple[str, str]:
    """Return the ISBNs of the two sides."""
    return ", ".join(sorted(wanted.isbns)), _show(record.record.isbns)


def shown_issns(wanted: View, record: RecordView) -> tuple[str, str]:
    """Return the ISSNs of the two sides."""
    return ", ".join(sorted(wanted.issns)), _show(record.record.issns)


def shown_lccns(wanted: View, record: RecordView) -> tuple[str, str]:
    """Return the LCCNs of the two sides."""
    return ", ".join(sorted(wanted.lccns)), _show(record.record.lccns)


def shown_control_numbers(wanted: View, record: RecordView) -> tuple[str, str]:
    """Return the control numbers of the two sides with their agencies."""
    own = (
        f"({number.source}){number.value}" if number.source else number.value
        for number in record.record.control_numbers
    )
    if isinstance(wanted, RecordView):
        ours = (f"({number.source}){number.value}" for number in wanted.record.control_numbers if number.source)
        return ", ".join(dict.fromkeys(ours)), ", ".join(dict.fromkeys(own))
    return ", ".join(wanted.citation.control_numbers), ", ".join(dict.fromkeys(own))
