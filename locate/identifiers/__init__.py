"""Standard and control numbers as they stand in records and requests, one module for each kind.

Decides what the number is inside messy field text, whether its check digit or form is right, and its one canonical
form, so that two spellings of one number compare equal; and what the words beside a number say. It refuses to guess: a
number with a wrong check digit is kept as given and marked. It knows nothing of records, and no function here raises
for any text; all take time in proportion to its length.
"""

from __future__ import annotations

from locate.identifiers.control import OCLC, ControlNumber, parse_control_number
from locate.identifiers.gtin import parse_gtin
from locate.identifiers.isbn import Isbn, isbn10_to_13, isbn13_to_10, parse_isbn
from locate.identifiers.ismn import parse_ismn
from locate.identifiers.isrc import parse_isrc
from locate.identifiers.issn import Issn, parse_issn
from locate.identifiers.lccn import is_lccn, normalize_lccn
from locate.identifiers.number import StandardNumber
from locate.identifiers.persistent import parse_doi, parse_handle, parse_urn
from locate.identifiers.qualifiers import Qualifier, read_qualifier
from locate.identifiers.standard import parse_standard_number
from locate.identifiers.sudoc import parse_sudoc

__all__ = [
    "OCLC",
    "ControlNumber",
    "Isbn",
    "Issn",
    "Qualifier",
    "StandardNumber",
    "is_lccn",
    "isbn10_to_13",
    "isbn13_to_10",
    "normalize_lccn",
    "parse_control_number",
    "parse_doi",
    "parse_gtin",
    "parse_handle",
    "parse_isbn",
    "parse_ismn",
    "parse_isrc",
    "parse_issn",
    "parse_standard_number",
    "parse_sudoc",
    "parse_urn",
    "read_qualifier",
]
