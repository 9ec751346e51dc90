"""Asking: every page can be asked about by its reference, every row by its number, and answers are linked."""

from __future__ import annotations

import re

from tests.pages.drawing import SmallCounty, ledger, page_at
from tests.pages.parsing import Parsed

PETITIONS = "编号,受理日,渠道,类别,诉求,承办,限办日,答复日,结果,办理情况,回访,所问\n"
SUBSIDY = "编号,组,户主,数量,单位,标准,金额,备注\n"


def petition(number: int, asked: str, *, answered: str = "2026-10-08") -> str:
    result = "已办结,说明了,满意" if answered else "办理中,,未回访"
    head = f"Q-2026-{number:03},2026-10-0{number},来访,其他,第{number}件,村委会,2026-10-09"
    return f"{head},{answered},{result},{asked}\n"


def put_ledger(county: SmallCounty) -> None:
    county.put(
        "finance/2026-09.csv",
        ledger("1,期初,村委会,银行,期初,,,1000.00", "6,购纸,村委会,银行,办公费,,30.50,969.50"),
    )


def replies_on(county: SmallCounty, *rows: str, page: str = "finance/2026-09/") -> list[str]:
    county.put("petitions/2026.csv", PETITIONS + "".join(rows))
    found = Parsed(page_at(county.site(), page).content)
    return [href for href in found.values("href") if "petitions/" in href]


def test_every_item_and_period_page_says_its_reference_and_whom_to_call(books, sites):
    for name, book in books.items():
        pages = {page.url: page.content for page in sites[name].pages}
        for resource in book.judgement.package.resources:
            content = pages[book.resource_url(resource)]
            found = Parsed(content)
            reference = f"{name}-{resource.item.name}-{resource.stem}".replace("_", "-").replace("--", "-")
            assert found.values("data-ask") == [reference]
            assert reference in found.texts("strong")
            assert [href for href in found.values("href") if href.startswith("tel:")]
        for item in book.shown_items():
            reference = f"{name}-{item.name}".replace("_", "-")
            assert Parsed(pages[book.item_url(item.name)]).values("data-ask") == [reference]


def test_messages_carry_the_reference(sites):
    links = Parsed(page_at(sites["qingshi"], "finance/2026-09/").content).values("href")

    assert "https://cunwu.example/wen?ref=qingshi-finance-2026-09" in links
    assert "mailto:wen@cunwu.example?subject=qingshi-finance-2026-09" in links


def test_a_short_message_is_ready_to_send_where_the_county_takes_them(county: SmallCounty):
    put_ledger(county)
    path = county.root / "site_config/county.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").partition("\nasking:")[0] + "\nasking: {sms: 000-12345678}\n",
        encoding="utf-8",
    )
    found = Parsed(page_at(county.site(), "finance/2026-09/").content)

    assert "sms:00012345678?body=%E9%97%AE%20liuhe-finance-2026-09%20" in found.values("href")
    assert [href for href in found.values("href") if href.startswith("mailto:")] == []


def test_a_row_has_the_address_that_its_number_says(sites):
    content = page_at(sites["qingshi"], "finance/2026-09/").content

    assert re.search(r'<tr id="n026"><td class="lead">三组道路硬化第二次付款', content)
    assert len(set(re.findall(r'<tr id="(n[^"]+)"', content))) == 42
    assert "例如 qingshi-finance-2026-09-042" in Parsed(content).text


def test_no_address_of_a_row_holds_a_name(sites):
    for site in sites.values():
        for page in site.pages:
            for anchor in re.findall(r'<tr id="([^"]+)"', page.content):
                assert re.fullmatch(r"n[A-Za-z0-9-]+", anchor), page.url


def test_an_answer_is_linked_from_the_page_and_names_the_row(county: SmallCounty):
    put_ledger(county)
    rows = [petition(1, "liuhe-finance-2026-09-002"), petition(2, "liuhe-finance-2026-09")]

    assert replies_on(county, *rows) == [
        "../../../liuhe/petitions/2026/#nQ-2026-001",
        "../../../liuhe/petitions/2026/#nQ-2026-002",
    ]
    text = Parsed(page_at(county.site(), "finance/2026-09/").content).text
    assert "这一页有 2 条答复" in text
    assert "问第 002 号：第1件" in text


def test_a_question_without_an_answer_or_about_another_page_is_not_linked(county: SmallCounty):
    put_ledger(county)

    assert replies_on(county, petition(1, "liuhe-finance-2026-09", answered="")) == []
    assert replies_on(county, petition(1, "liuhe-finance-2026-08")) == []
    assert replies_on(county, petition(1, "")) == []


def test_groups_of_a_list_of_persons_lead_to_their_first_rows(county: SmallCounty):
    county.put_private(
        "subsidy/2026Q3--elderly.csv",
        SUBSIDY
        + "001,一组,田某甲,3.00,月,50.00,150.00,\n002,二组,田某乙,2.00,月,50.00,100.00,\n"
        + "003,二组,田某丙,2.00,月,50.00,100.00,\n",
    )
    county.register(
        "补贴发放,2026Q3--elderly,1,公开,民政专干,村务监督委员会,2026-10-12,2026-10-14,2026-10-29,公开栏,"
    )
    found = Parsed(page_at(county.site(), "subsidy/2026Q3--elderly/").content)

    assert found.values("data-group") == ["一组", "二组"]
    assert {"#n001", "#n002"} <= set(found.values("href"))
    assert "二组2 条" in found.text


def test_lists_that_are_closed_or_of_no_persons_have_no_groups(books, sites):
    closed = page_at(sites["qingshi"], "subsidy/2026Q1--farmland/").content

    assert "data-group" not in closed
    assert "data-group" not in page_at(sites["qingshi"], "finance/2026-09/").content
