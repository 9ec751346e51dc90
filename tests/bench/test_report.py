"""The report derives its ratios from what was measured and says which targets are missed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.bench.measure import RunFailed, run_measured
from tests.bench.report import table, verdicts, with_ratios

MEASURED = {
    "villages": 10,
    "pages": 400,
    "mkdocs_village_s": 2.0,
    "hugo_s": 0.5,
    "full_s": 1.0,
    "row_s": 0.2,
    "check_s": 0.5,
    "rss_mb": 120.0,
    "output_mb": 9.0,
}


def test_ratios_are_our_time_over_theirs() -> None:
    figures = with_ratios(MEASURED, rows=1000)

    assert figures["full_vs_hugo"] == 2
    assert figures["row_vs_hugo"] == 0.4
    assert figures["village_vs_mkdocs"] == pytest.approx(0.05)
    assert figures["cold_check_share"] == 0.5
    assert (figures["rows_per_s"], figures["pages_per_s"], figures["hugo_pages_per_s"]) == (2000, 400, 800)


def test_each_target_is_said_to_be_met_or_missed() -> None:
    states = {line.split()[1]: line.split()[0] for line in verdicts(with_ratios(MEASURED, rows=1000))}

    assert states == {
        "full_vs_hugo": "met",
        "row_vs_hugo": "MISSED",
        "village_vs_mkdocs": "met",
        "cold_check_share": "MISSED",
        "rss_mb": "MISSED",
        "hugo_pages_per_s": "MISSED",
    }


def test_a_run_of_one_side_reports_that_side_alone() -> None:
    figures = with_ratios({"villages": 10, "pages": 400, "hugo_s": 0.5}, rows=1000)

    assert list(figures) == ["villages", "pages", "hugo_s", "hugo_pages_per_s"]
    assert len(table(figures, runs=2).splitlines()) == 4


def test_the_memory_of_a_child_process_is_measured(tmp_path: Path) -> None:
    child = "import time; held = bytearray(80_000_000); time.sleep(.5)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    run = run_measured((sys.executable, "-c", parent), tmp_path / "log")

    assert len(run.memory) == 2
    assert 76 < run.rss_mb < 200


def test_a_failed_run_shows_the_end_of_its_output(tmp_path: Path) -> None:
    with pytest.raises(RunFailed, match="no such template"):
        run_measured((sys.executable, "-c", "raise SystemExit('no such template')"), tmp_path / "log")
