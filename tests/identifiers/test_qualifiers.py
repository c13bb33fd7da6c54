"""Qualifiers: carrier, volume, set and binding in the words that catalogs write beside a number."""

from __future__ import annotations

import pytest

from locate.identifiers import Qualifier, read_qualifier


@pytest.mark.parametrize(
    ("carrier", "texts"),
    [
        ("print", "pbk.|(hardcover ;|alk. paper|print|geb.|kart.|br.|rel.|nid.|sid.|inb.|rust.|sidottu|nidottu|relié"),
        (
            "print",
            "Pp.|Hlw.|flexibler Kunststoffeinband|lib. bdg.|spiral binding|loose-leaf|h\u00e4ft.|hd.bd.|\u5e73\u88c5",
        ),
        ("electronic", "ebook|e-book|electronic bk. ;|PDF|Adobe PDF|EPUB)|online|verkkoaineisto|e-kirja|en ligne|ebk"),
        ("electronic", "elektronische Ressource|s\u00e4hk\u00f6inen|Kindle|Mobipocket|MyiLibrary|eISBN"),
        ("microform", "microfiche|microfilm|mikrofiche|Mikrofilm|mikrokortti"),
        ("disc", "CD-ROM|DVD-ROM|Disketten|computer disc"),
        ("audio", "audio CD|CD|Tonkassette|audiobook|electronic audio bk.|\u00e4\u00e4nikirja|H\u00f6rbuch"),
        ("video", "DVD|videocassette|Blu-ray disc|VHS"),
        ("", "set|v. 1|U.S.|New York ...|St. Martin's Press|student ed.|software|Paw Prints|$9.98||disc 1"),
    ],
)
def test_carrier(carrier: str, texts: str) -> None:
    """The words of several languages name the carrier; publishers, places and prices name none."""
    assert {text: read_qualifier(text).carrier for text in texts.split("|")} == dict.fromkeys(texts.split("|"), carrier)


@pytest.mark.parametrize(
    ("text", "carrier"),
    [
        ("book with CD : spiral binding", "print"),
        ("Printausg. und eBook", "print"),
        ("kart. mit CD-ROM", "print"),
        ("pbk. + DVD", "print"),
        ("book with CD", "audio"),
        ("ebook : alk. paper", "electronic"),
        ("CD-ROM-Beil.", ""),
    ],
)
def test_what_comes_with_an_item_is_not_its_carrier(text: str, carrier: str) -> None:
    """What a "with" or "and" adds counts only where nothing else is named; an enclosed disc never does."""
    assert read_qualifier(text).carrier == carrier


@pytest.mark.parametrize(
    ("text", "volume"),
    [
        ("v. 1", "1"),
        ("v.1", "1"),
        ("v1", "1"),
        ("Vol. 02", "2"),
        ("(volume 10 ;", "10"),
        ("osa 2", "2"),
        ("2. osa", "2"),
        ("Bd. 3", "3"),
        ("3. Bd.", "3"),
        ("Bd. II", "2"),
        ("pt. iv : pbk.", "4"),
        ("t. 1", "1"),
        ("v. 2a", "2a"),
        ("v. 1-3", "1-3"),
        ("bk. B : pbk.", "b"),
        ("book one ;", "1"),
        ("set : v. 1", "1"),
        ("lib. bdg.", ""),
        ("e-book, e-book", ""),
        ("3 v.", ""),
        ("2 Bde", ""),
        ("320 pp.", ""),
        ("pbk.", ""),
    ],
)
def test_volume(text: str, volume: str) -> None:
    """The number of the part is read with its kind before or after it; a count of volumes is none."""
    assert read_qualifier(text).volume == volume


@pytest.mark.parametrize(
    "text", ["set", "Gesamtwerk", "koko teos", "3 v. set", "complete set", "obra completa", "(ser.)"]
)
def test_set(text: str) -> None:
    """The words for all volumes together are known in several languages."""
    assert read_qualifier(text) == Qualifier(is_set=True)


@pytest.mark.parametrize("text", ["settlement", "v. 1", "pbk.", "boxed", ""])
def test_no_set(text: str) -> None:
    """Other words say nothing about a set."""
    assert not read_qualifier(text).is_set


@pytest.mark.parametrize(
    ("binding", "texts"),
    [
        ("soft", "pbk.|paperback|trade paper|softcover|kart.|brosch.|broch\u00e9|br.|nid.|pehme\u00e4kantinen|geh."),
        ("hard", "hbk.|hardback|cloth|lib. bdg.|geb.|Pp.|Lw.|rel.|sid.|kovakantinen|inb.|bound|leather bound"),
        ("spiral", "spiral bound|Spiralbindung|comb binding"),
        ("loose-leaf", "loose-leaf|Loseblatt-Ausg.|irtolehti"),
        ("", "alk. paper|print|ebook|320 pp.|software|hardware"),
    ],
)
def test_binding(binding: str, texts: str) -> None:
    """The binding is soft, hard, spiral or loose-leaf, and belongs to print."""
    for text in texts.split("|"):
        found = read_qualifier(text)
        assert (text, found.binding) == (text, binding)
        assert not binding or found.carrier == "print"


def test_all_at_once() -> None:
    """One qualifier may say several things."""
    assert read_qualifier("set : v. 1 : pbk. : alk. paper") == Qualifier("print", "1", is_set=True, binding="soft")


def test_only_the_beginning_is_read() -> None:
    """What is longer than any qualifier is read as far as 200 characters."""
    assert read_qualifier("x " * 100 + "ebook") == Qualifier()
