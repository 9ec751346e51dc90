"""Privacy lines: every item says in the dictionary what it may show of persons."""

from __future__ import annotations

from dataclasses import replace

from generator.pages.portal_site import portal_site
from generator.pages.privacy_lines import privacy_lines
from generator.pages.render import Renderer
from generator.promises.promises import load_promises
from tests.sample import ROOT


def test_every_item_has_its_policy_in_the_dictionary(promises):
    portal = portal_site(promises, (), [], Renderer(ROOT / "site_config" / "theme"))
    pages = {page.url: page.content for page in portal.pages}
    for item in promises.catalogue.latest():
        content = pages[f"dictionary/{item.name}/"]
        assert "是否列受益人" in content
        assert "身份证号、账号、电话、住址" in content


def test_a_list_of_persons_says_how_long_names_show_and_what_stays():
    item = load_promises(ROOT).catalogue.versions["subsidy"][-1]

    assert dict(privacy_lines(item))["姓名怎样显示"] == "公示期内显示全名；期满只留户数和合计，名单删除"
    kept = replace(item, names_during="mask", names_after="mask")
    assert dict(privacy_lines(kept))["姓名怎样显示"] == "公示期内只显示姓氏；期满只显示姓氏"
    assert dict(privacy_lines(item))["遮盖"] == "户主：只显示姓氏（张**）"
