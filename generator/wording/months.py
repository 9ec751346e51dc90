"""Months by their names, for languages that do not count them."""

from __future__ import annotations

from generator.wording.words import N_, _

_MONTHS = (
    *(N_("一月"), N_("二月"), N_("三月"), N_("四月"), N_("五月"), N_("六月")),
    *(N_("七月"), N_("八月"), N_("九月"), N_("十月"), N_("十一月"), N_("十二月")),
)


def month_name(month: int) -> str:
    """Return what the month (1 to 12) is called."""
    return _(_MONTHS[month - 1])
