"""The labelled pairs of records and citations, and the records they name, each read once.

Knows the folder's layout and nothing of matching. A pair whose record is not in the folder, or cannot be read, is set
aside and counted. Raises OSError when a set named is not there, and CitationError for a citation that cannot be meant.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from locate.citation import Citation
from locate.errors import RecordError
from locate.records import BibRecord, read_record, split_marc

__all__ = ["CITATIONS", "FIXTURES", "RECORDS", "SETS", "Corpus", "Pair", "load", "read_records"]

SETS: Final = ("goldfinch_val", "hathi_hard", "gpo_hard", "shared_isbn")
FIXTURES: Final = "melinda_fixtures"
"""The verdicts of the Finnish national library's own unit tests: records only, and a label may be null."""

RECORDS: Final = "records"
CITATIONS: Final = "citations"
_EXPLAINED_BY_NOTHING: Final = ("-",)


@dataclass(frozen=True, slots=True)
class Pair:
    """One labelled pair: what is ``wanted``, the ``candidate``, and whether they are the same item.

    ``dataset`` is the name of its set; ``wanted`` a citation, or the name of a record; a record's name is
    "<source>:<001>". ``decidable`` are the citation's fields that tell the two apart: empty when none does.
    """

    dataset: str
    wanted: Citation | str
    candidate: str
    same: bool
    why: str
    decidable: tuple[str, ...] = _EXPLAINED_BY_NOTHING

    @property
    def kind(self) -> str:
        """`RECORDS` for a pair of two records, `CITATIONS` for a citation and a record."""
        return RECORDS if isinstance(self.wanted, str) else CITATIONS

    @property
    def reason(self) -> str:
        """The class of the pair: ``why`` without the details in its closing parentheses."""
        return self.why.partition(" (")[0]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the records that the pair needs."""
        return (self.wanted, self.candidate) if isinstance(self.wanted, str) else (self.candidate,)


@dataclass(frozen=True, slots=True)
class Corpus:
    """All pairs of the sets asked for, and the records by name; ``set_aside`` pairs lack a readable record."""

    pairs: tuple[Pair, ...]
    records: Mapping[str, BibRecord]
    set_aside: int = 0

    def select(self, kind: str, *datasets: str) -> list[Pair]:
        """Return the pairs of one kind, of the sets named or of all but the fixtures."""
        wanted = datasets or SETS
        return [pair for pair in self.pairs if pair.kind == kind and pair.dataset in wanted]

    def wanted(self, pair: Pair) -> Citation | BibRecord:
        """Return what the pair asks for."""
        return self.records[pair.wanted] if isinstance(pair.wanted, str) else pair.wanted


def load(shared: Path, datasets: Sequence[str]) -> Corpus:
    """Read the pairs of ``datasets``, of either kind, and every record they name."""
    data = shared / "data"
    pairs = [pair for dataset in datasets for pair in _pairs(data / "pairs", dataset)]
    records = _records(data / "records", {name for pair in pairs for name in pair.names})
    usable = tuple(pair for pair in pairs if all(name in records for name in pair.names))
    return Corpus(usable, records, len(pairs) - len(usable))


def read_records(path: Path) -> Iterator[BibRecord]:
    """Yield the readable MARC 21 records of one ISO 2709 file."""
    for raw in split_marc(path.read_bytes()):
        record = read_record(raw, "marc21")
        if not isinstance(record, RecordError):
            yield record


def _pairs(folder: Path, dataset: str) -> Iterator[Pair]:
    for row in _rows(folder / f"{dataset}.jsonl"):
        if row["label"] is not None:
            yield Pair(dataset, row["a"], row["b"], row["label"] == 1, row["why"])
    if dataset == FIXTURES:
        return
    for row in _rows(folder / f"{dataset}_citation.jsonl"):
        wanted = Citation.from_mapping(row["citation"])
        yield Pair(dataset, wanted, row["b"], row["label"] == 1, row["why"], tuple(row["decidable"]))


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _records(folder: Path, names: Iterable[str]) -> dict[str, BibRecord]:
    """Return the records named; of several with one name the first."""
    wanted = frozenset(names)
    found: dict[str, BibRecord] = {}
    for source in sorted({name.partition(":")[0] for name in wanted}):
        path = folder / f"{source}.mrc"
        for record in read_records(path) if path.exists() else ():
            name = f"{source}:{record.control_number}"
            if name in wanted:
                found.setdefault(name, record)
    return found
