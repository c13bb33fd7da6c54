"""The page that explains matches: whole, safe, and true to the evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from locate.citation import Citation
from locate.matching import Agreement, Matcher
from locate.matching.page import facts_of, field_label, pairs_page, ranking_page
from locate.matching.page.waterfall import waterfall
from locate.matching.pairs import JudgedPair, accept_for
from locate.records import BibRecord
from tests.matching.build import bib, cited, isbn

WANTED = cited("The enemy of nature", "Kovel", 2007, isbn=("9780306406157",), format="print")
HELD = bib(
    "The enemy of nature / Joel Kovel", "Kovel, Joel", years=frozenset([2007]), isbns=(isbn(),), control_number="h1"
)
OTHER = bib("Rhododendron", "Moser, Erich", years=frozenset([1991]), control_number="o2")
VOID = frozenset({"meta", "br"})


class Page(HTMLParser):
    """Takes a page apart, and notes every end tag that does not end what is open."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        """All words of the page, in one line."""
        return " ".join(" ".join(self.words).split())

    def classes(self, tag: str) -> list[str]:
        """Return the class of every element ``tag``, in order."""
        return [attributes.get("class") or "" for name, attributes in self.tags if name == tag]


def ranking(*records: BibRecord, wanted: Citation | BibRecord = WANTED) -> str:
    """Return the page of a ranking."""
    matcher = Matcher()
    sources = [f"file.mrc, record {position}" for position in range(1, len(records) + 1)]
    ranked = matcher.rank(wanted, records)
    return ranking_page(wanted, ranked, sources, accept=accept_for(matcher, wanted), considered=len(records))


def pair(wanted: Citation | BibRecord, record: BibRecord, name: object = 1) -> JudgedPair:
    """Return a pair that was judged."""
    matcher = Matcher()
    return JudgedPair(name, wanted, record, matcher.judge(wanted, record), accept_for(matcher, wanted))


PAGES = [
    ranking(HELD, OTHER),
    ranking(HELD, HELD, wanted=HELD),
    pairs_page([pair(WANTED, HELD), pair(HELD, OTHER, "b")], judged=2),
    pairs_page([], judged=0),
]


@pytest.mark.parametrize("page", PAGES, ids=["ranking", "of a record", "pairs", "no pairs"])
class TestEveryPage:
    """What holds for all pages."""

    def test_it_is_whole(self, page: str) -> None:
        """Every element that is opened is closed in its turn, and no id stands twice."""
        parsed = Page(page)
        assert (parsed.open, parsed.wrong) == ([], [])
        assert page.startswith("<!DOCTYPE html>\n")
        ids = [attributes["id"] for _, attributes in parsed.tags if "id" in attributes]
        assert len(ids) == len(set(ids))
        links = [attributes["href"] for name, attributes in parsed.tags if name == "a"]
        assert links == [f"#{each}" for each in ids]

    def test_it_needs_nothing_else(self, page: str) -> None:
        """It loads nothing: no script, no image, no font, no address; and a policy forbids it to."""
        parsed = Page(page)
        assert not {"script", "img", "link", "iframe", "object"} & {name for name, _ in parsed.tags}
        assert not re.search(r"https?:|url\(|@import|javascript:", page)
        policies = [attributes["content"] for name, attributes in parsed.tags if "http-equiv" in attributes]
        assert policies == ["default-src 'none'; style-src 'unsafe-inline'"]


class TestRanking:
    """A page of candidates."""

    def test_evidence_and_verdict(self) -> None:
        """Each candidate has its verdict, sentence, probability, and all values that were compared, with a word."""
        parsed = Page(ranking(HELD, OTHER))
        for record in (HELD, OTHER):
            match = Matcher().judge(WANTED, record)
            assert match.sentence in parsed.text
            assert f"Probability of the same item: {100 * match.probability:.0f} %." in parsed.text
            told = [one for one in match.evidence if one.weight]
            assert all(one.why in parsed.text and one.left in parsed.text for one in told)
            assert all(one.right in parsed.text for one in told)
        assert parsed.text.index("✓ same") < parsed.text.index("✗ different")
        assert "✓ agrees" in parsed.text
        assert "✗ disagrees" in parsed.text
        assert "○ silent" in parsed.text

    def test_ties(self) -> None:
        """Records that share a rank are marked, and the mark is explained."""
        assert "1= ✓ same" in Page(ranking(HELD, HELD)).text
        assert "Records with = share their rank: their evidence weighs the same." in Page(ranking(HELD, HELD)).text
        assert "share their rank" not in Page(ranking(HELD, OTHER)).text

    def test_only_the_best(self) -> None:
        """When fewer are shown than were compared, the page says so."""
        ranked = Matcher().rank(WANTED, [OTHER, HELD])[:1]
        parsed = Page(ranking_page(WANTED, ranked, ["a", "b"], accept=60, considered=2))
        assert "2 records compared with what is wanted; the best 1 are shown." in parsed.text
        assert parsed.tags.count(("article", {"id": "card-1", "class": "good"})) == 1
        assert "Rhododendron" not in parsed.text


class TestPairs:
    """A page of pairs."""

    def test_each_with_its_wanted_item(self) -> None:
        """Each pair shows its id and what was wanted."""
        parsed = Page(pairs_page([pair(WANTED, HELD, [1, "x"]), pair(OTHER, HELD, "second")], judged=9))
        assert "9 pairs judged; only the first 2 are shown here." in parsed.text
        assert '[1, "x"]' in parsed.text
        assert "Author Moser, Erich" in parsed.text
        assert parsed.classes("dl") == ["wanted", "wanted"]


class TestValues:
    """Text from outside."""

    def test_markup_is_text(self) -> None:
        """Whatever a record or a citation holds is shown as it is and never becomes markup."""
        evil = "\"><script>alert('1')</script><b title=\"&amp;"
        record = bib(f"{evil} : {evil * 9}", evil, edition=evil, publishers=(evil,), control_number=evil)
        wanted = cited(evil, evil, 2007, edition=evil, publisher=evil)
        page = pairs_page([pair(wanted, record, evil)], judged=1)
        parsed = Page(page)
        assert (parsed.open, parsed.wrong) == ([], [])
        assert not {"script", "b"} & {name for name, _ in parsed.tags}
        assert evil in "".join(parsed.words)
        titles = [attributes["title"] for name, attributes in parsed.tags if name == "bdi" and "title" in attributes]
        assert any(evil * 8 in (title or "") for title in titles)

    def test_control_characters(self) -> None:
        """A control character is shown as one that cannot be shown."""
        assert "a\ufffd[31mb" in pairs_page([pair(cited("a\x1b[31mb"), HELD)], judged=1)

    def test_direction(self) -> None:
        """Every value stands in an element of its own whose direction its letters decide."""
        page = pairs_page([pair(cited("ثلاثية القاهرة"), bib("ثلاثية القاهرة"))], judged=1)
        assert '<bdi dir="auto">ثلاثية القاهرة</bdi>' in page

    def test_long_values(self) -> None:
        """More than 160 characters are cut, and the whole is in the title."""
        long = "word " * 100 + "end"
        page = pairs_page([pair(cited(long), HELD)], judged=1)
        shown = ("word " * 32).rstrip()
        assert f'<bdi dir="auto" title="{long}">{shown}…</bdi>' in page

    def test_facts(self) -> None:
        """Of a citation all fields are told, of a record what is known."""
        told = facts_of(cited("T", isbn=("1", "2"), any_edition=True))
        assert told == [("Title", "T"), ("ISBN", "1, 2"), ("Type", "book"), ("Any edition", "yes")]
        known = dict(facts_of(HELD))
        assert known["Year"] == "2007"
        assert known["Format"] == "print"
        assert "Edition" not in known

    @pytest.mark.parametrize(
        ("name", "label"),
        [("isbn", "ISBN"), ("lccn.equal", "LCCN"), ("control_numbers", "Control number"), ("title.cut", "Title")],
    )
    def test_labels(self, name: str, label: str) -> None:
        """Fields and features have names in words."""
        assert field_label(name) == label


class TestWaterfall:
    """The figure of points."""

    @pytest.mark.parametrize("accept", [60, -20])
    @pytest.mark.parametrize("record", [HELD, OTHER, bib()], ids=["held", "other", "empty"])
    def test_bars_follow_each_other(self, record: BibRecord, accept: int) -> None:
        """Each bar begins where the one before it ended; the last goes from nothing to the score."""
        match = Matcher().judge(WANTED, record)
        figure = waterfall(match, accept)
        zero, line = lines(figure)
        pixels = (line - zero) / accept
        weights = [one.weight for one in match.evidence if one.weight]
        spans = [("up" if weight > 0 else "down", sum(weights[:row]), weight) for row, weight in enumerate(weights)]
        drawn = bars(figure)
        assert len(drawn) == len(spans) + 1
        for (kind, left, right), (named, start, weight) in zip(drawn, [*spans, ("sum", 0, match.score)], strict=True):
            low, high = sorted((start, start + weight))
            assert kind == named
            assert left == pytest.approx(zero + low * pixels, abs=0.3)
            assert right == pytest.approx(max(zero + high * pixels, left + 1), abs=0.3)

    def test_nothing_to_count(self) -> None:
        """Without a feature that counts there is the sum alone."""
        match = Matcher().judge(WANTED, HELD)
        silent = tuple(one for one in match.evidence if one.verdict is Agreement.SILENT and not one.weight)
        empty = replace(match, evidence=silent, score=0)
        assert [kind for kind, _, _ in bars(waterfall(empty, 60))] == ["sum"]


def bars(svg: str) -> list[tuple[str, float, float]]:
    """Return the bars of a figure: kind, left and right end."""
    found: Sequence[tuple[str, str, str]] = re.findall(r'<rect class="(\w+)" x="([\d.]+)" .*?width="([\d.]+)"', svg)
    return [(kind, float(left), float(left) + float(width)) for kind, left, width in found]


def lines(svg: str) -> tuple[float, float]:
    """Return where the lines of no points and of acceptance stand."""
    zero, accept = (re.search(rf'<line class="{kind}" x1="([\d.]+)"', svg) for kind in ("zero", "accept"))
    assert zero is not None
    assert accept is not None
    return float(zero[1]), float(accept[1])
