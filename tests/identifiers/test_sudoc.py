"""SuDoc class numbers: spellings meet, different numbers do not."""

from __future__ import annotations

import pytest

from locate.identifiers import parse_sudoc


@pytest.mark.parametrize(
    "text",
    [
        "Y 4.C 73/7:S.HRG.109-1092",
        "Y4.C73/7:S.HRG.109-1092",
        "y 4.c 73/7:s.hrg.109-1092",
        "Y 4.C 73/7: S. Hrg. 109-1092",
        "Y 4 C 73/7:S HRG 109\u20131092.",
        "SuDoc: Y 4. C 73 / 7 : S.HRG. 109 - 1092 /",
        "SUDOCS no. Y 4.C 73/7:S.HRG.109-1092",
    ],
)
def test_spellings_of_one_number_meet(text: str) -> None:
    """Spacing, case, full stops, a label and what ends the number do not count."""
    found = parse_sudoc(text)
    assert (found.value, found.valid) == ("Y 4.C 73/7:S HRG 109-1092", True)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A 1.2:B 3/4", "A 1.2:B 34"),
        ("A 1.2/3:", "A 1.2:3"),
        ("I 19.16:1370", "I 1.916:1370"),
        ("Y 1.1/8:119-570", "Y 1.1/8:119/570"),
        ("C 3.279:AR 4/CD", "C 3.279:AR 4"),
        ("Y 4.J 89/1:109-60", "Y 4.J 89/1:109-6"),
    ],
)
def test_different_numbers_stay_apart(one: str, other: str) -> None:
    """Colon, slash, hyphen and every letter and digit count."""
    assert parse_sudoc(one).value != parse_sudoc(other).value


@pytest.mark.parametrize(
    "text", ["A 1.77:209", "MS 2.1:", "94-2:H.rp.1142", "PREX 3.10/4:T 48/", "XJS:", "HE 20.3668:H 35/6"]
)
def test_form_of_a_sudoc_number(text: str) -> None:
    """Agency numbers, bare class stems and those of a Congress have the form."""
    assert parse_sudoc(text).valid


@pytest.mark.parametrize("text", ["0431-I-41", "0717-C", "", "HolC", "PTR 23.2 G326hm 1988 Dau", "U5000 T621 .0000 -"])
def test_item_numbers_and_other_schemes_are_none(text: str) -> None:
    """An item number of field 074 and a state's own class number have another form."""
    assert not parse_sudoc(text).valid
