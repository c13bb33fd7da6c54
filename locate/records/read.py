"""The door of the records layer: bytes and a syntax in, a `BibRecord` or a `RecordError` out.

Decides by the first byte when the syntax named is not what the bytes are (targets answer with another record syntax
than they say), and says so in the record's warnings. Bytes that are no record are found out here; the text of a field
is decoded when something asks for it. Never raises for bad bytes: the error is the value, and it keeps
them.
"""

from __future__ import annotations

from locate.errors import RecordError
from locate.records.bib import BibRecord
from locate.records.content import Content, beginning
from locate.records.iso2709 import decode_iso2709
from locate.records.unimarc import from_unimarc
from locate.records.view import view_record
from locate.records.xml import decode_xml

__all__ = ["read_record"]

_SYNTAXES = ("marc21", "unimarc", "xml")


def read_record(data: bytes, syntax: str) -> BibRecord | RecordError:
    """Read one record. ``syntax`` is "marc21", "unimarc" (both ISO 2709) or "xml".

    XML may be a MARCXML or turbomarc record, or one inside an OPAC record, an SRU or OAI-PMH response or an Alma bib;
    of several the first is read, with a warning. UNIMARC is read as far as its fields have a MARC 21 counterpart.
    Returns a RecordError, with the bytes and one sentence, for what cannot be read; never raises. Takes time linear
    in ``len(data)``, and refuses more than 16 MiB.
    """
    if syntax not in _SYNTAXES:
        return RecordError(f"record syntax {syntax!r} is not one of {', '.join(_SYNTAXES)}", raw=data, syntax=syntax)
    found = _syntax_of(data, syntax)
    try:
        content: Content = decode_xml(data) if found == "xml" else decode_iso2709(data, found)
    except RecordError as error:
        return error
    if found == "unimarc":
        content = from_unimarc(content)
    warnings = () if found == syntax else (f"sent as {syntax}, but the bytes are {found}",)
    return view_record(content, raw=data, syntax=found, warnings=warnings)


def _syntax_of(data: bytes, syntax: str) -> str:
    head = beginning(data)
    if head.startswith(b"<"):
        return "xml"
    return "marc21" if syntax == "xml" and len(head) == 5 and head.isdigit() else syntax
