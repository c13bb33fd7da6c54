"""The presets of known systems."""

from __future__ import annotations

import pytest

from locate.errors import ConfigurationError
from locate.z3950.target.emulation import PRESETS, Emulation, emulation


def test_no_habit_is_the_default() -> None:
    """Every preset differs from the honest target, and no two are alike."""
    assert Emulation() not in PRESETS.values()
    assert len(set(PRESETS.values())) == len(PRESETS)


def test_presets_by_name() -> None:
    """A system is found in any case; one that is not known is told with the nearest name."""
    assert emulation(" Alma ") is PRESETS["alma"]
    with pytest.raises(ConfigurationError, match="did you mean 'voyager'"):
        emulation("voyger")
    with pytest.raises(ConfigurationError, match="known: aleph, alma"):
        emulation("xyzzy")


def test_what_the_four_systems_are_known_for() -> None:
    """Alma has no LCCN index, Voyager one result set, INNOPAC wants positions, Aleph reads a Windows charset."""
    assert PRESETS["alma"].unsupported_uses == {9}
    assert not PRESETS["alma"].electronic_holdings
    assert PRESETS["voyager"].ignores_named_sets
    assert PRESETS["innopac"].position_required
    assert PRESETS["aleph"].query_charset == "windows-1252"
