"""The plan of searches: which fields become which searches, in what order and form."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, strategies as st

from locate.citation import Citation
from locate.identifiers import parse_isbn
from locate.partner import DEFAULT_STEPS, LocateProfile, SearchStep, StepKind
from locate.plan import alternatives, minimal, narrowed, plan_searches, truncates, uses_of
from locate.z3950.query import And, AndNot, Or, Query, QueryError, ResultSet, Term, parse_pqf, to_pqf, to_rpn

PROFILE = LocateProfile()
ISBN13, ISBN10 = "9780306406157", "0306406152"


def queries(profile: LocateProfile = PROFILE, **fields: Any) -> list[str]:
    """Return the planned queries of a citation as PQF."""
    return [to_pqf(attempt.query) for attempt in plan_searches(Citation(**fields), profile).attempts]


def terms(query: Query) -> list[str]:
    """Return the texts of all terms, left to right."""
    if isinstance(query, Term):
        return [query.text]
    return [] if isinstance(query, ResultSet) else terms(query.left) + terms(query.right)


class TestCascade:
    """The default cascade."""

    def test_steps_stand_in_the_order_of_the_profile(self) -> None:
        """LCCN comes first, then control number, ISBN, ISSN and title."""
        citation = Citation(
            title="Rivers", isbn=(ISBN13,), issn=("0028-0836",), lccn="2007022227", control_numbers=("(OCoLC)1",)
        )
        assert [attempt.step for attempt in plan_searches(citation, PROFILE).attempts] == list(StepKind)
        turned = LocateProfile(steps=tuple(reversed(DEFAULT_STEPS)))
        assert [attempt.step for attempt in plan_searches(citation, turned).attempts] == list(reversed(StepKind))

    def test_absent_fields_give_no_search(self) -> None:
        """Only what the citation has is searched by."""
        assert queries(lccn="2007022227") == ["@attr 1=9 2007022227"]

    @pytest.mark.parametrize(
        "fields",
        [
            {},
            {"author": "Morgan", "year": 1987},
            {"title": " :/ "},
            {"isbn": ("", "n/a")},
            {"issn": (" ",)},
            {"lccn": "/"},
        ],
    )
    def test_nothing_to_search_by_gives_no_attempts(self, fields: dict[str, Any]) -> None:
        """A citation without a usable field is never searched for without restriction."""
        assert queries(**fields) == []

    def test_a_step_that_the_profile_leaves_out_is_not_searched(self) -> None:
        """A profile with an ISBN step only searches by ISBN only."""
        profile = LocateProfile(steps=(SearchStep(StepKind.ISBN, ((1, 1007), (4, 1))),))
        assert queries(profile, isbn=("9791090724129",), title="Rivers") == ["@attr 1=1007 @attr 4=1 9791090724129"]


class TestNumbers:
    """The forms of numbers that a catalog may have indexed."""

    @pytest.mark.parametrize("given", [ISBN13, ISBN10, "ISBN 978-0-306-40615-7 (pbk.)"])
    def test_isbn_is_searched_in_both_lengths(self, given: str) -> None:
        """Either length of an ISBN asks for both."""
        assert queries(isbn=(given,)) == [f"@or @attr 1=7 {ISBN13} @attr 1=7 {ISBN10}"]

    def test_isbn_without_a_short_form_is_searched_once(self) -> None:
        """Prefix 979 has no ISBN-10."""
        assert queries(isbn=("9791090724129",)) == ["@attr 1=7 9791090724129"]

    def test_wrong_isbn_is_searched_as_given_and_noted(self) -> None:
        """A wrong check digit may stand in the catalog too."""
        plan = plan_searches(Citation(isbn=("978-0-306-40615-8",)), PROFILE)
        assert terms(plan.attempts[0].query) == ["9780306406158"]
        assert plan.notes == (
            "ISBN 978-0-306-40615-8 is not a valid ISBN (wrong check digit or form); it is searched as given",
        )

    def test_isbn_without_a_number_is_noted_as_not_searched(self) -> None:
        """What a spreadsheet mangled is not searched, and the note does not say otherwise."""
        plan = plan_searches(Citation(isbn=("9.78E+12",), title="Rivers"), PROFILE)
        assert [attempt.step for attempt in plan.attempts] == [StepKind.TITLE]
        assert plan.notes == ("ISBN 9.78E+12 holds no number of an ISBN's length; it is not searched by",)

    def test_issn_is_searched_with_and_without_hyphen(self) -> None:
        """Catalogs index either form."""
        assert queries(issn=("00280836",)) == ["@or @attr 1=8 0028-0836 @attr 1=8 00280836"]

    def test_wrong_issn_is_searched_as_given_and_noted(self) -> None:
        """A wrong ISSN is kept, and said to be odd."""
        plan = plan_searches(Citation(issn=("0028-0837",)), PROFILE)
        assert terms(plan.attempts[0].query) == ["0028-0837", "00280837"]
        assert "ISSN 0028-0837 is not a valid ISSN" in plan.notes[0]

    def test_lccn_is_normalized(self) -> None:
        """Blanks, hyphen and revision are taken off."""
        assert queries(lccn=" 85-2 /AC/r86") == ["@attr 1=9 85000002"]

    @pytest.mark.parametrize(
        ("given", "wanted"),
        [
            ("(OCoLC)36783841", ["36783841", "(OCoLC)36783841", "ocm36783841"]),
            ("(OCoLC)887605369", ["887605369", "(OCoLC)887605369", "ocn887605369"]),
            ("on1234567890", ["1234567890", "on1234567890"]),
            ("ocm00012345", ["12345", "ocm00012345"]),
            ("(DE-101)1023456789", ["1023456789", "(DE-101)1023456789"]),
            ("b1234", ["b1234"]),
        ],
    )
    def test_control_number_is_searched_with_and_without_its_source(self, given: str, wanted: list[str]) -> None:
        """An OCLC number is also searched as OCLC writes it in 001."""
        (attempt,) = plan_searches(Citation(control_numbers=(given,)), PROFILE).attempts
        assert terms(attempt.query) == wanted

    def test_many_numbers_make_a_flat_query(self) -> None:
        """A hundred ISBNs stay within the depth that a PQF reader takes."""
        many = tuple(f"97900000000{number:02}" for number in range(100))
        (text,) = queries(isbn=many)
        assert to_pqf(parse_pqf(text)) == text
        assert text.count("@or") == 99


class TestProfileOptions:
    """``locate_by`` and ``pqf_prefix``."""

    def test_locate_by_joins_the_fields_that_the_citation_has(self) -> None:
        """Every named field that is there is ANDed in one search."""
        profile = LocateProfile(locate_by=(StepKind.ISBN, StepKind.LCCN, StepKind.TITLE))
        plan = plan_searches(Citation(title="Walden", isbn=("9791090724129",), issn=("0028-0836",)), profile)
        (attempt,) = plan.attempts
        assert to_pqf(attempt.query) == "@and @attr 1=7 9791090724129 @attr 1=4 @attr 4=6 Walden"
        assert attempt.label == "ISBN and title"

    def test_locate_by_without_any_of_its_fields_gives_nothing(self) -> None:
        """Never an unrestricted search."""
        assert queries(LocateProfile(locate_by=(StepKind.ISBN,)), title="Walden") == []

    def test_prefix_stands_before_every_query(self) -> None:
        """A prefix may be an operand that is ANDed or attributes for all terms."""
        joined = LocateProfile(pqf_prefix="@and @attr 1=1018 north")
        assert queries(joined, lccn="85000002") == ["@and @attr 1=1018 north @attr 1=9 85000002"]
        spread = LocateProfile(pqf_prefix="@attr 2=3")
        assert queries(spread, issn=("0028-0836",)) == [
            "@or @attr 2=3 @attr 1=8 0028-0836 @attr 2=3 @attr 1=8 00280836"
        ]

    def test_prefix_that_makes_no_query_is_refused(self) -> None:
        """The error shows the query and the column."""
        with pytest.raises(QueryError, match="at column"):
            queries(LocateProfile(pqf_prefix="@and"), lccn="85000002")


class TestTransformations:
    """The forms of a query for a target that refuses something."""

    A, B, C = (Term(text, ((1, 4), (4, 6))) for text in "abc")

    def test_alternatives_multiply_out_every_or(self) -> None:
        """Together they find what the query finds, and none has an OR."""
        query = And(Or(self.A, self.B), Or(self.B, self.C))
        assert alternatives(query) == [
            And(self.A, self.B),
            And(self.A, self.C),
            And(self.B, self.B),
            And(self.B, self.C),
        ]
        assert alternatives(ResultSet("1")) == [ResultSet("1")]
        assert alternatives(AndNot(Or(self.A, self.B), self.C)) == [AndNot(self.A, self.C), AndNot(self.B, self.C)]

    def test_alternatives_of_what_is_taken_away_stay_together(self) -> None:
        """``a not (b or c)`` is not ``a not b`` or ``a not c``."""
        assert alternatives(AndNot(self.A, Or(self.B, self.C))) == [AndNot(AndNot(self.A, self.B), self.C)]

    def test_minimal_keeps_use_attributes_only(self) -> None:
        """Structure and the like are left to the target's defaults."""
        assert minimal(And(self.A, ResultSet("1"))) == And(Term("a", ((1, 4),)), ResultSet("1"))

    def test_uses_are_told_left_to_right_without_repetition(self) -> None:
        """Use attributes only, each once."""
        query = And(Or(self.A, Term("x", ((1, 1003),))), AndNot(self.B, ResultSet("1")))
        assert uses_of(query) == [4, 1003]
        assert uses_of(Term("x")) == []

    def test_a_truncated_term_is_told(self) -> None:
        """Right truncation, wherever in the query it stands, and nothing else."""
        stub = Term("rive", ((1, 4), (5, 1)))
        assert truncates(And(self.A, Or(stub, ResultSet("1"))))
        assert not truncates(And(self.A, Term("rive", ((1, 4), (5, 100)))))

    def test_narrowed_adds_the_year(self) -> None:
        """The label says so."""
        (attempt,) = plan_searches(Citation(title="Walden"), PROFILE).attempts
        with_year = narrowed(attempt, 1854)
        assert to_pqf(with_year.query) == "@and @attr 1=4 @attr 4=6 Walden @attr 1=31 1854"
        assert (with_year.step, with_year.label) == (StepKind.TITLE, "title and year")


texts = st.text(max_size=70) | st.from_regex(r"[ \t0-9Xx\-()@\"\\a-z]{0,30}", fullmatch=True)
lists = st.lists(texts, max_size=4).map(tuple)
cited = st.builds(
    Citation,
    title=st.none() | texts,
    author=st.none() | texts,
    isbn=lists,
    issn=lists,
    lccn=st.none() | texts,
    control_numbers=lists,
    year=st.none() | st.integers(0, 9999),
)
profiles = st.sampled_from(
    [
        PROFILE,
        LocateProfile(locate_by=(StepKind.ISBN, StepKind.CONTROL_NUMBER, StepKind.TITLE)),
        LocateProfile(pqf_prefix='@and @attr 1=1018 "north, east"'),
    ]
)


@given(cited, profiles)
def test_every_planned_query_prints_and_parses_back(citation: Citation, profile: LocateProfile) -> None:
    """Whatever the citation says, its queries are PQF, and its terms are not empty."""
    for attempt in plan_searches(citation, profile).attempts:
        for query in (attempt.query, narrowed(attempt, 1987).query, minimal(attempt.query)):
            assert parse_pqf(to_pqf(query)) == query
            to_rpn(query, "latin-1")
        assert all(text.strip() for text in terms(attempt.query))
        assert attempt.label


@given(cited)
def test_odd_numbers_are_noted_once_each(citation: Citation) -> None:
    """There is a note for every ISBN that is not valid."""
    plan = plan_searches(citation, PROFILE)
    assert sum(note.startswith("ISBN") for note in plan.notes) == sum(not parse_isbn(i).valid for i in citation.isbn)
