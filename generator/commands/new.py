"""cunwu new: an empty form for one village, item and period."""

from __future__ import annotations

from pathlib import Path

import click

from generator.commands.naming import item_meant, require_fit, stem_meant, village_meant
from generator.commands.options import root_option
from generator.intake.walk import walk_county
from generator.pages.forms import blank_form
from generator.promises.promises import load_promises
from generator.wording import _


@click.command()
@click.argument("village")
@click.argument("item")
@click.argument("period")
@root_option
def new(village: str, item: str, period: str, root: Path) -> None:
    """Write the header (or the document's outline) where its path says what it is."""
    promises = load_promises(root)
    place = village_meant(walk_county(promises), village)
    covered, _slug = stem_meant(period)
    version = item_meant(promises.catalogue, item, covered)
    require_fit(version, place, covered)
    base = promises.settings.private_content if version.is_private else promises.settings.content
    if base is None:
        raise click.UsageError(
            _("「{item}」列有个人，请先在 county.yaml 写明 private_content").format(item=version.title)
        )
    path = base / place.folder / version.name / f"{period}.{'yaml' if version.is_document else 'csv'}"
    if path.exists():
        raise click.UsageError(_("{path} 已经存在").format(path=path))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(blank_form(version), encoding="utf-8")
    click.echo(_("已新建 {path}，填好后运行 cunwu check").format(path=path))
