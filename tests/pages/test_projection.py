"""The public projection: names while the list hangs, surnames after."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.pages.projection import mask_name
from tests.pages.drawing import SmallCounty, file_at, page_at
from tests.pages.parsing import Parsed

NAMES = ("谭某卯", "欧阳某乙", "冉丙")
LIST = "编号,组,户主,数量,单位,标准,金额,备注\n" + "".join(
    f"{number:03},一组,{name},3.00,月,50.00,150.00,含 5 月\n" for number, name in enumerate(NAMES, start=1)
)
POSTED = "补贴发放,2026Q3--elderly,1,公开,民政专干,村务监督委员会,2026-10-12,2026-10-14,2026-10-29,公开栏,"
AGAIN = (
    "补贴发放,2026Q3--elderly,2,更正,民政专干,村务监督委员会,2026-11-01,2026-11-02,2026-11-17,公开栏,一户漏列"
)


def shown_on(county: SmallCounty, day: str) -> list[str]:
    """Return the names on the page of the list, and make sure that the download says the same."""
    site = county.site(date.fromisoformat(day))
    rows = Parsed(page_at(site, "subsidy/2026Q3--elderly/").content).rows()
    download = file_at(site, "data/subsidy-2026q3-elderly.csv").decode("utf-8").splitlines()[1:]
    assert [line.split(",")[2] for line in download] == [row[0] for row in rows]
    return [row[0] for row in rows]


@pytest.mark.parametrize(
    ("day", "names"),
    [
        ("2026-10-13", ["谭**", "欧**", "冉**"]),
        ("2026-10-14", list(NAMES)),
        ("2026-10-29", list(NAMES)),
        ("2026-10-30", ["谭**", "欧**", "冉**"]),
        ("2027-10-20", ["谭**", "欧**", "冉**"]),
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

    assert shown_on(county, "2026-10-20") == ["谭**", "欧**", "冉**"]


def test_a_corrected_list_shows_its_names_while_the_correction_hangs(county: SmallCounty):
    county.put_private("subsidy/2026Q3--elderly.csv", LIST)
    county.register(POSTED, AGAIN)

    assert shown_on(county, "2026-11-01") == ["谭**", "欧**", "冉**"]
    assert shown_on(county, "2026-11-02") == list(NAMES)
    assert shown_on(county, "2026-11-18") == ["谭**", "欧**", "冉**"]


def test_after_the_display_no_file_or_page_of_the_village_holds_a_name(county: SmallCounty):
    county.put_private("subsidy/2026Q3--elderly.csv", LIST)
    county.register(POSTED)
    site = county.site(date(2026, 10, 30))
    everything = "".join(page.content + page.description for page in site.pages)
    everything += "".join(file.content.decode("utf-8") for file in site.files)

    assert [name for name in NAMES if name in everything] == []
    assert "150.00" in everything


def test_the_private_file_is_named_nowhere_and_its_bytes_are_not_hashed(county: SmallCounty):
    county.put_private("subsidy/2026Q3--elderly.csv", LIST)
    county.register(POSTED)
    book = county.book(date(2026, 10, 30))
    site = county.site(date(2026, 10, 30))
    content = page_at(site, "subsidy/2026Q3--elderly/").content

    assert "content_private" not in content
    assert book.items["subsidy"][0].sha256 not in "".join(page.content for page in site.pages)


@pytest.mark.parametrize(
    ("name", "masked"), [("谭某卯", "谭**"), ("冉丙", "冉**"), ("欧阳某某某", "欧**"), ("", "")]
)
def test_a_mask_keeps_the_first_character_and_hides_even_the_length(name: str, masked: str):
    assert mask_name(name) == masked


@given(st.text(min_size=1))
def test_a_mask_tells_nothing_but_the_first_character(name: str):
    assert mask_name(name) == name[0] + "**"


def test_a_relief_list_taken_down_tells_neither_surname_nor_group(promises, books):
    found = [
        r for r in books["qingshi"].judgement.package.of_item("welfare_list") if r.period.text == "2026-07-06"
    ]
    table = books["qingshi"].tables[found[0].path]

    assert set(table.column("户主")) == set(table.column("组")) == {"**"}
    assert table.amounts("金额") == found[0].table.amounts("金额")
