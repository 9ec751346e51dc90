"""Assets: the few files of the theme that pages really ask for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from generator.engine.press import TONGUES, probe_of
from generator.engine.script_words import words_file
from generator.engine.shell import Shell
from generator.engine.theme_folder import SHARE_PICTURE, WORKER, content_of, published_name
from generator.model.site import File
from generator.pages.editions import editions_of
from generator.promises.settings import Settings
from generator.wording import speaking
from generator.wording.languages import SOURCE, Language

if TYPE_CHECKING:
    from mkdocs.theme import Theme

_LINK = re.compile(r'(?:href|src)="\./(assets/[^"#?]+)"')


def theme_files(root: Path, settings: Settings, shell: Shell | None = None) -> tuple[File, ...]:
    """Return what every page links to below assets/; the theme's 14,500 icons stay where they are.

    ``shell`` is the county's, where there is one already.
    """
    shell = shell or Shell(root, settings)
    site = probe_of(settings)
    files = {file.path: file for file in shell.styles}
    names = tuple(dict.fromkeys(_LINK.findall(shell.render(site, site.pages[0]))))
    others = linked_files(shell.config.theme, [name for name in names if name not in files])
    files.update((file.path, file) for file in others)
    return tuple(files[name] for name in names)


def public_files(
    shell: Shell, assets: Sequence[File], languages: Sequence[Language] = ()
) -> tuple[File, ...]:
    """Return what only the public site holds beside ``assets``: search, and the keeper of pages seen once.

    The keeper stands at the top, so that it may keep every page below it, and at an address that never
    changes, so that browsers find its next version; it knows the assets by name. Beside it stand the words
    of the scripts in each of ``languages``.
    """
    theme = shell.config.theme
    search = linked_files(theme, shell.config.extra["search"])
    words = tuple(_words_of(shell, language) for language in languages if language.code != SOURCE)
    tongues = linked_files(theme, [published_name(theme, TONGUES)] if languages else [])
    head = f"self.cunwuAssets = {json.dumps([file.path for file in (*assets, *words, *tongues)])};\n"
    if languages:
        folders = [edition.prefix for edition in editions_of(languages) if edition.prefix]
        head += f"self.cunwuLanguages = {json.dumps(folders)};\n"
    worker = head.encode() + content_of(theme, "assets/worker.js")
    return (*search, *words, *tongues, *linked_files(theme, [SHARE_PICTURE]), File(WORKER, worker))


def _words_of(shell: Shell, language: Language) -> File:
    with speaking(language):
        return words_file(shell.config.theme, language.code)


def linked_files(theme: Theme, names: Iterable[str]) -> tuple[File, ...]:
    """Return the theme's files behind published ``names``."""
    return tuple(File(name, content_of(theme, name)) for name in names)
