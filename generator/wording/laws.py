"""How findings about arithmetic are put: sums, numbers, rows, and tables compared with each other."""

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
    "ballots-answers": Wording(
        _("赞成、反对、弃权共 {sum} 票，与有效票 {valid} 张不符"), _("请核对这几个数")
    ),
    "ballots-channels": Wording(
        _("{round}：{names}共 {sum} 人，与参加投票 {voted} 人不符"), _("请核对各处投票的人数；没有的写 0")
    ),
    "ballots-proxies": Wording(
        _("{round}：委托投票 {proxies} 人，受托 {holders} 人、每人最多 {most} 人，合不上"),
        _("请核对这三个数"),
    ),
    "ballots-roll": Wording(
        _("各组选民相加是 {sum} 人，{round}登记选民写 {registered} 人"), _("请核对各组名单和登记选民总数")
    ),
    "votes-split": Wording(_("同意、反对、弃权共 {sum} 人，与实到 {present} 人不同"), _("请核对这四个数")),
    "votes-exceed": Wording(_("实到 {present} 人，多于应到 {members} 人"), _("请核对到会人数")),
    # Relations within a row, and of a head to its lists
    "sums": Wording(
        _("{target}写 {stated}，按 {terms} 应为 {computed}"), _("请核对这几个数；正负号写反、漏填一格最常见")
    ),
    "limits": Wording(
        _("{less} {less_count}，多于{more} {more_count}"), _("请核对这两个数；两格填颠倒的，请换过来")
    ),
    "counts": Wording(
        _("{target}写 {stated}，「{part}」里列了 {rows} 条"), _("请补齐或删去多出的，或改正{target}")
    ),
    "part-totals": Wording(
        _("{target}写 {stated}，「{part}」各行{column}相加是 {computed}"), _("请核对合计和各行")
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
    # Numbers and rows
    "ratio": Wording(
        _("{target}写 {stated}，按 {of_name} {of} ÷ {base_name} {base} 应为 {computed}"),
        _("请核对这几个数；小数位按表上写的位数四舍五入"),
    ),
    "of-which": Wording(
        _("{series}「其中」各行合计 {parts}，多于第 {line} 行「{whole}」的 {amount}"),
        _("请核对这几行；「其中」只是那一行的一部分，可以不加满，但不能超过"),
    ),
    "sum-in-words": Wording(_("大写读作 {read}，{target}是 {stated}"), _("请核对大写金额和数字")),
    "sum-in-words-form": Wording(
        _("这个大写金额读不出来"), _("请写成「壹仟贰佰叁拾肆元伍角陆分」或「壹仟元整」"), "warning"
    ),
    "not-negative": Wording(
        _("{column}是 {value}，不会少于 0"),
        _("请核对本行的收入和支出是不是写反、正负号有没有写错，或漏了一笔收入"),
    ),
    "budget-exceeded": Wording(
        _("{actual_name} {actual}，比{plan_name} {plan} 多 {more}"),
        _("请核对；确实超出的，请写明原因，用钱的还要写明经过哪次会议同意"),
        "warning",
    ),
    "threshold-exceeded": Wording(
        _("{column}是 {value}，超过 {limit}{basis}"), _("请核对；确实超过的，请在备注里说明"), "warning"
    ),
    "required-when": Wording(
        _("{reason}，记录未显示{column}{basis}"), _("请补上{column}；确实没有的，请在备注里说明"), "warning"
    ),
    "repeated": Wording(
        _("本行的{columns}与第 {line} 行相同"),
        _("请核对是不是重复登记；不是同一笔的，请在备注里说明"),
        "warning",
    ),
    "sequence-gap": Wording(
        _("{column}从「{before}」到「{after}」，中间缺 {missing} 个"),
        _("请核对是不是漏了；作废的号请在备注里说明"),
        "warning",
    ),
    "not-ascending": Wording(
        _("{column}是 {value}，比上面第 {line} 行的 {previous} {less}"),
        _("请核对本行和上面那一行；没有写错的，请按先后排列"),
        "warning",
    ),
    "overlap": Wording(
        _("{thing}从 {start} 起，与第 {line} 行的期限重叠"),
        _("请核对期限；确实分给两家的，请把名称写成不同的部分"),
        "warning",
    ),
    # Laws that compare one table with another of the same village
    "reference-missing": Wording(
        _("{value}在{item}的「{to}」里找不到"), _("请核对写法，或补上那边的记录"), "warning"
    ),
    "cross-total": Wording(
        _("{what}本表{own}合计是 {stated}，{period}{item}里{other}合计是 {computed}"),
        _("请核对两张表，改正写错的一张"),
    ),
    "exclusive": Wording(
        _("本行的人同月也在「{scheme}」第 {line} 行（{file}）"), _("两项补助不能同时享受，请核对"), "warning"
    ),
    "too-late": Wording(
        _("{column}是 {date}，应在{item}的{other}（{other_date}）以前{basis}"),
        _("请核对这两个日期；确实办晚了的，请说明原因"),
        "warning",
    ),
}
