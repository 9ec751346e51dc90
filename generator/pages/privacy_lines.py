"""Privacy lines: what an item may show of persons, as the data dictionary tells it."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.item import DisclosureItem, Field
from generator.wording import N_, _, said

_DURING = {"full": N_("公示期内显示全名"), "mask": N_("公示期内只显示姓氏")}
_AFTER = {"totals": N_("期满只留户数和合计，名单删除"), "mask": N_("期满只显示姓氏")}
_STYLES = {
    "surname": N_("只显示姓氏（张**）"),
    "hidden": N_("不显示（**）"),
    "alias": N_("用编号代替姓名"),
    "public": N_("公开履职的姓名，照写"),
}


def privacy_lines(item: DisclosureItem) -> Iterator[tuple[str, str]]:
    """Yield name and value of each fact about ``item`` and persons."""
    if not item.is_private:
        yield _("是否列受益人"), _("不列")
    else:
        yield _("是否列受益人"), _("列姓名，放在不公开的目录里")
        yield (
            _("姓名怎样显示"),
            _("{during}；{after}").format(
                during=_(_DURING[item.names_during]), after=_(_AFTER[item.names_after])
            ),
        )
    styles = [
        f"{said(field.name)}{_('：')}{_(_STYLES[field.privacy])}" for field in _fields(item) if field.privacy
    ]
    if styles:
        yield _("遮盖"), _("；").join(styles)
    never = _("身份证号、账号、电话、住址") + (_("、出生年月、病情和原因") if item.is_private else "")
    yield _("不许有的列"), never


def _fields(item: DisclosureItem) -> Iterator[Field]:
    yield from item.schema.fields
    for part in item.parts.values():
        yield from part.fields
