"""Field words: what a column is to be filled with, in words that a clerk understands."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.item import Field, TableSchema
from generator.model.receipts import ROLE
from generator.wording import _, said


def kind_of(field: Field) -> str:
    """Return what kind of thing is written in a column, with its unit."""
    kinds = {
        "string": _("文字"),
        "number": _("数字"),
        "integer": _("整数"),
        "date": _("日期（2026-03-05）"),
        "boolean": _("是或否（true 或 false）"),
    }
    return kinds[field.type] + (_("，单位{unit}").format(unit=said(field.unit)) if field.unit else "")


def rules_of(field: Field, schema: TableSchema) -> Iterator[str]:
    """Yield the rules that the cells of a column keep to."""
    constraints = field.constraints
    if field.is_required:
        yield _("必填")
    if field.is_optional:
        yield _("可以没有这一列")
    if field.role == ROLE:
        yield _("用 cunwu attach 附上，不要手写")
    if constraints.get("unique") or schema.primary_key == (field.name,):
        yield _("不能重复")
    if "enum" in constraints:
        yield _("只能写：{allowed}").format(allowed=_("、").join(map(said, constraints["enum"])))
    if "minimum" in constraints:
        yield _("不小于 {minimum}").format(minimum=constraints["minimum"])
    if "maximum" in constraints:
        yield _("不大于 {maximum}").format(maximum=constraints["maximum"])
    if "maxLength" in constraints:
        yield _("最多 {limit} 字").format(limit=constraints["maxLength"])
    if field.step is not None:
        yield _("最小单位 {step}").format(step=field.step)
