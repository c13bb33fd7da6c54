"""Configuration files: what they become, that every mistake is told at once, and that secrets stay secret."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from locate.config import Config, Institution, RunSettings, known_systems, load_config, parse_config
from locate.config.reading import _tables_in
from locate.config.tables import DefaultsTable, InstitutionTable, PartnerTable, RunTable, Table
from locate.errors import ConfigurationError
from locate.partner import (
    Credentials,
    ItemPreferences,
    Limits,
    LocateProfile,
    OnError,
    Partner,
    SearchStep,
    StepKind,
    Target,
)

SYSTEMS = ("alma", "generic", "koha", "symphony")
DOCS = Path(__file__).parent.parent / "docs"
HEAD = '[institution]\ncode = "HOME"\nname = "Home Library"\n'


def read(text: str, environ: Mapping[str, str] | None = None) -> Config:
    """Return the configuration that ``text`` is, with a few systems known."""
    return parse_config(text, "test.toml", environ or {}, systems=SYSTEMS)


def read_partner(body: str, environ: Mapping[str, str] | None = None, defaults: str = "") -> Partner:
    """Return the one partner "P" whose table has ``body``."""
    return read(f'{HEAD}{defaults}\n[[partners]]\ncode = "P"\n{body}', environ).partner("P")


def problems_of(text: str, environ: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return what is wrong with ``text``, message by path; no path comes twice."""
    with pytest.raises(ConfigurationError) as caught:
        read(text, environ)
    found = {problem.path: problem.message for problem in caught.value.problems}
    assert len(found) == len(caught.value.problems)
    return found


def problem_of_partner(body: str, environ: Mapping[str, str] | None = None) -> tuple[str, str]:
    """Return the path, below the partner, and the message of the one thing wrong with a partner's ``body``."""
    ((path, message),) = problems_of(f'{HEAD}[[partners]]\ncode = "P"\n{body}', environ).items()
    return path.removeprefix("partners[0]."), message.removesuffix(" (partner P)")


FULL = """
[institution]
code = "HOME"
name = "Home Library"
symbol = "ISIL:XX-1"

[run]
deadline_s = 5
max_partners_at_once = 3

[[partners]]
code = "FULL"
name = "The Full One"
system = "koha"
holdings_codes = ["MAIN", " BRANCH "]
on_error = "drop"
target = { host = "h.example.org", port = 9998, database = "biblios", credentials = { user = "u", password = "p", group = "g" } }
limits = { connections = 4, operation_s = 1.5, partner_s = 9 }

[partners.items]
allow_locations = ["A"]
deny_locations = ["B"]
allow_policies = ["C"]
deny_policies = ["D"]

[partners.profile]
steps = [
  { kind = "title", attributes = "4=1 1=4", author_attributes = "" },
  { kind = "isbn", attributes = [[1, 7], [4, 1]] },
  { kind = "issn" },
  { kind = "lccn" },
]
attributes = { issn = "1=8 4=2" }
skip_steps = ["lccn"]
locate_by = ["isbn", "title"]
pqf_prefix = "@attrset bib-1"
query_charset = "latin-1"
record_syntaxes = ["xml"]
element_set = ""
max_records = 3
max_searches = 2
accept = ["same", "other_edition"]
"""


def test_every_key_reaches_its_object() -> None:
    """A file that says everything differently from the defaults loses nothing on the way."""
    config = read(FULL)
    assert config == Config(
        Institution("HOME", "Home Library", "ISIL:XX-1"),
        (
            Partner(
                code="FULL",
                target=Target("h.example.org", 9998, "biblios", Credentials(user="u", password="p", group="g")),
                name="The Full One",
                system="koha",
                profile=LocateProfile(
                    steps=(
                        SearchStep(StepKind.TITLE, ((1, 4), (4, 1))),
                        SearchStep(StepKind.ISBN, ((1, 7), (4, 1))),
                        SearchStep(StepKind.ISSN, ((1, 8), (4, 2))),
                    ),
                    locate_by=(StepKind.ISBN, StepKind.TITLE),
                    pqf_prefix="@attrset bib-1",
                    query_charset="latin-1",
                    record_syntaxes=("xml",),
                    element_set=None,
                    max_records=3,
                    max_searches=2,
                    accept=("same", "other_edition"),
                ),
                limits=Limits(4, 1.5, 9.0),
                holdings_codes=("MAIN", "BRANCH"),
                items=ItemPreferences(("A",), ("B",), ("C",), ("D",)),
                on_error=OnError.DROP,
            ),
        ),
        RunSettings(5.0, 3),
    )


def test_the_smallest_file_has_the_domain_defaults() -> None:
    """Code and target are enough; all else is what the domain objects say."""
    config = read(f'{HEAD}[[partners]]\ncode = "P"\ntarget = "h/db"')
    assert config == Config(Institution("HOME", "Home Library"), (Partner("P", Target("h", 210, "db")),))


def test_defaults_are_merged_key_by_key() -> None:
    """A partner's table replaces only the keys it writes; order and the untouched partner prove it."""
    config = read(
        HEAD
        + """
        [defaults]
        system = "alma"
        on_error = "drop"
        limits = { connections = 2, partner_s = 12.0 }
        items = { deny_locations = ["X"], deny_policies = ["Y"] }
        profile = { max_records = 4, skip_steps = ["lccn"], attributes = { isbn = "1=7 4=1", title = "1=4" } }
        [[partners]]
        code = "B"
        target = "b"
        [[partners]]
        code = "A"
        target = "a"
        system = "koha"
        limits = { partner_s = 3.0 }
        items = { deny_policies = [] }
        profile = { max_searches = 1, attributes = { isbn = "1=1007" } }
        """
    )
    first, second = config.partners
    assert (first.code, second.code) == ("B", "A")
    assert (first.system, second.system) == ("alma", "koha")
    assert first.on_error is second.on_error is OnError.DROP
    assert (first.limits, second.limits) == (Limits(2, 10.0, 12.0), Limits(2, 10.0, 3.0))
    assert first.items == ItemPreferences(deny_locations=("X",), deny_policies=("Y",))
    assert second.items == ItemPreferences(deny_locations=("X",))
    assert first.profile
    assert second.profile
    assert (first.profile.max_records, second.profile.max_records) == (4, 4)
    assert (first.profile.max_searches, second.profile.max_searches) == (8, 1)
    assert [step.attributes for step in first.profile.steps] == [((1, 12),), ((1, 7), (4, 1)), ((1, 8),), ((1, 4),)]
    assert [step.attributes for step in second.profile.steps] == [((1, 12),), ((1, 1007),), ((1, 8),), ((1, 4),)]


def test_a_partner_can_take_back_what_the_defaults_skip() -> None:
    """Skipping is decided last, so an empty skip_steps brings the default's skipped step back."""
    partner = read_partner(
        'target = "h"\nprofile = { skip_steps = [] }', defaults='[defaults.profile]\nskip_steps = ["isbn"]'
    )
    assert partner.profile == LocateProfile()


@pytest.mark.parametrize(
    ("default", "own", "profile"),
    [
        ("", "profile = false", None),
        ("", "profile = true", LocateProfile()),
        ("profile = false", "", None),
        ("profile = false", "profile = true", LocateProfile()),
        ("profile = false", "profile = { max_records = 2 }", LocateProfile(max_records=2)),
        ("profile = { max_records = 2 }", "profile = true", LocateProfile(max_records=2)),
    ],
)
def test_a_profile_can_be_switched(default: str, own: str, profile: LocateProfile | None) -> None:
    """False means no profile at all, in the defaults too; true and a table switch it on again."""
    assert read_partner(f'target = "h"\n{own}', defaults=f"[defaults]\n{default}").profile == profile


def test_the_author_of_a_title_step_can_be_changed_alone() -> None:
    """The short form's author key is the title step's second attribute list, and empty text sends none."""
    changed = read_partner('target = "h"\nprofile.attributes.author = "1=1"').profile
    dropped = read_partner('target = "h"\nprofile.attributes.author = ""').profile
    assert changed
    assert dropped
    assert changed.steps[-1] == SearchStep(StepKind.TITLE, ((1, 4), (4, 6)), ((1, 1),))
    assert dropped.steps[-1] == SearchStep(StepKind.TITLE, ((1, 4), (4, 6)))


@pytest.mark.parametrize(
    ("written", "credentials"),
    [
        ('user = "u", password_env = "SECRET"', Credentials(user="u", password="s3cret")),
        ('open_env = "SECRET"', Credentials(open="s3cret")),
        ('open = "a/b"', Credentials(open="a/b")),
        ('group = "g"', Credentials(group="g")),
        ("anonymous = true", Credentials(anonymous=True)),
        ('user = "u", anonymous = false', Credentials(user="u")),
    ],
)
def test_each_form_of_login_is_read(written: str, credentials: Credentials) -> None:
    """The three forms of idAuthentication, with the secret in the file or in the environment."""
    partner = read_partner(f'target = {{ host = "h", credentials = {{ {written} }} }}', {"SECRET": "s3cret"})
    assert partner.target.credentials == credentials


def test_six_mistakes_are_six_problems() -> None:
    """Mistakes in six places of one file are all told in one error, each with its path."""
    found = problems_of(
        """
        [institution]
        code = "HOME"
        nmae = "Home Library"
        [run]
        deadline_s = -1
        [[partners]]
        code = "A"
        target = { host = "h", port = 70000 }
        [[partners]]
        code = "A"
        target = "h"
        system = "kohaa"
        [partners.profile]
        query_charset = "uft-8"
        """
    )
    assert found == {
        "institution.nmae": "unknown key 'nmae'; did you mean 'name'?",
        "run.deadline_s": "must be greater than 0, not -1",
        "partners[0].target.port": "must be at most 65535, not 70000 (partner A)",
        "partners[1].code": "is the code of partners[0] already (partner A)",
        "partners[1].system": "unknown system 'kohaa'; did you mean 'koha'? (partner A)",
        "partners[1].profile.query_charset": (
            "'uft-8' is not a character set that Python knows; did you mean 'utf_8'? (partner A)"
        ),
    }


def test_one_mistake_does_not_hide_another_of_the_same_table() -> None:
    """A value of the wrong type leaves the checks that need the whole table in force."""
    found = problems_of(
        f"""{HEAD}
        [[partners]]
        code = "A"
        name = 5
        target = {{ port = "210", credentials = {{ user = 5, password = "x", password_env = "NOT_SET" }} }}
        profile = {{ skip_steps = ["lccn", "control_number", "isbn", "issn", "title"] }}
        """,
        {"NOT_SET": ""},
    )
    assert set(found) == {
        "partners[0].name",
        "partners[0].target.port",
        "partners[0].target.host",
        "partners[0].target.credentials.user",
        "partners[0].target.credentials.password_env",
        "partners[0].profile.skip_steps",
    }
