"""Trailers: the words of a commit message that say why, and what must not stand in them."""

from __future__ import annotations

import pytest

from generator.history.trailers import NO_TRAILERS, Trailers, read_trailers


def test_the_four_lines_of_the_desk_are_read():
    message = "更正\n\n更正原因: 票据录入错误\n审核: 监委会\n编制: 报账员\n撤回原因: 重复\n"

    assert read_trailers(message) == Trailers("票据录入错误", "监委会", "报账员", "重复")


@pytest.mark.parametrize("line", ["更正原因：抄错", "  更正原因 ： 抄错  ", "更正原因:抄错"])
def test_a_line_may_be_written_as_people_do(line: str):
    assert read_trailers(f"标题\n\n{line}\n").reason == "抄错"


def test_a_reason_may_go_on_in_the_next_line_and_be_given_twice():
    assert (
        read_trailers("更正原因: 抄错，\n  金额少一位\n更正原因: 漏记\n").reason == "抄错，金额少一位；漏记"
    )


@pytest.mark.parametrize("message", ["", "改了更正原因: 的写法", "更正原因:", "Reason: typo"])
def test_what_is_no_such_line_says_nothing(message: str):
    assert read_trailers(message) == NO_TRAILERS


def test_addresses_and_long_numbers_are_not_repeated():
    number = "1" + "3" * 10
    found = read_trailers(f"更正原因: 电话 {number}，<a.b@example.invalid> 来信\x1b[31m\n").reason

    assert number not in found
    assert "@" not in found
    assert "\x1b" not in found
