"""Watching: what is handed in is looked through for personal data before git sees any of it.

Commits made by plumbing run no hooks, so the guard that hooks would call is asked here.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date

from generator.desk.grounds import Grounds
from generator.history.committing import Refused
from generator.intake.walk import walk_county
from generator.pipeline.gitscan import scan_message
from generator.privacy.allow import load_allowances
from generator.privacy.carriers.reading import read_file
from generator.privacy.detectors import detect, office_lines
from generator.privacy.judging import Judge
from generator.privacy.leaks import Leak
from generator.wording import WORDING, _
from generator.wording.privacy import place_words

LONGEST = 200
_ROLE_LENGTH = 40


def role_of(text: str) -> str:
    """Return a role as it may stand in a commit; Refused for what is none."""
    role = clean(text, _("经办角色"), longest=_ROLE_LENGTH)
    if not any(character.isalpha() for character in role) or set(role) & set("<>（）"):
        raise Refused(_("请写明经办的角色，例如「报账员」，不要写尖括号和括号。"))
    return role


def reason_of(text: str, *, is_required: bool = False) -> str:
    """Return a reason as it may stand in a commit, "" where none is given and none is asked for."""
    if not text.strip() and not is_required:
        return ""
    return clean(text, _("原因"), longest=LONGEST)


def clean(text: str, what: str, *, longest: int = LONGEST) -> str:
    """Return a line of text without space around it; Refused when empty, long, broken or personal."""
    line = text.strip()
    if not line:
        raise Refused(_("请填写{what}").format(what=what))
    if len(line) > longest:
        raise Refused(_("{what}太长，最多 {count} 个字").format(what=what, count=longest))
    if any(unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") for character in line):
        raise Refused(_("{what}里有换行或看不见的字符，请写成一行").format(what=what))
    if detect(line):
        raise Refused(
            _("{what}里有像姓名、电话或证件号的内容，会永远留在历史里。请换个说法，只写角色和事情。").format(
                what=what
            )
        )
    return line


def refuse_personal(grounds: Grounds, files: Mapping[str, bytes], message: str, day: date) -> None:
    """Raise Refused, naming the place and never the value, for personal data in files or a message.

    ``files`` are bytes by shown path.
    """
    promises = grounds.open()
    county = walk_county(promises)
    allowances = load_allowances(promises.root)
    contacts = [*promises.settings.contacts]
    contacts += [contact for village in county.villages for contact in village.contacts]
    contacts += [contact for township in county.townships for contact in township.contacts]
    judge = Judge(office_lines([contact.phone for contact in contacts]))
    found: list[Leak] = []
    for name, content in files.items():
        found += judge.judge_name(name)
        found += judge.judge(name, read_file(name, content), is_content=True)
    found += scan_message(message)
    leaks = [leak for leak in allowances.keep(found, day) if leak.is_error]
    if leaks:
        raise Refused(_told(leaks))


def _told(leaks: list[Leak]) -> str:
    leak = leaks[0]
    wording = WORDING[f"private-{leak.kind}"]
    where = [leak.file or _("提交说明")]
    if leak.line:
        where.append(_("第 {line} 行").format(line=leak.line))
    if leak.column:
        where.append(f"「{leak.column}」")
    where.append(place_words(leak.sheet, leak.where))
    told = f"{' '.join(part for part in where if part)}：{_(wording.message)}。{_(wording.hint)}"
    if len(leaks) > 1:
        told += _("（还有 {count} 处）").format(count=len(leaks) - 1)
    return _("没有提交，里面有不该公开的个人信息。") + told
