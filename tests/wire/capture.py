"""Record the samples of this folder from YAZ's test server: ``python -m tests.wire.capture``.

Every exchange is made on a connection of its own with plain sockets; the answer is written as received. What each
sample is stands in README.md.
"""

from __future__ import annotations

import dataclasses
import socket
import tempfile
from pathlib import Path

from locate.z3950.apdu import Apdu, Close, InitializeRequest, PresentRequest, SearchRequest, encode_apdu
from locate.z3950.oids import RECORD_SYNTAXES
from locate.z3950.query import parse_pqf, to_rpn
from tests.peers.servers import RunningServer, ztest

__all__ = ["main"]

_INIT = InitializeRequest(frozenset({0, 1, 2}), frozenset({0, 1, 14}), 1 << 20, 1 << 20)
_SYNTAX = RECORD_SYNTAXES


def _search(count: int = 2, syntax: str = "marc21", database: str = "Default", elements: str = "F") -> SearchRequest:
    return SearchRequest(
        small_set_upper_bound=count,
        large_set_lower_bound=2**31 - 1 if count else 1,
        medium_set_present_number=count,
        replace_indicator=True,
        result_set_name="default",
        database_names=(database,),
        query=("type_1", to_rpn(parse_pqf("@attr 1=4 5"))),
        small_set_element_set_names=("generic", elements),
        medium_set_element_set_names=("generic", elements),
        preferred_record_syntax=_SYNTAX[syntax],
        reference_id=b"42",
    )


_TINY_INIT = dataclasses.replace(_INIT, preferred_message_size=1200, exceptional_record_size=1200)
_EXCHANGES: dict[str, tuple[Apdu, ...]] = {
    "init_response": (_INIT,),
    "search_marc21": (_INIT, _search()),
    "search_opac": (_INIT, _search(1, "opac")),
    "search_marcxml": (_INIT, _search(1, "xml", elements="marcxml")),
    "search_opac_xml": (_INIT, _search(1, "xml", elements="OP")),
    "search_sutrs": (_INIT, _search(1, "sutrs")),
    "search_without_records": (_INIT, _search(0)),
    "search_unknown_database": (_INIT, _search(database="nowhere")),
    "search_surrogate": (_TINY_INIT, _search(2)),
    "present_marc21": (_INIT, _search(0), PresentRequest("default", 2, 1, None, _SYNTAX["marc21"])),
    "present_out_of_range": (_INIT, _search(0), PresentRequest("default", 6, 1, None, _SYNTAX["marc21"])),
    "close_response": (_INIT, Close(0)),
}


def _last_answer(server: RunningServer, requests: tuple[Apdu, ...]) -> bytes:
    """Send the requests one by one; return the bytes that answer the last."""
    with socket.create_connection((server.host, server.port), timeout=5) as connection:
        for request in requests:
            connection.sendall(encode_apdu(request))
            connection.settimeout(0.4)
            answer = b""
            try:
                while received := connection.recv(65536):
                    answer += received
            except TimeoutError:
                continue
    return answer


def main() -> None:
    """Write every sample beside this file, 40 octets a line."""
    folder = Path(__file__).parent
    with tempfile.TemporaryDirectory() as workdir, ztest(Path(workdir)) as server:
        for name, requests in _EXCHANGES.items():
            text = _last_answer(server, requests).hex()
            lines = [text[start : start + 80] for start in range(0, len(text), 80)]
            (folder / f"{name}.hex").write_text("\n".join(lines) + "\n", encoding="ascii")


if __name__ == "__main__":
    main()
