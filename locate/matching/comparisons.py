"""The list of comparisons, and every feature they can find."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from locate.matching import interactions
from locate.matching.compare import (
    dates,
    editions,
    extent,
    formats,
    hosts,
    identifiers,
    kinds,
    media,
    names,
    parts,
    publisher_numbers,
    titles,
)
from locate.matching.compare.feature import Feature
from locate.matching.views import RecordView, View

__all__ = ["COMPARISONS", "FEATURES", "SPECIAL", "Comparison", "find"]


class Comparison(NamedTuple):
    """One kind of evidence: ``compare`` names the feature, ``shown`` gives the two values for a person to read."""

    compare: Callable[[View, RecordView], str]
    shown: Callable[[View, RecordView], tuple[str, str]]
    features: Mapping[str, Feature]


COMPARISONS: Final = (
    Comparison(titles.compare, titles.shown, titles.FEATURES),
    Comparison(names.compare, names.shown, names.FEATURES),
    Comparison(dates.compare, dates.shown, dates.FEATURES),
    Comparison(editions.compare, editions.shown, editions.FEATURES),
    Comparison(formats.compare, formats.shown, formats.FEATURES),
    Comparison(parts.compare, parts.shown, parts.FEATURES),
    Comparison(identifiers.compare_isbn, identifiers.shown_isbns, identifiers.ISBN_FEATURES),
    Comparison(identifiers.compare_issn, identifiers.shown_issns, identifiers.ISSN_FEATURES),
    Comparison(identifiers.compare_lccn, identifiers.shown_lccns, identifiers.LCCN_FEATURES),
    Comparison(identifiers.compare_control_numbers, identifiers.shown_control_numbers, identifiers.CONTROL_FEATURES),
    Comparison(kinds.compare_type, kinds.shown_types, kinds.TYPE_FEATURES),
    Comparison(kinds.compare_language, kinds.shown_languages, kinds.LANGUAGE_FEATURES),
    Comparison(extent.compare_publisher, extent.shown_publishers, extent.PUBLISHER_FEATURES),
    Comparison(extent.compare_pages, extent.shown_pages, extent.PAGES_FEATURES),
    Comparison(media.compare, media.shown, media.FEATURES),
    Comparison(hosts.compare, hosts.shown, hosts.FEATURES),
    Comparison(publisher_numbers.compare, publisher_numbers.shown, publisher_numbers.FEATURES),
)
FEATURES: Final[Mapping[str, Feature]] = MappingProxyType(
    {name: feature for one in COMPARISONS for name, feature in one.features.items()} | interactions.FEATURES
)
_FIRST: Final = tuple(one.compare for one in COMPARISONS[2:6])
_NUMBERS: Final = tuple(one.compare for one in COMPARISONS[6:10])
_LAST: Final = tuple(one.compare for one in COMPARISONS[10:14])
_SPECIAL: Final = tuple(one.compare for one in COMPARISONS[14:])
SPECIAL: Final = len(_SPECIAL)
"""The number of comparisons, at the end of the list, that need what few records have."""

_NO_NUMBERS: Final = ("isbn.silent", "issn.silent", "lccn.silent", "control.silent")
_NOTHING_SPECIAL: Final = ("medium.silent", "host.silent", "publisher_number.silent")


def find(wanted: View, record: RecordView, *, briefly: bool = False) -> list[str]:
    """Return the features of the pair: one for each comparison, in their order, then the interactions.

    ``briefly`` returns none when title and author alone rule the candidate out: no number could speak for it.
    """
    title, author = titles.compare(wanted, record), names.compare(wanted, record)
    ruled_out = title == "title.conflict" and author not in interactions.MAIN_AUTHOR and not wanted.has_numbers
    if briefly and ruled_out and titles.compare_inner(wanted, record) is None:
        return []
    found = [title, author]
    found += [compare(wanted, record) for compare in _FIRST]
    found += [compare(wanted, record) for compare in _NUMBERS] if wanted.has_numbers else _NO_NUMBERS
    found += [compare(wanted, record) for compare in _LAST]
    found += [compare(wanted, record) for compare in _SPECIAL] if wanted.special else _NOTHING_SPECIAL
    if found[0] in {"title.conflict", "title.contained"} and (inner := titles.compare_inner(wanted, record)):
        found.append(inner)
    return found + interactions.interactions(found, wanted, record)
