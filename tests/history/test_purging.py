"""Purging: a value is found however it is written, and gone from all that the repository stores."""

from __future__ import annotations

import gzip
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random

import pytest

from generator.history.purge_record import read_record
from generator.history.purging import (
    Order,
    Outcome,
    Refusal,
    purge_history,
    push_commands,
    require_fit,
    require_reachable,
)
from generator.history.spellings import REMOVED, Spellings, TooShort
from generator.history.survey import Survey, survey
from generator.pipeline.packed import look_inside
from tests.history.repositories import Repo
from tests.privacy import files
from tests.privacy.generators import citizen_x, mobile

RNG = Random(11)
PHONE, PERSON = str(mobile(RNG)), str(citizen_x(RNG))
WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
SPELLINGS = Spellings.of([PHONE, PERSON])


@pytest.fixture
def repository(tmp_path: Path) -> Repo:
    return Repo(tmp_path / "county")


def look_over(repository: Repo, *paths: str, spellings: Spellings = SPELLINGS) -> Survey:
    return survey(repository.root, spellings, paths, look_inside)


def clean(repository: Repo, *paths: str, spellings: Spellings = SPELLINGS) -> Outcome:
    require_fit(repository.root, spellings)
    found = look_over(repository, *paths, spellings=spellings)
    require_reachable(found)
    order = Order(spellings, paths, "mobile", "县管理员", "误传", date(2026, 11, 22))
    return purge_history(repository.root, order, found, look_inside, None)


def short(commit: str) -> str:
    return commit[:7]


@pytest.mark.parametrize(
    "written",
    [
        PHONE,
        f"{PHONE[:3]} {PHONE[3:7]} {PHONE[7:]}",
        f"{PHONE[:3]}-{PHONE[3:7]}-{PHONE[7:]}",
        f"{PHONE[:3]}\u3000{PHONE[3:7]}—{PHONE[7:]}",
        " ".join(PHONE),
        f"{PHONE[:5]}\n{PHONE[5:]}",
        PHONE.translate(WIDE),
        f"+86{PHONE}",
        PERSON.lower(),
        PERSON.translate(WIDE),
        f"{PERSON[:6]} {PERSON[6:14]} {PERSON[14:17]} ｘ",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_number_is_replaced_however_it_is_spelled(written: str, encoding: str):
    content = f"户主,电话\n张三,{written}，核对\n".encode(encoding)

    assert SPELLINGS.stand_in(content)
    new = SPELLINGS.removed_from(content).decode(encoding)

    assert new == f"户主,电话\n张三,{'+86' if '+86' in written else ''}{REMOVED}，核对\n"


@pytest.mark.parametrize(
    "written",
    ["王小明", "王 小明", "王　小　明", "王·小明", r"\u738b\u5c0f\u660e", "%E7%8E%8B%E5%B0%8F%E6%98%8E"],
)
def test_a_name_is_replaced_however_it_is_spelled(written: str):
    spellings = Spellings.of(["王小明"])

    assert spellings.removed_from_text(f"户主：{written}。") == f"户主：{REMOVED}。"


def test_a_name_does_not_run_from_one_line_to_the_next():
    text = "姓王\n小明天\n"

    assert Spellings.of(["王小明"]).removed_from_text(text) == text


def test_other_numbers_and_other_people_stay():
    text = f"凭证 {PHONE[:-1]}，电话 {int(PHONE) + 1}，王小\n"

    assert SPELLINGS.removed_from_text(text) == text


def test_of_values_that_begin_alike_the_whole_of_each_is_replaced():
    spellings = Spellings.of(["王小", "王小明", "王大", "王小明天", "12345", "1234567", "1234567890"])
    text = "王小。王小明。王大。王小明天。王中。12345 1234567；1 2 3 4 5 6 7 8 9 0；1234"

    assert spellings.removed_from_text(text) == (
        f"{REMOVED}。{REMOVED}。{REMOVED}。{REMOVED}。王中。{REMOVED} {REMOVED}；{REMOVED}；1234"
    )


def test_a_value_may_be_as_long_as_a_page():
    value = "甲乙丙丁戊己庚辛壬癸" * 100

    assert Spellings.of([value]).removed_from_text(f"始{value}终") == f"始{REMOVED}终"


@pytest.mark.parametrize("value", ["1234", "2026", "王", "1 2-3"])
def test_a_value_that_stands_everywhere_by_chance_is_refused(value: str):
    with pytest.raises(TooShort):
        Spellings.of([value])


def test_the_survey_tells_paths_and_commits_and_never_the_value(repository: Repo):
    first = repository.commit(content__a=f"户主,电话\n甲,{PHONE}\n", content__b="没有")
    second = repository.commit(f"更正 {PHONE[:3]}-{PHONE[3:7]}-{PHONE[7:]}", content__a="改了")
    repository.commit(content__c="没有")
    repository.commit(**{f"content__照片{PHONE}": "没有"})

    found = look_over(repository)

    assert found.texts == {"content/a.csv": (short(first),)}
    assert found.messages == (short(second),)
    assert found.names == (f"content/照片{REMOVED}.csv",)
    assert PHONE not in repr(found)


def test_the_survey_changes_nothing(repository: Repo):
    repository.commit(a=PHONE)
    before = repository.git("for-each-ref"), repository.stored()

    look_over(repository)

    assert (repository.git("for-each-ref"), repository.stored()) == before


def test_what_no_branch_reaches_any_more_is_found_and_removed(repository: Repo):
    repository.commit(a="公告")
    repository.commit(b=PHONE)
    repository.git("reset", "--hard", "--quiet", "HEAD~1")

    assert look_over(repository).loose == 1
    assert clean(repository).is_clean
    assert PHONE.encode() not in repository.stored()


def test_a_value_is_gone_from_every_version_branch_tag_message_name_and_author(repository: Repo):
    repository.commit(a=f"甲,{PHONE}\n")
    repository.git("tag", "-a", "v1", "-m", f"打 {PHONE}")
    repository.commit(
        f"改电话 {PHONE}", a=f"甲,{PHONE.translate(WIDE)}\n", 乙__c=f"乙,{PERSON}\n".encode("gb18030")
    )
    repository.git("switch", "--quiet", "--create", "other")
    repository.git("config", "user.email", f"{PHONE}@example.invalid")
    repository.commit(**{f"d__{PHONE}": "公告"})
    repository.git("config", "user.email", "a@example.invalid")
    repository.git("switch", "--quiet", "main")
    repository.commit(a="甲\n")
    repository.git("merge", "--quiet", "--no-edit", "other")
    before = repository.git("rev-list", "--count", "--all")

    outcome = clean(repository)

    assert outcome.is_clean
    assert PHONE.encode() not in repository.stored()
    assert look_over(repository).is_empty
    assert repository.git("rev-list", "--count", "--all") == str(int(before) + 1)
    assert repository.git("show", "v1:a.csv") == f"甲,{REMOVED}"
    assert (repository.root / "乙/c.csv").read_bytes().decode("gb18030") == f"乙,{REMOVED}\n"
    assert (repository.root / f"d/{REMOVED}.csv").is_file()
    assert repository.attempt("fsck", "--strict").returncode == 0
    assert repository.git("status", "--porcelain") == ""


def test_notes_links_and_messages_in_an_old_encoding_are_rewritten_too(repository: Repo):
    spellings = Spellings.of([PHONE, "王小明"])
    repository.commit(a="公告")
    repository.git("notes", "add", "-m", f"电话 {PHONE}")
    (repository.root / "link").symlink_to(f"/照片/{PHONE}")
    message = repository.root / ".git/said"
    message.write_bytes("姓名王小明".encode("gb18030"))
    repository.git("add", "--all")
    repository.git("-c", "i18n.commitEncoding=gb18030", "commit", "--quiet", "--file", message)
    message.unlink()

    assert clean(repository, spellings=spellings).is_clean

    assert repository.git("log", "-1", "--skip=1", "--format=%s") == f"姓名{REMOVED}"
    assert (repository.root / "link").readlink() == Path(f"/照片/{REMOVED}")
    assert PHONE.encode() not in repository.stored()


def test_nothing_of_the_value_stays_in_gits_own_files(repository: Repo):
    repository.commit(f"电话 {PHONE}", a=PHONE)
    repository.commit(a="公告")

    clean(repository)

    held = [
        p for p in (repository.root / ".git").rglob("*") if p.is_file() and PHONE.encode() in p.read_bytes()
    ]
    assert held == []
    assert not (repository.root / ".git/filter-repo").exists()


def test_two_names_that_differ_in_the_value_alone_stay_two_files(repository: Repo):
    repository.write(f"{PHONE}.csv", "一")
    repository.write(f"{PHONE[:3]}-{PHONE[3:]}.csv", "二")
    repository.commit()

    clean(repository)

    kept = {path.name: path.read_text(encoding="utf-8") for path in repository.root.glob("*.csv")}
    assert sorted(kept) == [f"{REMOVED}-2.csv", f"{REMOVED}.csv"]
    assert sorted(kept.values()) == ["一", "二"]


def test_the_record_maps_every_rewritten_commit_and_holds_no_value(repository: Repo):
    kept = repository.commit(a="公告")
    leaked = repository.commit(b=PHONE)
    last = repository.commit(b="公告")

    outcome = clean(repository)

    path = repository.root / outcome.record
    record = read_record(path)
    after = repository.git("rev-parse", "HEAD~1")
    assert set(record.commits) == {leaked, last}
    assert kept not in record.commits
    assert (record.head_before, record.head_after) == (last, after)
    assert record.commits[last] == after
    assert (record.paths, record.kind, record.role) == (("b.csv",), "mobile", "县管理员")
    assert record.is_clean and not record.signer
    assert PHONE not in path.read_text(encoding="utf-8")
    assert repository.git("show", "--format=", "--name-only") == outcome.record


def test_a_second_purge_leaves_a_second_record_and_the_first_as_it_was(repository: Repo):
    repository.commit(a=PHONE, b=PERSON)
    first = clean(repository, spellings=Spellings.of([PHONE]))
    content = (repository.root / first.record).read_bytes()

    second = clean(repository, spellings=Spellings.of([PERSON]))

    assert first.record != second.record
    assert (repository.root / first.record).read_bytes() == content
    assert PERSON.encode() not in repository.stored()


PACKED: dict[str, Callable[[], bytes]] = {
    "台账.xlsx": lambda: files.workbook([["户主", "电话"], ["甲", PHONE]]),
    "通知.pdf": lambda: files.pdf(f"电话 {PHONE}"),
    "照片.jpg": lambda: files.photo(tags={0x131: f"camera {PHONE}"}),
    "台账.csv.gz": lambda: gzip.compress(f"甲,{PHONE}\n".encode()),
    "台账.zip": lambda: files.zipped({"a.csv": f"甲,{PHONE}\n"}),
}


@pytest.mark.parametrize("name", PACKED)
def test_words_in_a_packed_file_cannot_be_replaced_so_that_the_file_must_go(repository: Repo, name: str):
    repository.write(name, PACKED[name]())
    leaked = repository.commit()
    repository.commit(a="公告")

    assert look_over(repository).packed == {name: (short(leaked),)}
    with pytest.raises(Refusal, match=f"--file.*{name}"):
        clean(repository)
    outcome = clean(repository, name)

    assert outcome.is_clean
    assert not (repository.root / name).exists()
    assert repository.attempt("log", "--all", "--", name).stdout == ""
    assert read_record(repository.root / outcome.record).removed == (name,)


def test_a_name_in_a_workbook_is_found_too(repository: Repo):
    repository.write("台账.xlsx", files.workbook([["户主"], ["王小明"]]))
    repository.commit()

    assert list(look_over(repository, spellings=Spellings.of(["王小明"])).packed) == ["台账.xlsx"]


def test_what_cannot_be_looked_into_is_named(repository: Repo):
    repository.write("扫描.pdf", files.pdf(has_text=False))
    repository.commit(a=PHONE)

    outcome = clean(repository)

    assert look_over(repository).unread == ("扫描.pdf",)
    assert read_record(repository.root / outcome.record).unread == ("扫描.pdf",)


def test_a_file_or_folder_is_removed_whole_from_every_version(repository: Repo):
    repository.commit(a="公告", 名单__x="一", 名单__y="二", 名单二="三")
    repository.commit(a="公告二", 名单__x="四")
    repository.git("rm", "--quiet", "名单/y.csv")
    repository.commit()

    outcome = clean(repository, "名单", spellings=Spellings(()))

    assert outcome.is_clean
    listed = repository.git("-c", "core.quotePath=off", "log", "--all", "--format=", "--name-only").split()
    assert set(listed) == {"a.csv", "名单二.csv", outcome.record}
    assert b"\xe5\x9b\x9b" not in repository.stored()


def test_content_that_another_file_shares_is_said_and_stays(repository: Repo):
    repository.commit(a="同样的内容", b="同样的内容", c="别的")

    assert look_over(repository, "a.csv", spellings=Spellings(())).shared == ("b.csv",)
    assert clean(repository, "a.csv", spellings=Spellings(())).is_clean
    assert (repository.root / "b.csv").is_file()


def test_a_file_that_never_was_is_refused(repository: Repo):
    repository.commit(a="公告")

    with pytest.raises(Refusal, match=r"历史中没有这个文件：b\.csv"):
        clean(repository, "b.csv", spellings=Spellings(()))


def test_branches_of_a_remote_are_rewritten_and_pushed(repository: Repo, tmp_path: Path):
    repository.commit(a=PHONE)
    repository.git("branch", "other")
    hub = Repo(tmp_path / "hub.git", bare=True)
    repository.git("push", "--quiet", hub.root, "main", "other")
    here = Repo(tmp_path / "clone")
    here.git("remote", "add", "origin", hub.root)
    here.git("fetch", "--quiet", "origin")
    here.git("switch", "--quiet", "main")

    clean(here)
    commands = push_commands(here.root)
    for command in commands:
        subprocess.run(command.split(), cwd=here.root, check=True, capture_output=True)
    hub.git("gc", "--quiet", "--prune=now")

    assert "git push --force origin refs/remotes/origin/other:refs/heads/other" in commands
    assert PHONE.encode() not in hub.stored()
    assert hub.git("rev-parse", "main") == here.git("rev-parse", "main")


def test_a_county_may_be_a_folder_of_a_larger_repository(repository: Repo):
    repository.commit(other=PHONE, county__a=PHONE)
    inner = Repo.__new__(Repo)
    inner.root = repository.root / "county"

    outcome = clean(inner)

    assert outcome.is_clean
    assert PHONE.encode() not in repository.stored()
    assert (inner.root / outcome.record).is_file()
    assert repository.git("status", "--porcelain") == ""


def dirty(repository: Repo) -> None:
    repository.write("a.csv", "改了")


def untracked(repository: Repo) -> None:
    repository.write("new.csv", "新")


def stashed(repository: Repo) -> None:
    repository.write("a.csv", "改了")
    repository.git("stash")


def detached(repository: Repo) -> None:
    repository.git("switch", "--quiet", "--detach")


def a_second_worktree(repository: Repo) -> None:
    repository.git("worktree", "add", "--quiet", repository.root.parent / "second", "-b", "second")


def named_after_the_value(repository: Repo) -> None:
    repository.git("branch", f"fix-{PHONE}")


def nobody(repository: Repo) -> None:
    repository.git("config", "user.useConfigOnly", "true")
    repository.git("config", "--unset", "user.email")


def a_tag_on_a_file(repository: Repo) -> None:
    repository.git("tag", "-a", "-m", "表", "table", repository.git("rev-parse", "HEAD:a.csv"))


def unfinished(repository: Repo) -> None:
    (repository.root / ".git/rebase-merge").mkdir()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (dirty, "没提交的改动"),
        (untracked, "没纳入版本的文件"),
        (stashed, "git stash"),
        (detached, "不在任何分支上"),
        (a_second_worktree, "git worktree list"),
        (named_after_the_value, "名称里就有要清除的内容"),
        (nobody, r"user\.name"),
        (unfinished, "没做完的合并"),
        (a_tag_on_a_file, "标签 table 指着的不是提交"),
    ],
)
def test_a_repository_in_no_fit_state_is_refused_and_left_alone(
    repository: Repo, spoil: Callable[[Repo], None], said: str
):
    repository.commit(a=PHONE)
    spoil(repository)
    before = repository.git("for-each-ref")

    with pytest.raises(Refusal, match=said) as refused:
        clean(repository)

    assert PHONE not in str(refused.value)
    assert repository.git("for-each-ref") == before


def test_a_shallow_clone_a_bare_repository_and_no_repository_are_refused(repository: Repo, tmp_path: Path):
    repository.commit(a=PHONE)
    repository.commit(a="公告")
    shallow = tmp_path / "shallow"
    repository.git("clone", "--quiet", "--depth=1", f"file://{repository.root}", shallow)
    bare = Repo(tmp_path / "bare.git", bare=True)
    (tmp_path / "plain").mkdir()

    with pytest.raises(Refusal, match="浅克隆"):
        require_fit(shallow, SPELLINGS)
    with pytest.raises(Refusal, match="在克隆里清除"):
        require_fit(bare.root, SPELLINGS)
    with pytest.raises(Refusal, match="不是 git 的工作文件夹"):
        require_fit(tmp_path / "plain", SPELLINGS)


def test_a_repository_that_borrows_objects_is_refused(repository: Repo, tmp_path: Path):
    repository.commit(a=PHONE)
    repository.git("clone", "--quiet", "--shared", repository.root, tmp_path / "borrower")
    shutil.copy(repository.root / ".git/config", tmp_path / "borrower/.git/config")

    with pytest.raises(Refusal, match="alternates"):
        require_fit(tmp_path / "borrower", SPELLINGS)


def test_without_git_nothing_is_done(repository: Repo, monkeypatch: pytest.MonkeyPatch):
    repository.commit(a=PHONE)
    monkeypatch.setenv("PATH", "")

    with pytest.raises(Refusal, match="没有安装 git"):
        require_fit(repository.root, SPELLINGS)


def test_a_kept_pack_that_git_does_not_clean_is_reported_as_not_clean(repository: Repo):
    repository.commit(a=PHONE)
    repository.git("repack", "-a", "-d", "--quiet")
    (pack,) = (repository.root / ".git/objects/pack").glob("*.pack")
    pack.with_suffix(".keep").touch()

    outcome = clean(repository)

    assert not outcome.is_clean
    assert outcome.left.loose == 1
    assert not read_record(repository.root / outcome.record).is_clean


def test_modules_lying_in_the_repository_are_never_imported(repository: Repo):
    repository.write("git_filter_repo.py", "raise SystemExit('imported')")
    repository.write("json.py", "raise SystemExit('imported')")
    repository.commit(a=PHONE)

    assert clean(repository).is_clean
