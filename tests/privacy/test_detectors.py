"""The detectors: published vectors, properties of any text, and time that grows no faster than the text."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.privacy.detectors import detect, detect_row, is_suspicious
from generator.privacy.identifiers import is_citizen_id, is_credit_code, is_foreign_permit, is_luhn
from generator.privacy.plain import _TABLE, plain
from tests.privacy.generators import MAKERS, check_mark, fill

# Published examples, their pieces so far apart that a scan of this file finds none of them.
STANDARD_ID = (
    "110105"  # the district, here 北京市朝阳区
    "19491231"  # the day of birth, as GB 11643 prints it
    "002X"  # the order and the check mark
)
STANDARD_PERMIT = (
    "911124"  # 9, the province and the state
    "19810803"  # the day of birth on the specimen
    "0024"  # the order and the check digit
)
STANDARD_CREDIT_CODE = "91350100M000100Y43"
SEEDS = st.integers(0, 2**32)
MARKS = st.sampled_from(
    "0123456789Xx*- ./，,年月日号岁住室栋组张李病学校生电话账卡身份证\n\t０１９Ａ●川A:：()"
)


def test_the_published_vectors_hold():
    assert is_citizen_id(STANDARD_ID)
    assert is_foreign_permit(STANDARD_PERMIT)
    assert is_credit_code(STANDARD_CREDIT_CODE)
    assert is_luhn("79927398713")


@pytest.mark.parametrize("index", range(18))
def test_one_wrong_digit_of_the_standard_number_is_no_number(index: int):
    wrong = "1" if STANDARD_ID[index] != "1" else "2"

    assert not is_citizen_id(STANDARD_ID[:index] + wrong + STANDARD_ID[index + 1 :])


def test_the_invented_codes_of_bodies_hold():
    for code in ("54500241MF1234567U", "55510107MF76543270", "N2510725MF0000013U"):
        assert is_credit_code(code)


@given(SEEDS)
def test_a_valid_number_is_found_anywhere_in_any_text(seed: int):
    rng = random.Random(seed)
    number = MAKERS["id"](rng)
    before, after = (rng.choice(("", "户主", "（", "2026-03-05 ", "记-001，", "\n", "abc：")) for _ in "12")

    hits = detect(f"{before}{number}{after}")

    assert any(hit.is_error and hit.start <= len(before) and hit.end >= len(before) + 18 for hit in hits)


@given(SEEDS)
def test_a_number_with_a_wrong_mark_is_no_identity_number(seed: int):
    assert [
        hit.kind for hit in detect(fill("合同编号 {near}", random.Random(seed))) if hit.kind != "bank-card"
    ] == []


@given(SEEDS)
def test_a_masked_identity_number_is_never_proper(seed: int):
    rng = random.Random(seed)
    number = MAKERS["id"](rng)
    seen = rng.randint(6, 10)
    tail = rng.choice((1, 3, 4))

    assert detect(number[:seen] + "*" * (18 - seen - tail) + number[-tail:])


@given(SEEDS, st.integers(2, 16))
def test_a_number_that_words_part_once_is_found(seed: int, cut: int):
    number = MAKERS["id"](random.Random(seed))

    assert detect(f"{number[:cut]}，后面{number[cut:]}")
    assert detect_row([("备注", number[:cut]), ("说明", number[cut:])])


@given(SEEDS)
def test_codes_of_bodies_and_of_places_are_public(seed: int):
    rng = random.Random(seed)

    assert [hit for hit in detect(fill("{division}，{credit}", rng)) if hit.kind != "citizen-id"] == []


@settings(max_examples=400)
@given(
    st.text(MARKS, max_size=60),
    st.sampled_from(("", "电话", "身份证号", "账号", "出生日期", "姓名", "住址", "备注", "年龄")),
)
def test_what_the_gate_lets_pass_holds_nothing(text: str, heading: str):
    hits = detect(text, heading)

    assert all(0 <= hit.start < hit.end <= len(text) for hit in hits)
    assert all(first.end <= second.start for first, second in pairwise(hits))
    if hits:
        assert is_suspicious(f"{heading}\n{text}\n")


@settings(max_examples=200)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(("", "电话", "姓名", "备注", "年龄", "户主", "班级")), st.text(MARKS, max_size=20)
        ),
        max_size=8,
    )
)
def test_what_the_gate_lets_pass_holds_nothing_in_any_row(cells: list[tuple[str, str]]):
    if detect_row(cells):
        assert is_suspicious("\n".join(",".join(part) for part in zip(*cells, strict=True)))


@pytest.mark.parametrize("code", sorted(_TABLE))
def test_the_gate_knows_every_mark_that_plain_text_knows(code: int):
    mark, rng = chr(code), random.Random(code)
    texts = [mark.join(fill(template, rng)) for template in ("{id}", "{mobile}", "{card}", "{landline}")]
    texts += [
        mark.join(fill(template, rng).split())
        for template in ("{id.spaced}", "{mobile.spaced}", "{card.spaced}")
    ]
    texts += [fill("{id}", rng)[:6] + mark * 8 + "1234", fill("{mobile}", rng)[:3] + mark * 3 + "12345"]
    texts += [fill("{plate}", rng).replace("·", mark), fill("{id}", rng).replace("1", mark)]
    for text in texts:
        assert not detect(text, "备注") or is_suspicious(text), ascii(text)


@given(st.text(max_size=80))
def test_plain_text_keeps_every_place(text: str):
    assert len(plain(text)) == len(text)


@given(st.text(max_size=80))
def test_any_text_at_all_can_be_looked_at(text: str):
    detect(text)
    detect(text, text)
    detect_row([("", text), (text, "1")])
    is_suspicious(text + "\ud800")


@pytest.mark.parametrize(
    "heading",
    [
        "身份证号",
        "居住证",
        "残疾证号",
        "社保卡号",
        "医保卡",
        "账户",
        "卡号",
        "一卡通",
        "开户行",
        "收款人",
        "银行",
        "护照",
        "通行证",
        "联系电话",
        "手机",
        "来电",
        "座机",
        "微信",
        "出生年月",
        "生日",
        "年龄",
        "岁数",
        "班级",
        "就读学校",
        "住址",
        "家庭住址",
        "现住",
        "户籍地",
        "门牌",
        "地址",
        "姓名",
        "户主",
        "备注",
        "phone",
        "Tel",
    ],
)
def test_the_gate_knows_every_column(heading: str):
    rng = random.Random(heading)
    templates = (
        "{four} {four_2}{four_3} 62{four}1 2{four}12 6{four}.{four_2} A{four}{four_2} "
        "{four}-{four_2}-{four_3} {birthday} 12 三年级 "
        "{four}**{small} *{four} {id} {id.a}-{id.b} 路12号 1949.12 A123456(7) 12-3-401室 {mobile.dashed} "
        "{landline} {count}-{four}"
    )
    for template in templates.split():
        for _ in range(5):
            text = fill(template, rng)
            found = detect(text, heading) or detect_row([("姓名", "张三"), (heading, text)])
            assert not found or is_suspicious(f"姓名,{heading}\n张三,{text}\n"), template


def test_no_hit_carries_its_value():
    (hit,) = detect(STANDARD_ID)

    assert STANDARD_ID[:6] not in repr(hit)


def test_the_two_ways_to_the_check_mark_agree():
    assert check_mark(STANDARD_ID[:17]) == STANDARD_ID[17]


HOSTILE: dict[str, Callable[[int], str]] = {
    "digits": lambda size: "1" * size,
    "counting": lambda size: ("13" * size)[:size],
    "random digits": lambda size: "".join(random.Random(1).choices("0123456789", k=size)),
    "spaces": lambda size: " " * size,
    "single digits": lambda size: "1 " * (size // 2),
    "single digits by words": lambda size: "1，" * (size // 2),
    "dashes": lambda size: "-" * size,
    "dashed digits": lambda size: "1-" * (size // 2),
    "full-width digits": lambda size: "１" * (size // 3),
    "stars": lambda size: "*" * size,
    "stars and digits": lambda size: "1*" * (size // 2),
    "letters": lambda size: "A" * size,
    "crosses": lambda size: "X" * size,
    "labels": lambda size: "身份证号" * (size // 12),
    "labelled digits": lambda size: "电话1" * (size // 7),
    "beginnings of numbers": lambda size: "110105199" * (size // 9),
    "dates": lambda size: "2026-03-05 " * (size // 11),
    "amounts": lambda size: "1,234," * (size // 6),
    "doors": lambda size: "组1" * (size // 4),
    "ages": lambda size: "张三1岁" * (size // 10),
    "names": lambda size: "张" * (size // 3),
    "schools": lambda size: "小学" * (size // 6),
    "hexadecimal": lambda size: "a1" * (size // 2),
    "births": lambda size: "出生" * (size // 6),
    "dots": lambda size: "1." * (size // 2),
}


# Of these a megabyte is soon looked at; each piece of the others takes some microseconds: they are short.
QUICK = {
    "digits",
    "counting",
    "random digits",
    "spaces",
    "dashes",
    "full-width digits",
    "stars",
    "letters",
    "crosses",
}
LOOKS: dict[str, Callable[[str], object]] = {
    "gate": is_suspicious,
    "text": detect,
    "labelled": lambda text: detect(text, "身份证号"),
    "row": lambda text: detect_row([("", text), ("", "1")]),
}


def seconds(look: Callable[[str], object], text: str) -> float:
    """Return the processor time that one look at a text takes."""
    start = process_time()
    look(text)
    return process_time() - start


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", HOSTILE)
def test_time_grows_no_faster_than_a_hostile_text(name: str, look: str):
    size = 60_000 if name in QUICK or look == "gate" else 6_000
    small, large = HOSTILE[name](size), HOSTILE[name](4 * size)

    def is_linear() -> bool:
        least = max(min(seconds(LOOKS[look], small) for _ in range(2)), 0.02)
        return seconds(LOOKS[look], large) < 9 * least

    # Four times the text in sixteen times the time would fail every time; a busy machine does not.
    assert any(is_linear() for _ in range(4))
