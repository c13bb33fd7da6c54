"""Tags, as declarations: IMPLICIT, explicit, ANY inside an explicit tag, and a type named before it is declared."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from locate.z3950.ber import CONTEXT, encode_identifier
from locate.z3950.schema.core import Form, TaggedType, Type

__all__ = ["ANY", "AnyType", "Explicit", "Implicit", "Lazy"]


class AnyType(Type):
    """ANY: the whole value, undecoded, as bytes. Only inside an explicit tag."""


ANY = AnyType()


class Implicit(TaggedType):
    """``[tag] IMPLICIT inner``."""

    tag_class = CONTEXT

    def __init__(self, tag: int, inner: TaggedType) -> None:
        self.tag = tag
        self.inner = inner

    @property
    def base(self) -> TaggedType:
        """The type behind the tag."""
        return self.inner.base


class Explicit(TaggedType):
    """``[tag] inner`` with a tag of its own around it; ``inner`` may be a Choice or ANY."""

    tag_class = CONTEXT
    constructed = True

    def __init__(self, tag: int, inner: Type) -> None:
        self.tag = tag
        self.inner = inner


class Lazy(Type):
    """A type named before it is declared, for recursion. It starts with one of the context tags ``tags``."""

    def __init__(self, tags: tuple[int, ...], resolve: Callable[[], Type]) -> None:
        self._tags = tags
        self._resolve = resolve

    @cached_property
    def inner(self) -> Type:
        """The type that is meant; always the same one."""
        return self._resolve()

    def forms(self) -> tuple[Form, ...]:
        return tuple(Form(encode_identifier(CONTEXT, tag, constructed=True), self) for tag in self._tags)
