"""Rules: what each entry of a law that is a list of ``rules`` must and may hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from generator.checks.statement import (
    ARTICLES,
    COLUMN,
    COLUMNS,
    DATE,
    DATES,
    HEAD_NUMBER,
    LISTS,
    NUMBER,
    NUMBERS,
    OTHER_COLUMN,
    OTHER_COLUMNS,
    OTHER_DATE,
    OTHER_NUMBER,
    OTHER_PART,
    OTHER_WORDS,
    PART,
    PART_NUMBER,
    SHARE,
    WORDS,
    Law,
    is_list,
    refuse,
    require_column,
    require_known,
)
from generator.model.item import DisclosureItem, TableSchema
from generator.model.village import KINDS
from generator.promises.schemas import Catalogue
from generator.wording import _

_SHARE = re.compile(r"[1-9][0-9]*/[1-9][0-9]*")
_FACTOR = re.compile(r"[1-9][0-9]{0,8}")
# What is looked up by name before the rest of a rule can be read.
_NAMES = ("part", "item", "other_part")
_NUMBERS = (HEAD_NUMBER, PART_NUMBER, NUMBER, NUMBERS, OTHER_NUMBER)
_DATES = (DATES, DATE, OTHER_DATE)
_OWN = (HEAD_NUMBER, PART_NUMBER, NUMBER, NUMBERS, COLUMN, COLUMNS, DATES, DATE)
_OTHERS = (OTHER_COLUMN, OTHER_COLUMNS, OTHER_NUMBER, OTHER_DATE)
_COMMON = {"part": PART, "where": WORDS}


def require_rules(item: DisclosureItem, law: Law, options: Mapping[str, Any], catalogue: Catalogue) -> None:
    """Raise SetupError when ``item`` states the rules of ``law`` in a way that cannot be checked."""
    rules = options.get("rules")
    if set(options) != {"rules"} or not isinstance(rules, list) or not rules:
        refuse(item, law.name, _("应写成 rules: [{…}, {…}]"))
    known = {**_COMMON, **law.rule_options}
    for rule in rules:
        if not isinstance(rule, dict):
            refuse(item, law.name, _("应写成 rules: [{…}, {…}]"))
        require_known(item, law, rule, known)
        for key in law.rule_needs:
            if not any(rule.get(choice) for choice in key.split("|")):
                refuse(item, law.name, _("缺少「{key}」").format(key=key))
        for key, other_key in (("over", "threshold"), ("threshold", "over")):
            if key in rule and "over" in law.rule_options and other_key not in rule:
                refuse(item, law.name, _("缺少「{key}」").format(key=other_key))
        for key in _NAMES:
            if not isinstance(rule.get(key, ""), str):
                refuse(item, law.name, _("「{key}」应当是一个值").format(key=key))
        if "part" in rule and rule["part"] not in item.parts:
            refuse(item, law.name, _("没有「{key}」这一部分").format(key=rule["part"]))
        for other in _versions_of_other(item, law, rule, catalogue):
            for key, value in rule.items():
                _require_value(item, law, (key, value, known[key]), rule, other)


def _versions_of_other(
    item: DisclosureItem, law: Law, rule: Mapping[str, Any], catalogue: Catalogue
) -> tuple[DisclosureItem, ...]:
    """Return all versions of the item of which ``rule`` speaks besides; its own where it speaks of none."""
    if "item" not in rule:
        return (item,)
    if rule["item"] not in catalogue.versions:
        refuse(item, law.name, _("没有公开项目「{item}」").format(item=rule["item"]))
    return catalogue.versions[rule["item"]]


def _require_value(
    item: DisclosureItem,
    law: Law,
    entry: tuple[str, Any, int],
    rule: Mapping[str, Any],
    other: DisclosureItem,
) -> None:
    key, value, kind = entry
    part = item.parts.get(rule.get("part", ""), item.schema)
    there = other.parts.get(rule.get("other_part", ""), other.schema)
    if kind == ARTICLES:
        if not isinstance(value, dict) or set(value) - set(KINDS) or not all(map(is_list, value.values())):
            refuse(
                item, law.name, _("「{key}」应写成 {{village: [依据], community: [依据]}}").format(key=key)
            )
        return
    if kind in (WORDS, OTHER_WORDS):
        _require_words(item, law, key, value, part if kind == WORDS else there)
        return
    has_many = kind in (*LISTS, DATES, OTHER_COLUMNS)
    if has_many and not is_list(value):
        refuse(item, law.name, _("「{key}」应当是一组值，写成 [甲, 乙]").format(key=key))
    if not has_many and not isinstance(value, str):
        refuse(item, law.name, _("「{key}」应当是一个值").format(key=key))
    if kind == SHARE and not _SHARE.fullmatch(value):
        refuse(item, law.name, _("「{key}」应写成 2/3").format(key=key))
    if key == "times" and not _FACTOR.fullmatch(value):
        refuse(item, law.name, _("「{key}」应当是数字，例如 100").format(key=key))
    if kind == OTHER_PART and value not in other.parts:
        refuse(item, law.name, _("没有「{key}」这一部分").format(key=value))
    if kind in (*_OWN, *_OTHERS):
        schema = there if kind in _OTHERS else item.schema if kind == HEAD_NUMBER else part
        _require_columns(item, law, entry, schema)


def _require_columns(
    item: DisclosureItem, law: Law, entry: tuple[str, Any, int], schema: TableSchema
) -> None:
    _key, value, kind = entry
    for name in value if isinstance(value, list) else [value]:
        require_column(item, law, schema, name, is_number=kind in _NUMBERS)
        if kind in _DATES and schema.field_named(name).type != "date":
            refuse(item, law.name, _("「{key}」这一列不是日期").format(key=name))


def _require_words(item: DisclosureItem, law: Law, key: str, value: Any, schema: TableSchema) -> None:
    """Refuse words that no cell of an enumerated column can hold: such a rule would never speak."""
    if not isinstance(value, dict) or not value or not all(map(is_list, value.values())):
        refuse(item, law.name, _("「{key}」应写成 {{列名: [甲, 乙]}}").format(key=key))
    for name, words in value.items():
        require_column(item, law, schema, name, is_number=False)
        allowed = schema.field_named(name).constraints.get("enum")
        for word in words:
            if allowed and word not in allowed:
                refuse(item, law.name, _("「{column}」这一列没有「{word}」").format(column=name, word=word))
