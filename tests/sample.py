"""The sample county, copied where a test may change it."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from tests.copies import lay

ROOT = Path(__file__).parents[1]
AS_OF = date(2026, 10, 20)
PARTS = ("content", "content_private", "schemas", "site_config", "mkdocs.yml")


def copy_sample(target: Path) -> Path:
    """Return ``target`` as a county root of its own: the sample's records and set-up, without history."""
    target.mkdir(parents=True, exist_ok=True)
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            lay(source, target / part)
        else:
            shutil.copy2(source, target / part)
    return target


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file below ``folder`` with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
