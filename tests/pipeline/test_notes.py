"""Notes hold for as long as what they sum up is told the same, and not one build longer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from generator.pipeline.notes import Notes
from generator.pipeline.summaries import Reader, Summary, mark_of_villages, packed


def village(slug: str, **told: Any) -> Summary:
    facts = {"slug": slug, "name": slug, "kind": "village", "township": "dong", "closed": False}
    return Summary(packed(json.dumps(facts | {"households": None} | told)), Reader())


def noted(path: Path, *asked: tuple[str, Sequence[Summary]], is_all: bool = True) -> list[str]:
    """Return of which notes the villages had to be gone through, in a build that asks for some."""
    made: list[str] = []

    def summed(name: str, villages: Sequence[Any]) -> list[str]:
        made.append(name)
        return [one["slug"] for one in villages]

    notes = Notes(path, partial(mark_of_villages, "setup"))
    for name, villages in asked:
        assert notes.remember(name, villages, partial(summed, name)) == [one["slug"] for one in villages]
    notes.save(is_all=is_all)
    return made


def test_a_note_is_made_anew_where_anything_else_is_told_of_its_villages(tmp_path: Path):
    path, one, other = tmp_path / "notes", [village("a"), village("b")], [village("c")]

    assert noted(path, ("sums dong", one), ("sums bei", other)) == ["sums dong", "sums bei"]
    assert noted(path, ("sums dong", one), ("sums bei", other)) == []
    assert noted(path, ("sums dong", [village("a", late=[1]), village("b")]), ("sums bei", other)) == [
        "sums dong"
    ]
    assert noted(path, ("sums dong", one[::-1]), ("sums bei", one)) == ["sums dong", "sums bei"]


def test_notes_that_were_not_asked_for_stay_while_not_all_of_them_are(tmp_path: Path):
    path, villages = tmp_path / "notes", [village("a")]
    noted(path, ("sums", villages), ("posted", villages))

    assert noted(path, ("sums", villages), is_all=False) == []
    assert noted(path, ("posted", villages)) == []
    assert noted(path, ("sums", villages)) == ["sums"]
