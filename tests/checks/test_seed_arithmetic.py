"""The seed articles' own numbers, put through the catalogue's tables: what is true passes, a slip is found.

Where the seeds themselves disagree, because their tables speak of different things, nothing is an error.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from generator.checks.judgement import judge
from generator.intake.csv_file import read_csv
from generator.intake.document_file import read_document
from generator.intake.table_reader import TableReader
from generator.model.finding import Finding
from generator.model.period import Period
from generator.model.resource import Package, Resource
from generator.promises.promises import Promises, load_promises
from tests.checks.small import VILLAGE
from tests.counties import AS_OF, BASE, ROOT

OVERVIEW = """\
镇,建制村,社区,村（社区）合计,村民小组,居民小组,小组合计,户数,常住人口,面积
本镇,46,18,64,253,148,401,100,300,10.00
其他镇,191,41,232,0,0,0,0,0,0.00
合计,237,59,296,253,148,401,100,300,10.00
"""
SOCIAL = """\
类型,年初,新登记,注销,年末,说明
社会团体,261,0,0,261,
民办非企业单位,100,0,0,100,
合计,361,0,0,361,
"""
COURTYARD = """\
项目: 三个工程
院落: 三号院落
主体: 居委会
验收日: "2026-09-28"
预算: "36000.00"
专项资金: "18000.00"
居民自筹: "18000.00"
议事会成员: "37"
赞成: "25"
报价家数: "1"
施工单位: 社区工程社
结算: "34500.00"
节约: "1500.00"
工程:
  - {工程: 雨篷, 数量: 三个单元, 预算: "15000.00", 结算: "14500.00"}
  - {工程: 扶手, 数量: 三个单元, 预算: "12000.00", 结算: "11500.00"}
  - {工程: 晾衣架, 数量: 一处, 预算: "9000.00", 结算: "8500.00"}
报价:
  - {单位: 社区工程社, 报价: "34500.00", 结果: 中选}
步骤:
  - {步骤: 院落商议, 日期: "2026-05-10"}
  - {步骤: 院落公示, 日期: "2026-05-12"}
  - {步骤: 提交社区, 日期: "2026-05-20"}
  - {步骤: 路演, 日期: "2026-06-14"}
  - {步骤: 表决, 日期: "2026-06-14"}
  - {步骤: 比选, 日期: "2026-07-02"}
  - {步骤: 施工, 日期: "2026-08-05"}
  - {步骤: 验收结算, 日期: "2026-09-28"}
"""
ELECTION = (BASE / "content/dong/xi/election/2026-02-08.yaml").read_text(encoding="utf-8")
# 499 of 533 voters are 93.62 %.
TURNOUT = ELECTION.replace(
    '登记选民: "600", 参加投票: "500"', '登记选民: "533", 参选率: "93.62", 参加投票: "499"'
).replace('发出选票: "500"', '发出选票: "499"')
DONATED = """\
行次,主体,类别,项目,金额,说明
1,村集体,上期结余,合计,0.00,
2,村集体,收入,捐款捐物,709000000.00,
3,村集体,收入,其中：自身捐赠,146000000.00,
4,村集体,收入,其中：物资折价,82000000.00,
5,村集体,收入,合计,709000000.00,
6,村集体,支出,合计,0.00,
7,村集体,本期结余,合计,709000000.00,
"""


@cache
def promises() -> Promises:
    """Return the catalogue's promises, read once."""
    return load_promises(ROOT)


def resource_in(item: str, stem: str, text: str) -> Resource:
    """Return ``text`` read as a file of the catalogue's ``item``; nothing may be wrong in reading it."""
    period = Period.parse(stem)
    version = promises().catalogue.governing(item, period)
    assert version is not None
    head, path = TableReader(version.schema), f"content/dong/xi/{item}/{stem}"
    if version.is_document:
        parts = {name: TableReader(part) for name, part in version.parts.items()}
        table, lists, findings = read_document(text.encode(), path, head, parts)
    else:
        table, findings = read_csv(text.encode(), path, head)
        lists = {}
    assert findings == []
    return Resource(VILLAGE, version, period, "", path, "", table, lists, (), text.encode())


def found(*resources: Resource) -> list[Finding]:
    """Return what every law finds in these tables of one village."""
    package = Package(VILLAGE, resources, (), ())
    judged = judge(package, promises(), AS_OF).package
    return [finding for resource in judged.resources for finding in resource.findings]


def codes(item: str, stem: str, text: str, old: str = "", new: str = "") -> list[str]:
    """Return line:column:code of what is found in ``text`` with ``old`` replaced by ``new``."""
    assert not old or text.count(old) == 1, old
    findings = found(resource_in(item, stem, text.replace(old, new) if old else text))
    return [f"{f.place.line}:{f.place.column}:{f.code}" for f in findings]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", []),
        ("本镇,46,18,64", "本镇,46,18,65", ["2:村（社区）合计:sums", "4:村（社区）合计:total"]),
        (
            "253,148,401,100,300,10.00\n其他",
            "253,148,410,100,300,10.00\n其他",
            ["2:小组合计:sums", "4:小组合计:total"],
        ),
        ("合计,237,59,296", "合计,237,59,269", ["4:村（社区）合计:sums", "4:村（社区）合计:total"]),
        ("合计,237,59,296", "合计,273,59,296", ["4:建制村:total", "4:村（社区）合计:sums"]),
    ],
)
def test_237_villages_and_59_communities_are_296_and_in_one_town_46_and_18_are_64(
    old: str, new: str, expected: list[str]
):
    assert sorted(codes("overview", "2026", OVERVIEW, old, new)) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", []),
        ("合计,361,0,0,361", "合计,361,0,0,316", ["4:年末:sums", "4:年末:total"]),
        ("261,0,0,261", "216,0,0,261", ["2:年末:sums", "4:年初:total"]),
    ],
)
def test_261_associations_and_100_private_bodies_are_361(old: str, new: str, expected: list[str]):
    assert sorted(codes("social_orgs_summary", "2025", SOCIAL, old, new)) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", []),
        # 3.6 万, one half from the fund and one from the households
        ('居民自筹: "18000.00"', '居民自筹: "1800.00"', ["5:预算:sums"]),
        ('专项资金: "18000.00"', '专项资金: "1.80"', ["5:预算:sums"]),
        # 36,000 planned, 1,500 saved, 34,500 spent
        ('节约: "1500.00"', '节约: "15000.00"', ["13:节约:sums"]),
        ('预算: "9000.00"', '预算: "900.00"', ["5:预算:part-totals"]),
        # 25 of 37 are two thirds, 24 are not
        ('赞成: "25"', '赞成: "24"', ["9:赞成:share-reached"]),
        ('议事会成员: "37"', '议事会成员: "38"', ["9:赞成:share-reached"]),
    ],
)
def test_three_works_in_a_courtyard_are_planned_paid_in_halves_voted_and_saved_on(
    old: str, new: str, expected: list[str]
):
    assert codes("courtyard_project", "2026-09-28", COURTYARD, old, new) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", []),
        ("93.62", "93.6", []),
        ("93.62", "94", []),
        ("93.62", "93.63", ["参选率:ratio"]),
        ("93.62", "96.32", ["参选率:ratio"]),
        ("93.62", "0.94", ["参选率:ratio"]),
    ],
)
def test_a_turnout_of_93_62_percent_follows_from_counts_that_give_it(old: str, new: str, expected: list[str]):
    found_in = codes("election", "2026-02-08", TURNOUT, old, new)

    assert [code.partition(":")[2] for code in found_in if code.endswith("ratio")] == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", []),
        # Sums of the parts and of the whole: a subtotal that adds the parts again is wrong.
        ("5,村集体,收入,合计,709000000.00", "5,村集体,收入,合计,937000000.00", ["6:金额:total"]),
    ],
)
def test_parts_of_a_donation_are_neither_added_to_it_nor_need_they_make_it_up(
    old: str, new: str, expected: list[str]
):
    assert codes("finance_summary", "2025Q4", DONATED, old, new) == expected


@pytest.mark.parametrize(
    ("own", "in_kind", "is_wrong"),
    [
        ("146000000.00", "82000000.00", False),
        ("627000000.00", "82000000.00", False),
        ("627000000.01", "82000000.00", True),
        ("1460000000.00", "82000000.00", True),
    ],
)
def test_parts_are_wrong_only_where_they_exceed_their_whole(own: str, in_kind: str, is_wrong: bool):
    text = DONATED.replace("146000000.00", own).replace("82000000.00", in_kind)

    findings = found(resource_in("finance_summary", "2025Q4", text))

    assert [finding.code for finding in findings] == (["of-which"] if is_wrong else [])


TEAM = """\
组织,届次,人数,男,女,党员,三十五岁及以下,三十六至五十五岁,五十六岁及以上,大专及以上,高中及以下,连任,新任
村（居）民小组,本届,1132,800,332,500,100,700,332,400,732,700,432
村（居）务监督委员会,本届,189,120,69,100,20,120,49,90,99,100,89
"""
REVIEWED = """\
批次,联审日,村,职务,送审,通过,未通过,参加部门,部门数
2026-01,2026-04-08,全镇,村干部,555,555,0,组织、纪检、公安、司法,4
2026-02,2026-04-08,全镇,401 个村（居）民小组的组干部,1108,1108,0,组织、纪检、公安、司法,4
"""
CODE = "54999901MF1000015G"
CERTIFICATES = "发证日,名称,统一社会信用代码,法定代表人,事由,发证机关,有效期止,状态,说明\n" + "".join(
    f"{date(2026, 3, 1) + timedelta(days=at)},第{at}号村民委员会,{CODE},甲某某,换届变更,县民政局,,有效,\n"
    for at in range(74)
)


def test_tables_that_speak_of_different_things_may_differ():
    """1132 heads of groups and 1108 reviewed; 64 villages and more certificates; 189 are not 3 × 64."""
    findings = found(
        resource_in("overview", "2026", OVERVIEW),
        resource_in("org_code", "2026", CERTIFICATES),
        resource_in("qualification_review", "2026-04-08", REVIEWED),
        resource_in("team_structure", "2026-04-20", TEAM),
    )

    assert findings == []


def test_the_same_tables_are_still_added_up_each_for_itself():
    findings = found(
        resource_in("qualification_review", "2026-04-08", REVIEWED.replace("1108,1108", "1132,1108")),
        resource_in("team_structure", "2026-04-20", TEAM.replace("1132,800", "1108,800")),
    )

    assert {(Path(f.place.file).parent.name, f.code, f.is_error) for f in findings} == {
        ("qualification_review", "sums", True),
        ("team_structure", "sums", True),
    }
