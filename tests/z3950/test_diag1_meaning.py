"""What diag-1 says in Bib-1."""

from __future__ import annotations

from typing import Any

import pytest

from locate.z3950.apdu import AttributeElement, ComplexAttributeValue, DefaultDiagFormat, External
from locate.z3950.apdu.present import Specification
from locate.z3950.conditions import CONDITIONS
from locate.z3950.diag1 import (
    AttributeProblem,
    BadSpec,
    Combination,
    DatabaseUnavailable,
    Diagnostic,
    RecordSyntax,
    TermProblem,
    TooMany,
    Unavailable,
)
from locate.z3950.diag1_meaning import as_bib1
from locate.z3950.oids import BIB1_ATTRIBUTES, BIB1_DIAGNOSTICS, MARC21, XML

_TITLE = AttributeElement(1, ("numeric", 4))
_LISTED = AttributeElement(2, ("complex", ComplexAttributeValue((("number", 3), ("text", "x")))))
_NAMED = Specification(None, ("element_set_name", "X"))
_GEO = "1.2.840.10003.3.9"


def _database(reason: int | None, message: str | None = None) -> tuple[str, Any]:
    return "db_unavail", DatabaseUnavailable("D", Unavailable(reason, message))


def _attribute(*values: Any) -> tuple[str, Any]:
    return "attribute", AttributeProblem(*values)


@pytest.mark.parametrize(
    ("explicit", "condition", "addinfo", "words"),
    [
        *(
            (("too_many", TooMany(what, 9)), condition, "9", "")
            for what, condition in zip(range(1, 10), (5, 7, 6, 8, 11, 12, 111, 112, 234), strict=True)
        ),
        (("too_many", TooMany(6)), 12, "", ""),
        (("too_many", TooMany(77)), 100, "", ""),
        (("bad_spec", BadSpec(_NAMED)), 25, "X", ""),
        (
            ("bad_spec", BadSpec(_NAMED, "D", (Specification(None, ("element_set_name", "F")),))),
            25,
            "X",
            "supported: F",
        ),
        (("bad_spec", BadSpec(Specification(("oid", XML)))), 1066, "xml", ""),
        (("bad_spec", BadSpec(Specification(("uri", "info:x")))), 1066, "info:x", ""),
        (("bad_spec", BadSpec(Specification(None, ("external", External("1.2.3"))))), 25, "1.2.3", ""),
        (("bad_spec", BadSpec(Specification())), 1066, "", ""),
        (_database(0), 235, "D", ""),
        (_database(1), 109, "D", ""),
        (_database(2, "until noon"), 29, "D", "until noon"),
        (_database(3), 236, "D", ""),
        (_database(None), 109, "D", ""),
        (_database(88), 109, "D", ""),
        *((("un_sup_op", number), 110, name, "") for number, name in enumerate(("and", "or", "and-not", "prox"))),
        (("un_sup_op", 9), 110, "9", ""),
        (_attribute(_GEO), 121, _GEO, ""),
        (_attribute(BIB1_ATTRIBUTES, 3), 113, "3", ""),
        *(
            (_attribute(BIB1_ATTRIBUTES, kind, 9), condition, "9", "")
            for kind, condition in ((1, 114), (2, 117), (3, 119), (4, 118), (5, 120), (6, 122))
        ),
        (_attribute(BIB1_ATTRIBUTES, 14, 9), 1024, f"{BIB1_ATTRIBUTES} 14 9", ""),
        (_attribute(_GEO, 1, 9), 1024, f"{_GEO} 1 9", ""),
        (_attribute(_GEO, 1), 1024, f"{_GEO} 1", ""),
        (_attribute(BIB1_ATTRIBUTES, 1, 9, ("general", b"x")), 115, "x", ""),
        (_attribute(BIB1_ATTRIBUTES, 4, 4, ("character_string", "x")), 126, "x", ""),
        (_attribute(_GEO, 1, 9, ("null", None)), 126, "", ""),
        (("att_combo", Combination((_TITLE, _LISTED))), 123, "1=4 2=3,x", ""),
        (
            ("att_combo", Combination((_TITLE,), ((_TITLE,), (_LISTED,)))),
            123,
            "1=4",
            "recommended instead: 1=4 or 2=3,x",
        ),
        (("term", TermProblem(("general", b"x"), 1)), 124, "x", ""),
        (("term", TermProblem(("general", b"x"), 2)), 127, "x", ""),
        (("term", TermProblem(("general", b"x"), 3)), 125, "x", "the term is too short"),
        (("term", TermProblem(("numeric", 7), 4)), 229, "7", ""),
        (("term", TermProblem(("general", b"x"))), 125, "x", ""),
        (("proximity", ("result_sets", None)), 129, "", ""),
        (("proximity", ("bad_set", "one")), 130, "one", ""),
        (("proximity", ("relation", 4)), 131, "4", ""),
        (("proximity", ("unit", 4)), 132, "4", ""),
        (("proximity", ("distance", 40)), 202, "40", ""),
        (("proximity", ("attributes", (_TITLE, _LISTED))), 201, "1=4 2=3,x", ""),
        (("proximity", ("ordered", None)), 203, "", ""),
        (("proximity", ("exclusion", None)), 204, "", ""),
        (("scan", ("non_zero_step_size", None)), 205, "", ""),
        (("scan", ("specified_step_size", None)), 206, "", ""),
        (("scan", ("term_list_1", None)), 232, "", ""),
        (("scan", ("term_list_2", ((_TITLE,), (_LISTED,)))), 232, "1=4, 2=3,x", ""),
        (("scan", ("pos_in_response", 1)), 233, "", "must be one"),
        (("scan", ("pos_in_response", 4)), 233, "", ""),
        (("scan", ("resources", None)), 240, "", ""),
        (("scan", ("end_of_list", None)), 241, "", ""),
        (("sort", ("sequence", None)), 207, "", ""),
        (("sort", ("no_rs_name", None)), 208, "", ""),
        (("sort", ("too_many", 2)), 230, "2", ""),
        (("sort", ("incompatible", None)), 231, "", ""),
        (("sort", ("generic", None)), 209, "", ""),
        (("sort", ("db_specific", None)), 210, "", ""),
        (("sort", ("sort_element", b"\x30\x00")), 207, "", "a sort element is not supported"),
        (("sort", ("key", 1)), 211, "", ""),
        (("sort", ("key", 2)), 212, "", ""),
        (("sort", ("key", 3)), 100, "", ""),
        (("sort", ("action", None)), 213, "", ""),
        *((("sort", ("illegal", number)), 213 + number, "", "") for number in (1, 2, 3)),
        (("sort", ("illegal", 4)), 237, "", ""),
        (("sort", ("input_too_large", ("a", "b"))), 100, "a result set is too large to be sorted", "a, b"),
        (("sort", ("aggregate_too_large", None)), 100, "the result sets are too large to be sorted together", ""),
        (("segmentation", ("segment_count", None)), 217, "", ""),
        (("segmentation", ("segment_size", 4096)), 242, "4096", ""),
        *((("ext_services", ("req", number)), 217 + number, "", "") for number in (1, 2, 3, 4)),
        *((("ext_services", ("permission", number)), 221 + number, "", "") for number in (1, 2)),
        *((("ext_services", ("immediate", number)), 223 + number, "", "") for number in (1, 2, 3)),
        (("access_ctrl", ("no_user", None)), 101, "nobody is there to answer the challenge", ""),
        (("access_ctrl", ("refused", None)), 101, "the user refuses to answer the challenge", ""),
        (("access_ctrl", ("simple", None)), 101, "only the simple form of a challenge is supported", ""),
        (
            ("access_ctrl", ("oid", ("1.2.840.10003.8.1",))),
            101,
            "the form of the challenge is not supported",
            "prompt-1",
        ),
        (("access_ctrl", ("alternative", ("1.2.3",))), 101, "another form of challenge is asked for", "1.2.3"),
        (("access_ctrl", ("pwd_inv", None)), 1011, "", ""),
        (("access_ctrl", ("pwd_exp", None)), 1022, "", ""),
        (("record_syntax", RecordSyntax(MARC21)), 238, "", "asked for was marc21"),
        (("record_syntax", RecordSyntax(MARC21, (XML, "1.2.3"))), 238, f"{XML}, 1.2.3", "asked for was marc21"),
    ],
)
def test_meaning(explicit: tuple[str, Any], condition: int, addinfo: str, words: str) -> None:
    """An explicit diagnostic stands for the bib-1 condition of the same meaning, 100 where there is none."""
    expected = DefaultDiagFormat(BIB1_DIAGNOSTICS, condition, ("v3", addinfo))
    assert as_bib1(Diagnostic(("explicit", explicit))) == (expected, words)
    assert condition in CONDITIONS


def test_message() -> None:
    """The target's own message comes after what the structure says."""
    assert as_bib1(Diagnostic(("explicit", _database(2, "until noon")), "sorry"))[1] == "until noon; sorry"


def test_default() -> None:
    """A default diagnostic keeps its own set."""
    own = DefaultDiagFormat("1.2.840.10003.4.3", 3)
    assert as_bib1(Diagnostic(("default", own), "sorry")) == (own, "sorry")


@pytest.mark.parametrize(("message", "addinfo"), [("sorry", "sorry"), (None, "")])
def test_message_alone(message: str | None, addinfo: str) -> None:
    """A message without a diagnostic is an unspecified error."""
    expected = DefaultDiagFormat(BIB1_DIAGNOSTICS, 100, ("v3", addinfo))
    assert as_bib1(Diagnostic(None, message)) == (expected, "")
