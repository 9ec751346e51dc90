"""Table readers: rows of text become a typed table, and a finding for every cell that is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from generator.intake.frictionless_door import Judge
from generator.intake.recognisers import CELL_LIMIT, Recogniser, number_form
from generator.model.finding import Finding, Place
from generator.model.item import Field, TableSchema
from generator.model.table import Table
from generator.rows.hostile import FORMULA, UNSEEN
from generator.wording import N_, _

HIDDEN = N_("（内容不显示）")
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
_EXAMPLES = {"number": "1234.50", "integer": "12", "date": "2026-03-05", "boolean": "true"}
# An amount whose only fault can be its number of places.
_PLAIN = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,8})?")
_PERSONAL_DIGITS = 11
_SHOWN_LIMIT = 30
_CALLED = {"\t": N_("制表符"), "\r": N_("回车符")}


class TableReader:
    """Reads tables of one schema; made once per process and schema.

    With ``hides_values`` no finding repeats what a file holds: its cells are about persons. Headers in
    which nothing is wrong are kept in mind in ``right_headers``.
    """

    def __init__(self, schema: TableSchema, *, hides_values: bool = False) -> None:
        self.schema = schema
        self.hides_values = hides_values
        self.right_headers: set[tuple[str, ...]] = set()
        self._judge = Judge(schema)
        self._recognisers = [(field, Recogniser(field)) for field in schema.fields]
        fields = [schema.field_named(name) for name in schema.primary_key]
        # Where a column of the key must be filled in, a row without a key has its finding there.
        self._loose_key = [] if any(field.is_required for field in fields) else fields
        unique = ((field.name,) for field in schema.fields if field.constraints.get("unique") is True)
        self._unrepeated = dict.fromkeys((schema.primary_key, *unique) if schema.primary_key else unique)

    def read(
        self, columns: Sequence[Sequence[str] | None], lines: Sequence[int], file: str
    ) -> tuple[Table, list[Finding]]:
        """Return the table of ``columns`` (one per field, in order) and what is wrong in it.

        None stands for an optional column that the file does not have.
        """
        findings: list[Finding] = []
        values: dict[str, Sequence[Any]] = {}
        texts: dict[str, Sequence[str]] = {}
        for (field, recogniser), cells in zip(self._recognisers, columns, strict=True):
            if cells is None:
                values[field.name] = (None,) * len(lines)
                continue
            typed = recogniser.column(cells)
            if typed is None:
                plain = recogniser.plain(cells)
                typed = list(self._read_cells(field, cells, plain, lines, file, findings))
            values[field.name] = typed
            texts[field.name] = cells
        table = Table(self.schema, values, texts, lines)
        findings.extend(self._missing_keys(table, file, findings))
        findings.extend(self._repeated_keys(table, file))
        return table, findings

    def shown(self, text: str) -> str:
        """Return ``text`` as a finding may repeat it: what can be somebody's name or number is hidden."""
        if self.hides_values or sum(map(str.isdigit, text)) >= _PERSONAL_DIGITS:
            return HIDDEN
        text = UNSEEN.sub("", text)
        return text if len(text) <= _SHOWN_LIMIT else text[:_SHOWN_LIMIT] + "…"

    def _read_cells(
        self,
        field: Field,
        cells: Sequence[str],
        plain: Mapping[str, Any],
        lines: Sequence[int],
        file: str,
        findings: list[Finding],
    ) -> Iterator[Any]:
        judged: dict[str, tuple[Any, tuple[str, ...]]] = {}
        for text, line in zip(cells, lines, strict=True):
            if text in plain:
                yield plain[text]
                continue
            place = Place(file, line, field.name)
            value = None
            problems = list(_unfit(text, place))
            if not problems:
                if text not in judged:
                    judged[text] = self._judge.read_cell(field.name, text)
                value, broken = judged[text]
                problems = [self._finding(name, field, text, place) for name in broken]
            if not problems:
                problems = list(self._own_rules(field, text, value, place))
            findings.extend(problems)
            yield None if problems else value

    def _own_rules(self, field: Field, text: str, value: Any, place: Place) -> Iterator[Finding]:
        if value is None or not field.is_numeric:
            return
        facts = {"value": self._shown(field, text), "example": _example(field)}
        if field.step is not None and _PLAIN.fullmatch(text) and Decimal(text) % field.step:
            yield Finding.of("cell-step", place, step=field.step, **facts)
        elif number_form(field).fullmatch(text) is None:
            yield Finding.of("cell-number-form", place, **facts)

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
            limit=_length_limit(constraint, constraints),
        )

    def _shown(self, field: Field, text: str) -> str:
        return HIDDEN if field.privacy else self.shown(text)

    def _missing_keys(self, table: Table, file: str, findings: Sequence[Finding]) -> Iterator[Finding]:
        """Yield a finding for each row without a key, where no column of the key must be filled in itself."""
        if not self._loose_key:
            return
        fields = self._loose_key
        told = {(finding.place.line, finding.place.column) for finding in findings}
        for line, cells in zip(table.lines, table.keys(self.schema.primary_key), strict=True):
            known = any((line, field.name) in told for field in fields)
            if not known and all(cell is None for cell in cells):
                yield self._finding("required", fields[0], "", Place(file, line, fields[0].name))

    def _repeated_keys(self, table: Table, file: str) -> Iterator[Finding]:
        key = self.schema.primary_key
        if not any(_repeats(table, names) for names in self._unrepeated):
            return
        rows = list(zip(*table.texts.values(), strict=True))
        seen: set[tuple[int, tuple[str, ...]]] = set()
        firsts: dict[tuple[str, ...], dict[tuple[Any, ...], int]] = {}
        for index, column in self._judge.key_errors(list(table.texts), rows):
            names = (column,) if column else key
            if names not in firsts:
                firsts[names] = _first_rows(table.keys(names))
            cells = tuple(table.column(name)[index] for name in names)
            first = firsts[names][cells]
            # A key that is not filled in, or cannot be read, has a finding of its own.
            if first == index or (index, names) in seen or all(cell is None for cell in cells):
                continue
            seen.add((index, names))
            place = Place(file, table.lines[index], names[0])
            yield Finding.of("key-duplicate", place, key="、".join(names), line=table.lines[first])


def _unfit(text: str, place: Place) -> Iterator[Finding]:
    """Yield what no cell of any type may hold."""
    if len(text) > CELL_LIMIT:
        yield Finding.of("cell-too-long", place, limit=CELL_LIMIT)
        return
    if FORMULA.match(text):
        yield Finding.of("cell-formula", place, start=_(_CALLED.get(text[0], text[0])))
        return
    unseen = UNSEEN.search(text)
    if unseen is not None:
        yield Finding.of("cell-unseen", place, character=f"U+{ord(unseen[0]):04X}")


def _repeats(table: Table, names: tuple[str, ...]) -> bool:
    cells = table.column(names[0]) if len(names) == 1 else table.keys(names)
    if len(set(cells)) == len(cells):
        return False
    empty = None if len(names) == 1 else (None,) * len(names)
    written = [cell for cell in cells if cell != empty]
    return len(set(written)) < len(written)


def _first_rows(cells: Sequence[tuple[Any, ...]]) -> dict[tuple[Any, ...], int]:
    firsts: dict[tuple[Any, ...], int] = {}
    for index, cell in enumerate(cells):
        firsts.setdefault(cell, index)
    return firsts


def _length_limit(constraint: str, constraints: Mapping[str, Any]) -> str:
    if constraint == "minLength":
        return _("至少 {count} 个字").format(count=constraints["minLength"])
    return _("最多 {count} 个字").format(count=constraints.get("maxLength", CELL_LIMIT))


def _expected(field: Field) -> str:
    return {
        "number": _("数字"),
        "integer": _("整数"),
        "date": _("日期"),
        "boolean": _("是或否"),
        "string": _("文字"),
    }.get(field.type, field.type)


def _example(field: Field) -> str:
    example = field.example or _EXAMPLES.get(field.type, "")
    return _("，例如 {example}").format(example=example) if example else ""
