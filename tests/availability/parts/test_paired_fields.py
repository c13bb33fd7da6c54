"""Paired holdings fields: captions and numbers joined by $8, as text and as segments."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from locate.availability.parts.coverage import Fit, PartWanted, fit_texts
from locate.availability.parts.paired_fields import paired_statements
from locate.availability.parts.statements import Span
from locate.citation import Intent
from locate.records.bib import DataField
from tests.availability.build import field


def texts(*fields: str) -> list[str]:
    """Return the texts of the statements of these fields."""
    return [statement.text for statement in paired_statements(map(field, fields))]


@pytest.mark.parametrize(
    ("captions", "numbers", "text"),
    [
        ("853 03 $8 1 $a v. $i (year)", "863 40 $8 1 $a 1-49 $i 1950-1998", "v.1-49 (1950-1998)"),
        (
            "853 20 $8 1 $a v. $b no. $u 9 $i (year) $j (month)",
            "863 41 $8 1.1 $a 31 $b 1 $i 1997 $j 02",
            "v.31:no.1 (1997:Feb.)",
        ),
        (
            "853 20 $8 2 $a v. $b no. $i (year) $j (season)",
            "863 41 $8 2.1 $a 2 $b 1 $i 2004 $j 22",
            "v.2:no.1 (2004:summer)",
        ),
        ("853 00 $8 1 $a no $i (year)", "863 40 $8 1 $a <1>- $i <1986>-", "no <1>- (<1986>-)"),
        ("853 00 $8 1 $a v. $b no.", "863 40 $8 1 $a 1-3 $b 1-12", "v.1:no.1-v.3:no.12"),
        ("853 00 $8 1 $a Bd. $i (Jahr)", "863 40 $8 1 $a 5- $i 1990-", "Bd.5- (1990-)"),
        ("853 00 $8 1 $a (year) $b v.", "863 40 $8 1 $a 1990 $b 2", "1990:v.2"),
        ("853 00 $8 1 $a v. $b no. $g no.", "863 40 $8 1 $a 2 $b 1 $g 13", "v.2:no.1 = no.13"),
        ("853 00 $8 1 $i (year)", "863 40 $8 1 $i 1990/1991", "1990/1991"),
    ],
)
def test_a_field_reads_as_a_librarian_would_write_it(captions: str, numbers: str, text: str) -> None:
    """Captions stand before their numbers, chronology in parentheses, codes of months and seasons as words."""
    assert texts(captions, numbers) == [text]
    (statement,) = paired_statements([field(numbers), field(captions)])
    assert statement.understood
    assert all(segment.text == text for segment in statement.segments)


def test_fields_are_joined_by_the_link_of_subfield_8() -> None:
    """Each 863 takes the captions of its own link, whatever its sequence number."""
    found = texts(
        "853 2# $8 2 $a v. $b no.", "853 2# $8 3 $a t. $b fasc.", "863 #1 $8 3.31 $a 36 $b 1", "863 #1 $8 2.5 $a 4 $b 2"
    )
    assert found == ["t.36:fasc. 1".replace(" ", ""), "v.4:no.2"]


def test_a_field_without_captions_is_read_by_its_letters() -> None:
    """Where no 853 is there, $a is a volume, $b an issue, $i a year and $j a month."""
    (statement,) = paired_statements([field("863 40 $8 9.1 $a 12 $b 3 $i 1995 $j 05")])
    assert statement.text == "v.12:no.3 (1995:May)"
    first = statement.segments[0].first
    assert (first.volume, first.issue, first.year, first.month) == (
        Span(12, 12),
        Span(3, 3),
        Span(1995, 1995),
        Span(5, 5),
    )


def test_a_caption_that_no_table_knows_counts_by_its_letter() -> None:
    """An unknown caption is shown as it is and read as the level of its subfield."""
    (statement,) = paired_statements([field("853 00 $8 1 $a xyz $i (year)"), field("863 40 $8 1 $a 7 $i 1990")])
    assert (statement.text, statement.understood) == ("xyz 7 (1990)", True)
    assert statement.segments[0].first.volume == Span(7, 7)


def test_supplements_and_indexes_are_no_parts() -> None:
    """Fields 864 and 865 are shown with their kind and never hold a volume."""
    fields = [field("854 00 $8 1 $a v."), field("864 40 $8 1 $a 1-5"), field("865 41 $8 1 $a 1-10 $i 1950-1959")]
    statements = paired_statements(fields)
    assert [each.text for each in statements] == ["Supplement: v.1-5", "Index: v.1-10 (1950-1959)"]
    assert fit_texts(PartWanted("3", intent=Intent.VOLUME), statements).fit is Fit.DOES_NOT_FIT


def test_the_fields_of_a_library_hold_a_part_together() -> None:
    """Issue by issue, the fields hold what one of them names and nothing else."""
    fields = [field("853 20 $8 1 $a v. $b no. $i (year)")]
    fields += [field(f"863 41 $8 1.{number} $a 36 $b {number} $i 2014") for number in (1, 2, 4)]
    statements = paired_statements(fields)
    wanted = [fit_texts(PartWanted("36", issue, 2014, intent=Intent.VOLUME), statements).fit for issue in "1234"]
    assert wanted == [Fit.FITS, Fit.FITS, Fit.DOES_NOT_FIT, Fit.FITS]


def test_fields_without_numbers_or_of_other_tags_say_nothing() -> None:
    """A field with notes only gives no statement."""
    assert texts("853 00 $8 1 $a v.", "863 40 $8 1 $z ask", "866 #0 $a v.1-5", "245 10 $a T") == []


@given(
    st.lists(
        st.builds(
            DataField,
            st.sampled_from(["853", "855", "863", "864", "865"]),
            st.just(" "),
            st.just(" "),
            st.lists(st.tuples(st.sampled_from("8abcghijkw"), st.text(max_size=12))).map(tuple),
        )
    )
)
def test_any_fields_give_statements(fields: list[DataField]) -> None:
    """No content of these fields raises."""
    for statement in paired_statements(fields):
        assert statement.text
