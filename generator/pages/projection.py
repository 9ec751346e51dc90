"""The public projection: what of a private table may be shown today."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from generator.checks.calendar import Duty
from generator.model.masks import MASKS
from generator.model.resource import Resource
from generator.model.seal import totals_of
from generator.model.table import Table


def public_table(resource: Resource, duty: Duty | None) -> Table | None:
    """Return the resource's table as it may be shown today; None where only its totals may be.

    Lists of persons show names while they hang, in full or masked as their schema says, and then totals
    only, or masked names for as long as the county keeps them.
    """
    item, table = resource.item, resource.table
    if not item.is_private:
        return table
    shown = item.names_during if is_on_display(duty) else item.names_after
    if resource.is_forgotten or shown == "totals":
        return None
    return table if shown == "full" else masked(table)


@dataclass(frozen=True, slots=True)
class Totals:
    """What may be said of a list whose names may not be shown: how many rows, and the sums of its columns."""

    rows: int
    sums: Mapping[str, Decimal]


def totals_of_closed(resource: Resource) -> Totals:
    """Return the totals of a list, told from its seal when that is all that is left."""
    if resource.is_forgotten and resource.seal is not None:
        return Totals(resource.seal.rows, resource.seal.totals)
    return Totals(len(resource.table), totals_of(resource.table))


def is_on_display(duty: Duty | None) -> bool:
    """Return whether what answers ``duty`` hangs today."""
    return duty is not None and duty.display is not None and duty.display.is_running


def masked(table: Table) -> Table:
    """Return ``table`` with its personal columns masked."""
    values: dict[str, Sequence[Any]] = dict(table.values)
    texts: dict[str, Sequence[str]] = dict(table.texts)
    for field in table.schema.fields:
        if field.privacy in MASKS and field.name in table.texts:
            texts[field.name] = [MASKS[field.privacy](text) for text in table.texts[field.name]]
            values[field.name] = [text or None for text in texts[field.name]]
    return replace(table, values=values, texts=texts)


def csv_bytes(table: Table) -> bytes:
    """Return a table as CSV: UTF-8, LF, cells as committed."""
    text = "\n".join((",".join(table.texts), *map(",".join, zip(*table.texts.values(), strict=True)), ""))
    # With no more commas and ends of lines than were just put in, and no quotes, no cell needs any.
    ends, commas = len(table) + 1, (len(table) + 1) * (len(table.texts) - 1)
    is_plain = '"' not in text and "\r" not in text
    if is_plain and commas and text.count(",") == commas and text.count("\n") == ends:
        return text.encode("utf-8")
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(table.texts)
    writer.writerows(zip(*table.texts.values(), strict=True))
    return buffer.getvalue().encode("utf-8")
