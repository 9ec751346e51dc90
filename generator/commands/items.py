"""cunwu items: every disclosure item, what guards it and whom it serves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from generator.commands.options import root_option
from generator.model.item import DisclosureItem
from generator.promises.promises import Promises, load_promises
from generator.wording import N_, _


@click.command()
@root_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help=N_("输出格式"))
def items(root: Path, form: str) -> None:
    """List the catalogue, newest version of each item."""
    promises = load_promises(root)
    every = (*promises.catalogue.latest(), promises.catalogue.register)
    facts = [item_facts(item, promises) for item in sorted(every, key=lambda item: item.name)]
    if form == "json":
        click.echo(json.dumps(facts, ensure_ascii=False, indent=1))
        return
    for fact in facts:
        rows = "、".join(map(str, fact["institutions"]))
        served = _("，服务第 {rows} 项制度").format(rows=rows) if rows else ""
        click.echo(f"{fact['name']}  {fact['title']}（{fact['category']}，{fact['cadence']}{served}）")
    click.echo(_("共 {count} 项").format(count=len(facts)))


def item_facts(item: DisclosureItem, promises: Promises) -> dict[str, Any]:
    """Return what is known of an item; ``due`` is the profile's rule, or "" where it sets none."""
    rule = promises.profile.rule_for(item.name, item.cadence)
    return {
        "name": item.name,
        "title": item.title,
        "category": item.category,
        "layout": item.layout,
        "cadence": item.cadence,
        "due": f"+{rule.days_after_end}d ({rule.basis})" if rule is not None else "",
        "basis": {kind: list(keys) for kind, keys in item.basis.items() if keys},
        "privacy": {field.name: field.privacy for field in item.schema.fields if field.privacy},
        "checks": list(item.laws),
        "institutions": [entry.row for entry in promises.institutions if item.name in entry.items],
    }
