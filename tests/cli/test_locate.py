"""``zlocate locate``: what it prints and how it ends, for good and bad input."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import SECRET, SECRET_VARIABLE
from tests.cli.running import Run

# At harbor, and no other of the two libraries that answer.
HELD = ("--title", "Perl in a nutshell", "--author", "Siever", "--year", "2002", "--edition", "2nd ed.")
# Nobody's.
UNHELD = ("--isbn", "9781538717318", "--title", "The Riviera house", "--year", "2021")

SIX_MISTAKES = """
[institution]
code = "HOME"
nam = "Home Library"

[run]
deadline_s = -1

[[partners]]
code = "a"
target = "host:99999/db"
system = "almma"

[[partners]]
code = "a"
target = "localhost:210/db"

[[partners]]
code = "b"
target = { host = "localhost", credentials = { user = "u", password_env = "LOCATE_TEST_NOT_SET" } }
"""
SIX_PATHS = (
    "institution.nam",
    "run.deadline_s",
    "partners[0].system",
    "partners[0].target",
    "partners[1].code",
    "partners[2].target.credentials.password_env",
)


def words(text: str) -> str:
    """Return the text on one line, so that a sentence is found wherever it was broken."""
    return " ".join(text.split())


def test_located(zlocate: Run, partners: Path) -> None:
    """A library that holds it makes exit code 0, a table with reasons, and the rota that remains."""
    found = zlocate("locate", "--config", str(partners), *HELD, "--format", "print")
    assert (found.code, found.err) == (0, "")
    assert "harbor FOUND The same item: same title, author, year and edition." in words(found.out)
    assert "down TARGET_ERROR The partner could not be asked" in words(found.out)
    assert "Ask next: harbor, down (not verified).\nDropped: hilltop.\n" in found.out


def test_nothing_found(zlocate: Run, partners: Path) -> None:
    """When nobody has it the exit code is 1, also when one partner could not be asked."""
    found = zlocate("locate", "--config", str(partners), *UNHELD)
    assert (found.code, found.err) == (1, "")
    assert "Dropped: harbor, hilltop.\n" in found.out


def test_every_partner_unreachable(zlocate: Run, dead: Path) -> None:
    """When no partner could be asked the exit code is 3, and each says why."""
    found = zlocate("locate", "--config", str(dead), *HELD)
    assert found.code == 3
    assert "down TARGET_ERROR The partner could not be asked to the end: connection refused" in words(found.out)
    assert "mute TIMEOUT The partner could not be asked to the end: no answer within 0.2 s." in words(found.out)


def test_json(zlocate: Run, partners: Path) -> None:
    """--json prints the outcome as one document, with the caller's own number of the request."""
    found = zlocate("locate", "--config", str(partners), *HELD, "--request-id", "ILL-7", "--json")
    document = found.json
    assert (found.code, document["located"], document["request_id"]) == (0, True, "ILL-7")
    assert {partner["partner"]: partner["finding"] for partner in document["partners"]} == {
        "harbor": "FOUND",
        "hilltop": "NOT_FOUND",
        "down": "TARGET_ERROR",
    }
    assert document["citation"] == {
        "title": "Perl in a nutshell",
        "author": "Siever",
        "year": 2002,
        "edition": "2nd ed.",
    }


def test_rota(zlocate: Run, partners: Path) -> None:
    """--rota asks those partners only, in that order."""
    found = zlocate("locate", "--config", str(partners), *HELD, "--rota", "hilltop, harbor", "--json")
    assert [partner["partner"] for partner in found.json["partners"]] == ["hilltop", "harbor"]


def test_explain(zlocate: Run, partners: Path) -> None:
    """--explain adds the searches, the candidates with their evidence, and the items."""
    found = zlocate("locate", "--config", str(partners), *HELD, "--explain")
    assert '  search by title: @attr 1=4 @attr 4=6 "Perl nutshell"' in found.out.replace("@and ", "")
    assert "chosen: Perl in a nutshell" in found.out
    assert "title.proper: The title proper is the same" in found.out
    assert "      item  " in found.out


def test_bad_check_digit(zlocate: Run, partners: Path) -> None:
    """An ISBN with a wrong check digit is searched as given, and the outcome says so."""
    arguments = ("locate", "--config", str(partners), "--rota", "harbor", "--isbn", "9781842778701")
    found = zlocate(*arguments)
    note = "ISBN 9781842778701 is not a valid ISBN (wrong check digit or form); it is searched as given"
    assert (found.code, f"Note: {note}." in found.out) == (1, True)
    document = zlocate(*arguments, "--json").json
    assert document["notes"] == [note]
    assert document["partners"][0]["searches"][0]["query"] == "@attr 1=7 9781842778701"


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ((), "the citation is empty: give a title or an ISBN, ISSN, LCCN or control number"),
        (("--title", "  ", "--author", "Kovel"), "the citation is empty: give a title or an ISBN"),
        (("--title", "x", "--year", "abcd"), "year 'abcd' has no four digits"),
        (("--title", "x", "--format", "paper"), "format 'paper' is not one of physical, print, microform"),
        (("--title", "x", "--type", "bok"), "type 'bok' is not one of book, serial"),
        (("--title", "x", "--rota", "harbour"), "rota: no partner has the code 'harbour'; did you mean 'harbor'?"),
        (("--title", "x", "--rota", "9"), "rota: no partner has the code '9'; configured are harbor, hilltop, down"),
    ],
)
def test_a_request_that_cannot_be_meant(zlocate: Run, partners: Path, options: tuple[str, ...], sentence: str) -> None:
    """A mistake in the request is one sentence that says what is possible, exit code 2, and asks nobody."""
    found = zlocate("locate", "--config", str(partners), *options)
    assert (found.code, found.out) == (2, "")
    assert found.err.startswith(f"zlocate: {sentence}")
    assert found.err.count("\n") == 1


def test_no_configuration_named(zlocate: Run, partners: Path) -> None:
    """--config must be given, or named by ZLOCATE_CONFIG."""
    found = zlocate("locate", *UNHELD)
    assert found.code == 2
    assert "Missing option '--config'" in found.err
    assert zlocate("locate", *UNHELD, ZLOCATE_CONFIG=str(partners)).code == 1


def test_configuration_that_cannot_be_read(zlocate: Run, tmp_path: Path) -> None:
    """A file that is absent, a folder or no TOML is named with the reason."""
    broken = tmp_path / "broken.toml"
    broken.write_text("= 1\n", "utf-8")
    for path, reason in (
        (tmp_path / "absent.toml", "cannot read the file: No such file or directory"),
        (tmp_path, "cannot read the file: Is a directory"),
        (broken, "not TOML: line 1, column 1: Invalid statement"),
    ):
        found = zlocate("locate", "--config", str(path), *HELD)
        assert (found.code, found.out, found.err) == (2, "", f"zlocate: {path}: {reason}\n")


def test_six_mistakes(zlocate: Run, tmp_path: Path) -> None:
    """A configuration with six mistakes is told of once, with the path of each."""
    path = tmp_path / "six.toml"
    path.write_text(SIX_MISTAKES, "utf-8")
    found = zlocate("locate", "--config", str(path), *HELD)
    assert (found.code, found.out) == (2, "")
    lines = found.err.splitlines()
    assert [line.split(": ")[:3] for line in lines] == [["zlocate", str(path), where] for where in SIX_PATHS]


@pytest.mark.parametrize("form", [(), ("--explain",), ("--json",)])
def test_secrets_are_not_shown(zlocate: Run, secretive: Path, form: tuple[str, ...]) -> None:
    """Neither a password that lets in nor one that is refused stands in any output."""
    found = zlocate("-v", "locate", "--config", str(secretive), *HELD, *form, **{SECRET_VARIABLE: SECRET})
    assert found.code == 0
    assert "locked" in found.out
    assert "the user name or password is wrong" in words(found.out)
    assert SECRET not in found.out + found.err


def test_narrow_terminal(zlocate: Run, partners: Path) -> None:
    """In 60 columns no line of the answer is longer, and the reason is still there whole."""
    found = zlocate("locate", "--config", str(partners), *HELD, COLUMNS="60")
    assert max(map(len, found.out.splitlines())) <= 60
    assert "The same item: same" in words(found.out)
