"""Schemas: schemas/<item>.yaml becomes a DisclosureItem."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from generator.model.finding import SetupError
from generator.model.item import CADENCES, LAYOUTS, DisclosureItem, Field, TableSchema
from generator.model.period import Period
from generator.model.village import KINDS
from generator.promises.optional_columns import refuse_optional, require_optional
from generator.promises.patterns import pattern_problem
from generator.promises.personal import NAMES_AFTER, NAMES_DURING, refuse_personal_columns
from generator.promises.section import Section, read_text, section_of
from generator.wording import _

# Table Schema's types, each with the constraints that it knows besides required, unique and enum.
FIELD_TYPES: Mapping[str, tuple[str, ...]] = {
    "string": ("minLength", "maxLength", "pattern"),
    "number": ("minimum", "maximum"),
    "integer": ("minimum", "maximum"),
    "date": ("minimum", "maximum"),
    "boolean": (),
}
PRIVACIES = ("surname", "hidden", "alias", "public")
REGISTER = "publications"
# The columns of publications.csv that are read by name, each with its type and whether it must be filled in.
REGISTER_COLUMNS: Mapping[str, tuple[str, bool]] = {
    "项目": ("string", True),
    "期间": ("string", True),
    "次": ("integer", True),
    "类型": ("string", True),
    "编制": ("string", False),
    "审核": ("string", False),
    "审核日": ("date", False),
    "张贴起": ("date", False),
    "张贴止": ("date", False),
    "地点": ("string", False),
    "说明": ("string", False),
}
_FLAGS = ("required", "unique")
_LENGTHS = ("minLength", "maxLength")
_BOUNDS = ("minimum", "maximum")
RESERVED_NAMES = frozenset({"calendar", "data", "receipts", "search", "topics"})
_NAME = "abcdefghijklmnopqrstuvwxyz0123456789_"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All disclosure items, each with its versions; ``register`` describes publications.csv."""

    versions: Mapping[str, tuple[DisclosureItem, ...]]
    register: DisclosureItem

    def version(self, name: str, day: date) -> DisclosureItem | None:
        """Return the version of item ``name`` that governs ``day``, or None."""
        for item in self.versions.get(name, ()):
            if item.is_valid_on(day):
                return item
        return None

    def governing(self, name: str, period: Period) -> DisclosureItem | None:
        """Return the version of item ``name`` that a period is judged by: the one valid at its end."""
        return self.version(name, period.end)

    def latest(self) -> tuple[DisclosureItem, ...]:
        """Return the newest version of each item, in order of name."""
        return tuple(self.versions[name][-1] for name in sorted(self.versions))


def load_catalogue(root: Path, categories: Mapping[str, str]) -> Catalogue:
    """Return the items of ``root/schemas``; raises SetupError naming file and key."""
    folder = root / "schemas"
    found: dict[str, list[DisclosureItem]] = {}
    for path in sorted(folder.glob("*.yaml")):
        item = load_item(path, root, categories)
        found.setdefault(item.name, []).append(item)
    register = found.pop(REGISTER, None)
    if register is None:
        raise SetupError(_("缺少这个文件"), file="schemas/publications.yaml")
    for item in register:
        _require_register(item)
    versions = {name: _in_order(items) for name, items in sorted(found.items())}
    return Catalogue(versions, _in_order(register)[-1])


def _require_register(item: DisclosureItem) -> None:
    """Raise SetupError when the register lacks a column that the calendar reads."""
    fields = {field.name: field for field in item.schema.fields}
    for name, (kind, is_required) in REGISTER_COLUMNS.items():
        field = fields.get(name)
        if field is None or field.type != kind or (is_required and not field.is_required):
            problem = _("登记簿要有「{key}」这一列，type 是 {kind}").format(key=name, kind=kind)
            if is_required:
                problem += _("，并写明 required: true")
            raise SetupError(problem, file=item.source, key=f"fields.{name}")


def _in_order(items: list[DisclosureItem]) -> tuple[DisclosureItem, ...]:
    ordered = sorted(items, key=lambda item: item.valid_from or date.min)
    for earlier, later in pairwise(ordered):
        if earlier.valid_to is None or later.valid_from is None or earlier.valid_to >= later.valid_from:
            raise SetupError(
                _("与 {other} 的有效期重叠，请写明 valid_from 和 valid_to").format(other=earlier.source),
                file=later.source,
                key="disclosure.valid_from",
            )
    return tuple(ordered)


def load_item(path: Path, root: Path, categories: Mapping[str, str]) -> DisclosureItem:
    """Return the disclosure item described by one schema file."""
    shown, text = read_text(path, root)
    return _item(shown, text, path.stem.split("--")[0], tuple(categories))


@lru_cache(maxsize=256)
def _item(shown: str, text: str, own_name: str, categories: tuple[str, ...]) -> DisclosureItem:
    """Return the item described by ``text``: of all that the set-up says it takes the longest to read."""
    section = section_of(shown, text)
    name = section.text("name")
    if name in RESERVED_NAMES:
        section.fail(_("这个名称系统自己要用，请换一个"), "name")
    if name != own_name or not set(name) <= set(_NAME):
        section.fail(_("应与文件名相同，只用小写字母、数字和下划线"), "name")
    disclosure = section.section("disclosure")
    parts = {key: _table_schema(part, {}, title=key) for key, part in section.section("parts").entries()}
    privacy = _privacy(disclosure.section("privacy"))
    schema = _table_schema(section, privacy, title="")
    for key in privacy:
        if key not in (field.name for field in schema.fields):
            disclosure.section("privacy").fail(_("没有「{key}」这一列").format(key=key), key)
    applies_to = disclosure.choices("applies_to", KINDS)
    if not applies_to:
        disclosure.fail(_("缺少「{key}」").format(key="applies_to"), "applies_to")
    names = disclosure.section("names")
    if "names" in disclosure and not disclosure.flag("private"):
        disclosure.fail(_("只有列个人的项目（private: true）才写"), "names")
    is_document = disclosure.flag("document", default=bool(parts))
    if is_document and disclosure.flag("private"):
        # Masks, seals and the dropping of names know rows of a table, and nothing of a document.
        disclosure.fail(
            _("列个人的项目只能是表格，不能是文书，也不能有 parts：姓名遮不住，期满也收不回"), "private"
        )
    item = DisclosureItem(
        name=name,
        title=section.text("title"),
        description=section.text("description", ""),
        schema=schema,
        parts=parts,
        category=disclosure.choice("category", categories),
        question=disclosure.text("question"),
        layout=disclosure.choice("layout", LAYOUTS),
        cadence=disclosure.choice("cadence", CADENCES),
        applies_to=applies_to,
        basis=_basis(disclosure.section("basis")),
        laws=_laws(disclosure),
        is_private=disclosure.flag("private"),
        names_during=names.choice("during", NAMES_DURING, NAMES_DURING[0]),
        names_after=names.choice("after", NAMES_AFTER, NAMES_AFTER[0]),
        is_document=is_document,
        schemes=_schemes(disclosure.section("schemes")),
        valid_from=disclosure.day("valid_from"),
        valid_to=disclosure.day("valid_to"),
        source=section.file,
    )
    if item.valid_from and item.valid_to and item.valid_from > item.valid_to:
        disclosure.fail(_("早于 valid_from"), "valid_to")
    names.close()
    disclosure.close()
    section.close()
    refuse_personal_columns(item)
    refuse_optional(item, section)
    return item


def _privacy(section: Section) -> dict[str, str]:
    return {key: section.choice(key, PRIVACIES) for key in section.names()}


def _schemes(section: Section) -> dict[str, str]:
    return {key: section.text(key) for key in section.names()}


def _basis(section: Section) -> dict[str, tuple[str, ...]]:
    basis = {kind: section.texts(kind) for kind in KINDS}
    section.close()
    return basis


def _laws(disclosure: Section) -> dict[str, Mapping[str, Any]]:
    laws = disclosure.section("laws")
    for name in laws.names():
        laws.section(name)  # refuses options that are no mapping
    return {name: laws.plain(name) or {} for name in laws.names()}


def _table_schema(section: Section, privacy: Mapping[str, str], *, title: str) -> TableSchema:
    fields = tuple(_field(entry, privacy) for entry in section.sections("fields"))
    names = [field.name for field in fields]
    if not fields:
        section.fail(_("缺少「{key}」").format(key="fields"), "fields")
    if len(set(names)) < len(names):
        section.fail(_("有重名的列"), "fields")
    primary_key = section.texts("primaryKey")
    for key in primary_key:
        if key not in names:
            section.fail(_("没有「{key}」这一列").format(key=key), "primaryKey")
    require_optional(section, fields, primary_key)
    if title:
        title = section.text("title", title)
        section.close()
    return TableSchema(fields, primary_key, title)


def _field(section: Section, privacy: Mapping[str, str]) -> Field:
    name = section.text("name")
    kind = section.choice("type", tuple(FIELD_TYPES))
    constraints = _constraints(section.section("constraints"), kind)
    field = Field(
        name=name,
        type=kind,
        descriptor=_descriptor(name, kind, constraints, section),
        role=section.text("role", ""),
        unit=section.text("unit", ""),
        step=section.decimal("step"),
        example=section.text("example", ""),
        description=section.text("description", ""),
        aliases=section.texts("aliases"),
        constraints=constraints,
        privacy=privacy.get(name, ""),
        is_optional=section.flag("optional"),
    )
    if field.step is not None and field.step <= 0:
        section.fail(_("应当大于零"), "step")
    section.close()
    return field


def _constraints(section: Section, kind: str) -> dict[str, Any]:
    for key in (*_LENGTHS, *_BOUNDS, "pattern"):
        if key in section and key not in FIELD_TYPES[kind]:
            section.fail(_("type 是 {kind} 的列不能写这一条").format(kind=kind), key)
    constraints: dict[str, Any] = {key: section.flag(key) for key in _FLAGS if key in section}
    constraints |= {key: section.integer(key) for key in _LENGTHS if key in section}
    for key in _BOUNDS:
        if key in section:
            constraints[key] = _bound(section, key, kind)
    if "enum" in section:
        constraints["enum"] = _enum(section, kind)
    if "pattern" in section:
        constraints["pattern"] = section.text("pattern")
        if problem := pattern_problem(constraints["pattern"]):
            section.fail(problem, "pattern")
    section.close()
    return constraints


def _enum(section: Section, kind: str) -> list[str]:
    allowed = list(section.texts("enum"))
    if not allowed:
        section.fail(_("至少写一个"), "enum")
    if kind != "string":
        section.fail(_("只有 type 是 string 的列才能写这一条"), "enum")
    return allowed


def _bound(section: Section, key: str, kind: str) -> Decimal | int | date:
    section.text(key)
    bound = section.day(key) if kind == "date" else section.decimal(key)
    assert bound is not None  # the line above refuses an empty value
    if kind != "integer" or not isinstance(bound, Decimal):
        return bound
    if bound != bound.to_integral_value():
        section.fail(_("应当是整数"), key)
    return int(bound)


def _descriptor(name: str, kind: str, constraints: Mapping[str, Any], section: Section) -> dict[str, Any]:
    descriptor: dict[str, Any] = {"name": name, "type": kind}
    for key in ("title", "description", "example", "role", "unit", "step"):
        if section.text(key, ""):
            descriptor[key] = section.text(key)
    if section.flag("optional"):
        descriptor["optional"] = True
    if constraints:
        descriptor["constraints"] = {
            key: str(value) if isinstance(value, Decimal | date) else value
            for key, value in constraints.items()
        }
    return descriptor
