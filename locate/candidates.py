"""From retrieved records to judged candidates, and the choice among them.

Every record is read, compared with the citation and given a verdict; what the profile accepts also gets its holdings
read and its requestability assessed. Decides which of several accepted candidates is best and whether two distinct
titles remain. Pure; raises nothing: a record that cannot be read is counted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from locate.availability import SupplyRules, assess, partner_dialect, read_holdings, tell_form
from locate.availability.holdings import Availability
from locate.availability.parts.coverage import PartWanted, part_wanted
from locate.citation import Citation, DocumentType, Intent
from locate.errors import RecordError
from locate.matching import Agreement, Matcher, MatchVerdict
from locate.matching.normalize import compact, title_words
from locate.matching.views import CitationView
from locate.outcome import Candidate
from locate.partner import LocateProfile, Partner
from locate.records import BibRecord, read_record, read_records_xml
from locate.z3950.grs1 import GenericRecord, encode_grs1
from locate.z3950.oids import MARC_SYNTAXES, UNIMARC_SYNTAXES, XML_SYNTAXES, syntax_name
from locate.z3950.opac import BIBLIOGRAPHIC_PART, OpacRecord
from locate.z3950.retrieval import Fetched, Record

__all__ = ["Judge", "accepted_verdicts", "distinct_titles", "interpret", "nearest_first", "wanted_part"]

_CLOSE_SCORE = 20  # points below the best within which an accepted title counts as about as likely
_REST_LEFT_OUT = frozenset({"title.proper", "title.proper_near"})
# What says of a record that it is the whole, or may be, of which a part is wanted.
_SET = frozenset({"part.whole_set", "part.wanted_only"})
_STRONG = frozenset({"isbn", "issn", "lccn", "control"})


def interpret(found: Record) -> tuple[BibRecord | RecordError, OpacRecord | None]:
    """Read a retrieved record by its own syntax; the second value is there when it came as an OPAC record."""
    if isinstance(found.data, OpacRecord):
        if found.data.bibliographic is None:
            return _without_bibliographic_record(found.data), found.data
        return _read(found.data.bibliographic, found.data.syntax)[0], found.data
    if isinstance(found.data, str):
        raw = found.data.encode()
        return RecordError("plain text (SUTRS), which cannot be verified", raw=raw, syntax="sutrs"), None
    if isinstance(found.data, GenericRecord):
        reason = "a generic record (GRS-1), which cannot be verified; ask this target for marc21 or xml"
        return RecordError(reason, raw=encode_grs1(found.data), syntax="grs1"), None
    return _read(found.data, found.syntax)


def _without_bibliographic_record(opac: OpacRecord) -> RecordError:
    why = next((f": {part.reason}" for part in opac.unreadable if part.part == BIBLIOGRAPHIC_PART), "")
    return RecordError(f"an OPAC record without a bibliographic record{why}", syntax="opac")


def _read(data: bytes, syntax: str) -> tuple[BibRecord | RecordError, OpacRecord | None]:
    if syntax in XML_SYNTAXES:
        loaded = read_records_xml(data)
        if isinstance(loaded, RecordError):
            return loaded, None
        if not loaded:
            return RecordError("XML that holds no MARC record", raw=data, syntax="xml"), None
        return loaded[0].record, loaded[0].opac
    if syntax in MARC_SYNTAXES:
        return read_record(data, "unimarc" if syntax in UNIMARC_SYNTAXES else "marc21"), None
    return RecordError(f"record syntax {syntax_name(syntax)} is not read here", raw=data, syntax=syntax), None


def accepted_verdicts(profile: LocateProfile, citation: Citation) -> frozenset[str]:
    """Return the verdicts that count as held: those of the profile, within what the request allows.

    Another edition counts only when any edition will do, another format never when a physical one is wanted.
    """
    barred = set()
    if not citation.any_edition:
        barred.add(MatchVerdict.OTHER_EDITION)
    if citation.wants_physical:
        barred.add(MatchVerdict.OTHER_FORMAT)
    return frozenset(profile.accept) - barred


def wanted_part(citation: Citation, record: BibRecord, intent: Intent | None) -> PartWanted:
    """Return the part of ``record`` that is wanted; none where the record itself describes that part."""
    is_serial = record.document_type is DocumentType.SERIAL
    wanted = part_wanted(citation, is_serial=is_serial, intent=intent)
    itself = wanted.volume and record.title.parts and not is_serial
    return PartWanted(intent=wanted.intent) if itself else wanted


class Judge:
    """Judge retrieved records of one partner against one citation, prepared once.

    ``every_format`` reads the holdings of another format of the item too, which is never accepted for that.
    """

    def __init__(
        self,
        citation: CitationView,
        partner: Partner,
        matcher: Matcher,
        intent: Intent | None = None,
        *,
        every_format: bool = False,
    ) -> None:
        self._citation = citation
        self._intent = intent
        self._matcher = matcher
        self._dialect = partner_dialect(partner)
        self._rules = SupplyRules(partner.items, partner.fulfilment, partner.holdings_codes)
        profile = partner.profile
        self._accept = frozenset() if profile is None else accepted_verdicts(profile, citation.citation)
        wanted = citation.citation
        self._without_volume = CitationView(replace(wanted, volume=None)) if wanted.volume else None
        self._read = self._accept | ({MatchVerdict.OTHER_FORMAT} if every_format else frozenset())
        self._seen: set[bytes] = set()

    def judge(self, fetched: Iterable[Fetched], by: str) -> tuple[list[Candidate], int]:
        """Return the candidates not met before among ``fetched``, and how many entries could not be read."""
        candidates, unreadable = [], 0
        for entry in fetched:
            if not isinstance(entry, Record):
                unreadable += 1
                continue
            record, opac = interpret(entry)
            if isinstance(record, RecordError):
                unreadable += 1
            elif record.raw not in self._seen:
                self._seen.add(record.raw)
                candidates.append(self._candidate(record, opac, by, entry.position))
        return candidates, unreadable

    def _candidate(self, record: BibRecord, opac: OpacRecord | None, by: str, position: int) -> Candidate:
        match = self._matcher.judge(self._citation, record)
        candidate = Candidate(record, match, by, position)
        if match.verdict in self._read:
            return self._assessed(candidate, opac)
        may_be_set = match.verdict is MatchVerdict.PART_OR_WHOLE and any(one.feature in _SET for one in match.evidence)
        return self._as_set(candidate, opac, self._without_volume) if may_be_set and self._without_volume else candidate

    def _as_set(self, candidate: Candidate, opac: OpacRecord | None, without_volume: CitationView) -> Candidate:
        """Judge a candidate that may be the set of which a volume is wanted: its copies say whether they have it."""
        match = self._matcher.judge(without_volume, candidate.record)
        if match.verdict not in self._accept:
            return candidate
        found = self._assessed(replace(candidate, match=match), opac)
        assert found.requestability is not None
        if text := next((one.part for one in found.requestability.judged if one.part), ""):
            said = f"{match.sentence} It is the set, and has the volume that is wanted: {text}."
            return replace(found, match=replace(match, sentence=said))
        if found.requestability.not_held:
            said = f"{candidate.match.sentence} {found.requestability.reason}"
            return replace(candidate, match=replace(candidate.match, sentence=said))
        said = "Perhaps the set of which a volume is wanted; nothing tells whether that volume is among its copies."
        return replace(candidate, match=replace(match, verdict=MatchVerdict.INSUFFICIENT, sentence=said, deciding=""))

    def _assessed(self, candidate: Candidate, opac: OpacRecord | None) -> Candidate:
        """Return a candidate with its holdings, and what may be had of them."""
        record = candidate.record
        holdings = read_holdings(record, opac, self._dialect)
        requestability = assess(
            holdings,
            tell_form(record, holdings),
            rules=self._rules,
            wants_physical=self._citation.citation.wants_physical,
            part=wanted_part(self._citation.citation, record, self._intent),
        )
        return replace(candidate, holdings=holdings, requestability=requestability)

    def accepted(self, candidates: Iterable[Candidate]) -> list[Candidate]:
        """Return the candidates that the profile counts as held, the best first.

        A strong identifier verified comes first, then a score about as high as the best, then what can be had (one
        item may be catalogued twice), then the score.
        """
        found = [candidate for candidate in candidates if candidate.match.verdict in self._accept]
        return sorted(found, key=lambda candidate: _preference(candidate, close=_close_score(found)))


def _close_score(accepted: Iterable[Candidate]) -> int:
    """Return the score from which candidates are about as likely as the best of ``accepted``, which is not empty."""
    return max(candidate.match.score for candidate in accepted) - _CLOSE_SCORE


def _preference(candidate: Candidate, *, close: int) -> tuple[bool, bool, int, int]:
    strong = any(
        each.verdict is Agreement.AGREE and each.feature.partition(".")[0] in _STRONG
        for each in candidate.match.evidence
    )
    found = candidate.requestability
    verdict = found.verdict if found is not None else Availability.NOT_CHECKED
    return not strong, candidate.match.score < close, verdict.rank, -candidate.match.score


def distinct_titles(accepted: list[Candidate]) -> list[str]:
    """Return the distinct titles among ``accepted``, which is not empty, that score about as high as the best.

    Where the request leaves out the other title information, it does not tell apart titles that differ in that.
    """
    close = _close_score(accepted)
    titles: dict[str, str] = {}
    for candidate in accepted:
        if candidate.match.score >= close:
            titles.setdefault(_title_key(candidate), candidate.record.title.shown)
    kept = [key for key in titles if not any(other != key and key.startswith(other) for other in titles)]
    return [titles[key] for key in kept]


def _title_key(candidate: Candidate) -> str:
    title = candidate.record.title
    parts = [part.number + part.name for part in title.parts]
    left_out = any(each.feature in _REST_LEFT_OUT for each in candidate.match.evidence)
    return compact(title_words(title.shown if left_out else " ".join((title.proper, *parts))))


# What is the item, then what a near miss teaches most, first.
_TELLING = (
    MatchVerdict.SAME,
    MatchVerdict.REPRINT,
    MatchVerdict.INSUFFICIENT,
    MatchVerdict.OTHER_FORMAT,
    MatchVerdict.OTHER_EDITION,
    MatchVerdict.PART_OR_WHOLE,
    MatchVerdict.SAME_WORK,
    MatchVerdict.DIFFERENT,
)


def nearest_first(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Sort candidates that were not chosen: the most telling kind first, then by score."""
    return sorted(candidates, key=lambda each: (_TELLING.index(each.match.verdict), -each.match.score))
