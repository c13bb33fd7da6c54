"""Decoders, as Python source made of the schema.

Why: a decoder that walks a description, or a chain of closures, spends most of its time on calls and look-ups that are
the same for every value. Here each SEQUENCE becomes one plain function, made when it is first called, with its
primitive fields, choices and explicit tags written out in it. The schema stays the only place that describes a type.

A function tries the fields in the standard's order and comes, for a well-behaved peer, to the end in one go. What is
not in that order is found by going through the fields again; what no field wants is skipped. So there is one way of
reading, for definite and indefinite lengths in any mixture. For `Volume`, with one of its three fields shown::

    def Volume_2(buf, pos, end, limit, depth):
        if depth > 64:
            raise too_deep(pos)
        f_enumeration = f_chronology = f_enum_and_chron = None
        name = 'Volume'
        try:
            while pos != end:
                top = pos
                i = buf[pos]
                if i == 129:
                    name = 'enumeration'
                    n = buf[pos + 1]
                    start = pos + 2
                    stop = start + n
                    if n > 127 or stop > limit:
                        start, stop = extent(buf, pos, limit)
                    f_enumeration = text(buf[start:stop])
                    pos = stop
                    if pos == end:
                        break
                    i = buf[pos]
                ...                         # chronology, enumAndChron
                if i == 0 and end < 0:
                    ...                     # end-of-contents
                    break
                if pos != top:
                    continue                # something was read: the next field may stand earlier in the standard
                if i == 161:
                    ...                     # enumeration in segments
                else:
                    name = 'Volume'
                    stop = skip_value(buf, pos, limit, depth)
                pos = stop
        except BerDecodeError as error:
            raise inside(error, name) from None
        except IndexError:
            raise cut_short(buf, pos, name, 'Volume') from None
        value = Volume_twin_31()
        value.enumeration = f_enumeration
        ...
        value.__class__ = Volume_30
        return value, pos

``pos`` is the content's first octet, ``end`` the offset behind its last, or -1 until end-of-contents; nothing may reach
beyond ``limit``. ``depth`` counts the constructed values around the content, its own included. The result is the value
and the offset behind it, end-of-contents included. In a function that reads a whole value ``pos`` is its identifier.

The twin is a class with the same slots as the dataclass and nothing else. Filling one and then giving it the
dataclass's class takes a third of the time of a frozen dataclass's ``__init__``, which sets every field through
``object.__setattr__``. It is only done for dataclasses that have no more to do on creation.

Raises BerDecodeError with the path to the field and the offset, PduTooLarge for nesting beyond the limit; a function
that reads a whole value also IndexError, where the octets end. Source: X.690 §8.1, §8.9 to §8.14.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from locate.z3950.ber import DEFAULT_MAX_DEPTH
from locate.z3950.schema.constructed import Field, Sequence, SequenceOf
from locate.z3950.schema.core import Form, Type
from locate.z3950.schema.functions import Functions, Source
from locate.z3950.schema.primitives import OCTET_STRING, Primitive
from locate.z3950.schema.runtime import READING
from locate.z3950.schema.tagging import AnyType, Explicit, Lazy

__all__ = ["Reading"]

_CLOSE = ("if buf[pos + 1] or pos + 2 > limit:", "    raise not_empty(pos, limit)", "pos += 2")
_LITERALS = (type(None), bool, int, str, bytes)


@dataclass(frozen=True, slots=True)
class _Scope:
    """Where a value is read: its variables for position and limit, and how many inline tags stand around it.

    ``around`` is how much deeper than ``depth`` the content of a constructed value is.
    """

    pos: str
    limit: str
    around: int
    level: int = 0

    @property
    def depth(self) -> str:
        return f"depth + {self.around}" if self.around else "depth"


class Reading(Functions):
    """The functions that read a type and the types in it."""

    def __init__(self) -> None:
        super().__init__(READING)

    def whole(self, kind: Type) -> str:
        """Return the name of the function (buf, pos, limit, depth) that reads a whole value of ``kind``."""

        def write(out: Source, name: str) -> None:
            with out.block(f"def {name}(buf, pos, limit, depth):"):
                out.add("i = buf[pos]")
                self._value(out, kind.inner if isinstance(kind, Lazy) else kind, _Scope("pos", "limit", 0), "value")
                out.add("return value, stop")

        return self.name((kind, "whole"), type(kind).__name__, write)

    def _rare(self, form: Form) -> str:
        """Return the name of the function (buf, pos, limit, depth) that reads a whole value in ``form``."""
        plain = replace(form, labels=(), rare=False)

        def write(out: Source, name: str) -> None:
            with out.block(f"def {name}(buf, pos, limit, depth):"):
                self._form(out, plain, _Scope("pos", "limit", 0), "value")
                out.add("return value, stop")

        return self.name(plain, type(form.kind).__name__, write)

    def _content(self, kind: Sequence | SequenceOf) -> str:
        """Return the name of the function (buf, pos, end, limit, depth) that reads the content of ``kind``."""

        def write(out: Source, name: str) -> None:
            with out.block(f"def {name}(buf, pos, end, limit, depth):"):
                with out.block(f"if depth > {DEFAULT_MAX_DEPTH}:"):
                    out.add("raise too_deep(pos)")
                if isinstance(kind, Sequence):
                    self._sequence(out, kind)
                else:
                    self._sequence_of(out, kind)

        return self.name(kind, kind.cls.__name__ if isinstance(kind, Sequence) else "SequenceOf", write)

    def _sequence(self, out: Source, kind: Sequence) -> None:
        own = kind.cls.__name__
        steps = [(field, form) for field in kind.fields for form in field.type.forms()]
        shared = _shared(kind.fields)
        self._initial_values(out, kind, shared)
        out.add(f"name = {own!r}")
        with out.block("try:"), out.block("while pos != end:"):
            out.add("top = pos", "i = buf[pos]")
            for field, form in steps:
                if not form.segmented:
                    with out.block(f"if {_matches(form.identifier, 'pos')}{_unfilled(field, shared)}:"):
                        self._field(out, field, form)
                        out.add("pos = stop", "if pos == end:", "    break", "i = buf[pos]")
            with out.block("if i == 0 and end < 0:"):
                out.add(f"name = {own!r}", *_CLOSE, "break")
            out.add("if pos != top:", "    continue")
            keyword = "if"
            for field, form in steps:
                if form.segmented:
                    with out.block(f"{keyword} {_matches(form.identifier, 'pos')}{_unfilled(field, shared)}:"):
                        self._field(out, field, form)
                    keyword = "elif"
            with out.block("else:" if keyword == "elif" else "if True:"):
                out.add(f"name = {own!r}", "stop = skip_value(buf, pos, limit, depth)")
            out.add("pos = stop")
        out.add("except BerDecodeError as error:", "    raise inside(error, name) from None")
        out.add("except IndexError:", f"    raise cut_short(buf, pos, name, {own!r}) from None")
        self._check_required(out, kind, shared)
        self._instance(out, kind)
        out.add("return value, pos")

    def _field(self, out: Source, field: Field, form: Form) -> None:
        out.add(f"name = {field.name!r}")
        self._form(out, form, _Scope("pos", "limit", 1), f"f_{field.name}")

    def _initial_values(self, out: Source, kind: Sequence, shared: frozenset[str]) -> None:
        variables: dict[str, list[str]] = {}
        for field in kind.fields:
            missing = field.name not in kind.defaults or field.name in shared
            value = "MISSING" if missing else self._default(kind, field.name)
            variables.setdefault(value, []).append(f"f_{field.name} = ")
        out.add(*("".join(names) + value for value, names in variables.items()))

    def _default(self, kind: Sequence, name: str) -> str:
        default = kind.defaults[name]
        if isinstance(default, _LITERALS) or default == ():
            return repr(default)
        return self.constant(f"default_{name}", default)

    def _check_required(self, out: Source, kind: Sequence, shared: frozenset[str]) -> None:
        for name in shared & kind.defaults.keys():
            out.add(f"if f_{name} is MISSING:", f"    f_{name} = {self._default(kind, name)}")
        required = [field.name for field in kind.fields if field.name not in kind.defaults]
        if required:
            found = ", ".join(f"{name!r}: f_{name}" for name in required)
            with out.block(f"if {' or '.join(f'f_{name} is MISSING' for name in required)}:"):
                out.add(f"raise lacks({kind.cls.__name__!r}, {{{found}}}, pos)")

    def _instance(self, out: Source, kind: Sequence) -> None:
        cls = self.constant(kind.cls.__name__, kind.cls)
        names = [field.name for field in kind.fields]
        twin = _twin(kind.cls)
        if twin is None:
            out.add(f"value = {cls}({', '.join(f'{name}=f_{name}' for name in names)})")
            return
        out.add(f"value = {self.constant(f'{kind.cls.__name__}_twin', twin)}()")
        out.add(*(f"value.{name} = f_{name}" for name in names), f"value.__class__ = {cls}")

    def _sequence_of(self, out: Source, kind: SequenceOf) -> None:
        out.add("values = []")
        with out.block("try:"), out.block("while pos != end:"):
            out.add("i = buf[pos]")
            with out.block("if i == 0 and end < 0:"):
                out.add(*_CLOSE, "break")
            self._value(out, kind.inner, _Scope("pos", "limit", 1), "value")
            out.add("values.append(value)", "pos = stop")
        with out.block("except BerDecodeError as error:"):
            out.add("if buf[pos] == 0 and end < 0:", "    raise")
            out.add("raise inside(error, f'[{len(values)}]') from None")
        out.add("except IndexError:", "    raise ends_early(pos) from None")
        out.add("return tuple(values), pos")

    def _value(self, out: Source, kind: Type, scope: _Scope, target: str) -> None:
        """Read the value of ``kind`` that stands at the scope's position, its first octet being in ``i``."""
        keyword = "if"
        for form in kind.forms():
            with out.block(f"{keyword} {_matches(form.identifier, scope.pos)}:"):
                self._form(out, form, scope, target)
            keyword = "elif"
        with out.block("else:"):
            out.add(f"raise unexpected(buf, {scope.pos}, {scope.limit})")

    def _form(self, out: Source, form: Form, scope: _Scope, target: str) -> None:
        """Set ``target`` to the value and ``stop`` to the offset behind it, its identifier being known."""
        kind = form.kind
        into = "value" if form.labels else target
        if form.rare:
            out.add(f"{into}, stop = {self._rare(form)}(buf, {scope.pos}, {scope.limit}, {scope.depth})")
        elif isinstance(kind, Lazy):
            out.add(f"{into}, stop = {self.whole(kind)}(buf, {scope.pos}, {scope.limit}, {scope.depth})")
        elif isinstance(kind, Primitive) and form.segmented:
            out.add(f"{into}, stop = {kind.segments}(buf, {scope.pos}, {scope.limit}, {scope.depth})")
        elif isinstance(kind, Primitive):
            _primitive(out, form.identifier, kind, scope, into)
        elif isinstance(kind, Explicit):
            self._explicit(out, form.identifier, kind, scope, into)
        elif isinstance(kind, Sequence | SequenceOf):
            inner = _open(out, form.identifier, scope)
            arguments = f"buf, {inner.pos}, e{inner.level}, {inner.limit}, {scope.depth}"
            out.add(f"{into}, stop = {self._content(kind)}({arguments})")
        if form.labels:
            out.add(f"{target} = {_labelled(form.labels, into)}")

    def _explicit(self, out: Source, identifier: bytes, kind: Explicit, scope: _Scope, target: str) -> None:
        inner = _open(out, identifier, scope)
        end = f"e{inner.level}"
        with out.block(f"if depth > {DEFAULT_MAX_DEPTH - scope.around}:"):
            out.add(f"raise too_deep({inner.pos})")
        if isinstance(kind.inner, AnyType):
            out.add(f"{target}, stop = any_value(buf, {inner.pos}, {end}, {inner.limit}, {scope.depth})")
            return
        out.add(f"i = buf[{inner.pos}]")
        self._value(out, kind.inner, inner, target)
        with out.block(f"if {end} < 0:"):
            out.add(
                f"if buf[stop] or buf[stop + 1] or stop + 2 > {scope.limit}:",
                f"    raise not_closed(stop, {scope.limit})",
                "stop += 2",
            )
        with out.block(f"elif stop != {end}:"):
            out.add("raise not_alone(stop)")


def _matches(identifier: bytes, pos: str) -> str:
    """Return the condition that ``identifier`` stands at ``pos``, its first octet being in ``i``."""
    first = f"i == {identifier[0]}"
    if len(identifier) == 1:
        return first
    if len(identifier) == 2:
        return f"{first} and buf[{pos} + 1] == {identifier[1]}"
    return f"{first} and buf[{pos} + 1 : {pos} + {len(identifier)}] == {identifier[1:]!r}"


def _primitive(out: Source, identifier: bytes, kind: Primitive, scope: _Scope, target: str) -> None:
    size, pos = len(identifier), scope.pos
    out.add(f"n = buf[{pos} + {size}]", f"start = {pos} + {size + 1}", "stop = start + n")
    if kind is OCTET_STRING:  # a record, mostly: two length octets
        out.add(
            "if n == 130:", "    stop = start + 2 + (buf[start] << 8 | buf[start + 1])", "    start += 2", "    n = 0"
        )
    out.add(f"if n > 127 or stop > {scope.limit}:", f"    start, stop = extent(buf, {pos}, {scope.limit})")
    out.add(f"{target} = {kind.reading}")


def _open(out: Source, identifier: bytes, scope: _Scope) -> _Scope:
    """Read the length of a constructed value; return the scope of its content, which ends at ``e`` and its level."""
    size, pos, level = len(identifier), scope.pos, scope.level + 1
    inner = _Scope(f"p{level}", f"l{level}", scope.around + 1, level)
    out.add(f"n = buf[{pos} + {size}]", f"{inner.pos} = {pos} + {size + 1}")
    with out.block("if n == 128:"):
        out.add(f"e{level} = -1", f"{inner.limit} = {scope.limit}")
    with out.block("else:"):
        out.add(f"e{level} = {inner.limit} = {inner.pos} + n")
        with out.block(f"if n > 128 or e{level} > {scope.limit}:"):
            out.add(f"{inner.pos}, {inner.limit} = extent(buf, {pos}, {scope.limit})", f"e{level} = {inner.limit}")
    return inner


def _labelled(labels: tuple[str, ...], value: str) -> str:
    return f"({labels[0]!r}, {_labelled(labels[1:], value)})" if labels else value


def _shared(fields: tuple[Field, ...]) -> frozenset[str]:
    """Return the names of the fields that share an identifier, as the two operands of an RPN operator do."""
    begins = {field.name: {form.identifier for form in field.type.forms() if not form.segmented} for field in fields}
    counts = Counter(identifier for identifiers in begins.values() for identifier in identifiers)
    return frozenset(name for name, found in begins.items() if any(counts[identifier] > 1 for identifier in found))


def _unfilled(field: Field, shared: frozenset[str]) -> str:
    return f" and f_{field.name} is MISSING" if field.name in shared else ""


def _twin(cls: type[Any]) -> type[Any] | None:
    """Return a class whose instances may become instances of ``cls``; None when ``cls`` has more to do on creation."""
    if "__slots__" not in vars(cls) or hasattr(cls, "__post_init__") or not cls.__dataclass_params__.init:
        return None
    twin = type(cls.__name__, (), {"__slots__": cls.__slots__})
    try:
        twin().__class__ = cls
    except TypeError:
        return None
    return twin
