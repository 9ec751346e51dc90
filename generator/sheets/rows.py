"""Rows: which rows of a sheet are records, and which are totals, feet, notes and page marks."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from enum import StrEnum

from generator.sheets.footers import is_footer
from generator.sheets.grid import Cell, Kind
from generator.sheets.plain_text import plain


class Role(StrEnum):
    """What a row below a heading is."""

    BLANK = "blank"
    RECORD = "record"
    TOTAL = "total"
    FOOTER = "footer"
    NOTE = "note"
    PAGE = "page"
    EXAMPLE = "example"
    NUMBERED = "numbered"  # a running number and nothing else
    LONE = "lone"  # words alone, where a record has several cells


_WHOLE = re.compile(
    r"(?:(?:本|全|当|上|下|第?[一二三四五六七八九十0-9]+)?(?:页|月份?|季度?|期|年度?|半年|村|镇|县|组|表|社|户)?)?"
    r"(?:发生额|收入|支出|收支)?(?:及余额|及结余)?(?:小计|合计|总计|共计|累计|总合计)(?:\(.*\))?:?"
)
_CARRIED = re.compile(r"(?:承|接)(?:前|上)页(?:余额|结转)?|(?:过|转|结转)(?:次|下)页")
_ANY_TOTAL = re.compile(r".{1,12}(?:小计|合计|总计|共计)(?:\(.*\))?:?")
_FEW = 3
_EXAMPLE = re.compile(r"\(?(?:示例|样例|填写示例|例)\)?(?:行|[:].*)?")
_NOTE = re.compile(r"(?:注|备注|说明|附注|附|填表说明|编制说明)[:0-9]|※")
_SIGNATURE = re.compile(
    r".{0,20}(?:盖章|公章|签章|签字)\)?:?|(?:[12][0-9]{3})年[0-9]{1,2}月[0-9]{1,2}日"
    r"|.{2,20}(?:村|社区|村委会|居委会|委员会|监委会|合作社|人民政府|办事处|小组)"
)
_PAGE = re.compile(r"第[0-9]+页(?:[,，]?共[0-9]+页)?|[0-9]+/[0-9]+页|-[0-9]+-")


def is_signature(row: Sequence[Cell]) -> bool:
    """Return whether a row is what stands below a paper: an office, its seal, a day."""
    written = [cell for cell in row if not cell.is_blank]
    return all(cell.kind is Kind.DAY or _SIGNATURE.fullmatch(plain(cell.text)) for cell in written)


def total_word(cells: Sequence[Cell]) -> str:
    """Return the word that makes a row a total (小计, 本月合计, 承前页), or ""."""
    for cell in cells:
        if cell.kind is Kind.TEXT:
            words = plain(cell.text)
            if len(words) <= 16 and (_WHOLE.fullmatch(words) or _CARRIED.fullmatch(words)):
                return words
    first = next((cell for cell in cells if not cell.is_blank), None)
    if first is not None and first.kind is Kind.TEXT:
        words = plain(first.text)
        if _ANY_TOTAL.fullmatch(words):
            return words
    return ""


def shown_total(word: str) -> str:
    """Return a total's word as it may be repeated: of 「某某小计」 only 小计, for 某某 may be anybody."""
    if _WHOLE.fullmatch(word) or _CARRIED.fullmatch(word):
        return word
    return next((kind for kind in ("小计", "合计", "总计", "共计") if kind in word), "")


def role_of(cells: Sequence[Cell], headed: int, kept_totals: Collection[str]) -> Role:
    """Return what a row is whose table has ``headed`` columns; ``kept_totals`` are records of this item."""
    written = [cell for cell in cells if not cell.is_blank]
    if not written:
        return Role.BLANK
    word = total_word(cells)
    if word and word not in kept_totals:
        return Role.TOTAL
    first = written[0]
    if first.kind is not Kind.TEXT:
        return Role.LONE if len(written) == 1 and first.kind is Kind.DAY and headed > 2 else Role.RECORD
    words = plain(first.text)
    labelled = sum(1 for cell in written if is_footer(cell.text))
    if labelled and (len(written) <= _FEW or 2 * labelled >= len(written)):
        return Role.FOOTER
    if _EXAMPLE.fullmatch(words):
        return Role.EXAMPLE
    if len(written) > 1:
        return Role.RECORD
    if _NOTE.match(words):
        return Role.NOTE
    if _PAGE.fullmatch(words):
        return Role.PAGE
    return Role.LONE if headed > 2 else Role.RECORD
