"""The door to git: which commit last touched each file, and every file that was ever committed."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from generator.history.git import PLAIN, ask_git, damaged, run_git
from generator.history.raw_listing import FILES, LINK, MARK, RawChange, read_changes, read_log
from generator.history.soundness import head_of, require_sound
from generator.model.finding import SetupError


@dataclass(frozen=True, slots=True)
class Version:
    """The commit that last changed a file: its short id and the day it was made."""

    commit: str
    day: date


@dataclass(frozen=True, slots=True)
class Versions:
    """The last version of every committed file; ``head`` is "" where there is no history."""

    head: str
    by_path: Mapping[str, Version]
    changed: frozenset[str]

    def of(self, path: str) -> Version | None:
        """Return the version that ``path`` stands at, or None when its bytes are not committed."""
        return None if path in self.changed else self.by_path.get(path)

    def parted(self, folders: Iterable[str], shown: str) -> dict[str, Versions]:
        """Return the part of each of ``folders``, which lie below what findings name as ``shown``."""
        known = set(folders)
        parts: dict[str, dict[str, Version]] = {folder: {} for folder in known}
        changed: dict[str, set[str]] = {folder: set() for folder in known}
        for path, version in self.by_path.items():
            folder = folder_of(path, shown, known)
            if folder is not None:
                parts[folder][path] = version
        for path in self.changed:
            folder = folder_of(path, shown, known)
            if folder is not None:
                changed[folder].add(path)
        return {f: Versions(self.head, found, frozenset(changed[f])) for f, found in parts.items()}


NO_VERSIONS = Versions("", {}, frozenset())


def folder_of(path: str, shown: str, known: Container[str]) -> str | None:
    """Return the folder among ``known`` ("dong/xi", "_county") that holds ``path``, named below ``shown``."""
    names = (path.removeprefix(f"{shown}/") if shown else path).split("/")
    return next((f for f in ("/".join(names[:2]), names[0]) if f in known), None)


def read_versions(folder: Path, shown: str) -> Versions:
    """Return the versions of the files below ``folder``, which findings name as ``shown``.

    The folder may be a repository of its own or lie inside one; where there is no git, there are none.
    """
    head = head_of(folder)
    prefix = ask_git(folder, *PLAIN, "rev-parse", "--show-prefix")
    if not head or prefix is None:
        return NO_VERSIONS
    place = _Place(prefix.strip("\n"), shown)
    changed = _uncommitted(folder, place, ["."])
    log = ask_git(
        folder, *PLAIN, "log", "--format=%x01%h %cI", "--name-only", "--no-renames", "-z", "--", "."
    )
    return Versions(head, _latest(log or "", place), changed)


def short_length(folder: Path) -> int:
    """Return to how many digits git abbreviates ids in the repository around ``folder``."""
    return len(run_git(folder, *PLAIN, "rev-parse", "--short", "HEAD").strip())


def loose_paths(folder: Path, shown: str) -> list[str]:
    """Return the files below ``folder``, named as findings do, that are not as they were committed.

    Where nothing was ever committed there are none. Raises SetupError where the history cannot be read.
    """
    require_sound(folder)
    if not head_of(folder):
        return []
    prefix = ask_git(folder, *PLAIN, "rev-parse", "--show-prefix") or ""
    return sorted(_uncommitted(folder, _Place(prefix.strip("\n"), shown), ["."]))


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a repository stands: ``head`` is the commit checked out, ``prefix`` where the folder lies in it.

    ``index`` changes whenever the staging area or the repository's settings do.
    """

    head: str
    prefix: str
    index: str
    is_shallow: bool


def read_standing(folder: Path) -> Standing | None:
    """Return where the repository around ``folder`` stands, or None where nothing was ever committed.

    Raises SetupError where it cannot be read.
    """
    asked = ("--is-shallow-repository", "--git-path", "index", "--git-path", "config", "--show-prefix")
    # The commit itself is read, not only its name.
    found = ask_git(folder, *PLAIN, "rev-parse", *asked, "HEAD^{commit}")
    if found is None:
        if head := head_of(folder):
            require_sound(folder)
            # It can be read, but is not what its name says.
            raise SetupError(damaged(head))
        return None
    shallow, index, config, rest = found.split("\n", 3)
    prefix, _break, head = rest.rpartition("\n")
    stamps = []
    for name in (index, config):
        path = folder / name
        stat = path.stat() if path.is_file() else None
        stamps.append((stat.st_size, stat.st_mtime_ns, stat.st_ino) if stat is not None else None)
    return Standing(head, prefix, repr(stamps), shallow == "true")


def list_uncommitted(folder: Path, shown: str, prefix: str, below: Iterable[str]) -> frozenset[str]:
    """Return the files at ``below`` ("dong/xi"), as findings name them, whose bytes are not committed."""
    return _uncommitted(folder, _Place(prefix, shown), below)


def _uncommitted(folder: Path, place: _Place, below: Iterable[str]) -> frozenset[str]:
    asked = ("status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--", *below)
    # Where git cannot tell, nothing may pass for committed.
    status = run_git(folder, *PLAIN, "--literal-pathspecs", *asked).decode("utf-8", "surrogateescape")
    return frozenset(place.name(entry[3:]) for entry in status.split("\0") if len(entry) > 3)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a folder lies in its repository, and how the names of its files are shown."""

    prefix: str
    shown: str

    def name(self, path: str) -> str:
        """Return how findings name the file at ``path`` below the top of the repository."""
        return f"{self.shown}/{path.removeprefix(self.prefix)}"


def _latest(log: str, place: _Place) -> dict[str, Version]:
    versions: dict[str, Version] = {}
    for entry in log.split("\x01"):
        heading, _separator, names = entry.partition("\0")
        commit, _space, moment = heading.strip().partition(" ")
        if not moment:
            continue
        version = Version(commit, datetime.fromisoformat(moment).date())
        for name in names.split("\0"):
            path = name.strip("\n")
            if path:
                versions.setdefault(place.name(path), version)
    return versions


@dataclass(frozen=True, slots=True)
class Change:
    """A file that a commit added or changed: its bytes are the blob ``blob``; "" is the staging area."""

    commit: str
    blob: str
    path: str
    is_link: bool


@dataclass(frozen=True, slots=True)
class Message:
    """What the maker of a commit or of a tag wrote."""

    commit: str
    text: str


def find_top(folder: Path) -> Path | None:
    """Return the top folder of the repository around ``folder``, or None where there is none.

    A repository without files of its own, as servers keep them, is its own top.
    """
    top = _ask(folder, "rev-parse", "--show-toplevel") or _ask(folder, "rev-parse", "--absolute-git-dir")
    return Path(top.removesuffix("\n")) if top else None


def resolve_commit(root: Path, name: str) -> str | None:
    """Return the full id of a commit, or None when this repository does not have it; raises SetupError."""
    # Not quietly: what cannot be read would be told as what is not there.
    found = _ask(root, "rev-parse", "--verify", "--end-of-options", f"{name}^{{commit}}")
    if found is None:
        require_sound(root)
    return found


def blob_at(root: Path, commit: str, path: str) -> str | None:
    """Return the blob that stands at ``path`` in ``commit``, or None."""
    return _ask(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{commit}:{path}")


def refs_without(root: Path, commit: str) -> tuple[str, ...]:
    """Return the commits at which refs stand whose history does not hold ``commit``."""
    listed = _ask(root, "for-each-ref", f"--no-contains={commit}", "--format=%(objectname)") or ""
    return tuple(sorted(set(listed.split())))


def list_changes(root: Path, revisions: Iterable[str]) -> list[Change]:
    """Return what the commits in ``revisions`` added or changed, oldest first; renames count as added.

    Of a merge, what it holds and none of its parents.
    """
    log = _run(
        root,
        *("log", "--reverse", "--topo-order", "-c", "--root", "--raw", "--no-abbrev", "--no-renames"),
        *("-z", f"--format={MARK}%H", *revisions, "--"),
    )
    return [change for commit in read_log(log) for change in _written(commit.head[0], commit.changes)]


def list_staged(root: Path) -> list[Change]:
    """Return what the next commit would add or change."""
    listed = _run(root, "diff", "--cached", "--raw", "--no-abbrev", "--no-renames", "-z")
    return list(_written("", read_changes(listed)))


def list_messages(root: Path, revisions: Iterable[str]) -> Iterator[Message]:
    """Yield the messages of the commits in ``revisions``, oldest first."""
    log = _run(root, "log", "--reverse", "--encoding=UTF-8", "-z", "--format=%H%n%B", *revisions, "--")
    for entry in log.split(b"\0"):
        commit, _break, text = entry.decode("utf-8", "replace").partition("\n")
        if commit:
            yield Message(commit, text)


def list_refs(root: Path) -> Iterator[Message]:
    """Yield the name of every branch and tag, and below it what an annotated tag says."""
    form = "%(objectname)%00%(refname:short)%0a%(if:equals=tag)%(objecttype)%(then)%(contents)%(end)%00"
    fields = _run(root, "for-each-ref", f"--format={form}").split(b"\0")
    for name, text in zip(fields[::2], fields[1::2], strict=False):
        yield Message(name.decode().strip(), text.decode("utf-8", "replace"))


def list_all_blobs(root: Path) -> Iterator[tuple[str, str]]:
    """Yield every blob that a ref reaches, however it reaches it, with one path ("" where it has none)."""
    listed = _run(root, "rev-list", "--objects", "--all", "--filter=object:type=blob")
    for line in listed.split(b"\n"):
        blob, _space, path = line.decode("utf-8", "surrogateescape").partition(" ")
        if blob:
            yield blob, path


def list_files(root: Path, commit: str, names: Container[str]) -> Iterator[tuple[str, str]]:
    """Yield path and blob of the files with these names at ``commit``; "" is the staging area."""
    arguments = ("ls-tree", "-r", "--full-tree", commit) if commit else ("ls-files", "--stage")
    for entry in _run(root, *arguments, "-z").decode("utf-8", "surrogateescape").split("\0"):
        head, _tab, path = entry.partition("\t")
        if path.rpartition("/")[2] in names:
            yield path, head.split()[2 if commit else 1]


def _written(commit: str, listed: Iterable[RawChange]) -> Iterator[Change]:
    for change in listed:
        if not change.is_gone and change.mode in (*FILES, LINK):
            yield Change(commit, change.blob, change.path, change.mode == LINK)


def _run(root: Path, *arguments: str) -> bytes:
    """Return what git prints; where it fails nothing was looked at, which must not pass for clean."""
    return run_git(root, *PLAIN, *arguments, in_hook=True)


def _ask(root: Path, *arguments: str) -> str | None:
    return ask_git(root, *PLAIN, *arguments, in_hook=True)
