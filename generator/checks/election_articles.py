"""Election articles: which article answers which question about an election, by kind of village."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from generator.checks.ballots import Row, role_names
from generator.checks.context import Context, cited
from generator.model.finding import Place
from generator.model.resource import Resource
from generator.promises.law import Article

Options = Mapping[str, Any]
Rows = Sequence[tuple[Row, int]]
ByKind = Mapping[str, tuple[str, ...]]

# The articles of each question, by kind of village; provincial ones speak only in their province.
ARTICLES: Mapping[str, ByKind] = {
    "candidates": {
        "village": ("VC18-15-candidates", "VC25-18-candidates"),
        "community": ("RC25-18-candidates",),
    },
    "again": {"village": ("VC18-15-again", "VC25-18-again"), "community": ("RC25-19-again",)},
    "again_days": {"village": ("ZJE20-29", "SHE20-21")},
    "tie": {"village": ("ZJE20-28", "SHE20-20")},
    "result": {"village": ("VC18-15-result", "VC25-18-result")},
    "size": {"village": ("VC18-6-size", "VC25-8-size"), "community": ("RC25-8-size",)},
    "women": {"village": ("VC18-6-women", "VC25-8-women"), "community": ("RC25-8-women",)},
    "no_proxies": {"community": ("RC25-19-none",)},
    "exit": {"village": ("VC18-12-exit", "VC25-15-exit")},
    "term": {"village": ("VC25-14-term",), "community": ("RC25-14-term",)},
}


def in_force(context: Context, question: str, resource: Resource, day: date) -> tuple[Article, ...]:
    """Return the articles on ``question`` that were in force in this village on ``day``."""
    return context.book.in_force(ARTICLES[question].get(resource.village.kind, ()), day)


def basis_of(context: Context, question: str, resource: Resource, day: date) -> str:
    """Return the article in brackets, or "" where only good sense asks."""
    return next((cited(a.citation) for a in in_force(context, question, resource, day)), "")


def result_place(resource: Resource, options: Options, line: int, role: str) -> Place:
    """Return the place of the cell that plays ``role`` on a line of the results."""
    return Place(resource.path, line, role_names(resource.parts[options["results"]])[role])
