"""Beginnings: a repository is made where there is none, and its first commit."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from generator.history.git import ask_git, feed_git, run_git
from generator.model.finding import SetupError
from generator.wording import _

_BRANCH = "main"


def begin_repository(root: Path, names: Sequence[str] = (), message: str = "") -> str:
    """Make a repository at ``root``; with ``names``, commit those files and return the commit's id.

    Who commits is who git says that is, else a role. Raises SetupError where git, or a hook, refuses.
    """
    if not (root / ".git").exists():
        run_git(root, "init", "--quiet", f"--initial-branch={_BRANCH}")
    if not names:
        return ""
    listed = "".join(f"{name}\0" for name in names).encode()
    _must(root, "add", "--pathspec-from-file=-", "--pathspec-file-nul", content=listed)
    # The mark that a script may be run has no place on a disk of Windows.
    scripts = [name for name in names if name.endswith(".sh")]
    if scripts:
        _must(root, "update-index", "--chmod=+x", "--", *scripts)
    own = () if ask_git(root, "config", "user.email") else _role()
    _must(root, *own, "commit", "--quiet", "--file=-", content=message.encode())
    return run_git(root, "rev-parse", "HEAD").decode().strip()


def _role() -> tuple[str, ...]:
    name = os.environ.get("GIT_AUTHOR_NAME") or _("县管理员")
    return ("-c", f"user.name={name}", "-c", "user.email=role@desk.invalid")


def _must(root: Path, *arguments: str, content: bytes = b"") -> None:
    done = feed_git(root, *arguments, content=content)
    if done.returncode:
        problem = (done.stderr + done.stdout).decode("utf-8", "replace").strip()
        raise SetupError(_("git 出错：{problem}").format(problem=problem))
