"""Fields of every type of Table Schema, with its formats, options and constraints, and their cells."""

from __future__ import annotations

from typing import Any

from frictionless import Field as Stock
from hypothesis import strategies as st

from generator.model.item import Field
from tests.intake.fields import DATES, NUMBERS, ODD, WORDS

# For each type: what its descriptor may say besides, and what people write in such a column.
OPTIONS: dict[str, list[dict[str, Any]]] = {
    "string": [{}, {"format": "email"}, {"format": "uri"}, {"format": "uuid"}, {"format": "binary"}],
    "number": [
        {},
        {"decimalChar": ","},
        {"groupChar": ","},
        {"groupChar": ".", "decimalChar": ","},
        {"bareNumber": False},
        {"floatNumber": True},
    ],
    "integer": [{}, {"bareNumber": False}],
    "boolean": [{}, {"trueValues": ["是"], "falseValues": ["否"]}, {"trueValues": ["1", "有"]}],
    "date": [{}, {"format": "any"}, {"format": "%d/%m/%Y"}, {"format": "%Y%m%d"}],
    "time": [{}, {"format": "any"}, {"format": "%H:%M"}],
    "datetime": [{}, {"format": "any"}, {"format": "%Y-%m-%d %H:%M"}],
    "year": [{}],
    "yearmonth": [{}],
    "duration": [{}],
    "geopoint": [{}, {"format": "array"}, {"format": "object"}],
    "geojson": [{}],
    "array": [{}],
    "object": [{}],
    "any": [{}],
}
TYPICAL: dict[str, list[str]] = {
    "string": ["村务", "a@example.org", "https://example.org/a?b=1", "95ecc380-afe9-11e4-9b6c-751b66dd541e"],
    "number": ["1.5", "1,5", "1.000,50", "12元", "￥3", "1e3"],
    "integer": ["12", "12户", "-3", "1.0", "007"],
    "boolean": ["true", "TRUE", "1", "0", "False", "是", "否", "有", "yes", "T"],
    "date": ["2026-03-05", "05/03/2026", "20260305", "Mar 5 2026"],
    "time": ["09:30:00", "09:30", "9:30", "24:00:00", "09:30:00+08:00"],
    "datetime": ["2026-03-05T09:30:00", "2026-03-05T09:30:00Z", "2026-03-05 09:30", "2026-03-05"],
    "year": ["2026", "0000", "26", "20260", "-001", "２０２６"],
    "yearmonth": ["2026-03", "2026-3", "2026-13", "2026"],
    "duration": ["P1Y2M", "PT36H", "P1W", "3 天", "P"],
    "geopoint": ["106.5, 29.5", "[106.5, 29.5]", '{"lon": 106.5, "lat": 29.5}', "200, 29.5", "106.5"],
    "geojson": ['{"type": "Point", "coordinates": [106.5, 29.5]}', '{"type": "Spot"}', "{}"],
    "array": ['["一组", "二组"]', "[]", "一组", '{"a": 1}'],
    "object": ['{"组": "一组"}', "{}", "[]", "一组"],
    "any": ["村务", "12"],
}
_BOUNDS = {
    "number": ["-1", "0.5", "1000"],
    "integer": ["-1", "0", "100"],
    "date": ["2026-01-01", "2026-12-31"],
    "time": ["08:00:00", "17:00:00"],
    "datetime": ["2026-01-01T00:00:00", "2026-12-31T00:00:00"],
    "year": ["2000", "2026"],
    "yearmonth": ["2026-01", "2026-12"],
}
_WITH_LENGTHS = ("string", "array", "object")
# What cannot be kept in a set, no reader can tell to be unique.
_WITHOUT_UNIQUE = ("geojson", "array", "object", "any")
_MISSING = [["-"], ["", "-", "无"], []]


@st.composite
def kinds(draw: st.DrawFn) -> Field:
    """Draw a field of any type of Table Schema, in any format, with any constraints that it supports."""
    kind = draw(st.sampled_from(sorted(OPTIONS)))
    descriptor = {"name": "列", "type": kind, **draw(st.sampled_from(OPTIONS[kind]))}
    if draw(st.integers(0, 3)) == 0:
        descriptor["missingValues"] = draw(st.sampled_from(_MISSING))
    found = draw(_constraints(descriptor))
    if found:
        descriptor["constraints"] = found
    return field_of(descriptor)


def field_of(descriptor: dict[str, Any]) -> Field:
    """Return the field of a descriptor, its constraints in the types in which promises give them."""
    found = dict(descriptor.get("constraints", {}))
    read = Stock.from_descriptor({"name": "值", "type": descriptor["type"]}).read_cell
    found |= {name: read(found[name])[0] for name in ("minimum", "maximum") if name in found}
    return Field(descriptor["name"], descriptor["type"], descriptor, constraints=found)


def _constraints(descriptor: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    kind = descriptor["type"]
    known: dict[str, Any] = {"required": st.booleans()}
    if kind not in _WITHOUT_UNIQUE:
        known["unique"] = st.booleans()
    # Bounds and words of an enumeration are read in the format of their field, in which few can be.
    is_plain = set(descriptor) <= {"name", "type", "missingValues"}
    if kind in _BOUNDS and is_plain:
        known |= dict.fromkeys(("minimum", "maximum"), st.sampled_from(_BOUNDS[kind]))
    if kind in _WITH_LENGTHS:
        known |= {"minLength": st.integers(0, 3), "maxLength": st.integers(1, 6)}
    if kind == "string":
        known["pattern"] = st.sampled_from(["[0-9]{3,4}", "甲|乙", "a|ab", ".*", "x?"])
    words = ["甲", "乙", "现金", *TYPICAL["string"]] if kind == "string" else _BOUNDS.get(kind)
    if words and is_plain:
        known["enum"] = st.lists(st.sampled_from(words), min_size=1, unique=True)
    return st.fixed_dictionaries({}, optional=known)


def cells_of(field: Field) -> st.SearchStrategy[list[str]]:
    """Draw a column: what people write there, what they write elsewhere, and what nobody would write."""
    typical = st.sampled_from(["", *TYPICAL[field.type]])
    other = st.sampled_from([*WORDS, *NUMBERS, *DATES, *ODD]) | st.text(max_size=8)
    return st.lists(typical | typical | other, min_size=1, max_size=6)
