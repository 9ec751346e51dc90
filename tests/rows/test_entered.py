"""What a person entered: balances and totals that follow are folded, those that do not are told."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator.model.item import DisclosureItem
from generator.promises.schemas import load_catalogue
from generator.promises.settings import load_settings
from generator.rows.difference import Difference, compare_tables
from generator.rows.entered import Entered, entered_of, largest_of
from generator.rows.text_table import TextTable, read_table
from generator.rows.words import effect_text, moves_text
from tests.sample import ROOT

LEDGER = "序号,日期,凭证号,摘要,主体,账户,类别,收入,支出,结余,备注\n"
BEFORE = LEDGER + (
    "001,2026-03-01,,上月结转,村集体,银行,上月结转,,,1000.00,\n"
    "002,2026-03-01,,上月结转,村委会,现金,上月结转,,,50.00,\n"
    "003,2026-03-05,记-001,办公用品,村集体,银行,办公费,,380.00,620.00,\n"
    "004,2026-03-09,记-002,收租金,村集体,银行,租赁收入,100.00,,720.00,\n"
)


@pytest.fixture(scope="module")
def items() -> dict[str, DisclosureItem]:
    catalogue = load_catalogue(ROOT, load_settings(ROOT).categories)
    return {name: versions[-1] for name, versions in catalogue.versions.items()}


def entered(item: DisclosureItem, before: str, after: str) -> tuple[Entered, Difference]:
    old, new = read_table(before), read_table(after)
    assert isinstance(old, TextTable) and isinstance(new, TextTable)
    difference = compare_tables(old, new, item.schema)
    assert isinstance(difference, Difference), difference
    return entered_of(difference, old, new, item.schema, item), difference


def cells(found: Entered) -> list[tuple[int, str, str, str]]:
    return [(row.after.line, c.column, c.before, c.after) for row in found.changed for c in row.cells]


def edited(text: str, *edits: tuple[str, str]) -> str:
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    return text


def test_balances_that_follow_are_one_line(items: dict[str, DisclosureItem]):
    after = edited(BEFORE, ("380.00,620.00", "308.00,692.00"), ("720.00", "792.00"))
    found, _difference = entered(items["finance"], BEFORE, after)

    assert cells(found) == [(4, "支出", "380.00", "308.00")]
    assert found.followed == 2
    assert [effect_text(e, 2) for e in found.effects] == ["影响村集体 银行 本期结余 +72.00 元，及此后 2 期"]
    assert moves_text(found.moves) == "支出 -72.00 元"


def test_a_balance_that_does_not_follow_is_a_change_of_its_own(items: dict[str, DisclosureItem]):
    after = edited(BEFORE, ("380.00,620.00", "308.00,692.00"), ("720.00", "799.00"))
    found, _difference = entered(items["finance"], BEFORE, after)

    assert cells(found) == [(4, "支出", "380.00", "308.00"), (5, "结余", "720.00", "799.00")]


def test_a_carried_opening_is_told_by_the_balance_alone(items: dict[str, DisclosureItem]):
    after = edited(BEFORE, (",1000.00", ",1072.00"), ("620.00", "692.00"), ("720.00", "792.00"))
    found, _difference = entered(items["finance"], BEFORE, after)

    assert not found
    assert found.followed == 3
    assert [effect_text(e) for e in found.effects] == [
        "村集体 银行 上期结余带来 +72.00 元，本期结余 +72.00 元"
    ]


def test_a_row_that_vanished_counts_with_its_money(items: dict[str, DisclosureItem]):
    after = edited(BEFORE, ("003,2026-03-05,记-001,办公用品,村集体,银行,办公费,,380.00,620.00,\n", ""))
    after = edited(after, ("720.00", "1100.00"))
    found, _difference = entered(items["finance"], BEFORE, after)

    assert [row.line for row in found.removed] == [4]
    assert [(m.net, m.moved) for m in found.moves] == [(Decimal("-380.00"), Decimal("380.00"))]
    assert found.effects[0].closing == Decimal("380.00")


def test_the_rows_that_moved_most_money_come_first(items: dict[str, DisclosureItem]):
    after = edited(BEFORE, ("380.00,620.00", "381.00,619.00"), ("100.00,,720.00", "900.00,,1519.00"))
    found, difference = entered(items["finance"], BEFORE, after)

    lines = [row.after.line for row in largest_of(found, difference, items["finance"].schema)]  # type: ignore[union-attr]
    assert lines == [5, 4]


SUMMARY = "行次,主体,类别,项目,金额,说明\n"


def test_totals_that_follow_are_left_out_and_alone_they_are_told(items: dict[str, DisclosureItem]):
    before = SUMMARY + "1,村集体,收入,租赁收入,100.00,\n2,村集体,收入,合计,100.00,\n"
    both = SUMMARY + "1,村集体,收入,租赁收入,130.00,\n2,村集体,收入,合计,130.00,\n"
    alone = SUMMARY + "1,村集体,收入,租赁收入,100.00,\n2,村集体,收入,合计,130.00,\n"

    assert cells(entered(items["finance_summary"], before, both)[0]) == [(2, "金额", "100.00", "130.00")]
    assert cells(entered(items["finance_summary"], before, alone)[0]) == [(3, "金额", "100.00", "130.00")]


def test_a_series_that_names_a_person_is_not_named(items: dict[str, DisclosureItem]):
    item = items["points"]
    names = [field.name for field in item.schema.fields]
    example = {f.name: f.example for f in item.schema.fields}
    rows = [",".join(example[name] for name in names)]
    before = ",".join(names) + "\n" + rows[0] + "\n"
    balance = item.schema.name_of("balance")
    assert balance is not None
    after = before.replace(example[balance], str(Decimal(example[balance]) + 5))
    found, _difference = entered(item, before, after)

    assert [effect.series for effect in found.effects] == [""]
