"""docs/z3950-in-python.md: every script on it runs, and prints what is shown below it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from locate.demo import sample_folder
from locate.z3950.target.catalog import Catalog
from locate.z3950.target.server import ThreadedServer

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "z3950-in-python.md"
_SCRIPT = re.compile(r"^```python\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?", re.MULTILINE | re.DOTALL)
SCRIPTS = _SCRIPT.findall(PAGE.read_text("utf-8"))


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """Return the port of the target that the page tells to start."""
    with ThreadedServer({"Default": Catalog.from_files([sample_folder() / "koha.mrc"])}) as server:
        yield server.port


def test_there_are_scripts() -> None:
    """The page has its scripts where this test finds them."""
    assert len(SCRIPTS) == PAGE.read_text("utf-8").count("```python") > 8


@pytest.mark.parametrize(("script", "printed"), SCRIPTS, ids=range(1, len(SCRIPTS) + 1))
def test_script(
    script: str, printed: str, port: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A script runs as it stands, but for the port, and prints what the page says."""
    monkeypatch.chdir(ROOT)
    script = script.replace('"localhost", 9999', f'"localhost", {port}')
    exec(compile(script, str(PAGE), "exec"), {"__name__": "__main__"})
    assert capsys.readouterr().out == printed
