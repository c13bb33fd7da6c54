r"""Encoders, as Python source made of the schema.

Why: as in `locate.z3950.schema.reading`. Lengths are definite and in the shortest form, so content is written before
the length that stands in front of it: every SEQUENCE is a function from a value to its content octets. For `Volume`,
with one of its three fields shown, the source is::

    def Volume_2(value):
        x = value.enumeration
        if x is not None:
            c = x.encode()
            n = len(c)
            t0 = b'\x81' + (LENGTHS[n] if n < 128 else encode_length(n)) + c
        else:
            t0 = b''
        ...                                 # chronology, enumAndChron
        return b''.join((t0, t1, t2))

A field that has a default is left out when its value is None; a SEQUENCE OF also when it is empty, a PRESENCE when it
is false. Raises what Python raises for a value of the wrong type, and KeyError for an alternative that the type does
not have: both are errors of the caller. Source: X.690 §8.1.3.
"""

from __future__ import annotations

from locate.z3950.ber import encode_length
from locate.z3950.schema.constructed import Choice, Field, Sequence, SequenceOf, Variant
from locate.z3950.schema.core import TaggedType, Type
from locate.z3950.schema.functions import Functions, Source
from locate.z3950.schema.primitives import PRESENCE, WRITING, Primitive
from locate.z3950.schema.tagging import AnyType, Explicit, Lazy

__all__ = ["Writing"]

_LENGTHS = tuple(bytes((length,)) for length in range(128))


class Writing(Functions):
    """The functions that write a type and the types in it."""

    def __init__(self) -> None:
        super().__init__({**WRITING, "LENGTHS": _LENGTHS, "encode_length": encode_length})

    def whole(self, kind: Type) -> str:
        """Return the name of the function (x) that returns the whole value of ``kind`` for ``x``."""

        def write(out: Source, name: str) -> None:
            with out.block(f"def {name}(x):"):
                self._value(out, kind.inner if isinstance(kind, Lazy) else kind, "x", "t")
                out.add("return t")

        return self.name((kind, "whole"), type(kind).__name__, write)

    def _content(self, kind: Sequence | SequenceOf) -> str:
        """Return the name of the function (value) that returns the content octets of ``kind``."""
        if isinstance(kind, Sequence):
            return self.name(kind, kind.cls.__name__, lambda out, name: self._sequence(out, name, kind))
        return self.name(kind, "SequenceOf", lambda out, name: self._sequence_of(out, name, kind))

    def _sequence(self, out: Source, name: str, kind: Sequence) -> None:
        with out.block(f"def {name}(value):"):
            for index, field in enumerate(kind.fields):
                out.add(f"x = value.{field.name}")
                if field.name in kind.defaults:
                    with out.block(f"if {_is_there(field, kind)}:"):
                        self._value(out, field.type, "x", f"t{index}")
                    out.add("else:", f"    t{index} = b''")
                else:
                    self._value(out, field.type, "x", f"t{index}")
            out.add(f"return b''.join(({' '.join(f't{index},' for index in range(len(kind.fields)))}))")

    def _sequence_of(self, out: Source, name: str, kind: SequenceOf) -> None:
        with out.block(f"def {name}(values):"):
            out.add("parts = []")
            with out.block("for x in values:"):
                self._value(out, kind.inner, "x", "t")
                out.add("parts.append(t)")
            out.add("return b''.join(parts)")

    def _value(self, out: Source, kind: Type, x: str, target: str) -> None:
        """Set ``target`` to the whole value of ``kind`` for the variable ``x``."""
        if isinstance(kind, Choice):
            out.add(f"arm, {x} = {x}")
            self._alternatives(
                out,
                [(f"arm == {name!r}", alternative) for name, alternative in kind.alternatives.items()],
                x,
                target,
                otherwise="arm",
            )
        elif isinstance(kind, Variant):
            conditions = [
                (f"type({x}) is {self.constant(cls.__name__, cls)}", alternative)
                for cls, alternative in kind.alternatives
            ]
            self._alternatives(out, conditions, x, target, otherwise=f"type({x})")
        elif isinstance(kind, Lazy):
            out.add(f"{target} = {self.whole(kind)}({x})")
        elif isinstance(kind, AnyType):
            out.add(f"{target} = {x}")
        elif isinstance(kind, TaggedType):
            self._tagged(out, kind, x, target)

    def _alternatives(
        self, out: Source, alternatives: list[tuple[str, Type]], x: str, target: str, *, otherwise: str
    ) -> None:
        keyword = "if"
        for condition, alternative in alternatives:
            with out.block(f"{keyword} {condition}:"):
                self._value(out, alternative, x, target)
            keyword = "elif"
        out.add("else:", f"    raise KeyError({otherwise})")

    def _tagged(self, out: Source, kind: TaggedType, x: str, target: str) -> None:
        base, head = kind.base, kind.identifier()
        if isinstance(base, Primitive) and not base.segmentable:
            out.add(f"{target} = {head!r} + {base.writing.format(x=x)}")
            return
        if isinstance(base, Primitive):
            out.add(f"c = {base.writing.format(x=x)}")
        elif isinstance(base, Explicit):
            self._value(out, base.inner, x, "c")
        elif isinstance(base, Sequence | SequenceOf):
            out.add(f"c = {self._content(base)}({x})")
        out.add("n = len(c)", f"{target} = {head!r} + (LENGTHS[n] if n < 128 else encode_length(n)) + c")


def _is_there(field: Field, kind: Sequence) -> str:
    """Return the condition that the OPTIONAL field in ``x`` is to be written."""
    presence = isinstance(field.type, TaggedType) and field.type.base is PRESENCE
    return "x" if presence or kind.defaults[field.name] == () else "x is not None"
