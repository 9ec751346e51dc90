"""Plain tables: one that is cut at its commas is the table that a CSV reader finds in it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.intake.csv_file import ROW_LIMIT, read_csv
from generator.intake.table_reader import TableReader
from generator.model.finding import Finding
from generator.model.table import Table
from tests.intake.fields import field_of, schema_of

SCHEMA = schema_of(
    field_of("string", {"required": True}, name="号"),
    field_of("date", {}, name="日期"),
    field_of("number", {}, name="金额", step="0.01"),
    key=("号",),
)
HEADER = "号,日期,金额"
cells = st.sampled_from(
    ["", "1", "2", "2026-07-01", "3.50", "三千", " ", "'", "a\u2028b", "a\x1cb", "a\x0bb"]
)
lines = st.lists(cells, max_size=5).map(",".join) | st.just("1,2026-07-01,3") | st.just("2,,")
ends = st.sampled_from(["\n", "\n", "\n", "\r\n", "\r", "\n\n", ""])
bodies = st.lists(st.tuples(lines, ends), max_size=6).map(
    lambda parts: "".join(line + end for line, end in parts)
)


def read(text: str) -> tuple[Table, list[Finding]]:
    """Return the table in a CSV text and what is wrong with it."""
    return read_csv(text.encode(), "a.csv", TableReader(SCHEMA))


def same(one: Table, other: Table) -> bool:
    """Return whether two tables hold the same cells, as texts and as values, on the same lines."""
    pairs = [(one.values, other.values), (one.texts, other.texts)]
    alike = all({k: list(v) for k, v in a.items()} == {k: list(v) for k, v in b.items()} for a, b in pairs)
    return alike and list(one.lines) == list(other.lines)


@given(
    st.sampled_from([HEADER, "金额,日期,号", "号,日期", "号,日期,日期", "号,日期,金额,备注", ",,"]),
    ends,
    bodies,
)
@settings(max_examples=300)
def test_a_table_is_the_same_whether_or_not_a_cell_stands_in_quotes(header: str, end: str, body: str):
    name, _comma, rest = header.partition(",")

    plain_table, plain_findings = read(f"{header}{end}{body}")
    quoted_table, quoted_findings = read(f'"{name}",{rest}{end}{body}')

    assert plain_findings == quoted_findings
    assert same(plain_table, quoted_table)


def test_a_table_with_more_rows_than_are_read_is_refused_in_quotes_or_not():
    rows = "".join(f"{number},,\n" for number in range(ROW_LIMIT))

    found = [read(f"{header}\n{rows}")[1] for header in (HEADER, '"号",日期,金额')]

    assert [[finding.code for finding in findings] for findings in found] == [["rows-too-many"]] * 2
    assert not read(f"{HEADER}\n{rows.partition(chr(10))[2]}")[1]
