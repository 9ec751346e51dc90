"""The memory of commits: what was read of a history once is read from a file, and only the rest from git."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

from generator.history.commits import Commit, FileChange, Told, is_shallow, stream_commits
from generator.history.git import ask_git
from generator.history.soundness import head_of
from generator.history.trailers import Trailers
from generator.intake.kept_file import keeping, recall_lines

_FORM = 3
# A line of so many parts is a change, one of more a commit.
_CHANGE = 4


def stream_remembered(folder: Path, memory: Path) -> Iterator[Told]:
    """Yield what HEAD reaches as ``stream_commits`` does, and keep it in the file ``memory``.

    It is kept once all of it was asked for. A history that was rewritten is read anew, one that only grew
    from where it was known. The end of a history that was cut off is never kept: fetching the rest would
    change it under the same HEAD.
    """
    if is_shallow(folder):
        yield from stream_commits(folder)
        return
    head = head_of(folder)
    last = _last_of(memory)
    if last == head:
        yield from _known(memory)
        return
    is_grown = bool(last) and ask_git(folder, "merge-base", "--is-ancestor", last, head) is not None
    fresh = stream_commits(folder, since=last if is_grown else "")
    with keeping(memory) as write:
        write(_line({"form": _FORM, "head": head}))
        for told in chain(fresh, _known(memory)) if is_grown else fresh:
            write(_line(_facts(told)))
            yield told


def _last_of(memory: Path) -> str:
    """Return the newest commit that is remembered; "" where the file is missing or cannot be read."""
    try:
        kept = json.loads(next(recall_lines(memory), b"null"))
        return str(kept["head"]) if kept["form"] == _FORM else ""
    except (ValueError, KeyError, TypeError):
        return ""


def _known(memory: Path) -> Iterator[Told]:
    lines = recall_lines(memory)
    next(lines, None)
    return map(_told, lines)


def _told(line: bytes) -> Told:
    kept: list[Any] = json.loads(line)
    if len(kept) == _CHANGE:
        return FileChange(*kept)
    name, parents, author, committer, day, trailers = kept
    said = Trailers(*trailers)
    return Commit(name, tuple(parents), author, committer, date.fromisoformat(day), said, ())


def _facts(told: Told) -> list[Any]:
    if isinstance(told, FileChange):
        return [told.path, told.blob, told.former, told.likeness]
    said = told.trailers
    return [
        *(told.id, told.parents, told.author, told.committer, told.day.isoformat()),
        (said.reason, said.reviewed, said.prepared, said.withdrawn),
    ]


def _line(facts: Any) -> bytes:
    # Names of files that are no UTF-8 are kept as JSON's own escapes.
    return json.dumps(facts).encode("ascii") + b"\n"
