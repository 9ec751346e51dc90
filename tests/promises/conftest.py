"""A small county whose set-up a test may break."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.counties import county_at


@pytest.fixture
def county(tmp_path: Path) -> Path:
    return county_at(tmp_path)
