"""Print, online, disc, microform: what the signs together say."""

from __future__ import annotations

from pathlib import Path

import pytest

from locate.records import BibRecord, Carrier, read_record, split_marc
from locate.records.carrier_words import CARRIER_WORDS, UNTELLING, told_by
from tests.records.build import BLANK_008, good, record

P, M, E, D, A, V, OTHER = Carrier


def _008(form: str, at: int = 23) -> str:
    return BLANK_008[:at] + form + BLANK_008[at + 1 :]


BOOK = ("245 10$aTitle", "300 ##$axii, 200 p. ;$c20 cm")


@pytest.mark.parametrize(
    ("fields", "kind", "f008", "carriers"),
    [
        (BOOK, "am", BLANK_008, {P}),
        (BOOK, "am", None, {P}),
        (BOOK, "am", _008("o"), {E}),
        (BOOK, "am", _008("s"), {E}),
        (BOOK, "am", _008("b"), {M}),
        (BOOK, "am", _008("r"), {P}),
        (BOOK, "am", _008("d"), {P}),
        (("245 10$aMap",), "em", _008("o", 29), {E}),
        (("245 10$aMap",), "em", _008("o", 23), {P}),
        ((*BOOK, "338 ##$bcr"), "am", BLANK_008, {E}),
        ((*BOOK, "338 ##$aonline resource"), "am", BLANK_008, {E}),
        ((*BOOK, "338 ##$aBand"), "am", BLANK_008, {P}),
        ((*BOOK, "338 ##$bnc", "338 ##$bcr"), "am", BLANK_008, {P, E}),
        ((*BOOK, "338 ##$bhe"), "am", BLANK_008, {M}),
        (("245 10$aTitle$h[electronic resource] /", "300 ##$a12 p."), "am", BLANK_008, {E}),
        (("245 10$aTitle$h[electronic resource]", "300 ##$a1 CD-ROM"), "am", BLANK_008, {D}),
        (("245 10$aTitle$h[Ressource électronique]",), "am", BLANK_008, {E}),
        (("245 10$aTitle$h[microform]", "300 ##$a12 p."), "am", BLANK_008, {M}),
        (("245 10$aTitle", "300 ##$a1 online resource (xii, 200 p.)"), "am", BLANK_008, {E}),
        (("245 10$aTitle", "300 ##$a1 Online-Ressource"), "am", BLANK_008, {E}),
        (("245 10$aTitle", "300 ##$a2 microfiches"), "am", BLANK_008, {M}),
    ],
)
def test_descriptions_of_the_item(fields: tuple[str, ...], kind: str, f008: str | None, carriers: set[Carrier]) -> None:
    """Form of item, 245 $h, 300 and 338 each name the carrier; pages without them mean print."""
    assert record(*fields, kind=kind, f008=f008).carriers == carriers


def test_links_alone_make_nothing_electronic() -> None:
    """A print record with 856 40 and 856 41 is print; the link is listed as a sign all the same."""
    found = record(*BOOK, "856 40$uhttps://example.org/a", "856 41$uhttps://example.org/b")
    assert found.carriers == {P}
    assert [(sign.field, sign.text) for sign in found.carrier_evidence] == [("856", "https://example.org/a")]


def test_one_record_for_print_and_online_has_both() -> None:
    """007 "cr" in a record that describes a print item adds online and takes print away from nobody."""
    assert record("007 cr mn|||||||||", *BOOK, "856 40$uhttps://example.org").carriers == {P, E}
    assert record("006 m     o  d f      ", *BOOK).carriers == {P, E}


def test_accompanying_material_is_added() -> None:
    """A book with a CD-ROM or a sound disc is print and the other."""
    assert record(BOOK[0], "300 ##$a200 p. +$e1 CD-ROM").carriers == {P, D}
    assert record("007 co cga", *BOOK).carriers == {P, D}
    assert record(BOOK[0], "300 ##$a200 p. +$e1 audio disc").carriers == {P, A}


@pytest.mark.parametrize(
    ("note", "carriers"),
    [
        ("Microfilm.", {M}),
        ("Mikrofiche-Ausg.", {M}),
        ("Electronic reproduction.", {E}),
        ("Digital image. Ann Arbor", {E}),
        ("Photocopy.", {P}),
    ],
)
def test_a_reproduction_note_says_what_this_record_is(note: str, carriers: set[Carrier]) -> None:
    """The pages described are the original's: 533 decides."""
    assert record(*BOOK, f"533 ##$a{note}$bTown").carriers == carriers


def test_other_versions_named_elsewhere_change_nothing() -> None:
    """530 and 776 speak of other versions, not of this one."""
    found = record(*BOOK, "530 ##$aAlso available online.", "776 08$iOnline version:$z9780198526636")
    assert found.carriers == {P}


@pytest.mark.parametrize(
    ("fields", "kind", "f008", "carriers"),
    [
        (("007 sd fsngnnmmned", "245 10$aSongs", "300 ##$a1 audio disc"), "jm", BLANK_008, {A}),
        (("007 co |||||||||||", "245 10$aReading", "300 ##$a4 CDs", "338 ##$bsd"), "im", _008("q"), {A}),
        (("245 10$aSongs",), "jm", BLANK_008, {A}),
        (("007 vd cvaizq", "245 10$aFilm", "300 ##$a1 DVD-Video"), "gm", BLANK_008, {V}),
        (("007 vz czazuu", "007 cr cna", "245 10$aFilm", "300 ##$a1 streaming video file"), "gm", _008("o", 29), {E}),
        (("245 10$aFilm",), "gm", BLANK_008, {V}),
        (("245 10$aData", "300 ##$a1 DVD-ROM"), "mm", BLANK_008, {D}),
        (("245 10$aData", "856 40$uhttps://example.org"), "mm", BLANK_008, {E}),
        (("245 10$aData",), "mm", BLANK_008, set()),
        (("245 10$aBook", "338 ##$bnc"), "am", _008("f"), {OTHER}),
        (("007 tb", "245 10$aBook"), "am", BLANK_008, {P}),
    ],
)
def test_sound_video_and_data(fields: tuple[str, ...], kind: str, f008: str, carriers: set[Carrier]) -> None:
    """A CD or DVD to hear or see is no CD-ROM, streaming is online only, braille is no print, data alone is unknown."""
    assert record(*fields, kind=kind, f008=f008).carriers == carriers


def test_a_record_that_describes_nothing_tells_nothing() -> None:
    """Holdings under a bare leader, as some targets send them, say nothing of the carrier."""
    assert record("852 4#$bMAIN", f008=None).carriers == frozenset()


def test_every_sign_is_listed_with_its_field() -> None:
    """The signs name field and text, those left out by the weighing too."""
    found = record(
        "007 cr cna",
        "245 10$aT$h[electronic resource]",
        "338 ##$bcr",
        "533 ##$aElectronic reproduction.",
        f008=_008("o"),
    )
    assert {sign.field for sign in found.carrier_evidence} == {"008/23", "338 $b", "007/00-01", "245 $h", "533 $a"}


@pytest.mark.parametrize(
    ("text", "named", "electronic"),
    [
        ("1 ONLINE RESOURCE (16 pages)", (E,), False),
        ("24 microfiches", (M,), False),
        ("1 score (16 p.) + 1 CD", (A,), False),
        ("[electronic resource] :", (), True),
        ("xii, 300 p., [8] leaves of plates :", (), False),
        ("1 CD-ROM" + " and 12 pages" * 20, (D,), False),
        ("", (), False),
    ],
)
def test_words_of_carriers(text: str, named: tuple[Carrier, ...], electronic: bool) -> None:  # noqa: FBT001
    """Words are found whatever their case and the numbers beside them; an extent in pages names nothing."""
    assert told_by(text) == (named, electronic)


def test_untelling_words_hide_no_carrier() -> None:
    """No two words that are taken to tell nothing make a word for a carrier, with or without a blank between."""
    pairs = [one + between + other for one in UNTELLING for other in UNTELLING for between in ("", " ", "-")]
    assert not [pair for pair in pairs for _, words in CARRIER_WORDS if words.search(pair)]


@pytest.mark.shared
def test_real_catalogs_leave_few_records_without_a_carrier(shared: Path) -> None:
    """Of government documents and of ten libraries' records fewer than one in a hundred stays unknown."""
    for name in ("records/gpo_old.mrc", "records/dnb.mrc", "partners/mixed.mrc"):
        found: list[BibRecord] = [
            good(read_record(chunk, "marc21")) for chunk in split_marc((shared / "data" / name).read_bytes())
        ]
        assert sum(not each.carriers for each in found) < 0.01 * len(found)
