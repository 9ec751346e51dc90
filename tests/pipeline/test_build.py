"""The build: same input, same bytes; what did not change is not touched; trouble stays where it is."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from generator.model.finding import SetupError
from generator.pipeline import workshop
from tests.pipeline.conftest import build
from tests.sample import copy_sample, tree

LEDGER = "content/qingxi/qingshi/finance/2026-03.csv"


@pytest.fixture
def county(built_county: Path) -> Path:
    """Return the sample county, built."""
    return built_county


def change(county: Path, file: str, old: str, new: str) -> None:
    path = county / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")


def note_on_second_row(county: Path) -> None:
    """Add a remark to the second row of a ledger, which changes one page and its download."""
    path = county / LEDGER
    lines = path.read_text(encoding="utf-8").split("\n")
    lines[2] += "补充说明"
    path.write_text("\n".join(lines), encoding="utf-8", newline="")


def outputs(county: Path) -> dict[str, bytes]:
    return {**tree(county / "site"), **{f"audit/{k}": v for k, v in tree(county / "site-audit").items()}}


def test_the_same_records_give_the_same_bytes_whatever_the_number_of_workers(tmp_path):
    one, three = copy_sample(tmp_path / "one"), copy_sample(tmp_path / "three")

    build(one, workers=1)
    build(three, workers=3)

    assert outputs(one) == outputs(three)
    assert len(outputs(one)) > 300


def test_a_second_build_builds_nothing_and_touches_no_file(county):
    before = {path: path.stat().st_mtime_ns for path in (county / "site").rglob("*") if path.is_file()}

    report = build(county)

    assert (report.built, report.changed, report.removed, report.unchanged) == (0, 0, 0, 7)
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_one_changed_row_rewrites_only_what_shows_it(county):
    before = outputs(county)
    note_on_second_row(county)

    report = build(county)

    after = outputs(county)
    changed = {path for path in after if after[path] != before.get(path)}
    assert report.built == 1
    assert changed == {
        "qingshi/finance/2026-03/index.html",
        "qingshi/data/finance-2026-03.csv",
        "qingshi/data/datapackage.json",
        "qingshi/data/datapackage.zip",
        "qingshi/index.html",
        "qingshi/search/0.json",
        "qingshi/search/titles.json",
        "qingshi/manifest.json",
        "manifest.json",
    }


def test_an_incremental_build_equals_a_clean_one(county, tmp_path):
    note_on_second_row(county)
    (county / "content/baiyun/hexin/finance/2026-09.csv").unlink()
    change(county, "site_config/county.yaml", "示范县村（居）务公开", "示范县公开网")

    build(county, workers=2)

    clean = tmp_path / "clean"
    shutil.copytree(county, clean, ignore=shutil.ignore_patterns("site", "site-audit", "build"))
    build(clean)
    assert outputs(county) == outputs(clean)


def test_a_build_that_was_killed_is_made_good_by_the_next_one(county):
    expected = outputs(county)
    note_on_second_row(county)
    change(county, "site_config/county.yaml", "示范县村（居）务公开", "另一个名称")
    running = subprocess.Popen(
        [sys.executable, "-m", "generator.cli", "build", "--root", str(county), "--workers", "2"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        cwd=Path(__file__).parents[2],
    )
    portal = county / "site" / "qingshi" / "index.html"
    deadline = time.monotonic() + 30
    while portal.read_bytes() == expected["qingshi/index.html"] and time.monotonic() < deadline:
        time.sleep(0.002)
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    # The records go back to what they were: a half-written site must not pass for the old one.
    source = Path(__file__).parents[2]
    shutil.copy2(source / LEDGER, county / LEDGER)
    shutil.copy2(source / "site_config/county.yaml", county / "site_config/county.yaml")

    build(county)

    assert outputs(county) == expected


def test_pages_that_were_deleted_or_tampered_with_are_put_right(county):
    expected = outputs(county)
    (county / "site/qingshi/finance/2026-03/index.html").unlink()
    (county / "site/hexin/index.html").write_text("改过的", encoding="utf-8")
    (county / "site/index.html").write_text("改过的", encoding="utf-8")

    build(county)

    assert outputs(county) == expected


def test_a_village_that_is_gone_takes_its_pages_along(county):
    shutil.rmtree(county / "content/baiyun/hexin")
    shutil.rmtree(county / "content_private/baiyun/hexin")

    build(county)

    assert not (county / "site/hexin").exists()
    assert "河心社区" not in (county / "site/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("day", [date(2026, 10, 28), date(2026, 11, 16), date(2026, 9, 1)])
def test_a_build_on_another_day_says_what_a_clean_build_of_that_day_says(county, tmp_path, day):
    build(county, as_of=day)
    clean = copy_sample(tmp_path / "clean")
    build(clean, as_of=day)

    assert outputs(county) == outputs(clean)


def test_a_village_that_cannot_be_drawn_keeps_its_former_pages_and_the_others_are_built(county, monkeypatch):
    before = tree(county / "site/qingshi")
    note_on_second_row(county)
    note = county / "content/baiyun/shiqiao/finance/2026-03.csv"
    lines = note.read_text(encoding="utf-8-sig").split("\n")
    lines[2] += "补充说明"
    note.write_text("\n".join(lines), encoding="utf-8", newline="")
    draw = workshop.village_sites

    def draw_or_break(book, renderer, villages=()):
        if book.village.slug == "qingshi":
            raise ZeroDivisionError("broken on purpose")
        return draw(book, renderer, villages)

    monkeypatch.setattr(workshop, "village_sites", draw_or_break)
    report = build(county)

    assert [(failure.slug, failure.name) for failure in report.failures] == [("qingshi", "青石村")]
    assert "broken on purpose" in report.failures[0].reason
    assert tree(county / "site/qingshi") == before
    assert "补充说明" in (county / "site/shiqiao/finance/2026-03/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("workers", [1, 2])
def test_a_broken_template_stops_the_build_with_its_name_and_leaves_no_half_village(tmp_path, workers):
    county = copy_sample(tmp_path / "county")
    items = county / "site_config/theme/items"
    items.mkdir(parents=True)
    (items / "finance.html.j2").write_text("{{ nothing_of_this_name }}", encoding="utf-8")

    with pytest.raises(SetupError, match=r"items/finance\.html\.j2"):
        build(county, workers=workers)

    assert not (county / "site/qingshi").exists()


def test_the_lateness_board_is_never_inside_the_public_site(county):
    texts = {path: content for path, content in tree(county / "site").items() if not path.endswith(".png")}
    public = b"".join(texts.values()).decode("utf-8", "replace")
    board = (county / "site-audit/index.html").read_text(encoding="utf-8")
    assert "不对外排名" in board
    assert "逾期未公开" in board
    assert "不对外排名" not in public
