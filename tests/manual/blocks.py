"""Blocks: the commands that README and the manual show, found in their Markdown and run as they stand."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.engine.manual import CHAPTERS, FOLDER
from tests.history.repositories import left_alone
from tests.wheel import without_source

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
PAGES: Mapping[str, Path] = {"README": README} | {name: FOLDER / f"{name}.md" for name in CHAPTERS}
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"# ((?:schemas|site_config|content)/\S+)\n")
# Behind a block, where it came to stand, for the next one to start from.
_WHERE = '\nprintf "%s" "$PWD" >"$BLOCK_ENDED_IN"\n'


@dataclass(frozen=True)
class Block:
    """One fenced block: the page it is on, its language and its text."""

    page: str
    language: str
    text: str

    @property
    def first(self) -> str:
        """Return the first line."""
        return self.text.partition("\n")[0]


def blocks_of(page: str) -> list[Block]:
    """Return the fenced blocks of a page, in order."""
    text = PAGES[page].read_text(encoding="utf-8")
    return [Block(page, found[1], found[2]) for found in _FENCE.finditer(text)]


def every_block() -> Iterator[Block]:
    """Yield the blocks of all pages."""
    for page in PAGES:
        yield from blocks_of(page)


class Reader:
    """Somebody who follows a page: in one folder, from block to block.

    ``elsewhere`` says which words of the page stand for what on this machine; ``program`` is the cunwu used.
    """

    def __init__(
        self, folder: Path, elsewhere: Mapping[str, str] | None = None, program: Path | None = None
    ) -> None:
        self.home = self.folder = folder
        self.elsewhere = elsewhere or {}
        programs = Path(program or sys.executable).parent
        around = without_source() if program else left_alone()
        self.environment = around | {
            "HOME": str(folder),
            "PATH": f"{programs}:{around['PATH']}",
            "BLOCK_ENDED_IN": str(folder / ".ended"),
            "CUNWU_USER": "admin",
        }

    def follow(self, block: Block) -> subprocess.CompletedProcess[str]:
        """Do what ``block`` shows, and return what was said; it must succeed."""
        text = block.text
        for shown, here in self.elsewhere.items():
            text = text.replace(shown, here)
        file = _FILE.match(text)
        if block.language == "yaml" and file is not None:
            (self.folder / file[1]).write_text(text, encoding="utf-8")
            return subprocess.CompletedProcess([], 0, "", "")
        done = self.run(text)
        assert done.returncode == 0, f"{block.page}:\n{text}\n{done.stdout}{done.stderr}"
        self.folder = Path((self.home / ".ended").read_text(encoding="utf-8"))
        return done

    def run(self, text: str) -> subprocess.CompletedProcess[str]:
        """Run a script where the reader stands, and return how it ended."""
        return subprocess.run(
            ["bash", "-euo", "pipefail", "-c", text + _WHERE],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
