"""Carriers: texts, tables, YAML, Markdown, HTML, JSON and drawings, and the encodings clerks write."""

from __future__ import annotations

import gzip
import json
import time
from random import Random

import pytest

from generator.privacy.carriers.markup import hides_numbers, read_markup
from generator.privacy.carriers.reading import read_text
from tests.privacy.generators import citizen, mobile
from tests.privacy.test_carriers_office import leaks

PERSON, PHONE = str(citizen(Random(4))), str(mobile(Random(4)))
HEAD, TAIL = PHONE[:3], PHONE[3:]

PLACES = {
    "cell": ("a.csv", f"户主,备注\n甲,\n乙,找{PHONE}\n", (3, "备注", None, "mobile")),
    "cell behind a line break": (
        "a.csv",
        f'户主,备注\n甲,"一\n二"\n乙,{PERSON}\n',
        (3, "备注", None, "citizen-id"),
    ),
    "cell below a title": ("a.csv", f"名册,\n户主,证件\n乙,{PERSON}\n", (3, "证件", None, "citizen-id")),
    "table without headings": ("a.csv", f"乙,{PHONE}\n丙,无\n", (1, None, None, "mobile")),
    "tabs": ("a.tsv", f"户主\t备注\n乙\t{PERSON}\n", (2, "备注", None, "citizen-id")),
    "semicolons": ("a.csv", f"户主;备注\n乙;{PERSON}\n", (2, "备注", None, "citizen-id")),
    "unclosed quotation": ("a.csv", f'户主,备注\n甲,"一\n乙,{PERSON}\n', (3, None, None, "citizen-id")),
    "line": ("a.txt", f"公告\n请打{PHONE}\n", (2, None, None, "mobile")),
    "value": ("a.yaml", f"name: 青石村\nnote: 打{PHONE}\n", (2, "note", None, "mobile")),
    "value in a list": ("a.yaml", f"a:\n  - {{b: '{PERSON}'}}\n", (2, "b", None, "citizen-id")),
    "block": ("a.yaml", f"text: |\n  公告\n\n  打{PHONE}\nend: 1\n", (4, "text", None, "mobile")),
    "folded": ("a.yaml", f"text: >-\n  公告\n  打\n  {PHONE}\n", (4, "text", None, "mobile")),
    "escaped": ("a.yaml", f'text: "\\u{ord(PHONE[0]):04x}{PHONE[1:]}"\n', (1, "text", None, "mobile")),
    "comment": ("a.yaml", f"a: b\n# 打{PHONE}\n", (2, None, "comment", "mobile")),
    "comment behind a value": ("a.yaml", f"a: 'x # y' # {PERSON}\n", (1, None, "comment", "citizen-id")),
    "broken YAML": ("a.yaml", f"a: b\nc: [{PHONE}\n", (2, "c", None, "mobile")),
    "YAML with anchors": ("a.yaml", f"a: &x b\nc: {PHONE}\n", (2, "c", None, "mobile")),
    "paragraph": ("a.md", f"# 公告\n\n打 {HEAD}**{TAIL[:4]}**{TAIL[4:]}\n", (3, None, None, "mobile")),
    "table in Markdown": (
        "a.md",
        f"| 户主 | 电话 |\n|--|--|\n| 甲 | {PHONE} |\n",
        (3, "电话", None, "mobile"),
    ),
    "comment in Markdown": ("a.md", f"公告\n<!-- {PERSON} -->\n", (2, None, "comment", "citizen-id")),
    "visible text": ("a.html", f"<p>公告\n<p>打{HEAD}<b>{TAIL[:4]}</b>{TAIL[4:]}", (2, None, None, "mobile")),
    "written as entities": ("a.html", f"<p>打&#{ord(HEAD[0])};{PHONE[1:]}</p>", (1, None, None, "mobile")),
    "cell of a page": (
        "a.html",
        f"<table><tr><th>户主<th>电话</tr>\n<tr><td>甲<td>{PHONE}</table>",
        (2, "电话", None, "mobile"),
    ),
    "attribute": ("a.html", f'<p>\n<a data-x="{PERSON}">x</a>', (2, None, "attribute:data-x", "citizen-id")),
    "comment of a page": ("a.html", f"<p>x</p>\n<!--\n{PHONE}-->", (3, None, "comment", "mobile")),
    "script": ("a.html", f"<script>\nlet a = '{PHONE}'</script>", (2, None, None, "mobile")),
    "drawing": ("a.svg", f"<svg>\n<text>{HEAD}<tspan>{TAIL}</tspan></text></svg>", (2, None, None, "mobile")),
    "feed": ("a.xml", f"<?xml version='1.0'?>\n<a><![CDATA[{PERSON}]]></a>", (2, None, None, "citizen-id")),
    "search index": (
        "a.json",
        json.dumps([{"t": "一"}, {"text": f"打{PHONE}"}], indent=0),
        (6, "text", None, "mobile"),
    ),
    "number in JSON": ("a.json", f'{{"电话":\n {PHONE}}}', (2, "电话", None, "mobile")),
    "key in JSON": ("a.json", f'{{"{PERSON}": 1}}', (1, None, "key", "citizen-id")),
}


@pytest.mark.parametrize("place", PLACES)
def test_a_leak_is_found_where_it_stands(place: str):
    name, text, (line, column, where, kind) = PLACES[place]

    assert leaks(name, text.encode()) == [(line, column, None, None, where, kind)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_table_is_read_in_any_encoding_that_clerks_write(encoding: str):
    content = f"户主,说明\n甲,找{PHONE}\n".encode(encoding)

    assert leaks("a.csv", content) == [(2, "说明", None, None, None, "mobile")]


def test_a_text_with_broken_bytes_is_read_and_not_called_clean():
    content = f"公告：下周三上午领取种子，不在家的\n请打{PHONE}\n".encode() + b"\xff\xfe\xff"

    assert leaks("a.txt", content) == [
        (None, None, None, None, "encoding", "unreadable"),
        (2, None, None, None, None, "mobile"),
    ]


def test_a_packed_text_is_unpacked():
    assert leaks("a.csv.gz", gzip.compress(f"户主,电话\n甲,{PHONE}\n".encode())) == [
        (2, "电话", None, None, "member", "mobile")
    ]


def test_what_holds_nothing_is_not_taken_apart():
    assert list(read_text("a.csv", "户主,金额\n甲,12.50\n")) == []
    assert list(read_text("a.html", "<p>共 <b>3</b> 户</p>")) == []


def test_masks_in_a_text_about_emphasis_stay_masks():
    assert leaks("a.md", "**注意** 138****0000".encode()) == []


HOSTILE = [
    "<" * 200_000,
    "<!--" * 100_000,
    '<a "' * 100_000,
    "<a b=" * 100_000,
    "1<b>" * 100_000,
    "<table><tr><td>1" * 30_000,
    "<a " + "x" * 500_000 + "/=>",
    '"' * 300_000,
    '"\\' * 200_000,
    "- - " * 20_000,
    "**a" * 100_000,
    "|-" * 100_000,
    "| - " + " " * 300_000 + "x\n|-" + " " * 300_000 + "x",
    "1" * 1_000_000,
    " " * 1_000_000,
    "1 " * 300_000,
]


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_hostile_texts_are_read_in_linear_time(number: int):
    start = time.process_time()
    for suffix in ("html", "json", "md", "yaml", "csv"):
        for _piece in read_text(f"a.{suffix}", HOSTILE[number] + f"\n{PHONE}"):
            pass
    list(read_markup(HOSTILE[number]))
    hides_numbers(HOSTILE[number])

    assert time.process_time() - start < 20
