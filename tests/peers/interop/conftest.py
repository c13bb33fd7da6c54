"""The targets of the matrix, each started once and stopped whatever happens."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

import pytest

from tests.peers.interop.targets import START, Peer
from tests.peers.requirements import peers_or_skip


@pytest.fixture(scope="session")
def peer_named(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Peer]]:
    """Return what gives a running target by its name, starting it when it is first wanted."""
    running: dict[str, Peer] = {}
    with contextlib.ExitStack() as stack:

        def find(name: str) -> Peer:
            if name not in running:
                with peers_or_skip():
                    running[name] = stack.enter_context(START[name](tmp_path_factory.mktemp(name)))
            return running[name]

        yield find
