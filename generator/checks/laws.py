"""The laws that a schema can state, and the judging of tables by them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.checks.arithmetic import continuity, period_balance, product, running_balance, total
from generator.checks.ballots import ballots, majority
from generator.checks.relations import (
    counts,
    credit_code,
    date_order,
    distinct,
    gaps,
    limits,
    part_totals,
    shares,
    sums,
)
from generator.checks.stages import stages
from generator.checks.statement import (
    ARTICLES,
    COLUMN,
    COLUMNS,
    DATE,
    DATES,
    HEAD_NUMBER,
    NUMBER,
    NUMBERS,
    PART,
    PART_COLUMN,
    PART_NUMBER,
    SHARE,
    TEXT,
    TEXTS,
    WORDS,
    Law,
    refuse,
    require_statement,
)
from generator.model.finding import Finding
from generator.model.item import DisclosureItem
from generator.model.period import Period
from generator.model.resource import Resource
from generator.promises.law import LawBook
from generator.promises.schemas import Catalogue
from generator.wording import _

CONTINUITY = "continuity"
_BALANCES = ("running_balance", "period_balance")

LAWS: tuple[Law, ...] = (
    Law(
        "running_balance",
        running_balance,
        {"by": COLUMNS, "transfers": WORDS},
        roles=("income", "expense", "balance"),
    ),
    Law(
        "total",
        total,
        {"by": COLUMNS, "label": COLUMN, "total": TEXT, "of": NUMBERS},
        needs=("label", "total", "of"),
    ),
    Law(
        "period_balance",
        period_balance,
        {
            **{"by": COLUMNS, "kind": COLUMN, "amount": NUMBER, "label": COLUMN},
            **{"total": TEXT, "opening": TEXT, "income": TEXT, "expense": TEXT, "closing": TEXT},
        },
        needs_with={"kind": ("amount", "label", "total", "opening", "income", "expense", "closing")},
        roles=("opening", "income", "expense", "closing"),
        roles_unless="kind",
        rests_on="total",
    ),
    Law("product", product, {"of": NUMBERS, "is": NUMBER}, needs=("of", "is")),
    Law(
        "ballots",
        ballots,
        {"rounds": PART, "seats": PART, "results": PART, "elected": TEXT},
        needs=("rounds", "seats", "results", "elected"),
        part_roles={
            "rounds": ("round", "registered", "voted", "issued", "returned", "valid", "invalid"),
            "seats": ("round", "post", "seats"),
            "results": ("round", "post", "votes", "outcome"),
        },
    ),
    Law(
        "majority",
        majority,
        {
            **{"rounds": PART, "seats": PART, "results": PART, "votes": PART},
            **{"first": TEXT, "again": TEXT, "elected": TEXT},
        },
        needs_with={"rounds": ("results", "first", "elected")},
        rests_on="ballots",
        part_roles={
            "rounds": ("round", "date", "registered", "voted", "returned"),
            "results": ("round", "votes", "outcome"),
            "votes": ("body", "date", "members", "present", "yes", "no", "abstained"),
        },
    ),
    Law(
        "stages",
        stages,
        {"part": PART, "stage": PART_COLUMN, "date": PART_COLUMN, "order": TEXTS},
        needs=("part", "stage", "date", "order"),
    ),
    Law(
        "sums",
        sums,
        rule_options={"part": PART, "is": NUMBER, "of": NUMBERS, "less": NUMBERS},
        rule_needs=("is", "of"),
    ),
    Law(
        "limits",
        limits,
        rule_options={"part": PART, "less": NUMBER, "more": NUMBER},
        rule_needs=("less", "more"),
    ),
    Law(
        "gaps",
        gaps,
        rule_options={"part": PART, "from": DATE, "to": DATE, "articles": ARTICLES},
        rule_needs=("from", "to", "articles"),
        asks_articles=True,
    ),
    Law("date_order", date_order, rule_options={"part": PART, "dates": DATES}, rule_needs=("dates",)),
    Law(
        "counts",
        counts,
        rule_options={"part": PART, "stated": HEAD_NUMBER},
        rule_needs=("part", "stated"),
    ),
    Law(
        "part_totals",
        part_totals,
        rule_options={"part": PART, "stated": HEAD_NUMBER, "of": PART_NUMBER},
        rule_needs=("part", "stated", "of"),
    ),
    Law(
        "shares",
        shares,
        rule_options={
            **{"part": PART, "votes": NUMBER, "of": NUMBER},
            **{"at_least": SHARE, "more_than": SHARE, "basis": TEXT},
        },
        rule_needs=("votes", "of", "at_least|more_than"),
    ),
    Law("distinct", distinct, rule_options={"part": PART, "columns": COLUMNS}, rule_needs=("columns",)),
    Law(
        "credit_code",
        credit_code,
        rule_options={"part": PART, "column": COLUMN, "prefixes": TEXTS},
        rule_needs=("column",),
    ),
)


def judge_resource(resource: Resource, book: LawBook) -> Iterator[Finding]:
    """Yield what the stated laws find; a table with unreadable cells is not put to arithmetic."""
    if resource.is_held_back:
        return
    broken: set[str] = set()
    for law in LAWS:
        options = resource.item.laws.get(law.name)
        if options is None or law.rests_on in broken:
            continue
        if law.asks_articles:
            options = {**options, "book": book}
        for finding in law.check(resource, options):
            if finding.is_error:
                broken.add(law.name)
            yield finding


def judge_sequence(resources: Sequence[Resource], nil: frozenset[Period]) -> Iterator[Finding]:
    """Yield what the laws between periods find in one item's ``resources``, oldest first."""
    if resources and CONTINUITY in resources[-1].item.laws:
        yield from continuity(resources, resources[-1].item.laws[CONTINUITY], nil)


def require_laws(catalogue: Catalogue) -> None:
    """Raise SetupError for a law that nobody implements, or that its own schema cannot carry."""
    known = {law.name: law for law in LAWS}
    for versions in catalogue.versions.values():
        for item in versions:
            for name, options in item.laws.items():
                if name == CONTINUITY:
                    _require_continuity(item, options)
                elif name in known:
                    require_statement(item, known[name], options)
                else:
                    names = "、".join([*known, CONTINUITY])
                    refuse(item, name, _("没有这条规则，可以写的有：{names}").format(names=names))


def _require_continuity(item: DisclosureItem, options: Mapping[str, Any]) -> None:
    """Balances are carried in the very series in which they run."""
    balance = next((item.laws[name] for name in _BALANCES if name in item.laws), None)
    if balance is None:
        names = "、".join(_BALANCES)
        refuse(item, CONTINUITY, _("要和 {names} 之一同写").format(names=names))
    if set(options) - {"by"} or options.get("by", []) != balance.get("by", []):
        refuse(item, CONTINUITY, _("只写 by，并与结余那条规则的 by 相同"))
