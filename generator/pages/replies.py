"""Replies: what was answered, and about which page and row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from generator.model.references import reference_of, row_keys
from generator.model.resource import Resource
from generator.model.table import Table
from generator.pages.words import day

ASKED, ANSWERED = "asked", "answered"


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer that is published: to which row ("" for the page), what was asked, when and how it ended.

    ``anchor`` is the row that holds it, below the address of ``resource``.
    """

    row: str
    title: str
    note: str
    resource: Resource
    anchor: str


def replies_in(resources: Iterable[Resource], tables: Mapping[str, Table]) -> dict[str, tuple[Reply, ...]]:
    """Return the answers in a village's shown ``tables`` by the path of the resource that they are about."""
    resources = list(resources)
    asked = [r for r in resources if r.path in tables and tables[r.path].schema.name_of(ASKED)]
    found = [pair for r in asked for pair in _replies(r, tables[r.path])]
    if not found:
        return {}
    by_reference = {reference_of(r).lower(): r.path for r in resources}
    replies: dict[str, tuple[Reply, ...]] = {}
    for reference, reply in found:
        path, row = _asked_about(reference.lower(), by_reference)
        if path is not None:
            replies[path] = (*replies.get(path, ()), replace(reply, row=row))
    return replies


def _asked_about(reference: str, known: Mapping[str, str]) -> tuple[str | None, str]:
    """Return the path that a reference speaks of, and its row: the longest reference that it begins with."""
    words = reference.split("-")
    for count in range(len(words), 0, -1):
        path = known.get("-".join(words[:count]))
        if path is not None:
            return path, "-".join(words[count:])
    return None, ""


def _replies(resource: Resource, table: Table) -> Iterator[tuple[str, Reply]]:
    schema = table.schema
    asked, lead, stage = (schema.name_of(role) for role in (ASKED, "lead", "stage"))
    answered = schema.name_of(ANSWERED)
    if asked is None or asked not in table.values or answered is None:
        return
    keys = row_keys(table, schema)
    for key, record in zip(keys, table.records(), strict=True):
        if record[asked] and record[answered]:
            words = [day(record[answered]), str(record[stage] or "") if stage else ""]
            title = str(record[lead] or "") if lead else ""
            yield str(record[asked]), Reply("", title, " ".join(words).strip(), resource, row_anchor(key))


def row_anchor(key: str) -> str:
    """Return the id of the row called ``key`` on its page."""
    return f"n{key}"
