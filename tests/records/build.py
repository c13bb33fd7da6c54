"""Made-up MARC records for the tests, built byte by byte so that a test can also build wrong ones."""

from __future__ import annotations

from dataclasses import fields

from locate.errors import RecordError
from locate.records import BibRecord, read_record

BLANK_008 = "240101s2001    xx            000 0 eng d"


def iso2709(
    *fields: str | tuple[str, bytes],
    leader_09: str = "a",
    kind: str = "am",
    encoding: str = "utf-8",
    f008: str | None = BLANK_008,
) -> bytes:
    """Return an ISO 2709 record.

    A field is text such as "245 1#$aTitle /$cName." or "001 12345", or a pair of tag and raw bytes.
    """
    given = [] if f008 is None else [f"008 {f008}"]
    parts = [f if isinstance(f, tuple) else _encode(f, encoding) for f in [*given, *fields]]
    directory, body = "", b""
    for tag, data in parts:
        directory += f"{tag}{len(data) + 1:04d}{len(body):05d}"
        body += data + b"\x1e"
    base = 24 + len(directory) + 1
    leader = f"{base + len(body) + 1:05d}n{kind} {leader_09}22{base:05d} a 4500"
    return leader.encode("ascii") + directory.encode("ascii") + b"\x1e" + body + b"\x1d"


def _encode(field: str, encoding: str) -> tuple[str, bytes]:
    tag, rest = field[:3], field[4:]
    indicators = "" if tag < "010" else rest[:2].replace("#", " ")
    return tag, (indicators + rest[len(indicators) :].replace("$", "\x1f")).encode(encoding)


def record(*fields: str | tuple[str, bytes], kind: str = "am", f008: str | None = BLANK_008) -> BibRecord:
    """Return the view of a made-up UTF-8 record."""
    return good(read_record(iso2709(*fields, kind=kind, f008=f008), "marc21"))


def everything(found: BibRecord) -> dict[str, object]:
    """Return all attributes of a record, each asked for."""
    return {each.name: getattr(found, each.name) for each in fields(BibRecord) if each.init}


def good(found: BibRecord | RecordError) -> BibRecord:
    """Return a record that must be readable."""
    assert isinstance(found, BibRecord), found
    return found


def refused(found: object) -> RecordError:
    """Return an error that must be one."""
    assert isinstance(found, RecordError), found
    return found


def marcxml(*fields: str, leader: str = "00000nam a2200000 a 4500", namespace: bool = True) -> str:
    """Return a MARCXML record of fields written as for `iso2709`."""
    rows = [f"<leader>{leader}</leader>"]
    for field in fields:
        tag, rest = field[:3], field[4:]
        if tag < "010":
            rows.append(f'<controlfield tag="{tag}">{rest}</controlfield>')
            continue
        head, *subfields = rest.split("$")
        head = head.replace("#", " ")
        inner = "".join(f'<subfield code="{part[0]}">{part[1:]}</subfield>' for part in subfields)
        rows.append(f'<datafield tag="{tag}" ind1="{head[0]}" ind2="{head[1]}">{inner}</datafield>')
    attribute = ' xmlns="http://www.loc.gov/MARC21/slim"' if namespace else ""
    return f"<record{attribute}>{''.join(rows)}</record>"
