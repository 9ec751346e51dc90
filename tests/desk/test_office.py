"""The office: what a clerk hands in waits on a branch, and what a second person signs stands on main."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from generator.desk.office import Handover, Office, Refused, State, Submission
from generator.intake.package import Intake
from generator.promises.promises import load_promises
from generator.sheets.canonical import Difference
from tests.desk.county import (
    CLERK,
    COMMITTEE,
    ENTRY,
    FINANCE,
    MICRO,
    MORNING,
    PASSPHRASE,
    REGISTER,
    DeskCounty,
    after,
    new_county,
)
from tests.history.repositories import Repo

PEOPLE = "# 名单\nreviewers:\n  - {name: a, role: 甲, places: [.]}\n"
SIGNERS = "# 钥匙\nb ssh-ed25519 AAAA\n"
ZHUYUAN = "content/qingxi/zhuyuan/finance/2026-08.csv"


@pytest.fixture
def county(tmp_path: Path) -> DeskCounty:
    return new_county(tmp_path)


def test_a_hand_in_is_a_commit_of_its_own_branch_and_touches_nothing_else(county: DeskCounty):
    before, head = county.read(FINANCE), county.repo.git("rev-parse", "HEAD")

    handed = county.hand_in()

    assert handed.state is State.WAITING
    assert handed.name.startswith("desk/qingshi-finance-2026-10-20-")
    assert handed.titles == ("青石村 财务收支 2026-09",)
    assert handed.paths == (FINANCE,)
    assert (handed.role, handed.reason, handed.moment) == (CLERK, "漏记一笔", MORNING)
    assert county.read(FINANCE) == before
    assert county.repo.git("rev-parse", "HEAD") == head
    assert county.is_clean()
    assert county.repo.git("diff", "--name-only", "main", handed.name) == FINANCE
    assert county.office.submissions() == [handed]


def test_a_commit_names_a_role_and_no_person_whatever_the_machine_is_set_to(county: DeskCounty):
    handed = county.hand_in()

    shown = county.repo.git("log", "-1", "--format=%an|%ae|%cn|%ce|%aI", handed.name)
    assert shown == f"{CLERK}|role@desk.invalid|{CLERK}|role@desk.invalid|2026-10-20T09:00:00+08:00"


def test_what_is_signed_off_stands_on_main_signed_and_in_the_folder(county: DeskCounty):
    reviewer = county.enrol()
    table = county.table()
    handed = county.hand_in(table)

    landed = county.sign_off(handed.name, reviewer)

    assert (landed.state, landed.reviewer) == (State.LANDED, COMMITTEE)
    assert landed.commit == county.repo.git("rev-parse", "main")
    assert county.read(FINANCE) == table.content
    assert county.is_clean()
    allowed = county.root / "site_config" / "allowed_signers"
    county.repo.git("-c", f"gpg.ssh.allowedSignersFile={allowed}", "verify-commit", landed.commit)
    assert county.repo.git("log", "-1", "--format=%an|%s") == f"{COMMITTEE}|更正：青石村 财务收支 2026-09"
    assert f"审核: {COMMITTEE}（{reviewer.name}）" in county.repo.git("log", "-1", "--format=%B")
    last = county.read(REGISTER).decode().splitlines()[-1]
    assert last == f"财务收支,2026-09,2,更正,{CLERK},{COMMITTEE},2026-10-20,2026-10-21,,村委会公开栏,漏记一笔"
    assert county.office.submissions() == [landed]


def test_the_register_reads_as_well_after_a_landing_as_before(county: DeskCounty):
    intake, village = Intake(load_promises(county.root)), county.villages()["qingxi/qingshi"]
    before = intake.read_package(village)
    reviewer = county.enrol()
    county.sign_off(county.hand_in().name, reviewer)

    after_it = intake.read_package(village)

    (new,) = after_it.publications[len(before.publications) :]
    assert (new.item, new.stem, new.attempt, new.reviewed_by) == ("finance", "2026-09", 2, COMMITTEE)
    assert after_it.findings == before.findings


def test_several_villages_go_in_with_one_press_and_need_a_reviewer_for_all_of_them(county: DeskCounty):
    local, township = county.enrol(), county.enrol("qingxi", role="乡镇经管站")
    handed = county.hand_in(county.table(), county.table(ZHUYUAN))

    with pytest.raises(Refused, match="不负责竹园村"):
        county.office.sign_off(handed.name, local.name, PASSPHRASE, after(1))
    landed = county.sign_off(handed.name, township)

    assert len(landed.titles) == 2
    changed = county.repo.git("diff", "--name-only", "HEAD^1", "HEAD").split()
    assert changed == [FINANCE, REGISTER, ZHUYUAN, REGISTER.replace("qingshi", "zhuyuan")]


def test_a_new_table_of_a_new_period_lands_and_undoing_it_takes_it_away(county: DeskCounty):
    reviewer = county.enrol()
    before = county.read(REGISTER)
    new = FINANCE.replace("2026-09", "2026-10")
    landed = county.sign_off(county.hand_in(county.table(new, county.read(FINANCE))).name, reviewer)
    assert county.repo.git("log", "-1", "--format=%s") == "公开：青石村 财务收支 2026-10"

    undone = county.office.undo(landed.name, CLERK, "公示前发现还要核对", after(9))

    assert (undone.state, undone.answer) == (State.UNDONE, "公示前发现还要核对")
    said = county.repo.git("log", "-1", "--format=%an|%B")
    assert said.startswith(f"{CLERK}|撤回公开：青石村 财务收支 2026-10")
    assert "撤回原因: 公示前发现还要核对" in said and "审核" not in said
    assert not (county.root / new).exists()
    assert county.read(REGISTER) == before
    assert county.is_clean()
    assert county.repo.git("show", f"{landed.commit}:{new}")


def test_the_preparer_does_not_sign_off_their_own(county: DeskCounty):
    handed = county.hand_in()

    for role in (CLERK, "报 账员"):
        same = county.enrol(role=role)
        with pytest.raises(Refused, match="不能都是"):
            county.office.sign_off(handed.name, same.name, PASSPHRASE, after(1))


def test_a_wrong_passphrase_signs_nothing_and_five_of_them_rest_the_key_for_a_minute(county: DeskCounty):
    reviewer, handed = county.enrol(), county.hand_in()
    head = county.repo.git("rev-parse", "main")

    for left in (4, 3, 2, 1):
        with pytest.raises(Refused, match=f"还可以试 {left} 次"):
            county.office.sign_off(handed.name, reviewer.name, "不是这个口令", after(1))
    with pytest.raises(Refused, match="过一分钟"):
        county.office.sign_off(handed.name, reviewer.name, "", after(1))
    with pytest.raises(Refused, match="过一分钟"):
        county.office.sign_off(handed.name, reviewer.name, PASSPHRASE, after(1))

    assert county.repo.git("rev-parse", "main") == head
    assert county.sign_off(handed.name, reviewer, minutes=3).state is State.LANDED


def test_a_key_that_main_does_not_list_signs_nothing(county: DeskCounty, tmp_path: Path):
    reviewer, handed = county.enrol(), county.hand_in()
    stranger = new_county(tmp_path, "别的县").enrol()
    for end in ("", ".pub"):
        key = county.home / "keys" / f"{reviewer.name}{end}"
        key.write_bytes((county.home / "keys" / f"{stranger.name}{end}").read_bytes())

    with pytest.raises(Refused, match="签名对不上"):
        county.office.sign_off(handed.name, reviewer.name, PASSPHRASE, after(1))

    assert county.office.submissions()[0].state is State.WAITING


def test_a_submission_cannot_bring_its_own_list_of_signers(county: DeskCounty):
    reviewer, handed = county.enrol(), county.hand_in()
    county.repo.git("checkout", "--quiet", handed.name)
    county.repo.write("site_config/allowed_signers", "x")
    county.repo.git("add", "-A")
    message = county.repo.git("log", "-1", "--format=%B")
    county.repo.git("commit", "--quiet", "--amend", "-m", message)
    county.repo.git("checkout", "--quiet", "main")

    with pytest.raises(Refused, match="不该改的文件"):
        county.office.sign_off(handed.name, reviewer.name, PASSPHRASE, after(1))


def test_the_passphrase_stands_in_no_file_and_the_key_is_locked(county: DeskCounty):
    reviewer = county.enrol()
    key = county.home / "keys" / reviewer.name

    assert key.stat().st_mode & 0o777 == 0o600
    assert (
        Repo(county.root)
        .attempt(
            "-c",
            "gpg.format=ssh",
            "-c",
            f"user.signingkey={key}",
            "commit-tree",
            "HEAD^{tree}",
            "-S",
            "-m",
            "x",
        )
        .returncode
        != 0
    )
    for path in (*county.home.rglob("*"), *(county.root / ".git").rglob("*")):
        assert not path.is_file() or PASSPHRASE.encode() not in path.read_bytes()


def test_enrolling_keeps_what_stood_in_both_lists(county: DeskCounty):
    county.repo.write("site_config/people.yaml", PEOPLE)
    county.repo.write("site_config/allowed_signers", SIGNERS)
    county.repo.commit("名单")

    reviewer = county.enrol()

    assert [one.name for one in county.office.reviewers()] == ["a", reviewer.name]
    assert [one.has_key for one in county.office.reviewers()] == [False, True]
    assert county.read("site_config/people.yaml").startswith(
        b"# \xe5\x90\x8d\xe5\x8d\x95\nreviewers:\n  - {name: a,"
    )
    assert county.read("site_config/allowed_signers").startswith(
        b"# \xe9\x92\xa5\xe5\x8c\x99\nb ssh-ed25519 AAAA\n"
    )
    assert county.repo.git("log", "-1", "--format=%s") == f"登记审核人：{COMMITTEE}"
    assert county.is_clean()


@pytest.mark.parametrize(
    ("places", "passphrase", "said"),
    [
        (("qingxi/nowhere",), PASSPHRASE, "没有「qingxi/nowhere」"),
        ((), PASSPHRASE, "请选"),
        (("qingxi",), "短", "口令要 8 到 200"),
        (("qingxi",), "twelve\nletters", "口令要"),
    ],
)
def test_a_reviewer_without_a_place_or_a_passphrase_is_refused(
    county: DeskCounty, places: tuple[str, ...], passphrase: str, said: str
):
    with pytest.raises(Refused, match=said):
        county.office.enrol(COMMITTEE, places, passphrase, MORNING)
    assert county.office.reviewers() == []


def test_a_second_clerk_is_shown_the_difference_and_nothing_is_lost(county: DeskCounty):
    first = county.hand_in()
    other = county.table(content=county.read(FINANCE) + b"099,2026-09-30,,\xe8\xa1\xa5\xe8\xae\xb0,,,,,,,\n")

    (clash,) = county.clashes(other, minutes=1)
    assert (clash.path, clash.who, clash.theirs) == (FINANCE, CLERK, county.table().content)
    assert isinstance(clash.difference, Difference) and len(clash.difference.added) == 2
    second = county.hand_in(other, minutes=2, over=(FINANCE,))

    states = {one.name: one.state for one in county.office.submissions()}
    assert states == {first.name: State.STALE, second.name: State.WAITING}
    assert county.office.tables_of(first.name)[0][2] == county.table().content
    reviewer = county.enrol()
    with pytest.raises(Refused, match="代替"):
        county.office.sign_off(first.name, reviewer.name, PASSPHRASE, after(3))
    assert county.sign_off(second.name, reviewer).state is State.LANDED


def test_withdrawing_the_newer_one_lets_the_older_wait_again(county: DeskCounty):
    first = county.hand_in()
    second = county.hand_in(county.table(content=county.read(FINANCE) + b"\n"), minutes=1, over=(FINANCE,))

    withdrawn = county.office.undo(second.name, CLERK, "交错了", after(2))

    assert (withdrawn.state, withdrawn.answer, withdrawn.commit) == (State.UNDONE, "交错了", "")
    assert county.office.submissions()[0].name == first.name
    assert county.office.submissions()[0].state is State.WAITING
    assert county.office.tables_of(second.name)[0][2] == county.read(FINANCE) + b"\n"


def test_the_same_sheet_twice_is_said_and_kept_once(county: DeskCounty):
    county.hand_in()

    with pytest.raises(Refused, match="同样的内容已经提交过"):
        county.hand_in(minutes=1)
    with pytest.raises(Refused, match="完全一样"):
        county.hand_in(county.table(MICRO, county.read(MICRO), register={}))


def test_a_sheet_drawn_up_against_an_older_table_clashes_unless_it_goes_over_it(county: DeskCounty):
    reviewer = county.enrol()
    stale = county.table(content=county.read(FINANCE) + b"\n")
    county.sign_off(county.hand_in().name, reviewer)

    (clash,) = county.clashes(stale, minutes=7)

    assert (clash.who, clash.theirs) == (CLERK, county.read(FINANCE))
    assert county.hand_in(stale, minutes=8, over=(FINANCE,)).state is State.WAITING


def test_what_others_changed_meanwhile_is_shown_to_the_reviewer_and_stays(county: DeskCounty):
    reviewer, handed = county.enrol(), county.hand_in()
    county.repo.write(FINANCE, county.read(FINANCE) + b"\n")
    theirs = county.repo.commit("手工改动")

    found = county.office.sign_off(handed.name, reviewer.name, PASSPHRASE, after(1))

    assert not isinstance(found, Submission)
    assert [(clash.path, clash.who) for clash in found] == [(FINANCE, "")]
    assert county.office.submissions()[0].state is State.STALE
    assert county.repo.git("rev-parse", "main") == theirs


def test_main_may_move_on_in_other_files_before_the_sign_off(county: DeskCounty):
    reviewer, handed = county.enrol(), county.hand_in()
    county.repo.write(MICRO, county.read(MICRO) + b"\n")
    county.repo.commit("另一期")

    county.sign_off(handed.name, reviewer)

    assert county.read(MICRO).endswith(b"\n\n")
    assert county.is_clean()


def test_uncommitted_work_in_the_same_file_is_never_written_over(county: DeskCounty):
    reviewer, handed = county.enrol(), county.hand_in()
    mine = county.read(FINANCE) + b"work\n"
    county.repo.write(FINANCE, mine)
    head = county.repo.git("rev-parse", "main")

    with pytest.raises(Refused, match="没提交的改动"):
        county.office.sign_off(handed.name, reviewer.name, PASSPHRASE, after(1))

    assert county.read(FINANCE) == mine
    assert county.repo.git("rev-parse", "main") == head


def test_uncommitted_work_in_other_files_stays_as_it_is(county: DeskCounty):
    reviewer, handed = county.enrol(), county.hand_in()
    county.repo.write(MICRO, b"work")
    county.repo.write("new.txt", b"new")
    county.repo.git("add", "new.txt")

    county.sign_off(handed.name, reviewer)

    assert county.read(MICRO) == b"work"
    assert county.repo.git("status", "--porcelain") == f"M {MICRO}\nA  new.txt".replace(
        "M content", "M content"
    )


def test_a_hand_in_over_uncommitted_work_clashes(county: DeskCounty):
    table = county.table()
    county.repo.write(FINANCE, county.read(FINANCE) + b"work\n")

    (clash,) = county.clashes(table)

    assert clash.theirs == county.read(FINANCE)
    assert "没有提交" in clash.who


def test_undo_is_refused_when_the_table_was_changed_again(county: DeskCounty):
    reviewer = county.enrol()
    first = county.sign_off(county.hand_in().name, reviewer)
    second = county.hand_in(county.table(content=county.read(FINANCE) + b"\n"), minutes=6)
    second = county.sign_off(second.name, reviewer, minutes=7)

    with pytest.raises(Refused, match="后来又改过"):
        county.office.undo(first.name, CLERK, "核对", after(8))
    county.office.undo(second.name, CLERK, "核对", after(9))
    undone = county.office.undo(first.name, CLERK, "核对", after(10))

    assert undone.state is State.UNDONE
    assert county.is_clean()
    with pytest.raises(Refused, match="已经退回或撤回"):
        county.office.undo(first.name, CLERK, "核对", after(11))


def test_undo_takes_out_its_own_line_of_the_register_alone(county: DeskCounty):
    reviewer = county.enrol()
    before = county.read(REGISTER)
    first = county.sign_off(county.hand_in().name, reviewer)
    county.sign_off(county.hand_in(county.table(MICRO), minutes=6).name, reviewer, minutes=7)

    county.office.undo(first.name, CLERK, "核对", after(8))

    lines = county.read(REGISTER).removeprefix(before).decode().splitlines()
    assert [line.split(",")[1] for line in lines] == ["2026-08"]


def test_what_is_sent_back_is_kept_with_the_reason(county: DeskCounty):
    reviewer, handed = county.enrol(), county.hand_in()

    with pytest.raises(Refused, match="口令不对"):
        county.office.send_back(handed.name, reviewer.name, "不是这个口令", "缺凭证", after(1))
    returned = county.office.send_back(handed.name, reviewer.name, PASSPHRASE, "缺凭证号", after(2))

    assert (returned.state, returned.answer, returned.reviewer) == (State.RETURNED, "缺凭证号", COMMITTEE)
    assert county.office.tables_of(handed.name)[0][2] == county.table().content
    assert "desk/" not in county.repo.git("branch", "--list", "desk/*")
    with pytest.raises(Refused, match="已经办完"):
        county.office.sign_off(handed.name, reviewer.name, PASSPHRASE, after(3))
    assert county.hand_in(minutes=4).state is State.WAITING


@pytest.mark.parametrize("role", ["", "报账员\n审核: 我", "报账员<a@b>", "李".join("甲" * 60), "\u200b"])
def test_a_role_that_is_none_is_refused(county: DeskCounty, role: str):
    with pytest.raises(Refused):
        county.office.hand_in(Handover((county.table(),), role), MORNING)
    assert county.office.submissions() == []


def test_personal_data_is_refused_wherever_it_stands_and_leaves_no_trace(county: DeskCounty):
    phone = "1" + "39" + "1234" + "5678"
    good = county.table()
    bad = county.table(content=county.read(FINANCE).replace("上月结转".encode(), f"电话{phone}".encode(), 1))
    noted = county.table(register={**ENTRY, "说明": f"请打 {phone}"})

    for handover in (
        Handover((good,), CLERK, f"请打 {phone}"),
        Handover((bad,), CLERK),
        Handover((noted,), CLERK),
    ):
        with pytest.raises(Refused) as refused:
            county.office.hand_in(handover, MORNING)
        assert phone not in str(refused.value)

    assert phone.encode() not in county.repo.stored()


@pytest.mark.parametrize(
    "shown",
    [
        "content/qingxi/qingshi/village.csv",
        "content/qingxi/qingshi/finance/../x/2026-09.csv",
        "mkdocs.yml",
    ],
)
def test_a_path_that_is_no_place_of_a_table_is_refused(county: DeskCounty, shown: str):
    table = county.table()
    astray = type(table)(table.village, table.item, table.stem, county.root / shown, table.content, "", {})

    with pytest.raises(Refused):
        county.office.hand_in(Handover((astray,), CLERK), MORNING)


def test_what_was_confirmed_of_a_layout_lands_with_its_table(county: DeskCounty):
    reviewer = county.enrol()
    path = county.root / "mappings" / "qingxi" / "qingshi.yaml"
    text = "finance:\n  columns: {收入金额: 收入}\n".encode()
    found = county.office.hand_in(Handover((county.table(),), CLERK, beside={path: text}), MORNING)
    assert isinstance(found, Submission)

    county.sign_off(found.name, reviewer)

    assert path.read_bytes() == text
    with pytest.raises(Refused, match="不能随表提交"):
        county.office.hand_in(
            Handover((county.table(MICRO),), CLERK, beside={county.root / "x.py": b""}), MORNING
        )


def test_a_folder_that_cannot_take_a_commit_says_what_to_do(tmp_path: Path):
    county = new_county(tmp_path)
    table = county.table()

    def said() -> str:
        with pytest.raises(Refused) as refused:
            Office(county.root, county.home).hand_in(Handover((table,), CLERK), MORNING)
        return str(refused.value)

    (county.root / ".git" / "MERGE_HEAD").write_text(county.repo.git("rev-parse", "HEAD") + "\n")
    assert "没做完的 git 操作" in said()
    (county.root / ".git" / "MERGE_HEAD").unlink()
    county.repo.git("checkout", "--quiet", "--detach")
    assert "游离" in said()
    (county.root / ".git").rename(tmp_path / "elsewhere")
    assert "git init" in said()
    county.repo.git("init", "--quiet", "--initial-branch=main")
    assert "还没有一次提交" in said()


def test_without_git_it_is_said(county: DeskCounty, monkeypatch: pytest.MonkeyPatch):
    table = county.table()
    monkeypatch.setenv("PATH", "")

    with pytest.raises(Refused, match="没有安装 git"):
        Office(county.root, county.home).hand_in(Handover((table,), CLERK), MORNING)


def test_a_clone_that_turns_line_ends_keeps_the_very_bytes(tmp_path: Path):
    county = new_county(tmp_path)
    county.repo.git("config", "core.autocrlf", "true")
    county.repo.git("rm", "-q", "--cached", "-r", ".")
    county.repo.git("reset", "--quiet", "--hard")
    assert county.read(FINANCE).count(b"\r\n") > 5
    committed = county.repo.attempt("cat-file", "blob", f"HEAD:{FINANCE}").stdout.encode()
    ours = committed + b"\n"
    reviewer = county.enrol()

    handed = county.hand_in(county.table(content=ours))
    county.sign_off(handed.name, reviewer)

    assert county.repo.git("cat-file", "-s", f"HEAD:{FINANCE}") == str(len(ours))
    assert county.is_clean()


def test_another_git_at_work_is_no_crash(county: DeskCounty):
    reviewer, handed = county.enrol(), county.hand_in()
    lock = county.root / ".git" / "index.lock"
    lock.touch()

    with pytest.raises(Refused, match="另一个 git"):
        county.office.sign_off(handed.name, reviewer.name, PASSPHRASE, after(1))
    lock.unlink()

    assert county.sign_off(handed.name, reviewer).state is State.LANDED


def test_two_desks_in_one_folder_land_at_the_same_time(county: DeskCounty):
    reviewer = county.enrol()
    names = [county.hand_in(county.table(shown)).name for shown in (FINANCE, MICRO)]
    offices = [Office(county.root, county.home), Office(county.root, county.home)]

    def sign_off(place: int) -> object:
        return offices[place].sign_off(names[place], reviewer.name, PASSPHRASE, after(place))

    with ThreadPoolExecutor() as pool:
        landed = list(pool.map(sign_off, range(2)))

    assert [isinstance(one, Submission) and one.state for one in landed] == [State.LANDED, State.LANDED]
    assert len(county.read(REGISTER).splitlines()) - 2 == len(
        county.committed(REGISTER, "HEAD~2").splitlines()
    )
    assert county.is_clean()
