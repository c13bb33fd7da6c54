"""APDUs as text for people: one line, a tree of every field, and octets as a hex dump.

Decides how values are shown: OIDs with their names, octets as text where they are text, long values cut and their
length told, secrets masked (`locate.z3950.masking`). The tree knows no APDU type: it reads the dataclasses. What is
written is always printable and of bounded length a line. Refuses to know where the text goes. Pure; raises nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from locate.text import counted
from locate.z3950.apdu import (
    Apdu,
    AttributesPlusTerm,
    Close,
    DefaultDiagFormat,
    DeleteResultSetRequest,
    DeleteResultSetResponse,
    External,
    IdPass,
    InitializeRequest,
    InitializeResponse,
    NamePlusRecord,
    PresentRequest,
    PresentResponse,
    PresentStatus,
    ScanRequest,
    ScanResponse,
    ScanStatus,
    SearchRequest,
    SearchResponse,
    Segment,
    SortRequest,
    SortResponse,
    SortStatus,
    UnknownApdu,
)
from locate.z3950.diagnostics import diagnostic_error
from locate.z3950.masking import masked
from locate.z3950.oids import NAMES, syntax_name
from locate.z3950.rpn_text import rpn_text, term_text

__all__ = ["OPTIONS", "hex_dump", "one_line", "printable", "tree"]

LINE_CHARACTERS = 200
_SHOWN_OCTETS = 64
_SHOWN_RECORD_OCTETS = 4000
_DUMPED_A_LINE = 16

# Z39.50-2003 Appendix 18, Options; 9 is not assigned.
OPTIONS: dict[int, str] = {
    0: "search",
    1: "present",
    2: "delSet",
    3: "resourceReport",
    4: "triggerResourceCtrl",
    5: "resourceCtrl",
    6: "accessCtrl",
    7: "scan",
    8: "sort",
    10: "extendedServices",
    11: "level-1Segmentation",
    12: "level-2Segmentation",
    13: "concurrentOperations",
    14: "namedResultSets",
    15: "encapsulation",
    16: "resultCount",
    17: "negotiationModel",
    18: "duplicateDetection",
    19: "queryType104",
    20: "pQESCorrection",
    21: "stringSchema",
}


# ---- one line -------------------------------------------------------------------------------------------------------


def one_line(apdu: Apdu) -> str:
    """Return an APDU as one line of at most 200 characters, such as "SearchResponse 12 hits, 10 records"."""
    shown = masked(apdu)
    tell = _LINES.get(type(shown), _simple_fields)
    parts = [part for part in tell(shown) if part]
    return _cut(printable(" ".join((type(shown).__name__, ", ".join(parts))).rstrip()))


def _cut(line: str) -> str:
    return line if len(line) <= LINE_CHARACTERS else f"{line[: LINE_CHARACTERS - 1]}…"


def _init_request(apdu: InitializeRequest) -> Iterator[str]:
    yield _versions(apdu.protocol_version)
    if apdu.id_authentication is not None:
        arm, value = apdu.id_authentication
        user = f" user {value.user_id}" if isinstance(value, IdPass) and value.user_id else ""
        yield f"authentication {arm}{user}"
    yield _implementation(apdu)
    yield _options(apdu.options)


def _init_response(apdu: InitializeResponse) -> Iterator[str]:
    yield "accepted" if apdu.result else "refused"
    yield from ("" if apdu.result else _told(apdu),)
    yield _versions(apdu.protocol_version)
    yield _implementation(apdu)
    yield _options(apdu.options)


def _told(apdu: InitializeResponse) -> str:
    return "; ".join(str(unit.information[1]) for unit in apdu.other_info if unit.information[0] == "text")


def _versions(bits: Iterable[int]) -> str:
    return f"version {'+'.join(str(bit + 1) for bit in sorted(bits)) or 'none'}"


def _implementation(apdu: InitializeRequest | InitializeResponse) -> str:
    return " ".join(part for part in (apdu.implementation_name, apdu.implementation_version) if part)


def _options(bits: Iterable[int]) -> str:
    return " ".join(OPTIONS.get(bit, str(bit)) for bit in sorted(bits))


def _search_request(apdu: SearchRequest) -> Iterator[str]:
    arm, query = apdu.query
    shown = rpn_text(query) if arm in {"type_1", "type_101"} else f"{arm} {_value(query)}"
    yield f"{apdu.result_set_name} {'+'.join(apdu.database_names)} {shown}"
    count = max(apdu.small_set_upper_bound, apdu.medium_set_present_number)
    yield f"up to {counted(count, 'record')}" if count > 0 else "no records"
    yield _form(apdu.preferred_record_syntax, apdu.small_set_element_set_names or apdu.medium_set_element_set_names)


def _search_response(apdu: SearchResponse) -> Iterator[str]:
    yield "" if apdu.search_status else "failed"
    yield counted(apdu.result_count, "hit")
    yield from _returned(apdu.number_of_records_returned, apdu.present_status, apdu.records)


def _present_request(apdu: PresentRequest) -> Iterator[str]:
    yield f"{apdu.result_set_id} from {apdu.result_set_start_point}"
    yield counted(apdu.number_of_records_requested, "record")
    arm, value = apdu.record_composition or ("", None)
    yield _form(apdu.preferred_record_syntax, value if arm == "simple" else None)


def _present_response(apdu: PresentResponse) -> Iterator[str]:
    yield from _returned(apdu.number_of_records_returned, apdu.present_status, apdu.records)


def _form(syntax: str | None, elements: tuple[str, Any] | None) -> str:
    """Return the record syntax and the element set name that are asked for."""
    shown = "" if elements is None else str(elements[1]) if elements[0] == "generic" else elements[0]
    return " ".join(part for part in (syntax_name(syntax) if syntax else "", shown) if part)


def _returned(count: int, present_status: int | None, records: tuple[str, Any] | None) -> Iterator[str]:
    """Tell records, a status that is not success, and diagnostics."""
    yield counted(count, "record")
    yield _status(PresentStatus, present_status)
    arm: str
    value: Any
    arm, value = records or ("", ())
    if arm == "response":
        surrogates = [each.record[1] for each in value if each.record[0] == "surrogate"]
        yield from _diagnostics(surrogates, "surrogate ")
    elif arm:
        yield from _diagnostics(value if arm == "diagnostics" else [value])


def _diagnostics(found: Iterable[DefaultDiagFormat | External], kind: str = "") -> Iterator[str]:
    """Tell the diagnostics that differ, by name."""
    for message in dict.fromkeys(diagnostic_error(each).message for each in found):
        yield f"{kind}{message}"


def _status(names: type, status: int | None) -> str:
    """Return the name of a status out of a class of constants; "" for success and for none."""
    if not status:
        return ""
    found = next((name for name, value in vars(names).items() if name.isupper() and value == status), None)
    return found.lower().replace("_", "-") if found else f"status {status}"


def _segment(apdu: Segment) -> Iterator[str]:
    yield from _returned(apdu.number_of_records_returned, None, ("response", apdu.segment_records))


def _scan_request(apdu: ScanRequest) -> Iterator[str]:
    start = rpn_text(("op", ("attr_term", apdu.term_list_and_start_point)))
    yield f"{'+'.join(apdu.database_names)} {start}"
    yield counted(apdu.number_of_terms_requested, "term")
    yield "" if apdu.preferred_position_in_response is None else f"position {apdu.preferred_position_in_response}"
    yield "" if apdu.step_size is None else f"step {apdu.step_size}"


def _scan_response(apdu: ScanResponse) -> Iterator[str]:
    yield _status(ScanStatus, apdu.scan_status)
    yield counted(apdu.number_of_entries_returned, "term")
    if apdu.entries is not None:
        terms = [value.term for arm, value in apdu.entries.entries if arm == "term"]
        yield f"{term_text(terms[0])} to {term_text(terms[-1])}" if terms else ""
        yield from _diagnostics(apdu.entries.nonsurrogate_diagnostics)


def _sort_request(apdu: SortRequest) -> Iterator[str]:
    yield f"{'+'.join(apdu.input_result_set_names)} into {apdu.sorted_result_set_name}"
    yield f"by {counted(len(apdu.sort_sequence), 'key')}"


def _sort_response(apdu: SortResponse) -> Iterator[str]:
    yield _status(SortStatus, apdu.sort_status) or "success"
    yield from _diagnostics(apdu.diagnostics)


def _delete_request(apdu: DeleteResultSetRequest) -> Iterator[str]:
    yield "+".join(apdu.result_set_list) if apdu.result_set_list else "all result sets"


def _delete_response(apdu: DeleteResultSetResponse) -> Iterator[str]:
    yield f"status {apdu.delete_operation_status}"
    yield from (f"{each.id} {each.status}" for each in (*apdu.delete_list_statuses, *apdu.bulk_statuses))
    yield apdu.delete_message or ""


def _close(apdu: Close) -> Iterator[str]:
    yield apdu.reason_name
    yield apdu.diagnostic_information or ""


def _unknown(apdu: UnknownApdu) -> Iterator[str]:
    yield f"of type 0x{apdu.identifier:x}"
    yield counted(len(apdu.pdu), "byte")


def _simple_fields(apdu: Apdu) -> Iterator[str]:
    """Tell the fields that are numbers, flags and texts: the line of a type that has none of its own."""
    for each in fields(apdu):
        value = getattr(apdu, each.name)
        if isinstance(value, str | int):
            yield f"{each.name} {value}"


_LINES: dict[type, Callable[[Any], Iterator[str]]] = {
    InitializeRequest: _init_request,
    InitializeResponse: _init_response,
    SearchRequest: _search_request,
    SearchResponse: _search_response,
    PresentRequest: _present_request,
    PresentResponse: _present_response,
    Segment: _segment,
    ScanRequest: _scan_request,
    ScanResponse: _scan_response,
    SortRequest: _sort_request,
    SortResponse: _sort_response,
    DeleteResultSetRequest: _delete_request,
    DeleteResultSetResponse: _delete_response,
    Close: _close,
    UnknownApdu: _unknown,
}


# ---- the tree -------------------------------------------------------------------------------------------------------


def tree(apdu: Apdu, *, records: bool = False) -> str:
    """Return every field that is set, one a line, indented by depth, without a line break at the end.

    A line has at most 200 characters, and retrieved records are told by syntax and length; with ``records`` octets are
    shown too, up to 4,000 of each value.
    """
    shown = masked(apdu)
    lines = _fields(shown, "  ", records=records)
    return "\n".join([type(shown).__name__, *(lines if records else map(_cut, lines))])


def _fields(value: Any, indent: str, *, records: bool) -> Iterator[str]:
    """Yield the lines of a dataclass's fields; those with their default value are left out."""
    for each in fields(value):
        found = getattr(value, each.name)
        if found is None or found == ():
            continue
        if isinstance(found, frozenset):
            yield f"{indent}{each.name}: {_bits(each.name, found)}"
        elif isinstance(found, tuple) and "..." in str(each.type):
            yield from _list(each.name, found, indent, records=records)
        elif each.name == "close_reason" and isinstance(value, Close):
            yield f"{indent}{each.name}: {found} ({value.reason_name})"
        else:
            yield from _node(each.name, found, indent, records=records)


def _node(label: str, value: Any, indent: str, *, records: bool) -> Iterator[str]:
    """Yield the lines of one value under its label."""
    deeper = f"{indent}  "
    if _is_choice(value):
        arm, inner = value
        if inner is None:
            yield f"{indent}{label}: {arm}"
        else:
            yield from _node(f"{label}: {arm}", inner, indent, records=records)
    elif isinstance(value, tuple):
        yield from _list(label, value, indent, records=records)
    elif isinstance(value, NamePlusRecord) and value.record[0] == "retrieval" and not records:
        yield f"{indent}{label}: {_summary(value)}"
    elif isinstance(value, DefaultDiagFormat):
        yield f"{indent}{label}: {printable(diagnostic_error(value).message)}"
    elif isinstance(value, AttributesPlusTerm):
        yield f"{indent}{label}: {printable(rpn_text(('op', ('attr_term', value))))}"
    elif is_dataclass(value):
        yield f"{indent}{label}:"
        yield from _fields(value, deeper, records=records)
    else:
        yield f"{indent}{label}: {_value(value, _SHOWN_RECORD_OCTETS if records else _SHOWN_OCTETS)}"


def _list(label: str, values: tuple[Any, ...], indent: str, *, records: bool) -> Iterator[str]:
    """Yield the lines of a SEQUENCE OF, its elements numbered from 1."""
    if all(isinstance(value, str | int) for value in values):
        yield f"{indent}{label}: {', '.join(_value(value) for value in values)}"
        return
    yield f"{indent}{label}: {len(values):,}"
    for number, value in enumerate(values, start=1):
        yield from _node(str(number), value, f"{indent}  ", records=records)


def _is_choice(value: Any) -> bool:
    """Say whether a value is that of a CHOICE: a pair of the alternative's name and the value."""
    return isinstance(value, tuple) and len(value) == 2 and isinstance(value[0], str) and value[0].isidentifier()


def _summary(entry: NamePlusRecord) -> str:
    """Return a record by its syntax and length."""
    external = entry.record[1]
    arm, content = external.encoding
    size = counted(len(content), "byte") if isinstance(content, bytes) else arm
    database = f", database {_value(entry.name)}" if entry.name else ""
    return f"{syntax_name(external.direct_reference)}, {size}{database}"


def _bits(name: str, bits: frozenset[int]) -> str:
    if name == "protocol_version":
        return _versions(bits)
    return _options(bits) if name == "options" else " ".join(map(str, sorted(bits)))


def _value(value: Any, shown: int = _SHOWN_OCTETS) -> str:
    """Return a simple value: texts with the name of an OID, octets as text or hexadecimal, cut after ``shown``."""
    if isinstance(value, str) and value in NAMES:
        return f"{value} ({NAMES[value]})"
    if not isinstance(value, str | bytes):
        return printable(str(value))
    cut = value[:shown]
    length = "" if cut == value else f"… ({counted(len(value), 'byte' if isinstance(value, bytes) else 'character')})"
    if isinstance(cut, bytes):
        text = cut.decode("utf-8", "replace")
        cut = repr(text) if text.isprintable() and "\N{REPLACEMENT CHARACTER}" not in text else cut.hex(" ")
    return printable(cut) + length


def printable(text: str) -> str:
    """Return ``text`` in one line, with an escape for everything that a terminal does not show."""
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text)


# ---- octets ---------------------------------------------------------------------------------------------------------


def hex_dump(octets: bytes) -> str:
    """Return octets as lines of 16: offset, hexadecimal, and what is ASCII among them; "" for none."""
    return "\n".join(_dump_lines(octets))


def _dump_lines(octets: bytes) -> Iterator[str]:
    for start in range(0, len(octets), _DUMPED_A_LINE):
        part = octets[start : start + _DUMPED_A_LINE]
        ascii_text = "".join(chr(octet) if 0x20 <= octet < 0x7F else "." for octet in part)
        yield f"{start:06x}  {part.hex(' '):<{3 * _DUMPED_A_LINE}} |{ascii_text}|"
