"""A small county that can be built: one village and its township's office, in a second or so."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from generator.pipeline.build import Places, Report, run_build
from tests.counties import AS_OF, ROOT, county_at
from tests.sample import tree

LEDGER = "content/dong/xi/finance/2026-01.csv"
NOTE = ("买办公用纸", "买办公用纸和笔")
WRITTEN = ("site", "site-audit", "build")


def furnished(folder: Path) -> Path:
    """Return a county of one village and one office."""
    root = county_at(folder)
    shutil.copy2(ROOT / "mkdocs.yml", root)
    (root / "site_config" / "theme").mkdir()
    return root


def build(root: Path) -> Report:
    """Build in this process."""
    return run_build(root, Places.below(root), as_of=AS_OF, workers=1)


def pages(root: Path) -> dict[str, bytes]:
    """Return all that was built, by path."""
    return tree(root / "site") | {f"audit/{name}": page for name, page in tree(root / "site-audit").items()}


def command(root: Path, *options: str) -> list[str]:
    """Return the words that build the county."""
    return [
        sys.executable,
        "-m",
        "generator.cli",
        "build",
        "--root",
        str(root),
        "--as-of",
        AS_OF.isoformat(),
        *options,
    ]


def started(root: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run a build in a process of its own, as its users do."""
    return subprocess.run(
        command(root, *options), capture_output=True, text=True, encoding="utf-8", cwd=ROOT, check=False
    )
