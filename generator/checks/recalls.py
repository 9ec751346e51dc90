"""Recalls: whether enough asked for one, and whether its votes bear out its result."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.checks.ballots import by_role, role_names
from generator.checks.context import Context, cited
from generator.checks.quorum import reaches, share_words
from generator.model.finding import Finding, Place
from generator.model.resource import Resource

Options = Mapping[str, Any]

# By kind of village: the petition of voters, that of representatives, who must vote, and who must agree.
ARTICLES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "village": {
        "voters": ("VC18-16-petition", "VC25-19-petition"),
        "representatives": ("VC18-16-petition-representatives", "VC25-19-petition-representatives"),
        "turnout": ("VC18-16-turnout", "VC25-19-turnout"),
        "passed": ("VC18-16-passed", "VC25-19-passed"),
    },
    "community": {
        "voters": ("RC25-20-petition",),
        "representatives": ("RC25-20-petition-representatives",),
        "turnout": (),
        "passed": (),
    },
}


def articles_of_recall(kind: str, row: Mapping[str, Any], options: Options) -> dict[str, tuple[str, ...]]:
    """Return the articles on a recall in a village of ``kind``: signed, turnout and passed."""
    articles = ARTICLES.get(kind, {})
    signed = "representatives" if row["by"] == options["representatives"] else "voters"
    keys = {"signed": signed, "turnout": "turnout", "passed": "passed"}
    return {name: articles.get(key, ()) for name, key in keys.items()}


def recall(resource: Resource, options: Options, context: Context) -> Iterator[Finding]:
    """Yield warnings where the record does not show the petition, the turnout or the votes of a recall."""
    part = resource.parts[options["part"]]
    names = role_names(part)
    for row, line in by_role(part):
        articles = articles_of_recall(resource.village.kind, row, options)
        for article in context.book.in_force(articles["signed"], row["asked"]):
            if not reaches(article, row["signers"], row["eligible"]):
                place = Place(resource.path, line, names["signers"])
                facts = {key: row[key] for key in ("by", "signers", "eligible")}
                share, basis = share_words(article), cited(article.citation)
                yield Finding.of("petition-few", place, share=share, basis=basis, **facts)
        is_valid = True
        for article in context.book.in_force(articles["turnout"], row["date"]):
            if not reaches(article, row["voted"], row["registered"]):
                is_valid = False
                place = Place(resource.path, line, names["voted"])
                facts = {"voted": row["voted"], "registered": row["registered"], "round": options["part"]}
                share, basis = share_words(article), cited(article.citation)
                yield Finding.of("majority-turnout", place, share=share, basis=basis, **facts)
        for article in context.book.in_force(articles["passed"], row["date"]):
            agreed = reaches(article, row["yes"], row["voted"])
            passed = row["outcome"] == options["passed"]
            if passed != agreed and (passed or is_valid):
                place = Place(resource.path, line, names["outcome"])
                facts = {key: row[key] for key in ("voted", "yes", "outcome")}
                share, basis = share_words(article), cited(article.citation)
                yield Finding.of("recall-result", place, share=share, basis=basis, **facts)
