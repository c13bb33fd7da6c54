"""Where the log goes: to standard error when it is asked for, else nowhere; outcomes say what the user must know."""

from __future__ import annotations

import logging
import os
import sys

import structlog

__all__ = ["configure_logs"]


def configure_logs(*, verbose: bool) -> None:
    """Log to standard error when ``verbose``, in colour only into a terminal and without NO_COLOR."""
    colors = sys.stderr.isatty() and not os.environ.get("NO_COLOR")
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.dev.ConsoleRenderer(colors=colors, exception_formatter=structlog.dev.plain_traceback),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.DEBUG if verbose else logging.CRITICAL),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
