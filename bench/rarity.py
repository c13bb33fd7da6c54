"""Build the table of word counts that `locate.matching.rarity` reads, and show that it holds for other titles.

``python -m bench.rarity --shared DIR [--out FILE] [--words 3000] [--held-out 10]`` counts in how many titles (245 $a
$b $n $p) of the open records each word stands: records of the United States Government Publishing Office and of
HathiTrust, a title counted once however many records have it. Every tenth title is held out: it is counted for the
check that is printed, and never for the table. Without ``--out`` nothing is written.
"""

from __future__ import annotations

import argparse
import os
import statistics
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from locate.errors import RecordError
from locate.matching.normalize import fold
from locate.matching.rarity import TITLES, is_stop, rarity
from locate.records import read_record, split_marc

# CC0 (HathiTrust) or works of the United States government (GPO).
SOURCES = (
    "partners/gpo",
    "partners/ht_a",
    "partners/ht_b",
    "partners/ht_c",
    "records/gpo",
    "records/gpo_old",
    "records/hathitrust_goldfinch",
)
WORDS = 3000
HELD_OUT = 10
_TELLING_WORDS = 3


def titles_of(data: Path, sources: Iterable[str] = SOURCES) -> list[str]:
    """Return the folded titles of ``sources`` below the folder ``data``, each once, in the order of the files."""
    found: dict[str, None] = {}
    for source in sources:
        for raw in split_marc((data / f"{source}.mrc").read_bytes()):
            record = read_record(raw, "marc21")
            if not isinstance(record, RecordError) and (title := fold(record.title.full)):
                found.setdefault(title)
    return list(found)


def split(titles: Sequence[str], every: int) -> tuple[list[str], list[str]]:
    """Return the titles to count and those held out: the first of every ``every``."""
    kept = [title for at, title in enumerate(titles) if at % every]
    return kept, list(titles[::every])


def counts(titles: Iterable[str]) -> Counter[str]:
    """Return in how many titles each word stands; function words, numbers and single letters are left out."""
    return Counter(
        word
        for title in titles
        for word in sorted(set(title.split()))
        if not is_stop(word) and not word[0].isdigit() and len(word) > 1
    )


def table(titles: Sequence[str], words: int) -> list[str]:
    """Return the lines of the table: the most frequent words, their counts in 100,000 titles, most frequent first."""
    found = sorted(counts(titles).items(), key=lambda item: (-item[1], item[0]))[:words]
    return [f"{word} {max(1, round(count * TITLES / len(titles)))}" for word, count in found]


def header(titles: int, words: int) -> list[str]:
    """Return the lines above the table: what it is, whence, under what licence, and how it was made."""
    return [
        f"# In how many of {TITLES:,} titles a word stands: the {words:,} most frequent words, folded.",
        "# Counted in 245 $a $b $n $p of catalog records, each title once; function words and numbers left out.",
        "# Records: United States Government Publishing Office (works of the United States government, public domain)",
        "# and HathiTrust members (CC0, published by the California Digital Library).",
        f"# Titles counted: {titles:,}. Made by: python -m bench.rarity --shared DIR --out locate/matching/words.txt",
    ]


@dataclass(frozen=True, slots=True)
class Check:
    """How the table does on titles that it was not counted from.

    ``known`` is the share of the telling words' occurrences that the table holds; ``mean`` their mean rarity;
    ``difference`` by how much of it the share of titles that hold a word differs between the two (median, over words
    that stand in at least ten held-out titles). ``sharing`` says how many of the counted titles, on average, hold the
    three words of a held-out title that one would search by: the rarest, or the longest.
    """

    known: float
    mean: float
    difference: float
    sharing: dict[str, float]


def check(kept: Sequence[str], held_out: Sequence[str], words: int) -> Check:
    """Compare the table as the package has it with the held-out titles."""
    listed = {line.split()[0] for line in table(kept, words)}
    occurrences = [word for title in held_out for word in counts([title])]
    frequent = {word: count for word, count in counts(held_out).items() if count >= 10 and word in listed}
    of_kept, ratio = counts(kept), len(held_out) / len(kept)
    differences = [abs(of_kept[word] * ratio / count - 1) for word, count in frequent.items()]
    index: defaultdict[str, set[int]] = defaultdict(set)
    for at, title in enumerate(kept):
        for word in title.split():
            index[word].add(at)
    return Check(
        known=sum(word in listed for word in occurrences) / len(occurrences),
        mean=statistics.mean(map(rarity, occurrences)),
        difference=statistics.median(differences),
        sharing={
            "rarest": _sharing(held_out, index, rarity),
            "longest": _sharing(held_out, index, len),
        },
    )


def _sharing(titles: Sequence[str], index: defaultdict[str, set[int]], by: Callable[[str], float]) -> float:
    found = []
    for title in titles:
        chosen = sorted(dict.fromkeys(title.split()), key=by, reverse=True)[:_TELLING_WORDS]
        found.append(len(set.intersection(*(index[word] for word in chosen))))
    return statistics.mean(found)


def main() -> None:
    """Count, check, print, and write when asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=os.environ.get("LOCATE_SHARED"))
    parser.add_argument("--out", type=Path, help="where to write the table")
    parser.add_argument("--words", type=int, default=WORDS)
    parser.add_argument("--held-out", type=int, default=HELD_OUT, help="hold out one title in so many")
    options = parser.parse_args()
    if options.shared is None:
        parser.error("name the folder of shared data with --shared or LOCATE_SHARED")
    kept, held_out = split(titles_of(Path(options.shared) / "data"), options.held_out)
    if options.out is not None:
        lines = [*header(len(kept), options.words), *table(kept, options.words)]
        options.out.write_text("\n".join(lines) + "\n", "utf-8")
    found = check(kept, held_out, options.words)
    print(f"{len(kept):,} titles counted, {len(held_out):,} held out")
    print(
        f"held out: {found.known:.1%} of the telling words' occurrences are in the table, mean rarity {found.mean:.2f}"
    )
    print(f"held out: a frequent word's count differs by {found.difference:.0%} (median)")
    for by, number in found.sharing.items():
        print(f"held out: the three {by} words stand in {number:.1f} of the counted titles")


if __name__ == "__main__":
    main()
