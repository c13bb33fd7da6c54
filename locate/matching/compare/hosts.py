"""Compare the hosts of two component parts (773): a track of another album, or another track, is another item.

Hosts are the same when a control number with its agency ($w) is; other numbers of one agency name another host. Of
the place in the host ($g) only the numbers are compared: "Vol. 3, s. 12" and "3 (1990), s. 12-15" may be one place.
"""

from __future__ import annotations

from typing import Final

from locate.matching.compare.feature import disagrees, silent
from locate.matching.views import RecordView, View

__all__ = ["FEATURES", "compare", "shown"]

FEATURES: Final = {
    "host.silent": silent("No other host is named."),
    "host.other": disagrees("The records are for parts of different hosts: {left} and {right}."),
    "host.other_place": disagrees("The records are for different parts of the host: {left} and {right}."),
}


def compare(wanted: View, record: RecordView) -> str:
    """Compare the hosts of two records, and the places in them; a citation names none."""
    if not isinstance(wanted, RecordView) or not wanted.host_entries or not record.host_entries:
        return "host.silent"
    ours, theirs = wanted.hosts, record.hosts
    if ours.isdisjoint(theirs) and {agency for agency, _ in ours} & {agency for agency, _ in theirs}:
        return "host.other"
    place, other = wanted.host_places, record.host_places
    return "host.silent" if place <= other or other <= place else "host.other_place"


def shown(wanted: View, record: RecordView) -> tuple[str, str]:
    """Return the host entries of the two sides."""
    return _show(wanted) if isinstance(wanted, RecordView) else "", _show(record)


def _show(view: RecordView) -> str:
    return "; ".join(" ".join(text for code, text in entry.subfields if code in "tgw") for entry in view.host_entries)
