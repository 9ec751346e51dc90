"""Tables: typed columns, with the text that was there and the line it stood on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from generator.model.item import TableSchema

ZERO = Decimal(0)
# How a row is labelled that is a part of the row above it, and not to be added to it.
OF_WHICH = "其中"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of one resource, stored by column.

    ``values[column][i]`` is the typed cell (None when empty or unreadable), ``texts[column][i]`` the
    text as committed, ``lines[i]`` the line that a spreadsheet shows. An optional column that the file
    does not have stands in ``values`` alone. The head of a document has each cell on a line of its own:
    ``cell_lines``.
    """

    schema: TableSchema
    values: Mapping[str, Sequence[Any]]
    texts: Mapping[str, Sequence[str]]
    lines: Sequence[int]
    cell_lines: Mapping[str, int] = field(default_factory=dict)

    def line_of(self, index: int, name: str) -> int:
        """Return the line on which the cell of row ``index`` in column ``name`` stands."""
        return self.cell_lines.get(name, self.lines[index])

    def __len__(self) -> int:
        return len(self.lines)

    def column(self, name: str) -> Sequence[Any]:
        """Return the typed cells of ``name``, top to bottom."""
        return self.values[name]

    def amounts(self, name: str) -> list[Decimal]:
        """Return the numbers of ``name``, an empty cell counting as zero."""
        return [ZERO if value is None else value for value in self.values[name]]

    def keys(self, names: Sequence[str]) -> list[tuple[Any, ...]]:
        """Return for each row the tuple of its cells in ``names``; () for each row when none is named."""
        if not names:
            return [()] * len(self)
        return list(zip(*(self.values[name] for name in names), strict=True))

    def records(self) -> Iterator[dict[str, Any]]:
        """Yield each row as a mapping from column to typed cell."""
        names = list(self.values)
        for cells in zip(*self.values.values(), strict=True):
            yield dict(zip(names, cells, strict=True))

    @classmethod
    def empty(cls, schema: TableSchema) -> Table:
        """Return a table of ``schema`` without rows."""
        texts = {field.name: () for field in schema.columns_of(())}
        return cls(schema, {f.name: () for f in schema.fields}, texts, ())
