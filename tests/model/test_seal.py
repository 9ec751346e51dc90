"""Seals: they bind a list to every cell, and tell nothing of it without the salt."""

from __future__ import annotations

import hashlib
import hmac
import json
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from generator.model.item import Field, TableSchema
from generator.model.seal import root_of, seal_of
from generator.model.table import Table

SALT, OTHER = "5a" * 32, "a5" * 32
SCHEMA = TableSchema(
    (
        Field("户主", "string", {}),
        Field("人数", "integer", {}, unit="人"),
        Field("标准", "number", {}, role="standard"),
        Field("金额", "number", {}, role="amount", unit="元"),
    )
)


def table(*rows: tuple[str, int, str, str]) -> Table:
    """Return a list with these rows."""
    columns = list(zip(*rows, strict=True)) if rows else [()] * 4
    names = [field.name for field in SCHEMA.fields]
    kinds = (str, int, Decimal, Decimal)
    values = {n: [k(c) for c in column] for n, k, column in zip(names, kinds, columns, strict=True)}
    texts = {n: [str(c) for c in column] for n, column in zip(names, columns, strict=True)}
    return Table(SCHEMA, values, texts, range(2, 2 + len(rows)))


ROWS = (("田某甲", 2, "50.00", "100.00"), ("冉某乙", 1, "50.00", "50.00"), ("王某丙", 3, "50.00", "150.00"))


def slow_root(rows: list[tuple[str, ...]], salt: bytes) -> str:
    """Return the root as its definition has it, one level after the other."""
    level = []
    for index, row in enumerate(rows):
        own = hmac.new(salt, index.to_bytes(8, "big"), hashlib.sha256).digest()
        text = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
        level.append(hashlib.sha256(b"\0" + own + text.encode()).digest())
    while len(level) > 1:
        above = []
        for left in range(0, len(level), 2):
            pair = level[left : left + 2]
            above.append(hashlib.sha256(b"\1" + pair[0] + pair[1]).digest() if len(pair) == 2 else pair[0])
        level = above
    return (level or [hashlib.sha256(b"\0" + salt).digest()])[0].hex()


def test_a_seal_counts_and_adds_up_what_can_be_added_up():
    seal = seal_of(table(*ROWS), SALT)

    assert seal.rows == 3
    assert seal.totals == {"人数": 6, "金额": Decimal("300.00")}


@given(st.lists(st.tuples(st.text(), st.integers(), st.just("1.00"), st.just("2.00")), max_size=20))
def test_the_root_is_that_of_its_definition(rows: list[tuple[str, int, str, str]]):
    texts = [tuple(map(str, row)) for row in rows]

    assert root_of(table(*rows), bytes.fromhex(SALT)) == slow_root(texts, bytes.fromhex(SALT))


def test_every_cell_every_order_and_the_salt_are_bound():
    root = seal_of(table(*ROWS), SALT).root
    others = [
        seal_of(table(*ROWS), OTHER).root,
        seal_of(table(ROWS[1], ROWS[0], ROWS[2]), SALT).root,
        seal_of(table(*ROWS[:2]), SALT).root,
        seal_of(table(("田某丁", 2, "50.00", "100.00"), *ROWS[1:]), SALT).root,
        seal_of(table(("田某甲", 2, "50", "100.00"), *ROWS[1:]), SALT).root,
        seal_of(table(), SALT).root,
    ]

    assert len({root, *others}) == 7


def test_two_lists_with_the_same_row_share_no_hash():
    first, second = seal_of(table(ROWS[0]), SALT), seal_of(table(ROWS[0]), OTHER)

    assert first.totals == second.totals
    assert first.root != second.root
