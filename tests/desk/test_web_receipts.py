"""Receipts at the desk: from the photograph to the public page, before a hand-in and after it."""

from __future__ import annotations

import hashlib
import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from generator.pipeline.attaching import FILE_LIMIT, Offer, Spot, attach_files
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
from tests.receipts import paper, photograph
from tests.sample import AS_OF

PUBLISHED = "content/qingxi/qingshi/finance/2026-09.csv"
PAGE = "qingshi/finance/2026-10/"
PICTURE = photograph(900, 600)


def attach(
    clerk: Clerk,
    work: str,
    row: str = "003",
    *files: tuple[str, bytes, str],
    looked: bool = True,
    table: str = TARGET,
) -> Page:
    """Send the form of one row as a browser does."""
    form: dict[str, object] = {"table": table, "key_": row}
    for number, (name, content, caption) in enumerate(files or (("照片.jpg", PICTURE, "水渠发票"),)):
        form |= {f"file.{number}": (BytesIO(content), name), f"caption.{number}": caption}
    return clerk.post(f"{work}/receipts", form | ({"looked": "1"} if looked else {}))


def kept(page: Page) -> list[str]:
    """Return the fingerprints that the chosen row on a page shows, each once."""
    return list(dict.fromkeys(re.findall(r"/receipts/([0-9a-f]{64})", page.html)))


def stored(county: Path) -> list[Path]:
    return sorted(path for path in (county / "receipts").rglob("*") if path.is_file())


def row_in(county: Path, shown: str, number: str, commit: str = "HEAD") -> str:
    lines = git(county, "show", f"{commit}:{shown}").splitlines()
    return next(line for line in lines if line.startswith(f"{number},"))


def signed_off(clerk: Clerk) -> Page:
    """Let a second person enrol and sign what waits."""
    place = {"role": "村务监督委员会", "places": "qingxi/qingshi"}
    clerk.post("/reviewers/new", place | {"passphrase": PASSPHRASE, "again": PASSPHRASE})
    (address,) = re.findall(r'href="(/review/[0-9a-f]{16})"', clerk.get("/review").html)
    reviewer = clerk.desk.office.reviewers()[0].name
    form = {"reviewer": reviewer, "passphrase": PASSPHRASE, "act": "pass"}
    return clerk.follow(clerk.post(address, form))


def test_rows_are_told_by_date_words_and_amount_and_can_be_found(clerk: Clerk):
    work = work_of(clerk.put_in("账.csv", ledger()))

    everything = clerk.get(f"{work}/receipts")
    found = clerk.get(f"{work}/receipts?words=水渠")

    assert "附在哪一笔？" in everything.text
    assert "2026-10-09 · 修水渠 · 1200.00 序号 003" in everything.text
    assert "收鱼塘承包费" in everything.text
    assert "修水渠" in found.text
    assert "收鱼塘承包费" not in found.text


def test_a_photograph_is_kept_cleaned_and_shown(clerk: Clerk, county: Path):
    work = work_of(clerk.put_in("账.csv", ledger()))

    page = clerk.follow(attach(clerk, work))

    assert "附好 1 张" in page.text
    assert "水渠发票 照片，" in page.text
    (digest,) = kept(page)
    answer = clerk.get(f"/receipts/{digest}")
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert hashlib.sha256(answer.content).hexdigest() == digest
    assert Image.open(BytesIO(answer.content)).getexif() == {}
    assert b"GPS" not in answer.content
    assert [path.read_bytes() for path in stored(county)] == [answer.content]
    assert git(county, "status", "--porcelain") == ""


def test_from_the_photograph_to_the_public_page(clerk: Clerk, county: Path):
    page = clerk.put_in("账.csv", ledger())
    work = work_of(page)
    (digest,) = kept(clerk.follow(attach(clerk, work)))
    seen = clerk.get(f"/preview/work/{work[-16:]}/{PAGE}")
    assert "水渠发票" in seen.text
    (picture,) = set(re.findall(r'src="([^"]*receipts/[^"]+\.jpg)"', seen.html))
    address = f"/preview/work/{work[-16:]}/qingshi/{picture[picture.index('receipts/') :]}"
    assert hashlib.sha256(clerk.get(address).content).hexdigest() == digest

    assert hand_in(clerk, page).status == 302
    review = clerk.get(re.findall(r'href="(/review/[0-9a-f]{16})"', clerk.get("/review").html)[0])
    assert "这次新附的票据" in review.text
    assert kept(review) == [digest]
    assert "审核通过，已写进公开的记录" in signed_off(clerk).text

    assert row_in(county, TARGET, "003").endswith(f"水渠发票 sha256:{digest}")
    run_build(county, Places.below(county), as_of=AS_OF, workers=1)
    built = (county / "site" / PAGE / "index.html").read_text(encoding="utf-8")
    assert "水渠发票" in built
    assert (county / "site/qingshi/receipts" / digest[:2] / f"{digest}.jpg").is_file()


def test_mending_the_sheet_afterwards_keeps_the_receipts(clerk: Clerk, county: Path):
    page = clerk.put_in("账.csv", ledger(OPENING, INCOME.replace("收鱼塘承包费", "收鱼塘"), EXPENSE))
    work = work_of(page)
    (digest,) = kept(clerk.follow(attach(clerk, work)))

    page = clerk.mend(clerk.get(work), {"D4": "收鱼塘承包费"})

    assert "都对上了，可以往下走" in page.text
    assert "同一笔" not in page.text
    hand_in(clerk, page)
    signed_off(clerk)
    assert "收鱼塘承包费" in row_in(county, TARGET, "002")
    assert row_in(county, TARGET, "003").endswith(f"sha256:{digest}")


def test_a_receipt_of_a_row_that_says_something_else_now_is_pointed_out(clerk: Clerk):
    work = work_of(clerk.put_in("账.csv", ledger()))
    attach(clerk, work)

    page = clerk.mend(clerk.get(work), {"D5": "修另一条路"})

    assert "可能已经不是同一笔" in page.text
    assert "请在「附票据」里对照着看" in page.text


def test_a_receipt_whose_row_is_gone_goes_with_it_and_that_is_said(clerk: Clerk, county: Path):
    work = work_of(clerk.put_in("账.csv", ledger()))
    attach(clerk, work)

    page = clerk.mend(clerk.get(work), {"A5": "004"})

    assert "原来附了票据的一行（003）这张表里没有了" in page.text
    hand_in(clerk, page)
    signed_off(clerk)
    assert "sha256:" not in git(county, "show", f"HEAD:{TARGET}")


def test_what_was_attached_can_be_taken_away_again(clerk: Clerk, county: Path):
    page = clerk.put_in("账.csv", ledger())
    work = work_of(page)
    (digest,) = kept(clerk.follow(attach(clerk, work)))

    form = {"table": TARGET, "key_": "003", "digest": digest}
    gone = clerk.follow(clerk.post(f"{work}/receipts/remove", form))

    assert "拿掉了「水渠发票」" in gone.text
    assert kept(gone) == []
    hand_in(clerk, page)
    signed_off(clerk)
    assert "sha256:" not in git(county, "show", f"HEAD:{TARGET}")
    assert len(stored(county)) == 1


def test_a_public_table_gains_and_loses_receipts_by_a_correction_with_a_reason(clerk: Clerk, county: Path):
    listed = clerk.get("/receipts?village=qingshi")
    assert "青石村 2026 年 9 月 财务收支" in listed.text.replace("2026年9月", "2026 年 9 月")
    page = clerk.follow(clerk.post("/receipts", {"village": "qingshi", "table": PUBLISHED}))
    work = work_of(page)
    number = re.findall(r"key_=(\w+)", page.html)[1]
    before = git(county, "show", f"HEAD:{PUBLISHED}").splitlines()

    (digest,) = kept(clerk.follow(attach(clerk, work, number, table=PUBLISHED)))
    refused = hand_in(clerk, page)
    assert refused.status == 422
    assert "要写为什么更正" in refused.text
    assert hand_in(clerk, page, reason="补附发票").status == 302
    signed_off(clerk)

    after = git(county, "show", f"HEAD:{PUBLISHED}").splitlines()
    cells = [line.rpartition(",") for line in after]
    assert [rest for rest, _comma, _cell in cells] == before
    named = [rest.partition(",")[0] for rest, _comma, cell in cells[1:] if cell]
    assert named == [number]
    assert row_in(county, PUBLISHED, number).endswith(f"水渠发票 sha256:{digest}")

    page = clerk.follow(clerk.post("/receipts", {"village": "qingshi", "table": PUBLISHED}))
    form = {"table": PUBLISHED, "key_": number, "digest": digest}
    clerk.post(f"{work_of(page)}/receipts/remove", form)
    shown = clerk.get(f"{work_of(page)}/receipts?key_={number}")
    assert kept(shown) == []
    assert "下一步" in shown.text


def test_two_clerks_who_attach_at_once_both_keep_theirs(clerk: Clerk):
    work = work_of(clerk.put_in("账.csv", ledger()))
    other = clerk.beside()

    attach(clerk, work)
    attach(other, work, "002", ("收据.jpg", photograph(500, 400), "收据"))

    assert len(kept(clerk.get(f"{work}/receipts?key_=003"))) == 1
    assert len(kept(clerk.get(f"{work}/receipts?key_=002"))) == 1


def test_a_page_that_was_open_before_a_receipt_came_can_still_be_saved(clerk: Clerk):
    opened = clerk.put_in("账.csv", ledger())
    work = work_of(opened)
    attach(clerk.beside(), work)

    page = clerk.mend(opened, {"K4": "合同在村委会"})

    assert page.status == 200
    assert "原来：" in page.text
    assert len(kept(clerk.get(f"{work}/receipts?key_=003"))) == 1


def test_receipts_of_a_whole_period_stay_in_the_register_when_the_desk_adds_a_line(
    clerk: Clerk, county: Path
):
    known = clerk.desk.known()
    village = known.county.village_named("qingshi")
    assert village is not None
    spot = Spot(village, known.promises.catalogue.versions["finance"][-1], "2026-09")
    offer = Offer("照片.jpg", PICTURE, "九月银行对账单")
    outcome = attach_files(known.promises, spot, [offer], has_looked=True, as_of=AS_OF)
    assert not outcome.has_errors
    outcome.path.write_bytes(outcome.content)
    git(county, "commit", "--quiet", "--all", "--message=附整期票据")
    page = clerk.follow(clerk.post("/receipts", {"village": "qingshi", "table": PUBLISHED}))
    number = re.findall(r"key_=(\w+)", page.html)[1]
    attach(clerk, work_of(page), number, table=PUBLISHED)
    assert "九月银行对账单" in clerk.get(f"/preview/work/{work_of(page)[-16:]}/qingshi/finance/2026-09/").text

    assert hand_in(clerk, page, reason="补附发票").status == 302
    signed_off(clerk)

    lines = git(county, "show", "HEAD:content/qingxi/qingshi/publications.csv").splitlines()
    assert lines[0].endswith(",票据")
    assert sum("九月银行对账单 sha256:" in line for line in lines) == 1
    assert lines[-1].endswith("补附发票,")


def test_several_are_attached_with_one_press_and_a_paper_is_handed_out_as_a_file(clerk: Clerk):
    work = work_of(clerk.put_in("账.csv", ledger()))
    files = (("照片.jpg", PICTURE, "现场照片"), ("发票.pdf", paper(), "发票"))

    page = clerk.follow(attach(clerk, work, "003", *files))

    assert "附好 2 张" in page.text
    assert "发票 PDF，" in page.text
    contents = [clerk.get(f"/receipts/{digest}") for digest in kept(page)]
    (given,) = [one for one in contents if one.content.startswith(b"%PDF-")]
    assert given.headers["Content-Disposition"].startswith("attachment")
    assert b"SECRET" not in given.content
    again = clerk.follow(attach(clerk, work, "003", files[0]))
    assert "这一行已经附过" in again.text


@pytest.mark.parametrize(
    ("file", "looked", "words"),
    [
        (("照片.jpg", PICTURE, "发票"), False, "在「我已看过」前打勾再附"),
        (("大.jpg", PICTURE + b"\0" * FILE_LIMIT, "发票"), True, "这个文件超过 32 MB，没有收"),
        (("表.xlsx", b"PK\x03\x04 no picture", "发票"), True, "认不出这是什么文件"),
        (("坏.jpg", PICTURE[:300], "发票"), True, "这个文件损坏了"),
        (("空.jpg", b"", "发票"), True, "这个文件是空的"),
        (("照片.jpg", PICTURE, ""), True, "说明写得不对"),
        (("照片.jpg", PICTURE, "=HYPERLINK(1)"), True, "说明写得不对"),
        (("p.pdf", paper("tel " + "139" + "12345678"), "发票"), True, "有手机号码"),
    ],
    ids=["no tick", "too large", "wrong type", "damaged", "empty", "no caption", "formula", "telephone"],
)
def test_what_cannot_be_taken_is_told_and_nothing_is_stored(
    clerk: Clerk, county: Path, file: tuple[str, bytes, str], looked: bool, words: str
):
    work = work_of(clerk.put_in("账.csv", ledger()))

    page = attach(clerk, work, "003", file, looked=looked)

    assert page.status == 422
    assert "没有附上，一张也没有存" in page.text
    assert words in page.text
    assert "139" + "12345678" not in page.html
    assert stored(county) == []
    assert kept(clerk.get(f"{work}/receipts?key_=003")) == []


def test_a_form_without_a_file_or_for_a_row_that_is_not_there_is_told(clerk: Clerk):
    work = work_of(clerk.put_in("账.csv", ledger()))

    nothing = clerk.post(f"{work}/receipts", {"table": TARGET, "key_": "003", "looked": "1"})
    nowhere = attach(clerk, work, "099")

    assert (nothing.status, nowhere.status) == (422, 422)
    assert "还没有选照片或 PDF" in nothing.text
    assert "这一行现在没有了" in nowhere.text


def test_without_the_token_of_a_page_nothing_is_attached(clerk: Clerk, county: Path):
    work = work_of(clerk.put_in("账.csv", ledger()))

    form = {"table": TARGET, "key_": "003", "looked": "1", "file.0": (BytesIO(PICTURE), "照片.jpg")}
    page = clerk.post(f"{work}/receipts", form, token="")

    assert page.status == 400
    assert stored(county) == []


def test_only_what_is_a_fingerprint_is_handed_out(clerk: Clerk):
    for name in ("0" * 64, "..%2f..%2fsecret", "abc"):
        assert clerk.get(f"/receipts/{name}").status == 404


def test_a_county_without_a_store_is_told_what_to_set(clerk: Clerk, county: Path):
    path = county / "site_config/county.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("receipts: receipts\n", ""), encoding="utf-8")
    work = work_of(clerk.put_in("账.csv", ledger()))

    page = clerk.get(f"{work}/receipts?key_=003")
    sent = attach(clerk, work)

    assert "receipts: ../receipts" in page.text
    assert not page.has_field("looked")
    assert sent.status == 422
    assert "receipts: ../receipts" in sent.text


def test_a_store_that_git_would_keep_is_refused(clerk: Clerk, county: Path):
    ignored = (county / ".gitignore").read_text(encoding="utf-8").replace("/receipts/\n", "")
    (county / ".gitignore").write_text(ignored, encoding="utf-8")
    work = work_of(clerk.put_in("账.csv", ledger()))

    page = attach(clerk, work)

    assert page.status == 422
    assert "票据库的位置不对" in page.text
    assert stored(county) == []


def test_lists_of_persons_have_no_receipts_and_whole_periods_are_for_the_command_line(clerk: Clerk):
    page = clerk.get("/receipts?village=qingshi")
    assert "补贴" not in page.text

    work = work_of(clerk.put_in("账.csv", ledger()))

    assert "附在整期上" in clerk.get(f"{work}/receipts").text


def test_the_sheet_shows_what_a_receipt_is_not_its_fingerprint(clerk: Clerk):
    page = clerk.follow(clerk.post("/receipts", {"village": "qingshi", "table": PUBLISHED}))
    work, number = work_of(page), re.findall(r"key_=(\w+)", page.html)[0]
    attach(clerk, work, number, table=PUBLISHED)
    hand_in(clerk, page, reason="补附发票")
    signed_off(clerk)

    again = clerk.follow(clerk.post("/receipts", {"village": "qingshi", "table": PUBLISHED}))
    sheet = clerk.get(work_of(again))

    assert "水渠发票" in sheet.text
    assert "没有发现问题" in sheet.text or "错误 0 处" in sheet.text
    assert "下一步" not in sheet.text
