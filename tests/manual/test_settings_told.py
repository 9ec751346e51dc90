"""Every key of the set-up is told in the manual, and nothing is told that no reader asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.checks.laws import CONTINUITY, LAWS
from generator.intake.village_file import read_township, read_village
from generator.privacy.allow import load_allowances
from generator.promises.law import load_law
from generator.promises.people import load_staff
from generator.promises.profile import load_profile
from generator.promises.promises import load_promises
from generator.promises.schemas import load_item
from generator.promises.settings import load_settings
from generator.starting.shipped import template
from tests.manual.asked import noted
from tests.manual.tables import named, named_below, rows_below
from tests.sample import ROOT

# Told by one process of ours to another; nobody sets them.
_INWARD = {"CUNWU_PUBLISHING", "CUNWU_PASSPHRASE"}
_THRESHOLD = re.compile(r"threshold: *([a-z_]+)")
_ROLE = re.compile(r'role: *"?([a-z_]+)')
_VARIABLE = re.compile(r"\bCUNWU(?:_[A-Z]+)*\b")
_COUNTY = """county: {name: 示范县, code: "999900000000"}
title: 公开
disclosure_start: "2026-01-01"
categories: {finance: 财务}
contacts: [{title: 农经科, phone: 000-10010001}]
asking: {email: a@example.invalid}
thresholds: {tender: "1"}
"""
_VILLAGE = """slug: xi
name: 溪口村
code: "999901201000"
kind: village
contacts: [{title: 村委会, phone: 000-10010001}]
"""
_TOWNSHIP = '{name: 东山镇, code: "999901000000", contacts: [{title: 农经站, phone: 000-10010001}]}'
_PERSON = "{name: jia, role: 报账员, places: [dong/xi]}"
_PEOPLE = f"editors: [{_PERSON}]\nkeepers: [{_PERSON}]\nreviewers: [{_PERSON}]\n"
_ALLOWED = "allow: [{file: content/a.csv, kind: address, reason: 公告, role: 农经科}]\n"
_PROFILE = """name: 某省
due: {monthly: {days_after_end: "10", basis: X-1}, yearly: {workdays_after_end: "5", basis: X-1}}
items: {finance: {workdays_after_end: "5", basis: X-1}, notice: {days_after_end: "10", basis: X-1}}
"""
_LAW = """id: X
title: 某办法
short: 办法
valid_from: "2020-01-01"
articles: {"1": {title: 第一条, summary: 公布}}
"""
_FIELDS = "[{name: 事项, type: string, constraints: {required: true}}]"
_SCHEMA = f"""name: everything
title: 全部
fields: {_FIELDS}
parts: {{明细: {{fields: {_FIELDS}}}}}
disclosure:
  category: finance
  question: 有什么？
  layout: document
  cadence: event
  applies_to: [village]
  basis: {{village: []}}
  schemes: {{one: 一}}
"""
# What lists persons is a table.
_LIST = (
    _SCHEMA.replace("name: everything", "name: persons")
    .replace("layout: document", "layout: list")
    .replace(f"parts: {{明细: {{fields: {_FIELDS}}}}}\n", "")
    + "  private: true\n  names: {during: mask}\n  privacy: {事项: hidden}\n"
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "content/dong/xi").mkdir(parents=True)
    for path, text in {
        "site_config/county.yaml": _COUNTY,
        "site_config/people.yaml": _PEOPLE,
        "site_config/privacy_allow.yaml": _ALLOWED,
        "site_config/profiles/somewhere.yaml": _PROFILE,
        "content/dong/township.yaml": _TOWNSHIP,
        "content/dong/xi/village.yaml": _VILLAGE,
        "schemas/everything.yaml": _SCHEMA,
        "schemas/persons.yaml": _LIST,
        "schemas/law/X.yaml": _LAW,
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    return tmp_path


def told(page: str, heading: str) -> list[str]:
    return [name.replace("×", "*") for name in named_below(page, heading)]


def test_every_setting_of_the_county_is_told(root: Path):
    with noted() as asked:
        load_settings(root)
    own = {f"thresholds.{name}" for path in (ROOT / "schemas").glob("*.yaml") for name in thresholds(path)}

    assert own
    assert sorted(told("settings", "county.yaml")) == sorted(asked - {"thresholds.*"} | own)


def thresholds(path: Path) -> list[str]:
    return _THRESHOLD.findall(path.read_text(encoding="utf-8"))


def test_every_key_of_a_village_and_a_township_is_told(root: Path):
    promises = load_promises(ROOT)
    with noted() as of_village:
        read_village(root / "content/dong/xi", promises, "dong")
    with noted() as of_township:
        read_township(root / "content/dong", promises)

    assert sorted(told("settings", "village.yaml")) == sorted(of_village)
    assert sorted(told("settings", "township.yaml")) == sorted(of_township)


def test_every_key_of_people_allowances_and_profiles_is_told(root: Path):
    with noted() as people:
        load_staff(root)
    with noted() as allowed:
        load_allowances(root)
    with noted() as profile:
        load_profile(root, "somewhere", 15)

    assert sorted(told("settings", "people.yaml")) == sorted(people)
    assert sorted(told("settings", "privacy_allow.yaml")) == sorted(allowed)
    assert sorted(told("settings", "profiles")) == sorted(profile)


def test_every_key_of_the_base_configuration_is_told():
    assert sorted(told("settings", "mkdocs.yml")) == sorted(leaves(yaml.safe_load(template("mkdocs.yml"))))


def leaves(options: Mapping[str, Any], above: str = "") -> Iterator[str]:
    for key, value in options.items():
        if isinstance(value, dict):
            yield from leaves(value, f"{above}{key}.")
        else:
            yield f"{above}{key}"


def test_every_variable_of_the_environment_is_told():
    texts = [path for path in (ROOT / "generator").rglob("*") if path.suffix in (".py", ".sh", ".yml")]
    used = {name for path in texts for name in _VARIABLE.findall(path.read_text(encoding="utf-8"))}

    assert sorted(told("settings", "环境变量")) == sorted(used - _INWARD)


def test_every_property_of_a_schema_is_told(root: Path):
    with noted() as asked:
        for name in ("everything", "persons"):
            load_item(root / f"schemas/{name}.yaml", root, {"finance": "财务"})
    item, part, column, bounds, disclosure = set(), set(), set(), set(), set()
    for key in asked:
        if key.startswith("parts.*.fields."):
            part.add("parts.*.fields")
        elif key.startswith("parts."):
            part.add(key)
        elif key.startswith("fields.constraints."):
            bounds.add(key.removeprefix("fields."))
        elif key.startswith("fields."):
            column.add(key)
        elif key.startswith("disclosure."):
            disclosure.add(key)
        else:
            item.add(key)

    assert sorted(told("schemas", "The item")) == sorted(item | {"fields", "parts", "disclosure"})
    assert sorted(told("schemas", "A part of a document")) == sorted(part)
    assert sorted(told("schemas", "A column")) == sorted(column | {"fields.constraints"})
    assert sorted(told("schemas", "Constraints")) == sorted(bounds)
    assert sorted(told("schemas", "The disclosure")) == sorted(disclosure)


def test_every_property_of_an_act_is_told(root: Path):
    with noted() as asked:
        load_law(root)

    assert sorted(told("schemas", "Articles")) == sorted(asked)


def test_every_role_is_told():
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "schemas").glob("*.yaml")]

    assert sorted(told("schemas", "Roles")) == sorted(
        {role for text in texts for role in _ROLE.findall(text)}
    )


def test_every_law_is_told_with_its_options_and_an_example_that_has_no_others():
    known = {law.name: {*law.options, *law.rule_options} for law in LAWS} | {CONTINUITY: {"by"}}
    needed = {law.name: {*law.needs, *law.rule_needs} for law in LAWS} | {CONTINUITY: set()}
    rows = {named(row[0])[0]: row for row in rows_below("schemas", "Laws")}

    assert sorted(rows) == sorted(known)
    for name, (_law, _asks, options, example) in rows.items():
        assert sorted(named(options)) == sorted(known[name]), name
        (written,) = yaml.safe_load(named(example)[0]).items()
        assert written[0] == name
        has_rules = "rules" in written[1]
        for rule in written[1].get("rules", [written[1]]):
            common = {"part", "where"} if has_rules else set()
            assert set(rule) <= known[name] | common, name
            for need in needed[name]:
                assert any(choice in rule for choice in need.split("|")), (name, need)
