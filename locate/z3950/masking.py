"""Secrets taken out of an APDU, before anything of it is written down.

Decides what in an APDU is a secret: the password of idPass, the whole of the open and of the external form of
idAuthentication (how they hold a password is a matter between origin and target), user information that is not
negotiation, and the answer to a security challenge. Group and user names are none. What a target says may repeat a
secret: those that are known beforehand are found there too. Refuses to know what becomes of the APDU. Pure; raises
nothing. Source: Z39.50-2003 §3.2.1.1.5 (idAuthentication), §3.2.5 (access control).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from locate.errors import RemoteProtocolError
from locate.partner import Credentials
from locate.z3950.apdu import AccessControlResponse, Apdu, External, IdPass, InitializeRequest, decode_apdu
from locate.z3950.oids import PREFIX

__all__ = ["MASK", "Secrets", "masked"]

MASK = "***"
_LEAST_CHARACTERS = 4  # a shorter secret is found in every other record
_NEGOTIATION = f"{PREFIX}.15."


def masked(apdu: Apdu) -> Apdu:
    """Return ``apdu`` with `MASK` in the place of each secret, or ``apdu`` itself when it has none.

    The mask has one length, so that it does not tell that of the secret.
    """
    if isinstance(apdu, InitializeRequest):
        authentication = _authentication(apdu.id_authentication)
        information = _user_information(apdu.user_information)
        if authentication == apdu.id_authentication and information is apdu.user_information:
            return apdu
        return replace(apdu, id_authentication=authentication, user_information=information)
    if isinstance(apdu, AccessControlResponse) and apdu.security_challenge_response is not None:
        return replace(apdu, security_challenge_response=_response(apdu.security_challenge_response))
    return apdu


def _authentication(authentication: tuple[str, Any] | None) -> tuple[str, Any] | None:
    if authentication is None:
        return None
    arm, value = authentication
    if arm == "id_pass" and isinstance(value, IdPass):
        return arm, value if value.password is None else replace(value, password=MASK)
    if arm == "open":
        return arm, MASK
    return (arm, _external(value)) if isinstance(value, External) else authentication


def _user_information(information: External | None) -> External | None:
    if information is None or (information.direct_reference or "").startswith(_NEGOTIATION):
        return information
    return _external(information)


def _response(response: tuple[str, Any]) -> tuple[str, Any]:
    arm, value = response
    return (arm, _external(value)) if isinstance(value, External) else (arm, MASK.encode())


def _external(value: External) -> External:
    return replace(value, encoding=("octets", MASK.encode()))


class Secrets:
    """The secrets of one login, hidden where a target repeats them. One of less than four characters is not looked
    for, nor one that comes back in other octets than UTF-8.
    """

    def __init__(self, credentials: Credentials | None) -> None:
        known = (credentials.password, credentials.open) if credentials is not None else ()
        self._texts = [text for text in known if text and len(text) >= _LEAST_CHARACTERS]

    def hide_in_text(self, text: str) -> str:
        """Return ``text`` with `MASK` for each secret."""
        for secret in self._texts:
            text = text.replace(secret, MASK)
        return text

    def hide(self, pdu: bytes, apdu: Apdu | None) -> tuple[bytes, Apdu | None]:
        """Return a received PDU and its APDU with an asterisk for each octet of a secret, so that lengths stay."""
        shown = pdu
        for secret in self._texts:
            shown = shown.replace(secret.encode(), b"*" * len(secret.encode()))
        if shown == pdu:
            return pdu, apdu
        try:
            return shown, decode_apdu(shown)
        except RemoteProtocolError:
            return shown, None
