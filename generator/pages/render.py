"""Rendering: views become finished content through templates that only set type."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from generator.model.item import DisclosureItem
from generator.pages.compiling import CompiledTemplates, WordedCode
from generator.pages.own_look import cache_for, environment_kind, template_error
from generator.pages.words import day
from generator.pages.wrapping import aside, whole
from generator.wording import _, counted, said
from generator.wording.words import spoken_language

_MACROS = {"parts": "_parts.html.j2", "corrections": "_corrections.html.j2"}


class Renderer:
    """Turns views into HTML; made once per process. Every template knows ``parts`` and ``corrections``.

    ``theme`` may hold ``items/<item>.html.j2`` of the county's own; ``cache`` is a folder for compiled
    templates.
    """

    def __init__(self, theme: Path, cache: Path | None = None) -> None:
        loader = jinja2.ChoiceLoader(
            [jinja2.FileSystemLoader(theme), jinja2.FileSystemLoader(Path(__file__).parent / "templates")]
        )
        kind = environment_kind(theme)
        if cache is not None:
            cache = cache_for(cache, kind)
        self._environment = kind(
            loader=loader,
            bytecode_cache=CompiledTemplates(cache) if cache is not None else None,
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            extensions=["jinja2.ext.i18n"],
        )
        self._environment.code_generator_class = WordedCode
        self._environment.install_gettext_callables(  # type: ignore[attr-defined]
            _, lambda one, _many, n: counted(one, n), newstyle=True
        )
        self._environment.filters["day"] = day
        self._environment.filters["said"] = said
        self._environment.filters["anchor"] = anchor
        self._environment.filters["whole"] = whole
        self._environment.filters["aside"] = aside
        self._theme = theme
        self._prefix = ""
        self._spoken: dict[str, jinja2.Environment] = {}
        self._templates: dict[tuple[str, str], jinja2.Template] = {}
        self._own = frozenset(
            path.relative_to(theme).as_posix() for path in sorted((theme / "items").glob("*.html.j2"))
        )

    def below(self, prefix: str) -> Renderer:
        """Return one for the pages of another language, which stand below ``prefix`` ("en/")."""
        other = copy.copy(self)
        other._prefix = prefix
        return other

    def content(self, template: str, url: str, **context: Any) -> str:
        """Return ``template`` filled for the page at ``url``; ``link`` in it makes addresses relative.

        ``data`` is where the files of the page's folder stand, seen from the page: "" in the main language.
        """
        data = linker(url, self._prefix)(f"{url}.").removesuffix(".") if self._prefix else ""
        try:
            return self._template(template).render(link=linker(url, self._prefix), data=data, **context)
        except Exception as error:
            told = template_error(error, template, self._theme)
            if told is None:
                raise
            raise told from error

    def _template(self, name: str) -> jinja2.Template:
        """Return a template in the language being spoken, whose words are compiled into it."""
        language = spoken_language()
        code = language.code if language is not None else ""
        template = self._templates.get((code, name))
        if template is None:
            template = self._templates[code, name] = self._environment_in(code).get_template(name)
            # For every page these are copied, which of a chain of mappings is done name by name.
            template.globals = dict(template.globals)
        return template

    def _environment_in(self, code: str) -> jinja2.Environment:
        """Return the templates in the language being spoken, which is called ``code``."""
        if code not in self._spoken:
            environment = self._environment.overlay()
            environment.globals = dict(self._environment.globals)
            # For all templates once: imported in a template they would be looked up for each page.
            for name, template in _MACROS.items():
                environment.globals[name] = environment.get_template(template).module
            self._spoken[code] = environment
        return self._spoken[code]

    def template_for(self, item: DisclosureItem) -> str:
        """Return the county's own template for the item, or its layout's."""
        name = f"items/{item.name}.html.j2"
        return name if name in self._own else f"layouts/{item.layout}.html.j2"


def linker(url: str, prefix: str = "") -> Callable[[str], str]:
    """Return a function from addresses below the output folder to links relative to ``url``.

    Of a language whose pages stand below ``prefix`` both are addresses of the main language's pages; what
    is no page is there once for all languages.
    """
    base = "../" * url.count("/")
    above = base + "../" * prefix.count("/")

    def link(target: str) -> str:
        if prefix and not _is_page(target):
            return f"{above}{target}"
        return f"{base}{target}" or "./"

    return link


def _is_page(target: str) -> bool:
    path = target.partition("#")[0]
    return not path or path.endswith("/")


def anchor(phone: str) -> Markup:
    """Return a phone number as the target of a call: digits only."""
    digits = "".join(mark for mark in phone if mark.isdigit() or mark == "+")
    return Markup(f"tel:{digits}")  # noqa: S704 (nothing but digits)
