"""Confirmed files: mappings/<township>/<village>.yaml, what clerks said of the layout of their sheets.

Those of the township's office (_township.yaml) and of the county (_county.yaml) hold for all their villages.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from generator.model.item import DisclosureItem
from generator.promises.ownership import MAPPINGS
from generator.promises.section import Section, load_section
from generator.sheets.headings import Confirmed
from generator.wording import _

FOLDER = MAPPINGS


def confirmed_path(root: Path, folder: str) -> Path:
    """Return where the mappings lie that were confirmed for the sheets of the village in ``folder``.

    They lie beside site_config, not in it: a heading that is remembered changes no page, and must not
    have every village built anew.
    """
    return root / FOLDER / f"{folder}.yaml"


def load_confirmed(
    root: Path, folder: str, items: Mapping[str, tuple[DisclosureItem, ...]]
) -> dict[str, Confirmed]:
    """Return what was confirmed for the sheets of a village, item by item; raises SetupError."""
    path = confirmed_path(root, folder)
    if not path.is_file():
        return {}
    section = load_section(path, root)
    found = {}
    for name in section.names():
        if name not in items:
            section.fail(_("没有公开项目「{item}」").format(item=name), name)
        found[name] = _read(section.section(name), items[name])
    section.close()
    return found


def _read(section: Section, versions: tuple[DisclosureItem, ...]) -> Confirmed:
    known = {column.name for version in versions for column in version.schema.fields}
    columns, values, constants = (section.section(key) for key in ("columns", "values", "constants"))
    section.close()
    targets = {heading: columns.text(heading, "") for heading in columns.names()}
    for heading, name in targets.items():
        if name and name not in known:
            columns.fail(_("没有「{key}」这一列").format(key=name), heading)
    spelt: dict[tuple[str, str], str] = {}
    for name, spellings in values.entries():
        if name not in known:
            values.fail(_("没有「{key}」这一列").format(key=name), name)
        spelt |= {(name, spelling): spellings.text(spelling) for spelling in spellings.names()}
    for name in constants.names():
        if name not in known:
            constants.fail(_("没有「{key}」这一列").format(key=name), name)
    return Confirmed(targets, spelt, {name: constants.text(name) for name in constants.names()})


def merged(earlier: Confirmed, later: Confirmed) -> Confirmed:
    """Return both, the later word standing where they differ."""
    return Confirmed(
        {**earlier.columns, **later.columns},
        {**earlier.values, **later.values},
        {**earlier.constants, **later.constants},
    )


def confirmed_text(confirmed: Mapping[str, Confirmed]) -> str:
    """Return the file that says it, to the byte the same for the same mappings."""
    lines = [
        _("# 导入表格时确认过的对应：表头是哪一列、写法怎样改、缺的列填什么。由 cunwu import 写，可以手改。")
    ]
    for name in sorted(confirmed):
        lines.append(f"{name}:")
        lines.extend(_section_lines(confirmed[name]))
    return "\n".join(lines) + "\n"


def _section_lines(confirmed: Confirmed) -> Iterator[str]:
    for key, entries in (("columns", confirmed.columns), ("constants", confirmed.constants)):
        if entries:
            yield f"  {key}:"
            yield from (f"    {_quoted(name)}: {_quoted(entries[name])}" for name in sorted(entries))
    if confirmed.values:
        yield "  values:"
        for column in sorted({name for name, _spelling in confirmed.values}):
            yield f"    {_quoted(column)}:"
            spelt = {spelling: word for (name, spelling), word in confirmed.values.items() if name == column}
            yield from (
                f"      {_quoted(spelling)}: {_quoted(spelt[spelling])}" for spelling in sorted(spelt)
            )


def _quoted(text: str) -> str:
    """Return a text in double quotes, as YAML and JSON both read it."""
    return json.dumps(text, ensure_ascii=False)
