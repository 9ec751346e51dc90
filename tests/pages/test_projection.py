"""The public projection: names while the list hangs, totals before and after."""

from __future__ import annotations

import re
from datetime import date

import pytest

from generator.intake.walk import walk_county
from generator.pipeline.forgetting import expire_lists, seal_lists
from generator.promises.promises import load_promises
from tests.pages.drawing import SmallCounty, draw, page_at
from tests.pages.parsing import Parsed

NAMES = ("谭某卯", "欧阳某乙", "冉丙")
MASKED = ["谭**", "欧阳**", "冉**"]
LIST = "编号,组,户主,数量,单位,标准,金额,备注\n" + "".join(
    f"{number:03},一组,{name},3.00,月,50.00,150.00,含 5 月\n" for number, name in enumerate(NAMES, start=1)
)
POSTED = "补贴发放,2026Q3--elderly,1,公开,民政专干,村务监督委员会,2026-10-12,2026-10-14,2026-10-29,公开栏,"
AGAIN = (
    "补贴发放,2026Q3--elderly,2,更正,民政专干,村务监督委员会,2026-11-01,2026-11-02,2026-11-17,公开栏,一户漏列"
)
URL = "subsidy/2026Q3--elderly/"


def shown_on(county: SmallCounty, day: str) -> list[str]:
    """Return the names on the page of the list, and make sure that the download says the same."""
    site = county.site(date.fromisoformat(day))
    rows = Parsed(page_at(site, URL).content).rows()
    downloads = [f for f in site.files if f.path.endswith("data/subsidy-2026q3-elderly.csv")]
    listed = [line.split(",")[2] for f in downloads for line in f.content.decode("utf-8").splitlines()[1:]]
    assert listed == [row[0] for row in rows]
    return [row[0] for row in rows]


def everything_on(county: SmallCounty, day: str) -> str:
    """Return all that the village publishes on a day."""
    site = county.site(date.fromisoformat(day))
    pages = "".join(page.content + page.description + page.title for page in site.pages)
    return pages + "".join(file.content.decode("utf-8", "replace") for file in site.files)


@pytest.mark.parametrize(
    ("day", "names"),
    [
        ("2026-10-13", []),
        ("2026-10-14", list(NAMES)),
        ("2026-10-29", list(NAMES)),
        ("2026-10-30", []),
        ("2027-10-20", []),
    ],
)
def test_names_are_shown_from_the_first_to_the_last_day_of_display(
    county: SmallCounty, day: str, names: list[str]
):
    county.put_private("subsidy/2026Q3--elderly.csv", LIST)
    county.register(POSTED)

    assert shown_on(county, day) == names


def test_names_are_never_shown_without_a_registered_display(county: SmallCounty):
    county.put_private("subsidy/2026Q3--elderly.csv", LIST)

    assert shown_on(county, "2026-10-20") == []
    assert "没有在公示" in page_at(county.site(date(2026, 10, 20)), URL).content


def test_a_corrected_list_shows_its_names_while_the_correction_hangs(county: SmallCounty):
    county.put_private("subsidy/2026Q3--elderly.csv", LIST)
    county.register(POSTED, AGAIN)

    assert shown_on(county, "2026-11-01") == []
    assert shown_on(county, "2026-11-02") == list(NAMES)
    assert shown_on(county, "2026-11-18") == []


def test_after_the_display_only_the_count_and_the_total_are_left(county: SmallCounty):
    county.put_private("subsidy/2026Q3--elderly.csv", LIST)
    county.register(POSTED)
    everything = everything_on(county, "2026-10-30")

    assert [name for name in (*NAMES, *MASKED) if name in everything] == []
    assert "150.00" not in everything
    assert "共 3 户（人），金额合计 450.00 元" in re.sub("<[^>]+>", "", everything)


def test_a_page_with_names_is_kept_by_nobody(county: SmallCounty):
    county.put_private("subsidy/2026Q3--elderly.csv", LIST)
    county.register(POSTED)

    assert page_at(county.site(date(2026, 10, 14)), URL).is_passing
    assert not page_at(county.site(date(2026, 10, 30)), URL).is_passing
    assert sum(page.is_passing for page in county.site(date(2026, 10, 14)).pages) == 1


@pytest.mark.parametrize(("day", "names"), [("2026-10-20", list(NAMES)), ("2026-10-30", MASKED)])
def test_a_county_can_keep_masked_names(county: SmallCounty, day: str, names: list[str]):
    _with_names(county, "{after: mask}")
    county.put_private("subsidy/2026Q3--elderly.csv", LIST)
    county.register(POSTED)

    assert shown_on(county, day) == names


def test_a_county_can_mask_names_even_on_display(county: SmallCounty):
    _with_names(county, "{during: mask}")
    county.put_private("subsidy/2026Q3--elderly.csv", LIST)
    county.register(POSTED)

    assert shown_on(county, "2026-10-20") == MASKED
    assert shown_on(county, "2026-10-30") == []


def _with_names(county: SmallCounty, names: str) -> None:
    path = county.root / "schemas" / "subsidy.yaml"
    text = path.read_text(encoding="utf-8").replace(
        "  private: true\n", f"  private: true\n  names: {names}\n"
    )
    path.write_text(text, encoding="utf-8")


def test_the_private_file_is_named_nowhere_and_its_bytes_are_not_hashed(county: SmallCounty):
    county.put_private("subsidy/2026Q3--elderly.csv", LIST)
    county.register(POSTED)
    book = county.book(date(2026, 10, 30))
    site = county.site(date(2026, 10, 30))
    content = page_at(site, URL).content

    assert "content_private" not in content
    assert book.items["subsidy"][0].sha256 not in "".join(page.content for page in site.pages)


def test_a_forgotten_list_looks_as_it_did_when_its_display_had_ended(county: SmallCounty):
    county.put_private("subsidy/2026Q3--elderly.csv", LIST)
    county.register(POSTED)
    promises = load_promises(county.root)
    list(seal_lists(promises, walk_county(promises), lambda: "5a" * 32))
    before = draw(county.book(date(2026, 10, 30)))
    [forgotten] = expire_lists(promises, walk_county(promises), date(2026, 10, 30))
    after = draw(county.book(date(2026, 10, 30)))

    assert forgotten.rows == 3
    assert page_at(after, URL).content == page_at(before, URL).content
    assert [(f.path, f.content) for f in after.files] == [(f.path, f.content) for f in before.files]


def test_a_relief_list_taken_down_tells_neither_surname_nor_group(books):
    found = [
        r for r in books["qingshi"].judgement.package.of_item("welfare_list") if r.period.text == "2026-07-06"
    ]
    book = books["qingshi"]

    assert found[0].path not in book.tables
    assert book.closed[found[0].path].rows == len(found[0].table)
