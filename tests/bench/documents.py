"""Documents: made-up elections, village rules and notices, as YAML whose every scalar is quoted."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from random import Random

from tests.bench.names import BenchVillage

Part = Sequence[Mapping[str, object]]

ELECTIONS = {"2025-11-15": "补选", "2026-04-18": "换届", "2026-06-20": "补选"}
RULES = ("2019", "2021", "2023", "2025")
NOTICES = (
    "2025-11-03",
    "2025-12-08",
    "2026-01-12",
    "2026-03-02",
    "2026-04-06",
    "2026-05-11",
    "2026-07-06",
    "2026-08-03",
)
ARTICLES = {
    "公共卫生": "每周五各户打扫门前院坝，垃圾按点投放，不得倒入河沟和水渠。",
    "邻里和睦": "邻里有争执先找组长说和，说和不成再到人民调解委员会，不吵骂、不动手。",
    "红白喜事": "提倡喜事新办、丧事简办，办酒前向红白理事会说一声，不铺张、不攀比。",
    "孝老爱亲": "子女按时看望老人，负担老人的吃穿和看病，不得嫌弃和推托。",
    "用水用电": "蓄水池轮流清淤，天旱时按组轮灌，不得私拉乱接电线。",
    "护林防火": "清明前后和秋收以后不在山上用火，上坟不烧纸，见到火情马上报告。",
    "集体财物": "爱护路灯、健身器材和活动室的桌椅，损坏照价赔偿。",
    "道路交通": "路边不堆柴草和建材，农用车不载人，骑车戴头盔。",
    "养殖圈养": "猪羊圈养，鸡鸭不进菜地，狗要拴好，粪污进池不外流。",
    "议事办事": "大事由村民会议或者村民代表会议商量决定，办完的事及时公开。",
}
NOTICE_TEXT = (
    "因{group}蓄水池清淤，{day} 上午停水半天，请各户提前备水。清淤由受益户轮流出工，"
    "误工补贴按村民代表会议定的标准发放，名单另行公开。下雨顺延一天，恢复供水另行通知。"
)


def election(village: BenchVillage, day: str, chance: Random) -> str:
    """Return one election: a single round in which every post is filled by a majority."""
    registered = chance.randrange(600, 1400)
    voted = registered * chance.randrange(70, 90) // 100
    valid = voted * 97 // 100
    posts = {"主任": 1, "副主任": 1, "委员": 3} if ELECTIONS[day] == "换届" else {"委员": 1}
    title = f"{day[:4]} 年{'居' if village.is_community else '村'}民委员会{ELECTIONS[day]}选举"
    head = {
        "名称": title,
        "类型": ELECTIONS[day],
        "选民名单公布日": _days_before(day, 25),
        "候选人公布日": _days_before(day, 8),
        "选举日": day,
        "结果公布日": day,
        "任期": "2026 年 4 月至 2031 年 4 月",
        "主持": "居民选举委员会" if village.is_community else "村民选举委员会",
    }
    return _document(
        head,
        投票=[_votes(day, registered, voted, valid)],
        职数=[{"轮次": "首次投票", "职务": post, "应选": seats} for post, seats in posts.items()],
        候选人=list(_candidates(posts, voted, valid)),
        公告=[
            {"类型": "选民名单公告", "日期": head["选民名单公布日"], "内容": f"登记选民 {registered} 人。"},
            {"类型": "选举日公告", "日期": head["候选人公布日"], "内容": "中心会场设在活动室。"},
            {"类型": "选举结果公告", "日期": day, "内容": "选举有效，当选名单如上。"},
        ],
    )


def _days_before(day: str, days: int) -> str:
    return (date.fromisoformat(day) - timedelta(days=days)).isoformat()


def _votes(day: str, registered: int, voted: int, valid: int) -> dict[str, object]:
    return {
        "轮次": "首次投票",
        "投票日": day,
        "登记选民": registered,
        "参加投票": voted,
        "委托投票": voted // 20,
        "发出选票": voted,
        "收回选票": voted,
        "有效票": valid,
        "废票": voted - valid,
    }


def _candidates(posts: Mapping[str, int], voted: int, valid: int) -> Iterator[Mapping[str, object]]:
    won = voted * 3 // 5
    lost = min(valid - won, won // 2)
    names = iter("甲乙丙丁戊己庚辛壬癸")
    for post, seats in posts.items():
        for place in range(seats + 1):
            name = next(names)
            yield {
                "轮次": "首次投票",
                "职务": post,
                "姓名": f"{name}某某",
                "性别": "男女"[place % 2],
                "得票": won if place < seats else lost,
                "结果": "当选" if place < seats else "未当选",
            }


def village_rules(village: BenchVillage, year: str, chance: Random) -> str:
    """Return one version of the rules: ten articles, five steps and the vote."""
    members = chance.randrange(300, 900)
    present = members * 3 // 4
    yes = present * 9 // 10
    body = "居民会议" if village.is_community else "村民会议"
    head = {
        "名称": f"{village.name}{'居民公约' if village.is_community else '村规民约'}（{year} 年版）",
        "通过日期": f"{year}-06-20",
        "施行日期": f"{year}-07-01",
        "备案编号": f"{village.township_name}备 {year}-{village.slug[1:]}",
        "修订说明": "按各组意见改了红白喜事和用水用电两条，其余不变。",
    }
    steps = (
        ("征集民意", "04-02", "走访各组农户"),
        ("拟定草案", "04-20", "由各组代表起草"),
        ("提请审核", "05-10", "报镇政府审核"),
        ("审议表决", "06-20", f"{body}表决通过"),
        ("备案公布", "06-28", "张贴在公开栏"),
    )
    vote = {"会议": body, "日期": f"{year}-06-20", "应到": members, "实到": present}
    vote |= {"同意": yes, "反对": present - yes, "弃权": 0}
    articles = enumerate(ARTICLES.items(), 1)
    return _document(
        head,
        条款=[{"条": number, "标题": title, "内容": text} for number, (title, text) in articles],
        步骤=[{"步骤": step, "日期": f"{year}-{day}", "说明": note} for step, day, note in steps],
        表决=[vote],
    )


def notice(village: BenchVillage, day: str, chance: Random) -> str:
    """Return one notice."""
    group = chance.choice("一二三四五六") + "组"
    return _document(
        {
            "标题": f"{group}蓄水池清淤停水通知",
            "日期": day,
            "发布": "居民委员会" if village.is_community else "村民委员会",
            "正文": NOTICE_TEXT.format(group=group, day=day),
        }
    )


def quoted(value: object) -> str:
    """Return a YAML scalar in double quotes."""
    return json.dumps(str(value), ensure_ascii=False)


def _document(head: Mapping[str, object], **parts: Part) -> str:
    lines = [f"{key}: {quoted(value)}" for key, value in head.items()]
    for name, rows in parts.items():
        lines.append(f"{name}:")
        for row in rows:
            cells = [f"{key}: {quoted(value)}" for key, value in row.items()]
            lines.append("  - " + "\n    ".join(cells))
    return "\n".join((*lines, ""))
