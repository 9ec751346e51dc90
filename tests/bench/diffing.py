"""The diff's yardsticks: daff and csv-diff on the same two tables, each in a process of its own."""

from __future__ import annotations

import csv
import os
import random
import subprocess
import sys
from pathlib import Path

from tests.bench.diff_side import COLUMNS
from tests.bench.measure import RunFailed
from tests.bench.names import ROOT

ROWS, CHANGED, RUNS = 100_000, 1_000, 3
PEERS = ("csv_diff", "daff")
# Apart from everything else: csv-diff would put its own package ``tests`` before ours.
PEER_FOLDER = ROOT / "build" / "peers"


def diff_figures(folder: Path) -> dict[str, float]:
    """Return the seconds of each side from files to result, by turns and the best of each, and our memory.

    Peers that are not installed in ``PEER_FOLDER`` are left out.

    Raises RunFailed when a side does not find the rows that were changed.
    """
    before, after = write_tables(folder)
    best: dict[str, float] = {}
    for _turn in range(RUNS):
        for side in ("ours", *(peer for peer in PEERS if (PEER_FOLDER / peer).is_dir())):
            seconds, found, memory = _measured(side, before, after)
            if found != CHANGED:
                raise RunFailed(f"{side} found {found} changed rows instead of {CHANGED}")
            name = "diff_s" if side == "ours" else f"diff_{side}_s"
            best[name] = min(seconds, best.get(name, seconds))
            if side == "ours":
                best["diff_rss_mb"] = max(memory, best.get("diff_rss_mb", memory))
    return best


def write_tables(folder: Path) -> tuple[Path, Path]:
    """Write a keyed table of 100,000 rows, and the same with an amount changed in 1 % of them."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [_row(number) for number in range(ROWS)]
    chosen = set(random.Random(2).sample(range(ROWS), CHANGED))
    changed = [
        (*row[:8], f"{int(row[8]) + 8}", *row[9:]) if number in chosen else row
        for number, row in enumerate(rows)
    ]
    paths = folder / "before.csv", folder / "after.csv"
    for path, table in zip(paths, (rows, changed), strict=True):
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([COLUMNS, *table])
    return paths


def _row(number: int) -> tuple[str, ...]:
    day = f"2026-{number % 12 + 1:02}-{number % 28 + 1:02}"
    what = f"第 {number % 977} 号地块补贴"
    share = number % 50
    return (
        f"S-{number:06}",
        day,
        f"户{number}",
        what,
        f"{number % 9 + 1}组",
        "耕地",
        f"{share}",
        "12",
        f"{share * 12}",
        "",
    )


def _measured(side: str, before: Path, after: Path) -> tuple[float, int, float]:
    """Return seconds, rows found to be changed, and the peak memory in MB of one side's own process."""
    paths = [str(ROOT)] if side == "ours" else [str(PEER_FOLDER)]
    command = [sys.executable, str(ROOT / "tests/bench/diff_side.py"), side, str(before), str(after)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if done.returncode != 0:
        raise RunFailed(f"{side} ended with {done.returncode}:\n{done.stderr}")
    seconds, found, memory = done.stdout.split()
    return float(seconds), int(found), float(memory)
