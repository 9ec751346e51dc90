"""Personal columns: no schema may ask for what no list may carry."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.model.finding import SetupError
from generator.promises.personal import personal_heading
from generator.promises.promises import load_promises
from tests.sample import ROOT


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("身份证号", "citizen-id"),
        ("身份证号码", "citizen-id"),
        ("公民身份号码", "citizen-id"),
        ("证件号码", "citizen-id"),
        ("残疾证号", "citizen-id"),
        ("银行账号", "account"),
        ("一卡通账号", "account"),
        ("账号", "account"),
        ("社保卡号", "account"),
        ("联系电话", "phone"),
        ("手机号码", "phone"),
        ("电话（必填）", "phone"),
    ],
)
def test_identifiers_are_known_by_their_heading(heading: str, kind: str):
    assert personal_heading(heading, of_persons=False) == kind


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("家庭住址", "address"),
        ("出生年月", "birth-date"),
        ("年龄", "birth-date"),
        ("残疾类别", "health"),
        ("患病情况", "health"),
        ("致贫原因", "reason"),
        ("救助原因", "reason"),
    ],
)
def test_what_tells_why_somebody_is_on_a_list_is_refused_there_only(heading: str, kind: str):
    assert personal_heading(heading, of_persons=True) == kind
    assert personal_heading(heading, of_persons=False) == ""


@pytest.mark.parametrize(
    "heading",
    [
        "户主",
        "姓名",
        "监督电话",
        "咨询电话",
        "办公电话",
        "账户",
        "凭证号",
        "合同号",
        "编号",
        "备注",
        "保障人数",
        "组",
    ],
)
def test_what_a_list_needs_is_no_personal_heading(heading: str):
    assert personal_heading(heading, of_persons=True) == ""


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ("- {name: 身份证号, type: string}", "身份证号"),
        ("- {name: 原因, type: string}", "原因"),
        ("- {name: 备用, type: string, aliases: [银行卡号]}", "银行卡号"),
    ],
)
def test_a_schema_with_such_a_column_is_refused(tmp_path: Path, change: str, column: str):
    for folder in ("schemas", "site_config", "content"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("_*", "*.csv"))
    (tmp_path / "content_private").mkdir()
    path = tmp_path / "schemas" / "subsidy.yaml"
    text = path.read_text(encoding="utf-8").replace("primaryKey:", f"  {change}\nprimaryKey:", 1)
    path.write_text(text, encoding="utf-8")

    with pytest.raises(SetupError, match=column):
        load_promises(tmp_path)


def test_names_are_a_matter_of_lists_of_persons_only(tmp_path: Path):
    for folder in ("schemas", "site_config", "content"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("_*", "*.csv"))
    (tmp_path / "content_private").mkdir()
    path = tmp_path / "schemas" / "finance.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("  laws:\n", "  names: {after: mask}\n  laws:\n", 1),
        encoding="utf-8",
    )

    with pytest.raises(SetupError, match="private: true"):
        load_promises(tmp_path)
