"""Where the log goes: to standard error when it is asked for, else nowhere; outcomes say what the user must know."""

from __future__ import annotations

import logging
import os
import sys
from typing import TYPE_CHECKING, Literal

import structlog

if TYPE_CHECKING:
    from locate.partner import Target
    from locate.z3950.apdu import Apdu
    from locate.z3950.protocol import Observer

__all__ = ["apdu_logger", "configure_logs"]

_LEVELS = (logging.CRITICAL, logging.INFO, logging.DEBUG)


def configure_logs(*, verbose: int) -> None:
    """Log to standard error, in colour only into a terminal and without NO_COLOR.

    ``verbose`` 0 logs nothing but the fatal, 1 errors and news, 2 and more every APDU too.
    """
    colors = sys.stderr.isatty() and not os.environ.get("NO_COLOR")
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.dev.ConsoleRenderer(colors=colors, exception_formatter=structlog.dev.plain_traceback),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(_LEVELS[min(verbose, len(_LEVELS) - 1)]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def apdu_logger(target: Target) -> Observer | None:
    """Return an observer that logs one line an APDU at debug, secrets masked; None when nobody would see it."""
    from locate.z3950.apdu_text import one_line  # noqa: PLC0415 - loaded when a command is called (see app)
    from locate.z3950.masking import Secrets  # noqa: PLC0415

    log = structlog.get_logger(__name__)
    if not log.is_enabled_for(logging.DEBUG):
        return None
    bound = log.bind(target=str(target))
    secrets = Secrets(target.credentials)

    def observe(direction: Literal["sent", "received"], pdu: bytes, apdu: Apdu | None) -> None:
        if direction == "received":
            pdu, apdu = secrets.hide(pdu, apdu)
        told = one_line(apdu) if apdu is not None else "no APDU that can be decoded"
        bound.debug(told, direction=direction, octets=len(pdu))

    return observe
