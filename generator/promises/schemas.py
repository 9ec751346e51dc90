"""Schemas: schemas/<item>.yaml becomes a DisclosureItem."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

from generator.model.finding import SetupError
from generator.model.item import CADENCES, LAYOUTS, DisclosureItem, Field, TableSchema
from generator.model.period import Period
from generator.model.village import KINDS
from generator.promises.section import Section, load_section
from generator.wording import _

FIELD_TYPES = ("string", "number", "integer", "date", "boolean")
PRIVACIES = ("surname", "alias", "public")
REGISTER = "publications"
_FLAGS = ("required", "unique")
_LENGTHS = ("minLength", "maxLength")
_BOUNDS = ("minimum", "maximum")
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
    versions = {name: _in_order(items) for name, items in sorted(found.items())}
    return Catalogue(versions, register[-1])


def _in_order(items: list[DisclosureItem]) -> tuple[DisclosureItem, ...]:
    ordered = sorted(items, key=lambda item: item.valid_from or date.min)
    for earlier, later in pairwise(ordered):
        if earlier.valid_to is None or later.valid_from is None or earlier.valid_to >= later.valid_from:
            raise SetupError(
                _("与 {other} 的有效期重叠，请写明 valid_from 和 valid_to").format(other=earlier.source),
                file=later.source,
            )
    return tuple(ordered)


def load_item(path: Path, root: Path, categories: Mapping[str, str]) -> DisclosureItem:
    """Return the disclosure item described by one schema file."""
    section = load_section(path, root)
    name = section.text("name")
    if name != path.stem.split("--")[0] or not set(name) <= set(_NAME):
        section.fail(_("应与文件名相同，只用小写字母、数字和下划线"), "name")
    disclosure = section.section("disclosure")
    parts = {key: _table_schema(part, {}, title=key) for key, part in section.section("parts").entries()}
    privacy = _privacy(disclosure.section("privacy"))
    schema = _table_schema(section, privacy, title="")
    item = DisclosureItem(
        name=name,
        title=section.text("title"),
        description=section.text("description", ""),
        schema=schema,
        parts=parts,
        category=disclosure.choice("category", tuple(categories)),
        question=disclosure.text("question"),
        layout=disclosure.choice("layout", LAYOUTS),
        cadence=disclosure.choice("cadence", CADENCES),
        applies_to=disclosure.choices("applies_to", KINDS),
        basis=_basis(disclosure.section("basis")),
        laws=_laws(disclosure),
        is_private=disclosure.flag("private"),
        is_document=disclosure.flag("document", default=bool(parts)),
        schemes=_schemes(disclosure.section("schemes")),
        sample=disclosure.plain("sample") or {},
        valid_from=disclosure.day("valid_from"),
        valid_to=disclosure.day("valid_to"),
        source=section.file,
    )
    disclosure.close()
    section.close()
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
    laws = disclosure.plain("laws") or {}
    if not isinstance(laws, dict):
        disclosure.fail(_("应当是「名称: 内容」的写法"), "laws")
    return {name: options if isinstance(options, dict) else {} for name, options in laws.items()}


def _table_schema(section: Section, privacy: Mapping[str, str], *, title: str) -> TableSchema:
    fields = tuple(_field(entry, privacy) for entry in section.sections("fields"))
    names = [field.name for field in fields]
    if not fields:
        section.fail(_("缺少「{key}」").format(key="fields"))
    if len(set(names)) < len(names):
        section.fail(_("有重名的列"), "fields")
    primary_key = section.texts("primaryKey")
    for key in (*primary_key, *privacy):
        if key not in names:
            section.fail(_("没有「{key}」这一列").format(key=key), "primaryKey")
    if title:
        title = section.text("title", title)
        section.close()
    return TableSchema(fields, primary_key, title)


def _field(section: Section, privacy: Mapping[str, str]) -> Field:
    name = section.text("name")
    kind = section.choice("type", FIELD_TYPES)
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
    )
    if field.step is not None and field.step <= 0:
        section.fail(_("应当大于零"), "step")
    section.close()
    return field


def _constraints(section: Section, kind: str) -> dict[str, Any]:
    constraints: dict[str, Any] = {key: section.flag(key) for key in _FLAGS if key in section}
    constraints |= {key: section.integer(key) for key in _LENGTHS if key in section}
    for key in _BOUNDS:
        if key in section:
            constraints[key] = _bound(section, key, kind)
    if "enum" in section:
        constraints["enum"] = list(section.texts("enum"))
    if "pattern" in section:
        constraints["pattern"] = section.text("pattern")
    section.close()
    return constraints


def _bound(section: Section, key: str, kind: str) -> Decimal | int | date | None:
    if kind == "date":
        return section.day(key)
    number = section.decimal(key)
    return int(number) if kind == "integer" and number is not None else number


def _descriptor(name: str, kind: str, constraints: Mapping[str, Any], section: Section) -> dict[str, Any]:
    descriptor: dict[str, Any] = {"name": name, "type": kind}
    for key in ("title", "description", "example", "role", "unit", "step"):
        if section.text(key, ""):
            descriptor[key] = section.text(key)
    if constraints:
        descriptor["constraints"] = {
            key: str(value) if isinstance(value, Decimal | date) else value
            for key, value in constraints.items()
        }
    return descriptor
