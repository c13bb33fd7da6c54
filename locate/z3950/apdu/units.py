"""Values with a unit, and tags and attribute values that are either text or a number.

Source: Z39.50-2003 Appendix 18, module Z39-50-APDU.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from locate.z3950.schema import INTEGER, STRING, Choice, Explicit, Field, Implicit, Sequence

__all__ = ["INT_UNIT", "STRING_OR_NUMERIC", "UNIT", "IntUnit", "Unit"]


# Unit ::= SEQUENCE { unitSystem [1] InternationalString OPTIONAL, unitType [2], unit [3] StringOrNumeric OPTIONAL,
#   scaleFactor [4] IMPLICIT INTEGER OPTIONAL }
@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: system, type and name, the last two ("text", str) or ("number", int); ``scale_factor`` is a power of
    10.
    """

    unit_system: str | None = None
    unit_type: tuple[str, Any] | None = None
    unit: tuple[str, Any] | None = None
    scale_factor: int | None = None


# IntUnit ::= SEQUENCE { value [1] IMPLICIT INTEGER, unitUsed [2] IMPLICIT Unit }
@dataclass(frozen=True, slots=True)
class IntUnit:
    """A number with its unit."""

    value: int
    unit_used: Unit


# StringOrNumeric ::= CHOICE { string [1] IMPLICIT InternationalString, numeric [2] IMPLICIT INTEGER }
STRING_OR_NUMERIC = Choice(text=Implicit(1, STRING), number=Implicit(2, INTEGER))
UNIT = Sequence(
    Unit,
    Field("unit_system", Explicit(1, STRING)),
    Field("unit_type", Explicit(2, STRING_OR_NUMERIC)),
    Field("unit", Explicit(3, STRING_OR_NUMERIC)),
    Field("scale_factor", Implicit(4, INTEGER)),
)
INT_UNIT = Sequence(IntUnit, Field("value", Implicit(1, INTEGER)), Field("unit_used", Implicit(2, UNIT)))
