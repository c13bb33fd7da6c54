"""The shape of a standard number of any kind that has no class of its own."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["StandardNumber"]


@dataclass(frozen=True, slots=True)
class StandardNumber:
    """A standard number found in a text.

    ``raw`` is the text as given; ``value`` the canonical form, "" when the text holds no number; ``valid`` says that
    form and check digit, as far as the kind has them, are right (a wrong number is kept as given); ``qualifier`` is
    what stood beside it, without parentheses.
    """

    raw: str
    value: str = ""
    valid: bool = False
    qualifier: str = ""
