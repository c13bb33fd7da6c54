"""The entry point: run the command line, and turn every error into plain sentences and an exit code.

No traceback reaches a user: an error of this package prints its own sentences; any other is a bug, printed as one
sentence that says how to see more (``ZLOCATE_DEBUG=1`` shows the traceback).
"""

from __future__ import annotations

import os
import sys

from locate.cli.exits import Exit
from locate.errors import LocateError, Z3950Error

__all__ = ["main"]


def main() -> None:
    """Run ``zlocate`` with the arguments of the process and exit."""
    sys.exit(_run())


def _run() -> int:
    try:
        from locate.cli.app import app  # noqa: PLC0415 - its packages are optional, and missing ones get a sentence
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in {"typer", "rich", "click", "shellingham"}:
            raise
        _complain([f"the command line needs the package {error.name}; install it with: pip install 'zlocate[cli]'"])
        return Exit.USAGE
    try:
        app(standalone_mode=True)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else Exit.USAGE
    except LocateError as error:
        _complain(error.diagnostics())
        return Exit.UNREACHABLE if isinstance(error, Z3950Error) else Exit.USAGE
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.LOCATED
    except Exception as error:
        if os.environ.get("ZLOCATE_DEBUG"):
            raise
        _complain([f"an internal error ({type(error).__name__}: {error}); set ZLOCATE_DEBUG=1 to see where"])
        return Exit.INTERNAL
    return Exit.LOCATED


def _complain(sentences: list[str]) -> None:
    for sentence in sentences:
        sys.stderr.write(f"zlocate: {sentence}\n")
