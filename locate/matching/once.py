"""A property that is computed on first use and kept.

`functools.cached_property` takes a lock at every first use, which costs more than most of what is computed here. What
is kept is the same whoever computes it, so that two threads may.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

__all__ = ["once"]

Value = TypeVar("Value")


class once(Generic[Value]):  # noqa: N801 - it is used as a decorator
    """Turn a method without arguments into an attribute that is computed once for each object."""

    def __init__(self, compute: Callable[[Any], Value]) -> None:
        self._compute = compute
        self._name = compute.__name__
        self.__doc__ = compute.__doc__

    @overload
    def __get__(self, owner: None, kind: type) -> once[Value]: ...

    @overload
    def __get__(self, owner: object, kind: type) -> Value: ...

    def __get__(self, owner: object | None, kind: type) -> once[Value] | Value:
        """Compute the value and put it where the next look-up finds it."""
        if owner is None:
            return self
        value = owner.__dict__[self._name] = self._compute(owner)
        return value
