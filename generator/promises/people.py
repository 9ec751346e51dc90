"""People: who may hand in, sign off or change the set-up, and for which places (site_config/people.yaml)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.promises.section import Section, decode_text, load_section, section_of
from generator.wording import _

FILE = "site_config/people.yaml"
EVERYWHERE = "."
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_PLACE = re.compile(r"\.|_county|[a-z0-9][a-z0-9-]{0,39}(?:/(?:_township|[a-z0-9][a-z0-9-]{0,39}))?")
_ACCOUNT = re.compile(r"@?[A-Za-z0-9][A-Za-z0-9_.-]{0,99}(?:/[A-Za-z0-9_.-]{1,100})*")
_ROLE_LENGTH = 40
_REVIEWERS, _EDITORS, _KEEPERS = "reviewers", "editors", "keepers"


@dataclass(frozen=True, slots=True)
class Person:
    """Who is listed: ``name`` is that of the key in site_config/allowed_signers, ``role`` what is shown.

    ``places`` are folders below the content root, "." for all of them; ``accounts`` the names by which the
    code host knows this person or team, without the mark @.
    """

    name: str
    role: str
    places: tuple[str, ...]
    accounts: tuple[str, ...] = ()

    def covers(self, folder: str) -> bool:
        """Return whether this person answers for what the village in ``folder`` discloses."""
        return not uncovered(self.places, (folder,))


@dataclass(frozen=True, slots=True)
class Staff:
    """Everybody who is listed: ``editors`` hand in, ``reviewers`` sign off, ``keepers`` keep the set-up."""

    reviewers: tuple[Person, ...] = ()
    editors: tuple[Person, ...] = ()
    keepers: tuple[Person, ...] = ()

    @property
    def is_listed(self) -> bool:
        """Return whether the county says who may change what: reviewers alone only sign off."""
        return bool(self.editors or self.keepers)

    def named(self, user: str) -> tuple[Person, ...]:
        """Return every entry of ``user``, who is known by name or by an account of the code host."""
        account = user.removeprefix("@")
        everybody = (*self.editors, *self.reviewers, *self.keepers)
        return tuple(one for one in everybody if one.name == user or account in one.accounts)

    def keeps(self, user: str) -> bool:
        """Return whether ``user`` may change schemas and settings."""
        return any(person in self.keepers for person in self.named(user))


def uncovered(places: Iterable[str], folders: Iterable[str]) -> list[str]:
    """Return those of the villages' ``folders`` for which nobody with these ``places`` answers.

    This is the one rule of who may change or sign off what: the desk, the server and the files for code
    hosts all follow it.
    """
    own = tuple(places)
    return [
        folder
        for folder in folders
        if not any(place in (EVERYWHERE, folder) or folder.startswith(f"{place}/") for place in own)
    ]


def load_staff(root: Path) -> Staff:
    """Return everybody listed below ``root``, nobody where there is no list; raises SetupError."""
    path = root / FILE
    if not path.is_file():
        return Staff()
    return _staff(load_section(path, root))


def people_in(content: bytes) -> tuple[Person, ...]:
    """Return the reviewers that the bytes of a list name; raises SetupError for a broken one."""
    return _staff(section_of(*decode_text(FILE, content))).reviewers


def _staff(section: Section) -> Staff:
    lists = {name: tuple(_people(section, name)) for name in (_EDITORS, _KEEPERS, _REVIEWERS)}
    if _REVIEWERS in section and section.names()[-1] != _REVIEWERS:
        # Enrolling at the desk adds a line at the end of the file.
        section.fail(_("请把 reviewers 移到文件的最后，填报台登记审核人时接着往下写"), _REVIEWERS)
    section.close()
    return Staff(lists[_REVIEWERS], lists[_EDITORS], lists[_KEEPERS])


def _people(section: Section, name: str) -> Iterator[Person]:
    known: set[str] = set()
    for entry in section.sections(name):
        person = _person(entry, needs_places=name != _KEEPERS)
        if person.name in known:
            entry.fail(_("「{name}」重复了").format(name=person.name), "name")
        known.add(person.name)
        yield person


def _person(entry: Section, *, needs_places: bool) -> Person:
    name = entry.text("name")
    if not _NAME.fullmatch(name):
        entry.fail(_("只能用小写字母、数字和短横"), "name")
    role = entry.text("role")
    if len(role) > _ROLE_LENGTH or not role.isprintable():
        entry.fail(_("最多 {count} 个字，不能有换行").format(count=_ROLE_LENGTH), "role")
    places = entry.texts("places")
    wrong = [place for place in places if not _PLACE.fullmatch(place)]
    if wrong or (needs_places and not places):
        entry.fail(_("写 content 下面的文件夹，如 qingxi/qingshi；整个乡镇写 qingxi；全部写一个点"), "places")
    accounts = entry.texts("accounts")
    if not all(_ACCOUNT.fullmatch(account) for account in accounts):
        entry.fail(_("写代码托管平台上的账号，如 @qingshi，或 @组织/小组 的英文名"), "accounts")
    entry.close()
    return Person(name, role, places, tuple(account.removeprefix("@") for account in accounts))


def is_place(text: str) -> bool:
    """Return whether ``text`` can be a place in the list: a folder below the content root, or "."."""
    return _PLACE.fullmatch(text) is not None


def with_person(before: bytes | None, person: Person) -> bytes:
    """Return the list with one reviewer more; what stood in it, comments too, stays as it is."""
    places = ", ".join(json.dumps(place) for place in person.places)
    role = json.dumps(person.role, ensure_ascii=False)
    line = f"  - {{name: {person.name}, role: {role}, places: [{places}]}}\n"
    head = _("# 谁可以审核哪些村的公开内容。钥匙的公开部分在 allowed_signers 里。")
    text = (before or b"").decode("utf-8-sig")
    if not text.strip():
        return f"{head}\nreviewers:\n{line}".encode()
    end = "\r\n" if "\r\n" in text else "\n"
    if not text.endswith("\n"):
        text += end
    if not re.search(rf"^{_REVIEWERS}\s*:", text, re.MULTILINE):
        text += f"{_REVIEWERS}:{end}"
    return (text + line.replace("\n", end)).encode()
