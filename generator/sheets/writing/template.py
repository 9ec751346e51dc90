"""Templates: the workbook of one item that a clerk types into and hands over as it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.model.item import DisclosureItem, Field, TableSchema
from generator.promises.field_words import kind_of, rules_of
from generator.sheets.grid import column_name
from generator.sheets.writing.book import (
    Alignment,
    Border,
    DataValidation,
    Font,
    PatternFill,
    Protection,
    Side,
    Workbook,
    note,
    sealed,
    sheet_name,
    write_text,
)
from generator.sheets.writing.examples import example_rows
from generator.wording import N_, _

TITLE_ROW, GUIDE_ROW, HEADING_ROW, EXAMPLE_ROW, FIRST_ROW = 1, 2, 3, 4, 5
LAST_ROW = 2000
EXAMPLE_MARK = N_("示例：")
_BLANK_TITLE = "＿＿＿＿＿＿"
# A drop-down written into its cell takes no more; a hidden sheet of words would have to be explained away.
_LIST_LIMIT = 255
_LONGEST_WIDTH, _LEAST_WIDTH = 36, 9
_THIN = Side(style="thin", color="FF999999")
_EDGE = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEADING_FILL = PatternFill("solid", fgColor="FFDCE9F5")
_REQUIRED_FILL = PatternFill("solid", fgColor="FFFCE8B2")
_EXAMPLE_FONT = Font(italic=True, color="FF666666")


def template_title(item: DisclosureItem, village: str, period: str) -> str:
    """Return what stands above the table: whose, of when and what; a gap to fill in for what is not said."""
    return f"{village or _BLANK_TITLE}{period or _BLANK_TITLE}{item.title}"


def template_bytes(item: DisclosureItem, *, village: str, period: str) -> bytes:
    """Return the workbook for ``item``; ``village`` and ``period`` are names, or "" to be filled in."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = sheet_name(item.title)
    fields = item.schema.filled_in
    last = column_name(len(fields) - 1)
    example = example_rows(item)[0]
    _title_rows(sheet, item, template_title(item, village, period), last)
    for place, column in enumerate(fields, start=1):
        _heading(sheet.cell(HEADING_ROW, place), column, item.schema)
        _example(sheet.cell(EXAMPLE_ROW, place), example[column.name], is_first=place == 1)
        _column(sheet, column_name(place - 1), column, example[column.name])
        validation = _validation(column)
        if validation is not None:
            letters = column_name(place - 1)
            validation.add(f"{letters}{FIRST_ROW}:{letters}{LAST_ROW}")
            sheet.add_data_validation(validation)
    sheet.row_dimensions[HEADING_ROW].height = 32
    _paper(sheet, last)
    return sealed(book)


def _title_rows(sheet: Any, item: DisclosureItem, title: str, last: str) -> None:
    guide = _("从示例行的下一行填起，一行一笔；鼠标停在列名上有说明，黄色的列必填；示例行导入时不收。")
    rows = ((TITLE_ROW, title, 16, True), (GUIDE_ROW, guide, 10, False))
    for row, text, size, is_bold in rows:
        cell = sheet.cell(row, 1)
        write_text(cell, text)
        cell.font = Font(size=size, bold=is_bold)
        cell.alignment = Alignment(
            horizontal="center" if is_bold else "left", vertical="center", wrap_text=True
        )
        # Whoever takes a blank form writes the village and the period here.
        cell.protection = Protection(locked=row != TITLE_ROW)
        if last != "A":
            sheet.merge_cells(f"A{row}:{last}{row}")
    sheet.row_dimensions[TITLE_ROW].height = 30
    sheet.row_dimensions[GUIDE_ROW].height = 34


def _heading(cell: Any, column: Field, schema: TableSchema) -> None:
    write_text(cell, column.name)
    cell.font = Font(bold=True)
    cell.fill = _REQUIRED_FILL if column.is_required else _HEADING_FILL
    cell.border = _EDGE
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    cell.protection = Protection(locked=True)
    note(cell, list(note_lines(column, schema)))


def note_lines(column: Field, schema: TableSchema) -> Iterator[str]:
    """Yield what the note on a heading says: what, unit, rule, example."""
    yield _("填什么：{kind}").format(kind=kind_of(column))
    rules = "；".join(rules_of(column, schema))
    if rules:
        yield _("规定：{rules}").format(rules=rules)
    if column.description:
        yield column.description
    if column.example:
        yield _("例如：{example}").format(example=column.example)


def _example(cell: Any, text: str, *, is_first: bool) -> None:
    """Write a cell of the example as text, its mark before the first: so no reader takes it for a record."""
    if is_first or text:
        write_text(cell, f"{EXAMPLE_MARK}{text}" if is_first else text)
    cell.font = _EXAMPLE_FONT
    cell.border = _EDGE
    cell.alignment = Alignment(vertical="center", wrap_text=True)
    cell.protection = Protection(locked=True)


def _column(sheet: Any, letters: str, column: Field, example: str) -> None:
    """Set what holds for all cells of a column that nobody has written in yet."""
    dimension = sheet.column_dimensions[letters]
    dimension.width = _width(column, example, is_first=letters == "A")
    dimension.protection = Protection(locked=False)
    dimension.number_format = _format(column)
    dimension.alignment = Alignment(vertical="center", wrap_text=True)


def _width(column: Field, example: str, *, is_first: bool) -> float:
    allowed = column.constraints.get("enum", ())
    texts = [column.name, f"{EXAMPLE_MARK}{example}" if is_first else example, *allowed]
    widest = max(sum(1 if mark.isascii() else 2 for mark in text) for text in texts)
    return float(min(max(widest + 3, _LEAST_WIDTH), _LONGEST_WIDTH))


def _format(column: Field) -> str:
    if column.type == "date":
        return "yyyy-mm-dd"
    if column.type == "integer":
        return "0"
    if column.type == "number":
        places = -int(column.step.as_tuple().exponent) if column.step is not None else 0
        return "0." + "0" * places if places > 0 else "General"
    # As text: 001 stays 001, and no long number loses its tail.
    return "@"


def _validation(column: Field) -> DataValidation | None:
    """Return what a spreadsheet is to allow in a column, with what it says of anything else."""
    constraints = column.constraints
    if "enum" in constraints:
        words = list(constraints["enum"])
        joined = ",".join(words)
        if len(joined) > _LIST_LIMIT or any("," in word or '"' in word for word in words):
            return None
        found = DataValidation(type="list", formula1=f'"{joined}"', allow_blank=True)
        error = _("请从下拉的几个里选一个")
    elif column.type == "boolean":
        found = DataValidation(type="list", formula1='"是,否"', allow_blank=True)
        error = _("请写「是」或「否」")
    elif column.type == "date":
        found = DataValidation(
            type="date", operator="between", formula1="18264", formula2="73050", allow_blank=True
        )
        error = _("请写日期，例如 2026-03-05")
    elif column.is_numeric:
        found = _number_validation(column)
        error = _("请只写数字，不带单位和逗号")
    else:
        return None
    found.errorTitle = column.name[:30]
    found.error = error
    found.showErrorMessage = True
    return found


def _number_validation(column: Field) -> DataValidation:
    least, most = (column.constraints.get(key) for key in ("minimum", "maximum"))
    low = least if least is not None else -999_999_999_999
    high = most if most is not None else 999_999_999_999
    return DataValidation(
        type="whole" if column.type == "integer" else "decimal",
        operator="between",
        formula1=str(low),
        formula2=str(high),
        allow_blank=True,
    )


def _paper(sheet: Any, last: str) -> None:
    """Set what the sheet looks like on a screen and on paper, and what of it is kept from slips."""
    sheet.freeze_panes = f"A{EXAMPLE_ROW}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{TITLE_ROW}:{HEADING_ROW}"
    sheet.print_options.gridLines = True
    sheet.print_options.horizontalCentered = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.5
    sheet.oddFooter.center.text = "&P / &N"
    # Without a password: it keeps headings from slips of the hand, not from anybody.
    protection = sheet.protection
    protection.sheet = True
    for allowed in ("formatCells", "formatColumns", "formatRows", "insertRows", "deleteRows", "sort"):
        setattr(protection, allowed, False)
