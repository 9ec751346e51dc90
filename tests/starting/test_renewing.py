"""Renewing: the engine's change is taken where the county has none of its own, and told where it has."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from generator.model.finding import SetupError
from generator.starting.engine_lock import FILE, EngineLock, read_lock, sha256
from generator.starting.founding import Engine, engine_files, write_files
from generator.starting.renewing import Fate, apply_upgrade, plan_upgrade

OLD, NEW = "0.0.9", "0.1.0"
SCHEMA, SCRIPT, PIPELINE = "schemas/finance.yaml", "ci/publish.sh", ".gitlab-ci.yml"
GONE, FRESH = "schemas/abolished.yaml", "schemas/plots.yaml"


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """Return a county of an older engine: three files were otherwise, one was more, one was not there."""
    files = engine_files(Engine(OLD, f"cunwu=={OLD}", ("gitlab",)))
    for path in (SCHEMA, SCRIPT, PIPELINE):
        files[path] = b"# old\n" + files[path]
    files[GONE] = b"name: abolished\n"
    del files[FRESH]
    write_files(tmp_path, files)
    hashes = {path: sha256(content) for path, content in files.items()}
    lock = EngineLock(OLD, f"cunwu=={OLD}", ("gitlab",), hashes)
    write_files(tmp_path, {FILE: lock.content()})
    return tmp_path


def fates(root: Path) -> dict[str, Fate]:
    return {step.path: step.fate for step in plan_upgrade(root, NEW).steps}


def test_what_the_county_left_alone_follows_the_engine(county: Path):
    plan = plan_upgrade(county, NEW)

    assert fates(county) == {
        SCHEMA: Fate.CHANGED,
        SCRIPT: Fate.CHANGED,
        PIPELINE: Fate.CHANGED,
        GONE: Fate.REMOVED,
        FRESH: Fate.ADDED,
        "ci/engine.txt": Fate.CHANGED,
    }
    assert next(step for step in plan.steps if step.path == SCHEMA).counts() == (0, 1)
    assert read_lock(county).engine == OLD


def test_applied_it_is_the_new_engines_and_a_second_time_there_is_nothing(county: Path):
    apply_upgrade(county, plan_upgrade(county, NEW))

    files = engine_files(Engine(NEW, f"cunwu=={NEW}", ("gitlab",)))
    assert {path: (county / path).read_bytes() for path in files} == files
    assert not (county / GONE).exists()
    assert read_lock(county).engine == NEW
    assert not plan_upgrade(county, NEW).is_needed


def test_what_the_county_changed_stays_and_is_told(county: Path):
    own = b"# ours\n"
    for path in (SCHEMA, GONE):
        (county / path).write_bytes(own)
    (county / PIPELINE).unlink()
    told = fates(county)

    apply_upgrade(county, plan_upgrade(county, NEW))

    assert (told[SCHEMA], told[GONE], told[PIPELINE]) == (Fate.KEPT, Fate.KEPT, Fate.GONE)
    assert (county / SCHEMA).read_bytes() == own
    assert (county / GONE).read_bytes() == own
    assert not (county / PIPELINE).exists()


def test_what_was_kept_once_is_the_countys_own_from_then_on(county: Path):
    (county / SCHEMA).write_bytes(b"# ours\n")
    apply_upgrade(county, plan_upgrade(county, NEW))

    assert fates(county) == {SCHEMA: Fate.OWN}
    assert not plan_upgrade(county, NEW).is_needed


def test_a_file_of_the_countys_where_the_engine_brings_a_new_one_stays(county: Path):
    (county / FRESH).write_bytes(b"# ours\n")

    assert fates(county)[FRESH] is Fate.KEPT


def test_where_pip_gets_the_engine_from_is_the_countys_choice(county: Path):
    lock = replace(read_lock(county), requirement="./wheels/cunwu.whl")
    (county / FILE).write_bytes(lock.content())

    assert plan_upgrade(county, NEW).new.requirement == "./wheels/cunwu.whl"


def test_an_older_engine_than_the_countys_changes_nothing(county: Path):
    with pytest.raises(SetupError, match="更旧"):
        plan_upgrade(county, "0.0.8")


@pytest.mark.parametrize(
    "content", [None, b"", b"[]", b'{"format": "other"}', b'{"format": "cunwu-engine/1"}']
)
def test_a_lock_that_is_missing_or_broken_is_one_message(county: Path, content: bytes | None):
    (county / FILE).unlink()
    if content is not None:
        (county / FILE).write_bytes(content)

    with pytest.raises(SetupError) as caught:
        plan_upgrade(county, NEW)
    assert caught.value.file == FILE
