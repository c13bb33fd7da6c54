"""The ways a title is searched: by which of its words, with the author, the year, both or neither."""

from __future__ import annotations

from dataclasses import replace

import pytest

from locate.citation import Citation
from locate.partner import DEFAULT_STEPS, LocateProfile, SearchStep, StepKind
from locate.plan import alternatives, plan_searches, truncates, uses_of
from locate.plan.words import groups, rarest, telling_words, total
from locate.z3950.query import to_pqf

HEAD = "@attr 1=4 @attr 4=6"
MORGAN = "@attr 1=1003 @attr 4=6 Morgan"
RIVERS = "The rivers of northern Wales: a field guide"
_PROFILE = LocateProfile()


def title_queries(
    title: str, author: str | None = None, year: int | None = None, profile: LocateProfile = _PROFILE
) -> dict[str, str]:
    """Return the title searches by what they search by, in order."""
    plan = plan_searches(Citation(title=title, author=author, year=year), profile)
    return {attempt.label: to_pqf(attempt.query) for attempt in plan.attempts}


class TestOrder:
    """Which searches there are, the likeliest first."""

    def test_a_title_with_author_and_year_is_tried_in_five_ways(self) -> None:
        """From the rarest words with the author down to groups of words alone."""
        found = title_queries(RIVERS, "Morgan, Anna", 1987)
        years = "@or @or @attr 1=31 1987 @attr 1=31 1986 @attr 1=31 1988"
        assert list(found) == [
            "title and author",
            "part of the title and author",
            "part of the title and year",
            "title",
            "part of the title",
        ]
        assert found["title and author"] == f'@and {HEAD} "rivers northern Wales field" {MORGAN}'
        assert found["title"] == f'{HEAD} "rivers northern Wales field"'
        assert found["part of the title and author"].endswith(MORGAN)
        assert found["part of the title and year"].startswith(f"@and {years} @or ")
        assert len(found) == _PROFILE.max_searches

    def test_without_author_and_year_the_title_is_alone(self) -> None:
        """The rarest words first, then small groups of them."""
        assert list(title_queries(RIVERS)) == ["title", "part of the title"]

    def test_one_word_is_tried_by_its_beginning_too(self) -> None:
        """Misspelt, it leaves no part to search by; its beginning, or author and year, may find the record."""
        found = title_queries("Recreatoin", "Morgan", 1987)
        assert list(found) == [
            "title and author",
            "part of the title and year",
            "author and year",
            "beginning of the title and author",
            "title",
        ]
        assert found["beginning of the title and author"] == f"@and {HEAD} @attr 5=1 Recr {MORGAN}"
        by_year = title_queries("Recreatoin", None, 1987)
        assert list(by_year) == ["title", "part of the title and year", "beginning of the title and year"]

    @pytest.mark.parametrize(
        ("title", "profile"),
        [
            ("Rome", _PROFILE),
            ("Silent Spring", _PROFILE),
            ("Recreation", LocateProfile(steps=(replace(DEFAULT_STEPS[-1], attributes=((1, 4), (5, 100))),))),
        ],
    )
    def test_nothing_is_truncated_where_that_is_no_help_or_not_wanted(self, title: str, profile: LocateProfile) -> None:
        """A short word, a title of several words, a profile that says how words are truncated."""
        attempts = plan_searches(Citation(title=title, author="Morgan", year=1987), profile).attempts
        assert attempts
        assert not any(truncates(attempt.query) for attempt in attempts)

    def test_no_search_is_planned_twice(self) -> None:
        """Ways that come to the same query are one search."""
        found = [attempt.query for attempt in plan_searches(Citation(title="Walden", year=1854), _PROFILE).attempts]
        assert len(set(found)) == len(found)

    def test_searches_by_a_part_are_guesses_and_by_the_title_are_not(self) -> None:
        """What is left of a guess's many hits does not count; what is left of a title's does."""
        attempts = plan_searches(Citation(title=RIVERS, author="Morgan", year=1987), _PROFILE).attempts
        assert all(attempt.is_guess is ("part of" in attempt.label) for attempt in attempts)

    def test_an_author_that_every_other_record_has_leaves_more_to_the_title(self) -> None:
        """With "States" for an author one word of the title is not enough; with a surname it is."""
        label = "part of the title and author"
        assert f"{HEAD} Silent " in title_queries("Silent Spring Water", "Carson")[label]
        assert f"{HEAD} Silent " not in title_queries("Silent Spring Water", "United States")[label]

    def test_letters_beyond_ascii_are_tried_in_plain_letters_within_the_limit(self) -> None:
        """A target may read terms in a character set of its own: this search is among those that are sent."""
        found = list(title_queries("Fl\xfcsse der S\xfcdalpen", "Berger, Anna", 1987))
        assert found.index("title in plain letters") < _PROFILE.max_searches

    @pytest.mark.parametrize("author", ["", ", Anna", "...", None])
    def test_an_author_without_a_word_is_not_searched(self, author: str | None) -> None:
        """The title stands alone then."""
        assert list(title_queries("Walden", author)) == ["title"]

    def test_an_author_is_not_sent_where_the_profile_has_no_attributes_for_it(self) -> None:
        """Empty author attributes mean that the author is never sent."""
        profile = LocateProfile(steps=(SearchStep(StepKind.TITLE, ((1, 4),)),))
        assert title_queries("Walden", "Thoreau", profile=profile) == {"title": "@attr 1=4 Walden"}

    def test_a_target_without_or_gets_the_year_itself_first(self) -> None:
        """Multiplied out, the neighbours of the year come after everything with the year itself."""
        attempts = plan_searches(Citation(title="Silent Spring", year=1962), _PROFILE).attempts
        (by_year,) = [attempt.query for attempt in attempts if 31 in uses_of(attempt.query)]
        singles = [to_pqf(query) for query in alternatives(by_year)]
        assert ["1962" in single for single in singles] == [True] * (len(singles) // 3) + [False] * (
            len(singles) // 3 * 2
        )


class TestWords:
    """Which words are searched by."""

    def test_stop_words_are_left_out_unless_nothing_else_is_there(self) -> None:
        """A title of nothing but stop words is searched by them."""
        assert title_queries("Der Zauberberg") == {"title": f"{HEAD} Zauberberg"}
        assert title_queries("A to the") == {"title": f'{HEAD} "A to the"'}

    def test_the_rarest_words_are_kept_in_title_order(self) -> None:
        """A long title is not sent whole: three rare words say as much as six common ones."""
        found = title_queries("Report on the zebrafish, the axolotl and the history of the newt in the United States")
        assert found["title"] == f'{HEAD} "zebrafish axolotl newt"'
        common = telling_words("Annual report of the national committee on public health of the United States")
        kept = rarest(common, 3.5, 6)
        assert len(kept) == 6
        assert kept == [word for word in common if word in kept]
        assert "health" in kept
        assert "report" not in kept

    def test_a_word_that_comes_twice_is_searched_once(self) -> None:
        """In whatever case it comes."""
        assert telling_words("Die drei Musketiere: Drei Musketiere, Marsch") == ["drei", "Musketiere", "Marsch"]

    def test_a_misspelt_word_leaves_a_group_without_it(self) -> None:
        """Whichever word is wrong, each search by a part of the title has a group that it does not stand in."""
        for title in ("Rivers nothern Wales field guide", "Bookkeeping abccounting", "Annual reprt"):
            plan = plan_searches(Citation(title=title, author="Morgan", year=1917), _PROFILE)
            parts = [attempt for attempt in plan.attempts if attempt.label.startswith("part of the title and")]
            assert len(parts) == 2
            for word in title.split():
                for part in parts:
                    assert any(word not in to_pqf(single) for single in alternatives(part.query)), (word, part.label)

    def test_a_group_tells_enough_and_holds_no_other(self) -> None:
        """Groups are the shortest runs of words that tell enough: a subtitle leaves those of the title proper whole."""
        words = telling_words("Building cooperative movements in developing countries: sociological aspects")
        found = groups(words, 1.7)
        assert all(total(group) >= 1.7 for group in found)
        assert not any(set(one) < set(other) for one in found for other in found)
        assert any(set(group) <= {"Building", "cooperative", "movements", "developing", "countries"} for group in found)

    def test_an_abstract_in_the_place_of_a_title_is_cut(self) -> None:
        """Only its first forty words are searched by."""
        assert telling_words(" ".join(f"word{number}" for number in range(5000)))[-1] == "word39"

    def test_groups_are_few(self) -> None:
        """A title of thirty words makes no query that a target would refuse for its size."""
        assert len(groups([f"word{number}" for number in range(30)], 0.8)) == 8

    def test_one_word_is_its_own_group(self) -> None:
        """Even when it tells little."""
        assert groups(["report"], 1.7) == [["report"]]

    @pytest.mark.parametrize(("length", "kept"), [(53, True), (54, False), (60, False), (61, True)])
    def test_the_last_word_of_a_cut_title_is_dropped(self, length: int, kept: bool) -> None:  # noqa: FBT001
        """A request form cuts at sixty characters, in the middle of a word."""
        title = "Rivers and brooks in northern England, with many "
        title += "w" * (length - len(title))
        assert ("www" in title_queries(title)["title"]) is kept

    @pytest.mark.parametrize(
        ("title", "searched"),
        [
            ("Ame\u0301lie \u2018s dogs\u2019 life_now", '"Am\xe9lie dogs now"'),
            ("L\u2019enfant et la rivi\xe8re", '"L\'enfant rivi\xe8re"'),
            (
                "\u0412\u043e\u0439\u043d\u0430 \u0438 \u043c\u0438\u0440",
                '"\u0412\u043e\u0439\u043d\u0430 \u043c\u0438\u0440"',
            ),
            ("\u96ea\u56fd", "\u96ea\u56fd"),
            (
                "\u0939\u093f\u0928\u094d\u0926\u0940 \u0915\u0935\u093f\u0924\u093e",
                '"\u0939\u093f\u0928\u094d\u0926\u0940 \u0915\u0935\u093f\u0924\u093e"',
            ),
            ("1984", "1984"),
            ("Catch 22: C++ & C#", '"Catch 22"'),
        ],
    )
    def test_words_of_any_script_stay_whole(self, title: str, searched: str) -> None:
        """Diacritics, vowel signs and apostrophes belong to their word; the rest parts words."""
        assert title_queries(title)["title"] == f"@attr 1=4 @attr 4=6 {searched}"

    @pytest.mark.parametrize(
        ("author", "word"),
        [
            ("Morgan, Anna", "Morgan"),
            ("Anna Morgan", "Morgan"),
            ("van der Berg, J.", '"van der Berg"'),
            ("J. R. Smith Jr.", "Smith"),
            ("O\u2019Brien, Flann", "O'Brien"),
            ("United States. Congress", "Congress"),
        ],
    )
    def test_the_author_is_searched_by_surname(self, author: str, word: str) -> None:
        """The one word of a name that every catalog has."""
        assert title_queries("Walden", author)["title and author"].endswith(f"@attr 1=1003 @attr 4=6 {word}")
