"""Assets: the few files of the theme that pages really ask for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from mkdocs.theme import Theme

from generator.engine.shell import Shell, probe_of
from generator.engine.theme_folder import SHARE_PICTURE, WORKER, content_of
from generator.model.site import File
from generator.promises.settings import Settings

_LINK = re.compile(r'(?:href|src)="\./(assets/[^"#?]+)"')


def theme_files(root: Path, settings: Settings) -> tuple[File, ...]:
    """Return what every page links to below assets/; the theme's 14,500 icons stay where they are."""
    shell = Shell(root, settings)
    site = probe_of(settings)
    files = {file.path: file for file in shell.styles}
    names = tuple(dict.fromkeys(_LINK.findall(shell.render(site, site.pages[0]))))
    others = linked_files(shell.config.theme, [name for name in names if name not in files])
    files.update((file.path, file) for file in others)
    return tuple(files[name] for name in names)


def public_files(shell: Shell, assets: Sequence[File]) -> tuple[File, ...]:
    """Return what only the public site holds beside ``assets``: search, and the keeper of pages seen once.

    The keeper stands at the top, so that it may keep every page below it, and at an address that never
    changes, so that browsers find its next version; it knows the assets by name.
    """
    theme = shell.config.theme
    search = linked_files(theme, shell.config.extra["search"])
    names = json.dumps([file.path for file in assets])
    worker = f"self.cunwuAssets = {names};\n".encode() + content_of(theme, "assets/worker.js")
    return (*search, *linked_files(theme, [SHARE_PICTURE]), File(WORKER, worker))


def linked_files(theme: Theme, names: Iterable[str]) -> tuple[File, ...]:
    """Return the theme's files behind published ``names``."""
    return tuple(File(name, content_of(theme, name)) for name in names)
