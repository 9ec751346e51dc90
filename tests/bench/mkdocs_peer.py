"""The peer that is usual: stock MkDocs with Material, one process for each village."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tests.bench.measure import run_measured
from tests.bench.tables import Source, mapping_of, require_rows, rows_of, sources_of, village_files

VILLAGES = 10
CONFIGURATION = """\
site_name: {name}
theme:
  name: material
  language: zh
"""
NUMBERS = frozenset({"收入", "支出", "结余", "数量", "标准", "金额", "得票", "应选"})


def mkdocs_village_s(folder: Path, county: Path, villages: int = VILLAGES) -> float:
    """Return the median seconds that `mkdocs build` takes for one village."""
    return statistics.median(
        _seconds(folder / village.parent.name, county, village)
        for village in village_files(county)[:villages]
    )


def _seconds(folder: Path, county: Path, village: Path) -> float:
    sources = list(sources_of(county, village))
    _write_project(folder, sources, mapping_of(village))
    command = (sys.executable, "-m", "mkdocs", "build", "-q", "-f", folder / "mkdocs.yml", "-d", "site")
    run = run_measured(command, folder / "mkdocs.log", {"NO_MKDOCS_2_WARNING": "1"})
    for source in sources:
        require_rows(source, folder / "site" / source.item / source.path.stem / "index.html")
    return run.seconds


def _write_project(folder: Path, sources: Sequence[Source], village: Mapping[str, str]) -> None:
    docs = folder / "docs"
    docs.mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(CONFIGURATION.format(name=village["name"]), encoding="utf-8")
    links = [f"- [{source.title}]({source.item}/{source.path.stem}.md)" for source in sources]
    (docs / "index.md").write_text("\n".join((f"# {village['name']}", "", *links, "")), encoding="utf-8")
    for source in sources:
        page = docs / source.item / f"{source.path.stem}.md"
        page.parent.mkdir(exist_ok=True)
        page.write_text("\n".join((f"# {source.title}", "", *_lines(source), "")), encoding="utf-8")


def _lines(source: Source) -> Iterator[str]:
    if source.path.suffix == ".csv":
        yield from _table(rows_of(source.path))
        return
    for name, value in mapping_of(source.path).items():
        if isinstance(value, str):
            yield from (f"{name}：{value}", "")
            continue
        yield from (f"## {name}", "", *_table([list(value[0]), *(list(row.values()) for row in value)]), "")


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    header, *records = rows
    yield f"| {' | '.join(header)} |"
    yield f"| {' | '.join('---:' if name in NUMBERS else '---' for name in header)} |"
    for record in records:
        yield f"| {' | '.join(record)} |"
