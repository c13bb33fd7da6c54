"""The Bib-1 diagnostic set as one table: number, meaning, retry class, what addinfo holds, and advice.

The registry gives numbers, meanings and addinfo; the wording and the advice are written here, for the person who sets
up a partner or reads a failed locate. The table stands as text in three parts, by number, one entry a condition::

    114 never use | unsupported use attribute
        This server cannot search by {that index}; leave the step out of the profile …

that is: number, retry class, kind of addinfo (- where the registry says nothing of it), meaning; and indented, one
sentence of advice. Words in braces stand where the server's addinfo is put when it gave one.

Decides nothing and raises nothing. Pure data. Source: General Diagnostic Set, formerly bib-1 (Z39.50-2003 Appendix
DIAG.1), up to 1072; registry of the Z39.50 Maintenance Agency (Library of Congress) for 1073 and 1074, as YAZ and
Wireshark carry it. 1030 to 1039 are not assigned. 204 is no longer registered but still sent: diag-1 has the same
condition (exclusion).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from locate.errors import Retry
from locate.z3950.conditions.agency import AGENCY
from locate.z3950.conditions.general import GENERAL
from locate.z3950.conditions.version3 import VERSION_3

__all__ = ["CONDITIONS", "Condition"]

_HEAD = re.compile(r"(\d+) (never|later|elsewhere) (\S+) \| (.+)")
_SLOT = re.compile(r"\{([^}]*)\}")


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition. ``addinfo`` is the kind of additional information ("use", "database", …), "" when the registry
    leaves it open; ``template`` is the advice with its braces.
    """

    number: int
    meaning: str
    retry: Retry
    addinfo: str
    template: str

    @property
    def advice(self) -> str:
        """The advice as it reads without addinfo."""
        return _SLOT.sub(r"\1", self.template)

    @property
    def has_slot(self) -> bool:
        """True when the advice has a place for the addinfo."""
        return _SLOT.search(self.template) is not None

    def advice_with(self, told: str) -> str:
        """Return the advice with ``told`` in its slot."""
        return _SLOT.sub(lambda _slot: told, self.template, count=1)


def _read(table: str) -> Iterator[Condition]:
    for entry in re.split(r"\n(?=\d)", table.strip()):
        head, *advice = entry.splitlines()
        found = _HEAD.fullmatch(head)
        assert found, f"the table of conditions has a line that is no entry: {head}"
        number, retry, addinfo, meaning = found.groups()
        yield Condition(
            int(number),
            meaning,
            Retry(retry),
            "" if addinfo == "-" else addinfo,
            " ".join(line.strip() for line in advice if line.strip()),
        )


CONDITIONS: Mapping[int, Condition] = MappingProxyType(
    {each.number: each for part in (GENERAL, VERSION_3, AGENCY) for each in _read(part)}
)
