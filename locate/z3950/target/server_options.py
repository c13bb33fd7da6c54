"""How an embedded target serves: who is let in, what it may cost, and which faults it emulates.

Pure data, and one reader of files: ``tls_context`` raises ConfigurationError for a certificate that cannot be used.
"""

from __future__ import annotations

import ssl
from dataclasses import dataclass, field
from pathlib import Path

from locate.errors import ConfigurationError, Problem
from locate.partner import Credentials
from locate.z3950.target.emulation import Emulation
from locate.z3950.target.negotiation import ServiceLimits

__all__ = ["ServerOptions", "tls_context"]


@dataclass(frozen=True, slots=True)
class ServerOptions:
    """How a target serves. ``credentials`` None lets everyone in; ``tls`` None means plain connections.

    ``max_connections`` at once, further ones are dropped, and those that the system has no open files for wait;
    ``idle_timeout_s`` seconds without a request, or without the origin reading an answer, end a connection;
    ``max_pdu_bytes`` bounds a request, ``limits`` the answers. To emulate faults: ``delay_s`` waits so many seconds
    before each answer; ``accept_then_silent`` never answers; ``emulation`` gives it the habits of a real system.
    """

    credentials: Credentials | None = None
    tls: ssl.SSLContext | None = None
    max_connections: int = 2000
    idle_timeout_s: float = 300.0
    max_pdu_bytes: int = 1024 * 1024
    limits: ServiceLimits = field(default_factory=ServiceLimits)
    delay_s: float = 0.0
    accept_then_silent: bool = False
    emulation: Emulation | None = None


def tls_context(certificate: Path, key: Path | None = None) -> ssl.SSLContext:
    """Return what a target serves TLS with: its certificate and the chain above it, and the private key, both PEM.

    ``key`` None means that the key stands in the same file. Raises ConfigurationError.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        context.load_cert_chain(certificate, key, password="")
    except ssl.SSLError as error:
        what = "holds no certificate with this private key, unencrypted and in PEM"
        raise ConfigurationError([Problem("tls", f"{certificate} {what} ({error.reason or error})")]) from None
    except OSError as error:
        raise ConfigurationError(
            [Problem("tls", f"{certificate} or its key cannot be read: {error.strerror}")]
        ) from None
    return context
