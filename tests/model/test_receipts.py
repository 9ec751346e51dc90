"""The cell that names receipts: one form, read back as it was written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.receipts import Receipt, is_caption, read_receipts, receipts_text, stored_name

A, B = "0a" * 32, "1b" * 32
DIGESTS = st.text("0123456789abcdef", min_size=64, max_size=64)
CAPTIONS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P")), min_size=1, max_size=40)


def test_a_cell_names_each_receipt_with_its_words():
    text = f"电费 发票 sha256:{A}；收据 sha256:{B}"

    assert read_receipts(text) == (Receipt("电费 发票", A), Receipt("收据", B))


def test_an_empty_cell_names_none():
    assert read_receipts("") == ()


@pytest.mark.parametrize(
    "text",
    [
        A,
        f"sha256:{A}",
        f" sha256:{A}",
        f"发票sha256:{A}",
        f"发票 sha256: {A}",
        f"发票 SHA256:{A}",
        f"发票 sha256:{A.upper()}",
        f"发票 sha256:{A[:-1]}",
        f"发票 sha256:{A}0",
        f"发票 sha256:{A};收据 sha256:{B}",
        f"发票 sha256:{A}；",
        f"发票 sha256:{A}；收据 sha256:{A}",
        f"发票 sha256:{A}\n",
        f"=发票 sha256:{A}",
        f"{'长' * 41} sha256:{A}",
    ],
)
def test_any_other_form_is_refused(text: str):
    with pytest.raises(ValueError):
        read_receipts(text)


@given(st.dictionaries(DIGESTS, CAPTIONS.filter(is_caption), max_size=5))
def test_what_is_written_reads_back(named: dict[str, str]):
    receipts = tuple(Receipt(caption, digest) for digest, caption in named.items())

    assert read_receipts(receipts_text(receipts)) == receipts


def test_the_store_spreads_its_files_over_folders():
    assert stored_name(A, "jpg") == f"0a/{A}.jpg"
