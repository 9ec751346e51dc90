"""Layouts: where the heading of a sheet stands, how deep it is, and which of its columns are whose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.model.item import Field
from generator.sheets.grid import Grid, Kind
from generator.sheets.headings import SERIAL, VILLAGE, Vocabulary
from generator.sheets.plain_text import plain, without_brackets

_LEAST_MATCHES = 2
_LIKENESS = 0.6
_LOOKED_AT = 60


@dataclass(frozen=True, slots=True)
class Label:
    """The heading of one column: its ``upper`` row ("" for a heading of one row) and its ``lower``."""

    column: int
    upper: str
    lower: str

    @property
    def text(self) -> str:
        """Return the heading as it is shown."""
        return plain(self.upper + self.lower)


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a table: its first row and its depth, and the label of every headed column."""

    row: int
    depth: int
    labels: tuple[Label, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """Return the labels as they are compared with a heading that comes again."""
        return tuple(label.text for label in self.labels)


@dataclass(frozen=True, slots=True)
class Column:
    """A column that is taken: its place, its heading, its field, the factor of its unit if it states one."""

    index: int
    heading: str
    field: Field
    factor: Decimal | None = None


@dataclass(frozen=True, slots=True)
class MonthAndDay:
    """A date that is written in two columns, of month and of day, under a year."""

    month: int
    day: int
    field: Field
    year: int | None


@dataclass(frozen=True, slots=True)
class Block:
    """One table side by side with others: ``first`` and ``last`` bound its columns.

    ``serials`` are columns of running numbers, taken or not.
    """

    first: int
    last: int
    columns: tuple[Column, ...]
    village_column: int | None = None
    split_date: MonthAndDay | None = None
    serials: tuple[int, ...] = ()

    def column_of(self, name: str) -> Column | None:
        """Return where the schema's column ``name`` stands, or None."""
        return next((column for column in self.columns if column.field.name == name), None)


def spread_texts(grid: Grid, row: int) -> dict[tuple[int, int], str]:
    """Return the text of every cell of ``row`` that is merged to the right, by its place."""
    texts: dict[tuple[int, int], str] = {}
    for merge in grid.merges:
        if merge.top == row and merge.left < merge.right and merge.left < grid.width:
            text = grid.rows[row][merge.left].text
            texts |= {(row, column): text for column in range(merge.left, min(merge.right + 1, grid.width))}
    return texts


def best_heading(
    grid: Grid, vocabulary: Vocabulary, *, within: int = _LOOKED_AT
) -> tuple[Heading | None, int]:
    """Return the best heading among the first rows and how many columns it names; None for none."""
    best: Heading | None = None
    best_score = 0
    # A heading of two rows is believed only where it says more than one row alone.
    for depth in (1, 2):
        for row in range(min(len(grid.rows), within)):
            heading = heading_at(grid, row, depth)
            score = _score(heading, vocabulary)
            if score > best_score or (score == best_score and _is_deeper(grid, heading, best)):
                best, best_score = heading, score
    return (best, best_score) if best_score >= _LEAST_MATCHES else (None, 0)


def find_headings(grid: Grid, vocabulary: Vocabulary) -> list[Heading]:
    """Return the best heading among the first rows, then every later row that is one like it."""
    best, best_score = best_heading(grid, vocabulary)
    if best is None:
        return []
    found = [best]
    row = best.row + best.depth
    while row < len(grid.rows):
        again = _again(grid, row, best, best_score, vocabulary)
        if again is not None:
            found.append(again)
            row += again.depth
        else:
            row += 1
    return found


def _is_deeper(grid: Grid, heading: Heading | None, best: Heading | None) -> bool:
    """Return whether a heading of two rows begins where the best does, whose cells are merged downwards."""
    if heading is None or best is None or heading.depth == 1 or heading.row != best.row:
        return False
    return any(merge.top == best.row and merge.bottom == best.row + 1 for merge in grid.merges)


def heading_at(grid: Grid, row: int, depth: int) -> Heading | None:
    """Return what would be the heading if it began at ``row``, or None where none can be."""
    if row + depth > len(grid.rows):
        return None
    spread = spread_texts(grid, row) if depth > 1 else {}
    labels = []
    for column in range(grid.width):
        cells = [grid.rows[row + offset][column] for offset in range(depth)]
        # The upper row may hold a year as a number; anything else that is counted is data.
        if cells[-1].kind not in (Kind.TEXT, Kind.BLANK):
            return None
        if depth == 1:
            upper, lower = "", cells[0].text
        else:
            upper = spread.get((row, column), cells[0].text)
            lower = cells[1].text
        if upper or lower:
            labels.append(Label(column, upper if lower else "", lower or upper))
    if depth > 1 and not any(label.upper for label in labels):
        return None
    # What is merged over columns without a second row is one heading, not several.
    kept: list[Label] = []
    for label in labels:
        is_echo = kept and depth > 1 and not label.upper and _is_inside(grid, row, label.column)
        if not is_echo:
            kept.append(label)
    return Heading(row, depth, tuple(kept)) if kept else None


def _is_inside(grid: Grid, row: int, column: int) -> bool:
    return any(
        merge.top <= row <= merge.bottom and merge.left < column <= merge.right for merge in grid.merges
    )


def _score(heading: Heading | None, vocabulary: Vocabulary) -> int:
    if heading is None:
        return 0
    found = [vocabulary.field_of(label.upper, label.lower) for label in heading.labels]
    known = len({field.name for field in found if field is not None})
    # Two words that happen to be headings make no heading of a table with many columns.
    if known <= _LEAST_MATCHES and 4 * known < len(vocabulary.schema.columns_of(())):
        return 0
    return known + ({"月", "日"} <= {plain(label.lower) for label in heading.labels})


def _again(grid: Grid, row: int, first: Heading, best_score: int, vocabulary: Vocabulary) -> Heading | None:
    heading = heading_at(grid, row, first.depth)
    if heading is None:
        return None
    if heading.texts == first.texts:
        return heading
    return heading if _score(heading, vocabulary) >= max(_LEAST_MATCHES, _LIKENESS * best_score) else None


def split_blocks(heading: Heading, vocabulary: Vocabulary, width: int) -> list[tuple[int, int, list[Label]]]:
    """Return the tables that stand side by side: first column, last column, labels.

    Where the first heading of the row comes again, the next table begins.
    """
    labels = [label for label in heading.labels if label.text]
    starts = [0]
    for index, label in enumerate(labels[1:], start=1):
        if plain(label.lower) == plain(labels[0].lower) and vocabulary.field_of(label.upper, label.lower):
            starts.append(index)
    ends = [*starts[1:], len(labels)]
    blocks = []
    for number, (start, end) in enumerate(zip(starts, ends, strict=True)):
        first = labels[start].column if number else 0
        last = labels[end].column - 1 if end < len(labels) else width - 1
        blocks.append((first, last, labels[start:end]))
    return blocks


def is_serial(label: Label) -> bool:
    """Return whether a heading is that of mere running numbers."""
    return without_brackets(label.lower)[0] in SERIAL


def is_village(label: Label) -> bool:
    """Return whether the cells below a heading are names of villages."""
    return plain(label.lower) in VILLAGE


def same_field_twice(columns: Sequence[Column]) -> Mapping[str, list[Column]]:
    """Return the fields that more than one column claims, with those columns."""
    by_name: dict[str, list[Column]] = {}
    for column in columns:
        by_name.setdefault(column.field.name, []).append(column)
    return {name: found for name, found in by_name.items() if len(found) > 1}
