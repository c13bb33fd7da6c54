"""``zlocate search``: one query at one target, and all that can go wrong with it."""

from __future__ import annotations

import re
import ssl
from pathlib import Path

import pytest
import trustme

from locate.cli.records import print_records
from locate.errors import DiagnosticError
from locate.z3950.grs1 import GenericRecord, TaggedElement
from locate.z3950.oids import GRS1, MARC21, SUTRS
from locate.z3950.retrieval import Record, ResultSet, SurrogateDiagnostic
from locate.z3950.target.catalog import Catalog
from locate.z3950.target.server import ServerOptions, ThreadedServer
from tests.cli.conftest import SECRET
from tests.cli.running import Run

PERL = "@attr 1=4 perl"


def at(server: ThreadedServer, database: str = "Default") -> str:
    """Return a server's database as the command line names it."""
    return f"{server.host}:{server.port}/{database}"


def test_records(zlocate: Run, koha: ThreadedServer) -> None:
    """MARC records come as lines of fields under the number of hits, as many as --max says."""
    found = zlocate("search", at(koha), PERL, "--max", "2")
    assert (found.code, found.err) == (0, "")
    assert re.match(r"\d+ hits at zlocate embedded target\n\n-- record 1, marc21\nLDR \d{5}", found.out)
    assert found.out.count("-- record ") == 2
    assert re.search(r"^245 10 \$a Programming perl / \$c Larry Wall", found.out, re.MULTILINE)


def test_no_records_wanted(zlocate: Run, koha: ThreadedServer) -> None:
    """--max 0 only counts."""
    found = zlocate("search", at(koha), "@attr 1=4 nutshell", "--max", "0")
    assert (found.code, found.out) == (0, "1 hit at zlocate embedded target\n")


def test_nothing_found(zlocate: Run, koha: ThreadedServer) -> None:
    """No hit is exit code 1, in words and as JSON."""
    found = zlocate("search", at(koha), "@attr 1=4 zzzz")
    assert (found.code, found.out) == (1, "0 hits at zlocate embedded target\n")
    found = zlocate("search", at(koha), "@attr 1=4 zzzz", "--json")
    assert (found.code, found.json) == (
        1,
        {"server": "zlocate embedded target", "hits": 0, "note": "", "records": []},
    )


def test_json(zlocate: Run, hilltop: ThreadedServer) -> None:
    """--json gives hits and records, an OPAC record with its holdings in words."""
    found = zlocate("search", at(hilltop), "@attr 1=12 in00000000102", "--syntax", "opac", "--json")
    document = found.json
    assert (found.code, document["hits"]) == (0, 1)
    (record,) = document["records"]
    assert (record["position"], record["syntax"]) == (1, "opac")
    assert "\n001    in00000000102\n" in record["text"]
    assert record["holdings"] == [
        "holding: Hilltop College | Hilltop Library | Main Stacks | QA76.73.P47 W35 1992",
        "  copy not in | 32200100002 | Book | Checked out | Main Stacks",
    ]


@pytest.mark.parametrize(
    ("syntax", "shown"),
    [
        ("marc21", "-- record 1, marc21\nLDR "),
        ("usmarc", "-- record 1, marc21\nLDR "),
        ("opac", "   holding: Hilltop College | "),
        ("xml", "-- record 1, xml\n<record xmlns="),
        ("sutrs", "-- record 1, sutrs\nTitle: Programming perl"),
    ],
)
def test_syntaxes(zlocate: Run, hilltop: ThreadedServer, syntax: str, shown: str) -> None:
    """Each syntax that the target has is shown in its own way."""
    found = zlocate("search", at(hilltop), PERL, "--max", "1", "--syntax", syntax)
    assert (found.code, shown in found.out) == (0, True)


@pytest.mark.parametrize("syntax", ["unimarc", "ukmarc", "normarc", "danmarc", "finmarc"])
def test_refused_syntax(zlocate: Run, hilltop: ThreadedServer, syntax: str) -> None:
    """A syntax that the target refuses is its diagnostic, exit code 1."""
    found = zlocate("search", at(hilltop), PERL, "--syntax", syntax)
    assert (found.code, found.out) == (1, "")
    assert f"record syntax not supported (bib-1 239: {syntax})" in found.err


def test_diagnostics(zlocate: Run, koha: ThreadedServer) -> None:
    """A search that the target refuses is exit code 1 with the diagnostic in words, in the JSON document too."""
    found = zlocate("search", at(koha, "Nothing"), PERL)
    sentence = f"{at(koha, 'Nothing')} (search): database unavailable (bib-1 109: Nothing)"
    assert (found.code, found.out, found.err) == (1, "", f"zlocate: {sentence}\n")
    found = zlocate("search", at(koha, "Nothing"), PERL, "--json")
    assert (found.code, found.err) == (1, "")
    assert found.json == {"server": "", "hits": None, "error": sentence, "records": []}
    assert "unsupported use attribute (bib-1 114: 5555)" in zlocate("search", at(koha), "@attr 1=5555 x").err


@pytest.mark.parametrize(
    ("target", "sentence"),
    [
        ("host:99999/db", "target: port must be a whole number from 1 to 65535, not '99999'"),
        ("http://host/db", "target: 'http://host/db' is not a target; write host:port/database"),
        ("", "target: '' is not a target; write host:port/database"),
        (f"ill:{SECRET}@host:210/db", "target: a target holds no user or password"),
    ],
)
def test_bad_targets(zlocate: Run, target: str, sentence: str) -> None:
    """A target that cannot be read is exit code 2 with the form to write; a password in it is not repeated."""
    found = zlocate("search", target, PERL)
    assert (found.code, found.out) == (2, "")
    assert found.err.startswith(f"zlocate: {sentence}")
    assert SECRET not in found.err


@pytest.mark.parametrize(
    ("query", "column"), [("", 1), ("@attr 1=4", 10), ("@and perl", 10), ('@attr 1=4 "perl', 11), ("@nor a b", 1)]
)
def test_bad_queries(zlocate: Run, query: str, column: int) -> None:
    """A query that is no PQF is exit code 2 with the column, and no target is asked."""
    found = zlocate("search", "localhost:1/db", query)
    assert (found.code, found.out) == (2, "")
    assert f"at column {column} of the query {query!r}" in found.err


def test_cql(zlocate: Run, koha: ThreadedServer) -> None:
    """--cql reads the query as CQL, and finds what the same query in PQF finds."""
    found = zlocate("search", at(koha), 'title = "perl"', "--cql", "--max", "2")
    assert (found.code, found.out) == (0, zlocate("search", at(koha), PERL, "--max", "2").out)
    wrong = zlocate("search", "localhost:1/db", "titel = perl", "--cql")
    assert (wrong.code, "title" in wrong.err) == (2, True)


def titles(zlocate: Run, server: ThreadedServer, *options: str) -> list[str]:
    """Return the titles of a search in the order they come."""
    found = zlocate("search", at(server), PERL, "--max", "50", *options)
    assert found.code == 0, found.err
    return re.findall(r"^245 .. \$a (.+)", found.out, re.MULTILINE)


@pytest.mark.parametrize("key", ["title", "1=4", "title:asc"])
def test_sort(zlocate: Run, koha: ThreadedServer, key: str) -> None:
    """--sort has the target sort, by a name or by attributes, and :desc the other way round."""
    forward = titles(zlocate, koha, "--sort", key)
    assert sorted(forward) == sorted(titles(zlocate, koha))
    first = [title[:4].casefold() for title in forward]
    assert first == sorted(first)
    backward = [title[:4].casefold() for title in titles(zlocate, koha, "--sort", f"{key.partition(':')[0]}:desc")]
    assert backward == sorted(first, reverse=True)


def test_nothing_to_sort(zlocate: Run, koha: ThreadedServer) -> None:
    """Without hits nothing is sorted, and an unknown key is refused by the target otherwise."""
    assert zlocate("search", at(koha), "@attr 1=4 zzzz", "--sort", "nonsense").code == 1
    found = zlocate("search", at(koha), PERL, "--sort", "nonsense")
    assert (found.code, "(sort): cannot sort according to sequence (bib-1 207" in found.err) == (1, True)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--sort", ":desc"), "is no sort key; write title, 1=4 or 1=31:desc"),
        (("--sort", "title:down"), "is no sort key; write title, 1=4 or 1=31:desc"),
        (("--sort", "1=x"), "has an attribute that is no number"),
        (("--insecure", "--ca-file", "ca.pem"), "give one of the two"),
        (("--syntax", "opca"), "unknown record syntax 'opca'; did you mean 'opac'?"),
        (("--max", "-1"), "--max"),
        (("--max", "many"), "--max"),
        (("--timeout", "0"), "--timeout"),
    ],
)
def test_bad_options(zlocate: Run, options: tuple[str, ...], sentence: str) -> None:
    """An option that cannot be meant is named, exit code 2."""
    found = zlocate("search", "localhost:1/db", PERL, *options)
    assert (found.code, found.out, sentence in " ".join(found.err.replace("│", " ").split())) == (2, "", True)


def test_unreachable(zlocate: Run, closed_port: int) -> None:
    """Nothing listening is exit code 3, as a sentence or as JSON."""
    target = f"127.0.0.1:{closed_port}/Default"
    sentence = f"{target} (connect): connection refused; nothing listens on that port"
    found = zlocate("search", target, PERL)
    assert (found.code, found.out, found.err) == (3, "", f"zlocate: {sentence}\n")
    found = zlocate("search", target, PERL, "--json")
    assert (found.code, found.json["error"], found.err) == (3, sentence, "")


def test_timeout(zlocate: Run, silent: ThreadedServer) -> None:
    """A target that does not answer in time is exit code 3."""
    found = zlocate("search", at(silent), PERL, "--timeout", "0.1")
    assert (found.code, found.err) == (3, f"zlocate: {at(silent)} (init): no answer within 0.1 s\n")


def test_slow_target(zlocate: Run) -> None:
    """A target that answers within --timeout is waited for."""
    with ThreadedServer({"Default": Catalog(())}, options=ServerOptions(delay_s=0.1)) as server:
        assert zlocate("search", at(server), PERL, "--timeout", "5").out == "0 hits at zlocate embedded target\n"


def test_tls(zlocate: Run, tmp_path: Path) -> None:
    """Over TLS the certificate is verified, against --ca-file when it is given, unless --insecure says not to."""
    authority = trustme.CA()
    ca_file = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(ca_file))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    with ThreadedServer({"Default": Catalog(())}, options=ServerOptions(tls=context)) as server:
        answered = "0 hits at zlocate embedded target\n"
        refused = zlocate("search", at(server), PERL, "--tls")
        assert zlocate("search", at(server), PERL, "--ca-file", str(ca_file)).out == answered
        assert zlocate("search", at(server), PERL, "--insecure").out == answered
    assert (refused.code, "the target's TLS certificate does not verify" in refused.err) == (3, True)


def test_authentication(zlocate: Run, locked: ThreadedServer) -> None:
    """A target that asks for a password lets in who has it, and tells others what may be missing."""
    right = zlocate("search", at(locked), PERL, "--user", "ill", ZLOCATE_PASSWORD=SECRET)
    assert right.code == 0
    nobody = zlocate("search", at(locked), PERL)
    assert (nobody.code, "refused the association" in nobody.err) == (3, True)
    wrong = zlocate("search", at(locked), PERL, "--user", "not-ill", "--json", ZLOCATE_PASSWORD=SECRET)
    assert (wrong.code, "the user name or password is wrong" in wrong.json["error"]) == (3, True)
    assert SECRET not in right.out + nobody.err + wrong.out


def test_a_record_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """Control characters in a record or a note are shown as U+FFFD, line ends are kept."""
    text = Record(1, SUTRS, "Title: plain \x1b[31mred\r\nAuthor: x\n")
    print_records(None, ResultSet(1, [text], "odd \x9b"))
    assert capsys.readouterr().out == (
        "1 hit\n\n-- record 1, sutrs\nTitle: plain \N{REPLACEMENT CHARACTER}[31mred\nAuthor: x\n\n"
        "Note: odd \N{REPLACEMENT CHARACTER}\n"
    )


def test_records_that_cannot_be_read(capsys: pytest.CaptureFixture[str]) -> None:
    """What stands in a record's place is said in words, and bytes that are no record are shown escaped."""
    refused = SurrogateDiagnostic(DiagnosticError("not yours", diagnostic_set="", condition=15), 1)
    print_records(None, ResultSet(2, [refused, Record(2, MARC21, b"rubbish\x1b")]))
    shown = capsys.readouterr().out
    assert "\n-- not yours\n" in shown
    assert "-- record 2, marc21\nunreadable marc21 record (8 bytes): " in shown
    assert r"b'rubbish\x1b'" in shown


def test_records_of_other_kinds(capsys: pytest.CaptureFixture[str]) -> None:
    """GRS-1 is shown as its elements, and a syntax that the record itself does not name is said to be a guess."""
    tree = GenericRecord((TaggedElement(("number", 1), ("string", "On ice"), tag_type=2),))
    print_records(None, ResultSet(2, [Record(1, GRS1, tree), Record(2, SUTRS, "plain", guessed=True)]))
    shown = capsys.readouterr().out
    assert re.search(r"-- record 1, grs1\n.*On ice\n", shown)
    assert "-- record 2, sutrs as asked for; the record does not say\nplain\n" in shown
