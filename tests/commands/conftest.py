"""Running cunwu as its users do."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.sample import ROOT, copy_sample


@pytest.fixture
def county(tmp_path: Path) -> Path:
    return copy_sample(tmp_path / "county")


def cunwu(*arguments: str | Path, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run a verb in a process of its own and return what it printed and how it ended."""
    program = Path(sys.executable).with_name("cunwu")
    return subprocess.run(
        [program, *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        check=False,
    )
