"""Damaged packs: where git cannot read its own files every verb says so, and nothing is put out."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.history.repository import read_standing
from generator.history.soundness import head_of
from generator.model.disclosure_log import NAME as LOG
from generator.model.finding import SetupError
from tests.commands.conftest import cunwu
from tests.history.repositories import Repo
from tests.publish.places import LEDGER, Place

VERBS = ("check", "build", "diff", "verify", "publish")
PACK, INDEX = "objects/pack/pack-*.pack", "objects/pack/pack-*.idx"
MANY = "objects/pack/multi-pack-index"
FETCH, RESET, DELETE = "git clone 取一份好的", "git reset", "请删去 .git/objects/pack/multi-pack-index"


def packed(repo: Repo) -> None:
    """Put all of a repository into one pack, with all that git keeps beside one."""
    for words in (
        "gc --quiet",
        "commit-graph write --reachable",
        "multi-pack-index write",
        "pack-refs --all",
    ):
        repo.git(*words.split())


def only(repo: Repo, pattern: str) -> Path:
    (path,) = (repo.root / ".git").glob(pattern)
    path.chmod(0o644)
    return path


def cut(repo: Repo, pattern: str) -> None:
    path = only(repo, pattern)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def flipped(repo: Repo, pattern: str, place: int = 4) -> None:
    path = only(repo, pattern)
    content = bytearray(path.read_bytes())
    content[place] ^= 0xFF
    path.write_bytes(content)


def lost(repo: Repo, pattern: str) -> None:
    only(repo, pattern).unlink()


def damage_object(repo: Repo, name: str) -> None:
    """Flip a byte in the middle of what the pack holds of one object."""
    digest = repo.git("rev-parse", name)
    listed = repo.git("verify-pack", "-v", str(only(repo, INDEX))).splitlines()
    _digest, _kind, _size, length, start, *_more = next(e for e in listed if e.startswith(digest)).split()
    flipped(repo, PACK, int(start) + int(length) // 2)


@pytest.mark.parametrize(
    ("damage", "pattern", "advice", "verbs"),
    [
        pytest.param(cut, PACK, FETCH, VERBS, id="pack-cut"),
        pytest.param(lost, PACK, FETCH, ("check", "publish"), id="pack-lost"),
        pytest.param(cut, INDEX, FETCH, ("diff", "publish"), id="idx-cut"),
        pytest.param(lost, INDEX, FETCH, VERBS, id="idx-lost"),
        pytest.param(lost, "packed-refs", FETCH, VERBS, id="refs-lost"),
        pytest.param(lost, "HEAD", FETCH, VERBS, id="head-lost"),
        pytest.param(flipped, MANY, DELETE, VERBS, id="multi-pack-index"),
        pytest.param(cut, "index", RESET, ("build", "diff", "publish"), id="staging-area"),
        pytest.param(damage_object, "HEAD", FETCH, VERBS, id="last-commit"),
        pytest.param(damage_object, "HEAD~2", FETCH, ("verify",), id="commit-before"),
        pytest.param(damage_object, f"HEAD~1:{LEDGER}", FETCH, ("diff", "verify"), id="record-before"),
    ],
)
def test_what_git_cannot_read_is_said_by_all_who_need_it_and_nothing_is_put_out(
    place: Place, damage: Callable[[Repo, str], None], pattern: str, advice: str, verbs: tuple[str, ...]
):
    packed(place.repo)
    damage(place.repo, pattern)
    site = (place.root / "site/manifest.json").read_bytes()
    log = (place.root / LOG).read_bytes()
    words = {"diff": ("HEAD~1", "HEAD"), "publish": (place.www,), "build": ("--workers", "1")}

    for verb in verbs:
        done = cunwu(verb, *words.get(verb, ()), "--root", place.root)

        assert done.returncode == 3, verb
        assert "坏" in done.stderr
        assert advice in done.stderr
        assert "Traceback" not in done.stderr
    assert place.served() == place.old
    assert (place.root / "site/manifest.json").read_bytes() == site
    assert (place.root / LOG).read_bytes() == log


def test_what_git_can_do_without_or_was_made_anew_as_advised_stops_nothing(place: Place):
    packed(place.repo)
    cut(place.repo, "objects/info/commit-graph")
    flipped(place.repo, MANY)
    cut(place.repo, "index")
    lost(place.repo, MANY)
    lost(place.repo, "index")
    place.repo.git("reset", "--quiet")

    done = place.publish()

    assert done.returncode == 0, done.stderr
    assert place.served() != place.old


def test_a_repository_without_commits_and_a_folder_without_one_are_no_damage(tmp_path: Path):
    (tmp_path / "plain").mkdir()
    fresh = Repo(tmp_path / "fresh")
    fresh.write("a.csv", "a\n")
    fresh.git("add", "a.csv")

    assert head_of(tmp_path / "plain") == ""
    assert head_of(fresh.root) == ""


def test_a_branch_without_commits_beside_a_history_is_told(tmp_path: Path):
    repo = Repo(tmp_path / "county")
    repo.commit("起点")
    repo.git("update-ref", "-d", "refs/heads/main")

    with pytest.raises(SetupError, match="HEAD 指向的分支没有了"):
        head_of(repo.root)


def test_a_last_commit_that_can_be_read_but_is_not_what_its_name_says_is_no_history_to_build_on(
    tmp_path: Path,
):
    repo = Repo(tmp_path / "county")
    repo.commit("起点")
    digest = repo.git("rev-parse", "HEAD")
    path = repo.root / ".git/objects" / digest[:2] / digest[2:]
    path.chmod(0o644)
    path.write_bytes(
        zlib.compress(zlib.decompress(path.read_bytes()).replace("起点".encode(), "终点".encode()))
    )

    with pytest.raises(SetupError, match=f"版本历史有损坏的文件（{digest}）"):
        read_standing(repo.root)
