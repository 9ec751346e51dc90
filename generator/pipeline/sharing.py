"""Sharing: what thousands of villages say in the same words is kept in memory once."""

from __future__ import annotations

from typing import Any


class Pool:
    """Holds one copy of each text, and of each list and table of nothing but texts; none may be changed."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self._lists: dict[tuple[str, ...], list[str]] = {}
        self._tables: dict[tuple[str, ...], dict[str, str]] = {}

    def shared(self, value: Any) -> Any:
        """Return what equals ``value``, which came from JSON, made of the parts that others have too."""
        if isinstance(value, str):
            return self._texts.setdefault(value, value)
        if isinstance(value, list):
            parts = [self.shared(part) for part in value]
            return self._lists.setdefault(tuple(parts), parts) if _is_plain(parts) else parts
        if isinstance(value, dict):
            table = {self.shared(key): self.shared(part) for key, part in value.items()}
            if _is_plain(table.values()):
                return self._tables.setdefault((*table, *table.values()), table)
            return table
        return value


def _is_plain(parts: Any) -> bool:
    return all(isinstance(part, str) for part in parts)
