"""The answers of the canned target: made of this project's sample records, and written as most targets write them.

YAZ-based targets give every constructed value an indefinite length. Our encoder writes definite ones, so its PDUs are
rewritten here.
"""

from __future__ import annotations

from pathlib import Path

from locate.demo import sample_folder
from locate.errors import RecordError
from locate.records import load_file, to_iso2709
from locate.z3950.apdu import (
    External,
    InitializeResponse,
    NamePlusRecord,
    PresentResponse,
    SearchResponse,
    encode_apdu,
)
from locate.z3950.ber import CONSTRUCTED, read_header
from locate.z3950.oids import MARC21

__all__ = ["RECORDS", "indefinite", "write_answers"]

RECORDS = 10
_MESSAGE_BYTES = 1024 * 1024


def write_answers(folder: Path) -> tuple[Path, Path, Path]:
    """Write one InitializeResponse, SearchResponse and PresentResponse; return their files, in that order.

    The SearchResponse, of about 12 kB, holds the ten largest records of ``sample_marc/alma.opac.xml``, in ISO 2709.
    """
    found = [loaded.record for loaded in load_file(sample_folder() / "alma.opac.xml")]
    marc = sorted((to_iso2709(each) for each in found if not isinstance(each, RecordError)), key=len)[-RECORDS:]
    records = tuple(
        NamePlusRecord(("retrieval", External(MARC21, encoding=("octets", raw))), "Default") for raw in marc
    )
    search = SearchResponse(
        result_count=RECORDS,
        number_of_records_returned=RECORDS,
        next_result_set_position=RECORDS + 1,
        search_status=True,
        present_status=0,
        records=("response", records),
    )
    present = PresentResponse(RECORDS, RECORDS + 1, 0, records=("response", records))
    init = InitializeResponse(
        protocol_version=frozenset({0, 1, 2}),
        options=frozenset({0, 1}),
        preferred_message_size=_MESSAGE_BYTES,
        exceptional_record_size=_MESSAGE_BYTES,
        result=True,
        implementation_name="canned",
    )
    files = []
    for name, apdu in (("init", init), ("search", search), ("present", present)):
        file = folder / f"{name}.ber"
        file.write_bytes(indefinite(encode_apdu(apdu)))
        files.append(file)
    return files[0], files[1], files[2]


def indefinite(value: bytes) -> bytes:
    """Return a run of BER values of definite length with every constructed one rewritten to the indefinite form."""
    out = []
    pos = 0
    while pos < len(value):
        _, content, end = read_header(value, pos)
        if value[pos] & CONSTRUCTED:
            octets = 1
            if value[pos] & 0x1F == 0x1F:
                while value[pos + octets] & 0x80:
                    octets += 1
                octets += 1
            out += [value[pos : pos + octets], b"\x80", indefinite(value[content:end]), b"\x00\x00"]
        else:
            out.append(value[pos:end])
        pos = end
    return b"".join(out)
