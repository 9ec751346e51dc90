"""Words put into compiled templates say what the call would have said."""

from __future__ import annotations

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2.ext import InternationalizationExtension
from markupsafe import Markup, escape

from generator.pages import compiling
from generator.pages.compiling import CompiledTemplates, WordedCode
from generator.pages.escaping import printed
from generator.wording import _ as worded
from generator.wording.words import Phrase

VALUES = {"name": "<甲>", "safe": Markup("<b>乙</b>"), "count": 3, "none": None}
TEXTS = (
    '{{ _("公开日历") }}',
    '<h2>{{ _("<b>名单</b>") }}</h2>',
    '{{ _("共 %(count)s 条：%(name)s、%(safe)s", count=count, name=name, safe=safe) }}',
    '{{ _("占 100%%") }}|{{ _("%(count)s%%", count=count) }}|{{ _("%%(count)s") }}',
    '{{ _("%(none)s", none=none) }}{{ _("") }}',
    '{{ _("甲") ~ name }}{{ [_("乙"), name] | join("、") }}{% set x = _("%(name)s", name=name) %}{{ x }}',
    '{% macro m(x) %}{{ _("第 %(n)s 条", n=x | length) }}{% endmacro %}{{ m(name) }}',
    '{% autoescape false %}{{ _("%(name)s", name=name) }}{% endautoescape %}',
    '{{ _("甲", a=missing) }}',
    '{% block a %}{{ _("%(name)s", name=name | upper) }}{% endblock %}',
)
WRONG = ('{{ _("%(count)s") }}', '{{ _("1%2") }}', '{{ _("%(a)s", a=missing) }}')


def _environment(*, is_worded: bool) -> jinja2.Environment:
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, extensions=[InternationalizationExtension]
    )
    if is_worded:
        environment.code_generator_class = WordedCode
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        worded, lambda one, many, n: one, newstyle=True
    )
    return environment


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_drawn_as_the_call_would_draw_it(text: str) -> None:
    drawn = [_environment(is_worded=chosen).from_string(text).render(VALUES) for chosen in (True, False)]
    assert drawn[0] == drawn[1]


@pytest.mark.parametrize("text", WRONG)
def test_what_the_call_refuses_is_refused(text: str) -> None:
    for is_worded in (True, False):
        template = _environment(is_worded=is_worded).from_string(text)
        with pytest.raises((KeyError, ValueError, jinja2.UndefinedError)):
            template.render(VALUES)


@given(st.text() | st.integers() | st.none() | st.builds(Markup, st.text()))
def test_a_value_is_printed_as_it_is_escaped(value: object) -> None:
    assert printed(value) == escape(value)


def test_a_text_that_remembers_what_it_was_made_of_is_escaped_too() -> None:
    assert printed(Phrase("{a}", {"a": "<"}, "<")) == "&lt;"


def test_words_are_in_the_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiling, "_", {"首页": "Home"}.__getitem__)
    template = _environment(is_worded=True).from_string('<a>{{ _("首页") }}</a>')
    monkeypatch.undo()
    assert template.render() == "<a>Home</a>"


def test_a_template_compiled_with_other_words_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    cache = CompiledTemplates("unused")
    source = "{{ _('首页') }} {{ _(\"a %(b)s\", b=1) }}"
    before = cache.get_source_checksum(source)
    assert cache.get_source_checksum(source) == before
    monkeypatch.setattr(compiling, "_", lambda text: {"首页": "Home"}.get(text, text))
    assert cache.get_source_checksum(source) != before
