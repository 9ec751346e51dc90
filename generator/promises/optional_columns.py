"""Optional columns: which columns a file need not have, and what a schema may not say of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from generator.model.item import DisclosureItem, Field
from generator.model.receipts import ROLE
from generator.promises.section import Section
from generator.wording import _


def require_optional(section: Section, fields: Sequence[Field], primary_key: Collection[str]) -> None:
    """Raise SetupError for a column that may be absent and yet must be filled in, or for odd receipts."""
    for field in fields:
        if field.is_optional and (field.is_required or field.constraints.get("unique")):
            problem = _("「{key}」这一列可以没有（optional），就不能写 required 或 unique")
            section.fail(problem.format(key=field.name), "fields")
        if field.is_optional and field.name in primary_key:
            problem = _("「{key}」这一列可以没有（optional），不能作主键")
            section.fail(problem.format(key=field.name), "primaryKey")
    found = [field for field in fields if field.role == ROLE]
    if len(found) > 1:
        section.fail(_("一张表只能有一列票据（role: receipts）"), "fields")
    for field in found:
        if field.type != "string" or not field.is_optional or field.constraints:
            problem = _("票据（role: receipts）这一列要写 type: string 和 optional: true，不写 constraints")
            section.fail(problem, "fields")


def refuse_optional(item: DisclosureItem, section: Section) -> None:
    """Raise SetupError for optional columns of a document, and for receipts beside names of persons."""
    fields = [*item.schema.fields, *(field for part in item.parts.values() for field in part.fields)]
    if item.is_document and any(field.is_optional for field in fields):
        section.fail(_("文书里不填的行本来就可以不写，不用 optional"), "fields")
    if item.is_private and any(field.role == ROLE for field in fields):
        section.fail(_("列个人的项目（private: true）不能有票据：图上的名字遮不住"), "fields")
