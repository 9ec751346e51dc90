"""Quorums: which articles say how many of a body must come, and how many must agree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.promises.law import Article
from generator.wording import N_, _

Keys = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """A body that decides; each field holds the keys of articles, of which those of the day apply.

    ``households`` stands in the place of ``attend`` where one of each household comes. Where ``of_all`` is
    true, agreement is counted among all members and not among those who came.
    """

    agree: Keys
    attend: Keys = ()
    households: Keys = ()
    notice: Keys = ()
    size: Keys = ()
    of_all: bool = False


BODIES: Mapping[str, Body] = {
    "村民会议": Body(
        agree=("VC18-22-pass", "VC25-26-pass"),
        attend=("VC18-22-attend", "VC25-26-attend"),
        households=("VC18-22-households", "VC25-26-households"),
        notice=("VC18-21-notice", "VC25-25-notice"),
    ),
    "村民代表会议": Body(agree=("VC18-26-pass", "VC25-30-pass"), attend=("VC18-26-attend", "VC25-30-attend")),
    "村民小组会议": Body(agree=("VC18-28-pass", "VC25-32-pass"), attend=("VC18-28-attend", "VC25-32-attend")),
    "居民会议": Body(agree=("RC25-27-pass",), attend=("RC25-27-attend",), notice=("RC25-26-notice",)),
    "居民代表会议": Body(agree=("RC25-29-pass",), attend=("RC25-29-attend",)),
    "成员大会": Body(
        agree=("CL25-27-pass",), attend=("CL25-27-attend",), notice=("CL25-27-notice",), of_all=True
    ),
    "成员代表大会": Body(agree=("CL25-28-pass",), size=("CL25-28-size",), of_all=True),
    "理事会": Body(agree=("CL25-31-pass",), attend=("CL25-31-attend",), size=("CL25-29-size",), of_all=True),
    "党员大会": Body(agree=("PR-party-pass",), attend=("PR-party-attend",), of_all=True),
    "社区议事会": Body(agree=("PR-council-pass",), of_all=True),
}


@dataclass(frozen=True, slots=True)
class Mode:
    """A way to elect: the articles on who must vote, and on the votes asked at first and when again."""

    turnout: Keys
    elected: Keys
    again: Keys


_VILLAGERS = Mode(
    turnout=("VC18-15-turnout", "VC25-18-turnout"),
    elected=("VC18-15-elected", "VC25-18-elected"),
    again=("VC18-15-again", "VC25-18-again"),
)
_REPRESENTATIVES = Mode(
    turnout=("VC18-26-attend", "VC25-30-attend"),
    elected=("VC18-26-pass", "VC25-30-pass"),
    again=_VILLAGERS.again,
)


def _community(turnout: str) -> Mode:
    return Mode((turnout,), ("RC25-19-elected",), ("RC25-19-again",))


# The words that schemas offer in 选举方式, 类型 and 提名, with which code compares.
EVERYBODY, HOUSEHOLDS = "全体选民", "户代表"
RESIDENTS_REPRESENTATIVES, VILLAGERS_REPRESENTATIVES = "居民代表", "村民代表会议"
BY_ELECTION, ADDED_BY_VOTERS = "补选", "另选人"
# By kind of village and by the word in the column 选举方式.
MODES: Mapping[str, Mapping[str, Mode]] = {
    "village": {EVERYBODY: _VILLAGERS, VILLAGERS_REPRESENTATIVES: _REPRESENTATIVES},
    "community": {
        EVERYBODY: _community("RC25-19-voters"),
        HOUSEHOLDS: _community("RC25-19-households"),
        RESIDENTS_REPRESENTATIVES: _community("RC25-19-representatives"),
    },
}

_SHARES = {
    ("1/2", True): N_("过半数"),
    ("1/2", False): N_("半数以上"),
    ("2/3", True): N_("超过三分之二"),
    ("2/3", False): N_("三分之二以上"),
    ("1/3", False): N_("三分之一以上"),
    ("1/5", False): N_("五分之一以上"),
    ("1/10", False): N_("十分之一以上"),
}


def mode_of(kind: str, word: str | None) -> Mode | None:
    """Return how a village of ``kind`` elects; without a ``word``, or by one unknown there, all vote."""
    modes = MODES.get(kind, {})
    return modes.get(word or EVERYBODY, modes.get(EVERYBODY))


def reaches(article: Article, part: int, whole: int) -> bool:
    """Return whether ``part`` of ``whole`` is the share that ``article`` asks; integers only."""
    numerator, denominator = map(int, article.share.split("/"))
    margin = denominator * part - numerator * whole
    return margin > 0 if article.number("strict") else margin >= 0


def share_words(article: Article) -> str:
    """Return the share that ``article`` asks, in words."""
    is_strict = bool(article.number("strict"))
    return _(_SHARES.get((article.share, is_strict), article.share))
