"""The audit board: every village counted, none ranked."""

from __future__ import annotations

from datetime import date

import pytest

from generator.checks.calendar import State
from generator.model.village import Township
from generator.pages.render import Renderer
from generator.pipeline.workshop import summary_of
from generator.privacy.allow import Allowance
from tests.pages.conftest import VILLAGES
from tests.pages.drawing import draw_audit, page_at
from tests.pages.parsing import Parsed
from tests.sample import AS_OF, ROOT

TOWNSHIPS = (Township("baiyun", "白云镇", "1"), Township("qingxi", "清溪镇", "2"))


def board(summaries, as_of: date = AS_OF) -> Parsed:
    renderer = Renderer(ROOT / "site_config" / "theme")
    page = draw_audit(TOWNSHIPS, summaries, as_of, renderer, {"finance": "财务收支"}).pages[0]
    return Parsed(page.content)


@pytest.fixture(scope="module")
def summaries(books):
    return [summary_of(books[name].judgement) for name in VILLAGES]


def test_every_village_has_a_row_in_order_of_folder_and_offices_have_none(summaries):
    found = board(summaries)

    assert [row[0] for row in found.rows()][:4] == ["河心社区", "石桥村", "青石村", "竹园村"]
    assert found.texts("caption") == ["共 4 个村和社区", "共 7 条，全部列出"]


def test_the_counts_of_a_village_are_those_of_its_duties(summaries):
    found = board(summaries)
    head, rows = found.texts("th"), {row[0]: row for row in found.rows()[:4]}
    counts = {name: dict(zip(head, row, strict=False)) for name, row in rows.items()}

    assert counts["竹园村"] == {
        "村": "竹园村",
        "乡镇": "清溪镇",
        "按时": "37",
        "已公开（无期限）": "1",
        "迟公开": "1",
        "逾期未公开": "2",
        "过了建议日未公开": "0",
        "未登记张贴": "0",
        "本期无": "13",
        "公示不足": "1",
        "待更正": "0",
        "更正": "0",
    }
    posted = next(s for s in summaries if s["name"] == "河心社区")["counts"]["posted"]
    assert (counts["河心社区"]["按时"], counts["河心社区"]["已公开（无期限）"]) == ("0", str(posted))
    corrected = next(s for s in summaries if s["name"] == "青石村")["corrected"]
    assert counts["青石村"]["更正"] == str(corrected)


def test_what_is_late_is_listed_with_its_days_and_its_rule(summaries):
    rows = board(summaries).rows()[4:]

    assert rows[3] == [
        "青石村",
        "财务收支",
        "2026年1月",
        "2026-02-15",
        "2026-02-24",
        "迟 9 天",
        "《重庆市实施办法》第三十条",
    ]
    assert [
        "石桥村",
        "财务收支报表",
        "2026年第三季度",
        "2026-10-15",
        "",
        "逾期未公开",
        "《重庆市实施办法》第三十条",
    ] in rows


def test_a_county_in_which_nothing_is_late_is_told_so():
    counts = {state.value: 0 for state in State}
    clean = {"slug": "a", "name": "甲村", "kind": "village", "township": "qingxi", "counts": counts}
    clean |= {"held": 0, "short": 0, "corrected": 0, "late": [], "newest": {}}

    assert "没有逾期或迟公开的。" in board([clean]).text


def test_a_second_board_tells_the_newest_period_of_each_item_of_each_village(summaries):
    renderer = Renderer(ROOT / "site_config" / "theme")
    page = draw_audit(TOWNSHIPS, summaries, AS_OF, renderer, {"finance": "财务收支"}).pages[1]
    found = Parsed(page.content)

    column = found.texts("th").index("财务收支")
    assert {row[0]: row[column] for row in found.rows()} == {
        "河心社区": "2026年9月 已公开",
        "石桥村": "2026年9月 按时公开",
        "青石村": "2026年9月 按时公开",
        "竹园村": "2026年9月 逾期",
    }


def test_what_the_guard_lets_stand_is_listed_with_its_reason():
    entry = Allowance("content/**/notice/*", "mobile", "值班电话", "镇纪委", until=date(2026, 12, 31))
    renderer = Renderer(ROOT / "site_config" / "theme")
    page = page_at(draw_audit((), [], AS_OF, renderer, {}, (entry,)), "allowed/")

    assert Parsed(page.content).rows() == [
        ["content/**/notice/*", "", "有手机号码", "值班电话", "镇纪委", "2026-12-31"]
    ]
