"""Options as attributes, as the ZOOM binding for Python has them, and the names of record syntaxes.

Decides which option names there are on which object, and refuses others, so that a misspelt one is not lost. Pure.
Raises AttributeError for an unknown name, ClientNotImplError for one that is known and not supported.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, ClassVar

from locate.names import unknown_name
from locate.z3950.oids import EXPLAIN, PREFIX, RECORD_SYNTAXES, syntax_name
from locate.z3950.zoom.errors import ClientNotImplError

__all__ = ["Checked", "client_syntax", "zoom_syntax"]

_DOTTED_OID = re.compile(r"[012](?:\.\d{1,9}){1,30}", re.ASCII)
# ZOOM's names, and what the client calls them. The first name of a syntax is the one that a Record bears.
_SYNTAXES: dict[str, str] = {
    "USMARC": "marc21",
    "USMARCnonstrict": "marc21",
    "MARC21": "marc21",
    "UKMARC": "ukmarc",
    "UNIMARC": "unimarc",
    "SUTRS": "sutrs",
    "XML": "xml",
    "GRS-1": "grs1",
    "OPAC": "opac",
    "SGML": f"{PREFIX}.5.109.9",
    "EXPLAIN": EXPLAIN,
}
_FOLDED = {**{name: name for name in RECORD_SYNTAXES}, **{name.lower(): own for name, own in _SYNTAXES.items()}}
_ZOOM_NAMES = {own: name for name, own in reversed(_SYNTAXES.items())}


class Checked:
    """An object with options: an attribute can be set when it is one of ``_options``, or begins with _ or X-."""

    _options: ClassVar[frozenset[str]] = frozenset()
    _not_supported: ClassVar[frozenset[str]] = frozenset({"piggyback", "schema", "proxy", "async"})

    def __setattr__(self, name: str, value: Any) -> None:
        if name in self._not_supported:
            raise ClientNotImplError(f"the option {name} is not supported")
        if name not in self._options and not name.startswith(("_", "X-")):
            raise AttributeError(unknown_name("option", name, self._options))
        object.__setattr__(self, name, value)

    def _set(self, options: Iterable[tuple[str, Any]]) -> None:
        for name, value in options:
            setattr(self, name, value)


def client_syntax(name: str) -> str:
    """Return the client's name of a record syntax: ZOOM's names, the client's own, or a dotted OID.

    Raises ClientNotImplError.
    """
    if name.lower() in _FOLDED:
        return _FOLDED[name.lower()]
    if _DOTTED_OID.fullmatch(name):
        return name
    raise ClientNotImplError(unknown_name("record syntax", name, _SYNTAXES))


def zoom_syntax(oid: str) -> str:
    """Return ZOOM's name of a record syntax given as a dotted OID; the OID when it has no name."""
    name = syntax_name(oid)
    return _ZOOM_NAMES.get(oid) or _ZOOM_NAMES.get(name) or (oid if name == oid else name.upper())
