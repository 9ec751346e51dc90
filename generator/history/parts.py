"""Parts: what a history tells of one village's files, as JSON can keep it until HEAD moves."""

from __future__ import annotations

from datetime import date
from typing import Any

from generator.history.commits import Commit
from generator.history.repository import Version, Versions
from generator.history.timeline import FileVersion, Timeline
from generator.history.trailers import Trailers


def part_facts(versions: Versions, timeline: Timeline) -> dict[str, Any]:
    """Return the versions and the timeline of one village as plain values; what changed since is no part."""
    commits: dict[str, Commit] = {}
    chains: dict[str, list[list[Any]]] = {}
    for path, chain in timeline.by_path.items():
        told = chains[path] = []
        for version in chain:
            commits.setdefault(version.commit.id, version.commit)
            source = version.source
            if source is not None:
                commits.setdefault(source.id, source)
            told.append(
                [
                    *(version.path, version.blob, version.commit.id),
                    *(source.id if source is not None else "", version.since.isoformat()),
                ]
            )
    return {
        "versions": {path: [found.commit, found.day.isoformat()] for path, found in versions.by_path.items()},
        "commits": {name: _commit_facts(commit) for name, commit in commits.items()},
        "chains": chains,
        "logged": {path: day.isoformat() for path, day in timeline.logged.items()},
        "is_shallow": timeline.is_shallow,
    }


def part_of(facts: dict[str, Any], head: str, changed: frozenset[str]) -> tuple[Versions, Timeline]:
    """Return what ``facts`` tell, at ``head``, where the bytes of ``changed`` are not committed."""
    commits = {name: _commit(name, kept) for name, kept in facts["commits"].items()}
    by_path = {
        path: tuple(
            FileVersion(own, blob, commits[commit], commits.get(source), date.fromisoformat(since))
            for own, blob, commit, source, since in chain
        )
        for path, chain in facts["chains"].items()
    }
    logged = {path: date.fromisoformat(day) for path, day in facts["logged"].items()}
    versions = {
        path: Version(commit, date.fromisoformat(day)) for path, (commit, day) in facts["versions"].items()
    }
    return Versions(head, versions, changed), Timeline(head, facts["is_shallow"], by_path, logged)


def _commit_facts(commit: Commit) -> list[Any]:
    said = commit.trailers
    return [
        *(list(commit.parents), commit.author, commit.committer, commit.day.isoformat()),
        [said.reason, said.reviewed, said.prepared, said.withdrawn],
    ]


def _commit(name: str, kept: list[Any]) -> Commit:
    parents, author, committer, day, said = kept
    return Commit(name, tuple(parents), author, committer, date.fromisoformat(day), Trailers(*said), ())
