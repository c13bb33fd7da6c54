"""An APDU of a type that the standard does not have, kept as it came.

Z39.50-2003 §4.1 reserves tags for later types, so that meeting one is no error of the other side.
"""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["UnknownApdu"]


@dataclass(frozen=True, slots=True)
class UnknownApdu:
    """A whole ``pdu`` whose type is not known; ``identifier`` are its tag octets read as a number (0xbf40 for 64)."""

    identifier: int
    pdu: bytes = field(repr=False)

    @property
    def reference_id(self) -> None:
        """None: where an unknown type has its referenceId is not known either."""
        return
