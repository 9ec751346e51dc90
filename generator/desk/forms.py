"""Forms: what comes from a browser, made safe to keep and to compare."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from werkzeug.datastructures import FileStorage

from generator.desk.county import Known
from generator.desk.works import Says
from generator.intake.stem import read_stem
from generator.promises.promises import starred
from generator.wording import _

SIZE_LIMIT = 32 * 1024 * 1024
FILE_LIMIT = 60
CELL_LIMIT = 2000
TEXT_LIMIT = 200
_NAME_LIMIT = 80
_UNPRINTED = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


class BadFormError(Exception):
    """A form that cannot be taken as it is; the message says what to write instead."""


def line_of(form: Mapping[str, str], name: str, limit: int = TEXT_LIMIT) -> str:
    """Return a field as one line without what cannot be seen; raises BadFormError when it is too long."""
    text = _UNPRINTED.sub(" ", form.get(name, "")).strip()
    if len(text) > limit:
        raise BadFormError(_("写得太长了，不超过 {limit} 个字。请返回改短。").format(limit=limit))
    return text


def file_name(name: str) -> str:
    """Return a name as it is shown, never used as a path: no folders, nothing unseen, no long number."""
    last = re.split(r"[/\\]", name.partition("\0")[0])[-1]
    last = starred(_UNPRINTED.sub("", last).strip()) or _("没有名字的文件")
    if len(last) <= _NAME_LIMIT:
        return last
    stem, dot, suffix = last.rpartition(".")
    return f"{stem[: _NAME_LIMIT - 8]}…{dot}{suffix[:6]}" if dot else last[:_NAME_LIMIT]


def uploads_of(files: Iterable[FileStorage]) -> list[tuple[str, bytes]]:
    """Return the files that were handed over; raises BadFormError for none, too many or too large ones."""
    chosen = [file for file in files if file.filename]
    if not chosen:
        raise BadFormError(_("还没有选文件。请返回，把表拖进方框，或按「选文件」。"))
    if len(chosen) > FILE_LIMIT:
        raise BadFormError(_("一次最多 {limit} 个文件，请分几次放。").format(limit=FILE_LIMIT))
    found = []
    for file in chosen:
        name, content = file_name(file.filename or ""), file.stream.read(SIZE_LIMIT + 1)
        if len(content) > SIZE_LIMIT:
            told = _("「{name}」超过 32 MB。表里有图片的，请删去图片再存；太长的，请分成几个文件。")
            raise BadFormError(told.format(name=name))
        found.append((name, content))
    return found


def says_of(form: Mapping[str, str], known: Known) -> Says:
    """Return what is said of a sheet; raises BadFormError for what there is not."""
    says = Says(*(line_of(form, name, 60) for name in ("village", "item", "period", "slug")))
    if says.village and known.county.village_named(says.village) is None:
        raise BadFormError(_("没有这个村，请在单子里选。"))
    if says.item and says.item not in known.promises.catalogue.versions:
        raise BadFormError(_("没有这个公开项目，请在单子里选。"))
    try:
        if says.period:
            read_stem(says.period)
        if says.slug:
            read_stem(f"2026--{says.slug}")
    except ValueError:
        raise BadFormError(
            _("期间请写成 2026-03、2026Q1、2026 或 2026-03-15；份名只用小写字母、数字和短横。")
        ) from None
    return says


def handing_form(form: Mapping[str, str]) -> dict[str, str]:
    """Return what is written when a work is handed in; raises BadFormError for a day that is none."""
    found = {name: line_of(form, name) for name in ("role", "reason", "posted_from", "posted_to", "place")}
    days = []
    for name in ("posted_from", "posted_to"):
        try:
            days.append(date.fromisoformat(found[name]) if found[name] else None)
        except ValueError:
            raise BadFormError(_("日期请写成 2026-03-05 这样。")) from None
    if days[0] and days[1] and days[1] < days[0]:
        raise BadFormError(_("张贴的最后一天在第一天前面，请核对。"))
    return found
