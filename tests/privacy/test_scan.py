"""Scanning folders and outputs: every file, in order, with its place and never its value."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from zipfile import ZipFile

import pytest

from generator.privacy.carriers import reading
from generator.privacy.carriers.piece import Lifted, Limits
from generator.privacy.carriers.reading import read_text
from generator.privacy.scan import Tally, scan_entries, scan_output, scan_path
from tests.privacy import files
from tests.privacy.generators import citizen, landline, mobile
from tests.sample import ROOT, copy_sample

PERSON, PHONE, OFFICE = str(citizen(Random(5))), str(mobile(Random(5))), landline(Random(5))


def write(folder: Path, **texts: str | bytes) -> Path:
    """Write files, their names with __ for / and _dot_ for a dot."""
    for name, text in texts.items():
        path = folder / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    return folder


def places(folder: Path, **options):
    return [
        (leak.file, leak.line, leak.column, leak.where, leak.kind) for leak in scan_path(folder, **options)
    ]


def test_a_folder_that_is_no_county_is_scanned_in_order_of_file_and_place(tmp_path: Path):
    write(
        tmp_path,
        b_dot_csv=f"户主,说明\n甲,{PHONE}\n乙,{PERSON}\n",
        a__c_dot_txt=f"打{PHONE}",
        d_dot_txt="公告",
    )

    assert places(tmp_path) == [
        ("a/c.txt", 1, None, None, "mobile"),
        ("b.csv", 2, "说明", None, "mobile"),
        ("b.csv", 3, "说明", None, "citizen-id"),
    ]


def test_one_file_may_be_named(tmp_path: Path):
    write(tmp_path, a_dot_txt=PHONE, b_dot_txt=PHONE)

    assert places(tmp_path / "b.txt") == [("b.txt", 1, None, None, "mobile")]


def test_no_leak_holds_the_value_wherever_it_stands(tmp_path: Path):
    write(
        tmp_path, a_dot_csv=f"{PHONE},{PERSON}\n{PERSON},{PHONE}\n", b_dot_yaml=f"a: b\n{PERSON}: {PHONE}\n"
    )
    folder = tmp_path / f"甲{PERSON}"
    folder.mkdir()
    (folder / f"{PHONE}.xlsx").write_bytes(files.workbook([["户主", f"电话{PHONE}"], ["甲", PHONE]]))

    found = list(scan_path(tmp_path))

    assert found
    told = str([leak.facts() for leak in found])
    assert PHONE not in told
    assert PERSON not in told
    assert PERSON[:12] not in told


def test_names_of_files_and_folders_are_read(tmp_path: Path):
    write(tmp_path, **{f"甲{PHONE}__a_dot_txt": "公告"})

    assert places(tmp_path) == [("甲***********/a.txt", None, None, "filename", "mobile")]


def test_office_telephones_of_the_folder_are_known_and_no_others(tmp_path: Path):
    contacts = f"contacts:\n  - {{title: 便民服务室, phone: '{PHONE}'}}\n"
    write(
        tmp_path,
        x__village_dot_yaml=f"slug: a\n# {PERSON}\n{contacts}",
        x__notice_dot_txt=f"请打 {PHONE}",
        x__other_dot_txt=f"请打 {mobile(Random(6))}",
    )

    assert places(tmp_path) == [
        ("x/other.txt", 1, None, None, "mobile"),
        ("x/village.yaml", 2, None, "comment", "citizen-id"),
    ]


def test_a_telephone_beside_the_contacts_is_not_made_public_by_the_village_file(tmp_path: Path):
    write(tmp_path, village_dot_yaml=f"slug: a\nbodies: [{{name: 甲, phone: '{PHONE}'}}]\n")

    assert [leak.kind for leak in scan_path(tmp_path)] == ["mobile"]


def test_nothing_is_skipped_but_the_store_of_git_and_what_is_excluded(tmp_path: Path):
    write(
        tmp_path,
        _dot_gitignore="hidden/\n",
        hidden__a_dot_txt=PHONE,
        _dot_git__b_dot_txt=PHONE,
        old__c_dot_txt=PHONE,
        x__old__d_dot_txt=PHONE,
    )

    assert [place[0] for place in places(tmp_path, exclude=("old",))] == ["hidden/a.txt"]


def test_links_are_named_and_not_followed(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory):
    outside = write(tmp_path_factory.mktemp("outside"), a_dot_txt=PHONE)
    (tmp_path / "link").symlink_to(outside)
    (tmp_path / "link.txt").symlink_to(outside / "a.txt")
    os.mkfifo(tmp_path / "pipe")

    assert places(tmp_path) == [
        ("link", None, None, "symlink", "unreadable"),
        ("link.txt", None, None, "symlink", "unreadable"),
        ("pipe", None, None, "format", "unreadable"),
    ]


def test_what_cannot_be_checked_is_an_error_among_records_and_a_warning_elsewhere(tmp_path: Path):
    county = copy_sample(tmp_path)
    scan = files.pdf(has_text=False)
    write(
        county, content__baiyun__hexin__a_dot_pdf=scan, content_private__b_dot_pdf=scan, docs__c_dot_pdf=scan
    )
    tally = Tally()

    found = {(leak.file, leak.severity) for leak in scan_path(county, tally=tally)}

    assert found == {
        ("content/baiyun/hexin/a.pdf", "error"),
        ("content_private/b.pdf", "error"),
        ("docs/c.pdf", "warning"),
    }
    assert tally.unchecked == 3


def test_a_file_beyond_the_limit_is_named_and_its_beginning_read(tmp_path: Path):
    write(tmp_path, a_dot_txt=f"{PHONE} " + "x" * 5_000)

    assert places(tmp_path, limits=Limits(file_bytes=1_000)) == [
        ("a.txt", None, None, "too-large", "unreadable"),
        ("a.txt", None, None, "raw", "mobile"),
    ]


def test_masks_are_compared_over_all_files(tmp_path: Path):
    head, tail = PHONE[:3], PHONE[-4:]
    for number in range(4):
        (tmp_path / f"{number}.csv").write_text(f"户主,电话\n甲,{head}****{tail}\n", encoding="utf-8")
    (tmp_path / "z.csv").write_text(f"户主,电话\n甲,{PHONE[:7]}****\n", encoding="utf-8")

    assert ("z.csv", 2, "电话", None, "masked-mixed") in places(tmp_path)


def test_the_sample_county_is_clean():
    for name in ("content", "content_private", "schemas", "site_config"):
        assert list(scan_path(ROOT / name)) == [], name


def test_an_output_is_scanned_page_by_page(tmp_path: Path):
    write(
        tmp_path,
        index_dot_html=f"<p>打{PHONE[:3]}<b>{PHONE[3:]}</b></p>",
        data__a_dot_csv=f"户主,说明\n甲,{PERSON}\n",
        search_dot_json=f'[{{"text": "{PHONE}"}}]',
        feed_dot_xml=f"<feed><title>{PHONE}</title></feed>",
        photo_dot_jpg=files.photo(position=True),
        font_dot_woff2=b"wOF2" + bytes(99),
        ok_dot_html="<p>共 3 户</p>",
        office_dot_html=f"<p>电话 {OFFICE}</p>",
    )

    found = scan_output(tmp_path, offices=frozenset((OFFICE.replace("-", ""),)))

    assert [(leak.file, leak.kind) for leak in found] == [
        ("data/a.csv", "citizen-id"),
        ("feed.xml", "mobile"),
        ("index.html", "mobile"),
        ("photo.jpg", "gps"),
        ("search.json", "mobile"),
    ]


@pytest.mark.parametrize("break_", ["\n", ""])
def test_what_is_new_on_a_page_is_found_where_it_stands_among_what_every_page_has(
    tmp_path: Path, break_: str
):
    chrome = f"<nav>{break_}<p>电话 {OFFICE}</p>{break_}</nav>{break_}" * 9
    rows = f"<tr><th>户主</th><th>年龄</th></tr>{break_}<tr><td>王小明</td><td>9</td></tr>{break_}"
    leak = f"<p>打{PHONE}</p>"
    pages = {
        "a.html": chrome + "\n" * 20,
        "b.html": chrome + f"\n{leak}" + "\n" * 20,
        "c.html": chrome + f"\n\n{leak}" + "\n" * 20,
        "d.html": chrome + f"\n<table>{rows}</table>" + "\n" * 20,
    }
    for name, text in pages.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    before = chrome.count("\n")

    found = scan_output(tmp_path, offices=frozenset((OFFICE.replace("-", ""),)))

    assert [(leak.file, leak.line, leak.kind) for leak in found][:2] == [
        ("b.html", before + 2, "mobile"),
        ("c.html", before + 3, "mobile"),
    ]
    assert ("d.html", "minor") in {(leak.file, leak.kind) for leak in found}


def test_a_number_broken_over_lines_of_a_page_is_found(tmp_path: Path):
    lines = "<li>共 3 户</li>\n" * 30
    broken = f"<p>打 {PHONE[:3]}\n{PHONE[3:7]}\n{PHONE[7:]}</p>\n"
    (tmp_path / "a.html").write_text(lines + broken + lines, encoding="utf-8")

    assert [(leak.line, leak.kind) for leak in scan_output(tmp_path)] == [(31, "mobile")]


def test_what_said_nothing_once_is_judged_again_under_another_heading(tmp_path: Path):
    (tmp_path / "a.json").write_text('{"说明": "9", "电话": "无"}', encoding="utf-8")
    (tmp_path / "b.json").write_text('{"说明": "9", "户主年龄": "9", "电话": "无"}', encoding="utf-8")

    found = scan_path(tmp_path)

    assert [(leak.file, leak.column, leak.kind) for leak in found] == [("b.json", "户主年龄", "minor")]


def test_a_download_that_holds_again_what_stands_beside_it_is_read_once_and_a_leak_in_either_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    read: list[str] = []

    def watched(name: str, text: str) -> Iterator[Lifted]:
        read.append(name)
        return read_text(name, text)

    monkeypatch.setattr(reading, "read_text", watched)
    texts = {"a": '{"电话": "无"}\n', "b": f'{{"电话": "{PHONE}"}}\n'}
    for village, text in texts.items():
        write(tmp_path, **{f"{village}__1_dot_json": text})
        with ZipFile(tmp_path / village / "2.zip", "w") as packed:
            packed.writestr("1.json", text)
    write(tmp_path, c_dot_csv=texts["a"])

    found = scan_output(tmp_path)

    assert {leak.file for leak in found} == {"b/1.json", "b/2.zip"}
    # Read as a table the same text may say something else.
    assert read == ["1.json", "1.json", "1.json", "c.csv"]


def test_the_proofs_of_a_manifest_hide_nothing_that_stands_beside_them(tmp_path: Path):
    proof = hashlib.sha256(b"x").hexdigest()
    lines = [f'"a/index.html": "{proof}"', f'"b/{PHONE}.csv": "{proof}"', f'"电话": "{PHONE}"']
    write(tmp_path, manifest_dot_json="{" + ",\n".join(lines) + "}")

    assert [(leak.line, leak.kind) for leak in scan_output(tmp_path)] == [(2, "mobile"), (3, "mobile")]


def test_only_new_files_of_an_output_may_be_asked_for(tmp_path: Path):
    write(tmp_path, a_dot_html=PHONE, x__b_dot_html=PHONE)

    assert [leak.file for leak in scan_output(tmp_path, only={"x/b.html"})] == ["x/b.html"]


def test_records_are_named_as_the_county_names_them(tmp_path: Path):
    write(tmp_path, x__a_dot_txt=PHONE, b_dot_pdf=files.pdf(has_text=False))

    found = scan_entries([(tmp_path / "x", "content/t/x"), (tmp_path / "b.pdf", "content/b.pdf")])

    assert [(leak.file, leak.kind, leak.severity) for leak in found] == [
        ("content/t/x/a.txt", "mobile", "error"),
        ("content/b.pdf", "unreadable", "error"),
        ("content/b.pdf", "unreadable", "error"),
    ]


def test_scanning_texts_imports_no_library_for_other_files():
    program = (
        "import sys, pathlib; from generator.privacy.scan import scan_path;"
        "list(scan_path(pathlib.Path('site_config')));"
        "print(sorted({'PIL', 'pypdf', 'xlrd', 'olefile'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "[]"
