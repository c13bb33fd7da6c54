"""Fixtures that every test folder may ask for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of shared test data, or skip with the line that says how to get it."""
    named = os.environ.get("LOCATE_SHARED")
    if not named:
        pytest.skip("set LOCATE_SHARED to the folder with the shared samples and records")
    folder = Path(named)
    if not folder.is_dir():
        pytest.fail(f"LOCATE_SHARED names {named}, which is not a folder")
    return folder
