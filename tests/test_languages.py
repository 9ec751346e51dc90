"""The catalogues that come with the package: complete, current, and fit to be filled in."""

from __future__ import annotations

import ast
import re

import pytest
from babel.messages.catalog import Catalog

from generator.promises.placeholders import problem_of
from tests.catalogue import (
    LOCALE,
    MARKS,
    POT,
    ROOT,
    TERMS_POT,
    TRADITIONAL,
    draw_traditional,
    extract_terms,
    read_translation,
    traditional,
)

_HAN = re.compile(r"[\u3400-\u9fff\u3000-\u303f\uff00-\uffef]")
# In English too these stand as a clerk has to type them, or show what Chinese looks like.
_QUOTED = re.compile(r"“[^”]*”|\{\{[^}]*\}\}")
_WORDS = re.compile(r"[\u3400-\u9fff]+")
_BRACED = re.compile(r"\{\{.*?\}\}")
# Characters that are simplified for one word and traditional in another, and where they are right.
_BOTH = set("里准游")
_RIGHT = ("鄰里", "公里", "批准", "准入", "獲准", "准備案", "游離", "核准", "准予")
_SHOWN_AS_THEY_ARE = {"简体"}
DOMAINS = ("cunwu", "schemas")


def entries(catalogue: Catalog) -> dict[str, tuple[str, ...]]:
    """Return the forms of each message."""
    found = {}
    for entry in catalogue:
        if entry.id:
            message = entry.id[0] if isinstance(entry.id, tuple) else entry.id
            found[message] = (
                tuple(entry.string) if isinstance(entry.string, tuple | list) else (entry.string or "",)
            )
    return found


def template(domain: str) -> set[str]:
    return set(entries(read_translation(POT if domain == "cunwu" else TERMS_POT)))


def test_the_words_of_schemas_law_and_settings_are_current():
    assert TERMS_POT.read_bytes() == extract_terms(), "run: make catalogue"


def test_the_traditional_characters_are_drawn_from_the_simplified_ones():
    for name, content in draw_traditional().items():
        assert (TRADITIONAL / name).read_bytes() == content, "run: make catalogue"


@pytest.mark.parametrize("domain", DOMAINS)
def test_no_simplified_character_is_left_in_the_traditional_words(domain: str):
    left: dict[str, set[str]] = {}
    for forms in entries(read_translation(TRADITIONAL / f"{domain}.po")).values():
        for word in (word for form in forms for word in _WORDS.findall(_BRACED.sub("", form))):
            if any(traditional(mark) != mark for mark in word):
                left.setdefault("".join(m for m in word if traditional(m) != m), set()).add(word)

    assert {mark for mark in left if set(mark) - _BOTH} == set()
    assert {word for words in left.values() for word in words if not any(w in word for w in _RIGHT)} == set()


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("language", ["en", "zh_Hant"])
def test_every_message_is_translated_and_can_be_filled_in(language: str, domain: str):
    found = entries(read_translation(LOCALE / language / f"{domain}.po"))

    assert template(domain) - {message for message, forms in found.items() if all(forms)} == set()
    assert set(found) - template(domain) == set(), "these messages are gone"
    broken = {m: problem_of(m, form) for m, forms in found.items() for form in forms if problem_of(m, form)}
    assert broken == {}


@pytest.mark.parametrize("domain", DOMAINS)
def test_english_has_chinese_only_where_it_quotes_it(domain: str):
    found = entries(read_translation(LOCALE / "en" / f"{domain}.po"))
    loose = [
        form
        for message, forms in found.items()
        for form in forms
        if message not in _SHOWN_AS_THEY_ARE and _HAN.search(_QUOTED.sub("", form))
    ]

    assert loose == []


def test_english_counts_one_thing_and_several():
    found = entries(read_translation(LOCALE / "en" / "cunwu.po"))

    assert found["{count} 条"] == ("{count} entry", "{count} entries")


def import_time_calls(source: str, marks: tuple[str, ...]) -> list[int]:
    """Return the lines on which ``source`` calls one of ``marks`` while it is imported."""
    lines: list[int] = []

    def look(node: ast.AST) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
                for early in (*child.decorator_list, *child.args.defaults, *child.args.kw_defaults):
                    if early is not None:
                        note(early)
            elif not isinstance(child, ast.Lambda):
                note(child)

    def note(node: ast.AST) -> None:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in marks:
            lines.append(node.lineno)
        look(node)

    look(ast.parse(source))
    return lines


def test_nothing_is_said_at_import():
    said = tuple(mark for mark in (*MARKS, "said", "retold", "month_name") if mark != "N_")
    found = {
        path.relative_to(ROOT).as_posix(): lines
        for path in sorted((ROOT / "generator").rglob("*.py"))
        if (lines := import_time_calls(path.read_text(encoding="utf-8"), said))
    }

    assert found == {}, "mark these with N_ and say them with _ where they are used"


@pytest.mark.parametrize(
    "source",
    [
        'WORD = _("村")',
        'class A:\n    word = _("村")',
        'def f(x=_("村")): ...',
        '@option(help=_("村"))\ndef f(): ...',
    ],
)
def test_what_is_said_at_import_is_noticed(source: str):
    assert import_time_calls(source, ("_",)) != []


def test_what_is_said_in_a_function_is_not_at_import():
    assert import_time_calls('def f():\n    return _("村")\nG = lambda: _("村")', ("_",)) == []
