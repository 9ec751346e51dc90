"""The hook of mkdocs.yml: lets plain ``mkdocs build`` at the root print one village."""

from __future__ import annotations

import os
from pathlib import Path

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File as MkDocsFile
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page as MkDocsPage

from generator.engine.assets import linked_files
from generator.engine.configuration import complete_configuration, short_name
from generator.engine.documents import document_nav, document_pages, document_path, front_matter
from generator.model.site import Site
from generator.promises.settings import load_settings
from generator.wording import _


class OneVillage:
    """The village being printed: read once from the records, then handed to MkDocs piece by piece."""

    site: Site
    contents: dict[str, str]

    def on_config(self, config: MkDocsConfig) -> None:
        """Read the village and name the site after it."""
        from generator.engine.one_village import load_site

        root = Path(config.config_file_path).parent
        self.site = load_site(root, os.environ.get("CUNWU_VILLAGE"))
        self.contents = {document_path(page.url): page.content for page in document_pages(self.site)}
        complete_configuration(config, load_settings(root))
        config.site_name = self.site.name
        config.extra.update(name=short_name(self.site), home=self.site.url)
        config.nav = document_nav(self.site)

    def on_env(self, env: jinja2.Environment, **_others: object) -> None:
        """Let the templates speak."""
        env.globals["_"] = _

    def on_files(self, files: Files, config: MkDocsConfig) -> None:
        """Add the village's pages, its downloads and our own assets; take out the county's item layouts."""
        for file in [file for file in files if file.src_uri.endswith(".j2")]:
            files.remove(file)
        for page in document_pages(self.site):
            head = front_matter(self.site, page)
            files.append(MkDocsFile.generated(config, document_path(page.url), content=head))
        names = [*config.extra_css, *map(str, config.extra_javascript), config.theme["favicon"]]
        names.append(config.extra["code_script"])
        for own in (*self.site.files, *linked_files(config.theme, names)):
            files.append(MkDocsFile.generated(config, own.path, content=own.content))

    def on_page_content(self, html: str, page: MkDocsPage, **_others: object) -> str:
        """Return the finished content, whatever Markdown made of the empty document."""
        return self.contents.get(page.file.src_uri, html)


_village = OneVillage()
on_config = _village.on_config
on_env = _village.on_env
on_files = _village.on_files
on_page_content = _village.on_page_content
