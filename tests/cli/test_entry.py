"""The entry point: help, exit codes, broken surroundings, and what reaches the terminal."""

from __future__ import annotations

import os
import pty
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

import pytest
from rich.padding import Padding

import locate
from locate.cli.render import console
from locate.text import counted, visible
from tests.cli.conftest import written
from tests.cli.running import Run, environment, run_process, start

COMMANDS = (("locate",), ("lend",), ("holdings",), ("match",), ("search",), ("serve",), ("demo",), ("config", "check"))
GROUPS = ((), ("config",))


@pytest.mark.parametrize("command", [*COMMANDS, *GROUPS], ids=" ".join)
def test_help(zlocate: Run, command: tuple[str, ...]) -> None:
    """Each command's help has an example, fits 80 columns and holds no markup; each command has --json."""
    found = zlocate(*command, "--help", COLUMNS="80")
    assert (found.code, found.err) == (0, "")
    assert re.search(r"^  Examples?:", found.out, re.MULTILINE)
    assert "zlocate " in found.out.partition("Example")[2]
    assert max(map(len, found.out.splitlines())) <= 80
    assert not re.search(r"\x1b|\x08|\[/|\[bold|list\[", found.out.replace("list[Path]", ""))
    assert command in GROUPS or "  --json  " in found.out


def test_without_arguments(zlocate: Run) -> None:
    """Without arguments the usage and the commands are shown."""
    found = zlocate()
    assert found.code in {0, 2}  # click said 0 before 8.2
    shown = found.out + found.err
    assert all(f"\n  {command[0]} " in shown for command in COMMANDS)


def test_unknown_names(zlocate: Run) -> None:
    """An unknown command or option is named, exit code 2."""
    for arguments, named in ((("lokate",), "lokate"), (("locate", "--isbm", "1"), "--isbm"), (("config", "x"), "x")):
        found = zlocate(*arguments)
        assert (found.code, found.out, named in found.err) == (2, "", True)


def test_version(zlocate: Run) -> None:
    """--version says the name and the version."""
    assert re.fullmatch(r"zlocate \d+\.\d+\.\d+\S*\n", zlocate("--version").out)


def test_an_internal_error(zlocate: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bug is one sentence that says how to see more; with ZLOCATE_DEBUG it is raised."""

    def fail(*_: object) -> NoReturn:
        raise ZeroDivisionError("for the test")

    monkeypatch.setattr("locate.config.load_config", fail)
    found = zlocate("config", "check", "x.toml")
    sentence = "an internal error (ZeroDivisionError: for the test); set ZLOCATE_DEBUG=1 to see where"
    assert (found.code, found.out, found.err) == (70, "", f"zlocate: {sentence}\n")
    with pytest.raises(ZeroDivisionError):
        zlocate("config", "check", "x.toml", ZLOCATE_DEBUG="1")


HIDING = """
import sys
sys.modules[sys.argv.pop(1)] = None
from locate.cli.entry import main
main()
"""


@pytest.mark.parametrize(
    ("package", "arguments"), [("typer", ("--help",)), ("rich", ("config", "check", "absent.toml"))]
)
def test_missing_packages(package: str, arguments: tuple[str, ...]) -> None:
    """Without a package of the extra, one sentence says how to install it, exit code 2."""
    found = run_process(package, *arguments, code=HIDING)
    sentence = f"the command line needs the package {package}; install it with: pip install 'zlocate[cli]'"
    assert (found.code, found.out, found.err) == (2, "", f"zlocate: {sentence}\n")


LISTING = """
import sys
from locate.cli.entry import main
try:
    main()
finally:
    sys.stderr.write(" ".join(sys.modules))
"""


def test_help_loads_little() -> None:
    """Help loads neither the readers of records nor the matcher nor the log."""
    loaded = set(run_process("locate", "--help", code=LISTING).err.split())
    assert "typer" in loaded
    assert loaded.isdisjoint({"pymarc", "lxml", "rapidfuzz", "structlog", "locate.engine", "locate.records"})


def test_public_names() -> None:
    """Each public name of the package is there when it is asked for, and no other."""
    assert all(getattr(locate, name).__name__ == name for name in locate.__all__)
    assert set(locate.__all__) == {name for names in locate._HOMES.values() for name in names}
    assert set(locate.__all__) <= set(dir(locate))
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = locate.nothing  # type: ignore[attr-defined]


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_closed_pipe(dead: Path, form: tuple[str, ...]) -> None:
    """When nobody reads the output any more, it ends as a shell expects and without a word."""
    process = start("config", "check", str(dead), *form)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    with process.stderr:
        assert process.stderr.read() == ""
    assert process.wait(timeout=10) == 141


def test_interrupted() -> None:
    """Ctrl-C while a target is waited for ends at once with exit code 130 and without a word."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(10)
        process = start("search", f"127.0.0.1:{listener.getsockname()[1]}/x", "history")
        connection, _ = listener.accept()
        with connection:
            process.send_signal(signal.SIGINT)
            assert process.communicate(timeout=10) == ("", "")
    assert process.returncode == 130


def test_output_without_letters_for_it(tmp_path: Path) -> None:
    """In a terminal that cannot show a letter, it is replaced; JSON stays right by escapes."""
    path = written(tmp_path / "p.toml", 'code = "Б"\ntarget = "a:210/b"')
    ascii_only = environment(PYTHONIOENCODING="ascii")
    shown = run_process("config", "check", str(path), env=ascii_only)
    assert (shown.code, shown.err) == (0, "")
    assert run_process("config", "check", str(path), "--json", env=ascii_only).json["partners"] == ["Б"]


def in_terminal(arguments: tuple[str, ...], variables: Mapping[str, str]) -> str:
    """Return what ``zlocate`` shows in a terminal."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "locate", *arguments]
    process = subprocess.Popen(command, stdout=theirs, stderr=theirs, env=environment(TERM="xterm", **variables))
    os.close(theirs)
    shown = b""
    try:
        while block := os.read(ours, 65536):
            shown += block
    except OSError:  # how Linux tells that the other side is closed
        pass
    os.close(ours)
    process.wait(timeout=10)
    return shown.decode()


def test_colour(zlocate: Run, dead: Path) -> None:
    """A terminal gets colours, with NO_COLOR it gets none, and a pipe gets no escape sequence at all."""
    arguments = ("locate", "-c", str(dead), "--title", "x", "--rota", "down")
    assert re.search(r"\x1b\[3\dm", in_terminal(arguments, {}))
    plain = in_terminal(arguments, {"NO_COLOR": "1"})
    assert "TARGET_ERROR" in plain
    assert not re.search(r"\x1b\[[\d;]*[34]\dm", plain)
    assert "\x1b" not in zlocate(*arguments).out


def test_a_target_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """What is printed as a table or a sentence holds no control character from outside."""
    console().print("refused: \x1b[31m\x9b", Padding("\x1b[2J", 2))
    assert "\x1b" not in (shown := capsys.readouterr().out)
    assert "refused: \N{REPLACEMENT CHARACTER}[31m\N{REPLACEMENT CHARACTER}" in shown


def test_visible_and_counted() -> None:
    """Control characters become U+FFFD, line ends are kept; one thing is singular."""
    assert (
        visible("a\x1b[1m\x9b\x7fb\tc\r\nd\n")
        == "a\N{REPLACEMENT CHARACTER}[1m" + "\N{REPLACEMENT CHARACTER}" * 2 + "b\tc\nd\n"
    )
    assert (counted(1, "hit"), counted(0, "hit"), counted(1200, "hit")) == ("1 hit", "0 hits", "1,200 hits")
