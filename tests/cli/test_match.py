"""``zlocate match``: a ranking of the records of files, and all that can go wrong with it."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path

import pytest

from locate.citation import Citation
from locate.demo import sample_folder
from tests.cli.running import Run

KOHA = str(sample_folder() / "koha.mrc")
HILLTOP = str(sample_folder() / "hilltop.opac.xml")
PERL = ("--title", "Programming perl", "--author", "Wall", "--year", "1992", "--format", "print")


def words(text: str) -> str:
    """Return the text on one line, so that a sentence is found wherever it was broken."""
    return " ".join(text.split())


def test_help(zlocate: Run) -> None:
    """The help has examples, fits 80 columns, and has an option for every field of a citation."""
    found = zlocate("match", "--help", COLUMNS="80")
    assert (found.code, found.err) == (0, "")
    assert "\n  Examples:\n\n    zlocate match --title " in found.out
    assert max(map(len, found.out.splitlines())) <= 80
    names = {each.name.replace("_", "-").removesuffix("-numbers") for each in fields(Citation)}
    assert [name for name in names if f"  --{name}" not in found.out] == []


class TestTable:
    """What a person reads."""

    def test_the_best_first(self, zlocate: Run) -> None:
        """The table has the best first, with verdict, score, title, year, number and sentence; exit code 0."""
        found = zlocate("match", *PERL, KOHA)
        assert (found.code, found.err) == (0, "")
        assert found.out.startswith("Wanted: Title Programming perl; Author Wall; Year 1992; Format print\n")
        rows = [line.split() for line in found.out.splitlines()[4:]]
        assert (rows[0][0], rows[0][3:8]) == ("1", ["same", "Programming", "perl", "1992", "1004"])
        assert "The same item: " in words(found.out)
        assert "records of lower rank; --top shows more." in found.out

    def test_explained(self, zlocate: Run) -> None:
        """The best is explained feature by feature: both values, points and why; silent features are left out."""
        found = zlocate("match", *PERL, KOHA)
        assert "\nRank 1: Programming perl\n  koha.mrc, record 4" in found.out
        assert found.out.count("\nRank ") == 1
        assert "year.equal" in found.out
        assert ".silent" not in found.out
        assert "same from " in found.out

    def test_all_evidence(self, zlocate: Run) -> None:
        """--all-evidence shows silent features too."""
        assert "isbn.silent" in zlocate("match", *PERL, KOHA, "--all-evidence").out

    def test_how_many(self, zlocate: Run) -> None:
        """--top says how many stand in the table, --explain how many are explained."""
        found = zlocate("match", *PERL, KOHA, HILLTOP, "--top", "3", "--explain", "2")
        assert [f"\nRank {rank}: " in found.out for rank in (1, 3)] == [True, False]
        assert found.out.count("\n  koha.mrc, record ") + found.out.count("\n  hilltop.opac.xml, record ") == 2
        assert "Not shown: 48 records of lower rank" in found.out
        assert "\nRank 1: " not in zlocate("match", *PERL, KOHA, "--explain", "0").out

    def test_ties(self, zlocate: Run) -> None:
        """Records that share a rank are marked and named."""
        found = zlocate("match", *PERL, KOHA, HILLTOP)
        named = "koha.mrc, record 4; hilltop.opac.xml, record 2."
        assert f"Rank 1 is shared by 2 records, whose evidence weighs the same: {named}" in words(found.out)
        assert found.out.count(" 1= ") == 2

    def test_control_characters(self, zlocate: Run) -> None:
        """What a citation holds does not steer the terminal."""
        found = zlocate("match", "--title", "Programming\x1b[31m perl", "--author", "Wall", KOHA)
        assert found.out.startswith("Wanted: Title Programming\ufffd[31m perl; Author Wall\n")
        assert "\x1b" not in found.out

    def test_nothing_held(self, zlocate: Run) -> None:
        """When no record is the item, the exit code is 1."""
        found = zlocate("match", "--title", "The Riviera house", "--author", "Lester", "--year", "2021", KOHA)
        assert found.code == 1
        assert " same " not in found.out.partition("Rank 1:")[0].partition("why")[2]


class TestWanted:
    """Where what is wanted comes from."""

    def test_all_fields(self, zlocate: Run) -> None:
        """Every field of a citation has its option."""
        options = {
            "title": "T",
            "author": "A",
            "isbn": ["0306406152", "9780306406157"],
            "issn": ["1234-5679"],
            "lccn": "2001012345",
            "control_numbers": ["(OCoLC)1"],
            "year": 1999,
            "edition": "2nd ed.",
            "publisher": "P",
            "volume": "3",
            "issue": "4",
            "pages": "5-6",
            "language": "eng",
            "type": "book",
            "format": "print",
            "any_edition": True,
        }
        arguments = []
        for field, value in options.items():
            name = "--" + field.removesuffix("s" if field == "control_numbers" else "").replace("_", "-")
            for each in value if isinstance(value, list) else [value]:
                arguments += [name] if each is True else [name, str(each)]
        assert zlocate("match", *arguments, KOHA, "--json").json["citation"] == options

    def test_a_citation_in_a_file(self, zlocate: Run, tmp_path: Path) -> None:
        """--citation takes a JSON object, with a byte order mark too."""
        file = tmp_path / "wanted.json"
        file.write_text(
            '\ufeff{"title": "Programming perl", "author": "Wall", "year": "c1992", "format": "print"}', "utf-8"
        )
        assert zlocate("match", "--citation", str(file), KOHA).out == zlocate("match", *PERL, KOHA).out

    def test_a_record(self, zlocate: Run) -> None:
        """--record takes the first record of a file as what is wanted."""
        document = zlocate("match", "--record", KOHA, KOHA, "--json").json
        best = document["candidates"][0]
        assert document["citation"] is None
        assert document["reference"]["control_number"] == best["control_number"]
        assert (best["source"], best["verdict"]) == ("koha.mrc, record 1", "same")


class TestJson:
    """What a program reads."""

    def test_the_document(self, zlocate: Run) -> None:
        """The document says what was wanted, how many were compared, and for each candidate verdict and evidence."""
        document = zlocate("match", *PERL, KOHA, HILLTOP, "--json", "--top", "2").json
        assert document["held"] is True
        assert document["citation"] == {"title": "Programming perl", "author": "Wall", "year": 1992, "format": "print"}
        assert (document["reference"], document["compared"], document["unreadable_records"]) == (None, 51, 0)
        first, second = document["candidates"]
        assert (first["rank"], first["tied"], second["rank"], second["tied"]) == (1, True, 1, True)
        assert (first["control_number"], first["years"], first["source"]) == ("1004", [1992], "koha.mrc, record 4")
        assert first["score"] == sum(one["weight"] for one in first["evidence"]) >= document["accept"]
        assert 0 <= first["probability"] <= 1
        assert {"feature", "verdict", "weight", "wanted", "record", "why"} == set(first["evidence"][0])


class TestPage:
    """--html."""

    def test_written(self, zlocate: Run, tmp_path: Path) -> None:
        """The page shows the best candidates; what is printed stays the same."""
        file = tmp_path / "report.html"
        found = zlocate("match", *PERL, KOHA, "--html", str(file), "--top", "3")
        assert found == zlocate("match", *PERL, KOHA, "--top", "3")
        page = file.read_text("utf-8")
        assert page.startswith("<!DOCTYPE html>")
        assert page.count("<article ") == 3

    def test_cannot_be_written(self, zlocate: Run, tmp_path: Path) -> None:
        """A place that cannot be written is named."""
        found = zlocate("match", *PERL, KOHA, "--html", str(tmp_path / "no" / "report.html"))
        assert found.code == 2
        assert "cannot be written: No such file or directory" in words(found.err)


class TestMistakes:
    """Bad input is one sentence, exit code 2."""

    @pytest.mark.parametrize(
        ("arguments", "sentence"),
        [
            ((), "nothing is wanted: give --title, another field, --citation or --record"),
            (("--title", " ", KOHA), "nothing is wanted"),
            (("--title", "x"), "no records: give a file of MARC or MARCXML, or --pairs"),
            (("--title", "x", "--year", "abcd", KOHA), "year 'abcd' has no four digits"),
            (("--title", "x", "--record", KOHA, KOHA), "what is wanted comes from options such as --title"),
            (("--title", "x", "--citation", KOHA, KOHA), "what is wanted comes from options such as --title"),
            (("--citation", "absent.json", KOHA), "absent.json cannot be read: No such file or directory"),
            (("--citation", KOHA, KOHA), "koha.mrc holds no JSON"),
            (("--record", "absent.mrc", KOHA), "the record file cannot be read: No such file or directory"),
            (("--title", "x", "absent.mrc"), "the record file cannot be read: No such file or directory"),
            (("--title", "x", "--out", "y", KOHA), "only the answers to --pairs go to a file"),
            (("--title", "x", "--pairs", "y"), "pairs bring their own citations and records"),
            (("--pairs", "y", KOHA), "pairs bring their own citations and records"),
            (("--title", "x", "--top", "0", KOHA), "Invalid value for '--top'"),
        ],
    )
    def test_told(self, zlocate: Run, arguments: tuple[str, ...], sentence: str) -> None:
        """The sentence says what is wrong, and nothing is printed."""
        found = zlocate("match", *arguments, COLUMNS="200")
        assert (found.code, found.out) == (2, "")
        assert sentence in words(found.err)

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("{}", "holds an empty citation"),
            ("[]", "a citation is an object of fields and values, not a list"),
            ('{"titel": "x"}', "unknown citation field 'titel'; did you mean 'title'?"),
        ],
    )
    def test_a_citation_file(self, zlocate: Run, tmp_path: Path, text: str, sentence: str) -> None:
        """A file that holds no citation is told."""
        file = tmp_path / "c.json"
        file.write_text(text, "utf-8")
        found = zlocate("match", "--citation", str(file), KOHA, COLUMNS="200")
        assert (found.code, found.out) == (2, "")
        assert sentence in words(found.err)

    def test_bad_records(self, zlocate: Run, tmp_path: Path) -> None:
        """A record that cannot be read is left out and told; when none is left, or none wanted, that is a mistake."""
        mixed, bad, none = tmp_path / "mixed.mrc", tmp_path / "bad.mrc", tmp_path / "none.xml"
        bad.write_bytes(b"00026nam\x1d" * 12)
        mixed.write_bytes(bad.read_bytes() + Path(KOHA).read_bytes())
        none.write_text('<collection xmlns="http://www.loc.gov/MARC21/slim"/>', "utf-8")
        found = zlocate("match", *PERL, str(mixed), "--json")
        assert (found.code, found.json["unreadable_records"]) == (0, 12)
        assert found.json["candidates"][0]["source"] == "mixed.mrc, record 16"
        assert found.err.startswith("zlocate: left out: mixed.mrc, record 1: unreadable marc21 record")
        assert found.err.endswith("zlocate: left out: 2 more\n")
        for arguments, sentence in (
            ((*PERL, str(bad)), "no record in them can be read"),
            ((*PERL, str(none)), "no record in them can be read"),
            (("--record", str(bad), KOHA), "the first record of"),
            (("--record", str(none), KOHA), "none.xml holds no record"),
        ):
            found = zlocate("match", *arguments, COLUMNS="200")
            assert (found.code, found.out) == (2, "")
            assert sentence in words(found.err)


def test_an_outcome_s_citation_is_one(zlocate: Run, tmp_path: Path) -> None:
    """The citation that --json repeats can be given again."""
    document = zlocate("match", *PERL, KOHA, "--json").json
    file = tmp_path / "again.json"
    file.write_text(json.dumps(document["citation"]), "utf-8")
    assert zlocate("match", "--citation", str(file), KOHA, "--json").json == document
