"""A partner as a TOML table to paste into a configuration, each line with the reason that the probe found for it.

Decides the text only; what it says is read back by `locate.config` as the same partner. Pure; raises nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from locate.partner import DEFAULT_STEPS, Limits, LocateProfile, Partner, SearchStep, StepKind, Target
from locate.probe.findings import Verdict
from locate.probe.forms import written
from locate.probe.knowledge import Knowledge
from locate.probe.searching import AS_A_PHRASE, NO_RECORD

__all__ = ["PASSWORD_VARIABLE", "partner_code", "to_toml"]

PASSWORD_VARIABLE = "ZLOCATE_PASSWORD"  # noqa: S105 - the name of a variable
# Labels of host names that name no library.
_COMMON_LABELS = re.compile(
    r"z39-?50.*|z3950.*|zserver|www|catalog(ue)?|opac|lib(rary)?|sru|ils|localhost|\d+", re.IGNORECASE
)
_USUAL = {step.kind: step for step in DEFAULT_STEPS}
_PADDED = 46


def partner_code(target: Target) -> str:
    """Return a code for the partner, made from its host's name: "z3950.riverside.example.org" is RIVERSIDE."""
    labels = target.host.split(".") if ":" not in target.host else []
    telling = [label for label in labels[:-1] or labels if label and not _COMMON_LABELS.fullmatch(label)]
    found = re.sub(r"[^A-Z0-9]+", "", telling[0].upper()) if telling else ""
    return found or "PARTNER"


def to_toml(partner: Partner, known: Knowledge) -> str:
    """Return the ``[[partners]]`` table of a partner that has a profile, or ``profile = false`` when nothing works."""
    return "\n".join(_lines(partner, known)) + "\n"


def _lines(partner: Partner, known: Knowledge) -> Iterator[str]:
    server = known.server
    name = f"{server.name} {server.version}".strip() if server else ""
    yield f"# Written by zlocate probe of {_comment(str(partner.target))}{f', {_comment(name)}' if name else ''}."
    yield "[[partners]]"
    yield _line(f"code = {_text(partner.code)}", "your own key for it: change it as you like")
    yield _line(f"system = {_text(partner.system)}", known.dialect_note)
    profile = partner.profile
    if profile is None or not profile.steps:
        yield _line("profile = false", "no search worked: the partner is kept in the rota, unverified")
    yield from _target(partner.target)
    if partner.limits != Limits():
        yield ""
        yield "[partners.limits]"
        yield _line(f"operation_s = {partner.limits.operation_s}", f"the slowest answer took {known.slowest_s:.1f} s")
        yield f"partner_s = {partner.limits.partner_s}"
    if profile is not None and profile.steps:
        yield from _profile(profile, known)


def _target(target: Target) -> Iterator[str]:
    plain = target.credentials is None and target.tls is None and target.charset is None
    if plain and not re.search(r"[%+\s]", target.database):
        yield f"target = {_text(str(target))}"
        return
    yield ""
    yield "[partners.target]"
    yield f"host = {_text(target.host)}"
    yield f"port = {target.port}"
    yield f"database = {_text(target.database)}"
    if target.credentials is not None:
        user = target.credentials.user or ""
        login = f"{{ user = {_text(user)}, password_env = {_text(PASSWORD_VARIABLE)} }}"
        yield _line(f"credentials = {login}", "the password stands in this environment variable")
    if target.tls is not None:
        yield f"tls = {_tls(target)}"


def _tls(target: Target) -> str:
    tls = target.tls
    if tls is None or (tls.ca_file is None and not tls.insecure):
        return "true"
    return "{ insecure = true }" if tls.insecure else f"{{ ca_file = {_text(tls.ca_file or '')} }}"


def _profile(profile: LocateProfile, known: Knowledge) -> Iterator[str]:
    usual = LocateProfile()
    yield ""
    yield "[partners.profile]"
    if profile.query_charset != usual.query_charset:
        yield _line(f"query_charset = {_text(profile.query_charset or '')}", "terms in UTF-8 find nothing here")
    if profile.record_syntaxes != usual.record_syntaxes:
        names = ", ".join(map(_text, profile.record_syntaxes))
        yield _line(f"record_syntaxes = [{names}]", "the others are not given, or not as records that can be read")
    if profile.element_set != usual.element_set:
        yield _line(f"element_set = {_text(profile.element_set or '')}", "element set F is not what serves here")
    if profile.max_records != usual.max_records:
        yield _line(f"max_records = {profile.max_records}", "no more come in one answer")
    yield "steps = ["
    kept = {step.kind: step for step in profile.steps}
    for kind in StepKind:
        if kind in kept:
            yield _line(f"  {_step(kept[kind])},", _why(kept[kind], known))
        else:
            yield f"  # no step by {kind.value}: {_comment(_why_not(kind, known))}"
    yield "]"


def _step(step: SearchStep) -> str:
    author = ""
    if step.kind is StepKind.TITLE:
        author = f", author_attributes = {_text(written(step.author_attributes))}"
    return f"{{ kind = {_text(step.kind.value)}, attributes = {_text(written(step.attributes))}{author} }}"


def _why(step: SearchStep, known: Knowledge) -> str:
    use = step.attributes[0][1]
    tried_by = (*known.tried.values(), *known.instead.values(), known.oclc)
    own = [each for each in tried_by if each is not None and each.use == use]
    if not any(tried.verdict.is_usable for tried in own):
        lacking = any(NO_RECORD in tried.note for tried in own)
        return "not verified: no record met has one" if lacking else "not verified"
    if use != _USUAL[step.kind].attributes[0][1]:
        return "its own attribute does not work here"
    if len(step.attributes) > 2:
        return "this server wants the full list of attributes"
    if any(tried.verdict is Verdict.WORKS for tried in own):
        return "works"
    found = AS_A_PHRASE in "".join(tried.note for tried in own)
    return f"finds {AS_A_PHRASE}" if found else "of use, since the locate checks what comes"


def _why_not(kind: StepKind, known: Knowledge) -> str:
    use = _USUAL[kind].attributes[0][1]
    tried = known.tried.get(use)
    return tried.note if tried is not None else "not searched"


def _line(text: str, reason: str) -> str:
    return f"{text.ljust(_PADDED)}  # {_comment(reason)}" if reason else text


def _comment(text: str) -> str:
    """Return a text fit to stand in a comment: one line of printable characters."""
    return "".join(char if char.isprintable() else " " for char in text)


def _text(text: str) -> str:
    """Return a TOML basic string, whose escapes are those of JSON."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
