"""A clerk at a desk of their own; the machine's git settings are left alone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.desk.clerks import Clerk, git_county


@pytest.fixture(autouse=True)
def own_git_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


@pytest.fixture
def county(tmp_path: Path) -> Path:
    return git_county(tmp_path / "county")


@pytest.fixture
def clerk(county: Path, tmp_path: Path) -> Clerk:
    return Clerk(county, tmp_path / "home")
