"""A broken set-up is told once, with its file and its key."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.checks.laws import require_laws
from generator.model.finding import SetupError
from generator.promises.promises import load_promises
from tests.counties import changed, written

SETTINGS = "site_config/county.yaml"
PROFILE = "site_config/profiles/chongqing.yaml"
FINANCE, SUMMARY, SUBSIDY = "schemas/finance.yaml", "schemas/finance_summary.yaml", "schemas/subsidy.yaml"
ELECTION, RULES, REGISTER = "schemas/election.yaml", "schemas/village_rules.yaml", "schemas/publications.yaml"
LAW = "schemas/law/VC25.yaml"


def error_in(root: Path) -> SetupError:
    with pytest.raises(SetupError) as caught:
        require_laws(load_promises(root).catalogue)
    return caught.value


@pytest.mark.parametrize(
    ("file", "old", "new", "key"),
    [
        # settings
        (SETTINGS, "title: 示例县村务公开\n", "", "title"),
        (SETTINGS, "title: 示例县村务公开", "title: ", "title"),
        (SETTINGS, "title: 示例县村务公开", "title: [甲]", "title"),
        (SETTINGS, "title:", "titel: 错\ntitle:", "titel"),
        (SETTINGS, "name: 示例县, ", "", "county.name"),
        (SETTINGS, "county: {", "county: 县 # {", "county"),
        (SETTINGS, 'demo: "true"', "demo: yes", "demo"),
        (SETTINGS, '"2026-03-10"', '"2026-3-10"', "as_of"),
        (SETTINGS, '"2026-03-10"', '"2026-02-30"', "as_of"),
        (SETTINGS, 'disclosure_start: "2026-01-01"\n', "", "disclosure_start"),
        (SETTINGS, "demo:", "suggested_days: 十五\ndemo:", "suggested_days"),
        (SETTINGS, "demo:", 'suggested_days: "99999999"\ndemo:', "suggested_days"),
        (SETTINGS, "private_content: content_private", "private_content: elsewhere", "private_content"),
        (SETTINGS, "demo:", "content: nowhere\ndemo:", "content"),
        (SETTINGS, "demo:", "contacts: [农经站]\ndemo:", "contacts.0"),
        (SETTINGS, "demo:", "contacts: [{title: 农经站}]\ndemo:", "contacts.0.phone"),
        (SETTINGS, "demo:", "filing_numbers: 备\ndemo:", "filing_numbers"),
        (SETTINGS, "finance: 财务", "finance: ", "categories.finance"),
        # schemas
        (FINANCE, "name: finance", "name: finances", "name"),
        (FINANCE, "title: 财务收支\n", "", "title"),
        (FINANCE, "primaryKey: [序号]", "primaryKey: [号]", "primaryKey"),
        (FINANCE, "primaryKey:", "primarykey:", "primarykey"),
        (FINANCE, "name: 序号, type: string", "name: 序号, type: text", "fields.0.type"),
        (FINANCE, "name: 序号, type: string", "name: 序号", "fields.0.type"),
        (FINANCE, "name: 序号,", "name: 日期,", "fields"),
        (FINANCE, "unique: true", "unqiue: true", "fields.0.constraints.unqiue"),
        (FINANCE, "unique: true", "unique: 1", "fields.0.constraints.unique"),
        (FINANCE, '"[0-9]{3,4}"', '"[0-9"', "fields.0.constraints.pattern"),
        (FINANCE, "maxLength: 60", "maxLength: 六十", "fields.3.constraints.maxLength"),
        (FINANCE, "enum: [现金, 银行]", "enum: 现金", "fields.5.constraints.enum"),
        (FINANCE, "enum: [现金, 银行]", "enum: []", "fields.5.constraints.enum"),
        (FINANCE, "role: date, ", "role: date, constraints: {pattern: x}, ", ""),
        (
            FINANCE,
            'role: income, constraints: {minimum: "0"}',
            "role: income, constraints: {minimum: 零}",
            "fields.7.constraints.minimum",
        ),
        (
            FINANCE,
            'role: income, constraints: {minimum: "0"}',
            "role: income, constraints: {minimum: }",
            "fields.7.constraints.minimum",
        ),
        (
            FINANCE,
            'role: income, constraints: {minimum: "0"}',
            "role: income, constraints: {minLength: 1}",
            "fields.7.constraints.minLength",
        ),
        (
            FINANCE,
            'role: income, constraints: {minimum: "0"}',
            "role: income, constraints: {enum: ['1']}",
            "fields.7.constraints.enum",
        ),
        (FINANCE, 'step: "0.01", example: "18000.00"', 'step: "0", example: "18000.00"', "fields.7.step"),
        (FINANCE, 'step: "0.01", example: "18000.00"', 'step: NaN, example: "18000.00"', "fields.7.step"),
        (
            ELECTION,
            'role: seats, constraints: {required: true, minimum: "1"}',
            'role: seats, constraints: {required: true, minimum: "1.5"}',
            "parts.职数.fields.2.constraints.minimum",
        ),
        (FINANCE, "category: finance", "category: money", "disclosure.category"),
        (FINANCE, "  category: finance\n", "", "disclosure.category"),
        (FINANCE, "layout: ledger", "layout: leger", "disclosure.layout"),
        (FINANCE, "cadence: monthly", "cadence: weekly", "disclosure.cadence"),
        (FINANCE, "applies_to: [village, community]", "applies_to: [town]", "disclosure.applies_to"),
        (FINANCE, "  applies_to: [village, community]\n", "", "disclosure.applies_to"),
        (FINANCE, "village: [VC18-30, VC25-35]", "village: [VC99-1]", "disclosure.basis"),
        (FINANCE, "village: [VC18-30", "town: [VC18-30], village: [VC18-30", "disclosure.basis.town"),
        (
            FINANCE,
            "cadence: monthly",
            'cadence: monthly\n  valid_from: "2027-01-01"\n  valid_to: "2026-01-01"',
            "disclosure.valid_to",
        ),
        (SUBSIDY, "privacy: {户主: surname}", "privacy: {户: surname}", "disclosure.privacy.户"),
        (SUBSIDY, "privacy: {户主: surname}", "privacy: {户主: secret}", "disclosure.privacy.户主"),
        (SUBSIDY, "private: true", "private: 是", "disclosure.private"),
        # Of a document no name could be masked, sealed or taken back.
        (SUBSIDY, "private: true", "private: true\n  document: true", "disclosure.private"),
        (
            SUBSIDY,
            "\ndisclosure:",
            "\nparts:\n  领取人:\n    fields:\n      - {name: 说明, type: string}\n\ndisclosure:",
            "disclosure.private",
        ),
        # the register
        (REGISTER, "name: 张贴起, type: date", "name: 张贴, type: date", "fields.张贴起"),
        (REGISTER, "name: 张贴起, type: date", "name: 张贴起, type: string", "fields.张贴起"),
        (REGISTER, 'example: "1", constraints: {required: true, minimum: "1"}', 'example: "1"', "fields.次"),
        # laws
        (
            FINANCE,
            "running_balance: {by: [主体, 账户]",
            "runing_balance: {by: [主体, 账户]",
            "disclosure.laws.runing_balance",
        ),
        (
            FINANCE,
            "running_balance: {by: [主体, 账户]",
            "running_balance: {by: 主体",
            "disclosure.laws.running_balance",
        ),
        (
            FINANCE,
            "running_balance: {by: [主体, 账户]",
            "running_balance: {by: [主体, 户头]",
            "disclosure.laws.running_balance",
        ),
        (
            FINANCE,
            "running_balance: {by: [主体, 账户]",
            "running_balance: {per: [主体, 账户]",
            "disclosure.laws.running_balance",
        ),
        (
            FINANCE,
            "transfers: {类别: [内部转账]}",
            "transfers: [内部转账]",
            "disclosure.laws.running_balance",
        ),
        (
            FINANCE,
            "transfers: {类别: [内部转账]}",
            "transfers: {类: [内部转账]}",
            "disclosure.laws.running_balance",
        ),
        (FINANCE, "role: balance", "role: rest", "disclosure.laws.running_balance"),
        (
            FINANCE,
            'name: 结余, type: number, unit: 元, step: "0.01"',
            "name: 结余, type: string",
            "disclosure.laws.running_balance",
        ),
        (FINANCE, "continuity: {by: [主体, 账户]}", "continuity: {by: [主体]}", "disclosure.laws.continuity"),
        (
            FINANCE,
            "    running_balance: {by: [主体, 账户], transfers: {类别: [内部转账]}}\n",
            "",
            "disclosure.laws.continuity",
        ),
        (FINANCE, "continuity: {by: [主体, 账户]}", "continuity: 主体", "disclosure.laws.continuity"),
        (SUMMARY, "opening: 上期结余, ", "", "disclosure.laws.period_balance"),
        (SUMMARY, "kind: 类别, amount: 金额", "amount: 金额", "disclosure.laws.period_balance"),
        (SUMMARY, "amount: 金额", "amount: 项目", "disclosure.laws.period_balance"),
        (SUMMARY, "of: [金额]", "of: 金额", "disclosure.laws.total"),
        (SUMMARY, "of: [金额]", "of: [说明]", "disclosure.laws.total"),
        (
            SUBSIDY,
            "product: {of: [数量, 标准], is: 金额}",
            "product: {of: [数量, 标准]}",
            "disclosure.laws.product",
        ),
        (SUBSIDY, "is: 金额", "is: [金额]", "disclosure.laws.product"),
        (SUBSIDY, "product: {of: [数量, 标准], is: 金额}", "product: 金额", "disclosure.laws.product"),
        (ELECTION, "ballots: {rounds: 投票", "ballots: {rounds: 轮次", "disclosure.laws.ballots"),
        (
            ELECTION,
            "role: registered, constraints: {required: true, ",
            "role: registered, constraints: {",
            "disclosure.laws.ballots",
        ),
        (ELECTION, "role: registered", "role: voters", "disclosure.laws.ballots"),
        (ELECTION, "first: 首次投票, ", "", "disclosure.laws.majority"),
        (RULES, "enum: [村民会议,", "enum: [村民大会,", "disclosure.laws.majority"),
        (RULES, "stage: 步骤, date: 日期", "stage: 阶段, date: 日期", "disclosure.laws.stages"),
        (
            RULES,
            "order: [征集民意, 拟定草案, 提请审核, 审议表决, 备案公布]",
            "order: 征集民意",
            "disclosure.laws.stages",
        ),
        # law and profile
        (LAW, "short: 村民委员会组织法\n", "", "short"),
        (LAW, 'valid_from: "2026-01-01"\n', "", "valid_from"),
        (LAW, "display_days: 15", "display_days: 半月", "articles.35.display_days"),
        (LAW, "summary: 村规民约由村民会议制定，报乡镇备案", "", "articles.31.summary"),
        (PROFILE, "monthly:", "weekly:", "due.weekly"),
        (PROFILE, "basis: CQ13-30}\n  quarterly", "basis: CQ13-99}\n  quarterly", "due"),
        (
            PROFILE,
            'days_after_end: "15", applies_to: [village], basis: CQ13-30}\n  quarterly',
            "applies_to: [village], basis: CQ13-30}\n  quarterly",
            "due.monthly.days_after_end",
        ),
    ],
)
def test_a_mistake_is_named_by_file_and_key(county: Path, file: str, old: str, new: str, key: str):
    text = (county / file).read_text(encoding="utf-8")
    assert old in text
    (county / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    error = error_in(county)

    assert error.file == file
    if key:
        assert error.key == key
    assert error.problem
    assert str(error).startswith(f"{file}，")


@pytest.mark.parametrize("file", [SETTINGS, PROFILE, REGISTER])
def test_a_missing_file_is_named(county: Path, file: str):
    (county / file).unlink()

    assert str(error_in(county)) == f"{file}：缺少这个文件"


@pytest.mark.parametrize(
    ("text", "line"),
    [(b"name: \xc7\xe0", None), (b"", 1), (b"- a\n", 1), (b"a: 1\na: 2\n", 2), (b"a: [\n", 1), (b"\0", 1)],
)
@pytest.mark.parametrize("file", [SETTINGS, PROFILE, FINANCE, LAW])
def test_a_file_that_cannot_be_read_is_named(county: Path, file: str, text: bytes, line: int | None):
    (county / file).write_bytes(text)

    error = error_in(county)

    assert error.file == file
    assert error.problem
    if line is not None:
        assert error.line is not None


def test_two_versions_must_not_overlap(county: Path):
    text = (county / FINANCE).read_text(encoding="utf-8")
    written(county, "schemas/finance--2025.yaml", text)

    error = error_in(county)

    assert (error.file, error.key) == (FINANCE, "disclosure.valid_from")
    assert "schemas/finance--2025.yaml" in error.problem


def test_an_act_must_not_be_written_twice(county: Path):
    written(county, "schemas/law/VC25-copy.yaml", (county / LAW).read_text(encoding="utf-8"))

    error = error_in(county)

    assert (error.file, error.key) == (LAW, "id")


def test_the_line_of_a_mistake_is_where_its_key_stands(county: Path):
    changed(county, FINANCE, ("layout: ledger", "layout: leger"))

    error = error_in(county)

    assert error.line is not None
    assert (county / FINANCE).read_text(encoding="utf-8").split("\n")[error.line - 1] == "  layout: leger"
