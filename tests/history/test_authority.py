"""Authority: with real git and real keys, nobody changes what another answers for."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from generator.history.authority import has_rules, judge_range
from generator.history.purge_record import PurgeRecord, write_record
from generator.history.signing import find_signer
from tests.history.repositories import Repo, allow, make_key

COUNTY = 'county: {name: 示范县, code: "999900000000"}\ncontent: content\n'
PEOPLE = """editors:
  - {name: qingshi, role: 青石村报账员, places: [qingxi/qingshi], accounts: ["@qs-bzy"]}
  - {name: zhen, role: 清溪镇农经站, places: [qingxi]}
keepers:
  - {name: admin, role: 县管理员}
reviewers:
  - {name: shenhe, role: 青石村监督委员会, places: [qingxi/qingshi]}
"""
OURS, THEIRS = "content/qingxi/qingshi/finance/2026-01.csv", "content/qingxi/zhuyuan/finance/2026-01.csv"
SIGNERS = "site_config/allowed_signers"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    found = Repo(tmp_path / "county")
    found.write("site_config/county.yaml", COUNTY)
    found.write("site_config/people.yaml", PEOPLE)
    for path in (OURS, THEIRS):
        found.write(path, "日期,金额\n2026-01-01,1\n")
    found.write("schemas/finance.yaml", "name: finance\n")
    found.commit("起点")
    return found


def change(repo: Repo, path: str, text: str = "日期,金额\n2026-01-01,2\n", message: str = "改") -> str:
    repo.write(path, text)
    return repo.commit(message)


def codes(repo: Repo, user: str, old: str, new: str = "HEAD", **options: bool) -> list[tuple[str, str]]:
    return [(f.code, f.place.file) for f in judge_range(repo.root, old, new, user, **options)]


def test_a_clerk_may_change_their_own_village(repo: Repo):
    start = repo.git("rev-parse", "HEAD")
    change(repo, OURS)

    assert codes(repo, "qingshi", start) == []
    assert codes(repo, "@qs-bzy", start) == []


def test_a_clerk_may_not_change_the_village_next_door_even_if_it_is_put_back(repo: Repo):
    start = repo.git("rev-parse", "HEAD")
    before = (repo.root / THEIRS).read_text(encoding="utf-8")
    change(repo, THEIRS)
    change(repo, THEIRS, before)
    change(repo, OURS)

    assert codes(repo, "qingshi", start) == [("change-outside", THEIRS)]


def test_a_township_may_change_all_of_its_villages_and_no_other(repo: Repo):
    start = repo.git("rev-parse", "HEAD")
    change(repo, THEIRS)
    change(repo, "content/baiyun/hexin/finance/2026-01.csv")

    assert codes(repo, "zhen", start) == [
        ("change-outside", "content/baiyun/hexin/finance/2026-01.csv"),
    ]


def test_a_village_may_not_change_its_township(repo: Repo):
    start = repo.git("rev-parse", "HEAD")
    change(repo, "content/qingxi/township.yaml", "name: 别名\n")

    assert codes(repo, "qingshi", start) == [("change-outside", "content/qingxi/township.yaml")]
    assert codes(repo, "zhen", start) == []


@pytest.mark.parametrize("path", ["schemas/finance.yaml", "site_config/people.yaml", ".gitlab-ci.yml"])
def test_only_a_keeper_changes_the_set_up(repo: Repo, path: str):
    start = repo.git("rev-parse", "HEAD")
    change(repo, path, PEOPLE + "# 注\n")

    assert codes(repo, "zhen", start) == [("change-setup", path)]
    assert codes(repo, "admin", start) == []


def test_nobody_gives_themselves_more_in_the_same_push(repo: Repo):
    start = repo.git("rev-parse", "HEAD")
    change(repo, "site_config/people.yaml", PEOPLE.replace("qingxi/qingshi]", "qingxi]"))
    change(repo, THEIRS)

    assert codes(repo, "qingshi", start) == [
        ("change-setup", "site_config/people.yaml"),
        ("change-outside", THEIRS),
    ]


def test_a_stranger_may_change_nothing(repo: Repo):
    start = repo.git("rev-parse", "HEAD")
    change(repo, OURS)

    assert codes(repo, "stranger", start) == [("user-unknown", "site_config/people.yaml")]


def test_a_file_that_is_removed_or_moved_away_counts_as_changed(repo: Repo):
    start = repo.git("rev-parse", "HEAD")
    repo.git("mv", THEIRS, "content/qingxi/qingshi/finance/2026-02.csv")
    repo.commit("搬")

    assert codes(repo, "qingshi", start) == [("change-outside", THEIRS)]


def test_a_merge_that_drops_what_others_did_is_seen(repo: Repo):
    start = repo.git("rev-parse", "HEAD")
    repo.git("checkout", "--quiet", "-b", "mine")
    change(repo, OURS)
    repo.git("checkout", "--quiet", "main")
    change(repo, THEIRS)
    main = repo.git("rev-parse", "HEAD")
    repo.git("checkout", "--quiet", "mine")
    repo.git("merge", "--quiet", "--strategy=ours", "--message", "合并", "main")

    assert start != main
    assert codes(repo, "qingshi", main) == [("change-outside", THEIRS)]


def test_history_may_not_be_rewritten(repo: Repo):
    change(repo, OURS)
    old = repo.git("rev-parse", "HEAD")
    repo.git("reset", "--quiet", "--hard", "HEAD^")
    change(repo, OURS, "日期,金额\n2026-01-01,3\n")

    assert [code for code, _file in codes(repo, "admin", old)] == ["push-rewrites"]


def test_a_branch_that_is_deleted_is_history_rewritten(repo: Repo):
    old = repo.git("rev-parse", "HEAD")

    assert [code for code, _file in codes(repo, "admin", old, "0" * 40)] == ["push-rewrites"]


def test_a_new_branch_is_judged_from_where_it_leaves_the_main_one(repo: Repo):
    repo.git("checkout", "--quiet", "-b", "mine")
    change(repo, THEIRS)
    tip = repo.git("rev-parse", "HEAD")
    repo.git("checkout", "--quiet", "main")

    assert codes(repo, "qingshi", "0" * 40, tip) == [("change-outside", THEIRS)]


def purged(repo: Repo, key: Path | None, *, also: str = "") -> tuple[str, str]:
    """Rewrite the last commit as a purge does, leave its record, and return the old and the new tip."""
    change(repo, OURS, "日期,金额\n2026-01-01,泄露\n")
    old = repo.git("rev-parse", "HEAD")
    repo.write(OURS, "日期,金额\n2026-01-01,（已清除）\n")
    if also:
        repo.write(also, "换掉\n")
    repo.git("add", "--all")
    repo.git("commit", "--quiet", "--amend", "--message", "改")
    new = repo.git("rev-parse", "HEAD")
    day = repo.git("log", "-1", "--format=%cs")
    signer = None
    if key is not None:
        signer = find_signer(repo.root, key, repo.root / SIGNERS)
    record = PurgeRecord(
        *(date.fromisoformat(day), "phone", "县管理员", "误传", (OURS,), (), (), 0),
        *(True, old, new, {old: new}, signer.name if signer else ""),
    )
    write_record(repo.root, record, signer)
    return old, repo.commit("清除记录")


def test_a_purge_whose_record_is_signed_passes(repo: Repo, tmp_path: Path):
    key = make_key(tmp_path)
    allow(repo.root / SIGNERS, "admin", key)
    repo.commit("名单")
    old, new = purged(repo, key)

    assert codes(repo, "admin", old, new) == []
    assert codes(repo, "qingshi", old, new) == []


def test_a_purge_without_a_signature_does_not_pass(repo: Repo):
    old, new = purged(repo, None)

    (finding,) = judge_range(repo.root, old, new, "admin")

    assert finding.code == "push-unproved"
    assert "没有签名" in finding.message


def test_a_purge_by_a_key_that_was_let_in_by_the_rewrite_itself_does_not_pass(repo: Repo, tmp_path: Path):
    key = make_key(tmp_path)
    change(repo, "site_config/note.md")
    allow(repo.root / SIGNERS, "admin", key)
    old, new = purged(repo, key)
    repo.git("reset", "--quiet", "--hard", old)
    repo.git("rm", "--quiet", SIGNERS)
    repo.git("commit", "--quiet", "--amend", "--message", "改")
    without = repo.git("rev-parse", "HEAD")

    assert [code for code, _file in codes(repo, "admin", without, new)] == ["push-unproved"]


def test_a_purge_that_changes_more_than_it_names_does_not_pass(repo: Repo, tmp_path: Path):
    key = make_key(tmp_path)
    allow(repo.root / SIGNERS, "admin", key)
    repo.commit("名单")
    old, new = purged(repo, key, also=THEIRS)

    (finding,) = judge_range(repo.root, old, new, "admin")

    assert finding.code == "push-unproved"
    assert THEIRS in finding.message


@pytest.fixture
def keys(tmp_path: Path) -> dict[str, Path]:
    return {name: make_key(tmp_path, name) for name in ("qingshi", "shenhe", "zhen")}


@pytest.fixture
def strict(repo: Repo, keys: dict[str, Path]) -> Repo:
    """Return a county that asks for a second signature."""
    for name, key in keys.items():
        allow(repo.root / SIGNERS, name, key, 'namespaces="git"')
    repo.write("site_config/county.yaml", COUNTY + "sign_off: required\n")
    repo.commit("要两个人签名")
    return repo


def signed(repo: Repo, key: Path, *command: str) -> str:
    options = ("-c", "gpg.format=ssh", "-c", f"user.signingkey={key}", "-c", "commit.gpgsign=true")
    done = repo.attempt(*options, *command)
    assert done.returncode == 0, done.stderr
    return repo.git("rev-parse", "HEAD")


def proposed(repo: Repo, path: str = OURS, role: str = "青石村报账员") -> None:
    repo.git("checkout", "--quiet", "-b", "mine")
    change(repo, path, message=f"提交\n\n编制: {role}\n")
    repo.git("checkout", "--quiet", "main")


def test_what_a_reviewer_signed_off_passes(strict: Repo, keys: dict[str, Path]):
    start = strict.git("rev-parse", "HEAD")
    proposed(strict)
    signed(strict, keys["shenhe"], "merge", "--quiet", "--no-ff", "--message", "审核通过", "mine")

    assert codes(strict, "qingshi", start) == []


def test_what_nobody_signed_off_does_not_pass_but_may_be_proposed(strict: Repo):
    start = strict.git("rev-parse", "HEAD")
    change(strict, OURS)

    assert codes(strict, "qingshi", start) == [("sign-off-missing", OURS)]
    assert codes(strict, "qingshi", start, is_proposed=True) == []


def test_a_merge_that_nobody_signed_signs_nothing_off(strict: Repo):
    start = strict.git("rev-parse", "HEAD")
    proposed(strict)
    strict.git("merge", "--quiet", "--no-ff", "--message", "合并", "mine")

    assert codes(strict, "qingshi", start) == [("sign-off-missing", OURS)]


def test_nobody_signs_off_their_own(strict: Repo, keys: dict[str, Path]):
    start = strict.git("rev-parse", "HEAD")
    proposed(strict, role="青石村监督委员会")
    signed(strict, keys["shenhe"], "merge", "--quiet", "--no-ff", "--message", "审核通过", "mine")

    assert [code for code, _file in codes(strict, "qingshi", start)] == ["sign-off-own"]


def test_one_key_does_not_sign_twice(strict: Repo, keys: dict[str, Path]):
    start = strict.git("rev-parse", "HEAD")
    strict.git("checkout", "--quiet", "-b", "mine")
    strict.write(OURS, "日期,金额\n2026-01-01,5\n")
    strict.git("add", "--all")
    signed(strict, keys["shenhe"], "commit", "--quiet", "--message", "提交")
    strict.git("checkout", "--quiet", "main")
    signed(strict, keys["shenhe"], "merge", "--quiet", "--no-ff", "--message", "审核通过", "mine")

    assert [code for code, _file in codes(strict, "qingshi", start)] == ["sign-off-own"]


def test_a_reviewer_signs_off_no_other_village(strict: Repo, keys: dict[str, Path]):
    start = strict.git("rev-parse", "HEAD")
    proposed(strict, THEIRS, "竹园村报账员")
    signed(strict, keys["shenhe"], "merge", "--quiet", "--no-ff", "--message", "审核通过", "mine")

    assert codes(strict, "zhen", start) == [("sign-off-outside", THEIRS)]


def test_a_key_of_somebody_who_is_no_reviewer_signs_nothing_off(strict: Repo, keys: dict[str, Path]):
    start = strict.git("rev-parse", "HEAD")
    proposed(strict)
    signed(strict, keys["zhen"], "merge", "--quiet", "--no-ff", "--message", "审核通过", "mine")

    assert codes(strict, "zhen", start) == [("sign-off-missing", OURS)]


def test_two_signed_sides_may_be_merged_without_a_third_signature(strict: Repo, keys: dict[str, Path]):
    start = strict.git("rev-parse", "HEAD")
    proposed(strict)
    strict.git("checkout", "--quiet", "-b", "other")
    signed(strict, keys["shenhe"], "merge", "--quiet", "--no-ff", "--message", "审核通过", "mine")
    strict.git("checkout", "--quiet", "main")
    strict.write("README.md", "说明\n")
    strict.commit("说明")
    strict.git("merge", "--quiet", "--no-ff", "--message", "合并", "other")

    assert codes(strict, "", start) == []


def test_an_unsigned_merge_may_add_nothing_of_its_own(strict: Repo, keys: dict[str, Path]):
    start = strict.git("rev-parse", "HEAD")
    proposed(strict)
    strict.git("checkout", "--quiet", "-b", "other")
    signed(strict, keys["shenhe"], "merge", "--quiet", "--no-ff", "--message", "审核通过", "mine")
    strict.git("checkout", "--quiet", "main")
    strict.write("README.md", "说明\n")
    strict.commit("说明")
    strict.git("merge", "--quiet", "--no-ff", "--no-commit", "other")
    strict.write(THEIRS, "日期,金额\n2026-01-01,9\n")
    strict.commit("合并")

    assert codes(strict, "", start) == [("merge-changed", THEIRS)]


def test_a_withdrawal_may_bring_back_what_stood_there_and_nothing_else(strict: Repo):
    before = (strict.root / OURS).read_text(encoding="utf-8")
    change(strict, OURS)
    start = strict.git("rev-parse", "HEAD")
    change(strict, OURS, before, "撤回公开\n\n撤回原因: 表交错了\n")
    back = strict.git("rev-parse", "HEAD")

    assert codes(strict, "", start) == []
    change(strict, OURS, "日期,金额\n2026-01-01,7\n", "撤回公开\n\n撤回原因: 表交错了\n")
    assert codes(strict, "", back) == [("sign-off-missing", OURS)]


def test_a_county_may_ask_for_a_signature_under_every_commit(repo: Repo, tmp_path: Path):
    key = make_key(tmp_path)
    allow(repo.root / SIGNERS, "qingshi", key, 'namespaces="git"')
    repo.write("site_config/county.yaml", COUNTY + "commit_signatures: required\n")
    start = repo.commit("要签名")
    repo.write(OURS, "日期,金额\n2026-01-01,5\n")
    repo.git("add", "--all")
    signed(repo, key, "commit", "--quiet", "--message", "签了")
    assert codes(repo, "qingshi", start) == []

    change(repo, OURS)
    assert codes(repo, "qingshi", start) == [("commit-unsigned", OURS)]


def test_a_county_without_lists_has_no_rules(repo: Repo):
    assert has_rules(repo.root, "HEAD")
    repo.git("rm", "--quiet", "site_config/people.yaml")
    repo.commit("没有名单")

    assert not has_rules(repo.root, "HEAD")


def test_what_a_push_brings_is_judged_before_it_is_taken(repo: Repo, tmp_path: Path):
    """Git keeps the objects of a push apart until the hook has said yes."""
    bare = tmp_path / "hub.git"
    subprocess.run(["git", "clone", "--quiet", "--bare", str(repo.root), str(bare)], check=True)
    hook = bare / "hooks" / "pre-receive"
    program = (
        "import sys; from pathlib import Path; from generator.history.authority import judge_range\n"
        "old, new, _ref = sys.stdin.read().split()\n"
        "found = judge_range(Path('.').resolve(), old, new, 'qingshi')\n"
        "sys.exit(' '.join(f.code for f in found))"
    )
    root = Path(__file__).parents[2]
    script = f'#!/bin/sh\nPYTHONPATH={root} exec {sys.executable} -c "{program}"\n'
    hook.write_text(script, encoding="utf-8")
    hook.chmod(0o755)
    change(repo, THEIRS)

    done = repo.attempt("push", str(bare), "HEAD:main")

    assert done.returncode == 1
    assert "change-outside" in done.stderr


def test_a_county_in_a_folder_of_its_repository_has_the_same_rules(tmp_path: Path):
    repo = Repo(tmp_path / "all")
    repo.write("county/site_config/county.yaml", COUNTY)
    repo.write("county/site_config/people.yaml", PEOPLE)
    start = repo.commit("起点")
    change(repo, f"county/{OURS}")
    change(repo, f"county/{THEIRS}")

    found = judge_range(repo.root, start, "HEAD", "qingshi", prefix="county/")

    assert [(one.code, one.place.file) for one in found] == [("change-outside", f"county/{THEIRS}")]
