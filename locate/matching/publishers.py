"""Read publishers' names: the words that count, with the many names of the Government Printing Office made one."""

from __future__ import annotations

import re
from typing import Final

from locate.matching.normalize import fold
from locate.matching.tables import word_set

__all__ = ["publisher_words"]

_GPO: Final = re.compile(
    r"\b(?:us ?)?(?:gpo|(?:govt|government|gov) (?:print\w*|pub\w*)(?: off\w*)?|"
    r"supt of docs|superintendent of documents)\b"
)
# "Kustannusosakeyhtiö Otava" and "Otava", "Éditions Gallimard" and "Gallimard", "Verlag Herder" and "Herder".
_HOUSE: Final = word_set(
    "kustannusosakeyhtio kustannus verlag editions editorial ediciones edizioni editora forlag forlaget bokforlag "
    "bokforlaget uitgeverij wydawnictwo izdatelstvo nakladatelstvi librairie"
)
_NOT_NAMED: Final = re.compile(r"not identified|publisher not|^\W*s\W*n\W*$", re.IGNORECASE)


def publisher_words(text: str) -> tuple[str, ...]:
    """Return the folded words of a publisher's name without its article and a first word that only says that it is a
    publishing house; () when there are none.
    """
    if _NOT_NAMED.search(text):
        return ()
    words = _GPO.sub("us gpo", fold(text)).split()
    return tuple(words[1:] if len(words) > 1 and (words[0] == "the" or words[0] in _HOUSE) else words)
