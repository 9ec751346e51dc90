"""Rendering: views become finished content through templates that only set type."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from generator.model.finding import SetupError
from generator.model.item import DisclosureItem
from generator.pages.words import day
from generator.wording import _


class Renderer:
    """Turns views into HTML; made once per process.

    ``theme`` may hold ``items/<item>.html.j2`` of the county's own; ``cache`` is a folder for compiled
    templates.
    """

    def __init__(self, theme: Path, cache: Path | None = None) -> None:
        loader = jinja2.ChoiceLoader(
            [jinja2.FileSystemLoader(theme), jinja2.FileSystemLoader(Path(__file__).parent / "templates")]
        )
        if cache is not None:
            cache.mkdir(parents=True, exist_ok=True)
        self._environment = jinja2.Environment(
            loader=loader,
            bytecode_cache=jinja2.FileSystemBytecodeCache(str(cache)) if cache is not None else None,
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            extensions=["jinja2.ext.i18n"],
        )
        self._environment.install_gettext_callables(  # type: ignore[attr-defined]
            _, lambda one, many, n: _(one if n == 1 else many), newstyle=True
        )
        self._environment.filters["day"] = day
        self._environment.filters["anchor"] = anchor
        self._own = frozenset(
            path.relative_to(theme).as_posix() for path in sorted((theme / "items").glob("*.html.j2"))
        )

    def content(self, template: str, url: str, **context: Any) -> str:
        """Return ``template`` filled for the page at ``url``; ``link`` in it makes addresses relative."""
        try:
            return self._environment.get_template(template).render(link=linker(url), **context)
        except jinja2.TemplateError as error:
            name = getattr(error, "name", None) or template
            line = getattr(error, "lineno", None)
            raise SetupError(
                _("模板有误：{problem}").format(problem=error.message), file=str(name), line=line
            ) from error

    def template_for(self, item: DisclosureItem) -> str:
        """Return the county's own template for the item, or its layout's."""
        name = f"items/{item.name}.html.j2"
        return name if name in self._own else f"layouts/{item.layout}.html.j2"


def linker(url: str) -> Callable[[str], str]:
    """Return a function from addresses below the output folder to links relative to ``url``."""
    base = "../" * url.count("/")

    def link(target: str) -> str:
        return f"{base}{target}" or "./"

    return link


def anchor(phone: str) -> Markup:
    """Return a phone number as the target of a call: digits only."""
    return Markup("tel:" + "".join(mark for mark in phone if mark.isdigit() or mark == "+"))
