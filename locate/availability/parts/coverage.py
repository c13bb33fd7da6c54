"""Does a library hold the part that is wanted? A volume, issue, year and pages against statements of holdings.

Decides by the statements alone: every level that is wanted and that the text speaks of must agree; what the text does
not speak of, or speaks of doubtfully, cannot be told. A part is surely not held only where the whole text was read and
excludes it. It knows no record, no clock and no copy's status. Raises nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from locate.availability.parts.asked import Asked, read_asked
from locate.availability.parts.fitting import Answer, Target, judge
from locate.availability.parts.statements import Segment, Statement, read_statement
from locate.citation import Citation, DocumentType, Intent
from locate.matching.normalize import fold

__all__ = ["Fit", "Fitting", "PartWanted", "fit_text", "fit_texts", "part_wanted"]


@dataclass(frozen=True, slots=True)
class PartWanted:
    """The part of a serial or of a set that a request asks for; "" and None mean that it names no such level.

    Texts are as the request gives them: "12", "XII", "Bd. 4", "12-13" (all of them), "Suppl. 2"; pages "101-110".
    """

    volume: str = ""
    issue: str = ""
    year: int | None = None
    pages: str = ""
    intent: Intent = Intent.ANY

    @property
    def narrows(self) -> bool:
        """True when not just any copy will do: a part, or the whole set."""
        return self.names_a_part or self.intent is Intent.WHOLE

    @property
    def names_a_part(self) -> bool:
        """True when a volume, an issue or a year is asked for; pages alone say no part."""
        return bool(self.volume or self.issue or self.year is not None)


class Fit(StrEnum):
    """Whether statements of holdings cover the part that is wanted."""

    FITS = "fits"
    DOES_NOT_FIT = "does_not_fit"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Fitting:
    """The answer, ``text``, the piece of the record's own text that decided ("" for none), and ``why``, a sentence."""

    fit: Fit
    text: str = ""
    why: str = ""


def part_wanted(citation: Citation, *, is_serial: bool, intent: Intent | None = None) -> PartWanted:
    """Return the part that ``citation`` asks for; ``is_serial`` says what the record found is.

    A year is a part of a serial, and of what an article stands in; for a book only the volume is. ``intent`` None is
    VOLUME where a part is named or an article is wanted, else ANY.
    """
    article = citation.type is DocumentType.ARTICLE
    serial = article or is_serial or citation.type is DocumentType.SERIAL
    part = PartWanted(
        volume=(citation.volume or "").strip(),
        issue=(citation.issue or "").strip() if serial else "",
        year=citation.year if serial else None,
        pages=(citation.pages or "").strip() if serial else "",
    )
    if intent is None:
        intent = Intent.VOLUME if article or part.names_a_part else Intent.ANY
    return PartWanted(part.volume, part.issue, part.year, part.pages, intent)


def fit_text(wanted: PartWanted, text: str) -> Fitting:
    """Compare one enumeration with chronology, or one statement, with what is wanted."""
    return fit_texts(wanted, (text,))


def fit_texts(wanted: PartWanted, statements: Iterable[str | Statement]) -> Fitting:
    """Compare the statements of one library, together, with what is wanted. Blank texts count as none.

    FITS where any statement holds each wanted part, DOES_NOT_FIT where one wanted part is surely in none of them.
    """
    if wanted.intent is Intent.ANY and not wanted.names_a_part:
        return Fitting(Fit.FITS, why="The request asks for no part, so any copy will do.")
    read = [read_statement(each) if isinstance(each, str) else each for each in statements]
    read = [each for each in read if each.text.strip()]
    if not read:
        return Fitting(Fit.CANNOT_TELL, why="The record does not say which parts are held.")
    if wanted.intent is Intent.WHOLE:
        return _fit_whole(read)
    if not wanted.names_a_part:
        return Fitting(Fit.CANNOT_TELL, why="The request names no volume, issue or year.")
    return _fit_part(read_asked(wanted.volume, wanted.issue, wanted.year, wanted.pages), read)


def _fit_part(asked: Asked, read: Sequence[Statement]) -> Fitting:
    """Compare every part that is asked for; all of them must be held."""
    if asked.name or not asked.targets:
        return _fit_name(asked, read)
    found = [_fit_target(asked, target, read) for target in asked.targets]
    for fit in (Fit.DOES_NOT_FIT, Fit.CANNOT_TELL):
        for each in found:
            if each.fit is fit:
                return each
    return found[0] if len(found) == 1 else _all_held(asked, found)


_HELD: Final = {
    Answer.YES: "{part} is held: {text}.",
    Answer.PARTLY: "{part} is held, perhaps not all of it: {text}.",
    Answer.BY_YEAR: "{year} is held; the year alone decides, for the text counts nothing else of the request: {text}.",
}
_OPEN: Final = {
    Answer.MARKED: "{part} lies in what the text says, but the text is not sure of it: {text}.",
    Answer.EMBARGO: "The newest years are not to be had yet, and {part} may be among them: {text}.",
    Answer.CONFLICT: "The text agrees with one part of the request and not with another ({part}): {text}.",
    Answer.SERIES: "The text counts more than one series and the request names none: {text}.",
    Answer.UNSURE: "The text does not bound {part} on both sides: {text}.",
    Answer.SILENT: "The text does not count what is asked for ({part}): {text}.",
}


def _fit_target(asked: Asked, target: Target, read: Sequence[Statement]) -> Fitting:
    """Compare one volume and issue with all statements."""
    found: dict[Answer, str] = {}
    sure = True
    for statement in read:
        answers = _answers(target, statement)
        sure = sure and statement.understood and bool(answers) and all(answer is Answer.NO for answer, _ in answers)
        for answer, text in answers:
            found.setdefault(answer, text)
    part = asked.named(target)
    for answer, sentence in (_HELD | _OPEN).items():
        if answer in found:
            shown = _upper(part) if sentence.startswith("{part}") else part
            why = sentence.format(part=shown, text=_quoted(found[answer]), year=target.year)
            return Fitting(Fit.FITS if answer in _HELD else Fit.CANNOT_TELL, found[answer], why)
    text = _said(read)
    if sure:
        return Fitting(Fit.DOES_NOT_FIT, text, f"{_upper(part)} is not among what is held: {_quoted(text)}.")
    return Fitting(Fit.CANNOT_TELL, text, f"Not all of the text could be read, so {part} may be held: {_quoted(text)}.")


def _answers(target: Target, statement: Statement) -> list[tuple[Answer, str]]:
    """Return what each segment says; what the text says is not held weighs against the others."""
    answers = []
    for segment in statement.segments:
        answer = judge(target, segment)
        if segment.absent:
            if answer in {Answer.YES, Answer.BY_YEAR}:
                return [(Answer.NO, segment.text)]
            if answer is not Answer.NO:
                return [(Answer.MARKED, statement.text.strip())]
            continue
        answers.append((answer, segment.text))
    return answers


def _fit_name(asked: Asked, read: Sequence[Statement]) -> Fitting:
    """Compare a volume that is no number ("A", "Suppl. 2") with the whole pieces of the texts, folded."""
    wanted = {_words(asked.name), _bare(_words(asked.name))}
    for statement in read:
        for piece in statement.text.replace(";", ",").split(","):
            if asked.name and not wanted.isdisjoint({_words(piece), _bare(_words(piece))}):
                return Fitting(Fit.FITS, piece.strip(), f"The text names {asked.name!r} as the request does.")
    text = _said(read)
    why = f"{asked.name!r} is no number, and the text does not name it: {_quoted(text)}."
    return Fitting(Fit.CANNOT_TELL, text, why if asked.name else "The request asks for too many parts to compare.")


def _words(text: str) -> str:
    """Return the words of a short text, each folded; initials stay apart ("v.A" is "v a")."""
    return " ".join(fold(word) for word in _WORD.findall(text[:200]))


def _bare(folded: str) -> str:
    """Return a folded name without the caption before it ("v a" as "a")."""
    caption, _, rest = folded.partition(" ")
    return rest if rest and caption in _VOLUME_CAPTIONS else folded


_WORD: Final = re.compile(r"\w+")
_VOLUME_CAPTIONS: Final = frozenset({"v", "vol", "volume", "bd", "band", "t", "tome", "tomo", "pt", "part", "teil"})


def _all_held(asked: Asked, found: Sequence[Fitting]) -> Fitting:
    texts = "; ".join(dict.fromkeys(each.text for each in found))
    return Fitting(Fit.FITS, texts, f"{_upper(asked.all_named())} are held: {_quoted(texts)}.")


def _fit_whole(read: Sequence[Statement]) -> Fitting:
    """Judge whether the whole set is held: one piece is not; from the first volume without a gap it is."""
    segments = [segment for each in read for segment in each.segments if not segment.extra and not segment.alternative]
    text = _said(read)
    understood = all(statement.understood for statement in read)
    if len(segments) == 1 and understood:
        (only,) = segments
        if _is_one_piece(only):
            return Fitting(Fit.DOES_NOT_FIT, text, f"One piece of a set, and the whole set is wanted: {_quoted(text)}.")
        if _is_whole(only):
            return Fitting(Fit.FITS, text, f"Held from the first volume without a gap: {_quoted(text)}.")
    return Fitting(Fit.CANNOT_TELL, text, f"The text does not say that the whole set is held: {_quoted(text)}.")


def _is_one_piece(segment: Segment) -> bool:
    volume, issue = segment.first.volume, segment.first.issue
    counted = volume or issue
    same = (segment.last.volume, segment.last.issue) == (volume, issue)
    return bool(counted and same and counted.first == counted.last and not segment.open_end)


def _is_whole(segment: Segment) -> bool:
    first, last = segment.first, segment.last
    top = first.volume or first.issue
    begins = top is not None and top.first == 1 and not (first.volume and first.issue and first.issue.first > 1)
    bounded = segment.open_end or last.volume is not None or last.issue is not None
    plain = not (segment.uncertain or segment.absent or segment.open_start or segment.sure_until is not None)
    return bool(begins and bounded and plain and not first.series and not last.series)


def _said(read: Sequence[Statement], limit: int = 400) -> str:
    """Return the texts of all statements, each once, cut after ``limit`` characters."""
    text = "; ".join(dict.fromkeys(statement.text.strip() for statement in read))
    return text if len(text) <= limit else f"{text[:limit]}..."


def _quoted(text: str, limit: int = 160) -> str:
    shown = " ".join(text[: 2 * limit].split())
    return f'"{shown}"' if len(shown) <= limit and len(text) <= 2 * limit else f'"{shown[:limit]}..."'


def _upper(part: str) -> str:
    return part[:1].upper() + part[1:]
