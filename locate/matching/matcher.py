"""Judge whether a candidate is the item that was asked for: the one table of features, weights and vetoes.

Every comparison becomes a piece of evidence; the score is the sum of their weights and nothing else. A veto names
what the candidate is instead. What the citation cannot decide is answered "insufficient", never guessed. Nothing
here reads a socket, a clock or a file, and nothing here raises for any citation or record.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from locate.citation import Citation
from locate.matching.compare import dates, editions, formats, identifiers, kinds, names, parts, publishers, titles
from locate.matching.compare.finding import Finding, agree, disagree
from locate.matching.evidence import Agreement, Evidence, Match, MatchVerdict
from locate.matching.normalize import weight
from locate.matching.sentences import sentence
from locate.matching.views import CitationView, RecordView
from locate.records.bib import BibRecord

__all__ = ["DEFAULT", "POINTS", "VETOES", "Matcher", "Weights"]

POINTS: Final[Mapping[str, int]] = MappingProxyType(
    {
        # title
        "title.equal": 54,
        "title.near": 52,
        "title.proper": 52,
        "title.variant": 30,
        "title.cut": 34,
        "title.begins": 36,
        "title.words": 36,
        "title.head": 32,
        "title.longer": 30,
        "title.similar": 12,
        "title.subtitle": -10,
        "title.numbers": -30,
        "title.swapped": -30,
        "title.contained": -20,
        "title.conflict": -64,
        "title.contents": -40,
        "title.host": -40,
        "title.other_serial": -40,
        # author
        "author.full": 34,
        "author.surname": 26,
        "author.added": 24,
        "author.body": 10,
        "author.corporate": 6,
        "author.unnamed": -4,
        "author.other_body": -20,
        "author.conflict": -48,
        # year
        "year.equal": 28,
        "year.off_by_one": 2,
        "year.off_by_two": -40,
        "year.conflict": -45,
        "year.original": -45,
        "year.later_printing": -45,
        "year.not_a_slip": -44,
        "year.reprint": 30,
        # edition, part
        "edition.equal": 14,
        "edition.one_sided": -12,
        "edition.conflict": -45,
        "part.equal": 10,
        "part.record_only": -30,
        "part.citation_only": -20,
        "part.whole_set": -30,
        "part.number_conflict": -60,
        "part.name_conflict": -60,
        # numbers
        "isbn.equal": 40,
        "isbn.cancelled": 10,
        "isbn.other_format": 5,
        "isbn.part": -30,
        "isbn.other_edition": -20,
        "isbn.of_set": -30,
        "isbn.of_volume": -30,
        "isbn.conflict": -4,
        "issn.equal": 40,
        "issn.weak": 15,
        "issn.other_format": 5,
        "issn.part": -30,
        "issn.other_serial": -50,
        "issn.other_edition": -30,
        "issn.conflict": -20,
        "lccn.equal": 60,
        "lccn.cancelled": 20,
        "lccn.conflict": -10,
        "control.equal": 65,
        "control.other_format": 0,
        "control.part": -60,
        "control.other_serial": -60,
        "control.other_edition": -40,
        "control.conflict": -10,
        # kind, carrier, language
        "type.equal": 6,
        "type.book_serial": -15,
        "type.conflict": -40,
        "format.equal": 8,
        "format.conflict": -100,
        "language.equal": 4,
        "language.conflict": -50,
        "publisher.equal": 6,
        "publisher.conflict": -3,
        "pages.equal": 8,
        "pages.conflict": -6,
        # interactions
        "number.with_format": 20,
        "number.other_format": -40,
        "title.short": -12,
    }
)
"""The points of every feature; a feature that is not here (every ``….silent``) adds nothing."""

VETOES: Final[Mapping[str, MatchVerdict]] = MappingProxyType(
    {
        "title.contents": MatchVerdict.PART_OR_WHOLE,
        "title.numbers": MatchVerdict.PART_OR_WHOLE,
        "title.host": MatchVerdict.PART_OR_WHOLE,
        "title.other_serial": MatchVerdict.DIFFERENT,
        "control.part": MatchVerdict.PART_OR_WHOLE,
        "isbn.part": MatchVerdict.PART_OR_WHOLE,
        "issn.part": MatchVerdict.PART_OR_WHOLE,
        "control.other_serial": MatchVerdict.DIFFERENT,
        "issn.other_serial": MatchVerdict.DIFFERENT,
        "part.number_conflict": MatchVerdict.PART_OR_WHOLE,
        "part.name_conflict": MatchVerdict.PART_OR_WHOLE,
        "part.whole_set": MatchVerdict.PART_OR_WHOLE,
        "part.record_only": MatchVerdict.PART_OR_WHOLE,
        "isbn.of_set": MatchVerdict.PART_OR_WHOLE,
        "isbn.of_volume": MatchVerdict.PART_OR_WHOLE,
        "format.conflict": MatchVerdict.OTHER_FORMAT,
        "number.other_format": MatchVerdict.OTHER_FORMAT,
        "type.conflict": MatchVerdict.DIFFERENT,
        "language.conflict": MatchVerdict.OTHER_EDITION,
        "edition.conflict": MatchVerdict.OTHER_EDITION,
        "control.other_edition": MatchVerdict.OTHER_EDITION,
        "isbn.other_edition": MatchVerdict.OTHER_EDITION,
        "year.conflict": MatchVerdict.OTHER_EDITION,
        "year.off_by_two": MatchVerdict.OTHER_EDITION,
        "year.original": MatchVerdict.OTHER_EDITION,
        "year.later_printing": MatchVerdict.OTHER_EDITION,
    }
)
"""The features that forbid ``same``, the strongest first, and what the candidate is instead."""

_NUMBERS_EQUAL: Final = frozenset(["isbn.equal", "issn.equal", "lccn.equal", "control.equal"])
_OTHER_FORMAT_NUMBERS: Final = frozenset(["isbn.other_format", "issn.other_format", "control.other_format"])
_OTHER_YEAR: Final = frozenset(["year.conflict", "year.off_by_two", "year.original"])
_PERSONS: Final = frozenset(["author.full", "author.surname", "author.added"])
_SHORT_TITLE: Final = 1.5
_OTHER_TITLE: Final = frozenset(["title.conflict", "title.contained"])

_COMPARISONS: Final[tuple[Callable[[CitationView, RecordView], Finding], ...]] = (
    titles.compare,
    names.compare,
    dates.compare,
    editions.compare,
    formats.compare,
    parts.compare,
    identifiers.compare_isbn,
    identifiers.compare_issn,
    identifiers.compare_lccn,
    identifiers.compare_control_numbers,
    kinds.compare_type,
    kinds.compare_language,
    publishers.compare_publisher,
    publishers.compare_pages,
)


@dataclass(frozen=True, slots=True)
class Weights:
    """The numbers a verdict hangs on.

    ``points`` per feature; ``accept`` the score from which a candidate without veto is the same; ``doubt`` the score
    from which one that is not accepted is worth a person's look ("insufficient"). ``ask_format`` True answers
    "insufficient" when the request asks for no format and the record says that another one exists (776): stricter,
    and right where print, online and microform stand side by side.
    """

    points: Mapping[str, int] = field(default_factory=lambda: POINTS)
    accept: int = 60
    doubt: int = 34
    ask_format: bool = False


DEFAULT: Final = Weights()


class Matcher:
    """Judges candidates by a table of weights. Has no state but that table, and may be shared between threads."""

    def __init__(self, weights: Weights = DEFAULT) -> None:
        self._weights = weights

    def prepare(self, citation: Citation) -> CitationView:
        """Return the citation with its normalised forms, to be judged against many records."""
        return CitationView(citation)

    def judge(self, citation: Citation | CitationView, record: BibRecord) -> Match:
        """Return the verdict on ``record``, its score (the sum of the evidence's weights), evidence and sentence."""
        view = citation if isinstance(citation, CitationView) else CitationView(citation)
        findings = _findings(view, RecordView(record))
        if self._weights.ask_format and (open_format := formats.compare_siblings(view, record)):
            findings.append(open_format)
        evidence = tuple(self._weigh(finding) for finding in findings)
        score = sum(one.weight for one in evidence)
        verdict = self._decide(view, evidence, score)
        return Match(verdict, score, evidence, sentence(verdict, view, evidence))

    def _weigh(self, finding: Finding) -> Evidence:
        points = self._weights.points.get(finding.feature, 0)
        return Evidence(finding.feature, finding.verdict, points, finding.left, finding.right, finding.why)

    def _decide(self, view: CitationView, evidence: tuple[Evidence, ...], score: int) -> MatchVerdict:
        by_feature = {one.feature: one for one in evidence}
        vetoes = [feature for feature in VETOES if feature in by_feature]
        if by_feature.keys() & {"year.reprint", "control.equal"}:
            vetoes = [feature for feature in vetoes if feature not in _OTHER_YEAR]
        if vetoes:
            rest = score - sum(by_feature[feature].weight for feature in vetoes)
            near = rest >= self._weights.doubt or not by_feature.keys() & _OTHER_TITLE
            told = vetoes[0].startswith(("title.", "control.", "isbn.", "issn."))
            return VETOES[vetoes[0]] if told or (near and rest > 0) else MatchVerdict.DIFFERENT
        if score >= self._weights.accept:
            undecided = _undecided(view, evidence) or "format.not_said" in by_feature
            return MatchVerdict.INSUFFICIENT if undecided else MatchVerdict.SAME
        return MatchVerdict.INSUFFICIENT if score >= self._weights.doubt else MatchVerdict.DIFFERENT


def _findings(citation: CitationView, record: RecordView) -> list[Finding]:
    found = [compare(citation, record) for compare in _COMPARISONS]
    if found[0].feature in _OTHER_TITLE and (inner := titles.compare_inner(citation, record)):
        found.append(inner)
    return found + _interactions({one.feature for one in found}, citation, record)


def _interactions(features: set[str], citation: CitationView, record: RecordView) -> list[Finding]:
    """Return the findings that only two features together can give."""
    found: list[Finding] = []
    if features & _OTHER_YEAR and {"publisher.equal", "pages.equal"} <= features:
        found.append(agree("year.reprint", "", "", "Publisher and pages agree, so this is a reprint of the same."))
    if "year.off_by_one" in features:
        found += _one_year(features, citation, record)
    if "title.silent" in features and "format.equal" in features and features & _NUMBERS_EQUAL:
        found.append(agree("number.with_format", "", "", "The request gives only a number and a format; both agree."))
    if citation.title and len(citation.title.words) == 1 and "title.equal" in features:
        found.append(disagree("title.short", "", "", "A title of one word tells little."))
    asked = citation.citation.format is not None and "format.equal" not in features
    if asked and features & _OTHER_FORMAT_NUMBERS:
        why = "The number is that of another format, and the record does not show the one that is asked for."
        found.append(disagree("number.other_format", "", "", why))
    return found


def _one_year(features: set[str], citation: CitationView, record: RecordView) -> list[Finding]:
    """Judge a year that is off by one: a slip, a later printing, or the next issue of something like a serial."""
    left, right = str(citation.citation.year), record.record.edition
    if editions.says_reprint(right) and not editions.says_reprint(citation.citation.edition or ""):
        return [disagree("year.later_printing", left, right, "The record is for a later printing.")]
    if features & _NUMBERS_EQUAL or "edition.equal" in features:
        return []
    if not features & _PERSONS:
        return [disagree("year.not_a_slip", left, "", "Without a personal author, the next year may be another issue.")]
    if citation.title and weight(citation.title.words) < _SHORT_TITLE:
        return [disagree("year.not_a_slip", left, "", "Under a short title, the next year may be another issue.")]
    return []


def _undecided(view: CitationView, evidence: tuple[Evidence, ...]) -> bool:
    """Say whether too few kinds of evidence agree: a title alone decides nothing, and a generic one ("Annual report")
    needs author and year, or a number.
    """
    if view.title is None or any(one.feature in _NUMBERS_EQUAL for one in evidence):
        return False
    agreed = {one.feature.partition(".")[0] for one in evidence if one.verdict is Agreement.AGREE}
    return not {"author", "year"} <= agreed if view.generic else not agreed & {"author", "year", "edition", "publisher"}
