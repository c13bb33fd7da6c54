"""What a record's item is carried on: print, online, disc, microform, …, with every sign that says so.

Signs are gathered first (008 and 006 form of item, 007, leader/06, 245 $h, 300, 337/338, 347, 533, 856), each as
`CarrierEvidence`, then weighed:

- what describes the item (008 form of item, 245 $h, 300 $a, 338) names its carrier;
- 006, 007 and 300 $e add a carrier, of the item or of what comes beside it, and take none away;
- a *hint* (leader/06, 337, 347, 006 of computer files) counts only when nothing better is there;
- 856 alone never makes a record electronic: print records carry links;
- a reproduction note (533) says what *this* record is: the print it describes is the original's;
- print is assumed for text, music and maps when no description of the item states another carrier;
- "electronic" without saying how is a disc when something else says disc, else online.

A record for print and online together gets both. An empty set means that nothing tells. It refuses to know what the
request wants. Raises nothing. Source: MARC 21 Bibliographic 006-008, 245, 300, 337, 338, 533, 856; RDA carrier terms.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from locate.records.bib import Carrier, CarrierEvidence, DataField
from locate.records.carrier_words import CARRIER_WORDS, PHOTOCOPY, PRINT_TERM, SOME_ELECTRONIC

__all__ = ["find_carriers"]

_P, _M, _E, _D, _A, _V, _O = Carrier

# 008/23 (/29 for maps and visual materials) and 006/06 (/12). "s" is electronic in any way.
_FORM_OF_ITEM = {"a": _M, "b": _M, "c": _M, "d": _P, "f": _O, "o": _E, "q": _D, "r": _P, "s": _E}
_VAGUE_FORM = "s"
_BRAILLE_FORM = "f"
_FORM_AT_29 = frozenset("efgkor")
_PRINTED_TYPES = frozenset("acdeft")
_CONTENT_HINT = {"i": _A, "j": _A, "g": _V}

# 007/00-01; a category alone stands for the specific designations that are not listed.
_CATEGORY_007 = {"h": _M, "s": _A, "v": _V, "m": _V}
_DESIGNATION_007 = {"cr": _E, "ta": _P, "tb": _P, "td": _P, "tc": _O, "sr": _E, "fb": _O, "fa": _O}
_DISCS_007 = frozenset("abcdefhjkmo")
_TANGIBLE_007 = frozenset({"sd", "ss", "st", "se", "sq", "si", "sw", "vd", "vf", "vr", "vc", "mr", "mc", "mf"})

# RDA carrier codes (338 $b): the first letter is the media type, except that "cr" is online.
_MEDIA_338 = {"c": _D, "h": _M, "n": _P, "s": _A, "v": _V, "m": _V}
_UNPRINTED_338 = frozenset({"nr", "nz", "na"})

_Signs = list[CarrierEvidence]


def find_carriers(
    leader: str, control_fields: Sequence[tuple[str, str]], by_tag: Mapping[str, Sequence[DataField]]
) -> tuple[frozenset[Carrier], tuple[CarrierEvidence, ...]]:
    """Return the carriers of a record and every sign read, in field order.

    ``by_tag`` maps a tag to its data fields. The signs may name carriers that the weighing left out.
    """
    kind = leader[6:7]
    stated: _Signs = [*_form_of_item(kind, control_fields), *_descriptive(by_tag)]
    beside = list(_additional(control_fields, by_tag))
    vague = list(_vague(kind, control_fields, by_tag))
    reproduction = list(_reproductions(by_tag.get("533", ())))
    links = [CarrierEvidence(_E, "856", f.first("u") or "") for f in by_tag.get("856", ()) if f.ind2 == "0"]
    described = "245" in by_tag or "300" in by_tag or any(tag == "008" for tag, _ in control_fields)
    carriers = _weigh(kind if described else "", stated, beside, vague, reproduction)
    if not carriers and kind == "m" and (vague or links):
        carriers = {_E}
    hints = [] if kind not in _CONTENT_HINT else [CarrierEvidence(_CONTENT_HINT[kind], "leader/06", kind)]
    return frozenset(carriers), (*stated, *beside, *vague, *reproduction, *hints, *links)


def _weigh(kind: str, stated: _Signs, beside: _Signs, vague: _Signs, reproduction: _Signs) -> set[Carrier]:
    described = {sign.carrier for sign in stated}
    carriers = described | {sign.carrier for sign in beside}
    if reproduction:
        copies = {sign.carrier for sign in reproduction}
        return copies | (carriers - {_P, _E} if _M in copies else carriers - {_P})
    says_electronic = any(sign.field != "006/00" for sign in vague)
    if says_electronic and not carriers & {_D, _E}:
        carriers.add(_E)
        described.add(_E)
    elif says_electronic:
        described |= carriers & {_D, _E}
    if _O in described and any(sign.text == _BRAILLE_FORM for sign in stated):
        carriers.discard(_P)  # a volume (338 nc) in braille is no print
    if kind in _CONTENT_HINT and carriers & {_A, _V} and not any(s.carrier is _D and s.field[0] == "3" for s in stated):
        carriers.discard(_D)  # 008 "q" and 007 "co" of an audio CD or a DVD: it is no CD-ROM
    if not described - {_P} and kind in _PRINTED_TYPES and _assume_print(carriers, stated):
        carriers.add(_P)
    if _E in carriers:
        tangible = {s.carrier for s in stated} | {s.carrier for s in beside if s.text in _TANGIBLE_007}
        carriers -= {_A, _V} - tangible
    if not carriers and kind in _CONTENT_HINT:
        carriers.add(_CONTENT_HINT[kind])
    return carriers


def _assume_print(carriers: set[Carrier], stated: _Signs) -> bool:
    """Say whether a text, score or map is to be taken as print: nothing describes another carrier as the item.

    007 "cr" in a record whose description is of a print item adds online; it does not take print away. 007 of a
    microform does: nobody codes it for a print item.
    """
    return _M not in carriers or any(sign.carrier is _P for sign in stated)


def _form_of_item(kind: str, control_fields: Sequence[tuple[str, str]]) -> Iterator[CarrierEvidence]:
    at = 29 if kind in _FORM_AT_29 else 23
    for tag, text in control_fields:
        code = text[at : at + 1]
        if tag == "008" and code in _FORM_OF_ITEM and code != _VAGUE_FORM:
            yield CarrierEvidence(_FORM_OF_ITEM[code], f"008/{at}", code)


def _additional(
    control_fields: Sequence[tuple[str, str]], by_tag: Mapping[str, Sequence[DataField]]
) -> Iterator[CarrierEvidence]:
    """Yield what 006, 007 and 300 $e name: the item itself, or something that comes with it or beside it."""
    for tag, text in control_fields:
        if tag == "006":
            at = 12 if text[:1] in _FORM_AT_29 else 6
            code = text[at : at + 1]
            if code in _FORM_OF_ITEM and code != _VAGUE_FORM:
                yield CarrierEvidence(_FORM_OF_ITEM[code], f"006/{at:02d}", code)
        elif tag == "007":
            code = text[:2].lower()
            carrier = _DESIGNATION_007.get(code) or _CATEGORY_007.get(code[:1])
            if code[:1] == "c" and code[1:] in _DISCS_007:
                carrier = _D
            if carrier is not None:
                yield CarrierEvidence(carrier, "007/00-01", code)
    for field in by_tag.get("300", ()):
        for text in field.all("e"):
            yield from _worded("300 $e", text)


def _descriptive(by_tag: Mapping[str, Sequence[DataField]]) -> Iterator[CarrierEvidence]:
    """Yield what 245 $h, 300 $a and 338 state."""
    for tag, code in (("245", "h"), ("300", "a")):
        for field in by_tag.get(tag, ()):
            for text in field.all(code):
                yield from _worded(f"{tag} ${code}", text)
    for field in by_tag.get("338", ()):
        yield from _carrier_338(field)


def _worded(where: str, text: str) -> Iterator[CarrierEvidence]:
    for carrier, words in CARRIER_WORDS:
        if words.search(text):
            yield CarrierEvidence(carrier, where, text)


def _carrier_338(field: DataField) -> Iterator[CarrierEvidence]:
    codes = field.all("b")
    for text in codes:
        code = text.strip().lower()[:2]
        carrier = _E if code == "cr" else _MEDIA_338.get(code[:1])
        if carrier is not None:
            yield CarrierEvidence(_O if code in _UNPRINTED_338 else carrier, "338 $b", text)
    if codes:
        return
    for text in field.all("a"):
        found = list(_worded("338 $a", text))
        yield from found
        if not found and PRINT_TERM.match(text.strip()):
            yield CarrierEvidence(_P, "338 $a", text)


def _vague(
    kind: str, control_fields: Sequence[tuple[str, str]], by_tag: Mapping[str, Sequence[DataField]]
) -> Iterator[CarrierEvidence]:
    """Yield the signs of something electronic that leave open whether it is online or a disc."""
    at = 29 if kind in _FORM_AT_29 else 23
    for tag, text in control_fields:
        if tag == "008" and text[at : at + 1] == _VAGUE_FORM:
            yield CarrierEvidence(_E, f"008/{at}", _VAGUE_FORM)
        elif tag == "006" and text[:1] == "m":
            yield CarrierEvidence(_E, "006/00", "m")
    for tag, codes in (("245", "h"), ("300", "a"), ("347", "ab")):
        for field in by_tag.get(tag, ()):
            for text in field.all(codes):
                if SOME_ELECTRONIC.search(text):
                    yield CarrierEvidence(_E, f"{tag} ${codes[0]}", text)
    if "338" not in by_tag:
        yield from _media_337(by_tag.get("337", ()))


def _media_337(fields: Sequence[DataField]) -> Iterator[CarrierEvidence]:
    for field in fields:
        codes = [text.strip().lower()[:1] for text in field.all("b")]
        terms = [text.strip().lower() for text in field.all("a")]
        if "c" in codes or any(term.startswith("computer") for term in terms):
            yield CarrierEvidence(_E, "337", field.first("a") or field.first("b") or "")


def _reproductions(fields: Sequence[DataField]) -> Iterator[CarrierEvidence]:
    for field in fields:
        text = field.first("a") or ""
        found = list(_worded("533 $a", text))
        if not found and (SOME_ELECTRONIC.search(text) or text.lower().startswith(("electronic", "digital"))):
            found = [CarrierEvidence(_E, "533 $a", text)]
        if not found and PHOTOCOPY.search(text):
            found = [CarrierEvidence(_P, "533 $a", text)]
        yield from found
