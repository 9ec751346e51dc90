"""Comparing: two states of a county's records, file by file, and what it comes to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from generator.history.changes import MISSING, FileChanges, Subject, TableChange, compare_versions, subject_of
from generator.history.following import count_followers
from generator.history.states import State
from generator.intake.stem import read_stem
from generator.privacy.hushing import hushed_difference, hushed_entered, hushed_table
from generator.promises.promises import Promises
from generator.rows.difference import RowAt
from generator.rows.entered import Move, largest_of, weight_of
from generator.rows.numbers import ZERO

_LARGEST = 5


@dataclass(frozen=True, slots=True)
class Compared:
    """One file in two states; ``former`` is its old path where it was renamed.

    ``kind`` is added, removed or changed. ``followed_by`` counts the later periods whose opening moved by
    what this one's closing did, and in which nothing else was changed.
    """

    subject: Subject
    title: str
    kind: str
    changes: FileChanges
    former: str = ""
    followed_by: int = 0

    @property
    def moves(self) -> Iterator[Move]:
        """Yield what moved in each column of money."""
        for table in self.changes.tables:
            yield from table.entered.moves


@dataclass(frozen=True, slots=True)
class Largest:
    """One of the rows that moved most money, and the file that it is in."""

    compared: Compared
    table: TableChange
    row: RowAt
    weight: Decimal


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two states, in order of path.

    ``alike`` counts the files whose bytes differ and whose records do not. ``refused`` those that could not
    be compared. ``is_shallow`` tells that the history was cut off.
    """

    before: str
    after: str
    files: tuple[Compared, ...]
    alike: int = 0
    is_shallow: bool = False
    looked_at: int = 0
    notes: tuple[str, ...] = field(default=())

    @property
    def refused(self) -> int:
        """Return how many files could not be compared."""
        return sum(1 for file in self.files if file.changes.refusal is not None)

    @property
    def rows(self) -> tuple[int, int, int]:
        """Return how many rows were added, removed and changed by hand."""
        tables = [table.entered for file in self.files for table in file.changes.tables]
        return (
            sum(len(entered.added) for entered in tables),
            sum(len(entered.removed) for entered in tables),
            sum(len(entered.changed) for entered in tables),
        )

    @property
    def money(self) -> dict[tuple[str, str], tuple[Decimal, Decimal]]:
        """Return by column and unit what moved on balance, and what moved both ways."""
        sums: dict[tuple[str, str], tuple[Decimal, Decimal]] = {}
        for file in self.files:
            for move in file.moves:
                net, moved = sums.get((move.column, move.unit), (ZERO, ZERO))
                sums[move.column, move.unit] = (net + move.net, moved + move.moved)
        return sums

    @property
    def largest(self) -> list[Largest]:
        """Return the rows that moved most money in all files, at most five, the largest first."""
        found = []
        for file in self.files:
            for table in file.changes.tables:
                for index, row in enumerate(largest_of(table.entered, table.difference, table.schema)):
                    weight = weight_of(row, table.difference, table.schema)
                    if not weight or index >= _LARGEST:
                        break
                    place = row if isinstance(row, RowAt) else row.after
                    found.append(Largest(file, table, place, weight))
        return sorted(found, key=lambda one: -one.weight)[:_LARGEST]


def compare_states(
    before: State,
    after: State,
    promises: Promises,
    names: Mapping[str, str],
    *,
    below: tuple[str, ...] = (),
    renamed: Mapping[str, str] | None = None,
) -> Comparison:
    """Return what differs between two states in the files ``below`` (all where none is named).

    ``names`` are those of the villages by folder; ``renamed`` leads from a file's new path to its old one.
    """
    moved = dict(renamed or {})
    gone = set(moved.values())
    paths = sorted({*after.marks, *(path for path in before.marks if path not in gone)})
    files, alike, looked_at = [], 0, 0
    for path in paths:
        former = moved.get(path, path)
        if below and not (_is_below(path, below) or _is_below(former, below)):
            continue
        looked_at += 1
        if before.marks.get(former) == after.marks.get(path) and former == path:
            continue
        old = before.read(former) if former in before.marks else None
        new = after.read(path) if path in after.marks else None
        if old == new and former == path:
            continue
        is_lost = (old is None and former in before.marks) or (new is None and path in after.marks)
        subject = subject_of(path, promises)
        found = _compared(old, new, former, subject, names, MISSING if is_lost else None)
        if found is None:
            alike += 1
        else:
            files.append(found)
    return Comparison(before.title, after.title, tuple(_with_followers(files)), alike, looked_at=looked_at)


def _is_below(path: str, folders: tuple[str, ...]) -> bool:
    return any(path == folder or path.startswith(f"{folder}/") for folder in folders)


def _compared(
    old: bytes | None,
    new: bytes | None,
    former: str,
    subject: Subject,
    names: Mapping[str, str],
    lost: FileChanges | None,
) -> Compared | None:
    """Return how a file differs; None where only its bytes do. ``lost`` says that bytes are missing."""
    kind = (
        "changed" if lost is not None else "added" if old is None else "removed" if new is None else "changed"
    )
    changes = lost or compare_versions(old, new, subject)
    is_moved = former != subject.path and kind == "changed"
    if not changes and kind == "changed" and not is_moved:
        return None
    title = f"{names.get(subject.village, '')} {subject.title}".strip()
    return Compared(subject, title, kind, hushed(changes), former if is_moved else "")


def hushed(changes: FileChanges) -> FileChanges:
    """Return what became of a file without what seems personal, which no report repeats."""
    tables = []
    for table in changes.tables:
        difference = hushed_difference(table.difference)
        entered = hushed_entered(table.entered, difference.columns.names)
        # Of the whole table a report needs no more than the cells of a new column.
        after = hushed_table(table.after) if difference.columns.added else table.after
        tables.append(replace(table, difference=difference, entered=entered, after=after))
    return replace(changes, tables=tuple(tables))


def _with_followers(files: Iterable[Compared]) -> Iterator[Compared]:
    """Yield the files, each with how many later periods did nothing but follow from it."""
    found = list(files)
    groups: dict[tuple[str, str, str], list[Compared]] = {}
    for file in found:
        groups.setdefault(_series_of(file), []).append(file)
    counts: dict[str, int] = {}
    for group in groups.values():
        group.sort(key=lambda file: file.subject.stem)
        followers = count_followers([file.changes for file in group])
        counts |= {file.subject.path: count for file, count in zip(group, followers, strict=True)}
    for file in found:
        yield replace(file, followed_by=counts[file.subject.path])


def _series_of(file: Compared) -> tuple[str, str, str]:
    subject = file.subject
    slug = read_stem(subject.stem)[1] if subject.item is not None else subject.path
    return subject.village, subject.name, slug
