"""Whether a library holds the part that is wanted: the examples, the sentences, and laws for any statement."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from locate.availability.parts.coverage import (
    Fit,
    Fitting,
    PartWanted,
    fit_text,
    fit_texts,
    part_wanted,
)
from locate.availability.parts.statements import read_statement
from locate.citation import Citation, DocumentType, Intent

from .statement_examples import EXAMPLES, Example, part

CASES = [
    pytest.param(example.text, wanted.strip(), fit, id=f"{example.text[:40]} / {wanted.strip()}")
    for example in EXAMPLES
    for wants, fit in ((example.fits, Fit.FITS), (example.out, Fit.DOES_NOT_FIT), (example.open, Fit.CANNOT_TELL))
    for wanted in wants.split("|")
    if wanted.strip() and "x" not in wanted
]


@pytest.mark.parametrize(("text", "wanted", "fit"), CASES)
def test_each_example_is_judged_as_a_librarian_reads_it(text: str, wanted: str, fit: Fit) -> None:
    """A part fits, does not fit or cannot be told as the table of statements says."""
    found = fit_text(part(wanted), text)
    assert found.fit is fit, found


def test_the_table_is_large_enough() -> None:
    """At least sixty statements, and parts of each of the three kinds, are judged."""
    assert len(EXAMPLES) >= 60
    assert all(isinstance(example, Example) for example in EXAMPLES)
    assert len(CASES) > 200


@pytest.mark.parametrize(
    ("wanted", "text", "fitting"),
    [
        ("v12 n3", "v.1(1970)-v.30(1999), v.32-", Fitting(
            Fit.FITS, "v.1(1970)-v.30(1999)", 'Volume 12, issue 3 is held: "v.1(1970)-v.30(1999)".')),
        ("v12", "v.12 no.3 (1995)", Fitting(
            Fit.FITS, "v.12 no.3 (1995)", 'Volume 12 is held, perhaps not all of it: "v.12 no.3 (1995)".')),
        ("v9 n3 y1995", "1990-1999", Fitting(
            Fit.FITS, "1990-1999",
            '1995 is held; the year alone decides, for the text counts nothing else of the request: "1990-1999".')),
        ("v31", "v.1-v.30", Fitting(
            Fit.DOES_NOT_FIT, "v.1-v.30", 'Volume 31 is not among what is held: "v.1-v.30".')),
        ("v12 y2005", "v.12 (1995)", Fitting(
            Fit.CANNOT_TELL, "v.12 (1995)",
            "The text agrees with one part of the request and not with another (volume 12 of 2005): "
            '"v.12 (1995)".')),
    ],
)  # fmt: skip
def test_the_sentence_names_the_part_and_quotes_the_text(wanted: str, text: str, fitting: Fitting) -> None:
    """The reason says which part was looked for and quotes the piece of the record that decided."""
    assert fit_text(part(wanted), text) == fitting


def test_statements_of_one_library_count_together() -> None:
    """One statement that holds the part is enough, and only all of them together exclude it."""
    texts = ("v.1-v.5", "v.7-v.9")
    assert fit_texts(part("v8"), texts).fit is Fit.FITS
    assert fit_texts(part("v6"), texts).fit is Fit.DOES_NOT_FIT
    assert fit_texts(part("v6"), (*texts, "ask the desk")).fit is Fit.CANNOT_TELL
    assert fit_texts(part("v6"), map(read_statement, texts)).fit is Fit.DOES_NOT_FIT
    assert fit_texts(part("v6"), ()).fit is fit_texts(part("v6"), ("", " ")).fit is Fit.CANNOT_TELL


def test_a_range_is_held_only_when_every_volume_is() -> None:
    """Volumes 12-13 fit two pieces together, and do not fit one of them alone."""
    assert fit_texts(part("v12-13"), ("v.12", "v.13")).fit is Fit.FITS
    assert fit_texts(part("v12/13"), ("v.12/13",)).fit is Fit.FITS
    assert fit_texts(part("v12-13"), ("v.12",)).fit is Fit.DOES_NOT_FIT
    assert fit_text(part("v1-5000"), "v.1-9000").fit is Fit.CANNOT_TELL


@pytest.mark.parametrize(
    ("volume", "text", "fit"),
    [
        ("12", "v.12", Fit.FITS),
        ("v. 12", "Bd. 12", Fit.FITS),
        ("XII", "v.12", Fit.FITS),
        ("twelve", "v.12", Fit.FITS),
        ("Bd. 4", "v.4", Fit.FITS),
        ("no. 5", "no.1-9", Fit.FITS),
        ("no. 5", "v.1-9", Fit.CANNOT_TELL),
        ("1995", "1990-1999", Fit.CANNOT_TELL),
        ("1995", "v.1995", Fit.FITS),
        ("A", "v.A", Fit.FITS),
        ("A", "v.B", Fit.CANNOT_TELL),
        ("Suppl. 2", "v.1-5, Suppl. 2", Fit.FITS),
        ("Suppl. 2", "v.1-5", Fit.CANNOT_TELL),
    ],
)
def test_a_volume_is_read_as_people_write_it(volume: str, text: str, fit: Fit) -> None:
    """Captions, Roman numerals and number words are numbers; a name must stand in the text as it is."""
    assert fit_text(PartWanted(volume, intent=Intent.VOLUME), text).fit is fit


def test_the_whole_set_is_more_than_one_piece() -> None:
    """One volume is not the set; a statement from the first volume without a gap is; a gap leaves it open."""
    whole = PartWanted(intent=Intent.WHOLE)
    assert fit_text(whole, "v.2").fit is Fit.DOES_NOT_FIT
    assert fit_text(whole, "v.1-v.4").fit is Fit.FITS
    assert fit_text(whole, "v.1(1990)-").fit is Fit.FITS
    for text in ("v.1-v.4, v.6", "v.2-v.4", "1990-1995", "v.1-4 incomplete", "v.1-4 (lacks v.2)"):
        assert fit_text(whole, text).fit is Fit.CANNOT_TELL
    assert fit_texts(whole, ("v.1", "v.2")).fit is Fit.CANNOT_TELL


def test_a_request_without_a_part() -> None:
    """Any copy will do where no part is asked for; an article that names none cannot be placed."""
    assert fit_text(PartWanted(), "v.1").fit is fit_texts(PartWanted(), ()).fit is Fit.FITS
    assert fit_text(PartWanted(intent=Intent.VOLUME), "v.1").fit is Fit.CANNOT_TELL


def test_the_part_of_a_citation() -> None:
    """The year is a part for articles and serials; a book has only its volume."""
    article = Citation(title="T", volume="12", issue="3", year=1995, pages="1-9", type=DocumentType.ARTICLE)
    assert part_wanted(article, is_serial=False) == PartWanted("12", "3", 1995, "1-9", Intent.VOLUME)
    book = Citation(title="T", volume="2", year=1995, type=DocumentType.BOOK)
    assert part_wanted(book, is_serial=False) == PartWanted("2", intent=Intent.VOLUME)
    assert part_wanted(book, is_serial=True).year == 1995
    plain = part_wanted(Citation(title="T", year=1995), is_serial=False)
    assert (plain, plain.names_a_part) == (PartWanted(), False)
    assert part_wanted(Citation(title="T"), is_serial=False, intent=Intent.WHOLE).intent is Intent.WHOLE
    assert part_wanted(Citation(type=DocumentType.ARTICLE), is_serial=True).intent is Intent.VOLUME


# -- laws ----------------------------------------------------------------------------------------------------------


@st.composite
def runs(draw: st.DrawFn) -> list[tuple[int, int]]:
    """Draw ascending runs of volumes with a gap of at least one between them, all below 200."""
    bounds = sorted(draw(st.sets(st.integers(1, 60), min_size=2, max_size=8)))
    bounds = bounds[: len(bounds) // 2 * 2]
    return [(3 * first, 3 * last) for first, last in zip(bounds[::2], bounds[1::2], strict=True)]


CAPTIONS = st.sampled_from(["v.", "Vol. ", "Bd. ", "t.", "Jahrg. ", "tom "])


def written(spans: list[tuple[int, int]], caption: str, *, years: bool) -> str:
    """Write runs as a statement; volume n is of the year 1800 + n."""

    def one(number: int) -> str:
        return f"{caption}{number} ({1800 + number})" if years else f"{caption}{number}"

    return ", ".join(f"{one(first)}-{one(last)}" for first, last in spans)


@pytest.mark.parametrize("years", [False, True])
@given(spans=runs(), caption=CAPTIONS, volume=st.integers(1, 200))
def test_a_part_inside_a_segment_fits_and_one_outside_all_does_not(
    spans: list[tuple[int, int]], caption: str, volume: int, *, years: bool
) -> None:
    """A statement of well-formed runs says of every volume whether it is held, with its year and without."""
    text = written(spans, caption, years=years)
    held = any(first <= volume <= last for first, last in spans)
    fit = Fit.FITS if held else Fit.DOES_NOT_FIT
    assert fit_text(PartWanted(str(volume), intent=Intent.VOLUME), text).fit is fit
    if years:
        assert fit_text(PartWanted(str(volume), year=1800 + volume, intent=Intent.VOLUME), text).fit is fit
        assert fit_text(PartWanted(year=1800 + volume, intent=Intent.VOLUME), text).fit is fit


@given(st.lists(st.sampled_from([example.text for example in EXAMPLES]), max_size=4), st.integers(1, 200), CAPTIONS)
def test_more_holdings_never_turn_a_fit_into_none(texts: list[str], volume: int, caption: str) -> None:
    """Whatever other statements a library has, the one that holds the part decides."""
    wanted = PartWanted(str(volume), intent=Intent.VOLUME)
    before = fit_texts(wanted, texts).fit
    assert fit_texts(wanted, [*texts, f"{caption}{volume}"]).fit is Fit.FITS
    if before is Fit.FITS:
        assert fit_texts(wanted, [*texts, "v.300-v.310"]).fit is Fit.FITS


@given(st.sampled_from([example.text for example in EXAMPLES if "lacks" not in example.text]), st.integers(1, 60))
def test_another_segment_never_turns_a_fit_into_none(text: str, volume: int) -> None:
    """A segment after a semicolon may make a statement harder to read, but excludes nothing that was held."""
    wanted = PartWanted(str(volume), intent=Intent.VOLUME)
    if fit_text(wanted, text).fit is Fit.FITS:
        assert fit_text(wanted, f"{text}; v.900-v.910").fit is not Fit.DOES_NOT_FIT


@given(
    st.text(st.characters(exclude_categories=["Nd", "Nl", "No"], max_codepoint=0x2FF).filter(str.isprintable)),
    st.integers(1, 99),
)
def test_a_text_without_digits_is_never_sure_of_a_number(text: str, volume: int) -> None:
    """Words alone exclude no volume, and hold none unless they are Roman numerals or number words after a caption."""
    found = fit_text(PartWanted(str(volume), intent=Intent.VOLUME), text)
    segments = read_statement(text).segments
    assert found.fit is Fit.CANNOT_TELL or any(segment.first.volume or segment.last.volume for segment in segments)


@given(st.text(), st.text(), st.none() | st.integers(-1, 3000), st.text(), st.text())
def test_any_request_meets_any_text(volume: str, issue: str, year: int | None, pages: str, text: str) -> None:
    """No request and no text raise, and the answer has a sentence."""
    for intent in Intent:
        assert fit_text(PartWanted(volume, issue, year, pages, intent), text).why.endswith(".")
