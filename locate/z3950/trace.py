"""Traces: a file of text that tells what passed between an origin and a target, to be read and to be replayed.

    # zlocate trace 1
    # target: z3950.example.org:210/catalog
    # …
    > 0.021 s, 92 bytes: InitializeRequest version 1+2+3, zlocate
    # InitializeRequest
    #   protocol_version: …
      000000  b4 5a 83 02 …                                    |.Z..|
    < 0.063 s, 151 bytes: InitializeResponse accepted, …
    ! 10.063 s, TargetTimeout: no answer within 10 s

A line begins with ``>`` for a PDU sent, ``<`` for one received, ``!`` for the fault that ended it all, ``#`` for what
only people read; the octets of a PDU stand below it, each line with its offset in the PDU. PDUs are whole, whatever
their size. Secrets are masked (`locate.z3950.masking`): a PDU that holds one is written as it would be with the mask.

Decides the form and what is wrong with a text that is not of it. Refuses to know files and clocks: a writer is given
a stream and a function for the seconds. Reading raises TraceError and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, TextIO

from locate.errors import LocateError
from locate.names import shortened
from locate.partner import Credentials
from locate.text import counted
from locate.z3950.apdu import Apdu, encode_apdu
from locate.z3950.apdu_text import hex_dump, one_line, printable, tree
from locate.z3950.masking import Secrets, masked

__all__ = ["Entry", "Trace", "TraceError", "TraceWriter", "read_trace"]

FORMAT = 1
_MARKS = {"sent": ">", "received": "<"}
_KINDS: dict[str, Literal["sent", "received"]] = {">": "sent", "<": "received"}
_FIRST = re.compile(r"# zlocate trace (\d{1,6})", re.ASCII)
_HEADER = re.compile(r"# (target|tls|program|begun): (.*)")
_PDU = re.compile(r"([<>]) (\d{1,9}\.\d{3}) s, (\d{1,10}) bytes?: .*", re.ASCII)
_FAULT = re.compile(r"! (\d{1,9}\.\d{3}) s, (\w{1,60}): (.*)", re.ASCII)
_OCTETS = re.compile(r"  ([0-9a-f]{6,12})  ((?:[0-9a-f]{2} ){0,15}[0-9a-f]{2})(?: .*)?")


class TraceError(LocateError):
    """A text that is no trace, or one that is damaged in the middle; ``line`` is 1-based."""

    def __init__(self, reason: str, *, line: int) -> None:
        self.reason = reason
        self.line = line
        super().__init__(f"line {line} of the trace: {reason}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One PDU, or the fault that ended the exchange. ``at_s`` is seconds since the trace began.

    ``octets`` are those of the PDU, empty for a fault; ``text`` is the fault's sentence and ``fault`` the name of the
    error, both empty for a PDU. ``line`` is where it stands, 1-based.
    """

    kind: Literal["sent", "received", "fault"]
    at_s: float
    octets: bytes = b""
    fault: str = ""
    text: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Trace:
    """A trace that was read. ``target`` is host:port/database as the writer was told it; ``damage`` says what is
    missing at its end, "" when nothing is.
    """

    target: str
    entries: tuple[Entry, ...]
    program: str = ""
    begun: str = ""
    tls: bool = False
    damage: str = ""


# ---- writing --------------------------------------------------------------------------------------------------------


class TraceWriter:
    """Writes a trace as it happens; an `Observer` of an association, or of several one after the other.

    ``clock`` gives seconds of any one clock; ``begun`` and ``program`` are for people; the secrets of ``credentials``
    are hidden where the target repeats them.
    """

    def __init__(
        self,
        stream: TextIO,
        target: str,
        clock: Callable[[], float],
        *,
        credentials: Credentials | None = None,
        tls: bool = False,
        program: str = "",
        begun: str = "",
    ) -> None:
        self._stream = stream
        self._clock = clock
        self._start_s = clock()
        self._secrets = Secrets(credentials)
        self._line(f"# zlocate trace {FORMAT}")
        for name, value in (
            ("target", target),
            ("tls", "yes" if tls else "no"),
            ("program", program),
            ("begun", begun),
        ):
            self._line(f"# {name}: {printable(value)}")
        self._line("# Passwords and other secrets are masked. zlocate replay serves what the target answered.")

    def __call__(self, direction: Literal["sent", "received"], pdu: bytes, apdu: Apdu | None) -> None:
        """Write one PDU; what is sent without being told as an APDU is left out, since it may hold a secret."""
        if direction == "received":
            pdu, apdu = self._secrets.hide(pdu, apdu)
        if apdu is None:
            octets = pdu if direction == "received" else b""
            told, lines = "an APDU that cannot be decoded", []
        else:
            shown = masked(apdu)
            octets = pdu if shown is apdu else encode_apdu(shown)
            told, lines = one_line(shown), tree(shown).split("\n")
        self._line("")
        self._line(f"{_MARKS[direction]} {self._elapsed()} s, {counted(len(octets), 'byte').replace(',', '')}: {told}")
        for line in lines:
            self._line(f"# {line}")
        for line in hex_dump(octets).splitlines():
            self._line(f"  {line}")

    def fault(self, error: Exception) -> None:
        """Write how it ended when it did not end well."""
        self._line("")
        self._line(
            f"! {self._elapsed()} s, {type(error).__name__}: {printable(self._secrets.hide_in_text(str(error)))}"
        )

    def _elapsed(self) -> str:
        return f"{max(self._clock() - self._start_s, 0.0):.3f}"

    def _line(self, line: str) -> None:
        self._stream.write(f"{line}\n")


# ---- reading --------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Open:
    """A PDU whose octets are being read."""

    entry: Entry
    size: int
    octets: bytearray = field(default_factory=bytearray)

    @property
    def is_whole(self) -> bool:
        return len(self.octets) == self.size


def read_trace(text: str) -> Trace:
    """Read a trace. One that breaks off is read up to its last whole PDU, and ``damage`` tells it.

    Raises TraceError when the text is no trace, or when something is wrong before the last PDU.
    """
    lines = [line.removesuffix("\r") for line in text.removeprefix("\ufeff").split("\n")]
    _check_first(lines[0])
    headers = {found[1]: found[2] for line in lines[1:20] if (found := _HEADER.fullmatch(line))}
    reader = _Reader()
    for number, line in enumerate(lines[1:], start=2):
        try:
            reader.take(line, number)
        except TraceError as error:
            if any(_begins_entry(later) for later in lines[number - 1 :]):
                raise
            reader.damage = str(error)
            break
    reader.end()
    return Trace(
        headers.get("target", ""),
        tuple(reader.entries),
        headers.get("program", ""),
        headers.get("begun", ""),
        headers.get("tls") == "yes",
        reader.damage,
    )


def _check_first(line: str) -> None:
    found = _FIRST.fullmatch(line.rstrip())
    if found is None:
        raise TraceError(
            f"{shortened(line)} does not begin a trace; give a file that zlocate search --trace has written", line=1
        )
    if int(found[1]) != FORMAT:
        raise TraceError(f"the format is {found[1]}, and this program reads {FORMAT}; use its newest version", line=1)


def _begins_entry(line: str) -> bool:
    return _PDU.fullmatch(line) is not None or _FAULT.fullmatch(line) is not None


class _Reader:
    """Takes the lines behind the first one by one; raises TraceError at the line that is wrong."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.damage = ""
        self._open: _Open | None = None

    def take(self, line: str, number: int) -> None:
        if octets := _OCTETS.fullmatch(line):
            self._add(int(octets[1], 16), bytes.fromhex(octets[2]), number)
        elif pdu := _PDU.fullmatch(line):
            self._close(number)
            self._open = _Open(Entry(_KINDS[pdu[1]], float(pdu[2]), line=number), int(pdu[3]))
        elif fault := _FAULT.fullmatch(line):
            self._close(number)
            self.entries.append(Entry("fault", float(fault[1]), fault=fault[2], text=fault[3], line=number))
        elif line.strip() and not line.startswith("#"):
            if self._open is not None and self._open.is_whole:
                self._close(number)
            self._open = None
            raise TraceError(f"{shortened(line)} is no line of a trace; was the file changed or wrapped?", line=number)

    def end(self) -> None:
        """Take the end of the text; a PDU that is not whole is left out."""
        try:
            self._close(self._open.entry.line if self._open else 0)
        except TraceError as error:
            self.damage = self.damage or str(error)

    def _add(self, offset: int, octets: bytes, number: int) -> None:
        if self._open is None:
            raise TraceError("octets without a PDU above them; was a line lost?", line=number)
        if offset != len(self._open.octets) or offset + len(octets) > self._open.size:
            expected, self._open = len(self._open.octets), None
            raise TraceError(f"octets from 0x{offset:x} where 0x{expected:x} was due; was a line lost?", line=number)
        self._open.octets += octets

    def _close(self, number: int) -> None:
        """Put the PDU that was being read among the entries."""
        done, self._open = self._open, None
        if done is None:
            return
        if not done.is_whole:
            raise TraceError(
                f"the PDU of line {done.entry.line} has {len(done.octets)} of {done.size} bytes; was a line lost?",
                line=number,
            )
        whole = done.entry
        self.entries.append(Entry(whole.kind, whole.at_s, bytes(done.octets), line=whole.line))
