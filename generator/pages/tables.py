"""Tables: rows as cards on a phone and as a table on a desk, finished HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from generator.model.item import Field, TableSchema
from generator.model.receipts import ROLE
from generator.model.table import Table
from generator.pages.cells import shown_column
from generator.wording import _, counted, said

_LEADING_ROLES = ("lead", "person", "candidate", "stage", "round", "body", "series")


@dataclass(frozen=True, slots=True)
class RowForm:
    """How the rows of one schema are set: the order of columns and the HTML around their cells."""

    fields: tuple[Field, ...]
    head: str
    row: str
    sum_row: str

    @classmethod
    def of(cls, schema: TableSchema, hidden: Sequence[str] = ()) -> RowForm:
        """Return the form for ``schema``: the column that names the row comes first."""
        visible = [field for field in schema.fields if field.name not in hidden]
        lead = next((f for role in _LEADING_ROLES for f in visible if f.role == role), visible[0])
        fields = (lead, *(field for field in visible if field is not lead))
        head = "".join(f'<th scope="col"{_number(field)}>{escape(heading(field))}</th>' for field in fields)
        cells = ['<td class="lead">%s</td>']
        for field in fields[1:]:
            label = str(escape(heading(field))).replace("%", "%%")
            cells.append(f'<td{_number(field)} data-label="{label}">%s</td>')
        row = "".join(cells)
        return cls(fields, head, f"<tr>{row}</tr>", f'<tr class="sum">{row}</tr>')

    @classmethod
    def of_filled(cls, table: Table) -> RowForm:
        """Return the form for ``table`` without the columns that nobody filled in, or that name receipts."""
        schema = table.schema
        unneeded = [
            field.name
            for field in schema.fields
            if field.role == ROLE
            or (not field.is_required and all(cell is None for cell in table.column(field.name)))
        ]
        return cls.of(schema, unneeded)


def heading(field: Field) -> str:
    """Return the heading of a column, with its unit."""
    if field.unit:
        return _("{name}（{unit}）").format(name=said(field.name), unit=said(field.unit))
    return said(field.name)


def _number(field: Field) -> str:
    if field.is_numeric:
        # What an amount is made of is read in passing; the amount keeps a line of its own.
        return ' class="num rate"' if field.role in ("quantity", "standard") else ' class="num"'
    if field.role == ROLE:
        return ' class="papers"'
    # Dates, codes and words from a list are read in one piece.
    is_short = field.type == "date" or field.role in ("voucher", "number") or "enum" in field.constraints
    return ' class="short"' if is_short else ""


def rows_html(
    table: Table,
    form: RowForm,
    caption: str = "",
    *,
    total: tuple[str, str] = ("", ""),
    drawn: Mapping[str, Sequence[str]] | None = None,
    keys: Sequence[str] = (),
) -> Markup:
    """Return the whole table; an empty table says so.

    ``total`` is the column in which a row says that it is a sum of others, and the word it says; ``drawn``
    are columns whose cells are finished HTML; ``keys`` are what the rows are called in addresses.
    """
    caption = caption or counted("共 {count} 条，全部列出", len(table)).format(count=len(table))
    drawn = drawn or {}
    columns = [
        drawn[field.name] if field.name in drawn else shown_column(field, table.column(field.name))
        for field in form.fields
    ]
    rows = list(zip(*columns, strict=True))
    label, word = total
    if label:
        is_sum = [value == word for value in table.column(label)]
        forms = [form.sum_row if found else form.row for found in is_sum]
        lines = [row % cells for row, cells in zip(forms, rows, strict=True)]
    else:
        lines = [form.row % cells for cells in rows]
    if keys:
        lines = [f'<tr id="n{key}"{line[3:]}' for key, line in zip(keys, lines, strict=True)]
    body = "\n".join(lines)
    if not body:
        nothing = escape(_("没有记录"))
        body = f'<tr><td class="lead" colspan="{len(form.fields)}">{nothing}</td></tr>'
    return Markup(  # noqa: S704 (every cell is escaped where its row is written)
        f'<table class="rows"><caption>{escape(caption)}</caption><thead><tr>{form.head}</tr></thead>'
        f"<tbody>\n{body}\n</tbody></table>"
    )
