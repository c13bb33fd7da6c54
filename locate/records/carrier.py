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

from collections.abc import Iterator, Sequence

from locate.records.carrier_words import is_photocopy, is_print_term, told_by
from locate.records.content import Content
from locate.records.elements import Carrier, CarrierEvidence, DataField

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


def find_carriers(content: Content) -> tuple[frozenset[Carrier], tuple[CarrierEvidence, ...]]:
    """Return the carriers of a record and every sign read, in field order.

    The signs may name carriers that the weighing left out.
    """
    kind = content.leader[6:7]
    titles, extents, carriers_338 = content.tagged("245"), content.tagged("300"), content.tagged("338")
    stated, beside, vague = _coded(kind, content.control_fields)
    _take_words(titles, "h", stated, vague)
    _take_words(extents, "a", stated, vague)
    for field in carriers_338:
        stated += _carrier_338(field)
    _take_words(extents, "e", beside, [])
    _take_words(content.tagged("347"), "ab", [], vague)
    if not carriers_338:
        vague += _media_337(content.tagged("337"))
    reproduction = list(_reproductions(content.tagged("533")))
    links = [CarrierEvidence(_E, "856", f.first("u") or "") for f in content.tagged("856") if f.ind2 == "0"]
    described = titles or extents or any(tag == "008" for tag, _ in content.control_fields)
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


def _coded(kind: str, control_fields: Sequence[tuple[str, str]]) -> tuple[_Signs, _Signs, _Signs]:
    """Return what 008 states of the item, what 006 and 007 add to it or have beside it, and what both leave vague."""
    stated: _Signs = []
    beside: _Signs = []
    vague: _Signs = []
    for tag, text in control_fields:
        if tag == "008":
            at = 29 if kind in _FORM_AT_29 else 23
            code = text[at : at + 1]
            if code == _VAGUE_FORM:
                vague.append(CarrierEvidence(_E, f"008/{at}", code))
            elif code in _FORM_OF_ITEM:
                stated.append(CarrierEvidence(_FORM_OF_ITEM[code], f"008/{at}", code))
        elif tag == "006":
            at = 12 if text[:1] in _FORM_AT_29 else 6
            code = text[at : at + 1]
            if code in _FORM_OF_ITEM and code != _VAGUE_FORM:
                beside.append(CarrierEvidence(_FORM_OF_ITEM[code], f"006/{at:02d}", code))
            if text[:1] == "m":
                vague.append(CarrierEvidence(_E, "006/00", "m"))
        elif tag == "007":
            beside += _carrier_007(text[:2].lower())
    return stated, beside, vague


def _carrier_007(code: str) -> _Signs:
    carrier = _DESIGNATION_007.get(code) or _CATEGORY_007.get(code[:1])
    if code[:1] == "c" and code[1:] in _DISCS_007:
        carrier = _D
    return [] if carrier is None else [CarrierEvidence(carrier, "007/00-01", code)]


def _take_words(fields: Sequence[DataField], codes: str, naming: _Signs, vague: _Signs) -> None:
    """Add what the words of the subfields ``codes`` name to ``naming``, and words for something electronic to
    ``vague``, under the first of the codes.
    """
    for field in fields:
        for code, text in field.subfields:
            if code in codes:
                named, electronic = told_by(text)
                where = f"{field.tag} ${codes[0]}"
                naming += [CarrierEvidence(carrier, where, text) for carrier in named]
                if electronic:
                    vague.append(CarrierEvidence(_E, where, text))


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
        named, _ = told_by(text)
        yield from (CarrierEvidence(carrier, "338 $a", text) for carrier in named)
        if not named and is_print_term(text):
            yield CarrierEvidence(_P, "338 $a", text)


def _media_337(fields: Sequence[DataField]) -> Iterator[CarrierEvidence]:
    for field in fields:
        codes = [text.strip().lower()[:1] for text in field.all("b")]
        terms = [text.strip().lower() for text in field.all("a")]
        if "c" in codes or any(term.startswith("computer") for term in terms):
            yield CarrierEvidence(_E, "337", field.first("a") or field.first("b") or "")


def _reproductions(fields: Sequence[DataField]) -> Iterator[CarrierEvidence]:
    for field in fields:
        text = field.first("a") or ""
        named, electronic = told_by(text)
        if not named and (electronic or text.lower().startswith(("electronic", "digital"))):
            named = (_E,)
        elif not named and is_photocopy(text):
            named = (_P,)
        yield from (CarrierEvidence(carrier, "533 $a", text) for carrier in named)
