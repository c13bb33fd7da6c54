"""Wrongly judged pairs written out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bench.matching.explaining import error_lines
from bench.matching.judging import judge, prepare
from bench.matching.pairs import load
from locate.matching import Matcher
from tests.bench.build import shared_folder


def test_errors_show_both_sides_and_what_was_answered(tmp_path: Path) -> None:
    """An error names the pair and its class, both titles, and the verdict; what is right is not shown."""
    matcher, corpus = Matcher(), load(shared_folder(tmp_path), ["shared_isbn"])
    judged = judge(matcher, corpus.pairs, prepare(matcher, corpus, corpus.pairs))
    wrong = [replace(one, pair=replace(one.pair, same=not one.accepted)) for one in judged]
    told = "\n".join(error_lines(matcher, corpus, wrong, 5, "other title"))
    assert "made:c1 made:g1 (other title; -)" in told
    assert "The world's cotton crops" in told
    assert "Text-book of geology" in told
    assert "made:c2" not in told
    assert not list(
        error_lines(matcher, corpus, [replace(one, pair=replace(one.pair, same=one.accepted)) for one in judged], 5)
    )
