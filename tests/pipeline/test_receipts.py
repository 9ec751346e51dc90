"""Receipts in a build: copied, shown, missed and refused, and noticed without being read each time."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.intake.walk import walk_county
from generator.model.finding import SetupError
from generator.pipeline import fingerprint
from generator.pipeline.attaching import Offer, Spot, attach_files
from generator.pipeline.inspection import inspect_county
from generator.promises.promises import load_promises
from tests.end_to_end.conftest import commit
from tests.pipeline.conftest import build
from tests.receipts import paper, photograph
from tests.sample import AS_OF, tree

STEM, ROW = "2026-03", "004"
PAGE = f"site/qingshi/finance/{STEM}/index.html"
LEDGER = f"content/qingxi/qingshi/finance/{STEM}.csv"


def attach(county: Path, *offers: Offer, key: str = ROW) -> list[str]:
    """Attach to a ledger of the sample county; return the digests."""
    promises = load_promises(county)
    village = walk_county(promises).village_named("qingshi")
    assert village is not None
    spot = Spot(village, promises.catalogue.versions["finance"][-1], STEM, (key,) if key else ())
    outcome = attach_files(promises, spot, offers, has_looked=True, as_of=AS_OF)
    assert not outcome.has_errors
    outcome.path.write_bytes(outcome.content)
    return [receipt.sha256 for receipt in outcome.added]


def published(county: Path) -> list[str]:
    return [name for name in tree(county / "site") if "/receipts/" in name]


def warnings(county: Path) -> list[str]:
    found = inspect_county(county, as_of=AS_OF, workers=1, below=["content/qingxi/qingshi"]).findings
    return [finding["code"] for finding in found if finding["code"].startswith("receipt")]


@pytest.fixture
def attached(built_county: Path) -> tuple[Path, str]:
    (digest,) = attach(built_county, Offer("a.jpg", photograph(400, 300), "电费发票"))
    return built_county, digest


def test_a_receipt_is_shown_beside_its_payment_and_copied_below_its_village(attached):
    county, digest = attached
    build(county)

    name = f"qingshi/receipts/{digest[:2]}/{digest}.jpg"
    page = (county / PAGE).read_text(encoding="utf-8")
    assert published(county) == [name]
    assert (county / "site" / name).read_bytes() == (
        county / "receipts" / digest[:2] / f"{digest}.jpg"
    ).read_bytes()
    assert f'src="../../../{name}" alt="电费发票" loading="lazy"' in page
    assert 'width="400" height="300"' in page
    assert "票据 1 张" in page
    assert warnings(county) == []


def test_a_table_without_receipts_shows_no_such_column(county):
    build(county)

    assert "票据" not in (county / PAGE).read_text(encoding="utf-8")


def test_those_of_a_period_stand_below_its_rows(county):
    attach(county, Offer("a.pdf", paper(), "银行对账单"), key="")
    build(county)

    page = (county / PAGE).read_text(encoding="utf-8")
    assert "这一期的票据" in page
    assert "银行对账单（PDF，1 kB）" in page
    assert [name.rpartition(".")[2] for name in published(county)] == ["pdf"]


def test_a_lost_picture_is_said_and_found_again(attached):
    county, digest = attached
    path = county / "receipts" / digest[:2] / f"{digest}.jpg"
    content = path.read_bytes()
    build(county)
    path.unlink()

    assert build(county).built == 1
    assert "票据图像暂缺" in (county / PAGE).read_text(encoding="utf-8")
    assert published(county) == []
    assert warnings(county) == ["receipt-missing"]

    path.write_bytes(content)
    assert build(county).built == 1
    assert len(published(county)) == 1


def test_one_changed_byte_and_the_picture_is_never_shown(attached):
    county, digest = attached
    path = county / "receipts" / digest[:2] / f"{digest}.jpg"
    content = bytearray(path.read_bytes())
    build(county)
    content[-5] ^= 1
    path.write_bytes(content)

    assert build(county).built == 1
    page = (county / PAGE).read_text(encoding="utf-8")
    assert "与登记的指纹不符，未展示" in page
    assert "<img" not in page
    assert published(county) == []
    assert warnings(county) == ["receipt-changed"]


def test_a_second_build_reads_no_picture(attached, monkeypatch):
    county, _digest = attached
    build(county)

    def read(*_arguments: object) -> bytes:
        raise AssertionError("a picture was read")

    monkeypatch.setattr("generator.intake.receipt_store.ReceiptFolder.get", read)

    assert build(county).built == 0


def test_a_county_without_receipts_asks_the_store_nothing(county, monkeypatch):
    def ask(*_arguments: object) -> str:
        raise AssertionError("the store was asked")

    monkeypatch.setattr(fingerprint, "stamp_of", ask)
    monkeypatch.setattr("generator.intake.receipt_store.ReceiptFolder.get", ask)

    assert build(county).built == 7


def test_of_a_table_held_back_no_receipt_is_published(attached):
    county, _digest = attached
    path = county / LEDGER
    path.write_text(path.read_text(encoding="utf-8").replace("2026-03-", "2026-33-", 3), encoding="utf-8")

    assert build(county).built == 1
    assert published(county) == []
    assert "<img" not in (county / PAGE).read_text(encoding="utf-8")


def test_what_no_row_names_any_more_leaves_the_site(attached):
    county, _digest = attached
    build(county)
    path = county / LEDGER
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(",票据\n", "\n", 1).replace(",\n", "\n"), encoding="utf-8")
    lines = [line.partition(",电费发票 sha256:")[0] for line in path.read_text(encoding="utf-8").split("\n")]
    path.write_text("\n".join(lines), encoding="utf-8")
    build(county)

    assert published(county) == []


def test_a_picture_that_says_where_it_was_taken_stops_its_village(attached):
    """Somebody who writes into the store past the command, under a right digest, gets nothing published."""
    import hashlib

    county, digest = attached
    raw = photograph(400, 300)
    other = hashlib.sha256(raw).hexdigest()
    (county / "receipts" / other[:2]).mkdir(exist_ok=True)
    (county / "receipts" / other[:2] / f"{other}.jpg").write_bytes(raw)
    path = county / LEDGER
    path.write_text(path.read_text(encoding="utf-8").replace(digest, other), encoding="utf-8")

    report = build(county)

    assert [withheld.slug for withheld in report.withheld] == ["qingshi"]
    assert published(county) == []


def test_a_store_that_git_would_keep_is_refused(attached):
    county, _digest = attached
    commit(county, "2026-10-01")

    with pytest.raises(SetupError, match="git"):
        build(county)
