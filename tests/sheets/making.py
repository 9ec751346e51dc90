"""Making sheets as clerks save them: workbooks old and new, files of text, and files that are none."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import xlwt

Rows = Sequence[Sequence[Any]]

HEADING = ["序号", "日期", "凭证号", "摘要", "主体", "账户", "类别", "收入", "支出", "结余", "备注"]
OPENING = [1, "2026-03-01", None, "上月结转", "村集体", "银行", "上月结转", None, None, 1000, None]
INCOME = [2, "2026-03-05", "记-001", "收鱼塘承包费", "村集体", "银行", "发包收入", 234.5, None, 1234.5, None]
EXPENSE = [3, "2026-03-09", "记-002", "修水渠", "村集体", "银行", "维修养护", None, 120, 1114.5, "先付"]
ENTRIES = [OPENING, INCOME, EXPENSE]
TITLE = ["青石村2026年3月财务收支公开表"]
TOTAL = ["本月合计", None, None, None, None, None, None, 234.5, 120, 1114.5, None]
# What each of the good sheets of this ledger must become.
LEDGER = (
    "001,2026-03-01,,上月结转,村集体,银行,上月结转,,,1000.00,",
    "002,2026-03-05,记-001,收鱼塘承包费,村集体,银行,发包收入,234.50,,1234.50,",
    "003,2026-03-09,记-002,修水渠,村集体,银行,维修养护,,120.00,1114.50,先付",
)


def changed(rows: Rows, row: int, column: int, value: Any) -> list[list[Any]]:
    """Return rows with one cell changed, both counted from 0."""
    copy = [list(cells) for cells in rows]
    copy[row].extend([None] * (column + 1 - len(copy[row])))
    copy[row][column] = value
    return copy


def with_column(rows: Rows, index: int, values: Sequence[Any]) -> list[list[Any]]:
    """Return rows with a column more, put in at ``index``."""
    return [[*row[:index], value, *row[index:]] for row, value in zip(rows, values, strict=True)]


def xlsx(
    rows: Rows,
    *,
    sheet: str = "Sheet1",
    merges: Sequence[str] = (),
    more: dict[str, Rows] | None = None,
    after: Callable[[Any], None] | None = None,
) -> bytes:
    """Return a workbook of today; ``after`` may do to it what a clerk does with the mouse."""
    book = openpyxl.Workbook()
    first: Any = book.active
    first.title = sheet
    for name, content in ((sheet, rows), *(more or {}).items()):
        page = first if name == sheet else book.create_sheet(name)
        for row in content:
            page.append(list(row))
    for reference in merges:
        first.merge_cells(reference)
    if after is not None:
        after(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def xls(
    rows: Rows,
    *,
    sheet: str = "Sheet1",
    merges: Sequence[tuple[int, int, int, int]] = (),
    after: Callable[[Any], None] | None = None,
) -> bytes:
    """Return a workbook of old (BIFF8); merges are (top, bottom, left, right), counted from 0."""
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet(sheet)
    day_style = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    merged = {(top, left): (top, bottom, left, right) for top, bottom, left, right in merges}
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if (number, column) in merged:
                page.write_merge(*merged[number, column], value)
            elif isinstance(value, date | datetime):
                page.write(number, column, value, day_style)
            elif value is not None:
                page.write(number, column, value)
    if after is not None:
        after(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _shown(cell: Any) -> str:
    if isinstance(cell, float):
        return f"{Decimal(repr(cell)):f}"
    return "" if cell is None else str(cell)


def text(rows: Rows, *, encoding: str = "utf-8", mark: str = ",", end: str = "\r\n") -> bytes:
    """Return a file of text with all rows equally long, as a spreadsheet saves it."""
    width = max(map(len, rows), default=0)
    lines = []
    for row in rows:
        cells = [_shown(cell) for cell in row] + [""] * (width - len(row))
        quoted = [
            '"' + c.replace('"', '""') + '"' if mark in c or '"' in c or "\n" in c else c for c in cells
        ]
        lines.append(mark.join(quoted) + end)
    return "".join(lines).encode(encoding)


def zipped(parts: dict[str, bytes]) -> bytes:
    """Return a zip of ``parts``."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def repacked(
    content: bytes, change: Callable[[str, bytes], bytes], more: dict[str, bytes] | None = None
) -> bytes:
    """Return a workbook whose parts were changed one by one, with ``more`` parts put in."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: change(name, archive.read(name)) for name in archive.namelist()}
    return zipped(parts | (more or {}))


def identity(number: int = 7) -> str:
    """Return a made-up citizen's number of 18 digits with a right check digit, made when the test runs."""
    body = f"99{9901:04d}19800101{number:03d}"
    body = "500101" + body[6:]
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True))
    return body + "10X98765432"[total % 11]


def mobile(number: int = 7) -> str:
    """Return a made-up mobile number, made when the test runs."""
    return "138" + f"{number:08d}"
