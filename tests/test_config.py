"""Configuration files that are right: what they become, and that the documentation shows every key."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from pydantic import BaseModel

from locate.config import Config, Institution, known_systems, load_config, parse_config
from locate.config.reading import tables_in
from locate.config.tables import DefaultsTable, InstitutionTable, PartnerTable, RunTable
from locate.errors import ConfigurationError
from locate.partner import (
    Credentials,
    Limits,
    LocateProfile,
    OnError,
    Partner,
    RunLimits,
    SearchStep,
    StepKind,
    Target,
    Tls,
)
from locate.supply import ItemPreferences

SYSTEMS = ("alma", "generic", "koha", "symphony")
DOCS = Path(__file__).parent.parent / "docs"
HEAD = '[institution]\ncode = "HOME"\nname = "Home Library"\n'


def read(text: str, environ: Mapping[str, str] | None = None) -> Config:
    """Return the configuration that ``text`` is, with a few systems known."""
    return parse_config(text, "test.toml", environ or {}, systems=SYSTEMS)


def read_partner(body: str, environ: Mapping[str, str] | None = None, defaults: str = "") -> Partner:
    """Return the one partner "P" whose table has ``body``."""
    return read(f'{HEAD}{defaults}\n[[partners]]\ncode = "P"\n{body}', environ).partner("P")


FULL = """
[institution]
code = "HOME"
name = "Home Library"
symbol = "ISIL:XX-1"

[run]
deadline_s = 5
max_partners_at_once = 3
idle_s = 0

[[partners]]
code = "FULL"
name = "The Full One"
system = "koha"
holdings_codes = ["MAIN", " BRANCH "]
on_error = "drop"
limits = { connections = 4, operation_s = 1.5, partner_s = 9 }

[partners.target]
host = "h.example.org"
port = 9998
database = "biblios"
credentials = { user = "u", password = "p", group = "g" }

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
        RunLimits(5.0, 3, 0.0),
    )


def test_the_smallest_file_has_the_domain_defaults() -> None:
    """Code and target are enough; all else is what the domain objects say."""
    config = read(f'{HEAD}[[partners]]\ncode = "P"\ntarget = "h/db"')
    assert config == Config(Institution("HOME", "Home Library"), (Partner("P", Target("h", 210, "db")),))


@pytest.mark.parametrize(
    ("written", "tls"),
    [
        ("", None),
        ("tls = false", None),
        ("tls = true", Tls()),
        ("tls = {}", Tls()),
        ('tls = { ca_file = "ca.pem" }', Tls("ca.pem")),
        ("tls = { insecure = true }", Tls(insecure=True)),
    ],
)
def test_a_target_is_secured_as_it_says(written: str, tls: Tls | None) -> None:
    """TLS verifies unless the file says otherwise."""
    partner = read_partner(f'[partners.target]\nhost = "h"\ncharset = "latin-1"\n{written}')
    assert partner.target == Target("h", tls=tls, charset="latin-1")


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
    assert (first.profile.max_searches, second.profile.max_searches) == (5, 1)
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


def test_a_partner_is_found_by_its_code() -> None:
    """The look-up is exact, and a code that is not there comes with the nearest one that is."""
    config = read(FULL)
    assert config.partner("FULL").name == "The Full One"
    with pytest.raises(ConfigurationError, match="unknown partner code 'ful'; did you mean 'FULL'"):
        config.partner("ful")


def test_a_file_is_loaded(tmp_path: Path) -> None:
    """A byte order mark and Windows line ends, as editors write them, do no harm."""
    file = tmp_path / "partners.toml"
    file.write_bytes(b"\xef\xbb\xbf" + FULL.replace("\n", "\r\n").encode())
    assert load_config(file, {}, systems=SYSTEMS) == read(FULL)


def test_a_file_that_cannot_be_read_is_a_configuration_error(tmp_path: Path) -> None:
    """A missing file, a folder and a file in another character set each say what is the matter, and name the file."""
    latin = tmp_path / "latin.toml"
    latin.write_bytes(b'[institution]\nname = "B\xfccherei"\n')
    for path, message in (
        (tmp_path / "none.toml", "cannot read the file: No such file"),
        (tmp_path, "cannot read the file: Is a directory"),
        (latin, "line 2: the file is not UTF-8 here"),
    ):
        with pytest.raises(ConfigurationError, match=message) as caught:
            load_config(path, {})
        assert caught.value.source == str(path)


def test_the_known_systems_are_the_dialects_of_the_package() -> None:
    """The system a partner has by default is known, and so is each system that the package has a dialect for."""
    assert {"generic", "alma", "koha"} <= known_systems()
    assert not any(name.endswith(".toml") for name in known_systems())


def keys_of(table: type[BaseModel]) -> Iterator[str]:
    """Yield every key of a table and of the tables in it."""
    for key, field in table.model_fields.items():
        yield key
        for inner in tables_in(field.annotation):
            yield from keys_of(inner)


@pytest.mark.parametrize("table", [InstitutionTable, RunTable, DefaultsTable, PartnerTable])
@pytest.mark.parametrize("page", ["partners.example.toml", "configuration.md"])
def test_the_documentation_names_every_key(table: type[BaseModel], page: str) -> None:
    """No key is known to the reader alone: the example and the reference page each show it."""
    text = (DOCS / page).read_text(encoding="utf-8")
    assert [key for key in keys_of(table) if not re.search(rf"\b{key}\b", text)] == []


def test_the_example_loads() -> None:
    """The example is a right configuration with the systems of the package, as it stands."""
    config = load_config(DOCS / "partners.example.toml", {})
    assert [partner.code for partner in config.partners] == ["RIVERSIDE", "HILLTOP", "LAKESIDE", "SEAPORT", "VALLEY"]
    assert config.partner("RIVERSIDE").profile == LocateProfile()
    assert config.partner("RIVERSIDE").limits == Limits()
    assert config.run == RunLimits()
    assert config.partner("VALLEY").profile is None


def test_the_login_that_the_example_shows_as_a_comment_loads() -> None:
    """The commented line with a password from the environment works when it takes the other one's place."""
    text = (DOCS / "partners.example.toml").read_text(encoding="utf-8")
    text = text.replace("\ncredentials = {", "\n# credentials = {").replace("\n#credentials = {", "\ncredentials = {")
    config = parse_config(text, "example", {"HILLTOP_PASSWORD": "x"})
    assert config.partner("HILLTOP").target.credentials == Credentials(user="anytown", password="x", group="ill")


def test_the_smallest_file_of_the_reference_page_loads() -> None:
    """The TOML that the page shows first is a right configuration."""
    shown, *_ = re.findall(r"```toml\n(.*?)```", (DOCS / "configuration.md").read_text(encoding="utf-8"), re.DOTALL)
    assert parse_config(shown, "configuration.md", {}).partner("RIVERSIDE").target.port == 210
