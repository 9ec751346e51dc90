"""Sheet views: a clerk's sheet as the page shows it, with its rows, letters, findings and mends."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from generator.checks.receipts import receipts_in
from generator.model.item import Field
from generator.pipeline.importing import Placed
from generator.privacy.detectors import detect
from generator.sheets.grid import Cell, Grid, Kind, cell_name, column_name
from generator.sheets.mending import cell_place
from generator.sheets.remark import HIDDEN, Remark
from generator.wording import N_, _

PAGE_ROWS = 200
PAGE_COLUMNS = 40
_AROUND_LIMIT = 100
_HEAD_ROWS = 6
_PERSONAL_DIGITS = 15
_UNSHOWN = {
    Kind.UNCOUNTED: N_("（公式没有算出结果）"),
    Kind.LOST: N_("（数字太长，后几位丢了）"),
}


@dataclass(frozen=True, slots=True)
class CellView:
    """One cell: ``state`` is error, warning or ""; ``typed`` is what an input begins with.

    ``was`` is what stood there before it was mended, None when it was not. ``choices`` are the words that
    its column allows.
    """

    name: str
    text: str
    typed: str
    state: str
    messages: tuple[str, ...]
    was: str | None
    is_open: bool
    is_personal: bool
    is_number: bool
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowView:
    """One row; ``left_out`` says why it is no record, ``before`` how many rows above it are not listed.

    ``is_lone`` tells that only one of its cells is written in, as a title is.
    """

    number: int
    cells: tuple[CellView, ...]
    is_hidden: bool
    state: str
    left_out: str
    before: int
    is_lone: bool


@dataclass(frozen=True, slots=True)
class SheetView:
    """A part of a sheet: ``pages`` are all its parts, ``first`` the first row of this one (0: a choice)."""

    columns: tuple[tuple[str, bool], ...]
    rows: tuple[RowView, ...]
    pages: tuple[tuple[int, int], ...]
    first: int
    after: int
    height: int
    findings_left: int
    wider: tuple[int, ...]
    left: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which part is asked for: from a row (0: around the findings) and column on, an opened cell or row."""

    first: int = 0
    left: int = 0
    cell: str = ""
    row: int = 0


def view_sheet(
    grid: Grid,
    mends: Mapping[str, str],
    remarks: Sequence[Remark],
    placed: Sequence[Placed],
    left_out: Mapping[int, str],
    wanted: Wanted,
    hides: Callable[[str], bool],
) -> SheetView:
    """Return what is shown of ``grid``, as it was handed over, with ``mends`` laid over it."""
    height, width = _extent(grid)
    by_cell, by_row = _by_place(remarks)
    personal = _personal_columns(remarks)
    choices = _choices(placed)
    records = {record.row for one in placed for record in one.draft.records}
    opened = cell_place(wanted.cell)
    open_row = wanted.row or (opened[0] + 1 if opened else 0)
    chosen, first, missing = _chosen_rows(height, sorted(by_row), wanted, open_row)
    shown = range(wanted.left, min(width, wanted.left + PAGE_COLUMNS))

    def cell_view(row: int, column: int) -> CellView:
        name = cell_name(row, column)
        own = by_cell.get(name, ())
        cell = grid.rows[row][column]
        is_personal = column in personal or any(r.finding.code.startswith("private-") for r in own)
        raw = _text(cell)
        is_hidden = is_personal or hides(raw)
        before = HIDDEN if is_hidden else raw
        text, typed = before, "" if is_hidden else _typed(cell)
        was = None
        if name in mends:
            is_hidden = is_personal or hides(mends[name])
            text = HIDDEN if is_hidden and mends[name] else mends[name]
            typed, was = "" if is_hidden else mends[name], before
        state = _worst(own)
        return CellView(
            name=name,
            text=text,
            typed=typed,
            state=state,
            messages=tuple(dict.fromkeys(r.finding.message for r in own)),
            was=was,
            is_open=state == "error" or name == wanted.cell or row + 1 == wanted.row,
            is_personal=text == HIDDEN,
            is_number=cell.kind is Kind.NUMBER,
            choices=choices.get(column, ()) if row in records else (),
        )

    rows, last = [], -1
    for row in chosen:
        cells = tuple(cell_view(row, column) for column in shown)
        rows.append(
            RowView(
                number=row + 1,
                cells=cells,
                is_hidden=row in grid.hidden_rows,
                state=_worst(by_row.get(row, ())),
                left_out=left_out.get(row + 1, ""),
                before=row - last - 1,
                is_lone=sum(bool(cell.text) for cell in cells) == 1,
            )
        )
        last = row
    return SheetView(
        columns=tuple((column_name(column), column in grid.hidden_columns) for column in shown),
        rows=tuple(rows),
        pages=tuple((start + 1, min(height, start + PAGE_ROWS)) for start in range(0, height, PAGE_ROWS)),
        first=first,
        after=height - last - 1,
        height=height,
        findings_left=missing,
        wider=tuple(range(0, width, PAGE_COLUMNS)),
        left=wanted.left,
    )


def hider(offices: frozenset[str]) -> Callable[[str], bool]:
    """Return a function that says whether a text is personal; telephones of ``offices`` are not."""

    @lru_cache(maxsize=20_000)
    def hides(text: str) -> bool:
        digits = sum(map(str.isdigit, text))
        return bool(text) and (digits >= _PERSONAL_DIGITS or bool(detect(text, offices=offices)))

    return hides


def _text(cell: Cell) -> str:
    # A fingerprint says nothing to a reader, and its digits look like somebody's number.
    captions = "；".join(one.caption for one in receipts_in(cell.text))
    return captions or _(_UNSHOWN.get(cell.kind, cell.text))


def _typed(cell: Cell) -> str:
    return "" if cell.kind in (Kind.UNCOUNTED, Kind.LOST, Kind.ERROR) else cell.text


def _extent(grid: Grid) -> tuple[int, int]:
    """Return how many rows and columns hold anything, and one more column for what is to be added."""
    height = width = 0
    for number, row in enumerate(grid.rows, start=1):
        filled = [index for index, cell in enumerate(row) if not cell.is_blank]
        if filled:
            height, width = number, max(width, filled[-1] + 1)
    return min(len(grid.rows), height + 1), min(grid.width, width + 1)


def _by_place(remarks: Sequence[Remark]) -> tuple[dict[str, list[Remark]], dict[int, list[Remark]]]:
    by_cell: dict[str, list[Remark]] = {}
    by_row: dict[int, list[Remark]] = {}
    for remark in remarks:
        place = cell_place(remark.cell)
        if place is not None:
            by_cell.setdefault(remark.cell, []).append(remark)
            by_row.setdefault(place[0], []).append(remark)
        elif remark.cell.isdigit():
            by_row.setdefault(int(remark.cell) - 1, []).append(remark)
    return by_cell, by_row


def _personal_columns(remarks: Sequence[Remark]) -> set[int]:
    letters = [remark.cell for remark in remarks if remark.finding.code == "sheet-personal-column"]
    places = (cell_place(f"{name}1") for name in letters)
    return {place[1] for place in places if place is not None}


def _choices(placed: Sequence[Placed]) -> dict[int, tuple[str, ...]]:
    """Return for each column of the sheet that has a closed list its words."""
    found: dict[int, tuple[str, ...]] = {}
    for one in placed:
        for column in one.draft.item.schema.fields:
            for block in one.draft.columns:
                if column.name in block and (words := allowed_words(column)):
                    found[block[column.name]] = words
    return found


def allowed_words(column: Field) -> tuple[str, ...]:
    """Return the words of a column with a closed list, or () for any other."""
    return tuple(str(word) for word in column.constraints.get("enum", ()))


def _worst(remarks: Sequence[Remark]) -> str:
    if not remarks:
        return ""
    return "error" if any(remark.finding.is_error for remark in remarks) else "warning"


def _chosen_rows(
    height: int, found: Sequence[int], wanted: Wanted, open_row: int
) -> tuple[list[int], int, int]:
    """Return the rows to show, the first row of their page (0: a choice), how many rows are left."""
    if height <= PAGE_ROWS:
        return list(range(height)), 1, 0
    if not wanted.first and not open_row and found:
        listed = list(found)[:_AROUND_LIMIT]
        near = {row + step for row in listed for step in (-1, 0, 1)}
        rows = sorted({*range(_HEAD_ROWS), *near} & set(range(height)))
        return rows, 0, len(found) - len(listed)
    start = (max(wanted.first or open_row, 1) - 1) // PAGE_ROWS * PAGE_ROWS
    return list(range(min(start, height), min(height, start + PAGE_ROWS))), start + 1, 0
