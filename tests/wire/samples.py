"""Load the samples of this folder."""

from __future__ import annotations

from pathlib import Path

__all__ = ["NAMES", "load"]

_FOLDER = Path(__file__).parent
NAMES = tuple(sorted(path.stem for path in _FOLDER.glob("*.hex")))


def load(name: str) -> bytes:
    """Return the octets of one sample."""
    return bytes.fromhex((_FOLDER / f"{name}.hex").read_text(encoding="ascii"))
