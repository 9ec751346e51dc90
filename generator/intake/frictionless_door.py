"""The door to Frictionless: its verdict on the cells and keys that our recognisers do not know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from generator.model.item import TableSchema


class Judge:
    """Frictionless's judgement of one table schema; the library is imported when it is first asked."""

    def __init__(self, schema: TableSchema) -> None:
        self._schema = schema

    @cached_property
    def _cell_readers(self) -> Mapping[str, Any]:
        from frictionless import Schema

        schema = Schema.from_descriptor(table_schema_descriptor(self._schema))
        # What Field.read_cell makes anew for every cell.
        return {field.name: field.create_cell_reader() for field in schema.fields}

    def read_cell(self, name: str, text: str) -> tuple[Any, tuple[str, ...]]:
        """Return the typed value of ``text`` in column ``name`` and the constraints it breaks.

        "type" stands for a text that the field's type does not know at all.
        """
        try:
            value, notes = self._cell_readers[name](text)
        except ArithmeticError:  # a signalling NaN cannot even be compared
            return None, ("type",)
        return value, tuple(notes or ())

    def key_errors(self, header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[tuple[int, str]]:
        """Return (index of the row, column or "") for each row whose key or unique cell is repeated."""
        from frictionless import Resource, Schema

        descriptor = table_schema_descriptor(self._schema)
        descriptor["fields"] = [field for field in descriptor["fields"] if field["name"] in header]
        schema = Schema.from_descriptor(descriptor)
        resource: Any = Resource(data=[[*header], *map(list, rows)], schema=schema)
        report = resource.validate(limit_errors=1_000_000)
        errors = []
        for error in report.tasks[0].errors:
            if error.type in ("primary-key", "unique-error"):
                errors.append((error.row_number - 2, getattr(error, "field_name", "")))
        return errors


def table_schema_descriptor(schema: TableSchema) -> dict[str, Any]:
    """Return the plain Table Schema descriptor of ``schema``."""
    descriptor: dict[str, Any] = {"fields": [dict(field.descriptor) for field in schema.fields]}
    if schema.primary_key:
        descriptor["primaryKey"] = list(schema.primary_key)
    return descriptor
