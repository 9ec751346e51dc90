"""Findings of a whole county come back in reading order, and take little memory until then."""

from __future__ import annotations

import random
import tracemalloc
from typing import Any

from generator.pipeline.found import Found

# What a finding of a city may take, in bytes: a village has some ten files with two findings each.
MOST = 250


def finding(village: int, number: int, severity: str = "warning") -> dict[str, Any]:
    return {
        "file": f"content/t{village % 40:02}/v{village:04}/finance/2026-{number % 10:02}.csv",
        "line": number % 7 or None,
        "column": ("摘要", "金额", None)[number % 3],
        "code": f"code-{number % 2}",
        "severity": severity,
        "message": f"第{number}笔的金额和凭证不一致",
        "hint": "请核对凭证以后改正，并在备注里说明原因",
    }


def test_findings_are_read_in_order_of_file_line_column_and_code_however_they_came():
    told = [finding(village, number) for village in range(30) for number in range(20)]
    told.append(finding(3, 4) | {"file": "content/\udce9.csv", "severity": "error"})
    random.Random(1).shuffle(told)
    found = Found()
    for start in range(0, len(told), 50):
        found.add(told[start : start + 50])

    def place(one: dict[str, Any]) -> tuple[Any, ...]:
        return one["file"], one["line"] or 0, one["column"] or "", one["code"]

    assert list(found) == sorted(told, key=place)
    assert (len(found), found.errors) == (601, 1)
    assert [file for file, _own in found.by_file()] == sorted({one["file"] for one in told})


def test_a_hundred_thousand_findings_would_take_a_few_tens_of_megabytes():
    tracemalloc.start()
    found = Found()
    for village in range(300):
        found.add(finding(village, number) for number in range(20))
    kept = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()

    assert kept / len(found) < MOST
