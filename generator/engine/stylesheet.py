"""Material's style sheet, less the rules for what our pages never show: a fifth of its weight remains."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

_SIGN = re.compile(r'"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\'|/\*.*?\*/|[{};]', re.DOTALL)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_NEGATION = re.compile(r":not\([^()]*\)")
_CLASS = re.compile(r"\.(-?[_a-zA-Z][\w-]*)")
_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)")
_CLASSES = re.compile(r'class="([^"]*)"')
_RIGHT_TO_LEFT = "[dir=rtl]"


def trim(css: str, page: str, other_css: str = "") -> str:
    """Return the rules of ``css`` that can match ``page`` whatever its content, and the variables they want.

    Rules for plain elements stay; rules for classes stay when ``page`` has them. ``other_css`` is the
    rest of the page's style, which may use the variables too.
    """
    classes = frozenset(name for names in _CLASSES.findall(page) for name in names.split())
    kept = "".join(_kept_rules(css, classes))
    while True:
        wanted = frozenset(_VARIABLE.findall(kept + other_css))
        leaner = "".join(_without_variables(kept, wanted))
        if leaner == kept:
            return kept
        kept = leaner


def _kept_rules(css: str, classes: Container[str]) -> Iterator[str]:
    for prelude, body in _rules(css):
        if body is None:
            yield prelude
        elif prelude.startswith(("@media", "@supports")):
            if inner := "".join(_kept_rules(body, classes)):
                yield f"{prelude}{{{inner}}}"
        elif prelude.startswith("@"):
            if not prelude.startswith("@keyframes"):  # nothing that moves is left
                yield f"{prelude}{{{body}}}"
        elif selectors := [each for each in _selectors(prelude) if _can_match(each, classes)]:
            yield f"{','.join(selectors)}{{{body}}}"


def _without_variables(css: str, wanted: Container[str]) -> Iterator[str]:
    for prelude, body in _rules(css):
        if body is None:
            yield prelude
        elif prelude.startswith(("@media", "@supports")):
            yield f"{prelude}{{{''.join(_without_variables(body, wanted))}}}"
        else:
            lines = [line for line in _declarations(body) if _is_wanted(line, wanted)]
            if lines:
                yield f"{prelude}{{{';'.join(lines)}}}"


def _is_wanted(declaration: str, wanted: Container[str]) -> bool:
    name = declaration.partition(":")[0].strip()
    return not name.startswith("--") or name in wanted


def _can_match(selector: str, classes: Container[str]) -> bool:
    if _RIGHT_TO_LEFT in selector:
        return False
    return all(name in classes for name in _CLASS.findall(_NEGATION.sub("", selector)))


def _rules(css: str) -> Iterator[tuple[str, str | None]]:
    """Yield each rule as what stands before its braces and within; a statement has no braces."""
    depth = start = inside = 0
    for sign in _SIGN.finditer(css):
        match sign[0]:
            case "{":
                depth += 1
                if depth == 1:
                    inside = sign.end()
            case "}":
                depth -= 1
                if depth == 0:
                    yield _COMMENT.sub("", css[start : inside - 1]).strip(), css[inside : sign.start()]
                    start = sign.end()
            case ";" if depth == 0:
                yield _COMMENT.sub("", css[start : sign.end()]).strip(), None
                start = sign.end()


def _declarations(body: str) -> Iterator[str]:
    start = 0
    for sign in _SIGN.finditer(body):
        if sign[0] == ";":
            yield body[start : sign.start()]
            start = sign.end()
    if body[start:].strip():
        yield body[start:]


def _selectors(prelude: str) -> Iterator[str]:
    """Yield the selectors between commas, those within brackets left whole."""
    depth, start = 0, 0
    for place, sign in enumerate(prelude):
        depth += (sign in "([") - (sign in ")]")
        if sign == "," and depth == 0:
            yield prelude[start:place]
            start = place + 1
    yield prelude[start:]
