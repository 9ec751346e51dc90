"""Notes: what a reader is told of a table that is published and yet asks for an explanation."""

from __future__ import annotations

from generator.model.finding import Finding
from generator.model.resource import Resource
from generator.wording import _, said
from generator.wording.laws import LAWS
from generator.wording.statutes import STATUTES


def notes_of(resource: Resource) -> tuple[str, ...]:
    """Return what the laws remark on ``resource``, each with the row it is about: no blame, no hints.

    What only its clerk can act on (a missing seal, a form) is not told.
    """
    found = [f for f in resource.findings if not f.is_error and (f.code in LAWS or f.code in STATUTES)]
    return tuple(
        _("{where}{message}。").format(where=_where(resource, f), message=f.told()[0]) for f in found
    )


def _where(resource: Resource, finding: Finding) -> str:
    column = said(finding.place.column or "")
    row = "" if resource.item.is_document or resource.item.is_private else _row(resource, finding.place.line)
    if row and column:
        return _("{row}的「{column}」：").format(row=row, column=column)
    if row or column:
        return _("{what}：").format(what=row or _("「{column}」").format(column=column))
    return ""


def _row(resource: Resource, line: int | None) -> str:
    """Return how a reader finds a row: by its first cell, as the page shows it."""
    table = resource.table
    first = next((field for field in table.schema.fields if field.name in table.texts), None)
    if first is None or line is None or line not in table.lines:
        return ""
    cell = table.texts[first.name][list(table.lines).index(line)]
    return f"{said(first.name)} {cell}" if cell else ""
