"""The table of points: complete, of the right signs, with probabilities that rise."""

from __future__ import annotations

from importlib import resources
from itertools import pairwise

import pytest

from locate.matching import Agreement, MatchVerdict, Weights
from locate.matching.comparisons import COMPARISONS, FEATURES
from locate.matching.weights import CITATION, DEFAULT, RECORD, VETOES, Scale

SCALES = pytest.mark.parametrize("scale", [CITATION, RECORD], ids=["citation", "record"])
_TITLES = COMPARISONS[0].features


@SCALES
def test_every_feature_has_a_row_and_no_row_is_without_a_feature(scale: Scale) -> None:
    """The file knows the features that the comparisons can find, and no others."""
    assert scale.points.keys() == FEATURES.keys()


def test_no_row_stands_twice() -> None:
    """Each feature has one line."""
    lines = resources.files("locate.matching").joinpath("weights.txt").read_text("utf-8").splitlines()
    names = [line.split()[0] for line in lines if line and not line.startswith(("#", "citation", "record"))]
    assert len(names) == len(set(names))


@SCALES
def test_points_have_the_sign_of_their_feature(scale: Scale) -> None:
    """What agrees never counts against and what disagrees never for; titles are excepted, for each pair of titles has
    exactly one of their features, so that they carry the threshold with them: theirs is zero shifted.
    """
    signs = {Agreement.AGREE: 1, Agreement.DISAGREE: -1}
    wrong = {
        name: points
        for name, points in scale.points.items()
        if name not in _TITLES and points * signs.get(FEATURES[name].agreement, 1) < 0
    }
    assert wrong == {}


@SCALES
def test_silence_is_worth_nothing(scale: Scale) -> None:
    """What is not known neither helps nor hurts."""
    silent = [name for name, feature in FEATURES.items() if feature.agreement is Agreement.SILENT]
    assert {scale.points[name] for name in silent} == {0}


@SCALES
def test_titles_that_disagree_are_worth_less_than_those_that_agree(scale: Scale) -> None:
    """An equal title counts more than another title, and the best of the wrong ones less than an equal one."""
    wrong = [scale.points[name] for name, one in _TITLES.items() if one.agreement is Agreement.DISAGREE]
    assert scale.points["title.equal"] > max(wrong)
    assert scale.points["title.conflict"] < 0


@SCALES
def test_knots_rise(scale: Scale) -> None:
    """A higher score is never less probable, and probabilities run from 0 to 1."""
    assert all(low[0] < high[0] and low[1] <= high[1] for low, high in pairwise(scale.knots))
    assert scale.knots[0][1] < 0.05
    assert scale.knots[-1][1] > 0.95


@SCALES
def test_probability_is_interpolated_and_ends_at_the_last_knots(scale: Scale) -> None:
    """Between two knots it lies between theirs; beyond the ends it is that of the end."""
    (low, below), (high, above) = scale.knots[1], scale.knots[2]
    assert scale.probability(low) == pytest.approx(below)
    assert scale.probability(high) == pytest.approx(above)
    assert below <= scale.probability((low + high) // 2) <= above
    assert scale.probability(-10_000) == scale.knots[0][1]
    assert scale.probability(10_000) == scale.knots[-1][1]


@SCALES
def test_zero_is_the_score_to_reach(scale: Scale) -> None:
    """A candidate is accepted from 0 points on, and worth a look from somewhat less."""
    assert scale.accept == 0
    assert scale.doubt <= scale.accept
    assert 0.2 < scale.probability(scale.accept) < 0.8


def test_default_weights_are_those_of_the_file() -> None:
    """A matcher without weights of its own uses the learnt ones."""
    assert Weights(CITATION, RECORD, VETOES) == DEFAULT
    assert DEFAULT.accept == CITATION.accept


@pytest.mark.parametrize("veto", VETOES)
def test_a_veto_is_a_feature_and_never_accepts(veto: str) -> None:
    """What forbids acceptance is something that can be found, and names something else than the same item."""
    assert veto in FEATURES
    assert VETOES[veto] not in {MatchVerdict.SAME, MatchVerdict.INSUFFICIENT}


@SCALES
@pytest.mark.parametrize("veto", sorted(VETOES.keys() - _TITLES.keys()))
def test_a_veto_lowers_the_score_too(veto: str, scale: Scale) -> None:
    """What forbids acceptance is no reason for it."""
    assert FEATURES[veto].agreement is Agreement.DISAGREE
    assert scale.points[veto] <= 0
