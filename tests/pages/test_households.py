"""Per-household comparisons: like with like, five at least, no names outside and no ranking anywhere."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from generator.pages.household_figures import (
    CLASSES,
    LEAST,
    class_title,
    groups_of,
    household_facts,
    per_household,
    size_class,
)
from generator.pages.households_page import households_board, households_page, own_lines
from generator.pages.render import Renderer
from tests.pages.drawing import SmallCounty, draw, draw_audit, ledger, page_at
from tests.pages.parsing import Parsed
from tests.sample import AS_OF, ROOT

NAMES = ("甲村", "乙村", "丙村", "丁村", "戊村", "己村")
RENDERER = Renderer(ROOT / "site_config" / "theme")


def summary(
    name: str, amount: str, *, households: int | None = 400, period: str = "2026年第三季度", **more: Any
) -> dict[str, Any]:
    since = {"2026年第二季度": "2026-04-01", "2026年第三季度": "2026-07-01"}[period]
    fact = {"figure": "支出", "entity": "村集体", "since": since, "period": period, "amount": amount}
    return {
        "name": name,
        "kind": "village",
        "closed": False,
        "households": households,
        "per_household": [fact],
        **more,
    }


def five(**more: Any) -> list[dict[str, Any]]:
    amounts = ("40000", "8000", "20000", "4000", "12000")
    return [summary(name, amount, **more) for name, amount in zip(NAMES, amounts, strict=False)]


def test_the_classes_follow_one_another_without_a_gap():
    assert [size_class(n) for n in (1, 299, 300, 599, 600, 999, 1000, 5000)] == [0, 0, 1, 1, 2, 2, 3, 3]
    assert [class_title(size) for size in range(len(CLASSES))] == [
        "不到 300 户",
        "300–599 户",
        "600–999 户",
        "1000 户以上",
    ]


def test_a_share_is_told_to_the_fen():
    assert per_household(Decimal("100"), 3) == Decimal("33.33")
    assert per_household(Decimal("0.05"), 2) == Decimal("0.03")


def test_five_like_villages_are_compared_in_order_of_folder():
    [group] = groups_of(five())

    assert [name for name, _amount in group.values] == list(NAMES[:5])
    assert (group.amounts[0], group.middle, group.amounts[-1]) == (10, 30, 100)


def test_of_an_even_number_the_middle_lies_between_two():
    [group] = groups_of([*five(), summary("己村", "16002")])

    assert group.middle == Decimal("35.01")


@pytest.mark.parametrize(
    "other",
    [
        {"kind": "community"},
        {"households": 299},
        {"households": None},
        {"period": "2026年第二季度"},
        {"closed": True},
    ],
    ids=["kind", "class", "unknown", "period", "closed"],
)
def test_what_is_not_alike_is_not_compared(other: dict[str, Any]):
    four = five()[:4]

    assert [len(group.values) for group in groups_of([*four, summary("戊村", "1", **other)])][:1] != [LEAST]
    page = Parsed(households_page([*four, summary("戊村", "1", **other)], RENDERER).content)
    assert "还不到 5 个，暂不比较" in page.text
    assert "svg" not in households_page([*four, summary("戊村", "1", **other)], RENDERER).content


def test_money_of_two_accounting_entities_is_never_put_together():
    villages = five()
    villages[0]["per_household"][0]["entity"] = "经济合作社"

    assert sorted(len(group.values) for group in groups_of(villages)) == [1, 4]


def test_the_newest_period_that_enough_villages_have_is_compared():
    late = [one | {"per_household": list(one["per_household"])} for one in five(period="2026年第二季度")]
    for one, newer in zip(late[:4], five(), strict=False):
        one["per_household"].append(newer["per_household"][0])

    [group] = groups_of(late)

    assert (group.period, len(group.values)) == ("2026年第二季度", 5)

    late[4]["per_household"].append(five()[4]["per_household"][0])
    [group] = groups_of(late)
    assert (group.period, len(group.values)) == ("2026年第三季度", 5)


def test_the_public_page_shows_a_dot_for_each_village_and_names_none():
    content = households_page(five(), RENDERER).content
    told = Parsed(content).text

    assert content.count("<circle") == 5
    assert "全县 5 个户数相近的村：每户最少 10.00 元，中间 30.00 元，最多 100.00 元" in told
    assert [name for name in NAMES if name in content] == []
    assert "至少 5 个才比" in told


def test_the_dots_stand_in_order_of_amount_so_that_no_folder_can_be_told():
    forwards, backwards = households_page(five(), RENDERER), households_page(five()[::-1], RENDERER)

    assert forwards.content == backwards.content


def test_villages_that_are_all_alike_share_the_middle_of_the_strip():
    content = households_page([summary(name, "400") for name in NAMES], RENDERER).content

    assert content.count('cx="160"') == len(NAMES)


def test_the_board_names_the_villages_in_order_of_folder_and_says_who_is_missing():
    page = Parsed(households_board([*five(), summary("己村", "1", households=None)], RENDERER).content)

    assert [row[0] for row in page.rows()] == list(NAMES[:5])
    assert "没有填户数（village.yaml 的 households）：己村" in page.text
    assert "不对外排名" in page.text


def test_the_board_says_of_too_few_villages_that_they_are_not_compared():
    page = Parsed(households_board(five()[:3], RENDERER).content)

    assert page.rows() == []
    assert "（3 个）" in page.text


def test_the_audit_site_has_the_board(books):
    from generator.pipeline.workshop import summary_of

    site = draw_audit((), [summary_of(books["qingshi"].judgement)], AS_OF, RENDERER, {})

    assert "households/" in [page.url for page in site.pages]
    assert "households/" in [entry.url for entry in site.nav]


@pytest.fixture
def county(tmp_path: Path) -> SmallCounty:
    county = SmallCounty(tmp_path)
    before = 0
    for month in (7, 8, 9):
        after = before + month * 100
        first = f"1,上月结转,村集体,银行,上月结转,,,{before}.00"
        row = f"5,租金,村集体,银行,发包收入,{month}00.00,,{after}.00"
        county.put(f"finance/2026-0{month}.csv", ledger(first, row))
        before = after
    return county


def test_a_quarter_is_told_when_each_of_its_months_is_published(county: SmallCounty):
    facts = household_facts(county.book())

    assert [(f["figure"], f["entity"], f["amount"]) for f in facts] == [
        ("收入", "村集体", "2400.00"),
        ("支出", "村集体", "0"),
    ]
    (county.root / "content/yunxi/liuhe/finance/2026-08.csv").unlink()
    assert household_facts(county.book()) == []


def test_a_village_says_its_own_figures_and_leads_to_the_strips(county: SmallCounty):
    book = county.book()
    judgement = book.judgement
    village = replace(book.village, households=300)
    book = replace(book, judgement=replace(judgement, package=replace(judgement.package, village=village)))

    assert own_lines(book)[0].endswith("村集体收入每户 8.00 元")
    content = page_at(draw(book), "").content
    assert 'href="../households/"' in content
    assert "每户 8.00 元" in content


def test_a_village_of_unknown_size_says_nothing_per_household(county: SmallCounty):
    assert own_lines(county.book()) == ()
    assert "households/" not in page_at(draw(county.book()), "").content
