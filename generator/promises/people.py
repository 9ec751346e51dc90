"""People: who may sign off what is handed in, and for which places (site_config/people.yaml)."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from generator.promises.section import load_section
from generator.wording import _

FILE = "site_config/people.yaml"
EVERYWHERE = "."
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_PLACE = re.compile(r"\.|_county|[a-z0-9][a-z0-9-]{0,39}(?:/(?:_township|[a-z0-9][a-z0-9-]{0,39}))?")
_ROLE_LENGTH = 40


@dataclass(frozen=True, slots=True)
class Person:
    """A reviewer: ``name`` is that of the key in site_config/allowed_signers, ``role`` what is shown.

    ``places`` are folders below the content root, "." for all of them.
    """

    name: str
    role: str
    places: tuple[str, ...]

    def covers(self, folder: str) -> bool:
        """Return whether this reviewer may sign off what the village in ``folder`` discloses."""
        return any(place in (EVERYWHERE, folder) or folder.startswith(f"{place}/") for place in self.places)


def load_people(root: Path) -> tuple[Person, ...]:
    """Return the reviewers listed below ``root``, nobody where there is no list; raises SetupError."""
    path = root / FILE
    if not path.is_file():
        return ()
    section = load_section(path, root)
    people: list[Person] = []
    for entry in section.sections("reviewers"):
        name = entry.text("name")
        if not _NAME.fullmatch(name):
            entry.fail(_("只能用小写字母、数字和短横"), "name")
        if any(person.name == name for person in people):
            entry.fail(_("「{name}」重复了").format(name=name), "name")
        role = entry.text("role")
        if len(role) > _ROLE_LENGTH or not role.isprintable():
            entry.fail(_("最多 {count} 个字，不能有换行").format(count=_ROLE_LENGTH), "role")
        places = entry.texts("places")
        wrong = [place for place in places if not _PLACE.fullmatch(place)]
        if not places or wrong:
            entry.fail(
                _("写 content 下面的文件夹，如 qingxi/qingshi；整个乡镇写 qingxi；全部写一个点"), "places"
            )
        entry.close()
        people.append(Person(name, role, places))
    section.close()
    return tuple(people)


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
    return (text + line.replace("\n", end)).encode()
