"""Guide pages: how a clerk fills in one item: what, when, an example, the common mistakes, the way in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.model.item import DisclosureItem, TableSchema
from generator.model.site import Page
from generator.pages.mistakes import mistake_lines
from generator.pages.render import Renderer
from generator.promises.field_words import kind_of, rules_of
from generator.promises.profile import DueRule
from generator.promises.promises import Promises
from generator.sheets.writing.examples import example_rows
from generator.wording import N_, _, said

_EXAMPLES = {"month": "2026-03", "quarter": "2026Q1", "half": "2026H1", "year": "2026", None: "2026-03-15"}
_ENDS = {
    "monthly": N_("每月一次，月底以后 {days} {unit}内公开"),
    "quarterly": N_("每季度一次，季末以后 {days} {unit}内公开"),
    "half_yearly": N_("每半年一次，半年末以后 {days} {unit}内公开"),
    "yearly": N_("每年一次，年末以后 {days} {unit}内公开"),
    "event": N_("事项发生以后 {days} {unit}内公开"),
}


def guide_url(item: DisclosureItem) -> str:
    """Return the address of an item's guide."""
    return f"dictionary/{item.name}/guide/"


def guide_page(
    promises: Promises, item: DisclosureItem, renderer: Renderer, section: str, kinds: Mapping[str, str]
) -> Page:
    """Return the guide of ``item``, to be marked in the menu as part of ``section``.

    ``kinds`` are the titles of those who disclose: village, community and so on.
    """
    title = _("{item}填报指南").format(item=item.title)
    tables = [(said(item.schema.title) or _("要填的列"), list(_columns(item.schema)))]
    tables += [(said(part.title or name), list(_columns(part))) for name, part in item.parts.items()]
    view = {
        "title": title,
        "question": said(item.question),
        "item_title": said(item.title),
        "item_url": f"dictionary/{item.name}/",
        "when": list(_when(promises, item, kinds)),
        "tables": tables,
        "names": [said(field.name) for field in item.schema.filled_in],
        "examples": [] if item.is_document else [_shown(row, item.schema) for row in example_rows(item)],
        "mistakes": list(mistake_lines(item)),
        "steps": list(_steps(item)),
    }
    url = guide_url(item)
    content = renderer.content("guide.html.j2", url, view=view)
    return Page(url, title, _("怎样填、什么时候填、常见的错误"), content, section=section)


def _when(promises: Promises, item: DisclosureItem, kinds: Mapping[str, str]) -> Iterator[str]:
    """Yield when an item is due: by whose rule, or only as a wish."""
    if item.cadence == "standing":
        yield _("长期公开：有变化时更新，没有规定的日子")
        return
    text = _(_ENDS[item.cadence])
    rule = promises.profile.rule_for(item.name, item.cadence)
    if rule is not None:
        yield _("{text}（{basis}）").format(
            text=_counted(text, rule), basis=promises.law.articles[rule.basis].citation
        )
    free = [_(kinds[kind]) for kind in item.applies_to if rule is None or kind not in rule.applies_to]
    if free:
        suggested = text.format(days=promises.profile.suggested_days, unit=_("天"))
        yield _("{kinds}没有查到规定公开到哪一天的，建议：{text}").format(
            kinds=_("、").join(free), text=suggested
        )
    if item.cadence != "event":
        yield _("本期没有发生的，也要在公开登记簿写「本期无」")


def _counted(text: str, rule: DueRule) -> str:
    return text.format(days=rule.days_after_end, unit=_("个工作日") if rule.in_workdays else _("天"))


def _columns(schema: TableSchema) -> Iterator[dict[str, str]]:
    for field in schema.fields:
        what = _("；").join((kind_of(field), *rules_of(field, schema)))
        yield {
            "name": said(field.name),
            "what": _("；").join((what, said(field.description))) if field.description else what,
            "example": field.example,
        }


def _shown(row: dict[str, str], schema: TableSchema) -> list[dict[str, str | bool]]:
    return [
        {"name": said(field.name), "text": row[field.name], "is_number": field.is_numeric}
        for field in schema.filled_in
    ]


def _steps(item: DisclosureItem) -> Iterator[tuple[str, str]]:
    """Yield what to do in order, each with the command that does it ("" for none)."""
    period = _EXAMPLES[item.period_kind]
    if item.is_document:
        yield (
            _("取空白文书（村名、日期换成自己的）："),
            _("cunwu new 青石村 {item} {period}").format(item=item.name, period=period),
        )
        yield _("打开新建的文件，照每一行后面的说明填；不会的请乡镇代理记账人员帮忙。"), ""
        yield _("检查，有错的照提示改："), "cunwu check"
        return
    command = _("cunwu template {item} --village 青石村 --period {period}").format(
        item=item.name, period=period
    )
    yield _("取空表（村名、期间换成自己的），村名和期间已经填在标题里："), command
    yield _("用 WPS 或 Excel 打开，从示例行的下一行填起，一行一笔；黄色的列必填。"), ""
    yield (
        _("已经有自己的表的，不必重抄，直接导入；表头叫法不同的，照提示说明一次，下月不用再说。"),
        "",
    )
    yield _("保存，导入："), _("cunwu import 表格.xlsx")
    yield (
        _("有错的，程序会说是哪一格、应当怎样写；也可以让它在你的表上标出来："),
        _("cunwu import 表格.xlsx --mark 要改的"),
    )
