"""Elections: who won with how many votes, how many it took, and what comes next, in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from generator.checks.ballots import by_role, head_of
from generator.checks.quorum import (
    BY_ELECTION,
    EVERYBODY,
    HOUSEHOLDS,
    RESIDENTS_REPRESENTATIVES,
    VILLAGERS_REPRESENTATIVES,
    mode_of,
    reaches,
    share_words,
)
from generator.checks.recalls import articles_of_recall
from generator.model.resource import Resource
from generator.pages.charts import BarChart, bar_chart
from generator.pages.words import day
from generator.promises.law import Article, LawBook
from generator.wording import N_, _

Row = Mapping[str, Any]

# Who votes, by the word in 选举方式: how the round begins, and what those are called who may vote.
_VOTERS = {
    EVERYBODY: (N_("由全体选民投票"), N_("登记选民")),
    HOUSEHOLDS: (N_("由每户派代表投票"), N_("户代表")),
    RESIDENTS_REPRESENTATIVES: (N_("由居民代表投票"), N_("居民代表")),
    VILLAGERS_REPRESENTATIVES: (N_("由村民代表会议投票"), N_("代表会议组成人员")),
}


@dataclass(frozen=True, slots=True)
class Round:
    """One round of an election, or one recall: what is said first, what explains it, and its charts."""

    title: str
    says: tuple[str, ...]
    notes: tuple[str, ...]
    charts: tuple[BarChart, ...]


def rounds_of(resource: Resource, law: LawBook) -> tuple[Round, ...]:
    """Return the rounds of an election in the order recorded, and its recalls."""
    options = resource.item.laws.get("ballots")
    if options is None:
        return ()
    counts = [row for row, _line in by_role(resource.parts[options["rounds"]])]
    results = [row for row, _line in by_role(resource.parts[options["results"]])]
    seats = {
        (row["round"], row["post"]): row["seats"] for row, _line in by_role(resource.parts[options["seats"]])
    }
    rounds = []
    for index, count in enumerate(counts):
        later = counts[index + 1] if index + 1 < len(counts) else None
        races = _races(count, results, seats, options["elected"])
        keys = resource.item.laws.get("majority", {})
        is_first = count["round"] == keys.get("first")
        notes = (
            *(_by_election(resource) if is_first else ()),
            _turnout(resource, law, count, is_first=is_first),
            *_asked(resource, law, count, is_first=is_first),
            *_next(races, later),
        )
        says = tuple(race.said for race in races)
        charts = tuple(race.chart for race in races if race.chart is not None)
        rounds.append(Round(count["round"], says, notes, charts))
    return (*rounds, *_recalls(resource, law))


def _by_election(resource: Resource) -> Iterator[str]:
    """Yield why there is a by-election, and until when its winner serves."""
    head = head_of(resource)
    if head.get("kind") == BY_ELECTION and head.get("reason"):
        yield _("补选的原因：{reason}。").format(reason=head["reason"])
    if head.get("kind") == BY_ELECTION and head.get("term_end"):
        yield _("补选的人任职到本届届满，{end}为止。").format(end=day(head["term_end"]))


@dataclass(frozen=True, slots=True)
class _Race:
    said: str
    chart: BarChart | None
    post: str
    missing: int


def _races(
    count: Row, results: Sequence[Row], seats: Mapping[tuple[str, str], int], elected: str
) -> tuple[_Race, ...]:
    posts = dict.fromkeys(row["post"] for row in results if row["round"] == count["round"])
    races = []
    for post in posts:
        rows = [row for row in results if (row["round"], row["post"]) == (count["round"], post)]
        rows.sort(key=lambda row: -row["votes"])
        winners = [
            _("{name}（{votes} 票）").format(name=row["candidate"], votes=row["votes"])
            for row in rows
            if row["outcome"] == elected
        ]
        entries = [(f"{row['candidate']}（{row['outcome']}）", Decimal(row["votes"])) for row in rows]
        number = seats.get((count["round"], post))
        title = _("{post}（应选 {seats} 人）").format(post=post, seats=number) if number else post
        said = _("{title}：没有人当选").format(title=title)
        if winners:
            said = _("{title}当选：{names}").format(title=title, names="、".join(winners))
        missing = max(0, (number or 0) - len(winners))
        races.append(_Race(said, bar_chart(title, entries, places=0), post, missing))
    return tuple(races)


def _turnout(resource: Resource, law: LawBook, count: Row, *, is_first: bool) -> str:
    """Return who could vote, how many did, and whether that is enough where the law says how many."""
    word = head_of(resource).get("mode") or EVERYBODY
    how, who = map(_, _VOTERS.get(word, _VOTERS[EVERYBODY]))
    text = _("{how}：{who} {registered} 人，参加投票 {voted} 人").format(how=how, who=who, **count)
    if count["registered"]:
        text += _("，占 {percent}%").format(percent=_percent(count["voted"], count["registered"]))
    mode = mode_of(resource.village.kind, word)
    if is_first and mode is not None:
        for article in law.in_force(mode.turnout, count["date"]):
            text += _enough(article, count["voted"], count["registered"])
    if count.get("proxies"):
        text += _("。其中委托投票 {proxies} 人").format(proxies=count["proxies"])
    ballots = _("。收回选票 {returned} 张，有效票 {valid} 张，废票 {invalid} 张。")
    return text + ballots.format(**count)


def _percent(part: int, whole: int) -> str:
    """Return a percentage with two decimals, rounded half up."""
    hundredths = (20_000 * part + whole) // (2 * whole)
    return f"{hundredths // 100}.{hundredths % 100:02}"


def _enough(article: Article, part: int, whole: int) -> str:
    text = _("；法律要求{share}，已经达到")
    if not reaches(article, part, whole):
        text = _("；法律要求{share}，记录未显示达到")
    return text.format(share=share_words(article))


def _asked(resource: Resource, law: LawBook, count: Row, *, is_first: bool) -> Iterator[str]:
    """Yield how many votes it took to be elected."""
    mode = mode_of(resource.village.kind, head_of(resource).get("mode"))
    if mode is None:
        return
    keys, whole = (mode.elected, count["voted"]) if is_first else (mode.again, count["returned"])
    text = _("当选至少要 {least} 票（参加投票 {whole} 人，要{share}）。")
    if not is_first:
        text = _("当选至少要 {least} 票（收回选票 {whole} 张，要{share}）。")
    for article in law.in_force(keys, count["date"]):
        yield text.format(least=_least(article, whole), whole=whole, share=share_words(article))


def _least(article: Article, whole: int) -> int:
    """Return the smallest number that is the share of ``whole`` that ``article`` asks."""
    numerator, denominator = map(int, article.share.split("/"))
    least = numerator * whole // denominator
    return least if reaches(article, least, whole) else least + 1


def _next(races: Sequence[_Race], later: Row | None) -> Iterator[str]:
    missing = [(race.post, race.missing) for race in races if race.missing]
    if not missing:
        yield _("应选的都选出来了。")
        return
    posts = "、".join(_("{post} {missing} 人").format(post=post, missing=number) for post, number in missing)
    if later is not None:
        text = _("还缺{posts}，下一步：{when}{round}。")
        yield text.format(posts=posts, when=day(later["date"]), round=later["round"])
    else:
        yield _("还缺{posts}，下一步：另行选举或者补选。").format(posts=posts)


def _recalls(resource: Resource, law: LawBook) -> Iterator[Round]:
    options = resource.item.laws.get("recall")
    if options is None:
        return
    for row, _line in by_role(resource.parts[options["part"]]):
        articles = articles_of_recall(resource.village.kind, row, options)
        petition = _("{when}{by}：{signers} 人，有权联名的 {eligible} 人").format(
            **{"when": day(row["asked"]), "by": row["by"]},
            **{"signers": row["signers"], "eligible": row["eligible"]},
        )
        for article in law.in_force(articles["signed"], row["asked"]):
            petition += _enough(article, row["signers"], row["eligible"])
        vote = _("{when}投票：登记选民 {registered} 人，参加投票 {voted} 人").format(
            when=day(row["date"]), registered=row["registered"], voted=row["voted"]
        )
        for article in law.in_force(articles["turnout"], row["date"]):
            vote += _enough(article, row["voted"], row["registered"])
        votes = _("同意罢免 {yes} 票，反对 {no} 票，弃权 {abstained} 票，废票 {invalid} 张").format(**row)
        for article in law.in_force(articles["passed"], row["date"]):
            votes += _("；通过至少要 {least} 票").format(least=_least(article, row["voted"]))
        has_passed = row["outcome"] == options["passed"]
        after = _("职务终止，空出的位置可以补选") if has_passed else _("本人继续任职")
        said = _("罢免{post}{candidate}：{outcome}").format(**row)
        notes = tuple(_("{text}。").format(text=text) for text in (petition, vote, votes, after))
        yield Round(_("罢免投票"), (said,), notes, ())
