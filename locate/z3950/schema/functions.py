"""Python source, line by line, and the functions made of it when they are first called.

Decides when source becomes code; refuses to know what the code does. The functions of one set share one namespace and
call each other by name there. Raises nothing of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

__all__ = ["Functions", "Source"]


class Source:
    """Lines of Python, indented by the blocks they stand in."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._indent = ""

    def add(self, *lines: str) -> None:
        """Add ``lines`` to the block that is open."""
        self._lines += [self._indent + line for line in lines]

    @contextmanager
    def block(self, head: str) -> Iterator[None]:
        """Open a block under ``head``, which ends with its colon."""
        self.add(head)
        self._indent += "    "
        yield
        self._indent = self._indent[:-4]

    def __str__(self) -> str:
        return "\n".join(self._lines) + "\n"


class Functions:
    """Functions by their purpose. Each is made when it is first called, so that only what is used costs time.

    ``names`` is what the functions may call besides each other. Two threads that make the same function at the same
    time make it twice, and either one serves both.
    """

    def __init__(self, names: Mapping[str, Any]) -> None:
        self.namespace = dict(names)
        self._names: dict[Hashable, str] = {}

    def name(self, purpose: Hashable, stem: str, write: Callable[[Source, str], None]) -> str:
        """Return the name of the function for ``purpose``, whose source ``write(out, name)`` will add to ``out``."""
        known = self._names.get(purpose)
        if known is not None:
            return known
        name = self._names[purpose] = f"{stem}_{len(self._names)}"

        def first_call(*arguments: Any) -> Any:
            self._make(name, write)
            return self.namespace[name](*arguments)

        self.namespace[name] = first_call
        return name

    def constant(self, stem: str, value: object) -> str:
        """Put ``value`` into the namespace; return its name there."""
        name = f"{stem}_{len(self.namespace)}"
        self.namespace[name] = value
        return name

    def source(self, name: str, write: Callable[[Source, str], None]) -> str:
        """Return the source of one function."""
        out = Source()
        write(out, name)
        return str(out)

    def _make(self, name: str, write: Callable[[Source, str], None]) -> None:
        code = compile(self.source(name, write), f"<{type(self).__module__}: {name}>", "exec")
        exec(code, self.namespace)  # noqa: S102 - the source is made of the schema alone; nothing received is in it
