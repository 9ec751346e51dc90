"""Period pages: one table or document, whole and with its proof."""

from __future__ import annotations

import hashlib
from datetime import date
from itertools import pairwise

import pytest

from generator.history.repository import Version, Versions
from tests.pages.drawing import SmallCounty, ledger, page_at
from tests.pages.parsing import Parsed

BAD_BALANCE = ledger(
    "1,期初,村委会,银行,期初,,,1000.00",
    "6,购纸,村委会,银行,办公费,,30.50,969.49",
    "7,收租金,村委会,银行,租赁收入,77.77,,1047.26",
)


def page(sites, village: str, url: str) -> Parsed:
    return Parsed(page_at(sites[village], url).content)


def test_the_equation_comes_first_per_entity(sites):
    html = page_at(sites["qingshi"], "finance/2026-09/").content
    found = Parsed(html)

    assert found.texts("section")[0] == (
        "村委会上期结余（8 月 31 日）44,242.78 ＋ 本期收入12,914.53 － 本期支出12,879.10"
        " ＝ 本期结余（9 月 30 日）44,278.21"
    )
    assert html.index('class="card eq"') < html.index('class="say"') < html.index('class="rows"')


def test_a_month_that_is_not_over_tells_its_balance_as_of_the_last_entry(county: SmallCounty):
    county.put(
        "finance/2026-09.csv",
        ledger("1,期初,村委会,银行,期初,,,1000.00", "6,购纸,村委会,银行,办公费,,30.50,969.50"),
    )

    during = page_at(county.site(date(2026, 9, 20)), "finance/2026-09/").content
    after = page_at(county.site(date(2026, 10, 1)), "finance/2026-09/").content

    assert "＝ 本期结余（9 月 6 日）" in Parsed(during).texts("span")
    assert "＝ 本期结余（9 月 30 日）" in Parsed(after).texts("span")


def test_internal_transfers_have_their_own_line(county: SmallCounty):
    county.put(
        "finance/2026-09.csv",
        ledger("1,期初,村委会,银行,期初,,,1000.00", "6,转出,村委会,银行,内部转账,,400.00,600.00"),
    )

    assert "＋ 内部转账净额-400.00" in page_at(county.site(), "finance/2026-09/").content.replace(
        "</span><span>", ""
    )


def test_every_row_is_on_the_page(books, sites):
    for name, book in books.items():
        for resource in book.judgement.package.resources:
            if resource.item.is_document or resource.path not in book.tables:
                continue
            found = page(sites, name, f"{resource.item.name}/{resource.stem}/")
            first = resource.item.schema.fields[0].name
            assert f"共 {len(resource.table)} 条，全部列出" in found.texts("caption")
            shown = [cell for row in found.rows() for cell in row]
            assert [text for text in resource.table.texts[first] if text not in shown] == []


def test_a_correction_stands_in_the_open_with_its_reason(sites):
    found = page(sites, "qingshi", "finance/2026-05/")

    assert (
        "更正（2026 年 6 月 18 日）5 月 11 日办公用品原写 380.00 元，更正为 308.00 元；票据录入错误"
        in "".join(found.text.split("\n"))
    )


def test_who_prepared_reviewed_and_posted_is_said(sites):
    found = page(sites, "qingshi", "finance/2026-09/")

    assert (
        "报账员编制村务监督委员会 2026 年 10 月 9 日审核2026 年 10 月 12 日至 2026 年 10 月 27 日张贴"
        "（村委会公开栏和六个组公示点）"
    ) in found.texts("p")


def test_what_was_never_registered_is_said_to_be_so(sites):
    assert "没有登记审核和张贴。" in page(sites, "qingshi", "village_rules/2021/").text


def test_the_digest_is_that_of_the_download(books, sites):
    resource = books["qingshi"].items["finance"][-1]

    assert hashlib.sha256(resource.committed).hexdigest() in page(sites, "qingshi", "finance/2026-09/").text
    assert "../../../qingshi/data/finance-2026-09.csv" in page(sites, "qingshi", "finance/2026-09/").values(
        "href"
    )


def test_the_version_is_the_last_commit_of_the_file_or_said_to_be_none(county: SmallCounty):
    path = "content/yunxi/liuhe/finance/2026-09.csv"
    county.put("finance/2026-09.csv", ledger("1,期初,村委会,银行,期初,,,1000.00"))
    by_path = {path: Version("0a1b2c3", date(2026, 10, 9))}

    committed = page_at(county.site(versions=Versions("f", by_path, frozenset())), "finance/2026-09/").content
    changed = page_at(
        county.site(versions=Versions("f", by_path, frozenset([path]))), "finance/2026-09/"
    ).content

    assert "版本 <code>0a1b2c3</code>（2026 年 10 月 9 日）" in committed
    assert "版本 <code>尚未入库</code>" in changed


def test_a_held_back_table_says_which_version_since_when_and_what_is_wrong_and_no_other_figure(
    county: SmallCounty,
):
    path = "content/yunxi/liuhe/finance/2026-09.csv"
    county.put("finance/2026-09.csv", BAD_BALANCE)
    versions = Versions("f", {path: Version("0a1b2c3", date(2026, 10, 9))}, frozenset())
    found = Parsed(page_at(county.site(versions=versions), "finance/2026-09/").content)

    assert found.texts("h1") == ["2026年9月 财务收支"]
    assert found.texts("b") == ["本表有 1 处待更正，更正前不公布这张表"]
    assert "扣下的版本：0a1b2c3，自 2026 年 10 月 9 日起" in found.text
    assert found.texts("li")[0].startswith("第 3 行 「结余」：")
    assert found.texts("table") == [] and found.texts("svg") == []
    assert "969.49" in found.texts("li")[0]
    assert "77.77" not in found.text and "47.26" not in found.text and "租金" not in found.text
    assert [href for href in found.values("href") if href.endswith(".csv")] == []


def test_neighbouring_periods_of_one_scheme_are_linked(sites):
    found = page(sites, "qingshi", "subsidy/2026Q2--elderly/")

    assert {f"../../../qingshi/subsidy/{stem}--elderly/" for stem in ("2026Q1", "2026Q3")} <= set(
        found.values("href")
    )
    assert "2026年第一季度 耕地地力保护补贴" not in found.text


def test_a_document_is_called_by_its_own_name(sites):
    found = page(sites, "qingshi", "notice/2026-08-03--water/")

    assert found.texts("h1") == ["三组蓄水池清淤停水通知"]
    assert "2026年8月3日 · 通知公告" in found.text
    assert "8 月 5 日 7:00 至 18:00，三组蓄水池清淤，三组、四组停水，请提前备水。" in found.texts("p")


def test_a_rule_that_was_replaced_says_so_and_the_one_in_force_does_not(sites):
    old, new = (page(sites, "qingshi", f"village_rules/{year}/") for year in (2021, 2026))

    assert "这是以前的版本，现在的是「" in old.text
    assert "这是以前的版本" not in new.text


def test_a_rule_book_has_its_articles_and_the_steps_of_its_making(sites):
    found = page(sites, "qingshi", "village_rules/2026/")

    assert found.texts("h3")[:2] == ["第 1 条 有事好商量", "第 2 条 看得懂的账"]
    assert [text.split()[0] for text in found.texts("li")] == [
        "征集民意",
        "拟定草案",
        "提请审核",
        "审议表决",
        "备案公布",
    ]


@pytest.mark.parametrize(
    "said",
    [
        "主任（应选 1 人）当选：甲氏青松（421 票）",
        "副主任（应选 1 人）当选：丙氏秋兰（398 票）",
        "委员（应选 2 人）当选：戊氏冬梅（436 票）",
        "委员（应选 1 人）当选：己氏秧田（342 票）",
    ],
)
def test_an_election_says_first_who_won_each_post_in_each_round(sites, said: str):
    assert said in page(sites, "qingshi", "election/2026-04-18/").texts("p")


def test_an_election_shows_votes_from_most_to_fewest(sites):
    found = page(sites, "qingshi", "election/2026-04-18/")
    votes = [text for text in found.texts("section") if text.startswith("戊氏冬梅")]

    assert votes == [
        "戊氏冬梅（当选）436 己氏秧田（进入另行选举）338 庚氏竹林（进入另行选举）321 辛氏小溪（未当选）210"
    ]


@pytest.mark.parametrize(
    ("village", "period", "said"),
    [
        (
            "qingshi",
            "2026-04-18",
            "由全体选民投票：登记选民 812 人，参加投票 702 人，占 86.45%；法律要求过半数，已经达到。"
            "其中委托投票 35 人。收回选票 700 张，有效票 688 张，废票 12 张。",
        ),
        ("qingshi", "2026-04-18", "当选至少要 352 票（参加投票 702 人，要过半数）。"),
        ("qingshi", "2026-04-18", "还缺委员 1 人，下一步：2026 年 5 月 9 日另行选举。"),
        ("qingshi", "2026-04-18", "当选至少要 217 票（收回选票 651 张，要三分之一以上）。"),
        ("qingshi", "2026-04-18", "应选的都选出来了。"),
        (
            "hexin",
            "2026-05-30",
            "由居民代表投票：居民代表 38 人，参加投票 33 人，占 86.84%；法律要求超过三分之二，已经达到。"
            "收回选票 33 张，有效票 32 张，废票 1 张。",
        ),
        ("hexin", "2026-05-30", "补选的人任职到本届届满，2027 年 6 月 30 日为止。"),
        (
            "shiqiao",
            "2026-09-05",
            "补选的原因：委员丑氏河湾迁居外地，提出辞职，村民代表会议 8 月 15 日接受，缺委员一人。",
        ),
        ("zhuyuan", "2026-07-11", "罢免委员午氏山月：罢免未通过"),
        (
            "zhuyuan",
            "2026-07-11",
            "2026 年 6 月 16 日选民联名：96 人，有权联名的 402 人；法律要求五分之一以上，已经达到。",
        ),
        ("zhuyuan", "2026-07-11", "同意罢免 142 票，反对 150 票，弃权 14 票，废票 4 张；通过至少要 156 票。"),
        ("zhuyuan", "2026-07-11", "本人继续任职。"),
    ],
)
def test_an_election_says_who_voted_what_it_took_and_what_comes_next(
    sites, village: str, period: str, said: str
):
    assert said in page(sites, village, f"election/{period}/").texts("p")


def test_an_election_leaves_out_columns_that_nobody_counted(sites):
    heads = page(sites, "hexin", "election/2026-05-30/").texts("th")

    assert "委托投票（人）" in heads
    assert "流动票箱（人）" not in heads


def test_headings_never_skip_a_level(sites):
    for site in sites.values():
        for each in site.pages:
            levels = [
                int(tag[1])
                for tag, _attributes in Parsed(each.content).tags
                if tag[0] == "h" and tag[1:].isdigit()
            ]
            assert levels[0] == 1 and levels.count(1) == 1, each.url
            assert all(after <= before + 1 for before, after in pairwise(levels)), each.url


def test_what_was_planned_stands_beside_what_came_of_it(sites):
    chart = next(
        text for text in page(sites, "qingshi", "projects/2026/").texts("section") if "蓄水池" in text
    )

    assert chart.startswith("二组蓄水池新建 预算76,000.00 二组蓄水池新建 已付69,400.00")
    assert "四组人饮管网改造 预算65,000.00 四组人饮管网改造 已付59,700.00" in chart


def test_a_plan_of_many_lines_is_told_by_its_table_alone(sites):
    assert 'class="bar"' not in page_at(sites["qingshi"], "finance_plan/2026/").content


def test_days_are_not_compared_as_if_they_were_money(sites):
    assert 'class="bar"' not in page_at(sites["qingshi"], "service_hall/2026/").content
