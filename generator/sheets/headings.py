"""Headings: which column of the schema a heading on a clerk's form means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from generator.model.item import Field, TableSchema
from generator.promises.personal import personal_heading
from generator.sheets.plain_text import plain, without_brackets

SERIAL = ("序号", "编号", "序", "顺序号", "NO.", "No.", "行次")
VILLAGE = ("村", "村名", "行政村", "所属村", "村(社区)", "村社区", "村(居)", "村别", "村(社区)名称")
_IDENTIFIERS = ("citizen-id", "account", "phone")
_AMOUNT = ("金额", "数额", "金额(元)")
_OF_OTHER_TIMES = re.compile("上年|去年|上期|上季|上月|往年|累计|计划|预算|应收|应付|应发|拖欠|尚欠")
# What may stand in brackets without changing what a column means; (上年) would.
_NEUTRAL = re.compile(
    r"(?:单位:?)?(?:人民币)?(?:[十百千万亿]{0,2}元|[亩个人户月次份件条天时分元]|公顷|平方米|平方公里|小时|人次|工日|公斤|吨|%)"
    r"(?:/.{1,4})?|小写|必填|选填|签字|签名|盖章|公章|户主|姓名|全称|年月日|年[./-]?月(?:[./-]?日)?|[Yy]{4}.*"
)
_DIGITS = re.compile(r"\[0-9\]\{([0-9]+)(?:,[0-9]+)?\}")


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What a clerk confirmed for the sheets of one village and item.

    ``columns`` maps a heading to a column ("" leaves it out), ``values`` a column and a spelling to the
    word that the schema allows, ``constants`` a column that the sheet lacks to what stands in all its rows.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[tuple[str, str], str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Vocabulary:
    """All spellings by which the columns of one schema are known, a clerk's own among them."""

    schema: TableSchema
    confirmed: Mapping[str, str] = field(default_factory=dict)
    of_persons: bool = False

    @cached_property
    def _names(self) -> dict[str, Field]:
        names: dict[str, Field] = {}
        for column in self.schema.fields:
            for alias in column.aliases:
                names.setdefault(plain(alias), column)
        # A column's own name goes before another's alias.
        names |= {plain(column.name): column for column in self.schema.fields}
        return names

    @cached_property
    def _confirmed(self) -> dict[str, str]:
        return {plain(heading): name for heading, name in self.confirmed.items()}

    @cached_property
    def serial_field(self) -> Field | None:
        """Return the column of running numbers: alone in the key, unique, of digits alone."""
        for column in self.schema.fields:
            is_key = self.schema.primary_key == (column.name,)
            if is_key and _DIGITS.fullmatch(str(column.constraints.get("pattern", ""))):
                return column
        return None

    def field_of(self, upper: str, lower: str) -> Field | None:
        """Return the column that a heading of two rows (``upper`` may be "") means, or None."""
        found = self._field_called(upper + lower)
        if found is not None:
            return found
        # 上年 over 金额 is another amount than the one that is asked for.
        found = self._field_called(lower) if lower and not _OF_OTHER_TIMES.search(plain(upper)) else None
        if found is not None:
            return found
        if upper and plain(lower) in _AMOUNT:
            return self._field_called(upper)
        return None

    def is_left_out(self, upper: str, lower: str) -> bool:
        """Return whether the clerk said that the column so headed is not to be taken."""
        return any(self._confirmed.get(plain(label)) == "" for label in (upper + lower, lower or upper))

    def personal_kind(self, upper: str, lower: str) -> str:
        """Return the kind of personal data in a column so headed, or ""."""
        for label in (upper + lower, lower or upper):
            kind = personal_heading(plain(label), of_persons=True)
            if kind and (self.of_persons or kind in _IDENTIFIERS):
                return kind
            # An address is somebody's home unless the schema asks for it, as it may for a meeting room.
            if kind == "address" and self._names.get(plain(label)) is None:
                return kind
        return ""

    def _field_called(self, label: str) -> Field | None:
        whole = plain(label)
        if not whole:
            return None
        if whole in self._confirmed:
            name = self._confirmed[whole]
            return next((column for column in self.schema.fields if column.name == name), None)
        stripped, remarks = without_brackets(label)
        if not all(map(_NEUTRAL.fullmatch, remarks)):
            stripped = whole
        found = self._names.get(whole) or self._names.get(stripped)
        if found is None and stripped in SERIAL:
            return self.serial_field
        return found


def digits_asked(column: Field) -> int:
    """Return how many digits a column of running numbers asks for at least, 0 for any other column."""
    match = _DIGITS.fullmatch(str(column.constraints.get("pattern", "")))
    return int(match[1]) if match else 0
