"""What was worked out before, kept for when it is asked again: records repeat the same few words and places.

Decides nothing and raises nothing.
"""

from __future__ import annotations

from typing import TypeVar

__all__ = ["Kept"]

_MOST = 4096
Key = TypeVar("Key")
Value = TypeVar("Value")


class Kept(dict[Key, Value]):
    """Values by what they were worked out from, never None: at most 4,096, then it begins anew."""

    def keep(self, key: Key, value: Value) -> Value:
        """Keep ``value`` under ``key``, and return it."""
        if len(self) >= _MOST:
            self.clear()
        self[key] = value
        return value
