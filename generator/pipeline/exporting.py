"""Exporting: from a county's root folder to all its records in files for analysis, village by village."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from generator.checks.judgement import judge
from generator.checks.laws import require_laws
from generator.checks.receipts import read_with_receipts
from generator.engine.corrections import read_corrections, with_log
from generator.engine.exports.csv_files import CsvWriter, PackageWriter
from generator.engine.exports.parquet_files import ParquetWriter
from generator.engine.exports.sqlite_file import SqliteWriter
from generator.engine.exports.writer import SeveralWriters, Writer
from generator.history.repository import NO_VERSIONS
from generator.history.timeline import NO_TIMELINE, read_timeline
from generator.intake.package import Intake
from generator.intake.walk import walk_county
from generator.model.disclosure_log import NAME as LOG
from generator.model.disclosure_log import read_log
from generator.model.finding import SetupError
from generator.pages.book import open_book
from generator.pages.export_rows import Row, book_rows, log_rows, village_rows
from generator.pages.export_tables import TABLES, ExportTable, item_tables, own_tables
from generator.pipeline.guard import Guard
from generator.pipeline.private_root import require_private_root
from generator.promises.promises import Promises, load_promises
from generator.wording import _

FORMATS = ("sqlite", "datapackage", "csv", "parquet")
# What the county's page of downloads offers: a database, and a Data Package beside it.
BOTH = "both"


@dataclass(slots=True)
class Exported:
    """What came of an export: villages and rows; ``withheld`` are villages whose records show personal data.

    ``held`` counts the tables that are held back and therefore not in it.
    """

    villages: int = 0
    rows: int = 0
    held: int = 0
    withheld: list[str] = field(default_factory=list)


def export_county(
    root: Path,
    target: Path,
    form: str,
    *,
    as_of: date,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Exported:
    """Write all that a county discloses into the new folder ``target``, in one of FORMATS or BOTH.

    One village is in memory at a time. Raises SetupError; then ``target`` is left as it was.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise SetupError(_("{folder} 不是空文件夹").format(folder=target))
    promises = load_promises(root)
    require_laws(promises.catalogue)
    require_private_root(promises)
    draft = target.with_name(f".{target.name}.part-{os.getpid()}")
    draft.mkdir(parents=True)
    try:
        done = _fill(promises, _Sink(_writer(form, draft, promises), promises), as_of, progress)
        if target.exists():
            target.rmdir()
        draft.rename(target)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return done


def _writer(form: str, folder: Path, promises: Promises) -> Writer:
    settings = promises.settings
    match form:
        case "sqlite":
            return SqliteWriter(folder)
        case "parquet":
            return ParquetWriter(folder)
        case "csv":
            return CsvWriter(folder)
    package = PackageWriter(folder, f"county-{settings.county_code}", settings.title)
    return SeveralWriters((SqliteWriter(folder), package)) if form == BOTH else package


class _Sink:
    """Hands rows to a writer; an item's table is begun with its first row."""

    def __init__(self, writer: Writer, promises: Promises) -> None:
        self._writer = writer
        self.items = item_tables(promises.catalogue)
        self._by_name = {table.name: table for table in self.items.values()}
        self._open: dict[str, ExportTable] = {}
        self._notes = {
            name: versions[-1].description for name, versions in promises.catalogue.versions.items()
        }
        self.rows = 0
        for table in own_tables():
            self._begin(table)

    def put(self, name: str, row: Row) -> None:
        if name not in self._open:
            self._begin(self._by_name[name])
        self._writer.add(name, row)
        self.rows += 1

    def finish(self) -> None:
        """Say of each table what it is, and close."""
        for table in sorted(self._open.values(), key=lambda table: table.name):
            note = self._notes.get(table.item, "")
            self._writer.add(TABLES, (table.name, table.title, table.item, table.part, note))
        self._writer.close()

    def _begin(self, table: ExportTable) -> None:
        self._open[table.name] = table
        self._writer.open_table(table)


def _fill(promises: Promises, sink: _Sink, as_of: date, progress: Callable[[int, int], None]) -> Exported:
    done = Exported()
    county = walk_county(promises)
    content = promises.settings.content
    shown = promises.shown(content)
    timeline = with_log(read_timeline(content, shown), promises)
    parts = timeline.parted((village.folder for village in county.villages), shown)
    guard, intake = Guard(promises, county.townships, as_of), Intake(promises)
    for number, village in enumerate(county.villages, start=1):
        progress(number, len(county.villages))
        if any(leak.is_error for leak in guard.leaks_of_records(village)):
            done.withheld.append(village.name)
            continue
        package, stored = read_with_receipts(intake, village, promises)
        judgement = judge(package, promises, as_of)
        corrections = read_corrections(judgement, parts.get(village.folder, NO_TIMELINE), promises)
        book = open_book(judgement, promises, NO_VERSIONS, stored, corrections)
        for name, row in village_rows(village):
            sink.put(name, row)
        for name, row in book_rows(book, sink.items):
            sink.put(name, row)
        done.held += sum(resource.is_held_back for resource in judgement.package.resources)
        done.villages += 1
    log = promises.root / LOG
    for name, row in log_rows(read_log(log.read_bytes())[0] if log.is_file() else ()):
        sink.put(name, row)
    sink.finish()
    done.rows = sink.rows
    return done
