"""One run of the benchmark: every side on the same county, then one table and build/bench.json."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.bench import hugo, ours, report
from tests.bench.county import PAGES_PER_VILLAGE, ROWS_PER_VILLAGE, VILLAGES, write_county
from tests.bench.diffing import diff_figures
from tests.bench.history import history_figures
from tests.bench.measure import Run, RunFailed, size_mb
from tests.bench.mkdocs_peer import mkdocs_village_s
from tests.bench.names import ROOT
from tests.bench.publishing import publish_figures
from tests.bench.validating import validating_figures

SIDES = ("ours", "hugo", "mkdocs", "diff", "history", "validate", "publish")
RUNS = 2
FAST_VILLAGES, FAST_MKDOCS_VILLAGES, MKDOCS_VILLAGES = 20, 3, 10


def main() -> int:
    """Run the benchmark from the command line; 1 when a side's run failed, 0 even when a target is missed."""
    arguments = _arguments()
    folder = ROOT / "build" / "bench"
    output = folder / "output"
    villages = FAST_VILLAGES if arguments.fast else arguments.villages
    try:
        county = write_county(folder / "county", villages)
        measured = _measured(county, output, arguments.only, fast=arguments.fast)
    except RunFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    finally:
        _clear(folder)
    totals = {"villages": villages, "pages": villages * PAGES_PER_VILLAGE}
    figures = report.with_ratios(totals | measured, villages * ROWS_PER_VILLAGE)
    _publish(figures)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--villages", type=int, default=VILLAGES, help="how many (default %(default)s)")
    parser.add_argument("--fast", action="store_true", help=f"{FAST_VILLAGES} villages")
    parser.add_argument("--only", type=_sides, default=SIDES, help=f"which sides: {','.join(SIDES)}")
    return parser.parse_args()


def _sides(text: str) -> tuple[str, ...]:
    sides = tuple(text.split(","))
    if not set(sides) <= set(SIDES):
        raise argparse.ArgumentTypeError(f"choose from {','.join(SIDES)}")
    return sides


def _measured(county: Path, output: Path, only: Sequence[str], *, fast: bool) -> dict[str, float]:
    """Return the figures of the chosen sides, ours and Hugo by turns, the best run of each."""
    figures: dict[str, float] = {}
    shutil.rmtree(output, ignore_errors=True)
    if "mkdocs" in only:
        count = FAST_MKDOCS_VILLAGES if fast else MKDOCS_VILLAGES
        figures["mkdocs_village_s"] = mkdocs_village_s(output / "mkdocs", county, count)
        print(f"mkdocs, one village  {figures['mkdocs_village_s']:7.2f} s", file=sys.stderr)
    site = hugo.write_site(output / "hugo", county)
    for turn in range(1, RUNS + 1):
        if "hugo" in only:
            _keep_best(figures, _hugo(site, output / f"hugo-{turn}", county))
        if "ours" in only:
            _keep_best(figures, _ours(county, output / f"ours-{turn}"))
    if "diff" in only:
        figures |= diff_figures(output / "diff")
    if "validate" in only:
        figures |= validating_figures(output / "validate")
    if "history" in only:
        figures |= history_figures(output / "history")
    if "publish" in only:
        figures |= publish_figures(county, output / "publish")
    if "ours" in only and "row_s" not in figures:
        raise RunFailed("generator/ was edited in every turn: run the benchmark again")
    return figures


def _keep_best(figures: dict[str, float], run: dict[str, float]) -> None:
    for name, value in run.items():
        choose = max if name == "rss_mb" else min
        figures[name] = choose(value, figures.get(name, value))


def _hugo(site: Path, output: Path, county: Path) -> dict[str, float]:
    run = hugo.run_hugo(site, output)
    _tell("hugo", run, f"{hugo.check_output(output, county)} pages, {size_mb(output):.0f} MB written")
    return {"hugo_s": run.seconds}


def _ours(county: Path, old: Path) -> dict[str, float]:
    code = ours.code_state()
    full = ours.run_full(county, old)
    _tell("cunwu build", full, f"{ours.check_output(county)} pages, {len(full.memory)} processes")
    row = ours.run_row(county, old)
    _tell("cunwu build, one row", row)
    check = ours.run_check(county, old)
    _tell("cunwu check", check)
    figures = {
        "full_s": full.seconds,
        "check_s": check.seconds,
        "rss_mb": max(full.rss_mb, row.rss_mb),
        "output_mb": size_mb(county / "site"),
    }
    if ours.code_state() == code:
        return figures | {"row_s": row.seconds}
    print("generator/ was edited meanwhile, which rebuilds every site: row not counted", file=sys.stderr)
    return figures


def _tell(what: str, run: Run, note: str = "") -> None:
    used = f"{run.seconds:7.2f} s  processors {run.cpu_seconds:7.2f} s  {run.rss_mb:4.0f} MB"
    print(f"{what:<21}{used}  load {os.getloadavg()[0]:.2f}  {note}".rstrip(), file=sys.stderr)


def _clear(folder: Path) -> None:
    """Remove every page: none that shows a village's name beside made-up money is kept."""
    shutil.rmtree(folder / "output", ignore_errors=True)
    for name in ours.WRITTEN:
        shutil.rmtree(folder / "county" / name, ignore_errors=True)


def _publish(figures: dict[str, float]) -> None:
    print("", report.table(figures, RUNS), "", *report.verdicts(figures), sep="\n")
    if figures["villages"] < VILLAGES:
        print(f"(The targets are meant for {VILLAGES} villages: with fewer, starting up weighs more.)")
    rounded = {name: round(value, 4) for name, value in figures.items()}
    path = ROOT / "build" / "bench.json"
    path.write_text(json.dumps(rounded, indent=1) + "\n", encoding="utf-8")
    print(f"\n{path.relative_to(ROOT)}")


if __name__ == "__main__":
    sys.exit(main())
