"""Facts of a comparison: everything that differs as plain values, for programs and for the other reports."""

from __future__ import annotations

from typing import Any

from generator.history.changes import TableChange
from generator.pipeline.comparing import Compared, Comparison, Largest
from generator.rows.difference import RowAt
from generator.rows.words import refusal_text, row_label


def comparison_facts(comparison: Comparison) -> dict[str, Any]:
    """Return a comparison as JSON can hold it; amounts are text, so that none becomes a float."""
    added, removed, changed = comparison.rows
    return {
        "before": comparison.before,
        "after": comparison.after,
        "files": [_file(file) for file in comparison.files],
        "summary": {
            "files": len(comparison.files),
            "alike": comparison.alike,
            "refused": comparison.refused,
            "added": added,
            "removed": removed,
            "changed": changed,
            "money": [
                {"column": column, "unit": unit, "net": str(net), "moved": str(moved)}
                for (column, unit), (net, moved) in comparison.money.items()
            ],
            "largest": [_largest(one) for one in comparison.largest],
            "is_shallow": comparison.is_shallow,
        },
    }


def _file(file: Compared) -> dict[str, Any]:
    facts: dict[str, Any] = {"path": file.subject.path, "title": file.title, "kind": file.kind}
    if file.former:
        facts["former"] = file.former
    if file.changes.refusal is not None:
        refusal = file.changes.refusal
        facts["refused"] = {
            "reason": refusal_text(refusal, file.changes.unread),
            "line": refusal.line,
            "column": refusal.column,
        }
    facts["followed_by"] = file.followed_by
    facts["tables"] = [_table(table) for table in file.changes.tables]
    return facts


def _table(table: TableChange) -> dict[str, Any]:
    difference, entered = table.difference, table.entered
    return {
        "part": table.part,
        "key": list(difference.key),
        "columns_added": list(difference.columns.added),
        "columns_removed": list(difference.columns.removed),
        "columns_renamed": [list(pair) for pair in difference.columns.renamed],
        "added": [_row(row, table) for row in entered.added],
        "removed": [_row(row, table) for row in entered.removed],
        "changed": [
            {
                "line": row.after.line,
                "line_before": row.before.line,
                "key": dict(zip(difference.key, difference.key_of(row.after), strict=True)),
                "cells": {cell.column: [cell.before, cell.after] for cell in row.cells},
            }
            for row in entered.changed
        ],
        "money": [
            {"column": m.column, "unit": m.unit, "net": str(m.net), "moved": str(m.moved)}
            for m in entered.moves
        ],
        "balances": [
            {"series": e.series, "unit": e.unit, "opening": str(e.opening), "closing": str(e.closing)}
            for e in entered.effects
        ],
        "followed": entered.followed,
    }


def _row(row: RowAt, table: TableChange) -> dict[str, Any]:
    names = table.difference.columns.names
    return {
        "line": row.line,
        "cells": {name: cell for name, cell in zip(names, row.cells, strict=True) if cell},
    }


def _largest(one: Largest) -> dict[str, Any]:
    table = one.table
    return {
        "path": one.compared.subject.path,
        "title": one.compared.title,
        "row": row_label(one.row, table.difference, table.schema),
        "amount": str(one.weight),
    }
