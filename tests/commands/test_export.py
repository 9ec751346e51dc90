"""cunwu export: a county's records as files for analysis, from the command line."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from tests.commands.conftest import cunwu


def test_a_database_is_written_and_what_is_not_in_it_is_said(tmp_path: Path):
    done = cunwu("export", tmp_path / "out")

    assert done.returncode == 0, done.stderr
    assert "已导出 7 个村（含乡镇、县）" in done.stdout
    assert "补贴、救助等名单不在其中" in done.stdout
    with sqlite3.connect(tmp_path / "out" / "county.sqlite") as database:
        assert database.execute("SELECT count(*) FROM villages").fetchone() == (7,)
