"""The sheets of a work: findings in words at their cells, mended in place, and nothing lost or guessed."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from tests.desk.clerks import (
    EXPENSE,
    INCOME,
    OPENING,
    Clerk,
    git_county,
    ledger,
    work_of,
)
from tests.sheets.making import identity, mobile, xlsx

WRONG = ledger(OPENING, INCOME.replace("3000.00", "三千"), EXPENSE.replace("维修养护", "维修养户"))


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return git_county(tmp_path_factory.mktemp("desk") / "county")


@pytest.fixture(scope="module")
def clerk(county: Path, tmp_path_factory: pytest.TempPathFactory) -> Clerk:
    return Clerk(county, tmp_path_factory.mktemp("home"))


def test_the_first_page_asks_for_sheets_and_says_what_becomes_of_them(clerk: Clerk):
    page = clerk.get("/")

    assert page.status == 200
    assert "直接把表放进来" in page.text
    assert "不会公开" in page.text


def test_a_sound_sheet_is_told_by_village_period_and_item(clerk: Clerk):
    page = clerk.put_in("账.csv", ledger())

    assert "都对上了" in page.text
    assert "青石村 2026年10月 财务收支 3 行" in page.text
    assert "新的一期" in page.text


def test_a_wrong_cell_is_named_and_open_for_mending(clerk: Clerk):
    page = clerk.put_in("账.csv", WRONG)

    assert "有 2 处要改" in page.text
    assert "H4 收入 「三千」不是数" in page.text
    assert page.field("cell.H4") == "三千"
    assert not page.has_field("cell.D4")


def test_a_column_with_a_closed_list_offers_its_words(clerk: Clerk):
    page = clerk.put_in("账.csv", WRONG)

    assert '<select name="cell.G5"' in page.html
    assert "<option>维修养护</option>" in page.html


def test_what_is_mended_is_judged_anew_and_stays_marked_with_what_was_there(clerk: Clerk):
    page = clerk.put_in("账.csv", WRONG)
    page = clerk.mend(page, {"H4": "3000", "G5": "维修养护"})

    assert "都对上了" in page.text
    assert "原来：三千" in page.text
    assert "3000" in page.text


def test_a_mended_cell_can_be_put_back(clerk: Clerk):
    page = clerk.put_in("账.csv", WRONG)
    page = clerk.mend(page, {"H4": "3000"})
    form = {"version": page.field("version"), "file": "账.csv", "sheet": "账", "revert": "H4"}
    page = clerk.follow(clerk.post(f"{work_of(page)}/cells", form))

    assert "原来：" not in page.text
    assert page.field("cell.H4") == "三千"


def test_any_cell_opens_without_scripts_by_its_address(clerk: Clerk):
    page = clerk.put_in("账.csv", ledger())

    assert clerk.get(f"{work_of(page)}?cell=D4").field("cell.D4") == "收鱼塘承包费"
    assert clerk.get(f"{work_of(page)}?row=5").field("cell.I5") == "1200.00"


def test_a_cell_that_nobody_touched_is_not_mended(clerk: Clerk):
    page = clerk.put_in("账.csv", WRONG)
    form = {"was.H4": "三千", "cell.H4": "三千"}
    sent = {"version": page.field("version"), "file": "账.csv", "sheet": "账", **form}
    clerk.post(f"{work_of(page)}/cells", sent)

    assert clerk.desk.works.load(work_of(page)[-16:]).mends == {}


def test_the_title_may_be_mended_too(clerk: Clerk):
    page = clerk.put_in("账.csv", ledger(title="某某表"))
    assert "看不出这是哪一项公开内容" in page.text

    page = clerk.mend(page, {"A1": "青石村2026年10月财务收支公开表"})

    assert "都对上了" in page.text


def test_what_the_sheet_does_not_say_is_chosen_beside_it(clerk: Clerk):
    page = clerk.put_in("账.csv", ledger(title="某某表"))
    form = {"version": page.field("version"), "file": "账.csv", "sheet": "账"}
    says = {"village": "qingshi", "item": "finance", "period": "2026-10"}
    page = clerk.follow(clerk.post(f"{work_of(page)}/place", form | says))

    assert "青石村 2026年10月 财务收支 3 行" in page.text


def test_it_may_be_said_when_the_sheet_is_handed_over(clerk: Clerk):
    page = clerk.put_in("账.csv", ledger(title="某某表"), village="qingshi", item="finance", period="2026-10")

    assert "都对上了" in page.text


def test_hints_name_the_page_and_no_option_of_the_command_line(clerk: Clerk):
    page = clerk.put_in("账.csv", ledger(title="某某表"))

    assert "「这张表是」里选公开项目" in page.text
    assert "--" not in page.text


def test_a_heading_that_is_not_known_is_mapped_and_remembered_with_what_is_handed_in(
    clerk: Clerk, county: Path
):
    content = ledger().decode("gbk").replace("凭证号", "票子").encode("gbk")
    page = clerk.put_in("账.csv", content)
    assert "表头「票子」是" in page.text

    form = {"version": page.field("version"), "file": "账.csv", "sheet": "账"}
    words = {"heading.0": "票子", "column.0": "凭证号"}
    page = clerk.follow(clerk.post(f"{work_of(page)}/words", form | words))

    assert "都对上了" in page.text
    read = clerk.desk.read(clerk.desk.works.load(work_of(page)[-16:]))
    assert [path.relative_to(county).as_posix() for path in read.report.confirmed] == [
        "mappings/qingxi/qingshi.yaml"
    ]


def test_a_missing_column_is_filled_once_for_all_rows(clerk: Clerk):
    lines = ledger().decode("gbk").splitlines()
    without = [lines[0], *(",".join((*line.split(",")[:4], *line.split(",")[5:])) for line in lines[1:])]
    page = clerk.put_in("账.csv", "\r\n".join(without).encode("gbk"))
    assert "「主体」全表都是" in page.text

    form = {"version": page.field("version"), "file": "账.csv", "sheet": "账", "set.主体": "村集体"}
    page = clerk.follow(clerk.post(f"{work_of(page)}/words", form))

    assert "都对上了" in page.text


def test_a_spelling_is_told_once_for_all_its_cells(clerk: Clerk):
    page = clerk.put_in("账.csv", ledger(OPENING, INCOME, EXPENSE.replace("维修养护", "修修补补")))
    form = {"version": page.field("version"), "file": "账.csv", "sheet": "账"}
    words = {"spelling.0": "修修补补", "of.0": "类别", "word.0": "维修养护"}
    page = clerk.follow(clerk.post(f"{work_of(page)}/words", form | words))

    assert "都对上了" in page.text


def test_what_is_personal_is_never_repeated_and_can_be_emptied(clerk: Clerk):
    number = identity()
    page = clerk.put_in("账.csv", ledger(OPENING, INCOME + number, EXPENSE))

    assert number not in page.html
    assert "（内容不显示）" in page.html
    form = {"version": page.field("version"), "file": "账.csv", "sheet": "账", "clear": "K4"}
    page = clerk.follow(clerk.post(f"{work_of(page)}/cells", form))
    assert number not in page.html
    assert "都对上了" in page.text


def test_what_is_personal_is_not_repeated_when_a_clerk_types_it(clerk: Clerk):
    number = mobile()
    page = clerk.put_in("账.csv", ledger())
    page = clerk.mend(page, {"K4": number})

    assert number not in page.html
    assert "要改" in page.text


def test_hidden_rows_and_what_was_left_out_are_shown(clerk: Clerk):
    rows = [line.split(",") for line in ledger().decode("gbk").splitlines()]

    def hide(book) -> None:
        book.active.row_dimensions[4].hidden = True

    page = clerk.put_in("账.xlsx", xlsx(rows, after=hide))

    assert "4 隐藏" in page.text
    assert "1 标题" in page.text


def test_each_sheet_of_each_file_has_its_tab(clerk: Clerk):
    rows = [line.split(",") for line in ledger().decode("gbk").splitlines()]
    page = clerk.put_in("账.xlsx", xlsx(rows, sheet="十月", more={"说明": [["本表由电脑打印"]]}))

    assert "十月" in page.text
    assert "说明" in page.text


def test_a_long_sheet_shows_its_findings_first_and_every_row_on_some_page(clerk: Clerk):
    rows, balance = [OPENING], 612903
    for number in range(5000):
        balance += 1
        income = "错" if number == 2500 else "1"
        rows.append(f"{number + 2:03d},2026-10-05,记-1,收费,村集体,银行,发包收入,{income},,{balance}.18,")
    page = clerk.put_in("账.csv", ledger(*rows))

    assert len(page.content) < 400_000
    assert page.field("cell.H2504") == "错"
    assert "没有列在这里" in page.text
    shown = set()
    for start in range(1, 5010, 200):
        found = clerk.get(f"{work_of(page)}?rows={start}")
        shown |= {row for row in range(start, start + 200) if f'id="r{row}"' in found.html}
    assert shown >= set(range(1, 5004))


def test_the_marked_copy_is_a_workbook_with_the_clerk_s_own_name(clerk: Clerk):
    page = clerk.put_in("账.csv", WRONG)
    copy = clerk.get(f"{work_of(page)}/marked/0")

    assert copy.content.startswith(b"PK")
    assert "%E5%BE%85%E4%BF%AE%E6%94%B9-%E8%B4%A6.xlsx" in copy.headers["Content-Disposition"]


def test_a_form_that_is_out_of_date_is_shown_beside_what_stands_and_overwrites_nothing(clerk: Clerk):
    first = clerk.put_in("账.csv", WRONG)
    clerk.mend(first, {"H4": "3000"})

    late = clerk.mend(first, {"H4": "4000"})

    assert late.status == 409
    assert "别的窗口先改过了" in late.text
    assert "3000 4000" in late.text
    key = work_of(first)[-16:]
    assert clerk.desk.works.load(key).mends["账.csv", "账", "H4"] == "3000"
    form = {name: late.field(name) for name in ("pending", "version", "file", "sheet")}
    clerk.follow(clerk.post(f"{work_of(first)}/cells", form))
    assert clerk.desk.works.load(key).mends["账.csv", "账", "H4"] == "4000"


def test_a_work_can_be_thrown_away_with_its_files(clerk: Clerk):
    page = clerk.put_in("账.csv", ledger())
    assert (clerk.desk.home / work_of(page)[1:] / "0.bin").is_file()

    clerk.post(f"{work_of(page)}/drop")

    assert not (clerk.desk.home / work_of(page)[1:]).exists()
    assert clerk.get(work_of(page)).status == 404


def test_every_blank_form_has_its_guide_beside_it(clerk: Clerk):
    page = clerk.get("/forms")
    address = re.search(r'"(/preview/guide/all/[^"]*finance/[^"]*)"', page.html)
    assert address is not None

    guide = clerk.get(address[1])

    assert guide.status == 200
    assert "财务收支" in guide.text
    assert clerk.get("/preview/guide/all/qingshi/").status == 404


def test_a_sheet_of_500_rows_is_answered_within_a_second(clerk: Clerk):
    rows, balance = [OPENING], 612903
    for number in range(500):
        balance += 1
        income = "错" if number % 50 == 0 else "1"
        rows.append(f"{number + 2:03d},2026-10-05,记-1,收费,村集体,银行,发包收入,{income},,{balance}.18,")
    content, spent = ledger(*rows), []
    for _attempt in range(3):
        # Of the processor, not of the wall: other work on the machine is not the desk's.
        started = time.process_time()
        page = clerk.put_in("账.csv", content)
        clerk.mend(page, {"H4": "1"})
        spent.append(time.process_time() - started)

    assert min(spent) < 1


def test_a_blank_form_comes_with_village_and_period_filled_in(clerk: Clerk):
    form = clerk.get("/forms/finance.xlsx?village=qingshi&period=2026-10")
    page = clerk.put_in("表.xlsx", form.content)

    assert "空白表" in clerk.get("/forms?village=qingshi").text
    assert "青石村 2026年10月 财务收支" in page.text
