"""Record the samples of this folder from YAZ's programs: ``python -m tests.wire.capture``.

Every exchange with the test server is made on a connection of its own with plain sockets; the answer is written as
received, and so is what YAZ's client sends first. What each sample is stands in README.md.
"""

from __future__ import annotations

import dataclasses
import socket
import subprocess
import tempfile
from pathlib import Path

from locate.z3950.apdu import (
    Apdu,
    AttributeElement,
    AttributesPlusTerm,
    Close,
    DeleteResultSetRequest,
    ExtendedServicesRequest,
    InitializeRequest,
    PresentRequest,
    ScanRequest,
    SearchRequest,
    SortKeySpec,
    SortRequest,
    encode_apdu,
)
from locate.z3950.charset_negotiation import NEGOTIATION_MODEL, propose
from locate.z3950.oids import BIB1_ATTRIBUTES, RECORD_SYNTAXES
from locate.z3950.pqf import parse_pqf
from locate.z3950.query import to_rpn
from tests.peers.servers import HOST, RunningServer, program_path, ztest

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


def _scan(term: bytes, position: int = 1) -> ScanRequest:
    start = AttributesPlusTerm((AttributeElement(1, ("numeric", 4)),), ("general", term))
    return ScanRequest(
        ("Default",), start, 3, BIB1_ATTRIBUTES, preferred_position_in_response=position, reference_id=b"42"
    )


_SORT = SortRequest(("default",), "sorted", (SortKeySpec(("generic", ("field", "title")), 0, 1),), reference_id=b"42")
_UPDATE = ExtendedServicesRequest(1, "1.2.840.10003.9.5.1", 1, reference_id=b"42")
_CHARSET_INIT = dataclasses.replace(
    _INIT,
    options=_INIT.options | {NEGOTIATION_MODEL},
    other_info=(propose(["utf-8", "iso-8859-1"], ["eng"], records_in_selected=True),),
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
    "present_marc21": (_INIT, _search(0), PresentRequest("default", 2, 1, preferred_record_syntax=_SYNTAX["marc21"])),
    "present_out_of_range": (
        _INIT,
        _search(0),
        PresentRequest("default", 6, 1, preferred_record_syntax=_SYNTAX["marc21"]),
    ),
    "search_grs1": (_INIT, _search(1, "grs1")),
    "scan_response": (_INIT, _scan(b"a")),
    "scan_surrogate": (_INIT, _scan(b"SD", 3)),
    "sort_response": (_INIT, _search(0), _SORT),
    "delete_response": (_INIT, _search(0), DeleteResultSetRequest(0, ("default", "other"), reference_id=b"42")),
    "extended_services_response": (_INIT, _UPDATE),
    "init_charset_response": (_CHARSET_INIT,),
    "close_response": (_INIT, Close(0)),
}
# The GRS-1 record that the test server is to give, in its own notation.
_GRS1 = """#1
(1,1) 1.2.840.10003.13.2
(2,1) Winter on the river : a history of ice
(2,2) Mustermann, Max
(3,isbn) 0198534531
(4,52) {
(2,7) Paper Press
(3,place) Exampleton
}
(2,4) 1999
}
"""
_CLIENT_COMMANDS = "charset utf-8,iso-8859-1,windows-1252\nlang eng,ger\nopen tcp:{host}:{port}\nquit\n"


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


def _client_init() -> bytes:
    """Return the Init request of YAZ's client that proposes character sets and languages."""
    program = program_path("yaz-client", package="yaz")
    with socket.create_server((HOST, 0)) as listener:
        commands = _CLIENT_COMMANDS.format(host=HOST, port=listener.getsockname()[1])
        with subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as client:
            assert client.stdin is not None
            client.stdin.write(commands.encode())
            client.stdin.flush()
            connection, _ = listener.accept()
            with connection:
                connection.settimeout(5)
                return connection.recv(65536)


def main() -> None:
    """Write every sample beside this file, 40 octets a line."""
    samples = {"init_charset_request": _client_init()}
    with tempfile.TemporaryDirectory() as workdir, ztest(Path(workdir)) as server:
        Path(workdir, "dummy-grs").write_text(_GRS1, encoding="ascii")
        samples |= {name: _last_answer(server, requests) for name, requests in _EXCHANGES.items()}
    for name, octets in samples.items():
        text = octets.hex()
        lines = [text[start : start + 80] for start in range(0, len(text), 80)]
        (Path(__file__).parent / f"{name}.hex").write_text("\n".join(lines) + "\n", encoding="ascii")


if __name__ == "__main__":
    main()
