"""The county's downloads: all villages' records as files for analysis, made when a county asks for them."""

from __future__ import annotations

import hashlib
import shutil
import zipfile
from datetime import date
from pathlib import Path

from generator.pages.downloads_page import DOWNLOADS, SQLITE, TABLES, Download, Downloads
from generator.pipeline.exporting import BOTH, export_county
from generator.promises.promises import Promises

# The day and the owner of a packed file would be those of the build.
_DAY = (1980, 1, 1, 0, 0, 0)
_READABLE = 0o644 << 16
_PIECE = 1 << 20


def write_downloads(promises: Promises, site: Path, work: Path, as_of: date) -> Downloads:
    """Write the county's downloads below ``site`` and return what they are; ``work`` is a folder to draft in.

    One village is in memory at a time, and no file is held whole. They take as long as reading the county:
    only a county that asks for them in its settings has them.
    """
    shutil.rmtree(work, ignore_errors=True)
    done = export_county(promises.root, work / "draft", BOTH, as_of=as_of)
    _pack(work / "draft", work / TABLES)
    (work / "draft" / SQLITE).replace(work / SQLITE)
    goal = site / DOWNLOADS
    goal.mkdir(parents=True, exist_ok=True)
    files = []
    for name in (SQLITE, TABLES):
        with (work / name).open("rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
        files.append(Download(name, (work / name).stat().st_size, digest))
        shutil.move(work / name, goal / name)
    shutil.rmtree(work)
    return Downloads(tuple(files), done.held, tuple(done.withheld))


def _pack(folder: Path, target: Path) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for path in sorted(path for path in folder.iterdir() if path.name != SQLITE):
            entry = zipfile.ZipInfo(path.name, _DAY)
            entry.create_system, entry.external_attr = 3, _READABLE
            entry.compress_type = zipfile.ZIP_DEFLATED
            with path.open("rb") as content, archive.open(entry, "w", force_zip64=True) as packed:
                shutil.copyfileobj(content, packed, _PIECE)
