"""Cases: sheets as clerks save them, each with what must come out of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import xlwt
from openpyxl.comments import Comment

from generator.sheets.headings import Confirmed
from generator.sheets.places import Asked
from tests.sheets.making import (
    ENTRIES,
    EXPENSE,
    HEADING,
    INCOME,
    LEDGER,
    OPENING,
    TITLE,
    TOTAL,
    changed,
    identity,
    mobile,
    repacked,
    text,
    with_column,
    xls,
    xlsx,
)
from tests.sheets.reading import asked_for

FINANCE = "qingshi/finance/2026-03"
PLAIN = [TITLE, HEADING, *ENTRIES]
Tables = dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Case:
    """A file, what the caller says of it, and what must come out: tables, remarks, what is left out."""

    name: str
    make: Callable[[], bytes]
    tables: Tables
    remarks: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    file: str = "表.xlsx"
    asked: Callable[[], Asked] = asked_for
    confirmed: Confirmed = field(default_factory=Confirmed)


def good(name: str, make: Callable[[], bytes], *remarks: str, **more: Any) -> Case:
    """Return a case whose file is the ledger that all good sheets are."""
    return Case(name, make, {FINANCE: LEDGER}, remarks, **more)


def bad(name: str, make: Callable[[], bytes], *remarks: str, **more: Any) -> Case:
    """Return a case whose file gives no table."""
    return Case(name, make, {}, remarks, **more)


def _styled(cells: dict[str, tuple[Any, str]]) -> Callable[[Any], None]:
    """Return a change that writes values with number formats into the first sheet."""

    def after(book: Any) -> None:
        for place, (value, form) in cells.items():
            book.active[place] = value
            book.active[place].number_format = form

    return after


def _each(after: Callable[[Any], None]) -> Callable[[Any], None]:
    return lambda book: after(book.active)


def _hide_row(page: Any) -> None:
    page.row_dimensions[4].hidden = True


def _hide_column(page: Any) -> None:
    page.column_dimensions["K"].hidden = True


def _filter(page: Any) -> None:
    page.auto_filter.ref = "A2:K5"
    page.auto_filter.add_filter_column(4, ["村委会"])
    page.row_dimensions[4].hidden = True


def _renamed(**names: str) -> list[Any]:
    return [names.get(heading, heading) for heading in HEADING]


def _column(rows: list[Any], column: int, values: list[Any]) -> list[list[Any]]:
    return [changed([row], 0, column, value)[0] for row, value in zip(rows, values, strict=True)]


GOOD_LAYOUTS = (
    good(
        "a row that is an example",
        lambda: xlsx([TITLE, HEADING, ["示例", "2026-09-03", "记-001", "收承包费"], *ENTRIES]),
        skipped=("3:示例行",),
    ),
    good("notes that explain the headings", lambda: xlsx(PLAIN, after=_each(_explain))),
    good(
        "an office, its seal and the day below",
        lambda: xlsx(
            [*PLAIN, [], [None] * 8 + ["青石村村民委员会（盖章）"], [None] * 8 + [date(2026, 4, 8)]]
        ),
        skipped=("7:落款", "8:落款"),
    ),
    good(
        "numbers written down to the end of the form",
        lambda: xlsx([*PLAIN, [4], [5], [6]]),
        skipped=("6:只有序号的空行", "8:只有序号的空行"),
    ),
    Case(
        "a balance brought forward without number, day and category",
        lambda: xlsx(
            [
                TITLE,
                HEADING,
                [None, None, None, "上月结余", *OPENING[4:6], None, *OPENING[7:]],
                INCOME,
                EXPENSE,
            ]
        ),
        {FINANCE: (LEDGER[0].replace("上月结转,村集体", "上月结余,村集体"), *LEDGER[1:])},
        ("3:sheet-opening", ":sheet-renumbered"),
    ),
    good(
        "a foot of many offices",
        lambda: xlsx(
            [*PLAIN, ["村党支部书记：", None, "村委会主任：", None, "监委会主任：", None, "报账员：张三"]]
        ),
    ),
    good("title and heading", lambda: xlsx(PLAIN, merges=["A1:K1"])),
    good(
        "no title, the name of the sheet says it",
        lambda: xlsx([HEADING, *ENTRIES], sheet="青石村财务收支2026年3月"),
    ),
    good(
        "no title, the name of the file says it",
        lambda: xlsx([HEADING, *ENTRIES]),
        file="青石村2026年3月财务收支.xlsx",
    ),
    good(
        "nothing said, all asked for",
        lambda: xlsx([HEADING, *ENTRIES]),
        asked=lambda: asked_for(item="finance", village="青石村", period="2026-03"),
    ),
    good(
        "year in the title, month in the sheet's name",
        lambda: xlsx([["青石村2026年财务收支"], HEADING, *ENTRIES], sheet="3月份"),
    ),
    good(
        "Chinese figures in the title", lambda: xlsx([["青石村二〇二六年三月财务收支表"], HEADING, *ENTRIES])
    ),
    good(
        "a span of whole days",
        lambda: xlsx([["青石村财务收支（2026年3月1日至2026年3月31日）"], HEADING, *ENTRIES]),
    ),
    good(
        "three rows of titles",
        lambda: xlsx(
            [
                ["财务收支公开表"],
                ["编制单位：清溪镇青石村", None, None, "2026年3月", None, None, "单位：元"],
                [],
                HEADING,
                *ENTRIES,
            ]
        ),
    ),
    good(
        "empty rows and columns around",
        lambda: xlsx([[], [], [None, *TITLE], *([None, *row] for row in [HEADING, *ENTRIES]), [], []]),
    ),
    good("empty rows between", lambda: xlsx([TITLE, HEADING, OPENING, [], INCOME, [], EXPENSE])),
    good(
        "aliases of columns",
        lambda: xlsx([TITLE, _renamed(凭证号="凭证编号", 摘要="事由", 结余="余额"), *ENTRIES]),
    ),
    good(
        "spaces and lines in the headings",
        lambda: xlsx([TITLE, _renamed(日期="日  期", 摘要="摘\n要", 结余="结 余"), *ENTRIES]),
    ),
    good(
        "units in the headings",
        lambda: xlsx([TITLE, _renamed(收入="收入（元）", 支出="支出(元)", 结余="结余（元）"), *ENTRIES]),
    ),
    good(
        "columns in another order",
        lambda: xlsx([TITLE, *([*row[3:], *row[:3]] for row in [HEADING, *ENTRIES])]),
    ),
    good(
        "a heading of two rows",
        lambda: xlsx(
            [
                TITLE,
                ["序号", "日期", "凭证号", "摘要", "主体", "账户", "类别", "金额", None, None, "备注"],
                [None] * 7 + ["收入", "支出", "结余", None],
                *ENTRIES,
            ],
            merges=["A1:K1", "H2:J2", *(f"{c}2:{c}3" for c in "ABCDEFGK")],
        ),
    ),
    good(
        "a heading of two rows in an old workbook",
        lambda: xls(
            [
                TITLE,
                ["序号", "日期", "凭证号", "摘要", "主体", "账户", "类别", "金额", None, None, "备注"],
                [None] * 7 + ["收入", "支出", "结余", None],
                *ENTRIES,
            ],
            merges=[(1, 1, 7, 9), *((1, 2, c, c) for c in (0, 1, 2, 3, 4, 5, 6, 10))],
        ),
        file="表.xls",
    ),
    good(
        "month and day in two columns",
        lambda: xlsx(
            [
                ["青石村财务收支明细账 2026年3月"],
                ["序号", "2026年", None, *HEADING[2:]],
                [None, "月", "日", *([None] * 9)],
                *(
                    [row[0], month, day, *row[2:]]
                    for row, month, day in zip(ENTRIES, (3, None, None), (1, 5, 9), strict=True)
                ),
            ],
            merges=["B2:C2", *(f"{c}2:{c}3" for c in "ADEFGHIJKL")],
        ),
    ),
    good(
        "a column of villages that is the one asked for",
        lambda: xlsx([["2026年3月财务收支"], ["村名", *HEADING], *(["青石村", *row] for row in ENTRIES)]),
    ),
    good(
        "the heading again on page two",
        lambda: xlsx([TITLE, HEADING, OPENING, INCOME, TITLE, HEADING, EXPENSE]),
        skipped=("5:重复的标题或表头", "6:重复的标题或表头"),
    ),
    good(
        "carried over to page two",
        lambda: xlsx(
            [
                TITLE,
                HEADING,
                OPENING,
                INCOME,
                ["过次页", *[None] * 6, 234.5, None, 1234.5],
                HEADING,
                ["承前页", *[None] * 6, 234.5, None, 1234.5],
                EXPENSE,
                TOTAL,
            ]
        ),
        skipped=("5:过次页：与上面各行核对相符", "7:承前页：与上面各行核对相符"),
    ),
    good(
        "what it comes to, told above the heading",
        lambda: xlsx([TITLE, ["上期结余", 1000, "本期收入", 234.5, "本期支出", 120], *PLAIN[1:]]),
        "2:sheet-above-heading",
    ),
    good(
        "a total in words",
        lambda: xlsx([*PLAIN, changed([TOTAL], 0, 8, "壹佰贰拾元整")[0]]),
        "I6:sheet-total-unread",
    ),
    good(
        "the balance of a total is another",
        lambda: xlsx([*PLAIN, changed([TOTAL], 0, 9, 2000)[0]]),
        "J6:sheet-total-balance",
    ),
    good("a total", lambda: xlsx([*PLAIN, TOTAL]), skipped=("6:本月合计：与上面各行核对相符",)),
    good(
        "subtotals and a total",
        lambda: xlsx(
            [
                TITLE,
                HEADING,
                OPENING,
                INCOME,
                ["小计", *[None] * 6, 234.5],
                EXPENSE,
                ["小计", *[None] * 7, 120],
                ["合  计", *[None] * 6, 234.5, 120],
            ]
        ),
    ),
    good(
        "the sum since January",
        lambda: xlsx([*PLAIN, TOTAL, ["本年累计", *[None] * 6, 9234.5, 8120]]),
        skipped=("7:本年累计：含表外各期，没有核对",),
    ),
    good(
        "a running number that is also a column of another kind",
        lambda: xlsx(with_column(PLAIN, 11, [None, "凭证张数", None, None, None])),
        skipped=("L:有表头，没有内容",),
    ),
    good(
        "no running numbers",
        lambda: xlsx([TITLE, HEADING[1:], *(row[1:] for row in ENTRIES)]),
        ":sheet-numbered",
    ),
    good(
        "a foot",
        lambda: xlsx(
            [
                *PLAIN,
                [],
                [
                    "制表人：张三",
                    None,
                    None,
                    "审核人：村务监督委员会",
                    None,
                    None,
                    "公示期：2026年4月8日至4月22日",
                ],
            ]
        ),
    ),
    good("a note below", lambda: xlsx([*PLAIN, ["注：以上数字已经理财小组核对"]]), "6:sheet-note"),
    good("page marks", lambda: xlsx([*PLAIN, ["第 1 页 共 1 页"]]), skipped=("6:页码",)),
    good(
        "one village of two on a sheet with another's name in the file", lambda: xlsx(PLAIN), file="财务.xlsx"
    ),
    good(
        "merged words in the rows",
        lambda: xlsx(
            [TITLE, HEADING, OPENING, changed([INCOME], 0, 4, None)[0], changed([EXPENSE], 0, 4, None)[0]],
            merges=["E3:E5"],
        ),
    ),
    good(
        "a column that is left out, confirmed",
        lambda: xlsx(with_column(PLAIN, 11, [None, "经手人", "甲", "乙", "丙"])),
        confirmed=Confirmed({"经手人": ""}),
        skipped=("L:记住的对应：这一列不收",),
    ),
    good(
        "a heading that was confirmed",
        lambda: xlsx([TITLE, _renamed(收入="借方", 支出="贷方"), *ENTRIES]),
        confirmed=Confirmed({"借方": "收入", "贷方": "支出"}),
    ),
    good(
        "columns whose content was confirmed",
        lambda: xlsx([row if row is TITLE else [*row[:4], *row[6:]] for row in PLAIN]),
        confirmed=Confirmed(constants={"主体": "村集体", "账户": "银行"}),
    ),
    good(
        "columns whose content was confirmed in another spelling",
        lambda: xlsx([row if row is TITLE else [*row[:5], *row[6:]] for row in PLAIN]),
        confirmed=Confirmed(constants={"账户": "银行存款"}),
    ),
    good("a hidden row", lambda: xlsx(PLAIN, after=_each(_hide_row)), ":sheet-hidden-rows"),
    good("a hidden column", lambda: xlsx(PLAIN, after=_each(_hide_column)), ":sheet-hidden-columns"),
    good("a filter", lambda: xlsx(PLAIN, after=_each(_filter)), ":sheet-filtered"),
    good(
        "an empty sheet beside",
        lambda: xlsx(PLAIN, more={"Sheet2": [], "Sheet3": []}),
        skipped=("Sheet2:空工作表",),
    ),
    good(
        "one sheet of two",
        lambda: xlsx(PLAIN, more={"草稿": [["随手记的"]]}),
        asked=lambda: asked_for(sheet="Sheet1"),
        skipped=("草稿:没有选这个工作表",),
    ),
)

GOOD_FILES = (
    good("notes on cells", lambda: xlsx(PLAIN, after=_each(_note)), ":sheet-notes"),
    good(
        "a picture of the seal",
        lambda: repacked(xlsx(PLAIN), lambda _name, part: part, {"xl/media/image1.png": b"\x89PNG"}),
        ":sheet-pictures",
    ),
    good(
        "an old workbook with hidden rows and columns",
        lambda: xls(PLAIN, after=_hide_in_old),
        ":sheet-hidden-rows",
        ":sheet-hidden-columns",
        file="表.xls",
    ),
    good(
        "an old workbook counted from 1904",
        lambda: xls(_dated(44620, 44624, 44628), after=_old_from_1904),
        file="表.xls",
    ),
    good("UTF-8", lambda: text(PLAIN), file="表.csv"),
    good("UTF-8 with a mark", lambda: text(PLAIN, encoding="utf-8-sig"), file="表.csv"),
    good("GB18030", lambda: text(PLAIN, encoding="gb18030"), file="表.csv"),
    good("GBK with tabs, as .txt", lambda: text(PLAIN, encoding="gbk", mark="\t"), file="表.txt"),
    good("Unicode text", lambda: text(PLAIN, encoding="utf-16", mark="\t"), file="表.txt"),
    good("UTF-16 without a mark", lambda: text(PLAIN, encoding="utf-16-le", mark="\t"), file="表.txt"),
    good("semicolons", lambda: text(PLAIN, mark=";"), file="表.csv"),
    good("thousands marks in quotes", lambda: text(changed(PLAIN, 2, 9, "1,000.00")), file="表.csv"),
    good("an old workbook", lambda: xls(PLAIN), file="表.xls"),
    good("a WPS sheet that is an old workbook", lambda: xls(PLAIN), file="表.et"),
    good("a WPS sheet that is a workbook of today", lambda: xlsx(PLAIN), file="表.et"),
    good("a new workbook with an old name", lambda: xlsx(PLAIN), ":sheet-suffix", file="表.xls"),
    good("an old workbook with a new name", lambda: xls(PLAIN), ":sheet-suffix", file="表.xlsx"),
    good(
        "a text with a workbook's name", lambda: text(PLAIN, encoding="gbk"), ":sheet-suffix", file="表.xls"
    ),
    good(
        "dates of an old workbook",
        lambda: xls(_dated(date(2026, 3, 1), date(2026, 3, 5), date(2026, 3, 9))),
        file="表.xls",
    ),
)


def _explain(page: Any) -> None:
    page["D2"].comment = Comment("写清楚钱从哪里来、用到哪里去", "县农经科")


def _note(page: Any) -> None:
    page["D4"].comment = Comment("问过会计", "文书")


def _hide_in_old(book: Any) -> None:
    page = book.get_sheet(0)
    page.row(3).hidden = True
    page.col(10).hidden = True


def _old_from_1904(book: Any) -> None:
    book.dates_1904 = True


def _dated(*days: Any) -> list[list[Any]]:
    return [TITLE, HEADING, *_column(ENTRIES, 1, list(days))]


def _paid(
    incomes: Any = 234.5, expense: Any = 120, balances: tuple[Any, Any, Any] = (1000, 1234.5, 1114.5)
) -> list[list[Any]]:
    rows = _column(ENTRIES, 9, list(balances))
    rows = changed(rows, 1, 7, incomes)
    return [TITLE, HEADING, *changed(rows, 2, 8, expense)]


def _counted(content: bytes, formula: str, result: str) -> bytes:
    """Return a workbook in which a formula has the result that a spreadsheet would have saved."""
    before = f"<f>{formula}</f><v></v>", f"<f>{formula}</f><v />", f"<f>{formula}</f><v/>"

    def change(_name: str, part: bytes) -> bytes:
        for text_before in before:
            part = part.replace(text_before.encode(), f"<f>{formula}</f><v>{result}</v>".encode())
        return part

    return repacked(content, change)


GOOD_CELLS = (
    good(
        "a formula with its result",
        lambda: _counted(xlsx(changed(PLAIN, 3, 9, "=J3+H4-I4")), "J3+H4-I4", "1234.5"),
    ),
    good(
        "a total that is a formula",
        lambda: _counted(
            xlsx([*PLAIN, changed([TOTAL], 0, 7, "=SUM(H3:H5)")[0]]), "SUM(H3:H5)", "234.50000000000003"
        ),
    ),
    good(
        "days of a workbook that counts from 1904",
        lambda: xlsx(_dated(*(date(2026, 3, d) for d in (1, 5, 9))), after=_epoch_1904),
    ),
    good(
        "dates of a spreadsheet",
        lambda: xlsx(_dated(date(2026, 3, 1), datetime(2026, 3, 5), date(2026, 3, 9))),
    ),
    good("dates with dots", lambda: xlsx(_dated("2026.3.1", "2026.03.05", "2026.3.9"))),
    good("dates with slashes", lambda: xlsx(_dated("2026/3/1", "2026/3/5", "2026/03/09"))),
    good("dates in words", lambda: xlsx(_dated("2026年3月1日", "2026 年 3 月 5 日", "2026年03月09日"))),
    good("dates without a year", lambda: xlsx(_dated("3月1日", "3月5日", "3月9号"))),
    good(
        "dates in full width", lambda: xlsx(_dated("２０２６－３－１", "２０２６．３．５", "2026年３月９日"))
    ),
    good("packed dates", lambda: xlsx(_dated(20260301, "20260305", 20260309))),
    good("serial numbers", lambda: xlsx(_dated(46082, 46086, 46090))),
    good("serial numbers from 1904", lambda: xlsx(_dated(44620, 44624, 44628), after=_from_1904)),
    good(
        "dates in the long Chinese form",
        lambda: xlsx(
            PLAIN,
            after=_styled(
                {f"B{n}": (s, 'yyyy"年"m"月"d"日"') for n, s in ((3, 46082), (4, 46086), (5, 46090))}
            ),
        ),
    ),
    good(
        "dates that only look like numbers",
        lambda: xlsx(
            PLAIN,
            after=_styled({f"B{n}": (s, "[$-804]General") for n, s in ((3, 46082), (4, 46086), (5, 46090))}),
        ),
    ),
    good("thousands marks", lambda: xlsx(_paid("234.50", "120.00", ("1,000.00", "1,234.50", "1,114.50")))),
    good(
        "currency signs", lambda: xlsx(_paid("￥234.5", "¥120", ("￥1,000", "¥ 1,234.50", "人民币1114.5元")))
    ),
    good("yuan written out", lambda: xlsx(_paid("234.5元", "120元", ("1000元整", "1234.50 元", "1114.5")))),
    good(
        "full width figures",
        lambda: xlsx(_paid("２３４．５", "１２０", ("１０００", "１，２３４．５０", "１１１４．５"))),
    ),
    good("numbers stored as text", lambda: xlsx(_paid("234.5", "120", ("1000", "1234.5", "1114.5")))),
    good(
        "numbers that were added up by floats",
        lambda: xlsx(
            _paid(234.50000000000003, 119.99999999999999, (1000.0000000000001, 1234.5, 1114.5000000000002))
        ),
    ),
    good(
        "currency formats",
        lambda: xlsx(PLAIN, after=_styled({"H4": (234.5, '"￥"#,##0.00'), "J4": (1234.5, "#,##0.00_ ")})),
    ),
    good(
        "nothing written as a dash",
        lambda: xlsx(
            [
                TITLE,
                HEADING,
                changed(changed([OPENING], 0, 7, "-"), 0, 8, "/")[0],
                changed([INCOME], 0, 8, "无")[0],
                changed([EXPENSE], 0, 7, "—")[0],
            ]
        ),
    ),
    good(
        "the sheet is in ten thousands",
        lambda: xlsx(
            [
                [*TITLE, None, "单位：万元"],
                HEADING,
                *_column(
                    _column(_column(ENTRIES, 9, [0.1, "0.12345", 0.11145]), 7, [None, 0.02345, None]),
                    8,
                    [None, None, "0.012"],
                ),
            ]
        ),
    ),
    good(
        "some columns are in ten thousands",
        lambda: xlsx([TITLE, _renamed(结余="结余（万元）"), *_column(ENTRIES, 9, [0.1, 0.12345, 0.11145])]),
    ),
    good(
        "one amount in ten thousands",
        lambda: xlsx(_paid("0.02345万元", "0.012万", (1000, "0.12345万元", 1114.5))),
    ),
    good(
        "spellings of what may be chosen",
        lambda: xlsx(
            [TITLE, HEADING, *_column(_column(ENTRIES, 4, ["村集体经济组织"] * 3), 5, ["银行存款"] * 3)]
        ),
    ),
    good(
        "a spelling that was confirmed",
        lambda: xlsx(changed(PLAIN, 4, 6, "渠道维修")),
        confirmed=Confirmed(values={("类别", "渠道维修"): "维修养护"}),
    ),
    good(
        "spaces around words", lambda: xlsx(changed(changed(PLAIN, 3, 3, " 收鱼塘承包费　"), 4, 4, "村集体 "))
    ),
    good(
        "the numbers as text with zeros",
        lambda: xlsx([TITLE, HEADING, *_column(ENTRIES, 0, ["001", "002", "003"])]),
    ),
)


def _epoch_1904(book: Any) -> None:
    book.epoch = datetime(1904, 1, 1)


def _from_1904(book: Any) -> None:
    book.epoch = datetime(1904, 1, 1)
    for row in range(3, 6):
        book.active.cell(row, 2).number_format = "General"


def _month(month: int, first: int) -> list[list[Any]]:
    return [
        changed(changed([row], 0, 1, f"2026-{month:02d}-{day:02d}"), 0, 0, number)[0]
        for number, (row, day) in enumerate(zip(ENTRIES, (1, 5, 9), strict=True), start=first)
    ]


def _lines(month: int, first: int = 1) -> tuple[str, ...]:
    return tuple(
        f"{number:03d}{line[3:].replace('2026-03', f'2026-{month:02d}')}"
        for number, line in enumerate(LEDGER, start=first)
    )


def _as_of(village: str, month: int) -> list[Any]:
    return [f"{village}2026年{month}月财务收支公开表"]


TWO_MONTHS: Tables = {"qingshi/finance/2026-03": _lines(3), "qingshi/finance/2026-04": _lines(4)}
TWO_VILLAGES: Tables = {"qingshi/finance/2026-03": _lines(3), "zhuyuan/finance/2026-03": _lines(3)}
LIST_HEADING = ["序号", "村民小组", "户主姓名", "补贴面积", "单位", "标准", "补贴金额(元)", "备注"]
HOUSEHOLDS = [
    [1, "一组", "田某甲", 5.2, "亩", 110, 572, None],
    [2, "二组", "田某乙", 3, "亩", 110, 330, None],
]
LIST_LINES = ("001,一组,田某甲,5.2,亩,110.00,572.00,", "002,二组,田某乙,3,亩,110.00,330.00,")
LIST_TITLE = ["青石村2026年第一季度耕地地力保护补贴公示表"]
SUBSIDY: Tables = {"qingshi/subsidy/2026Q1--farmland": LIST_LINES}

SEVERAL = (
    Case(
        "a short record above the heading of page two is a record",
        lambda: xlsx(
            [TITLE, HEADING, OPENING, [None, None, None, "修水渠", "村集体", "银行"], HEADING, EXPENSE]
        ),
        {FINANCE: (LEDGER[0], "002,,,修水渠,村集体,银行,,,,,", LEDGER[2])},
        (":sheet-renumbered",),
    ),
    Case(
        "the year stands above the first month alone",
        lambda: xlsx(
            [_as_of("青石村", 3), HEADING, *_month(3, 1), [], ["4月财务收支公开表"], HEADING, *_month(4, 1)]
        ),
        TWO_MONTHS,
    ),
    Case(
        "a sheet for each month",
        lambda: xlsx(
            [_as_of("青石村", 3), HEADING, *_month(3, 1)],
            sheet="3月",
            more={"4月": [_as_of("青石村", 4), HEADING, *_month(4, 1)]},
        ),
        TWO_MONTHS,
    ),
    Case(
        "two months on one sheet",
        lambda: xlsx(
            [
                _as_of("青石村", 3),
                HEADING,
                *_month(3, 1),
                TOTAL,
                [],
                _as_of("青石村", 4),
                HEADING,
                *_month(4, 1),
                TOTAL,
            ]
        ),
        TWO_MONTHS,
    ),
    Case(
        "two villages on one sheet",
        lambda: xlsx(
            [_as_of("青石村", 3), HEADING, *_month(3, 1), [], _as_of("竹园村", 3), HEADING, *_month(3, 1)]
        ),
        TWO_VILLAGES,
    ),
    Case(
        "two villages in two sheets",
        lambda: xlsx(
            [["2026年3月财务收支"], HEADING, *_month(3, 1)],
            sheet="青石村",
            more={"竹园村": [["2026年3月财务收支"], HEADING, *_month(3, 1)]},
        ),
        TWO_VILLAGES,
    ),
    Case(
        "a column of villages",
        lambda: xlsx(
            [
                ["2026年3月财务收支"],
                ["村名", *HEADING],
                *(["青石村", *row] for row in _month(3, 1)),
                *(["竹园村", *row] for row in _month(3, 1)),
            ]
        ),
        TWO_VILLAGES,
    ),
    Case(
        "a quarter by its dates",
        lambda: xlsx([["青石村2026年3-4月财务收支"], HEADING, *_month(3, 1), *_month(4, 4)]),
        {"qingshi/finance/2026-03": _lines(3), "qingshi/finance/2026-04": _lines(4, 4)},
        (":sheet-by-dates",),
    ),
    Case(
        "no period but dates",
        lambda: xlsx([["青石村财务收支"], HEADING, *_month(3, 1)]),
        {FINANCE: _lines(3)},
        (":sheet-by-dates",),
    ),
    Case("a list of persons", lambda: xlsx([LIST_TITLE, LIST_HEADING, *HOUSEHOLDS]), SUBSIDY),
    Case(
        "a list in two blocks side by side",
        lambda: xlsx(
            [LIST_TITLE, [*LIST_HEADING[:7], *LIST_HEADING[:7]], [*HOUSEHOLDS[0][:7], *HOUSEHOLDS[1][:7]]]
        ),
        SUBSIDY,
    ),
    Case(
        "groups merged downwards",
        lambda: xlsx(
            [LIST_TITLE, LIST_HEADING, HOUSEHOLDS[0], changed([HOUSEHOLDS[1]], 0, 1, None)[0]],
            merges=["B3:B4"],
        ),
        {"qingshi/subsidy/2026Q1--farmland": (LIST_LINES[0], LIST_LINES[1].replace("二组", "一组"))},
    ),
    Case(
        "totals of a group",
        lambda: xlsx(
            [
                LIST_TITLE,
                LIST_HEADING,
                HOUSEHOLDS[0],
                ["一组小计", None, None, 5.2, None, None, 572],
                HOUSEHOLDS[1],
                ["二组小计", None, None, 3, None, None, 330],
                ["合计", None, "2户", 8.2, None, None, 902],
            ]
        ),
        SUBSIDY,
    ),
    Case(
        "personal columns are dropped",
        lambda: xlsx(
            [
                LIST_TITLE,
                [*LIST_HEADING[:3], "身份证号", "一卡通账号", "联系电话", "家庭住址", *LIST_HEADING[3:]],
                *(
                    [*row[:3], identity(n), "62" + "0" * 14 + str(n), mobile(n), "某路 1 号", *row[3:]]
                    for n, row in enumerate(HOUSEHOLDS)
                ),
            ]
        ),
        SUBSIDY,
        (
            "D:sheet-personal-column",
            "E:sheet-personal-column",
            "F:sheet-personal-column",
            "G:sheet-personal-column",
        ),
        ("D:个人信息，没有读入",),
    ),
    Case(
        "the name of an export says all",
        lambda: text([HEADING, *ENTRIES]),
        {
            FINANCE: tuple(
                line.replace("1000.00", "1000")
                .replace("234.50", "234.5")
                .replace("120.00", "120")
                .replace("1114.50", "1114.5")
                for line in LEDGER
            )
        },
        file="finance-2026-03.csv",
        asked=lambda: asked_for(village="qingshi"),
    ),
)

BAD_PLACES = (
    bad(
        "an office in the column of villages",
        lambda: xlsx([["2026年3月财务收支"], ["村名", *HEADING], ["清溪镇", *OPENING]]),
        "A3:item-not-applicable",
    ),
    bad(
        "two villages in one title",
        lambda: xlsx([["青石村、竹园村2026年3月财务收支"], HEADING, *ENTRIES]),
        ":sheet-village-several",
    ),
    bad(
        "a row without a date where dates tell the month",
        lambda: xlsx([["青石村2026年第一季度财务收支"], HEADING, OPENING, changed([INCOME], 0, 1, None)[0]]),
        "B4:sheet-period-row",
        ":sheet-by-dates",
    ),
    bad(
        "a date that is not in the quarter of the title",
        lambda: xlsx([["青石村2026年第二季度财务收支"], HEADING, OPENING]),
        "B3:sheet-date-outside",
    ),
    bad("no item", lambda: xlsx([["青石村2026年3月"], HEADING, *ENTRIES]), ":sheet-item-unknown"),
    bad(
        "two items",
        lambda: xlsx([["青石村2026年3月财务收支、承包租赁合同和救灾救助款物"], HEADING, *ENTRIES]),
        ":sheet-item-several",
    ),
    bad(
        "a document",
        lambda: xlsx(
            [["青石村2026年3月5日通知公告"], ["标题", "内容", "日期", "发布"], ["甲", "乙", "丙", "丁"]]
        ),
        ":sheet-item-document",
    ),
    bad("no village", lambda: xlsx([["2026年3月财务收支"], HEADING, *ENTRIES]), ":sheet-village-absent"),
    bad(
        "a village that there is not",
        lambda: xlsx([["红旗村2026年3月财务收支"], HEADING, *ENTRIES]),
        ":sheet-village-unknown",
    ),
    bad(
        "another village than is asked for",
        lambda: xlsx(PLAIN),
        ":sheet-village-conflict",
        asked=lambda: asked_for(village="zhuyuan"),
    ),
    bad(
        "a village in the column that there is not",
        lambda: xlsx([["2026年3月财务收支"], ["村名", *HEADING], ["红旗村", *OPENING]]),
        "A3:sheet-village-unknown",
    ),
    bad(
        "no period and no dates to tell it",
        lambda: xlsx([["青石村耕地地力保护补贴公示表"], LIST_HEADING, *HOUSEHOLDS]),
        ":sheet-period-absent",
    ),
    bad(
        "a month without a year",
        lambda: xlsx([["青石村3月财务收支"], HEADING, *_dated("3月1日", "3月5日", "3月9日")[2:]]),
        "B3:sheet-date-year",
        "B4:sheet-date-year",
        "B5:sheet-date-year",
    ),
    bad("two months in two places", lambda: xlsx(PLAIN, sheet="4月"), ":sheet-period-conflict"),
    bad(
        "another month than is asked for",
        lambda: xlsx(PLAIN),
        ":sheet-period-conflict",
        asked=lambda: asked_for(period="2026-04"),
    ),
    bad(
        "a quarter asked of a monthly item",
        lambda: xlsx([["青石村财务收支"], HEADING, *ENTRIES]),
        ":period-kind",
        asked=lambda: asked_for(period="2026Q1"),
    ),
    bad(
        "a sheet that there is not",
        lambda: xlsx(PLAIN),
        ":sheet-absent",
        asked=lambda: asked_for(sheet="3月"),
    ),
    bad(
        "a hidden sheet",
        lambda: xlsx([["说明"]], more={"账": PLAIN}, after=_hide_second),
        ":sheet-item-unknown",
        ":sheet-hidden",
    ),
    bad("no heading", lambda: xlsx([TITLE, *ENTRIES]), ":sheet-header-absent"),
)


def _hide_second(book: Any) -> None:
    book["账"].sheet_state = "hidden"


def _old_percent(book: Any) -> None:
    book.get_sheet(0).write(3, 7, 2.345, xlwt.easyxf(num_format_str="0.00%"))


BAD_COLUMNS = (
    bad(
        "a table of words above",
        lambda: xlsx([TITLE, *(["甲", "乙", "丙", f"丁{n}"] for n in range(4)), *PLAIN[1:]]),
        *(f"{row}:sheet-table-above" for row in range(2, 6)),
    ),
    bad(
        "an amount of another year",
        lambda: xlsx([TITLE, _renamed(收入="收入（上年）"), *ENTRIES]),
        "H2:sheet-heading-unknown",
    ),
    bad(
        "an amount under another year",
        lambda: xlsx(
            [
                TITLE,
                [*HEADING[:7], "上年数", None, "本年数", "备注"],
                [None] * 7 + ["收入", "支出", "结余", None],
                *ENTRIES,
            ],
            merges=["H2:I2", *(f"{c}2:{c}3" for c in "ABCDEFGK")],
        ),
        "H3:sheet-heading-unknown",
        "I3:sheet-heading-unknown",
    ),
    bad(
        "income and expense side by side, each with its amount",
        lambda: xlsx(
            [
                TITLE,
                ["收入", None, None, "支出"],
                ["日期", "摘要", "金额", "日期", "摘要", "金额"],
                ["2026-03-05", "收鱼塘承包费", 234.5, "2026-03-09", "修水渠", 120],
            ],
            merges=["A2:C2", "D2:F2"],
        ),
        *["2:sheet-column-missing"],
        ":sheet-numbered",
    ),
    bad(
        "a village's name between the rows",
        lambda: xlsx([TITLE, HEADING, OPENING, ["竹园村"], INCOME]),
        "4:sheet-row-unplaced",
    ),
    bad(
        "a text with a cell too many",
        lambda: text(PLAIN).replace("修水渠,".encode(), "修水渠,多,".encode()),
        "L5:sheet-cell-outside",
        "E5:cell-enum",
        "F5:cell-enum",
        "G5:cell-enum",
        "H5:sheet-amount",
        file="表.csv",
    ),
    bad(
        "a table above, in a file of text",
        lambda: text([TITLE, ["单位名", "欠款"], *([f"某厂{n}", n] for n in range(1, 6)), *PLAIN[1:]]),
        *(f"{row}:sheet-table-above" for row in range(3, 8)),
        file="表.csv",
    ),
    bad(
        "a table of another kind above",
        lambda: xlsx([TITLE, ["单位名", "欠款"], *([f"某厂{n}", n] for n in range(1, 6)), *PLAIN[1:]]),
        *(f"{row}:sheet-table-above" for row in range(3, 8)),
    ),
    bad(
        "a heading that nobody knows",
        lambda: xlsx(with_column(PLAIN, 11, [None, "经手人", "甲", "乙", "丙"])),
        "L2:sheet-heading-unknown",
    ),
    bad(
        "two headings of one column",
        lambda: xlsx(with_column(PLAIN, 11, [None, "余额", 1, 2, 3])),
        "L2:sheet-heading-twice",
    ),
    bad(
        "a column that is missing",
        lambda: xlsx([row if row is TITLE else row[:9] for row in PLAIN]),
        "2:sheet-column-missing",
    ),
    bad(
        "a unit that is none of the column's",
        lambda: xlsx(
            [
                ["青石村2026年承包地块公示"],
                ["收入（亩）", *HEADING[:7], "支出", "结余"],
                ["1", *OPENING[:7], None, 1000],
            ]
        ),
        "A2:sheet-unit",
        asked=lambda: asked_for(item="finance", period="2026-03"),
    ),
    bad("cells without a heading", lambda: xlsx(changed(PLAIN, 3, 12, "见附件")), "M4:sheet-cell-outside"),
    bad(
        "a line that is alone",
        lambda: xlsx([TITLE, HEADING, ["一、收入部分"], *ENTRIES]),
        "3:sheet-row-unplaced",
    ),
    bad("a total that is wrong", lambda: xlsx([*PLAIN, changed([TOTAL], 0, 8, 130)[0]]), "I6:sheet-total"),
    bad(
        "a subtotal that is wrong",
        lambda: xlsx([TITLE, HEADING, OPENING, INCOME, ["小计", *[None] * 6, 200], EXPENSE]),
        "H5:sheet-total",
    ),
    bad(
        "an amount merged over rows",
        lambda: xlsx(changed(PLAIN, 4, 7, None), merges=["H4:H5"]),
        "H5:sheet-merged-amount",
    ),
    bad("nothing below the heading", lambda: xlsx([TITLE, HEADING]), ":rows-missing"),
    bad(
        "a text with a cell too few",
        lambda: text(PLAIN).replace("修水渠,".encode(), b""),
        "5:row-cells",
        file="表.csv",
    ),
)

BAD_CELLS = (
    bad(
        "a day for all rows that is none",
        lambda: xlsx([row if row is TITLE else [row[0], *row[2:]] for row in PLAIN]),
        ":sheet-date",
        "3:sheet-opening",
        confirmed=Confirmed(constants={"日期": "三月"}),
    ),
    bad(
        "a formula that was never counted in an old workbook",
        lambda: xls(
            changed(PLAIN, 3, 9, None),
            after=lambda book: book.get_sheet(0).write(3, 9, xlwt.Formula("J3+H4")),
        ),
        "J4:sheet-formula-uncounted",
        file="表.xls",
    ),
    bad(
        "percents in an old workbook",
        lambda: xls(changed(PLAIN, 3, 7, None), after=_old_percent),
        "H4:sheet-percent",
        file="表.xls",
    ),
    bad(
        "a formula that was never counted",
        lambda: xlsx(changed(PLAIN, 3, 9, "=J3+H4")),
        "J4:sheet-formula-uncounted",
    ),
    bad(
        "a formula gone wrong",
        lambda: xlsx(PLAIN, after=_styled({"J4": ("#REF!", "General")})),
        "J4:sheet-formula-error",
    ),
    bad(
        "a long number as a number",
        lambda: xlsx(changed(PLAIN, 3, 10, int("5" + "1" * 17))),
        "K4:sheet-number-lost",
    ),
    bad(
        "a long number with an exponent",
        lambda: text(changed(PLAIN, 3, 10, "5.1E+17")),
        "K4:sheet-number-lost",
        file="表.csv",
    ),
    bad(
        "a long number with zeros at its end",
        lambda: text(changed(PLAIN, 3, 10, "1" * 15 + "000")),
        "K4:sheet-number-lost",
        file="表.csv",
    ),
    bad(
        "a formula in a text",
        lambda: text(changed(PLAIN, 3, 3, "=cmd|' /C calc'!A0")),
        "D4:cell-formula",
        file="表.csv",
    ),
    bad("an at sign", lambda: xlsx(changed(PLAIN, 3, 3, "@SUM(A1)")), "D4:cell-formula"),
    bad("a plus sign", lambda: xlsx(changed(PLAIN, 3, 7, "+234.5")), "H4:cell-formula"),
    bad("words for an amount", lambda: xlsx(changed(PLAIN, 3, 7, "贰佰叁拾肆元伍角")), "H4:sheet-amount"),
    bad(
        "thousands marks in the wrong place",
        lambda: xlsx(changed(PLAIN, 3, 9, "12,34.50")),
        "J4:sheet-amount",
    ),
    bad("a blank inside a number", lambda: xlsx(changed(PLAIN, 3, 9, "1 234.5")), "J4:sheet-amount"),
    bad("a third of a fen", lambda: xlsx(changed(PLAIN, 3, 7, 234.505)), "H4:sheet-decimals"),
    bad(
        "ten thousands with too many places",
        lambda: xlsx(changed(PLAIN, 3, 7, "0.02345001万元")),
        "H4:sheet-decimals",
    ),
    bad(
        "a date that is none",
        lambda: xlsx(_dated("2026-03-01", "2026年3月32日", "2026-03-09")),
        "B4:sheet-date",
    ),
    bad(
        "a month and a day that can be either",
        lambda: xlsx(_dated("2026-03-01", 3.5, "3/9")),
        "B4:sheet-date",
        "B5:sheet-date",
    ),
    bad("a date of two figures", lambda: xlsx(_dated("2026-03-01", "26.3.5", "2026-03-09")), "B4:sheet-date"),
    bad("a word that may not be chosen", lambda: xlsx(changed(PLAIN, 4, 6, "渠道维修")), "G5:cell-enum"),
    bad(
        "a voucher number that became a date",
        lambda: xlsx(changed(PLAIN, 3, 2, date(2026, 3, 5))),
        "C4:sheet-turned-date",
    ),
    bad(
        "percents where an amount belongs",
        lambda: xlsx(PLAIN, after=_styled({"H4": (2.345, "0.0%")})),
        "H4:sheet-percent",
    ),
    bad(
        "a date where an amount belongs",
        lambda: xlsx(changed(PLAIN, 3, 7, date(2026, 3, 5))),
        "H4:sheet-amount",
    ),
    Case(
        "minus signs and brackets",
        lambda: xlsx(_paid(-234.5, "（120.00）", (1000, "-￥765.5", "−885.5"))),
        {
            FINANCE: (
                LEDGER[0],
                LEDGER[1].replace(",234.50", ",-234.50").replace("1234.50", "-765.50"),
                LEDGER[2].replace("120.00", "-120.00").replace("1114.50", "-885.50"),
            )
        },
    ),
)

CASES = (*GOOD_LAYOUTS, *GOOD_FILES, *GOOD_CELLS, *SEVERAL, *BAD_PLACES, *BAD_COLUMNS, *BAD_CELLS)
