"""Examples that cannot be kept as files: odd bytes, links, pipes, and files too large to commit.

Each maker spoils one thing in a sound county and returns the findings that it promises.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

from generator.model.receipts import Receipt
from generator.privacy.clean_image import clean_image
from tests.counties import changed, written
from tests.receipts import kept, named_in_ledger, photograph

VILLAGE = "content/dong/xi"
LEDGER = f"{VILLAGE}/finance/2026-02.csv"
NOTICE = f"{VILLAGE}/notice/2026-02-20.yaml"


def a_pipe(root: Path) -> list[str]:
    """Put a pipe where a table belongs: reading it would never end."""
    (root / LEDGER).unlink()
    os.mkfifo(root / LEDGER)
    return [
        f"{LEDGER}:::file-unreadable",
        f"{VILLAGE}/publications.csv:8:期间:register-stray",
    ]


def a_link(root: Path) -> list[str]:
    """Put links where a table, a village and a whole item belong."""
    outside = root.parent / "outside"
    outside.mkdir()
    (root / LEDGER).rename(outside / "ledger.csv")
    (root / LEDGER).symlink_to(outside / "ledger.csv")
    (root / VILLAGE / "fishpond").symlink_to(outside)
    (root / "content/dong/he").mkdir()
    (root / "content/dong/he/village.yaml").symlink_to(root / VILLAGE / "village.yaml")
    (root / "content/nan").mkdir()
    (root / "content/nan/township.yaml").symlink_to(root / "content/dong/township.yaml")
    return [
        "content/dong/he/village.yaml:::file-link",
        f"{LEDGER}:::file-link",
        f"{VILLAGE}/fishpond:::file-link",
        f"{VILLAGE}/publications.csv:8:期间:register-stray",
        "content/nan/township.yaml:::file-link",
    ]


def other_encodings(root: Path) -> list[str]:
    """Save a table as old Excel does, a document as old Notepad does, a register as UTF-16."""
    table, notice, register = root / LEDGER, root / NOTICE, root / VILLAGE / "publications.csv"
    table.write_bytes(table.read_text(encoding="utf-8").encode("gbk"))
    notice.write_bytes(notice.read_text(encoding="utf-8").encode("gbk"))
    register.write_bytes(register.read_text(encoding="utf-8").encode("utf-16"))
    unposted = [
        *(f"{VILLAGE}/{file}" for file in ("election/2026-02-08.yaml", "finance/2026-01.csv")),
        *(f"{VILLAGE}/{file}" for file in ("finance_summary/2025Q4.csv", "village_rules/2026.yaml")),
        *("content_private/dong/xi/subsidy/2025Q4--elderly.csv", LEDGER, NOTICE),
    ]
    return [
        f"{LEDGER}:1::file-encoding",
        f"{NOTICE}:1::file-encoding",
        f"{VILLAGE}/publications.csv:1::file-encoding",
        *(f"{file}:::publication-missing" for file in unposted),
    ]


def null_bytes(root: Path) -> list[str]:
    """Put a null byte into the third line of a table."""
    path = root / LEDGER
    path.write_bytes(path.read_bytes().replace("上月结转,村集体,现金".encode(), b"\0"))
    return [f"{LEDGER}:3::file-nul"]


def too_many_bytes(root: Path) -> list[str]:
    """Make a table of 40 MB; most of it is a hole on disk."""
    with (root / LEDGER).open("r+b") as file:
        file.truncate(40 << 20)
    return [f"{LEDGER}:::file-too-large"]


def a_million_rows(root: Path) -> list[str]:
    """Make a table of 1,000,000 short rows."""
    header = (root / LEDGER).read_text(encoding="utf-8").split("\n")[0]
    written(root, LEDGER, header + "\n" + "1,,,,,,,,,,\n" * 1_000_000)
    return [f"{LEDGER}:100001::rows-too-many"]


def a_huge_cell(root: Path) -> list[str]:
    """Paste 10 MB into one cell, and a page of text into another."""
    changed(root, LEDGER, ("修三组路灯", "灯" * 3_500_000))
    changed(root, f"{VILLAGE}/finance/2026-01.csv", ("买办公用纸", "纸" * 5_001))
    changed(root, NOTICE, ("请提前备水", "水" * 5_001))
    return [
        f"{LEDGER}:5:摘要:cell-too-long",
        f"{VILLAGE}/finance/2026-01.csv:5:摘要:cell-too-long",
        f"{NOTICE}:4:正文:cell-too-long",
    ]


def unseen_characters(root: Path) -> list[str]:
    """Paste what nobody sees: a zero-width space, a turn of the reading direction, an escaped null byte."""
    changed(root, LEDGER, ("修三组路灯", "修三组\u200b路灯"), ("慰问老人", "慰问\u202e老人"))
    changed(root, NOTICE, ("标题: 三组蓄水池清淤停水通知", '标题: "停水\\0通知"'))
    return [
        f"{LEDGER}:5:摘要:cell-unseen",
        f"{LEDGER}:6:摘要:cell-unseen",
        f"{NOTICE}:1:标题:cell-unseen",
    ]


def a_tampered_receipt(root: Path) -> list[str]:
    """Change one bit of a stored receipt, and put a file of another kind where one belongs."""
    changed(root, "site_config/county.yaml", ('demo: "true"\n', 'demo: "true"\nreceipts: receipts\n'))
    picture, other = clean_image(photograph()), b"no picture at all"
    digests = [hashlib.sha256(content).hexdigest() for content in (picture, other)]
    named_in_ledger(root, 4, *(Receipt("电费发票", digest) for digest in digests))
    kept(root, digests[0], picture[:-3] + bytes([picture[-3] ^ 1]) + picture[-2:])
    kept(root, digests[1], other)
    return [f"{LEDGER}:5:票据:receipt-changed"] * 2


MAKERS: dict[str, Callable[[Path], list[str]]] = {
    "file-unreadable": a_pipe,
    "file-link": a_link,
    "file-encoding": other_encodings,
    "file-nul": null_bytes,
    "file-too-large": too_many_bytes,
    "rows-too-many": a_million_rows,
    "cell-too-long": a_huge_cell,
    "cell-unseen": unseen_characters,
    "receipt-changed": a_tampered_receipt,
}
