"""The format diag-1 on the wire."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path
from typing import Any

import asn1tools
import pytest
from hypothesis import given, strategies as st

from locate.errors import BerDecodeError, PduTooLarge
from locate.z3950.apdu import AttributeElement, DefaultDiagFormat
from locate.z3950.apdu.present import Specification
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
    decode_diag1,
    encode_diag1,
)
from locate.z3950.oids import BIB1_ATTRIBUTES, BIB1_DIAGNOSTICS, MARC21, XML
from tests.peers.requirements import peers_or_skip
from tests.peers.servers import ProgramMissingError
from tests.z3950.rewriting import indefinite

_STANDARD = Path("/usr/share/yaz/z39.50/z3950v3.asn")
_TITLE = AttributeElement(1, ("numeric", 4))
_TITLE_VALUE = {"attributeType": 1, "attributeValue": ("numeric", 4)}

# Ours beside the value that asn1tools has for it.
EXPLICIT: list[tuple[tuple[str, Any], tuple[str, Any]]] = [
    (("too_many", TooMany(6, 500)), ("tooMany", {"tooManyWhat": 6, "max": 500})),
    (
        (
            "bad_spec",
            BadSpec(Specification(None, ("element_set_name", "X")), "D", (Specification(("oid", XML)),)),
        ),
        (
            "badSpec",
            {
                "spec": {"elementSpec": ("elementSetName", "X")},
                "db": "D",
                "goodOnes": [{"schema": ("oid", XML)}],
            },
        ),
    ),
    (
        ("db_unavail", DatabaseUnavailable("D", Unavailable(2, "until noon"))),
        ("dbUnavail", {"db": "D", "why": {"reasonCode": 2, "message": "until noon"}}),
    ),
    (("un_sup_op", 3), ("unSupOp", 3)),
    (
        ("attribute", AttributeProblem(BIB1_ATTRIBUTES, 1, 9, ("general", b"x"))),
        ("attribute", {"id": BIB1_ATTRIBUTES, "type": 1, "value": 9, "term": ("general", b"x")}),
    ),
    (
        ("att_combo", Combination((_TITLE,), ((_TITLE, _TITLE),))),
        (
            "attCombo",
            {"unsupportedCombination": [_TITLE_VALUE], "recommendedAlternatives": [[_TITLE_VALUE, _TITLE_VALUE]]},
        ),
    ),
    (("term", TermProblem(("numeric", 7), 4)), ("term", {"problem": 4, "term": ("numeric", 7)})),
    (("proximity", ("attributes", (_TITLE,))), ("proximity", ("attributes", [_TITLE_VALUE]))),
    (("proximity", ("bad_set", "one")), ("proximity", ("badSet", "one"))),
    (("proximity", ("exclusion", None)), ("proximity", ("exclusion", None))),
    (("scan", ("term_list_2", ((_TITLE,),))), ("scan", ("termList2", [[_TITLE_VALUE]]))),
    (("scan", ("pos_in_response", 1)), ("scan", ("posInResponse", 1))),
    (("sort", ("key", 2)), ("sort", ("key", 2))),
    (("sort", ("input_too_large", ("a", "b"))), ("sort", ("inputTooLarge", ["a", "b"]))),
    (("segmentation", ("segment_size", 4096)), ("segmentation", ("segmentSize", 4096))),
    (("ext_services", ("immediate", 3)), ("extServices", ("immediate", 3))),
    (("access_ctrl", ("oid", ("1.2.3",))), ("accessCtrl", ("oid", ["1.2.3"]))),
    (("access_ctrl", ("pwd_exp", None)), ("accessCtrl", ("pwdExp", None))),
    (
        ("record_syntax", RecordSyntax(MARC21, (XML,))),
        ("recordSyntax", {"unsupportedSyntax": MARC21, "suggestedAlternatives": [XML]}),
    ),
]
arms = pytest.mark.parametrize(
    ("ours", "theirs"), EXPLICIT, ids=[f"{ours[0]}-{n}" for n, (ours, _) in enumerate(EXPLICIT)]
)


@pytest.fixture(scope="module")
def oracle() -> Any:
    """Return the standard's own ASN.1 of APDUs and of diag-1, compiled."""
    with peers_or_skip():
        if not _STANDARD.exists():
            raise ProgramMissingError(str(_STANDARD), "libyaz-dev")
    text = _STANDARD.read_text(encoding="latin-1")
    apdus, diagnostics = (
        text[start : text.index("\nEND", start) + 5] for start in (0, text.index("DiagnosticFormatDiag1"))
    )
    # asn1tools does not take a module's OID that begins with a reference.
    return asn1tools.compile_string(apdus + re.sub(r"\{Z39-50-diagnosticFormat.*?\}", "", diagnostics), "ber")


@arms
def test_standard(oracle: Any, ours: tuple[str, Any], theirs: tuple[str, Any]) -> None:
    """Every explicit diagnostic is written and read as the standard's ASN.1 has it."""
    value = [{"diagnostic": ("explicitDiagnostic", theirs), "message": "why"}]
    diagnostics = (Diagnostic(("explicit", ours), "why"),)
    assert oracle.decode("DiagnosticFormat", encode_diag1(diagnostics)) == value
    assert decode_diag1(bytes(oracle.encode("DiagnosticFormat", value))) == diagnostics


@arms
def test_lengths(ours: tuple[str, Any], theirs: tuple[str, Any]) -> None:
    """Definite and indefinite lengths read alike."""
    diagnostics = (Diagnostic(("explicit", ours)), Diagnostic(None, "and more"))
    encoded = encode_diag1(diagnostics)
    assert decode_diag1(encoded) == diagnostics
    assert decode_diag1(indefinite(encoded)) == diagnostics


def test_default() -> None:
    """A default diagnostic inside diag-1 keeps its set, number and addinfo."""
    diagnostics = (Diagnostic(("default", DefaultDiagFormat(BIB1_DIAGNOSTICS, 1014, ("v3", "no")))),)
    assert decode_diag1(encode_diag1(diagnostics)) == diagnostics


@given(st.binary(max_size=80))
def test_garbage(content: bytes) -> None:
    """Bytes that are no diag-1 are a decode error, nothing else."""
    with contextlib.suppress(BerDecodeError, PduTooLarge):
        assert isinstance(decode_diag1(content), tuple)


@given(st.sampled_from([ours for ours, _ in EXPLICIT]), st.data())
def test_damage(ours: tuple[str, Any], data: st.DataObject) -> None:
    """A diagnostic with a byte changed is read, or is a decode error."""
    encoded = bytearray(encode_diag1((Diagnostic(("explicit", ours), "why"),)))
    encoded[data.draw(st.integers(0, len(encoded) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(BerDecodeError, PduTooLarge):
        assert isinstance(decode_diag1(bytes(encoded)), tuple)
