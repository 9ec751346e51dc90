"""A city of 4,338 villages: a portal and boards that a phone can open, and that leave nobody out."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice, permutations
from posixpath import join, normpath
from typing import Any

import pytest

from generator.checks.calendar import State
from generator.model.site import Site
from generator.model.village import Township
from generator.pages.audit_townships import FIRST
from generator.pages.paging import LISTED, township_titles
from generator.pages.pinyin import spelling
from generator.pages.portal_site import portal_site
from generator.pages.render import Renderer
from tests.pages.drawing import draw_audit, file_at, page_at
from tests.pages.parsing import Parsed
from tests.sample import AS_OF, ROOT

VILLAGES, PER_TOWNSHIP, PAGES = 4338, 17, 40
# What a page may weigh, raw and packed; Material's page around it takes some 8 kB of the first.
RAW, PACKED = 190_000, 40_000
# What villages are called, to make thousands of names of.
MARKS = (
    "青石清溪双河东升大坪白云竹园林口龙泉凤凰红旗新华高峰长岭松柏梨树桃花杨柳板桥沙田金银马鞍"
    "牛角虎头鹤岩湾坝塘沟垭寨冲坡坳铺店场井单重乐安宁和平福禄寿喜"
)
RENDERER = Renderer(ROOT / "site_config" / "theme")


@dataclass(frozen=True)
class City:
    """A made-up city: its townships, what the build knows of each village, and both sites."""

    townships: tuple[Township, ...]
    summaries: list[dict[str, Any]]
    portal: Site
    board: Site

    @property
    def villages(self) -> list[dict[str, Any]]:
        return [summary for summary in self.summaries if summary["kind"] == "village"]


def summary_of(number: int, name: str, township: str) -> dict[str, Any]:
    """Return what the build knows of a village, every tenth of which is behind with a year of its books."""
    late = [late_entry(number, month) for month in range(1, 13)] if number % 10 == 0 else []
    counts = dict.fromkeys((state.value for state in State), 0)
    facts = {"figure": "支出", "entity": "村集体", "since": "2026-07-01", "period": "2026年第三季度"}
    return {
        "slug": f"v{number:04}",
        "name": name,
        "kind": "village",
        "township": township,
        "closed": False,
        "households": 200 + number % 900 if number % 50 else None,
        "counts": counts | {"on-time": 40 - len(late), "overdue": len(late)},
        "held": 0,
        "short": 0,
        "corrected": 0,
        "late": late,
        "newest": {f"item{n}": ["2026年9月", "on-time"] for n in range(30)},
        "per_household": [facts | {"amount": str(1000 * (number % 700))}],
        "flagged": [],
    }


def late_entry(number: int, month: int) -> dict[str, str]:
    due = date(2025, month, 15) + timedelta(days=number % 7)
    basis = "《重庆市实施办法》第三十条"
    facts = {"item": "财务收支", "period": f"2025年{month}月", "due": due.isoformat()}
    return facts | {"posted": "", "days": "", "basis": basis}


def office(slug: str, name: str, kind: str, township: str) -> dict[str, Any]:
    return {"slug": slug, "name": name, "kind": kind, "township": township, "closed": False}


def titles_of(summary: Mapping[str, Any]) -> dict[str, Any]:
    pages = [[f"finance/2026-{n:02}/", f"2026年{n}月 财务收支", "2026-10-09", ""] for n in range(PAGES)]
    return {"name": summary["name"], "pages": pages}


def made(promises: Any, villages: int, per_township: int = PER_TOWNSHIP) -> City:
    marks = dict.fromkeys(MARKS)
    names = [f"{one}{other}村" for one, other in islice(permutations(marks, 2), villages)]
    count = -(-villages // per_township)
    townships = tuple(
        Township(f"t{n:03}", f"{names[n][:2]}镇" if n else "城关镇", f"9999{n // 25:02}{100 + n % 25}000")
        for n in range(count - 1)
    )
    townships += (Township(f"t{count - 1:03}", "城关镇", "999999100000"),)
    summaries = [office("county", "示范市", "county", "")]
    for place, township in enumerate(townships):
        summaries.append(office(township.folder, township.name, "township", township.folder))
        own = range(place * per_township, min(villages, (place + 1) * per_township))
        summaries += [summary_of(number, names[number], township.folder) for number in own]
    titles = {summary["slug"]: titles_of(summary) for summary in summaries}
    portal = portal_site(promises, townships, summaries, RENDERER, titles)
    board = draw_audit(townships, summaries, AS_OF, RENDERER, {"finance": "财务收支"})
    return City(townships, summaries, portal, board)


@pytest.fixture(scope="module")
def city(promises: Any) -> City:
    return made(promises, VILLAGES)


def targets(site: Site, url: str) -> set[str]:
    """Return where the links of a page lead, as addresses below the output folder."""
    found = Parsed(page_at(site, url).content).values("href")
    ways = (join(url, href.partition("#")[0]) for href in found if not href.startswith(("tel:", "#")))
    return {"" if normpath(way) == "." else f"{normpath(way)}/" for way in ways}


def test_no_page_and_no_file_of_the_search_is_more_than_a_phone_should_load(city: City):
    pages = [*city.portal.pages, *city.board.pages]
    found = [file for file in city.portal.files if file.path.startswith("search/")]
    raw = {page.url: len(page.content.encode()) for page in pages}
    packed = {page.url: len(gzip.compress(page.content.encode(), 6)) for page in pages}
    packed |= {file.path: len(gzip.compress(file.content, 6)) for file in found}

    assert max(raw.values()) < RAW, max(raw, key=lambda url: raw[url])
    assert max(packed.values()) < PACKED, max(packed, key=lambda url: packed[url])
    assert len(found) > len(city.townships)


def test_every_village_is_four_taps_away_without_scripts(city: City):
    known = {page.url for page in city.portal.pages}
    reached, edge = {""}, {""}
    for _tap in range(4):
        edge = {target for url in edge if url in known for target in targets(city.portal, url)} - reached
        reached |= edge

    assert {f"{summary['slug']}/" for summary in city.summaries} <= reached


def test_the_home_leads_to_each_township_below_its_letter_and_tells_two_of_one_name_apart(city: City):
    found = Parsed(page_at(city.portal, "").content)

    assert {f"{township.folder}/" for township in city.townships} <= set(found.values("href"))
    assert found.texts("h3") == sorted(found.texts("h3"))
    own = [text for text in found.texts("a") if text.startswith("城关镇")]
    assert own == ["城关镇（999900）17", "城关镇（999999）3"]
    assert "chengguanzhen" in " ".join(found.values("data-name"))
    assert [entry.url for entry in city.portal.nav] == ["", "county/", "dictionary/", "search/"]


def test_a_township_without_a_page_of_its_own_has_its_villages_on_the_home(city: City, promises: Any):
    others = [s for s in city.summaries if s["slug"] != "t005"]
    portal = portal_site(promises, city.townships, others, RENDERER)
    own = {f"{s['slug']}/" for s in city.villages if s["township"] == "t005"}

    assert own <= targets(portal, "")
    assert "t005/" not in targets(portal, "")


def test_a_name_stands_in_the_file_of_each_letter_that_its_characters_are_spelled_with(city: City):
    index = json.loads(file_at(city.portal, "search/villages.json"))
    files = {
        letter: json.loads(file_at(city.portal, f"search/names-{letter}.json")) for letter in index["letters"]
    }
    listed = {letter: {slug for slug, _name, _place in entries} for letter, entries in files.items()}

    assert index["common"] == "村"
    assert index["readings"]["单"] == spelling("单") == "dan/chan/shan"
    assert index["townships"] == [[f, title] for f, title in township_titles(city.townships).items()]
    for summary in city.summaries:
        for mark in set(summary["name"]) - set(index["common"]):
            for reading in spelling(mark).split("/"):
                assert summary["slug"] in listed[reading[0]]


def test_names_that_are_nothing_but_common_characters_have_a_file_too(promises: Any):
    townships = (Township("t1", "清溪镇", "999900100000"),)
    summaries = [summary_of(n, "新村" if n % 2 else f"{MARKS[n % 16]}新村", "t1") for n in range(LISTED + 2)]
    portal = portal_site(promises, townships, summaries, RENDERER)
    index = json.loads(file_at(portal, "search/villages.json"))
    others = {slug for slug, _name, _place in json.loads(file_at(portal, "search/names-other.json"))}

    assert set(index["common"]) == {"新", "村"}
    assert others == {summary["slug"] for summary in summaries if summary["name"] == "新村"}


def test_each_village_and_each_late_record_stands_on_one_page_of_the_boards(city: City):
    rows = Counter(
        row[0]
        for page in city.board.pages
        if page.url.startswith("townships/")
        for row in Parsed(page.content).rows()
    )
    items = Counter(
        row[0]
        for page in city.board.pages
        if page.url.startswith("items/t")
        for row in Parsed(page.content).rows()
    )

    assert rows == {village["name"]: 1 + len(village["late"]) for village in city.villages}
    assert items == {village["name"]: 1 for village in city.villages}


def test_the_front_board_tells_what_is_overdue_longest_and_each_township_s_sums(city: City):
    found = Parsed(page_at(city.board, "").content).rows()
    late, sums = found[:FIRST], {row[0]: row[1:] for row in found[FIRST:]}
    every = sorted(entry["due"] for village in city.villages for entry in village["late"])

    assert [row[4] for row in late] == every[:FIRST]
    first = [village for village in city.villages if village["township"] == "t001"]
    assert sums["青清镇"][0] == str(len(first)) == "17"
    assert sums["青清镇"][3] == str(sum(len(village["late"]) for village in first))
    assert len(sums) == len(city.townships)
    assert {f"townships/{township.folder}/" for township in city.townships} <= targets(city.board, "")


def test_the_boards_of_a_township_lead_to_one_another_and_to_their_parts(promises: Any):
    city = made(promises, 240, per_township=120)
    urls = [page.url for page in city.board.pages if page.url.startswith("townships/t000/")]

    assert len(urls) > 1
    assert {*urls, "items/t000/", "corrections/t000/"} == targets(city.board, urls[0])
    assert {"items/t000/", "corrections/t000/"} <= {page.url for page in city.board.pages}


def test_thousands_of_like_villages_are_columns_outside_and_all_named_on_the_board(city: City):
    public = page_at(city.portal, "households/").content
    named = Counter(
        row[0]
        for page in city.board.pages
        if page.url.startswith("households/")
        for row in Parsed(page.content).rows()
    )

    assert "<circle" not in public
    assert "超过 60 个村的一组画成柱" in public
    assert [village["name"] for village in city.villages if village["name"] in public] == []
    assert named == {village["name"]: 1 for village in city.villages}


def test_a_county_of_a_hundred_villages_has_them_all_on_one_page_and_one_more_is_split(promises: Any):
    small, big = made(promises, LISTED), made(promises, LISTED + 1)

    assert {f"{village['slug']}/" for village in small.villages} <= targets(small.portal, "")
    assert not {f"{village['slug']}/" for village in big.villages} & targets(big.portal, "")
    assert "townships/t000/" in {page.url for page in big.board.pages}
    assert len(small.board.pages) == 5
