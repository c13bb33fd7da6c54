"""How a probe comes by its first records: everything later is searched with terms that stand in them.

Decides which words are likely to be in any catalog, when a refusal says that no other word will do better, and which
further searches bring records with an ISSN or with letters outside ASCII. Pure; raises nothing.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator

from locate.candidates import interpret
from locate.errors import DiagnosticError, RecordError
from locate.probe.actions import Action, Present, Reply, Search, Steps
from locate.probe.connecting import fault_told
from locate.probe.findings import Area, Verdict
from locate.probe.forms import Attributes, full, plain
from locate.probe.knowledge import Knowledge
from locate.probe.picking import foreign_words, picks_for, same_record
from locate.records import BibRecord
from locate.text import counted
from locate.z3950.diagnostics import SYNTAX_REFUSED, UNSUPPORTED_QUERY, advice, is_bib1
from locate.z3950.oids import syntax_name
from locate.z3950.query import Query, Term, Use, to_pqf
from locate.z3950.retrieval import Fetched, Record, ResultSet, SurrogateDiagnostic

__all__ = ["RECORDS", "first_record", "more_records", "readable"]

RECORDS = 10
# Words that stand in some title of nearly every catalog, and the attributes to look for them with.
_SEEDS: tuple[tuple[Attributes, str], ...] = (
    (plain(Use.ANY), "history"),
    (full(Use.TITLE, 6), "history"),  # where a bare term is taken for the beginning of a field
    (plain(Use.TITLE), "history"),
    ((), "history"),
    (plain(Use.TITLE), "introduction"),
    (plain(Use.ANY), "2010"),
    (full(Use.TITLE, 6), "geschichte"),
    (full(Use.TITLE, 6), "histoire"),
    (plain(Use.ANY), "the"),
)
_QUICK_SEEDS = 4
_SYNTAXES = ("marc21", "xml", "opac", "unimarc")
_TEMPORARY = frozenset({2})
_NO_RECORDS = "The server counts records that it does not give: ask the partner whether Present is allowed."
_SERIAL_WORDS = ("journal", "magazine")
_FOREIGN_WORDS = ("histoire", "geschichte", "historia", "la", "und")  # of languages with letters outside ASCII


def first_record(known: Knowledge) -> Steps:
    """Search until a record comes that can be read."""
    if known.server is None:
        return
    reply = Reply()
    for query in _seeds(known):
        reply = yield from _search(known, query)
        result = reply.result
        if isinstance(reply.error, DiagnosticError) and not is_bib1(reply.error, UNSUPPORTED_QUERY | _TEMPORARY):
            break  # it speaks of the database or the records, not of the words
        if isinstance(result, ResultSet) and result.hits:
            known.seed, known.hits, known.records = query, result.hits, readable(result.records)
            if not known.records:
                yield from _other_syntaxes(known)
            if known.records:
                _tell_first(known, reply, result, query)
            else:
                _tell_unread(known, result)
            return
    _tell_none(known, reply)


def _seeds(known: Knowledge) -> Iterator[Query]:
    options = known.options
    for isbn in options.isbns:
        yield Term(isbn, ((1, Use.ISBN),))
    for words in options.terms:
        yield Term(words, ((1, Use.ANY), (4, 6)))
        yield Term(words, ((1, Use.TITLE), (4, 6)))
        yield Term(words)
    for attributes, word in _SEEDS[: _QUICK_SEEDS if options.quick else None]:
        yield Term(word, attributes)


def _search(known: Knowledge, query: Query) -> Generator[Action, Reply, Reply]:
    """Search, in another record syntax when the one asked for is refused."""
    while True:
        reply = yield Search(query, RECORDS, known.syntax, known.element_set, known.charset)
        following = _SYNTAXES.index(known.syntax) + 1
        if not _syntax_refused(reply) or following == len(_SYNTAXES):
            return reply
        known.syntax = _SYNTAXES[following]


def _syntax_refused(reply: Reply) -> bool:
    if isinstance(reply.error, DiagnosticError):
        return is_bib1(reply.error, SYNTAX_REFUSED)
    found = reply.result.records if isinstance(reply.result, ResultSet) else []
    return bool(found) and all(
        isinstance(each, SurrogateDiagnostic) and is_bib1(each, SYNTAX_REFUSED) for each in found
    )


def _other_syntaxes(known: Knowledge) -> Steps:
    """Ask for the same records in the other syntaxes, until they can be read."""
    for syntax in _SYNTAXES:
        if syntax == known.syntax:
            continue
        reply = yield Present(1, min(RECORDS, known.hits), syntax, known.element_set)
        if isinstance(reply.result, list) and (found := readable(reply.result)):
            known.syntax, known.records = syntax, found
            return


def readable(fetched: Iterable[Fetched]) -> list[BibRecord]:
    """Return the bibliographic records among what was fetched, those of OPAC records too."""
    found = (interpret(each)[0] for each in fetched if isinstance(each, Record))
    return [record for record in found if isinstance(record, BibRecord)]


def _tell_first(known: Knowledge, reply: Reply, result: ResultSet, query: Query) -> None:
    title = known.records[0].title.shown or "an untitled record"
    known.tell(
        Area.RECORDS,
        "first records",
        Verdict.WORKS,
        f"{counted(len(known.records), 'record')} read, the first is “{title[:60]}”",
        query=to_pqf(query),
        hits=result.hits,
    )
    if known.facts.element_sets is False:
        known.element_set = None
    piggybacked = bool(reply.sizes and reply.sizes[0])
    came = "come with the Search answer" if piggybacked else "do not come with the Search answer"
    slower = "" if piggybacked else "The locate asks for them by Present: one round trip more a search."
    known.tell(
        Area.RECORDS, "piggybacking", Verdict.WORKS if piggybacked else Verdict.LIMITED, f"records {came}", slower
    )
    _tell_charset(known)


def _tell_charset(known: Knowledge) -> None:
    wrong = [record for record in known.records if record.charset.wrong_flag]
    used = ", ".join(sorted({record.charset.used for record in known.records}))
    if wrong:
        lie = f"{used}; {counted(len(wrong), 'record')} of {len(known.records)} claim another one"
        note = "Records are read by what their bytes are, whatever the leader claims; nothing is to be done."
        known.tell(Area.RECORDS, "character set of records", Verdict.LIMITED, lie, note)
    else:
        known.tell(Area.RECORDS, "character set of records", Verdict.TOLD, used)


def _tell_unread(known: Knowledge, result: ResultSet) -> None:
    why, told = _why_unread(result.records[0]) if result.records else ("hits, but no record", _NO_RECORDS)
    known.tell(Area.RECORDS, "first records", Verdict.FAULT, why, told, hits=result.hits)


def _tell_none(known: Knowledge, last: Reply) -> None:
    if isinstance(last.error, DiagnosticError):
        known.tell(Area.RECORDS, "first records", Verdict.REFUSED, last.error.message, advice(last.error))
    elif last.skipped:
        known.tell(Area.RECORDS, "first records", Verdict.NOT_TRIED, last.skipped)
    elif last.error is not None:
        told = "The server fails over a plain search; ask the partner's library, or try another time."
        known.tell(Area.RECORDS, "first records", Verdict.FAULT, fault_told(last), told)
    else:
        told = "Name something that the library holds with --isbn or --term, and check the name of the database."
        known.tell(Area.RECORDS, "first records", Verdict.NOTHING, "no search brought a record", told)


def _why_unread(found: Fetched) -> tuple[str, str]:
    if isinstance(found, DiagnosticError):
        return found.message, advice(found)
    if isinstance(found, RecordError):
        return found.reason, "The records cannot be decoded; send a trace (--trace) with a bug report."
    record = interpret(found)[0]
    reason = record.reason if isinstance(record, RecordError) else "unreadable"
    named = syntax_name(found.syntax)
    return f"{reason} ({named})", "The locate verifies MARC records only: ask the partner how to get them."


def more_records(known: Knowledge) -> Steps:
    """Look for records with an ISBN, an ISSN and a letter outside ASCII, where those met have none."""
    for word in _SERIAL_WORDS:
        if not all(picks_for(use, known.records) for use in (Use.ISBN, Use.ISSN)):
            yield from _add_records(known, word)
    for word in _FOREIGN_WORDS:
        if foreign_words(known.records) is None:
            yield from _add_records(known, word)


def _add_records(known: Knowledge, word: str) -> Steps:
    """Search ``word`` as the first records were found."""
    if known.answers_anything:
        return
    attributes = known.seed.attributes if isinstance(known.seed, Term) else ()
    reply = yield Search(Term(word, attributes), RECORDS, known.syntax, known.element_set, known.charset)
    if isinstance(reply.result, ResultSet):
        found = readable(reply.result.records)
        known.records += [record for record in found if not any(same_record(record, met) for met in known.records)]
