"""A sound county to be spoilt."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.counties import changed, county_at, verdict_on

VILLAGE = "content/dong/xi"


@pytest.fixture
def county(tmp_path: Path) -> Path:
    return county_at(tmp_path)


@pytest.fixture
def spoilt(county: Path) -> Callable[..., list[str]]:
    """Return a function that edits a file of the village and returns what is found, below its folder."""

    def spoil(file: str, *edits: tuple[str, str]) -> list[str]:
        changed(county, f"{VILLAGE}/{file}", *edits)
        return [line.removeprefix(f"{VILLAGE}/") for line in verdict_on(county).lines]

    return spoil
