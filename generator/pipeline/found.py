"""Found: the findings of a whole county by file, packed until somebody reads them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from generator.pipeline.summaries import packed, unpacked

# A finding as ``finding_facts`` tells it.
Facts: TypeAlias = Mapping[str, Any]


class Found(Collection[Facts]):
    """Findings in order of file, line, column and code; those alike in all stand as they were added.

    A city has a hundred thousand of them, which say much the same: those of a file are packed together.
    """

    def __init__(self) -> None:
        self._packed: dict[str, list[bytes]] = {}
        self._count = self.errors = 0

    def add(self, findings: Iterable[Facts]) -> None:
        """Take in the findings of one village, or of what lies around all of them."""
        for file, found in by_file(findings):
            self._packed.setdefault(file, []).append(packed(json.dumps(found)))
            self._count += len(found)
            self.errors += sum(finding["severity"] == "error" for finding in found)

    def by_file(self) -> Iterator[tuple[str, list[Facts]]]:
        """Yield each file with its findings."""
        for file in sorted(self._packed):
            found = [finding for part in self._packed[file] for finding in json.loads(unpacked(part))]
            yield file, sorted(found, key=_place)

    def __iter__(self) -> Iterator[Facts]:
        for _file, found in self.by_file():
            yield from found

    def __len__(self) -> int:
        return self._count

    def __contains__(self, finding: object) -> bool:
        return any(other == finding for other in self)


def by_file(findings: Iterable[Facts]) -> Iterator[tuple[str, list[Facts]]]:
    """Yield each file with its findings, the files in the order in which they are first named."""
    found: dict[str, list[Facts]] = {}
    for finding in findings:
        found.setdefault(finding["file"], []).append(finding)
    yield from found.items()


def _place(finding: Facts) -> tuple[int, str, str]:
    return finding["line"] or 0, finding["column"] or "", finding["code"]
