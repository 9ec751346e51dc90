"""The laws that a schema can state, and the functions that hold its tables to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.checks.arithmetic import continuity, period_balance, product, running_balance, total
from generator.checks.ballots import ballots, majority
from generator.checks.stages import stages
from generator.model.finding import Finding, SetupError
from generator.model.item import DisclosureItem
from generator.model.period import Period
from generator.model.resource import Resource
from generator.promises.schemas import Catalogue
from generator.wording import _

ResourceCheck = Callable[[Resource, Mapping[str, Any]], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Law:
    """One law: the property's name in a schema, its check, and what the schema must bring along.

    ``needs`` are option keys, ``roles`` roles of columns, ``columns`` options that name columns, ``parts``
    options that name parts.
    """

    name: str
    check: ResourceCheck
    needs: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    columns: tuple[str, ...] = ("by",)
    parts: tuple[str, ...] = ()


LAWS: tuple[Law, ...] = (
    Law("running_balance", running_balance, roles=("income", "expense", "balance")),
    Law("period_balance", period_balance, columns=("by", "kind", "amount", "label")),
    Law("product", product, needs=("of", "is"), columns=("of", "is")),
    Law("total", total, needs=("label", "total", "of"), columns=("by", "label", "of")),
    Law(
        "ballots",
        ballots,
        needs=("rounds", "seats", "results", "elected"),
        parts=("rounds", "seats", "results"),
    ),
    Law("majority", majority, parts=("rounds", "seats", "results", "votes")),
    Law("stages", stages, needs=("part", "stage", "date", "order"), parts=("part",)),
)
CONTINUITY = "continuity"


def judge_resource(resource: Resource) -> Iterator[Finding]:
    """Yield what the stated laws find; a table with unreadable cells is not put to arithmetic."""
    if resource.is_held_back:
        return
    for law in LAWS:
        options = resource.item.laws.get(law.name)
        if options is not None:
            yield from law.check(resource, options)


def judge_sequence(resources: Sequence[Resource], nil: frozenset[Period]) -> Iterator[Finding]:
    """Yield what the laws between periods find in one item's ``resources``, oldest first."""
    if resources and CONTINUITY in resources[-1].item.laws:
        yield from continuity(resources, resources[-1].item.laws[CONTINUITY], nil)


def require_laws(catalogue: Catalogue) -> None:
    """Raise SetupError for a law that nobody implements, or that its own schema cannot carry."""
    for versions in catalogue.versions.values():
        for item in versions:
            for name, options in item.laws.items():
                _require(item, name, options)


def _require(item: DisclosureItem, name: str, options: Mapping[str, Any]) -> None:
    known = {law.name: law for law in LAWS}
    key = f"disclosure.laws.{name}"
    if name == CONTINUITY:
        return
    if name not in known:
        names = "、".join([*known, CONTINUITY])
        raise SetupError(
            _("没有这条规则，可以写的有：{names}").format(names=names), file=item.source, line=1, key=key
        )
    law = known[name]
    for option in law.needs:
        if option not in options:
            raise SetupError(_("缺少「{key}」").format(key=option), file=item.source, line=1, key=key)
    for role in law.roles:
        if item.schema.name_of(role) is None:
            raise SetupError(
                _("没有 role 为「{role}」的列").format(role=role), file=item.source, line=1, key=key
            )
    columns = {field.name for field in item.schema.fields}
    for option in law.columns:
        named = options.get(option, ())
        for column in (named,) if isinstance(named, str) else named:
            if column not in columns:
                raise SetupError(
                    _("没有「{key}」这一列").format(key=column), file=item.source, line=1, key=key
                )
    for option in law.parts:
        if option in options and options[option] not in item.parts:
            raise SetupError(
                _("没有「{key}」这一部分").format(key=options[option]), file=item.source, line=1, key=key
            )
