"""Secrets are taken out of APDUs, and nothing else is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, strategies as st

from locate.partner import Credentials
from locate.z3950.apdu import (
    AccessControlResponse,
    Apdu,
    Close,
    External,
    IdPass,
    InitializeRequest,
    SearchResponse,
    decode_apdu,
    encode_apdu,
)
from locate.z3950.masking import MASK, Secrets, masked
from locate.z3950.oids import PREFIX
from tests.z3950.asking import INIT
from tests.z3950.strategies import apdus, steady

SECRET = "xyzzy-plugh-42"
PROMPT = f"{PREFIX}.8.1"
HOLDS_SECRET = External(PROMPT, None, ("octets", b"\x30" + SECRET.encode()))
MASKED = External(PROMPT, None, ("octets", MASK.encode()))


@pytest.mark.parametrize(
    ("authentication", "shown"),
    [
        (("id_pass", IdPass("group", "ill", SECRET)), ("id_pass", IdPass("group", "ill", MASK))),
        (("id_pass", IdPass(None, "ill", "")), ("id_pass", IdPass(None, "ill", MASK))),
        (("id_pass", IdPass("group", "ill")), ("id_pass", IdPass("group", "ill"))),
        (("open", f"ill/{SECRET}"), ("open", MASK)),
        (("open", SECRET), ("open", MASK)),
        (("other", HOLDS_SECRET), ("other", MASKED)),
        (("anonymous", None), ("anonymous", None)),
        (None, None),
    ],
)
def test_authentication(authentication: tuple[str, Any] | None, shown: tuple[str, Any] | None) -> None:
    """A password, an open string and an external token are masked; user and group are not."""
    request = replace(INIT, id_authentication=authentication)
    assert masked(request) == replace(INIT, id_authentication=shown)


def test_user_information() -> None:
    """User information may hold a password, unless it negotiates the character set."""
    assert masked(replace(INIT, user_information=HOLDS_SECRET)) == replace(INIT, user_information=MASKED)
    negotiation = replace(INIT, user_information=External(f"{PREFIX}.15.3", None, ("octets", b"utf-8")))
    assert masked(negotiation) is negotiation


@pytest.mark.parametrize(
    ("response", "shown"),
    [(("simple", SECRET.encode()), ("simple", MASK.encode())), (("external", HOLDS_SECRET), ("external", MASKED))],
)
def test_security_challenge_response(response: tuple[str, Any], shown: tuple[str, Any]) -> None:
    """The answer to a challenge is masked in either form."""
    assert masked(AccessControlResponse(response)) == AccessControlResponse(shown)


@steady
@given(apdus)
def test_masking_is_done_once(apdu: Apdu) -> None:
    """A masked APDU can be encoded, and masking it again changes nothing."""
    once = masked(apdu)
    assert masked(once) == once
    assert masked(decode_apdu(encode_apdu(once))) == once
    if not isinstance(apdu, InitializeRequest | AccessControlResponse):
        assert once is apdu


@steady
@given(st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=8))
def test_no_secret_is_left(secret: str) -> None:
    """The octets of a masked request do not hold the password, in whatever form it was given."""
    forms: list[tuple[str, Any]] = [
        ("id_pass", IdPass(None, "user", secret)),
        ("open", f"user/{secret}"),
        ("other", External(PROMPT, None, ("octets", secret.encode()))),
    ]
    for form in forms:
        request = replace(INIT, id_authentication=form)
        assert secret.encode() in encode_apdu(request)
        assert secret.encode() not in encode_apdu(masked(request))


def test_nothing_to_mask() -> None:
    """An APDU without a secret stays the very same."""
    answer = SearchResponse(0, 0, 0, search_status=True)
    assert masked(answer) is answer
    assert masked(INIT) is INIT


@pytest.mark.parametrize("credentials", [Credentials("ill", SECRET), Credentials(open=SECRET)])
def test_secrets_that_come_back(credentials: Credentials) -> None:
    """What a target says is shown without the secrets it repeats, and else as it came."""
    secrets = Secrets(credentials)
    pdu, apdu = secrets.hide(encode_apdu(close := Close(5, f"wrong: {SECRET}")), close)
    assert (pdu, apdu) == (
        encode_apdu(replace(close, diagnostic_information="wrong: **************")),
        decode_apdu(pdu),
    )
    assert secrets.hide(encode_apdu(Close(0)), other := Close(0)) == (encode_apdu(other), other)
    assert secrets.hide_in_text(f"wrong: {SECRET}!") == "wrong: ***!"
    assert secrets.hide(f"\xb5\x02{SECRET}".encode("latin-1"), None) == (b"\xb5\x02**************", None)


@pytest.mark.parametrize(
    "credentials", [None, Credentials(anonymous=True), Credentials("ill", "abc"), Credentials("", "")]
)
def test_nothing_to_look_for(credentials: Credentials | None) -> None:
    """Without a secret, or with one that is in every other word, nothing is changed."""
    close = Close(0, "abc")
    assert Secrets(credentials).hide(encode_apdu(close), close)[1] is close
    assert Secrets(credentials).hide_in_text("abc") == "abc"
