"""Tables: rows as cards on a phone and as a table on a desk, finished HTML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
    """How the rows of one schema are set: the order of columns and the HTML around their cells.

    ``opens`` stands before each cell, after what opens the row.
    """

    fields: tuple[Field, ...]
    head: str
    opens: tuple[str, ...]

    @classmethod
    def of(cls, schema: TableSchema, hidden: Sequence[str] = ()) -> RowForm:
        """Return the form for ``schema``: the column that names the row comes first."""
        visible = [field for field in schema.fields if field.name not in hidden]
        lead = next((f for role in _LEADING_ROLES for f in visible if f.role == role), visible[0])
        fields = (lead, *(field for field in visible if field is not lead))
        head = "".join(f'<th scope="col"{_number(field)}>{escape(heading(field))}</th>' for field in fields)
        labels = (f'</td><td{_number(f)} data-label="{escape(heading(f))}">' for f in fields[1:])
        return cls(fields, head, ('<td class="lead">', *labels))

    @classmethod
    def of_filled(cls, table: Table) -> RowForm:
        """Return the form for ``table`` without the columns that nobody filled in, or that name receipts."""
        return cls.of(table.schema, unfilled_columns(table))


def unfilled_columns(table: Table) -> tuple[str, ...]:
    """Return the columns of ``table`` that nobody filled in, or that name receipts."""
    return tuple(
        field.name
        for field in table.schema.fields
        if field.role == ROLE
        or (not field.is_required and all(cell is None for cell in table.column(field.name)))
    )


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
        drawn[field.name]
        if field.name in drawn
        else shown_column(field, table.column(field.name), table.texts.get(field.name, ()))
        for field in form.fields
    ]
    pieces: list[str | Sequence[str]] = list(_openings(table, total, keys))
    for opening, column in zip(form.opens, columns, strict=True):
        pieces += (opening, column)
    rows = _laid_out((*pieces, "</td></tr>\n"), len(table))
    if not len(table):
        nothing = escape(_("没有记录"))
        rows = [f'<tr><td class="lead" colspan="{len(form.fields)}">{nothing}</td></tr>\n']
    head = f"<caption>{escape(caption)}</caption><thead><tr>{form.head}</tr></thead>"
    whole = "".join((f'<table class="rows">{head}<tbody>\n', *rows, "</tbody></table>"))
    return Markup(whole)  # noqa: S704 (every cell is escaped where its column is drawn)


def _openings(table: Table, total: tuple[str, str], keys: Sequence[str]) -> Iterator[str | Sequence[str]]:
    """Yield the pieces that open the rows; a row that is a sum of others is told apart."""
    label, word = total
    tag, end = ('<tr id="n', '">') if keys else ("<tr", ">")
    yield tag
    if keys:
        yield keys
    if label:
        other = '" class="sum">' if keys else ' class="sum">'
        yield [other if value == word else end for value in table.column(label)]
    else:
        yield end


def _laid_out(pieces: Sequence[str | Sequence[str]], count: int) -> list[str]:
    """Return what stands in ``count`` rows, one after the other: a piece is the same in all, or has one each.

    Laid out column by column, all rows are then joined at once: nothing is put together twice.
    """
    width = len(pieces)
    laid = [""] * (width * count)
    for place, piece in enumerate(pieces):
        laid[place::width] = [piece] * count if isinstance(piece, str) else piece
    return laid
