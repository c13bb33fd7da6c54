"""Object identifiers and their names."""

from __future__ import annotations

import ctypes
import ctypes.util

import pytest

from locate.z3950 import oids
from locate.z3950.oids import NAMES, PREFIX, RECORD_SYNTAXES, name_of, syntax_name
from tests.peers.requirements import peers_or_skip
from tests.peers.servers import ProgramMissingError


@pytest.mark.parametrize("name", [name for name in oids.__all__ if name.isupper()])
def test_constants_have_names(name: str) -> None:
    """Every single OID that has a constant has a name to be shown by."""
    value = getattr(oids, name)
    if isinstance(value, str) and value != PREFIX:
        assert value in NAMES


@pytest.mark.parametrize(
    ("oid", "name"),
    [
        (oids.BIB1_ATTRIBUTES, "bib-1 attributes"),
        (oids.BIB1_DIAGNOSTICS, "bib-1 diagnostics"),
        (oids.DIAG1, "diag-1"),
        (oids.OCLC_USER_INFORMATION, "OCLC user information"),
        (oids.CHARSET_NEGOTIATION_3, "charset and language negotiation, version 3"),
        (oids.GRS1, "grs1"),
        (f"{PREFIX}.8.1", "prompt-1"),
        (f"{PREFIX}.5.109.1", "pdf"),
        ("1.2.3.4", "1.2.3.4"),
        (None, "none"),
    ],
)
def test_name_of(oid: str | None, name: str) -> None:
    """An OID is shown by its name, by itself when it has none."""
    assert name_of(oid) == name


@pytest.mark.parametrize(
    ("oid", "name"),
    [
        (oids.MARC21, "marc21"),
        (oids.XML, "xml"),
        (oids.TEXT_XML, "xml"),
        (f"{PREFIX}.5.28", "rusmarc"),
        (f"{PREFIX}.5.999", f"{PREFIX}.5.999"),
        (oids.BIB1_ATTRIBUTES, oids.BIB1_ATTRIBUTES),
        (None, "unnamed"),
    ],
)
def test_syntax_name(oid: str | None, name: str) -> None:
    """Only a record syntax has a syntax's name."""
    assert syntax_name(oid) == name


def test_names_of_configuration() -> None:
    """A record syntax by its configured name is shown by a name that configuration takes."""
    for oid in RECORD_SYNTAXES.values():
        assert RECORD_SYNTAXES[syntax_name(oid)] == oid


def test_names_are_apart() -> None:
    """No two OIDs have the same name."""
    assert len(set(NAMES.values())) == len(NAMES)


def test_families() -> None:
    """MARC formats and XML are told from everything else that the syntaxes hold."""
    assert {syntax_name(oid) for oid in oids.XML_SYNTAXES} == {"xml"}
    assert {oids.MARC21, oids.UNIMARC, RECORD_SYNTAXES["finmarc"], f"{PREFIX}.5.32"} <= oids.MARC_SYNTAXES
    assert not oids.MARC_SYNTAXES & {oids.XML, oids.SUTRS, oids.GRS1, oids.OPAC, oids.EXPLAIN, f"{PREFIX}.5.30"}


class _Entry(ctypes.Structure):
    """One line of libyaz's table of OIDs."""

    _fields_ = (("kind", ctypes.c_int), ("oid", ctypes.POINTER(ctypes.c_short)), ("name", ctypes.c_char_p))


@pytest.mark.peers
def test_yaz_knows_no_other() -> None:
    """Every OID that YAZ knows under the standard's prefix has a name here."""
    with peers_or_skip():
        library = ctypes.util.find_library("yaz")
        if library is None:
            raise ProgramMissingError("libyaz", "libyaz5")
    known = set()
    for entry in (_Entry * 1000).in_dll(ctypes.CDLL(library), "yaz_oid_standard_entries"):
        if not entry.name:
            break
        arcs: list[int] = []
        while entry.oid[len(arcs)] >= 0:
            arcs.append(entry.oid[len(arcs)])
        known.add(".".join(map(str, arcs)))
    assert len(known) > 100
    assert {oid for oid in known if oid.startswith(PREFIX)} <= set(NAMES)
