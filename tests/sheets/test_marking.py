"""Marked copies: the clerk's own sheet comes back with every cell to mend coloured and explained."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font

from generator.sheets.opening import open_workbook
from generator.sheets.remark import Remark
from generator.sheets.writing.marking import marked_copy
from tests.sheets.making import ENTRIES, HEADING, TITLE, changed, identity, repacked, text, xls, xlsx
from tests.sheets.reading import county, read

SHEET = [TITLE, HEADING, *ENTRIES]
WRONG = changed(changed(SHEET, 3, 7, "二百"), 4, 6, "修路")
RED, YELLOW = "FFFFC7CE", "FFFFEB9C"


def remarks_of(content: bytes, file: str) -> list[Remark]:
    found = read(content, file)
    drafts = found.understanding.drafts
    _book, said = open_workbook(content, file)
    return [*said, *found.understanding.remarks, *(r for draft in drafts for r in draft.remarks)]


def marked(content: bytes, file: str = "账.xlsx") -> bytes:
    return marked_copy(content, open_workbook(content, file)[0], remarks_of(content, file))


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def test_each_cell_to_mend_is_red_and_says_what_to_write_instead():
    book = opened(marked(xlsx(WRONG, sheet="3月")))
    sheet = book["3月"]

    assert {
        cell.coordinate: cell.fill.fgColor.rgb for row in sheet for cell in row if cell.comment is not None
    } == {"H4": RED, "G5": RED}
    assert "「二百」不是数" in sheet["H4"].comment.text
    assert "请只写数字" in sheet["H4"].comment.text
    assert "发包收入" in sheet["G5"].comment.text
    assert sheet["H3"].fill.fill_type is None


def test_the_first_sheet_lists_all_with_the_way_to_each():
    book = opened(marked(xlsx(WRONG, sheet="3月")))
    listed = book.worksheets[0]

    assert book.sheetnames == ["要改的地方", "3月"]
    assert book.active is listed
    assert listed["A1"].value == "错误 2 处，提醒 0 处"
    rows = [[cell.value for cell in row] for row in listed.iter_rows(min_row=4)]
    assert [row[:4] for row in rows] == [["错误", "3月", "H4", "收入"], ["错误", "3月", "G5", "类别"]]
    assert listed["C4"].hyperlink.location == "'3月'!H4"
    assert all(row[4] and row[5] for row in rows)


def test_what_the_clerk_made_of_the_sheet_stays():
    def dress(book: Any) -> None:
        sheet = book.active
        sheet.column_dimensions["D"].width = 33
        sheet["A1"].font = Font(bold=True, size=20)
        sheet["H4"].comment = Comment("问会计", "张三")
        sheet["J3"] = "=1000"
        sheet.merge_cells("A1:K1")

    book = opened(marked(xlsx(WRONG, sheet="3月", after=dress)))
    sheet = book["3月"]

    assert sheet.column_dimensions["D"].width == 33
    assert (sheet["A1"].font.size, [str(r) for r in sheet.merged_cells.ranges]) == (20, ["A1:K1"])
    assert sheet["H4"].comment.text.startswith("问会计")
    assert "不是数" in sheet["H4"].comment.text
    assert sheet["J3"].value == "=1000"


@pytest.mark.parametrize(
    ("content", "file"),
    [
        (xls(WRONG, sheet="3月"), "账.xls"),
        (text(WRONG, encoding="gb18030"), "账.csv"),
        (xlsx(WRONG, sheet="3月"), "账.et"),
    ],
    ids=["xls", "csv", "et"],
)
def test_a_copy_is_made_of_whatever_can_be_read(content: bytes, file: str):
    book = opened(marked(content, file))
    sheet = book.worksheets[1]

    assert [cell.value for cell in sheet[2]] == HEADING
    assert sheet["H4"].value == "二百"
    assert sheet["H4"].fill.fgColor.rgb == RED
    assert "不是数" in sheet["H4"].comment.text


def test_a_copy_that_was_mended_comes_in_and_its_list_is_no_table():
    book = opened(marked(xlsx(WRONG, sheet="3月")))
    book["3月"]["H4"] = 234.5
    book["3月"]["G5"] = "维修养护"
    buffer = io.BytesIO()
    book.save(buffer)

    found = read(buffer.getvalue(), "待修改-账.xlsx")

    assert found.tables
    assert found.remarks == [":sheet-notes"]
    assert "要改的地方:上次导入列的单子，不是表" in found.skipped


def test_the_next_copy_marks_only_what_is_still_to_be_mended():
    book = opened(marked(xlsx(WRONG, sheet="3月")))
    book["3月"]["H4"] = 234.5
    buffer = io.BytesIO()
    book.save(buffer)

    again = opened(marked(buffer.getvalue(), "待修改-账.xlsx"))

    assert again.sheetnames == ["要改的地方", "3月"]
    assert (again["3月"]["H4"].fill.fill_type, again["3月"]["H4"].comment) == (None, None)
    assert again["3月"]["G5"].fill.fgColor.rgb == RED


def test_what_is_personal_is_not_repeated():
    number = identity()
    name = "修".join(["", number])
    content = xlsx(changed(WRONG, 4, 6, name), sheet="3月")
    hides = remarks_hiding(content)

    copy = marked_copy(content, open_workbook(content, "账.xlsx")[0], hides)

    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        texts = b"".join(archive.read(part) for part in archive.namelist())
    assert texts.count(number.encode()) == 1


def remarks_hiding(content: bytes) -> list[Remark]:
    """Return the remarks that the importer makes, which knows what is personal."""
    from generator.privacy.detectors import detect
    from generator.sheets.places import Asked, Directory
    from generator.sheets.understanding import Knowledge, understand

    promises, walked = county()
    knowledge = Knowledge(
        Directory(promises.catalogue.versions, walked.villages),
        hides=lambda value: bool(detect(value, offices=frozenset())),
    )
    found = understand(open_workbook(content, "账.xlsx")[0], Asked(), knowledge)
    return [*found.remarks, *(remark for draft in found.drafts for remark in draft.remarks)]


def test_a_text_that_looks_like_a_formula_stays_a_text():
    content = text(changed(WRONG, 3, 3, "=HYPERLINK(1)"))

    book = opened(marked(content, "账.csv"))

    assert book.worksheets[1]["D4"].data_type == "s"
    assert not any(cell.data_type == "f" for row in book.worksheets[0] for cell in row)


def test_a_remark_on_a_row_a_column_or_a_merged_cell_finds_its_place():
    rows = [["青石村2026年3月财务收支"], HEADING, *ENTRIES, [None, "不知是什么"]]
    content = xlsx(rows, sheet="3月", merges=["A1:K1", "B6:D6"])
    remarks = remarks_of(content, "账.xlsx")
    moved = [Remark(r.finding, r.sheet, cell) for r in remarks[:1] for cell in ("6", "C", "C6", "B1", "")]

    book = opened(marked_copy(content, open_workbook(content, "账.xlsx")[0], moved))

    noted = [cell.coordinate for row in book["3月"] for cell in row if getattr(cell, "comment", None)]
    assert noted == ["A1", "C2", "B6"]
    assert [row[2].value for row in book.worksheets[0].iter_rows(min_row=4)] == ["6", "C", "C6", "B1", None]


def test_a_workbook_that_cannot_be_edited_is_built_anew():
    def spoil(name: str, part: bytes) -> bytes:
        return part.replace(b"<fonts", b"<odd><fonts") if name == "xl/styles.xml" else part

    content = repacked(xlsx(WRONG, sheet="3月"), spoil)
    whole = xlsx(WRONG, sheet="3月")

    copy = marked_copy(content, open_workbook(whole, "账.xlsx")[0], remarks_of(whole, "账.xlsx"))

    assert opened(copy)["3月"]["H4"].fill.fgColor.rgb == RED


def test_the_same_copy_is_the_same_bytes():
    content = xls(WRONG, sheet="3月")

    assert marked(content, "账.xls") == marked(content, "账.xls")
