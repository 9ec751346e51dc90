"""The survey: where in a repository a value stands, in every object that it holds and in git's own notes."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.history.blobs import next_object
from generator.history.filtering import is_below
from generator.history.git import ask_git, environment, lines_of_git
from generator.history.repository import Change, list_all_blobs, list_changes
from generator.history.spellings import Spellings, is_text

# Yields the texts packed into a file (a workbook, a PDF, an image), None for a part that cannot be read.
Look = Callable[[str, bytes], Iterator[str | None]]
_EVERYTHING = ("--all",)
_SHORT = 7


@dataclass(frozen=True, slots=True)
class Survey:
    """Where the values stand; no name, place or count repeats one.

    ``texts`` and ``packed`` are paths with the commits that wrote such a version: in a text words can be
    replaced, a packed file must go whole. ``files`` are those that were named to go, with their commits.
    ``missing`` are those of them that never were. ``names`` are paths that bear a value themselves.
    ``loose`` counts what no branch or tag reaches any more, ``notes`` are git's own files. ``unread`` are
    packed files of which a part could not be looked into; ``shared`` are other paths at which the content
    of ``files`` stands too. ``gone`` are the ids of the versions that ``files`` had, save the shared.
    """

    texts: Mapping[str, tuple[str, ...]]
    packed: Mapping[str, tuple[str, ...]]
    files: Mapping[str, tuple[str, ...]]
    missing: tuple[str, ...]
    names: tuple[str, ...]
    messages: tuple[str, ...]
    loose: int
    notes: tuple[str, ...]
    unread: tuple[str, ...]
    shared: tuple[str, ...]
    gone: frozenset[str]

    @property
    def is_empty(self) -> bool:
        """Return whether there is nothing to remove."""
        return not (
            *(self.texts or self.packed or self.files or ()),
            *(*self.names, *self.messages, *self.notes),
            *range(self.loose),
        )

    @property
    def commits(self) -> frozenset[str]:
        """Return the commits, abbreviated, that wrote a value or a file to be dropped."""
        written = (*self.texts.values(), *self.packed.values(), *self.files.values())
        return frozenset((*self.messages, *(commit for commits in written for commit in commits)))


def survey(root: Path, spellings: Spellings, files: tuple[str, ...], look: Look) -> Survey:
    """Return where the values, and the files at the paths ``files``, stand in the repository at ``root``."""
    changes = list_changes(root, _EVERYTHING)
    known = {change.blob for change in changes}
    changes += [Change("", blob, path, False) for blob, path in list_all_blobs(root) if blob not in known]
    paths: dict[str, set[str]] = {}
    for change in changes:
        paths.setdefault(change.blob, set()).add(change.path)
    found = _search(root, spellings, paths, look)
    reachable = frozenset(
        line.partition(" ")[0]
        for line in lines_of_git(root, "rev-list", "--objects", "--all", "--no-object-names")
    )
    staying = [change for change in changes if not is_below(change.path, files)]
    leaving = [change for change in changes if is_below(change.path, files)]
    shared = {change.blob for change in leaving} & {change.blob for change in staying}
    shown = spellings.removed_from_text
    return Survey(
        texts=_by_path(staying, found.texts, shown),
        packed=_by_path(staying, found.packed, shown),
        files=_by_path(leaving, frozenset(paths), shown),
        missing=tuple(shown(f) for f in files if not any(is_below(c.path, (f,)) for c in leaving)),
        names=tuple(sorted({shown(c.path) for c in staying if spellings.stand_in_text(c.path)})),
        messages=tuple(sorted(oid[:_SHORT] for oid in found.messages & reachable)),
        loose=len((found.messages | found.texts | found.packed | found.trees) - reachable),
        notes=tuple(_notes(root, spellings)),
        unread=tuple(sorted({shown(change.path) for change in staying if change.blob in found.unread})),
        shared=tuple(sorted({shown(change.path) for change in staying if change.blob in shared})),
        gone=frozenset(change.blob for change in leaving) - shared,
    )


@dataclass(slots=True)
class _Found:
    texts: set[str] = field(default_factory=set)
    packed: set[str] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)
    messages: set[str] = field(default_factory=set)
    trees: set[str] = field(default_factory=set)


def _search(root: Path, spellings: Spellings, paths: Mapping[str, set[str]], look: Look) -> _Found:
    found = _Found()
    if not spellings.values:
        return found
    for oid, kind, content in list_objects(root):
        if kind != b"blob":
            if spellings.stand_in(content):
                (found.trees if kind == b"tree" else found.messages).add(oid)
        elif is_text(content):
            if spellings.stand_in(content):
                found.texts.add(oid)
        else:
            _search_packed(oid, content, spellings, sorted(paths.get(oid, {""})), look, found)
    return found


def _search_packed(
    oid: str, content: bytes, spellings: Spellings, names: list[str], look: Look, found: _Found
) -> None:
    if spellings.stand_in(content):
        found.packed.add(oid)
    for text in look(names[0], content):
        if text is None:
            found.unread.add(oid)
        elif oid not in found.packed and spellings.stand_in_text(text):
            found.packed.add(oid)


def list_objects(root: Path) -> Iterator[tuple[str, bytes, bytes]]:
    """Yield id, kind and bytes of every object that the repository stores, reachable or not."""
    command = [
        "git",
        "-C",
        str(root),
        "cat-file",
        "--batch",
        "--batch-all-objects",
        "--unordered",
        "--buffer",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment()) as process:
        assert process.stdout is not None
        while found := next_object(process.stdout):
            yield found


def _by_path(
    changes: list[Change], blobs: set[str] | frozenset[str], shown: Callable[[str], str]
) -> dict[str, tuple[str, ...]]:
    commits: dict[str, dict[str, None]] = {}
    for change in changes:
        if change.blob in blobs:
            found = commits.setdefault(shown(change.path), {})
            if change.commit:
                found[change.commit[:_SHORT]] = None
    return {path: tuple(found) for path, found in sorted(commits.items())}


def _notes(root: Path, spellings: Spellings) -> Iterator[str]:
    """Yield git's own files, other than its objects, that hold a value: logs, drafts, the index."""
    folder = Path(ask_git(root, "rev-parse", "--absolute-git-dir") or root)
    objects = folder / "objects"
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_relative_to(objects) and spellings.stand_in(path.read_bytes()):
            yield spellings.removed_from_text(path.relative_to(folder).as_posix())
