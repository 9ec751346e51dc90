"""The city's benchmark states what it will take, and takes no more."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bench import city
from tests.bench.city import Budget, city_figures
from tests.bench.names import plan_villages


@pytest.fixture(scope="module", autouse=True)
def made_up_names() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CUNWU_BENCH_NAMES", "no such list")
        yield


def test_thousands_of_villages_have_names_codes_and_folders_of_their_own() -> None:
    villages = plan_villages(city.VILLAGES, None)

    for own in ("name", "code", "slug", "folder"):
        assert len({getattr(village, own) for village in villages}) == city.VILLAGES
    assert all(len(village.code) == len(village.township_code) == 12 for village in villages)
    assert len({village.code[:6] for village in villages}) > 20
    townships = {village.township: village.township_code for village in villages}
    assert len(set(townships.values())) == len(townships)
    assert all(village.code.startswith(village.township_code[:9]) for village in villages)


@pytest.mark.soak
def test_a_city_is_measured_and_stays_within_the_budget_that_is_stated(tmp_path: Path) -> None:
    figures = city_figures(tmp_path, 3, 2, 1)

    assert list(figures) == list(city.NOTES)
    budget = Budget.of(3)
    assert (budget.bytes - city.BASE_BYTES) / 2 < figures["disk_mb"] * 1e6 < budget.bytes
    assert (budget.inodes - city.BASE_FILES) / 2 < figures["inodes"] < budget.inodes
    assert (figures["pages"], figures["growth"] > 0, figures["rss_mb"] > 20) == (120, True, True)
    assert 0 < figures["page_packed_kb"] < figures["page_kb"] < 200


def test_a_disk_that_is_too_small_is_refused_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "city"
    monkeypatch.setattr(sys, "argv", ["bench-city", "--villages", "900000000", "--folder", str(place)])

    assert city.main() == 2

    told = capsys.readouterr()
    assert "900,000,000 villages × 40 pages need about" in told.out
    assert "GB are needed" in told.err and "inodes are needed" in told.err
    assert not place.exists()


def test_a_folder_that_holds_something_else_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "diary.txt").write_text("kept", encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["bench-city", "--villages", "1", "--folder", str(tmp_path)])

    assert city.main() == 2
    assert (tmp_path / "diary.txt").exists()
