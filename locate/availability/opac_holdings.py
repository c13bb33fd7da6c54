"""Copies as the OPAC record writes them: one holding, and under it one circulation record for each copy.

Which text means what is the dialect's matter. A holding without circulation is one item of UNKNOWN status. Pure; raises
nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from locate.availability.dialect import Dialect
from locate.availability.holdings import Item, Status
from locate.availability.items import build_item
from locate.availability.signs import Sign, weigh
from locate.z3950.opac import CircRecord, HoldingsAndCirc

__all__ = ["opac_text", "read_holding", "standard_name", "volume_lines"]

_NOW = (
    Sign(Status.UNAVAILABLE, "availableNow is 0", "availableNow 0", kind="now"),
    Sign(Status.AVAILABLE, "availableNow is 1", "availableNow 1", kind="now"),
)
_ON_HOLD = Sign(Status.UNAVAILABLE, "onHold is 1", "onHold 1", holds=1)


def read_holding(holding: HoldingsAndCirc, dialect: Dialect) -> Iterator[Item]:
    """Yield the items of one holding: one for each circulation record, or one when it has none."""
    statements = tuple(dict.fromkeys(volume_lines(holding)))
    for circulation in holding.circulation or (None,):
        yield _item(holding, circulation, dialect, statements)


def volume_lines(holding: HoldingsAndCirc) -> Iterator[str]:
    """Yield what the holding's volume lines say, blank ones left out."""
    for volume in holding.volumes:
        parts = (volume.enum_and_chron,) if volume.enum_and_chron else (volume.enumeration, volume.chronology)
        if text := " ".join(part.strip() for part in parts if part and part.strip()):
            yield text


def _item(
    holding: HoldingsAndCirc, circulation: CircRecord | None, dialect: Dialect, statements: tuple[str, ...]
) -> Item:
    layout = dialect.opac
    signs, spent = _signs(holding, circulation, dialect)
    silence = "the holding has no circulation record" if circulation is None else "the circulation record says nothing"
    reading = weigh(signs, dialect.name, conflict=layout.conflict, silence=silence)
    texts = _texts(dialect, holding, circulation, spent)
    places = (texts.get("library", ""), texts.get("location", ""))
    everywhere = (*places, texts.get("temporary_location", ""))
    online = dialect.is_online(everywhere, circulates=circulation is not None)
    source = (holding, circulation)
    return build_item(dialect, reading, texts, places, electronic=online, statements=statements, source=source)


def _signs(holding: HoldingsAndCirc, circulation: CircRecord | None, dialect: Dialect) -> tuple[list[Sign], set[str]]:
    """Return the signs, and the paths of texts that proved to be status words and so are no place names."""
    signs: list[Sign] = []
    spent: set[str] = set()
    if circulation is not None:
        signs.append(_NOW[circulation.available_now])
        if circulation.on_hold:
            signs.append(_ON_HOLD)
    for paths, strict in ((dialect.opac.status, True), (dialect.opac.maybe_status, False)):
        for path in paths:
            if text := opac_text(path, holding, circulation):
                sign = dialect.word(text, standard_name(path))
                if strict or sign.known:
                    signs.append(sign)
                    spent.add(path)
    return signs, spent


@cache
def standard_name(path: str) -> str:
    """Return the standard's own name of a path: "holding.public_note" is publicNote."""
    first, *rest = path.partition(".")[2].split("_")
    return first + "".join(word.capitalize() for word in rest)


def opac_text(path: str, holding: HoldingsAndCirc, circulation: CircRecord | None) -> str:
    """Return the text at a path such as "holding.public_note", runs of blanks made one; "" when absent."""
    part, _, name = path.partition(".")
    text = getattr(holding if part == "holding" else circulation, name, None)
    return " ".join(text.split()) if text else ""


def _texts(
    dialect: Dialect, holding: HoldingsAndCirc, circulation: CircRecord | None, spent: set[str]
) -> dict[str, str]:
    texts: dict[str, str] = {}
    for name, paths in dialect.opac.text.items():
        for path in paths:
            if path not in spent and (text := opac_text(path, holding, circulation)):
                texts[name] = dialect.date(text) if name == "due_date" else text
                break
    return texts
