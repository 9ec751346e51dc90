"""Statements: what a schema must write, and which columns it must have, to be held to a law."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn

from generator.checks.context import Context
from generator.checks.quorum import BODIES
from generator.model.finding import Finding, SetupError
from generator.model.item import DisclosureItem, Field, TableSchema
from generator.model.resource import Resource
from generator.wording import _

ResourceCheck = Callable[[Resource, Mapping[str, Any], Context], Iterator[Finding]]

# What an option of a law may hold.
TEXT, TEXTS, COLUMN, COLUMNS, NUMBER, NUMBERS, PART, PART_COLUMN, WORDS = range(9)
# What a rule of a law with ``rules`` may hold besides; DATES and COLUMN are of its part, if it names one.
HEAD_NUMBER, PART_NUMBER, DATES, SHARE, DATE, ARTICLES = range(9, 15)
# What a rule may hold about another item: its name, one of its parts, and columns of that.
ITEM, OTHER_PART, OTHER_COLUMN, OTHER_COLUMNS, OTHER_NUMBER, OTHER_DATE, OTHER_WORDS = range(15, 22)
LISTS = (TEXTS, COLUMNS, NUMBERS)
_VOTERS = ("registered", "voted", "issued", "returned", "valid", "invalid", "votes", "seats")
_MEMBERS = ("members", "present", "yes", "no", "abstained", "signers", "eligible")


@dataclass(frozen=True, slots=True)
class Law:
    """One law: the property's name in a schema, its check, and what the schema must bring along.

    ``options`` says what each option holds; ``needs`` are those that must be there, ``needs_with`` those
    that one option asks for. ``roles`` are columns to be found by role, unless the option ``roles_unless``
    is there; ``part_roles`` the same for the parts that options name, where every cell must be filled in.
    A law that is a list of ``rules`` says the same of each rule in ``rule_options`` and ``rule_needs``, where
    a|b asks for one of the two; ``part`` and ``where`` are understood by all of them.
    One that ``looks_across`` is asked last, when the village's other tables have been judged.
    Where the law that it ``rests_on`` is broken it is not asked: it would only say the same again.
    """

    name: str
    check: ResourceCheck
    options: Mapping[str, int] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    needs_with: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    roles: tuple[str, ...] = ()
    roles_unless: str = ""
    rests_on: str = ""
    part_roles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rule_options: Mapping[str, int] = field(default_factory=dict)
    rule_needs: tuple[str, ...] = ()
    looks_across: bool = False


def require_statement(item: DisclosureItem, law: Law, options: Mapping[str, Any]) -> None:
    """Raise SetupError when ``item`` states ``law`` in a way that cannot be checked."""
    require_known(item, law, options, law.options)
    needed = [*law.needs, *(key for option in options for key in law.needs_with.get(option, ()))]
    for option in needed:
        if not options.get(option):
            refuse(item, law.name, _("缺少「{key}」").format(key=option))
    for option, value in options.items():
        _require_value(item, law, option, value, options)
    if law.roles_unless not in options:
        _require_roles(item, law, item.schema, law.roles)
    for option, roles in law.part_roles.items():
        if option in options:
            _require_filled(item, law, item.parts[options[option]], roles)


def require_known(item: DisclosureItem, law: Law, written: Iterable[str], known: Mapping[str, int]) -> None:
    """Raise SetupError for the first key of ``written`` that is not in ``known``."""
    for key in written:
        if key not in known:
            allowed = "、".join(known)
            refuse(
                item, law.name, _("不认识「{key}」，可以写的有：{allowed}").format(key=key, allowed=allowed)
            )


def refuse(item: DisclosureItem, law: str, problem: str) -> NoReturn:
    """Raise the SetupError that ``item`` states ``law`` wrongly."""
    raise SetupError(problem, file=item.source, key=f"disclosure.laws.{law}")


def _require_value(
    item: DisclosureItem, law: Law, option: str, value: Any, options: Mapping[str, Any]
) -> None:
    kind = law.options[option]
    if kind == WORDS:
        _require_words(item, law, option, value)
        return
    if kind in LISTS and not is_list(value):
        refuse(item, law.name, _("「{key}」应当是一组值，写成 [甲, 乙]").format(key=option))
    if kind not in LISTS and not isinstance(value, str):
        refuse(item, law.name, _("「{key}」应当是一个值").format(key=option))
    names = value if kind in LISTS else [value]
    if kind == PART and value not in item.parts:
        refuse(item, law.name, _("没有「{key}」这一部分").format(key=value))
    if kind == PART_COLUMN:
        part = item.parts.get(options.get("part", ""))
        if part is not None:
            require_column(item, law, part, value, is_number=False)
    if kind in (COLUMN, COLUMNS, NUMBER, NUMBERS):
        for name in names:
            require_column(item, law, item.schema, name, is_number=kind in (NUMBER, NUMBERS))


def is_list(value: Any) -> bool:
    """Return whether ``value`` is a list of texts."""
    return isinstance(value, list) and all(isinstance(entry, str) for entry in value)


def _require_words(item: DisclosureItem, law: Law, option: str, value: Any) -> None:
    if not isinstance(value, dict) or not all(is_list(words) for words in value.values()):
        refuse(item, law.name, _("「{key}」应写成 {{列名: [甲, 乙]}}").format(key=option))
    for name in value:
        require_column(item, law, item.schema, name, is_number=False)


def require_column(
    item: DisclosureItem, law: Law, schema: TableSchema, name: str, *, is_number: bool
) -> None:
    """Raise SetupError when ``schema`` has no column ``name``, or it is not the number it should be."""
    found = {column.name: column for column in schema.fields}.get(name)
    if found is None:
        refuse(item, law.name, _("没有「{key}」这一列").format(key=name))
    if is_number and not found.is_numeric:
        refuse(item, law.name, _("「{key}」这一列不是数字").format(key=name))


def _require_roles(item: DisclosureItem, law: Law, schema: TableSchema, roles: Sequence[str]) -> None:
    for role in roles:
        name = schema.name_of(role)
        if name is None:
            refuse(item, law.name, _("没有 role 为「{role}」的列").format(role=role))
        require_column(item, law, schema, name, is_number=True)


def _require_filled(item: DisclosureItem, law: Law, part: TableSchema, roles: Sequence[str]) -> None:
    for role in roles:
        name = part.name_of(role)
        if name is None:
            refuse(item, law.name, _("没有 role 为「{role}」的列").format(role=role))
        column = part.field_named(name)
        if not column.is_required:
            refuse(item, law.name, _("「{key}」这一列要写明 required: true").format(key=name))
        if not _fits(column):
            refuse(item, law.name, _("「{key}」这一列的 type 或 enum 不合这条规则").format(key=name))


def _fits(column: Field) -> bool:
    if column.role in (*_VOTERS, *_MEMBERS):
        return column.type == "integer"
    if column.role in ("date", "asked"):
        return column.type == "date"
    if column.role == "body":
        return bool(column.constraints.get("enum")) and set(column.constraints["enum"]) <= set(BODIES)
    return column.type == "string"
