"""Configuration: the root's mkdocs.yml as MkDocs understands it, and what the county adds to it."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from generator.engine.theme_folder import PACKAGE_THEME, place_theme, published_name
from generator.model.finding import SetupError
from generator.model.site import Site
from generator.promises.section import load_section
from generator.promises.settings import Settings
from generator.wording import _

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

# Draws the QR code of a page; loaded when somebody asks for one.
CODE_SCRIPT = "assets/qr.js"
_FILE, _LOOK = "mkdocs.yml", "site_config/theme"
_TRUTH = {"true": True, "false": False}
NOTHING: Mapping[str, object] = MappingProxyType({})


def load_configuration(root: Path, settings: Settings) -> MkDocsConfig:
    """Return the base configuration of every site; raise SetupError when mkdocs.yml is missing or broken."""
    from mkdocs.config.defaults import MkDocsConfig

    config = MkDocsConfig(config_file_path=str(root / _FILE))
    config.load_dict(_values(root))
    theme = config.data.get("theme")
    if isinstance(theme, dict) and not (root / str(theme.get("custom_dir", ""))).is_dir():
        # git keeps no empty folder: a county without a look of its own has none.
        theme.pop("custom_dir", None)
    # The pages come finished from memory: no hook, no Markdown and no folder of documents takes part.
    config.load_dict({"hooks": [], "markdown_extensions": [], "plugins": [], "docs_dir": str(PACKAGE_THEME)})
    errors, _warnings = config.validate()
    for key, reason in errors:
        raise SetupError(str(reason), file=_FILE, key=key)
    look_of(config, root)
    complete_configuration(config, settings)
    return config


def look_of(config: MkDocsConfig, root: Path) -> Path:
    """Return the folder of the county's own templates and assets; raises SetupError.

    It must lie in the county's folder: what lies anywhere else is not the county's to publish.
    """
    folder = Path(config.theme.custom_dir or root / _LOOK)
    if not folder.resolve().is_relative_to(root.resolve()):
        raise SetupError(
            _("应当是县的文件夹里的一个文件夹，如 {folder}").format(folder=_LOOK),
            file=_FILE,
            key="theme.custom_dir",
        )
    return folder


def _values(root: Path) -> dict[str, Any]:
    """Return what mkdocs.yml says, read as any other file of the county; raises SetupError.

    MkDocs itself would make Python objects of it (``!!python/…``), put variables of the environment in
    (``!ENV``) and read another file (``INHERIT``): whoever may write a line there would run code.
    """
    section = load_section(root / _FILE, root)
    return {name: _typed(section.plain(name)) for name in section.names()}


def _typed(value: Any) -> Any:
    """Return ``value`` with yes and no as MkDocs wants them; all else is text, lists and mappings."""
    if isinstance(value, dict):
        return {key: _typed(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_typed(inner) for inner in value]
    return _TRUTH.get(value, value)


def complete_configuration(config: MkDocsConfig, settings: Settings) -> None:
    """Add to ``config`` the package's own theme folder and what the templates want to know of the county."""
    place_theme(config.theme)
    config.site_url = site_address(settings) or None
    config.extra.update(county_facts(settings))
    config.extra_css = [published_name(config.theme, name) for name in config.extra_css]
    config.extra_javascript = [published_name(config.theme, str(name)) for name in config.extra_javascript]
    config.theme["favicon"] = published_name(config.theme, config.theme["favicon"])
    config.extra["code_script"] = published_name(config.theme, CODE_SCRIPT)


def site_address(settings: Settings) -> str:
    """Return the address at which the site will stand, ending in "/"; "" where nobody has said."""
    return f"{settings.site_url.rstrip('/')}/" if settings.site_url else ""


def county_facts(settings: Settings) -> dict[str, object]:
    """Return what the templates print of the county, under the names that they use."""
    return {
        "county": settings.county_name,
        "portal": settings.title,
        "top": "",
        "is_demo": settings.is_demo,
        "filing_numbers": list(settings.filing_numbers),
    }


def with_names(
    config: MkDocsConfig, heading: str, *, name: str, home: str, more: Mapping[str, object] = NOTHING
) -> MkDocsConfig:
    """Return a copy of ``config`` that knows a site by its heading, its short name and its address.

    ``more`` is what a page in one of several languages has besides.
    """
    own = copy.copy(config)
    extra = {**config.extra, "name": name, "home": home, **more}
    own.data = {**config.data, "site_name": heading, "extra": extra}
    return own


def short_name(site: Site) -> str:
    """Return what the way back calls a site: 青石村 for 青石村 · 村务公开."""
    return site.name.partition(" · ")[0]
