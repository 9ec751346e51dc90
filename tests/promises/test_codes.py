"""Code lists: what the rule of 2011 asks for is disclosed, and old accounts find their new names."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml

from generator.model.finding import SetupError
from generator.promises.promises import load_promises
from tests.counties import changed
from tests.sample import ROOT

PROMISES = load_promises(ROOT)
CODES = PROMISES.codes
DISCLOSURES = "schemas/codes/disclosure_items_2011.yaml"
ACCOUNTS = "schemas/codes/accounts_2024.yaml"


def test_the_rule_has_forty_four_numbered_items_in_eight_classes():
    numbered = Counter(disclosure.group for disclosure in CODES.disclosures if disclosure.number)

    assert list(CODES.disclosure_groups) == list("一二三四五六七八")
    assert numbered == {"一": 7, "二": 11, "三": 10, "四": 6, "六": 4, "七": 6}
    assert numbered.total() == 44


@pytest.mark.parametrize("group", list("一二三四六七"))
def test_the_items_of_a_class_are_numbered_from_one(group: str):
    numbers = [disclosure.number for disclosure in CODES.disclosures if disclosure.group == group]

    assert numbers == list(range(1, len(numbers) + 1))


def test_everything_that_the_rule_asks_for_is_disclosed_by_an_item_of_ours():
    assert {disclosure.group for disclosure in CODES.disclosures} == set(CODES.disclosure_groups)
    assert [disclosure.title for disclosure in CODES.disclosures if not disclosure.items] == []


def test_every_category_of_income_and_expense_books_something_that_the_rule_asks_for():
    ledger = PROMISES.catalogue.versions["finance"][-1].schema
    booked = {category for disclosure in CODES.disclosures for category in disclosure.categories}

    assert set(ledger.field_named("类别").constraints["enum"]) - booked == {"期初", "上月结转", "内部转账"}


def test_the_accounting_system_has_forty_two_accounts():
    assert len(CODES.accounts) == 42
    assert [account.code for account in CODES.accounts] == sorted(account.code for account in CODES.accounts)
    assert Counter(account.group for account in CODES.accounts) == {
        "asset": 19,
        "liability": 8,
        "equity": 4,
        "cost": 1,
        "profit": 10,
    }


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("经营收入", "经营收入"),
        ("发包及上交收入", "经营收入"),
        ("农业税附加返还收入", "补助收入"),
        ("公积金", "公积公益金"),
        ("现金", "库存现金"),
        ("生产（劳务）成本", "生产（劳务）成本"),
        ("公益支出", "公益支出"),
        ("牲畜（禽）资产", None),
        ("林木资产", None),
        ("应付福利费", None),
        ("小金库", None),
    ],
)
def test_an_old_account_is_called_by_its_new_name_where_there_is_one_only(old: str, new: str | None):
    called = [account.name for account in CODES.accounts if old in (account.name, *account.formerly)]

    assert called == ([new] if new is not None else [])


def test_an_account_that_lives_on_in_several_names_them():
    successors = {retired.name: retired.successors for retired in CODES.retired}

    assert successors["牲畜（禽）资产"] == ("消耗性生物资产", "生产性生物资产")
    assert successors["林木资产"] == ("消耗性生物资产", "生产性生物资产", "公益性生物资产")


def test_the_balance_sheets_of_the_sample_speak_the_language_of_the_system():
    rows = [
        row["项目"]
        for path in sorted((ROOT / "content").glob("*/*/balance_sheet/*.yaml"))
        for part in ("资产", "负债", "所有者权益")
        for row in yaml.safe_load(path.read_text(encoding="utf-8"))[part]
    ]

    assert rows
    assert set(rows) <= {*CODES.lines, *(account.name for account in CODES.accounts)}


@pytest.mark.parametrize(
    ("file", "old", "new", "key"),
    [
        (DISCLOSURES, "items: [finance_plan]}", "items: [finance_plans]}", "items"),
        (
            DISCLOSURES,
            'number: "1", title: 财务收支计划, items: [finance_plan]}',
            'number: "1", title: 财务收支计划}',
            "items",
        ),
        (DISCLOSURES, "categories: [发包收入]", "categories: [上交收入]", "categories"),
        (DISCLOSURES, "{class: 五, title", "{class: 九, title", "class"),
        (DISCLOSURES, "{class: 五, title", "{class: 五, titel", "title"),
        (DISCLOSURES, 'class: 一, number: "2"', 'class: 一, number: "1"', "title"),
        (ACCOUNTS, 'code: "102"', 'code: "101"', "code"),
        (ACCOUNTS, "formerly: [现金]", "formerly: [银行存款]", "name"),
        (ACCOUNTS, 'goes_to: ["111", "141"]', 'goes_to: ["111", "999"]', "goes_to"),
        (ACCOUNTS, 'of: ["101", "102"]', "of: []", "of"),
        (ACCOUNTS, "name: 银行存款, class: asset", "name: 银行存款, class: assets", "class"),
    ],
)
def test_a_mistake_in_a_code_list_names_its_file_and_key(
    county: Path, file: str, old: str, new: str, key: str
):
    changed(county, file, (old, new))

    with pytest.raises(SetupError) as caught:
        load_promises(county)

    assert caught.value.file == file
    assert str(caught.value.key).endswith(key)


def test_a_county_without_code_lists_has_none(county: Path):
    for file in (DISCLOSURES, ACCOUNTS):
        (county / file).unlink()

    codes = load_promises(county).codes

    assert (codes.disclosures, codes.accounts) == ((), ())
