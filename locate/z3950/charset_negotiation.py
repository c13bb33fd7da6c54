"""Character set and language negotiation-3: what the origin proposes in Init, what the target selects.

A proposal and its answer travel as one unit of otherInfo each; both sides then set option bit 17, negotiation model.
Decides which proposed set an answer selects, and how Python names a set; encodes no text. Malformed negotiation is
none: only ``decode_negotiation`` raises, BerDecodeError and PduTooLarge. Source: Z39.50-2003 Appendix 16,
CharSetandLanguageNegotiation-3; ISO-IR, the register of coded character sets.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Sequence as Seq
from dataclasses import dataclass
from typing import Any

from locate.errors import BerDecodeError, PduTooLarge
from locate.z3950.apdu.external import EXTERNAL, External, OtherInformationUnit, octets_of, value_of
from locate.z3950.oids import CHARSET_NEGOTIATION_3, PREFIX
from locate.z3950.schema import (
    BOOLEAN,
    INTEGER,
    NULL,
    OBJECT_IDENTIFIER,
    STRING,
    Choice,
    Explicit,
    Field,
    Implicit,
    Sequence,
    SequenceOf,
    Variant,
    compile_type,
    read_text,
)

__all__ = [
    "NEGOTIATION_MODEL",
    "CharsetChoice",
    "InitialSet",
    "Iso2022Proposal",
    "Iso2022Response",
    "Iso10646",
    "LeftAndRight",
    "OriginProposal",
    "TargetResponse",
    "answer",
    "codec_name",
    "decode_negotiation",
    "encode_negotiation",
    "propose",
    "proposed",
    "selected",
]

NEGOTIATION_MODEL = 17  # the option bit

# A private set named in an octet-aligned EXTERNAL: registered by Index Data, understood by all that is built on YAZ.
_CHARSET_ID = f"{PREFIX}.15.1000.81.1"
# encodingLevel of ISO 10646 is 1.0.10646.1.0.form.
_ISO_10646 = "1.0.10646.1.0"
_FORMS = {"2": "utf-16-be", "4": "utf-32-be", "5": "utf-16", "8": "utf-8"}
_FORM_OF = {"utf-16-be": "2", "ucs-2": "2", "utf-32-be": "4", "ucs-4": "4", "utf-16": "5", "utf-8": "8"}
# ISO-IR registration numbers of the right-hand parts (G1) of ISO 8859, ASCII (6) being the left.
_RIGHT_PARTS = {
    100: "iso8859-1", 101: "iso8859-2", 109: "iso8859-3", 110: "iso8859-4", 144: "iso8859-5", 127: "iso8859-6",
    126: "iso8859-7", 138: "iso8859-8", 148: "iso8859-9", 157: "iso8859-10", 166: "iso8859-11", 179: "iso8859-13",
    199: "iso8859-14", 203: "iso8859-15", 226: "iso8859-16",
}  # fmt: skip
_ASCII = 6
# Character sets, and none of the other things that Python calls codecs (hex, zip, ...).
_CHARSET_NAMES = re.compile(
    r"(utf|iso|latin|windows|cp|ibm|koi8|gb|hz|big5|euc|shift|johab|tis|mac|us-?ascii|ascii)[\w-]*"
)
# How Python's names of sets begin, and the names that they are registered under.
_PYTHON_NAMES = re.compile(r"^(iso8859-|cp125(?=\d$))")
_REGISTERED_NAMES = {"iso8859-": "iso-8859-", "cp125": "windows-125"}


@dataclass(frozen=True, slots=True)
class CharsetChoice:
    """What was negotiated: ``charset`` for names and messages, by Python's name when Python has the set and as the
    target wrote it when not, None for none; ``language`` of messages, None for none; ``records_too`` says that
    records come in ``charset`` as well.
    """

    charset: str | None = None
    language: str | None = None
    records_too: bool = False


# InitialSet ::= SEQUENCE { g0 [0], g1 [1], g2 [2], g3 [3] IMPLICIT INTEGER OPTIONAL, c0 [4] IMPLICIT INTEGER, c1 [5]
#   IMPLICIT INTEGER OPTIONAL }
@dataclass(frozen=True, slots=True)
class InitialSet:
    """Registration numbers of the sets designated at the start."""

    c0: int
    g0: int | None = None
    g1: int | None = None
    g2: int | None = None
    g3: int | None = None
    c1: int | None = None


# LeftAndRight ::= SEQUENCE { gLeft [3] IMPLICIT INTEGER, gRight [4] IMPLICIT INTEGER OPTIONAL }
@dataclass(frozen=True, slots=True)
class LeftAndRight:
    """Which of G0 to G3 stands left and right at the start."""

    g_left: int
    g_right: int | None = None


# Iso2022 ::= CHOICE { originProposal [1] IMPLICIT SEQUENCE { proposedEnvironment [0] Environment OPTIONAL, proposedSets
#   [1] IMPLICIT SEQUENCE OF INTEGER, proposedInitialSets [2] IMPLICIT SEQUENCE OF InitialSet, proposedLeftAndRight [3]
#   IMPLICIT LeftAndRight }, targetResponse [2] IMPLICIT SEQUENCE { selectedEnvironment [0] Environment, selectedSets
#   [1] IMPLICIT SEQUENCE OF INTEGER, selectedinitialSet [2] IMPLICIT InitialSet, selectedLeftAndRight [3] … } }
# Environment ::= CHOICE { sevenBit [1] IMPLICIT NULL, eightBit [2] IMPLICIT NULL }
@dataclass(frozen=True, slots=True)
class Iso2022Proposal:
    """ISO 2022 as proposed; ``environment`` is ("seven_bit", None), ("eight_bit", None) or None for either."""

    sets: tuple[int, ...]
    initial_sets: tuple[InitialSet, ...]
    left_and_right: LeftAndRight
    environment: tuple[str, None] | None = None


@dataclass(frozen=True, slots=True)
class Iso2022Response:
    """ISO 2022 as selected."""

    environment: tuple[str, None]
    sets: tuple[int, ...]
    initial_set: InitialSet
    left_and_right: LeftAndRight


# Iso10646 ::= SEQUENCE { collections [1] IMPLICIT OBJECT IDENTIFIER OPTIONAL, encodingLevel [2] IMPLICIT OBJECT
#   IDENTIFIER }
@dataclass(frozen=True, slots=True)
class Iso10646:
    """ISO 10646: ``encoding_level`` 1.0.10646.1.0.form, form 2 UCS-2, 4 UCS-4, 5 UTF-16, 8 UTF-8."""

    encoding_level: str
    collections: str | None = None


# OriginProposal ::= SEQUENCE { proposedCharSets [1] IMPLICIT SEQUENCE OF CHOICE { iso2022 [1] Iso2022, iso10646 [2]
#   IMPLICIT Iso10646, private [3] PrivateCharacterSet } OPTIONAL, proposedlanguages [2] IMPLICIT SEQUENCE OF
#   LanguageCode OPTIONAL, recordsInSelectedCharSets [3] IMPLICIT BOOLEAN OPTIONAL }
@dataclass(frozen=True, slots=True)
class OriginProposal:
    """What the origin can do, preferred first. A set is ("iso2022", Iso2022Proposal), ("iso10646", Iso10646) or
    ("private", set), that one being ("via_oid", dotted OIDs), ("external", External) or ("agreed", None).
    """

    charsets: tuple[tuple[str, Any], ...] = ()
    languages: tuple[str, ...] = ()
    records_in_selected: bool | None = None


# TargetResponse ::= SEQUENCE { selectedCharSets [1] CHOICE { … as above …, none [4] IMPLICIT NULL } OPTIONAL,
#   selectedLanguage [2] IMPLICIT LanguageCode OPTIONAL, recordsInSelectedCharSets [3] IMPLICIT BOOLEAN OPTIONAL }
@dataclass(frozen=True, slots=True)
class TargetResponse:
    """What the target selected; ``charset`` as in OriginProposal, with Iso2022Response, or ("none", None)."""

    charset: tuple[str, Any] | None = None
    language: str | None = None
    records_in_selected: bool | None = None


_ENVIRONMENT = Explicit(0, Choice(seven_bit=Implicit(1, NULL), eight_bit=Implicit(2, NULL)))
_INITIAL_SET = Sequence(
    InitialSet, *(Field(name, Implicit(tag, INTEGER)) for tag, name in enumerate(("g0", "g1", "g2", "g3", "c0", "c1")))
)
_LEFT_AND_RIGHT = Sequence(LeftAndRight, Field("g_left", Implicit(3, INTEGER)), Field("g_right", Implicit(4, INTEGER)))
_ISO_2022 = Variant(
    (
        Iso2022Proposal,
        Implicit(
            1,
            Sequence(
                Iso2022Proposal,
                Field("environment", _ENVIRONMENT),
                Field("sets", Implicit(1, SequenceOf(INTEGER))),
                Field("initial_sets", Implicit(2, SequenceOf(_INITIAL_SET))),
                Field("left_and_right", Implicit(3, _LEFT_AND_RIGHT)),
            ),
        ),
    ),
    (
        Iso2022Response,
        Implicit(
            2,
            Sequence(
                Iso2022Response,
                Field("environment", _ENVIRONMENT),
                Field("sets", Implicit(1, SequenceOf(INTEGER))),
                Field("initial_set", Implicit(2, _INITIAL_SET)),
                Field("left_and_right", Implicit(3, _LEFT_AND_RIGHT)),
            ),
        ),
    ),
)
# PrivateCharacterSet ::= CHOICE { viaOid [1] IMPLICIT SEQUENCE OF OBJECT IDENTIFIER, externallySpecified [2] IMPLICIT
#   EXTERNAL, previouslyAgreedUpon [3] IMPLICIT NULL }
_ARMS = {
    "iso2022": Explicit(1, _ISO_2022),
    "iso10646": Implicit(
        2,
        Sequence(
            Iso10646,
            Field("collections", Implicit(1, OBJECT_IDENTIFIER)),
            Field("encoding_level", Implicit(2, OBJECT_IDENTIFIER)),
        ),
    ),
    "private": Explicit(
        3,
        Choice(
            via_oid=Implicit(1, SequenceOf(OBJECT_IDENTIFIER)), external=Implicit(2, EXTERNAL), agreed=Implicit(3, NULL)
        ),
    ),
}
_CODEC = compile_type(
    Variant(
        (
            OriginProposal,
            Implicit(
                1,
                Sequence(
                    OriginProposal,
                    Field("charsets", Implicit(1, SequenceOf(Choice(**_ARMS)))),
                    Field("languages", Implicit(2, SequenceOf(STRING))),
                    Field("records_in_selected", Implicit(3, BOOLEAN)),
                ),
            ),
        ),
        (
            TargetResponse,
            Implicit(
                2,
                Sequence(
                    TargetResponse,
                    Field("charset", Explicit(1, Choice(**_ARMS, none=Implicit(4, NULL)))),
                    Field("language", Implicit(2, STRING)),
                    Field("records_in_selected", Implicit(3, BOOLEAN)),
                ),
            ),
        ),
    )
)


def codec_name(charset: str) -> str | None:
    """Return Python's name for a character set, None when Python does not have it."""
    if not _CHARSET_NAMES.fullmatch(charset.lower()):
        return None
    try:
        return codecs.lookup(charset).name
    except LookupError:
        return None


def propose(charsets: Seq[str], languages: Seq[str] = (), *, records_in_selected: bool) -> OtherInformationUnit:
    """Return the unit of otherInfo that proposes ``charsets`` and ``languages``, preferred first, in Init.

    The Unicode encodings are proposed as ISO 10646, any other set by its name ("iso-8859-1", "windows-1252").
    ``languages`` are codes of three letters. ``records_in_selected`` asks for records in the selected set too.
    """
    return _unit(OriginProposal(tuple(map(_proposal_of, charsets)), tuple(languages), records_in_selected))


def proposed(other_info: Iterable[OtherInformationUnit]) -> OriginProposal | None:
    """Return the proposal among the units of an Init request's otherInfo, None when there is none that can be read."""
    return next((found for found in _negotiations(other_info) if isinstance(found, OriginProposal)), None)


def answer(
    proposal: OriginProposal, charsets: Seq[str], languages: Seq[str] = (), *, records_too: bool = False
) -> OtherInformationUnit:
    """Return the unit of otherInfo that answers ``proposal``: the first proposed that is among ``charsets``, or none.

    What is selected reads ``selected`` from the unit. ``records_too`` says that this target can give records in the
    selected set.
    """
    able = {codec_name(name) or name.lower() for name in charsets}
    chosen = next((charset for charset in map(_response_to, proposal.charsets) if _charset_of(charset) in able), None)
    language = next((code for code in proposal.languages if code in languages), None)
    records = None
    if proposal.records_in_selected is not None:
        records = proposal.records_in_selected and records_too and chosen is not None
    none = ("none", None) if proposal.charsets else None
    return _unit(TargetResponse(chosen or none, language, records))


def selected(other_info: Iterable[OtherInformationUnit]) -> CharsetChoice:
    """Return what the target selected, from the units of an Init response's otherInfo.

    A target may select what was not proposed; no answer, or one that cannot be read, selects nothing.
    """
    for found in _negotiations(other_info):
        if isinstance(found, TargetResponse):
            charset = None if found.charset is None else _charset_of(found.charset)
            return CharsetChoice(charset, found.language, bool(found.records_in_selected))
    return CharsetChoice()


def decode_negotiation(data: bytes) -> OriginProposal | TargetResponse:
    """Decode the BER value of a negotiation record. Raises BerDecodeError and PduTooLarge."""
    found: OriginProposal | TargetResponse = _CODEC.decode(data)
    return found


def encode_negotiation(negotiation: OriginProposal | TargetResponse) -> bytes:
    """Encode a proposal or an answer as one BER value."""
    return _CODEC.encode(negotiation)


def _unit(negotiation: OriginProposal | TargetResponse) -> OtherInformationUnit:
    external = External(CHARSET_NEGOTIATION_3, None, ("single", encode_negotiation(negotiation)))
    return OtherInformationUnit(("external", external))


def _negotiations(other_info: Iterable[OtherInformationUnit]) -> Iterable[OriginProposal | TargetResponse]:
    for unit in other_info:
        kind, external = unit.information
        if kind == "external" and external.direct_reference == CHARSET_NEGOTIATION_3:
            try:
                yield decode_negotiation(value_of(external))
            except (BerDecodeError, PduTooLarge):
                continue


def _proposal_of(charset: str) -> tuple[str, Any]:
    name = charset.lower()
    form = _FORM_OF.get(name) or _FORM_OF.get(codec_name(name) or "")
    if form is not None:
        return "iso10646", Iso10646(f"{_ISO_10646}.{form}")
    registered = _PYTHON_NAMES.sub(lambda found: _REGISTERED_NAMES[found.group()], name)
    return "private", ("external", External(_CHARSET_ID, None, ("octets", registered.encode())))


def _response_to(charset: tuple[str, Any]) -> tuple[str, Any]:
    """Return a proposed set as it is selected; only ISO 2022 looks different then."""
    arm, found = charset
    if arm != "iso2022" or not isinstance(found, Iso2022Proposal) or not found.initial_sets:
        return charset
    environment = found.environment or ("eight_bit", None)
    return arm, Iso2022Response(environment, found.sets, found.initial_sets[0], found.left_and_right)


def _charset_of(charset: tuple[str, Any]) -> str | None:
    """Return the name of a selected set, None for none and for one that has no name."""
    arm, found = charset
    if arm == "iso10646":
        level, _, form = found.encoding_level.rpartition(".")
        return _FORMS.get(form) if level == _ISO_10646 else None
    if arm == "iso2022" and isinstance(found, Iso2022Response):
        return _RIGHT_PARTS.get(found.initial_set.g1 or 0, "ascii" if found.initial_set.g0 == _ASCII else None)
    if arm == "private" and found[0] == "external":
        return _private_name(found[1])
    return None


def _private_name(external: External) -> str | None:
    try:
        name = read_text(octets_of(external)).strip()
    except (BerDecodeError, PduTooLarge):
        return None
    return codec_name(name) or name.lower() or None
