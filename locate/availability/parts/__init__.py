"""Parts of sets and serials: what statements of holdings say of them, and whether a wanted one is held.

`read_statement` and `paired_statements` read the texts, `part_wanted` reads the request, `fit_text` and `fit_texts`
compare the two, `sort_by_part` applies it to items. No IO, no clock. Source: ANSI/NISO Z39.71; MARC 21 Holdings
853-868.
"""

from __future__ import annotations

from locate.availability.parts.coverage import Fit, Fitting, PartWanted, fit_text, fit_texts, part_wanted
from locate.availability.parts.paired_fields import paired_statements
from locate.availability.parts.sorting import PartSorted, sort_by_part
from locate.availability.parts.statements import Statement, read_statement

__all__ = [
    "Fit",
    "Fitting",
    "PartSorted",
    "PartWanted",
    "Statement",
    "fit_text",
    "fit_texts",
    "paired_statements",
    "part_wanted",
    "read_statement",
    "sort_by_part",
]
