"""Options that several verbs share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import click

from generator.wording import N_, _

_CHINA = timezone(timedelta(hours=8))

root_option = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, resolve_path=True, path_type=Path),
    default=".",
    help=N_("县的工作文件夹，默认是当前文件夹"),
)

output_option = click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default=None,
    help=N_("写到这个文件，不写在屏幕上"),
)


def tell(text: str, output: Path | None) -> None:
    """Write a report to the file that was asked for, or to the screen."""
    tell_parts([text], output)


def tell_parts(parts: Iterable[str], output: Path | None) -> None:
    """Write a report, which need not be in memory at once, part by part."""
    if output is None:
        for part in parts:
            click.echo(part, nl=False)
        return
    output.parent.mkdir(parents=True, exist_ok=True)
    with output.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(parts)


class Day(click.ParamType[date]):
    """A date written 2026-10-20."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the date, or fail as click does."""
        if isinstance(value, date):
            return value
        try:
            return datetime.strptime(value, "%Y-%m-%d").date()
        except ValueError:
            self.fail(_("日期应写成 2026-01-31"), param, ctx)


as_of_option = click.option(
    "--as-of", type=Day(), help=N_("按哪一天判断是否到期，默认今天（或 county.yaml 里的 as_of）")
)


def judged_day(as_of: date | None, pinned: date | None) -> date:
    """Return the day of judgement: the option, else the county's pinned day, else today."""
    return as_of or pinned or day_in_china(datetime.now(UTC))


def day_in_china(moment: datetime) -> date:
    """Return the day on a villager's calendar at ``moment``: a server elsewhere must not judge by its own."""
    return moment.astimezone(_CHINA).date()
