"""Dialect files: how one library system writes holdings, as data.

A dialect is a TOML file of this package (`dialects/<name>.toml`) or a mapping of the same form from a site's own
configuration. This module is their form; it never sees a record. A value that cannot be meant raises ValueError, which
`locate.availability.dialect_checking` makes into ConfigurationError, with all problems of a file at once.

    label      the system's name, for people
    extends    the dialect whose settings this one starts from (`locate.availability.dialect_sources` says how)
    dates      forms of due dates (strptime), tried in order; a date in none of them is kept as written
    [words]    available | unavailable | not_lent | suppressed | silent: status words, compared case-folded and trimmed
    [[patterns]]   match (regular expression over the whole word), kind, say; a group named ``due`` is the due date,
               one named ``holds`` the number of holds
    [opac]     text: item text -> holding.* or circulation.* of the OPAC record; status: where status words stand;
               maybe_status: where some sites put one, so that an unknown word there counts as none; conflict: which
               of available_now and words wins (else unknown); empty: what an OPAC record without holdings means
    [[fields]] one layout of a MARC field: tag, ind1, ind2, requires (subfields that must be there), kind, fallback
               (read only when no copy was found by the others), each (the subfield that begins a copy of its own),
               text, status, maybe_status, conflict (first: the first of the status subfields that says something wins;
               else unknown), policy_words, flags, due_means_out, copies, copies_out, summary, electronic_kind
    [[marks]]  what a code says of all copies of its record: tag ("LDR" is the leader), code (a subfield) or at (a
               position, from 0), types (leader/06), values, kind, say
    [temporary]    replaces: what a temporary place stands for, the location or the library; unless: words that name no
               place. A temporary place that is the home of the copy is none either.
    [[drop]]   holdings that are none: text (an item text), match (with * and ?), say
    [electronic]   names of locations (with * and ?): always, or only without_circulation
    [[telling]]    what gives the system away, for guessing: tag with ind1, ind2 and requires, or path; match; points
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from locate.availability.holdings import ElectronicKind
from locate.names import nearest
from locate.z3950.opac import CircRecord, HoldingsAndCirc, text_elements

__all__ = [
    "DialectFile",
    "Drop",
    "Electronic",
    "FieldLayout",
    "Flag",
    "Mark",
    "OpacLayout",
    "Pattern",
    "Telling",
    "Temporary",
    "TextName",
    "WordKind",
    "Words",
]


class WordKind(StrEnum):
    """What a status word says: on the shelf, not on the shelf, never lent, not for the public, or nothing of these."""

    AVAILABLE = "available"
    UNAVAILABLE = "unavailable"
    NOT_LENT = "not_lent"
    SUPPRESSED = "suppressed"
    SILENT = "silent"


_PATHS = frozenset(
    f"{prefix}.{name}"
    for prefix, kind in (("holding", HoldingsAndCirc), ("circulation", CircRecord))
    for name in text_elements(kind)
)


def _opac_path(path: str) -> str:
    if path not in _PATHS:
        near = nearest(path, _PATHS)
        hint = f"; did you mean {near!r}?" if near else ""
        raise ValueError(f"{path!r} is no text of the OPAC record{hint}")
    return path


def _subfields(codes: str) -> str:
    """Return the codes; refuse one that no MARC record can have (MARC 21 Record Structure: a-z and 0-9)."""
    for code in codes:
        if not ("a" <= code <= "z" or "0" <= code <= "9"):
            raise ValueError(f"there is no subfield ${code}: a subfield is one small letter a-z or one digit")
    if not codes:
        raise ValueError("names no subfield; write its letter or digit")
    return codes


def _subfield(code: str) -> str:
    if len(code) > 1:
        raise ValueError(f"{code!r} is more than one subfield; only one can stand here")
    return _subfields(code)


def _regular_expression(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"{text!r} is not a regular expression: {error}") from None
    return text


def _date_form(form: str) -> str:
    sample = datetime(2026, 12, 3, tzinfo=UTC)
    try:
        read = datetime.strptime(sample.strftime(form), form).replace(tzinfo=UTC)
    except ValueError:
        read = None
    if read != sample:
        raise ValueError(f"{form!r} is not a date form with day, month and year, such as '%Y-%m-%d'")
    return form


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


TextName = Literal[
    "library_code",
    "library",
    "location_code",
    "location",
    "temporary_location",
    "collection",
    "call_number",
    "barcode",
    "policy",
    "copy",
    "enumeration",
    "chronology",
    "material_type",
    "process_type",
    "holds",
    "due_date",
    "note",
]
# The item texts that several subfields say together; of every other the first counts: a code repeated is no longer one.
_JOINED = frozenset({"call_number", "location", "note", "enumeration", "chronology"})
_Indicator = Annotated[str, Field(min_length=1, max_length=1)]
_Tag = Annotated[str, Field(pattern=r"^[0-9A-Z]{3}$")]
_Code = Annotated[str, AfterValidator(_subfield)]
_Codes = Annotated[str, AfterValidator(_subfields)]
_Path = Annotated[str, AfterValidator(_opac_path)]
_Paths = Annotated[tuple[_Path, ...], BeforeValidator(_listed)]
_CodeChoices = Annotated[tuple[_Codes, ...], BeforeValidator(_listed)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(_Strict):
    """Status words by what they say; ``silent`` words say nothing, every other word makes a status unknown."""

    available: tuple[str, ...] = ()
    unavailable: tuple[str, ...] = ()
    not_lent: tuple[str, ...] = ()
    suppressed: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()


class Pattern(_Strict):
    """A form of status word; ``say`` replaces the word where a person reads it."""

    match: Annotated[str, AfterValidator(_regular_expression)]
    kind: WordKind
    say: str = ""


class Flag(_Strict):
    """A subfield with a number, 0 for "no": ``name`` says what another one means, ``negative_name`` (if it is another
    thing) what one below 0 does. A required flag that is absent leaves the copy's status unknown.
    """

    code: _Code
    name: str
    positive: Literal["unavailable", "not_lent", "suppressed"] = "unavailable"
    negative: Literal["unavailable", "not_lent", "suppressed"] = "unavailable"
    negative_name: str = ""
    required: bool = False


class FieldLayout(_Strict):
    """One layout of a MARC field. ``text`` gives for an item text the subfields to join, or a list of such choices of
    which the first that is present counts. A ``location`` lends its texts to the items that name it by $8; a
    ``paired`` field is a numbered one of 863 to 865, read with the captions of 853 to 855. ``each`` begins a copy of
    its own wherever it stands again; what stands before the first is said of all.
    """

    tag: _Tag
    kind: Literal["item", "electronic", "location", "summary", "paired"] = "item"
    ind1: _Indicator | None = None
    ind2: _Indicator | None = None
    requires: _Codes | None = None
    fallback: bool = False
    each: _Code | None = None
    text: dict[TextName, _CodeChoices] = {}
    status: tuple[_Code, ...] = ()
    maybe_status: tuple[_Code, ...] = ()
    conflict: Literal["unknown", "first"] = "unknown"
    policy_words: tuple[_Code, ...] = ()
    flags: tuple[Flag, ...] = ()
    due_means_out: bool = False
    copies: _Code | None = None
    copies_out: _Code | None = None
    summary: _Codes | None = None
    electronic_kind: ElectronicKind | None = None

    @cached_property
    def telling_codes(self) -> frozenset[str]:
        """The subfields that say something of the status or of lending."""
        flags = (flag.code for flag in self.flags)
        return frozenset((*self.status, *self.maybe_status, *flags, *self.policy_words))

    @cached_property
    def plain_texts(self) -> tuple[tuple[str, str, bool], ...]:
        """The item texts that stand in one subfield: name, code, and whether several texts are joined to one."""
        plain = ((name, choices[0]) for name, choices in self.text.items() if len(choices) == len(choices[0]) == 1)
        return tuple((name, code, name in _JOINED) for name, code in plain)

    @cached_property
    def chosen_texts(self) -> tuple[tuple[str, tuple[str, ...], bool], ...]:
        """The other item texts, each with its choices of subfields."""
        plain = {name for name, _, _ in self.plain_texts}
        return tuple((name, choices, name in _JOINED) for name, choices in self.text.items() if name not in plain)


class Mark(_Strict):
    """A code of a record that speaks of all its copies, such as a lending policy in 008 of a holdings record."""

    tag: _Tag
    code: _Code | None = None
    at: Annotated[int, Field(ge=0)] | None = None
    types: str = ""
    values: Annotated[tuple[str, ...], Field(min_length=1)]
    kind: Literal["unavailable", "not_lent", "suppressed"]
    say: str

    @model_validator(mode="after")
    def _has_one_place(self) -> Self:
        if (self.code is None) is (self.at is None):
            raise ValueError("says where the code stands by either code, a subfield, or at, a position")
        return self


class Temporary(_Strict):
    """What a temporary place replaces, and the words that name none."""

    replaces: Literal["location", "library"] = "location"
    unless: tuple[str, ...] = ()


class Drop(_Strict):
    """Holdings that are none: those whose ``text`` fits ``match``; ``say`` reads after "left out: "."""

    text: TextName
    match: Annotated[str, Field(min_length=1)]
    say: str


class Telling(_Strict):
    """Something that one library system writes and others do not; ``match`` is a regular expression over the whole
    text of the first required subfield or of the OPAC ``path``, "" for a path that is absent.
    """

    tag: _Tag | None = None
    ind1: _Indicator | None = None
    ind2: _Indicator | None = None
    requires: _Codes | None = None
    path: _Path | None = None
    match: Annotated[str, AfterValidator(_regular_expression)] | None = None
    points: Annotated[int, Field(ge=1, le=10)] = 1

    @model_validator(mode="after")
    def _has_one_place(self) -> Self:
        if (self.tag is None) is (self.path is None):
            raise ValueError("says where it stands by either tag, a field, or path, a text of the OPAC record")
        return self


class OpacLayout(_Strict):
    """Where the OPAC record's texts go, and where status words stand in it."""

    text: dict[TextName, _Paths] = {}
    status: _Paths = ()
    maybe_status: _Paths = ()
    conflict: Literal["unknown", "available_now", "words"] = "unknown"
    empty: Literal["unknown", "electronic"] = "unknown"


class Electronic(_Strict):
    """Names of places that are no shelf."""

    always: tuple[str, ...] = ()
    without_circulation: tuple[str, ...] = ()


class DialectFile(_Strict):
    """A whole dialect, checked."""

    label: str = ""
    extends: str | None = None
    dates: tuple[Annotated[str, AfterValidator(_date_form)], ...] = ()
    words: Words = Words()
    patterns: tuple[Pattern, ...] = ()
    opac: OpacLayout = OpacLayout()
    fields: tuple[FieldLayout, ...] = ()
    electronic: Electronic = Electronic()
    marks: tuple[Mark, ...] = ()
    temporary: Temporary = Temporary()
    drop: tuple[Drop, ...] = ()
    telling: tuple[Telling, ...] = ()
