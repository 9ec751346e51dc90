"""Languages: what a language calls the messages of the program and the words of the set-up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

SOURCE = "zh-Hans"
# Messages may say a number or a month in a way of their own; a translation then uses these instead.
EXTRA_FACTS: Mapping[str, frozenset[str]] = {
    "{number} 万{unit}": frozenset({"full"}),
    "{number} 亿{unit}": frozenset({"full"}),
    "{number} 万元": frozenset({"full"}),
    "{number} 亿元": frozenset({"full"}),
    "{number} 万亿{unit}": frozenset({"full"}),
    "{number} 万亿元": frozenset({"full"}),
    "{year} 年 {month} 月 {day} 日": frozenset({"month_name"}),
    "{month} 月 {day} 日": frozenset({"month_name"}),
    "{year}年{month}月{day}日": frozenset({"month_name"}),
    "{year}年{month}月": frozenset({"month_name"}),
    "{year}年第{quarter}季度": frozenset({"number"}),
}


@dataclass(frozen=True, slots=True)
class Language:
    """One language, complete by itself: what it lacks was filled in from the county's main language.

    ``code`` is a BCP 47 tag, ``name`` what its own readers call it. ``messages`` are the program's,
    ``terms`` those of schemas and settings. ``plurals`` are the forms of counted messages; ``plural_of``
    says by number, modulo 200 from 0 to 399, which of them is meant.
    """

    code: str
    name: str
    messages: Mapping[str, str] = field(repr=False)
    terms: Mapping[str, str] = field(repr=False)
    plurals: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    plural_of: tuple[int, ...] = field(default=(0,), repr=False)
    is_rtl: bool = False

    def say(self, message: str) -> str:
        """Return ``message`` in this language; one that nobody translated is returned as it is."""
        return self.messages.get(message, message)

    def counted(self, message: str, number: int) -> str:
        """Return ``message`` in the form for ``number`` things."""
        forms = self.plurals.get(message)
        if forms is None:
            return self.say(message)
        return forms[min(self._form(abs(number)), len(forms) - 1)]

    def _form(self, number: int) -> int:
        # Every rule of CLDR looks at the last two digits, and at small numbers as they are.
        place = number if number < len(self.plural_of) else number % 200 + len(self.plural_of) - 200
        return self.plural_of[max(0, place)] if len(self.plural_of) > 1 else self.plural_of[0]
