"""What every test stands on: a folder in memory where there is room, git by itself, one browser."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_MEMORY = Path("/dev/shm")
# What two workers ever hold at once, with as much again to spare.
_ENOUGH = 4 * 1024**3


def _may_work_in(folder: Path) -> bool:
    """Return whether there is room in ``folder``, and a script in it may run: git's hooks are scripts."""
    try:
        if shutil.disk_usage(folder).free < _ENOUGH:
            return False
        with tempfile.TemporaryDirectory(dir=folder) as own:
            script = Path(own) / "run"
            script.write_text("#!/bin/sh\nexit 0\n", encoding="ascii")
            script.chmod(0o700)
            return subprocess.run([script], check=False).returncode == 0
    except OSError:
        return False


# Said before pytest, or a process that it starts, asks for a folder. Counties are written by the thousand and
# git waits for the disk with every commit; none of it is there to last.
if "TMPDIR" not in os.environ and _may_work_in(_MEMORY):
    os.environ["TMPDIR"] = str(_MEMORY)
    tempfile.tempdir = None


# Hundreds of processes are started that load the same modules: what one has compiled the others read.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False


# Nor may what somebody set for their own git, or a repository around the tests, decide how one ends.
for _name in [name for name in os.environ if name.startswith("GIT_")]:
    del os.environ[_name]
os.environ |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


# How long an example takes tells of the machine, not of the code.
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Yield Chromium, which a process starts once; each test opens a context of its own in it."""
    from tests.end_to_end.browsing import chromium, end_chromium

    with chromium() as browser:
        yield browser
    end_chromium()


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the program of an environment that holds the wheel, built once a process."""
    from tests.wheel import install_wheel

    return install_wheel(tmp_path_factory.mktemp("wheel"))
