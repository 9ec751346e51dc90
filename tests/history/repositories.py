"""Real repositories, keys and people for the tests of purging, signing and hooks."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from tests.copies import lay


def left_alone() -> dict[str, str]:
    """Return an environment without the machine's own git settings, or those of a repository around us."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    return kept | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


class Repo:
    """A repository in which somebody may commit."""

    def __init__(self, root: Path, *, bare: bool = False) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=main", *(["--bare"] if bare else []))
        self.git("config", "user.name", "甲")
        self.git("config", "user.email", "a@example.invalid")

    def attempt(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """Run git and return how it ended."""
        command = ["git", "-C", str(self.root), *map(str, arguments)]
        return subprocess.run(command, env=left_alone(), capture_output=True, text=True, check=False)

    def git(self, *arguments: str | Path) -> str:
        """Run git, which must succeed, and return what it printed."""
        done = self.attempt(*arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def write(self, file: str, content: str | bytes) -> Path:
        """Write a file and return its path."""
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def commit(self, message: str = "记录", **files: str | bytes) -> str:
        """Write files (their names with __ for /, - of suffix .csv), commit all and return the id."""
        for name, content in files.items():
            self.write(name.replace("__", "/") + ".csv", content)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", message)
        return self.git("rev-parse", "HEAD")

    def output(self, *arguments: str) -> bytes:
        """Run git, which must succeed, and return what it printed to the byte."""
        command = ["git", "-C", str(self.root), *arguments]
        return subprocess.run(command, env=left_alone(), capture_output=True, check=True).stdout

    def stored(self) -> bytes:
        """Return every object that the repository stores, reachable or not, one after another."""
        return self.output("cat-file", "--batch", "--batch-all-objects")


def copy_of(make: Callable[[Path], object], target: Path) -> Path:
    """Return ``target`` as the repository that ``make`` makes; it is made once in a process, then copied."""
    lay(_prototype(make), target)
    # Git knows its files by their times: without this it would read them all again at every question.
    command = ["git", "-C", str(target), "update-index", "-q", "--refresh"]
    subprocess.run(command, env=left_alone(), check=True, capture_output=True)
    return target


@cache
def _prototype(make: Callable[[Path], object]) -> Path:
    folder = tempfile.mkdtemp(prefix="cunwu-repository-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    root = Path(folder) / "repository"
    make(root)
    # One pack is copied sooner than a file for every object.
    command = ["git", "-C", str(root), "repack", "-adq"]
    subprocess.run(command, env=left_alone(), check=True, capture_output=True)
    return root


def make_key(folder: Path, name: str = "key") -> Path:
    """Return a new SSH key without a passphrase."""
    path = folder / name
    command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(path)]
    subprocess.run(command, check=True, capture_output=True)
    return path


def allow(file: Path, name: str, key: Path, options: str = 'namespaces="cunwu-purge"') -> Path:
    """Return a list of allowed signers with one more line."""
    file.parent.mkdir(parents=True, exist_ok=True)
    public = key.with_name(key.name + ".pub").read_text(encoding="utf-8")
    with file.open("a", encoding="utf-8") as out:
        out.write(f"{name} {options} {public}")
    return file
