"""Compare standard and control numbers, and ask in which field of the record each one stood.

A number of the record's own fields speaks for it; one in a linking entry (76X-787, 830) names another record: 776
another format, 773, 774 and series a whole or a part, 780 and 785 another title of a serial. A control number counts
only with its agency: the same digits of another system are another record. A shared ISBN alone has precision 0.42.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from locate.identifiers import normalize_lccn, parse_control_number, parse_isbn, parse_issn
from locate.matching.compare.finding import Finding, agree, disagree, silent
from locate.matching.compare.formats import acceptable
from locate.matching.labels import labels_in
from locate.matching.normalize import fold
from locate.matching.views import CitationView, RecordView
from locate.records.bib import Carrier, FoundNumber

__all__ = ["compare_control_numbers", "compare_isbn", "compare_issn", "compare_lccn"]

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
_WHY: Final = {
    "other_format": "The number is that of another format, named in field {tag}.",
    "part": "The number is that of a host, series or part, named in field {tag}.",
    "other_serial": "The number is that of an earlier or later title, named in field {tag}.",
    "other_edition": "The number is that of another edition or language, named in field {tag}.",
    "related": "The number is that of a related record, named in field {tag}.",
}
_ELECTRONIC: Final = re.compile(r"\b(?:e ?book|electronic|elektroninen|online|pdf|epub|digital|web|ebk|verkko\w*)\b")
_PRINT: Final = re.compile(
    r"\b(?:pbk|paper|paperback|hbk|hardback|hardcover|cloth|print|gebunden|geb|kart|brosch|nid\w*|sid\w*|rel|br)\b"
)
_MICROFORM: Final = re.compile(r"\b(?:microfiche|microfilm|microform|mf)\b")
_SET: Final = re.compile(r"\b(?:set|gesamtwerk|complete|koko teos|ser)\b")


class _Linked(NamedTuple):
    relation: str
    number: FoundNumber
    tag: str


def _linked(record: RecordView, wanted: frozenset[str]) -> _Linked | None:
    """Return the first linking entry that carries one of the ``wanted`` values."""
    for entry in record.record.linked:
        for number in entry.numbers:
            if number.value in wanted:
                return _Linked(_RELATIONS.get(entry.tag, "related"), number, entry.tag)
    return None


def _show(numbers: Iterable[FoundNumber]) -> str:
    return ", ".join(dict.fromkeys(number.value for number in numbers))


def compare_isbn(citation: CitationView, record: RecordView) -> Finding:
    """Compare ISBNs, 10 and 13 digits folded; one with a wrong check digit is compared as given."""
    wanted = frozenset(value for text in citation.citation.isbn if (value := parse_isbn(text).canonical))
    own = record.record.isbns
    left, right = ", ".join(sorted(wanted)), _show(own)
    if not wanted:
        return silent("isbn.silent", left, right, "The request gives no ISBN.")
    same = [number for number in own if number.value in wanted and number.value]
    active = [number for number in same if number.subfield != "z"]
    if active:
        return _own_isbn(citation, record, active[0], left)
    if same:
        return agree("isbn.cancelled", left, right, "The ISBN stands in the record as cancelled or another's (020 $z).")
    return _not_own("ISBN", record, wanted, left, right)


def _not_own(noun: str, record: RecordView, wanted: frozenset[str], left: str, right: str) -> Finding:
    """Judge a standard number that is none of the record's own: a linked record's, absent, or another."""
    feature = noun.lower()
    linked = _linked(record, wanted)
    if linked:
        why = _WHY[linked.relation].format(tag=linked.tag)
        return disagree(f"{feature}.{linked.relation}", left, linked.number.value, why)
    if not right:
        return silent(f"{feature}.silent", left, "", f"The record has no {noun}.")
    return disagree(f"{feature}.conflict", left, right, f"The record has another {noun}.")


def _own_isbn(citation: CitationView, record: RecordView, found: FoundNumber, left: str) -> Finding:
    """Judge an ISBN of 020 $a by its qualifier: another carrier, the set, one volume of the set."""
    beside = fold(found.qualifier)
    right = f"{found.value} ({found.qualifier})" if found.qualifier else found.value
    carriers = acceptable(citation.citation.format)
    told = [
        carrier
        for carrier, pattern in (
            (Carrier.ELECTRONIC, _ELECTRONIC),
            (Carrier.MICROFORM, _MICROFORM),
            (Carrier.PRINT, _PRINT),
        )
        if pattern.search(beside)
    ]
    if told and not carriers & set(told[:1]):
        return silent("isbn.other_carrier", left, right, "The ISBN is that of another carrier, says its qualifier.")
    if _SET.search(beside) and record.labels and not citation.labels:
        return disagree("isbn.of_set", left, right, "The ISBN is that of the whole set; the record is for a part.")
    volumes = [labels_in(fold(number.qualifier).split()) for number in record.record.isbns]
    own = labels_in(beside.split())
    if own and not record.labels and any(other and other != own for other in volumes):
        return disagree("isbn.of_volume", left, right, "The ISBN is that of one volume; the record is for the set.")
    return agree("isbn.equal", left, right, "The ISBN is the same.")


def compare_issn(citation: CitationView, record: RecordView) -> Finding:
    """Compare ISSNs; ISSN-L and an incorrect ISSN of 022 count less than the record's own."""
    wanted = frozenset(value for text in citation.citation.issn if (value := parse_issn(text).issn))
    own = record.record.issns
    left, right = ", ".join(sorted(wanted)), _show(own)
    if not wanted:
        return silent("issn.silent", left, right, "The request gives no ISSN.")
    if any(number.value in wanted and number.subfield == "a" for number in own):
        return agree("issn.equal", left, right, "The ISSN is the same.")
    if any(number.value in wanted for number in own):
        return agree("issn.weak", left, right, "The ISSN stands in the record as linking or incorrect ISSN.")
    return _not_own("ISSN", record, wanted, left, right)


def compare_lccn(citation: CitationView, record: RecordView) -> Finding:
    """Compare normalised LCCNs; a cancelled one counts less."""
    wanted = normalize_lccn(citation.citation.lccn or "")
    right = _show(record.record.lccns)
    if not wanted:
        return silent("lccn.silent", "", right, "The request gives no LCCN.")
    same = [number for number in record.record.lccns if number.value == wanted]
    if any(number.subfield != "z" for number in same):
        return agree("lccn.equal", wanted, right, "The LCCN is the same.")
    if same:
        return agree("lccn.cancelled", wanted, right, "The LCCN stands in the record as cancelled.")
    if not right:
        return silent("lccn.silent", wanted, "", "The record has no LCCN.")
    return disagree("lccn.conflict", wanted, right, "The record has another LCCN.")


def compare_control_numbers(citation: CitationView, record: RecordView) -> Finding:
    """Compare control numbers with their agencies; bare digits and another agency's number identify nothing."""
    wanted = [parse_control_number(text) for text in citation.citation.control_numbers]
    own = record.record.control_numbers
    left, right = ", ".join(map(str, wanted)), ", ".join(dict.fromkeys(_with_source(number) for number in own))
    if not wanted:
        return silent("control.silent", left, right, "The request gives no control number.")
    keys = {(number.source.casefold(), number.number) for number in wanted if number.source}
    if any((number.source.casefold(), number.value) in keys for number in own):
        return agree("control.equal", left, right, "The control number of the same agency is the same.")
    linked = _linked(record, frozenset(number.number for number in wanted))
    if linked and (not linked.number.source or (linked.number.source.casefold(), linked.number.value) in keys):
        why = _WHY[linked.relation].format(tag=linked.tag)
        return disagree(f"control.{linked.relation}", left, linked.number.value, why)
    if any(number.value in {one.number for one in wanted} for number in own):
        return silent("control.other_agency", left, right, "The digits are the same, the agency is not.")
    agencies = {source for source, _ in keys}
    if any(number.source.casefold() in agencies for number in own):
        return disagree("control.conflict", left, right, "The record has another number of the same agency.")
    return silent("control.silent", left, right, "The record has no control number of that agency.")


def _with_source(number: FoundNumber) -> str:
    return f"({number.source}){number.value}" if number.source else number.value
