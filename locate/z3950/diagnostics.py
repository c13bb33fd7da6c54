"""Bib-1 diagnostics: what a condition means, in the words of the registry and for the person reading it.

Decides which class a diagnostic belongs to; refuses to know what the engine does about it. Raises nothing.
Source: Bib-1 Diagnostic Set (Z39.50 Maintenance Agency, Library of Congress). Conditions not in the table are shown
by their number.
"""

from __future__ import annotations

from locate.errors import DiagnosticError, Retry
from locate.z3950.apdu import DefaultDiagFormat, External
from locate.z3950.oids import BIB1_DIAGNOSTICS, syntax_name

__all__ = [
    "ELEMENT_SET_REFUSED",
    "PIGGYBACK_REFUSED",
    "RECORD_TOO_LARGE",
    "SYNTAX_REFUSED",
    "UNSUPPORTED_QUERY",
    "condition_text",
    "diagnostic_error",
    "diagnostic_text",
    "refusal",
]

_CONDITIONS: dict[int, str] = {
    1: "permanent system error",
    2: "temporary system error",
    3: "unsupported search",
    4: "terms only exclusion (stop) words",
    5: "too many argument words",
    6: "too many boolean operators",
    7: "too many truncated words",
    8: "too many incomplete subfields",
    9: "truncated words too short",
    10: "invalid format for record number in search term",
    11: "too many characters in search statement",
    12: "too many records retrieved",
    13: "present request out of range",
    14: "system error in presenting records",
    15: "record not authorized to be sent intersystem",
    16: "record exceeds preferred message size",
    17: "record exceeds exceptional record size",
    18: "result set not supported as a search term",
    19: "only single result set as search term supported",
    20: "only ANDing of a single result set as search term supported",
    21: "result set exists and replace indicator off",
    22: "result set naming not supported",
    23: "specified combination of databases not supported",
    24: "element set names not supported",
    25: "specified element set name not valid for specified database",
    26: "only generic form of element set name supported",
    27: "result set no longer exists, deleted by the target",
    28: "result set is in use",
    29: "one of the specified databases is locked",
    30: "specified result set does not exist",
    31: "resources exhausted, no results available",
    32: "resources exhausted, unpredictable partial results available",
    33: "resources exhausted, valid subset of results available",
    100: "unspecified error",
    101: "access-control failure",
    102: "challenge required, could not be issued; operation terminated",
    103: "challenge required, could not be issued; record not included",
    104: "challenge failed, record not included",
    105: "terminated at origin request",
    106: "no abstract syntaxes agreed to for this record",
    107: "query type not supported",
    108: "malformed query",
    109: "database unavailable",
    110: "operator unsupported",
    111: "too many databases specified",
    112: "too many result sets created",
    113: "unsupported attribute type",
    114: "unsupported use attribute",
    115: "unsupported term value for use attribute",
    116: "use attribute required but not supplied",
    117: "unsupported relation attribute",
    118: "unsupported structure attribute",
    119: "unsupported position attribute",
    120: "unsupported truncation attribute",
    121: "unsupported attribute set",
    122: "unsupported completeness attribute",
    123: "unsupported attribute combination",
    124: "unsupported coded value for term",
    125: "malformed search term",
    126: "illegal term value for attribute",
    127: "unparsable format for un-normalized value",
    128: "illegal result set name",
    129: "proximity search of sets not supported",
    130: "illegal result set in proximity search",
    131: "unsupported proximity relation",
    132: "unsupported proximity unit code",
    201: "proximity not supported with this attribute combination",
    202: "unsupported distance for proximity",
    203: "ordered flag not supported for proximity",
    205: "only zero step size supported for scan",
    206: "specified step size not supported for scan",
    207: "cannot sort according to sequence",
    208: "no result set name supplied on sort",
    209: "generic sort not supported",
    210: "database specific sort not supported",
    211: "too many sort keys",
    212: "duplicate sort keys",
    213: "unsupported missing data action",
    214: "illegal sort relation",
    215: "illegal case value",
    216: "illegal missing data action",
    217: "segmentation: cannot guarantee records will fit in specified segments",
    218: "package name already in use",
    219: "no such package",
    220: "quota for package exceeded",
    221: "extended service type not supported",
    222: "permission denied on extended service",
    223: "permission denied on extended service, not available at this time",
    224: "immediate execution not supported",
    225: "immediate execution failed",
    226: "immediate execution timed out",
    227: "no data available in requested record syntax",
    228: "malformed scan term",
    229: "term type not supported",
    230: "too many input results",
    231: "incompatible record formats",
    232: "term list not supported",
    233: "unsupported value of position in response",
    234: "too many index terms processed",
    235: "database does not exist",
    236: "access to specified database denied",
    237: "illegal sort",
    238: "record not available in requested syntax",
    239: "record syntax not supported",
    240: "resources exhausted looking for satisfying terms",
    241: "beginning or end of term list",
    242: "segmentation: maximum segment size too small to segment record",
    243: "present additional ranges: parameter not supported",
    244: "present: comp-spec parameter not supported",
    1001: "malformed APDU",
    1002: "external form of element set name not supported",
    1003: "result set search term not supported",
    1004: "access denied: result set",
    1005: "response records in Search response not possible",
    1006: "explain information not available",
    1007: "more than one database in one search not supported",
    1010: "invalid user name or password",
    1011: "no more sessions for this user",
    1012: "access denied: user not authorised for this service",
    1013: "maximum number of simultaneous sessions reached",
    1014: "Init rejected: authentication needed",
    1015: "authentication needed",
    1016: "stop words found in the search terms",
    1024: "unsupported attribute",
    1026: "unsupported attribute value",
}

# Sets of conditions that call for the same answer.
UNSUPPORTED_QUERY = frozenset({3, 107, 110, 113, 114, *range(115, 124), 201, 1024, 1026})
ELEMENT_SET_REFUSED = frozenset({14, 24, 25, 26, 1002})
SYNTAX_REFUSED = frozenset({106, 227, 238, 239})
PIGGYBACK_REFUSED = frozenset({1005})
RECORD_TOO_LARGE = frozenset({16, 17})
_TEMPORARY = frozenset({2, 29, 31, 109, 223, 226, 1011, 1013})


def condition_text(diagnostic_set: str, condition: int) -> str:
    """Return the meaning of a condition, or "diagnostic N" when the table does not know it."""
    if diagnostic_set == BIB1_DIAGNOSTICS and condition in _CONDITIONS:
        return _CONDITIONS[condition]
    return f"diagnostic {condition}" + ("" if diagnostic_set == BIB1_DIAGNOSTICS else f" of set {diagnostic_set}")


def diagnostic_text(condition: int, diagnostic_set: str = BIB1_DIAGNOSTICS, addinfo: str = "") -> str:
    """Return one line such as "unsupported use attribute (bib-1 114: 9)"."""
    label = f"bib-1 {condition}" if diagnostic_set == BIB1_DIAGNOSTICS else f"{diagnostic_set} {condition}"
    shown = " ".join(addinfo.split())[:200]
    if addinfo.startswith("1.2.840.10003.5."):
        shown = syntax_name(addinfo)
    return f"{condition_text(diagnostic_set, condition)} ({label}{f': {shown}' if shown else ''})"


def refusal(condition: int, addinfo: str = "") -> DiagnosticError:
    """Return the Bib-1 diagnostic ``condition`` as an error to raise."""
    return DiagnosticError(
        diagnostic_text(condition, addinfo=addinfo),
        diagnostic_set=BIB1_DIAGNOSTICS,
        condition=condition,
        addinfo=addinfo,
    )


def diagnostic_error(diagnostic: DefaultDiagFormat | External, *, target: str = "", phase: str = "") -> DiagnosticError:
    """Build the error for a non-surrogate diagnostic, or for a surrogate one kept as a value."""
    if isinstance(diagnostic, External):
        return DiagnosticError(
            f"a diagnostic in the form {diagnostic.direct_reference}, which is not read here",
            diagnostic_set=diagnostic.direct_reference or "",
            condition=0,
            target=target,
            phase=phase,
        )
    addinfo = diagnostic.addinfo[1]
    error = DiagnosticError(
        diagnostic_text(diagnostic.condition, diagnostic.diagnostic_set_id, addinfo),
        diagnostic_set=diagnostic.diagnostic_set_id,
        condition=diagnostic.condition,
        addinfo=addinfo,
        target=target,
        phase=phase,
    )
    if diagnostic.condition in _TEMPORARY:
        error.retry = Retry.LATER
    return error
