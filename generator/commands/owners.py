"""cunwu owners: who must agree to which change, as the code host reads it."""

from __future__ import annotations

from pathlib import Path

import click

from generator.commands.options import output_option, root_option, tell
from generator.intake.walk import walk_county
from generator.promises.code_owners import FORMS, code_owners
from generator.promises.people import load_staff
from generator.promises.promises import load_promises
from generator.wording import N_, _


@click.command()
@click.option(
    "--format", "form", type=click.Choice(FORMS), default="github", help=N_("给哪个平台看；默认 github")
)
@root_option
@output_option
def owners(form: str, root: Path, output: Path | None) -> None:
    """Write the owners of each village's files; places in the list that are nowhere are told."""
    promises = load_promises(root)
    county = walk_county(promises)
    staff = load_staff(root)
    titles = {village.folder: village.name for village in county.villages}
    titles |= {township.folder: township.name for township in county.townships}
    content = promises.settings.content.relative_to(root).as_posix()
    tell(code_owners(staff, content, form, titles), output)
    listed = {place for person in (*staff.editors, *staff.reviewers) for place in person.places}
    unknown = sorted(listed - {".", *titles})
    if unknown:
        click.echo(
            _("名单里的这些地方在 content 里没有：{places}").format(places="、".join(unknown)), err=True
        )
        raise SystemExit(1)
