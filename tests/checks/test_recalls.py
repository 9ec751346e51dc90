"""Recalls: enough ask for one, enough vote, and the result is that of the votes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.counties import EXAMPLES, changed, county_at, verdict_on

RECALL = "content/dong/xi/election/2026-02-08.yaml"
SOUND = EXAMPLES / "good" / "recall-by-exactly-one-fifth"


def found(
    folder: Path, *edits: tuple[str, str], kind: str = "village", profile: str = "chongqing"
) -> list[str]:
    root = county_at(folder, SOUND)
    changed(root, RECALL, *edits)
    changed(root, "content/dong/xi/village.yaml", ("kind: village", f"kind: {kind}"))
    changed(root, "site_config/county.yaml", ("profile: chongqing", f"profile: {profile}"))
    findings = [finding for finding in verdict_on(root).findings if finding.place.file == RECALL]
    return [f"{finding.place.column}:{finding.code}" for finding in findings]


@pytest.mark.parametrize(
    ("by", "signers", "eligible", "kind", "codes"),
    [
        ("选民联名", 120, 600, "village", []),
        ("选民联名", 119, 600, "village", ["联名人数:petition-few"]),
        ("代表联名", 14, 42, "village", []),
        ("代表联名", 13, 42, "village", ["联名人数:petition-few"]),
        ("选民联名", 60, 600, "community", []),
        ("选民联名", 59, 600, "community", ["联名人数:petition-few"]),
        ("户代表联名", 60, 600, "community", []),
        ("选民联名", 601, 600, "village", ["联名人数:limits"]),
    ],
)
def test_enough_voters_or_representatives_ask_for_a_recall(
    tmp_path: Path, by: str, signers: int, eligible: int, kind: str, codes: list[str]
):
    edits = [
        ("联名: 选民联名", f"联名: {by}"),
        ('联名人数: "120", 有权联名: "600"', f'联名人数: "{signers}", 有权联名: "{eligible}"'),
    ]

    assert found(tmp_path, *edits, kind=kind) == codes


@pytest.mark.parametrize(
    ("votes", "outcome", "codes"),
    [
        ('同意: "251", 反对: "240"', "罢免通过", []),
        ('同意: "250", 反对: "241"', "罢免通过", ["结果:recall-result"]),
        ('同意: "250", 反对: "241"', "罢免未通过", []),
        ('同意: "251", 反对: "240"', "罢免未通过", ["结果:recall-result"]),
        ('同意: "251", 反对: "241"', "罢免通过", ["收回选票:sums"]),
    ],
)
def test_a_recall_passes_with_more_than_half_of_those_who_voted(
    tmp_path: Path, votes: str, outcome: str, codes: list[str]
):
    edits = [('同意: "251", 反对: "240"', votes), ("结果: 罢免通过", f"结果: {outcome}")]

    assert found(tmp_path, *edits) == codes


@pytest.mark.parametrize(("registered", "codes"), [(999, []), (1000, ["参加投票:majority-turnout"])])
def test_a_recall_needs_more_than_half_of_the_voters(tmp_path: Path, registered: int, codes: list[str]):
    assert found(tmp_path, ('登记选民: "600"', f'登记选民: "{registered}"')) == codes


def test_a_recall_that_too_few_voted_on_may_fail_whatever_the_votes(tmp_path: Path):
    edits = [('登记选民: "600"', '登记选民: "1000"'), ("结果: 罢免通过", "结果: 罢免未通过")]

    assert found(tmp_path, *edits) == ["参加投票:majority-turnout"]


@pytest.mark.parametrize(
    ("asked", "profile", "codes"),
    [
        ("2026-01-09", "zhejiang", []),
        ("2026-01-08", "zhejiang", ["投票日:gap-long"]),
        ("2026-01-08", "chongqing", []),
        ("2026-02-09", "chongqing", ["投票日:date-order"]),
    ],
)
def test_only_a_province_says_how_soon_a_recall_is_voted_on(
    tmp_path: Path, asked: str, profile: str, codes: list[str]
):
    assert found(tmp_path, ('提出日: "2026-01-20"', f'提出日: "{asked}"'), profile=profile) == codes
