"""A clerk at a desk of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desk.clerks import Clerk, git_county
from tests.desk.county import DeskCounty, machine
from tests.history.repositories import Repo


@pytest.fixture
def county(tmp_path: Path) -> Path:
    return git_county(tmp_path / "county")


@pytest.fixture
def clerk(county: Path, tmp_path: Path) -> Clerk:
    return Clerk(county, tmp_path / "home")


@pytest.fixture
def village(tmp_path: Path, far: Repo) -> DeskCounty:
    """Return a village's machine, cloned from the server of the test's own county."""
    return machine(tmp_path, far.root, "村")


@pytest.fixture
def township(tmp_path: Path, far: Repo) -> DeskCounty:
    """Return the machine of the township above it."""
    return machine(tmp_path, far.root, "乡镇")
