"""Corrections in a build: read where there are any, and a changed history builds its village anew."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.pipeline.build import Places, Report, run_build
from tests.counties import AS_OF, ROOT, changed, county_at
from tests.history.recording import Records

LEDGER = "content/dong/xi/finance/2026-01.csv"
NOTE = ("买办公用纸", "买办公用纸和笔")


@pytest.fixture
def records(tmp_path: Path) -> Records:
    """Return a county whose one ledger was corrected after it was posted."""
    root = county_at(tmp_path / "county")
    shutil.copy2(ROOT / "mkdocs.yml", root)
    (root / "site_config" / "theme").mkdir()
    found = Records(root)
    found.git("add", "content", "site_config", "schemas")
    found.git("commit", "--quiet", "--message", "记录", day="2026-01-31")
    changed(root, LEDGER, NOTE)
    found.git("commit", "--quiet", "--all", "--message", "改\n\n更正原因: 漏写\n", day="2026-03-01")
    return found


def build(records: Records) -> Report:
    return run_build(records.root, Places.below(records.root), as_of=AS_OF, workers=1)


def page(records: Records, pattern: str) -> str:
    (found,) = (records.root / "site").rglob(pattern)
    return found.read_text(encoding="utf-8")


def test_a_correction_stands_on_the_page_and_on_the_village_s_list(records: Records):
    report = build(records)

    assert not report.failures and not report.withheld
    assert "买办公用纸 → 买办公用纸和笔" in page(records, "finance/2026-01/index.html")
    assert "漏写" in page(records, "xi*/corrections/index.html")


def test_a_reason_that_was_amended_builds_its_village_anew_and_no_other(records: Records):
    build(records)
    assert build(records).built == 0
    records.git("commit", "--quiet", "--amend", "--message", "改\n\n更正原因: 写漏了\n", day="2026-03-01")
    report = build(records)

    assert report.built == 1
    assert "写漏了" in page(records, "finance/2026-01/index.html")


def test_flags_are_on_the_audit_board_and_nowhere_on_the_public_site(records: Records):
    records.git("commit", "--quiet", "--amend", "--message", "改", day="2026-03-01")
    build(records)

    board = (records.root / "site-audit/corrections/index.html").read_text(encoding="utf-8")
    assert "没有说明原因" in board
    public = "".join(path.read_text(encoding="utf-8") for path in (records.root / "site").rglob("*.html"))
    assert "张贴期满后才改" not in public
    assert "需要说明的情形" not in public
