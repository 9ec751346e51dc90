"""Cells: what is read, what is refused, and what is the same in any writing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.item import Field
from generator.sheets.amounts import read_amount
from generator.sheets.cells import CellProblem, Manner, read_cell
from generator.sheets.days import day_of_serial, read_day, read_month
from generator.sheets.footers import Footer, read_footer
from generator.sheets.grid import day_cell, number_cell, percent_cell, text_cell
from generator.sheets.titles import said_in, times_of
from generator.sheets.units import stated_factor, unit_of_heading


def column(kind: str, **more: object) -> Field:
    return Field("列", kind, {}, **more)  # type: ignore[arg-type]


MONEY = column("number", unit="元", step=Decimal("0.01"))
AREA = column("number", unit="亩", step=Decimal("0.01"))
COUNT = column("integer", unit="户")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,234.50", "1234.50"),
        ("￥1,234", "1234"),
        ("¥-5", "-5"),
        ("-￥5", "-5"),
        ("1234元", "1234"),
        ("1234元整", "1234"),
        ("1.2万元", "12000"),
        ("0.5亿", "50000000"),
        ("（123.45）", "-123.45"),
        ("(￥1,000)", "-1000"),
        ("−7", "-7"),
        ("１２．５", "12.5"),
        ("007", "7"),
    ],
)
def test_an_amount_is_read(text, number):
    amount = read_amount(text)

    assert amount is not None
    assert amount.number == Decimal(number)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "一百",
        "1,23",
        "1,2345",
        "12,34.5",
        "1 234",
        "1.2.3",
        "--5",
        "(5",
        "5)",
        "-(5)",
        "1e5",
        "NaN",
        "∞",
        "5%",
        "约5",
        "5元/亩",
        "$5",
        "+5",
        ".5",
        "5.",
    ],
)
def test_what_is_no_amount_is_not_guessed(text):
    assert read_amount(text) is None


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_a_number_and_its_text_are_one(number: Decimal):
    text = read_cell(text_cell(f"{number:,.2f}"), MONEY, Manner())

    assert text == read_cell(number_cell(float(number)), MONEY, Manner())
    assert text == f"{number + 0:.2f}".replace("-0.00", "0.00")


@pytest.mark.parametrize(
    ("cell", "field", "text"),
    [
        (number_cell(0.1 + 0.2), MONEY, "0.30"),
        (number_cell(5), MONEY, "5.00"),
        (number_cell(-0.0), MONEY, "0.00"),
        (number_cell(5.20), AREA, "5.2"),
        (text_cell("5.2亩"), AREA, "5.2"),
        (number_cell(12.0), COUNT, "12"),
        (text_cell("12户"), COUNT, "12"),
        (text_cell("-"), MONEY, ""),
        (
            text_cell("-"),
            column("number", unit="元", step=Decimal("0.01"), constraints={"required": True}),
            "0.00",
        ),
        (text_cell("是"), column("boolean"), "true"),
        (text_cell("×"), column("boolean"), "false"),
        (number_cell(7), column("string", constraints={"pattern": "[0-9]{3,4}"}), "007"),
        (number_cell(1234), column("string", constraints={"pattern": "[0-9]{3,4}"}), "1234"),
        (text_cell("2026年3月"), column("string", constraints={"pattern": "[0-9]{4}-[01][0-9]"}), "2026-03"),
        (
            day_cell(date(2026, 3, 1)),
            column("string", constraints={"pattern": "[0-9]{4}-[01][0-9]"}),
            "2026-03",
        ),
        (day_cell(date(2026, 3, 1)), column("string", example="2026-03-01 会议"), "2026-03-01"),
        (text_cell("一\n二"), column("string"), "一 二"),
    ],
)
def test_a_cell_becomes_the_text_of_its_column(cell, field, text):
    assert read_cell(cell, field, Manner()) == text


@pytest.mark.parametrize(
    ("cell", "field", "code"),
    [
        (text_cell("5.2亩"), MONEY, "sheet-amount"),
        (text_cell("5元"), AREA, "sheet-amount"),
        (number_cell(12.5), COUNT, "sheet-decimals"),
        (number_cell(1 / 3), MONEY, "sheet-decimals"),
        (percent_cell(number_cell(0.05)), MONEY, "sheet-percent"),
        (number_cell(1e15), MONEY, "sheet-number-lost"),
        (number_cell(5.1e17), column("string"), "sheet-number-lost"),
        (text_cell("5.1E+17"), column("string"), "sheet-number-lost"),
        (text_cell("\t说明"), column("string"), "cell-formula"),
        (text_cell("＝1+1"), column("string"), "cell-formula"),
        (text_cell("也许"), column("boolean"), "sheet-yes-no"),
        (day_cell(date(2026, 3, 5)), column("string"), "sheet-turned-date"),
    ],
)
def test_what_a_column_cannot_hold_is_a_problem(cell, field, code):
    answer = read_cell(cell, field, Manner())

    assert isinstance(answer, CellProblem)
    assert answer.code == code


@pytest.mark.parametrize(
    "text",
    [
        "2026年3月5日",
        "2026.3.5",
        "2026/3/5",
        "2026-03-05",
        "20260305",
        "2026年03月05号",
        "２０２６年３月５日",
        "2026-03-05 00:00:00",
        "3月5日",
    ],
)
def test_a_day_is_read(text):
    assert read_day(text, 2026) == date(2026, 3, 5)


@pytest.mark.parametrize(
    "text", ["3/5", "3.5", "26.3.5", "2026.3/5", "2026年2月30日", "2026年3月", "昨天", "", "2026-13-01"]
)
def test_what_is_no_day_is_not_guessed(text):
    with pytest.raises(ValueError):
        read_day(text, 2026)


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)))
def test_a_serial_number_is_the_day_it_counts(day: date):
    since_1900, since_1904 = (day - date(1899, 12, 30)).days, (day - date(1904, 1, 1)).days

    assert day_of_serial(Decimal(since_1900), counts_from_1904=False) == day
    assert day_of_serial(Decimal(since_1904), counts_from_1904=True) == day


@pytest.mark.parametrize("number", ["0", "60", "3.5", "46086.5", "-1", "99999", "20261301"])
def test_a_number_that_is_no_day_is_refused(number):
    with pytest.raises(ValueError):
        day_of_serial(Decimal(number), counts_from_1904=False)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2026年3月", "2026-03"),
        ("2026.3", "2026-03"),
        ("2026/12", "2026-12"),
        ("2026年13月", None),
        ("3月", None),
    ],
)
def test_a_month_of_a_year_is_read(text, month):
    assert read_month(text) == month


@pytest.mark.parametrize(
    ("text", "kind", "periods"),
    [
        ("青石村2026年3月财务收支", "month", ["2026-03"]),
        ("2026年三月份", "month", ["2026-03"]),
        ("二〇二六年十二月", "month", ["2026-12"]),
        ("2026.03", "month", ["2026-03"]),
        ("2026年3月1日至3月31日", "month", ["2026-03"]),
        ("2026年1-3月", "quarter", ["2026Q1"]),
        ("2026年第一季度", "quarter", ["2026Q1"]),
        ("2026年度1季度", "quarter", ["2026Q1"]),
        ("2026Q2", "quarter", ["2026Q2"]),
        ("2026年上半年", "half", ["2026H1"]),
        ("2026年度", "year", ["2026"]),
        ("2026年3月5日", None, ["2026-03-05"]),
        ("2026年3月 公示期：2026年4月8日", "month", ["2026-03"]),
        ("公示日期：2026年4月8日", "month", []),
        ("2026年2月30日", "month", ["2026-02"]),
        ("合同第3号", "month", []),
    ],
)
def test_the_time_is_read_from_a_title(text, kind, periods):
    assert [period.text for period in times_of([said_in(text)], kind).fitting] == periods


@pytest.mark.parametrize(
    ("text", "factor"),
    [
        ("单位：元", 1),
        ("单位:万元", 10_000),
        ("金额单位：人民币千元", 1_000),
        ("编制单位：青石村", None),
        ("单位：亩", None),
    ],
)
def test_the_unit_is_read_from_a_title(text, factor):
    assert stated_factor(text) == factor


@pytest.mark.parametrize(
    ("heading", "unit"), [("金额（元）", "元"), ("金额(单位:万元)", "万元"), ("金额", ""), ("面积(亩)", "亩")]
)
def test_the_unit_is_read_from_a_heading(heading, unit):
    assert unit_of_heading(heading) == unit


@pytest.mark.parametrize(
    ("texts", "footer"),
    [
        (["制表人：张三", "审核人：李四"], Footer(prepared_by="制表人", reviewed_by="审核人")),
        (["报账员：张三 审核：村务监督委员会"], Footer(prepared_by="报账员", reviewed_by="村务监督委员会")),
        (["监委会主任：李四"], Footer(reviewed_by="村务监督委员会")),
        (["公示期：2026年4月8日—4月22日"], Footer(posted_from=date(2026, 4, 8), posted_to=date(2026, 4, 22))),
        (["公示期：4月8日至4月22日"], Footer(posted_from=date(2026, 4, 8), posted_to=date(2026, 4, 22))),
        (
            ["审核日期：2026.4.7", "公示地点：村委会公开栏"],
            Footer(reviewed_on=date(2026, 4, 7), location="村委会公开栏"),
        ),
        (["制表人：张三会计", "审核人：李主任"], Footer(prepared_by="制表人", reviewed_by="审核人")),
        (
            ["制表人：青石村报账员", "审核：镇农经站"],
            Footer(prepared_by="青石村报账员", reviewed_by="镇农经站"),
        ),
        (["制表人："], Footer()),
        (["监督电话：000-12345678"], Footer()),
    ],
)
def test_a_foot_gives_offices_and_dates_and_no_names(texts, footer):
    assert read_footer(texts, 2026) == footer
