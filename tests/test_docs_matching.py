"""docs/matching.md: its examples, points and probabilities are what the code gives, its tables leave nothing out.

What stands between ``<!-- example …``, ``<!-- points …`` or ``<!-- probabilities …`` and the next ``<!-- end -->`` is
made by this file. After a refit, ``python -m tests.test_docs_matching`` writes it anew; the prose around it is to be
read again.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Final

import pytest

from locate.citation import Citation
from locate.matching import Agreement, Evidence, Match, Matcher, MatchVerdict
from locate.matching.comparisons import COMPARISONS, FEATURES
from locate.matching.interactions import FEATURES as INTERACTIONS
from locate.matching.weights import CITATION, RECORD, VETOES
from locate.records import BibRecord, load_file

ROOT: Final = Path(__file__).parents[1]
PAGE: Final = ROOT / "docs" / "matching.md"
TEXT: Final = PAGE.read_text("utf-8")

_BLOCK = re.compile(r"(<!-- (example|points|probabilities): (.*?) -->\n).*?(<!-- end -->)", re.DOTALL)
_EXAMPLE = re.compile(r"(\w+) = ([\w.]+) (\w+) (\{.*\})", re.DOTALL)
_CODE = re.compile(r"`([^`]+)`")
_FEATURE = re.compile(r"`([a-z]+\.[a-z_]+)`")


@cache
def records(file: str) -> dict[str, BibRecord]:
    """Return the records of a sample file by control number."""
    loaded = [each.record for each in load_file(ROOT / "sample_marc" / file)]
    return {str(record.control_number): record for record in loaded if isinstance(record, BibRecord)}


def judged(words: str) -> tuple[MatchVerdict, Citation, str, BibRecord, Match]:
    """Return what an example's comment says: the verdict meant, request, place and record; and the judgement on it."""
    found = _EXAMPLE.fullmatch(words)
    assert found is not None, words
    verdict, file, number, citation = found.groups()
    wanted, record = Citation.from_mapping(json.loads(citation)), records(file)[number]
    return MatchVerdict(verdict), wanted, f"{number} of `sample_marc/{file}`", record, Matcher().judge(wanted, record)


def row(*cells: object) -> str:
    """Return one line of a table."""
    return f"| {' | '.join(str(cell).replace('|', '&#124;') for cell in cells)} |"


def example(words: str) -> list[str]:
    """Return the lines of a worked example: request, candidate, evidence that says something, verdict, sentence."""
    _, wanted, place, record, match = judged(words)
    asked = [(name, value) for name, value in wanted.to_mapping().items() if value]
    told = "; ".join(f"{name} {', '.join(value) if isinstance(value, list) else value}" for name, value in asked)
    speaking = [one for one in match.evidence if one.weight or one.verdict is not Agreement.SILENT]
    deciding = f" What would decide: {match.deciding}." if match.deciding else ""
    return [
        f"- Request: {told}",
        f"- Candidate: {record.title.shown} ({place})",
        "",
        row("evidence", "points", "asked for", "record", "meaning"),
        "|---|---:|---|---|---|",
        *(row(f"`{one.feature}`", points(one.weight), one.left, one.right, meaning(one)) for one in speaking),
        row("sum", points(match.score), "", "", ""),
        "",
        f"Verdict: **{in_words(match.verdict)}**, probability {match.probability:.2f}.{deciding}",
        "",
        f"> {match.sentence}",
    ]


def meaning(evidence: Evidence) -> str:
    """Return the sentence of a piece of evidence with the way in which it counts."""
    return f"{evidence.verdict}s: {evidence.why}" if evidence.verdict is not Agreement.SILENT else evidence.why


def points(weight: int) -> str:
    """Return points with their sign."""
    return f"{weight:+d}" if weight else "0"


def in_words(verdict: MatchVerdict) -> str:
    """Return a verdict as the page writes it."""
    return verdict.replace("_", " ")


def points_table(words: str) -> list[str]:
    """Return the lines of ``weights.txt`` for the features named, as a table."""
    text = resources.files("locate.matching").joinpath("weights.txt").read_text("utf-8")
    lines = {line.split()[0]: line.split()[1:] for line in text.splitlines() if line.partition(" ")[0] in FEATURES}
    rows = [row(f"`{name}`", *lines[name]) for name in words.split()]
    headings = ("feature", "citation", "true", "false", "record", "true", "false")
    return [row(*headings), "|---|" + "---:|" * 6, *rows]


def probabilities(words: str) -> list[str]:
    """Return the probability at each of the scores named, for citations and for records."""
    scores = [int(word) for word in words.split()]
    lines = [
        row(name, *(f"{scale.probability(score):.2f}" for score in scores))
        for name, scale in (("asked by a citation", CITATION), ("asked by a whole record", RECORD))
    ]
    return [row("score", *map(points, scores)), "|---|" + "---:|" * len(scores), *lines]


_MAKERS = {"example": example, "points": points_table, "probabilities": probabilities}


def renewed(text: str) -> str:
    """Return the page with every made part made anew."""

    def made(found: re.Match[str]) -> str:
        lines = "\n".join(_MAKERS[found[2]](found[3]))
        return f"{found[1]}\n{lines}\n\n{found[4]}"

    return _BLOCK.sub(made, text)


def table(heading: str) -> list[list[str]]:
    """Return the cells of the first table under a heading, without its head."""
    section = TEXT.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]


EXAMPLES = [found[3] for found in _BLOCK.finditer(TEXT) if found[2] == "example"]


def test_the_page_is_what_the_code_gives() -> None:
    """Examples, points and probabilities stand as the code gives them now; the command above renews them."""
    assert renewed(TEXT) == TEXT


@pytest.mark.parametrize("words", EXAMPLES, ids=[words.partition(" {")[0] for words in EXAMPLES])
def test_an_example_shows_what_it_is_for(words: str) -> None:
    """An example has the verdict that its comment names, and its printed points sum to the score."""
    verdict, _, _, _, match = judged(words)
    assert match.verdict is verdict
    printed = re.findall(r"^\| `[a-z_.]+` \| ([+-]?\d+) \|", "\n".join(example(words)), re.MULTILINE)
    assert sum(map(int, printed)) == match.score


def test_the_examples_are_of_many_kinds() -> None:
    """There are at least six examples, and they come to at least five verdicts."""
    assert len(EXAMPLES) >= 6
    assert len({judged(words)[4].verdict for words in EXAMPLES}) >= 5


def test_every_veto_is_explained() -> None:
    """The table of vetoes has each veto of the code once, with the verdict it gives."""
    listed = [
        (feature, _CODE.findall(cells[1])) for cells in table("Vetoes") for feature in _FEATURE.findall(cells[-1])
    ]
    assert sorted(listed) == sorted((feature, [str(verdict)]) for feature, verdict in VETOES.items())


def test_every_interaction_is_explained() -> None:
    """The table of named interactions has each of the code's own, once, with an example."""
    rows = [(feature, cells[1]) for cells in table("Named interactions") for feature in _FEATURE.findall(cells[0])]
    assert sorted(feature for feature, _ in rows) == sorted(INTERACTIONS)
    assert all(told for _, told in rows)


def test_every_verdict_is_explained() -> None:
    """The table of verdicts has each verdict once."""
    assert sorted(_CODE.findall(" ".join(cells[0] for cells in table("Verdicts")))) == sorted(map(str, MatchVerdict))


def test_every_kind_of_evidence_is_there() -> None:
    """The table of what is compared has a row for each family of features, named by its beginning."""
    families = {name.partition(".")[0] for one in COMPARISONS for name in one.features}
    assert {word.rstrip(".") for cells in table("What is compared") for word in _CODE.findall(cells[-1])} == families


def test_names_of_features_exist() -> None:
    """Every feature that the page names is one of the code."""
    families = {name.partition(".")[0] for name in FEATURES}
    named = {name for name in _FEATURE.findall(TEXT) if name.partition(".")[0] in families}
    assert len(named) > 50
    assert sorted(named - FEATURES.keys() - {"weights.txt"}) == []


if __name__ == "__main__":
    PAGE.write_text(renewed(TEXT), "utf-8")
