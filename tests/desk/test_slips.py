"""Slips: a submission's message is read back as it was written."""

from __future__ import annotations

import pytest

from generator.desk.merging import both_appended
from generator.desk.registers import without_lines
from generator.desk.slips import (
    PREPARED,
    REASON,
    REVIEWED,
    Sheet,
    csv_cells,
    csv_line,
    read_slip,
    slip_text,
    subject_of,
)

SHEETS = (
    Sheet("content/a/b/finance/2026-09.csv", "青石村 财务收支 2026-09", '财务收支,2026-09,"会计, 甲",,'),
    Sheet("content_private/a/b/subsidy/2026.csv", "青石村 补贴 2026", is_apart=True),
)


def test_a_slip_is_read_as_it_was_written():
    said = {PREPARED: "报账员", REASON: "编制: 是别人: 写的", REVIEWED: "村务监督委员会（a-1）"}
    text = slip_text(subject_of("待审核", SHEETS), SHEETS, said, ("desk/older",))

    slip = read_slip(text)

    assert slip.subject == "待审核：青石村 财务收支 2026-09 等 2 份"
    assert slip.sheets == SHEETS
    assert (slip.get(PREPARED), slip.get(REASON)) == ("报账员", "编制: 是别人: 写的")
    assert slip.reviewer == ("村务监督委员会", "a-1")
    assert slip.instead == ("desk/older",)


@pytest.mark.parametrize("text", ["", "一次普通的提交", "a\n\nb: c\n标题: x\n公开登记: y\n"])
def test_a_commit_that_is_none_of_the_desks_holds_no_sheets(text: str):
    assert read_slip(text).sheets == ()


def test_a_line_of_the_register_keeps_its_cells():
    cells = ["财务收支", "", 'a "b", c', "，"]

    assert csv_cells(csv_line(cells)) == cells


def test_a_register_loses_the_lines_of_one_landing_and_no_other():
    before, after = b"h\n1\n", b"h\n1\n2\n3\n"

    assert without_lines(b"h\n1\n2\n3\n4\n", before, after) == b"h\n1\n4\n"
    assert without_lines(b"h\r\n1\r\n2\r\n3\r\n", before, after) == b"h\r\n1\r\n"
    assert without_lines(b"h\n1\n2 mended\n3\n", before, after) is None


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "both"),
    [
        (b"h\n", b"h\n1\n", b"h\n2\n", b"h\n2\n1\n"),
        (b"", b"h\n1\n", b"h\n2\n", b"h\n2\n1\n"),
        (b"h\n1\n2\n", b"h\n2\n3\n", b"h\n1\n2\n4\n", b"h\n2\n4\n3\n"),
        (b"h\n1\n", b"h\n1\n2\n", b"h\n", b"h\n2\n"),
        (b"h\n1", b"h\n1\n2", b"h\n1\n3", b"h\n1\n3\n2\n"),
    ],
)
def test_two_lists_that_grew_apart_hold_the_lines_of_both(
    base: bytes, ours: bytes, theirs: bytes, both: bytes
):
    assert both_appended(base, ours, theirs) == both
