"""Traces: what is written, what is read again, and what is said of a text that is none."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from locate.errors import InitRejected, TargetTimeout
from locate.partner import Credentials
from locate.z3950.apdu import AccessControlResponse, Apdu, Close, External, IdPass, decode_apdu, encode_apdu
from locate.z3950.masking import masked
from locate.z3950.target.server import TargetSession
from locate.z3950.trace import Entry, Trace, TraceError, TraceWriter, read_trace
from tests.z3950.made_up import marc_catalog
from tests.z3950.recording import LOGIN, REQUESTS, SECRET, recorder, started
from tests.z3950.strategies import apdus, steady

CLOSE = encode_apdu(Close(0))


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the trace of a few requests to the embedded target."""
    return recorder(TargetSession({"Default": marc_catalog(tmp_path_factory.mktemp("trace"))}))


def test_a_trace_can_be_read_by_people() -> None:
    """The head says what and when; each PDU has its time, its line, its tree and its octets."""
    writer, stream = started()
    writer("sent", CLOSE, Close(0))
    writer("received", CLOSE, Close(0))
    writer.fault(TargetTimeout("no answer within 10 s", target="h:210/Default", phase="search"))
    octets = "  000000  bf 30 05 9f 81 53 01 00" + " " * 26 + "|.0...S..|"
    assert stream.getvalue().split("\n") == [
        "# zlocate trace 1",
        "# target: h:210/Default",
        "# tls: no",
        "# program: zlocate 1.0",
        "# begun: 2024-05-06",
        "# Passwords and other secrets are masked. zlocate replay serves what the target answered.",
        "",
        f"> 0.020 s, {len(CLOSE)} bytes: Close finished",
        "# Close",
        "#   close_reason: 0 (finished)",
        octets,
        "",
        f"< 0.040 s, {len(CLOSE)} bytes: Close finished",
        "# Close",
        "#   close_reason: 0 (finished)",
        octets,
        "",
        "! 0.060 s, TargetTimeout: h:210/Default (search): no answer within 10 s",
        "",
    ]


def test_reading_gives_what_was_written(recorded: str) -> None:
    """Every PDU comes back octet for octet, with direction, time and line."""
    trace = read_trace(recorded)
    assert (trace.target, trace.program, trace.begun, trace.tls) == (
        "h:210/Default",
        "zlocate 1.0",
        "2024-05-06",
        False,
    )
    assert trace.damage == ""
    assert [entry.kind for entry in trace.entries] == ["sent", "received"] * len(REQUESTS)
    assert [decode_apdu(entry.octets) for entry in trace.entries[::2]] == list(REQUESTS)
    assert [entry.at_s for entry in trace.entries] == sorted(entry.at_s for entry in trace.entries)
    lines = recorded.split("\n")
    assert all(lines[entry.line - 1].startswith("><"[entry.kind == "received"]) for entry in trace.entries)


@steady
@given(st.lists(apdus, max_size=4))
def test_any_apdu_survives(exchanged: list[Apdu]) -> None:
    """Whatever APDU is written comes back, its secrets masked."""
    writer, stream = started()
    for apdu in exchanged:
        writer("sent", encode_apdu(apdu), apdu)
    trace = read_trace(stream.getvalue())
    assert [entry.octets for entry in trace.entries] == [encode_apdu(masked(apdu)) for apdu in exchanged]


def test_large_pdus_are_whole() -> None:
    """A PDU of many lines comes back whole, and the end of a line does not matter."""
    apdu = Close(0, "x" * 100_000)
    writer, stream = started()
    writer("received", encode_apdu(apdu), apdu)
    text = stream.getvalue().replace("\n", "\r\n")
    assert [decode_apdu(entry.octets) for entry in read_trace("\ufeff" + text).entries] == [apdu]


def test_a_fault_is_kept() -> None:
    """The fault that ended it is read with its name and sentence."""
    writer, stream = started()
    writer.fault(TargetTimeout("no answer\nwithin 10 s"))
    assert read_trace(stream.getvalue()).entries == (
        Entry("fault", 0.02, fault="TargetTimeout", text=r"no answer\nwithin 10 s", line=8),
    )


def test_octets_that_are_no_apdu() -> None:
    """What cannot be decoded is kept when it was received, and left out when it was sent."""
    writer, stream = started()
    writer("received", b"\xbf\x20\x01\x00", None)
    writer("sent", b"\xbf\x20\x01\x00", None)
    assert [entry.octets for entry in read_trace(stream.getvalue()).entries] == [b"\xbf\x20\x01\x00", b""]


@steady
@given(st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=8, max_size=30).map("Zq7{}".format))
def test_a_trace_holds_no_secret(secret: str) -> None:
    """Neither text nor octets of a trace hold a password or the answer to a challenge; a mark tells them from names."""
    writer, stream = started()
    for apdu in (
        replace(LOGIN, id_authentication=("open", f"ill/{secret}")),
        replace(LOGIN, id_authentication=("id_pass", IdPass("group", "ill", secret))),
        replace(LOGIN, id_authentication=("other", External(None, None, ("octets", secret.encode())))),
        AccessControlResponse(("simple", secret.encode())),
    ):
        writer("sent", encode_apdu(apdu), apdu)
    assert secret not in stream.getvalue()
    assert all(secret.encode() not in entry.octets for entry in read_trace(stream.getvalue()).entries)


def test_hex_of_a_secret_is_masked_too() -> None:
    """The hexadecimal octets are those of the masked APDU."""
    writer, stream = started()
    writer("sent", encode_apdu(LOGIN), LOGIN)
    (entry,) = read_trace(stream.getvalue()).entries
    assert SECRET.encode() in encode_apdu(LOGIN)
    assert SECRET.encode() not in entry.octets
    assert decode_apdu(entry.octets) == masked(LOGIN)


def test_a_secret_that_the_target_repeats() -> None:
    """A password in what the target says is hidden, in the text, in the octets, and in the fault's sentence."""
    stream = io.StringIO()
    writer = TraceWriter(stream, "h:210/D", lambda: 0.0, credentials=Credentials("ill", SECRET))
    refusal = Close(5, f"{SECRET} is wrong")
    writer("received", encode_apdu(refusal), refusal)
    writer.fault(InitRejected(f"{SECRET} is wrong"))
    assert SECRET not in stream.getvalue()
    close, fault = read_trace(stream.getvalue()).entries
    assert decode_apdu(close.octets) == replace(refusal, diagnostic_information="************** is wrong")
    assert fault.text == "*** is wrong"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "line 1 of the trace: '' does not begin a trace; give a file that zlocate search --trace has written"),
        ("<html>\n<body>", "line 1 of the trace: '<html>' does not begin a trace; give a file"),
        ("# zlocate trace 2\n", "line 1 of the trace: the format is 2, and this program reads 1; use its newest"),
        ("\x00\x01\x02", r"line 1 of the trace: '\x00\x01\x02' does not begin a trace"),
    ],
)
def test_no_trace(text: str, message: str) -> None:
    """A text that is no trace is refused with its first line and what to give instead."""
    with pytest.raises(TraceError, match=re.escape(message)) as caught:
        read_trace(text)
    assert caught.value.line == 1


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("  000010", "  000020", "octets from 0x20 where 0x10 was due; was a line lost?"),
        ("  000000  b4", "garbage", "'garbage 16 82"),
        (" bytes: InitializeRequest", "000 bytes: InitializeRequest", " bytes; was a line lost?"),
        ("\n> ", "\n>> ", "is no line of a trace; was the file changed or wrapped?"),
        ("# begun", "  000000  00\n# begun", "octets without a PDU above them; was a line lost?"),
    ],
)
def test_damage_in_the_middle(recorded: str, old: str, new: str, message: str) -> None:
    """Damage before the last PDU is refused with the line and what seems to have happened."""
    with pytest.raises(TraceError, match=re.escape(message)) as caught:
        read_trace(recorded.replace(old, new, 1))
    assert str(caught.value).startswith(f"line {caught.value.line} of the trace: ")


def test_a_trace_that_breaks_off(recorded: str) -> None:
    """A trace cut anywhere in its last PDU is read up to that PDU, and says so unless nothing is missing."""
    whole = read_trace(recorded)
    last = recorded.rindex("\n<")
    for end in range(last + 2, len(recorded), 7):
        trace = read_trace(recorded[:end])
        assert trace.entries == whole.entries[:-1] or trace.entries == whole.entries
        assert bool(trace.damage) == (trace.entries != whole.entries)


def test_what_follows_the_last_pdu(recorded: str) -> None:
    """A line of something else at the end is told of, and all PDUs are there."""
    trace = read_trace(recorded + "-- \nsent from somewhere\n")
    assert trace.entries == read_trace(recorded).entries
    assert "'-- ' is no line of a trace" in trace.damage


def outcome(text: str) -> Trace | TraceError:
    """Return the trace that a text is, or why it is none."""
    try:
        return read_trace(text)
    except TraceError as error:
        return error


@steady
@given(st.data())
def test_nothing_but_the_declared_error(recorded: str, data: st.DataObject) -> None:
    """A trace changed at random is read, each PDU from where it stands, or refused with the line that is wrong."""
    start = data.draw(st.integers(0, len(recorded)))
    end = data.draw(st.integers(start, min(start + 200, len(recorded))))
    inserted = data.draw(st.text(max_size=10) | st.sampled_from(["\n", "\n> 0.1 s", "  000000  00", "\n! x"]))
    changed = recorded[:start] + inserted + recorded[end:]
    found = outcome(changed)
    lines = changed.split("\n")
    if isinstance(found, TraceError):
        assert 1 <= found.line <= len(lines)
        assert str(found).startswith(f"line {found.line} of the trace: ")
    else:
        assert all(lines[entry.line - 1].startswith((">", "<", "!")) for entry in found.entries)


@steady
@given(st.text(max_size=300).map("# zlocate trace 1\n".__add__) | st.text(max_size=50))
def test_any_text(text: str) -> None:
    """Any text is a trace or a TraceError."""
    found = outcome(text)
    assert isinstance(found, TraceError if not text.startswith("# zlocate trace 1\n") else Trace | TraceError)


def test_lines(recorded: str) -> None:
    """A trace is made of printable lines that are not too long to be looked at."""
    assert recorded.replace("\n", "").isprintable()
    assert max(map(len, recorded.split("\n"))) <= 240
