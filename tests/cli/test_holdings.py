"""``zlocate holdings``: copies raw beside parsed, from a file or a target; guesses and unknown words."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from locate.cli.holdings_text import report_lines
from locate.cli.holdings_view import Came, parsed, raw, report
from locate.demo import sample_folder
from locate.z3950.opac import HoldingsAndCirc, Volume
from locate.z3950.target.server import ThreadedServer
from tests.availability.build import bib, circ, opac, read_field
from tests.cli.running import Run

NO_RECORDS = """<zs:searchRetrieveResponse xmlns:zs="http://docs.oasis-open.org/ns/search-ws/sruResponse">
<zs:numberOfRecords>0</zs:numberOfRecords></zs:searchRetrieveResponse>"""
NOTHING: dict[str, object] = {"dialect": "", "sure": None, "guesses": [], "records": [], "unknown_words": []}


def at(server: ThreadedServer) -> str:
    """Return a server's database as the command line names it."""
    return f"{server.host}:{server.port}/Default"


def subfields(text: str) -> str:
    """Return MARCXML subfields of "$b MAIN $n Available"."""
    return "".join(f'<subfield code="{part[0]}">{part[2:]}</subfield>' for part in text.strip().split("$")[1:])


def evergreen(path: Path, *statuses: str) -> str:
    """Write a MARCXML record with a copy for each status, as Evergreen writes them, and return the path."""
    copies = "".join(
        f'<datafield tag="852" ind1="4" ind2=" ">{subfields(f"$b MAIN$g {number}$n {status}")}</datafield>'
        for number, status in enumerate(statuses, 1)
    )
    path.write_text(
        '<record xmlns="http://www.loc.gov/MARC21/slim"><leader>00000nam a2200000 a 4500</leader>'
        f'<controlfield tag="001">77</controlfield><datafield tag="245" ind1="1" ind2="0">{subfields("$a Rivers /")}'
        f"</datafield>{copies}</record>",
        "utf-8",
    )
    return str(path)


def sru(record: str) -> str:
    """Return an SRU response with one record."""
    return (
        '<zs:searchRetrieveResponse xmlns:zs="http://docs.oasis-open.org/ns/search-ws/sruResponse"><zs:records>'
        f"<zs:record><zs:recordData>{record}</zs:recordData></zs:record></zs:records></zs:searchRetrieveResponse>"
    )


def cells(line: str) -> list[str]:
    """Return the two columns of a line, runs of blanks made one."""
    return [" ".join(part.split()) for part in line.split(" |")]


def test_raw_beside_parsed(zlocate: Run, tmp_path: Path) -> None:
    """A record stands with title and number, its copy as the record says it at the left of what was read."""
    found = zlocate("holdings", evergreen(tmp_path / "one.xml", "Checked out"))
    assert (found.code, found.err) == (0, "")
    head, guessed, _, title, item, *rest = found.out.splitlines()
    assert (head, title, item) == (str(tmp_path / "one.xml"), "-- record 1: Rivers [77]", "   item 1 of 1")
    assert guessed.startswith("Dialect evergreen (Evergreen), a guess, 97 % sure: 852 with first indicator 4 has $b, ")
    assert [cells(line) for line in rest[:4]] == [
        ["852 indicators 4#", "status unavailable"],
        ["852 $b MAIN", "library MAIN"],
        ["852 $g 1", "barcode 1"],
        ["852 $n Checked out", "rule evergreen: 852 $n reads 'Checked out'"],
    ]
    assert rest[4:] == ["   Form: physical. 1 copy on shelves.", "", "1 record, 1 item: 1 unavailable."]


@pytest.mark.parametrize(
    ("name", "dialect", "line"),
    [
        ("koha.mrc", "koha", "952 $0 0"),
        ("alma.opac.xml", "alma", "availableNow 1"),
        ("hilltop.opac.xml", "folio", "restrictions Checked out"),
        ("oldtown.mrc", "generic", "876 $j Available"),
    ],
)
def test_files_of_each_kind(zlocate: Run, name: str, dialect: str, line: str) -> None:
    """MARC and OPAC XML are told apart by content, and the dialect of each is guessed."""
    found = zlocate("holdings", str(sample_folder() / name))
    assert (found.code, f"\nDialect {dialect} (" in found.out) == (0, True)
    assert line in {cells(each)[0] for each in found.out.splitlines()}


def test_an_sru_response(zlocate: Run, tmp_path: Path) -> None:
    """The records in an SRU response are read."""
    inside = Path(evergreen(tmp_path / "one.xml", "Available")).read_text("utf-8")
    (tmp_path / "sru.xml").write_text(sru(inside))
    found = zlocate("holdings", str(tmp_path / "sru.xml"))
    assert (found.code, "1 record, 1 item: 1 available." in found.out) == (0, True)


def test_told_dialect(zlocate: Run, tmp_path: Path) -> None:
    """--dialect is taken as told, without a guess, and in any case of its letters."""
    file = evergreen(tmp_path / "one.xml", "Available")
    found = zlocate("holdings", file, "--dialect", "Generic")
    assert (found.code, "\nDialect generic (Generic), as told.\n" in found.out) == (0, True)
    assert "852 $b          MAIN" in found.out
    assert found.out.endswith("\n1 record, 1 item: 1 unknown.\n")
    document = zlocate("holdings", file, "--dialect", "evergreen", "--json").json
    assert (document["dialect"], document["sure"], document["guesses"]) == ("evergreen", None, [])


def test_a_dialect_that_reads_nothing(zlocate: Run, tmp_path: Path) -> None:
    """A record without an item in the told dialect says so, exit code 1."""
    found = zlocate("holdings", evergreen(tmp_path / "one.xml", "Available"), "--dialect", "tlc")
    assert found.code == 1
    assert "   Note: The record has no holdings that the dialect tlc knows.\n" in found.out
    assert found.out.endswith("\n1 record, 0 items.\n")


def test_unknown_dialect(zlocate: Run, tmp_path: Path) -> None:
    """A dialect that is none is exit code 2, with the nearest name, before anything is read."""
    found = zlocate("holdings", str(tmp_path / "missing.xml"), "--dialect", "kohaa")
    assert (found.code, found.out) == (2, "")
    assert "unknown dialect 'kohaa'; did you mean 'koha'?" in found.err


def test_guess(zlocate: Run, tmp_path: Path) -> None:
    """--guess lists the five likeliest dialects, how sure each is and why, and reads with the first."""
    found = zlocate("holdings", evergreen(tmp_path / "one.xml", "Available"), "--guess")
    lines = found.out.splitlines()
    assert lines[1] == "Which dialect it is, the likeliest first:"
    assert lines[2].startswith("  97 %  evergreen   852 with first indicator 4 has $b, $g and $n; 1 of 1 item has a ")
    assert lines[3].startswith("   1 %  generic     ")
    assert (lines[7], lines[8].partition(" (")[0]) == ("", "Dialect evergreen")
    both = zlocate("holdings", "x.xml", "--guess", "--dialect", "koha")
    assert (both.code, "give one of them" in both.err) == (2, True)


def test_json(zlocate: Run, tmp_path: Path) -> None:
    """--json is one document: the guesses, each item raw and parsed, and the words that nobody knows."""
    found = zlocate("holdings", evergreen(tmp_path / "one.xml", "Available", "Dusty", "dusty"), "--json")
    document = found.json
    assert (found.code, document["dialect"], document["sure"]) == (0, "evergreen", document["guesses"][0]["sure"])
    assert document["guesses"][0]["why"].startswith("852 with first indicator 4")
    (record,) = document["records"]
    assert (record["title"], record["control_number"], record["error"]) == ("Rivers", "77", "")
    assert record["items"][0]["raw"] == [
        ["852 indicators", "4#"],
        ["852 $b", "MAIN"],
        ["852 $g", "1"],
        ["852 $n", "Available"],
    ]
    assert [item["status"] for item in record["items"]] == ["available", "unknown", "unknown"]
    assert record["items"][0]["barcode"] == "1"
    assert document["unknown_words"] == [{"word": "Dusty", "where": "852 $n", "count": 2}]


def test_unknown_words_to_paste(zlocate: Run, tmp_path: Path) -> None:
    """Words that the dialect does not know stand at the end as a piece of a dialect file, which TOML reads."""
    found = zlocate("holdings", evergreen(tmp_path / "one.xml", *["Awaiting dust"] * 12))
    assert found.out.endswith('\n\n[words]\n# unavailable = ["Awaiting dust"]  # 12 times in 852 $n\n')
    found = zlocate("holdings", evergreen(tmp_path / "two.xml", "Awaiting dust", 'At "Annex"', 'At "Annex"'))
    piece = found.out[found.out.index("[words]") :]
    assert '#   "At \\"Annex\\"",  # 2 times in 852 $n\n#   "Awaiting dust",  # once in 852 $n\n# ]' in piece
    bare = "\n".join(line.removeprefix("# ") for line in piece.splitlines())
    assert tomllib.loads(bare) == {"words": {"unavailable": ['At "Annex"', "Awaiting dust"]}}


def test_many_unknown_words(zlocate: Run, tmp_path: Path) -> None:
    """Of many unknown words the most frequent are shown, and the others are counted."""
    found = zlocate("holdings", evergreen(tmp_path / "one.xml", *[f"Word {number}" for number in range(60)]))
    assert found.out.endswith("# ]\n# and 10 more; --json has them all\n")


def test_ten_thousand_items(zlocate: Run, tmp_path: Path) -> None:
    """Of ten thousand copies fifty are shown, the others counted by status; --all shows every one."""
    statuses = [("Available", "Checked out", "Dusty")[min(number % 20, 2)] for number in range(10_000)]
    file = evergreen(tmp_path / "many.xml", *statuses)
    found = zlocate("holdings", file)
    assert (found.code, found.out.count("   item ")) == (0, 50)
    assert "\n   and 9,950 more: 497 available, 497 unavailable, 8,956 unknown; --all shows them\n" in found.out
    assert "\n1 record, 10,000 items: 500 available, 500 unavailable, 9,000 unknown.\n" in found.out
    assert '# unavailable = ["Dusty"]  # 9,000 times in 852 $n' in found.out
    everything = zlocate("holdings", file, "--all", "--dialect", "evergreen")
    assert (everything.out.count("   item "), " more: " in everything.out) == (10_000, False)


def test_no_record(zlocate: Run, tmp_path: Path) -> None:
    """A response without a record says so, exit code 1, and is an empty document as JSON."""
    (tmp_path / "none.xml").write_text(NO_RECORDS)
    found = zlocate("holdings", str(tmp_path / "none.xml"))
    assert (found.code, found.out) == (1, f"{tmp_path / 'none.xml'}: the response holds no record.\n")
    found = zlocate("holdings", str(tmp_path / "none.xml"), "--json")
    assert (found.code, found.json) == (1, NOTHING)


def test_files_that_cannot_be_read(zlocate: Run, tmp_path: Path) -> None:
    """A missing file, an empty one and a folder are exit code 2 and are named."""
    (tmp_path / "empty.mrc").write_bytes(b"")
    for name, sentence in (("missing.xml", "No such file"), ("empty.mrc", "is empty"), ("", "Is a directory")):
        found = zlocate("holdings", str(tmp_path / name))
        assert (found.code, found.out, sentence in found.err) == (2, "", True)
        assert found.err.startswith(f"zlocate: {tmp_path / name}: the record file ")
    assert zlocate("holdings", "x" * 5000).code == 2


def test_an_unreadable_record_in_its_place(zlocate: Run, tmp_path: Path) -> None:
    """A record that cannot be read is told of in its place, and the others are shown."""
    good = (sample_folder() / "koha.mrc").read_bytes().split(b"\x1d")[0] + b"\x1d"
    (tmp_path / "half.mrc").write_bytes(b"00030nam a2200000 a 4500 broken\x1d" + good)
    found = zlocate("holdings", str(tmp_path / "half.mrc"))
    assert (found.code, "-- record 1: cannot be read: " in found.out) == (0, True)
    assert "-- record 2: Brothers and keepers [1001]" in found.out
    first = zlocate("holdings", str(tmp_path / "half.mrc"), "--json").json["records"][0]
    assert (first["title"], first["items"], bool(first["error"])) == ("", [], True)


def test_file_or_target(zlocate: Run, tmp_path: Path) -> None:
    """A file takes no query, and what looks like a target without one is told to bring it."""
    found = zlocate("holdings", evergreen(tmp_path / "one.xml", "Available"), "@attr 1=4 perl")
    assert (found.code, "takes no query" in found.err) == (2, True)
    found = zlocate("holdings", "localhost:9999/Default")
    assert (found.code, found.out, "a target takes a query too" in " ".join(found.err.split())) == (2, "", True)


def test_target_with_opac_records(zlocate: Run, hilltop: ThreadedServer) -> None:
    """A target that has OPAC records is asked for them, and for no more records than --max-records says."""
    found = zlocate("holdings", at(hilltop), "@attr 1=4 perl", "--max-records", "2")
    assert (found.code, found.err, found.out.count("-- record ")) == (0, "", 2)
    assert found.out.startswith("4 hits at zlocate embedded target\nDialect folio (FOLIO), a guess, ")
    assert "nucCode Hilltop College" in {cells(line)[0] for line in found.out.splitlines()}


def test_target_without_opac_records(zlocate: Run, koha: ThreadedServer) -> None:
    """A target that refuses OPAC records is asked for MARC."""
    found = zlocate("holdings", at(koha), "@attr 1=4 perl", "--json")
    assert (found.code, found.json["dialect"], found.json["sure"] > 0.9) == (0, "koha", True)
    (first, *_) = found.json["records"]
    assert first["items"][0]["raw"][0] == ["952 $0", "0"]
    refused = zlocate("holdings", at(koha), "@attr 1=4 perl", "--syntax", "opac")
    assert (refused.code, "(present): " in refused.err) == (1, True)


def test_one_syntax(zlocate: Run, hilltop: ThreadedServer) -> None:
    """--syntax asks for that syntax alone: without OPAC records there are no items here, and a refusal is told."""
    found = zlocate("holdings", at(hilltop), "@attr 1=4 perl", "--syntax", "xml", "--element-set", "", "--json")
    assert (found.code, {len(record["items"]) for record in found.json["records"]}) == (1, {0})
    found = zlocate("holdings", at(hilltop), "@attr 1=4 perl", "--syntax", "danmarc")
    assert (found.code, "record syntax not supported" in found.err) == (1, True)
    found = zlocate("holdings", at(hilltop), "@attr 1=4 perl", "--syntax", "opca")
    assert (found.code, "did you mean 'opac'?" in found.err) == (2, True)


def test_records_that_are_no_marc(zlocate: Run, hilltop: ThreadedServer) -> None:
    """Plain text is told of in each record's place, exit code 1."""
    found = zlocate("holdings", at(hilltop), "@attr 1=4 perl", "--syntax", "sutrs", "--max-records", "1")
    assert (found.code, "-- record 1: cannot be read: plain text (SUTRS)" in found.out) == (1, True)


def test_target_without_a_hit(zlocate: Run, hilltop: ThreadedServer) -> None:
    """No hit is exit code 1."""
    found = zlocate("holdings", at(hilltop), "@attr 1=4 zzzz")
    assert (found.code, found.out) == (1, "0 hits at zlocate embedded target: the response holds no record.\n")


def test_target_that_cannot_be_asked(zlocate: Run, closed_port: int, silent: ThreadedServer) -> None:
    """A target that is down is exit code 3, in the JSON document too; so is one that never answers."""
    found = zlocate("holdings", f"127.0.0.1:{closed_port}", "perl", "--json")
    assert (found.code, found.json) == (3, {**NOTHING, "error": found.json["error"]})
    assert "refused" in found.json["error"]
    assert zlocate("holdings", at(silent), "perl", "--timeout", "0.2").code == 3
    assert zlocate("holdings", "http://host/db", "perl").code == 2
    assert zlocate("holdings", "localhost:1/db", "@attr 1=4").code == 2


def test_raw_of_a_holding() -> None:
    """An OPAC holding gives its elements by the standard's names, volumes and flags with them, blanks as they are."""
    copy = circ(now=False, item_id=" ", restrictions="Paged", on_hold=True)  # type: ignore[arg-type]
    holding = HoldingsAndCirc(
        local_location="Main", volumes=(Volume("v.1", "1999"),), circulation=(copy,), copy_number="2"
    )
    found = report([Came(None, opac(holding), "no bibliographic record")], None)
    (item,) = found.records[0][1].items
    assert raw(item) == [
        ("localLocation", "Main"),
        ("copyNumber", "2"),
        ("volume", "v.1 1999"),
        ("availableNow", "0"),
        ("restrictions", "Paged"),
        ("itemId", " "),
        ("onHold", "1"),
    ]
    lines = list(report_lines(found, width=100, ranking=False, everything=False))
    assert "-- record 1: without a title [no number]; no bibliographic record" in lines
    assert any(cells(line)[0] == "itemId (blank)" for line in lines)


def test_parsed_of_much() -> None:
    """What an item says besides its status is labelled: copies, holds, what is not lent, hidden and electronic."""
    said = dict(
        parsed(read_field("koha", "952 $0 0 $1 0 $7 1 $a MAIN $b ANNEX $8 REF $h v.1 $p 5 $q 2024-01-02 $y BK"))
    )
    assert (said["not lent"], said["temporary place"], said["collection"]) == ("not for loan", "ANNEX", "REF")
    assert (said["enumeration"], said["due"], said["policy"]) == ("v.1", "2024-01-02", "BK")
    online = dict(parsed(read_field("alma", "AVE $8 1 $e Available $m Archive $s from 1990")))
    assert (online["electronic"], online["statement"], online["location"]) == ("portfolio", "from 1990", "Archive")
    counted = dict(parsed(read_field("alma", "AVA $8 1 $b A $e available $f 3")))
    assert counted["copies"] == "3"


def test_long_and_wide_texts() -> None:
    """Texts too long for their column go on below it, letters of double width too."""
    record = bib("852 4# $b MAIN $g 1 $n Available $a " + "図書館" * 20, "852 4# $b MAIN $g 2 $n " + "very dusty " * 20)
    lines = list(report_lines(report([Came(record, None)], None), width=60, ranking=False, everything=False))
    shown = [line for line in lines if " | " in line]
    assert "".join(line.split(" | ")[0] for line in shown).count("図") == 20
    assert {line.partition(" |")[0].isascii() or len(line) <= 60 for line in shown} == {True}


def test_summaries_and_what_is_left_out(zlocate: Run) -> None:
    """Summary holdings stand below the items of their record."""
    found = zlocate("holdings", str(sample_folder() / "oldtown.mrc"))
    assert "\n   Summary: v. 1 (1954)-v. 20 (1973)\n" in found.out


def test_help(zlocate: Run) -> None:
    """The help has examples and fits 80 columns."""
    found = zlocate("holdings", "--help", COLUMNS="80")
    assert (found.code, max(map(len, found.out.splitlines())) <= 80) == (0, True)
    assert "  zlocate holdings response.xml\n" in found.out


def test_a_partners_own_settings(zlocate: Run, tmp_path: Path) -> None:
    """With a configuration and a partner the records are read as that partner's are."""
    records = tmp_path / "one.mrk"
    records.write_text("=LDR  00000nam a2200000 a 4500\n=952  \\\\$00$10$70$aMAIN$8ATLAS$pB1\n", "utf-8")
    config = tmp_path / "partners.toml"
    config.write_text(
        '[institution]\ncode = "H"\nname = "H"\n[[partners]]\ncode = "P"\ntarget = "localhost/db"\nsystem = "koha"\n'
        '[partners.dialect]\nfields = [{ tag = "952", text = { policy = "8" } }]\n',
        "utf-8",
    )
    found = zlocate("holdings", str(records), "--config", str(config), "--partner", "P", "--json")
    assert found.code == 0
    assert found.json["records"][0]["items"][0]["policy"] == "ATLAS"
    unknown = zlocate("holdings", str(records), "--config", str(config), "--partner", "Q")
    assert (unknown.code, "partner code 'Q'" in unknown.err) == (2, True)
    alone = zlocate("holdings", str(records), "--partner", "P")
    assert (alone.code, "--config and --partner together" in " ".join(alone.err.split())) == (2, True)


def test_a_dialect_that_is_being_written(zlocate: Run, tmp_path: Path) -> None:
    """A file of one's own is a dialect too; its mistakes are told with their paths."""
    records = tmp_path / "one.mrk"
    records.write_text("=LDR  00000nam a2200000 a 4500\n=999  \\\\$aMAIN$sIn\n", "utf-8")
    own = tmp_path / "mine.toml"
    own.write_text(
        'extends = "opac"\n[words]\navailable = ["in"]\n[[fields]]\ntag = "999"\nstatus = ["s"]\n', encoding="utf-8"
    )
    found = zlocate("holdings", str(records), "--dialect", str(own), "--json")
    assert (found.code, found.json["dialect"]) == (0, "mine")
    own.write_text('extends = "opac"\n[[fields]]\ntag = "999"\nstatus = ["S"]\n', encoding="utf-8")
    wrong = zlocate("holdings", str(records), "--dialect", str(own))
    assert (wrong.code, "fields[0].status[0]: there is no subfield $S" in wrong.err) == (2, True)
    missing = zlocate("holdings", str(records), "--dialect", str(tmp_path / "none.toml"))
    assert (missing.code, "cannot read the file" in missing.err) == (2, True)
    own.write_bytes(b'extends = "opac"\nlabel = \n')
    broken = zlocate("holdings", str(records), "--dialect", str(own))
    assert (broken.code, "mine.toml: not TOML: line 2, column 9: Invalid value" in broken.err) == (2, True)
    own.write_bytes(b'extends = "opac"\nlabel = "\xe9"\n')
    latin1 = zlocate("holdings", str(records), "--dialect", str(own))
    assert (latin1.code, "mine.toml: line 2: the file is not UTF-8 here" in latin1.err) == (2, True)


def test_the_form_in_which_a_title_is_held(zlocate: Run) -> None:
    """Print or electronic, and what says so, stand under the copies, and in the JSON."""
    file = str(sample_folder() / "alma.opac.xml")
    forms = [record["form"]["kind"] for record in zlocate("holdings", file, "--json").json["records"]]
    assert {"physical", "electronic"} <= set(forms)
    assert "   Form: electronic (portfolio). " in zlocate("holdings", file).out
