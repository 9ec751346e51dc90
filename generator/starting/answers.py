"""Answers: what the first run asks of a county, and what is made of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from generator.intake.walk import COUNTY, RESERVED_SLUGS
from generator.pages.pinyin import typed
from generator.wording import _

_DIGITS = 12
_FOLDER = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_KINDS = re.compile(r"(.+?)(?:街道办事处|街道|民族乡|镇|乡)")
# Provinces whose own due dates ship, by the first two digits of a division code.
_PROFILES = {"31": "shanghai", "33": "zhejiang", "37": "shandong", "50": "chongqing"}


class AnswerError(Exception):
    """What is wrong with an answer, in words for the person who gave it."""


@dataclass(frozen=True, slots=True)
class TownshipAnswer:
    """A township: its name, its 12-digit code and its folder, which is also its address."""

    name: str
    code: str
    folder: str


@dataclass(frozen=True, slots=True)
class CountyAnswers:
    """What a county's repository starts with; ``start`` is the first day from which periods are owed."""

    code: str
    name: str
    townships: tuple[TownshipAnswer, ...]
    start: date

    @property
    def title(self) -> str:
        """Return the portal's title."""
        return _("{county}村（居）务公开").format(county=self.name)

    @property
    def profile(self) -> str:
        """Return the profile of the county's province, "" where none ships."""
        return _PROFILES.get(self.code[:2], "")


def county_code(text: str) -> str:
    """Return the 12-digit code of a county, which may be given by its first six; raises AnswerError."""
    code = text.strip()
    if not code.isascii() or not code.isdigit() or len(code) not in (6, _DIGITS):
        raise AnswerError(_("县的区划代码是 6 位或 12 位数字，例如 999900"))
    code = code.ljust(_DIGITS, "0")
    if code[6:].strip("0"):
        raise AnswerError(_("县的区划代码后 6 位应当都是 0"))
    return code


def township_answer(text: str, county: str, known: Iterable[TownshipAnswer]) -> TownshipAnswer:
    """Return the township written 名称=代码 or 名称=代码=文件夹; raises AnswerError.

    The code may be given by its first nine digits, the folder is else spelled from the name.
    """
    name, _equals, rest = (part.strip() for part in text.partition("="))
    code, _equals, folder = (part.strip() for part in rest.partition("="))
    taken = tuple(known)
    if not name or not code.isascii() or not code.isdigit() or len(code) not in (9, _DIGITS):
        raise AnswerError(_("乡镇写成「清溪镇=999901000000」：名称、等号、9 位或 12 位区划代码"))
    code = code.ljust(_DIGITS, "0")
    if code[:6] != county[:6] and code[:4] != county[:4]:
        raise AnswerError(
            _("「{name}」的代码 {code} 不是本县的，前几位和县的代码不同").format(name=name, code=code)
        )
    if any(name == other.name or code == other.code for other in taken):
        raise AnswerError(_("「{name}」或它的代码已经写过了").format(name=name))
    folder = folder or _free(folder_of(name), {other.folder for other in taken})
    if not _FOLDER.fullmatch(folder) or folder in RESERVED_SLUGS or folder.startswith(COUNTY):
        raise AnswerError(
            _("「{folder}」不能作文件夹名：用小写字母、数字和短横，例如 qingxi").format(folder=folder)
        )
    if any(folder == other.folder for other in taken):
        raise AnswerError(_("文件夹 {folder} 已经给了别的乡镇").format(folder=folder))
    return TownshipAnswer(name, code, folder)


def folder_of(name: str) -> str:
    """Return how a township's name is spelled as a folder: 清溪镇 is qingxi."""
    match = _KINDS.fullmatch(name)
    spelled = typed(match[1] if match else name).partition(" ")[0]
    return re.sub(r"[^a-z0-9]+", "-", spelled).strip("-")[:40]


def _free(folder: str, taken: set[str]) -> str:
    number, free = 2, folder
    while free in taken or free in RESERVED_SLUGS:
        free, number = f"{folder}-{number}", number + 1
    return free
