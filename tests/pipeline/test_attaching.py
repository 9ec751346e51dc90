"""Attaching: what becomes a receipt, what is refused and with which words, and what is written where."""

from __future__ import annotations

import hashlib
import random
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.intake.receipt_store import look_up, store_of
from generator.intake.walk import walk_county
from generator.model.finding import SetupError
from generator.model.receipts import Receipt, read_receipts
from generator.pipeline.attaching import FILE_LIMIT, Offer, Outcome, Spot, attach_files, detach_receipt
from generator.pipeline.receipt_lists import named_receipts, unused_receipts
from generator.pipeline.receipt_store import require_receipt_store
from generator.promises.promises import load_promises
from generator.wording.receipts import ATTACHING
from tests.counties import AS_OF, changed, county_at, verdict_on, written
from tests.privacy.generators import citizen, mobile
from tests.privacy.test_clean_image import bomb
from tests.receipts import (
    LEDGER,
    REGISTER,
    STORE,
    county_with_store,
    paper,
    photograph,
    picture,
    saved,
    scan,
    spot_in,
)

ROW = "004"
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 64
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'


def attached(root: Path, spot: Spot, *offers: Offer, has_looked: bool = True) -> Outcome:
    """Attach as the command does: what is well is written to its place."""
    outcome = attach_files(load_promises(root), spot, offers, has_looked=has_looked, as_of=AS_OF)
    if not outcome.has_errors:
        outcome.path.write_bytes(outcome.content)
    return outcome


def offer(content: bytes = b"", name: str = "IMG_1.jpg", caption: str = "电费发票") -> Offer:
    return Offer(name, content or photograph(), caption)


def stored(root: Path) -> list[str]:
    return sorted(path.name for path in (root / STORE).rglob("*.*")) if (root / STORE).exists() else []


def codes(outcome: Outcome) -> list[str]:
    return [finding.code for finding in outcome.findings]


def test_a_photograph_is_stored_and_named_in_its_row_alone(tmp_path: Path):
    root = county_with_store(tmp_path)
    before = (root / LEDGER).read_text(encoding="utf-8").splitlines()

    outcome = attached(root, spot_in(root, ROW), offer())

    after = (root / LEDGER).read_text(encoding="utf-8").splitlines()
    (receipt,) = outcome.receipts
    assert after == [
        f"{before[0]},票据",
        *(f"{line}," for line in before[1:4]),
        f"{before[4]},电费发票 sha256:{receipt.sha256}",
        f"{before[5]},",
    ]
    found = look_up(store_of(load_promises(root).settings), receipt.sha256)
    assert (found.is_sound, found.width, found.height) == (True, 300, 200)
    assert verdict_on(root).lines == []


def test_attaching_writes_to_the_store_alone(tmp_path: Path):
    root = county_with_store(tmp_path)
    before = (root / LEDGER).read_bytes()

    outcome = attach_files(load_promises(root), spot_in(root, ROW), [offer()], has_looked=True, as_of=AS_OF)

    assert (root / LEDGER).read_bytes() == before == outcome.before != outcome.content
    assert len(stored(root)) == 1


def test_the_caller_may_bring_the_table_that_is_to_be_changed(tmp_path: Path):
    root = county_with_store(tmp_path)
    draft = (root / LEDGER).read_bytes().replace("修三组路灯".encode(), "修五组路灯".encode())

    outcome = attach_files(
        load_promises(root), spot_in(root, ROW), [offer()], has_looked=True, as_of=AS_OF, before=draft
    )

    assert "修五组路灯" in outcome.content.decode()
    assert "电费发票" in outcome.content.decode()


def test_the_same_file_twice_changes_nothing(tmp_path: Path):
    root = county_with_store(tmp_path)
    attached(root, spot_in(root, ROW), offer())
    before, files = (root / LEDGER).read_bytes(), stored(root)

    again = attached(root, spot_in(root, ROW), offer(), offer(caption="又一张"))

    assert (again.added, codes(again)) == ((), [])
    assert ((root / LEDGER).read_bytes(), stored(root)) == (before, files)


def test_several_receipts_stand_in_the_order_in_which_they_came(tmp_path: Path):
    root = county_with_store(tmp_path)
    attached(root, spot_in(root, ROW), offer(), offer(paper(), "a.pdf", "合同"))
    outcome = attached(root, spot_in(root, ROW), offer(photograph(80, 60), caption="收据"))

    assert [receipt.caption for receipt in outcome.receipts] == ["电费发票", "合同", "收据"]
    assert [name.rpartition(".")[2] for name in stored(root)].count("pdf") == 1


def test_detaching_the_last_one_gives_the_table_back_to_the_byte(tmp_path: Path):
    root = county_with_store(tmp_path)
    before = (root / LEDGER).read_bytes()
    (receipt,) = attached(root, spot_in(root, ROW), offer()).receipts

    outcome = detach_receipt(load_promises(root), spot_in(root, ROW), receipt.sha256[:8])

    assert outcome.content == before
    assert len(stored(root)) == 1


def test_a_period_as_a_whole_has_receipts_in_the_newest_line_of_the_register(tmp_path: Path):
    root = county_with_store(tmp_path)
    register = (root / REGISTER).read_text(encoding="utf-8")
    line = "财务收支,2026-02,2,更正,报账员,村务监督委员会,2026-03-06,2026-03-07,2026-03-22,公开栏,改一处\n"
    written(root, REGISTER, register + line)

    outcome = attached(root, spot_in(root), offer(caption="银行对账单"))

    lines = outcome.content.decode().splitlines()
    assert lines[-1] == f"{line.strip()},银行对账单 sha256:{outcome.receipts[0].sha256}"
    assert all(line.endswith(",") for line in lines[1:-1])
    assert verdict_on(root).lines == []


def test_a_document_has_receipts_as_a_whole(tmp_path: Path):
    root = county_with_store(tmp_path)
    spot = spot_in(root, item="election", stem="2026-02-08")

    assert attached(root, spot, offer(caption="选举结果报告单")).receipts
    assert verdict_on(root).lines == []


def test_line_ends_and_mark_of_a_table_stay_as_they_were(tmp_path: Path):
    root = county_with_store(tmp_path)
    path = root / LEDGER
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    before = path.read_bytes()

    (receipt,) = attached(root, spot_in(root, ROW), offer()).receipts

    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert path.read_bytes().count(b"\r\n") == path.read_bytes().count(b"\n")
    assert detach_receipt(load_promises(root), spot_in(root, ROW), receipt.sha256).content == before


def test_a_changed_picture_is_restored_by_attaching_it_again(tmp_path: Path):
    root = county_with_store(tmp_path)
    attached(root, spot_in(root, ROW), offer())
    (path,) = (root / STORE).rglob("*.jpg")
    good = path.read_bytes()
    path.write_bytes(good[:-1] + b"x")
    assert verdict_on(root).lines == [f"{LEDGER}:5:票据:receipt-changed"]

    attached(root, spot_in(root, ROW), offer())

    assert path.read_bytes() == good


@dataclass(frozen=True)
class Case:
    """A file, or a place, that cannot be taken, and the code that says why."""

    code: str
    content: bytes = b""
    name: str = "a.jpg"
    caption: str = "发票"
    key: str = ROW
    item: str = "finance"
    stem: str = "2026-02"
    has_looked: bool = True


def cases() -> Iterator[Case]:
    rng = random.Random(3)
    yield Case("attach-too-large", photograph() + bytes(FILE_LIMIT))
    yield Case("attach-pixels", bomb(9_500, 9_500), "a.png")
    yield Case("attach-damaged", photograph()[:300])
    yield Case("attach-damaged", paper()[:200], "a.pdf")
    yield Case("attach-encrypted", paper(password="12"), "a.pdf")
    yield Case("attach-pages", paper(pages=21), "a.pdf")
    yield Case("attach-heic", HEIC, "IMG_1.HEIC")
    yield Case("attach-svg", SVG, "a.svg")
    yield Case("attach-type", b"PK\x03\x04 a workbook", "a.xlsx")
    yield Case("attach-type", "一段话".encode(), "a.txt")
    for caption in (
        "",
        " ",
        "电费；水费",
        "=1+1",
        "长" * 41,
        "两\n行",
        f"a sha256:{'0' * 64}",
        "看不见\u200b的",
    ):
        yield Case("attach-caption", photograph(), caption=caption)
    yield Case("attach-unlooked", photograph(), has_looked=False)
    yield Case("attach-row", photograph(), key="4")
    yield Case("attach-no-column", photograph(), item="notice", stem="2026-02-20", key="1")
    yield Case("attach-no-column", photograph(), item="finance_summary", stem="2025Q4", key="1")
    yield Case("attach-no-table", photograph(), stem="2026-03")
    yield Case("attach-unregistered", photograph(), stem="2026-03", key="")
    yield Case("attach-refused", photograph(), item="subsidy", stem="2025Q4--elderly", key="")
    yield Case("attach-refused", photograph(), item="subsidy", stem="2025Q4--elderly", key="1")
    yield Case("private-citizen-id", paper(f"ID {citizen(rng)}"), "a.pdf")
    yield Case("private-mobile", paper(f"Tel {mobile(rng)}"), "a.pdf")
    yield Case("private-mobile", photograph(), caption=f"电费 {mobile(rng)}")


CASES = list(cases())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_what_cannot_be_taken_is_said_and_nothing_is_kept(case: Case, tmp_path: Path):
    root = county_with_store(tmp_path)
    spot = spot_in(root, case.key, case.item, case.stem)
    sound = offer(photograph(90, 60))

    outcome = attached(
        root, spot, sound, Offer(case.name, case.content, case.caption), has_looked=case.has_looked
    )

    assert case.code in codes(outcome)
    assert outcome.has_errors
    assert outcome.content == outcome.before
    assert stored(root) == []
    words = "".join(finding.message + finding.hint for finding in outcome.findings)
    assert not re.search(r"None|（）|「」|\{|\}", words)
    assert not re.search(r"[0-9]{11}", words)


def test_an_empty_file_is_refused(tmp_path: Path):
    root = county_with_store(tmp_path)

    outcome = attach_files(
        load_promises(root), spot_in(root, ROW), [Offer("a.jpg", b"", "发票")], has_looked=True, as_of=AS_OF
    )

    assert codes(outcome) == ["attach-empty"]


def test_a_wrong_ending_is_said_and_the_content_decides(tmp_path: Path):
    root = county_with_store(tmp_path)

    outcome = attached(root, spot_in(root, ROW), offer(saved(picture(), "PNG"), "a.jpg"))

    assert (codes(outcome), len(outcome.added)) == (["attach-suffix"], 1)
    assert "PNG" in outcome.findings[0].message


def test_a_table_that_cannot_be_read_is_not_touched(tmp_path: Path):
    root = county_with_store(tmp_path)
    written(root, LEDGER, "序号,日期\n001\n")

    assert codes(attached(root, spot_in(root, ROW), offer())) == ["attach-broken-table"]


def test_a_period_declared_empty_has_no_receipts(tmp_path: Path):
    root = county_with_store(tmp_path)
    register = (root / REGISTER).read_text(encoding="utf-8")
    written(root, REGISTER, register + "财务收支,2026-03,1,本期无,报账员,村务监督委员会,2026-04-03,,,,\n")

    assert codes(attached(root, spot_in(root, stem="2026-03"), offer())) == ["attach-refused"]


def test_what_is_not_there_cannot_be_detached(tmp_path: Path):
    root = county_with_store(tmp_path)
    (receipt,) = attached(root, spot_in(root, ROW), offer()).receipts

    for digest in ("0" * 64, "", receipt.sha256[:7]):
        outcome = detach_receipt(load_promises(root), spot_in(root, ROW), digest)
        assert codes(outcome) == ["attach-detached"]
        assert outcome.content == outcome.before


def test_every_word_about_attaching_is_shown_by_a_test():
    own = Path(__file__).read_text(encoding="utf-8")

    assert [code for code in ATTACHING if f'"{code}"' not in own] == []


def test_a_scanned_paper_is_taken_without_where_it_was_scanned(tmp_path: Path):
    root = county_with_store(tmp_path)

    assert codes(attached(root, spot_in(root, ROW), offer(scan(photograph()), "a.pdf"))) == []

    (path,) = (root / STORE).rglob("*.pdf")
    assert b"PhoneMaker" not in path.read_bytes()


def test_a_county_without_a_store_is_told_to_name_one(tmp_path: Path):
    root = county_at(tmp_path)

    with pytest.raises(SetupError, match="receipts"):
        attached(root, spot_in(root, ROW), offer())


@pytest.mark.parametrize("folder", ["content", "content/receipts", "content_private/x", "."])
def test_the_store_lies_outside_the_records(folder: str, tmp_path: Path):
    root = changed(
        county_with_store(tmp_path), "site_config/county.yaml", ("receipts: receipts", f"receipts: {folder}")
    )

    with pytest.raises(SetupError, match="receipts"):
        require_receipt_store(load_promises(root))


def test_lists_name_every_receipt_and_what_nobody_names_any_more(tmp_path: Path):
    root = county_with_store(tmp_path)
    (first,) = attached(root, spot_in(root, ROW), offer()).receipts
    (second,) = attached(root, spot_in(root), offer(paper(), "a.pdf", "合同")).receipts
    promises = load_promises(root)
    county, store = walk_county(promises), store_of(promises.settings)
    assert store is not None

    named = list(named_receipts(promises, county.villages))
    assert [(one.item, one.stem, one.key, one.receipt) for one in named] == [
        ("finance", "2026-02", (ROW,), first),
        ("finance", "2026-02", (), second),
    ]
    assert list(unused_receipts(promises, county, store)) == []

    outcome = detach_receipt(promises, spot_in(root, ROW), first.sha256)
    outcome.path.write_bytes(outcome.content)
    assert list(unused_receipts(promises, county, store)) == [f"{first.sha256[:2]}/{first.sha256}.jpg"]


def test_a_hundred_photographs_are_attached_in_half_a_minute(tmp_path: Path):
    root = county_with_store(tmp_path)
    shots = [photograph(1600, 1200, text=f"RECEIPT {number}") for number in range(100)]
    offers = [Offer(f"{n}.jpg", shot, f"第 {n} 张") for n, shot in enumerate(shots[:50])]
    more = [Offer(f"{n}.jpg", shot, f"第 {n} 张") for n, shot in enumerate(shots[50:], start=50)]

    started = time.process_time()
    attached(root, spot_in(root, ROW), *offers)
    outcome = attached(root, spot_in(root, "003"), *more)
    seconds = time.process_time() - started

    assert len(outcome.added) == 50
    assert len(stored(root)) == 100
    assert seconds < 30


def test_what_is_stored_is_what_the_record_says(tmp_path: Path):
    root = county_with_store(tmp_path)
    attached(root, spot_in(root, ROW), offer(), offer(paper(), "a.pdf", "合同"))
    cell = (root / LEDGER).read_text(encoding="utf-8").splitlines()[4].rpartition(",")[2]

    for receipt in read_receipts(cell):
        assert isinstance(receipt, Receipt)
        (path,) = (root / STORE).rglob(f"{receipt.sha256}.*")
        assert hashlib.sha256(path.read_bytes()).hexdigest() == receipt.sha256
