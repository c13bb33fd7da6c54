"""Reads a Z39.50 target written as text, for the configuration file and the command line.

It refuses to know whether the target exists: no name is looked up. It raises `ConfigurationError`. What stands before
an ``@`` may be a password, so a text with an ``@`` is never repeated in a message.
"""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import unquote_to_bytes

from locate.errors import ConfigurationError, Problem
from locate.names import shortened
from locate.partner import Target

__all__ = ["MAX_PORT", "checked_database", "checked_host", "parse_target"]

FORM = "write host:port/database, for example z3950.example.org:210/Default"
MAX_PORT = 65_535
MAX_HOST_CHARACTERS = 253  # RFC 1035 §2.3.4, counted in dotted text form
_HOST = re.compile(r"[^\s/:@\[\]?#%\x00-\x20\x7f]+")
_AUTHORITY = re.compile(r"(?:\[(?P<bracketed>[^\[\]]*)\]|(?P<plain>[^:\[\]]*))(?::(?P<port>.*))?", re.DOTALL)
_PORT = re.compile(r"[0-9]{1,5}")
_BROKEN_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


def parse_target(text: str, path: str = "target") -> Target:
    """Read ``host:port/database`` into a `Target` without credentials.

    The port is 210 and the database "Default" when left out. An IPv6 address stands in brackets (``[::1]:210/db``).
    The database is percent-decoded as UTF-8 and may hold slashes. Space around the text is ignored. Raises
    `ConfigurationError` with one problem under ``path``: the first thing, from left to right, that is wrong.
    """
    try:
        return _read(text.strip())
    except ValueError as error:
        problem = Problem(path, str(error))
    raise ConfigurationError([problem])


def _read(text: str) -> Target:
    """Read trimmed ``text``; raise ValueError with the sentence for the person who wrote it."""
    authority, _, database = text.partition("/")
    if "@" in authority:
        raise ValueError(f"a target holds no user or password: give them as credentials, and {FORM}")
    if not authority or "://" in text:
        raise ValueError(f"{shortened(text)} is not a target; {FORM}")
    parts = _AUTHORITY.fullmatch(authority)
    if parts is None or ":" in (parts["port"] or ""):
        raise ValueError(f"{shortened(authority)} has too many colons; an IPv6 address stands in brackets: [::1]:210")
    host = _ipv6(parts["bracketed"]) if parts["plain"] is None else checked_host(parts["plain"])
    if _BROKEN_PERCENT.search(database):
        raise ValueError(f"database {shortened(database)}: % stands before two hexadecimal digits; % itself is %25")
    try:
        decoded = unquote_to_bytes(database).decode("utf-8")
    except UnicodeDecodeError:
        raise ValueError(f"database {shortened(database)} is not UTF-8 once it is percent-decoded") from None
    target = Target(host)
    return Target(
        host,
        target.port if parts["port"] is None else _port(parts["port"]),
        checked_database(decoded) if decoded else target.database,
    )


def _port(text: str) -> int:
    """Return the port number, 1 to 65535."""
    if not _PORT.fullmatch(text) or not 1 <= int(text) <= MAX_PORT:
        raise ValueError(f"port must be a whole number from 1 to {MAX_PORT}, not {shortened(text)}")
    return int(text)


def _ipv6(host: str) -> str:
    """Return ``host``, an IPv6 address without its brackets."""
    try:
        ipaddress.IPv6Address(host)
    except ValueError:
        raise ValueError(f"{shortened(host)} is not an IPv6 address") from None
    return host


def checked_host(host: str) -> str:
    """Return ``host`` when it can be a host name or an IP address (IPv6 without brackets); else raise ValueError."""
    if "@" in host:
        raise ValueError("a host holds no user or password: give them as credentials")
    if ":" in host:
        return _ipv6(host)
    if not _HOST.fullmatch(host) or len(host) > MAX_HOST_CHARACTERS:
        raise ValueError(f"{shortened(host)} is not a host name")
    return host


def checked_database(database: str) -> str:
    """Return the database name when it is not empty and without control characters; else raise ValueError."""
    if not database.strip() or not database.isprintable():
        raise ValueError(f"database {shortened(database)} is empty or holds a control character")
    return database
