"""The public projection: what of a private table may be shown today."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from generator.checks.calendar import Duty
from generator.model.resource import Resource
from generator.model.table import Table


def public_table(resource: Resource, duty: Duty | None) -> Table:
    """Return the resource's table with personal columns masked, unless its names are on display today."""
    table = resource.table
    is_on_display = duty is not None and duty.display is not None and duty.display.is_running
    masked = [f for f in table.schema.fields if f.privacy in _MASKS and resource.item.is_private]
    if not masked or is_on_display:
        return table
    values: dict[str, Sequence[Any]] = dict(table.values)
    texts: dict[str, Sequence[str]] = dict(table.texts)
    for field in masked:
        texts[field.name] = [_MASKS[field.privacy](text) for text in table.texts[field.name]]
        values[field.name] = [text or None for text in texts[field.name]]
    return replace(table, values=values, texts=texts)


def mask_name(name: str) -> str:
    """Return the surname with the rest hidden, always to the same length: a longer mask tells too much."""
    return f"{name[0]}**" if name else ""


def hide(text: str) -> str:
    """Return a mask alone: in a small group even a surname tells who receives relief."""
    return "**" if text else ""


_MASKS: dict[str, Callable[[str], str]] = {"surname": mask_name, "hidden": hide}


def csv_bytes(table: Table) -> bytes:
    """Return a table as CSV: UTF-8, LF, cells as committed."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(table.texts)
    writer.writerows(zip(*table.texts.values(), strict=True))
    return buffer.getvalue().encode("utf-8")
