"""The county's own look: whose templates may set type with what they are given, and do nothing else."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path
from traceback import walk_tb
from types import MappingProxyType
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.defaults import DEFAULT_NAMESPACE
from jinja2.environment import TemplateModule
from jinja2.filters import FILTERS
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Cycler, Joiner, Namespace
from markupsafe import Markup

from generator.model.finding import SetupError
from generator.pages.patience import SECONDS, Patience, bounds, result_of, with_rounds
from generator.wording import N_, _

# What lies in an empty folder, so that git keeps it.
_NO_LOOK = frozenset({"README.md", ".gitkeep"})
# Methods of these alone may be called; of anything else a template may only read what it holds.
_VALUES = (str, Markup, int, float, Decimal, datetime.date, datetime.datetime, dict, MappingProxyType)
_HOLDERS = (list, tuple, frozenset, Cycler, Joiner, Namespace, LoopContext, TemplateModule)
_ACTING = frozenset((*_VALUES, *_HOLDERS))
_MAKERS = (dict, Cycler, Joiner, Namespace)
_TROUBLES: dict[type[Exception], str] = {
    ZeroDivisionError: N_("除以了零，先用 {% if %} 判断"),
    RecursionError: N_("自己引用自己，没有尽头"),
    OverflowError: N_("数或范围太大"),
    MemoryError: N_("内容太大，放不下"),
    TimeoutError: N_("算了很久还没有算完，像是没有尽头"),
    TypeError: N_("用在了不合适的值上：可能是空的（none），或数和文字混在一起"),
}


class _PatientTemplate(jinja2.Template):
    """A template that is given up when it does not come to an end."""

    def render(self, *args: Any, **kwargs: Any) -> str:
        """Return the page; raises TimeoutError."""
        self._begin()
        return super().render(*args, **kwargs)

    @property
    def module(self) -> TemplateModule:
        """Return what the template gives to others; raises TimeoutError."""
        self._begin()
        return super().module

    def _begin(self) -> None:
        if isinstance(self.environment, FencedTemplates):
            self.environment.patience.begin()


class FencedTemplates(ImmutableSandboxedEnvironment):
    """Templates that run no Python and open no file, whoever wrote them.

    Jinja's sandbox alone keeps them from the inside of objects; but a path that is public can be written to,
    and MkDocs' theme makes templates without a fence. So nothing is called here but functions that were
    handed over, macros, and methods of plain values. Nor does one that has no end hold up a build.
    """

    template_class = _PatientTemplate
    intercepted_binops = frozenset({"**", "*"})

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.patience = Patience(SECONDS)
        self.filters.update(bounds(self.patience))
        # Words without sense, as many as are asked for.
        del self.globals["lipsum"]

    def call(self, context: jinja2.runtime.Context, obj: Any, *args: Any, **kwargs: Any) -> Any:
        """Return what ``obj`` returns; a loop that calls itself is a loop."""
        self.patience.check()
        if isinstance(obj, LoopContext) and args:
            args = (self.patience.rounds(args[0]), *args[1:])
        return super().call(context, obj, *args, **kwargs)

    def call_binop(self, context: jinja2.runtime.Context, operator: str, left: Any, right: Any) -> Any:
        """Return the result of an operator."""
        return result_of(operator, left, right)

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        return super()._generate(with_rounds(source), name, filename, defer_init)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Return whether a template may have ``obj.attr``."""
        if callable(value) and type(obj) not in _ACTING:
            return False
        return super().is_safe_attribute(obj, attr, value)

    def is_safe_callable(self, obj: Any) -> bool:
        """Return whether a template may call ``obj``: no class but those that Jinja itself offers."""
        return super().is_safe_callable(obj) and (not isinstance(obj, type) or obj in _MAKERS)


def has_own_look(theme: Path) -> bool:
    """Return whether the county put anything into its folder of templates; raises SetupError.

    What lies there must be files of the county's own: a link would put what it leads to on a page.
    """
    entries = sorted(theme.rglob("*")) if theme.is_dir() else []
    for path in (theme, *entries):
        if path.is_symlink():
            shown = path.relative_to(theme.parent.parent).as_posix()
            raise SetupError(_("外观的文件夹里不能有链接，请放文件本身"), file=shown)
    return any(path.is_file() and path.name not in _NO_LOOK for path in entries)


def environment_kind(theme: Path) -> type[jinja2.Environment]:
    """Return what is to read templates: with a fence where the county has some of its own; raises SetupError.

    The package's own need none, and a fence costs time on every page.
    """
    return FencedTemplates if has_own_look(theme) else jinja2.Environment


def fenced(environment: jinja2.Environment, theme: Path) -> jinja2.Environment:
    """Return ``environment``, or one like it with a fence where the county has templates of its own."""
    if not has_own_look(theme):
        return environment
    own = FencedTemplates(
        loader=environment.loader, auto_reload=False, extensions=tuple(environment.extensions)
    )
    # What the fence has of its own has an end.
    own.filters.update({name: made for name, made in environment.filters.items() if name not in FILTERS})
    own.globals.update(
        {name: value for name, value in environment.globals.items() if name not in DEFAULT_NAMESPACE}
    )
    return own


def cache_for(cache: Path, kind: type[jinja2.Environment]) -> Path:
    """Return the folder below ``cache`` for what is compiled for ``kind``: each is of use to it alone."""
    folder = cache / "fenced" if issubclass(kind, FencedTemplates) else cache
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def template_error(error: Exception, template: str, theme: Path) -> SetupError | None:
    """Return what is said of ``template``, which could not be drawn: of a county's own its file and line.

    None where the county's templates had no part in it: a fault of the program is no set-up to mend.
    """
    if isinstance(error, SetupError):
        return None
    file, line = _own_place(error, template, theme)
    if isinstance(error, jinja2.TemplateError):
        file = file or getattr(error, "name", None) or template
        problem = error.message or type(error).__name__
    elif file:
        problem = _what_went_wrong(error)
    else:
        return None
    return SetupError(_("模板有误：{problem}").format(problem=problem), file=file, line=line)


def _own_place(error: Exception, template: str, theme: Path) -> tuple[str, int | None]:
    """Return file and line in the county's own template where ``error`` arose, "" where none had a part."""
    places = [(frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__)]
    if isinstance(error, jinja2.TemplateSyntaxError):
        places.append((error.filename or "", error.lineno))
    above, inside = theme.parent.parent, theme.resolve()
    for name, line in reversed(places):
        if Path(name).is_absolute() and Path(name).resolve().is_relative_to(inside):
            return Path(name).resolve().relative_to(above.resolve()).as_posix(), line
    own = theme / template
    # One that cannot even be read through has no line yet.
    return (own.relative_to(above).as_posix(), None) if own.is_file() else ("", None)


def _what_went_wrong(error: Exception) -> str:
    """Return in words what a template ran into; what Python says would repeat the value it was about."""
    for kind, told in _TROUBLES.items():
        if isinstance(error, kind):
            return _(told)
    return _("运行出错（{kind}）").format(kind=type(error).__name__)
