"""Our side: a fresh build of the county, a build after one changed row, and a check of every row."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.bench.measure import Run, RunFailed, run_measured
from tests.bench.names import ROOT
from tests.bench.tables import Source, require_columns, sources_of, village_files

PROGRAM = Path(sys.executable).with_name("cunwu")
WORKERS = "2"
WRITTEN = ("site", "site-audit", "build")
CHANGED = "finance/2026-05.csv"
SUMMARY = 3  # the column 摘要
NOTE = "（更正演示）"
COLUMNS = {"finance": ("摘要", "结余"), "subsidy": ("组", "金额")}  # persons are shown by surname only


def run_full(county: Path, old: Path) -> Run:
    """Build everything, after moving aside into ``old`` what earlier builds left."""
    old.mkdir(parents=True)
    for name in WRITTEN:
        if (county / name).exists():
            (county / name).rename(old / name)
    return _build(county, old / "full.log")


def run_row(county: Path, old: Path) -> Run:
    """Build again after one row's 摘要 was changed and not committed; the row is put back afterwards."""
    path = village_files(county)[-1].parent / CHANGED
    before = path.read_bytes()
    path.write_text(_with_changed_row(before.decode()), encoding="utf-8", newline="")
    try:
        run = _build(county, old / "row.log")
        _require_shown(county, Source(path.parent.parent.name, "finance", path))
    finally:
        path.write_bytes(before)
    return run


def run_row_back(county: Path, old: Path) -> Run:
    """Build again after ``run_row``, which put the row back: one row has changed since."""
    return _build(county, old / "row-back.log")


def code_state() -> dict[Path, int]:
    """Return when each file of the generator was last changed: a change rebuilds every site."""
    files = (path for path in (ROOT / "generator").rglob("*") if "__pycache__" not in path.parts)
    return {path: path.stat().st_mtime_ns for path in files if path.is_file()}


def run_check(county: Path, old: Path) -> Run:
    """Check every row of the county."""
    return run_measured((PROGRAM, "check", "--root", county, "--format", "json"), old / "check.log")


def check_output(county: Path) -> int:
    """Return the number of pages; raise RunFailed unless the last village's tables show what they must."""
    for source in sources_of(county, village_files(county)[-1]):
        if source.item in COLUMNS:
            _require_shown(county, source)
    return sum(1 for _ in (county / "site").rglob("*.html"))


def _build(county: Path, log: Path) -> Run:
    return run_measured((PROGRAM, "build", "--root", county, "--workers", WORKERS), log)


def _with_changed_row(text: str) -> str:
    lines = text.split("\n")
    middle = len(lines) // 2
    cells = lines[middle].split(",")
    cells[SUMMARY] += NOTE
    lines[middle] = ",".join(cells)
    return "\n".join(lines)


def _require_shown(county: Path, source: Source) -> None:
    """Raise RunFailed unless the page of ``source`` is in the site with every row."""
    for page in (county / "site").rglob(f"{source.slug}/{source.item}/{source.path.stem}/index.html"):
        require_columns(source, page, COLUMNS[source.item])
        return
    raise RunFailed(f"cunwu wrote no page for {source.slug}/{source.item}/{source.path.stem}")
