"""Notes: what was summed up of the villages of a township, remembered while these are told the same."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from generator.intake.kept_file import by_key, keep_parts, key_lines, recall_lines
from generator.pages.parts import Summary


class Notes:
    """Notes by name, kept in the file ``path``; each holds for what ``mark`` returns of its villages."""

    def __init__(self, path: Path, mark: Callable[[str, Sequence[Summary]], str]) -> None:
        self._path, self._mark = path, mark
        self._known = by_key(recall_lines(path))
        self._now: dict[bytes, bytes] = {}

    def remember(
        self, name: str, villages: Sequence[Summary], make: Callable[[Sequence[Summary]], Any]
    ) -> Any:
        """Return what ``make`` makes of ``villages``, as JSON gives it back."""
        mark = self._mark(name, villages).encode()
        told = self._now.get(mark) or self._known.get(mark)
        if told is None:
            told = json.dumps(make(villages), ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"
        self._now[mark] = told
        return json.loads(told.decode("utf-8", "surrogatepass"))

    def save(self, *, is_all: bool) -> None:
        """Keep the notes that were asked for; beside them the others, unless these are all there are."""
        kept = self._now if is_all else self._known | self._now
        if kept != self._known:
            keep_parts(self._path, key_lines(kept))
