"""Fields and cells of every kind, for properties of reading."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from generator.model.item import Field, TableSchema

WORDS = [
    "",
    "甲",
    "乙",
    "001",
    "1234",
    "现金",
    "银行",
    "true",
    "0",
    "1",
    "-1",
    "a\nb",
    "\n=x",
    " 甲",
    "甲 ",
    "　",
]
NUMBERS = [
    "0",
    "-0",
    "00",
    "1.5",
    "1.50",
    "-2.25",
    "1e5",
    "NaN",
    "sNaN",
    "-INF",
    "inf",
    "1,000",
    "1_000",
    " 12 ",
    "+3",
]
NUMBERS += [
    ".5",
    "5.",
    "0.001",
    "１２",
    "٣",
    "9" * 16,
    "9" * 30 + ".5",
    "1" * 4400,
    "0." + "1" * 40,
    "3000",
    "三千",
]
DATES = [
    "2026-02-28",
    "2026-02-30",
    "2026-2-8",
    "0000-01-01",
    "9999-12-31",
    "2026/03/05",
    "20260305",
    "2026-W01-1",
]
DATES += ["２０２６-03-05", "2026-03-05 ", "2026-03-05T00:00:00", "2024-02-29", "2025-02-29"]
ODD = ["=1+1", "+86", "@x", "\t1", "\r1", "\u200b", "x\u202ey", "\x00", "\ufeff1", "長" * 5_001]

cells = st.sampled_from([*WORDS, *NUMBERS, *DATES, *ODD]) | st.text(max_size=8)
numbers = st.decimals(-10_000, 10_000, places=2).map(str) | st.integers(-1_000, 1_000).map(str)
dates = st.dates().map(str)


def constraints(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    """Return constraints that Table Schema knows for a type, as promises give them."""
    known: dict[str, Any] = {"required": st.booleans(), "unique": st.booleans()}
    if kind == "string":
        known |= {"minLength": st.integers(0, 3), "maxLength": st.integers(1, 6)}
        known |= {"pattern": st.sampled_from(["[0-9]{3,4}", "甲|乙", "a|ab", ".*", "x?"])}
        known |= {"enum": st.lists(st.sampled_from(["甲", "乙", "现金", "001"]), min_size=1, unique=True)}
    if kind == "number":
        bounds = st.decimals(-100, 100, places=2)
        known |= {"minimum": bounds, "maximum": bounds}
    if kind == "integer":
        known |= {"minimum": st.integers(-9, 9), "maximum": st.integers(-9, 9)}
    if kind == "date":
        known |= {"minimum": st.dates(), "maximum": st.dates()}
    return st.fixed_dictionaries({}, optional=known)


@st.composite
def fields(draw: st.DrawFn) -> Field:
    """Draw a field of any type, with any constraints and step."""
    kind = draw(st.sampled_from(["string", "number", "integer", "date", "boolean"]))
    found = draw(constraints(kind))
    step = draw(st.sampled_from([None, "0.01", "0.5", "1", "10", "0.25"])) if kind == "number" else None
    return field_of(kind, found, step=step)


def field_of(kind: str, found: dict[str, Any], *, name: str = "列", step: str | None = None) -> Field:
    """Return a field with the descriptor that a stock validator would be given."""
    plain = {
        key: value if isinstance(value, bool | int | list) else str(value) for key, value in found.items()
    }
    descriptor: dict[str, Any] = {"name": name, "type": kind}
    if plain:
        descriptor["constraints"] = plain
    return Field(name, kind, descriptor, step=Decimal(step) if step else None, constraints=found)


def schema_of(*columns: Field, key: tuple[str, ...] = ()) -> TableSchema:
    """Return a table schema of these columns."""
    return TableSchema(columns, key)
