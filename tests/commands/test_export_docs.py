"""cunwu export-docs: a tree that stock MkDocs prints, for those who want another engine."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.commands.conftest import cunwu


def test_the_exported_tree_is_printed_by_stock_mkdocs(county, tmp_path):
    target = tmp_path / "docs-of-qingshi"

    done = cunwu("export-docs", "青石村", target, "--root", county)
    mkdocs = Path(sys.executable).with_name("mkdocs")
    printed = subprocess.run(
        [mkdocs, "build", "--strict"], cwd=target, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert printed.returncode == 0, printed.stderr
    page = (target / "site/qingshi/finance/2026-09/index.html").read_text(encoding="utf-8")
    assert "612,903.18" in page


def test_a_folder_with_something_in_it_is_refused(county, tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full/note.txt").write_text("x", encoding="utf-8")

    assert cunwu("export-docs", "qingshi", tmp_path / "full", "--root", county).returncode == 2
