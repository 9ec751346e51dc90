"""Gathering: a history sorted by village as it is told, each village's part of it made when asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from struct import Struct
from typing import Any, TypeVar

from generator.history.commits import Commit, FileChange, Told
from generator.history.repository import Version
from generator.history.timeline import FileVersion, add_version, main_line

# When it was told, by which commit, how alike; then how long the blob, the path and the former path are.
_HEAD = Struct("<IIBBHH")
_OUTSIDE = "/"
Entry = tuple[int, int, FileChange]
Chains = dict[str, tuple[FileVersion, ...]]
T = TypeVar("T")
Gathered = tuple[dict[str, Version], Chains]


class Gathering:
    """The changes of ``told``, newest first, to the files below ``prefix``, by the folder they lie in.

    They are kept in as few bytes as they take: of thousands of villages one is looked at at a time. Folders
    between which files were moved are looked at together. ``folders`` are those that will be asked for;
    findings name what is below ``prefix`` below ``shown``; ids are abbreviated to ``length`` digits.
    """

    def __init__(
        self, told: Iterable[Told], folders: Iterable[str], *, prefix: str, shown: str, length: int
    ) -> None:
        self._known, self._prefix, self._length = frozenset(folders), prefix, length
        self._base = f"{shown}/" if shown else ""
        self._commits: list[Commit] = []
        self._entries: dict[str, bytearray] = {}
        self._joined: dict[str, frozenset[str]] = {}
        self._take(told)
        self._since, self._bringer = self._line()
        self._open: tuple[frozenset[str], dict[str, Gathered]] = frozenset(), {}

    @property
    def head(self) -> str:
        """Return the newest commit, "" where there is none."""
        return self._commits[0].id if self._commits else ""

    def of(self, folder: str) -> Gathered:
        """Return the last version of each file of ``folder``, and all versions of each."""
        together = self._joined.get(folder, frozenset((folder,)))
        if self._open[0] != together:
            self._open = together, self._followed(together)
        return self._open[1].get(folder, ({}, {}))

    def _take(self, told: Iterable[Told]) -> None:
        shared: dict[Any, Any] = {}
        for number, one in enumerate(told):
            if isinstance(one, Commit):
                self._commits.append(_thrifty(one, shared))
                continue
            own = self._folder(one.path)
            if one.former:
                self._join(own, self._folder(one.former))
            path, former = self._short(one.path), self._short(one.former)
            blob = bytes.fromhex(one.blob)
            place = len(self._commits) - 1
            head = _HEAD.pack(number, place, one.likeness, len(blob), len(path), len(former))
            self._entries.setdefault(own, bytearray()).extend(head + blob + path + former)

    def _folder(self, path: str) -> str:
        if not path.startswith(self._prefix):
            return ""
        names = path[len(self._prefix) :].split("/", 2)
        own = "/".join(names[:2])
        return own if own in self._known or names[0] not in self._known else names[0]

    def _join(self, one: str, other: str) -> None:
        if one != other:
            both = self._joined.get(one, frozenset((one,))) | self._joined.get(other, frozenset((other,)))
            self._joined |= dict.fromkeys(both, both)

    def _short(self, path: str) -> bytes:
        is_inside = path.startswith(self._prefix)
        told = path[len(self._prefix) :] if is_inside else _OUTSIDE + path if path else ""
        return told.encode("utf-8", "surrogateescape")

    def _long(self, told: bytes) -> str:
        path = told.decode("utf-8", "surrogateescape")
        if path.startswith(_OUTSIDE):
            return path[len(_OUTSIDE) :]
        return self._prefix + path if path else ""

    def _line(self) -> tuple[dict[int, date], dict[int, int]]:
        """Return by place the day of each commit of the main line, and which of them brought each other."""
        places = {commit.id: place for place, commit in enumerate(self._commits)}
        since: dict[int, date] = {}
        bringer: dict[int, int] = {}
        latest = date.min
        for commit, brought in main_line(self._commits):
            latest = since[places[commit.id]] = max(latest, commit.day)
            bringer |= {places[one.id]: places[commit.id] for one in brought}
        return since, bringer

    def _unpacked(self, folder: str) -> Iterator[Entry]:
        entries = self._entries.get(folder, b"")
        start = 0
        while start < len(entries):
            number, place, likeness, *lengths = _HEAD.unpack_from(entries, start)
            start += _HEAD.size
            parts = []
            for length in lengths:
                parts.append(bytes(entries[start : start + length]))
                start += length
            blob, path, former = parts
            change = FileChange(self._long(path), blob.hex(), self._long(former), likeness)
            yield number, place, change

    def _followed(self, folders: frozenset[str]) -> dict[str, Gathered]:
        """Return what ``folders``, between which files were moved, hold each."""
        entries = sorted((e for f in folders for e in self._unpacked(f)), key=lambda entry: entry[0])
        found: dict[str, Gathered] = {folder: ({}, {}) for folder in folders}
        for path, version in self._latest(entries).items():
            found[self._folder(path)][0][self._named(path)] = version
        for path, chain in sorted(self._chains(entries).items()):
            if path.startswith(self._prefix):
                found[self._folder(path)][1][self._named(path)] = tuple(chain)
        return found

    def _named(self, path: str) -> str:
        return self._base + path[len(self._prefix) :]

    def _latest(self, entries: Iterable[Entry]) -> dict[str, Version]:
        """Return the last commit to touch each file; a merge touches what its commits did."""
        versions: dict[str, Version] = {}
        for _number, place, change in entries:
            commit = self._commits[place]
            if len(commit.parents) > 1:
                continue
            for path in (change.path, change.former):
                if path.startswith(self._prefix) and path:
                    versions.setdefault(path, Version(commit.id[: self._length], commit.day))
        return versions

    def _chains(self, entries: list[Entry]) -> dict[str, list[FileVersion]]:
        """Return by path all versions of each file on the main line, oldest first."""
        sources: dict[tuple[int, str], Commit] = {}
        for _number, place, change in entries:
            if place in self._bringer:
                sources.setdefault((self._bringer[place], change.path), self._commits[place])
        chains: dict[str, list[FileVersion]] = {}
        for _number, place, change in sorted(entries, key=lambda entry: -entry[1]):
            if place not in self._since:
                continue
            source = sources.get((place, change.path)) or sources.get((place, change.former))
            version = FileVersion(change.path, change.blob, self._commits[place], source, self._since[place])
            add_version(chains, change, version)
        return chains


def _thrifty(commit: Commit, shared: dict[Any, Any]) -> Commit:
    """Return ``commit`` made of the texts that others have too."""

    def same(value: T) -> T:
        kept: T = shared.setdefault(value, value)
        return kept

    return Commit(
        same(commit.id),
        tuple(map(same, commit.parents)),
        same(commit.author),
        same(commit.committer),
        same(commit.day),
        same(commit.trailers),
        (),
    )
