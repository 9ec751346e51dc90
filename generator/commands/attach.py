"""cunwu attach: photographs and papers become receipts beside a payment, or are told why not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from generator.commands.naming import item_meant, stem_meant, village_meant
from generator.commands.options import as_of_option, judged_day, root_option
from generator.intake.receipt_store import store_of
from generator.intake.walk import County, walk_county
from generator.intake.whole_file import write_whole
from generator.model.finding import Finding
from generator.model.item import DisclosureItem
from generator.model.village import Village
from generator.pipeline.attaching import Offer, Outcome, Spot, attach_files, detach_receipt
from generator.pipeline.placing import leads_astray
from generator.pipeline.receipt_lists import Named, named_receipts, unused_receipts
from generator.pipeline.receipt_store import require_receipt_store
from generator.promises.promises import Promises, load_promises
from generator.wording import N_, _

_READ_LIMIT = 64_000_000
_SHORT = 8


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@root_option
@as_of_option
@click.option("--village", default="", help=N_("是哪个村（村名、网址名或 12 位代码）"))
@click.option("--item", default="", help=N_("是哪一项（名称或 finance 这样的代号）"))
@click.option("--period", default="", help=N_("是哪一期（2026-03、2026Q1、2026）"))
@click.option("--row", default="", help=N_("附在哪一行（表里的序号或编号）；不写是附在整期上"))
@click.option(
    "--caption",
    "captions",
    multiple=True,
    help=N_("是什么票据，例如 电费发票；几个文件可以各写一次，写一次的都用这一句"),
)
@click.option(
    "--looked-at",
    "has_looked",
    is_flag=True,
    help=N_("我已看过每张图，图上没有身份证号、银行卡号、手机号"),
)
@click.option(
    "--detach", default="", metavar="SHA256", help=N_("去掉这一张（指纹的前 8 位以上），图像仍留在票据库")
)
@click.option("--list", "lists", is_flag=True, help=N_("列出已附的票据"))
@click.option("--unused", is_flag=True, help=N_("列出票据库里没有哪张表提到的图像；不会删去"))
def attach(
    files: tuple[Path, ...],
    root: Path,
    as_of: date | None,
    village: str,
    item: str,
    period: str,
    row: str,
    captions: tuple[str, ...],
    has_looked: bool,
    detach: str,
    lists: bool,
    unused: bool,
) -> None:
    """Attach ``files`` and say what became of them; exit 1 when anything keeps one from being public."""
    promises = load_promises(root)
    require_receipt_store(promises, is_needed=bool(files))
    county = walk_county(promises)
    place = village_meant(county, village) if village else None
    if unused:
        _tell_unused(promises, county)
        return
    if lists:
        _tell_named(promises, county, place, item, period)
        return
    if not detach and not files:
        raise click.UsageError(_("请写明要附的照片或 PDF"))
    if place is None or not item or not period:
        raise click.UsageError(_("请用 --village、--item、--period 写明附在哪里"))
    spot = Spot(place, _item(promises, item, period), period, tuple(row.split(",")) if row else ())
    if detach:
        _write(promises, detach_receipt(promises, spot, detach.lower()), is_detached=True)
        return
    offers = [
        Offer(path.name, _content(path), caption)
        for path, caption in zip(files, _captions(files, captions), strict=True)
    ]
    day = judged_day(as_of, promises.settings.as_of)
    outcome = attach_files(promises, spot, offers, has_looked=has_looked, as_of=day, county=county)
    _write(promises, outcome, is_detached=False)


def _item(promises: Promises, wanted: str, period: str) -> DisclosureItem:
    return item_meant(promises.catalogue, wanted, stem_meant(period)[0])


def _captions(files: Sequence[Path], captions: Sequence[str]) -> list[str]:
    if len(captions) <= 1:
        return [captions[0] if captions else _("票据")] * len(files)
    if len(captions) != len(files):
        raise click.UsageError(
            _("有 {files} 个文件，写了 {captions} 句说明；请一个文件一句，或只写一句").format(
                files=len(files), captions=len(captions)
            )
        )
    return list(captions)


def _content(path: Path) -> bytes:
    if not path.is_file():
        raise click.UsageError(_("找不到 {path}").format(path=path))
    with path.open("rb") as file:
        # One byte more than may be taken is enough to refuse it.
        return file.read(_READ_LIMIT)


def _write(promises: Promises, outcome: Outcome, *, is_detached: bool) -> None:
    for finding in outcome.findings:
        _tell(finding)
    if outcome.has_errors:
        click.echo(_("没有附上，什么也没有改") if not is_detached else _("没有去掉，什么也没有改"), err=True)
        raise SystemExit(1)
    if outcome.content != outcome.before:
        if leads_astray(outcome.path, promises.settings.content):
            raise click.UsageError(_("{path} 是一个链接，没有写").format(path=outcome.shown))
        write_whole(outcome.path, outcome.content)
    for receipt in outcome.added:
        sign = "-" if is_detached else "+"
        click.echo(f"  {sign} {receipt.caption} {receipt.sha256[:_SHORT]}")
    if not outcome.added:
        click.echo(_("这些票据已经附过，没有变化"))
    else:
        text = _("{path} 已写好，这里现在有票据 {count} 张；请运行 cunwu check，再提交")
        click.echo(text.format(path=outcome.shown, count=len(outcome.receipts)))


def _tell(finding: Finding) -> None:
    severity = _("错误") if finding.is_error else _("提醒")
    line = _("第 {line} 行").format(line=finding.place.line) if finding.place.line else ""
    column = _("「{column}」").format(column=finding.place.column) if finding.place.column else ""
    where = f"{finding.place.file} {line}{column}".strip()
    click.echo(f"{where} {severity}：{finding.message}。{finding.hint} [{finding.code}]", err=True)


def _tell_named(promises: Promises, county: County, place: Village | None, item: str, period: str) -> None:
    villages = county.villages if place is None else (place,)
    name = _item(promises, item, period).name if item and period else item
    count = 0
    for named in named_receipts(promises, villages):
        titles = {version.title for version in promises.catalogue.versions[named.item]}
        if (name and name != named.item and name not in titles) or (period and period != named.stem):
            continue
        count += 1
        click.echo(_named_line(promises, named))
    click.echo(_("共 {count} 张").format(count=count))


def _named_line(promises: Promises, named: Named) -> str:
    title = promises.catalogue.versions[named.item][-1].title
    where = _("第 {key} 号").format(key=",".join(named.key)) if named.key else _("整期")
    state = ""
    if named.stored.is_changed:
        state = _("（与登记的指纹不符）")
    elif not named.stored.kind:
        state = _("（图像不在票据库里）")
    caption, digest = named.receipt.caption, named.receipt.sha256
    return f"{named.village.name} {title} {named.stem} {where} {caption} {digest}{state}"


def _tell_unused(promises: Promises, county: County) -> None:
    store = store_of(promises.settings)
    names = list(unused_receipts(promises, county, store)) if store is not None else []
    for name in names:
        click.echo(name)
    click.echo(
        _("票据库里没有哪张表提到的图像 {count} 张；以前的版本可能还提到，删不删由县里定").format(
            count=len(names)
        )
    )
