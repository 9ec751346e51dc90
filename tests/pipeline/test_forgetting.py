"""Forgetting: lists are sealed while they are there, dropped after their display, and stay answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import count
from pathlib import Path

import pytest

from generator.intake.walk import walk_county
from generator.pipeline.forgetting import Forgotten, Sealed, expire_lists, seal_lists
from generator.promises.promises import load_promises
from tests.counties import changed, county_at, verdict_on, written

LIST = Path("content_private/dong/xi/subsidy/2025Q4--elderly.csv")
SALT = LIST.with_suffix(".salt")
SEAL = Path("content/dong/xi/subsidy/2025Q4--elderly.sealed.yaml")
REGISTER = "content/dong/xi/publications.csv"


def salts() -> Iterator[str]:
    """Yield salts that differ."""
    return (f"{number:064x}" for number in count(1))


def seal(root: Path) -> list[Sealed]:
    """Seal the county's lists."""
    promises, fresh = load_promises(root), salts()
    return list(seal_lists(promises, walk_county(promises), lambda: next(fresh)))


def expire(root: Path, day: str) -> list[Forgotten]:
    """Drop what is over on a day."""
    promises = load_promises(root)
    return list(expire_lists(promises, walk_county(promises), date.fromisoformat(day)))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a county with one list, which hung from 10 to 25 January 2026 and is sealed."""
    return county_at(tmp_path)


def test_a_list_that_is_sealed_as_it_stands_is_left_alone(root: Path):
    before = (root / SEAL).read_bytes()

    assert seal(root) == []
    assert (root / SEAL).read_bytes() == before


def test_a_list_without_a_seal_gets_one_and_a_salt_that_stays_private(root: Path):
    (root / SEAL).unlink()
    (root / SALT).unlink()

    [sealed] = seal(root)

    assert (sealed.path, sealed.rows) == (SEAL.as_posix(), 3)
    assert (root / SALT).read_text() == f"{1:064x}\n"
    assert f"{1:064x}" not in (root / SEAL).read_text(encoding="utf-8")
    assert not list((root / "content").rglob("*.salt"))
    assert verdict_on(root).lines == []


def test_a_corrected_list_keeps_its_salt_and_gets_another_root(root: Path):
    old_salt, old_seal = (root / SALT).read_text(), (root / SEAL).read_text(encoding="utf-8")
    text = (root / LIST).read_text(encoding="utf-8")
    (root / LIST).write_text(text[: text.rindex("\n", 0, -1) + 1], encoding="utf-8")

    [sealed] = seal(root)

    assert sealed.rows == 2
    assert (root / SALT).read_text() == old_salt
    assert (root / SEAL).read_text(encoding="utf-8") != old_seal


def test_a_list_with_a_mistake_is_not_sealed(root: Path):
    text = (root / LIST).read_text(encoding="utf-8")
    (root / LIST).write_text(text.replace("550.00", "550").replace("金额", "钱数"), encoding="utf-8")
    before = (root / SEAL).read_bytes()

    assert seal(root) == []
    assert (root / SEAL).read_bytes() == before


@pytest.mark.parametrize(("day", "is_dropped"), [("2026-01-25", False), ("2026-01-26", True)])
def test_rows_and_salt_are_dropped_the_day_after_the_display(root: Path, day: str, is_dropped: bool):
    dropped = expire(root, day)

    assert [(entry.rows, entry.shown_until) for entry in dropped] == [(3, date(2026, 1, 25))] * is_dropped
    assert (root / LIST).exists() is not is_dropped
    assert (root / SALT).exists() is not is_dropped
    assert (root / SEAL).exists()


def test_expiring_twice_drops_nothing_more(root: Path):
    assert len(expire(root, "2026-03-10")) == 1
    assert expire(root, "2026-03-10") == []


def test_a_list_that_hangs_again_stays(root: Path):
    line = "补贴发放,2025Q4--elderly,2,更正,民政专干,监委会,2026-04-01,2026-04-02,2026-04-20,公开栏,漏报"
    path = root / REGISTER
    path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")

    assert expire(root, "2026-03-10") == []
    assert expire(root, "2026-04-20") == []
    assert len(expire(root, "2026-04-21")) == 1


@pytest.mark.parametrize("missing", [SALT, SEAL])
def test_a_list_that_is_not_bound_is_never_dropped(root: Path, missing: Path):
    (root / missing).unlink()

    assert expire(root, "2026-03-10") == []
    assert (root / LIST).exists()


def test_a_list_that_was_changed_after_its_seal_is_never_dropped(root: Path):
    changed(root, SEAL.as_posix(), ('"550.00"', '"500.00"'))

    assert expire(root, "2026-03-10") == []


def test_a_forgotten_list_still_answers_its_duty(root: Path):
    before = {(d.item.name, d.period, d.state) for d in verdict_on(root).judgements["xi"].duties}
    expire(root, "2026-03-10")
    verdict = verdict_on(root)

    assert verdict.lines == []
    assert {(d.item.name, d.period, d.state) for d in verdict.judgements["xi"].duties} == before


def test_a_list_that_comes_back_must_be_the_one_that_was_sealed(root: Path):
    text, salt = (root / LIST).read_text(encoding="utf-8"), (root / SALT).read_text()
    expire(root, "2026-03-10")
    written(root, SALT.as_posix(), salt)

    assert verdict_on(written(root, LIST.as_posix(), text)).lines == []
    other = text.replace("田某甲", "王某甲")
    assert verdict_on(written(root, LIST.as_posix(), other)).lines == [f"{LIST}:::seal-stale"]
