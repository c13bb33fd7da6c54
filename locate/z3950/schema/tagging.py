"""Tags: IMPLICIT, explicit, ANY inside an explicit tag, and a type named before it is declared."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from locate.errors import BerDecodeError
from locate.z3950.ber import CONTEXT, INDEFINITE, skip_value
from locate.z3950.schema.core import Decode, Encode, TaggedType, Type, check_depth, finish, header, identifier_of

__all__ = ["ANY", "Explicit", "Implicit", "Lazy"]


class AnyType(Type):
    """ANY: the whole value, undecoded, as bytes. Only inside an explicit tag."""

    def encoder(self) -> Encode:
        return bytes


ANY = AnyType()


class Implicit(TaggedType):
    """``[tag] IMPLICIT inner``."""

    def __init__(self, tag: int, inner: TaggedType) -> None:
        self.tag_class = CONTEXT
        self.tag = tag
        self.inner = inner
        self.constructed = inner.constructed

    def content(self) -> tuple[Decode | None, Decode | None]:
        return self.inner.content()

    def content_encoder(self) -> Encode:
        return self.inner.content_encoder()


class Explicit(TaggedType):
    """``[tag] inner`` with a tag of its own around it; ``inner`` may be a Choice or ANY."""

    constructed = True

    def __init__(self, tag: int, inner: Type) -> None:
        self.tag_class = CONTEXT
        self.tag = tag
        self.inner = inner

    def content(self) -> tuple[Decode | None, Decode | None]:
        if isinstance(self.inner, AnyType):
            return None, _decode_any
        table = self.inner.decoders()

        def decode(buf: bytes, start: int, end: int, depth: int) -> tuple[Any, int]:
            check_depth(depth, start)
            limit = len(buf) if end == INDEFINITE else end
            identifier, content, stop = header(buf, start, limit)
            inner = table.get(identifier)
            if inner is None:
                raise BerDecodeError(f"unexpected identifier 0x{identifier:x}", offset=start)
            value, pos = inner(buf, content, stop, depth + 1)
            return value, finish(buf, pos, end)

        return None, decode

    def content_encoder(self) -> Encode:
        return self.inner.encoder()


def _decode_any(buf: bytes, start: int, end: int, _depth: int) -> tuple[bytes, int]:
    if end != INDEFINITE:
        return buf[start:end], end
    pos = skip_value(buf, start, len(buf))
    return buf[start:pos], finish(buf, pos, end)


class Lazy(Type):
    """A type named before it is declared, for recursion. It starts with one of the context tags ``tags``."""

    def __init__(self, tags: tuple[int, ...], resolve: Callable[[], Type]) -> None:
        self._keys = [identifier_of(CONTEXT, tag, constructed=True) for tag in tags]
        self._resolve = resolve
        self._table: dict[int, Decode] = {}
        self._encode: Encode | None = None

    def decoders(self) -> dict[int, Decode]:
        return {key: self._trampoline(key) for key in self._keys}

    def _trampoline(self, key: int) -> Decode:
        def decode(buf: bytes, start: int, end: int, depth: int) -> tuple[Any, int]:
            if not self._table:
                self._table = self._resolve().decoders()
            return self._table[key](buf, start, end, depth)

        return decode

    def encoder(self) -> Encode:
        def encode(value: Any) -> bytes:
            if self._encode is None:
                self._encode = self._resolve().encoder()
            return self._encode(value)

        return encode
