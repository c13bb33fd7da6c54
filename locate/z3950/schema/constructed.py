"""The constructed types: SEQUENCE, SEQUENCE OF and CHOICE, compiled to closures."""

from __future__ import annotations

from dataclasses import MISSING, dataclass, fields as dataclass_fields
from typing import Any

from locate.errors import BerDecodeError, PduTooLarge
from locate.z3950.ber import DEFAULT_MAX_DEPTH, INDEFINITE, read_header, skip_value
from locate.z3950.schema.core import (
    Decode,
    Encode,
    TaggedType,
    Type,
    check_depth,
    end_of_contents,
    header,
    overrun,
)

__all__ = ["Choice", "Field", "Sequence", "SequenceOf", "Variant"]

_ABSENT: Any = object()


@dataclass(frozen=True, slots=True)
class Field:
    """One element of a SEQUENCE: the dataclass attribute and its type. OPTIONAL when the attribute has a default."""

    name: str
    type: Type


class Sequence(TaggedType):
    """SEQUENCE: a dataclass ``cls`` with one attribute for each of ``fields``, which stand in the standard's order.

    The dataclass may order them differently (required ones first).
    """

    tag = 16
    constructed = True

    def __init__(self, cls: type[Any], *fields: Field) -> None:
        self.cls = cls
        self.fields = fields
        self._positions = {found.name: index for index, found in enumerate(dataclass_fields(cls))}
        if set(self._positions) != {found.name for found in fields}:
            raise TypeError(
                f"{cls.__name__} and its schema differ in {set(self._positions) ^ {f.name for f in fields}}"
            )
        self._defaults = [_ABSENT if found.default is MISSING else found.default for found in dataclass_fields(cls)]

    def content(self) -> tuple[Decode | None, Decode | None]:
        chains: dict[int, list[tuple[int, str, Decode]]] = {}
        for found in self.fields:
            index = self._positions[found.name]
            for identifier, decode in found.type.decoders().items():
                chains.setdefault(identifier, []).append((index, found.name, decode))
        return None, _sequence_decoder(self.cls, self._defaults, chains)

    def content_encoder(self) -> Encode:
        parts = [(found.name, found.type.encoder()) for found in self.fields]
        optional = {name for name, index in self._positions.items() if self._defaults[index] is not _ABSENT}

        def encode(value: Any) -> bytes:
            out = []
            for name, encode_field in parts:
                found = getattr(value, name)
                if name in optional and (found is None or found == ()):
                    continue
                out.append(encode_field(found))
            return b"".join(out)

        return encode


def _sequence_decoder(  # noqa: C901 - the closure below is the hot path of every decode
    cls: type[Any], defaults: list[Any], chains: dict[int, list[tuple[int, str, Decode]]]
) -> Decode:
    first = {identifier: chain[0] for identifier, chain in chains.items()}
    own = cls.__name__
    again = {identifier: chain[1:] for identifier, chain in chains.items() if len(chain) > 1}

    def decode(buf: bytes, pos: int, end: int, depth: int) -> tuple[Any, int]:  # noqa: C901 - as above
        if depth > DEFAULT_MAX_DEPTH:
            raise PduTooLarge(f"values nested deeper than {DEFAULT_MAX_DEPTH} at byte {pos}")
        values = defaults.copy()
        limit = len(buf) if end < 0 else end
        seen = 0
        name = own
        at = pos
        try:
            while pos != end:
                at = pos
                identifier = buf[pos]
                stop = buf[pos + 1]
                if identifier & 0x1F != 0x1F and stop < 0x80:
                    content = pos + 2
                    stop += content
                else:
                    name = own
                    identifier, content, stop = read_header(buf, pos)
                if identifier == 0 and end < 0:
                    name = own
                    pos = end_of_contents(pos, content, stop)
                    break
                found = first.get(identifier)
                if stop > limit:
                    name = found[1] if found else own
                    raise overrun(pos)
                if found is None:
                    name = own
                    pos = skip_value(buf, pos, limit)
                    continue
                index, name, decode_field = found
                if again and seen >> index & 1 and identifier in again:
                    index, name, decode_field = _next_free(again[identifier], seen, found)
                seen |= 1 << index
                values[index], pos = decode_field(buf, content, stop, depth + 1)
                if pos > limit:
                    raise overrun(at)
        except BerDecodeError as error:
            path = f"{name}.{error.path}" if error.path else name
            raise BerDecodeError(error.reason, offset=error.offset, path=path) from None
        except IndexError:
            raise BerDecodeError("the value ends early", offset=at, path=own) from None
        if _ABSENT in values:
            missing = dataclass_fields(cls)[values.index(_ABSENT)].name
            raise BerDecodeError(f"{cls.__name__} lacks the required field {missing}", offset=pos)
        return cls(*values), pos

    return decode


def _next_free(
    chain: list[tuple[int, str, Decode]], seen: int, fallback: tuple[int, str, Decode]
) -> tuple[int, str, Decode]:
    """Among fields that share an identifier (the two operands of an RPN operator) the first not yet filled."""
    return next((found for found in chain if not seen >> found[0] & 1), fallback)


class SequenceOf(TaggedType):
    """SEQUENCE OF: a tuple."""

    tag = 16
    constructed = True

    def __init__(self, inner: Type) -> None:
        self.inner = inner

    def content(self) -> tuple[Decode | None, Decode | None]:
        table = self.inner.decoders()

        def decode(buf: bytes, pos: int, end: int, depth: int) -> tuple[Any, int]:
            check_depth(depth, pos)
            limit = len(buf) if end == INDEFINITE else end
            values: list[Any] = []
            while pos != end:
                at = pos
                identifier, content, stop = header(buf, pos, limit)
                if identifier == 0 and end == INDEFINITE:
                    pos = end_of_contents(pos, content, stop)
                    break
                inner = table.get(identifier)
                if inner is None:
                    raise BerDecodeError(f"unexpected identifier 0x{identifier:x}", offset=pos, path=f"[{len(values)}]")
                try:
                    value, pos = inner(buf, content, stop, depth + 1)
                except BerDecodeError as error:
                    path = f"[{len(values)}].{error.path}" if error.path else f"[{len(values)}]"
                    raise BerDecodeError(error.reason, offset=error.offset, path=path) from None
                if pos > limit:
                    raise overrun(at)
                values.append(value)
            return tuple(values), pos

        return None, decode

    def content_encoder(self) -> Encode:
        encode_one = self.inner.encoder()
        return lambda values: b"".join(map(encode_one, values))


class Choice(Type):
    """CHOICE whose value is a pair (name of the alternative, value)."""

    def __init__(self, **alternatives: Type) -> None:
        self.alternatives = alternatives

    def decoders(self) -> dict[int, Decode]:
        found: dict[int, Decode] = {}
        for name, alternative in self.alternatives.items():
            for identifier, decode in alternative.decoders().items():
                found[identifier] = _named(name, decode)
        return found

    def encoder(self) -> Encode:
        encoders = {name: alternative.encoder() for name, alternative in self.alternatives.items()}
        return lambda pair: encoders[pair[0]](pair[1])


def _named(name: str, decode: Decode) -> Decode:
    def decode_named(buf: bytes, start: int, end: int, depth: int) -> tuple[Any, int]:
        value, pos = decode(buf, start, end, depth)
        return (name, value), pos

    return decode_named


class Variant(Type):
    """CHOICE whose alternatives are told apart by the Python class of the value itself."""

    def __init__(self, *alternatives: tuple[type[Any], Type]) -> None:
        self.alternatives = alternatives

    def decoders(self) -> dict[int, Decode]:
        found: dict[int, Decode] = {}
        for _, alternative in self.alternatives:
            found.update(alternative.decoders())
        return found

    def encoder(self) -> Encode:
        encoders = {cls: alternative.encoder() for cls, alternative in self.alternatives}
        return lambda value: encoders[type(value)](value)
