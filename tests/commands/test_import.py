"""cunwu import: what a clerk sees, what a program is given, and with which code it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands.conftest import cunwu, started
from tests.counties import county_at
from tests.sheets.making import HEADING, changed, text, xlsx

TITLE = ["溪口村2026年3月财务收支公开表"]
ROWS = [
    [1, "2026.3.1", None, "上月结转", "村集体", "银行", "上月结转", None, None, 11479.5, None],
    [2, "2026.3.1", None, "上月结转", "村集体", "现金", "上月结转", None, None, 150, None],
]
FOOT = ["报账员：张三", None, "审核人：村务监督委员会", None, "公示期：2026年4月8日至4月22日"]
SHEET = [TITLE, HEADING, *ROWS, ["合计", *[None] * 8, 11629.5], FOOT]
MARCH = "content/dong/xi/finance/2026-03.csv"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return county_at(tmp_path / "county")


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    return save(tmp_path / "三月 账.xlsx", xlsx(SHEET, sheet="3月"))


def save(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_a_clerk_hands_over_a_sheet_and_sees_where_it_went(root, sheet):
    done = started("import", sheet, "--root", root)

    assert done.returncode == 0, done.stderr
    assert f"溪口村 财务收支 2026年3月：新写 {MARCH}，2 行" in done.stdout
    assert "未收 3月 第 5 行：合计：与上面各行核对相符" in done.stdout
    assert "公开登记簿：财务收支,2026-03,1,公开,报账员,村务监督委员会" in done.stdout
    assert "没有发现问题" in done.stdout
    assert (root / MARCH).is_file()


def test_the_check_is_content_with_what_was_imported(root, sheet):
    cunwu("import", sheet, "--root", root)

    done = cunwu("check", MARCH, "--root", root, "--as-of", "2026-04-10")

    assert done.returncode == 0, done.stdout


def test_the_second_time_nothing_changes(root, sheet):
    cunwu("import", sheet, "--root", root)
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}

    done = cunwu("import", sheet, "--root", root)

    assert done.returncode == 0
    assert f"{MARCH} 没有变化" in done.stdout
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


def test_a_dry_run_says_what_it_would_write(root, sheet):
    done = cunwu("import", sheet, "--root", root, "--dry-run")

    assert done.returncode == 0
    assert f"将新写 {MARCH}" in done.stdout
    assert not (root / MARCH).exists()


def test_a_program_is_given_rows_findings_and_what_was_left_out(root, tmp_path):
    wrong = save(tmp_path / "账.xlsx", xlsx(changed(SHEET, 3, 9, "一百五"), sheet="3月"))

    done = cunwu("import", wrong, "--root", root, "--dry-run", "--format", "json")

    assert done.returncode == 1
    told = json.loads(done.stdout)
    assert list(told) == ["rows", "findings", "skipped", "files", "tables"]
    assert list(told["rows"][0]) == HEADING
    assert told["rows"][0]["结余"] == "11479.50"
    (finding,) = [found for found in told["findings"] if found["severity"] == "error"]
    assert (finding["file"], finding["sheet"], finding["cell"]) == ("账.xlsx", "3月", "J4")
    assert (finding["code"], finding["column"], finding["line"]) == ("sheet-amount", "结余", 4)
    assert "「一百五」不是数" in finding["message"]
    assert finding["hint"]
    assert {
        "file": "账.xlsx",
        "sheet": "3月",
        "row": 2,
        "column": None,
        "why": "表头",
        "amounts": {},
    } in told["skipped"]
    assert told["files"] == [{"file": "账.xlsx", "form": "xlsx"}]
    assert [(table["path"], table["state"]) for table in told["tables"]] == [(MARCH, "held")]


def test_other_rows_are_shown_and_replaced_only_when_asked(root, tmp_path, sheet):
    cunwu("import", sheet, "--root", root)
    other = save(tmp_path / "改.xlsx", xlsx([*SHEET[:3], changed([ROWS[1]], 0, 9, 151)[0]]))

    refused = cunwu("import", other, "--root", root)
    replaced = cunwu("import", other, "--root", root, "--replace")

    assert refused.returncode == 1
    assert "~ 结余 150.00→151.00" in refused.stdout
    assert "151.00" in (root / MARCH).read_text(encoding="utf-8")
    assert f"换写 {MARCH}" in replaced.stdout


def test_what_the_sheet_does_not_say_is_said_by_options(root, tmp_path):
    bare = save(tmp_path / "a.csv", text([HEADING, *ROWS], encoding="gb18030"))

    unsaid = cunwu("import", bare, "--root", root)
    said = cunwu(
        "import", bare, "--root", root, "--item", "财务收支", "--village", "xi", "--period", "2026-03"
    )

    assert unsaid.returncode == 1
    assert "[sheet-item-unknown]" in unsaid.stdout
    assert "财务收支" in unsaid.stdout
    assert said.returncode == 0, said.stdout
    assert "a.csv（按 gb18030 读）" in said.stdout
    assert (root / MARCH).is_file()


def test_a_mapping_is_said_once(root, tmp_path):
    rows = [TITLE, ["借方" if name == "收入" else name for name in HEADING[:4] + HEADING[6:]]]
    paid = [2, "2026.3.5", "记-001", "收租金", "村集体", "银行", "租赁收入", 1800, None, 13279.5, None]
    rows += [[*row[:4], *row[6:]] for row in (ROWS[0], paid)]
    sheet = save(tmp_path / "账.xlsx", xlsx(rows))
    options = ("--map", "借方=收入", "--set", "主体=村集体", "--set", "账户=银行")

    unsaid = cunwu("import", sheet, "--root", root)
    said = cunwu("import", sheet, "--root", root, *options)
    again = cunwu("import", sheet, "--root", root)

    assert unsaid.returncode == 1
    assert "--map 借方=列名" in unsaid.stdout
    assert "--set 主体=内容" in unsaid.stdout
    assert said.returncode == 0, said.stdout
    assert "没有变化" in again.stdout


def test_many_files_are_imported_in_one_go(root, tmp_path, sheet):
    april = changed(changed(SHEET, 0, 0, "溪口村2026年4月财务收支公开表"), 2, 1, "2026.4.1")
    other = save(tmp_path / "四月.xlsx", xlsx(changed(april, 3, 1, "2026.4.1")))

    done = cunwu("import", sheet, other, "--root", root)

    assert done.returncode == 0, done.stdout
    assert (root / MARCH).is_file()
    assert (root / MARCH.replace("-03", "-04")).is_file()


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (("--village", "无名村"), "找不到村「无名村」"),
        (("--village", "../../etc"), "找不到村"),
        (("--item", "finances"), "没有公开项目「finances」"),
        (("--item", "../finance"), "没有公开项目"),
        (("--period", "三月"), "不是一个期间"),
        (("--period", "../2026-03"), "不是一个期间"),
        (("--slug", "../x"), "不能用作文件名"),
        (("--slug", "Ä"), "不能用作文件名"),
        (("--map", "收入"), "--map 要写成"),
        (("--set", "主体="), "--set 要写成"),
    ],
)
def test_options_that_mean_nothing_are_a_mistake_of_use(root, sheet, options, reason):
    done = cunwu("import", sheet, "--root", root, *options)

    assert done.returncode == 2
    assert reason in done.stderr
    assert not (root / MARCH).exists()


def test_a_file_that_there_is_not_is_a_mistake_of_use(root):
    done = cunwu("import", root / "没有.xlsx", "--root", root)

    assert done.returncode == 2
    assert "找不到" in done.stderr


def test_a_file_that_cannot_be_read_is_an_error_and_the_others_go_on(root, tmp_path, sheet):
    broken = save(tmp_path / "坏.xlsx", b"PK\x03\x04 broken")

    done = cunwu("import", broken, sheet, "--root", root)

    assert done.returncode == 1
    assert "这个文件损坏了" in done.stdout
    assert (root / MARCH).is_file()


def test_a_broken_file_of_mappings_is_a_broken_set_up(root, sheet):
    path = root / "mappings/dong/xi.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("finance: [\n", encoding="utf-8")

    done = cunwu("import", sheet, "--root", root)

    assert done.returncode == 3
    assert "mappings/dong/xi.yaml" in done.stderr
