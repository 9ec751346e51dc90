"""What is read without the library is what the library reads, to the line; all else is left to it."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.promises.any_yaml import read_any
from generator.promises.plain_yaml import read_plain
from tests.sample import ROOT

_INDENTS = st.sampled_from(["", "", "  ", "  ", "    ", " ", "   ", "- ", "  - ", "  - ", "-", "- - "])
_KEYS = st.sampled_from(
    ["名称:", "日期:", "a:", "b:", "a :", "<<:", "2019:", '"c":', "a: ", "", "# b", "? a"],
)
_BLOCK_VALUES = [
    "",
    " ",
    ' "甲：乙"',
    " '丙'",
    ' ""',
    " 1",
    " 一#二",
    " -5.00",
    " a:b",
    " '戊' ",
    " 己  ",
    "庚",
    " %",
]
_OTHER_VALUES = [
    *(
        ' "丁\\n"',
        " 1: 2",
        " 一 # 二",
        " - x",
        " ~",
        " |",
        " >-",
        " [一, 二]",
        " {a: b}",
        " &x 1",
        " *x",
        " a:",
    ),
    *(
        " !!str 1",
        ' "辛',
        " 壬'癸'",
        " \u3000子",
        " \t丑",
        " 寅\u2028卯",
        " 辰\x85",
        "---",
        "...",
        " ? x",
        " 巳\r",
    ),
]
_VALUES = st.sampled_from(_BLOCK_VALUES) | st.sampled_from(_OTHER_VALUES)
_LINES = st.builds(lambda *parts: "".join(parts), _INDENTS, _KEYS, _VALUES)
_TEXTS = st.lists(_LINES, max_size=9).map("\n".join)


def _same(text: str) -> bool:
    """Return whether ``text`` is read without the library, having made sure that it is read alike."""
    plain, full = read_plain(text), read_any(text)
    if plain is None:
        return False
    assert not full.problems
    assert plain == (full.value, full.lines)
    return True


@settings(max_examples=1_500)
@given(_TEXTS)
@example("a:\n- b: 1\n  c:\n  - 2\nd: 3")
@example("a:\n  b:\n  - 1\n  c: 2\n")
@example("a: 1\n  b")
@example("a:\n# b\n\n  - 1\n")
def test_what_is_read_without_the_library_is_what_the_library_reads(text: str) -> None:
    _same(text)


def test_the_documents_of_the_sample_county_that_are_in_blocks_are_read_without_the_library() -> None:
    paths = sorted((ROOT / "content").rglob("*.yaml"))
    texts = [path.read_text(encoding="utf-8") for path in paths]
    blocks = [text for text in texts if not any(mark in text for mark in ("{", "[", "|", ">", "\\"))]
    assert len(blocks) > 20
    assert all(map(_same, blocks))


@pytest.mark.parametrize(
    "text",
    ["a: 1\na: 2", "a: &x 1", "a: *x", "a: !!str 1", "a: {b: 1}", "a: |\n  1", "- a", "", "a: b: c", "a:\tb"],
)
def test_what_may_be_a_problem_is_left_to_the_library(text: str) -> None:
    assert read_plain(text) is None
