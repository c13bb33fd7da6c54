"""What holds for whatever comes in from outside: a value, a need for more, or the declared error; nothing else.

An area is a part of the program that reads such octets. Its function lets the declared errors pass and requires what a
value promises, so that anything that leaves the function is an escape, that is, a bug. The hypothesis suite, the
campaign and the atheris target all go through `AREAS`; how inputs are made, and how long one may take, is theirs.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.fuzz import record_areas, text_areas, wire_areas

__all__ = ["AREAS", "check"]

AREAS: dict[str, Callable[[bytes], None]] = {
    "framer": wire_areas.framer,
    "decoder": wire_areas.decoder,
    "encoder": wire_areas.encoder,
    "printing": wire_areas.printing,
    "answers": wire_areas.answers,
    "origin": wire_areas.origin,
    "target_side": wire_areas.target_side,
    "session": wire_areas.session,
    "init": wire_areas.init,
    "diagnostics": wire_areas.diagnostics,
    "prompts": wire_areas.prompts,
    "opac": record_areas.opac,
    "grs1": record_areas.grs1,
    "marc21": record_areas.marc21,
    "unimarc": record_areas.unimarc,
    "xml": record_areas.xml,
    "opac_xml": record_areas.opac_xml,
    "pqf": text_areas.pqf,
    "cql": text_areas.cql,
    "ccl": text_areas.ccl,
    "trace": text_areas.trace,
}


def check(area: str, data: bytes) -> None:
    """Read ``data`` as ``area`` does. Whatever is raised is a bug."""
    AREAS[area](data)
