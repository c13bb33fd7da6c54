"""The documents say what is so.

Their links lead somewhere, the names in them exist, their code compiles, the tables of imports are the code's, and the
outcome's schema is what an outcome looks like.
"""

from __future__ import annotations

import ast
import json
import pkgutil
import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

import locate
from locate.availability import Availability, Status
from locate.citation import BorrowingRequest, Citation, DocumentType, RequestedFormat
from locate.errors import TargetTimeout
from locate.matching import Agreement, MatchVerdict
from locate.outcome import Disposition, Finding
from locate.partner import Partner, Target
from locate.records import Carrier, split_marc
from locate.run import Answer, Fault, LocateRun
from locate.z3950.oids import MARC21
from locate.z3950.retrieval import Record, ResultSet

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]
MODULES = frozenset({"locate", *(found.name for found in pkgutil.walk_packages(locate.__path__, "locate."))})

_FENCE = re.compile(r"^(```+)([^\n`]*)\n(.*?)^\1[ \t]*$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"(?<!\\)\[(?:[^\]\[]|\[[^\]]*\])*\]\(<?([^()\s>]+)>?(?:\s+\"[^\"]*\")?\)")
_NAME = re.compile(r"(?<![\w./-])locate(?:\.[A-Za-z_]\w*)+")
_SCHEMA_PATH = DOCS / "outcome.schema.json"


def _named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def prose(text: str) -> str:
    """Return a page without its fenced blocks."""
    return _FENCE.sub("", text)


def anchors(text: str) -> set[str]:
    """Return the anchors of a page's headings, made as GitHub makes them."""
    found: dict[str, int] = {}
    out = set()
    for heading in re.findall(r"^#{1,6} +(.+?) *#*$", prose(text), re.MULTILINE):
        words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
        slug = re.sub(r"[^\w\- ]", "", words).replace(" ", "-")
        count = found[slug] = found.get(slug, -1) + 1
        out.add(f"{slug}-{count}" if count else slug)
    return out


@pytest.mark.parametrize("page", PAGES, ids=_named)
def test_links(page: Path) -> None:
    """Every relative link leads to a file of the repository, and its anchor to a heading there."""
    broken = []
    for link in _LINK.findall(prose(page.read_text("utf-8"))):
        if re.match(r"[a-z][a-z0-9+.-]*:", link):
            continue
        place, _, anchor = link.partition("#")
        file = (page.parent / unquote(place)).resolve() if place else page
        if not file.is_relative_to(ROOT) or not file.exists():
            broken.append(f"{link}: no such file")
        elif anchor and anchor not in anchors(file.read_text("utf-8")):
            broken.append(f"{link}: no such heading")
    assert not broken


@pytest.mark.parametrize("page", PAGES, ids=_named)
def test_names(page: Path) -> None:
    """Every dotted name that begins with "locate." is a module of the package or something in one."""
    names = set(_NAME.findall(page.read_text("utf-8")))
    assert sorted(name for name in names if not exists(name)) == []


def exists(name: str) -> bool:
    """Say whether a dotted name is a module, or leads from one to an attribute."""
    parts = name.split(".")
    depth = max(count for count in range(1, len(parts) + 1) if ".".join(parts[:count]) in MODULES)
    if depth == len(parts):
        return True
    try:
        pkgutil.resolve_name(f"{'.'.join(parts[:depth])}:{'.'.join(parts[depth:])}")
    except AttributeError:
        return False
    return True


@pytest.mark.parametrize("page", PAGES, ids=_named)
def test_python_blocks(page: Path) -> None:
    """Every fenced block marked python compiles; ``await`` may stand outside a function, as in an asyncio shell."""
    for _, language, code in _FENCE.findall(page.read_text("utf-8")):
        if language.strip() == "python":
            compile(code, _named(page), "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)


@pytest.mark.parametrize("page", PAGES, ids=_named)
def test_files_named(page: Path) -> None:
    """Every path in code type that begins with a folder of this repository exists."""
    folders = "bench|docs|locate|sample_marc|scripts|tests"
    named = re.findall(rf"`((?:{folders})/[\w./-]*)`", prose(page.read_text("utf-8")))
    assert sorted(path for path in set(named) if not (ROOT / path).exists()) == []


# ---- the table of imports -------------------------------------------------------------------------------------------

_UNITS_OF_FILES = (
    "availability",
    "cli",
    "config",
    "identifiers",
    "matching",
    "plan",
    "probe",
    "records",
    "z3950.apdu",
    "z3950.conditions",
    "z3950.target.emulation",
    "z3950.schema",
    "z3950.zoom",
)


def unit(module: str) -> str:
    """Return the row of the tables that a module belongs to, without "locate."."""
    name = module.removeprefix("locate.")
    return next((each for each in _UNITS_OF_FILES if name == each or name.startswith(f"{each}.")), name)


def source(module: str) -> Path:
    """Return the file of a module."""
    path = ROOT.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def imported(module: str) -> Iterator[str]:
    """Yield the modules of this package that a module imports."""
    for node in ast.walk(ast.parse(source(module).read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in MODULES)
        elif isinstance(node, ast.ImportFrom) and node.module in MODULES:
            deeper = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name if name in MODULES else str(node.module) for name in deeper)


def table_of_imports() -> dict[str, set[str]]:
    """Return the tables of docs/architecture.md: unit -> the units it may import."""
    text = (DOCS / "architecture.md").read_text("utf-8")
    section = text.partition("\n## The import contract\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `locate\.([\w.]+)` \|([^|]*)\|[^|]*\|$", section, re.MULTILINE)
    return {name: set(re.findall(r"`([\w.]+)`", allowed)) for name, allowed in rows}


def test_the_table_of_imports() -> None:
    """Each module has its row in docs/architecture.md and imports what stands there, no more and no less."""
    code: dict[str, set[str]] = {}
    for module in MODULES - {"locate", "locate.__main__", "locate.z3950"}:
        code.setdefault(unit(module), set()).update(unit(name) for name in imported(module))
    written = table_of_imports()
    assert sorted(code) == sorted(written)
    assert {name: sorted(found - {name}) for name, found in code.items()} == {
        name: sorted(allowed) for name, allowed in written.items()
    }


# ---- the schema of the outcome --------------------------------------------------------------------------------------


@cache
def schema() -> Any:
    """Return docs/outcome.schema.json."""
    return json.loads(_SCHEMA_PATH.read_text("utf-8"))


def test_the_schema_is_one() -> None:
    """The schema is a valid JSON Schema 2020-12, and every object in it closes its keys."""
    Draft202012Validator.check_schema(schema())
    objects = [schema(), *(each for each in schema()["$defs"].values() if each["type"] == "object")]
    assert len(objects) > 5
    assert all(each["additionalProperties"] is False for each in objects)


@pytest.mark.parametrize(
    ("name", "enum"),
    [
        ("finding", Finding),
        ("availability", Availability),
        ("disposition", Disposition),
        ("verdict", MatchVerdict),
        ("agreement", Agreement),
        ("status", Status),
        ("carrier", Carrier),
        ("document_type", DocumentType),
        ("requested_format", RequestedFormat),
    ],
)
def test_values_are_the_codes_own(name: str, enum: type[StrEnum]) -> None:
    """Each enumeration of the schema has exactly the values of the code, and the page names those it explains."""
    assert schema()["$defs"][name]["enum"] == [str(value) for value in enum]
    page = (DOCS / "outcome.md").read_text("utf-8")
    if name not in {"document_type", "requested_format"}:
        assert [value for value in enum if f"`{value}`" not in page] == []


def test_every_key_is_explained() -> None:
    """Every key of the schema but those of the citation stands in docs/outcome.md."""
    tables = [schema(), *(each for name, each in schema()["$defs"].items() if name != "citation")]
    page = (DOCS / "outcome.md").read_text("utf-8")
    keys = {key for table in tables for key in table.get("properties", {})}
    assert sorted(key for key in keys if f"`{key}`" not in page) == []


def mapping() -> dict[str, Any]:
    """Return the JSON form of a run without a network: one partner with a copy, one too slow, one not searched."""
    raw = next(found for found in split_marc((ROOT / "sample_marc/koha.mrc").read_bytes()) if b"9780810887480" in found)
    wanted = {"isbn": "9780810887480", "title": "Customer service in libraries", "year": 2013, "type": "book"}
    partners = [Partner(code, Target(f"{code}.example.org"), system="koha") for code in ("has", "slow")]
    partners.append(Partner("silent", Target("silent.example.org"), profile=None))
    request = BorrowingRequest(Citation.from_mapping({**wanted, "format": "print", "any_edition": True}), "r-1")
    run = LocateRun(request, partners, started=0.0)
    assert len(run.next_steps(0.0)) == 2
    run.take(Answer("has", ResultSet(1, [Record(1, MARC21, raw)])), 0.25)
    run.take(Fault("slow", TargetTimeout("no answer within 1 s")), 1.0)
    return run.outcome(1.0).to_mapping()


def test_an_outcome_is_valid() -> None:
    """An outcome with a copy found, a fault and a partner not searched is valid, also after a trip through JSON."""
    outcome = mapping()
    assert [partner["finding"] for partner in outcome["partners"]] == ["FOUND", "TIMEOUT", "SKIPPED"]
    assert outcome["partners"][0]["record"]["items"]
    validator = Draft202012Validator(schema())
    assert [error.message for error in validator.iter_errors(outcome)] == []
    assert [error.message for error in validator.iter_errors(json.loads(json.dumps(outcome)))] == []


@pytest.mark.parametrize(
    "path", [(), ("partners", 0), ("partners", 0, "record"), ("partners", 0, "record", "items", 0)]
)
def test_keys_are_exact(path: tuple[str | int, ...]) -> None:
    """A key too many is refused at every level, and so is each key left out."""
    validator = Draft202012Validator(schema())

    def part(outcome: Any) -> Any:
        for step in path:
            outcome = outcome[step]
        return outcome

    changed = mapping()
    part(changed)["surprise"] = 1
    assert not validator.is_valid(changed)
    for key in part(mapping()):
        changed = mapping()
        del part(changed)[key]
        assert not validator.is_valid(changed), key
