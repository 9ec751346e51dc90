"""How findings about arithmetic are put: sums, numbers, rows, and tables compared with each other."""

from __future__ import annotations

from generator.wording.words import N_, Wording

LAWS: dict[str, Wording] = {
    # Laws: arithmetic
    "running-balance": Wording(
        N_(
            "{series}结余写 {stated}，应为 {computed}：第 {line} 行结余 {before} ＋ 收入 {income} － 支出 {expense}"
        ),
        N_("请核对本行的收入、支出和结余，以及有没有漏掉的行"),
    ),
    "period-balance": Wording(
        N_(
            "{series}上期结余 {opening} ＋ 收入 {income} － 支出 {expense} ＝ {computed}，表上本期结余是 {stated}"
        ),
        N_("请核对这四个数"),
    ),
    "continuity": Wording(
        N_("{series}期初结余 {opening}，与{period}的期末结余 {closing} 不同"),
        N_("请核对两期；更正过上期的，本期也要随着改"),
    ),
    "opening-undeclared": Wording(
        N_("{series}第一次出现就有 {opening} 元结余，没有期初行"),
        N_("请在第一行写明期初结余，收入和支出留空"),
        "warning",
    ),
    "product": Wording(N_("{factors} ＝ {computed}，表上{target}是 {stated}"), N_("请核对这几个数")),
    "total": Wording(N_("{series}{total}写 {stated}，各行相加是 {computed}"), N_("请核对各行和{total}")),
    "total-missing": Wording(N_("{series}没有{total}行"), N_("请补上「{total}」一行")),
    "ballots-exceed": Wording(
        N_("{round}：{less} {less_count}，多于{more} {more_count}"), N_("请核对这两个数")
    ),
    "ballots-split": Wording(
        N_("{round}：有效票 {valid} ＋ 废票 {invalid}，不等于收回选票 {returned}"), N_("请核对这三个数")
    ),
    "ballots-votes": Wording(N_("得票 {votes}，多于有效票 {valid}"), N_("请核对得票")),
    "ballots-ceiling": Wording(
        N_("{post}各候选人共得 {votes} 票，多于有效票 {valid} × 应选 {seats} 人"), N_("请核对得票和应选人数")
    ),
    "ballots-seats": Wording(N_("{post}应选 {seats} 人，表上当选 {elected} 人"), N_("请核对当选结果")),
    "ballots-reference": Wording(
        N_("「{round} {post}」在「{part}」里没有登记"), N_("请补上对应的一行，或改正轮次和职务")
    ),
    "ballots-answers": Wording(
        N_("赞成、反对、弃权共 {sum} 票，与有效票 {valid} 张不符"), N_("请核对这几个数")
    ),
    "ballots-channels": Wording(
        N_("{round}：{names}共 {sum} 人，与参加投票 {voted} 人不符"), N_("请核对各处投票的人数；没有的写 0")
    ),
    "ballots-proxies": Wording(
        N_("{round}：委托投票 {proxies} 人，受托 {holders} 人、每人最多 {most} 人，合不上"),
        N_("请核对这三个数"),
    ),
    "ballots-roll": Wording(
        N_("各组选民相加是 {sum} 人，{round}登记选民写 {registered} 人"), N_("请核对各组名单和登记选民总数")
    ),
    "votes-split": Wording(N_("同意、反对、弃权共 {sum} 人，与实到 {present} 人不同"), N_("请核对这四个数")),
    "votes-exceed": Wording(N_("实到 {present} 人，多于应到 {members} 人"), N_("请核对到会人数")),
    # Relations within a row, and of a head to its lists
    "sums": Wording(
        N_("{target}写 {stated}，按 {terms} 应为 {computed}"),
        N_("请核对这几个数；正负号写反、漏填一格最常见"),
    ),
    "limits": Wording(
        N_("{less} {less_count}，多于{more} {more_count}"), N_("请核对这两个数；两格填颠倒的，请换过来")
    ),
    "counts": Wording(
        N_("{target}写 {stated}，「{part}」里列了 {rows} 条"), N_("请补齐或删去多出的，或改正{target}")
    ),
    "part-totals": Wording(
        N_("{target}写 {stated}，「{part}」各行{column}相加是 {computed}"), N_("请核对合计和各行")
    ),
    "distinct": Wording(
        N_("{first}和{second}是同一人"), N_("这两件事应由不同的人办；确实如此的，请在备注里说明"), "warning"
    ),
    "credit-code": Wording(
        N_("「{value}」不是有效的统一社会信用代码"), N_("请照证书重新抄写：18 位，没有字母 I、O、S、V、Z")
    ),
    "credit-code-kind": Wording(
        N_("「{value}」不是这一类组织的代码"), N_("这里的代码应以 {allowed} 开头，请照证书核对"), "warning"
    ),
    # Numbers and rows
    "ratio": Wording(
        N_("{target}写 {stated}，按 {of_name} {of} ÷ {base_name} {base} 应为 {computed}"),
        N_("请核对这几个数；小数位按表上写的位数四舍五入"),
    ),
    "of-which": Wording(
        N_("{series}「其中」各行合计 {parts}，多于第 {line} 行「{whole}」的 {amount}"),
        N_("请核对这几行；「其中」只是那一行的一部分，可以不加满，但不能超过"),
    ),
    "sum-in-words": Wording(N_("大写读作 {read}，{target}是 {stated}"), N_("请核对大写金额和数字")),
    "sum-in-words-form": Wording(
        N_("这个大写金额读不出来"), N_("请写成「壹仟贰佰叁拾肆元伍角陆分」或「壹仟元整」"), "warning"
    ),
    "not-negative": Wording(
        N_("{column}是 {value}，不会少于 0"),
        N_("请核对本行的收入和支出是不是写反、正负号有没有写错，或漏了一笔收入"),
    ),
    "budget-exceeded": Wording(
        N_("{actual_name} {actual}，比{plan_name} {plan} 多 {more}"),
        N_("请核对；确实超出的，请写明原因，用钱的还要写明经过哪次会议同意"),
        "warning",
    ),
    "threshold-exceeded": Wording(
        N_("{column}是 {value}，超过 {limit}{basis}"), N_("请核对；确实超过的，请在备注里说明"), "warning"
    ),
    "required-when": Wording(
        N_("{reason}，记录未显示{column}{basis}"), N_("请补上{column}；确实没有的，请在备注里说明"), "warning"
    ),
    "repeated": Wording(
        N_("本行的{columns}与第 {line} 行相同"),
        N_("请核对是不是重复登记；不是同一笔的，请在备注里说明"),
        "warning",
    ),
    "sequence-gap": Wording(
        N_("{column}从「{before}」到「{after}」，中间缺 {missing} 个"),
        N_("请核对是不是漏了；作废的号请在备注里说明"),
        "warning",
    ),
    "not-ascending": Wording(
        N_("{column}是 {value}，比上面第 {line} 行的 {previous} {less}"),
        N_("请核对本行和上面那一行；没有写错的，请按先后排列"),
        "warning",
    ),
    "overlap": Wording(
        N_("{thing}从 {start} 起，与第 {line} 行的期限重叠"),
        N_("请核对期限；确实分给两家的，请把名称写成不同的部分"),
        "warning",
    ),
    # Laws that compare one table with another of the same village
    "reference-missing": Wording(
        N_("{value}在{item}的「{to}」里找不到"), N_("请核对写法，或补上那边的记录"), "warning"
    ),
    "cross-total": Wording(
        N_("{what}本表{own}合计是 {stated}，{period}{item}里{other}合计是 {computed}"),
        N_("请核对两张表，改正写错的一张"),
    ),
    "exclusive": Wording(
        N_("本行的人同月也在「{scheme}」第 {line} 行（{file}）"),
        N_("两项补助不能同时享受，请核对"),
        "warning",
    ),
    "too-late": Wording(
        N_("{column}是 {date}，应在{item}的{other}（{other_date}）以前{basis}"),
        N_("请核对这两个日期；确实办晚了的，请说明原因"),
        "warning",
    ),
}
