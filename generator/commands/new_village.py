"""cunwu new-village: a folder for a village that does not have one yet."""

from __future__ import annotations

from pathlib import Path

import click

from generator.commands.options import root_option
from generator.intake.walk import walk_county
from generator.promises.promises import load_promises
from generator.wording import N_, _


@click.command(name="new-village")
@click.argument("township")
@click.argument("slug")
@click.argument("name")
@click.argument("code")
@click.option("--kind", type=click.Choice(["village", "community"]), default="village", help=N_("村或社区"))
@root_option
def new_village(township: str, slug: str, name: str, code: str, kind: str, root: Path) -> None:
    """Write village.yaml and an empty register; refuse what would not be read again."""
    promises = load_promises(root)
    county = walk_county(promises)
    known = {t.folder: t.folder for t in county.townships} | {t.name: t.folder for t in county.townships}
    if township not in known:
        raise click.UsageError(
            _("找不到乡镇「{township}」，可以写：{known}").format(township=township, known="、".join(known))
        )
    for village in county.villages:
        if slug == village.slug or code in (village.code, *village.former_codes):
            raise click.UsageError(_("网址名或代码已被{village}使用").format(village=village.name))
    path = promises.settings.content / known[township] / slug
    if path.exists():
        raise click.UsageError(_("{path} 已经存在").format(path=path))
    path.mkdir()
    start = promises.settings.disclosure_start.isoformat()
    (path / "village.yaml").write_text(
        f'slug: {slug}\nname: {name}\ncode: "{code}"\nkind: {kind}\nvalid_from: "{start}"\ncontacts: []\n',
        encoding="utf-8",
    )
    header = ",".join(field.name for field in promises.catalogue.register.schema.columns_of(()))
    (path / "publications.csv").write_text(header + "\n", encoding="utf-8")
    refused = [
        f
        for f in walk_county(promises).findings
        if f.place.file.startswith(path.relative_to(root).as_posix())
    ]
    if refused:
        for file in path.iterdir():
            file.unlink()
        path.rmdir()
        raise click.UsageError(f"{refused[0].message}。{refused[0].hint}")
    click.echo(_("已新建 {path}，请补上联系电话，再用 cunwu new 建表").format(path=path))
