"""What git calls for each table of a ``git diff``: its rows, old against new, in our words."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path

import click

from generator.history.changes import compare_versions, subject_of
from generator.history.git import ask_git
from generator.intake.walk import walk_county
from generator.pipeline.comparing import Compared, hushed
from generator.pipeline.diff_lines import file_heading, file_lines
from generator.promises.promises import Promises, load_promises
from generator.rows.text_table import Refusal, read_table
from generator.sheets.text_file import TextProblem, decode
from generator.wording import _

_NOTHING = Path("/dev/null")


def print_driven(arguments: tuple[str, ...], root: Path) -> None:
    """Print how a table differs, as git asks a driver: path, old file, id, mode, new file, id, mode …

    Where rows cannot be matched, lines are shown instead, after the reason.
    """
    if len(arguments) < 7:
        click.echo(_("{path} 有冲突，还没有解决").format(path=arguments[0] if arguments else ""))
        return
    old, new = _content(arguments[1]), _content(arguments[4])
    promises = load_promises(root, needs_private=False)
    path = _shown(arguments[7] if len(arguments) > 7 else arguments[0], promises)
    subject = subject_of(path, promises)
    changes = compare_versions(old, new, subject)
    kind = "added" if old is None else "removed" if new is None else "changed"
    villages = {village.folder: village.name for village in walk_county(promises).villages}
    title = f"{villages.get(subject.village, '')} {subject.title}".strip()
    former = _shown(arguments[0], promises) if len(arguments) > 7 else ""
    file = Compared(subject, title, kind, hushed(changes), former)
    click.echo(file_heading(file))
    lines = list(file_lines(file)) or [_("只是写法不同（编码、换行、引号、行列顺序），记录一样")]
    for line in lines:
        click.echo(f"  {line}")
    if changes.refusal is not None:
        for line in difflib.unified_diff(list(_lines(old)), list(_lines(new)), lineterm="", n=1):
            click.echo(line)


def _shown(path: str, promises: Promises) -> str:
    """Return a path as findings name it; git tells it from the top of the repository."""
    top = ask_git(promises.settings.content, "rev-parse", "--show-toplevel")
    return promises.shown(Path(top) / path) if top else path


def print_rows(file: Path) -> None:
    """Print a table one row a line, every cell behind its column's name, empty cells left out."""
    content = file.read_bytes()
    for line in _lines(content):
        click.echo(line)


def _lines(content: bytes | None) -> Iterator[str]:
    """Yield the rows of a table as text; what is no table, as its own lines."""
    if content is None:
        return
    try:
        text = decode(content)[1]
    except TextProblem:
        text = content.decode("utf-8", "replace")
    table = read_table(text)
    if isinstance(table, Refusal):
        yield from text.splitlines()
        return
    yield "| ".join(table.columns)
    for row in table.rows():
        told = zip(table.columns, row, strict=True)
        yield " | ".join(f"{name} {cell}" for name, cell in told if cell)


def _content(name: str) -> bytes | None:
    path = Path(name)
    return None if path == _NOTHING else path.read_bytes()
