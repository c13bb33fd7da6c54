"""Text for people: counted things, and text from outside made fit to be shown.

What a target sends must not steer the terminal. Decides nothing else; raises nothing.
"""

from __future__ import annotations

__all__ = ["counted", "visible"]

# C0 and C1 control characters (ECMA-48) but tab and line feed; escape sequences begin with one of them.
_CONTROLS = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0)), "\N{REPLACEMENT CHARACTER}")
_CONTROLS.update({ord(kept): kept for kept in "\t\n"})


def visible(text: str) -> str:
    """Return ``text`` with U+FFFD for every control character but tab and line feed; CR LF becomes LF."""
    return text.replace("\r\n", "\n").translate(_CONTROLS)


def counted(number: int, noun: str) -> str:
    """Return "1 hit", "2 hits", "1,000 searches"."""
    plural = "es" if noun.endswith("ch") else "s"
    return f"{number:,} {noun}{'' if number == 1 else plural}"
