"""Agreement: what a table reader says of a cell, Frictionless says too; only our own rules say more."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from frictionless import Resource, Schema
from frictionless.fields.yearmonth import yearmonth
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.intake.frictionless_door import table_schema_descriptor
from generator.intake.recognisers import KEPT, Recogniser
from generator.intake.table_reader import TableReader
from generator.model.finding import Finding
from generator.model.item import Field, TableSchema
from tests.intake.fields import field_of as plain_field
from tests.intake.fields import schema_of
from tests.intake.kinds import cells_of, field_of, kinds

# What we refuse although Frictionless would let it pass: told in the words for clerks, never silently.
OWN_RULES = frozenset({"cell-formula", "cell-unseen", "cell-too-long", "cell-number-form", "cell-step"})
CALLED = {
    "cell-type": "type",
    "cell-required": "required",
    "cell-enum": "enum",
    "cell-minimum": "minimum",
    "cell-maximum": "maximum",
    "cell-length": "length",
    "cell-pattern": "pattern",
    "key-duplicate": "repeated",
}
THEIRS = {"minLength": "length", "maxLength": "length"}
NUMBER = plain_field("integer", {}, name="行")
Verdict = tuple[frozenset[str], Any]


def stock(schema: TableSchema, columns: Sequence[Sequence[str]]) -> list[Verdict] | None:
    """Return Frictionless's verdict on the last cell of each row, and its value.

    None where it has none to give: it breaks off at a cell that cannot be compared.
    """
    names = [field.name for field in schema.fields]
    resource: Any = Resource(
        data=[names, *map(list, zip(*columns, strict=True))],
        schema=Schema.from_descriptor(table_schema_descriptor(schema)),
    )
    verdicts: list[Verdict] = []
    try:
        with resource:
            for row in resource.row_stream:
                value = row[names[-1]]
                verdicts.append((frozenset(map(_named, row.errors)), value))
    except (ArithmeticError, TypeError):
        return None
    return verdicts


def _named(error: Any) -> str:
    if error.type in ("unique-error", "primary-key"):
        return "without key" if 'all "None"' in error.note else "repeated"
    if error.type == "type-error":
        return "type"
    match = re.match('constraint "([A-Za-z]+)"', error.note)
    assert match is not None, error.note
    return THEIRS.get(match[1], match[1])


def ours(schema: TableSchema, columns: Sequence[Sequence[str]]) -> list[Verdict | None]:
    """Return our verdict on the last cell of each row, and its value; None where our own rules refuse it."""
    lines = range(2, len(columns[0]) + 2)
    table, findings = TableReader(schema).read(list(columns), lines, "a.csv")
    by_line: dict[int | None, list[Finding]] = {}
    for finding in findings:
        by_line.setdefault(finding.place.line, []).append(finding)
    verdicts: list[Verdict | None] = []
    for line, value in zip(lines, table.column(schema.fields[-1].name), strict=True):
        codes = {finding.code for finding in by_line.get(line, ())}
        verdicts.append(None if codes & OWN_RULES else (frozenset(CALLED[code] for code in codes), value))
    return verdicts


def differences(field: Field, cells: list[str], *, is_key: bool = False) -> list[tuple[str, object, object]]:
    """Return each cell on which both readers do not agree, with what either says."""
    schema = schema_of(NUMBER, field, key=(field.name,) if is_key else ())
    columns = [[str(number) for number in range(len(cells))], cells]
    theirs = stock(schema, columns)
    if theirs is None:
        return []
    found = []
    all_ours = ours(schema, columns)
    # Of a cell that our own rules refuse nobody asks whether another repeats it.
    after_refusal = None in all_ours
    for cell, our, their in zip(cells, all_ours, theirs, strict=True):
        if our is None:
            continue
        if after_refusal:
            our, their = _once(our), _once(their)  # noqa: PLW2901 (the same, as if it were the only row)
        # A cell that breaks a rule has no value for us: nothing is computed with it, and nothing compared.
        expected = their
        if broken := their[0] - {"repeated", "without key"}:
            expected = (broken, None)
        elif "without key" in their[0]:
            expected = (frozenset({"required"}), None)
        if our != expected or type(our[1]) is not type(expected[1]):
            found.append((cell, our, expected))
    return found


def _once(verdict: Verdict) -> Verdict:
    return verdict[0] - {"repeated"}, verdict[1]


@given(st.data())
@settings(max_examples=250)
def test_every_type_format_and_constraint_is_judged_as_frictionless_judges_it(data: st.DataObject):
    field = data.draw(kinds())

    assert differences(field, data.draw(cells_of(field))) == []


@pytest.mark.soak
@given(st.data())
@settings(max_examples=5_000)
def test_every_type_format_and_constraint_is_judged_as_frictionless_judges_it_for_long(data: st.DataObject):
    field = data.draw(kinds())

    assert differences(field, data.draw(cells_of(field))) == []


@given(st.data())
@settings(max_examples=100)
def test_a_key_is_repeated_or_missing_where_frictionless_says_so(data: st.DataObject):
    kind = data.draw(st.sampled_from(["string", "integer", "number", "date", "boolean"]))
    field = plain_field(kind, data.draw(st.sampled_from([{}, {"required": True}, {"unique": True}])))

    assert differences(field, data.draw(cells_of(field)), is_key=True) == []


UUID = "95ecc380-afe9-11e4-9b6c-751b66dd541e"
POINT = '{"type": "Point", "coordinates": [106.5, 29.5]}'
# What the documentation of Table Schema and of Frictionless says of each type, option and constraint, in
# cases of our own: the descriptor besides name and type, a cell, and its value or the rule that it breaks.
DOCUMENTED: list[tuple[str, dict[str, Any], str, Any]] = [
    ("string", {}, "村务", "村务"),
    ("string", {}, " 村务 ", " 村务 "),
    ("string", {}, "", None),
    ("string", {"format": "email"}, "office@example.org", "office@example.org"),
    ("string", {"format": "email"}, "office", {"type"}),
    ("string", {"format": "uri"}, "https://example.org/a", "https://example.org/a"),
    ("string", {"format": "uri"}, "村务", {"type"}),
    ("string", {"format": "uuid"}, UUID, UUID),
    ("string", {"format": "uuid"}, UUID[1:], {"type"}),
    ("string", {"format": "binary"}, "5p2R5Yqh", "5p2R5Yqh"),
    ("string", {"format": "binary"}, "5p2R5Yq", {"type"}),
    ("string", {"constraints": {"pattern": "[0-9]{3}"}}, "012", "012"),
    ("string", {"constraints": {"pattern": "[0-9]{3}"}}, "12", {"pattern"}),
    ("string", {"constraints": {"minLength": 2, "maxLength": 3}}, "一", {"length"}),
    ("string", {"constraints": {"minLength": 2, "maxLength": 3}}, "一二三四", {"length"}),
    ("string", {"constraints": {"minLength": 2, "maxLength": 3}}, "", None),
    ("string", {"constraints": {"enum": ["现金", "银行"]}}, "现金", "现金"),
    ("string", {"constraints": {"enum": ["现金", "银行"]}}, "支票", {"enum"}),
    ("string", {"constraints": {"required": True}}, "", {"required"}),
    ("string", {"missingValues": ["-"]}, "-", None),
    ("string", {"missingValues": ["-"]}, "", ""),
    ("string", {"missingValues": ["-"], "constraints": {"required": True}}, "-", {"required"}),
    ("number", {}, "12.50", Decimal("12.50")),
    ("number", {}, "12元", {"type"}),
    ("number", {}, "1,000", {"type"}),
    ("number", {"decimalChar": ","}, "12", Decimal(12)),
    ("number", {"decimalChar": ","}, "12.50", {"type"}),
    ("number", {"groupChar": ","}, "1000", Decimal(1000)),
    ("number", {"floatNumber": True}, "12.5", 12.5),
    ("number", {"constraints": {"minimum": "10"}}, "9.99", {"minimum"}),
    ("number", {"constraints": {"minimum": "10"}}, "10.00", Decimal("10.00")),
    ("number", {"constraints": {"maximum": "10"}}, "10.01", {"maximum"}),
    ("number", {"constraints": {"enum": ["1.0", "2"]}}, "1.00", Decimal("1.00")),
    ("integer", {}, "-12", -12),
    ("integer", {}, "12.0", {"type"}),
    ("integer", {"bareNumber": False}, "12", 12),
    ("integer", {"constraints": {"maximum": "3"}}, "4", {"maximum"}),
    ("boolean", {}, "true", True),
    ("boolean", {}, "TRUE", True),
    ("boolean", {}, "0", False),
    ("boolean", {}, "yes", {"type"}),
    ("boolean", {"trueValues": ["是"], "falseValues": ["否"]}, "是", True),
    ("boolean", {"trueValues": ["是"], "falseValues": ["否"]}, "true", {"type"}),
    ("date", {}, "2026-03-05", date(2026, 3, 5)),
    ("date", {}, "2026-02-30", {"type"}),
    ("date", {}, "2026/03/05", {"type"}),
    ("date", {"format": "any"}, "2026/03/05", date(2026, 3, 5)),
    ("date", {"format": "%d.%m.%Y"}, "05.03.2026", date(2026, 3, 5)),
    ("date", {"format": "%d.%m.%Y"}, "2026-03-05", {"type"}),
    ("date", {"constraints": {"minimum": "2026-01-01"}}, "2025-12-31", {"minimum"}),
    ("time", {}, "09:30:00", time(9, 30)),
    ("time", {}, "9:30", {"type"}),
    ("time", {"format": "%H:%M"}, "09:30", time(9, 30)),
    ("time", {"constraints": {"maximum": "17:00:00"}}, "17:30:00", {"maximum"}),
    ("datetime", {}, "2026-03-05T09:30:00", datetime(2026, 3, 5, 9, 30)),
    ("datetime", {}, "2026-03-05", {"type"}),
    ("year", {}, "2026", 2026),
    ("year", {}, "26", {"type"}),
    ("year", {"constraints": {"minimum": "2000"}}, "1999", {"minimum"}),
    ("yearmonth", {}, "2026-03", yearmonth(2026, 3)),
    ("yearmonth", {}, "2026-13", {"type"}),
    ("duration", {}, "三天", {"type"}),
    ("geopoint", {}, "200, 29.5", {"type"}),
    ("geopoint", {"format": "array"}, "106.5, 29.5", {"type"}),
    ("geojson", {}, "{}", {"type"}),
    ("array", {}, '["一组", "二组"]', ["一组", "二组"]),
    ("array", {}, '{"组": 1}', {"type"}),
    ("array", {"constraints": {"minLength": 2}}, '["一组"]', {"length"}),
    ("object", {}, '{"组": 1}', {"组": 1}),
    ("object", {}, "[1]", {"type"}),
    ("any", {}, "12", "12"),
]


@pytest.mark.parametrize(("kind", "options", "cell", "expected"), DOCUMENTED)
def test_a_documented_example_is_read_as_documented(
    kind: str, options: dict[str, Any], cell: str, expected: Any
):
    field = field_of({"name": "列", "type": kind, **options})
    is_broken = isinstance(expected, set)

    verdict = ours(schema_of(NUMBER, field), [["1"], [cell]])

    assert verdict == [(frozenset(expected), None) if is_broken else (frozenset(), expected)]
    assert differences(field, [cell]) == []


@pytest.mark.parametrize("kind", ["time", "datetime", "year", "duration", "geopoint", "array", "any"])
def test_a_type_that_no_recogniser_knows_is_left_to_frictionless(kind: str):
    assert Recogniser(field_of({"name": "列", "type": kind})).column(["12", "2026"]) is None


@pytest.mark.parametrize(
    "options", [{"missingValues": ["-"]}, {"format": "email"}, {"constraints": {"exclusiveMinimum": "1"}}]
)
def test_an_option_that_no_recogniser_knows_is_left_to_frictionless(options: dict[str, Any]):
    assert Recogniser(field_of({"name": "列", "type": "string", **options})).column(["a@example.org"]) is None


def test_one_odd_cell_takes_no_other_to_frictionless():
    recogniser = Recogniser(plain_field("number", {}))

    assert recogniser.column(["1.50", "x", "", "2"]) is None
    assert recogniser.plain(["1.50", "x", "", "2"]) == {"": None, "1.50": Decimal("1.50"), "2": Decimal(2)}


def test_a_recogniser_that_has_seen_many_texts_judges_them_as_at_first():
    recogniser = Recogniser(plain_field("integer", {"required": True, "minimum": 5}))
    cells = [str(number) for number in range(5, KEPT + 10)]

    assert recogniser.column(cells) == list(map(int, cells))
    assert recogniser.column(["5", "4"]) is None
    assert recogniser.column(["5", ""]) is None
    assert recogniser.column(cells[:3]) == [5, 6, 7]
