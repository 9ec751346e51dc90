"""Settings: what the county decides for itself (site_config/county.yaml)."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from generator.model.village import Contact
from generator.promises.asking import NO_ASKING, Asking, asking_of
from generator.promises.section import Section, load_section
from generator.wording import _

# A tag of BCP 47: language, perhaps script, perhaps region. It becomes the folder of its pages.
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")


@dataclass(frozen=True, slots=True)
class Settings:
    """The county's own choices.

    ``content`` and ``private_content`` are folders (absolute); ``as_of`` pins the date of judgement
    (None: the verb's clock); ``disclosure_start`` is the first day from which periods are owed.
    ``thresholds`` are sums in 元 above which the county asks for more; what it has not set is not checked.
    ``private_hosts`` are the only hosts to which the repository of ``private_content`` may be connected.
    ``receipts`` is the folder (absolute) that keeps the pictures of receipts, outside git.
    ``languages`` are tags (BCP 47) of the languages of the pages, the main one first; none: Chinese alone.
    ``requires_signatures`` tells that every new line of the publication log must be signed,
    ``requires_signed_commits`` that every commit must be, and ``requires_sign_off`` that what reaches the
    main branch must be signed off by a second person's key;
    ``has_downloads`` that the portal offers the whole county's records as files for analysis.
    """

    county_name: str
    county_code: str
    title: str
    profile: str
    content: Path
    private_content: Path | None
    is_demo: bool
    as_of: date | None
    disclosure_start: date
    suggested_days: int
    categories: Mapping[str, str]
    contacts: tuple[Contact, ...] = ()
    filing_numbers: tuple[str, ...] = ()
    site_url: str = ""
    thresholds: Mapping[str, Decimal] = field(default_factory=dict)
    private_hosts: tuple[str, ...] = ()
    receipts: Path | None = None
    asking: Asking = NO_ASKING
    requires_signatures: bool = False
    has_downloads: bool = False
    languages: tuple[str, ...] = ()
    requires_signed_commits: bool = False
    requires_sign_off: bool = False


def load_settings(root: Path, *, needs_private: bool = True) -> Settings:
    """Return the settings in ``root/site_config/county.yaml``; raises SetupError naming file and key.

    Who only reads what is public has no private root, and without ``needs_private`` is not asked for one.
    """
    section = load_section(root / "site_config" / "county.yaml", root)
    county = section.section("county")
    start = section.day("disclosure_start")
    if start is None:
        section.fail(_("缺少「{key}」").format(key="disclosure_start"), "disclosure_start")
    categories = section.section("categories")
    private = section.text("private_content", "")
    receipts = section.text("receipts", "")
    contacts = contacts_of(section)
    settings = Settings(
        county_name=county.text("name"),
        county_code=county.text("code"),
        title=section.text("title"),
        profile=section.text("profile", ""),
        content=root / section.text("content", "content"),
        private_content=root / private if private else None,
        is_demo=section.flag("demo"),
        as_of=section.day("as_of"),
        disclosure_start=start,
        suggested_days=section.integer("suggested_days", 15),
        categories={key: categories.text(key) for key in categories.names()},
        contacts=contacts,
        filing_numbers=section.texts("filing_numbers"),
        site_url=section.text("site_url", ""),
        thresholds=_thresholds(section.section("thresholds")),
        private_hosts=section.texts("private_hosts"),
        receipts=root / receipts if receipts else None,
        asking=asking_of(section.section("asking"), contacts),
        requires_signatures=is_required(section, "log_signatures"),
        requires_signed_commits=is_required(section, "commit_signatures"),
        requires_sign_off=is_required(section, "sign_off"),
        has_downloads=section.flag("downloads"),
        languages=_languages(section),
    )
    county.close()
    section.close()
    if not settings.content.is_dir():
        section.fail(_("找不到这个文件夹"), "content")
    private_root = settings.private_content
    if needs_private and private_root is not None and not private_root.is_dir():
        section.fail(_("找不到这个文件夹"), "private_content")
    return settings


def _languages(section: Section) -> tuple[str, ...]:
    codes = section.texts("languages")
    for code in codes:
        if not _LANGUAGE.fullmatch(code):
            section.fail(
                _("「{code}」不是语言代码，写成 zh-Hans、zh-Hant、en、bo 这样").format(code=code), "languages"
            )
        if codes.count(code) > 1:
            section.fail(_("「{name}」写了两次").format(name=code), "languages")
    return codes


def is_required(section: Section, key: str) -> bool:
    """Return whether the county requires what ``key`` names, and does not only allow it."""
    value = section.text(key, "optional")
    if value not in ("optional", "required"):
        section.fail(_("只能写 optional 或 required"), key)
    return value == "required"


def contacts_of(section: Section) -> tuple[Contact, ...]:
    """Return the offices listed under ``contacts``."""
    offices = []
    for entry in section.sections("contacts"):
        # Thousands of villages call their offices the same and keep the same hours.
        title, hours = sys.intern(entry.text("title")), sys.intern(entry.text("hours", ""))
        offices.append(Contact(title, entry.text("phone"), hours))
        entry.close()
    return tuple(offices)


def _thresholds(section: Section) -> dict[str, Decimal]:
    thresholds = {}
    for name in section.names():
        amount = section.decimal(name)
        if amount is None or amount < 0:
            section.fail(_("应当是不小于 0 的金额，单位元；没有规定的不写这一行"), name)
        thresholds[name] = amount
    section.close()
    return thresholds
