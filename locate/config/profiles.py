"""Lays a written locate profile over another one: the built-in profile, then the defaults, then the partner's own.

Private to `locate.config`. A key that is written replaces the one below it; ``attributes`` changes single steps and
``skip_steps`` leaves steps out at the very end. Mistakes that only the whole profile shows are added to ``found``;
nothing is raised.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import Any

from locate.config.reading import joined
from locate.config.tables import ProfileTable, StepTable
from locate.errors import Problem
from locate.partner import LocateProfile, SearchStep, StepKind

__all__ = ["Layers", "finished", "laid_over"]

DEFAULT_STEP = {step.kind: step for step in LocateProfile().steps}
NOT_PLAIN = frozenset({"steps", "attributes", "skip_steps"})


@dataclass(frozen=True, slots=True)
class Layers:
    """A profile with all its steps, and the steps to leave out when no further layer comes."""

    profile: LocateProfile = field(default_factory=LocateProfile)
    skip: tuple[StepKind, ...] = ()


def laid_over(base: Layers, table: ProfileTable, path: str, found: list[Problem]) -> Layers:
    """Return ``base`` with what ``table`` says in its place. ``path`` is the table's own."""
    given = table.given()
    steps = base.profile.steps
    if table.steps:
        steps = tuple(_step(step, joined(path, "steps", index), found) for index, step in enumerate(table.steps))
    if table.attributes:
        steps = _with_attributes(steps, table.attributes.given(), joined(path, "attributes"), found)
    plain: dict[str, Any] = {key: value for key, value in given.items() if key not in NOT_PLAIN}
    if "element_set" in plain:
        plain["element_set"] = plain["element_set"] or None
    return Layers(dataclasses.replace(base.profile, steps=steps, **plain), given.get("skip_steps", base.skip))


def finished(layers: Layers, path: str, found: list[Problem]) -> LocateProfile:
    """Return the profile without the skipped steps; a profile that could not search at all is a problem."""
    steps = tuple(step for step in layers.profile.steps if step.kind not in layers.skip)
    if not steps:
        advice = "to keep a partner without searching it, write profile = false"
        found.append(Problem(joined(path, "skip_steps"), f"leaves no step to search by; {advice}"))
    else:
        kinds = {step.kind for step in steps}
        found.extend(
            Problem(joined(path, "locate_by"), f"names {kind.value}, which is not among the profile's steps")
            for kind in layers.profile.locate_by
            if kind not in kinds
        )
    return dataclasses.replace(layers.profile, steps=steps)


def _step(table: StepTable, path: str, found: list[Problem]) -> SearchStep:
    """Return one written step; what it leaves out is as in the built-in step of its kind."""
    if table.author_attributes is not None and table.kind is not StepKind.TITLE:
        found.append(Problem(joined(path, "author_attributes"), "belongs to a title step only"))
    given = {key: value for key, value in table.given().items() if key != "kind"}
    return dataclasses.replace(DEFAULT_STEP[table.kind], **given)


def _with_attributes(
    steps: tuple[SearchStep, ...], given: dict[str, Any], path: str, found: list[Problem]
) -> tuple[SearchStep, ...]:
    """Return ``steps`` with the attributes of single ones replaced; ``author`` is the title step's second list."""
    changed = list(steps)
    for key, attributes in given.items():
        kind, name = (StepKind.TITLE, "author_attributes") if key == "author" else (StepKind(key), "attributes")
        places = [index for index, step in enumerate(changed) if step.kind is kind]
        if len(places) == 1:
            changed[places[0]] = dataclasses.replace(changed[places[0]], **{name: attributes})
        else:
            count = "no" if not places else "more than one"
            found.append(
                Problem(joined(path, key), f"the profile has {count} {kind.value} step; write its steps in full")
            )
    return tuple(changed)
