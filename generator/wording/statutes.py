"""How findings about what statutes ask are put: votes, terms, members, dates and the calendar."""

from __future__ import annotations

from generator.wording.words import N_, Wording

STATUTES: dict[str, Wording] = {
    # Elections, meetings and procedures
    "majority-turnout": Wording(
        N_("{round}：参加投票 {voted} 人，登记选民 {registered} 人，记录未显示{share}参加{basis}"),
        N_("请核对人数；确实未过半的，请说明后续安排"),
        "warning",
    ),
    "majority-elected": Wording(
        N_("得票 {votes}，记录未显示达到当选所需票数：{rule}{basis}"), N_("请核对得票和结果"), "warning"
    ),
    "candidates-few": Wording(
        N_("应选 {seats} 人，候选人 {candidates} 人，记录未显示候选人多于应选名额{basis}"),
        N_("请核对名单；没有提名候选人、由选民直接写票的，请写明提名方式"),
        "warning",
    ),
    "elected-not-top": Wording(
        N_("{post}得 {votes} 票没有当选，当选的人里最少的得 {least} 票"),
        N_("请核对票数和结果；因近亲属回避等原因的，请说明"),
        "warning",
    ),
    "elected-tie": Wording(
        N_("{post}得 {votes} 票没有当选，与当选的人票数相同，记录未显示再次投票{basis}"),
        N_("请核对票数，或补上再次投票的结果"),
        "warning",
    ),
    "runoff-candidates": Wording(
        N_("记录未显示{post}另行选举的候选人是首次投票没有当选、得票多的人{basis}"),
        N_("请核对两次投票的名单"),
        "warning",
    ),
    "result-late": Wording(
        N_("{voted} 投票，{told} 公布结果，记录未显示当场公布{basis}"), N_("请核对这两个日期"), "warning"
    ),
    "committee-exit": Wording(
        N_("选举委员会成员本人或近亲属是候选人，记录未显示在公布候选人以前退出{basis}"),
        N_("请核对名单，补上退出的日期"),
        "warning",
    ),
    "petition-few": Wording(
        N_("{by} {signers} 人，有权联名的 {eligible} 人，记录未显示达到{share}{basis}"),
        N_("请核对联名人数；不足的，不应交付投票"),
        "warning",
    ),
    "recall-result": Wording(
        N_("参加投票 {voted} 人，同意罢免 {yes} 人，写的结果是「{outcome}」：{share}同意才通过{basis}"),
        N_("请核对票数和结果"),
        "warning",
    ),
    "term-differs": Wording(
        N_("{column}是 {end}，{item}的本届任期到 {other_end} 为止{basis}"),
        N_("请核对任期；中途补选的，只到本届届满"),
        "warning",
    ),
    "each-for": Wording(
        N_("{base_name} {base}，{number_name} {number}，记录未显示每 {least} 至 {most} 户一人{basis}"),
        N_("请核对这两个数；按小组推选的，请写明推选方式"),
        "warning",
    ),
    "majority-attendance": Wording(
        N_("{body}应到 {members} 人，实到 {present} 人，记录未显示{share}到会{basis}"),
        N_("请核对到会人数"),
        "warning",
    ),
    "majority-passed": Wording(
        N_("{of_name} {of} 人，同意 {yes} 人，记录未显示{whole}{share}同意{basis}"),
        N_("请核对表决结果"),
        "warning",
    ),
    "stage-missing": Wording(
        N_("记录未显示「{stage}」这一步"), N_("请补上这一步的日期；没有做的，请如实说明"), "warning"
    ),
    "stage-order": Wording(
        N_("「{stage}」（{date}）早于前一步「{previous}」（{previous_date}）"),
        N_("请核对这两个日期"),
        "warning",
    ),
    # Members and shares
    "forbidden": Wording(
        N_("记录里有「{value}」，按规定不应有{basis}"), N_("请核对；确有此事的，请说明依据"), "warning"
    ),
    "members-number": Wording(
        N_("{part}共 {size} {unit}，应为 {asked}{basis}"),
        N_("请核对；确实如此的，请说明原因和下一步怎样办"),
        "warning",
    ),
    "members-odd": Wording(
        N_("{part}共 {size} {unit}，应为单数{basis}"),
        N_("请核对；确实如此的，请说明原因和下一步怎样办"),
        "warning",
    ),
    "members-include": Wording(
        N_("{part}共 {size} 人，其中{words} {held} 人，记录未显示{asked}{basis}"),
        N_("请核对这一列有没有写错；确实如此的，请说明何时补足"),
        "warning",
    ),
    "share-reached": Wording(
        N_("{of_name} {of}，{votes_name} {votes}，记录未显示达到 {share}{basis}"),
        N_("请核对票数和人数；确实不足的，请说明后来怎样办"),
        "warning",
    ),
    "share-exceeded": Wording(
        N_("{of_name} {of}，{votes_name} {votes}，记录未显示超过 {share}{basis}"),
        N_("请核对票数和人数；确实不足的，请说明后来怎样办"),
        "warning",
    ),
    # Dates
    "date-order": Wording(
        N_("{stage}（{date}）早于{previous}（{previous_date}）"), N_("请核对这两个日期"), "warning"
    ),
    "gap-short": Wording(
        N_("从{first}到{second}有 {days} 天，记录未显示满 {least} 天（{basis}）"),
        N_("请核对这两个日期；确实不满的，请说明原因"),
        "warning",
    ),
    "gap-long": Wording(
        N_("从{first}到{second}有 {days} 天，记录未显示在 {most} 天内（{basis}）"),
        N_("请核对这两个日期；确实超过的，请说明原因"),
        "warning",
    ),
    "gap-long-workdays": Wording(
        N_("从{first}到{second}有 {days} 个工作日，记录未显示在 {most} 个工作日内（{basis}）"),
        N_("请核对这两个日期；确实超过的，请说明原因"),
        "warning",
    ),
    "term-long": Wording(
        N_("从{first} {start} 到{second} {end}，超过 {years} 年（{basis}）"),
        N_("请核对这两个日期"),
        "warning",
    ),
    "date-outside": Wording(
        N_("{column}是 {date}，不在{period}里"), N_("请核对年月；补记以前的，请在备注里说明"), "warning"
    ),
    "row-overdue": Wording(
        N_("{column}是 {date}，已经过了，记录未显示后来怎样"),
        N_("请补上结果，或说明原因和新的日期"),
        "warning",
    ),
    # The calendar
    "period-overdue": Wording(
        N_("{item}缺少{period}，最迟应在 {due} 公开（{basis}）"),
        N_("请补交该期表格；本期没有的，请在公开登记簿写「本期无」"),
        "warning",
    ),
    "period-suggested": Wording(
        N_("{item}缺少{period}，建议最迟在 {due} 公开"),
        N_("请补交该期表格；本期没有的，请在公开登记簿写「本期无」"),
        "warning",
    ),
    "publication-late": Wording(
        N_("{item} {period}最迟应在 {due} 公开，{posted} 张贴，迟 {days} 天（{basis}）"),
        N_("今后请按时公开；张贴日写错的，请改正"),
        "warning",
    ),
    "publication-missing": Wording(
        N_("{item} {period}没有张贴登记"), N_("请在公开登记簿补上审核和张贴日期"), "warning"
    ),
    "display-short": Wording(
        N_("{item} {period}张贴 {days} 天，少于 {least} 天（{basis}）"),
        N_("请延长张贴；日期写错的，请改正"),
        "warning",
    ),
    "display-order": Wording(N_("张贴止 {end} 早于张贴起 {start}"), N_("请核对这两个日期")),
}
