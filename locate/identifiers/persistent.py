"""Persistent identifiers: DOI, URN and Handle, bare or inside the web address of their resolver.

Decides what belongs to the identifier and which of its letters differ by case. Raises nothing for any text. Sources:
ISO 26324 and the DOI Handbook (ASCII letters of a DOI are equal in either case), RFC 8141 (so are "urn" and the
namespace of a URN, the rest is not), RFC 3650 (Handle).
"""

from __future__ import annotations

import re

from locate.identifiers.isbn import parse_isbn
from locate.identifiers.issn import parse_issn
from locate.identifiers.number import StandardNumber
from locate.identifiers.plain import ascii_lower, plain

__all__ = ["parse_doi", "parse_handle", "parse_urn"]

_DOI = re.compile(r"(?<![0-9.])10\.[0-9]{4,9}(?:\.[0-9]+)*/\S+")
_URN = re.compile(r"(?<![0-9a-z])urn:([0-9a-z][0-9a-z-]{0,31}):(\S+)", re.IGNORECASE)
_HANDLE = re.compile(r"(?<![0-9A-Za-z._/-])[0-9][0-9A-Za-z_-]*(?:\.[0-9A-Za-z_-]+)*/\S+")
_HANDLE_HEAD = re.compile(r"^\s*(?:hdl:\s*|https?://hdl\.handle\.net/)", re.IGNORECASE)
_CLOSING = ".,;:\"'>"


def parse_doi(text: str) -> StandardNumber:
    """Find the first DOI in ``text``; its value begins with "10." and has its ASCII letters in lower case."""
    return _found(text, _DOI.search(plain(text)), lower=True)


def parse_handle(text: str) -> StandardNumber:
    """Find the Handle in ``text``; its value begins with the prefix ("2027/...") and keeps its letters as given."""
    return _found(text, _HANDLE.search(_HANDLE_HEAD.sub("", plain(text))), lower=False)


def _found(text: str, found: re.Match[str] | None, *, lower: bool) -> StandardNumber:
    value = _without_closing(found.group()) if found else ""
    if value.endswith("/") or not value:
        return StandardNumber(text)
    return StandardNumber(text, ascii_lower(value) if lower else value, valid=True)


def parse_urn(text: str) -> StandardNumber:
    """Find the first URN in ``text``; its value has "urn" and the namespace in lower case.

    The number of urn:isbn and urn:issn stands in its canonical form, and must be right to be valid.
    """
    found = _URN.search(plain(text))
    if found is None or not (specific := _without_closing(found.group(2))):
        return StandardNumber(text)
    space = ascii_lower(found.group(1))
    valid = True
    if space == "isbn":
        isbn = parse_isbn(specific)
        specific, valid = isbn.canonical or specific, isbn.valid
    elif space == "issn":
        issn = parse_issn(specific)
        specific, valid = issn.issn or specific, issn.valid
    return StandardNumber(text, f"urn:{space}:{specific}", valid=valid)


def _without_closing(value: str) -> str:
    """Return ``value`` without the punctuation of the sentence it stood in; parentheses of its own stay."""
    return value.rstrip(_CLOSING if "(" in value else _CLOSING + ")")
