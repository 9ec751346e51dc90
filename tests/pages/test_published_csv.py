"""Published tables: whatever the cells hold, the file is what a stock CSV writer makes of them."""

from __future__ import annotations

import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model.item import Field, TableSchema
from generator.model.table import Table
from generator.pages.projection import csv_bytes

_CELL = st.text(st.sampled_from('甲1. ,"\n\r\t;\\'), max_size=4)


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 4).flatmap(lambda width: st.lists(st.tuples(*[_CELL] * width), min_size=1, max_size=4)))
def test_a_published_table_is_what_a_stock_writer_makes_of_it(rows: list[tuple[str, ...]]):
    header, body = [f"{place}{cell}" for place, cell in enumerate(rows[0])], rows[1:]
    columns = {name: [row[place] for row in body] for place, name in enumerate(header)}
    schema = TableSchema(tuple(Field(name, "string", {}) for name in header))
    table = Table(schema, columns, columns, range(2, len(body) + 2))
    stock = io.StringIO(newline="")
    csv.writer(stock, lineterminator="\n").writerows([header, *body])

    assert csv_bytes(table) == stock.getvalue().encode()
