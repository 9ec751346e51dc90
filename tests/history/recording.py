"""A repository whose commits fall on given days, by given hands, for tests of what git remembers."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


class Records:
    """A real repository; every commit says its day, who made it and why."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str, day: str = "2026-01-01", author: str = "报账员") -> str:
        """Run git on ``day`` and return what it printed."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
        moment = f"{day}T12:00:00+08:00"
        own = {
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": author,
            "GIT_AUTHOR_EMAIL": "a@example.invalid",
            "GIT_COMMITTER_NAME": author,
            "GIT_COMMITTER_EMAIL": "a@example.invalid",
            "GIT_AUTHOR_DATE": moment,
            "GIT_COMMITTER_DATE": moment,
        }
        done = subprocess.run(
            ["git", "-C", str(self.root), *arguments], env=kept | own, capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode().strip()

    def write(self, file: str, content: str | bytes) -> Path:
        """Write a file below the root."""
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def commit(self, day: str, message: str = "记录", author: str = "报账员") -> str:
        """Commit everything as it lies and return the id."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", message, day=day, author=author)
        return self.git("rev-parse", "HEAD")

    def merge(self, branch: str, day: str, message: str, author: str = "监委会") -> str:
        """Merge a branch by a commit of its own and return the id."""
        self.git("merge", "--quiet", "--no-ff", "--message", message, branch, day=day, author=author)
        return self.git("rev-parse", "HEAD")
