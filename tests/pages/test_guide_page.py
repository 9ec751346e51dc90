"""Guides: each item says how it is filled in, when, what it looks like, and what goes wrong."""

from __future__ import annotations

import pytest

from generator.pages.dictionary_pages import KIND_TITLES
from generator.pages.guide_page import guide_page
from generator.pages.law_lines import LAW_TITLES
from generator.pages.mistakes import LAW_MISTAKES, mistake_lines
from generator.pages.portal_site import portal_site
from generator.pages.render import Renderer
from generator.promises.promises import Promises
from generator.sheets.writing.examples import example_rows
from tests.pages.drawing import page_at
from tests.pages.parsing import Parsed
from tests.sample import ROOT


@pytest.fixture(scope="module")
def renderer() -> Renderer:
    return Renderer(ROOT / "site_config" / "theme")


def guide(promises: Promises, renderer: Renderer, name: str) -> Parsed:
    item = promises.catalogue.versions[name][-1]
    return Parsed(guide_page(promises, item, renderer, "", KIND_TITLES).content)


def test_every_law_has_a_mistake_of_its_own_in_words():
    assert set(LAW_MISTAKES) == set(LAW_TITLES)
    assert len(set(LAW_MISTAKES.values())) == len(LAW_MISTAKES)


def test_every_item_has_a_guide_and_its_page_of_the_dictionary_leads_there(promises, renderer):
    portal = portal_site(promises, (), (), renderer)

    for item in promises.catalogue.latest():
        found = Parsed(page_at(portal, f"dictionary/{item.name}/guide/").content)
        columns = [field.name for schema in (item.schema, *item.parts.values()) for field in schema.fields]
        door = Parsed(page_at(portal, f"dictionary/{item.name}/").content)

        assert found.unbalanced == []
        assert "什么时候填" in found.texts("h2")
        assert set(mistake_lines(item)) <= set(found.texts("li"))
        assert [row[0] for row in found.rows()][-len(columns) :] == columns
        assert f"../../dictionary/{item.name}/guide/" in door.values("href")
        assert f"../../../dictionary/{item.name}/" in found.values("href")


def test_the_register_has_no_guide_and_no_way_to_one(promises, renderer):
    portal = portal_site(promises, (), (), renderer)

    assert not any("guide" in url for url in door_urls(portal, "dictionary/publications/"))


def door_urls(portal, url: str) -> list[str]:
    return Parsed(page_at(portal, url).content).values("href")


def test_a_guide_shows_two_rows_as_the_template_and_the_schema_have_them(promises, renderer):
    found = guide(promises, renderer, "finance")
    rows = example_rows(promises.catalogue.versions["finance"][-1])

    # Receipts are attached, never typed.
    typed = [[text for name, text in row.items() if name != "票据"] for row in rows]

    assert found.rows()[:2] == typed
    assert "cunwu template finance --village 青石村 --period 2026-03" in found.texts("code")
    assert "cunwu import 表格.xlsx" in found.texts("code")


def test_a_guide_says_by_which_rule_an_item_is_due_or_that_there_is_none(promises, renderer):
    bound = guide(promises, renderer, "welfare_list").texts("li")
    partly = guide(promises, renderer, "finance").texts("li")
    standing = next(item for item in promises.catalogue.latest() if item.cadence == "standing")

    assert "10 个工作日内公开（" in bound[0]
    assert partly[0] == "每月一次，月底以后 15 天内公开（《重庆市实施办法》第三十条）"
    assert partly[1].startswith("社区没有查到规定公开到哪一天的，建议：")
    assert guide(promises, renderer, standing.name).texts("li")[0].startswith("长期公开")


def test_a_document_is_begun_with_an_outline_and_shows_no_rows(promises, renderer):
    found = guide(promises, renderer, "election")

    assert "填好的样子" not in found.texts("h2")
    assert any(text.startswith("cunwu new ") for text in found.texts("code"))


def test_the_common_mistakes_name_the_item_s_own_columns(promises):
    lines = list(mistake_lines(promises.catalogue.versions["finance"][-1]))

    assert any("收入、支出、结余按元写" in line for line in lines)
    assert any("主体、账户、类别只能写规定的几个词" in line for line in lines)
    assert any("结余接不上" in line for line in lines)
    assert not any("身份证号" in line for line in lines)


def test_of_lists_of_persons_the_guide_says_what_must_not_be_in_them(promises):
    lines = list(mistake_lines(promises.catalogue.versions["welfare_list"][-1]))

    assert any("身份证号" in line for line in lines)
