"""The portal: the way to every village, and what every column means."""

from __future__ import annotations

import json

import pytest

from generator.engine.manual import READING, reading_pages
from generator.model.village import Township
from generator.pages.dictionary_pages import CADENCE_TITLES
from generator.pages.portal_site import portal_site
from generator.pages.render import Renderer
from generator.wording import speaking
from generator.wording.languages import Language
from tests.pages.drawing import page_at
from tests.pages.parsing import Parsed
from tests.sample import ROOT

RENDERER = Renderer(ROOT / "site_config" / "theme")
TOWNSHIPS = (Township("baiyun", "白云镇", "1"), Township("qingxi", "清溪镇", "2"))


def summary(slug: str, name: str, kind: str, township: str, *, closed: bool = False) -> dict[str, object]:
    return {"slug": slug, "name": name, "kind": kind, "township": township, "closed": closed}


SUMMARIES = [
    summary("county", "示范县", "county", ""),
    summary("baiyun", "白云镇", "township", "baiyun"),
    summary("hexin", "河心社区", "community", "baiyun"),
    summary("qingxi", "清溪镇", "township", "qingxi"),
    summary("qingshi", "青石村", "village", "qingxi"),
    summary("laojie", "老街村", "village", "qingxi", closed=True),
]


@pytest.fixture(scope="module")
def portal(promises):
    return portal_site(promises, TOWNSHIPS, SUMMARIES, RENDERER)


def test_villages_stand_below_their_townships_and_offices_do_not(portal):
    found = Parsed(page_at(portal, "").content)

    assert [text for text in found.texts("h2") if text.endswith("镇")] == ["白云镇", "清溪镇"]
    assert found.texts("li") == ["河心社区", "青石村", "老街村已撤销"]
    assert found.texts("p")[0] == "共 3 个村和社区"
    assert {"hexin/", "qingshi/", "laojie/", "baiyun/", "qingxi/", "county/", "dictionary/"} <= set(
        found.values("href")
    )


def test_the_villagers_chapter_of_the_manual_is_one_tap_from_the_home(promises):
    readings = reading_pages()
    made = portal_site(promises, TOWNSHIPS, SUMMARIES, RENDERER, readings=readings)
    found = Parsed(page_at(made, READING).content)

    assert READING in Parsed(page_at(made, "").content).values("href")
    assert found.texts("h1") == ["村民怎样看"]
    assert "大字" in " ".join(found.texts("li"))


def test_the_villagers_chapter_is_read_in_the_portal_s_language_or_in_the_source_s(promises):
    readings = reading_pages()
    for code, title in (("en", "How to read"), ("zh-Hant", "村民怎樣看"), ("bo", "村民怎样看")):
        with speaking(Language(code, code, {}, {})):
            made = portal_site(promises, TOWNSHIPS, SUMMARIES, RENDERER, readings=readings)
        assert page_at(made, READING).title.startswith(title)


def test_every_village_can_be_found_by_its_name(portal):
    found = Parsed(page_at(portal, "").content)

    assert [" ".join(name.split()) for name in found.values("data-name")] == [
        "河心社区 hexinshequ hxsq",
        "青石村 qingshicun qsc",
        "老街村 已撤销 laojiecun ljc",
    ]
    assert ("label", {"for": "village-search"}) in found.tags


def test_a_county_without_disclosures_of_its_own_has_no_door_to_them(promises):
    renderer = Renderer(ROOT / "site_config" / "theme")
    portal = portal_site(promises, TOWNSHIPS, SUMMARIES[1:], renderer)

    assert "county/" not in Parsed(page_at(portal, "").content).values("href")
    assert [entry.url for entry in portal.nav] == ["", "baiyun/", "qingxi/", "dictionary/", "search/"]


def test_every_item_has_its_page_of_the_dictionary_with_every_column(promises, portal):
    for item in (*promises.catalogue.latest(), promises.catalogue.register):
        found = Parsed(page_at(portal, f"dictionary/{item.name}/").content)
        columns = [field.name for schema in (item.schema, *item.parts.values()) for field in schema.fields]

        assert [row[0] for row in found.rows()] == columns
        assert CADENCE_TITLES[item.cadence] in found.texts("dd")
        assert f"{item.name}/" in "".join(Parsed(page_at(portal, "dictionary/").content).values("href"))


def test_a_column_says_what_to_write_what_is_allowed_and_what_else_is_understood(portal):
    rows = {row[0]: row[1:] for row in Parsed(page_at(portal, "dictionary/finance/").content).rows()}

    assert rows["账户"] == ["文字", "必填；只能写：现金、银行", "银行", ""]
    assert rows["收入"] == ["数字，单位元", "不小于 0；最小单位 0.01", "18000.00", ""]
    assert rows["结余"][3] == "余额、期末余额"
    assert rows["序号"][1] == "必填；不能重复"


def test_the_schema_is_offered_as_a_file(portal):
    offered = [
        file for file in portal.files if file.path.startswith("dictionary/") and file.path.endswith(".json")
    ]
    files = {file.path: json.loads(file.content) for file in offered}

    assert [field["name"] for field in files["dictionary/finance.json"]["fields"]][:2] == ["序号", "日期"]
    assert "条款" in files["dictionary/village_rules.json"]["parts"]


def test_there_is_a_page_for_lost_addresses_that_leads_home(portal):
    found = Parsed(page_at(portal, "404.html").content)

    assert (found.texts("h1"), found.values("href")) == (["没有这一页"], ["./"])


def test_the_page_of_codes_says_where_each_of_the_forty_four_is_and_what_accounts_were_called(
    promises, portal
):
    page = page_at(portal, "dictionary/finance-codes/")
    found = Parsed(page.content)
    rows = {row[0]: row[1:] for row in found.rows()}

    assert page.title == "财务公开 44 项和会计科目"
    assert rows["发包及上交收入"] == ["2", "财务收支、财务收支报表、承包租赁合同", "发包收入"]
    assert rows["经营收入"] == ["501", "发包及上交收入"]
    assert rows["林木资产"][0] == "消耗性生物资产、生产性生物资产、公益性生物资产"
    assert {
        f"../../dictionary/{item}/" for entry in promises.codes.disclosures for item in entry.items
    } <= set(found.values("href"))
    assert found.unbalanced == []


def test_the_dictionary_leads_to_the_page_of_codes_and_an_item_names_what_it_discloses(portal):
    assert "finance-codes/" in Parsed(page_at(portal, "dictionary/").content).values("href")[0]
    assert "收益总额、" in "".join(Parsed(page_at(portal, "dictionary/distribution/").content).texts("dd"))
