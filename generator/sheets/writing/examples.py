"""Examples: rows that show how a table is filled in, made from its schema alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal

from generator.model.item import DisclosureItem, Field
from generator.sheets.amounts import is_plain, written

_LAST_DIGITS = re.compile(r"(.*?)([0-9]+)([^0-9]*)")
_MARKS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_NEXT = str.maketrans("甲乙丙丁一二三四东西南北", "乙丙丁戊二三四五西东北南")


def example_rows(item: DisclosureItem) -> tuple[dict[str, str], dict[str, str]]:
    """Return two rows of a table: the schema's examples, and a second one as it could follow."""
    first = {column.name: _example(column) for column in item.schema.fields}
    second = dict(first)
    for column in item.schema.fields:
        if column.type == "date" and first[column.name]:
            second[column.name] = (date.fromisoformat(first[column.name]) + timedelta(days=1)).isoformat()
    total = item.laws.get("total", {})
    if total.get("label") in second:
        # Where the rows are added up, the second one of two is their total.
        second[str(total["label"])] = str(total["total"])
    _make_distinct(item, first, second)
    if "running_balance" in item.laws:
        _go_on(item, first, second)
    return first, second


def _make_distinct(item: DisclosureItem, first: Mapping[str, str], second: dict[str, str]) -> None:
    """Change what must not come twice: keys, numbers of vouchers, what would look like one entry twice."""
    codes = _columns_of(item, "credit_code", "column")
    for column in item.schema.fields:
        name = column.name
        is_key = name in item.schema.primary_key or column.constraints.get("unique")
        if (is_key or column.role == "voucher") and second[name] == first[name]:
            second[name] = _next_code(first[name]) if name in codes else _following(column, first[name])
    for law, key in (("repeated", "columns"), ("overlaps", "by")):
        for names in _lists_of(item, law, key):
            if all(first[name] == second[name] for name in names):
                name = next((name for name in reversed(names) if first[name]), names[-1])
                second[name] = _following(item.schema.field_named(name), first[name])


def _lists_of(item: DisclosureItem, law: str, key: str) -> Iterator[list[str]]:
    """Yield the lists of the table's own columns that the rules of a law name under ``key``."""
    names = {column.name for column in item.schema.fields}
    for rule in item.laws.get(law, {}).get("rules", ()):
        found = rule.get(key, ())
        listed = [found] if isinstance(found, str) else list(found)
        if listed and "part" not in rule and names.issuperset(listed):
            yield listed


def _columns_of(item: DisclosureItem, law: str, key: str) -> set[str]:
    return {name for names in _lists_of(item, law, key) for name in names}


def _next_code(text: str) -> str:
    """Return the unified social credit code whose serial number is one higher, with its own check mark."""
    if len(text) != 18 or not text[16].isdigit() or not set(text) <= set(_MARKS):
        return text
    body = f"{text[:16]}{(int(text[16]) + 1) % 10}"
    total = sum(_MARKS.index(mark) * 3**place % 31 for place, mark in enumerate(body))
    return body + _MARKS[-total % 31]


def _example(column: Field) -> str:
    if column.is_numeric and is_plain(column.example):
        return written(Decimal(column.example), column) or column.example
    allowed = column.constraints.get("enum", ())
    return column.example or (str(allowed[0]) if column.is_required and allowed else "")


def _following(column: Field, text: str) -> str:
    """Return what could stand in a key below ``text``; ``text`` itself where nothing else fits."""
    allowed = list(column.constraints.get("enum", ()))
    if allowed:
        place = allowed.index(text) + 1 if text in allowed else 0
        return str(allowed[place % len(allowed)])
    if not text:
        return text
    digits = _LAST_DIGITS.fullmatch(text)
    if digits is not None:
        return f"{digits[1]}{int(digits[2]) + 1:0{len(digits[2])}d}{digits[3]}"
    if text.endswith("村"):
        return "河心村"
    turned = text.translate(_NEXT)
    found = turned if turned != text else f"{text}（二）"
    pattern = str(column.constraints.get("pattern", ""))
    return text if pattern and not re.fullmatch(pattern, found) else found


def _go_on(item: DisclosureItem, first: Mapping[str, str], second: dict[str, str]) -> None:
    """Make the second row of a ledger one that goes on from the first, so that its balance comes out."""
    schema = item.schema
    income, expense, balance = (schema.name_of(role) for role in ("income", "expense", "balance"))
    if income is None or expense is None or balance is None or not first[balance]:
        return
    kind, lead = schema.name_of("category"), schema.name_of("lead")
    if kind is not None and "办公费" in schema.field_named(kind).constraints.get("enum", ()):
        second |= {kind: "办公费", income: "", expense: "120.00"}
        if lead is not None:
            second[lead] = "付打印纸款"
    change = Decimal(second[income] or 0) - Decimal(second[expense] or 0)
    second[balance] = written(Decimal(first[balance]) + change, schema.field_named(balance)) or ""
