"""Expressions of a schema that a merge request brings: none of them keeps a check busy."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.model.finding import SetupError
from generator.promises.patterns import is_quick
from generator.promises.promises import load_promises
from tests.counties import county_at

ROOT = Path(__file__).parents[2]
SLOW = (
    "(a+)+",
    "(a+)+b",
    "(a*)*",
    "([a-z]+)*x",
    "(ab|a.)*c",
    "(-[a-z]+)+[a-z]+!",
    "(?:a?){30}a{30}",
    "(a{1,30}){1,30}b",
    r"(\w+\s?)*",
    r"(\d+)+元",
    "(.*a){12}",
    "a+a+b",
    r".*.*=.*",
    r"\w+\d+\w+x",
    "[a-z]{1,500}[a-z0-9]{1,500}!",
    "([^-]+-?)+",
    r"(a)\1",
    "(?=a+)a",
    "(?<=a)b",
)
QUICK = (
    "[0-9]{3,4}",
    "[A-Za-z0-9]+(-[A-Za-z0-9]+)+",
    "https?://[!-~]+",
    "[^〔〕 ]{2,20}〔[12][0-9]{3}〕 ?[1-9][0-9]{0,3} ?号",
    r"\d{4}-\d{2}(-\d{2})?",
    "(甲|乙|丙)组",
    "[a-z]+@[0-9]+",
    "(第[0-9]+组)+",
    "^.{1,60}$",
)


@pytest.mark.parametrize("pattern", SLOW)
def test_an_expression_that_can_take_for_ever_is_told(pattern: str):
    assert not is_quick(pattern)


@pytest.mark.parametrize("pattern", QUICK)
def test_an_expression_that_is_read_once_is_taken(pattern: str):
    assert is_quick(pattern)


def test_every_expression_that_ships_is_quick():
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "schemas").rglob("*.yaml"))]
    patterns = [found for text in texts for found in re.findall(r'pattern: "([^"]+)"', text)]

    assert len(patterns) > 20
    assert [pattern for pattern in patterns if not is_quick(pattern.replace("\\\\", "\\"))] == []


def test_a_schema_with_such_an_expression_is_a_broken_set_up(tmp_path: Path):
    root = county_at(tmp_path)
    path = root / "schemas" / "finance.yaml"
    text = path.read_text(encoding="utf-8")
    changed = re.sub(r'pattern: "[^"]+"', 'pattern: "([0-9]+)+x"', text, count=1)
    assert changed != text
    path.write_text(changed, encoding="utf-8")

    with pytest.raises(SetupError, match="正则表达式"):
        load_promises(root)
