"""Notes: what the makers of commits wrote, along a history or at the refs of a repository."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from generator.history.git import PLAIN, run_git

_END = "\0\0\0"


@dataclass(frozen=True, slots=True)
class Note:
    """A commit with what its maker wrote: ``moment`` is when it was made."""

    commit: str
    parents: tuple[str, ...]
    moment: datetime
    author: str
    email: str
    text: str
    ref: str = ""


def list_notes(top: Path, *arguments: str) -> Iterator[Note]:
    """Yield the commits that ``git log`` lists with these arguments, newest first."""
    form = "--format=%H%x00%P%x00%cI%x00%an%x00%ae%x00%B%x00%x00%x00"
    listed = run_git(top, *PLAIN, "log", "--encoding=UTF-8", form, *arguments)
    for entry in listed.decode("utf-8", "replace").split(_END):
        fields = entry.lstrip("\n").split("\0")
        if len(fields) >= 6:
            commit, parents, moment, author, email, text = fields[:6]
            when = datetime.fromisoformat(moment)
            yield Note(commit, tuple(parents.split()), when, author, email, text)


def list_notes_at(top: Path, *arguments: str) -> Iterator[Note]:
    """Yield the commits at which refs stand, as ``git for-each-ref`` lists them."""
    form = (
        "--format=%(objectname)%00%(parent)%00%(committerdate:iso-strict)%00%(authorname)%00"
        "%(authoremail:trim)%00%(refname)%00%(contents)%00%00%00"
    )
    listed = run_git(top, "for-each-ref", form, *arguments)
    for entry in listed.decode("utf-8", "replace").split(_END):
        fields = entry.lstrip("\n").split("\0")
        if len(fields) >= 7 and fields[2]:
            commit, parents, moment, author, email, ref, text = fields[:7]
            when = datetime.fromisoformat(moment)
            yield Note(commit, tuple(parents.split()), when, author, email, text, ref)
