"""A build on a real cluster on loopback: a scheduler and workers, not all of which see the end."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generator.model.finding import SetupError
from generator.pipeline.build import Places, Report, run_build
from generator.pipeline.cluster import ClusterCrew
from generator.pipeline.fingerprint import setup_fingerprint
from generator.pipeline.orders import Order
from generator.pipeline.shards import brief_of, work_shard
from generator.promises.promises import load_promises
from tests.clusters import Cluster, started
from tests.sample import AS_OF, copy_sample


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    with started(tmp_path / "cluster") as running:
        yield running


def built(county: Path, cluster: Cluster, **options: Any) -> Report:
    progress = options.pop("progress", lambda done, total, name: None)
    crew = ClusterCrew(cluster.address, portion=1, **options)
    return run_build(county, Places.below(county), as_of=AS_OF, crew=crew, progress=progress)


def tree_of(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def preload(folder: Path, deed: str) -> list[str]:
    """Return the arguments of a worker that does ``deed`` instead of building 青石村."""
    script = folder / "deed.py"
    script.write_text(
        "import os, time, pathlib\n"
        "from generator.pipeline.workshop import Workshop\n"
        "def instead(self, task, build=Workshop.build):\n"
        "    if task.village.slug == 'qingshi':\n"
        f"        {deed}\n"
        "    return build(self, task)\n"
        "if Workshop.build.__name__ == 'build':\n"
        "    Workshop.build = instead\n",
        encoding="utf-8",
    )
    return ["--preload", str(script)]


@pytest.fixture(scope="module")
def expected(sample_once: Path) -> dict[str, bytes]:
    return made(sample_once)


def made(county: Path) -> dict[str, bytes]:
    return tree_of(county / "site") | {f"audit/{k}": v for k, v in tree_of(county / "site-audit").items()}


def test_a_cluster_that_loses_a_worker_builds_what_one_machine_does(
    tmp_path: Path, cluster: Cluster, expected: dict[str, bytes]
):
    county = copy_sample(tmp_path / "there")
    workers = [cluster.add_worker("--no-nanny") for _ in range(3)]

    def lose_one(done: int, total: int, name: str) -> None:
        if done == 1:
            os.killpg(workers[0].pid, signal.SIGKILL)

    report = built(county, cluster, progress=lose_one)

    assert (report.built, report.failures) == (7, [])
    assert workers[0].wait() == -signal.SIGKILL
    assert made(county) == expected
    assert built(county, cluster).unchanged == 7


def test_workers_that_fetch_the_records_from_git_build_the_same(tmp_path: Path, cluster: Cluster):
    here = copy_sample(tmp_path / "here")
    git(here, "init", "--quiet", "--initial-branch", "main")
    git(here, "add", "content", "schemas", "site_config", "mkdocs.yml")
    git(here, "commit", "--quiet", "--message", "首次公开")
    git(tmp_path, "clone", "--quiet", "--bare", str(here), "county.git")
    there = tmp_path / "far" / "there"
    git(tmp_path, "clone", "--quiet", str(tmp_path / "county.git"), str(there))
    shutil.copytree(here / "content_private", there / "content_private")
    run_build(here, Places.below(here), as_of=AS_OF)
    cluster.add_worker()

    report = built(there, cluster, remote=str(tmp_path / "county.git"))

    assert (report.built, report.failures) == (7, [])
    assert made(there) == made(here)


def test_what_is_not_committed_is_not_built_from_git(tmp_path: Path, cluster: Cluster):
    county = copy_sample(tmp_path / "county")
    git(county, "init", "--quiet", "--initial-branch", "main")
    git(county, "add", "content", "schemas", "site_config", "mkdocs.yml")
    git(county, "commit", "--quiet", "--message", "首次公开")
    (county / "content" / "new.txt").write_text("x", encoding="utf-8")

    with pytest.raises(SetupError, match="没有提交"):
        built(county, cluster, remote=str(county))


def test_a_village_that_ends_every_process_is_named_and_the_others_are_built(
    tmp_path: Path, cluster: Cluster
):
    county = copy_sample(tmp_path / "county")
    for _ in range(2):
        cluster.add_worker(*preload(tmp_path, "os._exit(9)"))

    report = built(county, cluster)

    assert [failure.slug for failure in report.failures] == ["qingshi"]
    assert "内存" in report.failures[0].reason
    assert report.built == 6


def test_a_worker_that_hangs_is_started_anew(tmp_path: Path, cluster: Cluster, expected: dict[str, bytes]):
    county = copy_sample(tmp_path / "county")
    mark = tmp_path / "hung"
    deed = f"p = pathlib.Path({str(mark)!r}); p.exists() or (p.touch(), time.sleep(3600))"
    cluster.add_worker(*preload(tmp_path, deed))
    told: list[str] = []

    report = built(county, cluster, patience=8, tell=told.append)

    assert mark.exists()
    assert told
    assert all("8 秒没有动静" in text for text in told)
    assert (report.built, report.failures) == (7, [])
    assert made(county) == expected


def test_a_scheduler_that_is_not_there_is_one_clear_error(tmp_path: Path):
    county = copy_sample(tmp_path / "county")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
        crew = ClusterCrew(address, arrival=1)

        with pytest.raises(SetupError, match=f"连不上调度器 {address}"):
            run_build(county, Places.below(county), as_of=AS_OF, crew=crew)


def test_a_scheduler_without_workers_is_one_clear_error(tmp_path: Path, cluster: Cluster):
    county = copy_sample(tmp_path / "county")

    with pytest.raises(SetupError, match="一台工作机也没有"):
        built(county, cluster, arrival=1)


@pytest.mark.parametrize(
    ("change", "said"), [({"setup": "other"}, "程序或者设置"), ({"needed": ("/nowhere",)}, "看不到文件夹")]
)
def test_a_machine_that_would_build_something_else_is_refused(
    tmp_path: Path, change: dict[str, Any], said: str
):
    county = copy_sample(tmp_path / "county")
    places = Places.below(county)
    order = Order(load_promises(county), setup_fingerprint(county), AS_OF, places.site, places.states)
    brief = replace(brief_of(order), **change)

    with pytest.raises(SetupError, match=said):
        work_shard(brief, [], str(tmp_path / "scratch"))


def git(folder: Path, *arguments: str) -> None:
    person = ("-c", "user.name=会计", "-c", "user.email=clerk@cunwu.example")
    subprocess.run(["git", *person, *arguments], cwd=folder, check=True)
