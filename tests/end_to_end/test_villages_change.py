"""Villages that merge, split, move or are renamed, behind nginx: no address that was printed is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands.conftest import cunwu
from tests.counties import ROOT, changed, county_at, written
from tests.end_to_end.web_servers import Server, free_port, nginx
from tests.history.repositories import Repo

CLOSED_ON = "2026-04-01"
# Beside the base's own village, one for each thing that can happen.
VILLAGES = {"he": "河口村", "nan": "南山村", "bei": "北山村"}
CODES = {"xi": "999901201000", "he": "999901202000", "nan": "999901203000", "bei": "999901204000"}
NAN_B = "nan-b=南二村=999901207000"
CHANGES = (
    ("merge", "xi", "he", "--into", "xihe=溪河村=999901205000", "--on", CLOSED_ON),
    ("split", "nan", "--into", "nan-a=南一村=999901206000", "--into", NAN_B, "--on", CLOSED_ON),
    ("move", "bei", "西山镇", "--into", "bei-xi=北山村=999902201000", "--on", CLOSED_ON),
    ("rename", "xihe", "--name", "大河村", "--code", "999901208000"),
)

SUCCESSORS = {"xi": ("xihe",), "he": ("xihe",), "nan": ("nan-a", "nan-b"), "bei": ("bei-xi",)}


class Web:
    """What is served of a county in which villages changed, and what the pages were before."""

    def __init__(self, server: Server, before: dict[str, str]) -> None:
        self.server, self.before = server, before

    def page(self, path: str) -> str:
        answer = self.server.get(path)
        assert answer.status == 200, path
        return answer.body.decode()

    def goal(self, path: str) -> str:
        answer = self.server.get(path)
        assert answer.status == 301, path
        return answer.headers["location"]


def days_in(calendar: str) -> list[str]:
    """Return the days of a calendar's events, as 20260415."""
    return re.findall(r"DTSTART;VALUE=DATE:(\d{8})", calendar)


def must(*words: str | Path) -> None:
    done = cunwu(*words)
    assert done.returncode == 0, done.stdout + done.stderr


def put_out(root: Path, www: Path) -> None:
    must("build", "--root", root, "--workers", "1")
    must("publish", www, "--root", root)
    Repo(root).commit("登记")


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    work = tmp_path_factory.mktemp("changes")
    root, www = county_at(work / "county"), work / "www"
    written(root, "mkdocs.yml", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    written(root, ".gitignore", "/site/\n/site-audit/\n/build/\n/content_private/\n")
    written(root, "content/xishan/township.yaml", 'name: 西山镇\ncode: "999902000000"\n')
    for slug, name in VILLAGES.items():
        must("new-village", "dong", slug, name, CODES[slug], "--root", root)
    repo = Repo(root)
    repo.commit("起点")
    put_out(root, www)
    pages = ("xi/finance/2026-02/index.html", *(f"{slug}/calendar.ics" for slug in CODES))
    before = {path: (www / "current" / path).read_text(encoding="utf-8") for path in pages}

    for words in CHANGES:
        must("village", *words, "--root", root)
    changed(root, "site_config/county.yaml", ('as_of: "2026-03-10"', 'as_of: "2026-06-20"'))
    repo.commit("村有变动")
    put_out(root, www)
    port = free_port()
    options = ("--root", root, "--site", www, "--listen", f"127.0.0.1:{port}")
    with nginx(cunwu("server-config", "nginx", *options).stdout, work / "nginx", port) as server:
        yield Web(server, before)


@pytest.mark.parametrize("slug", CODES)
def test_an_old_address_and_an_old_code_lead_to_the_old_village_s_own_pages(web: Web, slug: str):
    assert "已于 2026 年 3 月 31 日撤销，本站保留原有公开内容" in web.page(f"/{slug}/")
    assert web.goal(f"/{CODES[slug]}/") == f"/{slug}/"
    assert web.goal(f"/{CODES[slug]}") == f"/{slug}/"


def test_an_address_that_was_printed_for_a_table_still_shows_it_and_who_goes_on(web: Web):
    printed = "/xi/finance/2026-02/"

    before, after = web.before["xi/finance/2026-02/index.html"], web.page(printed)
    assert "修三组路灯" in before
    assert "撤销" not in before
    assert "修三组路灯" in after
    assert re.search(r'已于 2026 年 3 月 31 日撤销.* <a href="../../../xi/">看由谁接续</a>', after)
    assert web.goal(f"/{CODES['xi']}/finance/2026-02/") == printed


@pytest.mark.parametrize(("old", "news"), SUCCESSORS.items())
def test_old_and_new_villages_lead_to_each_other(web: Web, old: str, news: tuple[str, ...]):
    left = web.page(f"/{old}/")

    for new in news:
        assert re.search(rf'href="\.\./{new}/".*接续本村，以后的公开在这里', left)
        assert re.search(rf'href="\.\./{old}/".*以前的公开在这里', web.page(f"/{new}/"))


@pytest.mark.parametrize("old", CODES)
def test_the_calendar_of_a_closed_village_ends_with_what_it_owed(web: Web, old: str):
    # Of March the tables were due by the middle of April; a calendar of a village that goes on has a year.
    assert max(days_in(web.before[f"{old}/calendar.ics"])) > "20261201"

    assert max(days_in(web.page(f"/{old}/calendar.ics"))) < "20260501"


@pytest.mark.parametrize("new", ["xihe", "nan-a", "nan-b", "bei-xi"])
def test_the_calendar_of_a_new_village_goes_on_from_there(web: Web, new: str):
    days = days_in(web.page(f"/{new}/calendar.ics"))

    assert min(days) > "20260401"
    assert max(days) > "20261201"


def test_a_village_with_a_new_name_and_code_keeps_its_address_and_its_former_code(web: Web):
    assert "大河村" in web.page("/xihe/")
    assert web.goal("/999901205000/") == web.goal("/999901208000/") == "/xihe/"


def test_the_new_codes_lead_to_the_new_villages(web: Web):
    for code, slug in (("999901206000", "nan-a"), ("999901207000", "nan-b"), ("999902201000", "bei-xi")):
        assert web.goal(f"/{code}/") == f"/{slug}/"
        assert web.page(f"/{slug}/")
