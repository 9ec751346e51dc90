"""Kept templates: the folder of compiled ones is used only where this machine filled it itself."""

from __future__ import annotations

import shutil
from pathlib import Path

_MARK, _NOTE = "made-here", "made-here.txt"


def require_made_here(folder: Path) -> None:
    """Empty ``folder``, which holds compiled templates, unless it was made by an earlier call of this.

    What is compiled runs: a file that came with the records, in a commit or an archive, would be a program.
    The folder's mark tells: its inode and the time of its last change are what the system gave it, and
    nobody who packs a folder knows what these will be where it is unpacked.
    """
    mark, note = folder / _MARK, folder / _NOTE
    if not folder.is_symlink() and _told(note) == _origin(mark) != "":
        return
    if folder.is_symlink() or folder.is_file():
        folder.unlink()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    mark.mkdir()
    note.write_text(_origin(mark), encoding="utf-8")


def _origin(mark: Path) -> str:
    try:
        found = mark.lstat()
    except OSError:
        return ""
    return f"{found.st_ino} {found.st_ctime_ns}"


def _told(note: Path) -> str:
    try:
        return note.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
