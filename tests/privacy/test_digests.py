"""Digests of receipts: no number of a person's, however many of them a guard is shown."""

from __future__ import annotations

import hashlib
import random

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model.receipts import Receipt, receipts_text, stored_name
from generator.privacy.carriers.piece import lines_of
from generator.privacy.carriers.reading import read_file
from generator.privacy.carriers.yaml_text import read_yaml_text
from generator.privacy.detectors import detect, detect_row
from generator.privacy.judging import Judge
from tests.privacy.generators import citizen, mobile


def digests(count: int) -> list[str]:
    return [hashlib.sha256(str(number).encode()).hexdigest() for number in range(count)]


def test_many_thousand_digests_are_taken_for_nothing_else():
    for digest in digests(20_000):
        assert detect(f"电费发票 sha256:{digest}", "票据") == []


def test_tables_and_pages_that_name_receipts_are_clean():
    found = iter(digests(4_000))
    cells = [
        receipts_text([Receipt("发票", one), Receipt("收据", other)])
        for one, other in zip(found, found, strict=True)
    ]
    table = "序号,摘要,支出,票据\n" + "".join(f"{n:04},电费,62.00,{cell}\n" for n, cell in enumerate(cells))
    page = "".join(
        f'<img src="../receipts/{stored_name(digest, "jpg")}" alt="发票">' for digest in digests(4_000)
    )

    for name, text in (("a.csv", table), ("index.html", page)):
        assert Judge().judge(name, read_file(name, text.encode()), is_content=True) == []


def test_a_number_in_the_words_before_a_digest_is_found():
    for make in (citizen, mobile):
        number = make(random.Random(7))
        cells = [("摘要", "电费"), ("票据", f"电费 {number} sha256:{digests(1)[0]}")]
        assert any(hit.is_error for _index, hit in detect_row(cells))


def test_a_seal_and_its_salt_are_put_aside_by_the_first_look():
    for digest in digests(2_000):
        assert list(read_file("a.salt", f"{digest}\n".encode())) == []
        assert list(read_file("a.sealed.yaml", f'rows: "120"\nroot: {digest}\n'.encode())) == []


DIGEST = digests(1)[0]
NUMBERS = [str(make(random.Random(3))) for make in (citizen, mobile)]
LINES = [
    *(DIGEST, f"root: {DIGEST}", f"root: {DIGEST}0", f"  {DIGEST}", f"note: {DIGEST}", "a" * 60 + "0000"),
    *("0" * 61 + "abc", "1" * 64, "note: 村务", "电话:", "- ", *NUMBERS, *(f"note: {n}" for n in NUMBERS)),
    *(f"{NUMBERS[1][:5]}", f"{NUMBERS[1][5:]}", f"{NUMBERS[1][5:]} {DIGEST}"),
]


@given(st.lists(st.sampled_from(LINES), min_size=1, max_size=5), st.sampled_from(["a.txt", "a.yaml"]))
@settings(max_examples=300)
def test_a_digest_on_a_line_of_its_own_hides_nothing_beside_it(lines: list[str], name: str):
    text = "\n".join(lines)
    read_whole = read_yaml_text if name.endswith("yaml") else lines_of

    first_look = Judge().judge(name, read_file(name, text.encode()), is_content=True)

    assert first_look == Judge().judge(name, read_whole(text), is_content=True)
