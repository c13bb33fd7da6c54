"""What a site, or a dialect in the making, can say and get wrong: overlays, mistakes, what gives a system away."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

import pytest

from locate.availability import (
    Status,
    dialect_names,
    load_dialect,
    parse_dialect,
    partner_dialect,
    read_holdings,
)
from locate.availability.guess import guess_dialect
from locate.errors import ConfigurationError
from locate.partner import Partner, Target
from locate.z3950.opac import HoldingsAndCirc

from .build import bib, circ, fields_of, opac

IN, OUT, UNKNOWN = Status.AVAILABLE, Status.UNAVAILABLE, Status.UNKNOWN
MARC21 = "1.2.840.10003.5.10"
HOLDINGS_008 = "2401010p    8   4001uueng0000000"
COPIES = ("852 ##$bMAIN$cStacks", "876 ##$p301$jAvailable", "876 ##$p302$jOdd")
KOHA = "952 $0 0 $1 0 $7 0 $a MAIN $b MAIN $p 301"


def mistakes(data: dict[str, Any]) -> list[str]:
    """Return the problems of a dialect mapping that has some."""
    with pytest.raises(ConfigurationError) as caught:
        parse_dialect(data, "site")
    return caught.value.diagnostics()


class TestOverlays:
    """A site's own settings laid over a dialect."""

    def test_a_layout_is_laid_over_the_one_of_its_tag(self) -> None:
        """A site that has its shelf in another subfield says only that; status, flags and other texts stay."""
        site = parse_dialect(
            {"extends": "koha", "fields": [{"tag": "952", "text": {"location": "c"}, "copies": "n"}]}, "site"
        )
        (only,) = read_holdings(bib("952 $0 0 $1 0 $7 0 $a MAIN $c OPEN $y BK $n 3"), None, site).items
        names = ("status", "library_code", "location", "policy", "copies")
        assert fields_of(only, *names) == (IN, "MAIN", "OPEN", "BK", 3)
        assert site.layouts["952"][0].flags == load_dialect("koha").layouts["952"][0].flags

    def test_a_layout_is_laid_over_one_of_two_by_its_subfields(self) -> None:
        """Of two layouts of a tag, the one with the named required subfields is changed and the other is not."""
        change = {"tag": "852", "requires": "p", "text": {"note": "z"}}
        site = parse_dialect({"extends": "evergreen", "fields": [change]}, "site")
        live, export = site.layouts["852"]
        assert live == load_dialect("evergreen").layouts["852"][0]
        assert (export.requires, export.text["note"], export.status) == ("p", ("z",), ("s",))

    def test_a_layout_is_laid_over_one_of_two_by_its_indicator(self) -> None:
        """An indicator names a layout as required subfields do."""
        change = {"tag": "852", "ind1": "4", "text": {"note": "z"}}
        site = parse_dialect({"extends": "evergreen", "fields": [change]}, "site")
        assert ["note" in layout.text for layout in site.layouts["852"]] == [True, False]

    def test_a_new_tag_comes_first(self) -> None:
        """A layout of a tag, or of required subfields, that the dialect has not is tried before the others."""
        special = {"tag": "952", "requires": "x", "status": ["x"], "text": {"library": "a"}}
        extra = {"tag": "949", "status": ["s"], "text": {"library": "l"}}
        site = parse_dialect({"extends": "koha", "fields": [special, extra]}, "site")
        assert [layout.requires for layout in site.layouts["952"]] == ["x", None]
        assert list(site.layouts) == ["952", "949"]
        found = read_holdings(bib("952 $x On shelf $a Own", KOHA, "949 $s Checked out $l Other"), None, site)
        assert [(one.library, one.library_code, one.status) for one in found.items] == [
            ("Own", "", IN),
            ("", "MAIN", IN),
            ("Other", "", OUT),
        ]

    def test_the_dialect_itself_stays_as_it_was(self) -> None:
        """What one site changes is not changed for another."""
        before = load_dialect("koha")
        parse_dialect({"extends": "koha", "fields": [{"tag": "952", "text": {"location": "x"}}]}, "site")
        assert load_dialect("koha").layouts["952"][0].text["location"] == ("c",)
        assert load_dialect("koha") == before

    def test_a_word_that_was_moved(self) -> None:
        """A word given in another list leaves the one that the dialect had it in, however it is written."""
        site = parse_dialect({"extends": "opac", "words": {"silent": [" CHECKED OUT "]}}, "site")
        holding = HoldingsAndCirc(public_note="Checked out", circulation=(circ(now=True),))
        assert read_holdings(None, opac(holding), site).items[0].status is IN
        lost = replace(holding, public_note="Lost")
        assert read_holdings(None, opac(lost), site).items[0].status is UNKNOWN

    def test_lists_are_replaced_and_tables_merged(self) -> None:
        """Patterns, marks, drops and dates of a site take the place of the dialect's; tables merge key by key."""
        mark = {"tag": "LDR", "at": 5, "values": ["d"], "kind": "suppressed", "say": "gone"}
        site = parse_dialect(
            {"extends": "koha", "marks": [mark], "dates": ["%d/%m/%Y"], "temporary": {"unless": ["X"]}}, "site"
        )
        assert [found.tag for found in site.marks] == ["LDR"]
        assert site.dates == ("%d/%m/%Y",)
        assert (site.temporary, site.not_temporary) == ("library", frozenset({"x"}))

    def test_the_settings_of_a_partner(self) -> None:
        """A partner's own settings stand over the dialect of its system; a wrong one is refused with its path."""
        partner = Partner("north", Target("north.example"), system="koha", dialect={"words": {"silent": ["Fine"]}})
        assert partner_dialect(partner).words["fine"] == "silent"
        assert partner_dialect(replace(partner, dialect={})) is load_dialect("koha")
        with pytest.raises(ConfigurationError, match=r"words\.silnt"):
            partner_dialect(replace(partner, dialect={"words": {"silnt": []}}))


class TestMistakes:
    """Every mistake of a file, with its path."""

    PLAIN_MARK: ClassVar[dict[str, Any]] = {"tag": "008", "at": 20, "values": ["b"], "kind": "not_lent", "say": "no"}

    @pytest.mark.parametrize(
        ("data", "path"),
        [
            ({"marks": [{**PLAIN_MARK, "code": "a"}]}, "marks[0]"),
            ({"marks": [{key: value for key, value in PLAIN_MARK.items() if key != "at"}]}, "marks[0]"),
            ({"marks": [PLAIN_MARK, {**PLAIN_MARK, "at": -1}]}, "marks[1].at"),
            ({"marks": [{**PLAIN_MARK, "kind": "available"}]}, "marks[0].kind"),
            ({"marks": [{**PLAIN_MARK, "values": []}]}, "marks[0].values"),
            ({"marks": [{**PLAIN_MARK, "tag": "8"}]}, "marks[0].tag"),
            ({"marks": [{key: value for key, value in PLAIN_MARK.items() if key != "say"}]}, "marks[0].say"),
            ({"marks": [{**PLAIN_MARK, "vlues": ["b"]}]}, "marks[0].vlues"),
            ({"temporary": {"replaces": "shelf"}}, "temporary.replaces"),
            ({"temporary": {"unles": []}}, "temporary.unles"),
            ({"drop": [{"text": "place", "match": "x", "say": "y"}]}, "drop[0].text"),
            ({"drop": [{"text": "library", "match": "", "say": "y"}]}, "drop[0].match"),
            ({"drop": [{"text": "library", "match": "x"}]}, "drop[0].say"),
            ({"words": {"supressed": ["x"]}}, "words.supressed"),
            ({"patterns": [{"match": "x", "kind": "hidden"}]}, "patterns[0].kind"),
            ({"patterns": [{"match": "(?P<due", "kind": "unavailable"}]}, "patterns[0].match"),
            ({"fields": [{"tag": "949", "conflict": "last"}]}, "fields[0].conflict"),
            ({"fields": [{"tag": "949", "electronic_kind": "file"}]}, "fields[0].electronic_kind"),
            ({"fields": [{"tag": "949", "kind": "copy"}]}, "fields[0].kind"),
            ({"fields": [{"tag": "949", "ind1": "12"}]}, "fields[0].ind1"),
            ({"fields": [{"tag": "949", "text": {"shelf": "a"}}]}, "fields[0].text.shelf"),
            ({"opac": {"maybe_status": ["holding.note"]}}, "opac.maybe_status[0]"),
            ({"opac": {"empty": "nothing"}}, "opac.empty"),
            ({"electronic": {"sometimes": []}}, "electronic.sometimes"),
            ({"telling": [{"tag": "949", "points": 0}]}, "telling[0].points"),
            ({"telling": [{"tag": "949", "points": 11}]}, "telling[0].points"),
            ({"telling": [{"match": "x"}]}, "telling[0]"),
            ({"telling": [{"tag": "949", "path": "holding.nuc_code"}]}, "telling[0]"),
            ({"telling": [{"path": "holding.nuc"}]}, "telling[0].path"),
            ({"telling": [{"tag": "949", "match": "["}]}, "telling[0].match"),
            ({"telling": [{"tag": "949", "requires": "A"}]}, "telling[0].requires"),
        ],
    )
    def test_each_mistake_has_its_path(self, data: dict[str, Any], path: str) -> None:
        """Every key of a dialect is checked, and the problem says where it stands."""
        (only,) = mistakes(data)
        assert only.partition(": ")[0] == path

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            ({"words": {"supressed": ["x"]}}, "unknown key; did you mean 'suppressed'?"),
            ({"marks": [{**PLAIN_MARK, "valeus": ["b"]}]}, "unknown key; did you mean 'values'?"),
            ({"telling": [{"path": "holding.nuc_cod"}]}, "did you mean 'holding.nuc_code'?"),
            (
                {"marks": [{**PLAIN_MARK, "code": "a"}]},
                "says where the code stands by either code, a subfield, or at, a position",
            ),
            ({"telling": [{}]}, "says where it stands by either tag, a field, or path, a text of the OPAC record"),
        ],
    )
    def test_mistakes_are_explained(self, data: dict[str, Any], words: str) -> None:
        """The sentence says what is wrong, with the nearest name that there is."""
        (only,) = mistakes(data)
        assert only.endswith(words)

    @pytest.mark.parametrize("code", ["A", "%", " ", "é", "$"])
    def test_a_subfield_that_cannot_exist(self, code: str) -> None:
        """A subfield is one small letter or one digit, wherever one may stand."""
        said = f"there is no subfield ${code}: a subfield is one small letter a-z or one digit"
        layout = {
            "tag": "949",
            "requires": code,
            "status": ["s", code],
            "maybe_status": [code],
            "policy_words": [code],
            "text": {"library": code, "location": ["a", f"b{code}"]},
            "flags": [{"code": code, "name": "x"}],
            "copies": code,
            "copies_out": code,
            "summary": f"a{code}",
        }
        mark = {**self.PLAIN_MARK, "code": code, "at": None}
        paths = (
            "fields[0].requires",
            "fields[0].text.library[0]",
            "fields[0].text.location[1]",
            "fields[0].status[1]",
            "fields[0].maybe_status[0]",
            "fields[0].policy_words[0]",
            "fields[0].flags[0].code",
            "fields[0].copies",
            "fields[0].copies_out",
            "fields[0].summary",
            "marks[0].code",
        )
        found = mistakes({"fields": [layout], "marks": [mark]})
        assert sorted(found) == sorted(f"{path}: {said}" for path in paths)

    def test_no_subfield_and_two_where_one_is_meant(self) -> None:
        """An empty text names no subfield; two letters are two subfields, which only some keys take."""
        empty = mistakes(
            {"fields": [{"tag": "949", "status": [""], "text": {"note": ""}, "requires": "", "copies": ""}]}
        )
        assert {line.partition(": ")[2] for line in empty} == {"names no subfield; write its letter or digit"}
        assert len(empty) == 4
        assert mistakes({"fields": [{"tag": "949", "status": ["ab"]}]}) == [
            "fields[0].status[0]: 'ab' is more than one subfield; only one can stand here"
        ]
        assert mistakes({"marks": [{**self.PLAIN_MARK, "at": None, "code": "ab"}]}) == [
            "marks[0].code: 'ab' is more than one subfield; only one can stand here"
        ]
        both = parse_dialect({"fields": [{"tag": "949", "text": {"call_number": "hi"}, "requires": "hi"}]}, "site")
        assert both.layouts["949"][0].requires == "hi"

    def test_all_at_once(self) -> None:
        """Mistakes of several keys are reported together."""
        found = mistakes({"temporary": {"replaces": "x"}, "drop": [{}], "marks": [{}], "telling": [{"points": "many"}]})
        assert {line.partition(": ")[0] for line in found} >= {
            "temporary.replaces",
            "drop[0].text",
            "drop[0].match",
            "drop[0].say",
            "marks[0].tag",
            "marks[0].values",
            "marks[0].kind",
            "marks[0].say",
            "telling[0].points",
        }


def test_the_telling_rules_of_the_dialects_are_used() -> None:
    """Every dialect that claims a system says what gives it away, and a record that has it is told by it."""
    silent = {name for name in dialect_names() if not load_dialect(name).telling}
    assert silent <= {"opac"}
    best, *_ = guess_dialect([(bib(KOHA, "942 $c BK $n 0"), None)])
    assert (best.dialect, best.points) == ("koha", 5)
