"""Trials: a rule for each law, over columns of every type, for tests that put all laws to the same rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.promises.law import Article
from tests.checks.small import LAW, article


@dataclass(frozen=True)
class Trial:
    """One law, and rows on which it has much to do: nearly every row is new, or is wrong."""

    law: str
    rule: Mapping[str, Any]
    articles: tuple[Article, ...] = ()
    thresholds: Mapping[str, int] = field(default_factory=dict)


HEAD = "号 组 日:date 次日:date 数:number 半:number 负:number 大写 空 性别"


TRIALS = [
    Trial("sums", {"is": "半", "of": ["数"], "less": ["负"]}),
    Trial("limits", {"less": "数", "more": "半"}),
    Trial("credit_code", {"column": "号"}),
    Trial("ratios", {"is": "半", "of": "数", "base": "数"}),
    Trial("of_which", {"label": "组", "of": ["数"]}),
    Trial("of_which", {"label": "组", "of": ["数"], "by": ["号"]}),
    Trial("in_words", {"number": "数", "words": "大写"}),
    Trial("not_negative", {"column": "负"}),
    Trial("budget", {"plan": "半", "actual": "数"}),
    Trial("ceilings", {"column": "数", "threshold": "限", **LAW}, (article(most=1),), {"限": 1}),
    Trial("date_order", {"dates": ["次日", "日"]}),
    Trial("in_period", {"dates": ["日"]}),
    Trial("gaps", {"from": "日", "to": "次日", **LAW}, (article(days=9999),)),
    Trial("within", {"from": "日", "to": "次日", **LAW}, (article(most_days=1, most_workdays=1),)),
    Trial("terms", {"from": "日", "to": "次日", **LAW}, (article(years=5),)),
    Trial("ageing", {"due": "日", "done": "空"}),
    Trial("shares", {"votes": "半", "of": "数", "at_least": "2/3", "more_than": "1/2"}),
    Trial("sizes", {"number": "数", **LAW}, (article(least=3, most=5, odd=1),)),
    Trial("sizes", {"where": {"性别": ["男"]}, **LAW}, (article(most=5),)),
    Trial("includes", {"column": "性别", "words": ["女"], **LAW}, (article(share="1/3"),)),
    Trial("requires", {"filled": ["空"], "over": "数", "threshold": "限"}, (), {"限": 1}),
    Trial("requires", {"filled": ["空"], "where": {"性别": ["男"]}}),
    Trial("forbidden", {"where": {"性别": ["男"]}, **LAW}, (article(),)),
    Trial("repeated", {"columns": ["性别"]}),
    Trial("repeated", {"columns": ["号"]}),
    Trial("continuous", {"column": "号"}),
    Trial("continuous", {"column": "号", "by": ["日"]}),
    Trial("ascending", {"column": "负"}),
    Trial("ascending", {"column": "负", "by": ["号"]}),
    Trial("overlaps", {"by": ["性别"], "from": "日", "to": "次日"}),
    Trial("overlaps", {"by": ["号"], "from": "日", "to": "次日"}),
    Trial("distinct", {"columns": ["性别", "组"]}),
    Trial("reference", {"column": "大写", "item": "other", "to": "号"}),
    Trial("cross_total", {"of": "数", "by": ["号"], "item": "other", "other": "半", "other_by": ["号"]}),
    Trial(
        "cross_total",
        {
            **{"of": "数", "by": ["号"], "item": "other", "other": "半"},
            **{"other_by": ["号"], "other_series": ["号"]},
        },
    ),
    Trial("exclusive", {"columns": ["号"], "schemes": ["a", "b"]}),
    Trial("precedes", {"column": "次日", "item": "other", "other": "日", **LAW}, (article(),)),
    Trial("ahead", {"column": "次日", "item": "other", "other": "日", **LAW}, (article(days=99),)),
    Trial(
        "same_term",
        {
            **{"from": "日", "to": "次日", "item": "other"},
            **{"other_from": "日", "other_to": "次日", **LAW},
        },
        (article(),),
    ),
    Trial("each_for", {"number": "半", "base": "数", **LAW}, (article(least=5, most=15),)),
]
