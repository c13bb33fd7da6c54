"""What the commands that ask one target have in common: the arguments that name it, and the `Target` they make."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from locate.partner import Target

__all__ = [
    "CaFileOption",
    "InsecureOption",
    "TargetArgument",
    "TimeoutOption",
    "TlsOption",
    "TraceOption",
    "UserOption",
    "named_target",
]

TargetArgument = Annotated[str, typer.Argument(metavar="HOST:PORT/DB", help="The target.")]
TimeoutOption = Annotated[float, typer.Option("--timeout", min=0.01, metavar="SECONDS", help="For each operation.")]
UserOption = Annotated[
    str | None, typer.Option("--user", metavar="NAME", help="User name, when the target asks for one.")
]
TlsOption = Annotated[bool, typer.Option("--tls", help="Connect over TLS, and verify the target's certificate.")]
CaFileOption = Annotated[
    Path | None, typer.Option("--ca-file", metavar="FILE", help="Trust these certificates (PEM); implies --tls.")
]
InsecureOption = Annotated[bool, typer.Option("--insecure", help="Trust any certificate; implies --tls.")]
TraceOption = Annotated[
    Path | None,
    typer.Option("--trace", metavar="FILE", help="Write what passes to FILE, for a report; zlocate replay serves it."),
]


def named_target(
    text: str, user: str | None, *, tls: bool = False, ca_file: Path | None = None, insecure: bool = False
) -> Target:
    """Return the target of a command line; the password of ``user`` is that of ZLOCATE_PASSWORD, or empty.

    Raises ConfigurationError for a text that is no target.
    """
    from locate.config import parse_target  # noqa: PLC0415 - loaded when a command is called (see app)
    from locate.partner import Credentials, Tls  # noqa: PLC0415

    if insecure and ca_file is not None:
        raise typer.BadParameter(
            "certificates are either verified or not; give one of the two", param_hint="--insecure"
        )
    target = parse_target(text)
    if user is not None:
        target = replace(target, credentials=Credentials(user, os.environ.get("ZLOCATE_PASSWORD", "")))
    if tls or insecure or ca_file is not None:
        target = replace(target, tls=Tls(None if ca_file is None else str(ca_file), insecure))
    return target
