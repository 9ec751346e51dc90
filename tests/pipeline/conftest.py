"""A county to build, and a build of it."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from generator.pipeline.build import Places, Report, run_build
from tests.counties import changed
from tests.pipeline import furnished
from tests.sample import AS_OF, copy_sample


@pytest.fixture
def county(tmp_path: Path) -> Path:
    return copy_sample(tmp_path / "county")


@pytest.fixture(scope="session")
def sample_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the sample county, which was built and is not to be changed."""
    root = copy_sample(tmp_path_factory.mktemp("sample") / "county")
    build(root)
    return root


@pytest.fixture
def built_county(sample_once: Path, tmp_path: Path) -> Path:
    """Return a copy of the sample county of one's own that was built."""
    return shutil.copytree(sample_once, tmp_path / "county")


def build(county: Path, *, workers: int = 1, as_of: date = AS_OF) -> Report:
    return run_build(county, Places.below(county), as_of=as_of, workers=workers)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a small county that was built and is not to be changed."""
    root = furnished.furnished(tmp_path_factory.mktemp("built") / "county")
    furnished.build(root)
    return root


@pytest.fixture(scope="session")
def noted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return the pages of a clean build of the small county after its ledger was changed."""
    root = furnished.furnished(tmp_path_factory.mktemp("noted") / "county")
    changed(root, furnished.LEDGER, furnished.NOTE)
    furnished.build(root)
    return furnished.pages(root)


@pytest.fixture
def copied(built: Path, tmp_path: Path) -> Path:
    """Return a small county of one's own that was built."""
    return shutil.copytree(built, tmp_path / "county")
