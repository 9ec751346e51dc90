"""Marking: a copy of a clerk's own workbook in which every cell to mend is coloured and explained."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from generator.sheets import grid
from generator.sheets.remark import TO_MEND, Remark
from generator.sheets.writing.book import (
    Alignment,
    Font,
    PatternFill,
    Workbook,
    link,
    note,
    open_book,
    sealed,
    sheet_name,
    write_text,
)
from generator.wording import N_, _

_MARKER = "cunwu import"
_FILLS = {
    True: PatternFill("solid", fgColor="FFFFC7CE"),
    False: PatternFill("solid", fgColor="FFFFEB9C"),
}
_SEVERITIES = {True: N_("错误"), False: N_("提醒")}
_PLACE = re.compile(r"([A-Z]*)([0-9]*)")
_HEADINGS: tuple[tuple[str, int], ...] = (
    (N_("轻重"), 8),
    (N_("工作表"), 16),
    (N_("格子"), 8),
    (N_("列"), 12),
    (N_("怎么回事"), 46),
    (N_("请这样改"), 46),
)


def marked_copy(content: bytes, book: grid.Workbook, remarks: Sequence[Remark]) -> bytes:
    """Return a copy of the workbook ``content``, read as ``book``, with all ``remarks`` at their cells.

    An old workbook, a file of text and what openpyxl cannot edit are built anew from what was read.
    """
    if book.form == "xlsx":
        try:
            return _marked(open_book(content), {one.name: one.name for one in book.grids}, remarks)
        except Exception:  # noqa: S110 (see below)
            # What WPS and others write is read by calamine; openpyxl gives up on odd styles, names and
            # pictures with any kind of error, and the clerk needs a copy all the same.
            pass
    return _marked(*_rebuilt(book.grids), remarks)


def _marked(copy: Workbook, names: Mapping[str, str], remarks: Sequence[Remark]) -> bytes:
    """Return ``copy`` with its remarks; ``names`` are what its sheets were called and are called there."""
    if TO_MEND in copy.sheetnames:
        del copy[TO_MEND]
    sheets = {name: copy[own] for name, own in names.items() if own in copy.sheetnames}
    for sheet in sheets.values():
        _unmark(sheet)
    targets = [_mark(sheets.get(remark.sheet), remark) for remark in remarks]
    _list(copy, remarks, targets, names)
    return sealed(copy)


def _rebuilt(grids: Sequence[grid.Grid]) -> tuple[Workbook, dict[str, str]]:
    """Return a workbook with the cells of ``grids``, and what each sheet is called there."""
    book = Workbook()
    del book[book.sheetnames[0]]
    names: dict[str, str] = {}
    for one in grids:
        names[one.name] = sheet_name(one.name, book.sheetnames)
        sheet: Any = book.create_sheet(names[one.name])
        for row, cells in enumerate(one.rows, start=1):
            for column, cell in enumerate(cells, start=1):
                if not cell.is_blank:
                    _put(sheet.cell(row, column), cell)
        for merge in one.merges:
            bounds = (merge.top + 1, merge.left + 1, merge.bottom + 1, merge.right + 1)
            sheet.merge_cells(None, bounds[0], bounds[1], bounds[2], bounds[3])
        for column in range(one.width):
            sheet.column_dimensions[grid.column_name(column)].width = 14
        if one.is_hidden:
            sheet.sheet_state = "hidden"
    return book, names


def _put(place: Any, cell: grid.Cell) -> None:
    if cell.day is not None:
        place.value = cell.day
        place.number_format = "yyyy-mm-dd"
    elif cell.number is not None:
        place.value = cell.number
    else:
        write_text(place, cell.text)
        place.number_format = "@"


def _unmark(sheet: Any) -> None:
    """Take away the marks of an earlier copy, so that what is mended looks mended."""
    colours = {fill.fgColor.rgb for fill in _FILLS.values()}
    for row in sheet.iter_rows():
        for cell in row:
            comment = getattr(cell, "comment", None)
            if comment is not None and comment.author == _MARKER:
                cell.comment = None
            if cell.has_style and cell.fill.fill_type == "solid" and cell.fill.fgColor.rgb in colours:
                cell.fill = PatternFill()


def _mark(sheet: Any, remark: Remark) -> str:
    """Colour and explain the cell, row or column of a remark; return the cell to go to, "" for none."""
    match = _PLACE.fullmatch(remark.cell)
    if sheet is None or match is None or not remark.cell:
        return ""
    letters, digits = match.groups()
    cells = _cells(sheet, letters, int(digits) if digits else 0)
    for cell in cells:
        if remark.finding.is_error or not _is_marked(cell):
            cell.fill = _FILLS[remark.finding.is_error]
    finding = remark.finding
    lines = [
        _("{severity}：{message}").format(severity=_(_SEVERITIES[finding.is_error]), message=finding.message)
    ]
    note(cells[0], [*lines, finding.hint], _MARKER)
    return str(cells[0].coordinate)


def _is_marked(cell: Any) -> bool:
    return bool(cell.fill.fill_type == "solid" and cell.fill.fgColor.rgb == _FILLS[True].fgColor.rgb)


def _cells(sheet: Any, letters: str, row: int) -> list[Any]:
    """Return the cells to colour: the cell, what is written in the row, or the top of the column."""
    if letters and row:
        found = [sheet[f"{letters}{row}"]]
    elif row:
        found = [cell for cell in sheet[row] if cell.value is not None] or [sheet.cell(row, 1)]
    else:
        filled = [cell for cell in sheet[letters] if cell.value is not None]
        found = filled[:1] or [sheet[f"{letters}1"]]
    return [_top_left(sheet, cell) for cell in found]


def _top_left(sheet: Any, cell: Any) -> Any:
    """Return the cell that shows what is in a merged one: only it can bear a note."""
    for merged in sheet.merged_cells.ranges:
        if cell.coordinate in merged:
            return sheet.cell(merged.min_row, merged.min_col)
    return cell


def _list(
    copy: Workbook, remarks: Sequence[Remark], targets: Sequence[str], names: Mapping[str, str]
) -> None:
    sheet: Any = copy.create_sheet(TO_MEND, 0)
    copy.active = 0
    for one in copy.worksheets[1:]:
        one.sheet_view.tabSelected = False
    errors = sum(1 for remark in remarks if remark.finding.is_error)
    write_text(
        sheet.cell(1, 1),
        _("错误 {errors} 处，提醒 {warnings} 处").format(errors=errors, warnings=len(remarks) - errors),
    )
    sheet.cell(1, 1).font = Font(size=14, bold=True)
    write_text(
        sheet.cell(2, 1),
        _("点「格子」到那一格；红色是错误，黄色是提醒。改好后保存，把这个文件再导入一次，这一页不用删。"),
    )
    for place, (heading, width) in enumerate(_HEADINGS, start=1):
        write_text(sheet.cell(3, place), _(heading))
        sheet.cell(3, place).font = Font(bold=True)
        sheet.column_dimensions[grid.column_name(place - 1)].width = width
    for row, (remark, target) in enumerate(zip(remarks, targets, strict=True), start=4):
        finding = remark.finding
        texts = (
            _(_SEVERITIES[finding.is_error]),
            remark.sheet,
            remark.cell,
            finding.place.column or "",
            finding.message,
            finding.hint,
        )
        for place, text in enumerate(texts, start=1):
            cell = sheet.cell(row, place)
            write_text(cell, text)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
        sheet.cell(row, 1).fill = _FILLS[finding.is_error]
        if target:
            link(sheet.cell(row, 3), names[remark.sheet], target)
    sheet.freeze_panes = "A4"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
