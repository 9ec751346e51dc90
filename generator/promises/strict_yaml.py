"""Strict YAML: every scalar is text, and the line that each value stands on is known."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from generator.promises.plain_yaml import read_plain


@dataclass(frozen=True, slots=True)
class YamlProblem:
    """Something that strict YAML does not allow: ``code`` names the wording, ``facts`` fill it."""

    code: str
    line: int
    facts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class YamlText:
    """A YAML document: ``value`` of mappings, lists and text; ``lines`` from path to 1-based line."""

    value: Any
    lines: dict[tuple[str | int, ...], int]
    problems: tuple[YamlProblem, ...]

    def line_of(self, *path: str | int) -> int:
        """Return the line of the value at ``path``, or of the nearest value around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_yaml(text: str) -> YamlText:
    """Return the one document in ``text``; what breaks the rules is listed in ``problems``.

    Duplicate keys, anchors and aliases, several documents, foreign tags and deep nesting are problems;
    the empty plain scalar and ``~`` are the empty text.
    """
    plain = read_plain(text)
    if plain is not None:
        return YamlText(*plain, ())
    # PyYAML is loaded only for what is not plain: loading it takes longer than reading a county's settings.
    from generator.promises.any_yaml import read_any

    return read_any(text)
