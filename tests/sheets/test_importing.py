"""Importing: drafts are put in their places, nothing is lost, and nobody is given away."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from generator.model.finding import SetupError
from generator.pipeline.importing import Report, Wishes, import_sheets
from generator.promises.promises import load_promises
from generator.sheets.headings import Confirmed
from generator.sheets.places import Asked
from tests.counties import county_at
from tests.sheets.making import HEADING, changed, identity, mobile, text, with_column, xlsx

MARCH = "content/dong/xi/finance/2026-03.csv"
REGISTER = "content/dong/xi/publications.csv"
TITLE = ["溪口村2026年3月财务收支公开表"]
ROWS = [
    [1, "3月1日", None, "上月结转", "村集体", "银行", "上月结转", None, None, 11479.5, None],
    [2, "3月1日", None, "上月结转", "村集体", "现金", "上月结转", None, None, 150, None],
    [3, "3月5日", "记-001", "收林地租金", "村集体", "银行", "租赁收入", 1800, None, 13279.5, None],
]
SHEET = [TITLE, HEADING, *ROWS]
FOOT = [
    "报账员：张三",
    None,
    "审核人：村务监督委员会",
    None,
    "公示期：2026年4月8日至4月22日",
    None,
    "公示地点：村委会公开栏",
]
WRITTEN = (
    "序号,日期,凭证号,摘要,主体,账户,类别,收入,支出,结余,备注\n"
    "001,2026-03-01,,上月结转,村集体,银行,上月结转,,,11479.50,\n"
    "002,2026-03-01,,上月结转,村集体,现金,上月结转,,,150.00,\n"
    "003,2026-03-05,记-001,收林地租金,村集体,银行,租赁收入,1800.00,,13279.50,\n"
)
LIST_HEADING = ["序号", "组别", "户主姓名", "数量", "单位", "标准", "金额", "备注"]
LIST = [
    ["溪口村2026年第一季度高龄津贴公示"],
    LIST_HEADING,
    [1, "一组", "田某甲", 3, "月", 50, 150, None],
    [2, "二组", "田某乙", 3, "月", 50, 150, None],
]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return county_at(tmp_path / "county")


def put(root: Path, *contents: bytes, name: str = "账.xlsx", **wishes: object) -> Report:
    """Return what became of files imported into the county at ``root``."""
    sources = [(name, content) for content in contents]
    return import_sheets(sources, load_promises(root), Wishes(**wishes), date(2026, 4, 9))  # type: ignore[arg-type]


def told(report: Report) -> list[str]:
    return [f"{remark.cell}:{remark.finding.code}" for _file, remark in report.all_remarks()]


def tree(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


def test_a_sheet_is_written_as_the_canonical_file(root):
    report = put(root, xlsx(SHEET))

    assert (root / MARCH).read_text(encoding="utf-8") == WRITTEN
    assert told(report) == [":sheet-register-open"]
    assert [placed.state for placed in report.placed] == ["new"]


def test_importing_the_same_sheet_twice_changes_nothing(root):
    put(root, xlsx([*SHEET, FOOT]))
    before = tree(root)

    report = put(root, xlsx([*SHEET, FOOT]))

    assert tree(root) == before
    assert [placed.state for placed in report.placed] == ["same"]
    assert told(report) == []


def test_the_foot_becomes_a_line_of_the_register_with_offices_and_no_names(root):
    before = (root / REGISTER).read_text(encoding="utf-8")

    report = put(root, xlsx([*SHEET, FOOT]))

    line = "财务收支,2026-03,1,公开,报账员,村务监督委员会,,2026-04-08,2026-04-22,村委会公开栏,\n"
    assert (root / REGISTER).read_text(encoding="utf-8") == before + line
    assert told(report) == []


def test_a_foot_that_leaves_things_open_is_proposed_and_not_written(root):
    before = (root / REGISTER).read_bytes()

    report = put(root, xlsx([*SHEET, ["公示期：2026年4月8日至4月22日"]]))

    assert (root / REGISTER).read_bytes() == before
    (remark,) = [remark for _file, remark in report.all_remarks()]
    assert "编制、审核" in remark.finding.message
    assert "财务收支,2026-03,1,公开,,,,2026-04-08,2026-04-22,," in remark.finding.hint


def test_a_dry_run_writes_nothing_and_says_the_same(root):
    before = tree(root)

    dry = put(root, xlsx([*SHEET, FOOT]), writes=False)

    assert tree(root) == before
    wet = put(root, xlsx([*SHEET, FOOT]))
    assert told(dry) == told(wet)
    assert [placed.state for placed in dry.placed] == [placed.state for placed in wet.placed]


def test_other_rows_are_never_overwritten_unasked(root):
    put(root, xlsx(SHEET))
    other = changed(changed(SHEET, 4, 7, 1900), 4, 9, 13379.5)

    report = put(root, xlsx(other))

    assert (root / MARCH).read_text(encoding="utf-8") == WRITTEN
    assert told(report) == [":sheet-differs"]
    difference = report.placed[0].target.difference
    assert [(before[0], after[7]) for before, after in difference.changed] == [("003", "1900.00")]
    assert not difference.added
    assert not difference.removed


def test_replacing_is_asked_for_and_proposes_a_correction(root):
    put(root, xlsx([*SHEET, FOOT]))
    other = changed(changed(SHEET, 4, 7, 1900), 4, 9, 13379.5)

    report = put(root, xlsx([*other, FOOT]), replaces=True)

    assert "1900.00" in (root / MARCH).read_text(encoding="utf-8")
    assert told(report) == [":sheet-register-open"]
    assert "2026-03,2,更正" in report.placed[0].register


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (
            [3, "3月5日", "记-001", "收林地租金", "村集体", "银行", "租赁收入", 1800, None, 13279.5, None],
            "added",
        )
    ],
)
def test_a_row_more_is_told_as_added(root, row, kind):
    put(root, xlsx(SHEET[:4]))

    report = put(root, xlsx([*SHEET[:4], row]))

    assert [line[0] for line in getattr(report.placed[0].target.difference, kind)] == ["003"]


def test_rows_in_another_order_are_another_content(root):
    put(root, xlsx(SHEET))

    report = put(root, xlsx([*SHEET[:2], ROWS[1], ROWS[0], ROWS[2]]))

    assert told(report)[:1] == [":sheet-differs"] or ":sheet-differs" in told(report)
    assert report.placed[0].target.difference.is_reordered


def test_the_same_rows_in_another_spelling_are_left_as_they_are(root):
    path = root / MARCH
    path.write_bytes(b"\xef\xbb\xbf" + WRITTEN.replace("1800.00", "1800").replace("\n", "\r\n").encode())
    before = path.read_bytes()

    report = put(root, xlsx(SHEET))

    assert [placed.state for placed in report.placed] == ["same"]
    assert path.read_bytes() == before


def test_an_export_comes_back_to_the_same_bytes(root):
    for path in sorted(root.glob("content/dong/xi/*/*.csv")):
        content = path.read_bytes()
        path.unlink()
        name = f"{path.parent.name}-{path.stem}".lower().replace("--", "-").replace("_", "-") + ".csv"

        put(root, content, name=name, asked=_asked(root, village="xi"))

        assert path.read_bytes() == content


def test_an_error_in_one_table_keeps_that_one_alone_from_being_written(root):
    wrong = changed(changed(SHEET, 0, 0, "溪口村2026年4月财务收支公开表"), 4, 7, "一千八")
    report = put(root, xlsx(SHEET, sheet="3月", more={"4月": wrong}))

    assert (root / MARCH).is_file()
    assert not (root / MARCH.replace("-03", "-04")).exists()
    assert "H5:sheet-amount" in told(report)


def test_the_check_speaks_of_the_clerks_own_cells(root):
    wrong = changed(SHEET, 4, 9, 13000)

    report = put(root, xlsx([[], *wrong]))

    assert "J6:running-balance" in told(report)
    assert (root / MARCH).is_file()


@pytest.mark.parametrize(
    ("row", "column", "value", "told_at"), [(3, 5, None, "F4:cell-required"), (4, 0, 1, "A5:key-duplicate")]
)
def test_a_cell_that_the_check_cannot_read_keeps_the_table_from_being_written(
    root, row, column, value, told_at
):
    before = tree(root)

    report = put(root, xlsx(changed(SHEET, row, column, value)))

    assert told(report)[0] == told_at
    assert [placed.state for placed in report.placed] == ["held"]
    assert tree(root) == before


def test_two_sheets_of_one_month_are_told_and_the_second_is_not_written(root):
    report = put(root, xlsx(SHEET), xlsx(changed(SHEET, 4, 3, "收别的租金")))

    assert ":sheet-twice" in told(report)
    assert (root / MARCH).read_text(encoding="utf-8") == WRITTEN


def test_a_list_of_persons_goes_to_the_private_root_alone(root):
    put(root, xlsx(LIST))

    assert (root / "content_private/dong/xi/subsidy/2026Q1--elderly.csv").is_file()
    assert not (root / "content/dong/xi/subsidy/2026Q1--elderly.csv").exists()


def test_a_county_without_a_private_root_takes_no_list_of_persons(root):
    settings = root / "site_config/county.yaml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("private_content: content_private\n", ""),
        encoding="utf-8",
    )
    before = tree(root)

    report = put(root, xlsx(LIST))

    assert told(report) == [":sheet-no-private-root"]
    assert tree(root) == before


def _all_text(report: Report) -> str:
    from generator.commands.import_report import report_facts, report_lines

    return json.dumps(report_facts(report), ensure_ascii=False) + "\n".join(
        report_lines(report, is_dry=False)
    )


@pytest.mark.parametrize(
    "heading",
    ["身份证号", "身份证号码（18位）", "银行账号", "一卡通账号", "联系电话", "家庭住址", "出生年月"],
)
def test_what_stands_in_a_personal_column_is_nowhere(root, heading):
    secrets = [identity(3), identity(4)]
    sheet = with_column(LIST, 3, [None, heading, *secrets])

    report = put(root, xlsx(sheet))

    assert told(report)[0] == "D:sheet-personal-column"
    assert (root / "content_private/dong/xi/subsidy/2026Q1--elderly.csv").is_file()
    written = b"".join(tree(root).values()).decode("utf-8", "replace") + _all_text(report)
    assert not any(secret in written for secret in secrets)


@pytest.mark.parametrize("make", [identity, mobile])
@pytest.mark.parametrize("column", [2, 7])
def test_a_personal_number_in_a_column_that_is_kept_is_refused_and_repeated_nowhere(root, make, column):
    secret = make(5)
    before = tree(root)

    report = put(root, xlsx(changed(LIST, 3, column, f"田某乙 {secret}")))

    assert any(remark.finding.code.startswith("private-") for _file, remark in report.all_remarks())
    assert tree(root) == before
    assert secret not in _all_text(report)


@pytest.mark.parametrize("place", [(2, 6), (2, 1), (0, 0), (1, 5)])
def test_a_personal_number_in_the_wrong_place_is_not_repeated(root, place):
    secret = identity(6)
    sheet = changed(
        LIST, place[0], place[1], secret if place[0] != 0 else f"溪口村2026年第一季度高龄津贴公示 {secret}"
    )

    report = put(root, xlsx(sheet))

    assert secret not in _all_text(report)


def test_an_office_telephone_in_the_foot_is_no_matter(root):
    report = put(root, xlsx([*SHEET, FOOT, ["监督电话：000-12345678"]]))

    assert told(report) == []
    assert "12345678" not in _all_text(report)


def test_a_telephone_in_the_foot_does_not_reach_the_register(root):
    secret = mobile(8)

    put(root, xlsx([*SHEET, FOOT[:5], [f"公示地点：公开栏，问 {secret}"]]))

    assert secret not in (root / REGISTER).read_text(encoding="utf-8")
    assert "财务收支,2026-03,1,公开,报账员" in (root / REGISTER).read_text(encoding="utf-8")


def test_what_the_county_has_allowed_is_allowed(root):
    secret = mobile(9)
    sheet = changed(SHEET, 4, 10, f"联系 {secret}")
    allowed = [f'allow:\n  - {{file: "{MARCH}", kind: mobile, reason: 公开的值班电话, role: 镇农经站}}\n']

    refused = put(root, xlsx(sheet))
    (root / "site_config/privacy_allow.yaml").write_text(allowed[0], encoding="utf-8")
    taken = put(root, xlsx(sheet))

    assert [placed.state for placed in refused.placed] == ["held"]
    assert [placed.state for placed in taken.placed] == ["new"]


def test_what_was_confirmed_is_remembered_for_the_next_month(root):
    renamed = [TITLE, ["借" if h == "收入" else h for h in HEADING], *ROWS]
    april = changed(renamed, 0, 0, "溪口村2026年4月财务收支公开表")
    confirmed = Confirmed({"借": "收入"}, {("类别", "林地租金"): "租赁收入"}, {})

    put(root, xlsx(renamed), confirmed=confirmed)
    report = put(root, xlsx(changed(april, 4, 6, "林地租金")), writes=False)

    assert (
        (root / "mappings/dong/xi.yaml")
        .read_text(encoding="utf-8")
        .endswith(
            'finance:\n  columns:\n    "借": "收入"\n  values:\n    "类别":\n      "林地租金": "租赁收入"\n'
        )
    )
    assert [placed.rows()[2]["收入"] for placed in report.placed] == ["1800.00"]
    assert [placed.rows()[2]["类别"] for placed in report.placed] == ["租赁收入"]


@pytest.mark.parametrize("file", ["_county.yaml", "dong/_township.yaml", "dong/xi.yaml"])
def test_what_the_county_or_the_township_confirmed_holds_for_their_villages(root, file):
    path = root / "mappings" / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text('finance: {columns: {"借": "收入"}}\n', encoding="utf-8")
    renamed = [TITLE, ["借" if h == "收入" else h for h in HEADING], *ROWS]

    report = put(root, xlsx(renamed))

    assert (root / MARCH).read_text(encoding="utf-8") == WRITTEN
    assert told(report) == [":sheet-register-open"]


def test_a_column_that_may_be_left_out_is_remembered_too(root):
    sheet = with_column(SHEET, 11, [None, "经手人", "甲", "乙", "丙"])

    assert told(put(root, xlsx(sheet)))[:1] == ["L2:sheet-heading-unknown"]
    put(root, xlsx(sheet), confirmed=Confirmed({"经手人": ""}))
    report = put(root, xlsx(sheet))

    assert told(report) == [":sheet-register-open"]
    assert ("L", "记住的对应：这一列不收") in {
        (skipped.column, skipped.why) for _file, skipped in report.skipped
    }


def test_nothing_is_remembered_of_a_sheet_that_was_not_written(root):
    put(root, xlsx(changed(SHEET, 4, 7, "一千八")), confirmed=Confirmed({"借": "收入"}))

    assert not (root / "mappings").exists()


@pytest.mark.parametrize(
    ("content", "key"),
    [
        ("finanse: {}\n", "finanse"),
        ('finance: {columns: {"借": "没有的列"}}\n', "finance.columns.借"),
        ("finance: {colums: {}}\n", "finance.colums"),
        ('finance: {constants: {"没有的列": "1"}}\n', "finance.constants.没有的列"),
    ],
)
def test_a_broken_file_of_mappings_is_a_broken_set_up(root, content, key):
    path = root / "mappings/dong/xi.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(content, encoding="utf-8")

    with pytest.raises(SetupError) as raised:
        put(root, xlsx(SHEET))

    assert raised.value.key == key


def test_a_link_on_the_way_is_not_followed(root, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    for path in (root / "content/dong/xi/finance").iterdir():
        path.unlink()
    (root / "content/dong/xi/finance").rmdir()
    (root / "content/dong/xi/finance").symlink_to(outside)

    report = put(root, xlsx(SHEET))

    assert ":file-link" in told(report)
    assert not list(outside.iterdir())


@pytest.mark.parametrize(
    "name", ["../../etc/账.xlsx", "..\\..\\账.xlsx", "/etc/账.xlsx", "账\u202exslx.xlsx", "."]
)
def test_a_files_name_leads_nowhere(root, name):
    report = put(root, xlsx(SHEET), name=name)

    assert {placed.target.path for placed in report.placed} == {root / MARCH}


def test_a_village_may_be_told_apart_from_its_office(root):
    report = put(root, text([["东镇溪口村2026年3月财务收支"], HEADING, *ROWS]), name="账.csv")

    assert [placed.target.path for placed in report.placed] == [root / MARCH]


def _asked(root: Path, *, village: str) -> Asked:
    from generator.intake.walk import walk_county

    return Asked(village=walk_county(load_promises(root)).village_named(village))
