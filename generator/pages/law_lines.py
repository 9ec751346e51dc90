"""Law lines: the checks of an item, as the data dictionary tells them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.checks.citations import cited_by
from generator.model.item import DisclosureItem
from generator.promises.law import LawBook
from generator.wording import N_, _, said

LAW_TITLES = {
    "running_balance": N_("逐行核对结余：上一行结余 ＋ 收入 － 支出 ＝ 本行结余"),
    "period_balance": N_("上期结余 ＋ 收入 － 支出 ＝ 本期结余"),
    "continuity": N_("上期期末结余 ＝ 本期期初结余"),
    "product": N_("金额等于各项相乘"),
    "total": N_("合计等于各行相加"),
    "ballots": N_("票数相符：有效票 ＋ 废票 ＝ 收回选票，收回不多于发出"),
    "majority": N_("人数和票数达到法定的多数"),
    "sums": N_("同一行里，合计等于各项相加减"),
    "limits": N_("部分不多于全部"),
    "date_order": N_("日期先后不颠倒"),
    "gaps": N_("两步之间隔够法定的天数"),
    "counts": N_("写的个数等于列出的条数"),
    "part_totals": N_("写的总数等于各行相加"),
    "shares": N_("同意的达到规定的份额"),
    "distinct": N_("应当分开的职责不由一人兼办"),
    "credit_code": N_("统一社会信用代码的校验位正确"),
    "stages": N_("各步骤齐全，日期先后不颠倒"),
    "ratios": N_("百分数和平均数按人数重算"),
    "of_which": N_("「其中」不超过全部"),
    "in_words": N_("大写金额和数字一致"),
    "not_negative": N_("不会少于 0"),
    "budget": N_("没有超出计划或预算"),
    "ceilings": N_("没有超过规定的数"),
    "in_period": N_("日期在本期里"),
    "within": N_("两步之间没有超过规定的天数"),
    "terms": N_("任期或期限没有超过规定的年数"),
    "ageing": N_("到期的已经办结"),
    "sizes": N_("人数在规定的范围里"),
    "includes": N_("成员里有应当有的人"),
    "requires": N_("该填的填了"),
    "forbidden": N_("没有不允许的事项"),
    "repeated": N_("没有重复登记"),
    "continuous": N_("编号连续"),
    "ascending": N_("按先后排列"),
    "overlaps": N_("期限不重叠"),
    "reference": N_("提到的别的记录确实有"),
    "cross_total": N_("和另一张表的合计一致"),
    "exclusive": N_("不能同时享受的没有同时出现"),
    "precedes": N_("早于应当早于的日子"),
    "contest": N_("候选人多于名额，得票多的当选，有妇女成员，另行选举合规"),
    "recall": N_("罢免的联名、参加投票和同意票达到法定的多数"),
    "ahead": N_("比那一天早够法定的天数"),
    "same_term": N_("任期与本届同时届满"),
    "each_for": N_("每个代表所代表的户数在规定的范围里"),
}
# Keys of a rule whose values are no columns of the item's own.
_NOT_COLUMNS = (
    "articles",
    "where",
    "at_least",
    "more_than",
    "basis",
    "threshold",
    "times",
    "words",
    "schemes",
)
# The same where the rule speaks of another item.
_OF_THE_OTHER = ("item", "to", "other", "total")


def law_lines(item: DisclosureItem, book: LawBook) -> Iterator[str]:
    """Yield each check of ``item`` once: what it asks, of which columns, by which articles."""
    for name, options in item.laws.items():
        title = _(LAW_TITLES[name])
        rules = options.get("rules")
        if not isinstance(rules, list):
            sources = dict.fromkeys(book.articles[key].citation for key in cited_by(item, name))
            basis = _("、").join(sources)
            yield _("{title}（{basis}）").format(title=title, basis=basis) if basis else title
            continue
        details = dict.fromkeys(_detail(rule, book) for rule in rules)
        yield _("{title}：{details}").format(title=title, details=_("；").join(details))


def _detail(rule: Mapping[str, Any], book: LawBook) -> str:
    columns: dict[str, None] = {}
    for key, value in rule.items():
        if key in _NOT_COLUMNS or key.startswith("other_") or ("item" in rule and key in _OF_THE_OTHER):
            continue
        columns.update(dict.fromkeys(value if isinstance(value, list) else [value]))
    keys = dict.fromkeys(key for keys in rule.get("articles", {}).values() for key in keys)
    sources = [book.articles[key].citation for key in keys] or [rule.get("basis", "")]
    shown = _("、").join(map(said, columns))
    basis = _("、").join(dict.fromkeys(said(source) for source in sources if source))
    return _("{columns}（{basis}）").format(columns=shown, basis=basis) if basis else shown
