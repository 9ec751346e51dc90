"""Round trips: rows that are put into a sheet in any of the ways of clerks come out again, to the byte."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sheets.making import HEADING, text, xls, xlsx
from tests.sheets.reading import read

PLACE = "qingshi/finance/2026-03"
INCOMES = ["发包收入", "租赁收入", "财政补助", "利息"]
EXPENSES = ["办公费", "维修养护", "福利慰问"]
WORDS = st.text("收支付修渠路灯费用鱼塘承包春节老人三月一二组甲乙，。（）", min_size=1, max_size=12)
FEN = st.integers(0, 10**9).map(lambda fen: Decimal(fen) / 100)

Row = tuple[date, str, str, Decimal | None, Decimal | None, Decimal]


@st.composite
def ledgers(draw: Any) -> list[Row]:
    """Return the rows of a sound ledger of March 2026: day, words, category, income, expense, balance."""
    balance = draw(FEN)
    rows: list[Row] = [(date(2026, 3, 1), "上月结转", "上月结转", None, None, balance)]
    for _number in range(draw(st.integers(0, 12))):
        day = date(2026, 3, 1) + timedelta(days=draw(st.integers(0, 30)))
        amount = draw(FEN)
        is_income = draw(st.booleans())
        balance += amount if is_income else -amount
        category = draw(st.sampled_from(INCOMES if is_income else EXPENSES))
        amounts = (amount, None) if is_income else (None, amount)
        rows.append((day, draw(WORDS), category, *amounts, balance))
    return rows


def canonical(rows: Sequence[Row]) -> list[str]:
    """Return the lines that a ledger's file must hold."""
    return [
        f"{number:03d},{day},,{words},村集体,银行,{category},{_fen(income)},{_fen(expense)},{_fen(balance)},"
        for number, (day, words, category, income, expense, balance) in enumerate(rows, start=1)
    ]


def _fen(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:.2f}"


DAYS = {
    "date": lambda day: day,
    "iso": lambda day: day.isoformat(),
    "dots": lambda day: f"{day.year}.{day.month}.{day.day}",
    "slashes": lambda day: f"{day.year}/{day.month:02d}/{day.day:02d}",
    "words": lambda day: f"{day.year}年{day.month}月{day.day}日",
    "short": lambda day: f"{day.month}月{day.day}日",
    "serial": lambda day: (day - date(1899, 12, 30)).days,
}
AMOUNTS = {
    "number": float,
    "plain": lambda amount: f"{amount:.2f}",
    "thousands": lambda amount: f"{amount:,.2f}",
    "sign": lambda amount: f"￥{amount:,.2f}".replace("￥-", "-￥"),
    "yuan": lambda amount: f"{amount:f}元",
    "brackets": lambda amount: f"（{-amount:.2f}）" if amount < 0 else f"{amount:.2f}",
    "wide": lambda amount: f"{amount:.2f}".translate(
        str.maketrans("0123456789.-", "０１２３４５６７８９．－")
    ),
    "wan": lambda amount: f"{amount / 10000:f}万元",
}
NOTHING = ["", None, "-", "/", "无", "—"]


@dataclass(frozen=True)
class Noise:
    """One of the many ways to lay out the same rows."""

    day: str
    amount: str
    nothing: str | None
    form: str
    left: int
    above: int
    blank_after: frozenset[int]
    page_after: frozenset[int]
    subtotal_after: frozenset[int]
    has_total: bool
    order: tuple[int, ...]
    aliases: bool
    wide_unit: bool


@st.composite
def noises(draw: Any) -> Noise:
    some = st.frozensets(st.integers(0, 12), max_size=3)
    return Noise(
        draw(st.sampled_from(sorted(DAYS))),
        draw(st.sampled_from(sorted(AMOUNTS))),
        draw(st.sampled_from(NOTHING)),
        draw(st.sampled_from(["xlsx", "xls", "utf-8", "utf-8-sig", "gb18030", "utf-16"])),
        draw(st.integers(0, 2)),
        draw(st.integers(0, 2)),
        draw(some),
        draw(some),
        draw(some),
        draw(st.booleans()),
        tuple(draw(st.permutations(range(len(HEADING))))),
        draw(st.booleans()),
        draw(st.booleans()),
    )


def laid_out(rows: Sequence[Row], noise: Noise) -> tuple[list[list[Any]], list[tuple[Decimal, Decimal]]]:
    """Return the cells of a sheet, and the incomes and expenses of the totals on it."""
    names = {"摘要": "事由", "结余": "余额", "凭证号": "凭证编号"} if noise.aliases else {}
    heading = [names.get(name, name) for name in HEADING]
    scale = Decimal(10_000) if noise.wide_unit else Decimal(1)
    title = ["青石村2026年3月财务收支公开表", None, None, "单位：万元" if noise.wide_unit else "单位：元"]
    sheet: list[list[Any]] = [[] for _row in range(noise.above)]
    sheet += [title, _turned(heading, noise)]
    totals: list[tuple[Decimal, Decimal]] = []
    section = [Decimal(0), Decimal(0)]
    whole = [Decimal(0), Decimal(0)]
    for number, (day, words, category, income, expense, balance) in enumerate(rows):
        amounts = [_amount(amount, noise, scale) for amount in (income, expense, balance)]
        cells = [number + 1, _day(day, noise), None, words, "村集体", "银行", category, *amounts, None]
        sheet.append(_turned(cells, noise))
        for sums in (section, whole):
            sums[0] += income or 0
            sums[1] += expense or 0
        if number in noise.blank_after:
            sheet.append([])
        if number in noise.subtotal_after:
            sheet.append(_total("小计", section, noise, scale))
            totals.append((section[0], section[1]))
            section = [Decimal(0), Decimal(0)]
        if number in noise.page_after and number + 1 < len(rows):
            sheet.append(_turned(heading, noise))
    if noise.has_total:
        sheet.append(_total("合计", whole, noise, scale))
        totals.append((whole[0], whole[1]))
    return [[None] * noise.left + row for row in sheet], totals


def _turned(cells: Sequence[Any], noise: Noise) -> list[Any]:
    return [cells[position] for position in noise.order]


def _total(word: str, sums: Sequence[Decimal], noise: Noise, scale: Decimal) -> list[Any]:
    amounts = [_amount(amount, noise, scale) for amount in sums]
    return _turned([None, None, None, word, None, None, None, *amounts, None, None], noise)


def _day(day: date, noise: Noise) -> Any:
    return DAYS[noise.day](day)  # type: ignore[no-untyped-call]


def _amount(amount: Decimal | None, noise: Noise, scale: Decimal) -> Any:
    if amount is None:
        return noise.nothing
    # What names its unit is in that unit whatever the sheet is in.
    if noise.amount in ("yuan", "wan"):
        return AMOUNTS[noise.amount](amount)
    if scale != 1 and noise.amount != "number":
        return f"{amount / scale:f}"
    return AMOUNTS[noise.amount](amount / scale)


def saved(sheet: list[list[Any]], form: str) -> tuple[bytes, str]:
    """Return the bytes of a sheet in a form, and a file name for it."""
    if form == "xlsx":
        return xlsx(sheet), "账.xlsx"
    if form == "xls":
        return xls(sheet), "账.xls"
    return text(sheet, encoding=form), "账.csv"


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(ledgers(), noises())
def test_rows_come_out_as_they_went_in(rows: list[Row], noise: Noise):
    sheet, _totals = laid_out(rows, noise)

    found = read(*saved(sheet, noise.form))

    assert found.remarks == []
    assert found.tables == {PLACE: canonical(rows)}


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(ledgers(), noises())
def test_all_money_on_the_sheet_is_in_the_rows_or_in_the_totals_left_out(rows: list[Row], noise: Noise):
    sheet, totals = laid_out(rows, noise)

    found = read(*saved(sheet, noise.form))

    (draft,) = found.understanding.drafts
    for position, name in enumerate(("收入", "支出")):
        kept = sum((Decimal(record.cells[name] or 0) for record in draft.records), Decimal(0))
        left_out = sum((Decimal(skipped.amounts.get(name, "0")) for skipped in draft.skipped), Decimal(0))
        written = sum((row[3 + position] or Decimal(0) for row in rows), Decimal(0))
        written += sum((total[position] for total in totals), Decimal(0))
        assert kept + left_out == written


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(ledgers(), noises(), st.data())
def test_one_wrong_total_is_found(rows: list[Row], noise: Noise, data: Any):
    sheet, _totals = laid_out(rows, noise)
    written = sum((row[3] or Decimal(0) for row in rows), Decimal(0))
    wrong = written + Decimal(data.draw(st.integers(1, 10_000))) / 100
    scale = Decimal(10_000) if noise.wide_unit else Decimal(1)
    if noise.has_total:
        sheet.pop()
    sheet.append([None] * noise.left + _total("总计", [wrong, Decimal(0)], noise, scale))

    found = read(*saved(sheet, noise.form))

    assert any(remark.endswith(":sheet-total") for remark in found.remarks)
    assert found.tables == {}


@settings(max_examples=150)
@given(st.binary(max_size=300), st.sampled_from(["表.csv", "表.txt", "表.xlsx", "表.xls", "表.et"]))
def test_no_bytes_bring_the_reader_down(content: bytes, file: str):
    found = read(content, file)

    assert found.remarks or found.tables or found.understanding.skipped


CELL = st.one_of(
    st.none(),
    st.text(max_size=8),
    st.integers(-(10**18), 10**18),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(date(1900, 3, 1), date(2100, 1, 1)),
    st.sampled_from(
        ["合计", "小计", "承前页", "日期", "摘要", "金额", "单位：万元", "制表人：", "注：", "第1页", "-"]
    ),
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(CELL, max_size=12), max_size=12))
def test_no_cells_bring_the_reader_down_and_none_is_lost_in_silence(cells: list[list[Any]]):
    sheet = [["青石村2026年3月财务收支"], HEADING, *cells]
    try:
        content = xls(sheet)
    except ValueError:  # what an old workbook cannot hold
        return

    found = read(content, "账.xls")

    told = {
        int(part)
        for remark in found.remarks
        if (part := remark.partition(":")[0].lstrip("ABCDEFGHIJKL")).isdigit()
    }
    drafts = found.understanding.drafts
    kept = {record.row + 1 for draft in drafts for record in draft.records}
    left = {skipped.row for draft in drafts for skipped in draft.skipped}
    left |= {skipped.row for skipped in found.understanding.skipped}
    for number, row in enumerate(cells, start=3):
        if any(cell is not None and str(cell).strip() for cell in row):
            assert number in kept | left | told
