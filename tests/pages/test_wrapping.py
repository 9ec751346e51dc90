"""Wrapping: figures, dates and remarks that no line ends in."""

from __future__ import annotations

import re

import pytest
from markupsafe import Markup

from generator.pages.wrapping import aside, whole


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("收入 12.1 万元，花了 8,589.80 元。", ["12.1 万元", "8,589.80 元"]),
        ("比上期多 2.0 万亿元", ["2.0 万亿元"]),
        ("2026 年 3 月 5 日至 3 月 20 日张贴", ["2026 年 3 月 5 日", "3 月 20 日"]),
        ("2026 年村委会，第 4 笔，共 41 户（人）", ["2026 年", "4 笔", "41 户"]),
        ("-1,234.56 元", ["-1,234.56 元"]),
        ("合同 2024-03、记-001、1200", []),
    ],
)
def test_a_figure_stays_with_its_unit_and_a_date_in_one_piece(text: str, kept: list[str]):
    assert re.findall('<span class="whole">(.*?)</span>', whole(text)) == kept
    assert re.sub("</?span[^>]*>", "", whole(text)) == text


def test_words_of_others_stay_words():
    assert whole("<b>1 元</b>") == '&lt;b&gt;<span class="whole">1 元</span>&lt;/b&gt;'
    assert aside("<b>（1）") == "&lt;b&gt;<small>（1）</small>"


def test_a_text_is_escaped_though_html_that_reads_the_same_was_wrapped_before():
    text = "<i>2 元</i>"

    assert whole(Markup(text)) == '<i><span class="whole">2 元</span></i>'
    assert whole(text) == '&lt;i&gt;<span class="whole">2 元</span>&lt;/i&gt;'


def test_only_the_remark_at_the_end_is_set_aside():
    assert aside("（甲）本期结余（9 月 30 日）") == "（甲）本期结余<small>（9 月 30 日）</small>"
    assert aside("＋ 本期收入") == "＋ 本期收入"
