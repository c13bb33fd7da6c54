"""Reading the labelled pairs and their records."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.matching.pairs import CITATIONS, RECORDS, Pair, load
from locate.citation import Citation
from locate.records import BibRecord
from tests.bench.build import CITED, shared_folder


def test_pairs_are_read_with_their_records(tmp_path: Path) -> None:
    """Pairs of records and of a citation are told apart, each finds its records, and a label of null is no pair."""
    corpus = load(shared_folder(tmp_path), ["shared_isbn"])
    records, citations = corpus.select(RECORDS), corpus.select(CITATIONS)
    assert [(pair.wanted, pair.candidate, pair.same) for pair in records] == [
        ("made:c1", "made:c2", True),
        ("made:c1", "made:g1", False),
    ]
    assert [pair.wanted for pair in citations] == [Citation.from_mapping(CITED)]
    assert set(corpus.records) == {"made:c1", "made:c2", "made:g1"}
    wanted = corpus.wanted(records[0])
    assert isinstance(wanted, BibRecord)
    assert wanted.control_number == "c1"
    assert corpus.wanted(citations[0]) == citations[0].wanted


def test_a_pair_without_its_record_is_counted_apart(tmp_path: Path) -> None:
    """A pair that names a record the folder does not have is set aside, not judged as wrong."""
    assert load(shared_folder(tmp_path), ["shared_isbn"]).set_aside == 1


def test_a_set_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    """A name that no file has is told at once, by the file that is missing."""
    with pytest.raises(FileNotFoundError, match=r"gpo_hard\.jsonl"):
        load(shared_folder(tmp_path), ["gpo_hard"])


def test_details_are_no_part_of_the_class() -> None:
    """What stands in parentheses after the reason tells pairs of one class apart."""
    pair = Pair("gpo_hard", "a:1", "a:2", same=True, why="same control number, earlier cataloguing (ta,title)")
    assert pair.reason == "same control number, earlier cataloguing"
