"""Contents: the SHA-256 of every version that each file below a folder ever had in its repository."""

from __future__ import annotations

import hashlib
from pathlib import Path

from generator.history.blobs import BlobReader
from generator.history.commits import has_commits, list_commits
from generator.history.git import ask_git


def contents_by_path(folder: Path, shown: str) -> dict[str, frozenset[str]]:
    """Return by path the hashes of all versions that the history of HEAD holds; {} where there is none.

    ``shown`` is how findings name ``folder``. What a clone lacks, or is over 32 MB, is left out.
    """
    if not has_commits(folder):
        return {}
    prefix = ask_git(folder, "rev-parse", "--show-prefix") or ""
    blobs: dict[str, set[str]] = {}
    for commit in list_commits(folder):
        for change in commit.changes:
            if change.blob and change.path.startswith(prefix):
                blobs.setdefault(change.blob, set()).add(f"{shown}/{change.path.removeprefix(prefix)}")
    found: dict[str, set[str]] = {}
    with BlobReader(folder) as reader:
        for paths, content in zip(blobs.values(), reader.read_all(blobs), strict=True):
            if content is not None:
                digest = hashlib.sha256(content).hexdigest()
                for path in paths:
                    found.setdefault(path, set()).add(digest)
    return {path: frozenset(digests) for path, digests in found.items()}
