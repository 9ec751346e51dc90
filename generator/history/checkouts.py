"""Checkouts: the files of one commit in a folder of their own, with its history behind them."""

from __future__ import annotations

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
