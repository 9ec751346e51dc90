"""Law: the acts that pages cite, with the time each was in force."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.model.finding import SetupError
from generator.promises.section import Section, load_section
from generator.wording import _


@dataclass(frozen=True, slots=True)
class Article:
    """One article of an act: ``key`` is written VC25-35.

    ``display_days`` is the shortest display, ``days`` the least time between two steps; 0 where it sets none.
    """

    key: str
    act: str
    short: str
    title: str
    summary: str
    display_days: int
    days: int
    valid_from: date
    valid_to: date | None

    def is_in_force_on(self, day: date) -> bool:
        """Return whether the article governed what happened on ``day``."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    @property
    def citation(self) -> str:
        """Return the article as a page cites it."""
        return f"《{self.short}》{self.title}"


@dataclass(frozen=True, slots=True)
class LawBook:
    """All articles that schemas and profiles may cite."""

    articles: Mapping[str, Article]

    def in_force(self, keys: Iterable[str], day: date) -> tuple[Article, ...]:
        """Return those of ``keys`` that were in force on ``day``, in the order given."""
        return tuple(article for key in keys if (article := self.articles[key]).is_in_force_on(day))

    def require(self, keys: Iterable[str], source: str, place: str) -> None:
        """Raise SetupError when ``source`` cites, at the key ``place``, an article that no law file holds."""
        for key in keys:
            if key not in self.articles:
                raise SetupError(
                    _("依据「{key}」在 schemas/law/ 里找不到").format(key=key), file=source, key=place
                )


def load_law(root: Path) -> LawBook:
    """Return the articles in ``root/schemas/law``."""
    articles: dict[str, Article] = {}
    for path in sorted((root / "schemas" / "law").glob("*.yaml")):
        for article in _articles(load_section(path, root)):
            if article.key in articles:
                problem = _("「{key}」在 {act}里已经写过").format(
                    key=article.key, act=articles[article.key].act
                )
                raise SetupError(problem, file=path.relative_to(root).as_posix(), key="id")
            articles[article.key] = article
    return LawBook(articles)


def _articles(act: Section) -> list[Article]:
    identity, title, short = act.text("id"), act.text("title"), act.text("short")
    valid_from, valid_to = act.day("valid_from"), act.day("valid_to")
    if valid_from is None:
        act.fail(_("必须填写"), "valid_from")
    articles = []
    for number, entry in act.section("articles").entries():
        articles.append(
            Article(
                key=f"{identity}-{number}",
                act=title,
                short=short,
                title=entry.text("title"),
                summary=entry.text("summary"),
                display_days=entry.integer("display_days", 0),
                days=entry.integer("days", 0),
                valid_from=valid_from,
                valid_to=valid_to,
            )
        )
        entry.close()
    act.close()
    return articles
