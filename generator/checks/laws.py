"""The laws that a schema can state, and the judging of tables by them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from generator.checks.arithmetic import continuity, period_balance, product, running_balance, total
from generator.checks.ballots import ballots
from generator.checks.contests import contest
from generator.checks.context import Context
from generator.checks.majorities import majority
from generator.checks.recalls import recall
from generator.checks.rule_laws import RULE_LAWS
from generator.checks.rule_statement import require_rules
from generator.checks.stages import stages
from generator.checks.statement import (
    COLUMN,
    COLUMNS,
    NUMBER,
    NUMBERS,
    PART,
    PART_COLUMN,
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
        {"rounds": PART, "seats": PART, "results": PART, "elected": TEXT, "roll": PART},
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
            **{"first": TEXT, "again": TEXT, "elected": TEXT, "households": TEXT},
            **{"notice": COLUMN, "urgent": COLUMN, "is_urgent": TEXT},
        },
        needs_with={"rounds": ("results", "first", "elected"), "urgent": ("is_urgent",)},
        rests_on="ballots",
        part_roles={
            "rounds": ("round", "date", "registered", "voted", "returned"),
            "results": ("round", "votes", "outcome"),
            "votes": ("body", "date", "members", "present", "yes", "no", "abstained"),
        },
    ),
    Law(
        "contest",
        contest,
        {
            **{"rounds": PART, "seats": PART, "results": PART, "committee": PART, "without": TEXTS},
            **{"first": TEXT, "elected": TEXT, "whole": TEXT, "woman": TEXT, "relative": TEXT},
        },
        needs=("rounds", "seats", "results", "first", "elected", "whole", "woman"),
        rests_on="ballots",
        part_roles={
            "rounds": ("round", "date"),
            "seats": ("round", "post", "seats"),
            "results": ("round", "post", "candidate", "votes", "outcome"),
            "committee": ("member",),
        },
    ),
    Law(
        "recall",
        recall,
        {"part": PART, "representatives": TEXT, "passed": TEXT},
        needs=("part", "representatives", "passed"),
        part_roles={
            "part": (
                *("by", "asked", "signers", "eligible", "date", "registered", "voted"),
                *("yes", "outcome"),
            )
        },
    ),
    Law(
        "stages",
        stages,
        {"part": PART, "stage": PART_COLUMN, "date": PART_COLUMN, "order": TEXTS},
        needs=("part", "stage", "date", "order"),
    ),
    *RULE_LAWS,
)
_ORDER = {law.name: at for at, law in enumerate(LAWS)}


def judge_resource(resource: Resource, context: Context, *, across: bool) -> Iterator[Finding]:
    """Yield what the stated laws find; a table with unreadable cells is not put to arithmetic.

    First the laws that look at the table alone; ``across``, those that compare it with other tables.
    """
    if resource.is_held_back:
        return
    broken: set[str] = set()
    for law in _stated(tuple(resource.item.laws), across):
        if law.rests_on in broken:
            continue
        for finding in law.check(resource, resource.item.laws[law.name], context):
            if finding.is_error:
                broken.add(law.name)
            yield finding


# An item states the same laws of all its tables.
@lru_cache(maxsize=256)
def _stated(names: tuple[str, ...], across: bool) -> tuple[Law, ...]:
    """Return the laws called ``names`` that look across tables, or those that do not, in their order."""
    laws = [LAWS[at] for at in sorted(_ORDER[name] for name in names if name in _ORDER)]
    return tuple(law for law in laws if law.looks_across is across)


def judge_sequence(resources: Sequence[Resource], nil: frozenset[Period]) -> Iterator[Finding]:
    """Yield what the laws between periods find in one item's ``resources``, oldest first."""
    if resources and CONTINUITY in resources[-1].item.laws:
        yield from continuity(resources, resources[-1].item.laws[CONTINUITY], nil)


def require_laws(catalogue: Catalogue) -> None:
    """Raise SetupError for a law that nobody implements, or that its own schema cannot carry.

    Laws across items come last, so that a mistake is named in the schema that makes it.
    """
    known = {law.name: law for law in LAWS}
    for across in (False, True):
        for versions in catalogue.versions.values():
            for item in versions:
                for name, options in item.laws.items():
                    if across is (name in known and known[name].looks_across):
                        _require_law(item, known.get(name), name, options, catalogue)


def _require_law(
    item: DisclosureItem, law: Law | None, name: str, options: Mapping[str, Any], catalogue: Catalogue
) -> None:
    if name == CONTINUITY:
        _require_continuity(item, options)
    elif law is None:
        names = "、".join([*(known.name for known in LAWS), CONTINUITY])
        refuse(item, name, _("没有这条规则，可以写的有：{names}").format(names=names))
    elif law.rule_options:
        require_rules(item, law, options, catalogue)
    else:
        require_statement(item, law, options)


def _require_continuity(item: DisclosureItem, options: Mapping[str, Any]) -> None:
    """Balances are carried in the very series in which they run."""
    balance = next((item.laws[name] for name in _BALANCES if name in item.laws), None)
    if balance is None:
        names = "、".join(_BALANCES)
        refuse(item, CONTINUITY, _("要和 {names} 之一同写").format(names=names))
    if set(options) - {"by"} or options.get("by", []) != balance.get("by", []):
        refuse(item, CONTINUITY, _("只写 by，并与结余那条规则的 by 相同"))
