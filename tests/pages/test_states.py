"""States: words that do not change from one day to the next."""

from __future__ import annotations

from datetime import date

import pytest

from generator.pages.item_page import item_view
from tests.pages.drawing import SmallCounty, ledger

MONTH = ledger("1,期初,村委会,银行,期初,,,1000.00")
LINE = "财务收支,2026-09,1,{},报账员,监委会,2026-10-09,{},{},公开栏,"
IN_TIME = LINE.format("公开", "2026-10-12", "2026-10-27")
LATE = LINE.format("公开", "2026-10-18", "2026-11-02")
SHORT = LINE.format("公开", "2026-10-12", "2026-10-15")
NIL = LINE.format("本期无", "2026-10-12", "2026-10-27")
UNSIGNED = "已在网上公开，没有张贴登记"
DUE = "应在 2026 年 10 月 15 日前公开"


@pytest.mark.parametrize(
    ("content", "register", "today", "text", "tone", "note"),
    [
        (MONTH, IN_TIME, "2026-10-20", "公示至 10 月 27 日", "ok", "2026 年 10 月 12 日张贴"),
        (MONTH, IN_TIME, "2026-11-01", "按时公开", "ok", "2026 年 10 月 12 日张贴"),
        (MONTH, LATE, "2026-11-09", "迟 3 天公开", "late", "2026 年 10 月 18 日张贴"),
        (MONTH, SHORT, "2026-11-09", "公示不足 15 天", "late", "2026 年 10 月 12 日张贴"),
        (MONTH, "", "2026-11-09", "未登记张贴", "due", UNSIGNED),
        ("", NIL, "2026-11-09", "本期无", "nil", "村里登记：本期没有这一项"),
        ("", "", "2026-10-15", "未到期", "due", DUE),
        ("", "", "2026-10-16", "逾期", "late", DUE),
        (MONTH.replace("1000", "一千"), "", "2026-11-09", "待更正", "held", UNSIGNED),
    ],
)
def test_a_period_says_how_it_stands(county: SmallCounty, content, register, today, text, tone, note):
    if content:
        county.put("finance/2026-09.csv", content)
    if register:
        county.register(register)
    book = county.book(date.fromisoformat(today))
    (line,) = [
        x for x in item_view(book, book.latest_item("finance")).lines if x.title == "2026年9月 财务收支"
    ]

    assert (line.chip.text, line.chip.tone, line.note) == (text, tone, note)


def test_a_community_without_a_binding_date_is_never_overdue(county: SmallCounty):
    path = county.root / "content/yunxi/liuhe/village.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("kind: village", "kind: community"), encoding="utf-8"
    )
    book = county.book(date(2026, 12, 31))
    lines = item_view(book, book.latest_item("finance")).lines

    assert {line.chip.text for line in lines} == {"还没公开"}
    assert lines[1].note == "建议在 2026 年 11 月 15 日前公开"
