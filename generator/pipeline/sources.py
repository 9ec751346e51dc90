"""Sources: whether a village's files are those of the last build, told from their stamps, unread."""

from __future__ import annotations

import os

from generator.intake.stamps import UntoldError, mark_of, stamp_tree
from generator.model.village import Village
from generator.promises.promises import Promises


class Sources:
    """Marks of villages' folders, as they are on disk now."""

    def __init__(self, promises: Promises, before: int) -> None:
        settings = promises.settings
        roots = (settings.content, settings.private_content)
        self._roots = [str(root) for root in roots if root is not None]
        self._before = before

    def mark(self, village: Village) -> str:
        """Return what changes whenever a file of ``village`` in either root does.

        It is "" where the stamps cannot tell: a link or a pipe lies there, a folder cannot be read, or a
        file was changed so lately that it may be changed again within the same moment.
        """
        told: list[object] = []
        try:
            for root in self._roots:
                folder = f"{root}/{village.folder}"
                told.append(
                    stamp_tree(folder, self._before, depth=1) if os.path.isdir(folder) else None  # noqa: PTH112
                )
        except UntoldError:
            return ""
        return mark_of(told)
