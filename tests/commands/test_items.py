"""cunwu items: the catalogue for people and for programs."""

from __future__ import annotations

import json

from tests.commands.conftest import cunwu
from tests.sample import ROOT

KEYS = {
    *("name", "title", "category", "layout", "cadence", "due"),
    *("basis", "privacy", "checks", "institutions"),
}


def test_every_schema_is_listed_with_all_its_keys():
    listed = json.loads(cunwu("items", "--format", "json").stdout)

    assert {frozenset(entry) for entry in listed} == {frozenset(KEYS)}
    names = {path.stem.split("--")[0] for path in (ROOT / "schemas").glob("*.yaml")}
    assert {entry["name"] for entry in listed} == names


def test_an_item_tells_its_due_rule_its_privacy_and_its_laws():
    listed = {entry["name"]: entry for entry in json.loads(cunwu("items", "--format", "json").stdout)}

    assert listed["finance"]["due"] == "+15d (CQ13-30)"
    assert listed["finance"]["checks"][:3] == ["running_balance", "continuity", "not_negative"]
    assert listed["subsidy"]["privacy"] == {"户主": "surname"}


def test_people_are_told_how_many_there_are():
    lines = cunwu("items").stdout.splitlines()

    assert lines[-1] == f"共 {len(lines) - 1} 项"
