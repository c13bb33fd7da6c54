"""The benchmark run over a made-up folder, as from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.matching.__main__ import main
from tests.bench.build import shared_folder

SETS = ("--sets", "shared_isbn")


def test_measures_are_printed_and_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a subcommand everything is measured: the tables are printed, the figures written as JSON."""
    out = tmp_path / "figures.json"
    assert main(["--shared", str(shared_folder(tmp_path)), *SETS, "--no-peers", "--no-pool", "--json", str(out)]) == 0
    printed = capsys.readouterr().out
    assert "3 pairs of 3 records; 1 set aside" in printed
    figures = json.loads(out.read_text(encoding="utf-8"))
    names = [row["name"] for row in figures["measures"]]
    assert names[:2] == ["record to record: shared_isbn", "citations, decidable: shared_isbn"]
    assert all(row["name"] in printed for row in figures["measures"])
    assert {row["class"] for row in figures["classes"]} == {"same OCLC number", "other title"}
    assert [one["method"] for one in figures["matchers"]] == ["locate"]


def test_decisions_are_the_explained_answers(tmp_path: Path) -> None:
    """The fast decision and the full judgement say the same of each pair."""
    out = tmp_path / "figures.json"
    main(["measure", "--shared", str(shared_folder(tmp_path)), *SETS, "--no-peers", "--no-pool", "--json", str(out)])
    rows = {row["name"]: row for row in json.loads(out.read_text(encoding="utf-8"))["measures"]}
    assert rows["decisions unlike the explained answer"]["figures"][0]["figure"] == 0


def test_ablation_leaves_out_one_feature_at_a_time(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The first row is the whole matcher, then each veto, then as many of the heaviest features as asked for."""
    out = tmp_path / "worth.json"
    arguments = ["ablation", "--shared", str(shared_folder(tmp_path)), *SETS, "--features", "2", "--json", str(out)]
    assert main(arguments) == 0
    left_out = [row["left_out"] for row in json.loads(out.read_text(encoding="utf-8"))]
    assert left_out[0] == "nothing"
    assert left_out[-2:] == ["points", "points"]
    assert set(left_out[1:-2]) == {"veto"}
    assert len(capsys.readouterr().out.splitlines()) == len(left_out) + 1


def test_an_unknown_set_is_refused_with_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    """A set's name that is wrong is told before anything is read."""
    with pytest.raises(SystemExit):
        main(["--shared", "nowhere", "--sets", "gpo"])
    assert "no set gpo; there are goldfinch_val, hathi_hard" in capsys.readouterr().err
