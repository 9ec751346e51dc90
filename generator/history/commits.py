"""Commits: every commit that a revision reaches and what each changed, from one pass over git."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from generator.history.git import PLAIN, ask_git, run_git
from generator.history.trailers import Trailers, presentable, read_trailers

_MARK = b"\x01"
_FILES = (b"100644", b"100755")


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


def has_commits(folder: Path) -> bool:
    """Return whether ``folder`` lies in a repository in which something was committed."""
    return ask_git(folder, "rev-parse", "--verify", "--quiet", "HEAD") is not None


def is_shallow(folder: Path) -> bool:
    """Return whether the repository around ``folder`` holds only the end of its history."""
    return ask_git(folder, "rev-parse", "--is-shallow-repository") == "true"


def list_commits(folder: Path, revision: str = "HEAD", *, since: str = "") -> list[Commit]:
    """Return the commits that ``revision`` reaches (less those that ``since`` does), newest first.

    Children stand before their parents, whatever their clocks said. Raises SetupError where git fails.
    """
    form = "%x01%H%x00%P%x00%an%x00%cn%x00%cI%x00%B%x00"
    wanted = [revision, f"^{since}"] if since else [revision]
    log = run_git(
        folder,
        *(*PLAIN, "log", "--topo-order", "--diff-merges=first-parent", "--root", "--raw", "--no-abbrev"),
        *("-M", "-z", "--encoding=UTF-8", "--no-notes", "--no-color", f"--format={form}", *wanted, "--"),
    )
    return list(_commits(iter(log.split(b"\0"))))


def _commits(fields: Iterator[bytes]) -> Iterator[Commit]:
    head: list[str] = []
    changes: list[FileChange] = []
    for field in fields:
        entry = field.lstrip(b"\n")
        if entry.startswith(_MARK):
            if head:
                yield _commit(head, changes)
            head = [_text(entry[1:]), *(_text(next(fields)) for _part in range(5))]
            changes = []
        elif entry.startswith(b":"):
            changes.extend(_changes(entry, fields))
    if head:
        yield _commit(head, changes)


def _changes(entry: bytes, fields: Iterator[bytes]) -> Iterator[FileChange]:
    """Yield what one line of the raw listing says, whose paths are the next fields; links are no files."""
    _old_mode, mode, _old, blob, state = entry[1:].split()
    path = _path(next(fields))
    if state.startswith(b"R"):
        target = _path(next(fields))
        if mode in _FILES:
            yield FileChange(target, blob.decode(), path, int(state[1:]))
        else:
            yield FileChange(path, "")
    elif state == b"D" or mode not in _FILES:
        yield FileChange(path, "")
    else:
        yield FileChange(path, blob.decode())


def _commit(head: list[str], changes: list[FileChange]) -> Commit:
    own, parents, author, committer, moment, message = head
    return Commit(
        id=own.strip(),
        parents=tuple(parents.split()),
        author=presentable(author),
        committer=presentable(committer),
        day=datetime.fromisoformat(moment).date(),
        trailers=read_trailers(message),
        changes=tuple(changes),
    )


def _text(field: bytes) -> str:
    return field.decode("utf-8", "replace")


def _path(field: bytes) -> str:
    return field.decode("utf-8", "surrogateescape")
