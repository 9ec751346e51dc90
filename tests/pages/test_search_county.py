"""Search of the county, the part made beforehand: its villages, and the titles of each township."""

from __future__ import annotations

import json
from typing import Any

from generator.model.site import File, Site
from generator.pages.portal_site import portal_site
from generator.pages.render import Renderer
from generator.pages.search_county import search_parts
from generator.promises.promises import Promises
from tests.pages.drawing import file_at, page_at
from tests.pages.parsing import Parsed
from tests.pages.test_portal_site import SUMMARIES, TOWNSHIPS
from tests.sample import ROOT


def titles(name: str, *pages: str) -> dict[str, Any]:
    """Return a village's list of titles."""
    return {"name": name, "pages": [[f"{n}/", title, "", ""] for n, title in enumerate(pages)]}


def test_all_villages_are_listed_with_their_spelling_and_townships_with_the_weight_of_their_titles():
    known = {"qingshi": titles("青石村", "停水通知"), "county": titles("示范县", "补贴标准")}
    made = (file for part in search_parts(TOWNSHIPS, SUMMARIES, known.get) for file in part.make())
    files = {file.path: json.loads(file.content) for file in made if isinstance(file, File)}

    assert set(files) == {"search/villages.json", "search/in-qingxi.json", "search/in-county.json"}
    assert files["search/in-qingxi.json"] == [["qingshi", "青石村", [["0/", "停水通知"]]]]
    listed = files["search/villages.json"]
    assert ["qingshi", "青石村", "qing/jing shi/dan cun", "清溪镇"] in listed["villages"]
    assert len(listed["villages"]) == len(SUMMARIES)
    assert listed["shards"] == [["", "in-county.json", 1], ["qingxi", "in-qingxi.json", 1]]


def test_the_portal_s_search_page_lists_all_villages_from_a_to_z(promises: Promises):
    portal: Site = portal_site(promises, TOWNSHIPS, SUMMARIES, Renderer(ROOT / "site_config" / "theme"))
    found = Parsed(page_at(portal, "search/").content)

    assert found.texts("h3") == ["B", "H", "L", "Q", "S"]
    assert {f"../{summary['slug']}/" for summary in SUMMARIES} <= set(found.values("href"))
    assert found.texts("option") == ["全县各乡镇", "白云镇", "清溪镇"]
    assert json.loads(file_at(portal, "search/villages.json"))["shards"] == []
