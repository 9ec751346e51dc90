"""Search, the part made beforehand: what can be found, where it stands, and what can never be found."""

from __future__ import annotations

import gzip
import json
from datetime import date
from typing import Any

import pytest

from generator.model.site import Page, Site
from generator.pages.book import Book
from generator.pages.search_lines import CELL, lists_persons
from tests.pages.drawing import SmallCounty, file_at, ledger, page_at
from tests.pages.parsing import Parsed
from tests.pages.test_projection import LIST, NAMES, POSTED
from tests.pages.test_projection import URL as PASSING

VILLAGES = ("county", "baiyun", "hexin", "shiqiao", "qingxi", "qingshi", "zhuyuan")
ELEMENT = {"r": "tr", "a": "section", "s": "li"}


def index_of(site: Site) -> list[dict[str, Any]]:
    """Return the index of a village, file by file."""
    files = [file for file in site.files if file.path.startswith(f"{site.url}search/")]
    return [json.loads(file.content) for file in files if not file.path.endswith("titles.json")]


def groups_of(site: Site) -> list[tuple[str, str, int, list[str]]]:
    """Return what the index says as (address, kind, first, lines)."""
    entries = [entry for part in index_of(site) for entry in part["pages"]]
    return [(entry[0], kind, first, lines) for entry in entries for kind, first, lines in entry[3]]


def everything_found(site: Site) -> str:
    """Return all that search, titles and feeds hold."""
    names = ("/search/", "feed.xml")
    return "".join(file.content.decode() for file in site.files if any(name in file.path for name in names))


def elements(page: Page, kind: str) -> list[str]:
    """Return the text of each table row, article or step of a page, in order."""
    piece = {
        "r": page.content.split("<tbody>")[1:],
        "a": page.content.split('<section class="article">')[1:],
        "s": page.content.split('<ol class="stages">')[1:],
    }[kind]
    if kind == "r":
        return [text for table in piece for text in Parsed(table.split("</tbody>")[0]).texts("tr")]
    if kind == "a":
        return [Parsed(text.split("</section>")[0]).text for text in piece]
    return [text for steps in piece for text in Parsed(steps.split("</ol>")[0]).texts("li")]


def bare(text: str) -> str:
    """Return ``text`` without what only the eye needs."""
    return "".join(text.split()).replace(",", "")


@pytest.mark.parametrize("name", VILLAGES)
def test_every_line_stands_in_the_row_article_or_step_that_it_leads_to(sites: dict[str, Site], name: str):
    site, checked = sites[name], 0
    for url, kind, first, lines in groups_of(site):
        page = page_at(site, url)
        if not kind:
            text = bare(Parsed(page.content).text)
            assert [line for line in lines if bare(line.partition(" ")[2] or line) not in text] == [], url
            continue
        found = elements(page, kind)
        for place, line in enumerate(lines, start=first):
            # A number is told with the name of its column, which stands beside it on a phone only.
            cells = [cell.split(" ")[-1] for cell in line.split(CELL) if cell]
            text = bare(found[place])
            assert [cell for cell in cells if bare(cell) not in text] == [], (url, place)
            checked += 1

    assert checked > 10 or name == "baiyun"  # a township office whose disclosures are texts


def test_every_public_row_of_the_sample_can_be_found(books: dict[str, Book], sites: dict[str, Site]):
    groups = groups_of(sites["qingshi"])
    for resource in books["qingshi"].judgement.package.resources:
        is_told = not lists_persons(resource.item.schema) and not resource.is_held_back
        if is_told and not resource.item.is_document:
            url = f"{resource.item.name}/{resource.stem}/"
            lines = [
                line for found, kind, _first, lines in groups if (found, kind) == (url, "r") for line in lines
            ]
            assert len(lines) == len(resource.table), url


def test_a_list_of_persons_is_in_no_index_title_or_feed_while_it_hangs(county: SmallCounty):
    county.put_private("subsidy/2026Q3--elderly.csv", LIST)
    county.register(POSTED)
    site = county.site(date(2026, 10, 14))
    assert page_at(site, PASSING).is_passing
    found = everything_found(site)

    assert [name for name in NAMES if name in found] == []
    assert PASSING not in found
    assert "subsidy/" in found


def test_a_list_of_persons_stays_out_when_its_display_is_over(county: SmallCounty):
    county.put_private("subsidy/2026Q3--elderly.csv", LIST)
    county.register(POSTED)
    found = everything_found(county.site(date(2026, 10, 30)))

    assert PASSING not in found and "450.00" not in found


def test_nobody_who_stood_for_election_is_found_by_name(books: dict[str, Book], sites: dict[str, Site]):
    elections = books["qingshi"].items["election"]
    names = {name for r in elections for name in r.parts["候选人"].column("姓名")} if elections else set()
    assert len(names) > 3
    found = everything_found(sites["qingshi"])

    assert [name for name in names if name in found] == []


def test_of_a_table_that_is_held_back_only_the_title_is_found(county: SmallCounty):
    county.put("finance/2026-09.csv", ledger("3,卖旧电线,村委会,银行,其他收入,三千,,3000.00"))
    entries = [entry for part in index_of(county.site()) for entry in part["pages"]]

    assert [entry for entry in entries if entry[0] == "finance/2026-09/"] == [
        ["finance/2026-09/", "2026年9月 财务收支", "待更正", []]
    ]


def test_a_ledger_of_six_thousand_rows_is_found_whole_in_files_that_a_phone_can_load(county: SmallCounty):
    rows, balance = ["1,期初结余,村委会,银行,期初,,,10000.00"], 10000
    for number in range(6000):
        balance += 1
        rows.append(f"2,卖第 {number} 车砂石料给镇上修路用,村委会,银行,其他收入,1.00,,{balance}.00")
    text = ledger(*rows).replace("2026-09-02,,", "2026-09-02,记-001,")
    header, *lines = text.splitlines()
    numbered = [f"{n:04},{line.partition(',')[2]}" for n, line in enumerate(lines, start=1)]
    county.put("finance/2026-09.csv", "\n".join((header, *numbered)) + "\n")
    site = county.site()
    files = [file for file in site.files if file.path.startswith(f"{site.url}search/")]
    found = {
        place: line
        for _url, kind, first, lines in groups_of(site)
        if kind
        for place, line in enumerate(lines, first)
    }

    assert max(len(gzip.compress(file.content, 6)) for file in files) < 100_000
    assert len(index_of(site)) > 2
    assert [part["more"] for part in index_of(site)] == list(range(len(index_of(site))))[::-1]
    assert len(found) == 6001
    assert all(f"卖第 {place - 1} 车" in line for place, line in found.items() if place)


def test_cells_are_apart_so_that_no_two_numbers_look_like_one(sites: dict[str, Site]):
    rows = [
        line for _url, kind, _first, lines in groups_of(sites["qingshi"]) if kind == "r" for line in lines
    ]

    assert all(CELL in line for line in rows if len(line) > 30)


def test_titles_tell_when_a_page_was_posted_and_what_its_download_is(county: SmallCounty):
    county.put("finance/2026-09.csv", ledger("3,期初结余,村委会,银行,期初,,,3000.00"))
    county.register("finance,2026-09,1,公开,报账员,监委会,2026-10-09,2026-10-10,2026-10-20,公开栏,")
    titles = json.loads(file_at(county.site(), "search/titles.json"))

    assert titles["name"] == "柳河村"
    assert [page[:3] for page in titles["pages"] if page[0] == "finance/2026-09/"] == [
        ["finance/2026-09/", "2026年9月 财务收支", "2026-10-10"]
    ]
    digest = next(page[3] for page in titles["pages"] if page[0] == "finance/2026-09/")
    assert digest and digest in page_at(county.site(), "finance/2026-09/").content
    assert ["finance/", "财务收支", "", ""] in titles["pages"]


def test_the_search_page_lists_every_item_from_a_to_z(books: dict[str, Book], sites: dict[str, Site]):
    found = Parsed(page_at(sites["qingshi"], "search/").content)
    wanted = {f"../../qingshi/{item.name}/" for item in books["qingshi"].shown_items()}

    assert wanted <= set(found.values("href"))
    assert found.texts("h3") == sorted(found.texts("h3")) and len(found.texts("h3")) > 10
    assert "search" in found.values("role") and "polite" in found.values("aria-live")
