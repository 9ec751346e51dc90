"""Findings: what is wrong, where, and what to write instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from generator.wording import WORDING, _, retold


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
    """One thing that is wrong with the records, in words that a clerk understands.

    ``facts`` are what the words were filled with, so that they can be said in another language.
    """

    code: str
    place: Place
    message: str
    hint: str
    severity: Severity
    facts: Mapping[str, object] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, code: str, place: Place, **facts: object) -> Finding:
        """Return the finding ``code`` at ``place``, its wording filled with ``facts``."""
        wording = WORDING[code]
        return cls(
            code=code,
            place=place,
            message=_(wording.message).format_map(facts),
            hint=_(wording.hint).format_map(facts),
            severity=Severity(wording.severity),
            facts=facts,
        )

    def told(self) -> tuple[str, str]:
        """Return message and hint in the language being spoken, whichever it was found in."""
        wording = WORDING.get(self.code)
        if wording is None or not self.facts:
            return _(self.message), _(self.hint)
        facts = {name: retold(fact) for name, fact in self.facts.items()}
        return _(wording.message).format_map(facts), _(wording.hint).format_map(facts)

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


class HaltError(SetupError):
    """Nothing is wrong with the set-up, but this machine does not let us go on: a full disk, a held lock."""
