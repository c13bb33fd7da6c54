"""Every parser: any text gives an answer, in time that grows with its length, and a canonical form stays itself."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given, strategies as st

from locate.identifiers import (
    normalize_lccn,
    parse_control_number,
    parse_doi,
    parse_gtin,
    parse_handle,
    parse_isbn,
    parse_ismn,
    parse_isrc,
    parse_issn,
    parse_standard_number,
    parse_sudoc,
    parse_urn,
    read_qualifier,
)

CANONICAL: dict[str, Callable[[str], str]] = {
    "isbn": lambda text: parse_isbn(text).canonical,
    "issn": lambda text: parse_issn(text).issn or "",
    "lccn": normalize_lccn,
    "control": lambda text: str(parse_control_number(text)),
    "ismn": lambda text: parse_ismn(text).value,
    "gtin": lambda text: parse_gtin(text).value,
    "isrc": lambda text: parse_isrc(text).value,
    "doi": lambda text: parse_doi(text).value,
    "urn": lambda text: parse_urn(text).value,
    "handle": lambda text: parse_handle(text).value,
    "sudoc": lambda text: parse_sudoc(text).value,
    "standard": lambda text: parse_standard_number(text, "ismn").value,
}
HEADS = ["M", "979", "0", "978", "9790", "ocm", "ocn", "on", "(OCoLC)", "OCLC", "ISSN", "isbn", "sudoc", "urn:isbn:"]
SIGNS = [
    "X",
    "x",
    "-",
    "/",
    ":",
    ".",
    ",",
    "(",
    ")",
    "#",
    "^",
    "e+",
    "v.",
    " ",
    "  ",
    "\u0660",
    "\u00bd",
    "\ufb01",
    "\u0130",
]
WHOLE = [
    "0198526636",
    "9780198526636",
    "0317-8471",
    "USSKG1912345",
    "230671187",
    "73513537",
    "10.1000/",
    "hdl:",
    "Y 4.C",
]
texts = st.one_of(
    st.text(max_size=80),
    st.lists(st.sampled_from(HEADS + SIGNS + WHOLE)).map("".join),
)


@pytest.mark.parametrize("kind", CANONICAL)
@given(text=texts)
def test_canonical_form_of_a_canonical_form_is_itself(kind: str, text: str) -> None:
    """No text makes a parser raise, and parsing what it found finds the same."""
    once = CANONICAL[kind](text)
    assert CANONICAL[kind](once) == once


@given(st.one_of(texts, st.binary(max_size=40).map(lambda raw: raw.decode("utf-8", "surrogateescape"))))
def test_text_is_kept_as_given(text: str) -> None:
    """Every parser gives back the text that it was given, and no text makes the reader of qualifiers raise."""
    assert parse_isbn(text).raw == parse_issn(text).raw == parse_control_number(text).raw == text
    assert parse_standard_number(text, "doi").raw == parse_sudoc(text).raw == text
    assert read_qualifier(text) == read_qualifier(text)


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1 ",
        "1-",
        "0x",
        "(",
        "()",
        "( ",
        "a",
        "1.1e",
        "10.1010.",
        "10.1/",
        "urn:a",
        "M1",
        "979-0",
        "Y 4.",
        "^",
        "\u0660",
    ],
)
def test_long_text_takes_time_in_proportion(piece: str) -> None:
    """A text of 100 kB, however built, is read by all parsers together well within two seconds."""
    text = (piece * 100_000)[:100_000] + "!"
    started = time.process_time()
    for parse in CANONICAL.values():
        parse(text)
    read_qualifier(text)
    assert time.process_time() - started < 2.0
