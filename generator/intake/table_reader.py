"""Table readers: rows of text become a typed table, and a finding for every cell that is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from generator.intake.frictionless_door import Judge
from generator.intake.recognisers import CELL_LIMIT, FORMULA_STARTS, number_form, recogniser_for
from generator.model.finding import Finding, Place
from generator.model.item import Field, TableSchema
from generator.model.table import Table
from generator.wording import _

_CONSTRAINT_CODES = {
    "required": "cell-required",
    "enum": "cell-enum",
    "minimum": "cell-minimum",
    "maximum": "cell-maximum",
    "minLength": "cell-length",
    "maxLength": "cell-length",
    "pattern": "cell-pattern",
    "type": "cell-type",
}


class TableReader:
    """Reads tables of one schema; made once per process and schema."""

    def __init__(self, schema: TableSchema, *, hides_values: bool = False) -> None:
        self.schema = schema
        self._hides_values = hides_values
        self._judge = Judge(schema)
        self._recognisers = [(field, recogniser_for(field)) for field in schema.fields]
        self._unique = tuple(field.name for field in schema.fields if field.constraints.get("unique") is True)

    def read(
        self, columns: Sequence[Sequence[str]], lines: Sequence[int], file: str
    ) -> tuple[Table, list[Finding]]:
        """Return the table of ``columns`` (one per field, in order) and what is wrong in it."""
        findings: list[Finding] = []
        values: dict[str, Sequence[Any]] = {}
        texts: dict[str, Sequence[str]] = {}
        for (field, recognise), cells in zip(self._recognisers, columns, strict=True):
            typed = recognise(cells)
            if typed is None:
                typed = list(self._read_cells(field, cells, lines, file, findings))
            values[field.name] = typed
            texts[field.name] = cells
        table = Table(self.schema, values, texts, lines)
        findings.extend(self._repeated_keys(table, file))
        return table, findings

    def _read_cells(
        self, field: Field, cells: Sequence[str], lines: Sequence[int], file: str, findings: list[Finding]
    ) -> Iterator[Any]:
        for text, line in zip(cells, lines, strict=True):
            place = Place(file, line, field.name)
            if len(text) > CELL_LIMIT:
                findings.append(Finding.of("cell-too-long", place, length=len(text), limit=CELL_LIMIT))
                yield None
                continue
            if text.startswith(FORMULA_STARTS):
                findings.append(Finding.of("cell-formula", place, start=repr(text[0])[1:-1]))
                yield None
                continue
            value, broken = self._judge.read_cell(field.name, text)
            problems = [self._finding(name, field, text, place) for name in broken]
            if not problems:
                problems = list(self._own_rules(field, text, value, place))
            findings.extend(problems)
            yield None if problems else value

    def _own_rules(self, field: Field, text: str, value: Any, place: Place) -> Iterator[Finding]:
        if value is None or not field.is_numeric:
            return
        if number_form(field).fullmatch(text) is None:
            plain = Decimal(str(value)).is_finite() and field.step is not None and text.isascii()
            has_small_fraction = plain and "." in text and text.replace(".", "", 1).lstrip("-").isdigit()
            if has_small_fraction and Decimal(text) % (field.step or 1):
                yield Finding.of("cell-step", place, value=self._shown(field, text), step=field.step)
                return
            yield Finding.of(
                "cell-number-form", place, value=self._shown(field, text), example=_example(field)
            )
        elif field.step is not None and Decimal(text) % field.step:
            yield Finding.of("cell-step", place, value=self._shown(field, text), step=field.step)

    def _finding(self, constraint: str, field: Field, text: str, place: Place) -> Finding:
        constraints = field.constraints
        return Finding.of(
            _CONSTRAINT_CODES.get(constraint, "cell-type"),
            place,
            value=self._shown(field, text),
            expected=_expected(field),
            example=_example(field),
            allowed="、".join(constraints.get("enum", ())),
            minimum=constraints.get("minimum", ""),
            maximum=constraints.get("maximum", ""),
            length=len(text),
            limit=constraints.get("maxLength", constraints.get("minLength", "")),
        )

    def _shown(self, field: Field, text: str) -> str:
        if self._hides_values or field.privacy or sum(map(str.isdigit, text)) >= 11:
            return _("（内容不显示）")
        return text if len(text) <= 30 else text[:30] + "…"

    def _repeated_keys(self, table: Table, file: str) -> Iterator[Finding]:
        key = self.schema.primary_key
        suspects = [self._repeats(table.keys(key))] if key else []
        suspects += [self._repeats([(cell,) for cell in table.column(name)]) for name in self._unique]
        if not any(suspects):
            return
        rows = list(zip(*table.texts.values(), strict=True))
        seen: set[tuple[int, str]] = set()
        for index, column in self._judge.key_errors(rows):
            named = column or "、".join(key)
            if (index, named) not in seen:
                seen.add((index, named))
                yield Finding.of("key-duplicate", Place(file, table.lines[index], named), key=named)

    @staticmethod
    def _repeats(cells: Sequence[tuple[Any, ...]]) -> bool:
        written = [cell for cell in cells if any(part is not None for part in cell)]
        return len(set(written)) < len(written)


def _expected(field: Field) -> str:
    return {
        "number": _("数字"),
        "integer": _("整数"),
        "date": _("日期"),
        "boolean": _("是或否"),
        "string": _("文字"),
    }[field.type]


def _example(field: Field) -> str:
    return field.example or {"number": "1234.50", "integer": "12", "date": "2026-03-05"}.get(field.type, "")
