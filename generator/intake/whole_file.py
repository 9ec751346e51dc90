"""Whole files: a file that takes the place of another at once, so that nobody ever reads a half."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
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


def remove_leftovers(folder: Path, names: str) -> None:
    """Remove what a process that was killed inside ``write_whole`` left of the files ``names`` (a glob).

    What a process that is still there is writing stays.
    """
    for path in folder.glob(f".{names}.*"):
        writer = path.name.rpartition(".")[2]
        if writer.isascii() and writer.isdigit() and _is_gone(int(writer)):
            # Another may have removed it, or a system that cannot tell still has it open.
            with suppress(FileNotFoundError, PermissionError):
                path.unlink()


if sys.platform != "win32":

    def _is_gone(writer: int) -> bool:
        if writer == os.getpid():
            # Of an earlier process: in a container each has the same number.
            return True
        try:
            os.kill(writer, 0)
        except (ProcessLookupError, OverflowError):
            return True
        except PermissionError:
            return False
        return False

else:

    def _is_gone(_writer: int) -> bool:
        # Nobody can be asked here without ending him; a file that is being written cannot be removed.
        return True
