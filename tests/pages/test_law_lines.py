"""Law lines: the data dictionary tells of each check what it asks, of what, and by which law."""

from __future__ import annotations

from generator.checks.laws import LAWS
from generator.pages.law_lines import LAW_TITLES, law_lines
from generator.promises.promises import load_promises
from tests.sample import ROOT


def test_every_law_has_a_title():
    assert sorted(LAW_TITLES) == sorted([*(law.name for law in LAWS), "continuity"])


def test_a_rule_is_told_with_its_columns_and_its_article():
    promises = load_promises(ROOT)
    lines = list(law_lines(promises.catalogue.versions["election"][-1], promises.law))

    gaps = next(line for line in lines if line.startswith("两步之间隔够法定的天数"))
    assert "选民名单公布日、选举日" in gaps
    assert "《村民委员会组织法》第十七条" in gaps


def test_every_item_says_every_check_it_states():
    promises = load_promises(ROOT)
    for versions in promises.catalogue.versions.values():
        for item in versions:
            assert len(list(law_lines(item, promises.law))) == len(item.laws)
