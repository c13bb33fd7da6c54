"""By what a target can be searched: each use attribute that a locate may want, and the forms that make it work.

Every term is taken from a record that the target gave, so that "no diagnostic but wrong hits" is told from "works".
Decides how many forms are worth trying and what a failure teaches for the next attribute. Pure; raises nothing.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import replace

from locate.errors import DiagnosticError
from locate.probe.actions import Action, Reply, Search, Steps
from locate.probe.connecting import fault_told
from locate.probe.findings import Area, Verdict
from locate.probe.forms import Attributes, number_forms, plain, style_of, word_forms
from locate.probe.judging import Judged, search_for
from locate.probe.knowledge import Knowledge, Tried
from locate.probe.opening import RECORDS
from locate.probe.picking import (
    DOCUMENT_ID,
    SUBJECT,
    Pick,
    author_word,
    oclc_number,
    phrase_pick,
    picks_for,
    search_words,
    title_pick,
)
from locate.text import counted
from locate.z3950.attributes import use_name
from locate.z3950.diagnostics import advice, is_bib1
from locate.z3950.query import And, Or, Query, Term, Use, to_pqf
from locate.z3950.retrieval import ResultSet

__all__ = ["AS_A_PHRASE", "NO_RECORD", "control", "operators", "title_forms", "uses"]

AS_A_PHRASE = "only word for word"
NO_RECORD = "no record met has one"
_OTHER_AUTHOR = 1  # personal name, where author names (1003) are not searched
_NONSENSE = "zqxjvwk"
_UNSUPPORTED_USE = 114
_OPERATOR_REFUSED = {110}
_YEARS_OFF = 37
_MAX_FORMS = 5
_QUICK_FORMS = 2
_USES = (
    Use.TITLE,
    Use.ISBN,
    Use.ISSN,
    Use.LCCN,
    Use.LOCAL_NUMBER,
    Use.SYSTEM_CONTROL_NUMBER,
    Use.AUTHOR_NAME,
    Use.STANDARD_IDENTIFIER,
    DOCUMENT_ID,
    Use.ANY,
    SUBJECT,
)
_QUICK_USES = (Use.TITLE, Use.ISBN, Use.ISSN, Use.LCCN, Use.LOCAL_NUMBER, Use.AUTHOR_NAME)
# Terms of the right form, for attributes of which no record met has one.
_SUPPOSED = {
    Use.TITLE: "history",
    Use.ISBN: "9780131103627",
    Use.ISSN: "0028-0836",
    Use.LCCN: "2001000002",
    Use.LOCAL_NUMBER: "1000",
    Use.SYSTEM_CONTROL_NUMBER: "1000",
    Use.AUTHOR_NAME: "smith",
    Use.STANDARD_IDENTIFIER: "9780131103627",
    DOCUMENT_ID: "1000",
    Use.ANY: "history",
    SUBJECT: "history",
}
_NUMBERS = frozenset({Use.ISBN, Use.ISSN, Use.LCCN})
_BY_WORDS = frozenset({Use.TITLE, Use.AUTHOR_NAME, Use.ANY, SUBJECT})


# ---- a word that no record has --------------------------------------------------------------------------------------


def control(known: Knowledge) -> Steps:
    """Search a word that no record has: a server that finds it does not search at all."""
    attributes = known.seed.attributes if isinstance(known.seed, Term) else ()
    query = Term(_NONSENSE, attributes)
    reply = yield Search(query, RECORDS, known.syntax, known.element_set, known.charset)
    if not isinstance(reply.result, ResultSet) or not reply.result.hits:
        return
    result: ResultSet = reply.result
    known.answers_anything = bool(result.records)
    what = "a word that no record has"
    hits = counted(result.hits, "hit")
    if known.answers_anything:
        told = (
            "The server answers any search with records, whatever is searched (a test server does): the locate checks "
            "each record, so it finds only what happens to come first."
        )
        known.tell(Area.SEARCHES, what, Verdict.WRONG, f"{hits} for “{_NONSENSE}”", told, hits=result.hits)
    else:
        told = "Its hit counts are not true; the locate goes by the records that come, never by the count."
        known.tell(Area.SEARCHES, what, Verdict.LIMITED, f"{hits}, but no record", told, hits=result.hits)


# ---- use attributes -------------------------------------------------------------------------------------------------


def uses(known: Knowledge) -> Steps:
    """Try each use attribute with a term from a record that has one."""
    for use in _QUICK_USES if known.options.quick else _USES:
        yield from _try_use(known, use)
    if not known.options.quick:
        yield from _oclc(known)
        yield from _year(known)
    yield from _replacements(known)


def _try_use(known: Knowledge, use: int) -> Steps:
    if use == Use.TITLE:
        pick = title_pick(known.records)
        picks = [pick] if pick is not None else []
    else:
        picks = picks_for(use, known.records)
    if not picks:
        known.tried[use] = yield from _try_blindly(known, use)
        return
    tried = yield from _try_forms(known, use, picks)
    if use == Use.TITLE and not tried.verdict.is_usable:
        tried = yield from _try_phrase(known, tried)
    elif tried.verdict is Verdict.WORKS and use in _NUMBERS and not known.options.quick:
        tried = yield from _other_ways(known, tried, picks)
    known.tried[use] = tried
    if use == Use.TITLE and tried.verdict.is_usable:
        known.style = style_of(tried.attributes)


def _try_blindly(known: Knowledge, use: int) -> Generator[Action, Reply, Tried]:
    """Search a term that no record met has: it tells at least whether the attribute is refused."""
    attributes = _forms(known, use)[0]
    reply = yield Search(Term(_SUPPOSED[use], attributes), 1, known.syntax, known.element_set, known.charset)
    query = to_pqf(Term(_SUPPOSED[use], attributes))
    if isinstance(reply.error, DiagnosticError):
        unsupported = is_bib1(reply.error, {_UNSUPPORTED_USE})
        told = advice(reply.error)
        return Tried(use, Verdict.REFUSED, reply.error.message, query=query, advice=told, unsupported=unsupported)
    if reply.error is not None:
        return Tried(use, Verdict.FAULT, fault_told(reply), query=query)
    note = f"not refused, but {NO_RECORD}" if isinstance(reply.result, ResultSet) else NO_RECORD
    return Tried(use, Verdict.NOT_TRIED, note, query=query)


def _forms(known: Knowledge, use: int) -> list[Attributes]:
    forms = word_forms(use, known.style) if use in _BY_WORDS else number_forms(use, known.style)
    return forms[: _QUICK_FORMS if known.options.quick else _MAX_FORMS]


def _try_forms(known: Knowledge, use: int, picks: Sequence[Pick]) -> Generator[Action, Reply, Tried]:
    """Search each way of writing the term in the first form, then the first one in the other forms; stop at success."""
    forms = _forms(known, use)
    trials = [(forms[0], pick) for pick in picks] + [(form, picks[0]) for form in forms[1:]]
    best: Tried | None = None
    for attributes, pick in trials:
        judged = yield from search_for(known, Term(pick.text, attributes), pick)
        tried = _tried(use, attributes, pick, judged)
        if best is None or _worth(tried) > _worth(best):
            best = tried
        if judged.verdict in {Verdict.WORKS, Verdict.FAULT, Verdict.NOT_TRIED}:
            break
        if tried.unsupported or (judged.verdict is Verdict.LIMITED and known.answers_anything):
            break
    assert best is not None
    return best


def _try_phrase(known: Knowledge, tried: Tried) -> Generator[Action, Reply, Tried]:
    """Search a title word for word, where its words out of order were not found."""
    pick = phrase_pick(known.records)
    if pick is None or tried.unsupported or tried.verdict is Verdict.FAULT:
        return tried
    for attributes in (plain(tried.use), plain(tried.use, 1)):
        judged = yield from search_for(known, Term(pick.text, attributes), pick)
        if judged.verdict.is_usable:
            found = _tried(tried.use, attributes, pick, judged)
            return replace(found, verdict=Verdict.LIMITED, note=f"{judged.note}; {AS_A_PHRASE}")
    return tried


def _other_ways(known: Knowledge, tried: Tried, picks: Sequence[Pick]) -> Generator[Action, Reply, Tried]:
    """Search the other ways of writing a number too, and note which are found."""
    for pick in picks:
        if pick != tried.pick:
            judged = yield from search_for(known, Term(pick.text, tried.attributes), pick)
            found = "found" if judged.verdict.is_usable else "not found"
            tried = replace(tried, note=f"{tried.note}; {found} {pick.form}")
    return tried


_WORTH = (
    Verdict.NOT_TRIED,
    Verdict.REFUSED,
    Verdict.NOTHING,
    Verdict.FAULT,
    Verdict.WRONG,
    Verdict.LIMITED,
    Verdict.WORKS,
)


def _worth(tried: Tried) -> int:
    return _WORTH.index(tried.verdict)


def _tried(use: int, attributes: Attributes, pick: Pick, judged: Judged) -> Tried:
    shown = f" ({pick.form})" if pick.form and pick.is_number else ""
    return Tried(
        use,
        judged.verdict,
        f"{judged.note}{shown if judged.verdict.is_usable else ''}",
        attributes,
        judged.query,
        judged.hits,
        pick,
        advice=advice(judged.error) if judged.error is not None else "",
        unsupported=is_bib1(judged.error, {_UNSUPPORTED_USE}),
    )


# ---- what else a locate searches by ---------------------------------------------------------------------------------


def _oclc(known: Knowledge) -> Steps:
    """Try an OCLC number, which is the control number that most requests carry."""
    record = next((each for each in known.records if oclc_number(each)), None)
    if record is None:
        return
    pick = Pick(oclc_number(record), record, "OCLC number", is_number=True)
    for use in (Use.LOCAL_NUMBER, Use.SYSTEM_CONTROL_NUMBER, Use.STANDARD_IDENTIFIER):
        base = known.tried.get(use)
        if base is None or base.unsupported or not base.attributes:
            continue
        judged = yield from search_for(known, Term(pick.text, base.attributes), pick)
        known.oclc = replace(_tried(use, base.attributes, pick, judged), sought="OCLC number")
        if judged.verdict.is_usable:
            return


def _year(known: Knowledge) -> Steps:
    """AND a year to a title search, as the locate does when the hits are too many; then a year that is wrong."""
    use = Use.DATE_OF_PUBLICATION
    title = known.usable(Use.TITLE)
    picks = picks_for(use, [title.pick.record] if title and title.pick else known.records)
    if not picks or title is None or title.pick is None:
        note = "there is no search by title to AND it to" if picks else NO_RECORD
        known.tried[use] = Tried(use, Verdict.NOT_TRIED, note)
        return
    by_title = Term(title.pick.text, title.attributes)
    judged = yield from search_for(known, And(by_title, Term(picks[0].text, plain(use))), title.pick)
    tried = _tried(use, plain(use), picks[0], judged)
    if tried.verdict is Verdict.WORKS:
        wrong = str(int(picks[0].text) - _YEARS_OFF)
        other = yield from search_for(known, And(by_title, Term(wrong, plain(use))), title.pick)
        if other.verdict.is_usable:
            tried = replace(
                tried, verdict=Verdict.LIMITED, note="the year makes no difference: another one finds it too"
            )
    known.tried[use] = tried


def _replacements(known: Knowledge) -> Steps:
    """Where ISBN, ISSN or author cannot be searched by their own attribute, try the next best one."""
    others = {Use.ISBN: (Use.STANDARD_IDENTIFIER, Use.ANY), Use.ISSN: (Use.STANDARD_IDENTIFIER, Use.ANY)}
    for use, replacements in {**others, Use.AUTHOR_NAME: (_OTHER_AUTHOR,)}.items():
        tried = known.tried.get(use)
        if tried is None or tried.pick is None or tried.verdict.is_usable or tried.verdict is Verdict.NOT_TRIED:
            continue
        for other in replacements:
            attributes = word_forms(other, known.style)[0] if use in _BY_WORDS else number_forms(other, known.style)[0]
            judged = yield from search_for(known, Term(tried.pick.text, attributes), tried.pick)
            if judged.verdict.is_usable:
                found = _tried(other, attributes, tried.pick, judged)
                known.instead[use] = replace(found, sought=use_name(use))
                break


# ---- operators and forms --------------------------------------------------------------------------------------------


def operators(known: Knowledge) -> Steps:
    """AND a title and an author, and OR two terms, as the locate does."""
    title, author = known.usable(Use.TITLE), known.usable(Use.AUTHOR_NAME)
    if title is not None and author is not None and author.pick is not None:
        pick, name = _title_and_author(title, author.pick)
        query: Query = And(Term(pick.text, title.attributes), Term(name, author.attributes))
        judged = yield from search_for(known, query, pick)
        known.joins = None if judged.verdict is Verdict.NOT_TRIED else judged.verdict.is_usable
        told = (
            "" if known.joins is not False else "The written profile searches by the title alone, without the author."
        )
        known.tell(
            Area.SEARCHES, "title AND author", judged.verdict, judged.note, told, query=judged.query, hits=judged.hits
        )
    if known.options.quick:
        return
    single = next((each for use in (Use.ISBN, Use.ISSN, Use.TITLE) if (each := known.usable(use))), None)
    if single is None or single.pick is None:
        return
    query = Or(Term(_NONSENSE, single.attributes), Term(single.pick.text, single.attributes))
    judged = yield from search_for(known, query, single.pick)
    refused = is_bib1(judged.error, _OPERATOR_REFUSED)
    told = "The locate asks for each number by itself instead." if refused else ""
    if judged.verdict in {Verdict.WRONG, Verdict.NOTHING} or (judged.verdict is Verdict.REFUSED and not refused):
        told = "The locate ORs the two forms of an ISBN: one that is searched so may be missed here."
    known.tell(Area.SEARCHES, "OR", judged.verdict, judged.note, told, query=judged.query, hits=judged.hits)


def _title_and_author(title: Tried, author: Pick) -> tuple[Pick, str]:
    """Return the title that was found before with its author, else the author that was found with his title."""
    if title.pick is not None and (name := author_word(title.pick.record)) and name.isascii():
        return title.pick, name
    words = search_words(author.record.title.full)[0]
    return Pick(" ".join([word for word in words if word.isascii()] or words), author.record), author.text


def title_forms(known: Knowledge) -> Steps:
    """Try what the locate does not send, for the person who writes a profile: phrase, first in field, truncation."""
    title = known.usable(Use.TITLE)
    if title is None or title.pick is None or known.answers_anything:
        return
    phrase = phrase_pick([title.pick.record, *known.records])
    if phrase is None:
        return
    *words, last = phrase.text.split()
    cut = Pick(" ".join([*words, last[:-2]]), phrase.record)
    use = Use.TITLE
    for what, attributes, pick in (
        ("title as a phrase", ((1, use), (4, 1)), phrase),
        ("title, first in field", ((1, use), (3, 1), (4, 1)), phrase),
        ("title, truncated on the right", ((1, use), (4, 1), (5, 1)), cut),
    ):
        judged = yield from search_for(known, Term(pick.text, attributes), phrase)
        known.tell(Area.SEARCHES, what, judged.verdict, judged.note, query=judged.query, hits=judged.hits)
