"""Workers that bring what they built to a bucket, where it waits until a publication puts it in place."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from generator.commands.build import build
from generator.commands.publish import publish
from generator.model.finding import SetupError
from generator.pipeline.build import Places, Report, run_build
from generator.pipeline.cluster import ClusterCrew
from generator.promises.promises import load_promises
from generator.publish.bucket_index import INDEX
from generator.publish.compressing import without_copies
from generator.publish.objects import OWN, STAGED
from generator.publish.releases import files_below
from generator.publish.serving import passing_lists, passing_pattern
from generator.publish.waiting import Staging
from tests.clusters import Cluster, started
from tests.publish.buckets import Store
from tests.sample import AS_OF, copy_sample

KEPT = ("finance", "subsidy", "notice")
# What tells when it was published.
LOG = "disclosure-log.jsonl"


@pytest.fixture
def cluster(tmp_path: Path, credentials: None) -> Iterator[Cluster]:
    with started(tmp_path / "cluster") as running:
        yield running


def county_at(folder: Path) -> Path:
    """Return a copy of the sample with one township, its office and two villages, and little of these."""
    county = copy_sample(folder)
    for others in ("content/_county", "content/baiyun", "content_private/baiyun"):
        shutil.rmtree(county / others, ignore_errors=True)
    for item in county.glob("content*/qingxi/*/*/"):
        if item.name not in KEPT:
            shutil.rmtree(item)
    return county


def staging(county: Path, store: Store, below: str) -> Staging:
    passing = passing_pattern(passing_lists(load_promises(county)))
    return Staging(f"s3://{store.name}/{below}", store.service, passing)


def built(county: Path, cluster: Cluster, deliver: Staging, **options: Any) -> Report:
    crew = ClusterCrew(cluster.address, portion=1, deliver=deliver)
    return run_build(county, Places.below(county), as_of=AS_OF, crew=crew, **options)


def published(county: Path, store: Store, below: str) -> str:
    options = ["--root", str(county), "--bucket", f"s3://{store.name}/{below}", "--endpoint", store.service]
    done = CliRunner().invoke(publish, [str(county.parent / f"www-{below}"), *options])
    assert done.exit_code == 0, done.output
    return done.output


def held(store: Store, below: str) -> dict[str, tuple[bytes, str, str, str]]:
    """Return what stands below a folder of the bucket: bytes as they are put, and their headers."""
    found = {}
    for key, answer in store.objects().items():
        if key.startswith(f"{below}/"):
            heads = (answer["ContentType"], answer["CacheControl"], answer.get("ContentEncoding", ""))
            found[key.removeprefix(f"{below}/")] = (answer["Body"].read(), *heads)
    return found


@pytest.mark.soak
def test_workers_of_which_one_is_lost_fill_a_bucket_as_one_machine_does(
    tmp_path: Path, cluster: Cluster, store: Store
):
    here, there = county_at(tmp_path / "here"), county_at(tmp_path / "there")
    run_build(here, Places.below(here), as_of=AS_OF)
    published(here, store, "here")
    workers = [cluster.add_worker("--no-nanny") for _ in range(3)]

    def lose_one(done: int, total: int, name: str) -> None:
        if done == 1:
            os.killpg(workers[0].pid, signal.SIGKILL)

    report = built(there, cluster, staging(there, store, "there"), progress=lose_one)

    assert (report.built, report.failures, workers[0].wait()) == (3, [], -signal.SIGKILL)
    waiting = held(store, "there")
    assert len(waiting) > 100
    assert all(key.startswith(STAGED) for key in waiting)
    assert [key for key, (_body, _kind, caching, _packed) in waiting.items() if caching == "no-store"] == []

    told = published(there, store, "there")

    assert f"其中 {report.staged} 个工作机早已传好" in told
    expected, came = held(store, "here"), held(store, "there")
    assert expected.pop(LOG) and came.pop(LOG) and expected.pop(INDEX) and came.pop(INDEX)
    assert came == expected


def test_only_what_changed_since_the_last_publication_waits(tmp_path: Path, cluster: Cluster, store: Store):
    county = county_at(tmp_path / "county")
    cluster.add_worker()
    run_build(county, Places.below(county), as_of=AS_OF)
    published(county, store, "xian")
    ledger = county / "content/qingxi/qingshi/finance/2026-09.csv"
    text = ledger.read_text(encoding="utf-8")
    ledger.write_text(text.replace("山坪塘", "山平塘"), encoding="utf-8")

    report = built(county, cluster, staging(county, store, "xian"))

    assert 0 < report.staged < 30
    assert f"其中 {report.staged} 个工作机早已传好" in published(county, store, "xian")
    release = tmp_path / "www-xian" / "current"
    came = {key.removeprefix("xian/"): content for key, content in store.contents().items()}
    came = {key: content for key, content in came.items() if not key.startswith(OWN)}
    assert came == {path: (release / path).read_bytes() for path in without_copies(files_below(release))}
    assert "山平塘" in came["qingshi/finance/2026-09/index.html"].decode()


def test_a_worker_that_may_not_write_to_the_bucket_says_so(tmp_path: Path, cluster: Cluster, store: Store):
    county = county_at(tmp_path / "county")
    cluster.add_worker()
    nowhere = Staging("s3://no-such-county/xian", store.service, r"^/\.$")

    with pytest.raises(SetupError, match="没有这个存储桶"):
        built(county, cluster, nowhere)


def test_a_build_of_one_machine_has_nobody_who_could_bring_it_to_a_bucket():
    done = CliRunner().invoke(build, ["--bucket", "s3://county"])

    assert done.exit_code == 2
    assert "--scheduler" in done.output
