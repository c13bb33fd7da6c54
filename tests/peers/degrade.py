"""Draw records from a catalog and degrade each to the citation that an interlibrary-loan request would carry.

The probabilities are those by which the labelled citations of the shared data were made, and stand in ``RATES``. A
record's citation depends on the seed and its control number alone, so adding records to a catalog changes no other
citation. Raises ValueError when the catalog has fewer usable records than are asked for.
"""

from __future__ import annotations

import random
import re
import string
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from stdnum import isbn as stdnum_isbn

from locate.citation import Citation
from tests.peers.catalog import Facts, read_facts, same_items

__all__ = ["RATES", "Sampled", "citations", "degrade"]

RATES = MappingProxyType(
    {
        "subtitle": 0.5,  # 245 $b is kept
        "number_in_title": 0.5,  # 245 $n goes into the title, otherwise into the volume
        "fold": 0.7,  # diacritics off
        "drop_article": 0.3,
        "cut": 0.2,  # at 60 characters
        "typos": 0.25,  # one for every 30 characters
        "lower": 0.3,
        "author": 0.9,
        "surname_only": 0.66,
        "year_exact": 0.85,
        "year_off": 0.07,  # the remaining 0.08: no year
        "edition": 0.5,
        "publisher": 0.4,
        "isbn_other_format": 0.15,
        "isbn_own": 0.60,  # the remaining 0.25: no ISBN
        "isbn_as_10": 0.5,
        "isbn_hyphens": 0.3,
        "isbn_wrong_digit": 0.03,
        "issn": 0.6,
        "format": 0.7,
        "language": 0.3,
    }
)
CUT_AT = 60
CHARACTERS_A_TYPO = 30
_ARTICLES = frozenset(
    {
        *(
            "a",
            "an",
            "the",
            "le",
            "la",
            "les",
            "un",
            "une",
            "der",
            "die",
            "das",
            "ein",
            "eine",
            "el",
            "los",
            "las",
            "una",
        ),
        *("il", "lo", "gli", "uno", "o", "os", "as", "um", "uma", "de", "het", "een"),
    }
)
_KEPT = "'\u2019&-"  # the labelled citations keep these; all other punctuation becomes a space


@dataclass(frozen=True, slots=True)
class Sampled:
    """A citation and what must be found for it.

    ``control_number`` is the 001 of the record that it was drawn from; ``partner`` the catalog file's stem;
    ``acceptable`` the 001s of all records of that catalog that are the same item, by ``catalog.same_items``.
    """

    citation: Citation
    control_number: str
    partner: str
    acceptable: frozenset[str]


def citations(mrc: Path, count: int, seed: int) -> list[Sampled]:
    """Draw ``count`` different records that have a 001 and a 245 $a, and degrade each; the same seed, the same list.

    Raises ValueError when the file has fewer such records.
    """
    facts = read_facts(mrc)
    if count > len(facts):
        raise ValueError(f"{mrc.name} has {len(facts)} records with 001 and 245 $a; {count} were asked for")
    same = same_items(facts)
    drawn = random.Random(f"{seed}:{mrc.stem}").sample(facts, count)
    return [
        Sampled(
            degrade(one, random.Random(f"{seed}:{one.control_number}")),
            one.control_number,
            mrc.stem,
            same[one.control_number],
        )
        for one in drawn
    ]


def degrade(facts: Facts, rng: random.Random) -> Citation:
    """Return a citation of one record, degraded by ``RATES``; no OCLC number, no other control number, no LCCN."""
    folding = _chance(rng, "fold")
    title, volume = _title(facts, rng, folding=folding)
    return Citation(
        title=title,
        volume=volume,
        author=_author(facts, rng, folding=folding),
        year=_year(facts, rng),
        edition=_edition(facts.edition) if _chance(rng, "edition") else None,
        publisher=" ".join(_plain(facts.publisher).split()[:2]) or None if _chance(rng, "publisher") else None,
        isbn=_isbn(facts, rng),
        issn=facts.issns[:1] if _chance(rng, "issn") else (),
        format=facts.carrier if _chance(rng, "format") else None,
        type=facts.type,
        language=facts.language or None if _chance(rng, "language") else None,
    )


def _chance(rng: random.Random, name: str) -> bool:
    return rng.random() < RATES[name]


def _plain(text: str) -> str:
    """Return the text without punctuation, in NFC; stray hyphens and apostrophes at its ends go, too."""
    composed = unicodedata.normalize("NFC", text)
    spaced = "".join(" " if c not in _KEPT and unicodedata.category(c)[0] in "PSCZ" else c for c in composed)
    return " ".join(spaced.split()).strip(" -'\u2019")


def _folded(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def _title(facts: Facts, rng: random.Random, *, folding: bool) -> tuple[str | None, str | None]:
    """Return the title and the volume, either of them None when nothing is left of it."""
    pieces = [_without_article(facts) if _chance(rng, "drop_article") else facts.title]
    volume: list[str] = []
    number_in_title = _chance(rng, "number_in_title")
    for code, text in facts.parts:
        (pieces if code == "p" or number_in_title else volume).append(text)
    if _chance(rng, "subtitle"):
        pieces.insert(1, facts.subtitle)
    title = _plain(" ".join(pieces))
    if folding:
        title = _folded(title)
    if _chance(rng, "cut"):
        title = _cut(title)
    if _chance(rng, "typos"):
        title = _with_typos(title, rng)
    if _chance(rng, "lower"):
        title = title.lower()
    return title.strip() or None, _plain(" ".join(volume)) or None


def _without_article(facts: Facts) -> str:
    """Drop the leading article when second indicator and word agree that it is one, or the word is English."""
    first, _, rest = facts.title.partition(" ")
    word = first.casefold()
    if rest and word in _ARTICLES and (facts.nonfiling == len(first) + 1 or word in {"a", "an", "the"}):
        return rest
    return facts.title


def _cut(title: str) -> str:
    """Keep whole words up to 60 characters; a single longer word is cut inside."""
    if len(title) <= CUT_AT:
        return title
    return title[: CUT_AT + 1].rpartition(" ")[0] or title[:CUT_AT]


def _with_typos(title: str, rng: random.Random) -> str:
    letters = list(title)
    for _ in range(max(1, len(title) // CHARACTERS_A_TYPO)):
        places = [i for i in range(len(letters) - 1) if letters[i].isalpha() and letters[i + 1].isalpha()]
        if not places:
            break
        at = rng.choice(places)
        kind = rng.choice(("swap", "drop", "insert", "replace"))
        if kind == "swap":
            letters[at], letters[at + 1] = letters[at + 1], letters[at]
        elif kind == "drop":
            del letters[at]
        elif kind == "insert":
            letters.insert(at + 1, rng.choice(string.ascii_lowercase))
        else:
            letters[at] = rng.choice(string.ascii_lowercase)
    return "".join(letters)


def _author(facts: Facts, rng: random.Random, *, folding: bool) -> str | None:
    """Return "Surname" or "Forename Surname" of a person; a corporate heading stays whole."""
    given, surname_only = _chance(rng, "author"), _chance(rng, "surname_only")
    if not given or not facts.author:
        return None
    name = _folded(facts.author) if folding else unicodedata.normalize("NFC", facts.author)
    surname, _, forename = name.partition(",")
    if not facts.personal:
        return name.strip(" ,.:;/") or None
    return (_plain(surname) if surname_only else _plain(f"{forename} {surname}")) or None


def _year(facts: Facts, rng: random.Random) -> int | None:
    drawn, later = rng.random(), rng.random() < 0.5
    if facts.year is None or drawn >= RATES["year_exact"] + RATES["year_off"]:
        return None
    if drawn < RATES["year_exact"]:
        return facts.year
    return facts.year + (1 if later else -1)


def _edition(statement: str) -> str | None:
    """Return the first number of an edition statement, or its words when it has none."""
    number = re.search(r"\d+", statement)
    return number.group() if number else _plain(statement) or None


def _isbn(facts: Facts, rng: random.Random) -> tuple[str, ...]:
    """Return the other format's number as it stands, or the own one rewritten, or none."""
    drawn = rng.random()
    as_10, hyphens, wrong = (_chance(rng, f"isbn_{name}") for name in ("as_10", "hyphens", "wrong_digit"))
    if drawn < RATES["isbn_other_format"]:
        return facts.other_isbns[:1]
    if drawn >= RATES["isbn_other_format"] + RATES["isbn_own"] or not facts.isbns:
        return ()
    number = _rewritten(facts.isbns[0], as_10=as_10)
    if wrong:
        at = rng.randrange(len(number) - 1)
        number = number[:at] + rng.choice([d for d in string.digits if d != number[at]]) + number[at + 1 :]
    return (stdnum_isbn.format(number) if hyphens else number,)


def _rewritten(number: str, *, as_10: bool) -> str:
    """Return the number as ISBN-10 or ISBN-13; one that fails its check digit or has no other form stays as it is."""
    if not stdnum_isbn.is_valid(number):
        return number
    if as_10 and len(number) == 13 and number.startswith("978"):
        return stdnum_isbn.to_isbn10(number)
    return number if as_10 else stdnum_isbn.to_isbn13(number)
