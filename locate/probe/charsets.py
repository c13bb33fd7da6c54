"""In which character set the terms of a query have to be sent.

Some servers read terms in another one than UTF-8 and answer such a term with no hits and no diagnostic
(docs/quirks.md [13]). Decides which ones are tried and in what order. Pure; raises nothing.
"""

from __future__ import annotations

from locate.probe.actions import Steps
from locate.probe.findings import Area, Verdict
from locate.probe.judging import Judged, search_for
from locate.probe.knowledge import Knowledge
from locate.probe.picking import foreign_words
from locate.z3950.query import Term, Use

__all__ = ["query_charset"]

_USUAL = "utf-8"
_OTHERS = ("windows-1252", "windows-1250")
_WHAT = "character set of queries"


def query_charset(known: Knowledge) -> Steps:
    """Search a title word with a letter outside ASCII in one character set after the other, until it is found."""
    title = known.usable(Use.TITLE)
    pick = foreign_words(known.records)
    agreed = (known.server.charset if known.server else "") or _USUAL
    if title is None and pick is not None:
        known.tell(Area.SEARCHES, _WHAT, Verdict.NOT_TRIED, f"{agreed} is taken: there is no search by title to try it")
        return
    if title is None or pick is None:
        told = "No title with a letter outside ASCII was met: if such titles are not found, try --term with one."
        known.tell(Area.SEARCHES, _WHAT, Verdict.NOT_TRIED, f"{agreed} is taken", told)
        return
    query = Term(pick.text, title.attributes)
    for charset in dict.fromkeys((agreed, _USUAL, *_OTHERS)):
        if not _can_write(pick.text, charset):
            continue
        judged = yield from search_for(known, query, pick, charset=charset)
        if judged.verdict.is_usable:
            known.charset_matters = pick
            _tell_found(known, judged, charset, agreed)
            return
        if judged.verdict in {Verdict.NOT_TRIED, Verdict.FAULT}:
            known.tell(Area.SEARCHES, _WHAT, judged.verdict, judged.note, query=judged.query)
            return
    told = "Words with such letters cannot be searched: the locate finds these titles by their numbers only."
    known.tell(Area.SEARCHES, _WHAT, Verdict.NOTHING, f"“{pick.text}” is found in none that was tried", told)


def _tell_found(known: Knowledge, judged: Judged, charset: str, agreed: str) -> None:
    verdict, told = Verdict.WORKS, ""
    if charset != agreed:
        known.charset = charset
        verdict = Verdict.LIMITED
        told = f"Terms in {agreed} are answered with no hits and no diagnostic: the written profile sends {charset}."
    result = f"found in {charset}: {judged.note}"
    known.tell(Area.SEARCHES, _WHAT, verdict, result, told, query=judged.query, hits=judged.hits)


def _can_write(text: str, charset: str) -> bool:
    try:
        text.encode(charset)
    except (UnicodeEncodeError, LookupError):
        return False
    return True
