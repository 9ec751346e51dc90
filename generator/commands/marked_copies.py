"""Marked copies: for each sheet with findings a copy of it, written where the clerk asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from generator.intake.package import read_bytes
from generator.intake.whole_file import write_whole
from generator.model.finding import Finding
from generator.pipeline.importing import Report
from generator.promises.promises import Promises, printable
from generator.sheets.opening import open_workbook
from generator.sheets.writing.marking import marked_copy
from generator.wording import _


def require_outside(folder: Path, promises: Promises) -> None:
    """Raise UsageError when copies would lie among the records: a clerk's sheet may hold anything."""
    settings = promises.settings
    for base in (settings.content, settings.private_content):
        if base is not None and folder.resolve().is_relative_to(base.resolve()):
            raise click.UsageError(
                _("标出错误的表不能放进 {path}，请换一个文件夹").format(path=promises.shown(base))
            )


def write_marked(files: Sequence[Path], report: Report, folder: Path) -> Iterator[Path]:
    """Write a copy of each file that has findings, and yield where; no earlier copy is overwritten."""
    remarks = report.all_remarks()
    for path in files:
        name = printable(path.name)
        own = [remark for file, remark in remarks if file == name]
        content = read_bytes(str(path), path.name)
        if not own or isinstance(content, Finding):
            continue
        book, _said = open_workbook(content, name)
        if not book.grids:
            continue
        copy = marked_copy(content, book, own)
        target = _free_name(folder, path.stem.removeprefix(_("待修改-")), copy)
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(target, copy)
        yield target


def _free_name(folder: Path, stem: str, content: bytes) -> Path:
    """Return a name that is free, or that of the same copy: a clerk may be at work in an earlier one."""
    target = folder / _("待修改-{name}.xlsx").format(name=stem)
    number = 1
    while target.exists() and target.read_bytes() != content:
        number += 1
        target = folder / _("待修改-{name}.xlsx").format(name=f"{stem}-{number}")
    return target
