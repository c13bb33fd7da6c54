"""``zlocate config check``: a right file's partners, or every problem of a wrong one."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import SECRET, SECRET_VARIABLE, written
from tests.cli.running import Run
from tests.cli.test_locate import SIX_MISTAKES, SIX_PATHS
from tests.lending.own_catalog import config_text


def test_right_file(zlocate: Run, partners: Path) -> None:
    """The partners of a right file are listed with their targets and how they are searched."""
    found = zlocate("config", "check", str(partners))
    assert (found.code, found.err) == (0, "")
    assert "harbor" in found.out
    assert "lccn, control_number, isbn, issn, title" in found.out
    assert found.out.endswith("No problems: Home Library with 3 partners.\n")


def test_right_file_as_json(zlocate: Run, partners: Path) -> None:
    """--json names the institution and the partners."""
    assert zlocate("config", "check", str(partners), "--json").json == {
        "ok": True,
        "problems": [],
        "institution": "HOME",
        "partners": ["harbor", "hilltop", "down"],
    }


def test_how_partners_are_searched(zlocate: Run, tmp_path: Path) -> None:
    """A partner that is not searched, and one whose fields are sent together, are told apart."""
    path = written(
        tmp_path / "p.toml",
        'code = "kept"\ntarget = "a:210/b"\nprofile = false',
        'code = "joined"\ntarget = "[::1]:210/b"\nprofile = { locate_by = ["title", "isbn"] }',
    )
    found = zlocate("config", "check", str(path))
    assert "not searched" in found.out
    assert "[::1]:210/b" in found.out
    assert "title and isbn" in found.out


def test_problems(zlocate: Run, tmp_path: Path) -> None:
    """Six mistakes are six lines with the file's name, exit code 2; or six entries of a JSON document."""
    path = tmp_path / "six.toml"
    path.write_text(SIX_MISTAKES, "utf-8")
    found = zlocate("config", "check", str(path))
    assert (found.code, found.out, len(found.err.splitlines())) == (2, "", 6)
    assert all(line.startswith(f"zlocate: {path}: ") for line in found.err.splitlines())
    found = zlocate("config", "check", str(path), "--json")
    assert (found.code, found.err, found.json["ok"]) == (2, "", False)
    assert [problem["path"] for problem in found.json["problems"]] == list(SIX_PATHS)


def test_a_file_with_lending(zlocate: Run, tmp_path: Path) -> None:
    """An own catalog and lending settings are checked as the partners are, and a right one is no partner."""
    path = tmp_path / "lending.toml"
    path.write_text(config_text(2100, "automatic_locate = true"), "utf-8")
    found = zlocate("config", "check", str(path), "--json")
    assert (found.code, found.json["partners"]) == (0, ["NORTH"])
    path.write_text(config_text(99999, "automatic_locate = 1\nlicences = [{}]"), "utf-8")
    found = zlocate("config", "check", str(path), "--json")
    assert (found.code, [problem["path"] for problem in found.json["problems"]]) == (
        2,
        [
            "institution.catalog.target",
            "lending.automatic_locate",
            "lending.licences[0].resource",
            "lending.licences[0].permits_ill",
        ],
    )


def test_absent_file(zlocate: Run, tmp_path: Path) -> None:
    """A file that is not there is a problem without a path."""
    problem = {"path": "", "message": "cannot read the file: No such file or directory"}
    found = zlocate("config", "check", str(tmp_path / "absent.toml"), "--json")
    assert (found.code, found.json) == (2, {"ok": False, "problems": [problem]})


def test_secrets_are_not_shown(zlocate: Run, secretive: Path) -> None:
    """No secret of the file or the environment is printed, whether the file is right or wrong."""
    for form in ((), ("--json",)):
        right = zlocate("config", "check", str(secretive), *form, **{SECRET_VARIABLE: SECRET})
        assert (right.code, SECRET in right.out + right.err) == (0, False)
        wrong = zlocate("config", "check", str(secretive), *form)
        assert (wrong.code, SECRET in wrong.out + wrong.err) == (2, False)
        assert f"the environment variable {SECRET_VARIABLE} is not set" in wrong.out + wrong.err
