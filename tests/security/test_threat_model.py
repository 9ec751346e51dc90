"""SECURITY.md: each threat names tests, and each of them is there."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
THREATS = TEXT.partition("## Threats, and the test of each")[2].partition("## Not defended")[0]
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in THREATS.splitlines()
    if line.startswith("|") and not re.match(r"\|(-+\||\s*threat \|)", line)
]


@cache
def functions_of(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def test_there_are_threats():
    assert len(ROWS) > 40


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0][:60])
def test_every_threat_has_a_defence_and_tests_that_exist(row: list[str]):
    threat, defence, named = row
    tests = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", named)

    assert threat and defence
    assert tests, "no test is named"
    for path, name in tests:
        assert (ROOT / path).is_file(), path
        assert name in functions_of(path), f"{path}::{name}"


def test_every_test_of_an_attack_is_named_by_a_threat_s_module():
    named = set(re.findall(r"`(tests/security/[\w/]+\.py)::", THREATS))
    there = {f"tests/security/{path.name}" for path in Path(__file__).parent.glob("test_*.py")}

    assert there - named == {"tests/security/test_threat_model.py"}


def test_nobody_is_named_and_what_is_not_defended_is_said():
    assert "@" not in TEXT
    assert TEXT.partition("## Not defended")[2].count("\n- ") >= 5
