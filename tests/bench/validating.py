"""What validation costs: our reading of tables beside Frictionless's, and the whole check of a village."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.bench.county import write_county
from tests.bench.measure import RunFailed
from tests.bench.names import ROOT
from tests.bench.tables import sources_of, village_files

VILLAGES, RUNS = 20, 3
SIDES = ("ours", "frictionless")
_EVERY = 7  # so many tables lie between two that are damaged
# One for each kind of constraint, and one for each type: the item, the column and what is written there.
DAMAGES: Sequence[tuple[str, int, str]] = (
    ("finance", 0, ""),
    ("finance", 0, "1"),
    ("finance", 0, "002"),
    ("finance", 1, "2026-02-30"),
    ("finance", 3, "长" * 61),
    ("finance", 5, "支票"),
    ("finance", 7, "-1.00"),
    ("finance", 9, "三千"),
    ("subsidy", 0, "002"),
    ("subsidy", 2, ""),
    ("subsidy", 4, "斤"),
    ("subsidy", 6, "-0.01"),
)
_ROW = 5


def validating_figures(folder: Path) -> dict[str, float]:
    """Return our rows a second and Frictionless's on the same tables, and milliseconds to check a village.

    Each run is a process of its own, by turns, and the best counts; processor time of one core, from the
    files (all in the page cache) to typed cells and verdicts with every constraint of the schema.

    Raises RunFailed when the two do not find the same rows wrong, or the county's own tables not all right.
    """
    county = write_county(folder / "county", VILLAGES)
    right = copy_tables(county, folder / "right")
    wrong = copy_tables(county, folder / "wrong", is_damaged=True)
    require_one_verdict(county, wrong)
    best = dict.fromkeys(SIDES, 0.0)
    check = float("inf")
    for _turn in range(RUNS):
        for side in SIDES:
            seconds, rows, found = run_side(side, county, right)
            if found:
                raise RunFailed(f"{side} finds something wrong with the county's own tables: {found[:3]}")
            best[side] = max(best[side], rows / seconds)
        check = min(check, _checked(county))
    return {
        "validate_rows_per_s": best["ours"],
        "validate_vs_frictionless": best["ours"] / best["frictionless"],
        "check_ms_per_village": check,
    }


def copy_tables(county: Path, folder: Path, *, is_damaged: bool = False) -> Path:
    """Write the county's ledgers and lists into ``folder``/<item>/; of some a cell is damaged, if asked."""
    shutil.rmtree(folder, ignore_errors=True)
    tables = [
        (village.parent.name, source)
        for village in village_files(county)
        for source in sources_of(county, village)
        if source.path.suffix == ".csv"
    ]
    for item in ("finance", "subsidy"):
        (folder / item).mkdir(parents=True)
        damages = [damage for damage in DAMAGES if damage[0] == item]
        of_item = [(slug, source) for slug, source in tables if source.item == item]
        for number, (slug, source) in enumerate(of_item):
            text = source.path.read_text(encoding="utf-8")
            if is_damaged and number % _EVERY == 0:
                _item, column, cell = damages[number // _EVERY % len(damages)]
                text = with_cell(text, column, cell)
            path = folder / item / f"{slug}-{source.path.name}"
            path.write_text(text, encoding="utf-8", newline="")
    return folder


def with_cell(text: str, column: int, cell: str) -> str:
    """Return the text of a table with another cell in one of its rows."""
    lines = text.split("\n")
    cells = lines[_ROW].split(",")
    cells[column] = cell
    lines[_ROW] = ",".join(cells)
    return "\n".join(lines)


def require_one_verdict(county: Path, tables: Path) -> None:
    """Raise RunFailed unless both sides find the same rows of ``tables`` wrong, and find some."""
    found = [run_side(side, county, tables)[2] for side in SIDES]
    if not found[0] or found[0] != found[1]:
        raise RunFailed(f"the verdicts differ: {found[0][:3]} and {found[1][:3]}")


def run_side(side: str, county: Path, tables: Path) -> tuple[float, int, list[list[object]]]:
    """Return processor seconds, rows and wrong rows of one side, in a process of its own."""
    seconds, rows, wrong = json.loads(_output("tests.bench.validate_side", side, county, tables))
    return float(seconds), int(rows), list(wrong)


def _checked(county: Path) -> float:
    return float(_output("tests.bench.check_side", county))


def _output(module: str, *arguments: object) -> str:
    command = [sys.executable, "-m", module, *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env=environment, cwd=ROOT, encoding="utf-8"
    )
    if done.returncode != 0:
        raise RunFailed(f"{module} ended with {done.returncode}:\n{done.stderr}")
    return done.stdout
