"""Bad input at the desk: every file, name and form that is none gets its answer in Chinese, and no crash."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest

from generator.desk import forms
from generator.desk.hints import hint_of
from generator.model.finding import Finding, Place, Severity
from generator.wording.sheets import SHEETS
from tests.desk.clerks import EXPENSE, INCOME, OPENING, Clerk, git_county, ledger, work_of
from tests.sheets.making import identity, xlsx
from tests.sheets.test_files import FILES

# More bytes than are read at all never become a work: that is a promise of its own below.
UNREAD = "more bytes than are read"


@pytest.fixture(scope="module")
def clerk(tmp_path_factory: pytest.TempPathFactory) -> Clerk:
    county = git_county(tmp_path_factory.mktemp("desk") / "county")
    return Clerk(county, tmp_path_factory.mktemp("home"))


@pytest.mark.parametrize("name", [name for name in FILES if name != UNREAD])
def test_a_file_that_is_no_sheet_is_refused_in_words(clerk: Clerk, name: str):
    file, make, remark = FILES[name]
    page = clerk.put_in(file, make())

    message = str(SHEETS[code].message) if (code := remark.rpartition(":")[2]) in SHEETS else ""
    assert page.status == 200
    assert message.partition("{")[0] in page.text
    assert "错误" in page.text


def test_a_hundred_sheets_are_too_many(clerk: Clerk):
    page = clerk.put_in("表.xlsx", xlsx([["一"]], more={f"表{number}": [["一"]] for number in range(99)}))

    assert "有 100 个工作表" in page.text


@pytest.mark.parametrize("start", ["=1+1", "+1", "@sum", "\tx"])
def test_what_a_spreadsheet_would_take_for_a_formula_is_refused(clerk: Clerk, start: str):
    page = clerk.put_in("账.csv", ledger(OPENING, INCOME + start, EXPENSE))

    assert "表格软件会把它当作公式" in page.text


def test_a_formula_that_is_typed_into_a_cell_is_refused_too(clerk: Clerk):
    page = clerk.put_in("账.csv", ledger())
    page = clerk.mend(page, {"K4": "=cmd|' /c calc'!A0"})

    assert "表格软件会把它当作公式" in page.text


def test_what_a_cell_or_a_name_holds_is_text_and_never_markup(clerk: Clerk):
    page = clerk.put_in(
        "<b>账.csv", ledger(OPENING, INCOME.replace("收鱼塘承包费", "<img src=x onerror=y>"), EXPENSE)
    )

    assert "<img" not in page.html
    assert "<b>账" not in page.html
    assert "<img src=x onerror=y>" in page.text


def test_a_number_in_the_name_of_a_file_is_not_repeated(clerk: Clerk):
    number = identity()
    page = clerk.put_in(f"张某{number}.csv", ledger())

    assert number not in page.html
    assert number not in clerk.get("/").html


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("..\\..\\windows\\x.csv", "x.csv"),
        ("../../etc/cron.d/x.csv", "x.csv"),
        ("/etc/passwd", "passwd"),
        ("账\0.csv", "账"),
        ("账\u202exslx.csv", "账xslx.csv"),
        ("三" * 300 + ".csv", "三" * 72 + "….csv"),
        ("   ", "没有名字的文件"),
        ("<script>alert(1)</script>.csv", "script>.csv"),
    ],
)
def test_a_name_is_shown_and_never_used_as_a_path(name: str, shown: str):
    assert forms.file_name(name) == shown


def test_a_file_with_a_path_for_a_name_stays_below_the_home(clerk: Clerk):
    page = clerk.put_in("..\\..\\x.csv", ledger())
    folder = clerk.desk.home / work_of(page)[1:]

    assert sorted(path.name for path in folder.iterdir()) == ["0.bin", "work.json"]
    assert "都对上了" in page.text


def test_two_files_of_one_name_are_told_apart(clerk: Clerk):
    november = ledger(title="竹园村2026年11月财务收支公开表")
    files = [(BytesIO(ledger()), "账.csv"), (BytesIO(november), "账.csv")]
    page = clerk.follow(clerk.post("/works", {"files": files}))

    assert "账(2).csv" in page.text


def test_no_file_and_too_many_files_are_told(clerk: Clerk):
    none = clerk.post("/works", {"files": (BytesIO(b""), "")})
    many = clerk.post("/works", {"files": [(BytesIO(b"a"), f"{number}.csv") for number in range(61)]})

    assert (none.status, many.status) == (422, 422)
    assert "还没有选文件" in none.text
    assert "一次最多 60 个文件" in many.text


def test_a_file_over_the_limit_is_told_by_its_name(clerk: Clerk):
    page = clerk.post("/works", {"files": (BytesIO(bytes(forms.SIZE_LIMIT + 1)), "大表.xlsx")})

    assert page.status == 422
    assert "「大表.xlsx」超过 32 MB" in page.text


def test_a_body_over_the_limit_is_answered_in_chinese(clerk: Clerk, monkeypatch: pytest.MonkeyPatch):
    token = clerk.token()
    monkeypatch.setitem(clerk.client.application.config, "MAX_CONTENT_LENGTH", 1000)
    page = clerk.post("/works", {"files": (BytesIO(bytes(5000)), "表.xlsx")}, token=token)

    assert page.status == 413
    assert "文件太大" in page.text


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ({"village": "nowhere"}, "没有这个村"),
        ({"item": "nothing"}, "没有这个公开项目"),
        ({"period": "十月"}, "期间请写成"),
        ({"slug": "../x"}, "份名只用小写字母"),
    ],
)
def test_what_there_is_not_cannot_be_chosen(clerk: Clerk, says: dict[str, str], told: str):
    page = clerk.post("/works", {"files": (BytesIO(ledger()), "账.csv"), **says})

    assert page.status == 422
    assert told in page.text


@pytest.mark.parametrize(
    "address",
    [
        "/works/0123456789abcdef",
        "/works/..%2f..%2fetc",
        "/works/0123456789abcdef/submit",
        "/works/0123456789abcdef/preview",
        "/review/0123456789abcdef",
        "/bundles/..%2fwork.json",
        "/nothing",
        "/preview/work/0123456789abcdef/qingshi/",
        "/preview/other/0123456789abcdef/qingshi/",
    ],
)
def test_a_page_that_there_is_not_says_so(clerk: Clerk, address: str):
    page = clerk.get(address)

    assert page.status == 404
    assert "没有这一页" in page.text


@pytest.mark.parametrize(
    "query",
    [
        "?cell=ZZZ9999999",
        "?cell=%00",
        "?row=99999999",
        "?rows=-1",
        "?left=999999",
        "?file=x&sheet=y",
        "?findings=77",
    ],
)
def test_an_address_that_was_tampered_with_shows_the_sheet(clerk: Clerk, query: str):
    page = clerk.put_in("账.csv", ledger())

    assert clerk.get(work_of(page) + query).status == 200


@pytest.mark.parametrize(
    "cells",
    [{"A0": "x"}, {"ZZZ999999": "x"}, {"": "x"}, {"A1;DROP": "x"}, {"K4": "长" * 2001}, {"K4": "a\0b\r\nc"}],
)
def test_cells_that_there_are_not_change_nothing_and_crash_nothing(clerk: Clerk, cells: dict[str, str]):
    page = clerk.put_in("账.csv", ledger())

    assert clerk.mend(page, cells).status in (200, 422)


def test_a_bug_is_answered_in_chinese_with_what_to_do(clerk: Clerk, monkeypatch: pytest.MonkeyPatch):
    def broken() -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(clerk.desk.counties, "now", broken)
    page = clerk.get("/")

    assert page.status == 500
    assert "已经保存的内容都在" in page.text
    assert "ZeroDivisionError" not in page.html


def test_a_broken_set_up_is_told_and_not_a_crash(tmp_path: Path):
    county = git_county(tmp_path / "county")
    clerk = Clerk(county, tmp_path / "home")
    settings = county / "site_config" / "county.yaml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("disclosure_start", "begin"), encoding="utf-8"
    )

    page = clerk.get("/")

    assert page.status == 503
    assert "县里的设置有误" in page.text


@pytest.mark.parametrize("code", sorted(SHEETS))
def test_no_hint_at_the_desk_names_an_option_of_the_command_line(code: str):
    finding = Finding(code, Place("x"), "", str(SHEETS[code].hint), Severity.ERROR)

    assert "--" not in hint_of(finding)
