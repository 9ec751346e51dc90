"""Sentences: what they say, and never more than the figures do."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator.pages.sentences import ledger_sentence, list_sentence, year_sentence
from tests.pages.drawing import SmallCounty, ledger

AUGUST = """\
序号,日期,凭证号,摘要,主体,账户,类别,收入,支出,结余,备注
001,2026-08-01,,期初,村委会,银行,期初,,,20000.00,
002,2026-08-05,,收补助,村委会,银行,财政补助,{income},,{after},
003,2026-08-06,,付水费,村委会,银行,水电费,,100.00,{closing},
"""


def sentences(county: SmallCounty, stem: str = "2026-09") -> list[str]:
    book = county.book()
    resources = {r.stem: r for r in book.items["finance"]}
    summary = book.summaries[resources[stem].path]
    before = (
        book.summaries.get(resources["2026-08"].path)
        if "2026-08" in resources and stem != "2026-08"
        else None
    )
    known = {a.entity: a for a in before.accounts} if before else {}
    return [ledger_sentence(summary, account, known.get(account.entity)) for account in summary.accounts]


def test_a_first_period_is_compared_with_nothing(county: SmallCounty):
    county.put(
        "finance/2026-09.csv",
        ledger(
            "1,期初,村委会,银行,期初,,,20000.00",
            "5,收镇补助,村委会,银行,财政补助,12345.60,,32345.60",
            "18,修 {路} %s,村委会,银行,工程建设,,12000.00,20345.60",
            "19,付水费,村委会,银行,水电费,,100.00,20245.60",
        ),
    )

    assert sentences(county) == [
        "村委会这一期收入 1.2 万元；支出 1.2 万元。最大一笔支出是 9 月 18 日「修 {路} %s」12,000.00 元。"
    ]


@pytest.mark.parametrize(
    ("income", "said"),
    [
        ("12345.60", "收入 1.2 万元，和上期一样"),
        ("12000.00", "收入 1.2 万元，比上期多 345.60 元"),
        ("42345.60", "收入 1.2 万元，比上期少 3.0 万元"),
    ],
)
def test_a_period_is_compared_with_the_one_before(county: SmallCounty, income: str, said: str):
    after = 20000 + Decimal(income)
    opening = after - 100
    county.put("finance/2026-08.csv", AUGUST.format(income=income, after=after, closing=opening))
    county.put(
        "finance/2026-09.csv",
        ledger(
            f"1,上月结转,村委会,银行,上月结转,,,{opening}",
            f"5,收补助,村委会,银行,财政补助,12345.60,,{opening + Decimal('12345.60')}",
            f"6,付水费,村委会,银行,水电费,,100.00,{opening + Decimal('12245.60')}",
        ),
    )

    assert [text.split("；")[0] for text in sentences(county)] == [f"村委会这一期{said}"]
    assert "支出 100 元，和上期一样" in sentences(county)[0]


def test_each_entity_has_its_own_sentence(books):
    book = books["qingshi"]
    newest = book.items["finance"][-1]
    summary = book.summaries[newest.path]

    assert [ledger_sentence(summary, account, None).split("这一期")[0] for account in summary.accounts] == [
        "村委会",
        "村集体",
        "组级集体",
    ]


def test_a_transfer_is_never_the_largest_expense(county: SmallCounty):
    county.put(
        "finance/2026-09.csv",
        ledger(
            "1,期初,村委会,银行,期初,,,9000.00",
            "1,期初,村委会,现金,期初,,,0.00",
            "3,取备用金,村委会,银行,内部转账,,8000.00,1000.00",
            "3,取备用金,村委会,现金,内部转账,8000.00,,8000.00",
            "6,购纸张,村委会,现金,办公费,,30.50,7969.50",
        ),
    )

    assert sentences(county) == [
        "村委会这一期收入 0 元；支出 30.50 元。最大一笔支出是 9 月 6 日「购纸张」30.50 元。"
    ]


def test_a_year_tells_what_brought_and_what_took_most(county: SmallCounty):
    county.put("finance/2026-08.csv", AUGUST.format(income="12345.60", after="32345.60", closing="32245.60"))
    county.put(
        "finance/2026-09.csv",
        ledger(
            "1,上月结转,村委会,银行,上月结转,,,32245.60",
            "5,收租金,村委会,银行,租赁收入,20000.00,,52245.60",
            "6,付水费,村委会,银行,水电费,,200.00,52045.60",
            "7,修路,村委会,银行,工程建设,,250.00,51795.60",
        ),
    )
    book = county.book()
    summaries = list(book.summaries.values())
    account = summaries[-1].accounts[0]

    assert year_sentence(2026, account, summaries) == (
        "2026 年村委会收入 2.0 万元，最多的是租赁收入（2.0 万元）；"
        "花了 450 元，最多的是水电费（300 元）。每一笔都能查到。"
    )


LIST = "编号,组,户主,数量,单位,标准,金额,备注\n"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("", "共 0 条，全部列出。"),
        (
            "001,一组,田某甲,5.20,亩,110.00,572.00,\n002,一组,冉某乙,1.00,亩,110.00,110.00,\n",
            "耕地地力保护补贴共 2 户（人），合计 682.00 元，标准是每亩 110.00 元；"
            "最少 110.00 元，最多 572.00 元。",
        ),
        (
            "001,一组,田某甲,3.00,月,50.00,150.00,\n002,一组,冉某乙,1.50,月,100.00,150.00,\n",
            "耕地地力保护补贴共 2 户（人），合计 300.00 元。",
        ),
    ],
)
def test_a_list_says_how_many_and_how_much(county: SmallCounty, rows: str, said: str):
    county.put_private("subsidy/2026Q3--farmland.csv", LIST + rows)
    book = county.book()
    (resource,) = book.items["subsidy"]

    assert list_sentence(resource, resource.table) == said
