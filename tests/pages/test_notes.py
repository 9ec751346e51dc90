"""Notes: a warning of a law stands on the page of its table, by the row that a reader can find."""

from __future__ import annotations

import pytest

from tests.pages.drawing import page_at
from tests.pages.parsing import Parsed


@pytest.mark.parametrize(
    ("village", "url", "note"),
    [
        ("qingshi", "contracts/2026/", "合同号 2026-05的「约定付款日」"),
        ("qingshi", "receivables/2025/", "编号 Y03的「约定日」"),
        ("shiqiao", "finance/2026-07/", "「备注」"),
    ],
)
def test_what_asks_for_an_explanation_is_told_on_its_page(sites, village: str, url: str, note: str):
    found = Parsed(page_at(sites[village], url).content)

    assert "需要说明的 1 处" in page_at(sites[village], url).content
    assert any(note in text for text in found.texts("li"))


def test_every_planned_remark_of_a_law_stands_on_a_page(books, sites):
    for name, book in books.items():
        for resource in book.judgement.package.resources:
            told = [f for f in resource.findings if f.code in ("row-overdue", "required-when")]
            content = page_at(sites[name], f"{resource.item.name}/{resource.stem}/").content
            assert ("需要说明的" in content) == bool(told)


def test_a_clerk_is_told_what_to_write_and_a_reader_is_not(sites):
    content = page_at(sites["qingshi"], "contracts/2026/").content

    assert "请补上" not in content
