"""Rows: what neighbouring cells give away together, and masks that a whole scan gives away together."""

from __future__ import annotations

import random

import pytest

from generator.privacy.detectors import MaskStyles, detect_row, is_suspicious, office_lines
from tests.privacy.generators import fill

FILLINGS = 20
# The kind wanted, and a row of heading=text.
FOUND = """
citizen-id: a={id.a}; b={id.b}; c={id.c}
citizen-id: 编号={id.a}; 数量={id.b}; 备注={id.c}
citizen-id: 备注={id.ten}; 说明={id.rest}
citizen-id: 姓名={name}; 备注={id.ten}; 说明={id.rest}; 金额=300.00
citizen-id: 序号=001; 身份证号={id}; 金额=300.00
citizen-id: 证件={id.a}; 证件={id.b}{id.c}
citizen-id: 备注=户主{id.a}; 说明={id.b}{id.c}完
mobile: 电话={mobile.a}; 电话={mobile.b}; 电话={mobile.c}
mobile: 备注={mobile.a}; 说明={mobile.b}{mobile.c}
mobile: ={mobile.a}; ={mobile.b}; ={mobile.c}
mobile: 姓名={name}; 备注=联系{mobile}
bank-card: 卡号={card.a}; 卡号={card.b}; 卡号={card.c}; 卡号={card.d}; 卡号={card.e}
bank-card: ={card.a}{card.b}; ={card.c}{card.d}{card.e}
health: 姓名={name}; 备注=糖尿病
health: 户主={name}; 类别=重度残疾人护理补贴
health: 组=一组; 户主=张**; 备注=因病住院
minor: 姓名={name}; 年龄=9
minor: 学生={name}; 学校=青石小学; 班级=三年级
minor: 户主={name}; 备注=孤儿，8岁
address: 户主={name}; 备注=三组12号
address: 姓名={name}; 住址=幸福路26号
birth-date: 姓名={name}; 出生日期={birthday}
"""
QUIET = """
序号=001; 日期={today}; 凭证号=记-001; 摘要=收镇财政拨款; 主体=村委会; 账户=银行; 收入={yuan}; 结余={yuan_2}
编号=001; 组=一组; 户主=张**; 数量=3.00; 单位=月; 标准=50.00; 金额=150.00; 备注=8 月起享受
编号=001; 组=一组; 户主={name}; 数量=6.94; 单位=亩; 标准=110.00; 金额=763.40
开始日={today}; 完成日={today_2}; 复核日={today_3}; 数量=12
金额={yuan}; 金额={yuan_2}; 金额={yuan_3}
户数=486; 人数=1361; 面积=23.60; 收入=150000; 支出=23000
应到=1381; 实到=2345; 赞成=6789; 反对=12
年初=1500; 新增=2345; 年末=3845
村=青石村; 原代码={division}; 现代码={division_2}; 批准日={today}
名称=示范县养蜂协会; 统一社会信用代码={credit}; 成立={today}
合同编号={serial18}; 名称=鱼塘承包; 金额={yuan}
服务=慢病讲座; 对象=高血压患者; 人次=60
项目=残疾人两项补贴; 人数=12; 金额={yuan}
类别=大病救助; 户数=3; 金额={yuan}
组=一组; 户主=合计; 备注=因病住院 3 户
地点=村口 1 号门面; 承租=农资店; 租金=4500.00
项目=90 岁以上老人; 人数=3; 年龄=90
经度={longitude}; 纬度={latitude}; 名称=古树
2020=1500; 2021=1600; 2022=1700; 2023=1800
标题=项目; 年份=2026; 月=03; 日=05; 号=0012
"""


def cells_of(row: str, rng: random.Random) -> list[tuple[str, str]]:
    """Return the cells of a row of heading=text, its placeholders filled with one person's numbers."""
    return [tuple(cell.strip().split("=", 1)) for cell in fill(row, rng).split("; ")]  # type: ignore[misc]


def test_no_row_is_missed_and_none_is_false(capsys: pytest.CaptureFixture[str]):
    rng = random.Random(4)
    missed, false = [], []
    found, quiet = FOUND.strip().split("\n"), QUIET.strip().split("\n")
    for _ in range(FILLINGS):
        for line in found:
            kind, row = line.split(": ", 1)
            cells = cells_of(row, rng)
            hits = detect_row(cells)
            if kind not in {hit.kind for _, hit in hits}:
                missed.append(line)
            assert all(hit.end <= len(cells[index][1]) for index, hit in hits)
            file = "\n".join(",".join(part) for part in zip(*cells, strict=True))
            assert is_suspicious(file), line
        false.extend(row for row in quiet for _ in detect_row(cells_of(row, rng)))
    with capsys.disabled():
        print(
            f"\nrows: recall {1 - len(missed) / FILLINGS / len(found):.4%} of {FILLINGS * len(found)}, "
            f"false alarms {len(false) / FILLINGS / len(quiet):.4%} of {FILLINGS * len(quiet)}"
        )

    assert (sorted(set(missed)), sorted(set(false))) == ([], [])


def test_a_number_cut_over_cells_is_a_hit_in_each_of_them():
    cells = cells_of("a={id.a}; b={id.b}; c={id.c}", random.Random(1))

    assert [index for index, _ in detect_row(cells)] == [0, 1, 2]


def test_the_lines_of_offices_are_public_however_they_are_written():
    line = fill("{landline}", random.Random(3))
    area, subscriber = line.split("-")
    offices = office_lines([line])

    for written in (line, f"({area}){subscriber}", f"{area} {subscriber}", f"{area}{subscriber}", subscriber):
        assert detect_row([("联系电话", written)], offices=offices) == []
    assert detect_row([("联系电话", line[:-1] + str((int(line[-1]) + 1) % 10))], offices=offices)


def test_a_line_that_words_call_an_office_is_left_to_a_person():
    line = fill("{landline}", random.Random(3))

    ((_, office),) = detect_row([("备注", f"监督电话 {line}")])
    ((_, home),) = detect_row([("备注", f"宅电 {line}")])

    assert (office.severity, home.severity) == ("warning", "error")


def styles_of(*values: tuple[str, str]) -> list[tuple[int, str]]:
    styles: MaskStyles[int] = MaskStyles()
    for place, (person, text) in enumerate(values):
        styles.collect(place, text, person=person)
    return [(place, hit.kind) for place, hit in styles.hits()]


def test_masks_of_one_style_are_proper():
    numbers = [fill("{mobile}", random.Random(seed)) for seed in range(5)]

    assert styles_of(*(("", f"{number[:3]}****{number[7:]}") for number in numbers)) == []
    assert styles_of(("", "张**"), ("", "李**"), ("", "欧阳**")) == []


def test_the_fewer_of_two_styles_are_reported():
    number = fill("{mobile}", random.Random(1))
    usual, other = f"{number[:3]}****{number[7:]}", f"{number[:7]}****"

    assert styles_of(("", usual), ("", usual), ("", other)) == [(2, "masked-mixed")]
    assert styles_of(("", usual), ("", other)) == [(0, "masked-mixed"), (1, "masked-mixed")]
    assert styles_of(("", "张**"), ("", "李*"), ("", "王**"), ("", "赵*丰")) == [(3, "masked-mixed")]


def test_masks_of_one_person_that_recombine_are_reported():
    number = fill("{mobile}", random.Random(1))
    name = fill("{name}", random.Random(1))
    first, second = f"{number[:3]}****{number[7:]}", f"{number[:6]}****{number[10:]}"

    assert (0, "masked-recombined") in styles_of((name, first), (name, second))
    assert (1, "masked-recombined") in styles_of((name, first), (name, second))
    assert all(kind == "masked-mixed" for _, kind in styles_of((name, first), ("", second)))
