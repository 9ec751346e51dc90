"""Feeds: held to RFC 4287, the same on every day, and silent about persons."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

import pytest

from generator.model.site import File, Site
from generator.pages.book import Book
from generator.pages.feeds import NEWEST, NEWEST_OF_COUNTY, county_feed, newest_posted
from generator.promises.promises import Promises
from generator.promises.settings import load_settings
from tests.pages.drawing import SmallCounty, draw, file_at, ledger
from tests.pages.test_projection import LIST, NAMES, POSTED
from tests.sample import ROOT

ATOM = "{http://www.w3.org/2005/Atom}"
BASE = "{http://www.w3.org/XML/1998/namespace}base"
ONCE = {"id", "title", "updated", "subtitle", "published", "summary"}
HOST = f"{load_settings(ROOT).site_url.rstrip('/') or 'https://host.invalid'}/"
POSTED_TWICE = (
    "finance,2026-09,1,公开,报账员,监委会,2026-10-09,2026-10-10,2026-10-20,公开栏,",
    "finance,2026-09,2,更正,报账员,监委会,2026-10-14,2026-10-15,2026-10-25,公开栏,少写一个零 <&>",
)
NOTICE = '标题: "停水 <b>&\\"通知\\""\n日期: "2026-09-05"\n发布: 村委会\n正文: 停水一天。\n'


def feeds_of(site: Site) -> list[File]:
    return [file for file in site.files if file.path.endswith("feed.xml")]


def held_to_the_rules(file: File, host: str = HOST) -> list[ElementTree.Element]:
    """Assert what RFC 4287 asks of every feed; return its entries."""
    assert file.content.startswith(b'<?xml version="1.0" encoding="utf-8"?>\n')
    root = ElementTree.fromstring(file.content)
    assert root.tag == f"{ATOM}feed"
    base = urljoin(host + file.path, root.attrib[BASE])
    entries = root.findall(f"{ATOM}entry")
    for element in (root, *entries):
        names = [child.tag.removeprefix(ATOM) for child in element]
        assert {"id", "title", "updated"} <= set(names)
        assert [name for name in names if name in ONCE and names.count(name) > 1] == []
        address = urlsplit(element.findtext(f"{ATOM}id", ""))
        assert address.scheme == "tag" and re.fullmatch(r"[\w.,:/-]+", address.path)
        for name in ("updated", "published"):
            text = element.findtext(f"{ATOM}{name}")
            if text is not None:
                assert datetime.fromisoformat(text).utcoffset() is not None
        links = [link.attrib for link in element.findall(f"{ATOM}link")]
        pairs = [(link["rel"], link.get("type")) for link in links]
        assert len(set(pairs)) == len(pairs)
        assert "alternate" in [link["rel"] for link in links]
    assert root.findtext(f"{ATOM}author/{ATOM}name")
    own = next(link.attrib["href"] for link in root.findall(f"{ATOM}link") if link.attrib["rel"] == "self")
    assert urljoin(base, own) == host + file.path
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids)
    updated = [entry.findtext(f"{ATOM}updated", "") for entry in entries]
    assert updated == sorted(updated, reverse=True)
    assert not updated or root.findtext(f"{ATOM}updated") == updated[0]
    return entries


@pytest.mark.parametrize("name", ["county", "baiyun", "hexin", "shiqiao", "qingxi", "qingshi", "zhuyuan"])
def test_every_feed_of_the_sample_keeps_the_rules_and_leads_to_pages(sites: dict[str, Site], name: str):
    site = sites[name]
    pages = {page.url for page in site.pages}
    for file in feeds_of(site):
        root = ElementTree.fromstring(file.content)
        base = urljoin(HOST + file.path, root.attrib[BASE])
        for entry in held_to_the_rules(file):
            link = entry.find(f"{ATOM}link")
            assert link is not None
            assert urljoin(base, link.attrib["href"]).removeprefix(HOST) in pages
            assert entry.findtext(f"{ATOM}title")
        assert len(root.findall(f"{ATOM}entry")) <= NEWEST


def test_each_item_of_which_something_was_disclosed_has_a_feed_of_its_own(books: dict[str, Book], sites):
    book, site = books["qingshi"], sites["qingshi"]
    disclosed = {name for name in book.items if not book.latest_item(name).is_private}

    assert {file.path for file in feeds_of(site)} == {
        "qingshi/feed.xml",
        *(f"qingshi/{name}/feed.xml" for name in disclosed),
    }


def test_a_correction_comes_up_again_with_its_reason_and_the_day_it_was_posted(county: SmallCounty):
    county.put("finance/2026-09.csv", ledger("3,期初结余,村委会,银行,期初,,,3000.00"))
    county.register(*POSTED_TWICE)
    for path in ("feed.xml", "finance/feed.xml"):
        (entry,) = held_to_the_rules(File(f"liuhe/{path}", file_at(county.site(), path)))
        assert entry.findtext(f"{ATOM}published") == "2026-10-10T00:00:00+08:00"
        assert entry.findtext(f"{ATOM}updated") == "2026-10-15T00:00:00+08:00"
        assert entry.findtext(f"{ATOM}summary") == "更正：少写一个零 <&>"


def test_marks_of_html_and_what_xml_cannot_say_do_no_harm(county: SmallCounty):
    county.put("notice/2026-09-05.yaml", NOTICE)
    (entry,) = held_to_the_rules(File("liuhe/feed.xml", file_at(county.site(), "feed.xml")))

    assert entry.findtext(f"{ATOM}title") == '停水 <b>&"通知"'


def test_the_same_records_give_the_same_feed_on_every_day(county: SmallCounty):
    county.put("finance/2026-09.csv", ledger("3,期初结余,村委会,银行,期初,,,3000.00"))
    county.register(*POSTED_TWICE)
    days = [date(2026, 10, 20), date(2026, 12, 31)]

    assert len({file_at(county.site(day), "feed.xml") for day in days}) == 1


def test_what_is_not_posted_yet_is_told_by_its_period(county: SmallCounty):
    county.put("finance/2026-09.csv", ledger("3,期初结余,村委会,银行,期初,,,3000.00"))
    county.register(*POSTED_TWICE)
    (entry,) = held_to_the_rules(File("liuhe/feed.xml", file_at(county.site(date(2026, 10, 9)), "feed.xml")))

    assert entry.findtext(f"{ATOM}updated") == "2026-09-01T00:00:00+08:00"


def test_a_village_without_disclosures_has_an_empty_feed(county: SmallCounty):
    assert held_to_the_rules(File("liuhe/feed.xml", file_at(county.site(), "feed.xml"))) == []


@pytest.mark.parametrize("day", ["2026-10-14", "2026-10-30"])
def test_lists_of_persons_are_in_no_feed_on_any_day(county: SmallCounty, day: str):
    county.put_private("subsidy/2026Q3--elderly.csv", LIST)
    county.register(POSTED)
    site = county.site(date.fromisoformat(day))

    assert [file.path for file in feeds_of(site)] == ["liuhe/feed.xml"]
    assert b"subsidy" not in feeds_of(site)[0].content
    assert [name for name in NAMES if name.encode() in feeds_of(site)[0].content] == []


def moved_to(book: Book, site_url: str) -> list[File]:
    """Return the feeds of a village whose county is published at ``site_url``."""
    settings = replace(book.promises.settings, site_url=site_url)
    return feeds_of(draw(replace(book, promises=replace(book.promises, settings=settings))))


def test_ids_stay_when_the_county_moves_to_another_address(books: dict[str, Book]):
    before = moved_to(books["shiqiao"], "")
    after = moved_to(books["shiqiao"], "https://a.invalid/b")

    ids = [
        [entry.findtext(f"{ATOM}id") for file in files for entry in held_to_the_rules(file, host)]
        for files, host in ((before, "https://host.invalid/c/"), (after, "https://a.invalid/b/"))
    ]
    assert ids[0] == ids[1] and len(ids[0]) > 10


def test_the_county_s_feed_tells_the_newest_of_all_villages(promises: Promises):
    pages = [[f"finance/2026-{n:02}/", f"2026年{n}月 财务收支", f"2026-{n:02}-10", ""] for n in range(1, 13)]
    village = {"name": "青石村", "pages": [["finance/", "财务收支", "", ""], *pages]}
    file = county_feed(promises, newest_posted((f"v{n}", village) for n in range(6)))
    entries = held_to_the_rules(file)

    assert file.path == "feed.xml" and len(entries) == NEWEST_OF_COUNTY
    assert entries[0].findtext(f"{ATOM}title") == "青石村 2026年12月 财务收支"
    link = entries[0].find(f"{ATOM}link")
    assert link is not None and re.fullmatch(r"v\d/finance/2026-12/", link.attrib["href"])


def test_ids_of_the_county_s_feed_are_those_of_the_villages(
    books: dict[str, Book], sites, promises: Promises
):
    import json

    titles = json.loads(file_at(sites["shiqiao"], "search/titles.json"))
    own = {e.findtext(f"{ATOM}id") for file in feeds_of(sites["shiqiao"]) for e in held_to_the_rules(file)}
    feed = county_feed(promises, newest_posted([("shiqiao", titles)]))
    county = {entry.findtext(f"{ATOM}id") for entry in held_to_the_rules(feed)}

    assert county and county <= own


def test_a_feed_names_no_server_but_the_county_s_own(sites: dict[str, Site]):
    for file in feeds_of(sites["qingshi"]):
        named = {urlsplit(url).netloc for url in re.findall(r"https?://[^\"]+", file.content.decode())}
        assert named <= {"www.w3.org", urlsplit(HOST).netloc}, file.path
