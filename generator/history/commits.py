"""Commits: every commit that a revision reaches and what each changed, from one pass over git."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from generator.history.git import PLAIN, ask_git, stream_git
from generator.history.raw_listing import FILES, MARK, RawChange, stream_log
from generator.history.soundness import head_of
from generator.history.trailers import Trailers, presentable, read_trailers


@dataclass(frozen=True, slots=True)
class FileChange:
    """One file in one commit: the ``blob`` it holds now ("" when it is gone), its path, its former path.

    ``likeness`` is 0 to 100, how far a renamed file is still the same.
    """

    path: str
    blob: str
    former: str = ""
    likeness: int = 0


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit: its day where it was made, and the names (never the addresses) behind it.

    ``changes`` are against its first parent: of a merge, what it brought.
    """

    id: str
    parents: tuple[str, ...]
    author: str
    committer: str
    day: date
    trailers: Trailers
    changes: tuple[FileChange, ...]

    @property
    def short(self) -> str:
        """Return the first digits of the id, as people quote it."""
        return self.id[:7]


# A history told one by one: a commit, and after it each of its changes.
Told = Commit | FileChange


def has_commits(folder: Path) -> bool:
    """Return whether ``folder`` lies in a repository in which something was committed; raises SetupError."""
    return bool(head_of(folder))


def is_shallow(folder: Path) -> bool:
    """Return whether the repository around ``folder`` holds only the end of its history."""
    return ask_git(folder, "rev-parse", "--is-shallow-repository") == "true"


def list_commits(folder: Path, revision: str = "HEAD", *, since: str = "") -> list[Commit]:
    """Return the commits that ``revision`` reaches (less those that ``since`` does), newest first.

    Children stand before their parents, whatever their clocks said. Raises SetupError where git fails.
    """
    return list(whole_commits(stream_commits(folder, revision, since=since)))


def stream_commits(folder: Path, revision: str = "HEAD", *, since: str = "") -> Iterator[Told]:
    """Yield what ``list_commits`` returns one by one: each commit without its changes, and then those."""
    form = f"{MARK}%H%x00%P%x00%an%x00%cn%x00%cI%x00%B%x00"
    wanted = [revision, f"^{since}"] if since else [revision]
    log = stream_git(
        folder,
        *(*PLAIN, "log", "--topo-order", "--diff-merges=first-parent", "--root", "--raw", "--no-abbrev"),
        *("-M", "-z", "--encoding=UTF-8", "--no-notes", "--no-color", f"--format={form}", *wanted, "--"),
    )
    for told in stream_log(log, parts=6):
        yield _change(told) if isinstance(told, RawChange) else _commit(told)


def whole_commits(stream: Iterable[Told]) -> Iterator[Commit]:
    """Yield the commits of ``stream`` with the changes that come after them."""
    head: Commit | None = None
    changes: list[FileChange] = []
    for told in stream:
        if isinstance(told, FileChange):
            changes.append(told)
            continue
        if head is not None:
            yield replace(head, changes=tuple(changes))
        head, changes = told, []
    if head is not None:
        yield replace(head, changes=tuple(changes))


def _change(change: RawChange) -> FileChange:
    """Return what became of a file; a link is none."""
    if change.is_gone or change.mode not in FILES:
        return FileChange(change.former or change.path, "")
    return FileChange(change.path, change.blob, change.former, change.likeness)


def _commit(head: tuple[str, ...]) -> Commit:
    own, parents, author, committer, moment, message = head
    return Commit(
        id=own,
        parents=tuple(parents.split()),
        author=presentable(author),
        committer=presentable(committer),
        day=datetime.fromisoformat(moment).date(),
        trailers=read_trailers(message),
        changes=(),
    )
