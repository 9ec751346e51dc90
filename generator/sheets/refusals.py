"""Refusals: how much of a file is read at most, and what is raised where that is not enough or nothing."""

from __future__ import annotations

XML_LIMIT = 128 * 1024 * 1024
CELL_LIMIT = 400_000
AREA_LIMIT = 2_000_000


class DamagedError(Exception):
    """The file is cut short, or is not what its parts say it is."""


class TooLargeError(Exception):
    """The file unfolds to more than is read; ``reason`` is bytes, cells or area."""

    def __init__(self, reason: str, where: str = "") -> None:
        super().__init__(reason)
        self.reason, self.where = reason, where
