"""``zlocate scan``: terms of an index, in words and as JSON."""

from __future__ import annotations

import re

import pytest

from locate.cli.scan_command import _document, _print
from locate.errors import DiagnosticError
from locate.z3950.client import ScanEntry, ScanResult
from locate.z3950.retrieval import SurrogateDiagnostic
from locate.z3950.target.server import ThreadedServer
from tests.cli.running import Run
from tests.cli.test_search import at

PERL = "@attr 1=4 perl"
REFUSED = SurrogateDiagnostic(DiagnosticError("not this one", diagnostic_set="", condition=1), 2)


def test_terms(zlocate: Run, koha: ThreadedServer) -> None:
    """Terms come in their order from the start term on, with the number of records before them."""
    found = zlocate("scan", at(koha), PERL, "--max", "3")
    assert (found.code, found.err) == (0, "")
    head, *terms = found.out.splitlines()
    assert head.startswith("3 terms at zlocate embedded target")
    assert re.fullmatch(r" +[\d,]+  perl", terms[0])
    words = [term.split()[1] for term in terms]
    assert words == sorted(words)


def test_json(zlocate: Run, koha: ThreadedServer) -> None:
    """--json tells position and step too; --position puts terms before the start term."""
    document = zlocate("scan", at(koha), PERL, "--max", "3", "--position", "2", "--json").json
    assert (document["position"], document["step_size"], document["note"]) == (2, 0, "")
    assert [set(entry) for entry in document["terms"]] == [{"term", "display", "occurrences"}] * 3
    assert document["terms"][1]["term"] == "perl"
    assert document["terms"][1]["occurrences"] >= 1


def test_refused(zlocate: Run, koha: ThreadedServer) -> None:
    """A scan that the target refuses is exit code 1, with the diagnostic in words and in the document."""
    found = zlocate("scan", at(koha), "@attr 1=5555 x")
    assert (found.code, found.out) == (1, "")
    assert f"zlocate: {at(koha)} (scan): unsupported use attribute (bib-1 114" in found.err
    found = zlocate("scan", at(koha), "@attr 1=5555 x", "--json")
    assert (found.code, found.err, found.json["terms"]) == (1, "", [])
    assert "bib-1 114" in found.json["error"]


def test_what_cannot_be_scanned(zlocate: Run, closed_port: int) -> None:
    """A query that is no PQF is exit code 2, a target that is not there 3."""
    assert zlocate("scan", "localhost:1/db", "@attr 1=4").code == 2
    assert zlocate("scan", f"127.0.0.1:{closed_port}/db", PERL).code == 3


def test_entries_of_every_kind(capsys: pytest.CaptureFixture[str]) -> None:
    """A term without a count, a diagnostic in a term's place and a note are all shown; control characters are not."""
    result = ScanResult([ScanEntry("a", "A\x1b", None), REFUSED, ScanEntry("c", "C", 1234)], 1, 0, "fewer came")
    _print(None, result)
    assert capsys.readouterr().out == (
        "3 terms\n        ?  A\N{REPLACEMENT CHARACTER}\n       --  not this one\n    1,234  C\nNote: fewer came\n"
    )
    assert _document(None, result)["terms"] == [
        {"term": "a", "display": "A\x1b", "occurrences": None},
        {"error": "not this one"},
        {"term": "c", "display": "C", "occurrences": 1234},
    ]
