"""Accounts: per entity, never mixed, transfers counted on neither side."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from generator.pages.accounts import Account, by_category, over_time
from tests.pages.drawing import SmallCounty, ledger

TWO_ENTITIES = ledger(
    "1,期初,村委会,银行,期初,,,1000.00",
    "1,期初,村委会,现金,期初,,,50.00",
    "1,期初,村集体,银行,期初,,,500.00",
    "3,取备用金,村委会,银行,内部转账,,200.00,800.00",
    "3,取备用金,村委会,现金,内部转账,200.00,,250.00",
    "5,收租金,村集体,银行,租赁收入,300.00,,800.00",
    "6,购纸张,村委会,现金,办公费,,30.50,219.50",
    "7,修水管,村集体,银行,维修养护,,120.00,680.00",
    "8,存回现金,村委会,现金,内部转账,,100.00,119.50",
)


def figures(accounts: tuple[Account, ...]) -> list[tuple[str, ...]]:
    return [
        (a.entity, str(a.opening), str(a.income), str(a.expense), str(a.moved), str(a.closing))
        for a in accounts
    ]


def test_each_entity_has_its_own_account_and_a_transfer_is_neither_income_nor_expense(county: SmallCounty):
    county.put("finance/2026-09.csv", TWO_ENTITIES)
    (summary,) = county.book().summaries.values()

    assert figures(summary.accounts) == [
        ("村委会", "1050.00", "0", "30.50", "-100.00", "919.50"),
        ("村集体", "500.00", "300.00", "120.00", "0", "680.00"),
    ]
    assert (summary.income_count, summary.expense_count) == (1, 2)
    assert by_category([summary.expense_by], "村委会") == [("办公费", Decimal("30.50"))]
    assert by_category([summary.expense_by], "村集体") == [("维修养护", Decimal("120.00"))]
    assert {entity: entry.label for entity, entry in summary.largest.items()} == {
        "村委会": "购纸张",
        "村集体": "修水管",
    }


def test_the_total_rows_of_a_statement_are_not_added_to_what_they_total(books):
    for name in ("qingshi", "zhuyuan", "shiqiao", "hexin"):
        book = books[name]
        for resource in book.items["finance_summary"]:
            for account in book.summaries[resource.path].accounts:
                assert account.opening + account.income - account.expense == account.closing


def test_a_quarter_s_statement_agrees_with_its_three_ledgers(books):
    book = books["qingshi"]
    for statement in book.items["finance_summary"]:
        months = [
            book.summaries[r.path]
            for r in book.items["finance"]
            if statement.period.start <= r.period.start <= statement.period.end
        ]

        assert len(months) == 3
        assert over_time(months) == book.summaries[statement.path].accounts


def test_every_account_of_the_sample_adds_up(books):
    for book in books.values():
        for summary in book.summaries.values():
            for a in summary.accounts:
                assert a.opening + a.income - a.expense + a.moved == a.closing, summary.resource.path


def test_over_time_keeps_the_first_opening_and_the_last_closing(books):
    book = books["hexin"]
    summaries = [book.summaries[r.path] for r in book.items["finance"]]

    for account in over_time(summaries):
        own = [a for s in summaries for a in s.accounts if a.entity == account.entity]
        assert (account.opening, account.closing) == (own[0].opening, own[-1].closing)
        assert account.income == sum(a.income for a in own)


@given(
    st.lists(
        st.dictionaries(
            st.tuples(st.sampled_from(["村委会", "村集体"]), st.sampled_from("甲乙丙丁")),
            st.decimals(min_value=0, max_value=10**6, places=2),
        ),
        max_size=5,
    )
)
def test_categories_of_one_entity_keep_its_sum_and_take_nothing_from_another(sums):
    for entity in ("村委会", "村集体"):
        found = by_category(sums, entity)

        assert sum(value for _name, value in found) == sum(
            value for each in sums for (owner, _category), value in each.items() if owner == entity
        )
        assert found == sorted(found, key=lambda entry: (-entry[1], entry[0]))


def test_a_held_back_ledger_has_no_summary(county: SmallCounty):
    county.put("finance/2026-09.csv", TWO_ENTITIES.replace("30.50", "三十"))

    assert county.book().summaries == {}
