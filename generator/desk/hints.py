"""Hints: what a clerk at the desk is told to do where the command line names an option."""

from __future__ import annotations

from collections.abc import Mapping

from generator.model.finding import Finding
from generator.wording import N_, _

# {rest} is what the ordinary hint lists after its last colon.
_HINTS: Mapping[str, str] = {
    "sheet-hidden": N_("要读的，请在表格软件里取消隐藏，再放进来一次"),
    "sheet-item-unknown": N_("请在「这张表是」里选公开项目；从列名看，像是：{rest}"),
    "sheet-item-several": N_("请在「这张表是」里选是哪一项"),
    "sheet-village-unknown": N_("请核对村名；本县有的村，在「这张表是」里选"),
    "sheet-village-absent": N_("请在「这张表是」里选村"),
    "sheet-village-several": N_("请在「这张表是」里选村"),
    "sheet-period-absent": N_("请在「这张表是」里写期间，例如 2026-03、2026Q1 或 2026"),
    "sheet-period-conflict": N_("请改正标题，或在「这张表是」里写是哪一期"),
    "sheet-by-dates": N_("请核对；整张表是一期的，在「这张表是」里写期间"),
    "sheet-header-absent": N_("请核对表头的叫法；这一项的列名是：{rest}"),
    "sheet-heading-unknown": N_("请在「对上列名」里选它是哪一列，或选不收；会记住，下月不用再选"),
    "sheet-heading-twice": N_("请在「对上列名」里选各是哪一列"),
    "sheet-column-missing": N_("请在「对上列名」里选哪个表头就是它；全表都一样的，在那里填一次"),
    "sheet-table-above": N_(
        "一个工作表里有两种表的，请把另一种移到别的工作表；表头叫法不同的，在「对上列名」里选"
    ),
    "sheet-twice": N_("请只留一张；两张都要的，在「这张表是」里给其中一张写上份名"),
    "sheet-receipts-moved": N_("请在「附票据」里对照着看；不是这一笔的，在那里拿掉"),
    "sheet-receipts-gone": N_("请核对是否漏了这一行；改了编号的，在「附票据」里附到新的一行"),
    "receipt-form": N_("票据请在「附票据」里附，不要手写；写乱了的按「还原」"),
    "attach-unlooked": N_("请把每张图放大看一遍，没有这些号码的，在「我已看过」前打勾再附"),
    "attach-row": N_("请回到「附票据」，从列出的行里选；同一个编号有两行的，先在「整理」里改好"),
    "attach-broken-table": N_("请先在「整理」里把标红的改好，再附票据"),
    "attach-detached": N_("可能已经拿掉了，请刷新这一页看看"),
    "sheet-differs": N_("请核对列出的不同"),
}


def hint_of(finding: Finding) -> str:
    """Return what to do about a finding, in terms of the page that the clerk looks at."""
    template = _HINTS.get(finding.code)
    if template is None:
        return finding.hint
    return _(template).format(rest=finding.hint.rpartition("：")[2].partition("；")[0])
