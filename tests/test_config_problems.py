"""Configuration files that are wrong: every mistake is told at once with its path, and secrets stay secret."""

from __future__ import annotations

import json
import traceback
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from locate.config import Config, parse_config
from locate.config.tables import CredentialsTable, InstitutionTable, PartnerTable, ProfileTable, RunTable
from locate.errors import ConfigurationError

SYSTEMS = ("alma", "generic", "koha", "symphony")
HEAD = '[institution]\ncode = "HOME"\nname = "Home Library"\n'
TWO_PARTNERS = "[[partners]]\ncode='A'\ntarget='h'\n[[partners]]\ncode='B'\ntarget='h'"
SECRET = "hunter2"


def problems_of(text: str, environ: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return what is wrong with ``text``, message by path; no path comes twice."""
    with pytest.raises(ConfigurationError) as caught:
        parse_config(text, "test.toml", environ or {}, systems=SYSTEMS)
    assert caught.value.source == "test.toml"
    found = {problem.path: problem.message for problem in caught.value.problems}
    assert len(found) == len(caught.value.problems)
    return found


def problem_of_partner(body: str, environ: Mapping[str, str] | None = None) -> tuple[str, str]:
    """Return the path below the partner, and the message, of the one thing wrong with a partner's ``body``."""
    ((path, message),) = problems_of(f'{HEAD}[[partners]]\ncode = "P"\n{body}', environ).items()
    assert message.endswith(" (partner P)")
    return path.removeprefix("partners[0]."), message.removesuffix(" (partner P)")


def outcome_of(text: str, environ: Mapping[str, str]) -> Config | ConfigurationError:
    """Return what ``text`` becomes, an error as a value."""
    try:
        return parse_config(text, "test.toml", environ, systems=SYSTEMS)
    except ConfigurationError as error:
        return error


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


def test_the_bounds_of_a_run_have_bounds() -> None:
    """Zero seconds of idling are allowed, less are not; a misspelt key is told with the nearest one."""
    found = problems_of(f"""{HEAD}[run]
        idle_s = -0.5
        idle = 3
        [[partners]]
        code = "A"
        target = "h"
        """)
    assert found == {
        "run.idle_s": "must be at least 0, not -0.5",
        "run.idle": "unknown key 'idle'; did you mean 'idle_s'?",
    }


def test_one_mistake_does_not_hide_another_of_the_same_table() -> None:
    """A value of the wrong type leaves the checks that need the whole table in force."""
    found = problems_of(
        f"""{HEAD}
        [[partners]]
        code = "A"
        name = 5
        profile = {{ skip_steps = ["lccn", "control_number", "isbn", "issn", "title"] }}
        [partners.target]
        port = "210"
        credentials = {{ user = 5, password = "x", password_env = "NOT_SET" }}
        """
    )
    assert set(found) == {
        "partners[0].name",
        "partners[0].target.port",
        "partners[0].target.host",
        "partners[0].target.credentials.user",
        "partners[0].target.credentials.password_env",
        "partners[0].profile.skip_steps",
    }


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("", {"institution": "is missing; write [institution] with code and name", "partners": "is missing"}),
        (f"{HEAD}[defaults]\n", {"partners": "is missing; write at least one [[partners]]"}),
        (f"partners = []\n{HEAD}", {"partners": "is missing; write at least one [[partners]]"}),
        (f'{HEAD}[partners]\ncode = "A"\n', {"partners": "must be a list of tables: write [[partners]] above each"}),
        (
            "institution = 1\n[[partners]]\ncode='A'\ntarget='h'",
            {"institution": "must be a table: write [institution]"},
        ),
        ("[institution]\n[[partners]]\ncode='A'\ntarget='h'", {"institution.code": "is", "institution.name": "is"}),
        (f"partners = [1]\n{HEAD}", {"partners[0]": "must be a table of keys and values"}),
        (f"{HEAD}[[partners]]\n", {"partners[0].code": "is missing", "partners[0].target": "is missing"}),
        (f"{HEAD}[partner]\n[[partners]]\ncode='A'\ntarget='h'", {"partner": "unknown key 'partner'; did you mean"}),
        (
            f"{HEAD}[defaults]\nsystem='x'\nprofile={{locate_by=['isbn'], skip_steps=['isbn']}}\n{TWO_PARTNERS}",
            {"defaults.system": "unknown system 'x'; known: alma", "defaults.profile.locate_by": "names isbn, which"},
        ),
        (f"{HEAD}[defaults]\ntarget='h'\n[[partners]]\ncode='A'\ntarget='h'", {"defaults.target": "unknown key"}),
    ],
)
def test_a_wrong_frame_is_told(text: str, problems: dict[str, str]) -> None:
    """What is missing or misplaced at the top of the file is told once, not once a partner."""
    found = problems_of(text)
    assert set(found) == set(problems)
    for path, message in problems.items():
        assert message in found[path]


@pytest.mark.parametrize(
    ("body", "path", "message"),
    [
        ('target = "h:0"', "target", "port must be a whole number from 1 to 65535"),
        ("target = 5", "target", 'must be text ("host:port/database") or a table'),
        ('target = { host = "h", port = 0 }', "target.port", "must be at least 1, not 0"),
        ('target = { host = "a b" }', "target.host", "'a b' is not a host name"),
        ('target = { host = "[::1]" }', "target.host", "is not an IPv6 address"),
        ('target = { host = "h", database = "" }', "target.database", "is empty"),
        ('target = { host = "h", tls = "yes" }', "target.tls", "must be true or false, or a table with ca_file"),
        ('target = { host = "h", tls = { ca_fiel = "x" } }', "target.tls.ca_fiel", "did you mean 'ca_file'?"),
        (
            'target = { host = "h", tls = { ca_file = "x", insecure = true } }',
            "target.tls.ca_file",
            "stands beside insecure = true",
        ),
        ('target = { host = "h", charset = "uft-8" }', "target.charset", "did you mean 'utf_8'?"),
        ('target = { hots = "h" }', "target.hots", "unknown key 'hots'; did you mean 'host'?"),
        ('target = "h"\ncredentials = {}', "credentials", "unknown key 'credentials'; known: code"),
        ('target = "h"\nname = ""', "name", "must be text that is not empty"),
        ('target = "h"\nholdings_codes = "MAIN"', "holdings_codes", "must be a list in [ ]"),
        ('target = "h"\nholdings_codes = ["A", 5]', "holdings_codes[1]", "must be text in quotes"),
        ('target = "h"\non_error = "Drop it"', "on_error", "'Drop it'; did you mean 'drop'?"),
        ('target = "h"\non_error = false', "on_error", "one of keep_last, retry_later, drop"),
        ('target = "h"\n"odd key" = 1', "'odd key'", "unknown key 'odd key'"),
        ('target = "h"\n"<table>" = 1', "'<table>'", "unknown key '<table>'"),
        ('target = "h"\nlimits = 5', "limits", "must be a table of keys and values"),
        ('target = "h"\nlimits.connections = -2', "limits.connections", "must be at least 1, not -2"),
        ('target = "h"\nlimits.connections = 1.5', "limits.connections", "must be a whole number"),
        ('target = "h"\nlimits.partner_s = -0.5', "limits.partner_s", "must be greater than 0, not -0.5"),
        ('target = "h"\nlimits.operation_s = inf', "limits.operation_s", "must be a finite number"),
        ('target = "h"\nlimits.operation_s = true', "limits.operation_s", "must be a number"),
        ('target = "h"\nitems.deny_location = ["x"]', "items.deny_location", "did you mean 'deny_locations'?"),
    ],
)
def test_a_wrong_key_of_a_partner_is_told(body: str, path: str, message: str) -> None:
    """Each mistake in a partner's own keys is exactly one problem, at its path, in words that help."""
    found_path, found_message = problem_of_partner(body)
    assert found_path == path
    assert message in found_message


@pytest.mark.parametrize(
    ("body", "path", "message"),
    [
        ("profile = 5", "profile", "must be a table, or true or false"),
        ("profile.steps = []", "profile.steps", "must not be an empty list"),
        ("profile.steps = [5]", "profile.steps[0]", "must be a table"),
        ("profile.steps = [{}]", "profile.steps[0].kind", "is missing"),
        ('profile.steps = [{ kind = "ISBN" }]', "profile.steps[0].kind", "did you mean 'isbn'?"),
        (
            'profile.steps = [{ kind = "isbn", author_attributes = "1=1" }]',
            "profile.steps[0].author_attributes",
            "belongs to a title step only",
        ),
        ('profile.attributes.isbn = "@attr 1=7"', "profile.attributes.isbn", 'must be "1=4 4=6" or'),
        ('profile.attributes.isbn = "0=7"', "profile.attributes.isbn", 'must be "1=4 4=6" or'),
        ("profile.attributes.isbn = [[1, true]]", "profile.attributes.isbn", 'must be "1=4 4=6" or'),
        ("profile.attributes.isbn = 7", "profile.attributes.isbn", 'must be "1=4 4=6" or'),
        ('profile.attributes.isbn = "1=7 1=8"', "profile.attributes.isbn", "one attribute type two values"),
        ('profile.attributes.isbn = "4=1"', "profile.attributes.isbn", "has no use attribute"),
        ('profile.attributes.isbn = ""', "profile.attributes.isbn", "name it in skip_steps"),
        ('profile.attributes.ibsn = "1=7"', "profile.attributes.ibsn", "did you mean 'isbn'?"),
        (
            'profile.steps = [{ kind = "isbn" }]\nprofile.attributes.issn = "1=8"',
            "profile.attributes.issn",
            "has no issn step",
        ),
        (
            'profile.steps = [{ kind = "isbn" }, { kind = "isbn" }]\nprofile.attributes.isbn = "1=8"',
            "profile.attributes.isbn",
            "has more than one isbn step",
        ),
        (
            'profile.skip_steps = ["lccn", "control_number", "isbn", "issn", "title"]',
            "profile.skip_steps",
            "write profile = false",
        ),
        ('profile.skip_steps = ["isbn", "isbn"]', "profile.skip_steps", "the same thing twice"),
        (
            'profile.locate_by = ["isbn"]\nprofile.skip_steps = ["isbn"]',
            "profile.locate_by",
            "names isbn, which is not",
        ),
        ('profile.pqf_prefix = "attr 1=4"', "profile.pqf_prefix", 'start with "@"'),
        ('profile.query_charset = "base64"', "profile.query_charset", "is not a character set"),
        ('profile.query_charset = "a\\u0000b"', "profile.query_charset", "is not a character set"),
        ('profile.record_syntaxes = ["usmarc"]', "profile.record_syntaxes[0]", "unknown record syntax 'usmarc'"),
        ("profile.record_syntaxes = []", "profile.record_syntaxes", "must not be an empty list"),
        ('profile.accept = ["different"]', "profile.accept[0]", "unknown verdict that may count as held"),
        ('profile.element_set = "a\\nb"', "profile.element_set", "must stand on one line"),
        ("profile.max_records = 0", "profile.max_records", "must be at least 1, not 0"),
        ("profile.max_searches = 0", "profile.max_searches", "must be at least 1, not 0"),
    ],
)
def test_a_wrong_profile_is_told(body: str, path: str, message: str) -> None:
    """Each mistake in a locate profile is exactly one problem, at its path, in words that help."""
    found_path, found_message = problem_of_partner(f'target = "h"\n{body}')
    assert found_path == path
    assert message in found_message


@pytest.mark.parametrize(
    ("written", "key", "message"),
    [
        ("", "", "says nothing; write user with password"),
        ("anonymous = false", "", "says nothing"),
        ('user = "u", anonymous = true', "", "more than one way"),
        (f'user = "u", open = "{SECRET}"', "", "more than one way"),
        (f'password = "{SECRET}", password_env = "SET"', ".password_env", "stands beside password; keep one"),
        (f'open = "{SECRET}", open_env = "SET"', ".open_env", "stands beside open; keep one"),
        ('password_env = "NOT_SET"', ".password_env", "the environment variable NOT_SET is not set"),
        ('open_env = "EMPTY"', ".open_env", "the environment variable EMPTY is empty"),
        (f'password_env = "{SECRET}!"', ".password_env", "must be the name of an environment variable"),
        ('password = ""', ".password", "must not be empty"),
        ("password = 5", ".password", "must be text in quotes"),
        (f'passwrd = "{SECRET}"', ".passwrd", "unknown key 'passwrd'; did you mean 'password'?"),
    ],
)
def test_a_wrong_login_is_told_without_its_secret(written: str, key: str, message: str) -> None:
    """Each mistake in credentials names the key or the variable, never the value."""
    body = f'target = {{ host = "h", credentials = {{ {written} }} }}'
    path, found = problem_of_partner(body, {"SET": SECRET, "EMPTY": ""})
    assert path == f"target.credentials{key}"
    assert message in found
    assert SECRET not in found


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a = \nb = 1", "not TOML: line 1, column 5: Invalid value"),
        ("x = 1\nx = 2", "not TOML: line 2, column 6: Cannot overwrite a value"),
        ("x = 1\ny", "not TOML: line 2, column 2: Expected '='"),
        (f"x = {'[' * 5000}", "not TOML: tables or lists are nested too deep"),
        (f"x = {'1' * 5000}", "not TOML: a number has too many digits"),
    ],
)
def test_a_file_that_is_no_toml_says_where(text: str, message: str) -> None:
    """A syntax error is one problem with its line and column, both counted from 1."""
    ((path, found),) = problems_of(text).items()
    assert path == ""
    assert found.startswith(message)


def test_a_huge_number_is_not_printed() -> None:
    """A number with thousands of digits is refused without being written out."""
    assert problem_of_partner(f'target = {{ host = "h", port = 0x{"f" * 9000} }}')[1] == "must be at most 65535"


WORDS = [
    *(
        key
        for table in (CredentialsTable, InstitutionTable, PartnerTable, ProfileTable, RunTable)
        for key in table.model_fields
    ),
    *(
        "isbn",
        "title",
        "same",
        "opac",
        "koha",
        "h:1/d",
        "1=4",
        "A",
        "",
        "unknown",
        "institution",
        "partners",
        "defaults",
    ),
]
SCALARS = st.sampled_from(WORDS) | st.booleans() | st.integers(-2, 300) | st.floats() | st.dates()
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(WORDS), inner, max_size=4),
    max_leaves=12,
)


def as_toml(value: Any) -> str:
    """Write a value of the strategy above as TOML, tables inline."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {as_toml(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(as_toml, value)) + "]"
    if isinstance(value, str | bool):
        return json.dumps(value)
    return str(value)


@given(
    partner=st.dictionaries(st.sampled_from(WORDS), VALUES, max_size=6),
    rest=st.dictionaries(st.sampled_from(WORDS[-3:]), VALUES, max_size=2),
)
@settings(max_examples=150, deadline=None)
def test_any_toml_is_a_configuration_or_a_configuration_error(partner: dict[str, Any], rest: dict[str, Any]) -> None:
    """However keys and values are mixed, nothing but a ConfigurationError comes out, and its problems are distinct."""
    document = {"partners": [partner], **rest}
    text = "\n".join(f"{key} = {as_toml(value)}" for key, value in document.items())
    outcome = outcome_of(text, {})
    if isinstance(outcome, ConfigurationError):
        assert len(set(outcome.problems)) == len(outcome.problems) > 0


@given(
    secret=st.text("abcdefgh\"\\'{}% é@/:", min_size=1, max_size=12).map(lambda tail: f"SeKrEt{tail}"),
    key=st.sampled_from(["password", "open", "password_env", "open_env", "pasword"]),
    faults=st.sets(st.sampled_from(['name = ""', 'system = "x"', "profile = 5", "limits.connections = 0"]), max_size=3),
    credentials_fault=st.sampled_from(["", ", user = 5", ", anonymous = true", ", unknown = 1"]),
)
@settings(max_examples=100, deadline=None)
def test_no_secret_is_ever_printed(secret: str, key: str, faults: set[str], credentials_fault: str) -> None:
    """Right or wrong, no repr, message, diagnostic or traceback of a configuration holds a secret of it."""
    environ = {"VARIABLE": secret}
    value = "VARIABLE" if key.endswith("_env") else secret
    written = f"{key} = {json.dumps(value, ensure_ascii=False)}{credentials_fault}"
    target = f'target = {{ host = "h", credentials = {{ {written} }} }}'
    text = "\n".join([f'{HEAD}[[partners]]\ncode = "P"', target, *sorted(faults)])
    outcome = outcome_of(text, environ)
    shown = [str(outcome), repr(outcome)]
    if isinstance(outcome, ConfigurationError):
        assert faults or credentials_fault or key == "pasword"
        assert outcome.__cause__ is outcome.__context__ is None
        shown += [*outcome.diagnostics(), *traceback.format_exception(outcome)]
    else:
        credentials = outcome.partner("P").target.credentials
        assert credentials
        assert secret in {credentials.password, credentials.open}
        shown += [str(outcome.partner("P").target)]
    assert not any("SeKrEt" in line for line in shown)


def test_a_syntax_error_near_a_secret_does_not_show_it() -> None:
    """A password without its closing quotation mark is not repeated, nor kept by the error's cause."""
    with pytest.raises(ConfigurationError) as caught:
        parse_config(f'{HEAD}[x]\npassword = "{SECRET}\n', "test.toml", {})
    assert SECRET not in "".join(traceback.format_exception(caught.value))
    assert caught.value.__context__ is None
