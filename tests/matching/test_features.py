"""Every feature is found by a small made-up pair, and is explained in words."""

from __future__ import annotations

import re

import pytest

from locate.matching import Agreement, Matcher
from locate.matching.comparisons import COMPARISONS, FEATURES, find
from locate.matching.views import RecordView
from tests.matching.build import features, judge, rivers, wanted
from tests.matching.examples import EXAMPLES

_NAME = re.compile(r"\b[a-z]+(?:_[a-z]+)*\.[a-z]+(?:_[a-z]+)+\b|_")


def test_the_examples_cover_every_feature() -> None:
    """Each feature has an example, and each example a feature."""
    assert EXAMPLES.keys() == FEATURES.keys()


@pytest.mark.parametrize("feature", EXAMPLES)
def test_the_example_shows_its_feature(feature: str) -> None:
    """The smallest pair made for a feature has it, and only once."""
    assert features(*EXAMPLES[feature]).count(feature) == 1


@pytest.mark.parametrize("feature", EXAMPLES)
def test_one_feature_of_each_comparison_stands_first(feature: str) -> None:
    """The features of a pair begin with one of each comparison, in their order."""
    found = features(*EXAMPLES[feature])
    assert all(name in one.features for name, one in zip(found, COMPARISONS, strict=False))
    assert len(found) >= len(COMPARISONS)


@pytest.mark.parametrize("feature", EXAMPLES)
def test_the_printed_points_sum_to_the_score(feature: str) -> None:
    """Nothing but the evidence makes the score, and each piece has its row's points."""
    asked, record = EXAMPLES[feature]
    match = judge(asked, record)
    assert match.score == sum(one.weight for one in match.evidence)
    assert [one.feature for one in match.evidence] == features(asked, record)


@pytest.mark.parametrize("feature", EXAMPLES)
def test_the_fast_decision_is_the_explained_one(feature: str) -> None:
    """What decide() says of a prepared pair is what judge() says with its reasons."""
    matcher, (asked, record) = Matcher(), EXAMPLES[feature]
    decision, match = matcher.decide(matcher.prepare(asked), matcher.view(record)), matcher.judge(asked, record)
    assert decision.verdict is match.verdict
    assert decision.score is None or decision == (match.verdict, match.score, match.probability)


@pytest.mark.parametrize("feature", EXAMPLES)
def test_the_sentence_reads_well(feature: str) -> None:
    """The sentence and every reason begin with a capital, end with a full stop and hold no names of the program."""
    match = judge(*EXAMPLES[feature])
    for text in (match.sentence, *(one.why for one in match.evidence)):
        assert text[0].isupper()
        assert text.endswith(".")
        assert "None" not in text
        assert "  " not in text
        assert ".." not in text
        assert not _NAME.search(text)
    assert not re.search(r"(?:, but|:) (?:A|An|The|One|Only|After|Without|Under|For) ", match.sentence)


@pytest.mark.parametrize(("feature", "meaning"), FEATURES.items())
def test_every_feature_has_a_sentence(feature: str, meaning: tuple[Agreement, str]) -> None:
    """A feature says for, against or nothing, and why; the two values may stand in it, and nothing else."""
    agreement, why = meaning
    assert agreement in set(Agreement)
    assert why.endswith(".")
    assert "{" not in why.format(left="this", right="that")


def test_values_are_shown_as_they_stand() -> None:
    """A person sees what was compared: the title with its capitals, the years, the heading."""
    match = judge(wanted(publisher="Gomer"), rivers(publishers=("Gomer Press",)))
    shown = {one.feature.partition(".")[0]: (one.left, one.right) for one in match.evidence[: len(COMPARISONS)]}
    assert shown["title"] == ("Rivers of northern Wales", "The rivers of northern Wales a field guide")
    assert shown["author"] == ("Morgan", "Morgan, Anna")
    assert shown["year"] == ("1987", "1987")
    assert shown["publisher"] == ("Gomer", "Gomer Press")


@pytest.mark.parametrize("feature", EXAMPLES)
def test_a_record_agrees_with_itself(feature: str) -> None:
    """No record disagrees with itself in anything that is compared."""
    record = EXAMPLES[feature][1]
    view = RecordView(record)
    against = [name for name in find(view, view)[: len(COMPARISONS)] if FEATURES[name].agreement is Agreement.DISAGREE]
    assert against == []
