"""Placeholders: what a translation must keep of its message so that it can be filled in."""

from __future__ import annotations

import re
import string

from generator.wording import _
from generator.wording.languages import EXTRA_FACTS

_NAMED = re.compile(r"%\((\w+)\)s")
_BARE = re.compile(r"%(?!\(\w+\)s)")
_TAG = re.compile(r"</?[a-zA-Z][^>]*>")


def problem_of(message: str, translation: str) -> str:
    """Return what is wrong with the placeholders of ``translation``, or ""."""
    wanted, found = _fields(message), _fields(translation)
    if wanted is None:  # braces of another kind: the message is never filled in
        return ""
    if found is None:
        return _("大括号不成对")
    extra = EXTRA_FACTS.get(message, frozenset())
    unknown = found - wanted - extra
    missing = set() if found & extra else wanted - found
    if unknown or missing:
        names = "、".join(sorted(f"{{{name}}}" for name in unknown or missing))
        told = _("译文里多出 {names}") if unknown else _("译文里缺少 {names}")
        return told.format(names=names)
    if sorted(set(_NAMED.findall(message))) != sorted(set(_NAMED.findall(translation))):
        return _("译文里的 %(…)s 和原文不同")
    if len(_BARE.findall(message)) != len(_BARE.findall(translation)):
        return _("译文里的百分号和原文不同")
    if sorted(_TAG.findall(message)) != sorted(_TAG.findall(translation)):
        return _("译文里的网页标签和原文不同")
    return ""


def _fields(text: str) -> set[str] | None:
    try:
        return {
            name for _text, name, _form, _conversion in string.Formatter().parse(text) if name is not None
        }
    except ValueError:
        return None
