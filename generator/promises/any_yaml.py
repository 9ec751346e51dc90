"""The door to PyYAML: YAML of any form, and what in it strict YAML does not allow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from generator.promises.strict_yaml import YamlProblem, YamlText

_STANDARD_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}"
    for name in ("str", "int", "float", "bool", "null", "timestamp", "seq", "map", "merge", "value")
)
_DEPTH_LIMIT = 12
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_any(text: str) -> YamlText:
    """Return the one document in ``text``, as ``read_yaml`` does."""
    problems: list[YamlProblem] = []
    lines: dict[tuple[str | int, ...], int] = {(): 1}
    try:
        problems.extend(_event_problems(text))
        if problems:
            return YamlText(None, lines, tuple(problems))
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        return YamlText(None, lines, (*problems, YamlProblem("yaml-syntax", _error_line(error, text))))
    except RecursionError:
        return YamlText(None, lines, (*problems, YamlProblem("yaml-depth", 1)))
    value = _construct(node, (), lines, problems) if node is not None else None
    return YamlText(value, lines, tuple(problems))


def _event_problems(text: str) -> Iterator[YamlProblem]:
    documents = depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents == 2:
                yield YamlProblem("yaml-documents", _line(event))
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            yield YamlProblem("yaml-anchor", _line(event))
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth == _DEPTH_LIMIT:
                yield YamlProblem("yaml-depth", _line(event))
                # The library's time grows with the square of a tower's height.
                return
        if isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        tag = getattr(event, "tag", None)
        if tag and tag not in _STANDARD_TAGS:
            yield YamlProblem("yaml-tag", _line(event))


def _error_line(error: yaml.YAMLError, text: str) -> int:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is not None:
        return min(int(mark.line), text.count("\n")) + 1
    # A character that YAML forbids has a position instead of a mark: in bytes, as libyaml counts.
    position = getattr(error, "position", 0)
    return text.encode("utf-8")[:position].count(b"\n") + 1


def _line(marked: yaml.Node | yaml.Event) -> int:
    mark: Any = marked.start_mark
    return int(mark.line) + 1


def _construct(
    node: yaml.Node,
    path: tuple[str | int, ...],
    lines: dict[tuple[str | int, ...], int],
    problems: list[YamlProblem],
) -> Any:
    lines.setdefault(path, _line(node))
    if isinstance(node, yaml.ScalarNode):
        return "" if node.value == "~" and not node.style else node.value
    if isinstance(node, yaml.SequenceNode):
        return [_construct(child, (*path, index), lines, problems) for index, child in enumerate(node.value)]
    mapping: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = _line(key_node)
        if not isinstance(key_node, yaml.ScalarNode) or key_node.tag.endswith(":merge"):
            problems.append(YamlProblem("yaml-key", line))
            continue
        key = key_node.value
        if key in mapping:
            problems.append(YamlProblem("yaml-duplicate-key", line, {"key": key}))
            continue
        lines[(*path, key)] = line
        mapping[key] = _construct(value_node, (*path, key), lines, problems)
    return mapping
