"""Remarks: findings and left-out rows in the clerk's own coordinates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from generator.model.finding import Finding, Place
from generator.sheets.grid import cell_name
from generator.wording import N_

HIDDEN = N_("（内容不显示）")
# The sheet that a marked copy begins with; it comes back with the copy and is no table.
TO_MEND = N_("要改的地方")
_SHOWN_LIMIT = 30
_PERSONAL_DIGITS = 11


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding, and where in the clerk's workbook: ``cell`` is C14, 14 (a row), C (a column) or ""."""

    finding: Finding
    sheet: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row or column that was left out, and why; ``amounts`` are a checked total's, by column.

    What stood there is not repeated.
    """

    sheet: str
    row: int | None
    column: str | None
    why: str
    amounts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Speaks of one sheet: makes remarks at its cells and shows no more of a text than it may.

    ``hides`` says of a text that it is personal; with ``hides_all`` no cell is repeated.
    """

    file: str
    sheet: str
    hides: Callable[[str], bool]
    hides_all: bool = False

    def remark(
        self,
        code: str,
        row: int | None = None,
        column: int | None = None,
        /,
        *,
        under: str | None = None,
        **facts: object,
    ) -> Remark:
        """Return the remark ``code`` at a cell, row or column (counted from 0), or on the whole sheet.

        ``under`` is the schema's column, ``facts`` fill the wording.
        """
        place = Place(self.file, None if row is None else row + 1, under)
        return Remark(Finding.of(code, place, **facts), self.sheet, cell_name(row, column))

    def shown(self, text: str) -> str:
        """Return ``text`` as a remark may repeat it."""
        if self.hides_all or sum(map(str.isdigit, text)) >= _PERSONAL_DIGITS or self.hides(text):
            return HIDDEN
        text = "".join(character for character in text if character.isprintable())
        return text if len(text) <= _SHOWN_LIMIT else text[:_SHOWN_LIMIT] + "…"
