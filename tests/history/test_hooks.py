"""Hooks: with real git and the real guard, a leak stops a commit and a push; what is clean goes through."""

from __future__ import annotations

import stat
import sys
from pathlib import Path
from random import Random

import pytest

from generator.history.hooks import install_hooks
from generator.model.finding import SetupError
from tests.history.repositories import Repo
from tests.privacy.generators import citizen, mobile

RNG = Random(23)
PERSON, PHONE = str(citizen(RNG)), str(mobile(RNG))
LEAK = f"户主,说明\n甲,{PHONE}\n"
CLEAN = "事项,金额\n修路,100\n"
FOREIGN = '#!/bin/sh\ncat >>"{log}"\necho ran >>"{log}"\nexit {code}\n'


@pytest.fixture
def here(tmp_path: Path) -> Repo:
    return Repo(tmp_path / "here")


@pytest.fixture
def guarded(here: Repo) -> Repo:
    install_hooks(here.root, is_server=False, force=False)
    return here


@pytest.fixture
def server(here: Repo, tmp_path: Path) -> Repo:
    """Return a bare repository that guards itself, to which ``here``, which does not, pushes."""
    hub = Repo(tmp_path / "hub.git", bare=True)
    install_hooks(hub.root, is_server=True, force=False)
    here.git("remote", "add", "origin", hub.root)
    here.commit(content__a=CLEAN)
    here.git("push", "--quiet", "origin", "main")
    return hub


def foreign_hook(path: Path, log: Path, code: int = 0) -> None:
    path.write_text(FOREIGN.format(log=log, code=code), encoding="utf-8")
    path.chmod(0o755)


def test_a_clean_change_is_committed(guarded: Repo):
    guarded.commit("公开三月账目", content__a=CLEAN)

    assert guarded.git("log", "--format=%s") == "公开三月账目"


def test_a_leak_stops_the_commit_and_says_where_and_what_to_do(guarded: Repo):
    guarded.write("content/a.csv", LEAK)
    guarded.git("add", "--all")

    done = guarded.attempt("commit", "-m", "公开")

    assert done.returncode == 1
    assert guarded.attempt("rev-parse", "HEAD").returncode != 0
    assert "content/a.csv" in done.stderr and "第 2 行" in done.stderr and "「说明」" in done.stderr
    assert "有手机号码" in done.stderr and "请照提示删去，再运行 git add 和 git commit" in done.stderr
    assert PHONE not in done.stderr + done.stdout


def test_what_is_staged_counts_and_not_what_lies_in_the_folder(guarded: Repo):
    guarded.write("a.csv", LEAK)
    guarded.git("add", "--all")
    guarded.write("a.csv", CLEAN)
    assert guarded.attempt("commit", "-m", "公开").returncode == 1

    guarded.git("add", "--all")
    guarded.write("b.csv", LEAK)
    assert guarded.attempt("commit", "-m", "公开").returncode == 0


def test_a_commit_of_named_files_from_a_folder_below_is_looked_at_as_well(guarded: Repo):
    guarded.commit(content__a=CLEAN)
    guarded.write("content/a.csv", LEAK)

    assert guarded.attempt("-C", "content", "commit", "-m", "公开", "a.csv").returncode == 1
    assert guarded.attempt("commit", "-a", "-m", "公开").returncode == 1


def test_a_leak_in_the_message_stops_the_commit(guarded: Repo):
    guarded.write("a.csv", CLEAN)
    guarded.git("add", "--all")

    done = guarded.attempt("commit", "-m", f"更正 {PERSON}")

    assert done.returncode == 1
    assert "提交说明里有不该公开的个人信息" in done.stderr
    assert PERSON not in done.stderr


def test_what_git_writes_into_the_draft_is_not_the_message(guarded: Repo):
    guarded.write(f"{PHONE}.csv", LEAK)
    guarded.git("add", "--all")
    guarded.git("commit", "--quiet", "--no-verify", "-m", "误传")
    guarded.git("rm", "--quiet", f"{PHONE}.csv")
    guarded.git("config", "core.editor", "sed -i '1s/^/删去/'")

    done = guarded.attempt("commit", "-v")

    assert done.returncode == 0, done.stderr
    assert guarded.git("log", "-1", "--format=%B") == "删去"


def test_a_leak_that_a_merge_brings_stops_it(guarded: Repo):
    guarded.commit(a=CLEAN)
    guarded.git("switch", "--quiet", "--create", "other")
    guarded.write("b.csv", LEAK)
    guarded.git("add", "--all")
    guarded.git("commit", "--quiet", "--no-verify", "-m", "误传")
    guarded.git("switch", "--quiet", "main")
    guarded.commit(c=CLEAN)

    assert guarded.attempt("merge", "--no-edit", "other").returncode != 0
    assert guarded.git("log", "--format=%s") == "记录\n记录"


@pytest.fixture
def remote(guarded: Repo, tmp_path: Path) -> Repo:
    """Return a bare repository that does not guard itself, to which ``guarded`` pushes."""
    hub = Repo(tmp_path / "plain.git", bare=True)
    guarded.git("remote", "add", "origin", hub.root)
    guarded.commit(content__a=CLEAN)
    guarded.git("push", "--quiet", "origin", "main")
    return hub


def slip(repository: Repo, content: str) -> str:
    """Commit past the hooks, as a rebase does, and return the id."""
    repository.write("content/a.csv", content)
    repository.git("add", "--all")
    repository.git("commit", "--quiet", "--no-verify", "-m", "误传")
    return repository.git("rev-parse", "--short=7", "HEAD")


def test_what_slipped_into_a_commit_is_stopped_before_it_is_pushed(guarded: Repo, remote: Repo):
    leaked = slip(guarded, LEAK)
    slip(guarded, CLEAN)

    done = guarded.attempt("push", "origin", "main")

    assert done.returncode != 0
    assert leaked in done.stderr and "git rebase -i" in done.stderr
    assert "误传" not in remote.git("log", "--all", "--format=%s")


def test_a_leak_in_another_branch_that_was_never_pushed_is_found_below_a_new_one(guarded: Repo, remote: Repo):
    guarded.git("switch", "--quiet", "--create", "first")
    slip(guarded, LEAK)
    guarded.git("switch", "--quiet", "--create", "second")
    slip(guarded, CLEAN)

    assert guarded.attempt("push", "origin", "second").returncode != 0
    assert guarded.attempt("push", remote.root, "second").returncode != 0


def test_a_first_push_looks_at_everything(guarded: Repo, tmp_path: Path):
    hub = Repo(tmp_path / "empty.git", bare=True)
    guarded.git("remote", "add", "origin", hub.root)
    slip(guarded, LEAK)
    slip(guarded, CLEAN)

    assert guarded.attempt("push", "origin", "main").returncode != 0


def test_clean_pushes_new_branches_and_deletions_go_through(guarded: Repo, remote: Repo):
    guarded.commit(content__b=CLEAN)
    guarded.git("push", "--quiet", "origin", "main", "main:new")
    guarded.git("push", "--quiet", "origin", "--delete", "new")

    assert remote.git("rev-parse", "main") == guarded.git("rev-parse", "main")


def test_a_clean_push_is_taken_by_a_server(here: Repo, server: Repo):
    here.commit(content__a=CLEAN + "修桥,200\n")

    here.git("push", "--quiet", "origin", "main")

    assert server.git("rev-parse", "main") == here.git("rev-parse", "main")


def test_a_leak_stops_the_push_and_says_where_and_what_to_do(here: Repo, server: Repo):
    before = server.git("rev-parse", "main")
    leaked = here.commit(content__a=LEAK)

    done = here.attempt("push", "origin", "main")

    assert done.returncode != 0
    assert server.git("rev-parse", "main") == before
    assert server.attempt("cat-file", "-e", leaked).returncode != 0
    for words in ("content/a.csv", leaked[:7], "第 2 行", "有手机号码", "git rebase -i"):
        assert words in done.stderr, words
    assert PHONE not in done.stderr


def test_a_leak_that_the_same_push_removes_again_stops_it(here: Repo, server: Repo):
    leaked = here.commit(content__a=LEAK)
    here.commit(content__a=CLEAN)

    done = here.attempt("push", "origin", "main")

    assert done.returncode != 0
    assert leaked[:7] in done.stderr and "历史里仍看得到" in done.stderr


def test_a_leak_in_the_message_of_an_earlier_commit_stops_the_push(here: Repo, server: Repo):
    here.commit(f"户主 {PERSON}", content__b=CLEAN)
    here.commit(content__b=CLEAN * 2)

    done = here.attempt("push", "origin", "main")

    assert done.returncode != 0
    assert "提交说明" in done.stderr and PERSON not in done.stderr


def test_a_new_branch_is_looked_at_whole_and_by_its_own_commits_alone(here: Repo, server: Repo):
    here.git("switch", "--quiet", "--create", "clean")
    here.commit(content__b=CLEAN)
    here.git("push", "--quiet", "origin", "clean")
    here.git("switch", "--quiet", "--create", "leaking", "main")
    here.commit(content__c=LEAK)
    here.commit(content__c=CLEAN)

    assert here.attempt("push", "origin", "leaking").returncode != 0
    assert server.git("for-each-ref", "--format=%(refname:short)").split() == ["clean", "main"]


def test_the_first_push_to_an_empty_server_is_looked_at(here: Repo, tmp_path: Path):
    hub = Repo(tmp_path / "empty.git", bare=True)
    install_hooks(hub.root, is_server=True, force=False)
    here.commit(content__a=LEAK)

    assert here.attempt("push", hub.root, "main").returncode != 0


def test_one_leaking_branch_stops_the_others_of_its_push(here: Repo, server: Repo):
    here.git("branch", "first")
    here.commit(content__a=LEAK)

    done = here.attempt("push", "origin", "first", "main")

    assert done.returncode != 0
    assert server.git("for-each-ref", "--format=%(refname:short)") == "main"


def test_an_old_leak_that_the_server_has_does_not_stop_what_is_clean(here: Repo, server: Repo):
    hook = server.root / "hooks/pre-receive"
    hook.rename(hook.with_suffix(".off"))
    here.commit(content__a=LEAK)
    here.git("push", "--quiet", "origin", "main")
    hook.with_suffix(".off").rename(hook)

    here.git("branch", "again")
    here.commit(content__a=CLEAN)

    assert here.attempt("push", "origin", "main", "again").returncode == 0


def test_deleting_a_branch_and_pushing_nothing_go_through(here: Repo, server: Repo):
    here.git("push", "--quiet", "origin", "main:other")

    here.git("push", "--quiet", "origin", "--delete", "other")
    here.git("push", "--quiet", "origin", "main")

    assert server.git("for-each-ref", "--format=%(refname:short)") == "main"


def test_a_rewritten_branch_is_looked_at(here: Repo, server: Repo):
    here.commit(content__a=CLEAN * 2)
    here.git("push", "--quiet", "origin", "main")
    here.git("reset", "--hard", "--quiet", "HEAD~1")
    here.commit(content__a=LEAK)

    assert here.attempt("push", "--force", "origin", "main").returncode != 0


def test_what_a_tag_says_and_what_it_is_called_are_looked_at(here: Repo, server: Repo):
    here.git("tag", "-a", "v1", "-m", f"电话 {PHONE}")
    here.git("tag", "-a", "v2", "-m", "三月")
    here.git("tag", f"t{PERSON}")

    said = here.attempt("push", "origin", "v1")
    named = here.attempt("push", "origin", f"t{PERSON}")

    assert said.returncode != 0 and "请换个名称或说明" in said.stderr
    assert named.returncode != 0
    assert here.attempt("push", "origin", "v2").returncode == 0


def test_what_the_county_allows_goes_through_the_push(here: Repo, server: Repo):
    here.write("site_config/county.yaml", "title: 示范县\n")
    here.write(
        "site_config/privacy_allow.yaml",
        "allow:\n  - {file: content/a.csv, kind: mobile, reason: 服务员的工作手机, role: 县农经科}\n",
    )
    here.commit(content__a=LEAK)

    done = here.attempt("push", "origin", "main")

    assert done.returncode == 0, done.stderr


def test_a_hook_that_finds_no_guard_stops_everything(guarded: Repo, monkeypatch: pytest.MonkeyPatch):
    path = guarded.root / ".git/hooks/pre-commit"
    path.write_text(path.read_text(encoding="utf-8").replace(sys.executable, "/nowhere/python"), "utf-8")
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    guarded.write("a.csv", CLEAN)
    guarded.git("add", "--all")

    done = guarded.attempt("commit", "-m", "公开")

    assert done.returncode == 1
    assert "找不到 cunwu" in done.stderr and "没有放行" in done.stderr


def test_installing_again_changes_nothing(here: Repo):
    first = install_hooks(here.root, is_server=False, force=False)
    second = install_hooks(here.root, is_server=False, force=False)

    assert [hook.path.name for hook in first] == ["pre-commit", "pre-merge-commit", "commit-msg", "pre-push"]
    assert [hook.is_new for hook in (*first, *second)] == [*[True] * 4, *[False] * 4]
    assert all(hook.path.stat().st_mode & stat.S_IXUSR for hook in first)


def test_a_hook_of_somebody_elses_goes_on_working_before_ours(here: Repo, tmp_path: Path):
    log = tmp_path / "log"
    foreign_hook(here.root / ".git/hooks/pre-commit", log)

    hook, *_others = install_hooks(here.root, is_server=False, force=False)
    install_hooks(here.root, is_server=False, force=False)
    here.write("a.csv", LEAK)
    here.git("add", "--all")

    assert hook.chained == "pre-commit.chained"
    assert here.attempt("commit", "-m", "公开").returncode == 1
    assert log.read_text(encoding="utf-8") == "ran\n"


def test_a_chained_hook_that_refuses_has_its_way(here: Repo, tmp_path: Path):
    foreign_hook(here.root / ".git/hooks/pre-commit", tmp_path / "log", code=7)
    install_hooks(here.root, is_server=False, force=False)
    here.write("a.csv", CLEAN)
    here.git("add", "--all")

    assert here.attempt("commit", "-m", "公开").returncode != 0


def test_a_chained_hook_of_a_server_reads_the_same_lines(here: Repo, tmp_path: Path):
    hub, log = Repo(tmp_path / "hub.git", bare=True), tmp_path / "log"
    foreign_hook(hub.root / "hooks/pre-receive", log)
    install_hooks(hub.root, is_server=True, force=False)
    commit = here.commit(content__a=CLEAN)

    here.git("push", "--quiet", hub.root, "main")

    assert log.read_text(encoding="utf-8") == f"{'0' * 40} {commit} refs/heads/main\nran\n"


def test_force_sets_the_other_hook_aside(here: Repo, tmp_path: Path):
    log = tmp_path / "log"
    foreign_hook(here.root / ".git/hooks/pre-commit", log)

    hook, *_others = install_hooks(here.root, is_server=False, force=True)
    here.commit(a=CLEAN)

    assert hook.set_aside == "pre-commit.replaced"
    assert (here.root / ".git/hooks/pre-commit.replaced").is_file()
    assert not log.exists()


def test_a_second_foreign_hook_is_neither_lost_nor_overwritten(guarded: Repo, tmp_path: Path):
    hooks = guarded.root / ".git/hooks"
    foreign_hook(hooks / "pre-commit", tmp_path / "log")
    foreign_hook(hooks / "pre-commit.chained", tmp_path / "log")
    before = (hooks / "pre-commit").read_bytes()

    with pytest.raises(SetupError, match="--force"):
        install_hooks(guarded.root, is_server=False, force=False)

    assert (hooks / "pre-commit").read_bytes() == before


@pytest.mark.parametrize("place", ["inside/.githooks", "absolute"])
def test_hooks_go_where_git_looks_for_them(here: Repo, tmp_path: Path, place: str):
    folder = tmp_path / "hooks" if place == "absolute" else here.root / ".githooks"
    here.git("config", "core.hooksPath", folder if place == "absolute" else ".githooks")

    hook, *_others = install_hooks(here.root, is_server=False, force=False)
    here.write("a.csv", LEAK)
    here.git("add", "a.csv")

    assert hook.path.parent == folder
    assert here.attempt("commit", "-m", "公开").returncode == 1


def test_no_repository_and_a_server_unasked_are_refused(tmp_path: Path):
    (tmp_path / "plain").mkdir()
    hub = Repo(tmp_path / "hub.git", bare=True)

    with pytest.raises(SetupError, match="不在 git 仓库里"):
        install_hooks(tmp_path / "plain", is_server=False, force=False)
    with pytest.raises(SetupError, match="--server"):
        install_hooks(hub.root, is_server=False, force=False)
