"""Read a MARC file for the tests: the facts of each record, and which records are one and the same item.

This reader stands apart from the product's own, so that a mistake there cannot hide here. It takes the plain reading
of each field and judges nothing beyond it. Records that pymarc cannot read are left out.
"""

from __future__ import annotations

import logging
import re
import unicodedata
import warnings
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pymarc

from locate.citation import DocumentType, RequestedFormat

__all__ = ["Facts", "facts_of", "fold", "read_facts", "same_items"]

_MATERIAL = {
    "c": DocumentType.SCORE,
    "d": DocumentType.SCORE,
    "e": DocumentType.MAP,
    "f": DocumentType.MAP,
    "g": DocumentType.VIDEO,
    "i": DocumentType.RECORDING,
    "j": DocumentType.RECORDING,
    "a": DocumentType.BOOK,
    "t": DocumentType.BOOK,
}
_TEXT_LIKE = {DocumentType.BOOK, DocumentType.SERIAL, DocumentType.MAP, DocumentType.SCORE}
_FOUR_DIGITS = re.compile(r"\d{4}")
_OCLC = re.compile(r"\(OCoLC\)\s*(?:ocm|ocn|on)?0*(\d+)", re.IGNORECASE)
_MICRO = re.compile(r"micro(?:form|fiche|film|opaque|card)", re.IGNORECASE)
_ONLINE = re.compile(r"electronic resource|online resource|computer file", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a citation is drawn from; empty text, empty tuples and None mean that the record does not say.

    ``parts`` are 245 $n and $p in their order, as (code, text). ``author`` is the heading of 100, 110, 111, 700 or
    710, the first there is; ``personal`` tells a person's. ``isbns`` are 020 $a, ``other_isbns`` 776 $z: digits only.
    """

    control_number: str
    title: str
    subtitle: str
    parts: tuple[tuple[str, str], ...]
    nonfiling: int
    author: str
    personal: bool
    responsibility: str
    year: int | None
    edition: str
    publisher: str
    isbns: tuple[str, ...]
    other_isbns: tuple[str, ...]
    issns: tuple[str, ...]
    carrier: RequestedFormat
    type: DocumentType
    language: str
    oclc: frozenset[str]


def fold(text: str) -> str:
    """Return the words of ``text`` without diacritics, case and punctuation, one space between them."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", bare.casefold()))


def read_facts(path: Path) -> list[Facts]:
    """Return the facts of every readable record of an ISO 2709 file that has a 001 and a 245 $a, in file order."""
    logger = logging.getLogger("pymarc")
    quiet, logger.disabled = logger.disabled, True
    try:
        with path.open("rb") as source, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            records = pymarc.MARCReader(source, to_unicode=True, permissive=True)
            found = (facts_of(record) for record in records if record is not None)
            return [facts for facts in found if facts.control_number and facts.title]
    finally:
        logger.disabled = quiet


def facts_of(record: pymarc.Record) -> Facts:
    """Return the facts of one record; a record without 001 or 245 $a has an empty control number or title."""
    title = next(iter(record.get_fields("245")), pymarc.Field(tag="245"))
    main, personal = _heading(record)
    fixed = _control(record, "008")
    kind = _type(record)
    return Facts(
        control_number=_control(record, "001").strip(),
        title=_first(title, "a"),
        subtitle=_first(title, "b"),
        parts=tuple((s.code, s.value.strip()) for s in title.subfields if s.code in "np" and s.value.strip()),
        nonfiling=int(title.indicator2) if title.indicator2.isdigit() else 0,
        author=main,
        personal=personal,
        responsibility=_first(title, "c"),
        year=_year(record, fixed),
        edition=_value(record, "a", "250"),
        publisher=_value(record, "b", "264", "260"),
        isbns=tuple(_isbns(record, "020", "a")),
        other_isbns=tuple(_isbns(record, "776", "z")),
        issns=tuple(v.strip() for f in record.get_fields("022") for v in f.get_subfields("a") if v.strip()),
        carrier=_carrier(record, kind, fixed),
        type=kind,
        language=code if (code := fixed[35:38]).isalpha() and code not in {"und", "zxx", "mul"} else "",
        oclc=frozenset(_oclc(record)),
    )


def same_items(facts: Iterable[Facts]) -> dict[str, frozenset[str]]:
    """Return control number -> the control numbers of the records that describe the same item, itself among them.

    Two records are the same item when carrier and part numbers agree and either they share an OCLC number (035 $a, or
    001 where 003 is OCoLC), or their full title ($a, $b, $n, $p), year, author and document type are equal as folded
    words. Where the record names no author, 245 $c stands in for it. A record without a year is the same only by
    OCLC number: "Annual report" and nothing more says too little. The relation is not carried on from pair to pair.
    """
    everything = list(facts)
    groups: defaultdict[tuple[object, ...], set[str]] = defaultdict(set)
    keys = {one.control_number: _item_keys(one) for one in everything}
    for number, own in keys.items():
        for key in own:
            groups[key].add(number)
    return {number: frozenset({number}.union(*(groups[key] for key in own))) for number, own in keys.items()}


def _item_keys(one: Facts) -> list[tuple[object, ...]]:
    numbers = tuple(fold(text) for code, text in one.parts if code == "n")
    keys: list[tuple[object, ...]] = [("oclc", number, one.carrier, numbers) for number in one.oclc]
    if one.year is not None:
        title = fold(" ".join([one.title, one.subtitle, *(text for _, text in one.parts)]))
        author = fold(one.author or one.responsibility)
        keys.append(("core", title, one.year, author, one.type, one.carrier, numbers))
    return keys


def _first(field: pymarc.Field, code: str) -> str:
    return next((value.strip() for value in field.get_subfields(code) if value.strip()), "")


def _value(record: pymarc.Record, code: str, *tags: str) -> str:
    return next((text for tag in tags for field in record.get_fields(tag) if (text := _first(field, code))), "")


def _control(record: pymarc.Record, tag: str) -> str:
    return next((field.data or "" for field in record.get_fields(tag)), "")


def _heading(record: pymarc.Record) -> tuple[str, bool]:
    for tag in ("100", "110", "111", "700", "710"):
        if text := _value(record, "a", tag):
            return text, tag in {"100", "700"}
    return "", False


def _year(record: pymarc.Record, fixed: str) -> int | None:
    for text in (fixed[7:11], _value(record, "c", "264", "260")):
        if match := _FOUR_DIGITS.search(text):
            return int(match.group())
    return None


def _isbns(record: pymarc.Record, tag: str, code: str) -> Iterable[str]:
    for field in record.get_fields(tag):
        for value in field.get_subfields(code):
            token = value.split()[0] if value.split() else ""
            digits = token.replace("-", "").upper()
            if re.fullmatch(r"\d{9}[\dX]|\d{13}", digits):
                yield digits


def _oclc(record: pymarc.Record) -> Iterable[str]:
    for field in record.get_fields("035"):
        for value in field.get_subfields("a"):
            if match := _OCLC.match(value.strip()):
                yield match.group(1)
    number = re.fullmatch(r"\s*(?:ocm|ocn|on)?0*(\d+)\s*", _control(record, "001"))
    if number and _control(record, "003").strip() == "OCoLC":
        yield number.group(1)


def _type(record: pymarc.Record) -> DocumentType:
    leader = str(record.leader).ljust(24)
    if leader[6] in "at" and leader[7] in "bis":
        return DocumentType.SERIAL
    return _MATERIAL.get(leader[6], DocumentType.OTHER)


def _carrier(record: pymarc.Record, kind: DocumentType, fixed: str) -> RequestedFormat:
    """Judge microform before electronic: a scanned microfilm is rare, a catalogued microform of a website rarer."""
    form = fixed[29:30] if kind in {DocumentType.MAP, DocumentType.VIDEO} else fixed[23:24]
    carriers = {value[:2] for field in record.get_fields("338") for value in field.get_subfields("b")}
    said = " ".join(
        value
        for tag, code in (("245", "h"), ("300", "a"), ("338", "a"), ("533", "a"))
        for field in record.get_fields(tag)
        for value in field.get_subfields(code)
    )
    if form in set("abc") or _MICRO.search(said) or any(code.startswith("h") for code in carriers):
        return RequestedFormat.MICROFORM
    if form in set("oqs") or _ONLINE.search(said) or "cr" in carriers:
        return RequestedFormat.ELECTRONIC
    return RequestedFormat.PRINT if kind in _TEXT_LIKE else RequestedFormat.PHYSICAL
