"""Promises: everything the set-up says, loaded together and checked against itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.model.finding import SetupError
from generator.promises.codes import NO_CODES, Codes, load_codes
from generator.promises.institutions import Institution, load_institutions
from generator.promises.languages import load_languages
from generator.promises.law import LawBook, load_law
from generator.promises.profile import Profile, load_profile
from generator.promises.schemas import Catalogue, load_catalogue
from generator.promises.settings import Settings, load_settings
from generator.promises.workdays import Workdays, load_workdays
from generator.wording import _
from generator.wording.languages import Language

_LONG_NUMBER = re.compile(r"[0-9]{11,}[0-9Xx]?")


@dataclass(frozen=True, slots=True)
class Promises:
    """Settings, disclosure items, law, profile, institutions and languages of one county.

    ``languages`` are those of its pages, the main one first; none where there is only the source.
    """

    root: Path
    settings: Settings
    catalogue: Catalogue
    law: LawBook
    profile: Profile
    workdays: Workdays
    institutions: tuple[Institution, ...] = ()
    codes: Codes = NO_CODES
    languages: tuple[Language, ...] = ()

    def shown(self, path: Path) -> str:
        """Return how findings name ``path``: below the root, else below the name of its content root."""
        for base in (
            self.root,
            self.settings.content.parent,
            (self.settings.private_content or self.root).parent,
        ):
            if path.is_relative_to(base):
                return printable(path.relative_to(base).as_posix())
        return path.name


def printable(name: str) -> str:
    """Return a file name that can be printed: it need not be UTF-8, what is printed must be."""
    return name if name.isascii() else name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def starred(name: str) -> str:
    """Return a file name as reports tell it: a long number in it may be somebody's, and is not repeated."""
    return _LONG_NUMBER.sub(lambda match: "*" * len(match[0]), name)


def load_promises(root: Path, *, needs_private: bool = True) -> Promises:
    """Return what the set-up below ``root`` says; raises SetupError at the first mistake.

    Without ``needs_private`` the private root may be missing, as it is where only public records are read.
    """
    settings = load_settings(root, needs_private=needs_private)
    catalogue = load_catalogue(root, settings.categories)
    law = load_law(root, settings.profile)
    workdays = load_workdays(root)
    profile = load_profile(root, settings.profile, settings.suggested_days, workdays)
    for item in (catalogue.register, *(i for versions in catalogue.versions.values() for i in versions)):
        for keys in item.basis.values():
            law.require(keys, item.source, "disclosure.basis")
        for name, options in item.laws.items():
            for cited in cited_articles(options):
                law.require(cited, item.source, f"disclosure.laws.{name}")
    law.require((rule.basis for rule in profile.due.values()), profile.source, "due")
    law.require((rule.basis for rule in profile.items.values()), profile.source, "items")
    law.require((rule.basis for rule in profile.national.values()), profile.source, "items")
    for name in profile.items:
        if name not in catalogue.versions:
            raise SetupError(_("没有公开项目「{item}」").format(item=name), file=profile.source, key="items")
    _require_thresholds(settings, catalogue)
    return Promises(
        root,
        settings,
        catalogue,
        law,
        profile,
        workdays,
        load_institutions(root, catalogue),
        load_codes(root, catalogue),
        load_languages(root, settings.languages),
    )


def cited_articles(options: Mapping[str, Any]) -> Iterator[Sequence[str]]:
    """Yield the articles, a list for each kind of village, that the rules of a law cite."""
    rules = options.get("rules")
    for rule in rules if isinstance(rules, list) else ():
        articles = rule.get("articles") if isinstance(rule, dict) else None
        if isinstance(articles, dict):
            yield from (keys for keys in articles.values() if isinstance(keys, list))


def _require_thresholds(settings: Settings, catalogue: Catalogue) -> None:
    """Raise SetupError for a threshold of the county that no schema asks for: most likely misspelt."""
    items = [item for versions in catalogue.versions.values() for item in versions]
    rules = [rule for item in items for law in item.laws.values() for rule in law.get("rules", ())]
    asked = sorted({rule["threshold"] for rule in rules if isinstance(rule, dict) and "threshold" in rule})
    for name in settings.thresholds:
        if name not in asked:
            problem = _("没有哪个项目用到「{name}」，可以写的有：{allowed}")
            raise SetupError(
                problem.format(name=name, allowed="、".join(asked)),
                file="site_config/county.yaml",
                key=f"thresholds.{name}",
            )
