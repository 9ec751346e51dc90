"""Soundness: a history that is there but cannot be read is told, and never passes for none."""

from __future__ import annotations

from pathlib import Path

from generator.history.git import PLAIN, ask_git, damaged, feed_git, has_git, last_line, problem_of
from generator.model.finding import SetupError
from generator.wording import _


def head_of(folder: Path) -> str:
    """Return the commit checked out around ``folder``, "" where nothing was ever committed.

    Raises SetupError where something was, and git no longer knows what.
    """
    found = ask_git(folder, *PLAIN, "rev-parse", "--verify", "--quiet", "HEAD")
    if found is None and has_git():
        _require_none(folder)
    return found or ""


def require_sound(folder: Path) -> None:
    """Raise SetupError where there is a history around ``folder`` whose last commit cannot be read.

    Only this one is read: what all of it takes, and what it finds, is for ``cunwu verify``.
    """
    if not has_git():
        return
    done = feed_git(folder, *PLAIN, "cat-file", "commit", "HEAD")
    if done.returncode and head_of(folder):
        raise SetupError(damaged(last_line(done.stderr)))


def _require_none(folder: Path) -> None:
    """Raise SetupError where ``folder`` lies in a repository that had commits once."""
    done = feed_git(folder, "rev-parse", "--git-path", "logs/HEAD", "--git-path", "objects/pack")
    if done.returncode:
        if not _lies_in_a_repository(folder):
            return
        said = last_line(done.stderr)
        raise SetupError(damaged(said) if "not a git repository" in said else problem_of(done.stderr))
    log, packs = (folder / line for line in done.stdout.decode("utf-8", "surrogateescape").splitlines())
    # Whoever commits leaves a line in the one, whoever clones or tidies up a file in the other.
    if (log.is_file() and log.stat().st_size) or any(packs.glob("*.pack")):
        raise SetupError(damaged(_("HEAD 指向的分支没有了")))


def _lies_in_a_repository(folder: Path) -> bool:
    own = folder.resolve()
    places = [parent / ".git" for parent in (own, *own.parents)]
    return any(place.is_file() or (place / "objects").is_dir() for place in places)
