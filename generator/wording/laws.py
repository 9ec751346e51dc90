"""How findings about arithmetic, law and the calendar are put."""

from __future__ import annotations

from generator.wording.words import Wording, _

LAWS: dict[str, Wording] = {
    # Laws: arithmetic
    "running-balance": Wording(
        _(
            "{series}结余写 {stated}，应为 {computed}：第 {line} 行结余 {before} ＋ 收入 {income} － 支出 {expense}"
        ),
        _("请核对本行的收入、支出和结余，以及有没有漏掉的行"),
    ),
    "period-balance": Wording(
        _(
            "{series}上期结余 {opening} ＋ 收入 {income} － 支出 {expense} ＝ {computed}，表上本期结余是 {stated}"
        ),
        _("请核对这四个数"),
    ),
    "continuity": Wording(
        _("{series}期初结余 {opening}，与{period}的期末结余 {closing} 不同"),
        _("请核对两期；更正过上期的，本期也要随着改"),
    ),
    "opening-undeclared": Wording(
        _("{series}第一次出现就有 {opening} 元结余，没有期初行"),
        _("请在第一行写明期初结余，收入和支出留空"),
        "warning",
    ),
    "product": Wording(_("{factors} ＝ {computed}，表上{target}是 {stated}"), _("请核对这几个数")),
    "total": Wording(_("{series}{total}写 {stated}，各行相加是 {computed}"), _("请核对各行和{total}")),
    "total-missing": Wording(_("{series}没有{total}行"), _("请补上「{total}」一行")),
    "ballots-exceed": Wording(
        _("{round}：{less} {less_count}，多于{more} {more_count}"), _("请核对这两个数")
    ),
    "ballots-split": Wording(
        _("{round}：有效票 {valid} ＋ 废票 {invalid}，不等于收回选票 {returned}"), _("请核对这三个数")
    ),
    "ballots-votes": Wording(_("得票 {votes}，多于有效票 {valid}"), _("请核对得票")),
    "ballots-ceiling": Wording(
        _("{post}各候选人共得 {votes} 票，多于有效票 {valid} × 应选 {seats} 人"), _("请核对得票和应选人数")
    ),
    "ballots-seats": Wording(_("{post}应选 {seats} 人，表上当选 {elected} 人"), _("请核对当选结果")),
    "ballots-reference": Wording(
        _("「{round} {post}」在「{part}」里没有登记"), _("请补上对应的一行，或改正轮次和职务")
    ),
    "votes-split": Wording(_("同意、反对、弃权共 {sum} 人，与实到 {present} 人不同"), _("请核对这四个数")),
    "votes-exceed": Wording(_("实到 {present} 人，多于应到 {members} 人"), _("请核对到会人数")),
    # Laws: what a statute asks
    "majority-turnout": Wording(
        _("{round}：参加投票 {voted} 人，登记选民 {registered} 人，记录未显示过半数参加{basis}"),
        _("请核对人数；确实未过半的，请说明后续安排"),
        "warning",
    ),
    "majority-elected": Wording(
        _("得票 {votes}，记录未显示达到当选所需票数：{rule}{basis}"), _("请核对得票和结果"), "warning"
    ),
    "majority-attendance": Wording(
        _("{body}应到 {members} 人，实到 {present} 人，记录未显示{share}到会{basis}"),
        _("请核对到会人数"),
        "warning",
    ),
    "majority-passed": Wording(
        _("实到 {present} 人，同意 {yes} 人，记录未显示到会人员过半数通过{basis}"),
        _("请核对表决结果"),
        "warning",
    ),
    "stage-missing": Wording(
        _("记录未显示「{stage}」这一步"), _("请补上这一步的日期；没有做的，请如实说明"), "warning"
    ),
    "stage-order": Wording(
        _("「{stage}」（{date}）早于前一步「{previous}」（{previous_date}）"),
        _("请核对这两个日期"),
        "warning",
    ),
    # Relations within a row, and of a head to its lists
    "sums": Wording(
        _("{target}写 {stated}，按 {terms} 应为 {computed}"), _("请核对这几个数；正负号写反、漏填一格最常见")
    ),
    "limits": Wording(
        _("{less} {less_count}，多于{more} {more_count}"), _("请核对这两个数；两格填颠倒的，请换过来")
    ),
    "date-order": Wording(
        _("{stage}（{date}）早于{previous}（{previous_date}）"), _("请核对这两个日期"), "warning"
    ),
    "gap-short": Wording(
        _("从{first}到{second}有 {days} 天，记录未显示满 {least} 天（{basis}）"),
        _("请核对这两个日期；确实不满的，请说明原因"),
        "warning",
    ),
    "counts": Wording(
        _("{target}写 {stated}，「{part}」里列了 {rows} 条"), _("请补齐或删去多出的，或改正{target}")
    ),
    "part-totals": Wording(
        _("{target}写 {stated}，「{part}」各行{column}相加是 {computed}"), _("请核对合计和各行")
    ),
    "share-reached": Wording(
        _("{of_name} {of}，{votes_name} {votes}，记录未显示达到 {share}（{basis}）"),
        _("请核对票数和人数；确实不足的，请说明后来怎样办"),
        "warning",
    ),
    "share-exceeded": Wording(
        _("{of_name} {of}，{votes_name} {votes}，记录未显示超过 {share}（{basis}）"),
        _("请核对票数和人数；确实不足的，请说明后来怎样办"),
        "warning",
    ),
    "distinct": Wording(
        _("{first}和{second}是同一人"), _("这两件事应由不同的人办；确实如此的，请在备注里说明"), "warning"
    ),
    "credit-code": Wording(
        _("「{value}」不是有效的统一社会信用代码"), _("请照证书重新抄写：18 位，没有字母 I、O、S、V、Z")
    ),
    "credit-code-kind": Wording(
        _("「{value}」不是这一类组织的代码"), _("这里的代码应以 {allowed} 开头，请照证书核对"), "warning"
    ),
    # The calendar
    "period-overdue": Wording(
        _("{item}缺少{period}，最迟应在 {due} 公开（{basis}）"),
        _("请补交该期表格；本期没有的，请在公开登记簿写「本期无」"),
        "warning",
    ),
    "period-suggested": Wording(
        _("{item}缺少{period}，建议最迟在 {due} 公开"),
        _("请补交该期表格；本期没有的，请在公开登记簿写「本期无」"),
        "warning",
    ),
    "publication-late": Wording(
        _("{item} {period}最迟应在 {due} 公开，{posted} 张贴，迟 {days} 天（{basis}）"),
        _("今后请按时公开；张贴日写错的，请改正"),
        "warning",
    ),
    "publication-missing": Wording(
        _("{item} {period}没有张贴登记"), _("请在公开登记簿补上审核和张贴日期"), "warning"
    ),
    "display-short": Wording(
        _("{item} {period}张贴 {days} 天，少于 {least} 天（{basis}）"),
        _("请延长张贴；日期写错的，请改正"),
        "warning",
    ),
    "display-order": Wording(_("张贴止 {end} 早于张贴起 {start}"), _("请核对这两个日期")),
}
