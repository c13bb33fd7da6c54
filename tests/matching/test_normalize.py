"""Folding: two spellings of the same words meet, different words stay apart."""

# ruff: noqa: RUF001 - letters of other scripts are meant

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from locate.matching.normalize import (
    compact,
    cut_responsibility,
    fold,
    is_generic,
    is_latin,
    romanise,
    skeleton,
    strip_article,
    title_words,
)
from locate.matching.tables.articles import ARTICLES

ANY_TEXT = st.text(st.characters(exclude_categories=()))
LONG = 100_000
LONG_FIELDS = {
    "blanks": " " * LONG,
    "brackets": "[" * LONG,
    "responsibilities": "[ by" * (LONG // 4),
    "slashes": " /" * (LONG // 2),
    "escapes": "\x1b" * LONG,
    "lost escapes": "$1" * (LONG // 2),
    "ampersands": "&#" * (LONG // 2),
    "apostrophes": "l'" * (LONG // 2),
    "initials": "a " * (LONG // 2),
    "non-sorting marks": "\x98" * LONG,
    "non-sorting brackets": "<<" * (LONG // 2),
    "unordered combining marks": "a" + "\u0301\u0327" * (LONG // 2),
    "unordered Hebrew points": "\u05d0" + "\u0591\u05b0" * (LONG // 2),
    "Greek with marks": "\u03b1" + "\u0301\u0345" * (LONG // 2),
    "Cyrillic": "\u0456" * LONG,
    "Korean": "\uac01" * LONG,
}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Études & essais :", "etudes and essais"),
        ("Law &amp; order", "law and order"),
        ("Today&#x27;s news", "Todays news"),
        ("Caf&#233;&nbsp;noir", "cafe noir"),
        ("Today's news", "Todays news"),
        ("Today\u2019s news", "Todays news"),
        ("U. S. history", "U.S. history"),
        ("Vasil\u02b9ev, \u02bbAlī", "Vasilev, Ali"),
        ("I\ufe20U\ufe21riĭ", "IUrii"),
        ("\ufe22n\ufe23g", "ng"),
        ("Łódź", "Lodz"),
        ("Straße", "strasse"),
        ("Cafe\u0301", "Café"),
        ("Caf\x1bs\xe9", "Café"),
        ("Rivers $1!0u!Gy(B of Wales", "Rivers of Wales"),
        ("\x1b(Nwater\x1b(B", "water"),
        ("water--quality", "water quality"),
        ("water\u2010quality", "water quality"),
        ("wa\u00adter \ufeffquality", "water quality"),
        ("cœur", "coeur"),
        ("ﬁeld", "field"),
        ("Col·lecció", "colleccio"),
        ("\u0662\u0663 rivers", "23 rivers"),
        ("\uff32\uff49\uff56\uff45\uff52", "river"),
        ("\u05d7\u05d6\u05f4\u05dc", "\u05d7\u05d6\u05dc"),
        ("\u0643\u062a\u0640\u0640\u0627\u0628", "\u06a9\u062a\u0627\u0628"),
        ("\u304b\u3099", "\u304c"),
        ("rivers \U0001f30a of \U0001f1ec\U0001f1e7", "rivers of"),
    ],
)
def test_spellings_of_one_text_fold_alike(one: str, other: str) -> None:
    """Marks, case, punctuation, entities, escapes and romanisation signs do not count."""
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Part 2", "Part 3"),
        ("Reki", "Peki"),
        ("\u304b", "\u304c"),
        ("\u0915\u093f", "\u0915\u0940"),
        ("$1 million", "million"),
    ],
)
def test_different_words_stay_apart(one: str, other: str) -> None:
    """Folding loses no letters, digits, vowel signs or voicing marks."""
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("The rivers of Wales", "rivers of wales"),
        ("rivers of Wales", "rivers of wales"),
        ("Der Fluss", "fluss"),
        ("L'art roman", "art roman"),
        ("Les misérables", "miserables"),
        ("El río", "rio"),
        ("Os lusíadas", "lusiadas"),
        ("Het achterhuis", "achterhuis"),
        ("Ett hem", "hem"),
        ("Az ember", "ember"),
        ("Els rius", "rius"),
        ("al-Kitāb", "kitab"),
        ("ha-Arets", "arets"),
        ("A", "a"),
        ("\x98Die\x9c Zeit", "zeit"),
        ("<<Die>> Zeit", "zeit"),
        ("¬Die¬ Zeit", "zeit"),
        ("Your health [by] Dean Williams", "your health"),
        ("Your health [ by Dean Williams", "your health"),
        ("Gedichte [von] Anna Morgan", "gedichte"),
        ("[By the sea]", "by the sea"),
        ("Poems / by Anna Morgan", "poems"),
        (" / by Anna Morgan", "by anna morgan"),
        ("Rivers [electronic resource]", "rivers"),
        ("Rivers [Elektronische Ressource] : a history", "rivers a history"),
        ("Rivers [microform", "rivers microform"),
        ("Sludge mixtures [with lists of references]", "sludge mixtures"),
        ("Rivers [of Wales]", "rivers of wales"),
    ],
)
def test_title_words_drop_article_responsibility_and_medium(title: str, words: str) -> None:
    """What does not name the work is dropped, on both sides alike."""
    assert " ".join(title_words(title)) == words


def test_a_word_alone_is_no_article() -> None:
    """A title of one word keeps it, whatever it is."""
    assert strip_article(("die",)) == ("die",)
    assert strip_article(()) == ()


def test_articles_are_folded_words() -> None:
    """Every article stands in the table as folding would leave it."""
    assert {fold(word) for word in ARTICLES} == ARTICLES


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("poems by anna morgan", "poems"),
        ("gedichte von anna morgan", "gedichte"),
        ("selected poems edited and translated by anna morgan", "selected poems"),
        ("death by water", "death by water"),
        ("by morgan", "by morgan"),
        ("edited by morgan", "edited"),
    ],
)
def test_responsibility_is_cut_only_before_the_author(title: str, kept: str) -> None:
    """The word "by" belongs to the title unless the author's name follows, and something of the title always stays."""
    assert " ".join(cut_responsibility(title.split(), {"morgan"})) == kept


@pytest.mark.parametrize(
    ("text", "latin"),
    [
        ("Война и мир", "voina i mir"),
        ("Voi\u0306na", "voina"),
        ("Материалы по археологіи Кавказа", "materialy po arkheologii kavkaza"),
        ("под редакціей Графини Уваровой", "pod redaktsiei grafini uvarovoi"),
        ("Сергѣй", "sergiei"),
        ("Історія українського театру", "istoriia ukrainskoho teatru"),
        ("Архіў праваслаўных", "arkhiu pravaslaunykh"),
        ("Български език", "bulgarski ezik"),
        ("Београдска њива и џеп", "beogradska njiva i dzep"),
        ("Ελληνική γλώσσα", "ellenike glossa"),
        ("αγγελία του Ευριπίδη", "angelia tou euripide"),
        ("노동 의 새벽", "nodong ui saebyok"),
        ("평론가", "pyongnonga"),
        ("한국 영상 자료원", "hanguk yongsang charyowon"),
        ("젊은이들", "cholmunidul"),
        ("신라", "silla"),
        ("좋다", "chota"),
        ("国文", "guowen"),
        ("Études", "etudes"),
    ],
)
def test_romanise_gives_the_letters_of_ala_lc(text: str, latin: str) -> None:
    """Cyrillic by its language, Greek and Korean come out as catalogs romanise them."""
    assert compact(romanise(text).split()) == compact(latin.split())


@pytest.mark.parametrize(
    ("romanised", "original"),
    [
        ("Ḳorot ʻami :", "קורות עמי"),
        ("lider un poemes", "לידער און פאעמעס"),
        ("18 reproduḳtsyot bi-tsevaʻim", "18 רפרודוקציות בצבעים"),
        ("Nuzʹhat al-nufūs wa-muḍḥik al-ʻabūs", "نزهة النفوس ومضحك العبوس"),
        ("al-Sulṭān Maḥmūd ibn Sabuktakīn", "السلطان محمود بن سبكتكين"),
        ("kitābkhānah-ʼi 25", "کتابخانۀ ٢٥"),
    ],
)
def test_a_skeleton_is_the_same_in_both_scripts(romanised: str, original: str) -> None:
    """Hebrew, Yiddish, Arabic and Persian share their consonants with their romanisation."""
    assert skeleton(romanised) == skeleton(original) != ""


def test_skeletons_of_other_words_differ() -> None:
    """The consonants that are left tell words apart, and so do numbers."""
    assert skeleton("ספרים") != skeleton("שירים")
    assert skeleton("1941") != skeleton("1914")


@pytest.mark.parametrize("text", ["Études", "Vasil\u02b9ev", "\u1ea4n \u0111\u1ed9", "\u2460 rivers", "1984", ""])
def test_latin_text_is_known(text: str) -> None:
    """Modifier letters of a romanisation are Latin, and so is text without letters."""
    assert is_latin(text)


@pytest.mark.parametrize("text", ["Война", "\u1f00\u03c1\u03c7\u03ae", "מים", "水"])
def test_other_scripts_are_known(text: str) -> None:
    """One letter of another script is enough."""
    assert not is_latin(text)
    assert not is_latin(f"Rivers {text}")


def test_generic_titles_have_no_word_of_their_own() -> None:
    """Annual report is generic, Annual report on leeks is not."""
    assert is_generic(title_words("Annual report, 1974"))
    assert is_generic(title_words("Collected poems"))
    assert not is_generic(title_words("Annual report on leeks"))


def test_compact_hides_lost_blanks() -> None:
    """A blank in the wrong place does not count."""
    assert compact(("waterq", "uality")) == compact(("water", "quality"))


@given(ANY_TEXT)
def test_folding_twice_is_folding_once(text: str) -> None:
    """Folding is idempotent for every text, lone surrogates and control characters too."""
    assert fold(fold(text)) == fold(text)


@given(ANY_TEXT)
def test_romanising_twice_is_romanising_once(text: str) -> None:
    """Romanising is idempotent for every text."""
    assert romanise(romanise(text)) == romanise(text)


@given(ANY_TEXT)
def test_folded_words_are_parted_by_single_blanks(text: str) -> None:
    """The words of a title are words of its text folded: no blanks, no empty ones."""
    assert fold(text) == " ".join(fold(text).split())
    assert all(fold(word) == word for word in title_words(text))


@pytest.mark.parametrize("name", LONG_FIELDS)
def test_a_long_field_takes_linear_time(name: str) -> None:
    """A field of 100 kB is folded within the time of a test, whatever it is made of."""
    text = LONG_FIELDS[name]
    assert fold(fold(text)) == fold(text)
    assert len(romanise(text)) <= 4 * len(text)
    assert len(skeleton(text)) <= 4 * len(text)
    assert len(" ".join(title_words(text))) <= 4 * len(text)
