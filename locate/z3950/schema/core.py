"""What a type of the schema says of itself: with which octets its values may begin, and what stands behind them.

A declaration decides nothing else. `locate.z3950.schema.reading` and `locate.z3950.schema.writing` make functions out
of it; they alone know how. Raises nothing. Source: X.690 §8.1.2 and §8.14 for the identifier octets of tagged types.
"""

from __future__ import annotations

from dataclasses import dataclass

from locate.z3950.ber import encode_identifier

__all__ = ["Form", "TaggedType", "Type"]


@dataclass(frozen=True, slots=True)
class Form:
    """One way in which a value may begin: its ``identifier`` octets, and the ``kind`` of content behind them.

    ``labels`` are the alternatives of the choices taken, the outermost first. ``segmented`` marks the constructed form
    of a string, whose content is a row of segments (X.690 §8.7.3.2). ``rare`` is a guess that it will not come often.
    """

    identifier: bytes
    kind: Type
    labels: tuple[str, ...] = ()
    segmented: bool = False
    rare: bool = False


class Type:
    """A type of the schema."""

    def forms(self) -> tuple[Form, ...]:
        """Return the ways in which a value of this type may begin; the expected ones first."""
        raise TypeError(f"a value of {type(self).__name__} does not tell how it begins")


class TaggedType(Type):
    """A type with one tag of its own, which IMPLICIT tagging may replace."""

    tag_class: int = 0
    tag: int
    constructed: bool = False
    segmentable: bool = False  # a string, which may be sent in segments

    @property
    def base(self) -> TaggedType:
        """The type that says what the content is: this one, or the one behind IMPLICIT tags."""
        return self

    def identifier(self) -> bytes:
        """Return the identifier octets that values are written with."""
        return encode_identifier(self.tag_class, self.tag, constructed=self.base.constructed)

    def forms(self) -> tuple[Form, ...]:
        plain = Form(self.identifier(), self.base)
        if not self.base.segmentable:
            return (plain,)
        segmented = encode_identifier(self.tag_class, self.tag, constructed=True)
        return (plain, Form(segmented, self.base, segmented=True))
