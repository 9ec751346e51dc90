"""Clean PDFs: the pages as they are seen, and nothing beside them."""

from __future__ import annotations

import hashlib
import io

import pytest
from PIL import Image
from pypdf import PdfReader

from generator.privacy.carriers.pdf import read_pdf
from generator.privacy.carriers.piece import Limits
from generator.privacy.clean_pdf import PAGE_LIMIT, clean_pdf
from generator.privacy.unclean import UncleanError
from tests.receipts import paper, photograph, scan


def test_the_text_stays_and_all_that_is_not_drawn_goes():
    before = paper("Invoice 12", hidden="SECRET")
    assert before.count(b"SECRET") >= 4

    after = clean_pdf(before)

    reader = PdfReader(io.BytesIO(after))
    assert [page.extract_text() for page in reader.pages] == ["Invoice 12"]
    assert b"SECRET" not in after
    assert not reader.attachments
    assert not reader.metadata
    assert reader.xmp_metadata is None
    assert set(reader.root_object) <= {"/Type", "/Pages"}
    assert set(reader.pages[0]) <= {"/Type", "/Parent", "/Contents", "/Resources", "/MediaBox"}


def test_what_is_gone_is_gone_for_the_guard_too():
    def told(content: bytes) -> str:
        return repr(list(read_pdf(content, Limits(), lambda _name, _inner: iter(()))))

    assert "SECRET" in told(paper())
    assert "SECRET" not in told(clean_pdf(paper()))


def test_the_same_paper_gives_the_same_bytes():
    content = paper(pages=3)

    assert clean_pdf(content) == clean_pdf(content)
    assert clean_pdf(clean_pdf(content)) == clean_pdf(content)


def test_a_scan_loses_what_the_camera_wrote_and_no_pixel():
    shot = photograph(400, 300, colours=True)
    assert b"PhoneMaker" in scan(shot)

    after = clean_pdf(scan(shot))

    for secret in (b"PhoneMaker", b"home", b"remark", b"Exif", b"xmpmeta"):
        assert secret not in after
    held = PdfReader(io.BytesIO(after)).pages[0]["/Resources"]["/XObject"]["/Im0"].get_object()
    with Image.open(io.BytesIO(held._data)) as found, Image.open(io.BytesIO(shot)) as image:
        assert found.tobytes() == image.tobytes()


def test_pages_that_inherit_their_size_keep_it():
    content = paper()
    reader = PdfReader(io.BytesIO(clean_pdf(content)))

    assert (reader.pages[0].mediabox.width, reader.pages[0].mediabox.height) == (300, 200)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (paper(password="1234"), "attach-encrypted"),
        (paper(pages=PAGE_LIMIT + 1), "attach-pages"),
        (paper()[:300], "attach-damaged"),
        (b"%PDF-1.7\n", "attach-damaged"),
        (b"%PDF-1.7\n" + hashlib.sha256(b"noise").digest() * 99, "attach-damaged"),
    ],
)
def test_what_cannot_be_cleaned_is_refused(content: bytes, code: str):
    with pytest.raises(UncleanError) as caught:
        clean_pdf(content)

    assert caught.value.code == code


def test_a_paper_that_opens_without_a_password_is_taken_though_it_is_locked_against_changes():
    assert clean_pdf(paper(owner="1234")) == clean_pdf(paper())
