"""Configuration: the root's mkdocs.yml as MkDocs understands it, and what the county adds to it."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from generator.engine.theme_folder import PACKAGE_THEME, place_theme, published_name
from generator.model.finding import SetupError
from generator.model.site import Site
from generator.promises.settings import Settings
from generator.wording import _

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

# Draws the QR code of a page; loaded when somebody asks for one.
CODE_SCRIPT = "assets/qr.js"
NOTHING: Mapping[str, object] = MappingProxyType({})


def load_configuration(root: Path, settings: Settings) -> MkDocsConfig:
    """Return the base configuration of every site; raise SetupError when mkdocs.yml is missing or broken."""
    from mkdocs.config.defaults import MkDocsConfig

    path = root / "mkdocs.yml"
    config = MkDocsConfig(config_file_path=str(path))
    try:
        with path.open("rb") as file:
            config.load_file(file)
    except OSError as error:
        raise SetupError(_("{file}：读不到网站的基础配置").format(file="mkdocs.yml")) from error
    theme = config.data.get("theme")
    if isinstance(theme, dict) and not (root / str(theme.get("custom_dir", ""))).is_dir():
        # git keeps no empty folder: a county without a look of its own has none.
        theme.pop("custom_dir", None)
    # The pages come finished from memory: no hook, no Markdown and no folder of documents takes part.
    config.load_dict({"hooks": [], "markdown_extensions": [], "plugins": [], "docs_dir": str(PACKAGE_THEME)})
    errors, _warnings = config.validate()
    for key, reason in errors:
        raise SetupError(f"mkdocs.yml：{key}：{reason}")
    complete_configuration(config, settings)
    return config


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
