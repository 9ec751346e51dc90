"""Changes of villages: merged, split, renamed or moved, and no record is touched.

An old village closes in place: its folder, its address and its codes live on, its calendar stops, and it
names who goes on. A new one begins in a folder of its own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from generator.intake.village_file import read_village
from generator.intake.walk import County, walk_county
from generator.model.finding import Finding
from generator.model.village import Village
from generator.promises.promises import Promises
from generator.wording import _

_VILLAGE, _REGISTER = "village.yaml", "publications.csv"
_ONE_DAY = timedelta(days=1)
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


class ChangeError(Exception):
    """Why a village cannot be changed like that, in words."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """A village that begins: its permanent address, its name, its 12-digit code and its township's folder."""

    slug: str
    name: str
    code: str
    township: str


def succession(
    promises: Promises,
    county: County,
    olds: Sequence[Village],
    news: Sequence[Beginning],
    existing: Sequence[Village],
    first: date,
) -> dict[Path, bytes]:
    """Return the files of a change by which ``olds`` end and ``news``, or ``existing`` ones, go on.

    ``first`` is the first day of those that go on. Raises ChangeError.
    """
    files: dict[Path, bytes] = {}
    successors = (*(new.slug for new in news), *(village.slug for village in existing))
    for old in olds:
        if old.kind not in ("village", "community"):
            raise ChangeError(_("{village}不是村或社区").format(village=old.name))
        if old.valid_to is not None:
            raise ChangeError(_("{village}已经撤销了").format(village=old.name))
        if old.slug in successors:
            raise ChangeError(_("{village}不能接续自己").format(village=old.name))
        if old.valid_from is not None and old.valid_from >= first:
            raise ChangeError(
                _("{village} {day} 才开始，不能在那以前撤销").format(village=old.name, day=old.valid_from)
            )
        path = promises.settings.content / old.folder / _VILLAGE
        text = _with_lines(path, {"valid_to": f'"{first - _ONE_DAY}"', "successors": _listed(successors)})
        files[path] = _checked(
            promises, path, text, replace(old, valid_to=first - _ONE_DAY, successors=successors)
        )
    for new in news:
        files |= _begun(promises, county, new, olds, first)
    return files


def renamed(promises: Promises, village: Village, name: str, code: str) -> dict[Path, bytes]:
    """Return the files by which a village gets another name, another code ("" keeps it) or both.

    Its address stays; the code before goes on leading to it. Raises ChangeError.
    """
    path = promises.settings.content / village.folder / _VILLAGE
    lines: dict[str, str] = {}
    after = village
    if name and name != village.name:
        lines["name"], after = _quoted(name), replace(after, name=name)
    if code and code != village.code:
        former = tuple(dict.fromkeys(one for one in (*village.former_codes, village.code) if one != code))
        lines |= {"code": f'"{code}"', "former_codes": _listed(former)}
        after = replace(after, code=code, former_codes=former)
    if not lines:
        raise ChangeError(_("名称和代码都没有变"))
    return {path: _checked(promises, path, _with_lines(path, lines), after)}


def write_changes(promises: Promises, files: Mapping[Path, bytes]) -> list[Finding]:
    """Write the files; where that would leave the county unsound, take them back and return why."""
    former = {path: path.read_bytes() if path.is_file() else None for path in files}
    before = {(found.code, found.place) for found in walk_county(promises).findings}
    for path, content in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    wrong = [found for found in walk_county(promises).findings if (found.code, found.place) not in before]
    for path, kept in former.items() if wrong else ():
        if kept is not None:
            path.write_bytes(kept)
            continue
        path.unlink()
        if not any(path.parent.iterdir()):
            path.parent.rmdir()
    return wrong


def _begun(
    promises: Promises, county: County, new: Beginning, olds: Sequence[Village], first: date
) -> dict[Path, bytes]:
    """Return the files of a village that begins, with kind, bodies and offices of those before it."""
    if not _SLUG.fullmatch(new.slug):
        raise ChangeError(_("网址名「{slug}」只能用小写字母、数字和短横，最多 40 个").format(slug=new.slug))
    for village in county.villages:
        if new.slug == village.slug:
            raise ChangeError(
                _("网址名 {slug} 已被{village}使用").format(slug=new.slug, village=village.name)
            )
    if new.township not in {township.folder for township in county.townships}:
        raise ChangeError(_("找不到乡镇「{township}」").format(township=new.township))
    folder = promises.settings.content / new.township / new.slug
    if folder.exists():
        raise ChangeError(_("{path} 已经存在").format(path=folder))
    contacts = list(dict.fromkeys(contact for old in olds for contact in old.contacts))
    bodies = list(dict.fromkeys(body for old in olds for body in old.bodies))
    lines = [
        f"slug: {new.slug}",
        f"name: {_quoted(new.name)}",
        f'code: "{new.code}"',
        f"kind: {olds[0].kind}",
    ]
    lines += ["bodies:", *(f"  - {_quoted(body)}" for body in bodies)] if bodies else []
    lines += ["contacts:"] if contacts else ["contacts: []"]
    for contact in contacts:
        lines += [f"  - title: {_quoted(contact.title)}", f"    phone: {_quoted(contact.phone)}"]
        lines += [f"    hours: {_quoted(contact.hours)}"] if contact.hours else []
    lines.append(f'valid_from: "{first}"')
    header = ",".join(field.name for field in promises.catalogue.register.schema.columns_of(()))
    return {
        folder / _VILLAGE: "".join(f"{line}\n" for line in lines).encode(),
        folder / _REGISTER: f"{header}\n".encode(),
    }


def _with_lines(path: Path, lines: Mapping[str, str]) -> str:
    """Return the text of a village's file with some keys set anew; all the rest stays as it is written."""
    text = path.read_text(encoding="utf-8-sig")
    end = "\r\n" if "\r\n" in text else "\n"
    if not text.endswith("\n"):
        text += end
    for key, value in lines.items():
        # A key with what is indented, or listed, below it.
        own = re.compile(rf"^{key}[ \t]*:.*(?:\r?\n(?:[ \t]+|- ).*)*\r?\n", re.MULTILINE)
        line = f"{key}: {value}{end}"
        match = own.search(text)
        text = text[: match.start()] + line + text[match.end() :] if match else text + line
    return text


def _checked(promises: Promises, path: Path, text: str, wanted: Village) -> bytes:
    """Return the bytes of a changed file, after reading it again; ChangeError where it says more."""
    before = path.read_bytes()
    content = text.encode()
    path.write_bytes(content)
    try:
        found = read_village(path.parent, promises, wanted.township)
    finally:
        path.write_bytes(before)
    if isinstance(found, Finding):
        raise ChangeError(f"{found.message}。{found.hint}")
    if found != wanted:
        raise ChangeError(_("{path} 的写法特别，不能自动改，请手工改").format(path=promises.shown(path)))
    return content


def _listed(texts: Sequence[str]) -> str:
    return "[" + ", ".join(_quoted(text) for text in texts) + "]"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
