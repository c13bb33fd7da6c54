"""Compare titles: equal, equal but for typing errors, cut, without the subtitle, or another title altogether.

Both sides must be covered: "The family" is not "The family reunion". Words count by their rarity and numbers must be
the same, for "Report 3" with one key mistyped is still "Report 3". Where the record's own title does not fit, the
titles of its contents (505) and of the works that contain it are tried, to say what the record is instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rapidfuzz.distance import OSA

from locate.matching.compare.finding import Finding, agree, disagree, silent
from locate.matching.normalize import compact, is_latin, romanise, strip_article, title_words, weight, word_weight
from locate.matching.numerals import numbers_in
from locate.matching.views import CitationView, RecordView, TitleForm

__all__ = ["compare", "compare_inner"]

_CHARS_PER_TYPO: Final = 25
_MIN_CUT: Final = 30
_COVERED: Final = 0.85
_MOSTLY: Final = 0.7
_TELLING: Final = 1.5
_HOST_TAGS: Final = frozenset(["773", "774", "800", "810", "811", "830", "760", "762"])
_SERIAL_TAGS: Final = frozenset(["780", "785"])


def compare(citation: CitationView, record: RecordView) -> Finding:
    """Compare the citation's title with every form of the record's own title; the best form counts."""
    left, right = citation.citation.title or "", record.record.title.full
    wanted = citation.title
    if wanted is None:
        return silent("title.silent", "", right, "The request gives no title.")
    forms = record.title_forms
    if not forms:
        return silent("title.silent", left, "", "The record has no title.")
    if not any(is_latin(form.key) == is_latin(wanted.key) for form in forms):
        forms = tuple(TitleForm.of(form.kind, tuple(romanise(" ".join(form.words)).split())) for form in forms)
        wanted = citation.romanised_title or wanted
    return (
        _by_letters(wanted, forms, left, right)
        or _by_beginning(citation, wanted, forms, left, right)
        or _by_words(wanted, record, left, right)
    )


def _by_letters(wanted: TitleForm, forms: Sequence[TitleForm], left: str, right: str) -> Finding | None:
    best: tuple[int, int] | None = None
    for rank, form in enumerate(forms):
        distance = _distance(wanted, form)
        if distance is not None and (best is None or (distance, rank) < best):
            best = (distance, rank)
    if best is None:
        return None
    distance, kind = best[0], forms[best[1]].kind
    if kind == "head":
        return agree("title.head", left, right, "The title is the record's up to its first comma or stop.")
    if kind == "variant":
        return agree("title.variant", left, right, "The title is one of the record's variant titles.")
    if distance:
        return agree("title.near", left, right, "The titles are the same but for typing errors.")
    if kind == "proper":
        return agree("title.proper", left, right, "The title proper is the same; the request leaves the subtitle out.")
    return agree("title.equal", left, right, "The titles are the same.")


def _distance(wanted: TitleForm, form: TitleForm) -> int | None:
    """Return the number of typing errors between two keys, or None when there are too many or a number differs."""
    if wanted.key == form.key:
        return 0
    shorter = min(len(wanted.key), len(form.key))
    if shorter < 4 or not _numbers_agree(wanted.numbers, form.numbers):
        return None
    limit = 1 + shorter // _CHARS_PER_TYPO
    distance = OSA.distance(wanted.key, form.key, score_cutoff=limit)
    return distance if distance <= limit else None


def _numbers_agree(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Say whether the numbers are the same but for evident slips: a digit lost, a letter in it, two turned."""
    mine, others = ours - theirs, theirs - ours
    return len(mine) == len(others) and all(any(_slip(one, other) for other in others) for one in mine)


def _slip(one: str, other: str) -> bool:
    if max(len(one), len(other)) < 4 or OSA.distance(one, other, score_cutoff=1) > 1:
        return False
    return len(one) != len(other) or one.isdigit() != other.isdigit() or sorted(one) == sorted(other)


def _by_beginning(
    citation: CitationView, wanted: TitleForm, forms: Sequence[TitleForm], left: str, right: str
) -> Finding | None:
    """Take a long citation title for the beginning of a longer title: forms cut what patrons type."""
    length = len(wanted.key)
    if length < _MIN_CUT:
        return None
    limit = 1 + length // _CHARS_PER_TYPO
    for form in forms:
        if len(form.key) <= length:
            continue
        start = form.key[:length]
        if OSA.distance(wanted.key, start, score_cutoff=limit) > limit:
            continue
        whole = wanted.words if not citation.maybe_cut else wanted.words[:-1]
        if not numbers_in(whole) <= form.numbers:
            continue
        if citation.maybe_cut:
            return agree("title.cut", left, right, "The title is the beginning of the record's title.")
        return agree("title.begins", left, right, "The title is the beginning of the record's longer title.")
    return None


def _by_words(  # noqa: PLR0911 - one return for each outcome
    wanted: TitleForm, record: RecordView, left: str, right: str
) -> Finding:
    full, core = record.full, record.core
    lost = unmatched(wanted.words, full.words)
    missing = unmatched(full.words, wanted.words)
    covered = 1 - weight(lost) / (weight(wanted.words) or 1)
    covers = 1 - weight(missing) / (weight(full.words) or 1)
    missing_core = unmatched(core.words, wanted.words)
    covers_core = 1 - weight(missing_core) / (weight(core.words) or 1)
    ours, theirs = numbers_in(lost), numbers_in(missing)
    if ours and theirs and not _numbers_agree(ours, theirs) and covered + covers > 1:
        return disagree("title.numbers", left, right, "The titles differ in a number.")
    mostly = covered >= _MOSTLY and covers_core >= _MOSTLY
    if mostly and weight(lost) >= 1 and weight(missing_core) >= 1:
        return disagree("title.swapped", left, right, "The titles differ in a telling word.")
    if covered >= _COVERED and covers >= _COVERED:
        return agree("title.words", left, right, "The titles have nearly the same words.")
    if covered >= _COVERED and covers_core >= _COVERED:
        return agree("title.words", left, right, "The request has the words of the title proper and part of the rest.")
    telling = weight(core.words) >= _TELLING
    if telling and covers_core >= _COVERED and wanted.words[: len(record.proper.words)] == record.proper.words:
        if record.remainder or record.record.title.parts:
            return disagree("title.subtitle", left, right, "The title proper agrees, but the rest differs.")
        return agree("title.longer", left, right, "The request's title goes on where the record's title ends.")
    if covered >= _MOSTLY and max(covers, covers_core) >= _MOSTLY:
        return agree("title.similar", left, right, "The titles are similar.")
    if covered >= _COVERED or covers >= _COVERED:
        return disagree("title.contained", left, right, "One title is only a part of the other's words.")
    return disagree("title.conflict", left, right, "The titles are different.")


def unmatched(words: Sequence[str], others: Sequence[str]) -> list[str]:
    """Return those of ``words`` that ``others`` lack, even with a typing error or a lost blank."""
    known = set(others)
    joined = compact(others)
    return [word for word in words if word not in known and not _nearly(word, known, joined)]


def _nearly(word: str, known: set[str], joined: str) -> bool:
    if len(word) < 4 or any(char.isdigit() for char in word):
        return False
    if len(word) > 5 and word in joined:
        return True
    limit = 1 if len(word) < 9 else 2
    return any(
        abs(len(word) - len(other)) <= limit and OSA.distance(word, other, score_cutoff=limit) <= limit
        for other in known
        if len(other) > 2
    )


def compare_inner(citation: CitationView, record: RecordView) -> Finding | None:
    """Look for the title among the record's contents (505) and linked titles; None when it is not there either."""
    wanted = citation.title
    if wanted is None or sum(map(word_weight, wanted.words)) < 1:
        return None
    left = citation.citation.title or ""
    for text in record.record.contents:
        if _is_beginning(wanted.words, title_words(text)):
            return disagree("title.contents", left, text, "The title is only one of the works listed in the contents.")
    for linked in record.record.linked:
        if linked.title and _is_beginning(wanted.words, title_words(linked.title)):
            if linked.tag in _HOST_TAGS:
                why = "The title is that of the host or series, of which the record is a part."
                return disagree("title.host", left, linked.title, why)
            if linked.tag in _SERIAL_TAGS:
                why = "The title is the earlier or later title of this serial."
                return disagree("title.other_serial", left, linked.title, why)
    return None


def _is_beginning(wanted: Sequence[str], words: Sequence[str]) -> bool:
    start = compact(strip_article(words))[: len(compact(wanted)) + 2]
    key = compact(wanted)
    limit = len(key) // _CHARS_PER_TYPO
    return min(OSA.distance(key, start[: len(key) + more]) for more in (0, 1)) <= limit
