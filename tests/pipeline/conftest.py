"""A county to build, and a build of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator.pipeline.build import Places, Report, run_build
from tests.sample import AS_OF, copy_sample


@pytest.fixture
def county(tmp_path: Path) -> Path:
    return copy_sample(tmp_path / "county")


def build(county: Path, *, workers: int = 1, as_of: date = AS_OF) -> Report:
    return run_build(county, Places.below(county), as_of=as_of, workers=workers)
