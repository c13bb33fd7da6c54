"""The options that say what is wanted: the fields of a citation, a file that holds one, or a record.

Decides that exactly one of the three is given. Raises BadParameter for a file that cannot be used, and CitationError
for a field that cannot be meant.
"""
# ruff: noqa: PLC0415 - a command imports what it needs when it is called (see app)

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from locate.citation import Citation, DocumentType, Intent, RequestedFormat

if TYPE_CHECKING:
    from locate.records import BibRecord

__all__ = [
    "AnyEditionOption",
    "AuthorOption",
    "CitationFileOption",
    "ConfigOption",
    "ControlNumberOption",
    "EditionOption",
    "FormatOption",
    "IntentOption",
    "IsbnOption",
    "IssnOption",
    "IssueOption",
    "LanguageOption",
    "LccnOption",
    "PagesOption",
    "PublisherOption",
    "RecordFileOption",
    "RequestIdOption",
    "TitleOption",
    "TypeOption",
    "VolumeOption",
    "YearOption",
    "citation_fields",
    "wanted_item",
]

TitleOption = Annotated[str | None, typer.Option("--title", metavar="TEXT", help="Title, as cited.")]
AuthorOption = Annotated[str | None, typer.Option("--author", metavar="TEXT", help="Author: a surname or a full name.")]
IsbnOption = Annotated[list[str] | None, typer.Option("--isbn", metavar="ISBN", help="May be given several times.")]
IssnOption = Annotated[list[str] | None, typer.Option("--issn", metavar="ISSN", help="May be given several times.")]
LccnOption = Annotated[str | None, typer.Option("--lccn", metavar="LCCN", help="Library of Congress control number.")]
ControlNumberOption = Annotated[
    list[str] | None,
    typer.Option(
        "--control-number",
        metavar="NUMBER",
        help="With its source, such as (OCoLC)36783841; may be given several times.",
    ),
]
YearOption = Annotated[str | None, typer.Option("--year", metavar="YEAR", help="Year of publication.")]
EditionOption = Annotated[
    str | None, typer.Option("--edition", metavar="TEXT", help="Edition statement, such as 2nd ed.")
]
AnyEditionOption = Annotated[bool, typer.Option("--any-edition", help="Another edition will do.")]
PublisherOption = Annotated[str | None, typer.Option("--publisher", metavar="TEXT", help="Publisher.")]
VolumeOption = Annotated[str | None, typer.Option("--volume", metavar="TEXT", help="Volume wanted.")]
IssueOption = Annotated[str | None, typer.Option("--issue", metavar="TEXT", help="Issue wanted.")]
PagesOption = Annotated[str | None, typer.Option("--pages", metavar="TEXT", help="Pages wanted, or how many.")]
LanguageOption = Annotated[
    str | None, typer.Option("--language", metavar="CODE", help="MARC language code, such as eng.")
]
TypeOption = Annotated[
    str | None, typer.Option("--type", metavar="TYPE", help=f"Kind of document: {', '.join(DocumentType)}.")
]
FormatOption = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help=f"Carrier wanted: {', '.join(RequestedFormat)}. Physical is any tangible one.",
    ),
]
IntentOption = Annotated[
    str | None,
    typer.Option(
        "--intent",
        metavar="INTENT",
        help=f"How much of a set or serial: {', '.join(Intent)}; left out, the rest tells.",
    ),
]
RequestIdOption = Annotated[str, typer.Option("--request-id", metavar="TEXT", help="Your own number of the request.")]
ConfigOption = Annotated[
    Path,
    typer.Option("--config", "-c", envvar="ZLOCATE_CONFIG", metavar="FILE", help="TOML file that names the partners."),
]
CitationFileOption = Annotated[
    Path | None, typer.Option("--citation", metavar="FILE", help="A citation as a JSON object, instead of options.")
]
RecordFileOption = Annotated[
    Path | None, typer.Option("--record", metavar="FILE", help="The first record of FILE is what is wanted.")
]


_PARAMETERS = {"control_numbers": "control_number", "type": "type_", "format": "format_"}
"""The parameter of a command for a citation field, where their names differ."""


def citation_fields(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a command's parameters (`typer.Context.params`) say of the citation, by citation field."""
    return {
        each.name: parameters[parameter]
        for each in fields(Citation)
        if (parameter := _PARAMETERS.get(each.name, each.name)) in parameters
    }


def wanted_item(
    given: Mapping[str, Any], citation_file: Path | None, record_file: Path | None
) -> Citation | BibRecord | None:
    """Return what is wanted: the citation of the options' values ``given``, or what a file holds; None for nothing.

    Raises BadParameter when more than one of the three is given.
    """
    citation = Citation.from_mapping(given)
    named = [value for value in (citation_file, record_file) if value is not None]
    if len(named) + (citation != Citation()) > 1:
        raise typer.BadParameter(
            "what is wanted comes from options such as --title, from --citation, or from --record; give one of them"
        )
    if citation_file is not None:
        return _citation_of(citation_file)
    if record_file is not None:
        return _first_record(record_file)
    return None if citation == Citation() else citation


def _citation_of(path: Path) -> Citation:
    try:
        data = json.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise typer.BadParameter(f"{path} cannot be read: {error.strerror}", param_hint="--citation") from None
    except (ValueError, RecursionError) as error:
        raise typer.BadParameter(f"{path} holds no JSON: {error}", param_hint="--citation") from None
    citation = Citation.from_mapping(data)
    if citation == Citation():
        raise typer.BadParameter(f"{path} holds an empty citation", param_hint="--citation")
    return citation


def _first_record(path: Path) -> BibRecord:
    from locate.errors import RecordError
    from locate.records import load_file

    loaded = load_file(path)
    if not loaded:
        raise typer.BadParameter(f"{path} holds no record", param_hint="--record")
    if isinstance(loaded[0].record, RecordError):
        raise typer.BadParameter(f"the first record of {path}: {loaded[0].record}", param_hint="--record")
    return loaded[0].record
