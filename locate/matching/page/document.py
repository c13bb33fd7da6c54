"""The whole page: what is wanted, an overview, and for every candidate the compared fields and the points.

Decides the order and the words of the page. Every text from outside goes through `markup`. Raises nothing.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from locate.citation import Citation
from locate.matching import Agreement, Evidence, Match, Ranked
from locate.matching.page.facts import facts_of, field_label, finding_label, shown_years, signed
from locate.matching.page.markup import NOTHING, text, value
from locate.matching.page.style import STYLE
from locate.matching.page.waterfall import waterfall
from locate.matching.pairs import JudgedPair
from locate.records.bib import BibRecord
from locate.text import counted

__all__ = ["pairs_page", "ranking_page"]

_SIGNS: Final = {
    Agreement.AGREE: "✓ agrees",
    Agreement.DISAGREE: "✗ disagrees",
    Agreement.SILENT: "○ silent",
}
_VERDICTS: Final = {"same": ("good", "✓"), "reprint": ("good", "≈"), "insufficient": ("doubt", "?")}
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"


@dataclass(frozen=True, slots=True)
class _Card:
    """One judged record as the page shows it: ``name`` is a rank or the id of a pair; ``accept`` the score from which
    it is the same; ``wanted`` None: told above.
    """

    name: str
    source: str
    record: BibRecord
    match: Match
    accept: int
    wanted: Citation | BibRecord | None = None


def ranking_page(
    wanted: Citation | BibRecord, ranked: Sequence[Ranked], sources: Sequence[str], *, accept: int, considered: int
) -> str:
    """Return the page of a ranking: ``ranked`` of the ``considered`` records, the best first.

    ``sources`` tells where each record comes from, by its index; ``accept`` is the score from which "same".
    """
    ties = Counter(one.rank for one in ranked)
    names = [f"{one.rank}=" if ties[one.rank] > 1 else str(one.rank) for one in ranked]
    cards = [
        _Card(name, sources[one.index], one.record, one.match, accept) for name, one in zip(names, ranked, strict=True)
    ]
    lede = f"{counted(considered, 'record')} compared with what is wanted"
    lede += "." if len(ranked) == considered else f"; the best {len(ranked)} are shown."
    if max(ties.values(), default=1) > 1:
        lede += " Records with = share their rank: their evidence weighs the same."
    head = f"<h2>Wanted</h2>\n{_facts(wanted)}\n<h2>Candidates, the best first</h2>\n{_overview('rank', cards)}"
    return _page("What matches, and why", lede, [head, *_articles(cards)])


def pairs_page(pairs: Sequence[JudgedPair], *, judged: int) -> str:
    """Return the page of the first of ``judged`` pairs, in their order."""
    cards = [_Card(_name(pair.id), "", pair.record, pair.match, pair.accept, pair.wanted) for pair in pairs]
    lede = f"{counted(judged, 'pair')} judged"
    lede += "." if len(pairs) == judged else f"; only the first {len(pairs)} are shown here."
    head = f"<h2>Pairs</h2>\n{_overview('id', cards)}"
    return _page("Pairs of records, and why they match or not", lede, [head, *_articles(cards)])


def _name(name: Any) -> str:
    return name if isinstance(name, str) else json.dumps(name, ensure_ascii=False)


def _page(title: str, lede: str, parts: Iterable[str]) -> str:
    note = (
        "Each compared field adds or takes points. A record whose sum reaches the dashed line is the same item, unless "
        "a disagreement rules that out. A silent field says nothing: silence is not disagreement. Made by zlocate."
    )
    lines = [
        "<!DOCTYPE html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{text(title)}</title>",
        f"<style>{STYLE}</style>",
        "</head>",
        "<body>",
        "<main>",
        f'<h1>{text(title)}</h1>\n<p class="lede">{text(lede)}</p>',
        *parts,
        f"<footer>{text(note)}</footer>",
        "</main>",
        "</body>",
        "</html>",
    ]
    return "\n".join(lines) + "\n"


def _facts(wanted: Citation | BibRecord) -> str:
    rows = "\n".join(f"<dt>{text(label)}</dt><dd>{value(told)}</dd>" for label, told in facts_of(wanted))
    return f'<dl class="wanted">\n{rows}\n</dl>'


def _overview(named: str, cards: Sequence[_Card]) -> str:
    heads = (named, "verdict", "probability", "points", "record")
    rows = [
        f'<tr class="{_tone(card.match)}"><td class="count">{value(card.name)}</td><td>{_badge(card.match)}</td>'
        f'<td class="count">{_percent(card.match)}</td><td class="count">{signed(card.match.score, plus="")}</td>'
        f'<td><a href="#card-{place}">{_title(card.record)}</a><br><small>{_source(card)}</small></td></tr>'
        for place, card in enumerate(cards, 1)
    ]
    return f'<div class="scroll"><table class="overview">{_head(heads)}<tbody>\n{_lines(rows)}\n</tbody></table></div>'


def _articles(cards: Sequence[_Card]) -> list[str]:
    return [_article(place, card) for place, card in enumerate(cards, 1)]


def _article(place: int, card: _Card) -> str:
    match = card.match
    told = f"Probability of the same item: {_percent(match)}. {signed(match.score, plus='')} points."
    parts = [
        f'<article id="card-{place}" class="{_tone(match)}">',
        f'<header><span class="rank">{value(card.name)}</span><div><h3>{_title(card.record)}</h3>',
        f'<p class="facts">{_source(card)}</p></div></header>',
        f'<p class="ruling">{_badge(match)} {text(match.sentence)}<br><small>{text(told)}</small></p>',
        _facts(card.wanted) if card.wanted is not None else "",
        _compared(match.evidence),
        f"<figure><figcaption>How the points add up</figcaption>\n{waterfall(match, card.accept)}</figure>",
        "</article>",
    ]
    return _lines(part for part in parts if part)


def _compared(evidence: Iterable[Evidence]) -> str:
    """Return the table of compared fields; those of which neither side says anything are left out."""
    heads = ("field", "wanted", "record", "finding", "points")
    rows = [_row(one) for one in evidence if one.weight or one.verdict is not Agreement.SILENT or one.left or one.right]
    return f'<div class="scroll"><table class="compared">{_head(heads)}<tbody>\n{_lines(rows)}\n</tbody></table></div>'


def _row(one: Evidence) -> str:
    points = signed(one.weight) if one.weight else NOTHING
    field = f"{text(field_label(one.feature))}<small>{text(finding_label(one.feature))}</small>"
    finding = f'<span class="sign">{_SIGNS[one.verdict]}</span><small>{text(one.why)}</small>'
    return (
        f'<tr class="{one.verdict}"><th scope="row">{field}</th><td>{value(one.left)}</td><td>{value(one.right)}</td>'
        f'<td class="finding">{finding}</td><td class="count">{points}</td></tr>'
    )


def _head(names: Iterable[str]) -> str:
    cells = "".join(f'<th scope="col"{_aligned(name)}>{text(name)}</th>' for name in names)
    return f"<thead><tr>{cells}</tr></thead>"


def _aligned(name: str) -> str:
    return ' class="count"' if name in {"rank", "id", "probability", "points"} else ""


def _lines(parts: Iterable[str]) -> str:
    return "\n".join(parts)


def _tone(match: Match) -> str:
    return _VERDICTS.get(match.verdict, ("other", ""))[0]


def _badge(match: Match) -> str:
    tone, sign = _VERDICTS.get(match.verdict, ("other", "✗"))
    return f'<span class="badge {tone}">{sign} {text(match.verdict.replace("_", " "))}</span>'


def _percent(match: Match) -> str:
    return f"{100 * match.probability:.0f} %"


def _title(record: BibRecord) -> str:
    return value(record.title.shown or "(no title)")


def _source(card: _Card) -> str:
    record = card.record
    number = f"control number {record.control_number}" if record.control_number else "no control number"
    return " · ".join(value(told) for told in (shown_years(record), number, card.source) if told)
