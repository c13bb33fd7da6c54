"""Targets written as text: what they become, and what is refused."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings, strategies as st

from locate.config import parse_target
from locate.errors import ConfigurationError
from locate.partner import Target


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("z3950.example.org:2200/Books", Target("z3950.example.org", 2200, "Books")),
        ("z3950.example.org/Books", Target("z3950.example.org", 210, "Books")),
        ("z3950.example.org:2200", Target("z3950.example.org", 2200, "Default")),
        ("z3950.example.org", Target("z3950.example.org")),
        ("z3950.example.org:2200/", Target("z3950.example.org", 2200, "Default")),
        ("[::1]:210/db", Target("::1", 210, "db")),
        ("[2001:db8::17]", Target("2001:db8::17")),
        ("192.0.2.7:7090/a", Target("192.0.2.7", 7090, "a")),
        ("h/Rare%20Books%2FMaps", Target("h", 210, "Rare Books/Maps")),
        ("h/one/two", Target("h", 210, "one/two")),
        ("h/B%C3%BCcher", Target("h", 210, "Bücher")),
        ("h/user@site", Target("h", 210, "user@site")),
        ("  h:1/db \n", Target("h", 1, "db")),
        ("h:65535/db", Target("h", 65_535, "db")),
    ],
)
def test_a_target_is_read(text: str, target: Target) -> None:
    """Every written form gives the host, port and database it names."""
    assert parse_target(text) == target


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "write host:port/database"),
        ("/db", "write host:port/database"),
        ("z39.50://h:210/db", "write host:port/database"),
        (":210/db", "'' is not a host name"),
        ("two words/db", "'two words' is not a host name"),
        (f"{'h' * 254}/db", "is not a host name"),
        ("::1/db", "stands in brackets"),
        ("h:21:0/db", "stands in brackets"),
        ("[::1/db", "stands in brackets"),
        ("[not-an-address]:210/db", "is not an IPv6 address"),
        ("h:0/db", "from 1 to 65535, not '0'"),
        ("h:65536/db", "from 1 to 65535, not '65536'"),
        ("h:/db", "from 1 to 65535, not ''"),
        ("h:z3950/db", "from 1 to 65535, not 'z3950'"),
        ("h:٢١٠/db", "from 1 to 65535"),
        ("h/100%", "% itself is %25"),
        ("h/%FF", "is not UTF-8"),
        ("h/a%00b", "control character"),
        ("h/%20", "is empty"),
    ],
)
def test_a_wrong_target_says_what_is_wrong(text: str, message: str) -> None:
    """A text that is no target is one problem, under the path that the caller gave."""
    with pytest.raises(ConfigurationError) as caught:
        parse_target(text, "partners[1].target")
    (problem,) = caught.value.problems
    assert message in problem.message
    assert problem.path == "partners[1].target"


def test_a_login_in_a_target_is_never_repeated() -> None:
    """A password written in front of the host is refused without being shown."""
    with pytest.raises(ConfigurationError, match="give them as credentials") as caught:
        parse_target("me:hunter2@h:210/db")
    assert "hunter2" not in str(caught.value)


@given(
    host=st.from_regex(r"[a-z0-9]([a-z0-9.-]{0,20}[a-z0-9])?", fullmatch=True)
    | st.ip_addresses(v=6).map(str)
    | st.ip_addresses(v=4).map(str),
    port=st.integers(1, 65_535),
    database=st.from_regex(r"[A-Za-z0-9_.+/-]{1,20}", fullmatch=True),
)
@settings(max_examples=60, deadline=None)
def test_a_target_survives_being_printed(host: str, port: int, database: str) -> None:
    """What ``str`` makes of a target reads back as the same target."""
    target = Target(host, port, database)
    assert parse_target(str(target)) == target


@given(st.text(max_size=40))
@settings(max_examples=150, deadline=None)
def test_any_text_is_a_target_or_a_configuration_error(text: str) -> None:
    """No text at all makes the reader fail in another way."""
    with contextlib.suppress(ConfigurationError):
        target = parse_target(text)
        assert target.host
        assert target.database
        assert 1 <= target.port <= 65_535
