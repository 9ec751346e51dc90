"""Laws that are lists of rules: a wrong statement is one clear set-up error, by file and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.checks.laws import require_laws
from generator.model.finding import SetupError
from generator.promises.promises import load_promises
from tests.counties import changed, county_at

TIES, FIGURES, MATTERS = "schemas/ties.yaml", "schemas/figures.yaml", "schemas/matters.yaml"
TEAM, GRANTS = "schemas/team.yaml", "schemas/grants.yaml"
LIMITS = "{rules: [{less: 决算, more: 预算}]}"
RATIO = '{is: 人均, of: 数, base: 基数, times: "1"}'
REQUIRED = "{filled: [答复日], where: {状态: [已办结]}}"
OVER = "{filled: [会议], over: 计划, threshold: 测试大额, basis: 县里的规定}"
SIZE = "{part: 成员, articles: {village: [TEST-4, TESTZJ-1]}}"
TERM = "{from: 任期起, to: 任期止, articles: {village: [TEST-3]}}"
NAMED = "{column: 凭证, item: finance, to: 凭证号}"
SUM = "{of: 金额, by: [账户], item: finance, other: 支出,"
BEFORE = (
    "{column: 公布日, item: election, other: 选举日, where: {类型: [出租]}, articles: {village: [TEST-9]}}"
)


@pytest.mark.parametrize(
    ("file", "law", "right", "wrong", "reason"),
    [
        # the list itself
        (TIES, "limits", LIMITS, "{less: 决算, more: 预算}", r"应写成 rules: \[\{…\}, \{…\}\]"),
        (TIES, "limits", LIMITS, "{rules: {less: 决算, more: 预算}}", "应写成 rules:"),
        (TIES, "limits", LIMITS, "{rules: []}", "应写成 rules:"),
        (TIES, "limits", LIMITS, "{rules: [决算]}", "应写成 rules:"),
        # what a rule must and may hold
        (TIES, "limits", LIMITS, "{rules: [{less: 决算}]}", "缺少「more」"),
        (TIES, "limits", LIMITS, "{rules: [{less: 决算, more: 预算, most: 预算}]}", "不认识「most」"),
        (TIES, "limits", LIMITS, "{rules: [{less: 决算, more: 没有的}]}", "没有「没有的」这一列"),
        (TIES, "limits", LIMITS, "{rules: [{less: 名称, more: 预算}]}", "「名称」这一列不是数字"),
        (TIES, "limits", LIMITS, "{rules: [{less: [决算], more: 预算}]}", "「less」应当是一个值"),
        (TIES, "sums", "of: [预算]", "of: 预算", "「of」应当是一组值"),
        (TIES, "shares", "at_least: 2/3", "at_least: 三分之二", "应写成 2/3"),
        (TIES, "shares", "at_least: 2/3", "at_least: 0/3", "应写成 2/3"),
        (TIES, "shares", "at_least: 2/3, ", "", r"缺少「at_least\|more_than\|articles」"),
        (TIES, "date_order", "dates: [公示日, 开工日]", "dates: [公示日, 名称]", "「名称」这一列不是日期"),
        (FIGURES, "ratios", RATIO, RATIO.replace('"1"', "百"), "「times」应当是数字"),
        (FIGURES, "ratios", RATIO, RATIO.replace('"1"', '"0"'), "「times」应当是数字"),
        (FIGURES, "ratios", RATIO, RATIO.replace('"1"', "[1]"), "「times」应当是一个值"),
        (FIGURES, "of_which", "of: [实际]", "of: [大写]", "「大写」这一列不是数字"),
        (
            FIGURES,
            "requires",
            OVER,
            f"{OVER.replace('threshold: 测试大额, ', '')}, {OVER}",
            "缺少「threshold」",
        ),
        (FIGURES, "requires", OVER, f"{OVER.replace('over: 计划, ', '')}, {OVER}", "缺少「over」"),
        (FIGURES, "requires", OVER, f"{{filled: [会议]}}, {OVER}", r"缺少「where\|over"),
        # where
        (MATTERS, "requires", REQUIRED, REQUIRED.replace("状态:", "进度:"), "没有「进度」这一列"),
        (MATTERS, "requires", REQUIRED, REQUIRED.replace("[已办结]", "[办结]"), "「状态」这一列没有「办结」"),
        (MATTERS, "requires", REQUIRED, REQUIRED.replace("[已办结]", "已办结"), "应写成 {列名"),
        (MATTERS, "requires", REQUIRED, REQUIRED.replace("{状态: [已办结]}", "[已办结]"), "应写成 {列名"),
        # articles
        (TEAM, "terms", TERM, TERM.replace("{village: [TEST-3]}", "[TEST-3]"), "应写成 {village:"),
        (TEAM, "terms", TERM, TERM.replace("village:", "town:"), "应写成 {village:"),
        (TEAM, "terms", TERM, TERM.replace("[TEST-3]", "TEST-3"), "应写成 {village:"),
        (TEAM, "terms", TERM, TERM.replace("TEST-3", "TEST-99"), "依据「TEST-99」在 schemas/law/ 里找不到"),
        (TEAM, "terms", TERM, TERM.replace(", articles: {village: [TEST-3]}", ""), "缺少「articles」"),
        # parts and other items
        (TEAM, "sizes", SIZE, SIZE.replace("成员", "名单"), "没有「名单」这一部分"),
        (TEAM, "sizes", SIZE, SIZE.replace("part: 成员", "part: [成员]"), "「part」应当是一个值"),
        (TEAM, "sizes", SIZE, SIZE.replace("part: 成员", "number: 应到, part: 成员"), "没有「应到」这一列"),
        (GRANTS, "reference", NAMED, NAMED.replace("finance", "finances"), "没有公开项目「finances」"),
        (GRANTS, "reference", NAMED, NAMED.replace("finance", "[finance]"), "「item」应当是一个值"),
        (GRANTS, "reference", NAMED, NAMED.replace("to: 凭证号", "to: 凭证"), "没有「凭证」这一列"),
        (GRANTS, "reference", NAMED, NAMED.replace("to:", "other_part: 明细, to:"), "没有「明细」这一部分"),
        (GRANTS, "cross_total", SUM, SUM.replace("other: 支出", "other: 摘要"), "「摘要」这一列不是数字"),
        (GRANTS, "cross_total", "[维修养护]", "[修路]", "「类别」这一列没有「修路」"),
        (
            MATTERS,
            "precedes",
            BEFORE,
            BEFORE.replace("other: 选举日", "other: 名称"),
            "「名称」这一列不是日期",
        ),
        (
            MATTERS,
            "precedes",
            BEFORE,
            BEFORE.replace("column: 公布日", "column: 事项"),
            "「事项」这一列不是日期",
        ),
    ],
)
def test_a_rule_that_cannot_be_checked_is_refused_with_the_reason(
    tmp_path: Path, file: str, law: str, right: str, wrong: str, reason: str
):
    root = county_at(tmp_path)
    text = (root / file).read_text(encoding="utf-8")
    assert right in text, right
    (root / file).write_text(text.replace(right, wrong, 1), encoding="utf-8")

    with pytest.raises(SetupError, match=reason) as caught:
        require_laws(load_promises(root).catalogue)

    assert (caught.value.file, caught.value.key) == (file, f"disclosure.laws.{law}")


def test_the_share_of_an_article_is_written_as_a_fraction(tmp_path: Path):
    law = "schemas/law/TEST.yaml"
    root = changed(county_at(tmp_path), law, ("share: 2/3", "share: 三分之二"))

    with pytest.raises(SetupError, match="应写成 2/3") as caught:
        load_promises(root)

    assert (caught.value.file, caught.value.key) == (law, "articles.6.share")
