"""The press: Material's template with what it is told of a county, and the style sheets of its pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import jinja2

from generator.engine.configuration import load_configuration, look_of, short_name, site_address, with_names
from generator.engine.menu import LOST, PASSING_ROBOTS
from generator.engine.stylesheet import trim
from generator.engine.theme_folder import SEARCH_SCRIPTS, content_of, published_name, with_digest
from generator.engine.unindented import Unindented
from generator.model.site import File, NavEntry, Page, Site
from generator.pages.compiling import KeptTemplates
from generator.pages.own_look import cache_for, fenced, template_error
from generator.promises.settings import Settings
from generator.wording import _

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

# How one changes the language, and what turns round where it is written from right to left.
TONGUES = "assets/tongues.css"
_MATERIAL_STYLE = re.compile(r'href="\./(assets/stylesheets/[^"]+)"')
_MAIN = "main.html"


@dataclass(slots=True)
class Press:
    """Material's template with what it is told of the county, and its style sheets.

    ``look`` is the folder of the county's own templates.
    """

    config: MkDocsConfig
    template: jinja2.Template
    look: Path
    tongues: str
    styles: tuple[File, ...] = ()

    @classmethod
    def of(cls, root: Path, settings: Settings, cache: Path | None) -> Press:
        """Return the press of the county at ``root``; raises SetupError where its look cannot be used."""
        config = load_configuration(root, settings)
        look = look_of(config, root)
        environment = fenced(config.theme.get_env(), look)
        environment.filters["url"] = url_from_base
        environment.globals["_"] = _
        if cache is not None:
            environment.bytecode_cache = KeptTemplates(cache_for(cache, type(environment)))
        environment.add_extension(Unindented)
        environment.trim_blocks = environment.lstrip_blocks = True  # a page is a third smaller without
        try:
            template = environment.get_template(_MAIN)
        except Exception as error:
            _tell(error, look)
            raise
        press = cls(config, template, look, published_name(config.theme, TONGUES))
        press.styles = tuple(press._trimmed(settings))
        config.extra["styles"] = [file.path for file in press.styles]
        config.extra["search"] = [published_name(config.theme, name) for name in SEARCH_SCRIPTS]
        return press

    def drawn(self, context: Mapping[str, object]) -> str:
        """Return the template filled; raises SetupError where the county's own part of it is at fault."""
        try:
            return self.template.render(context)
        except Exception as error:
            _tell(error, self.look)
            raise

    def _trimmed(self, settings: Settings) -> Iterator[File]:
        """Yield Material's style sheets, cut down to what a page of ours shows of them."""
        site = probe_of(settings)
        (probe,) = site.pages
        context = context_of(
            probe,
            section=probe.section,
            nav=site.nav,
            base=base_of(probe.url, site_address(settings)),
            own=home_of(probe, site, site_address(settings)),
            address=site_address(settings) or None,
            feeds=(),
            config=with_names(self.config, site.name, name=short_name(site), home=site.url),
        )
        page = self.drawn(context)
        theme = self.config.theme
        ours = "".join(content_of(theme, name).decode() for name in self.config.extra_css)
        for name in dict.fromkeys(_MATERIAL_STYLE.findall(page)):
            content = trim(content_of(theme, name).decode(), page, ours).encode()
            yield File(with_digest(name, content), content)


def _tell(error: Exception, look: Path) -> None:
    """Raise SetupError where a template of the county's own in ``look`` is at fault."""
    told = template_error(error, _MAIN, look)
    if told is not None:
        raise told from error


def context_of(
    page: Page,
    *,
    section: str | None,
    nav: Sequence[NavEntry],
    base: str,
    own: str,
    address: str | None,
    feeds: Sequence[str],
    config: MkDocsConfig,
) -> dict[str, object]:
    """Return what Material's templates look at, under the names that MkDocs gives it."""
    meta: dict[str, object] = {"description": page.description or page.title, "feeds": feeds}
    if section is not None:
        meta["section"] = section
    if page.is_passing:
        meta["robots"] = PASSING_ROBOTS
    stand_in = SimpleNamespace(
        url=page.url, title=page.title, content=page.content, meta=meta, canonical_url=address, toc=()
    )
    nav_items = SimpleNamespace(items=nav)
    return {"config": config, "nav": nav_items, "page": stand_in, "base_url": base, "home_url": own}


def probe_of(settings: Settings) -> Site:
    """Return a site of one empty page, to see what the templates put around any page."""
    return Site(settings.title, "", (NavEntry(settings.title, ""),), (Page("", settings.title, "", ""),))


def base_of(url: str, site_url: str) -> str:
    """Return the way from the page at ``url`` to the output folder, ending in "/"."""
    if url == LOST and site_url:  # shown at any address, so only the full path finds the style sheet
        return urlsplit(site_url).path or "/"
    return "../" * url.count("/") or "./"


def home_of(page: Page, site: Site, site_url: str) -> str:
    """Return the way from ``page`` to the home of its site, ending in "/"."""
    if page.url.startswith(site.url):
        return base_of(page.url[len(site.url) :], site_url)
    return f"{base_of(page.url, site_url)}{site.url}"


@jinja2.pass_context
def url_from_base(context: jinja2.runtime.Context, url: str) -> str:
    """Return ``url`` as seen from the page; unlike MkDocs' filter it leaves room for a mark.

    What stands below the site's home is told from there: most links of a page lead to its own village.
    """
    home = context["config"]["extra"]["home"]
    if home and url.startswith(home):
        return f"{context['home_url']}{url[len(home) :]}"
    if urlsplit(url).scheme or url.startswith(("/", "#")):
        return url
    return f"{context['base_url']}{url}"
