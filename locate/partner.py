"""A partner library: where its Z39.50 target is, how to search it, what of it may be lent.

Frozen data with the defaults of the default cascade; `locate.config` builds it from TOML. It refuses to know how a
search is carried out or what an answer means.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from locate.supply import Fulfilment, ItemPreferences

__all__ = [
    "Credentials",
    "Limits",
    "LocateProfile",
    "OnError",
    "Partner",
    "RunLimits",
    "SearchStep",
    "StepKind",
    "Target",
    "Tls",
]


class StepKind(StrEnum):
    """What a search step searches by."""

    LCCN = "lccn"
    CONTROL_NUMBER = "control_number"
    ISBN = "isbn"
    ISSN = "issn"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class SearchStep:
    """One step of the cascade and the Bib-1 attributes that this target wants for it.

    ``attributes`` are (type, value) pairs, type 1 (use) first. ``author_attributes`` are used by a title step when
    the citation has an author; empty means the author is never sent.
    """

    kind: StepKind
    attributes: tuple[tuple[int, int], ...]
    author_attributes: tuple[tuple[int, int], ...] = ()


# Bib-1 (LoC attribute set bib-1): 9 LC card number, 12 local number, 7 ISBN, 8 ISSN, 4 title, 1003 author;
# type 4 is structure: 1 phrase, 6 word list. Structure is sent only where a plain phrase would be the wrong default.
DEFAULT_STEPS = (
    SearchStep(StepKind.LCCN, ((1, 9),)),
    SearchStep(StepKind.CONTROL_NUMBER, ((1, 12),)),
    SearchStep(StepKind.ISBN, ((1, 7),)),
    SearchStep(StepKind.ISSN, ((1, 8),)),
    SearchStep(StepKind.TITLE, ((1, 4), (4, 6)), ((1, 1003), (4, 6))),
)


@dataclass(frozen=True, slots=True)
class LocateProfile:
    """How this partner is searched.

    ``steps`` run in order until one yields a verified record. ``locate_by``, when not empty, replaces the cascade: the
    named fields that the citation has are ANDed in one search. ``pqf_prefix`` is put before every query.
    ``query_charset`` is a Python codec name; None stands for what Init agreed on, else UTF-8. ``record_syntaxes`` are
    tried in order: "opac", "marc21", "unimarc", "xml". ``max_records`` caps the records fetched and verified a step;
    ``max_searches`` the searches a request. ``accept`` names the match verdicts that count as held, within what the
    request allows (`locate.candidates.accepted_verdicts`).
    """

    steps: tuple[SearchStep, ...] = DEFAULT_STEPS
    locate_by: tuple[StepKind, ...] = ()
    pqf_prefix: str = ""
    query_charset: str | None = None
    record_syntaxes: tuple[str, ...] = ("opac", "marc21", "xml")
    element_set: str | None = "F"
    max_records: int = 10
    max_searches: int = 5
    accept: tuple[str, ...] = ("same", "reprint", "other_edition")


@dataclass(frozen=True, slots=True)
class Credentials:
    """What Init carries as idAuthentication.

    ``open`` is the single-string form; ``user``/``password``/``group`` the idPass form; all None with ``anonymous``
    True the anonymous form. The password is never shown by repr.
    """

    user: str | None = None
    password: str | None = field(default=None, repr=False)
    group: str | None = None
    open: str | None = field(default=None, repr=False)
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class Tls:
    """TLS to a target: its certificate is verified against ``ca_file`` (PEM; None: the system's authorities) and must
    bear the host's name, unless ``insecure``.
    """

    ca_file: str | None = None
    insecure: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """A Z39.50 target: ``host``, ``port`` (210 is the registered one), ``database``, how to log in (None: nothing).

    ``tls`` None means a plain connection. ``charset`` is a character set to propose in Init, by its Python codec name;
    None proposes none.
    """

    host: str
    port: int = 210
    database: str = "Default"
    credentials: Credentials | None = None
    tls: Tls | None = None
    charset: str | None = None

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}/{self.database}"


@dataclass(frozen=True, slots=True)
class Limits:
    """Politeness and patience. ``connections`` at once to this target; ``operation_s`` seconds for one Init, Search or
    Present; ``partner_s`` seconds for all of this partner's work on one request.
    """

    connections: int = 1
    operation_s: float = 10.0
    partner_s: float = 30.0


@dataclass(frozen=True, slots=True)
class RunLimits:
    """Bounds of one locate run: ``deadline_s`` seconds for the whole rota, and how many partners are asked at once.

    ``idle_s`` seconds after its last use a connection to a target is closed; 0 closes it as soon as a run is done with
    the partner.
    """

    deadline_s: float = 60.0
    max_partners_at_once: int = 50
    idle_s: float = 60.0


class OnError(StrEnum):
    """What becomes of a partner that could not be asked: kept last and marked unverified, retried later, or dropped."""

    KEEP_LAST = "keep_last"
    RETRY_LATER = "retry_later"
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class Partner:
    """One partner of a rota.

    ``code`` is the caller's own key for it; ``system`` names the availability dialect ("alma", "koha", …, "generic"),
    ``dialect`` what of it is otherwise here (a mapping of a dialect file's form, empty for nothing). ``profile`` None
    means that no locate profile is configured: the partner is kept, unverified, in rota order. ``holdings_codes``
    restrict success to these libraries (code or name, case-insensitive). ``items`` and ``fulfilment`` say which of its
    items may be asked for.
    """

    code: str
    target: Target
    name: str = ""
    system: str = "generic"
    profile: LocateProfile | None = LocateProfile()
    limits: Limits = Limits()
    holdings_codes: tuple[str, ...] = ()
    items: ItemPreferences = field(default_factory=ItemPreferences)
    on_error: OnError = OnError.KEEP_LAST
    fulfilment: Fulfilment = field(default_factory=Fulfilment)
    dialect: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def label(self) -> str:
        """The name to show: ``name`` when given, else ``code``."""
        return self.name or self.code
