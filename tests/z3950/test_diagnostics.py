"""Diagnostics in words, the sets they belong to, and the classes that call for one answer."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from locate.errors import DiagnosticError, Retry
from locate.z3950 import diagnostics
from locate.z3950.apdu import DefaultDiagFormat, External
from locate.z3950.apdu.records import DEFAULT_DIAG_FORMAT, DIAG_REC
from locate.z3950.conditions import CONDITIONS
from locate.z3950.diag1 import AttributeProblem, Diagnostic, encode_diag1
from locate.z3950.diagnostics import (
    advice,
    bib1_condition,
    condition_text,
    diagnostic_error,
    diagnostic_text,
    is_bib1,
    joined,
    one_line,
    refusal,
)
from locate.z3950.oids import (
    BIB1_ATTRIBUTES,
    BIB1_DIAGNOSTICS,
    DIAG1,
    DIAGNOSTIC_CONTAINER,
    GRS1,
    MARC21,
    XML,
)
from locate.z3950.schema import SequenceOf, compile_type
from tests.z3950.rewriting import indefinite
from tests.z3950.strategies import diagnostics as default_diagnostics

ES_DIAGNOSTICS = "1.2.840.10003.4.3"
_ENCODE_DEFAULT = compile_type(DEFAULT_DIAG_FORMAT).encode
_ENCODE_CONTAINER = compile_type(SequenceOf(DIAG_REC)).encode
_REFUSED = DefaultDiagFormat(BIB1_DIAGNOSTICS, 114, ("v2", "9"))


@pytest.mark.parametrize(
    ("condition", "addinfo", "line"),
    [
        (114, "9", "unsupported use attribute (bib-1 114: 9)"),
        (109, "", "database unavailable (bib-1 109)"),
        (4711, "", "diagnostic 4711 (bib-1 4711)"),
        (-1, "", "diagnostic -1 (bib-1 -1)"),
        (239, GRS1, "record syntax not supported (bib-1 239: grs1)"),
        (239, "1.2.840.10003.5.999", "record syntax not supported (bib-1 239: 1.2.840.10003.5.999)"),
        (238, f"{MARC21}, {XML}", "record not available in requested syntax (bib-1 238: marc21, xml)"),
        (121, BIB1_ATTRIBUTES, "unsupported attribute set (bib-1 121: bib-1 attributes)"),
        (1, "two\n  lines", "permanent system error (bib-1 1: two lines)"),
        (1, "red \x1b[31m", "permanent system error (bib-1 1: red [31m)"),
    ],
)
def test_line(condition: int, addinfo: str, line: str) -> None:
    """A diagnostic is one printable line: the registry's words, set and number, and what the target added."""
    assert diagnostic_text(condition, addinfo=addinfo) == line


def test_long_addinfo() -> None:
    """What the target added is cut at 200 characters."""
    assert diagnostic_text(1, addinfo="x" * 5000) == f"permanent system error (bib-1 1: {'x' * 200})"
    assert one_line("a" * 5000, 10) == "a" * 10


# ---- sets -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("diagnostic_set", "text", "line"),
    [
        ("1.2.3", "diagnostic 114 of set 1.2.3", "diagnostic 114 of set 1.2.3 (1.2.3 114: 9)"),
        (
            ES_DIAGNOSTICS,
            "diagnostic 114 of extended services diagnostics",
            f"diagnostic 114 of extended services diagnostics ({ES_DIAGNOSTICS} 114: 9)",
        ),
    ],
)
def test_other_set(diagnostic_set: str, text: str, line: str) -> None:
    """A condition of another set is not taken for a bib-1 one."""
    assert condition_text(diagnostic_set, 114) == text
    assert diagnostic_text(114, diagnostic_set, "9") == line


@pytest.mark.parametrize(
    ("diagnostic_set", "condition"),
    [(BIB1_DIAGNOSTICS, 2), (BIB1_ATTRIBUTES, 2), ("", 2), (DIAG1, 0), (ES_DIAGNOSTICS, 0), ("1.2.3", 0)],
)
def test_bib1(diagnostic_set: str, condition: int) -> None:
    """A number counts as bib-1 in that set, under the OID of its attribute set and without an OID; nowhere else."""
    error = diagnostic_error(DefaultDiagFormat(diagnostic_set, 2))
    assert error.diagnostic_set == diagnostic_set
    assert bib1_condition(error) == condition
    assert is_bib1(error, {2, 3}) is bool(condition)
    assert not is_bib1(error, {0, 3})
    assert error.retry is (Retry.LATER if condition else Retry.NEVER)
    assert ("temporary system error" in error.message) is bool(condition)


def test_no_error_is_no_condition() -> None:
    """Where there is no diagnostic, none is meant."""
    assert not is_bib1(None, {0, 114})


def test_classes_are_apart() -> None:
    """No condition calls for two different answers, and every one of them is registered."""
    classes = [
        diagnostics.UNSUPPORTED_QUERY,
        diagnostics.ELEMENT_SET_REFUSED,
        diagnostics.SYNTAX_REFUSED,
        diagnostics.PIGGYBACK_REFUSED,
        diagnostics.RECORD_TOO_LARGE,
    ]
    together = frozenset().union(*classes)
    assert sum(map(len, classes)) == len(together)
    assert together <= set(CONDITIONS)


@pytest.mark.parametrize("condition", [1002, 1016, 1026])
def test_what_is_no_refusal(condition: int) -> None:
    """Item orders, blocked addresses and locked records say nothing of the query or the element set."""
    assert condition not in diagnostics.UNSUPPORTED_QUERY | diagnostics.ELEMENT_SET_REFUSED


# ---- errors ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["v2", "v3"])
def test_error(form: str) -> None:
    """Both forms of addinfo make the same error."""
    error = diagnostic_error(DefaultDiagFormat(BIB1_DIAGNOSTICS, 114, (form, "9")), target="h:210/D", phase="search")
    assert (error.diagnostic_set, error.condition, error.addinfo) == (BIB1_DIAGNOSTICS, 114, "9")
    assert str(error) == "h:210/D (search): unsupported use attribute (bib-1 114: 9)"
    assert error.retry is Retry.NEVER


def test_refusal() -> None:
    """A refusal of our own reads as one that was received."""
    error = refusal(114, "9")
    assert (error.diagnostic_set, error.condition, error.addinfo) == (BIB1_DIAGNOSTICS, 114, "9")
    assert error.message == "unsupported use attribute (bib-1 114: 9)"


@pytest.mark.parametrize("condition", [2, 31, 109, 1015, 1018, 1019, 1020])
def test_temporary(condition: int) -> None:
    """What may pass by itself is worth another try later, and only there."""
    assert diagnostic_error(DefaultDiagFormat(BIB1_DIAGNOSTICS, condition)).retry is Retry.LATER
    assert DiagnosticError.retry is Retry.NEVER


def test_wrong_password_is_not_temporary() -> None:
    """A login that is refused is refused again."""
    assert diagnostic_error(DefaultDiagFormat(BIB1_DIAGNOSTICS, 1011)).retry is Retry.NEVER


# ---- EXTERNAL -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("arm", ["single", "octets"])
@pytest.mark.parametrize("oid", [DIAG1, None], ids=["diag-1", "no OID"])
@pytest.mark.parametrize("form", ["definite", "indefinite"])
def test_diag1(arm: str, oid: str | None, form: str) -> None:
    """A diag-1 diagnostic becomes the bib-1 one, in both forms of EXTERNAL, with an OID or without."""
    explicit = Diagnostic(("explicit", ("attribute", AttributeProblem(BIB1_ATTRIBUTES, 1, 9))), "try\nISBN")
    content = encode_diag1((explicit,))
    content = indefinite(content) if form == "indefinite" else content
    error = diagnostic_error(External(oid, None, (arm, content)), target="h", phase="search")  # type: ignore[arg-type]
    assert is_bib1(error, {114})
    assert (error.addinfo, error.target, error.phase) == ("9", "h", "search")
    assert error.message == "unsupported use attribute (bib-1 114: 9): try ISBN"


@pytest.mark.parametrize("oid", [BIB1_DIAGNOSTICS, BIB1_ATTRIBUTES, None])
def test_default_format_in_external(oid: str | None) -> None:
    """A default diagnostic wrapped in an EXTERNAL is read as if it came bare."""
    error = diagnostic_error(External(oid, None, ("single", _ENCODE_DEFAULT(_REFUSED))))
    assert (error.condition, error.addinfo) == (114, "9")
    assert error.message == "unsupported use attribute (bib-1 114: 9)"


def test_container() -> None:
    """A container gives all its diagnostics, those inside another container too."""
    inner = External(
        DIAGNOSTIC_CONTAINER, None, ("single", _ENCODE_CONTAINER((DefaultDiagFormat(BIB1_DIAGNOSTICS, 2),)))
    )
    error = diagnostic_error(External(DIAGNOSTIC_CONTAINER, None, ("single", _ENCODE_CONTAINER((_REFUSED, inner)))))
    assert error.message == "unsupported use attribute (bib-1 114: 9); also temporary system error (bib-1 2)"


def test_containers_without_end() -> None:
    """Containers nested deeper than anybody needs are a fault, not a recursion."""
    content = _ENCODE_CONTAINER((_REFUSED,))
    for _ in range(10):
        content = _ENCODE_CONTAINER((External(DIAGNOSTIC_CONTAINER, None, ("octets", content)),))
    error = diagnostic_error(External(DIAGNOSTIC_CONTAINER, None, ("octets", content)))
    assert error.condition == 0
    assert error.message == "a diagnostic in the form diagnostic container with a fault: containers nested too deep"


@pytest.mark.parametrize(
    ("external", "message"),
    [
        (External("1.2.3", None, ("octets", b"?")), "a diagnostic in the form 1.2.3, which is not read here"),
        (External(DIAG1, None, ("octets", b"")), "a diagnostic in the form diag-1 with a fault: the value ends early"),
        (
            External(DIAG1, None, ("octets", b"0\x00")),
            "a diagnostic in the form diag-1 with a fault: no diagnostic in it",
        ),
        (
            External(DIAG1, None, ("bits", b"\x03\x08")),
            "a diagnostic in the form diag-1 with a fault: a BIT STRING that is not whole octets",
        ),
        (External(None, None, ("octets", b"?")), "a diagnostic without a form with a fault: the value ends early"),
    ],
)
def test_unreadable(external: External, message: str) -> None:
    """A diagnostic that cannot be read is a value that says so, with condition 0."""
    error = diagnostic_error(external)
    assert (error.condition, error.diagnostic_set) == (0, external.direct_reference or "")
    assert error.message == message
    assert bib1_condition(error) == 0


@given(
    st.builds(
        External,
        st.sampled_from([None, DIAG1, BIB1_DIAGNOSTICS, DIAGNOSTIC_CONTAINER, "1.2.3"]),
        st.none(),
        st.tuples(st.sampled_from(["single", "octets", "bits"]), st.binary(max_size=60)),
    )
    | default_diagnostics
)
def test_nothing_raises(diagnostic: DefaultDiagFormat | External) -> None:
    """Whatever a target sends for a diagnostic is an error value with a line and a sentence."""
    error = diagnostic_error(diagnostic)
    assert error.message
    assert error.message.isprintable()
    sentence = advice(error)
    assert sentence.endswith(".")
    assert sentence.isprintable()
    assert len(sentence) <= 320


# ---- several --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("conditions", "counts"),
    [([114, 113], 114), ([100, 114, 2], 114), ([0, 2], 2), ([100, 0], 100), ([100], 100)],
)
def test_several(conditions: list[int], counts: int) -> None:
    """Of several diagnostics the first with a reason counts, with the words of all."""
    errors = [refusal(condition) for condition in conditions]
    texts = [error.message for error in errors]
    one = joined(errors)
    assert one.condition == counts
    assert all(text in one.message for text in texts)
    assert one.message.count("; also ") == (len(errors) > 1)


def test_a_great_many() -> None:
    """Of a great many diagnostics the first are told, and how many there are."""
    one = joined([refusal(2) for _ in range(5_000)])
    assert one.message.count("temporary system error") == 11
    assert one.message.endswith("; and 4,989 more")


# ---- advice ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("condition", "addinfo", "beginning"),
    [
        (114, "9", "This server cannot search by use attribute 9 (LC card number); leave the step out"),
        (114, "1=1032", "This server cannot search by use attribute 1032 (document identifier); "),
        (114, "", "This server cannot search by that index; "),
        (114, "null", "This server cannot search by that index; "),
        (114, "nope", "This server cannot search by “nope”; "),
        (113, "3", "The server takes no attribute of type 3 (position); "),
        (117, "5", "The server cannot compare by relation 5 (greater than); "),
        (118, "4", "The server does not take structure 4 (year); "),
        (110, "or", "The server cannot join terms by the operator or; "),
        (111, "1", "The target names more databases than the server searches at once (it allows 1); "),
        (109, "Books", "The server does not give access to “Books” now; "),
        (239, GRS1, "The server does not know grs1; "),
        (238, f"{MARC21} {XML}", "The record comes in another form only (marc21 xml); "),
        (1024, f"{BIB1_ATTRIBUTES} 1 4", "The server does not take use attribute 4 (title); "),
        (1024, f"{BIB1_ATTRIBUTES}; type 4", "The server does not take structure; "),
        (1024, "1.2.840.10003.3.7; type 1; value 4", "The server does not take attribute 1=4 of collections-1 attr"),
        (1024, "1=4", "The server does not take “1=4”; "),
        (1020, "noon", "The server is closed for a while (back “noon”); "),
    ],
)
def test_advice(condition: int, addinfo: str, beginning: str) -> None:
    """What the server added stands explained in the sentence of advice."""
    assert advice(refusal(condition, addinfo)).startswith(beginning)


def test_advice_quotes_what_has_no_place() -> None:
    """Words that the registry leaves open are quoted at the end of the sentence."""
    assert advice(refusal(2, "disk full")) == (
        "The server reports a fault of the moment; ask this partner again later (the server adds “disk full”)."
    )


@pytest.mark.parametrize(
    ("diagnostic_set", "condition", "sentence"),
    [
        (
            BIB1_DIAGNOSTICS,
            4711,
            "The server gives the number 4711, which is not registered; ask its operator about it.",
        ),
        (
            ES_DIAGNOSTICS,
            114,
            (
                "The server gives number 114 of a list of its own (extended services diagnostics); "
                "ask its operator about it."
            ),
        ),
        ("", 0, "The server refused without a reason that can be read here; ask its operator what its log says."),
    ],
)
def test_advice_for_the_unknown(diagnostic_set: str, condition: int, sentence: str) -> None:
    """What is not in the table has a sentence too, which never speaks of a bib-1 condition by chance."""
    assert advice(diagnostic_error(DefaultDiagFormat(diagnostic_set, condition))) == sentence
