"""Home pages: the money, what is new, what is owed, whom to call."""

from __future__ import annotations

from datetime import date

import pytest

from generator.pages.home_page import home_view
from generator.pages.words import day
from tests.pages.drawing import SmallCounty, ledger, page_at
from tests.pages.parsing import Parsed

AUGUST = ledger("1,期初,村委会,银行,期初,,,1000.00", "6,购纸,村委会,银行,办公费,,30.00,970.00").replace(
    "2026-09", "2026-08"
)
SEPTEMBER = ledger("1,上月结转,村委会,银行,上月结转,,,970.00", "6,收租金,村委会,银行,租赁收入,12.00,,982.00")


def test_each_entity_of_the_sample_has_a_card_with_what_is_left(books):
    view = home_view(books["qingshi"], digest="")

    assert [(card.entity, card.closing, card.income, card.expense) for card in view.cards] == [
        ("村委会", "44,278.21", "139,040.89", "130,096.80"),
        ("村集体", "612,903.18", "328,643.71", "308,078.00"),
        ("组级集体", "11,847.68", "8,811.26", "9,459.80"),
    ]
    assert (view.heading, view.subtitle) == ("2026 年，村里的钱", "截至 2026 年 9 月 30 日 · 单位：元")


def test_a_community_says_whose_money_it_is(books):
    assert home_view(books["hexin"], digest="").heading == "2026 年，社区的钱"


def test_an_office_without_money_begins_with_its_name_and_a_township_lists_its_villages(sites):
    assert Parsed(page_at(sites["county"], "").content).texts("h1") == ["示范县"]
    assert Parsed(page_at(sites["qingxi"], "").content).texts("h1") == ["清溪镇"]


def test_what_was_posted_last_comes_first(books):
    lines = home_view(books["qingshi"], digest="").recent

    posted = [
        duty.publication.posted_from
        for duty in books["qingshi"].judgement.duties
        if duty.resource is not None and duty.publication is not None and duty.publication.posted_from
    ]
    newest = sorted(posted, reverse=True)[:5]
    assert [line.note.partition("张贴")[0] for line in lines] == [day(found) for found in newest]


def test_what_is_overdue_is_said_with_its_day_and_led_to(books):
    lines = home_view(books["zhuyuan"], digest="").open

    assert [(line.title, line.note, line.chip.text, line.url) for line in lines] == [
        ("2026年9月 财务收支", "应在 2026 年 10 月 15 日前公开", "逾期", "zhuyuan/finance/"),
        ("2026年第三季度 财务收支报表", "应在 2026 年 10 月 15 日前公开", "逾期", "zhuyuan/finance_summary/"),
    ]


def test_a_month_that_is_missing_between_others_is_left_out_of_the_year_and_said(county: SmallCounty):
    county.put("finance/2026-07.csv", AUGUST.replace("2026-08", "2026-07"))
    county.put("finance/2026-09.csv", SEPTEMBER)

    assert home_view(county.book(), digest="").remarks == (
        "2026年1月、2026年2月、2026年3月、2026年4月、2026年5月、2026年6月、2026年8月还没有公开，没有计入上面的数",
    )


@pytest.mark.parametrize(
    ("files", "closing", "remark"),
    [
        (
            {"2026-08": AUGUST, "2026-09": SEPTEMBER.replace("12.00,,", "十二,,")},
            ["970.00"],
            "2026年9月 财务收支待更正，没有计入上面的数",
        ),
        (
            {"2026-08": AUGUST.replace("30.00", "三十"), "2026-09": SEPTEMBER},
            ["982.00"],
            "2026年8月 财务收支待更正，没有计入上面的数",
        ),
        (
            {"2026-09": SEPTEMBER.replace("12.00,,", "十二,,")},
            [],
            "2026年9月 财务收支待更正，更正前不公布数字",
        ),
        (
            {
                "2025-12": AUGUST.replace("2026-08", "2025-12"),
                "2026-01": SEPTEMBER.replace("12.00,,", "十二,,").replace("2026-09", "2026-01"),
            },
            ["970.00"],
            "2026年1月 财务收支待更正，没有计入上面的数",
        ),
    ],
)
def test_what_is_held_back_is_left_out_of_the_year_and_said(county: SmallCounty, files, closing, remark):
    for stem, text in files.items():
        county.put(f"finance/{stem}.csv", text)
    view = home_view(county.book(), digest="")

    assert [card.closing for card in view.cards] == closing
    assert remark in view.remarks


def test_every_category_with_items_has_a_door(books):
    doors = home_view(books["qingshi"], digest="").menu

    categories = books["qingshi"].promises.settings.categories
    assert [door.title for door in doors] == list(categories.values())
    assert doors[0].note.startswith("财务收支、干部报酬与误工补贴、")
    assert all(door.note.count("、") <= 2 for door in doors), "a door names three items and counts the rest"


def test_one_knows_whom_to_call(sites):
    home = Parsed(page_at(sites["qingshi"], "").content)

    assert "tel:00010010001" in home.values("href")
    assert "青石村村务监督委员会" in home.text


def test_a_village_without_records_still_has_a_home_that_says_what_is_owed(county: SmallCounty):
    site = county.site(date(2025, 12, 20))
    home = Parsed(page_at(site, "").content)

    assert home.texts("h1") == ["柳河村"]
    assert "2025年10月 财务收支应在 2025 年 11 月 15 日前公开逾期" in home.texts("a")


def test_a_village_that_is_closed_says_since_when(county: SmallCounty):
    path = county.root / "content/yunxi/liuhe/village.yaml"
    path.write_text(path.read_text(encoding="utf-8") + 'valid_to: "2026-06-30"\n', encoding="utf-8")

    assert (
        "柳河村已于 2026 年 6 月 30 日撤销，本站保留原有公开内容，不再更新"
        in page_at(county.site(), "").content
    )
