"""Which habits a target can be given, and the presets of systems known to have them.

Every habit is one that a real system has; the number in brackets is its number in the page of server quirks
(docs/quirks.md). All are off by default. Pure data; `emulation` raises ConfigurationError for a name it does not know.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from locate.errors import ConfigurationError, Problem
from locate.names import unknown_name

__all__ = ["PRESETS", "Emulation", "emulation"]


@dataclass(frozen=True, slots=True)
class Emulation:
    """The habits of one target. None, "" and empty mean that it has not got the habit.

    Attributes and terms of a query:

    - ``unsupported_uses``: these Bib-1 use attributes are diagnostic 114 [12];
    - ``unsupported_types``: these attribute types are 113, or the type's own diagnostic, whatever their value [12];
    - ``max_attributes``: a term with more of them is diagnostic 123 [12];
    - ``refused_operators``: "and", "or" or "not", which are diagnostic 110;
    - ``position_required``: without a position attribute a term is looked for at the beginning of a field, and without
      a structure attribute it is a phrase [21];
    - ``query_charset``: terms are read in this Python codec, so that others find nothing, without a diagnostic [13];
    - ``issn_hyphen``: "needed" or "unknown", an ISSN written in the other way finds nothing [20];
    - ``small_set_needed``: a search whose smallSetUpperBound is 0 is diagnostic 100 [6].

    Result sets and records:

    - ``ignores_named_sets``: there is one result set, the latest search's, under whatever name; ``offers_named_sets``
      says whether Init offers them all the same [11];
    - ``piggyback``: "refused" with diagnostic 1005, or "silent", where records just do not come [7];
    - ``element_sets``: any element set name is refused, "surrogate" with 25 in the place of every record, or
      "non-surrogate" with 24 for all of them [9];
    - ``given_syntax``: records come in this record syntax (dotted OID), whatever was asked [10];
    - ``leader_09`` says what leader/09 of MARC 21 records claims ("a" UTF-8, " " MARC-8), and ``record_charset`` the
      Python codec that their text is in, whatever the leader says [14];
    - ``electronic_holdings`` False: the OPAC record of an item that is only online has no holdings;
    - ``broken_opac``: the first OPAC record of an answer cannot be decoded [17];
    - ``records_held``: there are no records behind this position, however many hits there are [8];
    - ``claimed_hits``: every search claims so many hits [23];
    - ``message_bytes``: an answer holds no more bytes of records than this, whatever was agreed [4, 5];
    - ``present_limit``: a Present gives no more records; with ``present_limit_refused`` asking for more is 12.

    The association:

    - ``search_option`` False: Init does not offer Search, though it works [3];
    - ``segmentation`` False: Init does not offer it;
    - ``init_refusal``: Init is refused; "diagnostic" says 1014 as YAZ does, "oclc" in OCLC's format, "text" in plain
      words, "silent" in none; ``init_without_oid``: Init carries an EXTERNAL that does not say what it is [19];
    - ``access_password``: the first search is answered by a challenge, which wants this password;
    - ``resource_control``: a search is interrupted to "tell" of its cost, or to "ask" whether to go on;
    - ``unknown_apdu``: an APDU that no standard knows precedes the answer to a search;
    - ``v2_addinfo``: diagnostics have the form of version 2 in version 3 too [18]; ``two_diagnostics``: two of them
      where one would do; ``diag_1``: they have the form of diag-1;
    - ``silent_on_garbage``: what is no APDU gets no Close, nor anything else ever after [1];
    - ``close_after_operations``: after so many answers the connection ends, without a Close [2, 24];
      ``close_when_idle_s``: so does one without a request for so many seconds [2, 24];
    - ``max_sessions``: Init is refused with 1015 beyond so many, each counted for ``session_linger_s`` seconds after
      its end [16];
    - ``search_delay_s``, ``present_delay_s``: seconds before the answer to that service.
    """

    unsupported_uses: frozenset[int] = frozenset()
    unsupported_types: frozenset[int] = frozenset()
    max_attributes: int | None = None
    refused_operators: frozenset[str] = frozenset()
    position_required: bool = False
    query_charset: str | None = None
    issn_hyphen: Literal["", "needed", "unknown"] = ""
    small_set_needed: bool = False
    ignores_named_sets: bool = False
    offers_named_sets: bool = True
    piggyback: Literal["", "refused", "silent"] = ""
    element_sets: Literal["", "surrogate", "non-surrogate"] = ""
    given_syntax: str | None = None
    leader_09: str | None = None
    record_charset: str | None = None
    electronic_holdings: bool = True
    broken_opac: bool = False
    records_held: int | None = None
    claimed_hits: int | None = None
    message_bytes: int | None = None
    present_limit: int | None = None
    present_limit_refused: bool = False
    search_option: bool = True
    segmentation: bool = True
    init_refusal: Literal["", "diagnostic", "oclc", "text", "silent"] = ""
    init_without_oid: bool = False
    access_password: str | None = None
    resource_control: Literal["", "tell", "ask"] = ""
    unknown_apdu: bool = False
    v2_addinfo: bool = False
    two_diagnostics: bool = False
    diag_1: bool = False
    silent_on_garbage: bool = False
    close_after_operations: int | None = None
    close_when_idle_s: float | None = None
    max_sessions: int | None = None
    session_linger_s: float = 0.0
    search_delay_s: float = 0.0
    present_delay_s: float = 0.0


PRESETS: Mapping[str, Emulation] = MappingProxyType(
    {
        # No index of LCCNs; an electronic title has no holdings; connections are closed early.
        "alma": Emulation(unsupported_uses=frozenset({9}), electronic_holdings=False, close_when_idle_s=60.0),
        # One result set, whatever it is called; a licence for so many sessions.
        "voyager": Emulation(ignores_named_sets=True, max_sessions=20),
        # Terms without position and structure are phrases at the beginning of a field.
        "innopac": Emulation(position_required=True, segmentation=False),
        # Terms are read in the Windows character set; sessions are counted for two minutes after their end.
        "aleph": Emulation(query_charset="windows-1252", max_sessions=25, session_linger_s=120.0),
        "symphony": Emulation(message_bytes=65_530),
        # Small messages, and no attributes but use.
        "loc": Emulation(message_bytes=32_768, unsupported_types=frozenset({2, 3, 4, 5, 6})),
        "oclc": Emulation(message_bytes=105_000),
    }
)


def emulation(name: str) -> Emulation:
    """Return the habits of a system by its name in any case. Raises ConfigurationError, with the nearest name known."""
    found = PRESETS.get(name.strip().lower())
    if found is None:
        raise ConfigurationError([Problem("emulate", unknown_name("system to emulate", name, PRESETS))])
    return found
