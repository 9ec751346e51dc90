"""Escaping: whatever a cell says, the page keeps its shape and the reader sees the words."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from generator.engine.shell import Shell
from generator.model.village import Township
from generator.pages.portal_site import portal_site
from generator.pages.render import Renderer
from generator.pipeline.workshop import summary_of
from tests.pages.drawing import LEDGER, SmallCounty, draw
from tests.pages.parsing import Parsed, squeeze

HARMLESS = "甲乙丙丁"
TOWNSHIPS = (Township("yunxi", "云溪镇", "1"),)
NASTY = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</td></table><h1>改</h1>",
    "'><svg/onload=alert(1)>",
    "{{ 7*7 }}{% raw %}{# #}",
    "{0}{label}%s%(name)s%%",
    "# 标题 [链](javascript:1) *粗*",
    "&lt;b&gt;&amp;&#60;&nbsp;",
    "<!-- --><![CDATA[ ]]>",
    "\ufdd0base\ufdd1\ufdd0home\ufdd1",
    "http://a.b/?c=1&d=2",
    "\\u003cb\\u003e \\1 $1",
)
# What the reader of records refuses or what splits a text into paragraphs is not what is tested here.
_TEXT = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp", "Zs")), min_size=1, max_size=12
)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _yaml(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def fill(county: SmallCounty, text: str) -> None:
    """Write a village in which every free text says ``text``."""
    cell, value = _quoted(text), _yaml(text)
    county.put(
        "village.yaml",
        f'slug: liuhe\nname: {value}\ncode: "999801201000"\nkind: village\nvalid_from: "2001-01-01"\n'
        f'contacts:\n  - {{title: {value}, phone: "000-1", hours: {value}}}\n',
    )
    county.put(
        "finance/2026-09.csv",
        f"{LEDGER}001,2026-09-01,{cell},{cell},村委会,银行,期初,,,100.00,{cell}\n"
        f"002,2026-09-02,{cell},{cell},村委会,银行,办公费,,1.00,99.00,{cell}\n",
    )
    county.put_private(
        "subsidy/2026Q3--elderly.csv",
        f"编号,组,户主,数量,单位,标准,金额,备注\n001,{cell},{cell},1.00,月,50.00,50.00,{cell}\n",
    )
    county.put("notice/2026-09-21.yaml", f"标题: {value}\n日期: '2026-09-21'\n发布: {value}\n正文: {value}\n")
    county.put(
        "village_rules/2026.yaml",
        f"名称: {value}\n通过日期: '2026-06-20'\n备案编号: {value}\n修订说明: {value}\n"
        f"条款:\n  - {{条: '1', 标题: {value}, 内容: {value}}}\n"
        "步骤:\n"
        + "".join(
            f"  - {{步骤: {step}, 日期: '2026-0{number}-01', 说明: {value}}}\n"
            for number, step in enumerate(
                ("征集民意", "拟定草案", "提请审核", "审议表决", "备案公布"), start=1
            )
        ),
    )
    county.put(
        "election/2026-04-18.yaml",
        f"名称: {value}\n类型: 补选\n选举日: '2026-04-18'\n任期: {value}\n主持: {value}\n"
        "投票:\n  - {轮次: 首次投票, 投票日: '2026-04-18', 登记选民: '10', 参加投票: '9', 发出选票: '9', "
        "收回选票: '9', 有效票: '9', 废票: '0'}\n"
        f"职数:\n  - {{轮次: 首次投票, 职务: {value}, 应选: '1'}}\n"
        f"候选人:\n  - {{轮次: 首次投票, 职务: {value}, 姓名: {value}, 得票: '9', 结果: 当选}}\n"
        f"公告:\n  - {{类型: {value}, 日期: '2026-03-15', 内容: {value}}}\n",
    )
    county.register(
        f"财务收支,2026-09,1,公开,{cell},{cell},2026-10-09,2026-10-12,2026-10-27,{cell},{cell}",
        f"财务收支,2026-09,2,更正,{cell},{cell},2026-10-13,2026-10-14,2026-10-29,{cell},{cell}",
        f"补贴发放,2026Q3--elderly,1,公开,{cell},{cell},2026-10-09,2026-10-12,2026-10-27,{cell},{cell}",
    )


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> SmallCounty:
    return SmallCounty(tmp_path_factory.mktemp("nasty"))


@pytest.fixture(scope="module")
def shell(village: SmallCounty, promises) -> Shell:
    return Shell(village.root, promises.settings)


def printed(county: SmallCounty, shell: Shell, text: str) -> dict[str, Parsed]:
    """Return every page of the village and of the portal in which every free text says ``text``."""
    fill(county, text)
    book = county.book()
    assert [finding for finding in book.judgement.findings if finding.is_error] == []
    village = draw(book)
    renderer = Renderer(Path(county.root) / "site_config" / "theme")
    pages = {page.url: Parsed(shell.render(village, page)) for page in village.pages}
    portal = portal_site(book.promises, TOWNSHIPS, [summary_of(book.judgement)], renderer)
    return pages | {f"portal {page.url}": Parsed(shell.render(portal, page)) for page in portal.pages[:1]}


@pytest.fixture(scope="module")
def harmless(village: SmallCounty, shell: Shell) -> dict[str, Parsed]:
    return printed(village, shell, HARMLESS)


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(_TEXT)
@example("".join(NASTY)[:14])
def test_no_text_changes_the_shape_of_any_page(village, shell, harmless, text):
    check_shape(village, shell, harmless, text)


@pytest.mark.parametrize("text", NASTY)
def test_what_looks_like_code_is_printed_as_it_stands(village, shell, harmless, text):
    check_shape(village, shell, harmless, text[:17])


def check_shape(village: SmallCounty, shell: Shell, harmless: dict[str, Parsed], text: str) -> None:
    text = unicodedata.normalize("NFC", f"字{text.strip()}")
    pages = printed(village, shell, text)

    assert list(pages) == list(harmless)
    for url, page in pages.items():
        assert page.shape() == harmless[url].shape(), url
        assert page.unbalanced == [], url
        assert squeeze(page.text).count(squeeze(text)) >= squeeze(harmless[url].text).count(HARMLESS), url
        assert page.values("href") == harmless[url].values("href"), url
