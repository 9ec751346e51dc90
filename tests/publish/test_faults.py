"""Faults: whatever breaks while a site is put out, what is served is whole, and is the old one or the new."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest

from generator.model.disclosure_log import NAME as LOG
from generator.publish.locking import locked
from generator.publish.verifying import manifest_of_site
from tests.commands.conftest import cunwu
from tests.counties import written
from tests.history.repositories import Repo
from tests.publish.machines import ssh_server, wait_for_calls
from tests.publish.places import LEDGER, PROGRAM, Place, kill_at, seconds_of


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[None]:
    """Mount a disk of ``size`` on ``folder``; the tests must be run by root."""
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


# One chance, the same in every run, in `make test`; many in the soak.
TURNS = [pytest.param(2, id="few"), pytest.param(12, id="many", marks=pytest.mark.soak)]


@pytest.mark.parametrize("turns", TURNS)
def test_a_publisher_killed_at_any_moment_leaves_the_old_site_or_the_new(place: Place, turns: int):
    chance = Random(20261122)
    whole = seconds_of(place, "publish", str(place.work / "other"))
    (place.root / LOG).unlink(missing_ok=True)
    place.repo.git("checkout", "--quiet", "--", LOG)

    for _turn in range(turns):
        kill_at(place.begin("publish", str(place.www)), chance.uniform(0.2, 1.1) * whole)
        place.served()
        # What a server does before each publication: what was not committed is gone.
        place.repo.git("checkout", "--quiet", "--force", "HEAD")

    place.must_go_on()


@pytest.mark.parametrize("turns", TURNS)
def test_a_check_killed_at_any_moment_leaves_nothing_behind(place: Place, turns: int):
    chance = Random(20261122)
    before = place.repo.git("status", "--porcelain")

    for _turn in range(turns):
        kill_at(place.begin("check"), chance.uniform(0.1, 1.5))

    assert place.repo.git("status", "--porcelain") == before
    assert place.served() == place.old
    place.must_go_on()


def test_a_publisher_to_a_branch_killed_on_the_way_leaves_the_branch_whole(place: Place):
    chance = Random(20261122)
    options = ("--branch", "pages", "--forget")
    assert place.publish(*options).returncode == 0
    before = place.repo.git("rev-parse", "pages")

    for _turn in range(2):
        kill_at(place.begin("publish", str(place.www), *options), chance.uniform(0.3, 2.0))
        standing = place.repo.git("rev-parse", "pages")
        listed = place.repo.git("ls-tree", "-r", "--name-only", standing).split("\n")
        assert {"index.html", "manifest.json", "xi/index.html"} <= set(listed)
        assert standing == before or place.repo.git("cat-file", "-t", standing) == "commit"

    place.must_go_on()


def test_a_publisher_to_another_machine_killed_on_the_way_leaves_what_is_served_there(place: Place):
    chance = Random(20261122)
    with ssh_server(place.work / "ssh") as (who, ssh):
        options = ("--rsync", f"{who}:{place.work}/far", "--ssh", ssh)
        assert place.publish(*options).returncode == 0
        for _turn in range(3):
            kill_at(place.begin("publish", str(place.www), *options), chance.uniform(0.5, 3.0))
            # The old release leaves that machine with its lists of persons: not under the eyes of this check.
            wait_for_calls(place.work / "ssh")
            assert cunwu("verify", place.work / "far/current", "--no-history").returncode == 0
        assert place.publish(*options).returncode == 0
        assert cunwu("verify", place.work / "far/current", "--root", place.root).returncode == 0


def test_a_disk_that_is_full_publishes_nothing_and_says_so(place: Place):
    with small_disk(place.work / "disk", "24m"):
        target = place.work / "disk" / "www"
        assert place.publish(target=target).returncode == 0
        served = (target / "current").resolve()
        log = (place.root / LOG).read_bytes()
        filler = place.work / "disk" / "filler"
        with pytest.raises(OSError), filler.open("wb", buffering=0) as file:
            while True:
                file.write(b"0" * 4096)

        done = place.publish("--whole", target=target)

        assert done.returncode == 3
        assert "磁盘满了" in done.stderr
        assert "网站保持原样" in done.stderr
        assert (target / "current").resolve() == served
        assert (place.root / LOG).read_bytes() == log
        filler.unlink()
        assert place.publish("--whole", target=target).returncode == 0
        assert cunwu("verify", target / "current", "--root", place.root).returncode == 0


def test_a_target_that_may_only_be_read_publishes_nothing_and_says_so(place: Place):
    with small_disk(place.work / "disk", "24m"):
        target = place.work / "disk" / "www"
        assert place.publish(target=target).returncode == 0
        served, log = (target / "current").resolve(), (place.root / LOG).read_bytes()
        subprocess.run(["mount", "-o", "remount,ro", str(place.work / "disk")], check=True)

        done = place.publish(target=target)

        assert done.returncode == 3
        assert "只读" in done.stderr
        assert (target / "current").resolve() == served
        assert (place.root / LOG).read_bytes() == log


def test_of_two_publishers_at_once_the_second_waits_and_says_so(place: Place):
    command = [PROGRAM, "publish", str(place.www), "--root", str(place.root)]
    with locked(place.www, lambda: None):
        second = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert second.stderr is not None
        assert "另一次发布正在进行，等它结束" in second.stderr.readline()
        assert second.poll() is None
        assert place.served() == place.old

    said, problems = second.communicate(timeout=120)
    assert second.returncode == 0, problems
    assert "已发布" in said
    assert place.served() != place.old


def test_two_publishers_at_once_both_stand_in_the_log(place: Place):
    both = [place.begin("publish", str(place.www)) for _time in range(2)]

    assert [process.wait(timeout=300) for process in both] == [0, 0]
    assert len((place.root / LOG).read_bytes().splitlines()) == 3
    verified = cunwu("verify", place.www / "current", "--root", place.root)
    assert verified.returncode == 0, verified.stdout


def loose_object(repo: Repo, name: str) -> Path:
    """Return the file that holds the object ``name``, unpacked from wherever it lies."""
    digest = repo.git("rev-parse", name)
    return repo.root / ".git/objects" / digest[:2] / digest[2:]


@pytest.mark.parametrize("name", ["HEAD", "HEAD^{tree}", f"HEAD:{LEDGER}"], ids=["commit", "tree", "file"])
def test_a_damaged_repository_is_said_in_words_and_nothing_is_told_from_it(place: Place, name: str):
    path = loose_object(place.repo, name)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.chmod(0o644)
    path.write_bytes(content)
    verbs = {"verify": (), "diff": ("HEAD~1", "HEAD"), "publish": (place.www,)}
    # To publish, git need not read a file that lies there as it was committed.
    reads = ["verify", "diff"] if name.endswith(LEDGER) else ["verify", "publish"]

    for verb, words in verbs.items():
        done = cunwu(verb, *words, "--root", place.root)
        if verb in reads:
            assert done.returncode == 3, verb
            assert "版本历史有损坏的文件" in done.stderr
            assert "git clone" in done.stderr
            assert place.served() == place.old
    for verb in ("check", "build"):
        assert cunwu(verb, "--root", place.root).returncode in (0, 3)
    assert place.served() in (place.old, manifest_root(place))


def manifest_root(place: Place) -> str:
    """Return the root of the site that was built and lies in the county's folder."""
    manifest = manifest_of_site(lambda path: (place.root / "site" / path).read_bytes())
    assert manifest is not None
    return manifest.root


def test_a_newer_schema_leaves_the_periods_before_it_as_they_were(place: Place):
    assert place.publish().returncode == 0
    page = place.server.get("/xi/finance/2026-01/index.html").body
    schema = (place.root / "schemas/finance.yaml").read_text(encoding="utf-8")
    # From February on a ledger has a column that none had before.
    field = "fields:\n  - {name: 经办, type: string, constraints: {required: true}}\n"
    newer = schema.replace("fields:\n", field, 1)
    written(place.root, "schemas/finance.yaml", with_validity(schema, "valid_to", "2026-01-31"))
    written(place.root, "schemas/finance--2026-02.yaml", with_validity(newer, "valid_from", "2026-02-01"))
    place.repo.commit("新的表样")
    assert cunwu("build", "--root", place.root, "--workers", "1").returncode == 1

    done = place.publish()

    assert done.returncode == 0, done.stderr
    assert place.served() != place.old
    assert "待更正".encode() not in page
    assert "待更正".encode() not in place.server.get("/xi/finance/2026-01/index.html").body
    assert "待更正".encode() in place.server.get("/xi/finance/2026-02/index.html").body


def with_validity(schema: str, key: str, day: str) -> str:
    assert "disclosure:\n" in schema
    return schema.replace("disclosure:\n", f"disclosure:\n  {key}: {day}\n", 1)
