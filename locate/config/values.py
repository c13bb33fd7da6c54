"""The values that stand in a configuration file, as annotated types with their bounds and their sentences.

Private to `locate.config`. Each type judges one value alone; what needs two keys at once, the environment or the list
of known systems is judged in `locate.config.build`. Validators raise ValueError with a sentence for the person who
wrote the file; a sentence about a secret never repeats it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable
from encodings.aliases import aliases
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field

from locate.availability.holdings import ElectronicKind
from locate.availability.parts.coverage import Fit
from locate.citation import DocumentType, RequestedFormat
from locate.config.target import MAX_PORT, checked_database, checked_host
from locate.lending_settings import Permits
from locate.matching.evidence import MatchVerdict
from locate.names import nearest, shortened, unknown_name
from locate.partner import OnError, StepKind

__all__ = [
    "AuthorAttributes",
    "CarrierWords",
    "Codec",
    "Count",
    "Database",
    "ElementSet",
    "FitWords",
    "Host",
    "Kind",
    "KindWords",
    "Kinds",
    "OnErrorName",
    "Permission",
    "PermissionWords",
    "Port",
    "PqfPrefix",
    "Seconds",
    "SecondsOrZero",
    "Secret",
    "StepAttributes",
    "Syntaxes",
    "Texts",
    "TypeWords",
    "VariableName",
    "Verdicts",
    "Written",
    "some",
]

Attributes = tuple[tuple[int, int], ...]
Hashed = TypeVar("Hashed", bound=Hashable)

RECORD_SYNTAXES = ("opac", "marc21", "unimarc", "xml")
ACCEPTABLE = tuple(verdict.value for verdict in MatchVerdict if verdict is not MatchVerdict.DIFFERENT)
_PAIR = re.compile(r"([0-9]{1,9})=([0-9]{1,9})")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def _written(value: str) -> str:
    """Return ``value`` without surrounding space; refuse what is empty or not on one line."""
    text = value.strip()
    if not text or not text.isprintable():
        raise ValueError("must be text that is not empty and stands on one line")
    return text


def _secret(value: str) -> str:
    """Return a secret untouched; refuse an empty one."""
    if not value:
        raise ValueError("must not be empty")
    return value


def _variable(value: str) -> str:
    """Return the name of an environment variable; what is no such name may be a secret and is not repeated."""
    if not _VARIABLE.fullmatch(value):
        raise ValueError("must be the name of an environment variable (letters, digits, underscore)")
    return value


def _choice(noun: str, names: Iterable[str], wrap: Callable[[str], Any] = str) -> BeforeValidator:
    """Return a validator that takes one of ``names`` and hands on ``wrap(name)``."""
    known = tuple(str(name) for name in names)

    def check(value: object) -> Any:
        if not isinstance(value, str):
            raise ValueError(f"must be text: one of {', '.join(known)}")  # noqa: TRY004 - pydantic wants ValueError
        if value not in known:
            raise ValueError(unknown_name(noun, value, known))
        return wrap(value)

    return BeforeValidator(check)


def _distinct(values: tuple[Hashed, ...]) -> tuple[Hashed, ...]:
    """Return ``values``; refuse a value that stands twice."""
    if len(set(values)) < len(values):
        raise ValueError("names the same thing twice")
    return values


def some(values: tuple[Hashed, ...]) -> tuple[Hashed, ...]:
    """Return ``values``; refuse an empty list.

    pydantic's own bound would also tell of a list whose entries are all wrong: one mistake, two problems.
    """
    if not values:
        raise ValueError("must not be an empty list")
    return values


def _pairs(value: object) -> list[tuple[int, int]] | None:
    """Return the (type, value) pairs of either form, or None when ``value`` has neither."""
    if isinstance(value, str):
        matches = [_PAIR.fullmatch(word) for word in value.split()]
        pairs = [(int(match[1]), int(match[2])) for match in matches if match]
        return pairs if len(pairs) == len(matches) else None
    if isinstance(value, list):
        pairs = [(item[0], item[1]) for item in value if _is_pair(item)]
        return pairs if len(pairs) == len(value) else None
    return None


def _is_pair(item: object) -> bool:
    """Tell whether ``item`` is a list of two whole numbers of at most nine digits (true and false are not numbers)."""
    return isinstance(item, list) and len(item) == 2 and all(type(n) is int and 0 <= n < 10**9 for n in item)


def _author_attributes(value: object) -> Attributes:
    """Read "1=9 4=1" or [[1, 9], [4, 1]]; the use attribute (type 1) comes out first, the rest keeps its order."""
    pairs = _pairs(value)
    if pairs is None or any(attribute_type < 1 for attribute_type, _ in pairs):
        raise ValueError('must be "1=4 4=6" or [[1, 4], [4, 6]]: attribute type, then value, in whole numbers')
    types = [attribute_type for attribute_type, _ in pairs]
    if len(set(types)) < len(types):
        raise ValueError("gives one attribute type two values")
    if pairs and 1 not in types:
        raise ValueError('has no use attribute (type 1), such as "1=7" for ISBN')
    return tuple(sorted(pairs, key=lambda pair: pair[0] != 1))


def _step_attributes(value: object) -> Attributes:
    """Read attributes that must not be empty."""
    pairs = _author_attributes(value)
    if not pairs:
        raise ValueError("is empty; to leave the step out, name it in skip_steps")
    return pairs


def _pqf_prefix(value: str) -> str:
    """Return the prefix trimmed; it is empty or starts with a PQF operator such as @attrset or @attr."""
    text = value.strip()
    if text and not (text.startswith("@") and text.isprintable()):
        raise ValueError('must be empty or start with "@", for example "@attrset bib-1", on one line')
    return text


def _element_set(value: str) -> str:
    """Return the element set name trimmed; it may be empty."""
    text = value.strip()
    if not text.isprintable():
        raise ValueError("must stand on one line")
    return text


def _codec(value: str) -> str:
    """Return the name of a text codec that Python knows."""
    try:
        "a".encode(value)
    except (LookupError, ValueError):  # unknown, not for text, or a name with NUL in it
        close = nearest(value.replace("-", "_"), sorted({*aliases, *aliases.values()}))
        advice = f"; did you mean {close!r}?" if close else ""
        raise ValueError(f"{shortened(value)} is not a character set that Python knows{advice}") from None
    return value


Written = Annotated[str, AfterValidator(_written)]
Texts = Annotated[tuple[Written, ...], Field(strict=False)]
Secret = Annotated[str, AfterValidator(_secret)]
VariableName = Annotated[str, AfterValidator(_variable)]
Host = Annotated[str, AfterValidator(checked_host)]
Port = Annotated[int, Field(ge=1, le=MAX_PORT)]
Database = Annotated[str, AfterValidator(checked_database)]
Count = Annotated[int, Field(ge=1)]
Seconds = Annotated[float, Field(gt=0, allow_inf_nan=False)]
SecondsOrZero = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Kind = Annotated[StepKind, _choice("step", StepKind, StepKind)]
Kinds = Annotated[tuple[Kind, ...], Field(strict=False), AfterValidator(_distinct)]
OnErrorName = Annotated[OnError, _choice("way to treat an error", OnError, OnError)]
Syntaxes = Annotated[
    tuple[Annotated[str, _choice("record syntax", RECORD_SYNTAXES)], ...],
    Field(strict=False),
    AfterValidator(some),
    AfterValidator(_distinct),
]
Verdicts = Annotated[
    tuple[Annotated[str, _choice("verdict that may count as held", ACCEPTABLE)], ...],
    Field(strict=False),
    AfterValidator(some),
    AfterValidator(_distinct),
]
StepAttributes = Annotated[Attributes, BeforeValidator(_step_attributes)]
AuthorAttributes = Annotated[Attributes, BeforeValidator(_author_attributes)]
Codec = Annotated[str, AfterValidator(_codec)]
ElementSet = Annotated[str, AfterValidator(_element_set)]
PqfPrefix = Annotated[str, AfterValidator(_pqf_prefix)]


def _words(noun: str, names: Iterable[str]) -> Any:
    """Return the type of a list of words, each one of ``names``."""
    one = Annotated[str, _choice(noun, names)]
    return Annotated[tuple[one, ...], Field(strict=False), AfterValidator(_distinct)]


TypeWords = _words("document type", DocumentType)
CarrierWords = _words("format", RequestedFormat)
KindWords = _words("electronic kind", ElectronicKind)
FitWords = _words("coverage", Fit)
PermissionWords = _words("permission", Permits)
Permission = Annotated[Permits, _choice("permission", Permits, Permits)]
