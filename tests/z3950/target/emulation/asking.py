"""Ask a target with habits, through whole sessions: bytes in, APDUs out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from locate.z3950.apdu import Apdu, InitializeResponse, PresentResponse, SearchResponse, decode_apdu, encode_apdu
from locate.z3950.query import parse_pqf, to_rpn
from locate.z3950.target.catalog import Catalog
from locate.z3950.target.emulation import Emulation
from locate.z3950.target.server import ServerOptions, TargetSession
from tests.z3950.asking import INIT, PRESENT, SEARCH

__all__ = ["Asker"]


class Asker:
    """An origin of a target with ``habits``, None for an honest one. Its Init, changed by ``changes``, has been
    answered with ``init``.
    """

    def __init__(self, habits: Emulation | None, catalog: Catalog, *, full: bool = False, **changes: Any) -> None:
        self.session = TargetSession({"Default": catalog}, ServerOptions(emulation=habits), full=full)
        changes.setdefault("options", frozenset(range(20)))
        (answer,) = self.ask(replace(INIT, **changes))
        assert isinstance(answer, InitializeResponse)
        self.init = answer

    def ask(self, request: Apdu | bytes) -> list[Apdu]:
        """Return all that answers a request."""
        self.session.receive_data(request if isinstance(request, bytes) else encode_apdu(request))
        answers = []
        while (answer := self.session.next_answer()) is not None:
            answers.append(decode_apdu(answer))
        return answers

    def search(self, pqf: str = "@attr 1=4 river", **changes: Any) -> SearchResponse:
        """Search with changes to the plain search."""
        changes.setdefault("query", ("type_1", to_rpn(parse_pqf(pqf))))
        answer = self.ask(replace(SEARCH, **changes))[-1]
        assert isinstance(answer, SearchResponse)
        return answer

    def present(self, start: int = 1, count: int = 1, **changes: Any) -> PresentResponse:
        """Present records from ``start`` (1-based)."""
        request = replace(PRESENT, result_set_start_point=start, number_of_records_requested=count, **changes)
        answer = self.ask(request)[-1]
        assert isinstance(answer, PresentResponse)
        return answer
