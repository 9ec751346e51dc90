"""Mistakes: what clerks most often get wrong in a table, told from its schema and the laws it states."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.item import DisclosureItem, Field
from generator.wording import N_, _, said

# law → the slip that its check finds most often, and what to do against it.
LAW_MISTAKES = {
    "running_balance": N_("结余接不上：漏了一行、收入和支出写反，或改了金额没有改下面各行的结余"),
    "period_balance": N_("上期结余加收入减支出，不等于本期结余：四个数里有一个抄错"),
    "continuity": N_("期初结余和上期期末不同：更正过上期的，本期也要随着改"),
    "product": N_("数量、标准和金额乘不上：改了一个，没有改金额"),
    "total": N_("合计写的和各行相加不同，或者漏了合计行"),
    "ballots": N_("票数合不上：有效票加废票应等于收回的选票，没有的写 0"),
    "majority": N_("得票没有过半却写了当选，或实到人数不够"),
    "sums": N_("同一行里合计和各项对不上：正负号写反、漏填一格最常见"),
    "limits": N_("部分写得比全部还多：两格填颠倒了"),
    "date_order": N_("日期前后颠倒，多半是月和日写错"),
    "gaps": N_("两步之间的天数不够：请核对日期，确实不满的要说明原因"),
    "counts": N_("写的个数和下面列出的条数不同"),
    "part_totals": N_("写的总数和下面各行相加不同"),
    "shares": N_("同意的没有达到规定的份额：请核对票数和人数"),
    "distinct": N_("应当分开办的两件事写成同一个人"),
    "credit_code": N_("统一社会信用代码抄错：18 位，没有字母 I、O、S、V、Z"),
    "stages": N_("漏了一步的日期，或者后一步写得比前一步早"),
    "ratios": N_("百分数、平均数没有随人数改过来"),
    "of_which": N_("「其中」各行加起来，比那一行还多"),
    "in_words": N_("大写金额和数字不一致"),
    "not_negative": N_("结余写成负数：收入和支出写反，或漏了一笔收入"),
    "budget": N_("超出了计划或预算，没有写明原因"),
    "ceilings": N_("超过了规定的数，没有在备注里说明"),
    "in_period": N_("日期不在这一期里：写错了年月，或把上月的单据写进了本月"),
    "within": N_("两步之间的天数超过规定：请核对日期，确实超过的要说明原因"),
    "terms": N_("任期或期限写得比规定的长"),
    "ageing": N_("到期的事项没有写后来怎样"),
    "sizes": N_("人数不在规定的范围里"),
    "includes": N_("成员里少了应当有的人，多半是这一列漏写"),
    "requires": N_("该填的没有填：大额的、特别的要写明原因或哪次会议同意"),
    "forbidden": N_("写了按规定不应有的事项，没有说明依据"),
    "repeated": N_("同一笔登记了两次"),
    "continuous": N_("编号中间缺号：作废的号要在备注里说明"),
    "ascending": N_("没有按先后排列，多半是日期写错"),
    "overlaps": N_("同一样东西的期限重叠"),
    "reference": N_("写法和另一张表不同，在那边找不到"),
    "cross_total": N_("合计和另一张表不一致：改了一张，没有改另一张"),
    "exclusive": N_("同一人同时写进了不能同时享受的两项"),
    "precedes": N_("日期写得比应当早于的那一天还晚"),
    "contest": N_("候选人不多于名额，或得票多的没有写当选"),
    "recall": N_("联名人数或同意票没有达到法定的多数，结果却写了通过"),
    "ahead": N_("提前的天数不够"),
    "same_term": N_("补选的任期写得超过本届届满的那一天"),
    "each_for": N_("代表人数和户数不相配"),
}


def mistake_lines(item: DisclosureItem) -> Iterator[str]:
    """Yield the common mistakes of ``item``: those that its columns invite, then those of its laws."""
    fields = item.schema.fields
    keys = item.schema.primary_key or tuple(f.name for f in fields if f.constraints.get("unique"))
    if keys:
        yield _("两行的{columns}相同：这里不能重复").format(columns=_("、").join(map(said, keys)))
    required = _names(f for f in fields if f.is_required)
    if required:
        yield _("漏填必填的列：{columns}；确实没有发生的数写 0").format(columns=required)
    words = _names(f for f in fields if "enum" in f.constraints)
    if words:
        yield _("换了说法：{columns}只能写规定的几个词，表格里有下拉可选").format(columns=words)
    days = _names(f for f in fields if f.type == "date")
    if days:
        yield _("日期没有写年份：{columns}要写成 2026-03-05 或 2026年3月5日").format(columns=days)
    money = _names(f for f in fields if f.unit == "元")
    if money:
        yield _("把元写成万元，或几格合并写一个数：{columns}按元写，每行各写各的").format(columns=money)
    for law in item.laws:
        yield _(LAW_MISTAKES[law])
    if item.is_private:
        yield _("把身份证号、银行账号、电话、住址写进表里：这些一律不收，请整列删去")


def _names(fields: Iterator[Field]) -> str:
    return _("、").join(said(field.name) for field in fields)
