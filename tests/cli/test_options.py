"""The target that the options of a command line make."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer

from locate.cli.options import named_target
from locate.errors import ConfigurationError
from locate.partner import Credentials, Target, Tls


def test_a_plain_target() -> None:
    """Without options there is neither a login nor TLS."""
    assert named_target("example.org/books", None) == Target("example.org", 210, "books")


@pytest.mark.parametrize(
    ("options", "tls"),
    [
        ({"tls": True}, Tls()),
        ({"insecure": True}, Tls(insecure=True)),
        ({"ca_file": Path("ca.pem")}, Tls("ca.pem")),
        ({"tls": True, "ca_file": Path("ca.pem")}, Tls("ca.pem")),
    ],
)
def test_tls(options: dict[str, bool | Path], tls: Tls) -> None:
    """Each option about certificates means TLS; certificates are verified unless --insecure says otherwise."""
    assert named_target("h:210/D", None, **options) == Target("h", 210, "D", tls=tls)  # type: ignore[arg-type]


def test_contradiction() -> None:
    """Certificates to verify with and no verification exclude each other."""
    with pytest.raises(typer.BadParameter, match="give one of the two"):
        named_target("h:210/D", None, insecure=True, ca_file=Path("ca.pem"))


def test_login(monkeypatch: pytest.MonkeyPatch) -> None:
    """The password comes from the environment, and is empty when it is not there."""
    monkeypatch.setenv("ZLOCATE_PASSWORD", "made up")
    assert named_target("h:210/D", "ill").credentials == Credentials("ill", "made up")
    monkeypatch.delenv("ZLOCATE_PASSWORD")
    assert named_target("h:210/D", "ill").credentials == Credentials("ill", "")


def test_no_target() -> None:
    """A text that is no target is a ConfigurationError."""
    with pytest.raises(ConfigurationError, match="is not a target"):
        named_target("http://h/", None)
