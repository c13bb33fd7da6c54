"""The constructed types SEQUENCE, SEQUENCE OF and CHOICE, as declarations.

Decides that a schema and its dataclass name the same fields, and which of them are OPTIONAL; raises TypeError when the
two differ. How values are read and written is the business of `locate.z3950.schema.reading` and `.writing`.
"""

from __future__ import annotations

from dataclasses import MISSING, dataclass, fields as dataclass_fields, replace
from typing import Any

from locate.z3950.schema.core import Form, TaggedType, Type

_OFTEN = 2  # the standard names the usual alternatives first

__all__ = ["Choice", "Field", "Sequence", "SequenceOf", "Variant"]


@dataclass(frozen=True, slots=True)
class Field:
    """One element of a SEQUENCE: the dataclass attribute and its type. OPTIONAL when the attribute has a default."""

    name: str
    type: Type


class Sequence(TaggedType):
    """SEQUENCE: a dataclass ``cls`` with one attribute for each of ``fields``, which stand in the standard's order.

    The dataclass may order them differently (required ones first). ``defaults`` has the value of every OPTIONAL field
    that is absent.
    """

    tag = 16
    constructed = True

    def __init__(self, cls: type[Any], *fields: Field) -> None:
        self.cls = cls
        self.fields = fields
        attributes = {found.name: found.default for found in dataclass_fields(cls)}
        if attributes.keys() != {found.name for found in fields}:
            raise TypeError(
                f"{cls.__name__} and its schema differ in {attributes.keys() ^ {found.name for found in fields}}"
            )
        self.defaults = {name: default for name, default in attributes.items() if default is not MISSING}


class SequenceOf(TaggedType):
    """SEQUENCE OF: a tuple."""

    tag = 16
    constructed = True

    def __init__(self, inner: Type) -> None:
        self.inner = inner


class Choice(Type):
    """CHOICE whose value is a pair (name of the alternative, value)."""

    def __init__(self, **alternatives: Type) -> None:
        self.alternatives = alternatives

    def forms(self) -> tuple[Form, ...]:
        return tuple(
            replace(form, labels=(name, *form.labels), rare=form.rare or index >= _OFTEN)
            for index, (name, alternative) in enumerate(self.alternatives.items())
            for form in alternative.forms()
        )


class Variant(Type):
    """CHOICE whose alternatives are told apart by the Python class of the value itself."""

    def __init__(self, *alternatives: tuple[type[Any], Type]) -> None:
        self.alternatives = alternatives

    def forms(self) -> tuple[Form, ...]:
        return tuple(
            replace(form, rare=form.rare or index >= _OFTEN)
            for index, (_, alternative) in enumerate(self.alternatives)
            for form in alternative.forms()
        )
