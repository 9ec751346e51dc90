"""Search of the county, the part made beforehand: its villages, and the titles of each township."""

from __future__ import annotations

import gzip
import json
from itertools import islice, product
from typing import Any

from generator.model.site import Site
from generator.model.village import Township
from generator.pages.portal_site import portal_site
from generator.pages.render import Renderer
from generator.pages.search_county import county_search_files
from generator.promises.promises import Promises
from tests.pages.drawing import file_at, page_at
from tests.pages.parsing import Parsed
from tests.pages.test_portal_site import SUMMARIES, TOWNSHIPS
from tests.sample import ROOT

# What villages are called, to make thousands of names of.
MARKS = (
    "青石清溪双河东升大坪白云竹园林口龙泉凤凰红旗新华高峰长岭松柏梨树桃花杨柳板桥沙田金银马鞍"
    "牛角虎头鹤峰岩湾坝塘沟垭寨冲坡坳铺店场井"
)


def titles(name: str, *pages: str) -> dict[str, Any]:
    """Return a village's list of titles."""
    return {"name": name, "pages": [[f"{n}/", title, "", ""] for n, title in enumerate(pages)]}


def test_all_villages_are_listed_with_their_spelling_and_townships_with_the_weight_of_their_titles():
    known = {"qingshi": titles("青石村", "停水通知"), "county": titles("示范县", "补贴标准")}
    files = {file.path: json.loads(file.content) for file in county_search_files(TOWNSHIPS, SUMMARIES, known)}

    assert set(files) == {"search/villages.json", "search/in-qingxi.json", "search/in-county.json"}
    assert files["search/in-qingxi.json"] == [["qingshi", "青石村", [["0/", "停水通知"]]]]
    listed = files["search/villages.json"]
    assert ["qingshi", "青石村", "qing/jing shi/dan cun", "清溪镇"] in listed["villages"]
    assert len(listed["villages"]) == len(SUMMARIES)
    assert listed["shards"] == [["", "in-county.json", 1], ["qingxi", "in-qingxi.json", 1]]


def test_a_county_of_4338_villages_keeps_every_file_light():
    names = [f"{one}{other}村" for one, other in islice(product(MARKS, MARKS), 4338)]
    townships = [Township(f"t{n}", f"{name}镇", "1") for n, name in enumerate(names[:250])]
    summaries = [{"slug": f"v{n}", "name": name, "township": f"t{n % 250}"} for n, name in enumerate(names)]
    items = ("财务收支", "通知公告", "补贴标准")
    pages = [f"2026年{month}月 {title}" for month in range(1, 13) for title in items]
    known = {f"v{n}": titles(name, *pages) for n, name in enumerate(names)}
    sizes = {
        file.path: len(gzip.compress(file.content, 6))
        for file in county_search_files(townships, summaries, known)
    }

    assert len(sizes) == len(townships) + 1
    assert max(sizes.values()) < 100_000, max(sizes.items(), key=lambda entry: entry[1])


def test_the_portal_s_search_page_lists_all_villages_from_a_to_z(promises: Promises):
    portal: Site = portal_site(promises, TOWNSHIPS, SUMMARIES, Renderer(ROOT / "site_config" / "theme"))
    found = Parsed(page_at(portal, "search/").content)

    assert found.texts("h3") == ["B", "H", "L", "Q", "S"]
    assert {f"../{summary['slug']}/" for summary in SUMMARIES} <= set(found.values("href"))
    assert found.texts("option") == ["全县各乡镇", "白云镇", "清溪镇"]
    assert json.loads(file_at(portal, "search/villages.json"))["shards"] == []
