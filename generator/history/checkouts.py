"""Checkouts: the files of one commit in a folder of their own, with its history behind them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.history.git import ask_git, run_git


@contextmanager
def checked_out(repository: Path, commit: str, folder: Path) -> Iterator[Path]:
    """Yield ``folder``, new, with the files that ``repository`` holds at ``commit``; it goes afterwards.

    Raises SetupError where git knows no such commit.
    """
    run_git(repository, "worktree", "add", "--quiet", "--detach", str(folder), commit)
    try:
        yield folder
    finally:
        ask_git(repository, "worktree", "remove", "--force", str(folder))


def checkout_of(remote: str, commit: str, folder: Path) -> Path:
    """Return a folder below ``folder`` with the files that the repository at ``remote`` holds at ``commit``.

    It is fetched once, with its whole history; a fetch that was broken off is begun anew. Raises
    SetupError where there is no such repository or commit.
    """
    place = folder / commit
    if place.is_dir():
        return place
    folder.mkdir(parents=True, exist_ok=True)
    passing = folder / f"{commit}.{os.getpid()}.part"
    shutil.rmtree(passing, ignore_errors=True)
    run_git(folder, "clone", "--quiet", "--no-checkout", "--", remote, str(passing))
    run_git(passing, "checkout", "--quiet", "--detach", commit)
    passing.replace(place)
    return place
