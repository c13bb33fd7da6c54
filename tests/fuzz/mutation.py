"""Makes inputs out of samples: BER values taken apart and put together wrongly, octets and words changed, ends cut.

Decides nothing about what an input is for. Everything follows from the random source it is given, so that a run can be
had again. Offsets are 0-based.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from locate.errors import BerDecodeError
from locate.z3950.ber import CONSTRUCTED, INDEFINITE, encode_length, read_header

__all__ = ["MAX_INPUT_BYTES", "Mutator", "Node", "index"]

MAX_INPUT_BYTES = 64 * 1024

_SPECIAL_OCTETS = b"\x00\x01\x02\x04\x1e\x1f\x1d\x1b\x24\x28\x30\x7f\x80\x81\x84\x88\xa0\xa1\xbf\xff"
_LENGTHS = (
    b"\x00",
    b"\x7f",
    b"\x80",
    b"\x81\xff",
    b"\x82\xff\xff",
    b"\x84\x7f\xff\xff\xff",
    b"\x88" + 8 * b"\xff",
    b"\xff",
)


@dataclass(frozen=True, slots=True)
class Node:
    """A BER value: identifier from ``start``, content from ``content`` to ``stop``, all of it to ``end``.

    ``parent`` is the number of the value around it, -1 for none; ``identifier`` its octets.
    """

    start: int
    content: int
    stop: int
    end: int
    parent: int
    identifier: bytes


def index(data: bytes) -> list[Node]:
    """Return every value of ``data`` as far as it reads as BER, a value before what is in it."""
    nodes: list[Node] = []
    _index(data, 0, len(data), -1, nodes)
    return nodes


def _index(data: bytes, pos: int, limit: int, parent: int, nodes: list[Node]) -> int:
    """Add the values from ``pos`` on; return where they end: at ``limit``, or at end-of-contents."""
    while pos < limit and data[pos : pos + 2] != b"\x00\x00":
        try:
            _, content, stop = read_header(data, pos)
        except (IndexError, BerDecodeError):
            return limit
        if stop > limit:
            return limit
        number, head = len(nodes), data[pos:content]
        identifier = head[: _identifier_size(head)]
        nodes.append(Node(pos, content, stop, stop, parent, identifier))
        if data[pos] & CONSTRUCTED:
            inner = _index(data, content, limit if stop == INDEFINITE else stop, number, nodes)
            if stop == INDEFINITE:
                stop = inner
                nodes[number] = Node(pos, content, stop, min(stop + 2, limit), parent, identifier)
        pos = nodes[number].end
    return pos


def _identifier_size(head: bytes) -> int:
    size = 1
    if head[0] & 0x1F == 0x1F:
        while head[size] & 0x80:
            size += 1
        size += 1
    return size


class Mutator:
    """Makes one input after the other out of ``samples``.

    ``words`` are pieces that mean something to the reader; ``head`` octets in front of each input are chosen freely;
    ``is_ber`` says whether the samples are BER.
    """

    def __init__(
        self, samples: Sequence[bytes], random: Random, *, words: Sequence[bytes] = (), head: int = 0, is_ber: bool
    ) -> None:
        self._samples = samples
        self._random = random
        self._words = words or (b"\x00",)
        self._head = head
        self._nodes: dict[int, list[Node]] = {}
        self._is_ber = is_ber
        self._edits: tuple[Callable[[bytearray], None], ...] = (
            self._flip,
            self._overwrite,
            self._insert,
            self._insert,
            self._insert,
            self._replace,
            self._replace,
            self._remove,
            self._repeat,
            self._cut,
            self._splice,
        )

    def next(self) -> bytes:
        """Return the next input."""
        data = self._body()
        if self._random.random() < 0.002:
            data = self._inflated(data)
        return (self._random.randbytes(self._head) + data)[:MAX_INPUT_BYTES]

    def _body(self) -> bytes:
        chance = self._random.random
        number = self._below(len(self._samples))
        data = self._samples[number]
        if not self._is_ber:
            return self._edited(data, 1 if chance() < 0.6 else 2 + self._below(3))
        if chance() < 0.85:
            data = self._restructured(data, self._nodes_of(number))
            if chance() < 0.3:
                data = self._restructured(data, index(data))
            if chance() < 0.85:
                return data
        return self._edited(data, 1 + self._below(3))

    def _below(self, limit: int) -> int:
        return int(self._random.random() * limit)

    def _nodes_of(self, number: int) -> list[Node]:
        if number not in self._nodes:
            self._nodes[number] = index(self._samples[number])
        return self._nodes[number]

    # ---- BER

    def _restructured(self, data: bytes, nodes: list[Node]) -> bytes:
        """Change one value; the lengths around it are made right again."""
        if not nodes:
            return data
        node = nodes[self._below(len(nodes))]
        new = self._instead(data, node)
        while node.parent >= 0:
            around = nodes[node.parent]
            content = data[around.content : node.start] + new + data[node.end : around.stop]
            is_indefinite = around.end != around.stop
            length = b"\x80" if is_indefinite else encode_length(len(content))
            new = around.identifier + length + content + data[around.stop : around.end]
            node = around
        return data[: node.start] + new + data[node.end :]

    def _instead(self, data: bytes, node: Node) -> bytes:  # noqa: PLR0911 - one return a kind of change
        whole, content = data[node.start : node.end], data[node.content : node.stop]
        match self._below(14):
            case 0:
                return b""
            case 1:
                return whole * (2 + self._below(3) if self._below(200) else MAX_INPUT_BYTES // max(len(whole), 1))
            case 2:
                return self._graft()
            case 3:
                return whole + self._graft()
            case 4:
                return self._identifier(node) + encode_length(len(content)) + content
            case 5:
                return node.identifier + self._random.choice(_LENGTHS) + content
            case 6:
                return node.identifier + b"\x80" + content + b"\x00\x00"
            case 7:
                return self._wrapped(node, whole)
            case _:
                content = self._content(content)
                return node.identifier + encode_length(len(content)) + content

    def _graft(self) -> bytes:
        """Return a value of any sample."""
        number = self._below(len(self._samples))
        nodes = self._nodes_of(number)
        if not nodes:
            return b""
        node = nodes[self._below(len(nodes))]
        return self._samples[number][node.start : node.end]

    def _identifier(self, node: Node) -> bytes:
        match self._below(3):
            case 0:
                return bytes((node.identifier[0] ^ CONSTRUCTED,)) + node.identifier[1:]
            case 1:
                return bytes((node.identifier[0] ^ 1 << self._below(8),)) + node.identifier[1:]
            case _:
                nodes = self._nodes_of(self._below(len(self._samples)))
                return nodes[self._below(len(nodes))].identifier if nodes else b"\x30"

    def _wrapped(self, node: Node, whole: bytes) -> bytes:
        """Return the value inside many others: of its own type, or of any."""
        outer = bytes((node.identifier[0] | CONSTRUCTED,)) + node.identifier[1:]
        is_definite = self._below(2)
        for _ in range(1 + self._below(80)):
            whole = outer + (encode_length(len(whole)) + whole if is_definite else b"\x80" + whole + b"\x00\x00")
        return whole

    def _content(self, content: bytes) -> bytes:
        match self._below(5):
            case 0:
                return b""
            case 1:
                return self._random.choice((b"\x00", b"\x7f", b"\x80", b"\xff")) + self._below(9) * b"\xff"
            case 2:
                return self._random.randbytes(self._below(12))
            case 3:
                return content + self._random.choice(self._words)
            case _:
                return self._edited(content, 1)

    # ---- octets and words

    def _edited(self, data: bytes, times: int) -> bytes:
        edited = bytearray(data)
        for _ in range(times):
            self._edits[self._below(len(self._edits))](edited)
        return bytes(edited)

    def _flip(self, data: bytearray) -> None:
        if data:
            data[self._below(len(data))] ^= 1 << self._below(8)

    def _overwrite(self, data: bytearray) -> None:
        if data:
            data[self._below(len(data))] = _SPECIAL_OCTETS[self._below(len(_SPECIAL_OCTETS))]

    def _insert(self, data: bytearray) -> None:
        at = self._below(len(data) + 1)
        data[at:at] = self._random.choice(self._words) if self._below(4) else self._random.randbytes(self._below(8))

    def _replace(self, data: bytearray) -> None:
        """Put a word in the place of another."""
        word = self._random.choice(self._words)
        at = data.find(word, self._below(len(data) + 1))
        if at >= 0:
            data[at : at + len(word)] = self._random.choice(self._words)

    def _remove(self, data: bytearray) -> None:
        at = self._below(len(data) + 1)
        del data[at : at + 1 + self._below(16)]

    def _repeat(self, data: bytearray) -> None:
        at = self._below(len(data) + 1)
        data[at:at] = data[at : at + 1 + self._below(40)] * (1 + self._below(4))

    def _cut(self, data: bytearray) -> None:
        del data[self._below(len(data) + 1) :]

    def _splice(self, data: bytearray) -> None:
        other = self._samples[self._below(len(self._samples))]
        data[self._below(len(data) + 1) :] = other[self._below(len(other) + 1) :]

    def _inflated(self, data: bytes) -> bytes:
        """Return a large input: one piece of it again and again."""
        start = self._below(len(data) + 1)
        piece = data[start : start + 1 + self._below(60)] or self._random.choice(self._words)
        end = start + len(piece)
        times = max(MAX_INPUT_BYTES - len(data), 0) // len(piece)
        return data[:start] + piece * times + (data[end:] if self._below(2) else b"")
