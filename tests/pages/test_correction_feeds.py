"""Feeds of corrections: what was changed reaches who subscribed, village by village and all together."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urljoin

import pytest

from generator.engine.corrections import read_corrections
from generator.history.timeline import read_timeline
from generator.model.site import File
from generator.pages.correction_feeds import (
    correction_feed,
    correction_news,
    county_correction_feed,
    newest_corrections,
)
from generator.pages.feeds import NEWEST_OF_COUNTY
from tests.pages.drawing import draw, page_at
from tests.pages.test_corrections import RIGHT, Corrections
from tests.pages.test_feeds import ATOM, HOST, held_to_the_rules

PATH = "liuhe/corrections/feed.xml"


@pytest.fixture
def corrections(tmp_path: Path) -> Corrections:
    return Corrections(tmp_path / "county")


def corrected(corrections: Corrections) -> str:
    corrections.put(*RIGHT)
    return corrections.records.commit("2026-10-12", "更正\n\n更正原因: 票据 <录入> 错误\n编制: 会计\n")


def county_feed(corrections: Corrections, times: int = 1) -> File:
    book = corrections.book()
    [news] = correction_news(book)
    many = [news | {"commit": f"{news['commit']}{number or ''}"} for number in range(times)]
    one = {"slug": "liuhe", "name": "六合村", "news": many}
    return county_correction_feed(
        book.promises, newest_corrections(book.promises, [one, {"slug": "yuantou", "name": "源头村"}])
    )


def test_a_correction_is_told_with_its_day_its_reason_and_the_way_to_its_page(corrections: Corrections):
    commit = corrected(corrections)
    [feed] = correction_feed(corrections.book())
    [entry] = held_to_the_rules(feed)

    assert feed.path == PATH
    assert entry.findtext(f"{ATOM}title") == "2026年9月 财务收支 更正"
    assert entry.findtext(f"{ATOM}updated", "").startswith("2026-10-12")
    told = entry.findtext(f"{ATOM}summary", "")
    assert "原因：票据 <录入> 错误" in told
    assert "改动 1 行" in told
    assert entry.findtext(f"{ATOM}id", "").endswith(f"liuhe/finance/2026-09/{commit[:7]}")


def test_a_village_that_corrected_nothing_has_a_feed_without_entries(corrections: Corrections):
    [feed] = correction_feed(corrections.book())

    assert held_to_the_rules(feed) == []


def test_the_page_of_corrections_leads_to_its_feed(corrections: Corrections):
    site = draw(corrections.book())

    assert PATH in [file.path for file in site.files]
    assert 'href="../../liuhe/corrections/feed.xml"' in page_at(site, "corrections/").content


def test_the_county_feed_says_whose_record_was_corrected(corrections: Corrections):
    corrected(corrections)
    feed = county_feed(corrections)
    [entry] = held_to_the_rules(feed)
    [link] = [link.attrib["href"] for link in entry.findall(f"{ATOM}link")]

    assert feed.path == "corrections/feed.xml"
    assert entry.findtext(f"{ATOM}title") == "六合村 2026年9月 财务收支 更正"
    assert urljoin(HOST, link) == f"{HOST}liuhe/finance/2026-09/"


def test_the_county_feed_stays_short(corrections: Corrections):
    corrected(corrections)

    assert len(held_to_the_rules(county_feed(corrections, 3 * NEWEST_OF_COUNTY))) == NEWEST_OF_COUNTY


def test_a_record_that_was_taken_away_leads_to_the_page_of_corrections(corrections: Corrections):
    (corrections.county.root / "content/yunxi/liuhe/finance/2026-09.csv").unlink()
    corrections.records.commit("2026-10-12")

    for feed, page in (
        (next(correction_feed(corrections.book())), "corrections/"),
        (county_feed(corrections), "liuhe/corrections/"),
    ):
        [entry] = held_to_the_rules(feed)
        assert [link.attrib["href"] for link in entry.findall(f"{ATOM}link")] == [page]


def test_no_list_of_persons_is_in_a_feed_of_corrections(corrections: Corrections):
    seal = "content/yunxi/liuhe/subsidy/2026Q3--elderly.sealed.yaml"
    for rows in ("3", "2"):
        text = f'rows: "{rows}"\ntotals: {{}}\nroot: {"a" * 64}\n'
        corrections.county.write(seal, text)
        corrections.records.commit("2026-10-12")
    book = corrections.book()
    timeline = read_timeline(corrections.county.root / "content", "content")
    found = read_corrections(book.judgement, timeline, book.promises)

    assert all(one.subject.name != "subsidy" for one in found.entries) or correction_news(book) == []
    assert held_to_the_rules(next(correction_feed(book))) == []
