"""Cells: what stands in a clerk's cell becomes the canonical text of its column, or a problem."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from generator.model.item import Field
from generator.rows.hostile import FORMULA
from generator.sheets.amounts import EXPONENT, is_money, is_nothing, is_plain, read_amount, written
from generator.sheets.days import YearMissingError, day_of_serial, read_day, read_month
from generator.sheets.grid import Cell, Kind
from generator.sheets.headings import digits_asked
from generator.sheets.plain_text import plain

_LONG = re.compile(r"[0-9]{15}0+")
_LEAST_LONG = 16
_TOTALS = ("合计", "小计", "总计", "其中")
_DAYS_NAMED = re.compile("日|期|时间|年月|起止")
_SERIAL = re.compile(r"[2-7][0-9]{4}")
_DAY_LIKE = re.compile(r"[12][0-9]{3}-[01][0-9]")
_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class CellProblem:
    """Why a cell could not be read: the code of its wording, and what fills that.

    ``value`` is what stands there, to be shown only as far as it may be.
    """

    code: str
    value: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Manner:
    """How a sheet is to be read: the factor of its money, the year of its title, its epoch, its spellings.

    ``first_day`` is that of the period, as far as the title tells.
    ``keeps_plain``: a file of text keeps a plain number as it is written.
    """

    factor: Decimal = _ONE
    year: int | None = None
    first_day: date | None = None
    counts_from_1904: bool = False
    keeps_plain: bool = False
    spellings: Mapping[tuple[str, str], str] = field(default_factory=dict)


Answer = str | CellProblem


def read_cell(cell: Cell, column: Field, manner: Manner, factor: Decimal | None = None) -> Answer:
    """Return the canonical text of ``cell`` in ``column``; ``factor`` is that of the column's own heading."""
    match cell.kind:
        case Kind.BLANK:
            return ""
        case Kind.UNCOUNTED:
            return CellProblem("sheet-formula-uncounted")
        case Kind.ERROR:
            return CellProblem("sheet-formula-error", cell.text)
        case Kind.LOST:
            return CellProblem("sheet-number-lost")
    if cell.kind is Kind.TEXT:
        if FORMULA.match(cell.text):
            facts = {"start": cell.text[0].strip() or "Tab"}
            return CellProblem("cell-formula", facts=facts)
        if is_lost(cell.text):
            return CellProblem("sheet-number-lost")
    return _READERS[column.type](cell, column, manner, factor)


def is_lost(text: str) -> bool:
    """Return whether a text is a number that a spreadsheet has cut to 15 digits."""
    words = plain(text)
    return bool(EXPONENT.fullmatch(words)) or (len(words) >= _LEAST_LONG and bool(_LONG.fullmatch(words)))


def _read_number(cell: Cell, column: Field, manner: Manner, factor: Decimal | None) -> Answer:
    number, has_unit = cell.number, False
    if cell.kind is Kind.DAY:
        return CellProblem("sheet-amount", cell.text)
    if number is None:
        if is_nothing(cell.text):
            return _nothing(column)
        text = plain(cell.text)
        unit = "" if is_money(column) else plain(column.unit)
        text = text.removesuffix(unit) if unit and text.endswith(unit) else cell.text
        if plain(text).endswith("%"):
            return CellProblem("sheet-percent", cell.text)
        amount = read_amount(text)
        if amount is None or (amount.has_unit and not is_money(column)):
            return CellProblem("sheet-amount", cell.text)
        number, has_unit = amount.number, amount.has_unit
    scale = _ONE
    if is_money(column) and not has_unit:
        scale = manner.factor if factor is None else factor
    if manner.keeps_plain and scale == 1 and is_plain(cell.text.strip()):
        return cell.text.strip()
    answer = written(number * scale, column)
    if answer is None:
        step = _ONE if column.type == "integer" else column.step
        return CellProblem("sheet-decimals", cell.text, {"step": step})
    return answer


def _nothing(column: Field) -> str:
    """Return what 「无」 is in a column: zero where something has to stand, else an empty cell."""
    zero = written(Decimal(0), column)
    return zero if column.is_required and zero is not None else ""


def _read_date(cell: Cell, column: Field, manner: Manner, factor: Decimal | None) -> Answer:
    if cell.day is not None:
        return cell.day.isoformat()
    try:
        if cell.number is not None:
            return day_of_serial(cell.number, counts_from_1904=manner.counts_from_1904).isoformat()
        if is_nothing(cell.text) and not column.is_required:
            return ""
        if _SERIAL.fullmatch(plain(cell.text)):
            serial = Decimal(plain(cell.text))
            return day_of_serial(serial, counts_from_1904=manner.counts_from_1904).isoformat()
        return read_day(cell.text, manner.year).isoformat()
    except YearMissingError:
        return CellProblem("sheet-date-year", cell.text)
    except ValueError:
        return CellProblem("sheet-date", cell.text)


def _read_boolean(cell: Cell, column: Field, manner: Manner, factor: Decimal | None) -> Answer:
    words = {"是": "true", "有": "true", "√": "true", "true": "true"}
    words |= {"否": "false", "无": "false", "×": "false", "false": "false"}
    found = words.get(plain(cell.text).lower())
    return CellProblem("sheet-yes-no", cell.text) if found is None else found


def _read_text(cell: Cell, column: Field, manner: Manner, factor: Decimal | None) -> Answer:
    text = cell.text if manner.keeps_plain else tidy(cell.text)
    if plain(text) in _TOTALS:
        text = plain(text)  # 合 计 is spread only to look well
    if "enum" in column.constraints:
        return _read_enum(text, column, manner)
    pattern = str(column.constraints.get("pattern", ""))
    if cell.kind is Kind.DAY and not pattern and not _tells_days(column):
        return CellProblem("sheet-turned-date", cell.text)
    if pattern and not re.fullmatch(pattern, text):
        return _fitted(cell, text, column, pattern)
    return text


def _tells_days(column: Field) -> bool:
    """Return whether dates stand in a column of text; elsewhere a spreadsheet made one of 3-5."""
    return bool(_DAYS_NAMED.search(column.name) or _DAY_LIKE.search(column.example))


def _fitted(cell: Cell, text: str, column: Field, pattern: str) -> str:
    """Return the text in the form that its pattern asks for, where only the form differs."""
    for form in (plain(text), read_month(text), cell.day and cell.day.strftime("%Y-%m")):
        if form and re.fullmatch(pattern, form):
            return form
    digits = digits_asked(column)
    short = plain(text)
    return short.zfill(digits) if short.isascii() and short.isdigit() and len(short) < digits else text


def _read_enum(text: str, column: Field, manner: Manner) -> Answer:
    allowed = column.constraints["enum"]
    words = plain(text)
    for spelling in (text, words, manner.spellings.get((column.name, words), "")):
        if spelling in allowed:
            return str(spelling)
    alike = [word for word in allowed if plain(word) == words]
    if len(alike) == 1:
        return str(alike[0])
    return CellProblem("cell-enum", text, {"allowed": "、".join(allowed)})


def tidy(text: str) -> str:
    """Return a text without spaces at its ends and with its lines joined."""
    text = text.strip().strip("\u3000")
    return re.sub(r"\s*[\r\n]+\s*", " ", text) if "\n" in text or "\r" in text else text


_READERS: Mapping[str, Callable[[Cell, Field, Manner, Decimal | None], Answer]] = {
    "number": _read_number,
    "integer": _read_number,
    "date": _read_date,
    "boolean": _read_boolean,
    "string": _read_text,
}
