"""The private root: in no public history, and connected to no host outside the county's list."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.history.remotes import host_of
from generator.model.finding import SetupError
from generator.pipeline.private_root import require_private_root
from generator.promises.promises import Promises, load_promises
from tests.counties import changed, county_at
from tests.history.repositories import Repo

SETTINGS = "site_config/county.yaml"


def county(folder: Path, *, is_demo: bool = False, private: str = "content_private", hosts: str = "") -> Path:
    root = county_at(folder / "county")
    (root / private).mkdir(parents=True, exist_ok=True)
    edits = [("private_content: content_private", f"private_content: {private}\nprivate_hosts: [{hosts}]")]
    if not is_demo:
        edits.append(('demo: "true"', 'demo: "false"'))
    return changed(root, SETTINGS, *edits)


def promises_of(root: Path) -> Promises:
    return load_promises(root)


def outside(folder: Path, *remotes: str, hosts: str = "") -> Promises:
    """Return a county whose private root is a repository of its own with these remotes."""
    private = Repo(folder / "private")
    for number, url in enumerate(remotes):
        private.git("remote", "add", f"r{number}", url)
    return promises_of(county(folder, private="../private", hosts=hosts))


def test_a_private_root_in_no_repository_is_fine(tmp_path: Path):
    require_private_root(promises_of(county(tmp_path)))


def test_a_county_without_a_private_root_is_fine(tmp_path: Path):
    root = changed(county_at(tmp_path / "county"), SETTINGS, ("private_content: content_private\n", ""))

    require_private_root(promises_of(root))


def test_private_files_in_the_public_history_are_refused(tmp_path: Path):
    root = county(tmp_path)
    (root / "content_private" / "名单.csv").write_text("甲\n", encoding="utf-8")
    Repo(root).commit()

    with pytest.raises(SetupError, match="同一个 git 仓库里") as refused:
        require_private_root(promises_of(root))

    assert (refused.value.file, refused.value.key) == (SETTINGS, "private_content")
    assert "purge --file" in str(refused.value)


def test_the_demonstration_county_may_keep_its_made_up_one_inside(tmp_path: Path):
    root = county(tmp_path, is_demo=True)
    repository = Repo(root)
    repository.commit()
    repository.git("remote", "add", "origin", "https://git.example/x")

    require_private_root(promises_of(root))


def test_private_files_that_any_commit_would_take_are_refused(tmp_path: Path):
    root = county(tmp_path)
    Repo(root)

    with pytest.raises(SetupError, match="随时可能被提交"):
        require_private_root(promises_of(root))


def test_private_files_that_git_is_told_to_leave_out_are_fine(tmp_path: Path):
    root = county(tmp_path)
    (root / ".gitignore").write_text("/content_private/\n", encoding="utf-8")
    Repo(root).commit()

    require_private_root(promises_of(root))


def test_being_told_to_leave_out_does_not_undo_what_was_committed(tmp_path: Path):
    root = county(tmp_path)
    (root / "content_private" / "名单.csv").write_text("甲\n", encoding="utf-8")
    repository = Repo(root)
    repository.commit()
    (root / ".gitignore").write_text("/content_private/\n", encoding="utf-8")
    repository.commit()

    with pytest.raises(SetupError, match="进了历史"):
        require_private_root(promises_of(root))


def test_a_repository_of_its_own_inside_the_public_folder_is_judged_by_its_remotes(tmp_path: Path):
    root = county(tmp_path, hosts="git.county.example")
    private = Repo(root / "content_private")
    private.git("remote", "add", "origin", "git@git.county.example:lists.git")
    Repo(root)

    require_private_root(promises_of(root))
    private.git("remote", "add", "other", "https://elsewhere.example/lists")
    with pytest.raises(SetupError, match=r"elsewhere\.example"):
        require_private_root(promises_of(root))


def test_a_link_to_a_folder_elsewhere_is_judged_where_it_leads(tmp_path: Path):
    promises = outside(tmp_path, "https://elsewhere.example/lists")
    root = promises.root
    (root / "linked").symlink_to(tmp_path / "private")
    changed(root, SETTINGS, ("private_content: ../private", "private_content: linked"))

    with pytest.raises(SetupError, match=r"elsewhere\.example"):
        require_private_root(promises_of(root))


@pytest.mark.parametrize(
    "url",
    [
        "git@git.county.example:lists.git",
        "ssh://clerk@GIT.county.example:2222/lists.git",
        "https://clerk:secret@git.county.example/lists",
        "git.county.example:lists",
        "/srv/backup/lists.git",
        "../lists.git",
        "file:///srv/lists.git",
    ],
)
def test_hosts_of_the_list_and_folders_of_this_machine_are_fine(tmp_path: Path, url: str):
    require_private_root(outside(tmp_path, url, hosts="git.county.example"))


@pytest.mark.parametrize(
    "url",
    [
        "git@elsewhere.example:lists.git",
        "ssh://clerk@elsewhere.example:2222/lists.git",
        "https://clerk:secret@elsewhere.example/lists",
        "https://git.county.example:x@elsewhere.example/lists",
        "https://elsewhere.example/git.county.example",
        "elsewhere.example:lists",
        "http://elsewhere.example.",
    ],
)
def test_another_host_is_refused_by_name_and_nothing_else_of_its_address_is_shown(tmp_path: Path, url: str):
    promises = outside(tmp_path, "/srv/lists", url, hosts="git.county.example")

    with pytest.raises(SetupError, match=r"连着 elsewhere\.example（远端 r1）") as refused:
        require_private_root(promises)

    assert refused.value.key == "private_hosts"
    assert not any(words in str(refused.value) for words in ("secret", "clerk", "lists"))


def test_without_a_list_no_host_is_fine(tmp_path: Path):
    with pytest.raises(SetupError, match=r"git\.county\.example"):
        require_private_root(outside(tmp_path, "git@git.county.example:lists.git"))


def push_elsewhere(private: Repo) -> None:
    private.git("remote", "set-url", "--push", "r0", "https://elsewhere.example/x")


def rewrite_address(private: Repo) -> None:
    private.git("config", "url.https://elsewhere.example/.pushInsteadOf", "https://git.county.example/")


def push_branch_elsewhere(private: Repo) -> None:
    private.git("config", "branch.main.pushRemote", "https://elsewhere.example/x")


def push_all_elsewhere(private: Repo) -> None:
    private.git("config", "remote.pushDefault", "git@elsewhere.example:x")


def second_address(private: Repo) -> None:
    private.git("remote", "set-url", "--add", "r0", "https://elsewhere.example/x")


@pytest.mark.parametrize(
    "stray", [push_elsewhere, rewrite_address, push_branch_elsewhere, push_all_elsewhere, second_address]
)
def test_where_git_would_really_push_is_what_counts(tmp_path: Path, stray: Callable[[Repo], None]):
    promises = outside(tmp_path, "https://git.county.example/lists", hosts="git.county.example")
    require_private_root(promises)
    stray(_reopened(tmp_path))

    with pytest.raises(SetupError, match=r"elsewhere\.example"):
        require_private_root(promises)


def _reopened(folder: Path) -> Repo:
    return Repo(folder / "private")


@pytest.mark.parametrize(
    "url", ["ext::sh -c whatever", "https:///lists", "ssh://a?@b/lists", "http::https://a/b"]
)
def test_an_address_that_nobody_understands_is_refused(tmp_path: Path, url: str):
    with pytest.raises(SetupError, match="看不懂的远端地址（r0）") as refused:
        require_private_root(outside(tmp_path, url, hosts="a, b"))

    assert url not in str(refused.value)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("git@[::1]:x", "[::1]"),
        ("[::1]:x", "[::1]"),
        ("[git@host.example:22]:x", "host.example"),
        ("ssh://[fe80::1]:22/x", "[fe80::1]"),
        ("git://host.example./x", "host.example"),
        ("https://a@b@host.example/x", "host.example"),
        ("https://good.example\\@host.example/x", None),
        ("https://host.example#@good.example/x", None),
        ("./a:b", ""),
        ("/a:b", ""),
        ("C:\\x", "c"),
    ],
)
def test_hosts_are_read_as_git_reads_them(url: str, host: str | None):
    assert host_of(url) == host


def test_the_repository_around_a_hook_is_not_taken_for_the_private_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    promises = outside(tmp_path, "https://elsewhere.example/x")
    other = Repo(tmp_path / "other")
    monkeypatch.setenv("GIT_DIR", str(other.root / ".git"))

    with pytest.raises(SetupError, match=r"elsewhere\.example"):
        require_private_root(promises)


def test_without_git_there_is_nothing_to_refuse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    promises = outside(tmp_path, "https://elsewhere.example/x")
    monkeypatch.setenv("PATH", "")

    require_private_root(promises)


def test_a_repository_that_git_does_not_open_is_not_taken_for_none(tmp_path: Path):
    promises = outside(tmp_path, "https://git.county.example/x", hosts="git.county.example")
    (tmp_path / "private/.git/HEAD").write_text("broken\n", encoding="utf-8")

    with pytest.raises(SetupError, match="git 出错"):
        require_private_root(promises)
