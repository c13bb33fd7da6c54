"""A made-up folder of labelled pairs, and judgements as the matcher might give them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bench.matching.judging import Judged
from bench.matching.pairs import Pair
from locate.citation import Citation
from locate.matching import MatchVerdict
from tests.records.build import iso2709

COTTON = ("001 c1", "100 1#$aTodd, John A.", "245 14$aThe world's cotton crops /$cby John A. Todd.")
OTHER_COTTON = ("001 c2", *COTTON[1:])
GEOLOGY = ("001 g1", "100 1#$aNicholson, H.", "245 10$aText-book of geology.")
CITED = {"title": "the world's cotton crops", "author": "Todd", "year": 2001, "type": "book"}


def shared_folder(folder: Path) -> Path:
    """Write three records and five pairs of the set "shared_isbn" under ``folder``; return ``folder``.

    One pair is without its record, one without a label.
    """
    records, pairs, charset = (folder / "data" / name for name in ("records", "pairs", "charset"))
    for part in (records, pairs, charset):
        part.mkdir(parents=True)
    made = b"".join(iso2709(*fields) for fields in (COTTON, OTHER_COTTON, GEOLOGY))
    for path in (records / "made.mrc", charset / "marc8.mrc"):
        path.write_bytes(made)
    same = {"a": "made:c1", "b": "made:c2", "label": 1, "why": "same OCLC number (made up)"}
    other = {"a": "made:c1", "b": "made:g1", "label": 0, "why": "other title"}
    _write(pairs / "shared_isbn.jsonl", same, other, {**other, "b": "made:lost"}, {**other, "label": None})
    cited = {"a": "cit:made:c1", "citation": CITED, "b": "made:c2", "label": 1, "why": same["why"], "decidable": ["-"]}
    _write(pairs / "shared_isbn_citation.jsonl", cited)
    return folder


def _write(path: Path, *rows: dict[str, Any]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def judged(
    verdict: MatchVerdict = MatchVerdict.SAME,
    *,
    same: bool = True,
    probability: float = 1.0,
    wanted: Citation | str = "made:c1",
    dataset: str = "gpo_hard",
    why: str = "made up",
    decidable: tuple[str, ...] = ("-",),
) -> Judged:
    """Return a judgement on a made-up pair of records, or of a citation when ``wanted`` is one."""
    return Judged(Pair(dataset, wanted, "made:c2", same, why, decidable), verdict, 0, probability)
