"""Diagnostics in words: what a condition means, and what it asks of the person who set up the partner.

Decides which set a diagnostic belongs to, which of several counts, and how it reads; the table of conditions is
`locate.z3950.conditions`. Refuses to know what the engine does about it. Pure; raises nothing for anything a target
sends: a diagnostic that cannot be read is an error value that says so.

A condition number means something only within its set: test it with `is_bib1`, never alone. Besides the set bib-1
itself, two others are taken for it: the attribute set of the same name (3.1), which some targets send in its place and
which can be no diagnostic set; and none at all (""), since the first version of the protocol had one set only.

Source: Z39.50-2003 Appendix DIAG.1 and ERR; registry of the Z39.50 Maintenance Agency.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from locate.errors import BerDecodeError, DiagnosticError, PduTooLarge
from locate.z3950.apdu import DefaultDiagFormat, External
from locate.z3950.apdu.external import value_of
from locate.z3950.apdu.records import DEFAULT_DIAG_FORMAT, DIAG_REC
from locate.z3950.attributes import TYPES, attribute_name, type_name
from locate.z3950.conditions import CONDITIONS
from locate.z3950.diag1 import decode_diag1
from locate.z3950.diag1_meaning import as_bib1
from locate.z3950.oids import (
    BIB1_ATTRIBUTES,
    BIB1_DIAGNOSTICS,
    DIAG1,
    DIAGNOSTIC_CONTAINER,
    NAMES,
    name_of,
    syntax_name,
)
from locate.z3950.schema import SequenceOf, compile_type

__all__ = [
    "ELEMENT_SET_REFUSED",
    "PIGGYBACK_REFUSED",
    "RECORD_TOO_LARGE",
    "SYNTAX_REFUSED",
    "UNSUPPORTED_QUERY",
    "advice",
    "bib1_condition",
    "condition_text",
    "diagnostic_error",
    "diagnostic_text",
    "is_bib1",
    "joined",
    "one_line",
    "refusal",
    "unexplained",
]

# Conditions of bib-1 that call for the same answer.
UNSUPPORTED_QUERY = frozenset({3, 107, 110, 113, 114, *range(115, 124), 201, 229, 245, 246, 247, 1024, 1056, 1073})
ELEMENT_SET_REFUSED = frozenset({14, 24, 25, 26})
SYNTAX_REFUSED = frozenset({106, 227, 238, 239, 1069, 1070})
PIGGYBACK_REFUSED = frozenset({1005, 1006})
RECORD_TOO_LARGE = frozenset({16, 17})

_AS_BIB1 = frozenset({BIB1_DIAGNOSTICS, BIB1_ATTRIBUTES, ""})
_UNSPECIFIED = 100
_SHOWN_CHARS = 200
_SHOWN_OTHERS = 10
_IN_ADVICE_CHARS = 60
_NOTHING = frozenset({"", "null"})  # what a target sends when it has nothing to add (DIAG.1, comment 1)
_MAX_CONTAINERS = 3
_FORMS = _AS_BIB1 | {DIAG1, DIAGNOSTIC_CONTAINER}
_OID = re.compile(r"[012](?:\.\d+){2,}")
_ATTRIBUTE_KINDS = {name: kind for kind, name in TYPES.items()}

_DEFAULT_FORMAT = compile_type(DEFAULT_DIAG_FORMAT)
# GeneralDiagnosticContainer: DiagnosticContainer ::= SEQUENCE OF DiagRec
_CONTAINER = compile_type(SequenceOf(DIAG_REC))


# ---- which condition ------------------------------------------------------------------------------------------------


def bib1_condition(error: DiagnosticError) -> int:
    """Return the condition of a bib-1 diagnostic, 0 for one of any other set."""
    return error.condition if error.diagnostic_set in _AS_BIB1 else 0


def is_bib1(error: DiagnosticError | None, conditions: Collection[int]) -> bool:
    """Say whether ``error`` is a bib-1 diagnostic with one of ``conditions``; False for None."""
    return error is not None and error.diagnostic_set in _AS_BIB1 and error.condition in conditions


# ---- in words -------------------------------------------------------------------------------------------------------


def one_line(text: str, limit: int = _SHOWN_CHARS) -> str:
    """Return what a target sent as one printable line of at most ``limit`` characters."""
    return " ".join("".join(char if char.isprintable() else " " for char in text[: 4 * limit]).split())[:limit]


def condition_text(diagnostic_set: str, condition: int) -> str:
    """Return the meaning of a condition, or "diagnostic N" when the table does not know it."""
    if diagnostic_set in _AS_BIB1:
        known = CONDITIONS.get(condition)
        return known.meaning if known else f"diagnostic {condition}"
    return f"diagnostic {condition} of {NAMES.get(diagnostic_set, f'set {diagnostic_set}')}"


def diagnostic_text(condition: int, diagnostic_set: str = BIB1_DIAGNOSTICS, addinfo: str = "") -> str:
    """Return one line such as "unsupported use attribute (bib-1 114: 9)"."""
    label = f"bib-1 {condition}" if diagnostic_set in _AS_BIB1 else f"{diagnostic_set} {condition}"
    shown = _named(one_line(addinfo))
    return f"{condition_text(diagnostic_set, condition)} ({label}{f': {shown}' if shown else ''})"


def _named(text: str) -> str:
    """Put names for the object identifiers in a text."""
    return _OID.sub(lambda found: _oid_name(found[0]), text)


def _oid_name(oid: str) -> str:
    name = syntax_name(oid)
    return name if name != oid else name_of(oid)


def advice(error: DiagnosticError) -> str:
    """Return one sentence for the person who sets up the partner: what it means for them and what to do.

    What the server added is put in and explained ("use attribute 9 (LC card number)").
    """
    number = bib1_condition(error)
    told = one_line(error.addinfo, _IN_ADVICE_CHARS)
    told = "" if told.lower() in _NOTHING else told
    known = CONDITIONS.get(number)
    if known is None:
        sentence = _unknown(error)
    elif told and known.has_slot:
        return known.advice_with(_explained(known.addinfo, told))
    else:
        sentence = known.advice
    return f"{sentence[:-1]} (the server adds “{told}”)." if told else sentence


def _unknown(error: DiagnosticError) -> str:
    if not error.condition:
        return "The server refused without a reason that can be read here; ask its operator what its log says."
    if error.diagnostic_set in _AS_BIB1:
        return f"The server gives the number {error.condition}, which is not registered; ask its operator about it."
    named = NAMES.get(error.diagnostic_set, error.diagnostic_set)
    return f"The server gives number {error.condition} of a list of its own ({named}); ask its operator about it."


def _explained(kind: str, told: str) -> str:
    """Say what addinfo of a kind stands for."""
    number = told.rpartition("=")[2].strip()
    if number.isascii() and number.isdigit():
        if kind in _ATTRIBUTE_KINDS:
            return attribute_name(_ATTRIBUTE_KINDS[kind], int(number))
        if kind == "type":
            return f"attribute of type {number} ({type_name(int(number))})"
        if kind in {"maximum", "number", "value"}:
            return number
    if kind in {"oid", "syntax", "syntaxes"}:
        return _named(told)
    if kind == "attribute":
        return _attribute_in(told)
    return f"the operator {told}" if kind == "operator" else f"“{told}”"


def _attribute_in(told: str) -> str:
    """Explain the attribute of conditions 1024 and 1056: set, type and value, whatever stands between them."""
    found = re.search(r"([012](?:\.\d+){2,})\D+(\d{1,9})(?:\D+(\d{1,9}))?", told)
    if found is None:
        return f"“{told}”"
    oid, kind, value = found.groups()
    if oid != BIB1_ATTRIBUTES:
        return f"attribute {kind}{f'={value}' if value else ''} of {name_of(oid)}"
    return attribute_name(int(kind), int(value)) if value else type_name(int(kind))


# ---- errors ---------------------------------------------------------------------------------------------------------


def refusal(condition: int, addinfo: str = "") -> DiagnosticError:
    """Return the Bib-1 diagnostic ``condition`` as an error to raise."""
    return diagnostic_error(DefaultDiagFormat(BIB1_DIAGNOSTICS, condition, ("v3", addinfo)))


def unexplained() -> DiagnosticError:
    """Return the error for a target that reports failure and gives no diagnostic."""
    return DiagnosticError("the target reports failure without a diagnostic", diagnostic_set="", condition=0)


def diagnostic_error(diagnostic: DefaultDiagFormat | External, *, target: str = "", phase: str = "") -> DiagnosticError:
    """Build the error for a non-surrogate diagnostic, or for a surrogate one kept as a value.

    A diag-1 diagnostic becomes the nearest bib-1 one, with the target's own words added. One that cannot be read has
    condition 0 and the OID of its format as the set.
    """
    try:
        found = _read(diagnostic, _MAX_CONTAINERS)
    except (BerDecodeError, PduTooLarge) as fault:
        form = diagnostic.direct_reference if isinstance(diagnostic, External) else None
        return DiagnosticError(
            _unreadable(form, fault), diagnostic_set=form or "", condition=0, target=target, phase=phase
        )
    return joined([_error(each, words, target, phase) for each, words in found])


def _error(diagnostic: DefaultDiagFormat, words: str, target: str, phase: str) -> DiagnosticError:
    addinfo = diagnostic.addinfo[1]
    text = diagnostic_text(diagnostic.condition, diagnostic.diagnostic_set_id, addinfo)
    error = DiagnosticError(
        f"{text}: {one_line(words)}" if words else text,
        diagnostic_set=diagnostic.diagnostic_set_id,
        condition=diagnostic.condition,
        addinfo=addinfo,
        target=target,
        phase=phase,
    )
    known = CONDITIONS.get(bib1_condition(error))
    if known is not None:
        error.retry = known.retry
    return error


def joined(errors: Sequence[DiagnosticError]) -> DiagnosticError:
    """Return the one of several (at least one) that counts, with the texts of the first others added to its message.

    The first that names its reason in bib-1 counts; when none does, the first.
    """
    counts = next((each for each in errors if bib1_condition(each) not in {0, _UNSPECIFIED}), errors[0])
    others = [each.message for each in errors if each is not counts]
    if others:
        counts.message += "; also " + "; ".join(others[:_SHOWN_OTHERS])
    if len(others) > _SHOWN_OTHERS:
        counts.message += f"; and {len(others) - _SHOWN_OTHERS:,} more"
    return counts


def _unreadable(form: str | None, fault: BerDecodeError | PduTooLarge) -> str:
    if form is not None and form not in _FORMS:
        return f"a diagnostic in the form {name_of(form)}, which is not read here"
    reason = fault.reason if isinstance(fault, BerDecodeError) else fault.message
    return f"a diagnostic {'without a form' if form is None else f'in the form {name_of(form)}'} with a fault: {reason}"


def _read(diagnostic: DefaultDiagFormat | External, containers: int) -> list[tuple[DefaultDiagFormat, str]]:
    """Return at least one diagnostic, each with what was told beyond it. Raises BerDecodeError or PduTooLarge."""
    if isinstance(diagnostic, DefaultDiagFormat):
        return [(diagnostic, "")]
    oid = diagnostic.direct_reference
    if oid is not None and oid not in _FORMS:
        raise BerDecodeError("an unknown form", offset=0)
    content = value_of(diagnostic)
    if oid is None:
        return _guess(content)
    if oid == DIAG1:
        return _at_least_one([as_bib1(each) for each in decode_diag1(content)])
    if oid in _AS_BIB1:
        return [(_DEFAULT_FORMAT.decode(content), "")]
    if not containers:
        raise BerDecodeError("containers nested too deep", offset=0)
    return _at_least_one([found for each in _CONTAINER.decode(content) for found in _read(each, containers - 1)])


def _guess(content: bytes) -> list[tuple[DefaultDiagFormat, str]]:
    """Read what came without an OID: the default format begins with one of its own, diag-1 with a SEQUENCE."""
    try:
        return [(_DEFAULT_FORMAT.decode(content), "")]
    except BerDecodeError:
        return _at_least_one([as_bib1(each) for each in decode_diag1(content)])


def _at_least_one(found: list[tuple[DefaultDiagFormat, str]]) -> list[tuple[DefaultDiagFormat, str]]:
    if not found:
        raise BerDecodeError("no diagnostic in it", offset=0)
    return found
