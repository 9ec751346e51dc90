"""The memory of commits: what was read of a history once is read from a file, and only the rest from git."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from generator.history.commits import Commit, FileChange, is_shallow, list_commits
from generator.history.git import ask_git
from generator.history.soundness import head_of
from generator.history.trailers import Trailers
from generator.intake.kept_file import keep, recall

_FORM = 2


def list_remembered(folder: Path, memory: Path | None) -> list[Commit]:
    """Return the commits that HEAD reaches, newest first, and keep them in the file ``memory``.

    A history that was rewritten is read anew, one that only grew from where it was known. The end of a
    history that was cut off is never kept: fetching the rest would change it under the same HEAD.
    """
    head = head_of(folder)
    if memory is None or is_shallow(folder):
        return list_commits(folder)
    known = _load(memory)
    if known and known[0].id == head:
        return known
    is_grown = bool(known) and ask_git(folder, "merge-base", "--is-ancestor", known[0].id, head) is not None
    commits = [*list_commits(folder, since=known[0].id), *known] if is_grown else list_commits(folder)
    _save(memory, commits)
    return commits


def _load(memory: Path) -> list[Commit]:
    """Return the commits that are remembered; none where the file is missing or cannot be read."""
    try:
        kept = json.loads(recall(memory) or b"null")
        if kept["form"] != _FORM:
            return []
        return [_commit(entry) for entry in kept["commits"]]
    except (ValueError, KeyError, TypeError):
        return []


def _commit(entry: list[Any]) -> Commit:
    name, parents, author, committer, day, trailers, changes = entry
    return Commit(
        id=name,
        parents=tuple(parents),
        author=author,
        committer=committer,
        day=date.fromisoformat(day),
        trailers=Trailers(*trailers),
        changes=tuple(FileChange(*change) for change in changes),
    )


def _save(memory: Path, commits: Iterable[Commit]) -> None:
    kept = [
        (
            *(commit.id, commit.parents, commit.author, commit.committer, commit.day.isoformat()),
            (
                *(commit.trailers.reason, commit.trailers.reviewed),
                *(commit.trailers.prepared, commit.trailers.withdrawn),
            ),
            [(change.path, change.blob, change.former, change.likeness) for change in commit.changes],
        )
        for commit in commits
    ]
    # Names of files that are no UTF-8 are kept as JSON's own escapes.
    keep(memory, json.dumps({"form": _FORM, "commits": kept}).encode("ascii"))
