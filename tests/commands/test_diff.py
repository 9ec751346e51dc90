"""cunwu diff: what an auditor sees, what a program is given, and with which code it ends."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from pathlib import Path

import pytest

from tests.commands.conftest import cunwu
from tests.counties import changed, county_at
from tests.history.recording import Records

VILLAGE = "content/dong/xi"
LEDGER, NEXT = f"{VILLAGE}/finance/2026-01.csv", f"{VILLAGE}/finance/2026-02.csv"


@pytest.fixture
def records(tmp_path: Path) -> Records:
    """Return a county with three states: as drawn up, tagged 初稿; corrected in February; in March."""
    root = county_at(tmp_path / "county")
    found = Records(root)
    found.commit("2026-01-31", "初稿")
    found.git("tag", "first")
    return found


def correct(records: Records, day: str = "2026-02-10") -> str:
    """Correct one expense of January, and every balance that follows from it."""
    text = (records.root / LEDGER).read_text(encoding="utf-8")
    rows = list(csv.reader(io.StringIO(text)))
    spent = next(row for row in rows[1:] if row[8])
    spent[8] = f"{float(spent[8]) - 10:.2f}"
    seen = False
    for row in rows[1:]:
        seen = seen or row is spent
        if seen and row[4:6] == spent[4:6]:
            row[9] = f"{float(row[9]) + 10:.2f}"
    write(records.root / LEDGER, rows)
    following = list(csv.reader(io.StringIO((records.root / NEXT).read_text(encoding="utf-8"))))
    for row in following[1:]:
        if row[4:6] == spent[4:6]:
            row[9] = f"{float(row[9]) + 10:.2f}"
    write(records.root / NEXT, following)
    return records.commit(day, "更正\n\n更正原因: 抄错\n")


def write(path: Path, rows: list[list[str]]) -> None:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    path.write_text(buffer.getvalue(), encoding="utf-8", newline="")


def run(records: Records, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return cunwu("diff", *arguments, "--root", records.root, cwd=records.root)


def test_one_correction_is_one_row_with_what_follows_from_it_in_one_line(records: Records):
    correct(records)
    done = run(records, "first", "main")

    assert done.returncode == 0, done.stderr
    assert "改动 1 行；支出 -10.00 元" in done.stdout
    assert "本期结余 +10.00 元，及此后 1 期" in done.stdout
    assert "没有直接改动，只是随前面的期间变动" in done.stdout
    assert done.stdout.count("支出 ") == 3  # what it came to, the row, and all files together


@pytest.mark.parametrize("names", [("2026-01-31", "2026-02-28"), ("first",), ("HEAD~1", "HEAD")])
def test_states_are_named_as_people_name_them(records: Records, names: tuple[str, ...]):
    correct(records)

    assert "支出 -10.00 元" in run(records, *names).stdout


def test_two_folders_are_compared_without_any_history(records: Records, tmp_path: Path):
    other = county_at(tmp_path / "other")
    correct(records)

    assert "支出 +10.00 元" in run(records, records.root, other).stdout


def test_paths_narrow_what_is_compared(records: Records):
    correct(records)

    assert NEXT not in run(records, "first", "main", LEDGER).stdout
    assert "记录没有不同" in run(records, "first", "main", f"{VILLAGE}/notice").stdout


def test_a_file_that_is_only_written_otherwise_is_counted_and_not_told(records: Records):
    path = records.root / LEDGER
    path.write_bytes(path.read_text(encoding="utf-8").replace("\n", "\r\n").encode("utf-16"))
    done = run(records, "HEAD")

    assert "记录没有不同" in done.stdout
    assert "另有 1 个文件只是写法不同" in done.stdout


def test_a_table_that_cannot_be_compared_is_named_with_its_reason_and_ends_with_one(records: Records):
    correct(records)
    text = (records.root / LEDGER).read_text(encoding="utf-8")
    (records.root / LEDGER).write_text(text + text.splitlines()[1] + "\n", encoding="utf-8")
    done = run(records, "first")

    assert done.returncode == 1
    assert "没有比较：后一版第 2 行和第" in done.stdout
    assert NEXT in done.stdout


@pytest.mark.parametrize("names", [(), ("nonsense", "main"), ("2026-01-01", "main"), ("2026-02-31", "main")])
def test_what_names_no_state_is_a_mistake_of_use(records: Records, names: tuple[str, ...]):
    done = run(records, *names)

    assert done.returncode == 2
    assert done.stdout == ""


def test_a_program_is_given_every_cell_and_no_float(records: Records):
    correct(records)
    facts = json.loads(run(records, "first", "main", "--format", "json").stdout)

    table = facts["files"][0]["tables"][0]
    assert [list(row["cells"]) for row in table["changed"]] == [["支出"]]
    assert table["money"] == [{"column": "支出", "unit": "元", "net": "-10.00", "moved": "10.00"}]
    assert facts["files"][0]["followed_by"] == 1
    assert facts["summary"]["money"][0]["moved"] == "10.00"


def test_a_merge_request_is_told_in_a_table_that_holds_no_markup_of_its_own(records: Records):
    changed(records.root, LEDGER, ("买办公用纸", "买[纸](x)<b>@all|"))
    told = run(records, "HEAD", "--format", "markdown").stdout

    assert told.startswith("<!-- cunwu-diff -->\n")
    assert "|---|---|---|---|" in told
    assert "[纸](x)" not in told and "<b>" not in told and "@all" not in told


def test_a_page_shows_old_and_new_and_loads_nothing(records: Records, tmp_path: Path):
    correct(records)
    page = tmp_path / "diff.html"
    done = run(records, "first", "main", "--format", "html", "--output", page)

    text = page.read_text(encoding="utf-8")
    assert done.stdout == ""
    assert "<del>" in text and "<ins>" in text
    assert "http" not in text and "<script" not in text


def test_the_highlighter_format_holds_one_table_and_asks_where_there_are_two(records: Records):
    correct(records)
    rows = list(
        csv.reader(io.StringIO(run(records, "first", "main", LEDGER, "--format", "highlighter").stdout))
    )

    assert rows[0][0] == "@@"
    assert any(row[0] == "->" and "->" in row[9] for row in rows)
    assert run(records, "first", "main", "--format", "highlighter").returncode == 2


def test_two_periods_of_a_ledger_are_compared_sum_by_sum(records: Records):
    done = run(records, "--periods", "2026-01", "2026-02", f"{VILLAGE}/finance")

    assert done.returncode == 0, done.stderr
    assert "2026年1月 财务收支 → 2026年2月 财务收支" in done.stdout
    assert "序号" not in done.stdout
    assert run(records, "--periods", "1999-01", "1999-02").returncode == 2


def test_a_renamed_village_is_the_same_village(records: Records):
    (records.root / VILLAGE).rename(records.root / "content/dong/bei")
    records.commit("2026-03-01")
    done = run(records, "first", "main")

    assert "原来是 content/dong/xi/finance/2026-01.csv" in done.stdout
    assert "新增" not in done.stdout.replace("新增 0", "")


def test_the_driver_makes_git_diff_speak_of_rows_and_goes_without_a_trace(records: Records):
    before = (records.root / ".git/config").read_text(encoding="utf-8")
    assert run(records, "--install").returncode == 0
    assert "不用再写" in run(records, "--install").stdout
    correct(records)
    assert "改动 1 行；支出 -10.00 元" in records.git("diff", "HEAD~1", "--", LEDGER)
    assert "| 支出 " in records.git("log", "-p", "-1", "--", LEDGER)

    assert run(records, "--uninstall").returncode == 0
    assert "@@" in records.git("diff", "HEAD~1", "--", LEDGER)
    assert (records.root / ".git/config").read_text(encoding="utf-8") == before


def test_the_driver_tells_files_that_came_went_or_cannot_be_compared(records: Records):
    run(records, "--install")
    (records.root / NEXT).unlink()
    text = (records.root / LEDGER).read_text(encoding="utf-8")
    (records.root / LEDGER).write_text(text + text.splitlines()[1] + "\n", encoding="utf-8")
    told = records.git("diff", "HEAD")

    assert "已删去的文件" in told
    assert "没有比较" in told
    assert "+序号" in told  # the lines, since the rows cannot be matched


def test_a_clone_of_the_end_of_history_says_what_it_cannot_see(records: Records, tmp_path: Path):
    correct(records)
    shallow = tmp_path / "shallow"
    records.git("clone", "--quiet", "--depth", "1", records.root.as_uri(), str(shallow))

    assert "浅克隆" in cunwu("diff", "HEAD", "--root", shallow, cwd=shallow).stdout
    assert "浅克隆" in cunwu("diff", "2026-01-31", "--root", shallow, cwd=shallow).stderr


@pytest.mark.parametrize("form", ["text", "json", "html", "markdown", "highlighter"])
def test_a_number_that_was_taken_out_is_told_in_no_format(records: Records, form: str):
    phone = "1" + "39" + "0" * 4 + "1234"
    changed(records.root, LEDGER, ("买办公用纸", f"买办公用纸 {phone}"))
    records.commit("2026-02-10")
    changed(records.root, LEDGER, (f" {phone}", ""))
    done = run(records, "HEAD", "--format", form)

    assert done.returncode == 0, done.stderr
    assert "像是个人信息，不显示" in done.stdout
    assert phone not in done.stdout


def test_a_list_of_persons_is_not_compared_row_by_row(records: Records):
    done = run(records, "HEAD", "content_private/dong/xi/subsidy")

    assert done.returncode == 2
    assert "不公开的名单" in done.stderr
