"""What a past costs: the same villages built with twenty-four corrections each, and with none."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.bench import ours
from tests.bench.county import write_county
from tests.bench.measure import Run, RunFailed
from tests.bench.tables import village_files

VILLAGES, COMMITS, RUNS = 20, 24, 2
# So many ledgers of a village are corrected by turns; the last turn makes each what it was at first.
_FILES = 6
_FIRST = 1_792_468_800  # 2026-10-20 in China: every ledger was posted before
_SUMMARY = 3


def history_figures(folder: Path) -> dict[str, float]:
    """Return by how much of itself a build grows that has a past to tell, from nothing and for one row.

    Both counties hold the same records at last. Raises RunFailed when the past is not on the pages.
    """
    plain = write_county(folder / "plain", VILLAGES)
    shutil.rmtree(folder / "past", ignore_errors=True)
    past = folder / "past"
    shutil.copytree(plain, past)
    give_history(past)
    best: dict[str, float] = {}
    code = ours.code_state()
    for turn in range(1, RUNS + 1):
        for name, county in (("plain", plain), ("past", past)):
            old = folder / f"{name}-{turn}"
            _keep(best, f"{name}_full", ours.run_full(county, old))
            _keep(best, f"{name}_row", ours.run_row(county, old))
    _require_told(past)
    if ours.code_state() != code:
        # Every site was then built anew, and no build was one of a row.
        return {}
    return {
        "history_share": best["past_full"] / best["plain_full"] - 1,
        "history_row_share": best["past_row"] / best["plain_row"] - 1,
    }


def _keep(best: dict[str, float], name: str, run: Run) -> None:
    # Processors count, not the clock: what is told is a small share of a short build.
    best[name] = min(run.cpu_seconds, best.get(name, run.cpu_seconds))


def give_history(county: Path) -> None:
    """Commit COMMITS corrections to each village; what lies in the folder stays as it is."""
    content = county / "content"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    git = ["git", "-C", str(content)]
    branch = subprocess.run(
        [*git, "symbolic-ref", "HEAD"], env=environment, check=True, capture_output=True, text=True
    ).stdout.strip()
    stream = b"".join(_commits(county, branch))
    subprocess.run([*git, "fast-import", "--quiet", "--force"], input=stream, env=environment, check=True)
    subprocess.run([*git, "reset", "--quiet", "--hard"], env=environment, check=True)


def _commits(county: Path, branch: str) -> Iterator[bytes]:
    content, number = county / "content", 0
    for turn in range(COMMITS):
        for village in village_files(county):
            ledgers = sorted((village.parent / "finance").glob("*.csv"))[-_FILES:]
            path = ledgers[turn % _FILES]
            is_last = turn >= COMMITS - _FILES
            text = path.read_bytes() if is_last else _corrected(path.read_bytes(), turn)
            message = f"更正\n\n更正原因: 第 {turn + 1} 次核对\n".encode()
            start = b"" if number else f"from {branch}^0\n".encode()
            number += 1
            yield (
                f"commit {branch}\ncommitter bench <bench@example.invalid> {_FIRST + number} +0800\n"
                f"data {len(message)}\n".encode()
                + message
                + start
                + f"M 100644 inline {path.relative_to(content).as_posix()}\ndata {len(text)}\n".encode()
                + text
                + b"\n"
            )


def _corrected(content: bytes, turn: int) -> bytes:
    lines = content.decode().split("\n")
    cells = lines[turn + 1].split(",")
    cells[_SUMMARY] += f"（第 {turn + 1} 版）"
    lines[turn + 1] = ",".join(cells)
    return "\n".join(lines).encode()


def _require_told(county: Path) -> None:
    page = next((county / "site").rglob("corrections/index.html")).read_text(encoding="utf-8")
    if f"共 {COMMITS} 次" not in page:
        raise RunFailed(f"the corrections of a village are not the {COMMITS} that were committed")
