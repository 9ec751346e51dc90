"""Findings: what is wrong, where, and what to write instead."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from generator.wording import WORDING, _


class Severity(StrEnum):
    """Whether a finding holds its resource back (error, 错误) or only asks for attention (warning, 提醒)."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Place:
    """A spot in a content file: path below the root, line as a spreadsheet counts it, Chinese column."""

    file: str
    line: int | None = None
    column: str | None = None

    @property
    def sort_key(self) -> tuple[str, int, str]:
        """Return a key that puts places in reading order."""
        return (self.file, self.line or 0, self.column or "")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong with the records, in words that a clerk understands."""

    code: str
    place: Place
    message: str
    hint: str
    severity: Severity

    @classmethod
    def of(cls, code: str, place: Place, **facts: object) -> Finding:
        """Return the finding ``code`` at ``place``, its wording filled with ``facts``."""
        wording = WORDING[code]
        return cls(
            code=code,
            place=place,
            message=str(wording.message).format_map(facts),
            hint=str(wording.hint).format_map(facts),
            severity=Severity(wording.severity),
        )

    @property
    def is_error(self) -> bool:
        """Return whether this finding holds its resource back."""
        return self.severity is Severity.ERROR


class SetupError(Exception):
    """The set-up (schema, law, profile, settings, template) is broken: nothing can be judged.

    ``problem`` is Chinese; ``file``, ``line`` and ``key`` say where, as far as it is known.
    """

    def __init__(self, problem: str, *, file: str = "", line: int | None = None, key: str = "") -> None:
        self.problem, self.file, self.line, self.key = problem, file, line, key
        parts = (file, _("第 {line} 行").format(line=line) if line else "", key)
        where = _("，").join(part for part in parts if part)
        super().__init__(_("{where}：{problem}").format(where=where, problem=problem) if where else problem)
