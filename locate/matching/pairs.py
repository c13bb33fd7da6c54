"""Judge pairs that come as lines of JSON: a citation or a reference record, and the record to compare with it.

    {"id": 7, "citation": {"title": "..."}, "record": {"marc": "base64 of ISO 2709"}}
    {"id": 8, "reference": {"marcxml": "<record>...</record>"}, "record": {"marc": "..."}}

Decides what a line must hold, and what is told of one that does not: a `RefusedPair` with a reason, in the answer's
place. Knows nothing of files, and of matching only the door. Further keys of a line are left alone. Raises nothing for
any line.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import isfinite
from typing import Any, Final, NoReturn

from locate.citation import Citation
from locate.errors import CitationError, RecordError
from locate.matching import Agreement, Match, Matcher
from locate.records.bib import BibRecord
from locate.records.read import read_record

__all__ = ["JudgedPair", "PairJudge", "RefusedPair", "accept_for"]

_REMEMBERED: Final = 16
_BOM: Final = "\N{ZERO WIDTH NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class JudgedPair:
    """A pair and its match.

    ``id`` is the line's own, any JSON value, None when it has none; ``accept`` the score from which it is the same.
    """

    id: Any
    wanted: Citation | BibRecord
    record: BibRecord
    match: Match
    accept: int

    @property
    def reasons(self) -> list[str]:
        """The sentence, then what each feature that is not silent says, the heaviest first."""
        told = [one for one in self.match.evidence if one.verdict is not Agreement.SILENT]
        return [self.match.sentence, *(one.why for one in sorted(told, key=lambda one: -abs(one.weight)))]

    def to_mapping(self) -> dict[str, Any]:
        """Return the JSON form of the answer."""
        match = self.match
        return {
            "id": self.id,
            "verdict": match.verdict,
            "score": match.score,
            "probability": round(match.probability, 4),
            "reasons": self.reasons,
        }


@dataclass(frozen=True, slots=True)
class RefusedPair:
    """A line that is no pair: its ``id``, None when none could be read, and the ``reason`` as one sentence."""

    id: Any
    reason: str

    def to_mapping(self) -> dict[str, Any]:
        """Return the JSON form of the answer."""
        return {"id": self.id, "error": self.reason}


def accept_for(matcher: Matcher, wanted: Citation | BibRecord) -> int:
    """Return the score from which a record is the same as ``wanted``."""
    scale = matcher.weights.citation if isinstance(wanted, Citation) else matcher.weights.record
    return scale.accept


class _RefusedError(Exception):
    """What is wrong with a line; becomes a `RefusedPair`."""


class PairJudge:
    """Judges lines one by one. Keeps the records that it read last, since neighbouring lines often share one."""

    def __init__(self, matcher: Matcher | None = None) -> None:
        self._matcher = matcher or Matcher()
        self._decoder = json.JSONDecoder(object_pairs_hook=_object, parse_float=_finite, parse_constant=_no_json)
        self._read: Callable[[str, str], BibRecord | RecordError] = lru_cache(_REMEMBERED)(_read)
        self._prepare: Callable[[str, str], Any] = lru_cache(_REMEMBERED)(self._prepared)

    def judge(self, line: bytes) -> JudgedPair | RefusedPair | None:
        """Judge one line of UTF-8, with or without its line end; None when it is blank."""
        name = None
        try:
            pair = self._parse(line)
            if pair is None:
                return None
            name = pair.get("id")
            return self._judge(name, pair)
        except _RefusedError as refused:
            return RefusedPair(name, str(refused))

    def _parse(self, line: bytes) -> Mapping[str, Any] | None:
        try:
            text = line.decode("utf-8").removeprefix(_BOM).strip()
            if not text:
                return None
            pair = self._decoder.decode(text)
        except UnicodeDecodeError as error:
            raise _RefusedError(f"the line is not UTF-8: byte {error.start + 1} fits no character") from None
        except json.JSONDecodeError as error:
            raise _RefusedError(f"the line is no JSON: {error.msg}, column {error.colno}") from None
        except (ValueError, RecursionError) as error:
            raise _RefusedError(f"the line is no JSON that can be read: {error}") from None
        if not isinstance(pair, dict):
            raise _RefusedError("the line is no JSON object")
        return pair

    def _judge(self, name: Any, pair: Mapping[str, Any]) -> JudgedPair:
        citation, reference = pair.get("citation"), pair.get("reference")
        if (citation is None) == (reference is None):
            found = "neither a citation nor" if citation is None else "both a citation and"
            raise _RefusedError(f"the line has {found} a reference; give one of the two")
        wanted: Citation | BibRecord
        if reference is None:
            wanted = prepared = _citation(citation)
        else:
            where = _where("reference", reference)
            wanted, prepared = self._record("reference", where), self._prepare(*where)
        record = self._record("record", _where("record", pair.get("record")))
        return JudgedPair(
            name, wanted, record, self._matcher.judge(prepared, record), accept_for(self._matcher, wanted)
        )

    def _prepared(self, kind: str, text: str) -> Any:
        record = self._read(kind, text)
        assert isinstance(record, BibRecord)
        return self._matcher.prepare(record)

    def _record(self, key: str, where: tuple[str, str]) -> BibRecord:
        try:
            found = self._read(*where)
        except ValueError as error:
            raise _RefusedError(f"{key}.marc is no base64: {error}") from None
        if isinstance(found, RecordError):
            raise _RefusedError(f"{key}: {found}")
        return found


def _citation(value: Any) -> Citation:
    try:
        citation = Citation.from_mapping(value)
    except CitationError as error:
        raise _RefusedError(str(error)) from None
    if citation == Citation():
        raise _RefusedError("the citation is empty")
    return citation


def _where(key: str, value: Any) -> tuple[str, str]:
    """Return the form of a record, "marc" or "marcxml", and its text. Raises _RefusedError."""
    if value is None:
        raise _RefusedError(f"the line has no {key}")
    if not isinstance(value, dict):
        raise _RefusedError(f'the {key} is no object; give {{"marc": base64}} or {{"marcxml": text}}')
    given = [(form, value[form]) for form in ("marc", "marcxml") if value.get(form) is not None]
    if len(given) != 1:
        found = "both marc and" if given else "neither marc nor"
        raise _RefusedError(f"the {key} has {found} marcxml; give one of the two")
    form, text = given[0]
    if not isinstance(text, str):
        raise _RefusedError(f"{key}.{form} is not text")
    return form, text


def _read(form: str, text: str) -> BibRecord | RecordError:
    """Read MARCXML, or ISO 2709 in base64 (blanks and line ends allowed). Raises ValueError for what is no base64."""
    if form == "marcxml":
        return read_record(text.encode("utf-8", "replace"), "xml")
    return read_record(base64.b64decode("".join(text.split()), validate=True), "marc21")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return the object of ``pairs``; a key may stand twice only with the same value. Raises ValueError."""
    found = dict(pairs)
    if len(found) != len(pairs):
        for key, value in pairs:
            if found[key] != value:
                raise ValueError(f"the key {key!r} stands twice with different values")
    return found


def _finite(text: str) -> float:
    number = float(text)
    return number if isfinite(number) else _no_json(text)


def _no_json(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number that JSON can tell")
