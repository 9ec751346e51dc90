"""Tables of the manual: what stands in the first column below a heading."""

from __future__ import annotations

import re

from generator.engine.manual import FOLDER

_CODE = re.compile(r"`([^`]+)`")


def rows_below(page: str, heading: str) -> list[list[str]]:
    """Return the cells of each row of the table below a heading."""
    text = (FOLDER / f"{page}.md").read_text(encoding="utf-8")
    _before, found, after = text.partition(f"## {heading}\n")
    assert found, heading
    lines = [line for line in after.partition("\n## ")[0].splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


def named_below(page: str, heading: str) -> list[str]:
    """Return what the first column names, in code, below a heading."""
    return [name for row in rows_below(page, heading) for name in _CODE.findall(row[0])]


def named(cell: str) -> list[str]:
    """Return what a cell names in code."""
    return _CODE.findall(cell)
