"""Whole files: a file that takes the place of another at once, so that nobody ever reads a half."""

from __future__ import annotations

import os
from pathlib import Path


def write_whole(path: Path, content: bytes, *, mode: int | None = None) -> None:
    """Write ``content`` to ``path`` at once: a reader sees the old file or the new one, never a half.

    Folders that are missing are made. ``mode`` are its permissions, where they are not the usual ones.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    passing = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        passing.write_bytes(content)
        if mode is not None:
            passing.chmod(mode)
        passing.replace(path)
    finally:
        passing.unlink(missing_ok=True)
