"""A village, its portal and the county's settings, made by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator.engine.shell import Shell
from generator.model.site import File, NavEntry, Page, Site
from generator.promises.settings import Settings

ROOT = Path(__file__).parents[2]
NASTY = "<b>&\"' {{ 7*7 }} {% raw %} *星* _线_ `码` </title><script>alert(1)</script>"


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def settings() -> Settings:
    return Settings(
        county_name="云溪县",
        county_code="510000",
        title="云溪县村务公开",
        profile="",
        content=ROOT / "content",
        private_content=None,
        is_demo=True,
        as_of=None,
        disclosure_start=date(2026, 1, 1),
        suggested_days=15,
        categories={},
    )


@pytest.fixture(scope="session")
def shell(root: Path, settings: Settings) -> Shell:
    return Shell(root, settings)


@pytest.fixture
def village() -> Site:
    return village_named("青石村", "qingshi/")


@pytest.fixture
def portal() -> Site:
    pages = (
        Page("", "云溪县村务公开", "各村的村务", '<h1>各村</h1><p><a href="qingshi/">青石村</a></p>', ""),
        Page("data/", "数据字典", "", "<h1>数据字典</h1>", "data/"),
        Page("404.html", "没有这一页", "", "<h1>没有这一页</h1>"),
    )
    return Site("云溪县村务公开", "", (NavEntry("首页", ""), NavEntry("数据字典", "data/")), pages)


def village_named(name: str, home: str) -> Site:
    """Return a village with pages of every kind, one of them nasty."""
    nav = (
        NavEntry("首页", home),
        NavEntry(
            "财务", f"{home}money/", (NavEntry("收支", f"{home}finance/"), NavEntry("报表", f"{home}sheet/"))
        ),
        NavEntry("村规民约", f"{home}rules/"),
        NavEntry("全县", ""),
    )
    month = f"{home}finance/2026-03/"
    pages = (
        Page(home, f"{name} · 村务公开", "首页", f"<h1>{name}</h1>", home),
        Page(f"{home}money/", "财务", "", "<h1>财务</h1>", f"{home}money/"),
        Page(
            f"{home}finance/",
            "收支",
            "",
            f'<h1>收支</h1><p><a href="2026-03/">{name}三月</a></p>',
            f"{home}finance/",
        ),
        Page(month, NASTY, NASTY, nasty_content(), f"{home}finance/"),
        Page(f"{home}sheet/", "报表", "", "<h1>报表</h1>", f"{home}sheet/"),
        Page(f"{home}rules/", "村规民约", "", "<h1>村规民约</h1>", f"{home}rules/"),
        Page(f"{home}loose/", "散页", "", "<h1>散页</h1>", f"{home}gone/"),
        Page(f"{home}bare/", "裸页", "", "<h1>裸页</h1>"),
    )
    return Site(
        f"{name} · 村务公开", home, nav, pages, (File(f"{home}finance/2026-03.csv", "日期\n".encode()),)
    )


def nasty_content() -> str:
    """Return safe HTML that a Markdown reader would love to take apart."""
    return (
        "<h1>三月</h1>\n\n    <p>四个空格 *星* _线_ {{ 页 }} {% 块 %} &lt;b&gt; &amp; &quot;引&quot;</p>\n\n"
        "<p>\n# 不是标题\n\n- 不是列表\n\n1. 不是编号\n\n> 不是引文\n\n```\n不是代码\n```\n\n"
        "~~~ python\n也不是\n~~~\n\n"
        "[不是]: http://链接\n\n[^1]: 不是脚注 ![不](是图) &#42; \\* 一 | 二\n--- | ---\n甲 | 乙</p>\n\n"
        '<table class="rows"><tbody><tr><td class="lead">未闭合<br>换行<td>二</table>\n'
        "<p>空段落前\n\n\n空段落后</p><pre>  保留\n\n    空格</pre><p>尾</p>"
    )
