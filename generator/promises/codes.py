"""Codes: the items of the rule of 2011 and the accounts of the system of 2024, as data of the set-up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.promises.schemas import Catalogue
from generator.promises.section import Section, load_section
from generator.wording import _

_ROUND_BRACKETS = str.maketrans("（）", "()")


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One thing that collective finance has to disclose, and where it is.

    ``number`` counts within its class and is 0 in a class without numbers; ``items`` disclose it,
    ``categories`` are the words under which the ledger books it.
    """

    group: str
    number: int
    title: str
    items: tuple[str, ...]
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """One account: its code, its name, its class, the names that it bore before."""

    code: str
    name: str
    group: str
    formerly: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RetiredAccount:
    """An account that is no more and lives on in several: which of them, a bookkeeper has to say."""

    name: str
    successors: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Codes:
    """Both code lists; ``lines`` are the rows of a balance sheet that put several accounts together."""

    disclosures: tuple[Disclosure, ...] = ()
    disclosure_groups: Mapping[str, str] = field(default_factory=dict)
    disclosure_source: str = ""
    accounts: tuple[Account, ...] = ()
    account_groups: Mapping[str, str] = field(default_factory=dict)
    account_source: str = ""
    retired: tuple[RetiredAccount, ...] = ()
    lines: tuple[str, ...] = ()

    def disclosed_by(self, item: str) -> tuple[Disclosure, ...]:
        """Return what the item called ``item`` discloses."""
        return tuple(disclosure for disclosure in self.disclosures if item in disclosure.items)


NO_CODES = Codes()


def _key(name: str) -> str:
    """Return a name as it is compared: clerks write brackets of both widths."""
    return name.strip().translate(_ROUND_BRACKETS)


def load_codes(root: Path, catalogue: Catalogue) -> Codes:
    """Return the lists in ``schemas/codes``; a county without these files has none of them."""
    folder = root / "schemas" / "codes"
    found = NO_CODES
    if (folder / "disclosure_items_2011.yaml").is_file():
        found = _with_disclosures(load_section(folder / "disclosure_items_2011.yaml", root), catalogue)
    if (folder / "accounts_2024.yaml").is_file():
        found = _with_accounts(found, load_section(folder / "accounts_2024.yaml", root))
    return found


def _with_disclosures(section: Section, catalogue: Catalogue) -> Codes:
    source, groups = section.text("source"), _groups(section)
    found: dict[tuple[str, int, str], Disclosure] = {}
    for entry in section.sections("entries"):
        disclosure = Disclosure(
            group=entry.choice("class", tuple(groups)),
            number=entry.integer("number", 0),
            title=entry.text("title"),
            items=entry.texts("items"),
            categories=entry.texts("categories"),
        )
        entry.close()
        _require_known(disclosure, entry, catalogue)
        key = (disclosure.group, disclosure.number, "" if disclosure.number else disclosure.title)
        if key in found:
            entry.fail(_("「{name}」写了两次").format(name=disclosure.title), "title")
        found[key] = disclosure
    section.close()
    return Codes(disclosures=tuple(found.values()), disclosure_groups=groups, disclosure_source=source)


def _groups(section: Section) -> dict[str, str]:
    classes = section.section("classes")
    return {name: classes.text(name) for name in classes.names()}


def _require_known(disclosure: Disclosure, entry: Section, catalogue: Catalogue) -> None:
    """Raise SetupError for an item that nobody has, or a category that none of the items books."""
    known = {*catalogue.versions, catalogue.register.name}
    missing = [item for item in disclosure.items if item not in known]
    if missing or not disclosure.items:
        entry.fail(_("没有公开项目「{item}」").format(item="、".join(missing)), "items")
    booked = {word for item in disclosure.items for word in _categories(item, catalogue)}
    for category in disclosure.categories:
        if category not in booked:
            entry.fail(_("这些公开项目里没有类别「{category}」").format(category=category), "categories")


def _categories(item: str, catalogue: Catalogue) -> tuple[str, ...]:
    if item not in catalogue.versions:
        return ()
    schema = catalogue.versions[item][-1].schema
    name = schema.name_of("category")
    return tuple(schema.field_named(name).constraints.get("enum", ())) if name is not None else ()


def _with_accounts(codes: Codes, section: Section) -> Codes:
    source, groups = section.text("source"), _groups(section)
    names: set[str] = set()
    accounts = _accounts(section, groups, names)
    retired = tuple(_retired(section, accounts, names))
    lines = tuple(_lines(section, accounts, names))
    section.close()
    return replace(
        codes,
        accounts=tuple(accounts.values()),
        account_groups=groups,
        account_source=source,
        retired=retired,
        lines=lines,
    )


def _accounts(section: Section, groups: Mapping[str, str], names: set[str]) -> dict[str, Account]:
    """Return the accounts by code."""
    found: dict[str, Account] = {}
    for entry in section.sections("accounts"):
        account = Account(
            code=entry.text("code"),
            name=entry.text("name"),
            group=entry.choice("class", tuple(groups)),
            formerly=entry.texts("formerly"),
        )
        entry.close()
        if account.code in found:
            entry.fail(_("「{name}」写了两次").format(name=account.code), "code")
        _claim(names, entry, account.name, *account.formerly)
        found[account.code] = account
    return found


def _retired(section: Section, accounts: Mapping[str, Account], names: set[str]) -> Iterator[RetiredAccount]:
    for entry in section.sections("retired"):
        successors = _names_at(entry, "goes_to", accounts)
        retired = RetiredAccount(entry.text("name"), successors, entry.text("note"))
        entry.close()
        _claim(names, entry, retired.name)
        yield retired


def _lines(section: Section, accounts: Mapping[str, Account], names: set[str]) -> Iterator[str]:
    for entry in section.sections("lines"):
        name = entry.text("name")
        _names_at(entry, "of", accounts)  # refuses accounts that are not there
        entry.close()
        _claim(names, entry, name)
        yield name


def _claim(names: set[str], entry: Section, *claimed: str) -> None:
    """Raise SetupError when a name, be it an old one, already stands for something else."""
    for name in claimed:
        if _key(name) in names:
            entry.fail(_("「{name}」写了两次").format(name=name), "name")
        names.add(_key(name))


def _names_at(entry: Section, key: str, accounts: Mapping[str, Account]) -> tuple[str, ...]:
    found = entry.texts(key)
    unknown = [code for code in found if code not in accounts]
    if unknown or not found:
        entry.fail(_("没有科目「{code}」").format(code="、".join(unknown)), key)
    return tuple(accounts[code].name for code in found)
