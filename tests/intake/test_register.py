"""The register: its lines become publications, and the lines that cannot be used are told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.counties import changed, county_at, verdict_on

REGISTER = "content/dong/xi/publications.csv"
LINE = "财务收支,2026-01,1,公开,报账员,村务监督委员会,2026-02-09,2026-02-10,2026-02-25,村委会公开栏,"
UNPOSTED = "content/dong/xi/finance/2026-01.csv:::publication-missing"


def test_a_line_becomes_a_publication(tmp_path: Path):
    package = verdict_on(county_at(tmp_path)).judgements["xi"].package

    line = package.publications[4]
    assert (line.item, line.stem, line.attempt, line.kind, line.line) == ("finance", "2026-01", 1, "公开", 6)
    assert (line.prepared_by, line.reviewed_by, line.location, line.note) == (
        *("报账员", "村务监督委员会"),
        *("村委会公开栏", ""),
    )
    assert (line.reviewed_on, line.posted_from, line.posted_to) == (
        *(date(2026, 2, 9), date(2026, 2, 10)),
        date(2026, 2, 25),
    )


def test_an_item_may_be_registered_by_its_folder_name(tmp_path: Path):
    assert (
        verdict_on(changed(county_at(tmp_path), REGISTER, ("财务收支,2026-01", "finance,2026-01"))).lines
        == []
    )


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        ("财务收支,2026-01", "财务,2026-01", [f"{REGISTER}:6:项目:register-item", UNPOSTED]),
        ("2026-01,1,", "2026-1,1,", [f"{REGISTER}:6:期间:period-unknown", UNPOSTED]),
        ("2026-01,1,", "2026Q1,1,", [f"{REGISTER}:6:期间:period-kind", UNPOSTED]),
        ("2026-01,1,", "2026-01,0,", [f"{REGISTER}:6:次:cell-minimum", UNPOSTED]),
        ("2026-01,1,", "2026-01,一,", [f"{REGISTER}:6:次:cell-type", UNPOSTED]),
        (
            "1,公开,报账员,村务监督委员会,2026-02-09",
            "1,发布,报账员,村务监督委员会,2026-02-09",
            [f"{REGISTER}:6:类型:cell-enum", UNPOSTED],
        ),
        ("2026-02-10,2026-02-25", "2 月 10 日,2026-02-25", [f"{REGISTER}:6:张贴起:cell-type", UNPOSTED]),
        ("2026-02-25,村委会公开栏", "9999-12-31,村委会公开栏", []),
    ],
)
def test_a_line_that_cannot_be_used_is_told_and_the_others_are_used(
    tmp_path: Path, old: str, new: str, lines: list[str]
):
    line = LINE.replace(old, new)
    assert line != LINE

    verdict = verdict_on(changed(county_at(tmp_path), REGISTER, (LINE, line)))

    assert verdict.lines == sorted(lines)
    assert len(verdict.judgements["xi"].package.publications) == (6 if lines else 7)


def test_a_village_without_a_register_has_posted_nothing(tmp_path: Path):
    root = county_at(tmp_path)
    (root / REGISTER).unlink()

    assert {line.rpartition(":")[2] for line in verdict_on(root).lines} == {"publication-missing"}
