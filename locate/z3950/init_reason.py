"""Why a target said no to Init, or what it says while saying yes: everything told in the two information fields.

Targets tell it in many ways: YAZ and what is built on it as diag-1 inside userInfo-1; OCLC in a format of its own,
which has a message of the day too; others as a plain text, a diagnostic in the default format, or an EXTERNAL without
an OID, which is guessed by its content. Negotiation records are none of this and are passed over. Pure; raises
nothing: what cannot be read is left out.

Source: Z39.50-2003 §3.2.1.1.6 and Appendix USR; UserInfo-1 in the registry of the Maintenance Agency; OCLC's Z39.50
configuration guide, and what YAZ's authors saw of it on the wire.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from locate.errors import BerDecodeError, DiagnosticError, PduTooLarge
from locate.z3950.apdu import DefaultDiagFormat, External, OtherInformationUnit
from locate.z3950.apdu.external import OTHER_INFO, value_of
from locate.z3950.diag1 import Diagnostic, encode_diag1
from locate.z3950.diagnostics import diagnostic_error, joined, one_line
from locate.z3950.oids import (
    BIB1_DIAGNOSTICS,
    DIAG1,
    DIAGNOSTIC_CONTAINER,
    OCLC_USER_INFORMATION,
    SUTRS,
    USER_INFO_1,
)
from locate.z3950.schema import (
    BOOLEAN,
    INTEGER,
    OBJECT_IDENTIFIER,
    OCTET_STRING,
    STRING,
    VISIBLE_STRING,
    Choice,
    Field,
    Implicit,
    Sequence,
    SequenceOf,
    compile_type,
    read_text,
)

__all__ = ["InitReason", "init_reason", "refusal_information"]

_MAX_NESTING = 3  # of userInfo-1 in userInfo-1
_MAX_TEXTS = 10
_MAX_CODE_OCTETS = 8  # as of any integer
_INIT_CONDITIONS = range(1010, 1024)
_DIAGNOSTIC_FORMS = frozenset({BIB1_DIAGNOSTICS, DIAG1, DIAGNOSTIC_CONTAINER})


@dataclass(frozen=True, slots=True)
class InitReason:
    """What a target told in Init. ``texts`` is all of it, one line each, diagnostics in words among them;
    ``diagnostic`` the one that counts, None when it gave none; ``message_of_the_day`` is "" when there is none.
    """

    texts: tuple[str, ...] = ()
    diagnostic: DiagnosticError | None = None
    message_of_the_day: str = ""


# failReason as OCLC documents it: [3] IMPLICIT SEQUENCE { diagnosticSetId OBJECT IDENTIFIER OPTIONAL,
#   code [1] IMPLICIT INTEGER, text [2] IMPLICIT VisibleString OPTIONAL }
@dataclass(frozen=True, slots=True)
class _FailReason:
    code: int | None = None
    diagnostic_set_id: str | None = None
    text: str = ""


# OCLC-UserInformation ::= SEQUENCE { motd [1] IMPLICIT VisibleString OPTIONAL, dblist SEQUENCE OF DBName OPTIONAL,
#   failReason [3] IMPLICIT BOOLEAN OPTIONAL, code [1] IMPLICIT INTEGER OPTIONAL, text [2] IMPLICIT VisibleString
#   OPTIONAL }      DBName ::= [2] IMPLICIT VisibleString
# [1] stands for two things, told apart by their order alone; so the elements are read as a list.
_OCLC = compile_type(
    SequenceOf(
        Choice(
            motd_or_code=Implicit(1, OCTET_STRING),
            databases=SequenceOf(Implicit(2, STRING)),
            failed=Implicit(3, BOOLEAN),
            fail_reason=Implicit(
                3,
                Sequence(
                    _FailReason,
                    Field("diagnostic_set_id", OBJECT_IDENTIFIER),
                    Field("code", Implicit(1, INTEGER)),
                    Field("text", Implicit(2, STRING)),
                ),
            ),
            text=Implicit(2, STRING),
        )
    )
)
_UNITS = OTHER_INFO
_USER_INFO_1 = compile_type(Choice(tagged=_UNITS, plain=_UNITS.inner))
_TEXT = compile_type(Choice(general=STRING, visible=VISIBLE_STRING))


@dataclass(frozen=True, slots=True)
class _Motd:
    text: str


# One thing told: words, a message of the day, or a diagnostic.
_Told = str | _Motd | DiagnosticError


def init_reason(user_information: External | None, other_info: Iterable[OtherInformationUnit] = ()) -> InitReason:
    """Return what an InitializeResponse tells in ``user_information`` and ``other_info``."""
    told = [] if user_information is None else list(_external(user_information, _MAX_NESTING))
    told += _units(other_info, _MAX_NESTING)
    errors = [each for each in told if isinstance(each, DiagnosticError)]
    lines = [one_line(_words(each)) for each in told if not isinstance(each, _Motd)]
    motd = next((one_line(each.text) for each in told if isinstance(each, _Motd)), "")
    return InitReason(
        tuple(dict.fromkeys(line for line in lines if line))[:_MAX_TEXTS],
        joined(errors) if errors else None,
        motd,
    )


def refusal_information(condition: int, addinfo: str = "") -> External:
    """Return a userInformationField that refuses with a bib-1 diagnostic, in the form of YAZ's servers."""
    refused = Diagnostic(("default", DefaultDiagFormat(BIB1_DIAGNOSTICS, condition, ("v3", addinfo))))
    unit = OtherInformationUnit(("external", External(DIAG1, None, ("single", encode_diag1((refused,))))))
    return External(USER_INFO_1, None, ("single", _USER_INFO_1.encode(("tagged", (unit,)))))


def _words(told: str | DiagnosticError) -> str:
    return told.message if isinstance(told, DiagnosticError) else told


def _units(units: Iterable[OtherInformationUnit], nesting: int) -> Iterator[_Told]:
    for unit in units:
        kind, value = unit.information
        if kind == "text":
            yield value
        elif kind == "external" and nesting:
            yield from _external(value, nesting - 1)
        elif kind == "binary" and (text := _plain(value)):
            yield text


def _external(external: External, nesting: int) -> Iterator[_Told]:
    """Read one EXTERNAL by its OID; one without an OID is tried as each format that is known here."""
    oid = external.direct_reference
    if oid in _DIAGNOSTIC_FORMS:
        yield diagnostic_error(external, phase="init")
        return
    readers = {USER_INFO_1: _user_info, OCLC_USER_INFORMATION: _oclc, SUTRS: _text}
    tried = [readers[oid]] if oid in readers else [_user_info, _diagnostic, _oclc, _text] if oid is None else []
    for read in tried:
        try:
            yield from read(value_of(external), nesting)
        except (BerDecodeError, PduTooLarge):
            continue
        return


def _user_info(content: bytes, nesting: int) -> list[_Told]:
    return list(_units(_USER_INFO_1.decode(content)[1], nesting))


def _diagnostic(content: bytes, _nesting: int) -> list[_Told]:
    error = diagnostic_error(External(None, None, ("single", content)), phase="init")
    if not error.condition:
        raise BerDecodeError("no diagnostic", offset=0)
    return [error]


def _oclc(content: bytes, _nesting: int) -> list[_Told]:
    motd, text, code, named_set = "", "", None, None
    for index, (name, value) in enumerate(_OCLC.decode(content)):
        if name == "motd_or_code" and index == 0 and (motd := _plain(value)):
            continue
        if name == "motd_or_code":
            code = int.from_bytes(value, "big", signed=True) if 1 <= len(value) <= _MAX_CODE_OCTETS else code
        elif name == "text":
            text = value
        elif name == "fail_reason":
            code, text, named_set = value.code, value.text, value.diagnostic_set_id
    told: list[_Told] = [_Motd(motd)] if motd else []
    if code is not None:
        # Without a set's name, only the numbers that are registered for Init are sure to be bib-1.
        unnamed = BIB1_DIAGNOSTICS if code in _INIT_CONDITIONS else OCLC_USER_INFORMATION
        diagnostic = DefaultDiagFormat(named_set or unnamed, code, ("v3", text))
        told.append(diagnostic_error(diagnostic, phase="init"))
    elif text:
        told.append(text)
    return told


def _text(content: bytes, _nesting: int) -> list[_Told]:
    try:
        found: tuple[str, Any] = _TEXT.decode(content)
    except BerDecodeError:
        if text := _plain(content):
            return [text]
        raise
    return [found[1]]


def _plain(octets: bytes) -> str:
    """Return octets as text when they read as such, else ""."""
    text = read_text(octets).strip()
    return text if text and all(char.isprintable() or char in "\r\n\t" for char in text) else ""
