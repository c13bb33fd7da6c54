"""UNIMARC fields under their MARC 21 counterparts, so that one view reads both. Best effort, and it says so.

Decides only which field means what: title, names, numbers, edition, imprint, extent, language, dates, contents and
titles that vary. Local fields (9XX) and 856 stay as they are. Forms of item are not translated, so that the carrier
of a UNIMARC record often stays unknown. Raises nothing. Source: UNIMARC Bibliographic, 3rd edition (IFLA 2008).
"""

from __future__ import annotations

from locate.records.content import Content, MarcContent
from locate.records.elements import DataField

__all__ = ["from_unimarc"]

# tag: (MARC 21 tag, {UNIMARC subfield: MARC 21 subfield})
_FIELDS: dict[str, tuple[str, dict[str, str]]] = {
    "010": ("020", {"a": "a", "b": "q", "z": "z"}),
    "011": ("022", {"a": "a", "y": "y", "z": "z"}),
    "101": ("041", {"a": "a"}),
    "200": ("245", {"a": "a", "b": "h", "e": "b", "f": "c", "g": "c", "h": "n", "i": "p"}),
    "205": ("250", {"a": "a", "b": "b"}),
    "210": ("260", {"a": "a", "c": "b", "d": "c"}),
    "214": ("264", {"a": "a", "c": "b", "d": "c"}),
    "215": ("300", {"a": "a", "c": "b", "d": "c", "e": "e"}),
    "225": ("490", {"a": "a", "v": "v"}),
    "327": ("505", {"a": "t"}),
    "500": ("240", {"a": "a", "h": "n", "i": "p"}),
    "510": ("246", {"a": "a", "e": "b", "h": "n", "i": "p"}),
    "512": ("246", {"a": "a", "e": "b", "h": "n", "i": "p"}),
    "517": ("246", {"a": "a", "e": "b", "h": "n", "i": "p"}),
    "530": ("222", {"a": "a"}),
    "430": ("780", {"t": "t", "x": "x"}),
    "440": ("785", {"t": "t", "x": "x"}),
    "452": ("776", {"t": "t", "x": "x", "y": "z"}),
    "710": ("110", {"a": "a", "b": "b"}),
    "711": ("710", {"a": "a", "b": "b"}),
    "712": ("710", {"a": "a", "b": "b"}),
}
_PERSONS = {"700": "100", "701": "700", "702": "700"}
_KEPT = frozenset({"035", "856"})
# 100 $a/8, type of publication date, to 008/06.
_DATE_TYPES = {"a": "c", "b": "d", "c": "u", "d": "s", "e": "r", "f": "q", "g": "m", "h": "t", "i": "p", "j": "e"}
_TYPES = {"b": "t", "l": "m"}


def from_unimarc(content: Content) -> MarcContent:
    """Return ``content`` with its fields renamed to MARC 21, an 008 made of 100 $a, and a warning that says so."""
    fields = tuple(found for field in content.fields if (found := _renamed(field)) is not None)
    control = content.control_fields
    if coded := _coded_008(content):
        control = (*(pair for pair in control if pair[0] != "008"), ("008", coded))
    leader = content.leader[:6] + _TYPES.get(content.leader[6], content.leader[6]) + content.leader[7:]
    warnings = (*content.warnings, "UNIMARC, read as far as its fields have a MARC 21 counterpart")
    return MarcContent(leader, control, fields, content.charset, warnings)


def _renamed(field: DataField) -> DataField | None:
    if field.tag in _KEPT or field.tag[:1] == "9":
        return field
    if field.tag in _PERSONS:
        heading = ", ".join(text.strip(" ,") for text in field.all("ab"))
        return DataField(_PERSONS[field.tag], "1", " ", (("a", heading),)) if heading else None
    if field.tag not in _FIELDS:
        return None
    tag, codes = _FIELDS[field.tag]
    subfields = tuple((codes[code], text) for code, text in field.subfields if code in codes)
    # UNIMARC titles carry no count of characters to skip.
    return DataField(tag, " ", " ", subfields) if subfields else None


def _coded_008(content: Content) -> str:
    general = next((text for field in content.fields if field.tag == "100" for text in field.all("a")), "")
    if not general:
        return ""
    language = next((text for field in content.fields if field.tag == "101" for text in field.all("a")), "")
    dates = f"{general[9:17]:8}"
    return f"{general[2:8]:6}{_DATE_TYPES.get(general[8:9], '|')}{dates}   ".ljust(35) + f"{language[:3]:3}  "
