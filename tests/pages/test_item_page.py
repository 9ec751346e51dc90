"""Item pages: every period of an item, and how its figures went."""

from __future__ import annotations

from generator.pages.item_page import category_lines, item_view
from tests.pages.drawing import SmallCounty, ledger, page_at
from tests.pages.parsing import Parsed


def view_of(book, name: str):
    return item_view(book, book.latest_item(name))


def test_every_period_stands_there_with_its_state_the_newest_first(books):
    lines = view_of(books["qingshi"], "finance").lines

    assert [(line.title, line.note, line.chip.text) for line in lines][:1] + [
        (line.title, line.note, line.chip.text)
        for line in lines
        if line.chip.tone == "late" or "更正" in line.note
    ] == [
        ("2026年9月 财务收支", "2026 年 10 月 12 日张贴", "公示至 10 月 27 日"),
        ("2026年5月 财务收支", "2026 年 6 月 15 日张贴 · 更正 1 次", "按时公开"),
        ("2026年1月 财务收支", "2026 年 2 月 24 日张贴", "迟 9 天公开"),
    ]
    assert [line.title.split()[0] for line in lines] == [
        *(f"2026年{month}月" for month in range(9, 0, -1)),
        "2025年12月",
        "2025年11月",
        "2025年10月",
    ]


def test_states_that_the_sample_has_are_told_in_words(books):
    found = {
        (line.chip.text if "天" not in line.chip.text and "至" not in line.chip.text else line.chip.text[:2])
        for book in books.values()
        for item in book.shown_items()
        for line in item_view(book, item).lines
    }

    assert {"按时公开", "迟 ", "公示", "已公开", "未登记张贴", "本期无", "逾期"} <= found


def test_charts_of_one_entity_stay_together_and_run_with_time(books):
    groups = view_of(books["qingshi"], "finance").charts

    assert [group.title for group in groups] == [
        "村委会历期结余、收入、支出",
        "村集体历期结余、收入、支出",
        "组级集体历期结余、收入、支出",
    ]
    closing = groups[0].charts[0]
    assert (closing.title, closing.bars[0].label, closing.bars[-1].label, closing.bars[-1].figure) == (
        "期末结余（元）",
        "2025年10月",
        "2026年9月",
        "44,278.21",
    )


def test_what_is_held_back_is_marked_in_the_list_and_left_out_of_the_charts(county: SmallCounty):
    rows = ("1,期初,村委会,银行,期初,,,1000.00", "6,购纸,村委会,银行,办公费,,30.00,970.00")
    for month in ("2026-06", "2026-07", "2026-08"):
        county.put(
            f"finance/{month}.csv", ledger(*rows).replace("2026-09", month).replace("1000.00", "1000.00")
        )
    county.put("finance/2026-09.csv", ledger(*rows).replace("30.00", "三十"))
    book = county.book()
    view = view_of(book, "finance")
    held = [line.title for line in view.lines if line.chip.text == "待更正"]

    assert "2026年9月 财务收支" in held
    assert view.remarks[0] == "2026年9月 财务收支待更正，没有计入下面的数"
    assert all(
        bar.label != "2026年9月" for group in view.charts for chart in group.charts for bar in chart.bars
    )


def test_a_page_says_why_it_is_disclosed_and_links_to_its_columns(sites):
    page = Parsed(page_at(sites["qingshi"], "finance/").content)

    assert "村里的钱从哪里来，花到哪里去，还剩多少？" in page.text
    assert "《村民委员会组织法》第三十五条" in page.text
    assert "../../dictionary/finance/" in page.values("href")


def test_a_community_is_bound_by_its_own_law(sites):
    assert "《城市居民委员会组织法》" in page_at(sites["hexin"], "finance/").content
    assert "《村民委员会组织法》" not in page_at(sites["hexin"], "finance/").content


def test_a_category_shows_the_newest_three_of_each_item(books):
    found = {
        item.name: [line.title for line in lines]
        for item, lines in category_lines(books["qingshi"], "finance")
    }

    assert list(found)[:2] == ["finance", "cadre_pay"], "the most frequent first, then in order of name"
    assert {name: found[name] for name in ("finance", "finance_summary")} == {
        "finance": ["2026年9月 财务收支", "2026年8月 财务收支", "2026年7月 财务收支"],
        "finance_summary": [
            "2026年第三季度 财务收支报表",
            "2026年第二季度 财务收支报表",
            "2026年第一季度 财务收支报表",
        ],
    }
