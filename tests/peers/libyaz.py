"""YAZ's own query parsers, called in its library: the independent reading of PQF, CQL and CCL.

Raises ProgramMissingError when the library or its properties file is not installed.
"""

from __future__ import annotations

import ctypes
import ctypes.util
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from tests.peers.servers import ProgramMissingError

__all__ = ["read_ccl", "read_cql", "read_pqf"]

_PROPERTIES = Path("/usr/share/yaz/etc/pqf.properties")
_TEXT_BYTES = 4000
_DECODING = 2  # odr_createmem's ODR_ENCODE is 1


@cache
def _library() -> ctypes.CDLL:
    name = ctypes.util.find_library("yaz")
    if name is None:
        raise ProgramMissingError("libyaz", "libyaz5")
    return ctypes.CDLL(name)


def _function(name: str, result: Any = ctypes.c_void_p) -> Callable[..., Any]:
    found: Any = getattr(_library(), name)
    found.restype = result
    return lambda *values: found(*(ctypes.c_void_p(each) if isinstance(each, int) else each for each in values))


def _cstring(buffer: int) -> str:
    text: bytes = _function("wrbuf_cstr", ctypes.c_char_p)(buffer)
    return text.decode()


def read_pqf(text: str) -> str | None:
    """Return the query as YAZ prints it once it has parsed it; None when it cannot."""
    memory = _function("odr_createmem")(ctypes.c_int(_DECODING))
    parser = _function("yaz_pqf_create")()
    query = _function("yaz_pqf_parse")(parser, memory, text.encode())
    if not query:
        return None
    buffer = _function("wrbuf_alloc")()
    _function("yaz_rpnquery_to_wrbuf", None)(buffer, query)
    return _cstring(buffer)


def read_cql(text: str) -> str | None:
    """Return the PQF that YAZ makes of CQL with the attributes it comes with; None when it refuses."""
    if not _PROPERTIES.exists():
        raise ProgramMissingError(str(_PROPERTIES), "libyaz-dev")
    transform = _function("cql_transform_open_fname")(str(_PROPERTIES).encode())
    parser = _function("cql_parser_create")()
    if _function("cql_parser_string", ctypes.c_int)(parser, text.encode()):
        return None
    out = ctypes.create_string_buffer(_TEXT_BYTES)
    tree = _function("cql_parser_result")(parser)
    refused = _function("cql_transform_buf", ctypes.c_int)(transform, tree, out, ctypes.c_int(_TEXT_BYTES))
    return None if refused else out.value.decode()


def read_ccl(text: str, qualifiers: Mapping[str, str]) -> str | None:
    """Return the PQF that YAZ makes of CCL; ``qualifiers`` are name -> attribute ("1=4")."""
    known = _function("ccl_qual_mk")()
    for name, attribute in qualifiers.items():
        _function("ccl_qual_fitem", None)(known, attribute.encode(), name.encode())
    error, position = ctypes.c_int(), ctypes.c_int()
    tree = _function("ccl_find_str")(known, text.encode(), ctypes.byref(error), ctypes.byref(position))
    if not tree:
        return None
    buffer = _function("wrbuf_alloc")()
    _function("ccl_pquery", None)(buffer, tree)
    return _cstring(buffer)
