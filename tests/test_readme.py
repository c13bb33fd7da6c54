"""README.md: what it tells to type works, in the order in which it stands there."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from locate.demo import sample_folder
from locate.z3950.target.catalog import Catalog
from locate.z3950.target.emulation import emulation
from locate.z3950.target.server import ServerOptions, ThreadedServer
from tests.cli.running import environment, run_process

PAGE = (Path(__file__).parents[1] / "README.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    """Return the fenced blocks of one language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


COMMANDS = [line.removeprefix("$ ") for block in blocks("console") for line in block.splitlines()]
SERVE = "zlocate serve sample_marc/alma.opac.xml --port 9999 --emulate alma"
SCRIPTS = blocks("python")


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """Return the port of the target that the page tells to start."""
    catalog = Catalog.from_files([sample_folder() / "alma.opac.xml"])
    with ThreadedServer({"Default": catalog}, options=ServerOptions(emulation=emulation("alma"))) as server:
        yield server.port


@pytest.fixture
def here(tmp_path: Path, port: int, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with the page's configuration, which names that target, and with the sample records."""
    (configuration,) = blocks("toml")
    (tmp_path / "partners.toml").write_text(configuration.replace(":9999", f":{port}"), "utf-8")
    (tmp_path / "sample_marc").symlink_to(sample_folder())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_page_has_them() -> None:
    """The target is started first; commands and scripts stand where these tests find them."""
    assert COMMANDS[0] == SERVE
    assert len(COMMANDS) > 5
    assert len(SCRIPTS) == PAGE.count("```python") > 2


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("command", [command for command in COMMANDS if command != SERVE])
def test_command(command: str, port: int) -> None:
    """A command ends well at the target that the page tells to start, but for the port, and says something."""
    program, *arguments = shlex.split(command.replace(":9999", f":{port}"))
    assert program == "zlocate"
    result = run_process(*arguments)
    assert (result.code, result.err) == (0, "")
    assert result.out


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("script", SCRIPTS, ids=range(1, len(SCRIPTS) + 1))
def test_script(script: str, port: int, capsys: pytest.CaptureFixture[str]) -> None:
    """A script runs as it stands, but for the port, and finds the book."""
    exec(compile(script.replace('"localhost", 9999', f'"localhost", {port}'), "README.md", "exec"), {})
    assert re.search(r"FOUND AVAILABLE|\['lakeside'\]|2 found", capsys.readouterr().out)


def test_the_probe_says_so(port: int) -> None:
    """The excerpt is what the probe prints, and the page's partner leaves out the step that the probe found refused."""
    excerpt = PAGE.partition("zlocate probe localhost:9999/Default\n```\n\n")[2].partition("\n\n")[0].splitlines()
    printed = run_process("probe", f"localhost:{port}/Default", env=environment(COLUMNS="100")).out.splitlines()
    assert len(excerpt) > 5
    assert {line.strip() for line in excerpt} - {"…"} <= {line.strip() for line in printed}
    profile = run_process("probe", f"localhost:{port}/Default", "--write-profile", "-").out
    assert "no step by lccn" in profile
    assert blocks("toml")[0].endswith('skip_steps = ["lccn"] }\n')
