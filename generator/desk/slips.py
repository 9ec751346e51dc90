"""Slips: what stands in the message of a submission's commits, so that git alone holds its state."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

TABLE, LIST, TITLE, REGISTER = "表", "名单", "标题", "公开登记"
NUMBER, PREPARED, REVIEWED, REASON, INSTEAD = "提交编号", "编制", "审核", "更正原因", "代替"
RETURNED, WITHDRAWN, HANDLED = "退回原因", "撤回原因", "经办"
_LINE = ": "


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a submission: its shown path, its title, and its line for the register ("" for none).

    ``is_apart`` tells that its bytes lie in another repository or folder than the slip.
    """

    path: str
    title: str
    register: str = ""
    is_apart: bool = False


@dataclass(frozen=True, slots=True)
class Slip:
    """A message read back: its sheets and what its other lines say, the first of each name."""

    subject: str
    sheets: tuple[Sheet, ...]
    said: Mapping[str, str]
    instead: tuple[str, ...] = ()

    def get(self, name: str) -> str:
        """Return what the line called ``name`` says, "" where there is none."""
        return self.said.get(name, "")

    @property
    def titles(self) -> tuple[str, ...]:
        """Return the titles of the sheets."""
        return tuple(sheet.title for sheet in self.sheets)

    @property
    def paths(self) -> tuple[str, ...]:
        """Return the shown paths of the sheets."""
        return tuple(sheet.path for sheet in self.sheets)

    @property
    def reviewer(self) -> tuple[str, str]:
        """Return the reviewer's role and name, both "" where there is none."""
        role, _bracket, name = self.get(REVIEWED).rpartition("（")
        return (role, name.removesuffix("）")) if role else ("", "")


def subject_of(verb: str, sheets: Sequence[Sheet]) -> str:
    """Return the first line of a message: what is done with which tables."""
    more = f" 等 {len(sheets)} 份" if len(sheets) > 1 else ""
    return f"{verb}：{sheets[0].title}{more}"


def slip_text(
    subject: str, sheets: Sequence[Sheet], said: Mapping[str, str], instead: Sequence[str] = ()
) -> str:
    """Return a message; lines that say nothing are left out."""
    lines = [subject, ""]
    lines += [f"{name}{_LINE}{text}" for name, text in said.items() if text]
    lines += [f"{INSTEAD}{_LINE}{name}" for name in instead]
    for sheet in sheets:
        lines.append(f"{LIST if sheet.is_apart else TABLE}{_LINE}{sheet.path}")
        lines.append(f"{TITLE}{_LINE}{sheet.title}")
        if sheet.register:
            lines.append(f"{REGISTER}{_LINE}{sheet.register}")
    return "\n".join(lines) + "\n"


def read_slip(text: str) -> Slip:
    """Return what a message says; of a commit that is none of the desk's, a slip without sheets."""
    subject, _break, body = text.partition("\n")
    sheets: list[Sheet] = []
    said: dict[str, str] = {}
    instead: list[str] = []
    for line in body.split("\n"):
        name, separator, value = line.partition(_LINE)
        if not separator:
            continue
        if name in (TABLE, LIST):
            sheets.append(Sheet(value, value, is_apart=name == LIST))
        elif name == TITLE and sheets:
            last = sheets[-1]
            sheets[-1] = Sheet(last.path, value, last.register, last.is_apart)
        elif name == REGISTER and sheets:
            last = sheets[-1]
            sheets[-1] = Sheet(last.path, last.title, value, last.is_apart)
        elif name == INSTEAD:
            instead.append(value)
        else:
            said.setdefault(name, value)
    return Slip(subject, tuple(sheets), said, tuple(instead))


def csv_line(cells: Sequence[str]) -> str:
    """Return cells as one line of CSV, without its end."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="").writerow(cells)
    return buffer.getvalue()


def csv_cells(line: str) -> list[str]:
    """Return the cells of one line of CSV."""
    return next(csv.reader(io.StringIO(line, newline="")), [])
