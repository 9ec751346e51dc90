"""Relations: what a head says of its lists."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from generator.model.item import Field, TableSchema
from generator.model.table import Table
from tests.checks.small import findings_of, read, resource_of


def test_a_row_of_which_is_not_added_again() -> None:
    fields = (
        Field("项目", "string", {"name": "项目", "type": "string"}, role="lead"),
        Field("年末数", "number", {"name": "年末数", "type": "number"}),
    )
    rows: dict[str, list[Any]] = {
        "项目": ["应付款", "其中：应付工资", "借款"],
        "年末数": [Decimal(50), Decimal(30), Decimal(20)],
    }
    debts = Table(TableSchema(fields), rows, {}, range(2, 5))
    rule = {"stated": "负债合计", "part": "负债", "of": "年末数"}

    def stated(total: str) -> list[str]:
        head = resource_of(read("负债合计:number", total), parts={"负债": debts})
        return [finding.message for finding in findings_of("part_totals", rule, head)]

    assert stated("70.00") == []
    assert stated("100.00") == ["负债合计写 100.00，「负债」各行年末数相加是 70.00"]


@pytest.mark.parametrize(
    ("stated", "holds"), [("4", True), ("3", True), ("2", False), ("5", False), ("", True)]
)
def test_one_person_in_two_posts_may_be_counted_once_or_twice(stated: str, holds: bool) -> None:
    posts = read("职务 姓名", "书记,甲氏青松", "主任,甲氏青松", "委员,乙氏石岩", "组长,丙氏秋兰")
    head = resource_of(read("说明 总人数:integer", f"名册,{stated}"), parts={"名单": posts})

    findings = findings_of("counts", {"stated": "总人数", "part": "名单", "by": ["姓名"]}, head)

    assert (findings == []) is holds
