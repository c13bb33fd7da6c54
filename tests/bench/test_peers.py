"""Other matchers on the same pairs; a package that is not installed skips its test."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from bench.matching.pairs import CITATIONS, RECORDS, Pair, load
from bench.matching.peers import beside
from bench.matching.peers.beside import Score, Standing, ours, run, standings_table
from bench.matching.peers.bib_dedupe import BibDedupe
from bench.matching.peers.book_match import BookMatch
from bench.matching.peers.dedupmarcxml import Dedupmarcxml, marc_of_citation
from bench.matching.peers.naive import Naive
from bench.matching.peers.peer import Peer, Side, describe
from locate.citation import Citation, DocumentType, RequestedFormat
from locate.matching import MatchVerdict
from tests.bench.build import CITED, COTTON, GEOLOGY, OTHER_COTTON, judged, shared_folder
from tests.records.build import record


def _installed(make: type[Peer]) -> Peer:
    try:
        return make()
    except ModuleNotFoundError as error:
        pytest.skip(f"{error.name} is not installed: pip install 'zlocate[bench]'")


@pytest.mark.parametrize("make", [Naive, BookMatch, Dedupmarcxml, BibDedupe])
def test_a_matcher_tells_the_same_from_another(make: type[Peer]) -> None:
    """Each matcher scores a second record of the book, and a citation of it, above another book."""
    peer = _installed(make)
    sides: list[Side] = [record(*COTTON), record(*OTHER_COTTON), record(*GEOLOGY), Citation.from_mapping(CITED)]
    wanted, same, other, cited = peer.prepare(sides)
    for scores in peer.scores([(wanted, same), (wanted, other), (cited, same), (cited, other)]).values():
        assert scores[0] > scores[1]
        assert scores[2] > scores[3]


def test_the_forest_asked_once_answers_as_asked_one_by_one() -> None:
    """Scores of many pairs are those that the package's own function gives each."""
    _installed(Dedupmarcxml)
    library, peer = importlib.import_module("dedupmarcxml"), Dedupmarcxml()
    same, other, wanted = peer.prepare([record(*OTHER_COTTON), record(*GEOLOGY), record(*COTTON)])
    alike = [library.evaluate_records_similarity(wanted, side) for side in (same, other)]
    alone = [library.get_similarity_score(one, "random_forest_general") for one in alike]
    assert peer.scores([(wanted, same), (wanted, other)])["dedupmarcxml, forest"] == alone


def test_a_description_has_what_the_record_says() -> None:
    """Title, names, ISBN, year, language and volume of a record, without ISBD punctuation."""
    described = describe(record(*COTTON, "020 ##$a0-306-40615-2 (pbk.)", "264 #1$bBlack,$c2001."))
    assert (described.title, described.authors) == ("The world's cotton crops", ("Todd, John A",))
    assert (described.isbns, described.year, described.language) == (("9780306406157",), 2001, "eng")
    assert described.publisher == "Black"


def test_a_citation_as_marc_says_no_more_than_the_citation() -> None:
    """Year, form of item and language stand in 008, each field only when the citation has it."""
    marc = marc_of_citation(
        Citation(title="Cotton", year=1915, format=RequestedFormat.MICROFORM, language="eng", type=DocumentType.BOOK)
    )
    assert (marc["leader"][6:8], marc["008"][7:11], marc["008"][23], marc["008"][35:38]) == ("am", "1915", "a", "eng")
    assert marc["245"] == [{"sub": [{"a": "Cotton"}]}]
    assert marc["264"] == [{"sub": [{"c": "1915"}]}]
    assert not {"100", "250", "020", "022"} & marc.keys()


def test_what_is_not_installed_becomes_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the packages only the rule of our own is measured, and each missing one says how to get it."""

    def refuse(name: str) -> None:
        raise ModuleNotFoundError(name=name)

    monkeypatch.setattr(importlib, "import_module", refuse)
    standings, missing = run(load(shared_folder(tmp_path), ["shared_isbn"]), ["shared_isbn"])
    assert [standing.method for standing in standings] == ["ISBN or title > 90"]
    assert "book_match is not installed, so it is not measured: pip install 'zlocate[bench]'" in missing


def test_scores_at_the_default_and_at_the_best_threshold(tmp_path: Path) -> None:
    """Each set and kind has F1 as the matcher comes, and the best that any threshold gives."""
    corpus = load(shared_folder(tmp_path), ["shared_isbn"])
    [standing] = beside.measure(Naive(), corpus, ["shared_isbn"])
    assert [(score.kind, score.pairs, score.default, score.best) for score in standing.scores] == [
        (RECORDS, 2, 1, 1),
        (CITATIONS, 1, 1, 1),
    ]
    assert standing.pairs_per_second > 0


def test_a_slow_matcher_is_given_pairs_from_all_over() -> None:
    """A limit takes every n-th pair, never more than it says; no limit takes all."""
    pairs = [Pair("gpo_hard", "a:1", f"b:{number}", same=True, why="") for number in range(10)]
    assert [pair.candidate for pair in beside.spread(pairs, 3)] == ["b:0", "b:4", "b:8"]
    assert beside.spread(pairs, 0) == pairs


def test_our_own_standing_is_the_verdict() -> None:
    """Our default is the verdict, whatever the probability; the best threshold is that of the probability."""
    judgements = [judged(probability=0.6), judged(MatchVerdict.DIFFERENT, probability=0.4)]
    [records] = [score for score in ours(judgements, ["gpo_hard"]).scores if score.kind == RECORDS]
    assert (records.default, records.best, records.threshold) == (2 / 3, 1, 0.4)


def test_a_standing_without_a_default_shows_only_the_best() -> None:
    """A matcher that names no threshold has a dash where its default would stand, as has a set it was not given."""
    score = Score("gpo_hard", RECORDS, 10, None, 0.9, 0.5)
    lines = standings_table([Standing("mean", [score]), Standing("none", [])], RECORDS)
    assert [line.split() for line in lines[1:]] == [
        ["mean", "-/0.900", "at", "0.50", "10", "-"],
        ["none", "-", "0", "-"],
    ]
