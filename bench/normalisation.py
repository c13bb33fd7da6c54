"""Measure what normalisation does: how many true pairs get equal title keys, step by step, and how many false ones.

``python -m bench.normalisation --shared DIR``

Each line adds one step to the one before. "True" are labelled pairs of two records of the same item, "false" the hard
negatives, whose titles are often equal: there the parts, years and carriers must decide. Then: how many transcribed
fields (880) come out, romanised, as the field that they belong to; and the median time of the two busiest functions.
"""

from __future__ import annotations

import argparse
import re
import statistics
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from bench.matching.pairs import RECORDS, SETS, Corpus, load, read_records
from locate.matching.normalize import compact, cut_responsibility, fold, is_latin, romanise, skeleton, title_words
from locate.matching.numerals import with_digits
from locate.records import BibRecord

Key = Callable[[BibRecord], str]

_TRAILING = " /:;,=."
_NOT_WORD = re.compile(r"[\W_]+")
_STOP = re.compile(r"[:;=]|\.(?=\s)")
_TAGS = frozenset(["100", "110", "245", "246", "250", "260", "264", "490", "700", "710", "830"])


def _no_trailing(record: BibRecord) -> str:
    return record.title.full.rstrip(_TRAILING)


def _no_punctuation(record: BibRecord) -> str:
    return _NOT_WORD.sub(" ", record.title.full.casefold()).strip()


def _cut(record: BibRecord, text: str) -> tuple[str, ...]:
    surnames = {compact(fold(name.surname).split()) for name in record.names if name.surname}
    return cut_responsibility(title_words(text), surnames)


LADDER: tuple[tuple[str, Key], ...] = (
    ("as written", lambda record: record.title.full),
    ("trailing ISBD punctuation off", _no_trailing),
    ("case folded", lambda record: _no_trailing(record).casefold()),
    ("punctuation to blanks", _no_punctuation),
    ("fold: marks, &, initials", lambda record: fold(record.title.full)),
    ("title_words: article, medium, notes", lambda record: " ".join(title_words(record.title.full))),
    ("compact: blanks", lambda record: compact(title_words(record.title.full))),
    ("cut_responsibility: by its authors", lambda record: compact(_cut(record, record.title.full))),
    ("with_digits: number words", lambda record: compact(with_digits(_cut(record, record.title.full)))),
    ("title proper only", lambda record: compact(_cut(record, record.title.proper))),
    ("title proper up to its first stop", lambda record: compact(_cut(record, _STOP.split(record.title.proper)[0]))),
)


def print_ladder(corpus: Corpus) -> None:
    """Print the share of true and false pairs whose keys are equal after each step."""
    sides: dict[bool, list[tuple[BibRecord, BibRecord]]] = {True: [], False: []}
    for pair in corpus.select(RECORDS):
        one, other = (corpus.records[name] for name in pair.names)
        sides[pair.same].append((one, other))
    print(f"{len(sides[True])} true pairs, {len(sides[False])} false pairs: share with equal keys")
    for step, key in LADDER:
        true, false = (sum(key(one) == key(other) for one, other in pairs) / len(pairs) for pairs in sides.values())
        print(f"  {true:6.1%}  {false:6.1%}  {step}")


def linked_texts(record: BibRecord) -> Iterator[tuple[str, str]]:
    """Yield the romanised and the original text of each subfield that an 880 repeats in another script."""
    for field in record.get("880"):
        tag, number = (field.first("6") or "")[:3], (field.first("6") or "")[4:6]
        if tag not in _TAGS or number == "00":
            continue
        for other in record.get(tag):
            if (other.first("6") or "").startswith(f"880-{number}"):
                for code in "abcnp":
                    yield from zip(other.all(code), field.all(code), strict=False)
                break


def script_of(text: str) -> str:
    """Return the script that most letters of ``text`` are in, as Unicode names it."""
    names = [unicodedata.name(char, "?").split()[0] for char in text if char.isalpha()]
    return Counter(name for name in names if name != "LATIN").most_common(1)[0][0]


def print_scripts(shared: Path) -> None:
    """Print, by script, how often the romanised text has the same letters as the original one, romanised here, and how
    often the same consonants.
    """
    texts: set[tuple[str, str]] = set()
    for folder in ("records", "partners"):
        for path in sorted((shared / "data" / folder).glob("*.mrc")):
            for record in read_records(path):
                texts.update(linked_texts(record))
    found, equal, alike = Counter[str](), Counter[str](), Counter[str]()
    for romanised, original in texts:
        if not is_latin(original):
            script = script_of(original)
            found[script] += 1
            equal[script] += compact(fold(romanised).split()) == compact(romanise(original).split())
            alike[script] += skeleton(romanised) == skeleton(original)
    print(f"{found.total()} transcribed subfields: {equal.total()} romanise to the same letters")
    for script, count in found.most_common():
        consonants = f"; the consonants alike: {alike[script]}" if alike[script] else ""
        print(f"  {equal[script]:5} of {count:5}  {script.lower()}{consonants}")


def print_speed(titles: Iterable[str]) -> None:
    """Print the median time of folding one ASCII title that was not folded before."""
    plain = [title for title in titles if title.isascii()]
    steps: tuple[tuple[str, Callable[[str], object]], ...] = (("fold", fold), ("title_words", title_words))
    for name, step in steps:
        times = []
        for number, title in enumerate(plain):
            unknown = f"{title} {name} {number}"
            started = time.perf_counter_ns()
            step(unknown)
            times.append(time.perf_counter_ns() - started)
        print(f"{name}: {statistics.median(times) / 1000:.1f} µs (median of {len(plain)} ASCII titles)")


def main() -> None:
    """Run the measurement."""
    parser = argparse.ArgumentParser(description="Measure the normalisation of titles.")
    parser.add_argument(
        "--shared", type=Path, required=True, help="folder with data/pairs, data/records, data/partners"
    )
    shared = parser.parse_args().shared
    corpus = load(shared, SETS)
    print_ladder(corpus)
    print_scripts(shared)
    print_speed(record.title.full for record in corpus.records.values())


if __name__ == "__main__":
    main()
