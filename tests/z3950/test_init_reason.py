"""What a target tells in the information fields of its answer to Init."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, strategies as st

from locate.errors import Retry
from locate.z3950.apdu import DefaultDiagFormat, External, InitializeResponse, OtherInformationUnit, decode_apdu
from locate.z3950.apdu.external import OTHER_INFO
from locate.z3950.apdu.records import DEFAULT_DIAG_FORMAT
from locate.z3950.ber import encode_length
from locate.z3950.diagnostics import is_bib1
from locate.z3950.init_reason import InitReason, init_reason, refusal_information
from locate.z3950.oids import (
    BIB1_DIAGNOSTICS,
    CHARSET_NEGOTIATION_3,
    DIAG1,
    OCLC_USER_INFORMATION,
    SUTRS,
    USER_INFO_1,
)
from locate.z3950.schema import STRING, VISIBLE_STRING, compile_type
from tests.z3950.rewriting import indefinite

# A SimpleServer target over YAZ 5.34 refusing with diagnostic 1014, as it came over the wire.
_YAZ = bytes.fromhex(
    "b580830200e0840300c002850310000086031000008c01009f6e0238319f6f1573696d706c655f7461726765742f4746532f59415a"
    "9f702f352e33342e302064656330633861306237363231333234363863633832363463316232323065616531633637626437"
    "ab4f284d06072a8648ce130a03a042bf81493e303ca43a06072a8648ce130402a02f302d302ba129a12706072a8648ce130401"
    "020203f61a1875736572206f722070617373776f726420756e6b6e6f776e0000"
)
_REFUSED = "Init: authentication system error (bib-1 1014: user or password unknown)"
_DIAGNOSTIC = compile_type(DEFAULT_DIAG_FORMAT).encode(
    DefaultDiagFormat(BIB1_DIAGNOSTICS, 1014, ("v2", "user or password unknown"))
)
_UNITS = compile_type(OTHER_INFO)
_text = compile_type(STRING).encode
_visible = compile_type(VISIBLE_STRING).encode


def _single(oid: str | None, content: bytes) -> External:
    return External(oid, None, ("single", content))


def _unit(kind: str, value: Any) -> OtherInformationUnit:
    return OtherInformationUnit((kind, value))


def _tlv(identifier: int, content: bytes) -> bytes:
    return bytes((identifier,)) + encode_length(len(content)) + content


def _oclc(*elements: bytes) -> External:
    return _single(OCLC_USER_INFORMATION, _tlv(0x30, b"".join(elements)))


_MOTD = _tlv(0x81, b"Welcome to the test server")
_DATABASES = _tlv(0x30, _tlv(0x82, b"WorldCat") + _tlv(0x82, b"PapersFirst"))
_FAILED = _tlv(0x83, b"\x01")
_CODE = _tlv(0x81, (1011).to_bytes(2, "big"))
_TEXT = _tlv(0x82, b"Invalid authorization")


def test_yaz() -> None:
    """The refusal of a server built on YAZ gives its diagnostic."""
    answer = decode_apdu(_YAZ)
    assert isinstance(answer, InitializeResponse)
    reason = init_reason(answer.user_information, answer.other_info)
    assert reason.texts == (_REFUSED,)
    assert is_bib1(reason.diagnostic, {1014})
    assert reason.message_of_the_day == ""


def test_our_own() -> None:
    """What the target of this project writes is read back."""
    reason = init_reason(refusal_information(1014, "user or password unknown"))
    assert reason.texts == (_REFUSED,)
    assert is_bib1(reason.diagnostic, {1014})


def test_nothing() -> None:
    """A target that tells nothing gives no reason."""
    assert init_reason(None) == InitReason()


@pytest.mark.parametrize("oid", [BIB1_DIAGNOSTICS, None], ids=["bib-1", "no OID"])
@pytest.mark.parametrize("where", ["user information", "other information"])
@pytest.mark.parametrize("form", ["definite", "indefinite"])
def test_default_diagnostic(oid: str | None, where: str, form: str) -> None:
    """A diagnostic in the default format is read in both fields, with its OID and without."""
    external = _single(oid, indefinite(_DIAGNOSTIC) if form == "indefinite" else _DIAGNOSTIC)
    in_user = where == "user information"
    reason = init_reason(external if in_user else None, () if in_user else (_unit("external", external),))
    assert reason.texts == (_REFUSED,)
    assert is_bib1(reason.diagnostic, {1014})


@pytest.mark.parametrize("oid", [USER_INFO_1, None])
def test_units_in_user_information(oid: str | None) -> None:
    """UserInfo-1 gives its units, whether it names itself or not."""
    units = (_unit("text", "closed on\nSundays"), _unit("binary", b"ask the desk"), _unit("binary", b"\x00\x01"))
    reason = init_reason(_single(oid, _UNITS.encode(units)))
    assert reason.texts == ("closed on Sundays", "ask the desk")
    assert reason.diagnostic is None


@pytest.mark.parametrize(
    "external",
    [
        _single(None, _text("no service")),
        _single(None, _visible("no service")),
        _single(SUTRS, _text("no service")),
        External(None, None, ("octets", b"no service")),
    ],
)
def test_plain_text(external: External) -> None:
    """A text is told as it is, in whatever string it came."""
    assert init_reason(external).texts == ("no service",)


def test_several() -> None:
    """Texts come in order and once each; of several diagnostics the one with a reason counts."""
    reason = init_reason(
        refusal_information(100, "no"),
        (
            _unit("text", "no service"),
            _unit("external", refusal_information(1020, "noon")),
            _unit("text", "no service"),
        ),
    )
    assert reason.texts == (
        "unspecified error (bib-1 100: no)",
        "no service",
        "Init: system temporarily unavailable (bib-1 1020: noon)",
    )
    assert is_bib1(reason.diagnostic, {1020})
    assert reason.diagnostic is not None
    assert reason.diagnostic.retry is Retry.LATER


@pytest.mark.parametrize(
    ("elements", "texts", "motd"),
    [
        ((_MOTD, _DATABASES), (), "Welcome to the test server"),
        (
            (_MOTD, _DATABASES, _FAILED, _CODE, _TEXT),
            ("Init: bad user name or password (bib-1 1011: Invalid authorization)",),
            "Welcome to the test server",
        ),
        ((_FAILED, _CODE), ("Init: bad user name or password (bib-1 1011)",), ""),
        ((_CODE, _TEXT), ("Init: bad user name or password (bib-1 1011: Invalid authorization)",), ""),
        ((_FAILED, _TEXT), ("Invalid authorization",), ""),
        (
            (_FAILED, _tlv(0x81, b"\x02"), _TEXT),
            (f"diagnostic 2 of OCLC user information ({OCLC_USER_INFORMATION} 2: Invalid authorization)",),
            "",
        ),
        (
            (_MOTD, _DATABASES, _tlv(0xA3, _CODE + _TEXT)),
            ("Init: bad user name or password (bib-1 1011: Invalid authorization)",),
            "Welcome to the test server",
        ),
        ((_MOTD, _tlv(0x81, b"\x7f" * 9)), (), "Welcome to the test server"),
        ((_MOTD, _tlv(0x81, b"\x7f" * 5000), _TEXT), ("Invalid authorization",), "Welcome to the test server"),
        ((), (), ""),
    ],
)
def test_oclc(elements: tuple[bytes, ...], texts: tuple[str, ...], motd: str) -> None:
    """OCLC's format gives message of the day, code and text, as documented and as it is on the wire."""
    reason = init_reason(_oclc(*elements))
    assert (reason.texts, reason.message_of_the_day) == (texts, motd)


def test_oclc_names_its_set() -> None:
    """A failure code with the OID of its set belongs to that set."""
    named = _tlv(0xA3, _tlv(0x06, bytes.fromhex("2a8648ce130401")) + _tlv(0x81, b"\x02"))
    assert is_bib1(init_reason(_oclc(named)).diagnostic, {2})


@pytest.mark.parametrize(
    "external",
    [
        _single(CHARSET_NEGOTIATION_3, b"\xa2\x00"),
        _single("1.2.3", _text("not for us")),
        External(USER_INFO_1, None, ("bits", b"\x03\x08")),
        _single(USER_INFO_1, b"\x30\x05"),
        _single(None, b"\x02\x01\x01"),
        _oclc(b"\x9f\x7f\x00"),
    ],
)
def test_passed_over(external: External) -> None:
    """Negotiation records, unknown formats and what cannot be read tell nothing and harm nothing."""
    assert init_reason(external, (_unit("external", external), _unit("oid", "1.2.3"))) == InitReason()


def test_unreadable_diagnostic() -> None:
    """A diagnostic that cannot be read is told as such."""
    reason = init_reason(_single(DIAG1, b"\x30\x05"))
    assert reason.texts == ("a diagnostic in the form diag-1 with a fault: a value runs past the end of what holds it",)
    assert reason.diagnostic is not None


def test_nested_without_end() -> None:
    """UserInfo-1 nested deeper than anybody needs is left unread."""
    units = (_unit("text", "deep"),)
    for _ in range(20):
        units = (_unit("external", _single(USER_INFO_1, _UNITS.encode(units))),)
    assert init_reason(None, units) == InitReason()


def test_many_and_long() -> None:
    """However much a target tells, ten lines of 200 characters are kept."""
    reason = init_reason(None, tuple(_unit("text", f"{number} {'x' * 5000}") for number in range(50)))
    assert [len(text) for text in reason.texts] == [200] * 10


@given(
    st.builds(
        External,
        st.sampled_from([None, DIAG1, BIB1_DIAGNOSTICS, USER_INFO_1, OCLC_USER_INFORMATION, SUTRS]),
        st.none(),
        st.tuples(st.sampled_from(["single", "octets", "bits"]), st.binary(max_size=60)),
    )
)
def test_nothing_raises(external: External) -> None:
    """Whatever bytes a target sends, the reason is printable lines."""
    reason = init_reason(external, (_unit("external", external),))
    assert all(text and text.isprintable() for text in reason.texts)
    assert reason.message_of_the_day.isprintable()
