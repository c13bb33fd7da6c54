"""Builds the domain objects from a parsed file: merges the defaults into every partner and finds what is wrong.

Private to `locate.config`. It judges what one value alone cannot show: what is missing, codes given twice, systems
nobody knows, credentials that contradict each other, secrets whose environment variable is not set. It opens nothing,
takes the environment as an argument, and raises nothing: every mistake is a `Problem`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from locate.availability import dialect_names
from locate.config.lending import lending_settings
from locate.config.objects import Config, Institution
from locate.config.profiles import Layers, finished, laid_over
from locate.config.reading import joined, read_table
from locate.config.supply import checked_dialect, fulfilment, item_preferences
from locate.config.tables import (
    BorrowingTable,
    CatalogTable,
    CredentialsTable,
    DefaultsTable,
    InstitutionTable,
    PartnerTable,
    ProfileTable,
    RootTable,
    RunTable,
    Table,
    TargetTable,
    TlsTable,
    merged,
)
from locate.config.target import parse_target
from locate.errors import ConfigurationError, Problem
from locate.names import nearest, unknown_name
from locate.partner import Credentials, Limits, LocateProfile, Partner, RunLimits, Target, Tls
from locate.supply import Fulfilment

__all__ = ["build_config"]

LOGIN_FORMS = (
    ("user", "password", "password_env", "group"),  # idPass
    ("open", "open_env"),
    ("anonymous",),
)
_PLAIN = frozenset({"name", "holdings_codes", "system", "on_error"})  # taken over as they are written
_NO_CATALOG = "needs [institution.catalog], the catalog that is to be searched"
LOGIN_ADVICE = "write user with password or password_env, or open or open_env, or anonymous = true"


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What a partner's table is read against. ``searched`` is False when the defaults say ``profile = false``."""

    environ: Mapping[str, str]
    systems: Collection[str]
    defaults: DefaultsTable
    layers: Layers
    searched: bool
    profile_is_sound: bool


def build_config(
    raw: Mapping[str, Any], environ: Mapping[str, str], systems: Collection[str]
) -> tuple[Config | None, list[Problem]]:
    """Return the configuration and no problem, or None and every problem, in the order of the sections."""
    found: list[Problem] = []
    root = read_table(RootTable, raw, "", found) or RootTable()
    defaults: list[Problem] = []
    around = _surroundings(root.defaults or {}, environ, systems, defaults)
    institution = _institution(raw, root.institution or {}, around, found)
    run = read_table(RunTable, root.run or {}, "run", found) or RunTable()
    borrowing = read_table(BorrowingTable, root.borrowing or {}, "borrowing", found) or BorrowingTable()
    catalog = institution.catalog if institution else None
    checks = bool(borrowing.check_own_catalog)
    if checks and institution is not None and "catalog" not in raw["institution"]:
        found.append(Problem("borrowing.check_own_catalog", _NO_CATALOG))
    lending = lending_settings(root.lending or {}, catalog, found)
    found.extend(defaults)
    partners = _partners(root.partners or [], around, found)
    if raw.get("partners", []) == [] and catalog is None:
        found.append(Problem("partners", "is missing; write at least one [[partners]]"))
    if found or institution is None:
        return None, found
    return Config(institution, tuple(partners), RunLimits(**run.given()), lending, checks), found


def _institution(
    raw: Mapping[str, Any], section: dict[str, Any], around: _Surroundings, found: list[Problem]
) -> Institution | None:
    """Return the institution, or None when its code or name is missing or wrong."""
    if "institution" not in raw:
        found.append(Problem("institution", "is missing; write [institution] with code and name"))
        return None
    table = read_table(InstitutionTable, section, "institution", found) or InstitutionTable()
    if isinstance(raw["institution"], dict):
        _require(InstitutionTable, ("code", "name"), section, "institution", found)
    if table.code is None or table.name is None:
        return None
    return Institution(table.code, table.name, table.symbol, _own_catalog(table, around, found))


def _own_catalog(institution: InstitutionTable, around: _Surroundings, found: list[Problem]) -> Partner | None:
    """Return the institution's own catalog as a partner with the institution's code and name."""
    raw, path = institution.catalog, "institution.catalog"
    if raw is None:
        return None
    table = read_table(CatalogTable, raw, path, found)
    if table is None:
        return None
    named = PartnerTable(code=institution.code, name=institution.name, **table.given())
    return _partner(named, {**raw, "code": institution.code}, path, around, found)


def _require(
    model: type[Table], keys: tuple[str, ...], raw: Mapping[str, Any], path: str, found: list[Problem]
) -> None:
    """Add a problem for each of ``keys`` that is not written; a misspelt one has its problem already."""
    known = list(model.model_fields)
    meant = {nearest(key, known) for key in raw if key not in known}
    found.extend(Problem(joined(path, key), "is missing") for key in keys if key not in raw and key not in meant)


def _surroundings(
    section: dict[str, Any], environ: Mapping[str, str], systems: Collection[str], found: list[Problem]
) -> _Surroundings:
    """Return what the partners are read against, ``[defaults]`` first of all."""
    mine: list[Problem] = []
    table = read_table(DefaultsTable, section, "defaults", mine) or DefaultsTable()
    _check_system(table, "defaults", systems, mine)
    path, layers = "defaults.profile", Layers()
    if isinstance(table.profile, ProfileTable) and not _any_below(path, mine):
        layers = laid_over(layers, table.profile, path, mine)
        finished(layers, path, mine)
    found.extend(mine)
    return _Surroundings(environ, systems, table, layers, table.profile is not False, not _any_below(path, mine))


def _partners(entries: list[Any], around: _Surroundings, found: list[Problem]) -> list[Partner]:
    """Return the partners that can be built; a problem of a partner ends with its code when it has one."""
    partners = []
    first_with: dict[str, str] = {}
    for index, entry in enumerate(entries):
        path = joined("partners", index)
        mine: list[Problem] = []
        table = read_table(PartnerTable, entry, path, mine)
        if table is not None:
            partner = _partner(table, entry, path, around, mine)
            partners.extend([partner] if partner else [])
            if table.code and first_with.setdefault(table.code, path) != path:
                mine.append(Problem(joined(path, "code"), f"is the code of {first_with[table.code]} already"))
        label = f" (partner {table.code})" if table and table.code else ""
        for problem in mine:
            if not problem.path.startswith("defaults."):
                found.append(Problem(problem.path, f"{problem.message}{label}"))
            elif problem not in found:  # the same at every partner
                found.append(problem)
    return partners


def _partner(
    table: PartnerTable, raw: dict[str, Any], path: str, around: _Surroundings, found: list[Problem]
) -> Partner | None:
    """Return the partner with the defaults merged in, or None when it lacks its code or its target."""
    _require(PartnerTable, ("code", "target"), raw, path, found)
    _check_system(table, path, around.systems, found)
    target = _target(table, raw, joined(path, "target"), around.environ, found)
    profile = _profile(table, joined(path, "profile"), around, found)
    system = table.system or around.defaults.system or "generic"
    rules = Fulfilment()
    if system in dialect_names():
        gives = checked_dialect(table.dialect, system, joined(path, "dialect"), found)
        rules = fulfilment(around.defaults.fulfilment, table.fulfilment, joined(path, "fulfilment"), gives, found)
    if table.code is None or target is None:
        return None
    plain = {key: value for key, value in merged(around.defaults, table).items() if key in _PLAIN}
    return Partner(
        table.code,
        target,
        profile=profile,
        limits=Limits(**merged(around.defaults.limits, table.limits)),
        items=item_preferences(around.defaults.items, table.items),
        fulfilment=rules,
        dialect=table.dialect or {},
        **plain,
    )


def _check_system(table: DefaultsTable, path: str, systems: Collection[str], found: list[Problem]) -> None:
    """Add a problem when the table names a system that has no availability dialect."""
    if table.system is not None and table.system not in systems:
        found.append(Problem(joined(path, "system"), unknown_name("system", table.system, systems)))


def _profile(table: PartnerTable, path: str, around: _Surroundings, found: list[Problem]) -> LocateProfile | None:
    """Return the profile, or None for ``profile = false``.

    Whether a merged profile can search is judged only when each of its layers is right by itself.
    """
    written = table.profile
    if written is False or (written is None and not around.searched):
        return None
    if not around.profile_is_sound or _any_below(path, found):
        return LocateProfile()
    layers = laid_over(around.layers, written, path, found) if isinstance(written, ProfileTable) else around.layers
    return finished(layers, path, found)


def _target(
    table: PartnerTable, raw: dict[str, Any], path: str, environ: Mapping[str, str], found: list[Problem]
) -> Target | None:
    """Return the target, or None when it is missing or cannot be read."""
    if isinstance(table.target, str):
        try:
            return parse_target(table.target, path)
        except ConfigurationError as error:
            found.extend(error.problems)
            return None
    if table.target is None:
        return None
    _require(TargetTable, ("host",), raw["target"], path, found)
    given = table.target.given()
    if table.target.credentials is not None:
        given["credentials"] = _credentials(table.target.credentials, joined(path, "credentials"), environ, found)
    given["tls"] = _tls(table.target.tls, joined(path, "tls"), found)
    return Target(**given) if "host" in given else None


def _tls(written: TlsTable | bool | None, path: str, found: list[Problem]) -> Tls | None:  # noqa: FBT001 - as written
    """Return how the connection is secured, None for a plain one."""
    if not isinstance(written, TlsTable):
        return Tls() if written else None
    if written.ca_file and written.insecure:
        found.append(
            Problem(joined(path, "ca_file"), "stands beside insecure = true, which verifies nothing; keep one")
        )
    return Tls(**written.given())


def _credentials(table: CredentialsTable, path: str, environ: Mapping[str, str], found: list[Problem]) -> Credentials:
    """Return the credentials with the secrets that environment variables hold; no problem repeats a secret."""
    given = {key: value for key, value in table.given().items() if value is not False}
    forms = [form for form in LOGIN_FORMS if any(key in given for key in form)]
    if len(forms) > 1:
        found.append(Problem(path, f"logs in in more than one way; {LOGIN_ADVICE}"))
    elif not forms and not _any_below(path, found):
        found.append(Problem(path, f"says nothing; {LOGIN_ADVICE}"))
    for key in ("password", "open"):
        variable = given.pop(f"{key}_env", None)
        if variable is None:
            continue
        env_path = joined(path, f"{key}_env")
        if key in given:
            found.append(Problem(env_path, f"stands beside {key}; keep one of the two"))
        elif not environ.get(variable):
            state = "empty" if variable in environ else "not set"
            found.append(Problem(env_path, f"the environment variable {variable} is {state}"))
        given[key] = environ.get(variable)
    return Credentials(**given)


def _any_below(path: str, found: list[Problem]) -> bool:
    """Tell whether a problem was found at ``path`` or in what stands in it."""
    return any(problem.path == path or problem.path.startswith((f"{path}.", f"{path}[")) for problem in found)
