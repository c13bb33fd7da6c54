"""The style sheet of the page: light and dark, screen and paper. No font, image or address from elsewhere."""

from __future__ import annotations

from typing import Final

__all__ = ["STYLE"]

_LIGHT: Final = """
--page: #fbfaf7; --card: #ffffff; --ink: #1f2328; --faint: #5d6670; --rule: #dcd9d0; --link: #1d4f91;
--good: #1c6b3c; --good-soft: #e3f1e7; --doubt: #7d5700; --doubt-soft: #fbf0d6; --other: #9b2c2c;
--other-soft: #f8e4e2; --bar-up: #4f9a6b; --bar-down: #c8645d; --bar-sum: #46617f; --accept: #1d4f91;
"""

_DARK: Final = """
--page: #16181b; --card: #1e2125; --ink: #e7e5df; --faint: #a2a8af; --rule: #383c42; --link: #93b8ec;
--good: #8fd3a8; --good-soft: #1d3527; --doubt: #e6c06a; --doubt-soft: #3a3018; --other: #f0a39d;
--other-soft: #412423; --bar-up: #4f9a6b; --bar-down: #c8645d; --bar-sum: #7f9dbf; --accept: #93b8ec;
"""

STYLE: Final = f"""
:root {{ color-scheme: light dark; {_LIGHT} }}
@media (prefers-color-scheme: dark) {{ :root {{ {_DARK} }} }}
* {{ box-sizing: border-box; }}
body {{ margin: 0; background: var(--page); color: var(--ink);
  font: 16px/1.5 system-ui, "Segoe UI", "Noto Sans", "Helvetica Neue", Arial, sans-serif; }}
main {{ max-width: 64rem; margin: 0 auto; padding: 2rem 1.25rem 3rem; }}
h1, h2, h3 {{ font-family: Georgia, "Noto Serif", "Times New Roman", serif; line-height: 1.25; font-weight: 600; }}
h1 {{ font-size: 1.75rem; margin: 0 0 .25rem; }}
h2 {{ font-size: 1.2rem; margin: 2rem 0 .5rem; }}
h3 {{ font-size: 1.2rem; margin: 0; }}
p {{ margin: .4rem 0; }}
a {{ color: var(--link); text-decoration-thickness: 1px; text-underline-offset: 2px; }}
small, .facts, .lede, footer {{ color: var(--faint); font-size: .875rem; }}
.nothing {{ color: var(--faint); }}
dl.wanted {{ display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1.25rem; margin: 0;
  padding: .8rem 1rem; background: var(--card); border: 1px solid var(--rule); border-radius: 6px; }}
dl.wanted dt {{ color: var(--faint); }}
dl.wanted dd {{ margin: 0; overflow-wrap: anywhere; }}
article dl.wanted {{ font-size: .875rem; border-width: 0 0 0 3px; border-radius: 0; padding: .2rem .9rem;
  margin: .75rem 0; }}
.scroll {{ overflow-x: auto; }}
table {{ width: 100%; border-collapse: collapse; background: var(--card); }}
th, td {{ padding: .45rem .6rem; text-align: start; vertical-align: top; border-bottom: 1px solid var(--rule); }}
thead th {{ font-size: .8125rem; font-weight: 600; color: var(--faint); border-bottom-width: 2px;
  white-space: nowrap; }}
td {{ overflow-wrap: anywhere; }}
.count {{ text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap; }}
.overview {{ border: 1px solid var(--rule); min-width: 44rem; }}
.overview td:last-child {{ width: 55%; }}
.compared {{ table-layout: fixed; font-size: .9375rem; min-width: 44rem; }}
.compared th:nth-child(1) {{ width: 15%; }}
.compared th:nth-child(2), .compared th:nth-child(3) {{ width: 25%; }}
.compared th:nth-child(5) {{ width: 8%; }}
.compared tbody th {{ font-weight: 600; }}
.compared tbody th small {{ display: block; font-weight: 400; }}
.compared .finding small {{ display: block; }}
.agree .sign {{ color: var(--good); }}
.disagree .sign {{ color: var(--other); }}
.disagree td, .disagree th {{ background: var(--other-soft); }}
.silent, .silent .sign {{ color: var(--faint); }}
.sign {{ font-weight: 600; white-space: nowrap; }}
article {{ margin: 1.5rem 0; padding: 1.25rem 1.4rem; background: var(--card); border: 1px solid var(--rule);
  border-radius: 6px; }}
article header {{ display: grid; grid-template-columns: fit-content(30%) 1fr; gap: 0 .9rem; align-items: baseline; }}
.rank {{ font: 600 1.2rem/1.25 Georgia, "Noto Serif", serif; color: var(--faint); overflow-wrap: anywhere; }}
.badge {{ display: inline-block; padding: .05rem .6rem; border: 1px solid currentColor; border-radius: 999px;
  font-size: .8125rem; font-weight: 600; white-space: nowrap; }}
.good .badge, .badge.good {{ color: var(--good); background: var(--good-soft); }}
.doubt .badge, .badge.doubt {{ color: var(--doubt); background: var(--doubt-soft); }}
.other .badge, .badge.other {{ color: var(--other); background: var(--other-soft); }}
.ruling {{ margin: .75rem 0 .9rem; }}
.ruling .badge {{ margin-inline-end: .35rem; }}
figure {{ margin: 1.1rem 0 0; }}
figcaption {{ font-size: .8125rem; font-weight: 600; color: var(--faint); margin-bottom: .2rem; }}
svg.waterfall {{ display: block; max-width: 100%; height: auto; font-family: inherit; font-size: 13px; }}
svg text {{ fill: var(--ink); }}
svg text.zero {{ fill: var(--faint); }}
svg text.accept {{ fill: var(--accept); font-weight: 600; }}
svg line.zero {{ stroke: var(--faint); }}
svg line.accept {{ stroke: var(--accept); stroke-width: 1.5; stroke-dasharray: 5 3; }}
svg line.step {{ stroke: var(--faint); stroke-width: 1; }}
svg rect.up {{ fill: var(--bar-up); }}
svg rect.down {{ fill: var(--bar-down); }}
svg rect.sum {{ fill: var(--bar-sum); }}
svg .number {{ font-variant-numeric: tabular-nums; }}
svg .number.sum {{ font-weight: 700; }}
footer {{ margin-top: 2rem; border-top: 1px solid var(--rule); padding-top: .75rem; }}
@media print {{
  :root {{ color-scheme: light; {_LIGHT} --page: #ffffff; }}
  body {{ font-size: 10.5pt; }}
  main {{ max-width: none; padding: 0; }}
  article {{ border-width: 1px 0 0; border-radius: 0; padding: .75rem 0; }}
  .scroll {{ overflow: visible; }}
  .compared, .overview {{ min-width: 0; }}
  header, tr, figure, dl {{ break-inside: avoid; }}
  h2, h3, .ruling {{ break-after: avoid; }}
  thead {{ display: table-header-group; }}
  .badge, .disagree td, .disagree th, svg {{ -webkit-print-color-adjust: exact; print-color-adjust: exact; }}
  a {{ color: inherit; text-decoration: none; }}
}}
"""
