"""cunwu import: the sheets that clerks really have become canonical files, or are told what to mend."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from generator.commands.import_report import report_facts, report_lines
from generator.commands.marked_copies import require_outside, write_marked
from generator.commands.naming import item_meant, stem_meant, village_meant
from generator.commands.options import as_of_option, judged_day, output_option, root_option, tell
from generator.intake.package import read_bytes
from generator.intake.stem import read_stem
from generator.intake.walk import walk_county
from generator.pipeline.importing import Report, Wishes
from generator.pipeline.importing import import_sheets as import_files
from generator.pipeline.reports import REPORTS
from generator.promises.promises import Promises, load_promises
from generator.sheets.headings import Confirmed
from generator.sheets.places import Asked
from generator.wording import N_, _


@click.command(name="import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@root_option
@as_of_option
@click.option("--item", default="", help=N_("是哪一项（名称或 finance 这样的代号），表里看不出时写"))
@click.option("--village", default="", help=N_("是哪个村（村名、网址名或 12 位代码），表里看不出时写"))
@click.option("--period", default="", help=N_("是哪一期（2026-03、2026Q1、2026），表里看不出时写"))
@click.option("--slug", default="", help=N_("同一期有几份时，这一份叫什么（小写字母、数字、短横）"))
@click.option("--sheet", default="", help=N_("只读这一个工作表"))
@click.option(
    "--map",
    "mappings",
    multiple=True,
    metavar=N_("表头=列名"),
    help=N_("这个表头是哪一列；等号后不写是不收；「列名:写法=规定写法」改写法。会记住"),
)
@click.option(
    "--set",
    "constants",
    multiple=True,
    metavar=N_("列名=内容"),
    help=N_("表里没有的列，全表都填这个内容。会记住"),
)
@click.option("--replace", "replaces", is_flag=True, help=N_("已有的内容不同时，换成这一份"))
@click.option("--dry-run", is_flag=True, help=N_("只说会写什么，不写"))
@click.option(
    "--mark",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    help=N_("把有问题的表另存一份到这个文件夹：要改的格子涂了颜色、加了批注"),
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "html", "markdown"]),
    default="text",
    help=N_("输出格式"),
)
@output_option
def import_sheets(
    files: tuple[Path, ...],
    root: Path,
    as_of: date | None,
    item: str,
    village: str,
    period: str,
    slug: str,
    sheet: str,
    mappings: tuple[str, ...],
    constants: tuple[str, ...],
    replaces: bool,
    dry_run: bool,
    mark: Path | None,
    form: str,
    output: Path | None,
) -> None:
    """Import ``files`` and print what became of them; exit 1 when anything is an error."""
    promises = load_promises(root)
    asked = _asked(promises, item, village, period, slug, sheet)
    wishes = Wishes(asked, _confirmed(mappings, constants), replaces=replaces, writes=not dry_run)
    for path in files:
        if not path.is_file():
            raise click.UsageError(_("找不到 {path}").format(path=path))
    if mark is not None:
        require_outside(mark, promises)
    sources = ((path.name, read_bytes(str(path), path.name)) for path in files)
    report = import_files(sources, promises, wishes, judged_day(as_of, promises.settings.as_of))
    tell(_told(report, form, is_dry=dry_run), output)
    if mark is not None:
        for written in write_marked(files, report, mark):
            click.echo(_("要改的地方标在 {path}").format(path=written), err=form != "text")
    if report.has_errors:
        raise SystemExit(1)


def _told(report: Report, form: str, *, is_dry: bool) -> str:
    """Return the report in the format that is asked for."""
    facts = report_facts(report)
    if form == "json":
        return json.dumps(facts, ensure_ascii=False, indent=1) + "\n"
    lines = list(report_lines(report, is_dry=is_dry))
    if form in REPORTS:
        return REPORTS[form](facts["findings"], _("导入表格"), lines[-1])
    return "".join(f"{line}\n" for line in lines)


def _asked(promises: Promises, item: str, village: str, period: str, slug: str, sheet: str) -> Asked:
    """Return what the options say; raises UsageError for what the county does not have."""
    name = item_meant(promises.catalogue, item).name if item else ""
    place = village_meant(walk_county(promises), village) if village else None
    covered, own = stem_meant(period) if period else (None, "")
    slug = slug or own
    if slug:
        try:
            read_stem(f"2026--{slug}")
        except ValueError:
            raise click.UsageError(
                _("「{slug}」不能用作文件名，只用小写字母、数字和短横，最多 40 个").format(slug=slug)
            ) from None
    return Asked(name, place, covered, slug, sheet)


def _confirmed(mappings: Sequence[str], constants: Sequence[str]) -> Confirmed:
    """Return what the options confirm; raises UsageError for one without "="."""
    columns: dict[str, str] = {}
    values: dict[tuple[str, str], str] = {}
    for mapping in mappings:
        left, separator, right = (part.strip() for part in mapping.partition("="))
        if not separator or not left:
            raise click.UsageError(_("--map 要写成「表头=列名」，「{text}」不是").format(text=mapping))
        name, colon, spelling = left.replace("：", ":").partition(":")
        if colon and spelling and right:
            values[name.strip(), spelling.strip()] = right
        else:
            columns[left] = right
    fixed = {}
    for constant in constants:
        left, separator, right = (part.strip() for part in constant.partition("="))
        if not separator or not left or not right:
            raise click.UsageError(_("--set 要写成「列名=内容」，「{text}」不是").format(text=constant))
        fixed[left] = right
    return Confirmed(columns, values, fixed)
