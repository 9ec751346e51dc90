"""Posters: what hangs on the wall says what the page says, and what it leaves to the page."""

from __future__ import annotations

from datetime import date

import pytest

from generator.model.references import reference_of, row_keys
from generator.pages.poster import PosterView, poster_html, poster_view, resources_for
from generator.pages.render import Renderer
from tests.pages.drawing import SmallCounty, ledger
from tests.pages.parsing import Parsed
from tests.sample import ROOT

SUBSIDY = "编号,组,户主,数量,单位,标准,金额,备注\n"
REGISTERED = (
    "补贴发放,2026Q3--elderly,1,公开,民政专干,村务监督委员会,2026-10-12,2026-10-14,2026-10-29,公开栏,"
)


def sheet(county: SmallCounty, stem: str, as_of: date = date(2026, 10, 20), **options: int) -> PosterView:
    book = county.book(as_of)
    (resource,) = resources_for(book, stem)
    return poster_view(book, resource, **options)


def html_of(view: PosterView) -> Parsed:
    return Parsed(poster_html(view, Renderer(ROOT / "site_config" / "theme"), "a4"))


def put_ledger(county: SmallCounty, rows: int = 1) -> None:
    spent = [f"6,购纸{n},村委会,银行,办公费,,1.00,{1000 - n}.00" for n in range(1, rows + 1)]
    county.put("finance/2026-09.csv", ledger("1,期初,村委会,银行,期初,,,1000.00", *spent))


def put_list(county: SmallCounty) -> None:
    county.put_private(
        "subsidy/2026Q3--elderly.csv",
        SUBSIDY + "001,一组,田某甲,3.00,月,50.00,150.00,\n002,二组,田某乙,2.00,月,50.00,100.00,\n",
    )
    county.register(REGISTERED)


def with_address(county: SmallCounty, line: str = "site_url: https://cunwu.example/") -> None:
    path = county.root / "site_config/county.yaml"
    kept = [row for row in path.read_text(encoding="utf-8").splitlines() if not row.startswith("site_url")]
    path.write_text("\n".join([*kept, line, ""]), encoding="utf-8")


def test_a_quarter_holds_its_months_and_days_and_a_stem_only_itself(books):
    book = books["qingshi"]
    stems = {resource.stem for resource in resources_for(book, "2026Q3")}

    assert {"2026Q3", "2026Q3--elderly", "2026-07", "2026-09", "2026-08-03--water"} <= stems
    assert not [stem for stem in stems if stem.startswith("2026-10") or stem == "2026"]
    assert [r.stem for r in resources_for(book, "2026Q3--elderly")] == ["2026Q3--elderly"]
    assert {r.item.name for r in resources_for(book, "2026Q3", ["财务收支"])} == {"finance"}


def test_a_list_that_fits_is_printed_whole_and_says_so(county: SmallCounty):
    put_ledger(county, rows=4)
    view = sheet(county, "2026-09")

    assert html_of(view).texts("caption") == ["共 5 条，全部列出"]
    assert "购纸4" in html_of(view).text
    assert view.left_out == ""


def test_a_list_that_does_not_fit_says_how_much_is_left_to_the_page_and_keeps_its_totals(county: SmallCounty):
    put_ledger(county, rows=4)
    with_address(county)
    view = sheet(county, "2026-09", most_rows=4)
    found = html_of(view)

    assert view.left_out == "共 5 条，纸上列不下，这里只印合计；5 条都在网页上，扫二维码看。"
    assert view.left_out in found.text
    assert found.texts("caption") == []
    assert "购纸2" not in found.text
    assert "996.00" in found.text


def test_a_column_that_nobody_filled_in_takes_no_room(county: SmallCounty):
    put_ledger(county)

    assert "备注" not in html_of(sheet(county, "2026-09")).texts("th")
    assert "结余（元）" in html_of(sheet(county, "2026-09")).texts("th")


def test_names_hang_during_the_display_and_totals_only_after_it(county: SmallCounty):
    put_list(county)
    during = html_of(sheet(county, "2026Q3--elderly", date(2026, 10, 29)))
    after = html_of(sheet(county, "2026Q3--elderly", date(2026, 10, 30)))

    assert "田某甲" in during.text
    assert "本名单公示到 2026 年 10 月 29 日，到期揭下收回，不得拍照转发。" in during.text
    assert "金额合计 250.00 元" in during.text
    assert "田某" not in after.text
    assert after.texts("caption") == []
    assert "金额合计 250.00 元" in after.text


def test_a_table_held_back_is_not_printed_but_said(county: SmallCounty):
    county.put(
        "finance/2026-09.csv",
        ledger("1,期初,村委会,银行,期初,,,1000.00", "6,收租金,村委会,银行,租赁收入,77.77,,1000.00"),
    )
    found = html_of(sheet(county, "2026-09"))

    assert "本表有 1 处待更正，更正前不公布这张表" in found.text
    assert "租金" not in found.text
    assert found.texts("caption") == []


def test_sums_never_mix_accounting_entities(books):
    book = books["qingshi"]
    for resource in book.judgement.package.resources:
        view = poster_view(book, resource)
        if resource.item.schema.name_of("entity"):
            assert view.totals == (), resource.path


def test_a_sheet_carries_the_head_of_the_log_and_how_to_check_it_where_there_is_a_log(county: SmallCounty):
    put_ledger(county)
    book = county.book(date(2026, 10, 20))
    (resource,) = resources_for(book, "2026-09")
    head = "0123456789abcdef" + "7" * 48
    found = html_of(poster_view(book, resource, log_head=head))

    assert "印这张纸时公开日志的校验值 0123-4567-89ab-cdef" in found.text
    assert "cunwu verify --head 0123-4567-89ab-cdef" in found.text
    assert "公开日志" not in html_of(poster_view(book, resource)).text


def test_a_county_without_an_address_prints_no_code(county: SmallCounty):
    put_ledger(county)
    with_address(county, "")
    view = sheet(county, "2026-09")

    assert (view.address, view.code, view.explained) == ("", "", "")
    assert [tag for tag, _ in html_of(view).tags if tag == "svg"] == []


def test_the_code_leads_to_the_page(county: SmallCounty):
    put_ledger(county)
    with_address(county, "site_url: https://cunwu.example/gongkai")
    view = sheet(county, "2026-09")

    assert view.address == "https://cunwu.example/gongkai/liuhe/finance/2026-09/"
    assert [tag for tag, _ in html_of(view).tags if tag == "svg"] == ["svg"]


def test_what_the_register_does_not_say_is_left_to_be_filled_in_by_hand(county: SmallCounty):
    put_ledger(county)

    assert [(s.label, s.filled) for s in sheet(county, "2026-09").signatures] == [
        ("编制", ""),
        ("审核", ""),
        ("张贴起", ""),
        ("张贴止", ""),
    ]


def test_a_correction_hangs_by_its_own_line_of_the_register(books):
    book = books["qingshi"]
    resource = next(r for r in book.items["finance"] if r.stem == "2026-05")
    filled = {line.label: line.filled for line in poster_view(book, resource).signatures}

    assert filled["张贴起"] == "2026 年 6 月 18 日"
    assert filled["张贴止"] == "2026 年 7 月 3 日"


def test_texts_of_clerks_are_escaped(county: SmallCounty):
    county.put("finance/2026-09.csv", ledger("1,<b>期初</b>,村委会,银行,期初,,,1000.00"))

    assert html_of(sheet(county, "2026-09")).texts("b") == []


def test_every_reference_of_the_sample_is_one_of_a_kind(books):
    found = [reference_of(r) for book in books.values() for r in book.judgement.package.resources]

    assert len(set(found)) == len(found)
    assert "qingshi-finance-2026-09" in found
    assert "qingshi-subsidy-2026Q3-elderly" in found


@pytest.mark.parametrize("village", ["qingshi", "hexin"])
def test_a_row_is_called_by_its_key_or_its_place_and_never_by_a_person(books, village: str):
    for resource in books[village].judgement.package.resources:
        if resource.item.is_document:
            continue
        keys = row_keys(resource.table, resource.item.schema)
        assert len(set(keys)) == len(keys) == len(resource.table)
        assert all(key.isascii() for key in keys), resource.path
