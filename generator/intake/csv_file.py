"""CSV files: bytes become columns of text under the schema's header, or findings."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import islice

from generator.intake.table_reader import TableReader
from generator.model.finding import Finding, Place
from generator.model.table import Table
from generator.promises.personal import personal_heading

SIZE_LIMIT = 32 * 1024 * 1024
ROW_LIMIT = 100_000
_UTF8_BOM = b"\xef\xbb\xbf"
_UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")
_OTHER_COMMAS = "，；;、|\t"
_UNREADABLE_HEADERS = frozenset(
    ("csv-separator", "header-absent", "header-missing", "header-duplicate", "header-alias")
)
# A long cell is found where it stands, by our own limit; the library's would end the reading.
csv.field_size_limit(SIZE_LIMIT)


def read_csv(content: bytes, file: str, reader: TableReader) -> tuple[Table, list[Finding]]:
    """Return the table in ``content`` and what is wrong with it; unreadable content is an empty table."""
    text = decode(content, file)
    if isinstance(text, Finding):
        return Table.empty(reader.schema), [text]
    plain = _plain_columns(text)
    if plain is None:
        return _read_rows(text, file, reader)
    header, columns = plain
    findings = list(header_findings(header, reader, file))
    if any(finding.code in _UNREADABLE_HEADERS for finding in findings):
        return Table.empty(reader.schema), findings
    table, cell_findings = _read_columns(header, columns, range(2, len(columns[0]) + 2), file, reader)
    return table, findings + cell_findings


def _read_rows(text: str, file: str, reader: TableReader) -> tuple[Table, list[Finding]]:
    empty = Table.empty(reader.schema)
    rows = _rows(text, file)
    if isinstance(rows, Finding):
        return empty, [rows]
    if not any(map(any, rows)):
        header = "，".join(field.name for field in reader.schema.columns_of(()))
        return empty, [Finding.of("file-empty", Place(file), header=header)]
    findings = list(header_findings(rows[0], reader, file))
    if any(finding.code in _UNREADABLE_HEADERS for finding in findings):
        return empty, findings
    kept, lines = _whole_rows(rows, file, findings)
    if not kept:
        if not findings:
            findings.append(Finding.of("rows-missing", Place(file, 1)))
        return empty, findings
    columns: list[Sequence[str]] = list(zip(*kept, strict=True))
    table, cell_findings = _read_columns(rows[0], columns, lines, file, reader)
    return table, findings + cell_findings


def _read_columns(
    header: list[str],
    columns: Sequence[Sequence[str]],
    lines: Sequence[int],
    file: str,
    reader: TableReader,
) -> tuple[Table, list[Finding]]:
    # A table with unknown or moved columns is still read, so that one round of mending is enough.
    positions = {name: position for position, name in enumerate(header)}
    order = [positions.get(field.name) for field in reader.schema.fields]
    in_order = [None if position is None else columns[position] for position in order]
    return reader.read(in_order, lines, file)


def _plain_columns(text: str) -> tuple[list[str], list[list[str]]] | None:
    """Return the header and the columns of a table that needs no CSV reader, or None for any other.

    Its cells stand between commas, none in quotes, as many in each line, and no line is blank.
    """
    text = text.replace("\r\n", "\n")
    if '"' in text or "\r" in text or "\n" not in text:
        return None
    head, _end, body = text.partition("\n")
    body = body.removesuffix("\n")
    rows, width = body.count("\n") + 1, head.count(",") + 1
    blank = f"\n{',' * (width - 1)}\n"
    if width == 1 or rows >= ROW_LIMIT or not head.strip(",") or blank in f"\n{body}\n":
        return None
    # Each end of a line opens a cell: where the first column holds them all, every line is of the same width.
    cells = body.replace("\n", ",\n").split(",")
    first = "".join(cells[::width]).split("\n")
    if len(cells) != rows * width or len(first) != rows:
        return None
    return head.split(","), [first, *(cells[position::width] for position in range(1, width))]


def decode(content: bytes, file: str) -> str | Finding:
    """Return the text of a file, or the finding that says why it has none."""
    if content.startswith(_UTF16_BOMS):
        return Finding.of("file-encoding", Place(file, 1))
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
        # extend keeps the rows read before an error.
        rows.extend(islice(reader, ROW_LIMIT + 1))
    except csv.Error:
        return Finding.of("csv-syntax", Place(file, len(rows) + 1))
    if len(rows) > ROW_LIMIT:
        return Finding.of("rows-too-many", Place(file, len(rows)), limit=ROW_LIMIT)
    return rows


def header_findings(header: Sequence[str], reader: TableReader, file: str) -> Iterator[Finding]:
    """Yield what is wrong with the first row: columns missing, doubled, unknown, in another order."""
    if tuple(header) in reader.right_headers:
        return
    is_right = True
    for finding in _header_findings(header, reader, file):
        is_right = False
        yield finding
    if is_right:
        reader.right_headers.add(tuple(header))


def _header_findings(header: Sequence[str], reader: TableReader, file: str) -> Iterator[Finding]:
    names = [field.name for field in reader.schema.columns_of(header)]
    if not set(names) & set(header):
        is_one_cell = len(header) == 1 and any(mark in header[0] for mark in _OTHER_COMMAS)
        code = "csv-separator" if is_one_cell else "header-absent"
        yield Finding.of(code, Place(file, 1), columns=",".join(names))
        return
    explained = set(names)
    for field in reader.schema.fields:
        written = next((alias for alias in field.aliases if alias in header), None)
        if field.name in header:
            if header.count(field.name) > 1:
                yield Finding.of("header-duplicate", Place(file, 1, field.name), column=field.name)
        elif written is not None:
            explained.add(written)
            yield Finding.of("header-alias", Place(file, 1, written), written=written, column=field.name)
        elif not field.is_optional:
            yield Finding.of("header-missing", Place(file, 1, field.name), column=field.name)
    unknown = {name: position for position, name in enumerate(header, start=1) if name not in explained}
    for name, position in unknown.items():
        # Where the header row is missing, a person's name stands here.
        shown = reader.shown(name)
        place = Place(file, 1, None if reader.hides_values else shown or None)
        facts = {"position": position, "column": shown, "columns": "、".join(names)}
        personal = personal_heading(name, of_persons=reader.hides_values)
        yield Finding.of("header-personal" if personal else "header-unknown", place, **facts)
    if sorted(header) == sorted(names) and list(header) != names:
        yield Finding.of("header-order", Place(file, 1), columns=",".join(names))


def _whole_rows(
    rows: list[list[str]], file: str, findings: list[Finding]
) -> tuple[list[list[str]], Sequence[int]]:
    body, width = rows[1:], len(rows[0])
    if set(map(len, rows)) == {width} and all(map(any, body)):
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
