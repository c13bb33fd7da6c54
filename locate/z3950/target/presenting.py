"""The records of a result set in an answer: which ones, in which form, and as many as fit.

Decides what a record too large, unreadable or not convertible becomes, and between a plain answer and one in segments.
It refuses to know names of result sets and queries. Raises nothing: what is refused is a diagnostic in the answer.
Source: Z39.50-2003 §3.2.3 (Present), §3.3 (message size and segmentation).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from locate.errors import DiagnosticError, RecordError
from locate.z3950.apdu import CompSpec, NamePlusRecord, PresentRequest, PresentResponse, PresentStatus, Segment
from locate.z3950.diagnostics import refusal
from locate.z3950.target.negotiation import ServiceLimits, SessionTerms
from locate.z3950.target.rendering import RecordCache, renderer_for
from locate.z3950.target.result_sets import Hits, Part
from locate.z3950.target.segmentation import SegmentLimits, SizedRecord, pack

__all__ = ["Form", "Presenter", "next_position"]

_DIAGNOSTIC_BYTES = 128  # what a surrogate diagnostic counts against the message size


@dataclass(frozen=True, slots=True)
class Form:
    """In which form records are wanted: ``syntax`` a dotted OID, None for the target's choice; the element set name."""

    syntax: str | None
    element_set: str | None


class Presenter:
    """Puts records into the answers of one Z-association, by the terms of its Init."""

    def __init__(self, terms: SessionTerms, limits: ServiceLimits, cache: RecordCache) -> None:
        self._terms = terms
        self._limits = limits
        self._cache = cache

    def first_records(self, hits: Hits, count: int, form: Form) -> tuple[int, tuple[str, Any], int]:
        """Return present status, records field and number of records of a Search answer with ``count`` records."""
        try:
            records = self._records(hits, 1, count, form, self._one_message(count))
        except DiagnosticError as error:
            return PresentStatus.FAILURE, ("diagnostic", self._terms.diagnostic(error)), 0
        packed = pack(records, self._plain)
        status = PresentStatus.SUCCESS if packed.complete else PresentStatus.PARTIAL_2
        return status, ("response", packed.segments[0]), packed.records

    def present(self, hits: Hits, request: PresentRequest) -> list[Segment | PresentResponse]:
        """Return the answer to Present: the PresentResponse, with the Segments before it that it takes."""
        start, count = request.result_set_start_point, request.number_of_records_requested
        try:
            if request.additional_ranges:
                raise refusal(243)
            if start < 1 or count < 0 or start + count - 1 > hits.size:
                raise refusal(13, str(start))
            bounds, largest = self._bounds(request)
            records = self._records(hits, start, count, _form_of(request), largest, cut=bounds.fragments)
        except DiagnosticError as error:
            return [self.failure(request, error, hits.size)]
        packed = pack(records, bounds)
        *earlier, last = packed.segments
        status = PresentStatus.SUCCESS if packed.complete else PresentStatus.PARTIAL_2
        reference = request.reference_id
        answer = PresentResponse(
            number_of_records_returned=packed.records,
            next_result_set_position=next_position(start + packed.records, hits.size),
            present_status=status,
            records=("response", last),
            reference_id=reference,
        )
        return [*(Segment(_begun(segment), segment, reference_id=reference) for segment in earlier), answer]

    def failure(self, request: PresentRequest, error: DiagnosticError, size: int) -> PresentResponse:
        """Return the answer to a Present of a result set of ``size`` records that cannot be carried out."""
        return PresentResponse(
            number_of_records_returned=0,
            next_result_set_position=next_position(max(request.result_set_start_point, 1), size),
            present_status=PresentStatus.FAILURE,
            records=("diagnostic", self._terms.diagnostic(error)),
            reference_id=request.reference_id,
        )

    # ---- sizes ------------------------------------------------------------------------------------------------------

    @property
    def _plain(self) -> SegmentLimits:
        size = self._terms.preferred_bytes
        return SegmentLimits(1, size, self._limits.aggregate_bytes, fragments=False)

    def _one_message(self, count: int) -> int:
        """Return the bytes of the largest record: one asked for alone may be an exceptional one (§3.3.1)."""
        return self._terms.exceptional_bytes if count == 1 else self._terms.preferred_bytes

    def _bounds(self, request: PresentRequest) -> tuple[SegmentLimits, int]:
        """Return the bounds of an answer and the bytes of the largest record in it. Raises diagnostic 242."""
        level = self._terms.segmentation
        segments = request.max_segment_count
        if not level or segments == 1:
            return self._plain, self._one_message(request.number_of_records_requested)
        size, total = self._terms.preferred_bytes, self._limits.aggregate_bytes
        if level == 2 and request.max_segment_size is not None:
            size = request.max_segment_size
        if size < 1 or (segments is not None and segments < 1):
            raise refusal(242)
        most = total if segments is None else segments
        bounds = SegmentLimits(most, size, total, fragments=level == 2)
        if level == 1:
            return bounds, self._one_message(request.number_of_records_requested)
        largest = self._limits.record_bytes if request.max_record_size is None else request.max_record_size
        return bounds, min(largest, size * most)

    # ---- records ----------------------------------------------------------------------------------------------------

    def _records(
        self, hits: Hits, start: int, count: int, form: Form, largest: int, *, cut: bool = False
    ) -> Iterator[SizedRecord]:
        """Return records as they are needed. Raises DiagnosticError when the form is refused as a whole.

        A record of more than ``largest`` bytes is diagnostic 16 when it could be had alone, which is no way out where
        records are ``cut``; else 17.
        """
        renderers = {part.name: renderer_for(part.catalog, form.syntax, form.element_set) for part in hits.parts}
        find = self._cache.find
        alone = 0 if cut else self._terms.exceptional_bytes

        def each() -> Iterator[SizedRecord]:
            for position in range(start, start + count):
                part, number = hits.at(position)
                try:
                    external = find(part.catalog, number, renderers[part.name])
                except RecordError as error:
                    yield self._surrogate(part, refusal(14, error.reason))
                    continue
                size = len(external.encoding[1])
                if size > largest:
                    yield self._surrogate(part, refusal(16 if size <= alone else 17))
                else:
                    yield SizedRecord(NamePlusRecord(("retrieval", external), part.name), size)

        return each()

    def _surrogate(self, part: Part, error: DiagnosticError) -> SizedRecord:
        entry = NamePlusRecord(("surrogate", self._terms.diagnostic(error)), part.name)
        return SizedRecord(entry, _DIAGNOSTIC_BYTES)


def next_position(position: int, size: int) -> int:
    """Return nextResultSetPosition, which is 0 once the last record of the result set has been returned (§3.2.2)."""
    return position if position <= size else 0


def _begun(segment: tuple[NamePlusRecord, ...]) -> int:
    """Return how many records begin in a segment (§3.2.3.2.2)."""
    return sum(entry.record[0] in {"retrieval", "surrogate", "starting"} for entry in segment)


def _form_of(request: PresentRequest) -> Form:
    """Read the record composition. Raises diagnostic 244 for what is not supported of a comp-spec."""
    composition = request.record_composition
    if composition is None:
        return Form(request.preferred_record_syntax, None)
    arm, value = composition
    if arm == "simple":
        kind, names = value
        return Form(request.preferred_record_syntax, str(names) if kind == "generic" else None)
    return _form_of_comp_spec(value, request.preferred_record_syntax)


def _form_of_comp_spec(spec: CompSpec, preferred: str | None) -> Form:
    if spec.db_specific:
        raise refusal(244, "database specific")
    syntax = spec.record_syntax[0] if spec.record_syntax else preferred
    element = spec.generic.element_spec if spec.generic else None
    if element is None:
        return Form(syntax, None)
    if element[0] != "element_set_name":
        raise refusal(1002)
    return Form(syntax, element[1])
