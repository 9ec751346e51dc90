"""The door to git-filter-repo: rewrites the history of the repository in which it is started.

It runs as a process of its own, since git-filter-repo works in the current folder and writes where it likes;
what is to be removed comes in through a pipe, so that it stands in no command line, variable or file.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.history.git import ask_git, environment
from generator.history.spellings import Spellings, is_text
from generator.model.finding import SetupError
from generator.wording import _

_OPTIONS = ("--force", "--partial", "--quiet", "--prune-empty", "never", "--prune-degenerate", "never")
_NOTES = "filter-repo"


def rewrite(root: Path, spellings: Spellings, files: tuple[str, ...]) -> dict[str, str]:
    """Rewrite every ref of the repository at ``root`` and return its commits, old id → new id.

    The values are replaced in texts, names and messages; ``files``, or all below a folder, are dropped.
    """
    order = json.dumps({"values": spellings.values, "files": files})
    # -P: nothing of the repository itself is ever imported.
    command = [sys.executable, "-P", "-m", "generator.history.filtering"]
    notes = Path(ask_git(root, "rev-parse", "--absolute-git-dir") or root) / _NOTES
    try:
        # What an earlier run left would make it ask whether to go on from there.
        _remove(notes)
        done = subprocess.run(
            command, cwd=root, input=order.encode(), capture_output=True, check=False, env=environment()
        )
        if done.returncode:
            problem = spellings.removed_from_text(done.stderr.decode("utf-8", "replace").strip())
            raise SetupError(_("git-filter-repo 出错：{problem}").format(problem=problem))
        lines = (notes / "commit-map").read_text(encoding="ascii").split("\n")[1:]
        return dict(line.split() for line in lines if line)
    finally:
        _remove(notes)


def _remove(folder: Path) -> None:
    if folder.is_dir():
        for path in folder.iterdir():
            path.unlink()
        folder.rmdir()


def is_below(path: str, files: tuple[str, ...]) -> bool:
    """Return whether ``path`` is one of ``files`` or lies in one of them."""
    return any(path == file or path.startswith(f"{file}/") for file in files)


@dataclass(slots=True)
class _Names:
    """The new name of each file; two names that differ in the value alone are kept apart."""

    spellings: Spellings
    files: tuple[str, ...]
    taken: dict[str, str] = field(default_factory=dict)

    def new(self, name: bytes) -> bytes | None:
        """Return a file's new name, None when it is dropped."""
        old = name.decode("utf-8", "surrogateescape")
        if is_below(old, self.files):
            return None
        plain = self.spellings.removed_from_text(old)
        if plain == old:
            return name
        stem, dot, suffix = plain.rpartition(".") if "." in plain.rpartition("/")[2] else (plain, "", "")
        new, number = plain, 1
        while self.taken.setdefault(new, old) != old:
            number += 1
            new = f"{stem}-{number}{dot}{suffix}"
        return new.encode("utf-8", "surrogateescape")


def _filter(spellings: Spellings, files: tuple[str, ...]) -> None:
    import git_filter_repo  # type: ignore[import-untyped]

    def tweak(blob: Any, _metadata: Any) -> None:
        if is_text(blob.data):
            blob.data = spellings.removed_from(blob.data)

    options = git_filter_repo.FilteringOptions.parse_args(list(_OPTIONS))
    names = _Names(spellings, files)
    git_filter_repo.RepoFilter(
        options,
        filename_callback=names.new,
        message_callback=spellings.removed_from,
        name_callback=spellings.removed_from,
        email_callback=spellings.removed_from,
        blob_callback=tweak,
    ).run()


if __name__ == "__main__":
    given = json.load(sys.stdin)
    _filter(Spellings(tuple(given["values"])), tuple(given["files"]))
