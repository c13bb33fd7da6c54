"""``zlocate match --pairs``: lines in, lines out, bad ones set aside."""

from __future__ import annotations

import base64
import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from locate.cli import match_pairs
from locate.cli.exits import Exit
from locate.demo import sample_folder
from locate.records import split_marc
from tests.cli.running import Run, environment

RAWS = list(split_marc((sample_folder() / "koha.mrc").read_bytes()))
PERL = {"title": "Programming perl", "author": "Wall", "year": 1992}


def lines(count: int = 3) -> bytes:
    """Return pairs of one citation and ``count`` records, the fourth of which it names."""
    pairs = [
        {"id": place, "citation": PERL, "record": {"marc": base64.b64encode(raw).decode("ascii")}}
        for place, raw in enumerate(RAWS[:count], 1)
    ]
    return b"".join(json.dumps(pair).encode() + b"\n" for pair in pairs)


def answers(text: str) -> list[dict[str, Any]]:
    """Return the answers of an output."""
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture
def pairs(tmp_path: Path) -> Path:
    """Return a file of five good pairs."""
    path = tmp_path / "pairs.jsonl"
    path.write_bytes(lines(5))
    return path


def test_answers(zlocate: Run, pairs: Path) -> None:
    """Each line has its answer, in order, on standard output; the counts are on standard error; exit code 0."""
    found = zlocate("match", "--pairs", str(pairs))
    told = answers(found.out)
    assert found.code == 0
    assert [one["id"] for one in told] == [1, 2, 3, 4, 5]
    assert [one["id"] for one in told if one["verdict"] == "same"] == [4]
    assert all(set(one) == {"id", "verdict", "score", "probability", "reasons"} for one in told)
    assert found.err.startswith("zlocate: 5 pairs judged: 4 ")
    assert found.err.endswith("1 same.\n")


def test_out(zlocate: Run, pairs: Path, tmp_path: Path) -> None:
    """--out takes what standard output would have; - is standard output."""
    out = tmp_path / "answers.jsonl"
    found = zlocate("match", "--pairs", str(pairs), "--out", str(out))
    assert (found.code, found.out) == (0, "")
    assert out.read_text("utf-8") == zlocate("match", "--pairs", str(pairs), "--out", "-").out


def test_standard_input(zlocate: Run, pairs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pairs named - come from standard input."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(lines(5))))
    assert zlocate("match", "--pairs", "-") == zlocate("match", "--pairs", str(pairs))


def test_bad_lines(zlocate: Run, pairs: Path) -> None:
    """A bad line is told with its number, answered with an error, counted, and stops nothing; exit code 2."""
    bad = b'\xef\xbb\xbf\r\n{"id": "x"}\r\nno json\r\n\r\n'
    pairs.write_bytes(bad + lines(2).replace(b"\n", b"\r\n") + b"\xff\n" + lines(1).rstrip(b"\n"))
    found = zlocate("match", "--pairs", str(pairs))
    assert found.code == 2
    assert [(one["id"], "error" in one) for one in answers(found.out)] == [
        ("x", True),
        (None, True),
        (1, False),
        (2, False),
        (None, True),
        (1, False),
    ]
    first, second, third, total = found.err.splitlines()
    assert first == "zlocate: line 2: the line has neither a citation nor a reference; give one of the two"
    assert second.startswith("zlocate: line 3: the line is no JSON")
    assert third.startswith("zlocate: line 7: the line is not UTF-8")
    assert total.startswith("zlocate: 3 pairs judged: 3 ")
    assert total.endswith("; 3 lines set aside.")


def test_letters(zlocate: Run, pairs: Path) -> None:
    """Ids come back whatever their letters; half a surrogate pair stays an escape."""
    pairs.write_bytes(b'{"id": "\\ud800 \xd7\x90 \xe6\xbc\xa2"}\n')
    found = zlocate("match", "--pairs", str(pairs))
    assert answers(found.out)[0]["id"] == "\ud800 \u05d0 \u6f22"


def test_a_line_too_long(zlocate: Run, pairs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line without end is not held; the next ones are judged."""
    longest = max(map(len, lines(2).splitlines()))
    monkeypatch.setattr(match_pairs, "_MAX_LINE_BYTES", longest + 1)
    pairs.write_bytes(b"x" * (3 * longest) + b"\n" + lines(2))
    found = zlocate("match", "--pairs", str(pairs))
    assert (found.code, [one["id"] for one in answers(found.out)]) == (2, [None, 1, 2])
    assert found.err.startswith("zlocate: line 1: the line is longer than ")


def test_no_lines(zlocate: Run, pairs: Path) -> None:
    """An empty file has no answers."""
    pairs.write_bytes(b"")
    found = zlocate("match", "--pairs", str(pairs))
    assert (found.code, found.out, found.err) == (0, "", "zlocate: 0 pairs judged.\n")


def test_page(zlocate: Run, pairs: Path, tmp_path: Path) -> None:
    """--html shows the first pairs that were judged, at most --html-limit, and says so."""
    page = tmp_path / "page.html"
    found = zlocate("match", "--pairs", str(pairs), "--html", str(page), "--html-limit", "2")
    assert (found.code, len(answers(found.out))) == (0, 5)
    text = page.read_text("utf-8")
    assert text.count("<article ") == 2
    assert "5 pairs judged; only the first 2 are shown here." in text


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--pairs", "absent.jsonl"), "absent.jsonl cannot be opened: No such file or directory"),
        (("--pairs", "{pairs}", "--out", "{pairs}"), "the answers would overwrite the pairs"),
        (("--pairs", "{pairs}", "--out", "/absent/x"), "/absent/x cannot be opened: No such file or directory"),
        (("--pairs", "{pairs}", "--html", "/absent/x"), "/absent/x cannot be written: No such file or directory"),
    ],
)
def test_files(zlocate: Run, pairs: Path, arguments: tuple[str, ...], sentence: str) -> None:
    """A file that cannot be used is named, exit code 2, and the pairs are left as they are."""
    found = zlocate("match", *(each.format(pairs=pairs) for each in arguments), COLUMNS="200")
    assert (found.code, found.out) == (2, "")
    assert sentence in " ".join(found.err.split())
    assert pairs.read_bytes() == lines(5)


def test_a_reader_that_goes_away(pairs: Path) -> None:
    """When nobody reads the answers any more, the run ends with the code of a closed pipe and no other word."""
    pairs.write_bytes(lines(5) * 200)
    process = subprocess.Popen(
        [sys.executable, "-m", "locate", "match", "--pairs", str(pairs)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    assert process.stdout is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr is not None
    with process.stderr as stream:
        assert stream.read() == b""
    assert process.wait(timeout=60) == Exit.CLOSED_PIPE


def test_a_bar_on_a_terminal(pairs: Path) -> None:
    """On a terminal standard error shows how far the run is, and standard output holds nothing but the answers."""
    pairs.write_bytes(lines(5) * 40)
    main, terminal = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "locate", "match", "--pairs", str(pairs)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=terminal,
        env=environment(TERM="xterm", COLUMNS="80"),
    )
    os.close(terminal)
    out, _ = process.communicate(timeout=60)
    shown = os.read(main, 65536).decode()
    os.close(main)
    assert process.returncode == 0
    assert len(answers(out.decode())) == 200
    assert "judging pairs" in shown
    assert "200 pairs judged" in shown
