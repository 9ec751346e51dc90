"""Handing in, reviewing, taking back: with real git, real keys, and two clerks at one period."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

from generator.desk.office import State
from generator.pipeline.build import Places, run_build
from tests.desk.clerks import (
    EXPENSE,
    INCOME,
    OPENING,
    PASSPHRASE,
    TARGET,
    Clerk,
    Page,
    git,
    hand_in,
    ledger,
    work_of,
)
from tests.sample import AS_OF

DISPLAY = {"posted_from": "2026-10-15", "posted_to": "2026-11-05", "place": "村委会公开栏"}
PAGE = "qingshi/finance/2026-10/"


def enrolled(clerk: Clerk) -> Page:
    form = {"role": "村务监督委员会", "places": "qingxi/qingshi"}
    words = {"passphrase": PASSPHRASE, "again": PASSPHRASE}
    return clerk.follow(clerk.post("/reviewers/new", form | words))


def waiting(clerk: Clerk) -> str:
    """Return the address of the one submission that waits."""
    found = re.findall(r'href="(/review/[0-9a-f]{16})"', clerk.get("/review").html)
    assert len(found) == 1
    return str(found[0])


def reviewed(clerk: Clerk, address: str, **form: str) -> Page:
    reviewer = clerk.desk.office.reviewers()[0].name
    return clerk.post(address, {"reviewer": reviewer, "passphrase": PASSPHRASE, "act": "pass", **form})


def test_what_is_handed_in_waits_and_the_clerk_s_files_are_gone(clerk: Clerk, county: Path):
    page = hand_in(clerk, clerk.put_in("账.csv", ledger()), **DISPLAY)

    home = clerk.follow(page)
    assert "已提交，等第二个人审核：青石村 财务收支 2026-10" in home.text
    assert "报账员编制" in home.text
    assert list((clerk.desk.home / "works").iterdir()) == []
    assert not (county / TARGET).exists()
    assert git(county, "status", "--porcelain") == ""


def test_from_the_sheet_to_the_public_page(clerk: Clerk, county: Path):
    hand_in(clerk, clerk.put_in("账.csv", ledger()), **DISPLAY)
    enrolled(clerk)
    address = waiting(clerk)
    assert "新的一期，共 3 行" in clerk.get(address).text
    shown = plain(clerk.get(f"/preview/submission/{address[-16:]}/{PAGE}").html)
    assert "614,703.18" in shown
    assert "2026年10月15日至2026年11月5日张贴（村委会公开栏）" in shown

    landed = clerk.follow(reviewed(clerk, address))

    assert "审核通过，已写进公开的记录" in landed.text
    run_build(county, Places.below(county), as_of=AS_OF, workers=1)
    built = plain((county / "site" / PAGE / "index.html").read_text(encoding="utf-8"))
    assert "614,703.18" in built
    assert "村务监督委员会" in built
    assert "2026年10月15日至2026年11月5日张贴（村委会公开栏）" in built


def plain(html: str) -> str:
    """Return the words of a page in one piece: lines may break between them, not in them."""
    return re.sub(r"<[^>]*>|\s", "", html)


def test_the_preview_is_the_published_page_less_what_only_the_signing_can_tell(clerk: Clerk, county: Path):
    page = clerk.put_in("账.csv", ledger())
    form = {"version": page.field("version"), "role": "报账员", "act": "look", **DISPLAY}
    clerk.follow(clerk.post(f"{work_of(page)}/submit", form))
    base = f"/preview/work/{work_of(page)[-16:]}/"
    addresses = (PAGE, "qingshi/", "qingshi/finance/", "qingshi/calendar/", "qingshi/finance/2026-09/")
    seen = {address: clerk.get(base + address).html for address in addresses}

    hand_in(clerk, clerk.get(work_of(page)), **DISPLAY)
    enrolled(clerk)
    reviewed(clerk, waiting(clerk))
    run_build(county, Places.below(county), as_of=AS_OF, workers=1)

    for address, html in seen.items():
        built = (county / "site" / address / "index.html").read_text(encoding="utf-8")
        assert settled(html) == settled(built), address


def settled(html: str) -> str:
    """Return a page without what only the signing can tell: commit, reviewer, and what hashes them."""
    html = re.sub(r"尚未入库|\b[0-9a-f]{7,12}\b(?=</code>)", "COMMIT", html)
    html = re.sub(r"\b[0-9a-f]{64}\b", "DIGEST", html)
    html = re.sub(r"报账员编制<br>.*?审核<br>", "REVIEWED", html)
    return re.sub(r"（?2026 年 11 月 22 日）?", "", html)


def test_every_file_of_a_preview_is_there_and_other_villages_are_told_apart(clerk: Clerk):
    page = clerk.put_in("账.csv", ledger())
    base = f"/preview/work/{work_of(page)[-16:]}/"
    html = clerk.get(base + PAGE).html

    depth = base + PAGE
    for link in re.findall(r'(?:href|src)="((?:\.\./)+assets/[^"#]+)"', html):
        up = link.count("../")
        target = "/".join([*depth.rstrip("/").split("/")[:-up], link.replace("../", "")])
        assert clerk.get(target).status == 200, link
    assert "预览里只有这几个村" in clerk.get(base + "zhuyuan/").text


def test_a_role_is_asked_for_and_a_display_that_ends_before_it_begins_is_refused(clerk: Clerk):
    page = clerk.put_in("账.csv", ledger())
    nobody = hand_in(clerk, page, role="")
    backwards = hand_in(clerk, page, posted_from="2026-11-05", posted_to="2026-10-05")
    no_day = hand_in(clerk, page, posted_from="十月五日")

    assert (nobody.status, backwards.status, no_day.status) == (422, 422, 422)
    assert "请写是谁编制的" in nobody.text
    assert "张贴的最后一天在第一天前面" in backwards.text
    assert "日期请写成" in no_day.text


def test_a_correction_asks_why_and_shows_what_changes(clerk: Clerk, county: Path):
    old = (county / "content/qingxi/qingshi/finance/2026-09.csv").read_text(encoding="utf-8")
    sheet = old.replace("9 月垃圾清运费", "九月垃圾清运费")
    page = clerk.put_in("青石村2026年9月财务收支.csv", sheet.encode("utf-8"))
    assert "要换掉已有的内容" in page.text
    assert "改 1 行" in page.text

    silent = hand_in(clerk, page)
    assert silent.status == 422
    assert "要写为什么更正" in silent.text

    clerk.follow(hand_in(clerk, page, reason="摘要写错了字"))
    told = clerk.get(waiting(clerk)).text
    assert "更正原因：摘要写错了字" in told
    assert "摘要： 9 月垃圾清运费 → 九月垃圾清运费" in told


def test_a_sheet_that_changes_nothing_is_not_handed_in(clerk: Clerk, county: Path):
    content = (county / "content/qingxi/qingshi/finance/2026-09.csv").read_bytes()
    page = clerk.put_in("青石村2026年9月财务收支.csv", content)

    assert "与已公开的相同，不用再交" in page.text
    assert "没有可以提交的表" in clerk.get(f"{work_of(page)}/submit").text
    assert clerk.post(f"{work_of(page)}/submit", {"version": "1", "role": "报账员"}).status == 422


def test_the_second_clerk_is_shown_the_difference_and_nothing_is_lost(clerk: Clerk):
    other = clerk.beside()
    first, second = clerk.put_in("账.csv", ledger()), other.put_in("乙.csv", other_ledger())
    clerk.follow(hand_in(clerk, first))

    clash = hand_in(other, second)

    assert clash.status == 409
    assert "别人先交了同一期" in clash.text
    assert "摘要： 修水渠 → 修灌溉水渠" in clash.text
    assert "两份都不会丢" in clash.text
    assert len([one for one in clerk.desk.office.submissions() if one.state is State.WAITING]) == 1
    assert "乙.csv" in other.get("/").text


def other_ledger() -> bytes:
    return ledger(OPENING, INCOME, EXPENSE.replace("修水渠", "修灌溉水渠"))


def test_the_second_clerk_may_go_over_it_and_both_are_kept(clerk: Clerk):
    other = clerk.beside()
    first, second = clerk.put_in("账.csv", ledger()), other.put_in("乙.csv", other_ledger())
    clerk.follow(hand_in(clerk, first))
    clash = hand_in(other, second)

    form = {"version": clash.field("version"), "over": clash.field("over"), "role": "报账员"}
    other.follow(other.post(f"{work_of(second)}/submit", form))

    states = sorted(one.state.value for one in clerk.desk.office.submissions())
    assert states == ["stale", "waiting"]


def test_the_second_clerk_may_leave_it_to_the_first_and_keeps_the_own_sheet(clerk: Clerk):
    other = clerk.beside()
    first, second = clerk.put_in("账.csv", ledger()), other.put_in("乙.csv", other_ledger())
    clerk.follow(hand_in(clerk, first))
    clash = hand_in(other, second)

    form = {"version": clash.field("version"), "paths": clash.field("paths")}
    home = other.follow(other.post(f"{work_of(second)}/give-up", form))

    assert "没有别的要交了" in home.text
    assert "乙.csv" in home.text


def test_a_wrong_passphrase_and_a_second_that_differs_are_told(clerk: Clerk):
    clerk.follow(hand_in(clerk, clerk.put_in("账.csv", ledger())))
    form = {
        "role": "村务监督委员会",
        "places": "qingxi/qingshi",
        "passphrase": PASSPHRASE,
        "again": "另一个口令一二三",
    }
    assert "两次输入的口令不一样" in clerk.post("/reviewers/new", form).text
    short = {**form, "passphrase": "短", "again": "短"}
    assert "口令要有 8 个字以上" in clerk.post("/reviewers/new", short).text

    enrolled(clerk)
    wrong = reviewed(clerk, waiting(clerk), passphrase="不是这个口令一二三")

    assert wrong.status == 409
    assert "没有办成" in wrong.text
    assert "口令" in wrong.text
    assert PASSPHRASE not in wrong.html


def test_the_passphrase_is_nowhere_on_disk(clerk: Clerk, county: Path):
    hand_in(clerk, clerk.put_in("账.csv", ledger()))
    enrolled(clerk)
    reviewed(clerk, waiting(clerk))

    for folder in (county, clerk.desk.home):
        for path in folder.rglob("*"):
            assert not path.is_file() or PASSPHRASE.encode() not in path.read_bytes(), path


def test_what_is_sent_back_is_told_to_the_clerk_with_the_reason(clerk: Clerk):
    clerk.follow(hand_in(clerk, clerk.put_in("账.csv", ledger())))
    enrolled(clerk)
    address = waiting(clerk)

    assert "退回要写原因" in reviewed(clerk, address, act="return").text
    clerk.follow(reviewed(clerk, address, act="return", reason="请附合同"))

    assert "请附合同" in clerk.get("/").text
    page = clerk.follow(clerk.post(f"/submissions/{address[-16:]}/take-up"))
    assert "青石村 2026年10月 财务收支 3 行 新的一期" in page.text


def test_the_clerk_may_take_back_what_still_waits(clerk: Clerk):
    clerk.follow(hand_in(clerk, clerk.put_in("账.csv", ledger())))
    address = waiting(clerk)

    clerk.follow(clerk.post(f"/done/{address[-16:]}/undo", {"role": "报账员", "reason": "少了一笔"}))

    assert "现在没有等审核的" in clerk.get("/review").text


def test_a_list_of_persons_tells_only_where_it_changes_and_never_enters_the_public_history(
    clerk: Clerk, county: Path
):
    path = county / "content_private/qingxi/qingshi/subsidy/2026Q3--elderly.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    name = lines[1].split(",")[2]
    sheet = "\n".join((*lines[:-1], ""))
    page = clerk.put_in("青石村2026年第三季度高龄津贴.csv", sheet.encode(), item="subsidy", slug="elderly")
    assert "少 1 行" in page.text

    clerk.follow(hand_in(clerk, page, reason="多列了一户"))

    told = clerk.get(waiting(clerk))
    assert "这是名单，只说哪一行、哪一列不同" in told.text
    assert name not in told.html
    assert lines[-1].split(",")[2] not in told.html
    assert lines[-1].split(",")[2] not in git(county, "log", "--all", "--patch")


def test_what_has_landed_is_taken_back_by_one_press_and_a_commit_of_its_own(clerk: Clerk, county: Path):
    clerk.follow(hand_in(clerk, clerk.put_in("账.csv", ledger())))
    enrolled(clerk)
    reviewed(clerk, waiting(clerk))
    before = int(git(county, "rev-list", "--count", "HEAD"))
    match = re.search(r"/done/[0-9a-f]{16}/undo", clerk.get("/done").html)
    assert match is not None

    assert clerk.post(match[0], {"role": "报账员"}).status == 422
    page = clerk.follow(clerk.post(match[0], {"role": "报账员", "reason": "交早了"}))

    assert "已撤回" in page.text
    assert not (county / TARGET).exists()
    assert int(git(county, "rev-list", "--count", "HEAD")) == before + 1


def test_what_is_done_is_sent_to_the_far_side_or_carried_there(clerk: Clerk, county: Path, tmp_path: Path):
    alone = clerk.post("/send")
    assert alone.status == 409

    clerk.follow(hand_in(clerk, clerk.put_in("账.csv", ledger())))
    page = clerk.follow(clerk.post("/bundles"))
    name = re.search(r'href="(/bundles/[^"]+)"', page.html)
    assert name is not None
    bundle = clerk.get(name[1])
    assert bundle.content.startswith(b"# v")

    town = tmp_path / "town"
    git(tmp_path, "clone", "--quiet", str(county), str(town))
    git(town, "remote", "remove", "origin")
    (town / "content_private").mkdir(exist_ok=True)
    far = Clerk(town, tmp_path / "far")
    far.follow(far.post("/receive", {"bundle": (BytesIO(bundle.content), "来.bundle")}))
    assert "青石村 财务收支 2026-10" in far.get("/review").text


def test_what_is_carried_here_and_is_no_bundle_is_refused(clerk: Clerk):
    page = clerk.post("/receive", {"bundle": (BytesIO(b"not a bundle"), "来.bundle")})
    none = clerk.post("/receive")

    assert page.status == 409
    assert none.status == 422
    assert "没有办成" in page.text


def test_what_cannot_be_handed_in_stays_when_the_rest_is(clerk: Clerk):
    bad = ledger(OPENING, INCOME.replace("3000.00", "三千"), title="竹园村2026年10月财务收支公开表")
    files = [(BytesIO(ledger()), "甲.csv"), (BytesIO(bad), "乙.csv")]
    page = clerk.follow(clerk.post("/works", {"files": files}))

    home = clerk.follow(hand_in(clerk, page))

    assert "其余的还在这里" in home.text
    assert "甲.csv 等 2 个文件" in home.text


def test_without_git_sheets_are_checked_all_the_same(tmp_path: Path, county: Path):
    (county / ".git").rename(tmp_path / "elsewhere")
    clerk = Clerk(county, tmp_path / "home2")

    assert "还不能提交" in clerk.get("/").text
    assert "都对上了" in clerk.put_in("账.csv", ledger()).text
