"""Allowances: what may stand, with a reason, a role and a last day; what nothing needs is said."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator.model.finding import SetupError, Severity
from generator.privacy.allow import load_allowances
from generator.privacy.leaks import Leak

DAY = date(2026, 10, 20)
ENTRY = {"file": "content/*/notice/**", "kind": "mobile", "reason": "抢险值班电话", "role": "村主任"}


def allowing(root: Path, *entries: dict[str, str]):
    lines = ["allow:"]
    for entry in entries:
        lines.append("  -")
        lines += [f"    {key}: '{value}'" for key, value in entry.items()]
    path = root / "site_config/privacy_allow.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(lines), encoding="utf-8")
    return load_allowances(root)


def leak(file: str = "content/x/notice/a/b.yaml", kind: str = "mobile", column: str = "正文") -> Leak:
    return Leak(file, kind, Severity.ERROR, 3, column)


def test_a_county_without_a_list_allows_nothing(tmp_path: Path):
    assert list(load_allowances(tmp_path).keep([leak()], DAY)) == [leak()]


@pytest.mark.parametrize(
    ("change", "kept"),
    [
        ({}, False),
        ({"column": "正文"}, False),
        ({"column": "标题"}, True),
        ({"until": "2026-10-20"}, False),
        ({"until": "2026-10-19"}, True),
        ({"kind": "citizen-id"}, True),
        ({"file": "content/*/b.yaml"}, True),
        ({"file": "**/b.yaml"}, False),
        ({"file": "content/x/notice/a/?.yaml"}, False),
    ],
)
def test_an_entry_allows_its_kind_in_its_files_until_its_day(
    tmp_path: Path, change: dict[str, str], kept: bool
):
    allowances = allowing(tmp_path, ENTRY | change)

    assert list(allowances.keep([leak()], DAY)) == ([leak()] if kept else [])
    assert [(found.file, found.where, found.kind) for found in allowances.unused()] == (
        [("site_config/privacy_allow.yaml", "entry:1", "allowance-unused")] if kept else []
    )


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "telephone"},
        {"reason": ""},
        {"role": ""},
        {"file": "**"},
        {"until": "2026年"},
        {"value": "1"},
    ],
)
def test_a_mistake_in_the_list_is_a_broken_set_up(tmp_path: Path, change: dict[str, str]):
    with pytest.raises(SetupError, match="privacy_allow"):
        allowing(tmp_path, ENTRY | change)
