"""Numbers with one character changed, for comparing two judges of check digits."""

from __future__ import annotations

from hypothesis import strategies as st

__all__ = ["damaged"]


def damaged(number: str, alphabet: str) -> st.SearchStrategy[str]:
    """Return ``number`` with one of its characters replaced by one of ``alphabet``, perhaps the same."""
    return st.builds(
        lambda at, char: number[:at] + char + number[at + 1 :],
        st.integers(0, len(number) - 1),
        st.sampled_from(alphabet),
    )
