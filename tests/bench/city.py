"""The city's benchmark: thousands of villages against hundreds, on a disk that is asked first."""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.bench import ours
from tests.bench.county import PAGES_PER_VILLAGE, write_county
from tests.bench.measure import Run, RunFailed
from tests.bench.names import ROOT
from tests.bench.report import Target, Topic

VILLAGES, COMPARED, FEW = 4338, 296, 30
TMPFS = Path("/dev/shm")
# What a village takes on a disk of 4 kB blocks, its records and all that is made of them; a test holds it up.
VILLAGE_BYTES, VILLAGE_FILES = 3_000_000, 320
BASE_BYTES, BASE_FILES = 50_000_000, 3_000
MARK = ".cunwu-bench-city"
TARGETS = (
    Target("growth", 1.15),
    Target("rss_mb", 100),
    Target("rss_growth", 1.1),
    Target("row_s", 1.0),
    Target("page_kb", 200),
    Target("page_packed_kb", 40),
)
NOTES = {
    "villages": "villages in the city",
    "pages": "pages of records and village home pages",
    "full_s": "cunwu build, fresh, 2 workers",
    "cpu_s": "processor time of it",
    "village_ms": "full_s per village",
    "compared_village_ms": "the same of a county of {compared}",
    "growth": "village_ms ÷ compared_village_ms",
    "cpu_growth": "the same in processor time",
    "rss_mb": "largest resident memory of any one process",
    "few_rss_mb": "the same with {few} villages",
    "rss_growth": "rss_mb ÷ few_rss_mb",
    "row_s": "cunwu build after one changed row; best of two",
    "row_cpu_s": "processor time of it",
    "row_rss_mb": "largest resident memory of any one process of it",
    "site_mb": "bytes of site/ and site-audit/",
    "site_files": "files in them",
    "disk_mb": "what the county, its sites and what a build remembers take on the disk",
    "inodes": "files and folders of all that",
    "page_kb": "largest page of the portal and the boards",
    "page_packed_kb": "the same, packed",
}
TOPIC = Topic(NOTES, TARGETS)


@dataclass(frozen=True, slots=True)
class Budget:
    """What a city will take on the disk: bytes and inodes."""

    bytes: int
    inodes: int

    @classmethod
    def of(cls, villages: int) -> Budget:
        """Return the budget of ``villages``."""
        return cls(BASE_BYTES + villages * VILLAGE_BYTES, BASE_FILES + villages * VILLAGE_FILES)

    def shortage(self, folder: Path) -> str:
        """Return what the disk of ``folder`` lacks for this, "" when it has all; memory counts for tmpfs."""
        free, inodes = shutil.disk_usage(folder).free, os.statvfs(folder).f_favail
        if folder.is_relative_to(TMPFS):
            free = min(free, _available_memory())
        missing = []
        if free < self.bytes:
            missing.append(f"{self.bytes / 1e9:.1f} GB are needed, {free / 1e9:.1f} GB are free")
        if os.statvfs(folder).f_files > 0 and inodes < self.inodes:
            missing.append(f"{self.inodes:,} inodes are needed, {inodes:,} are free")
        return "; ".join(missing)


def main() -> int:
    """Return 1 when a run failed, 2 when the disk is too small; a target that is missed is no failure."""
    arguments = _arguments()
    place: Path = arguments.folder
    budget = Budget.of(arguments.villages)
    print(
        f"{arguments.villages:,} villages × {PAGES_PER_VILLAGE} pages need about {budget.bytes / 1e9:.1f} GB"
        f" and {budget.inodes:,} inodes below {place}"
    )
    if place.exists() and any(place.iterdir()) and not (place / MARK).exists():
        print(f"{place} holds something else: choose an empty folder", file=sys.stderr)
        return 2
    place.mkdir(parents=True, exist_ok=True)
    (place / MARK).touch()
    try:
        shortage = budget.shortage(place)
        if shortage:
            print(f"{place}: {shortage}. Nothing was begun; see --folder and --villages.", file=sys.stderr)
            return 2
        figures = city_figures(place, arguments.villages, arguments.compared, arguments.few)
        _publish(figures, arguments)
    except RunFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    finally:
        shutil.rmtree(place)
    return 0


def _publish(figures: dict[str, float], arguments: argparse.Namespace) -> None:
    """Print the table and write it down, before a million files are removed."""
    notes = {"compared": arguments.compared, "few": arguments.few}
    print("", TOPIC.table(figures, **notes), "", *TOPIC.verdicts(figures), sep="\n")
    if arguments.villages < VILLAGES:
        print(f"(The targets are meant for {VILLAGES} villages: with fewer, starting up weighs more.)")
    path = ROOT / "build" / "bench-city.json"
    path.parent.mkdir(exist_ok=True)
    rounded = {name: round(value, 4) for name, value in figures.items()}
    path.write_text(json.dumps(rounded, indent=1) + "\n", encoding="utf-8")
    print(f"\n{path.relative_to(ROOT)}", flush=True)


def city_figures(place: Path, villages: int, compared: int, few: int) -> dict[str, float]:
    """Return what was measured of a city and of two smaller counties; one at a time is on the disk."""
    small = _built(place / "few", few)
    shutil.rmtree(place / "few")
    middle = _built(place / "compared", compared)
    shutil.rmtree(place / "compared")
    code = ours.code_state()
    full = _built(place / "city", villages)
    county = place / "city" / "county"
    ours.check_output(county)
    logs = place / "city" / "logs"
    row = min(ours.run_row(county, logs), ours.run_row_back(county, logs), key=lambda run: run.seconds)
    if ours.code_state() != code:
        raise RunFailed("generator/ was edited meanwhile, which rebuilds every site: run the benchmark again")
    _tell(f"one row of {villages}", row)
    per_village = full.seconds / villages, middle.seconds / compared
    per_cpu = full.cpu_seconds / villages, middle.cpu_seconds / compared
    return {
        "villages": villages,
        "pages": villages * PAGES_PER_VILLAGE,
        "full_s": full.seconds,
        "cpu_s": full.cpu_seconds,
        "village_ms": 1000 * per_village[0],
        "compared_village_ms": 1000 * per_village[1],
        "growth": per_village[0] / per_village[1],
        "cpu_growth": per_cpu[0] / per_cpu[1],
        "rss_mb": max(full.rss_mb, row.rss_mb),
        "few_rss_mb": small.rss_mb,
        "rss_growth": max(full.rss_mb, row.rss_mb) / small.rss_mb,
        "row_s": row.seconds,
        "row_cpu_s": row.cpu_seconds,
        "row_rss_mb": row.rss_mb,
        **_sizes(county),
    }


def _built(folder: Path, villages: int) -> Run:
    run = ours.run_full(write_county(folder / "county", villages), folder / "logs")
    _tell(f"{villages} villages", run)
    return run


def _tell(what: str, run: Run) -> None:
    used = f"{run.seconds:8.2f} s  processors {run.cpu_seconds:8.2f} s  {run.rss_mb:4.0f} MB"
    print(f"{what:<21}{used}  load {os.getloadavg()[0]:.2f}", file=sys.stderr)


def _sizes(county: Path) -> dict[str, float]:
    """Return what the county takes on the disk, what its sites hold, and the weight of their fullest page."""
    taken = inodes = site_bytes = site_files = 0
    sites = tuple(os.path.join(county, site, "") for site in ("site", "site-audit"))  # noqa: PTH118
    for entry in _walk(county):
        stat = entry.stat(follow_symlinks=False)
        taken += stat.st_blocks * 512
        inodes += 1
        if entry.path.startswith(sites) and entry.is_file():
            site_bytes += stat.st_size
            site_files += 1
    pages = [page.read_bytes() for page in _portal_pages(county)]
    return {
        "site_mb": site_bytes / 1e6,
        "site_files": site_files,
        "disk_mb": taken / 1e6,
        "inodes": inodes,
        "page_kb": max(map(len, pages)) / 1000,
        "page_packed_kb": max(len(gzip.compress(page)) for page in pages) / 1000,
    }


def _walk(folder: Path) -> Iterator[os.DirEntry[str]]:
    """Yield all that lies below ``folder``; paths stay text, there are more than a million."""
    waiting = [str(folder)]
    while waiting:
        with os.scandir(waiting.pop()) as inside:
            for entry in inside:
                yield entry
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)


def _portal_pages(county: Path) -> Iterator[Path]:
    """Yield the pages that no village has of its own."""
    villages = {path.name for path in county.glob("content/t*/v*")}
    villages |= {path.name for path in county.glob("content/t*")}
    for top in sorted((county / "site").iterdir()):
        if top.name not in villages:
            yield from [top] if top.suffix == ".html" else top.rglob("*.html")
    yield from (county / "site-audit").rglob("*.html")


def _available_memory() -> int:
    lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    found = next(line for line in lines if line.startswith("MemAvailable:"))
    return int(found.split()[1]) * 1024


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.city", description=__doc__)
    parser.add_argument("--villages", type=int, default=VILLAGES, help="how many (default %(default)s)")
    parser.add_argument("--compared", type=int, default=COMPARED, help="against (default %(default)s)")
    parser.add_argument("--few", type=int, default=FEW, help="memory against (default %(default)s)")
    place = ROOT / "build" / "bench-city"
    parser.add_argument(
        "--folder", type=Path, default=place, help="where, and emptied afterwards (default build)"
    )
    tmpfs = TMPFS / "cunwu-bench-city"
    parser.add_argument("--tmpfs", dest="folder", action="store_const", const=tmpfs, help=f"in {tmpfs}")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
