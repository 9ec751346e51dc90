"""Law: the acts that pages cite, with the time each was in force."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from generator.model.finding import SetupError
from generator.promises.section import Section, load_section
from generator.wording import _, said

# What an article may set: the shortest display in days or working days; the least and the most days or
# working days between two steps; the longest term in years; the fewest and the most people or things, and
# whether their number must be odd; whether a share must be exceeded and not only reached.
NUMBERS = (
    *("display_days", "display_workdays", "days", "most_days", "most_workdays"),
    *("years", "least", "most", "odd", "strict"),
)
_SHARE = re.compile(r"[1-9][0-9]*/[1-9][0-9]*")


@dataclass(frozen=True, slots=True)
class Article:
    """One article of an act: ``key`` is written VC25-35, or VC25-29-women for one of its sentences.

    ``numbers`` holds what it sets, by the names in ``NUMBERS``; ``share`` is written 1/3, "" where it sets
    none. An act of a ``province`` governs only counties whose profile is that province's. A ``practice``
    is no law, and is not cited as if it were one.
    """

    key: str
    act: str
    short: str
    title: str
    summary: str
    valid_from: date
    valid_to: date | None
    numbers: Mapping[str, int] = field(default_factory=dict)
    share: str = ""
    province: str = ""
    is_practice: bool = False

    def number(self, name: str) -> int:
        """Return the number ``name`` that the article sets; 0 where it sets none."""
        return self.numbers.get(name, 0)

    @property
    def display_days(self) -> int:
        """Return the shortest display in days; 0 where the article sets none."""
        return self.number("display_days")

    def is_in_force_on(self, day: date) -> bool:
        """Return whether the article governed what happened on ``day``."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    @property
    def citation(self) -> str:
        """Return the article as a page cites it."""
        if self.is_practice:
            return _("{act}：{article}").format(act=said(self.short), article=said(self.title))
        return self.named

    @property
    def named(self) -> str:
        """Return act and article by their names."""
        return _("《{act}》{article}").format(act=said(self.short), article=said(self.title))


@dataclass(frozen=True, slots=True)
class LawBook:
    """All articles that schemas and profiles may cite; ``province`` is that of the county."""

    articles: Mapping[str, Article]
    province: str = ""
    # Every village asks about the same articles on the same days.
    _found: dict[tuple[tuple[str, ...], date], tuple[Article, ...]] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    def in_force(self, keys: Iterable[str], day: date) -> tuple[Article, ...]:
        """Return those of ``keys`` that were in force here on ``day``, in the order given."""
        asked = (tuple(keys), day)
        found = self._found.get(asked)
        if found is None:
            articles = [self.articles[key] for key in asked[0]]
            found = self._found[asked] = tuple(
                a for a in articles if a.is_in_force_on(day) and a.province in ("", self.province)
            )
        return found

    def require(self, keys: Iterable[str], source: str, place: str) -> None:
        """Raise SetupError when ``source`` cites, at the key ``place``, an article that no law file holds."""
        for key in keys:
            if key not in self.articles:
                raise SetupError(
                    _("依据「{key}」在 schemas/law/ 里找不到").format(key=key), file=source, key=place
                )


def load_law(root: Path, province: str = "") -> LawBook:
    """Return the articles in ``root/schemas/law``, as they govern a county of ``province``."""
    articles: dict[str, Article] = {}
    for path in sorted((root / "schemas" / "law").glob("*.yaml")):
        for article in _articles(load_section(path, root)):
            if article.key in articles:
                problem = _("「{key}」在 {act}里已经写过").format(
                    key=article.key, act=articles[article.key].act
                )
                raise SetupError(problem, file=path.relative_to(root).as_posix(), key="id")
            articles[article.key] = article
    return LawBook(articles, province)


def _articles(act: Section) -> list[Article]:
    identity, title, short = act.text("id"), act.text("title"), act.text("short")
    valid_from, valid_to, province = act.day("valid_from"), act.day("valid_to"), act.text("province", "")
    is_practice = act.flag("practice")
    if valid_from is None:
        act.fail(_("必须填写"), "valid_from")
    articles = []
    for number, entry in act.section("articles").entries():
        share = entry.text("share", "")
        if share and not _SHARE.fullmatch(share):
            entry.fail(_("应写成 2/3"), "share")
        articles.append(
            Article(
                key=f"{identity}-{number}",
                act=title,
                short=short,
                title=entry.text("title"),
                summary=entry.text("summary"),
                valid_from=valid_from,
                valid_to=valid_to,
                numbers={name: entry.integer(name) for name in NUMBERS if name in entry},
                share=share,
                province=province,
                is_practice=is_practice,
            )
        )
        entry.close()
    act.close()
    return articles
