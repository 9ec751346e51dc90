"""cunwu privacy purge and install-hook: what they say, what they ask for, and what they refuse."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner, Result

from generator.commands.privacy_hooks import install_hook
from generator.commands.privacy_purge import purge
from generator.history.purge_record import read_record, verify_record
from generator.history.spellings import REMOVED
from tests.history.repositories import Repo, allow, make_key
from tests.privacy import files
from tests.privacy.generators import citizen, mobile

RNG = Random(31)
PHONE, PERSON = str(mobile(RNG)), str(citizen(RNG))
ANSWERS = ("--kind", "mobile", "--role", "县农经科管理员", "--reason", "三月误传")
DONE = ("--yes", "--unsigned", *ANSWERS)


@pytest.fixture
def repository(tmp_path: Path) -> Repo:
    repository = Repo(tmp_path / "county")
    repository.commit(content__a=f"户主,电话\n甲,{PHONE}\n")
    repository.commit(f"更正 {PHONE}", content__a="户主\n甲\n")
    return repository


def run(repository: Repo, *arguments: str | Path, given: str = f"{PHONE}\n") -> Result:
    return CliRunner().invoke(purge, ["--root", str(repository.root), *map(str, arguments)], input=given)


def test_without_yes_it_explains_and_changes_nothing(repository: Repo):
    before = repository.git("for-each-ref"), repository.stored()
    first, second = (repository.git("rev-parse", "--short=7", ref) for ref in ("HEAD~1", "HEAD"))

    done = run(repository)

    assert done.exit_code == 0
    for words in (
        *("1 个文件、1 条提交说明，由 2 个提交写入", f"content/a.csv（提交 {first}）", second, REMOVED),
        *("什么也没有改", "purges/", "强制推送", "删掉旧的克隆", "复刻", "缓存", "告知当事人"),
    ):
        assert words in done.output, words
    assert PHONE not in done.output
    assert (repository.git("for-each-ref"), repository.stored()) == before


def test_with_yes_it_removes_the_value_and_leaves_a_signed_record(repository: Repo, tmp_path: Path):
    key = make_key(tmp_path)
    allowed = allow(repository.root / "site_config/allowed_signers", "县管理员", key)
    repository.commit("允许的签名人")
    repository.git("remote", "add", "origin", tmp_path / "hub.git")

    done = run(repository, "--yes", "--key", key, *ANSWERS)

    assert done.exit_code == 0, done.output
    (path,) = (repository.root / "purges").glob("*.json")
    assert PHONE.encode() not in repository.stored()
    assert verify_record(path, allowed).holds
    assert read_record(path).role == "县农经科管理员"
    assert "签名人 县管理员" in done.output and "git push --force --all origin" in done.output
    assert PHONE not in done.output
    assert repository.git("status", "--porcelain") == ""


def test_a_key_that_cannot_sign_stops_it_before_anything_is_changed(repository: Repo, tmp_path: Path):
    before = repository.stored()

    done = run(repository, "--yes", "--key", make_key(tmp_path), *ANSWERS)

    assert done.exit_code != 0
    assert "allowed_signers" in str(done.exception)
    assert repository.stored() == before


def test_an_unsigned_record_is_said_plainly(repository: Repo):
    done = run(repository, *DONE)

    assert done.exit_code == 0, done.output
    assert "记录没有签名" in done.output and "别人无法确认是谁清除的" in done.output


def test_the_value_may_come_from_a_file_outside_the_repository_one_a_line(repository: Repo, tmp_path: Path):
    repository.commit(content__b=f"乙,{PERSON}\n")
    listed = tmp_path / "values.txt"
    listed.write_text(f"\ufeff{PHONE}\r\n\r\n{PERSON}\r\n", encoding="utf-8")

    done = run(repository, "--value-from", listed, *DONE, given="")

    assert done.exit_code == 0, done.output
    assert not any(value.encode() in repository.stored() for value in (PHONE, PERSON))


def test_the_value_may_be_typed_and_is_not_shown(repository: Repo):
    done = run(repository, "--ask", *DONE)

    assert done.exit_code == 0, done.output
    assert PHONE not in done.output
    assert PHONE.encode() not in repository.stored()


def test_a_file_with_the_value_inside_the_repository_is_refused(repository: Repo):
    path = repository.write("values.txt", PHONE)

    done = run(repository, "--value-from", path, given="")

    assert done.exit_code == 1
    assert "不能放在仓库里" in done.output


@pytest.mark.parametrize(("given", "said"), [("", "没有给出"), ("2026\n", "太短"), ("王\n", "太短")])
def test_no_value_and_a_value_too_short_are_refused(repository: Repo, given: str, said: str):
    done = run(repository, given=given)

    assert (done.exit_code, said in done.output) == (1, True)


def test_what_is_nowhere_is_said_to_be_nowhere(repository: Repo):
    before = repository.git("rev-parse", "HEAD")

    done = run(repository, *DONE, given=f"{PERSON}\n")

    assert done.exit_code == 0
    assert "没有找到，什么也没有改" in done.output
    assert repository.git("rev-parse", "HEAD") == before


@pytest.mark.parametrize("left_out", ["--kind", "--role", "--reason"])
def test_what_the_record_must_say_is_asked_for(repository: Repo, left_out: str):
    at = ANSWERS.index(left_out)

    done = run(repository, "--yes", "--unsigned", *ANSWERS[:at], *ANSWERS[at + 2 :])

    assert done.exit_code == 1
    assert f"请写明 {left_out}" in done.output


@pytest.mark.parametrize("reason", [f"{PHONE} 误传", f"误传 {PERSON}"])
def test_a_reason_that_repeats_somebodys_number_is_refused(repository: Repo, reason: str):
    done = run(repository, "--yes", "--unsigned", *ANSWERS[:4], "--reason", reason)

    assert done.exit_code == 1
    assert "记录是公开的" in done.output
    assert reason not in done.output


def test_a_dirty_folder_is_refused_though_explained(repository: Repo):
    repository.write("content/a.csv", "改了")

    explained = run(repository)
    done = run(repository, *DONE)

    assert explained.exit_code == 0 and "现在还不能执行：有没提交的改动" in explained.output
    assert done.exit_code == 1 and "没有执行，什么也没有改" in done.output


def test_a_workbook_must_be_named_to_go_whole(repository: Repo):
    repository.write("台账.xlsx", files.workbook([["户主", "电话"], ["甲", PHONE]]))
    repository.commit()

    explained = run(repository)
    refused = run(repository, *DONE)
    done = run(repository, "--file", "台账.xlsx", "--ask", *DONE)

    assert explained.exit_code == 0 and "改不了其中的字" in explained.output
    assert refused.exit_code == 1 and "--file：台账.xlsx" in refused.output
    assert done.exit_code == 0, done.output
    assert not (repository.root / "台账.xlsx").exists()


def test_files_alone_need_no_value(repository: Repo):
    done = run(repository, "--file", "./content/a.csv", *DONE, given="")

    assert done.exit_code == 0, done.output
    assert repository.attempt("log", "--all", "--format=%H", "--", "content/a.csv").stdout == ""


def test_a_file_named_after_somebody_is_not_recorded_by_its_name(repository: Repo):
    repository.commit(**{f"照片__{PERSON}": "没有"})
    name = f"照片/{PERSON}.csv"

    refused = run(repository, "--file", name, *DONE, given="")
    done = run(repository, "--file", name, "--ask", *DONE, given=f"{PERSON}\n")

    assert refused.exit_code == 1 and PERSON not in refused.output
    assert done.exit_code == 0, done.output
    (path,) = (repository.root / "purges").glob("*.json")
    assert read_record(path).removed == (f"照片/{REMOVED}.csv",)
    assert PERSON.encode() not in repository.stored()


def test_a_folder_in_no_repository_is_refused(tmp_path: Path):
    (tmp_path / "plain").mkdir()

    done = CliRunner().invoke(purge, ["--root", str(tmp_path / "plain")], input=PHONE)

    assert done.exit_code == 1 and "不是 git 的工作文件夹" in done.output


@pytest.mark.parametrize("path", ["/etc/passwd", "../a.csv", "."])
def test_a_path_outside_the_repository_is_no_path(repository: Repo, path: str):
    assert run(repository, "--file", path, given="").exit_code == 2


def test_installing_hooks_says_where_they_are_and_what_became_of_others(repository: Repo):
    foreign = repository.root / ".git/hooks/pre-commit"
    foreign.write_text("#!/bin/sh\n", encoding="utf-8")

    first = CliRunner().invoke(install_hook, [str(repository.root)])
    second = CliRunner().invoke(install_hook, [str(repository.root)])

    assert "pre-commit.chained，仍会先运行" in first.output and "commit-msg" in first.output
    assert second.output.count("已经装好，没有变化") == 4
