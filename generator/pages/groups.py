"""Groups: the way to one's own rows in a list of persons, by the group that one lives in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from generator.model.table import Table
from generator.pages.replies import row_anchor
from generator.wording import counted, said

_SEVERAL = 2


@dataclass(frozen=True, slots=True)
class GroupsView:
    """The groups of a list: ``links`` are (group, how many rows it has, id of the first)."""

    column: str
    links: tuple[tuple[str, str, str], ...]


def groups_of(table: Table, keys: Sequence[str]) -> GroupsView | None:
    """Return the groups of a list of persons; None for any other table, or where there is one group only.

    Nobody is asked for more than where they live: what tells persons apart is never a key to search by.
    """
    schema = table.schema
    column = schema.name_of("group")
    if column is None or schema.name_of("person") is None or column not in table.values:
        return None
    groups = [str(group or "") for group in table.column(column)]
    counts = Counter(groups)
    if len(counts) < _SEVERAL:
        return None
    # The last one put in stays, so that walking upwards finds the first row of each.
    first = dict(zip(reversed(groups), reversed(keys), strict=True))
    return GroupsView(
        said(column),
        tuple(
            (group, counted("{count} 条", count).format(count=count), row_anchor(first[group]))
            for group, count in counts.items()
            if group
        ),
    )
