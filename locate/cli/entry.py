"""The entry point: run the command line, and turn every error into plain sentences and an exit code.

No traceback reaches a user: an error of this package prints its own sentences; any other is a bug, printed as one
sentence that says how to see more (``ZLOCATE_DEBUG=1`` shows the traceback). Loads nothing but the standard library
until it runs, so that Ctrl-C and a missing package are told of in words too.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys

from locate.cli.exits import Exit, exit_code
from locate.errors import ConfigurationError, LocateError
from locate.text import visible

__all__ = ["main"]

_OPTIONAL_PACKAGES = frozenset({"typer", "rich", "click", "shellingham"})


def main() -> None:
    """Run ``zlocate`` with the arguments of the process and exit."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a title must not fail in a terminal that has no letters for it
    code = _run()
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        # What could not be written would be tried again, and complained of, when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = Exit.CLOSED_PIPE
    sys.exit(code)


def _run() -> int:
    try:
        from locate.cli.app import app  # noqa: PLC0415 - see the module's docstring

        app(prog_name="zlocate")
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else Exit.USAGE
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except LocateError as error:
        _complain(_sentences(error))
        return exit_code(error)
    except Exception as error:
        package = (error.name or "").partition(".")[0] if isinstance(error, ModuleNotFoundError) else ""
        if package in _OPTIONAL_PACKAGES:
            _complain([f"the command line needs the package {package}; install it with: pip install 'zlocate[cli]'"])
            return Exit.USAGE
        if os.environ.get("ZLOCATE_DEBUG"):
            raise
        _complain([f"an internal error ({type(error).__name__}: {error}); set ZLOCATE_DEBUG=1 to see where"])
        return Exit.INTERNAL
    return Exit.LOCATED


def _sentences(error: LocateError) -> list[str]:
    """Return what to tell of an error; mistakes in a file begin with the file's name."""
    source = error.source if isinstance(error, ConfigurationError) else ""
    return [f"{source}: {sentence}" if source else sentence for sentence in error.diagnostics()]


def _complain(sentences: list[str]) -> None:
    with contextlib.suppress(OSError):
        for sentence in sentences:
            sys.stderr.write(f"zlocate: {visible(sentence)}\n")
