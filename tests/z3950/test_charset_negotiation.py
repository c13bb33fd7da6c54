"""Character set negotiation: what is proposed, what is selected, what is answered."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, strategies as st

from locate.errors import BerDecodeError
from locate.z3950.apdu import External, OtherInformationUnit
from locate.z3950.charset_negotiation import (
    CharsetChoice,
    InitialSet,
    Iso2022Proposal,
    Iso2022Response,
    Iso10646,
    LeftAndRight,
    OriginProposal,
    TargetResponse,
    answer,
    codec_name,
    decode_negotiation,
    encode_negotiation,
    propose,
    proposed,
    selected,
)
from locate.z3950.oids import CHARSET_NEGOTIATION_3
from tests.z3950.rewriting import indefinite, long_form
from tests.z3950.strategies import charset_negotiations, steady

LEFT_AND_RIGHT = LeftAndRight(0, 1)


def _unit(negotiation: OriginProposal | TargetResponse) -> OtherInformationUnit:
    external = External(CHARSET_NEGOTIATION_3, None, ("single", encode_negotiation(negotiation)))
    return OtherInformationUnit(("external", external))


def _private(name: bytes) -> tuple[str, Any]:
    return "private", ("external", External("1.2.840.10003.15.1000.81.1", None, ("octets", name)))


@steady
@given(charset_negotiations, st.sampled_from([bytes, indefinite, long_form]))
def test_roundtrip(negotiation: OriginProposal | TargetResponse, form: type[bytes]) -> None:
    """What is written is read back equal, also with indefinite or long lengths."""
    assert decode_negotiation(form(encode_negotiation(negotiation))) == negotiation


@steady
@given(st.binary(max_size=40))
def test_garbage(data: bytes) -> None:
    """Octets that are no negotiation are none, and no error."""
    units = [OtherInformationUnit(("external", External(CHARSET_NEGOTIATION_3, None, ("single", data))))]
    assert isinstance(selected(units), CharsetChoice)
    assert proposed(units) is None or isinstance(proposed(units), OriginProposal)


def test_malformed() -> None:
    """The decoder itself says what is wrong."""
    with pytest.raises(BerDecodeError, match="unexpected identifier 0x30"):
        decode_negotiation(b"\x30\x00")


@pytest.mark.parametrize(
    ("charset", "expected"),
    [
        ("utf-8", ("iso10646", Iso10646("1.0.10646.1.0.8"))),
        ("UTF8", ("iso10646", Iso10646("1.0.10646.1.0.8"))),
        ("utf-16", ("iso10646", Iso10646("1.0.10646.1.0.5"))),
        ("UCS-2", ("iso10646", Iso10646("1.0.10646.1.0.2"))),
        ("ucs-4", ("iso10646", Iso10646("1.0.10646.1.0.4"))),
        ("utf-32-be", ("iso10646", Iso10646("1.0.10646.1.0.4"))),
        ("ISO-8859-1", _private(b"iso-8859-1")),
        ("windows-1252", _private(b"windows-1252")),
        ("iso8859-15", _private(b"iso-8859-15")),
        ("cp1252", _private(b"windows-1252")),
        ("cp437", _private(b"cp437")),
        ("MARC-8", _private(b"marc-8")),
    ],
)
def test_propose(charset: str, expected: tuple[str, Any]) -> None:
    """Unicode is proposed as ISO 10646, any other set by its name."""
    proposal = proposed([propose([charset], records_in_selected=False)])
    assert proposal == OriginProposal((expected,), (), records_in_selected=False)


def test_propose_as_yaz_does() -> None:
    """A proposal of UTF-8 has the octets that YAZ's client sends."""
    _, external = propose(["utf-8"], records_in_selected=True).information
    assert external == External(
        "1.2.840.10003.15.3", None, ("single", bytes.fromhex("a10fa10aa208820628d316010008830101"))
    )


def test_order_and_languages() -> None:
    """Sets and languages keep the order of preference."""
    unit = propose(["windows-1252", "utf-8"], ["ger", "eng"], records_in_selected=True)
    assert proposed([unit]) == OriginProposal(
        (_private(b"windows-1252"), ("iso10646", Iso10646("1.0.10646.1.0.8"))),
        ("ger", "eng"),
        records_in_selected=True,
    )


@pytest.mark.parametrize(
    ("charset", "name"),
    [
        (("iso10646", Iso10646("1.0.10646.1.0.8")), "utf-8"),
        (("iso10646", Iso10646("1.0.10646.1.0.5", "1.0.10646.1.3.0")), "utf-16"),
        (("iso10646", Iso10646("1.0.10646.1.0.2")), "utf-16-be"),
        (("iso10646", Iso10646("1.0.10646.1.0.4")), "utf-32-be"),
        (("iso10646", Iso10646("1.0.10646.1.0.7")), None),
        (("iso10646", Iso10646("1.2.3.8")), None),
        (_private(b"ISO-8859-1"), "iso8859-1"),
        (_private(b"Windows-1252"), "cp1252"),
        (_private(b"MARC-8"), "marc-8"),
        (_private(b""), None),
        (("private", ("external", External("1.2.3", None, ("single", b"\x30\x00")))), None),
        (("private", ("via_oid", ("1.2.3",))), None),
        (("private", ("agreed", None)), None),
        (("none", None), None),
        (None, None),
    ],
)
def test_selected(charset: tuple[str, Any] | None, name: str | None) -> None:
    """A selected set has Python's name when Python has the set, its own when not, none when it has none."""
    assert selected([_unit(TargetResponse(charset, "eng", records_in_selected=True))]) == CharsetChoice(
        name, "eng", records_too=True
    )


@pytest.mark.parametrize(
    ("initial", "name"),
    [
        (InitialSet(1, 6, 100), "iso8859-1"),
        (InitialSet(1, 6, 144), "iso8859-5"),
        (InitialSet(1, 6), "ascii"),
        (InitialSet(1, 2, 9999), None),
    ],
)
def test_selected_iso2022(initial: InitialSet, name: str | None) -> None:
    """ISO 2022 has the name of the ISO 8859 part whose registered sets stand left and right."""
    response = Iso2022Response(("eight_bit", None), (6, 100), initial, LEFT_AND_RIGHT)
    assert selected([_unit(TargetResponse(("iso2022", response)))]).charset == name


@pytest.mark.parametrize(
    "units",
    [
        [],
        [OtherInformationUnit(("text", "hello"))],
        [OtherInformationUnit(("external", External("1.2.3", None, ("octets", b"utf-8"))))],
        [OtherInformationUnit(("external", External(CHARSET_NEGOTIATION_3, None, ("single", b"\xa2\x80"))))],
        [propose(["utf-8"], records_in_selected=False)],
    ],
    ids=["none", "text", "other", "cut", "proposal"],
)
def test_nothing_selected(units: list[OtherInformationUnit]) -> None:
    """No answer, or one that cannot be read, selects nothing."""
    assert selected(units) == CharsetChoice(None, None, records_too=False)


def test_octet_aligned() -> None:
    """An answer wrapped into octets is read too."""
    response = TargetResponse(_private(b"utf-8"))
    external = External(CHARSET_NEGOTIATION_3, None, ("octets", encode_negotiation(response)))
    assert selected([OtherInformationUnit(("external", external))]).charset == "utf-8"


@pytest.mark.parametrize(
    ("able", "languages", "records", "expected"),
    [
        (["utf-8"], [], False, CharsetChoice("utf-8")),
        (["latin-1", "utf-8"], ["ger"], True, CharsetChoice("iso8859-1", "ger", records_too=True)),
        (["koi8-r"], ["eng"], True, CharsetChoice(None, "eng")),
        ([], [], True, CharsetChoice()),
    ],
)
def test_answer(able: list[str], languages: list[str], records: bool, expected: CharsetChoice) -> None:  # noqa: FBT001 - a parameter of the test
    """The first proposed set that the target has is selected, and a language; or none."""
    proposal = proposed([propose(["iso-8859-1", "utf-8"], ["eng", "ger"], records_in_selected=True)])
    assert proposal is not None
    assert selected([answer(proposal, able, languages, records_too=records)]) == expected


def test_answer_leaves_out_what_was_not_proposed() -> None:
    """Sets and records are answered only when they were proposed."""
    (_, external) = answer(OriginProposal((), ("eng",)), ["utf-8"], ["eng"], records_too=True).information
    assert decode_negotiation(external.encoding[1]) == TargetResponse(None, "eng", None)
    (_, external) = answer(OriginProposal((_private(b"x"),)), ["utf-8"]).information
    assert decode_negotiation(external.encoding[1]) == TargetResponse(("none", None), None, None)


def test_answer_iso2022() -> None:
    """A proposal of ISO 2022 is answered with its first initial set; one without a set is not selected."""
    proposal = Iso2022Proposal((6, 100), (InitialSet(1, 6, 100),), LEFT_AND_RIGHT)
    unit = answer(OriginProposal((("iso2022", proposal),)), ["iso-8859-1"])
    assert selected([unit]) == CharsetChoice("iso8859-1")
    empty = Iso2022Proposal((), (), LEFT_AND_RIGHT)
    assert selected([answer(OriginProposal((("iso2022", empty),)), ["ascii"])]) == CharsetChoice()


@pytest.mark.parametrize(
    ("charset", "name"),
    [
        ("UTF-8", "utf-8"),
        ("latin-1", "iso8859-1"),
        ("Windows-1252", "cp1252"),
        ("KOI8-R", "koi8-r"),
        ("EUC-JP", "euc_jp"),
        ("ascii", "ascii"),
        ("marc-8", None),
        ("utf-9", None),
        ("hex", None),
        ("rot13", None),
        ("unicode_escape", None),
        ("../../etc", None),
        ("", None),
    ],
)
def test_codec_name(charset: str, name: str | None) -> None:
    """Only character sets have a codec's name; what else Python calls a codec has none."""
    assert codec_name(charset) == name
