"""Search lines: what a published resource says, line by line, with the place of each line on its page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from html import unescape
from typing import Any

from generator.model.item import Field, TableSchema
from generator.model.resource import Resource
from generator.model.site import Page
from generator.model.table import Table
from generator.pages.cells import is_plain, places_of, shown
from generator.pages.words import day
from generator.privacy.names import is_person_heading
from generator.wording import _

# Where a line stands: nowhere in particular, or in the n-th table row, article or step of the page.
PLAIN, ROW, ARTICLE, STEP = "", "r", "a", "s"
CELL = "\t"  # no blank between cells: two numbers side by side would look like one long one
Group = tuple[str, int, list[str]]

_SAYING, _SAID = '<p class="say">', "</p>"
_TAG = re.compile(r"<[^>]*>")
_OFFICIALS = ("candidate", "member")
_OFFICIAL_HEADING = re.compile("(?:候选|当选|法定代表|负责|联系)人$|书记$|主任$|[组站所]长$")
_UNSAID = ("balance", "receipts")
_SHOWN_NAMES = ("", "public")
_ORDINAL = "[0-9]"
_COLUMNS: dict[int, tuple[TableSchema, tuple[Field, ...]]] = {}


def lists_persons(schema: TableSchema) -> bool:
    """Return whether the rows of a table are about persons who are no officials, be they named or coded."""
    return any(
        field.role == "person" or field.privacy not in _SHOWN_NAMES or is_person_heading(field.name)
        for field in schema.fields
    )


def names_officials(field: Field) -> bool:
    """Return whether a column names who stood for an office or holds it."""
    return field.role in _OFFICIALS or _OFFICIAL_HEADING.search(field.name) is not None


def sentences_of(page: Page) -> list[str]:
    """Return the sentences in large type of a finished page."""
    return [one_line(unescape(_TAG.sub("", text))) for text in _sayings(page.content)]


def _sayings(content: str) -> Iterator[str]:
    # A third of the time that a pattern takes: most of a page is a table.
    start = content.find(_SAYING)
    while start >= 0 and (end := content.find(_SAID, start)) >= 0:
        yield content[start + len(_SAYING) : end]
        start = content.find(_SAYING, end)


def texts_of(resource: Resource) -> Iterator[Group]:
    """Yield what a document says outside tables: its text, its facts, its articles and steps."""
    if not resource.item.is_document or not len(resource.table):
        return
    yield PLAIN, 0, list(_head_lines(resource.table))
    articles = steps = 0
    for table in resource.parts.values():
        if not len(table):
            continue
        if _is_articles(table.schema):
            yield ARTICLE, articles, list(_article_lines(table))
            articles += len(table)
        elif _is_steps(table.schema):
            yield STEP, steps, list(_step_lines(table))
            steps += len(table)


def rows_of(resource: Resource, table: Table) -> Iterator[Group]:
    """Yield the rows of a resource's tables as they follow one another on its page."""
    if not resource.item.is_document:
        yield ROW, 0, row_lines(table)
        return
    first = 0
    for part in resource.parts.values():
        if len(part) and not _is_articles(part.schema) and not _is_steps(part.schema):
            yield ROW, first, row_lines(part)
            first += len(part)


def row_lines(table: Table) -> list[str]:
    """Return each row as one line; of a table that names persons nothing is said at all."""
    fields = [field for field in _columns(table.schema) if field.name in table.texts]
    if not fields:
        return []
    columns = [_cells(field, table.texts[field.name]) for field in fields]
    lines = list(map(CELL.join, zip(*columns, strict=True)))
    if "\n" in "".join(lines):
        lines = [one_line(line) for line in lines]
    return lines


def one_line(text: str) -> str:
    """Return ``text`` without line ends, its cells still apart."""
    return CELL.join(" ".join(cell.split()) for cell in text.split(CELL))


def _columns(schema: TableSchema) -> tuple[Field, ...]:
    # Keyed by identity, with the schema kept alive beside it: schemas live as long as the process.
    known = _COLUMNS.get(id(schema))
    if known is None or known[0] is not schema:
        fields = () if lists_persons(schema) else schema.fields
        said = tuple(field for field in fields if not _is_unsaid(field))
        known = _COLUMNS[id(schema)] = (schema, said)
    return known[1]


def _is_unsaid(field: Field) -> bool:
    """Return whether nobody looks for what a column holds: balances, ordinals; or nobody should."""
    is_ordinal = not field.role and str(field.constraints.get("pattern", "")).startswith(_ORDINAL)
    return is_ordinal or field.role in _UNSAID or names_officials(field)


def _cells(field: Field, texts: Sequence[str]) -> Sequence[str]:
    if not field.is_numeric:
        return texts
    places = places_of(field) or 0
    said = texts if is_plain(texts, places) else [_padded(text, places) for text in texts]
    # A zero is nothing to look for.
    return [f"{field.name} {text}" if text.strip("0.") else "" for text in said]


def _padded(text: str, places: int) -> str:
    whole, _point, part = text.partition(".")
    return f"{whole}.{part.ljust(places, '0')}" if places else text


def _is_articles(schema: TableSchema) -> bool:
    return schema.name_of("number") is not None and schema.name_of("text") is not None


def _is_steps(schema: TableSchema) -> bool:
    return schema.name_of("stage") is not None


def _article_lines(table: Table) -> Iterator[str]:
    number, lead, text = (table.schema.name_of(role) for role in ("number", "lead", "text"))
    for record in table.records():
        own = record[number or ""]
        parts = [_("第 {number} 条").format(number=own) if own is not None else ""]
        parts += [str(record[lead] or "")] if lead else []
        yield one_line(" ".join((*parts, str(record[text or ""] or ""))))


def _step_lines(table: Table) -> Iterator[str]:
    fields = _columns(table.schema)
    for record in table.records():
        yield CELL.join(_value(field, record[field.name]) for field in fields if field.name in record)


def _head_lines(table: Table) -> Iterator[str]:
    if lists_persons(table.schema):
        return
    record = next(table.records())
    for field in table.schema.fields:
        value = record.get(field.name)
        if value is None or field.role in ("lead", *_UNSAID) or names_officials(field):
            continue
        if field.role == "text":
            yield from (one_line(line) for line in str(value).splitlines() if line.strip())
        else:
            yield f"{field.name} {_value(field, value)}"


def _value(field: Field, value: Any) -> str:
    return one_line(day(value) if isinstance(value, date) else shown(field, value))
