"""Titles: which time, village and unit the words above a table state, and the names of sheet and file."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from generator.model.period import Period
from generator.sheets.plain_text import plain

_FIGURES = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_TO = r"(?:[-—–~至到]+)"
_YEAR_WORDS = re.compile(r"[〇○零一二三四五六七八九]{4}(?=年)")
_MONTH_WORDS = re.compile(r"(十[一二]?|[一二三四五六七八九])(?=月)")
_DAYS = re.compile(
    rf"([12]\d{{3}})[年./-](\d{{1,2}})[月./-](\d{{1,2}})[日号]?{_TO}"
    r"(?:([12]\d{3})[年./-])?(\d{1,2})[月./-](\d{1,2})[日号]?"
)
_MONTHS = re.compile(rf"([12]\d{{3}})年(\d{{1,2}})月?{_TO}(\d{{1,2}})月")
_DAY = re.compile(r"([12]\d{3})[年./-](\d{1,2})[月./-](\d{1,2})(?!\d)[日号]?")
_QUARTER = re.compile(r"([12]\d{3})年?度?(?:第?([一二三四1-4])季度?|[Qq]([1-4]))")
_HALF = re.compile(r"([12]\d{3})年?度?(?:([上下])半年|[Hh]([12]))")
_MONTH = re.compile(r"([12]\d{3})(?:年(\d{1,2})月份?|[./-](\d{1,2})(?!\d))")
_YEAR = re.compile(r"([12]\d{3})年度?")
_BARE_MONTH = re.compile(r"(?<!\d)(\d{1,2})月份?(?!\d*[日号])")
_BARE_QUARTER = re.compile(r"第?([一二三四1-4])季度")
_BARE_HALF = re.compile(r"([上下])半年")
# Words after which a date is that of the display or of the signature, never the time told of.
_OTHER_DATES = re.compile(r"(?:公示|公开|张贴|填报|填表|制表|编制|审核|报出|打印|监督|举报)[^:]{0,6}:")


@dataclass(frozen=True, slots=True)
class Said:
    """What a text says of time: whole spans, years alone, and months, quarters, halves without a year."""

    spans: tuple[tuple[date, date], ...] = ()
    years: tuple[int, ...] = ()
    parts: tuple[str, ...] = ()


def said_in(text: str) -> Said:
    """Return what ``text`` says of time."""
    words = plain(text)
    other = _OTHER_DATES.search(words)
    if other is not None:
        words = words[: other.start()]
    words = _YEAR_WORDS.sub(lambda match: match[0].translate(_FIGURES), words)
    words = _MONTH_WORDS.sub(lambda match: str(_month_of_word(match[1])), words)
    spans: list[tuple[date, date]] = []
    for pattern in (_DAYS, _MONTHS, _DAY, _QUARTER, _HALF, _MONTH):
        words = pattern.sub(partial(_taken, pattern, spans), words)
    years = [int(match[1]) for match in _YEAR.finditer(words)]
    words = _YEAR.sub(" ", words)
    parts = [f"-{int(match[1]):02d}" for match in _BARE_MONTH.finditer(words) if 1 <= int(match[1]) <= 12]
    parts += [f"Q{_quarter(match[1])}" for match in _BARE_QUARTER.finditer(words)]
    parts += [f"H{1 if match[1] == '上' else 2}" for match in _BARE_HALF.finditer(words)]
    return Said(tuple(spans), tuple(years), tuple(parts))


def _taken(pattern: re.Pattern[str], spans: list[tuple[date, date]], match: re.Match[str]) -> str:
    try:
        spans.append(_span(match, pattern))
    except ValueError:
        return match[0]
    return " "


def _span(match: re.Match[str], pattern: re.Pattern[str]) -> tuple[date, date]:
    year = int(match[1])
    if pattern is _DAYS:
        end = date(int(match[4] or year), int(match[5]), int(match[6]))
        return date(year, int(match[2]), int(match[3])), end
    if pattern is _MONTHS:
        first, last = int(match[2]), int(match[3])
        return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])
    if pattern is _DAY:
        day = date(year, int(match[2]), int(match[3]))
        return day, day
    if pattern is _QUARTER:
        return _bounds(f"{year}Q{_quarter(match[2] or match[3])}")
    if pattern is _HALF:
        return _bounds(f"{year}H{match[3] or ('1' if match[2] == '上' else '2')}")
    return _bounds(f"{year}-{int(match[2] or match[3]):02d}")


def _bounds(text: str) -> tuple[date, date]:
    period = Period.parse(text)
    return period.start, period.end


def _quarter(word: str) -> int:
    return int(word) if word.isdigit() else "一二三四".index(word) + 1


def _month_of_word(word: str) -> int:
    if word.startswith("十"):
        return 10 + (int(word[1].translate(_FIGURES)) if len(word) > 1 else 0)
    return int(word.translate(_FIGURES))


def period_of(span: tuple[date, date]) -> Period | None:
    """Return the period that fills a span exactly, or None."""
    for kind in ("day", "month", "quarter", "half", "year"):
        period = Period.holding(span[0], kind)
        if (period.start, period.end) == span:
            return period
    return None


@dataclass(frozen=True, slots=True)
class Times:
    """What all words about a table say of its time: periods that fit the item, and wider spans."""

    fitting: tuple[Period, ...]
    wider: tuple[tuple[date, date], ...]
    year: int | None


def times_of(said: Sequence[Said], kind: str | None, year: int | None = None) -> Times:
    """Return the periods of ``kind`` (None: any) that are stated; a part takes the only year, or ``year``."""
    years = {span[0].year for one in said for span in one.spans} | {y for one in said for y in one.years}
    year = next(iter(years)) if len(years) == 1 else year
    spans = [span for one in said for span in one.spans]
    if year is not None:
        spans += [_bounds(f"{year}{part}") for one in said for part in one.parts]
    fitting, wider = [], []
    for span in spans:
        period = period_of(span)
        if period is not None and (kind is None or period.kind == kind):
            fitting.append(period)
        elif kind is not None and _is_wider(span, kind):
            wider.append(span)
    if not fitting and (kind == "year" or (kind is None and not spans)):
        fitting = [Period.parse(str(y)) for one in said for y in one.years]
    elif not fitting and kind is not None and not wider:
        wider = [_bounds(str(y)) for one in said for y in one.years]
    return Times(tuple(dict.fromkeys(fitting)), tuple(dict.fromkeys(wider)), year)


def _is_wider(span: tuple[date, date], kind: str) -> bool:
    first, last = Period.holding(span[0], kind), Period.holding(span[1], kind)
    return first != last and first.start == span[0] and last.end == span[1]


def longest_names(text: str, names: Iterable[str]) -> list[str]:
    """Return the names that stand in ``text``, without those that are only a part of a longer one there."""
    words = plain(text)
    found = [name for name in sorted(set(names), key=len, reverse=True) if name and plain(name) in words]
    kept: list[str] = []
    for name in found:
        rest = words
        for longer in kept:
            if plain(name) in plain(longer):
                rest = rest.replace(plain(longer), " ")
        if plain(name) in rest:
            kept.append(name)
    return kept
