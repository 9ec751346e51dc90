"""Export: a site as a plain folder of documents that stock MkDocs prints without this package."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import yaml
from mkdocs.config.defaults import MkDocsConfig

from generator.engine.configuration import CODE_SCRIPT, load_configuration, short_name
from generator.engine.documents import document_nav, document_pages, document_path, front_matter
from generator.engine.theme_folder import PACKAGE_THEME
from generator.model.site import Page, Site
from generator.promises.settings import Settings
from generator.wording import _

# Python-Markdown looks for fences before it looks for HTML: neither sign may stand at the head of a line.
_FENCES = str.maketrans({"`": "&#96;", "~": "&#126;"})


def export_docs(site: Site, settings: Settings, target: Path, *, root: Path) -> None:
    """Write ``site`` below ``target`` as docs/, overrides/ and mkdocs.yml, with the county's own look."""
    config = load_configuration(root, settings)
    for page in document_pages(site):
        write_bytes(target / "docs" / document_path(page.url), document_of(site, page).encode())
    if site.url:
        write_bytes(target / "docs" / "index.md", signpost_to(site).encode())
    for file in site.files:
        write_bytes(target / "docs" / file.path, file.content)
    copy_theme(config, target / "overrides")
    text = yaml.safe_dump(stock_configuration(site, config), allow_unicode=True, sort_keys=False)
    write_bytes(target / "mkdocs.yml", text.encode())


def document_of(site: Site, page: Page) -> str:
    """Return the page's Markdown file: its head, and its content as one block of HTML."""
    return f"{front_matter(site, page)}\n<div>\n{page.content.translate(_FENCES)}\n</div>\n"


def signpost_to(site: Site) -> str:
    """Return the first page of an exported village, which itself lies in a folder of its own."""
    title = site.name
    signpost = Page("", title, title, f'<h1>{_("村务公开")}</h1><p><a href="{site.url}">{_("进入")}</a></p>')
    return document_of(site, signpost)


def stock_configuration(site: Site, config: MkDocsConfig) -> dict[str, Any]:
    """Return the mkdocs.yml of the exported site: the root's own, less what only serves this package."""
    stock: dict[str, Any] = yaml.safe_load(Path(config.config_file_path).read_bytes())
    stock["theme"]["custom_dir"] = "overrides"
    for key in ("docs_dir", "site_dir", "hooks"):
        stock.pop(key, None)
    stock["site_name"] = site.name
    if config.site_url:
        stock["site_url"] = config.site_url
    # The exported theme has its files under their plain names.
    own = {"name": short_name(site), "home": site.url, "code_script": CODE_SCRIPT}
    stock["extra"] = {**config.extra, **own}
    stock["nav"] = document_nav(site)
    return stock


def copy_theme(config: MkDocsConfig, target: Path) -> None:
    """Write our templates, style and script, the county's own on top."""
    shutil.copytree(PACKAGE_THEME, target, dirs_exist_ok=True)
    if config.theme.custom_dir is not None:
        # The county's layouts for items have done their work, and MkDocs would publish them as they are.
        skipped = shutil.ignore_patterns("*.j2", "*.md")
        shutil.copytree(config.theme.custom_dir, target, dirs_exist_ok=True, ignore=skipped)


def write_bytes(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path``, making its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
