"""The manual, printed once for all that look at it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.conftest import cunwu


@pytest.fixture(scope="session")
def manual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder into which the manual was written."""
    folder = tmp_path_factory.mktemp("manual") / "pages"
    done = cunwu("docs", folder)
    assert done.returncode == 0, done.stderr
    assert "手册 10 页" in done.stdout
    return folder
