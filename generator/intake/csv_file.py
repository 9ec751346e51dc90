"""CSV files: bytes become columns of text under the schema's header, or findings."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from generator.intake.table_reader import TableReader
from generator.model.finding import Finding, Place
from generator.model.table import Table

SIZE_LIMIT = 32 * 1024 * 1024
ROW_LIMIT = 100_000
_UTF8_BOM = b"\xef\xbb\xbf"


def read_csv(content: bytes, file: str, reader: TableReader) -> tuple[Table, list[Finding]]:
    """Return the table in ``content`` and what is wrong with it; unreadable content is an empty table."""
    empty = Table.empty(reader.schema)
    text = decode(content, file)
    if isinstance(text, Finding):
        return empty, [text]
    rows = _rows(text, file)
    if isinstance(rows, Finding):
        return empty, [rows]
    names = [field.name for field in reader.schema.fields]
    if not rows or not any(rows[0]):
        return empty, [Finding.of("file-empty", Place(file), header="，".join(names))]
    findings = list(header_findings(rows[0], names, file))
    if any(finding.code in ("header-missing", "header-duplicate") for finding in findings):
        return empty, findings
    # A table with unknown or moved columns is still read, so that one round of mending is enough.
    order = [rows[0].index(name) for name in names]
    kept, lines = _whole_rows(rows, len(rows[0]), file, findings)
    if not kept:
        if not findings:
            findings.append(Finding.of("rows-missing", Place(file, 1)))
        return empty, findings
    columns: list[Sequence[str]] = list(zip(*kept, strict=True))
    table, cell_findings = reader.read([columns[position] for position in order], lines, file)
    return table, findings + cell_findings


def decode(content: bytes, file: str) -> str | Finding:
    """Return the text of a file, or the finding that says why it has none."""
    if len(content) > SIZE_LIMIT:
        return Finding.of("file-too-large", Place(file), size=len(content) >> 20, limit=SIZE_LIMIT >> 20)
    if b"\0" in content:
        return Finding.of("file-nul", Place(file, content[: content.index(b"\0")].count(b"\n") + 1))
    try:
        return content.removeprefix(_UTF8_BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        return Finding.of("file-encoding", Place(file, content[: error.start].count(b"\n") + 1))


def _rows(text: str, file: str) -> list[list[str]] | Finding:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[list[str]] = []
    try:
        for row in reader:
            rows.append(row)
            if len(rows) > ROW_LIMIT:
                return Finding.of("rows-too-many", Place(file, len(rows)), limit=ROW_LIMIT)
    except csv.Error as error:
        if "field larger" in str(error):
            return Finding.of(
                "cell-too-long", Place(file, len(rows) + 1), length=csv.field_size_limit(), limit=5_000
            )
        return Finding.of("csv-syntax", Place(file, len(rows) + 1))
    return rows


def header_findings(header: Sequence[str], names: Sequence[str], file: str) -> Iterator[Finding]:
    """Yield what is wrong with the first row: columns missing, doubled, unknown, in another order."""
    for name in names:
        if name not in header:
            yield Finding.of("header-missing", Place(file, 1, name), column=name)
        elif header.count(name) > 1:
            yield Finding.of("header-duplicate", Place(file, 1, name), column=name)
    unknown = [name for name in header if name not in names]
    for name in unknown:
        yield Finding.of(
            "header-unknown", Place(file, 1, name[:30]), column=name[:30], columns="、".join(names)
        )
    known = [name for name in header if name in names]
    if not unknown and sorted(known) == sorted(names) and known != list(names):
        yield Finding.of("header-order", Place(file, 1), columns="，".join(names))


def _whole_rows(
    rows: list[list[str]], width: int, file: str, findings: list[Finding]
) -> tuple[list[list[str]], Sequence[int]]:
    body = rows[1:]
    if all(len(row) == width and any(row) for row in body):
        return body, range(2, len(rows) + 1)
    kept, lines = [], []
    for line, row in enumerate(body, start=2):
        if not any(row):
            findings.append(Finding.of("row-blank", Place(file, line)))
        elif len(row) != width:
            findings.append(Finding.of("row-cells", Place(file, line), cells=len(row), columns=width))
        else:
            kept.append(row)
            lines.append(line)
    return kept, lines
