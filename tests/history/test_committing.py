"""Committing: commits made beside the working tree hold the very bytes, and refs move all at once."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.history.committing import Blob, Maker, Refused, Repository
from generator.history.notes import list_notes, list_notes_at
from generator.history.passphrases import WrongPassphrase, make_locked_key, unlocked
from generator.model.finding import SetupError
from tests.history.repositories import Repo

MAKER = Maker("报账员", datetime(2026, 10, 20, 1, 0, tzinfo=UTC))
CHINESE = "目录 一/表 格.csv"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    repo = Repo(tmp_path / "县 一")
    repo.commit(a="1\n", 目录__b="2\n")
    return repo


@pytest.fixture
def repository(repo: Repo) -> Repository:
    return Repository(repo.root)


def test_a_commit_holds_what_stood_before_and_the_new_bytes_as_they_are(repo: Repo, repository: Repository):
    repo.git("config", "core.autocrlf", "true")
    head = repository.tip("HEAD")

    files = {CHINESE: b"x\r\ny\n", "a.csv": None}
    commit = repository.commit(head, files, "题目\n\n正文: 一\n", MAKER, parents=(head,))

    assert repository.read([f"{commit}:{CHINESE}", f"{commit}:a.csv", f"{commit}:目录/b.csv"]) == [
        b"x\r\ny\n",
        None,
        b"2\n",
    ]
    assert repo.git("rev-parse", "HEAD") == head
    assert repo.git("status", "--porcelain") == ""
    blob = repository.changes(head, commit)[CHINESE]
    assert isinstance(blob, Blob) and blob.is_plain
    (note,) = list_notes(repo.root, "-n", "1", commit)
    assert (note.author, note.text, note.parents) == ("报账员", "题目\n\n正文: 一\n", (head,))
    assert note.moment == MAKER.moment


def test_a_commit_may_be_made_of_what_git_holds_already(repository: Repository):
    head = repository.tip("HEAD")
    (oid,) = repository.blobs([f"{head}:a.csv"])

    commit = repository.commit(head, {"c.csv": Blob(oid)}, "x", MAKER, parents=(head,))

    assert repository.read([f"{commit}:c.csv"]) == [b"1\n"]
    assert repository.blobs([f"{commit}:c.csv", f"{commit}:none"]) == [oid, ""]


def test_refs_move_together_or_not_at_all(repo: Repo, repository: Repository):
    head = repository.tip("HEAD")
    commit = repository.commit(head, {}, "x", MAKER, parents=(head,))

    assert not repository.move([("refs/heads/main", commit, head), ("refs/heads/x", commit, commit)], "x")
    assert repo.git("rev-parse", "main") == head
    assert repository.move([("refs/heads/main", commit, head), ("refs/heads/x", commit, "")], "x")
    assert not repository.move([("refs/heads/x", commit, "")], "x")
    assert repository.move([("refs/heads/x", "", commit)], "x")
    assert repo.git("rev-parse", "main") == commit


def test_the_folder_follows_for_the_given_files_alone(repo: Repo, repository: Repository):
    head = repository.tip("HEAD")
    repo.write("own.txt", "mine")
    repo.write("目录/b.csv", "mine too")
    commit = repository.commit(head, {CHINESE: b"new\n", "a.csv": None}, "x", MAKER, parents=(head,))
    repository.move([("refs/heads/main", commit, head)], "x")

    repository.follow([CHINESE, "a.csv"], head)

    assert (repo.root / CHINESE).read_bytes() == b"new\n"
    assert not (repo.root / "a.csv").exists()
    assert (repo.root / "目录/b.csv").read_text() == "mine too"
    assert repository.unclean([CHINESE, "a.csv"]) == []
    assert repository.unclean(["目录/b.csv", "own.txt"]) == ["own.txt", "目录/b.csv"]


def test_a_name_with_a_pattern_in_it_means_itself(repo: Repo, repository: Repository):
    repo.write("*.csv", "star")

    assert repository.unclean(["*.csv"]) == ["*.csv"]
    repo.write("a.csv", "changed")
    assert repository.unclean(["*.csv"]) == ["*.csv"]


def test_a_signed_commit_tells_its_signer_by_the_list_alone(tmp_path: Path, repository: Repository):
    head = repository.tip("HEAD")
    public = make_locked_key(tmp_path / "keys" / "a", "a", "口令 很长 \"$'")
    allowed = f'a-1 namespaces="git" {public}\n'.encode()

    with unlocked(tmp_path / "keys" / "a", "口令 很长 \"$'") as key:
        commit = repository.commit(head, {}, "x", MAKER, parents=(head,), key=key)

    assert repository.signer_of(commit, allowed) == "a-1"
    assert repository.signer_of(commit, b"") == ""
    assert repository.signer_of(commit, allowed.replace(b'"git"', b'"file"')) == ""
    assert repository.signer_of(head, allowed) == ""


def test_a_wrong_passphrase_makes_no_commit(tmp_path: Path, repository: Repository):
    head = repository.tip("HEAD")
    make_locked_key(tmp_path / "a", "a", "right enough")

    with unlocked(tmp_path / "a", "wrong") as key, pytest.raises(WrongPassphrase):
        repository.commit(head, {}, "x", MAKER, parents=(head,), key=key)
    (tmp_path / "a").write_text("no key")
    with unlocked(tmp_path / "a", "wrong") as key, pytest.raises(Refused, match="用不了"):
        repository.commit(head, {}, "x", MAKER, parents=(head,), key=key)


def test_the_script_that_answers_holds_no_passphrase_and_goes_with_the_context(tmp_path: Path):
    with unlocked(tmp_path / "a", "a passphrase") as key:
        script = Path(key.variables["SSH_ASKPASS"])
        assert "a passphrase" not in script.read_text()
        assert script.stat().st_mode & 0o077 == 0
    assert not script.exists()


def test_refs_are_listed_with_what_their_commits_say(repo: Repo, repository: Repository):
    head = repository.tip("HEAD")
    repo.git("branch", "desk/一")

    (note,) = list_notes_at(repo.root, "refs/heads/desk/")

    assert (note.ref, note.commit, note.text.strip()) == ("refs/heads/desk/一", head, "记录")


def test_an_unknown_commit_is_a_broken_set_up(repository: Repository):
    assert repository.find("nowhere") is None
    with pytest.raises(SetupError, match="没有提交"):
        repository.tip("nowhere")
