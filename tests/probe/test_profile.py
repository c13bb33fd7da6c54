"""The partner's table: it is read back by the configuration as the partner that was recommended."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings, strategies as st

from locate.config import parse_config
from locate.partner import Credentials, Limits, LocateProfile, Partner, SearchStep, StepKind, Target, Tls
from locate.probe.knowledge import Knowledge, Options
from locate.probe.profile import PASSWORD_VARIABLE, partner_code, to_toml
from tests.probe.playing import SERVER, PlayedTarget, probed

HEAD = '[institution]\ncode = "HOME"\nname = "Home Library"\n\n'
STEP = SearchStep(StepKind.ISBN, ((1, 7),))


def read_back(text: str, **environ: str) -> Partner:
    """Return the one partner of a table pasted into a configuration."""
    (partner,) = parse_config(HEAD + text, "partners.toml", environ).partners
    return partner


def written(partner: Partner) -> str:
    """Return the table of a partner about which nothing else is known."""
    return to_toml(partner, Knowledge(partner.target, Options(), server=SERVER))


def test_what_a_probe_writes_is_what_it_recommends() -> None:
    """The profile of a probe comes back as its partner, whole."""
    report = probed(PlayedTarget())
    assert report.partner is not None
    assert read_back(report.profile) == report.partner


@pytest.mark.parametrize(
    "target",
    [
        Target("z3950.example.org", 210, "catalog"),
        Target("2001:db8::17", 2200, "Unicorn"),
        Target("z3950.example.org", 210, 'A "b" 50%+c'),
        Target("z3950.example.org", tls=Tls()),
        Target("z3950.example.org", tls=Tls(ca_file="ca.pem")),
        Target("z3950.example.org", tls=Tls(insecure=True)),
        Target("z3950.example.org", credentials=Credentials("ill", "secret")),
    ],
)
def test_targets(target: Target) -> None:
    """Every kind of target comes back; a password never stands in the text, but in an environment variable."""
    partner = Partner("X", target, profile=LocateProfile(steps=(STEP,)))
    text = written(partner)
    assert "secret" not in text
    assert read_back(text, **{PASSWORD_VARIABLE: "secret"}) == partner


def test_everything_that_is_not_usual() -> None:
    """Character set, record syntaxes, element set, records at once, patience and system come back."""
    steps = (
        SearchStep(StepKind.LCCN, ((1, 9), (2, 3), (3, 3), (4, 1), (5, 100), (6, 1))),
        SearchStep(StepKind.TITLE, ((1, 4),), ((1, 1003), (4, 6))),
    )
    profile = LocateProfile(
        steps, query_charset="windows-1252", record_syntaxes=("xml",), element_set=None, max_records=5
    )
    partner = Partner(
        "X", Target("h.example"), system="alma", profile=profile, limits=Limits(operation_s=15.0, partner_s=45.0)
    )
    assert read_back(written(partner)) == partner


def test_nothing_to_search_by() -> None:
    """A partner that cannot be searched is kept in the rota without a profile."""
    partner = Partner("X", Target("h.example"), profile=LocateProfile(steps=()))
    assert read_back(written(partner)) == replace(partner, profile=None)


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=40), st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=20))
def test_what_a_server_says_cannot_spoil_the_table(name: str, database: str) -> None:
    """Whatever a server is called, and whatever its database, the table is read back as the same partner."""
    partner = Partner("X", Target("h.example", 210, database), profile=LocateProfile(steps=(STEP,)))
    text = to_toml(partner, Knowledge(partner.target, Options(), server=replace(SERVER, name=name)))
    assert read_back(text) == partner


@pytest.mark.parametrize(
    ("host", "code"),
    [
        ("z3950.riverside.example.org", "RIVERSIDE"),
        ("catalog.hilltop-college.edu", "HILLTOPCOLLEGE"),
        ("localhost", "PARTNER"),
        ("127.0.0.1", "PARTNER"),
        ("2001:db8::17", "PARTNER"),
    ],
)
def test_codes(host: str, code: str) -> None:
    """A code is made from what names the library in the host's name."""
    assert partner_code(Target(host)) == code
