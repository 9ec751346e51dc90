"""更正记录: old and new on the page, who and why, and nothing that must not be shown."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from generator.engine.corrections import read_corrections
from generator.history.corrections import Corrected
from generator.history.timeline import read_timeline
from generator.pages.book import Book, open_book
from generator.pages.correction_flags import correction_facts, flag_rules
from generator.pages.corrections import corrections_url
from tests.history.recording import Records
from tests.pages.drawing import SmallCounty, draw, ledger, page_at
from tests.sample import AS_OF

FILE = "content/yunxi/liuhe/finance/2026-09.csv"
ROWS = ("1,上月结转,村集体,银行,上月结转,,,1000.00", "5,办公用品,村集体,银行,办公费,,380.00,620.00")
RIGHT = ("1,上月结转,村集体,银行,上月结转,,,1000.00", "5,办公用品,村集体,银行,办公费,,308.00,692.00")
LINE = "财务收支,2026-09,1,公开,报账员,监委会,2026-10-08,2026-10-09,2026-10-14,公开栏,"


class Corrections:
    """A village's ledger, posted on 9 October 2026, in a repository where it can be corrected."""

    def __init__(self, root: Path) -> None:
        self.county = SmallCounty(root)
        self.records = Records(root)
        self.county.register(LINE)
        self.put(*ROWS)
        self.records.commit("2026-10-01")

    def put(self, *rows: str) -> None:
        """Write the ledger."""
        self.county.put("finance/2026-09.csv", ledger(*rows))

    def book(self, as_of: date = AS_OF) -> Book:
        """Return the village with what was corrected."""
        judgement = self.county.book(as_of).judgement
        promises = self.county.book(as_of).promises
        timeline = read_timeline(self.county.root / "content", "content")
        found = read_corrections(judgement, timeline, promises)
        return open_book(judgement, promises, self.county.book(as_of).versions, corrections=found)

    def content(self, url: str = "finance/2026-09/") -> str:
        """Return a page's content."""
        return page_at(draw(self.book()), url).content


@pytest.fixture
def corrections(tmp_path: Path) -> Corrections:
    return Corrections(tmp_path / "county")


def words(content: str) -> str:
    """Return what a reader reads."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", content))


def test_the_page_shows_old_and_new_when_who_why_and_the_balance_in_one_line(corrections: Corrections):
    corrections.put(*RIGHT)
    commit = corrections.records.commit(
        "2026-10-12", "更正\n\n更正原因: 票据录入错误\n审核: 监委会\n编制: 会计\n"
    )
    told = words(corrections.content())

    assert "公开以后改过 1 次" in told
    assert "2026 年 10 月 12 日 · 会计 · 改动 · 监委会审核" in told
    assert "原因：票据录入错误" in told
    assert "支出 380.00 → 308.00" in told
    assert "影响村集体 银行 本期结余 +72.00 元" in told
    assert "结余 620.00" not in told
    assert commit[:7] in told
    assert "2026 年 10 月 9 日张贴（未经日志证明）" in told


def test_a_change_without_a_reason_says_so(corrections: Corrections):
    corrections.put(*RIGHT)
    corrections.records.commit("2026-10-12")

    assert "原因： 未说明原因" in words(corrections.content())


def test_no_address_of_anybody_is_on_a_page(corrections: Corrections):
    corrections.put(*RIGHT)
    corrections.records.commit("2026-10-12", author="wang@example.invalid")

    for content in (corrections.content(), corrections.content("corrections/")):
        assert "wang" not in content
        assert "example.invalid" not in content


def test_a_record_that_was_not_changed_has_no_list_of_corrections(corrections: Corrections):
    assert "更正记录" not in corrections.content()
    assert "没有公开以后又改过的" in words(corrections.content("corrections/"))


def test_the_village_lists_all_its_corrections_and_leads_to_their_pages(corrections: Corrections):
    corrections.put(*RIGHT)
    corrections.records.commit("2026-10-12")
    site = draw(corrections.book())

    content = page_at(site, "corrections/").content
    assert 'href="../../liuhe/finance/2026-09/"' in content
    assert "共 1 次" in content
    assert any(entry.url == corrections_url(corrections.book()) for entry in site.nav)


def test_without_history_there_is_no_page_that_could_claim_anything(corrections: Corrections):
    book = replace(corrections.book(), corrections=Corrected())
    site = draw(book)

    assert all(page.url != corrections_url(book) for page in site.pages)
    assert all(entry.url != corrections_url(book) for entry in site.nav)


def test_a_clone_of_the_end_of_history_says_that_older_corrections_cannot_be_seen(corrections: Corrections):
    book = corrections.book()
    cut = replace(book, corrections=replace(book.corrections, is_shallow=True))

    assert "更早改过的看不到" in page_at(draw(cut), "corrections/").content


def test_a_number_that_was_taken_out_is_not_put_on_the_page_again(corrections: Corrections):
    phone = "1" + "39" + "0" * 4 + "1234"
    corrections.put(ROWS[0], ROWS[1].replace("办公用品", f"办公用品 {phone}"))
    corrections.records.commit("2026-10-10")
    corrections.put(*ROWS)
    corrections.records.commit("2026-10-12")
    content = corrections.content()

    assert phone not in content
    assert "像是个人信息，不显示" in content
    assert phone not in corrections.content("corrections/")
    assert phone not in repr(correction_facts(corrections.book()))


def test_of_a_record_that_is_held_back_no_cell_is_shown(corrections: Corrections):
    corrections.put(ROWS[0], ROWS[1].replace("380.00", "三千"))
    corrections.records.commit("2026-10-12", "改\n\n更正原因: 试\n")
    content = corrections.content("corrections/")

    assert "三千" not in content
    assert "试" in content


def test_of_a_list_of_persons_only_length_and_sums_are_told(tmp_path: Path):
    county = SmallCounty(tmp_path / "county")
    item = county.book().promises.catalogue.versions["subsidy"][-1]
    header = ",".join(field.name for field in item.schema.fields)
    example = ",".join(field.example for field in item.schema.fields)
    county.put_private("subsidy/2026Q1--elderly.csv", f"{header}\n{example}\n")
    county.register(
        "补贴发放,2026Q1--elderly,1,公开,民政专干,监委会,2026-04-06,2026-04-08,2026-04-23,公开栏,"
    )
    records = Records(tmp_path / "county")
    for day, rows in (("2026-04-01", 3), ("2026-05-01", 4)):
        seal = f'rows: "{rows}"\ntotals:\n  金额: "{rows}00.00"\nroot: {"a" * 64}\n'
        county.put("subsidy/2026Q1--elderly.sealed.yaml", seal)
        records.git("add", "content")
        records.git("commit", "--quiet", "--message", "名单", day=day)
    judgement = county.book().judgement
    timeline = read_timeline(county.root / "content", "content")
    found = read_corrections(judgement, timeline, county.book().promises)
    book = open_book(judgement, county.book().promises, county.book().versions, corrections=found)
    content = page_at(draw(book), "corrections/").content

    assert "内容 3 → 4" in content
    assert "内容 300.00 → 400.00" in content
    person = next(field.example for field in item.schema.fields if field.role == "person")
    assert person not in content


def flags(corrections: Corrections) -> set[str]:
    return {flag for fact in correction_facts(corrections.book()) for flag in fact["flags"]}


def test_a_correction_in_time_and_with_its_reason_asks_for_nothing(corrections: Corrections):
    corrections.put(*RIGHT)
    corrections.records.commit("2026-10-12", "改\n\n更正原因: 抄错\n")

    assert flags(corrections) == set()


@pytest.mark.parametrize(
    ("flag", "day", "rows"),
    [
        ("late", "2026-10-15", RIGHT),
        ("back-dated", "2026-10-12", (*ROWS, "6,补记,村集体,银行,办公费,,20.00,600.00")),
        ("vanished", "2026-10-12", ROWS[:1]),
    ],
)
def test_what_asks_for_an_explanation_is_flagged_by_its_rule(
    corrections: Corrections, flag: str, day: str, rows: tuple[str, ...]
):
    corrections.put(*rows)
    corrections.records.commit(day, "改\n\n更正原因: 抄错\n")

    assert flags(corrections) == {flag}


def test_a_change_without_a_reason_and_one_made_twice_are_flagged(corrections: Corrections):
    corrections.put(*RIGHT)
    corrections.records.commit("2026-10-12", "改\n\n更正原因: 抄错\n")
    corrections.put(*ROWS)
    corrections.records.commit("2026-10-13")

    assert flags(corrections) == {"repeated", "unexplained"}


def test_a_change_to_a_period_after_the_next_was_posted_is_flagged(corrections: Corrections):
    corrections.county.register(LINE, LINE.replace("2026-09", "2026-10").replace("2026-10-09", "2026-10-10"))
    october = ledger(*(row.replace("1000.00", "620.00") for row in ROWS[:1])).replace("2026-09", "2026-10")
    corrections.county.put("finance/2026-10.csv", october)
    corrections.records.commit("2026-10-09")
    corrections.put(*RIGHT)
    corrections.records.commit("2026-10-12", "改\n\n更正原因: 抄错\n")

    assert "closed" in flags(corrections)


def test_every_flag_has_a_rule_that_asks_and_does_not_accuse():
    for title, rule in flag_rules().values():
        assert rule.endswith(("？", "请补充说明。"))
        assert not {"违法", "违规", "造假"} & {
            word for word in ("违法", "违规", "造假") if word in title + rule
        }
