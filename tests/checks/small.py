"""One law put to one small table, without a county around it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from generator.checks.context import Context
from generator.checks.laws import LAWS
from generator.intake.csv_file import read_csv
from generator.intake.table_reader import TableReader
from generator.model.finding import Finding
from generator.model.item import DisclosureItem, Field, TableSchema
from generator.model.period import Period
from generator.model.resource import Resource
from generator.model.table import Table
from generator.model.village import Village
from generator.promises.law import Article, LawBook
from generator.promises.workdays import load_workdays
from tests.counties import AS_OF, ROOT

VILLAGE = Village("xi", "溪口村", "999901201000", "village", "dong", "dong/xi")
WORKDAYS = load_workdays(ROOT)
CHECKS = {law.name: law.check for law in LAWS}
LAW = {"articles": {"village": ["T-1"]}}


def schema_of(head: str, private: Iterable[str] = ()) -> TableSchema:
    """Return the columns written 项目 数:number 日:date; without a type a column holds text."""
    fields = []
    for column in head.split():
        name, _colon, kind = column.partition(":")
        kind = kind or "string"
        privacy = "surname" if name in private else ""
        fields.append(Field(name, kind, {"name": name, "type": kind}, privacy=privacy))
    return TableSchema(tuple(fields))


def table_of(head: str, rows: Sequence[Sequence[Any]], private: Iterable[str] = ()) -> Table:
    """Return a table of typed cells, as rows."""
    schema = schema_of(head, private)
    values = {field.name: [row[at] for row in rows] for at, field in enumerate(schema.fields)}
    return Table(schema, values, {}, range(2, len(rows) + 2))


def read(head: str, *rows: str, private: Iterable[str] = ()) -> Table:
    """Return the table of rows written as in a file: cells between commas."""
    schema = schema_of(head, private)
    header = ",".join(field.name for field in schema.fields)
    text = "\n".join([header, *rows]) + "\n"
    table, findings = read_csv(text.encode(), "a.csv", TableReader(schema))
    assert not findings, findings
    return table


def resource_of(
    table: Table,
    *,
    period: str = "2026",
    item: str = "small",
    slug: str = "",
    cadence: str = "standing",
    laws: Mapping[str, Any] | None = None,
    parts: Mapping[str, Table] | None = None,
) -> Resource:
    """Return ``table`` as the file of one item for one period."""
    described = DisclosureItem(
        name=item,
        title={"small": "本表", "other": "另表"}[item],
        description="",
        schema=table.schema,
        parts={name: part.schema for name, part in (parts or {}).items()},
        category="affairs",
        question="？",
        layout="list",
        cadence=cadence,
        applies_to=("village",),
        basis={},
        laws=laws or {},
        schemes={"a": "甲类", "b": "乙类"},
    )
    stem = f"{period}--{slug}" if slug else period
    path = f"content/dong/xi/{item}/{stem}.csv"
    return Resource(VILLAGE, described, Period.parse(period), slug, path, "", table, parts or {})


def article(key: str = "T-1", *, share: str = "", province: str = "", **numbers: int) -> Article:
    """Return an article in force since 2020 that sets ``numbers``."""
    since = date(2020, 1, 1)
    return Article(key, "试行办法", "试行办法", "第一条", "", since, None, numbers, share, province)


def context_of(
    *articles: Article,
    as_of: date = AS_OF,
    thresholds: Mapping[str, int] | None = None,
    others: Sequence[Resource] = (),
) -> Context:
    """Return a context of these articles, thresholds and other tables, with the true holidays."""
    by_item: dict[str, list[Resource]] = {}
    for other in others:
        by_item.setdefault(other.item.name, []).append(other)
    limits = {name: Decimal(limit) for name, limit in (thresholds or {}).items()}
    return Context(LawBook({a.key: a for a in articles}), as_of, limits, WORKDAYS, by_item)


def findings_of(
    law: str, rule: Mapping[str, Any], table: Table | Resource, context: Context | None = None
) -> list[Finding]:
    """Return what ``law`` with this one rule finds in ``table``."""
    resource = table if isinstance(table, Resource) else resource_of(table)
    return list(CHECKS[law](resource, {"rules": [rule]}, context or context_of()))


def found(
    law: str, rule: Mapping[str, Any], table: Table | Resource, context: Context | None = None
) -> list[str]:
    """Return what ``law`` with this one rule finds, as line:column:code."""
    return [
        f"{finding.place.line}:{finding.place.column or ''}:{finding.code}"
        for finding in findings_of(law, rule, table, context)
    ]
