"""One side of the diff benchmark, run as a program: it prints seconds, rows found to be changed, and MB.

It imports nothing of ours but the package: csv-diff brings a package called ``tests`` of its own.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable
from pathlib import Path

COLUMNS = ("编号", "日期", "户", "摘要", "组", "类别", "数量", "标准", "金额", "备注")
NUMBERS = ("数量", "标准", "金额")


def _ours() -> Callable[[Path, Path], int]:
    from generator.model.item import Field, TableSchema
    from generator.rows.difference import Difference, compare_tables
    from generator.rows.entered import entered_of
    from generator.rows.text_table import TextTable, read_table
    from generator.sheets.text_file import decode

    fields = tuple(
        Field(
            name,
            "number" if name in NUMBERS else "string",
            {},
            role="amount" if name == "金额" else "",
        )
        for name in COLUMNS
    )
    schema = TableSchema(fields, ("编号",))

    def compare(before: Path, after: Path) -> int:
        old = read_table(decode(before.read_bytes())[1])
        assert isinstance(old, TextTable)
        new = read_table(decode(after.read_bytes())[1], old)
        assert isinstance(new, TextTable)
        difference = compare_tables(old, new, schema)
        assert isinstance(difference, Difference)
        return len(entered_of(difference, old, new, schema, None).changed)

    return compare


def _csv_diff() -> Callable[[Path, Path], int]:
    import csv_diff  # type: ignore[import-not-found,unused-ignore]

    def compare(before: Path, after: Path) -> int:
        with (
            before.open(encoding="utf-8", newline="") as old,
            after.open(encoding="utf-8", newline="") as new,
        ):
            tables = [csv_diff.load_csv(file, key="编号") for file in (old, new)]
        return len(csv_diff.compare(*tables)["changed"])

    return compare


def _daff() -> Callable[[Path, Path], int]:
    import daff  # type: ignore[import-not-found,unused-ignore]

    def compare(before: Path, after: Path) -> int:
        tables = []
        for path in (before, after):
            with path.open(encoding="utf-8", newline="") as file:
                tables.append(daff.PythonTableView(list(csv.reader(file))))
        flags = daff.CompareFlags()
        flags.addPrimaryKey("编号")
        told: list[list[str]] = []
        difference = daff.TableDiff(daff.compareTables(*tables, flags).align(), flags)
        difference.hilite(daff.PythonTableView(told))
        return sum(1 for row in told if row[0] == "->")

    return compare


def _run(side: str, before: str, after: str) -> None:
    """Compare once and print seconds, rows and MB: what a side imports is not counted."""
    import resource
    import time

    compare = {"ours": _ours, "csv_diff": _csv_diff, "daff": _daff}[side]()
    started = time.perf_counter()
    found = compare(Path(before), Path(after))
    seconds = time.perf_counter() - started
    print(seconds, found, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    _run(*sys.argv[1:])
