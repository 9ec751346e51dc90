"""The theme's folders: the county's, ours and Material's, searched in this order."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from generator.model.finding import SetupError
from generator.wording import _

if TYPE_CHECKING:
    from mkdocs.theme import Theme

PACKAGE_THEME = Path(__file__).parent / "theme"
# What only a search page asks for: the script, and the table that it loads with its data.
SEARCH_SCRIPTS = ("assets/search.js", "assets/traditional.js")
# Both are asked for under names of their own: by browsers that look for a new version, by other programs.
WORKER = "sw.js"
SHARE_PICTURE = "assets/share.png"
_DIGEST = re.compile(r"\.[0-9a-f]{8}(?=\.\w+$)")


def place_theme(theme: Theme) -> None:
    """Let the package's templates stand behind the county's and before Material's."""
    if str(PACKAGE_THEME) not in theme.dirs:
        theme.dirs.insert(0 if theme.custom_dir is None else 1, str(PACKAGE_THEME))


def published_name(theme: Theme, name: str) -> str:
    """Return ``name`` with a digest of the content, so that browsers may keep the file for ever."""
    return with_digest(name, content_of(theme, name))


def with_digest(name: str, content: bytes) -> str:
    """Return ``name`` with a digest of ``content`` before its suffix."""
    path = PurePosixPath(name)
    return str(path.with_name(f"{path.stem}.{hashlib.sha256(content).hexdigest()[:8]}{path.suffix}"))


def content_of(theme: Theme, name: str) -> bytes:
    """Return the content of ``name``, be it the theme's own name or a published one."""
    source = _source_of(theme, name) or _source_of(theme, _DIGEST.sub("", name))
    if source is None:
        raise SetupError(_("mkdocs.yml：外观里没有 {file}").format(file=name))
    return source.read_bytes()


def _source_of(theme: Theme, name: str) -> Path | None:
    for folder in theme.dirs:
        path = Path(folder, name)
        # "../" in a name, or a link on the way, would publish a file of the machine that builds.
        if path.is_file() and path.resolve().is_relative_to(Path(folder).resolve()):
            return path
    return None
