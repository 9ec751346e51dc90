"""Allowances: what the county lets stand, each with its reason and the role that answers for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path

from generator.model.finding import Severity
from generator.privacy.leaks import UNUSED, Leak
from generator.promises.section import load_section
from generator.wording import _
from generator.wording.privacy import KINDS

FILE = "site_config/privacy_allow.yaml"
_WORD = re.compile(r"[^*?/.]")


@dataclass(frozen=True, slots=True)
class Allowance:
    """A kind of leak that may stand in some files: where, why, who says so, until which day.

    ``file`` is a pattern (``*`` within a folder, ``**`` across folders); it never holds the value itself.
    """

    file: str
    kind: str
    reason: str
    role: str
    column: str | None = None
    until: date | None = None

    def covers(self, leak: Leak, file: str, day: date) -> bool:
        """Return whether this allowance lets ``leak`` stand on ``day``, in what the county calls ``file``."""
        return (
            leak.kind == self.kind
            and (self.column is None or leak.column == self.column)
            and (self.until is None or day <= self.until)
            and _pattern(self.file).fullmatch(file) is not None
        )


@dataclass(slots=True)
class Allowances:
    """The list of a county. It remembers which entries were needed."""

    entries: tuple[Allowance, ...] = ()
    _used: set[int] = field(default_factory=set)

    def keep(self, leaks: Iterable[Leak], day: date, *, named: Callable[[str], str] = str) -> Iterator[Leak]:
        """Yield the leaks that no entry allows; ``named`` says how the county names a leak's file."""
        for leak in leaks:
            file = named(leak.file) if leak.file else ""
            covering = [number for number, entry in enumerate(self.entries) if entry.covers(leak, file, day)]
            self._used.update(covering)
            if not covering:
                yield leak

    def unused(self) -> Iterator[Leak]:
        """Yield a warning for each entry that nothing needed; an old one is an open door."""
        for number in range(len(self.entries)):
            if number not in self._used:
                yield Leak(FILE, UNUSED, Severity.WARNING, where=f"entry:{number + 1}")


def load_allowances(root: Path) -> Allowances:
    """Return the allowances of the county at ``root``; raises SetupError at the first mistake."""
    path = root / FILE
    if not path.is_file():
        return Allowances()
    section = load_section(path, root)
    entries = []
    for entry in section.sections("allow"):
        file = entry.text("file")
        if not _WORD.search(file):
            entry.fail(_("不能放行全部文件，请写明文件夹或文件名"), "file")
        entries.append(
            Allowance(
                file,
                entry.choice("kind", tuple(KINDS)),
                entry.text("reason"),
                entry.text("role"),
                entry.text("column", "") or None,
                entry.day("until"),
            )
        )
        entry.close()
    section.close()
    return Allowances(tuple(entries))


@lru_cache(maxsize=1_024)
def _pattern(file: str) -> re.Pattern[str]:
    """Return the expression for a pattern of paths."""
    parts = re.split(r"(\*\*/?|\*|\?)", file)
    words = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    return re.compile("".join(words.get(part, re.escape(part)) for part in parts), re.DOTALL)
