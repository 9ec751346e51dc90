"""One side of the validation benchmark, run as a program on a county's tables: it prints what it found.

A line of JSON: processor seconds, rows, and the file and line of each row in which something is wrong.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from generator.intake.csv_file import read_csv
from generator.intake.frictionless_door import table_schema_descriptor
from generator.intake.table_reader import TableReader
from generator.model.item import TableSchema
from generator.promises.promises import load_promises

Wrong = list[tuple[str, int]]
Reading = Callable[[Path], tuple[int, Wrong]]


def _ours(schema: TableSchema) -> Reading:
    """Read as a build does: from the file's bytes to typed columns and findings."""
    reader = TableReader(schema)

    def read(path: Path) -> tuple[int, Wrong]:
        table, findings = read_csv(path.read_bytes(), path.name, reader)
        return len(table), [(path.name, finding.place.line or 0) for finding in findings]

    return read


def _frictionless(schema: TableSchema) -> Reading:
    """Validate as the documentation says is fastest: nothing is left to be detected or inferred."""
    from frictionless import Resource, Schema

    descriptor = table_schema_descriptor(schema)
    # No bench table has a column that it may leave out, which a stock validator would miss.
    descriptor["fields"] = [field for field in descriptor["fields"] if "optional" not in field]
    stock = Schema.from_descriptor(descriptor)

    def read(path: Path) -> tuple[int, Wrong]:
        resource = Resource(
            path=path.name, basepath=str(path.parent), format="csv", encoding="utf-8", schema=stock
        )
        task = resource.validate(limit_errors=1_000_000).tasks[0]  # type: ignore[attr-defined]
        return task.stats["rows"], [(path.name, getattr(error, "row_number", 0)) for error in task.errors]

    return read


SIDES: Mapping[str, Callable[[TableSchema], Reading]] = {"ours": _ours, "frictionless": _frictionless}


def validate(side: str, county: Path, tables: Iterable[Path]) -> tuple[float, int, Wrong]:
    """Return processor seconds, rows and wrong rows of ``tables``, each in a folder called as its item."""
    versions = load_promises(county).catalogue.versions
    named = [(path.parent.name, path) for path in tables]
    # What a side imports, and compiles of a schema, is not counted; nothing is read beforehand.
    reading = {item: SIDES[side](versions[item][-1].schema) for item in {item for item, _path in named}}
    rows = 0
    wrong: Wrong = []
    started = time.process_time()
    for item, path in named:
        count, at = reading[item](path)
        rows += count
        wrong += at
    return time.process_time() - started, rows, sorted(set(wrong))


if __name__ == "__main__":
    print(json.dumps(validate(sys.argv[1], Path(sys.argv[2]), sorted(Path(sys.argv[3]).glob("*/*.csv")))))
