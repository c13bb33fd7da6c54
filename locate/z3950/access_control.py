"""Answering a target's security challenge with the credentials at hand.

Reads the simple form, which is a text to be answered by a password, and the format prompt-1, which asks for named
things. Decides what each prompt is answered with; what is not known is left out. Pure. Raises nothing: a challenge that
cannot be read is not answered.
Source: Z39.50-2003 §3.2.5 and Appendix ACC.1 (prompt-1).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from locate.errors import RemoteProtocolError
from locate.partner import Credentials
from locate.z3950.apdu import AccessControlRequest, AccessControlResponse, External
from locate.z3950.oids import PREFIX
from locate.z3950.schema import (
    ANY,
    BOOLEAN,
    INTEGER,
    NULL,
    STRING,
    Choice,
    Explicit,
    Field,
    Implicit,
    Sequence,
    SequenceOf,
    compile_type,
)

__all__ = [
    "PROMPT_1",
    "EnumeratedPrompt",
    "Prompt",
    "PromptReply",
    "challenge_with",
    "decode_prompts",
    "encode_prompts",
]

PROMPT_1 = f"{PREFIX}.8.1"
_GROUP, _USER, _PASSWORD = 0, 1, 2  # enumerated prompts
_ASKED_BY_NAME = {"user": _USER, "userid": _USER, "username": _USER, "login": _USER, "password": _PASSWORD}


# enumeratedPrompt [1] IMPLICIT SEQUENCE { type [1] IMPLICIT INTEGER, suggestedString [2] IMPLICIT InternationalString
#   OPTIONAL }
@dataclass(frozen=True, slots=True)
class EnumeratedPrompt:
    """A prompt by number: 0 group, 1 user, 2 password, 3 new password, 4 copyright, 5 session."""

    type: int
    suggested_string: str | None = None


# Challenge ::= SEQUENCE OF SEQUENCE { promptId [1] PromptId, defaultResponse [2] …, promptInfo [3] …, regExpr [4] …,
#   responseRequired [5] …, allowedValues [6] …, shouldSave [7] …, dataType [8] …, diagnostic [9] … OPTIONAL }
# PromptId ::= CHOICE { enumeratedPrompt [1] …, nonEnumeratedPrompt [2] IMPLICIT InternationalString }
@dataclass(frozen=True, slots=True)
class Prompt:
    """One thing asked for: ``prompt_id`` is ("enumerated", EnumeratedPrompt) or ("named", text)."""

    prompt_id: tuple[str, Any]
    default_response: str | None = None


# Response ::= SEQUENCE OF SEQUENCE { promptId [1] PromptId, promptResponse [2] CHOICE { string [1] IMPLICIT
#   InternationalString, accept [2] IMPLICIT BOOLEAN, acknowledge [3] IMPLICIT NULL, … } }
@dataclass(frozen=True, slots=True)
class PromptReply:
    """The answer to one prompt; repr never shows it."""

    prompt_id: tuple[str, Any]
    prompt_response: tuple[str, Any] = field(repr=False)


_PROMPT_ID = Choice(
    enumerated=Implicit(
        1,
        Sequence(
            EnumeratedPrompt,
            Field("type", Implicit(1, INTEGER)),
            Field("suggested_string", Implicit(2, STRING)),
        ),
    ),
    named=Implicit(2, STRING),
)
_PROMPT = Sequence(Prompt, Field("prompt_id", Explicit(1, _PROMPT_ID)), Field("default_response", Implicit(2, STRING)))
_REPLY = Sequence(
    PromptReply,
    Field("prompt_id", Explicit(1, _PROMPT_ID)),
    Field(
        "prompt_response",
        Explicit(
            2,
            Choice(
                string=Implicit(1, STRING),
                accept=Implicit(2, BOOLEAN),
                acknowledge=Implicit(3, NULL),
                diagnostic=Explicit(4, ANY),
            ),
        ),
    ),
)
# PromptObject ::= CHOICE { challenge [1] IMPLICIT Challenge, response [2] IMPLICIT Response }
_PROMPT_OBJECT = compile_type(
    Choice(challenge=Implicit(1, SequenceOf(_PROMPT)), response=Implicit(2, SequenceOf(_REPLY)))
)


def encode_prompts(arm: str, entries: tuple[Prompt, ...] | tuple[PromptReply, ...]) -> External:
    """Return a prompt-1 object, ``arm`` "challenge" or "response", as an EXTERNAL."""
    return External(PROMPT_1, None, ("single", _PROMPT_OBJECT.encode((arm, entries))))


def decode_prompts(external: External) -> tuple[str, tuple[Any, ...]]:
    """Read a prompt-1 object. Raises RemoteProtocolError when it is none."""
    arm, octets = external.encoding
    if external.direct_reference not in {PROMPT_1, None} or arm == "bits":
        raise RemoteProtocolError(f"a challenge in the form {external.direct_reference}, which is not read here")
    found: tuple[str, tuple[Any, ...]] = _PROMPT_OBJECT.decode(octets)
    return found


def challenge_with(credentials: Credentials | None, request: AccessControlRequest) -> AccessControlResponse | None:
    """Return the response to a challenge, None when there is nothing to respond with.

    A text is answered by the password, or by the open form of the credentials.
    """
    if credentials is None:
        return None
    kind, challenge = request.security_challenge
    if kind == "simple":
        secret = credentials.password if credentials.password is not None else credentials.open
        return None if secret is None else AccessControlResponse(("simple", secret.encode()))
    try:
        arm, prompts = decode_prompts(challenge)
    except RemoteProtocolError:
        return None
    known = {_GROUP: credentials.group, _USER: credentials.user, _PASSWORD: credentials.password}
    replies = tuple(
        PromptReply(prompt.prompt_id, ("string", value))
        for prompt in (prompts if arm == "challenge" else ())
        if (value := known.get(_meant(prompt))) is not None
    )
    return AccessControlResponse(("external", encode_prompts("response", replies))) if replies else None


def _meant(prompt: Prompt) -> int:
    """Return the number of an enumerated prompt, or of the one that a prompt's text speaks of, else -1."""
    kind, value = prompt.prompt_id
    if kind == "enumerated":
        return int(value.type)
    return _ASKED_BY_NAME.get("".join(char for char in value.casefold() if char.isalpha()), -1)
