"""Citations: the articles behind the laws whose thresholds stand in no schema."""

from __future__ import annotations

from collections.abc import Iterable

from generator.checks import election_articles, recalls
from generator.checks.quorum import BODIES, MODES, Body, Mode
from generator.model.item import DisclosureItem


def cited_by(item: DisclosureItem, law: str) -> tuple[str, ...]:
    """Return the keys of the articles by which ``law`` judges ``item``, each once; () for other laws."""
    options = item.laws[law]
    found: list[str] = []
    if law == "majority" and "rounds" in options:
        modes = [mode for kind in item.applies_to for mode in MODES.get(kind, {}).values()]
        found += [key for mode in modes for key in _keys_of_mode(mode)]
    if law == "majority" and "votes" in options:
        part = item.parts[options["votes"]]
        words = part.field_named(part.name_of("body") or "").constraints["enum"]
        found += [key for word in words for key in _keys_of_body(BODIES[word])]
    if law == "contest":
        found += _of_kinds(election_articles.ARTICLES.values(), item)
    if law == "recall":
        found += [
            key
            for kind in item.applies_to
            for keys in recalls.ARTICLES.get(kind, {}).values()
            for key in keys
        ]
    return tuple(dict.fromkeys(found))


def _keys_of_mode(mode: Mode) -> tuple[str, ...]:
    return (*mode.turnout, *mode.elected, *mode.again)


def _keys_of_body(body: Body) -> tuple[str, ...]:
    return (*body.attend, *body.households, *body.agree, *body.notice, *body.size)


def _of_kinds(questions: Iterable[election_articles.ByKind], item: DisclosureItem) -> list[str]:
    return [key for question in questions for kind in item.applies_to for key in question.get(kind, ())]
