"""Compare titles: equal, equal but for typing errors, cut, without the subtitle, or another title altogether.

Both sides must be covered: "The family" is not "The family reunion". Words count by their rarity and numbers must be
the same, for "Report 3" with one key mistyped is still "Report 3". Where the record's own title does not fit, the
titles of its contents (505) and of the works that contain it are tried, to say what the record is instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from rapidfuzz.distance import OSA, Levenshtein
from rapidfuzz.process import extractOne

from locate.matching.compare.feature import agrees, disagrees, silent
from locate.matching.normalize import compact, strip_article, title_words
from locate.matching.numerals import numbers_in
from locate.matching.rarity import is_listed, rarity
from locate.matching.title_form import TitleForm
from locate.matching.views import CitationView, RecordView, View

__all__ = ["FEATURES", "compare", "compare_inner", "cut_before", "shown", "unmatched"]

FEATURES: Final = {
    "title.silent": silent("The title is not known on both sides."),
    "title.equal": agrees("The titles are the same."),
    "title.near": agrees("The titles are the same but for typing errors."),
    "title.proper": agrees("The title proper is the same; the other title information is left out."),
    "title.proper_near": agrees(
        "The title proper is the same but for typing errors; other title information is left out."
    ),
    "title.variant": agrees("The title is one of the record's variant titles."),
    "title.other_words": disagrees("The title is a variant title with other words than the record's own title."),
    "title.head": agrees("The title is the record's up to its first comma or stop."),
    "title.cut": agrees("The title is the beginning of the record's title, which was cut."),
    "title.begins": agrees("The title is the beginning of the record's longer title."),
    "title.begins_short": agrees("The title is the beginning of the record's longer title, but short."),
    "title.longer": agrees("The title goes on where the record's title ends."),
    "title.words": agrees("The titles have nearly the same words."),
    "title.words_proper": agrees("The words of the title proper are there, and part of the rest."),
    "title.similar": agrees("The titles are similar."),
    "title.more": agrees("The title has a telling word more than the record's."),
    "title.less": agrees("The record's title has a telling word more."),
    "title.subtitle": agrees("The title proper agrees, but the rest differs."),
    "title.inside": disagrees("The title stands inside a longer title, as one of several works would."),
    "title.other_rest": disagrees("After the title proper, a few other words follow."),
    "title.swapped": disagrees("The titles differ in a telling word or number."),
    "title.contained": agrees("One title is only a part of the other's words."),
    "title.conflict": disagrees("The titles are different."),
    "title.contents": disagrees("The title is only one of the works listed in the contents."),
    "title.host": disagrees("The title is that of the host or series, of which the record is a part."),
    "title.other_serial": disagrees("The title is the earlier or later title of this serial."),
}
_BY_KIND: Final = {
    "full": "title.equal",
    "subtitle": "title.proper",
    "parts": "title.proper",
    "part_names": "title.proper",
    "proper": "title.proper",
    "unbracketed": "title.proper",
    "head": "title.head",
    "variant": "title.variant",
}
_POOR: Final = frozenset(["title.conflict", "title.contained", "title.swapped", "title.more", "title.similar"])
_CHARS_PER_TYPO: Final = 20
_MIN_CUT: Final = 30
_ROOM: Final = 56  # of 60 characters, less what punctuation and a leading article took
_COVERED: Final = 0.85
_MOSTLY: Final = 0.7
_FEW_WORDS: Final = 3
_COMMON_BY_CHANCE: Final = 0.1
_COMMON_AT_LEAST: Final = 0.3
_COMMON_SHARE: Final = 0.4
_HALF: Final = 0.5
_WORD: Final = 0.4
_TELLING: Final = 1.5
_SHORTEST_KEY: Final = 4
_LONGEST_SLIP: Final = 3
_LONG_WORD: Final = 5
_TWO_SLIPS: Final = 7
_HOST_TAGS: Final = frozenset(["773", "774", "800", "810", "811", "830", "760", "762"])
_SERIAL_TAGS: Final = frozenset(["780", "785"])


def compare(wanted: View, record: RecordView) -> str:
    """Compare the wanted title with every form of the record's own title; the best form counts."""
    ours, theirs = wanted.full, record.full
    if ours is None or theirs is None:
        return "title.silent"
    same = record.by_key.get(ours.key) or (wanted.by_key.get(theirs.key) if wanted.is_record else None)
    if same is not None:
        return _variant(same, theirs) if same.kind == "variant" else _BY_KIND[same.kind]
    if ours.latin != theirs.latin and wanted.romanised and record.romanised:
        ours, theirs = wanted.romanised, record.romanised
        if ours.key == theirs.key:
            return "title.equal"
    elif _nothing_common(ours, theirs, wanted, record):
        return "title.conflict"
    found = _by_letters(ours, theirs, wanted, record) or _by_words(ours, theirs, record)
    if found in _POOR and isinstance(wanted, CitationView):
        for other in wanted.other_keys:
            same = record.by_key.get(other.key)
            found = _BY_KIND[same.kind] if same else _by_letters(other, theirs, wanted, record) or found
    return found


def _nothing_common(ours: TitleForm, theirs: TitleForm, wanted: View, record: RecordView) -> bool:
    """Say whether two titles of several words have none in common, in whatever form: typing errors spare some."""
    if min(len(ours.words), len(theirs.words)) <= _FEW_WORDS:
        return False
    common = ours.telling(ours.known & record.vocabulary)
    if wanted.is_record:
        common += theirs.telling(theirs.known & wanted.vocabulary)
    return common < _COMMON_BY_CHANCE * min(ours.total, theirs.total)


def _by_letters(ours: TitleForm, theirs: TitleForm, wanted: View, record: RecordView) -> str | None:
    if _near(ours, theirs):
        return "title.near"
    for form in record.forms:
        if form.kind != "full" and _near(ours, form):
            return "title.proper_near" if form.kind not in {"variant", "head"} else _variant(form, theirs)
    if wanted.is_record:
        for form in wanted.forms:
            if form.kind not in {"full", "variant", "head"} and _near(form, theirs):
                return "title.proper_near"
    return _by_beginning(ours, record.forms, wanted)


def _variant(form: TitleForm, theirs: TitleForm) -> str:
    """Tell a variant of the record's title from one with other words altogether: that in another language."""
    common = form.telling(form.known & theirs.known)
    return "title.variant" if common >= _COMMON_SHARE * form.total else "title.other_words"


def _near(one: TitleForm, other: TitleForm) -> bool:
    """Say whether two titles are the same but for typing errors."""
    shorter = min(len(one.key), len(other.key))
    limit = 1 + shorter // _CHARS_PER_TYPO
    if shorter < _SHORTEST_KEY or abs(len(one.key) - len(other.key)) > limit:
        return False
    if not _differ_by_slips(one.key, other.key, limit):
        return False
    if one.numbers != other.numbers and not _numbers_agree(one.numbers, other.numbers):
        return False
    return not any(
        _are_two_words(word, another) for word in one.known - other.known for another in other.known - one.known
    )


def _are_two_words(word: str, other: str) -> bool:
    """Say whether two words are both common, and so no slips of each other: "northern", "southern"; plurals aside."""
    if word.startswith(other) or other.startswith(word):
        return False
    return min(rarity(word), rarity(other)) >= _WORD and is_listed(word) and is_listed(other)


def _differ_by_slips(one: str, other: str, limit: int) -> bool:
    """Say whether two keys differ in at most ``limit`` characters, and nowhere in a long stretch."""
    distance = OSA.distance(one, other, score_cutoff=limit)
    return distance <= limit and (distance <= _LONGEST_SLIP or _longest_edit(one, other) <= _LONGEST_SLIP)


def _longest_edit(one: str, other: str) -> int:
    """Return the length of the longest stretch in which two keys differ; errors of typing are spread, not in a row."""
    longest = length = end = 0
    for edit in Levenshtein.opcodes(one, other):
        if edit.tag == "equal":
            continue
        size = max(edit.src_end - edit.src_start, edit.dest_end - edit.dest_start)
        length = length + size if end and edit.src_start - end <= 1 else size
        end = edit.src_end
        longest = max(longest, length)
    return longest


def _numbers_agree(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Say whether the numbers are the same but for evident slips: a digit lost, a letter in it, two turned."""
    mine, others = ours - theirs, theirs - ours
    return len(mine) == len(others) and all(any(_slip(one, other) for other in others) for one in mine)


def _slip(one: str, other: str) -> bool:
    if max(len(one), len(other)) < 4 or OSA.distance(one, other, score_cutoff=1) > 1:
        return False
    return len(one) != len(other) or one.isdigit() != other.isdigit() or sorted(one) == sorted(other)


def _by_beginning(ours: TitleForm, forms: Iterable[TitleForm], wanted: View) -> str | None:
    """Take a long title for the beginning of a longer one: forms cut what patrons type."""
    length = len(ours.key)
    if length < _MIN_CUT:
        own = (form for form in forms if form.kind != "variant")
        return "title.begins_short" if any(ours.words == form.words[: len(ours.words)] for form in own) else None
    limit = 1 + length // _CHARS_PER_TYPO
    for form in forms:
        if len(form.key) <= length:
            continue
        if not _differ_by_slips(ours.key, form.key[:length], limit):
            continue
        cut = cut_before(wanted, form)
        if numbers_in(ours.words[:-1] if cut else ours.words) <= form.numbers:
            return "title.cut" if cut else "title.begins"
    return None


def cut_before(wanted: View, form: TitleForm) -> bool:
    """Say whether the wanted title ends where a form for requests cuts: no room is left for the next word."""
    if not wanted.maybe_cut or wanted.full is None:
        return False
    at = len(wanted.full.words)
    room = _ROOM - len(form.words[at]) - 1 if at < len(form.words) else _ROOM
    return wanted.length > room


class _Coverage(NamedTuple):
    """How two titles cover each other by words, by how much the words tell.

    ``lost`` are the words that the record lacks, ``missing`` those of the record that are not wanted, each with its
    weight; ``missing_core`` is the weight of those missing from the title proper and its parts. ``covered`` is the
    share of the wanted title, ``both`` the lesser of the two shares.
    """

    lost: list[str]
    missing: list[str]
    lost_weight: float
    missing_weight: float
    missing_core: float
    covered: float
    covers: float
    both: float


def _coverage(ours: TitleForm, theirs: TitleForm, core: TitleForm) -> _Coverage:
    lost, missing = unmatched(ours.words, theirs), unmatched(theirs.words, ours)
    lost_weight, missing_weight = ours.telling(lost), theirs.telling(missing)
    missing_core = missing_weight if core is theirs else core.telling(unmatched(core.words, ours))
    covered = 1 - lost_weight / (ours.total or 1)
    covers = 1 - missing_weight / (theirs.total or 1)
    both = min(covered, max(covers, 1 - missing_core / (core.total or 1)))
    return _Coverage(lost, missing, lost_weight, missing_weight, missing_core, covered, covers, both)


def _by_words(ours: TitleForm, theirs: TitleForm, record: RecordView) -> str:  # noqa: PLR0911 - one for each outcome
    core, proper = record.core or theirs, record.proper or theirs
    if len(ours.words) > 1 and len(core.words) > 1:
        common = ours.telling(ours.known & theirs.known)
        if common < _COMMON_AT_LEAST * min(ours.total, core.total):  # what typing errors alone never do
            return "title.conflict"
    found = _coverage(ours, theirs, core)
    inside = found.covered >= _COVERED and found.missing_core >= _WORD and not _begin_alike(ours, theirs)
    if inside and (found.both < _HALF or found.lost_weight < _WORD):
        return "title.inside"
    if found.both < _HALF:
        return "title.contained" if max(found.covered, found.covers) >= _COVERED else "title.conflict"
    if _differ(found):
        return "title.swapped" if found.both >= _MOSTLY else "title.conflict"
    if found.lost_weight < _WORD:
        if found.missing_weight < _WORD:
            return "title.words"
        return "title.words_proper" if found.missing_core < _WORD else "title.less"
    return _going_on(found, ours, theirs, proper=proper, core=core)


def _differ(found: _Coverage) -> bool:
    """Say whether each title has a telling word or a number that the other lacks."""
    if found.lost_weight >= _WORD and found.missing_core >= _WORD:
        return True
    ours, theirs = numbers_in(found.lost), numbers_in(found.missing)
    return bool(ours and theirs) and not _numbers_agree(ours, theirs)


def _going_on(found: _Coverage, ours: TitleForm, theirs: TitleForm, *, proper: TitleForm, core: TitleForm) -> str:
    """Judge a wanted title that has more words than the record's title proper."""
    if core.total >= _TELLING and _begins_with(ours, proper):
        if proper is theirs:
            return "title.longer"
        few = len(ours.words) - len(proper.words) <= _FEW_WORDS
        return "title.other_rest" if few and found.missing_weight >= _WORD else "title.subtitle"
    return "title.more" if found.covered >= _MOSTLY else "title.similar"


def _begin_alike(one: TitleForm, other: TitleForm) -> bool:
    """Say whether two titles begin with the same word, typing errors aside."""
    first, second = one.words[0], other.words[0]
    return first == second or OSA.distance(first, second, score_cutoff=2) <= min(2, len(first) // 3)


def _begins_with(ours: TitleForm, proper: TitleForm) -> bool:
    """Say whether a title begins with a title proper, typing errors aside."""
    limit = 1 + len(proper.key) // _CHARS_PER_TYPO
    return OSA.distance(ours.key[: len(proper.key)], proper.key, score_cutoff=limit) <= limit


def unmatched(words: Sequence[str], others: TitleForm) -> list[str]:
    """Return those of ``words`` that ``others`` lacks, even with a typing error or a lost blank."""
    known = others.known
    return [word for word in words if word not in known and not _nearly(word, others)]


def _nearly(word: str, others: TitleForm) -> bool:
    length = len(word)
    if length < _SHORTEST_KEY or not word.isalpha():
        return False
    if length > _LONG_WORD and word in others.key:
        return True
    limit = 1 if length < _TWO_SLIPS else 2
    found = extractOne(word, others.long_words, scorer=OSA.distance, score_cutoff=limit)
    return found is not None and not _are_two_words(word, found[0])


def compare_inner(wanted: View, record: RecordView) -> str | None:
    """Look for the title among the record's contents (505) and linked titles; None when it is not there either."""
    title = wanted.full
    if title is None or title.total < 1:
        return None
    for text in record.record.contents:
        if _is_beginning(title, title_words(text)):
            return "title.contents"
    for linked in record.record.linked:
        if linked.title and _is_beginning(title, title_words(linked.title)):
            if linked.tag in _HOST_TAGS:
                return "title.host"
            if linked.tag in _SERIAL_TAGS:
                return "title.other_serial"
    return None


def _is_beginning(title: TitleForm, words: Sequence[str]) -> bool:
    start = compact(strip_article(words))[: len(title.key) + 2]
    limit = len(title.key) // _CHARS_PER_TYPO
    return min(OSA.distance(title.key, start[: len(title.key) + more]) for more in (0, 1)) <= limit


def shown(wanted: View, record: RecordView) -> tuple[str, str]:
    """Return the two titles as they stand."""
    ours = wanted.record.title.shown if isinstance(wanted, RecordView) else wanted.citation.title or ""
    return ours, record.record.title.shown
