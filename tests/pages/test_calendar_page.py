"""The calendar: what hangs, what is owed, what comes; and the same as a file for phones."""

from __future__ import annotations

from datetime import date

from generator.checks.upcoming import coming_of
from generator.pages.calendar_page import calendar_file, calendar_view
from tests.sample import AS_OF


def test_what_hangs_on_the_board_is_listed_with_the_day_it_comes_down(books):
    view = calendar_view(books["qingshi"])

    assert ("2026年9月 财务收支", "公示至 10 月 27 日") in {
        (line.title, line.chip.text) for line in view.on_display if line.chip
    }


def test_what_is_overdue_is_owed_and_not_to_come(books):
    view = calendar_view(books["zhuyuan"])

    assert "2026年9月 财务收支" in [line.title for line in view.open]
    assert "2026年9月 财务收支" not in [line.title for line in view.coming]


def test_only_a_verified_rule_makes_a_day_binding(books):
    village = {line.title: line.note for line in calendar_view(books["qingshi"]).coming}
    community = {line.title: line.note for line in calendar_view(books["hexin"]).coming}

    assert village["2026年10月 财务收支"] == "应在 2026 年 11 月 15 日前公开（《重庆市实施办法》第三十条）"
    assert community["2026年10月 财务收支"] == "建议在 2026 年 11 月 15 日前公开"


def test_the_calendar_ends_with_the_year_and_never_repeats_a_period(books):
    book = books["qingshi"]
    found = coming_of(book.village, book.promises, AS_OF)

    assert all(AS_OF <= coming.period.end <= date(2026, 12, 31) for coming in found)
    assert len({(coming.item.name, coming.period) for coming in found}) == len(found)


def test_what_was_declared_nil_is_told(books):
    assert "2026年2月 财务收支" in [line.title for line in calendar_view(books["shiqiao"]).nil]


def test_the_file_is_what_calendars_read(books):
    text = calendar_file(books["zhuyuan"]).content.decode("utf-8")
    lines = text.split("\r\n")

    assert (lines[0], lines[-2], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR", "")
    assert text.count("BEGIN:VEVENT") == text.count("END:VEVENT") == text.count("DTSTAMP:") > 1
    assert "UID:zhuyuan-finance-2026-09@999901202000" in lines
    assert "DTSTART;VALUE=DATE:20261015" in lines
    assert max(len(line.encode("utf-8")) for line in lines) <= 75
