"""Members: shares, sizes and who must be among them, by integers only."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model.table import Table
from tests.checks.small import LAW, article, context_of, findings_of, found, read, resource_of, table_of

VOTES = {"votes": "赞成", "of": "应到"}
HEAD = "应到:integer 赞成:integer"
shares_written = st.tuples(st.integers(1, 9), st.integers(1, 9))


@given(share=shares_written, members=st.integers(1, 10**6), more=st.integers(-2, 2), is_strict=st.booleans())
@settings(max_examples=500)
def test_a_share_is_reached_exactly_when_fractions_say_so(
    share: tuple[int, int], members: int, more: int, is_strict: bool
):
    # Close to the border, where a rounded number would go wrong.
    votes = max(0, share[0] * members // share[1] + more)
    rule = {**VOTES, "more_than" if is_strict else "at_least": f"{share[0]}/{share[1]}"}

    codes = found("shares", rule, table_of(HEAD, [[members, votes]]))

    part, asked = Fraction(votes, members), Fraction(*share)
    holds = part > asked if is_strict else part >= asked
    assert codes == ([] if holds else [f"2:赞成:share-{'exceeded' if is_strict else 'reached'}"])


@given(
    share=shares_written.filter(lambda s: s[0] <= s[1]), words=st.lists(st.sampled_from("男女"), max_size=30)
)
@settings(max_examples=300)
def test_a_group_is_large_enough_exactly_when_fractions_say_so(share: tuple[int, int], words: list[str]):
    rule = {"column": "性别", "words": ["女"], **LAW}
    table = table_of("性别", [[word] for word in words])

    found_in = found("includes", rule, table, context_of(article(share=f"{share[0]}/{share[1]}")))

    holds = not words or Fraction(words.count("女"), len(words)) >= Fraction(*share)
    assert found_in == ([] if holds else ["2:性别:members-include"])


@pytest.mark.parametrize(
    ("key", "share", "row", "holds"),
    [
        ("at_least", "2/3", "37,25", True),
        ("at_least", "2/3", "37,24", False),
        ("at_least", "2/3", "36,24", True),  # exactly two thirds
        ("at_least", "1/2", "36,18", True),  # exactly half
        ("more_than", "1/2", "36,18", False),
        ("more_than", "1/2", "36,19", True),
        ("more_than", "1/2", "37,19", True),
        ("more_than", "1/2", "37,18", False),
        ("at_least", "2/3", "37,", True),
        ("at_least", "2/3", ",24", True),
    ],
)
def test_a_share_is_counted_from_the_members(key: str, share: str, row: str, holds: bool):
    assert (found("shares", {**VOTES, key: share}, read(HEAD, row)) == []) is holds


def test_a_share_of_an_article_is_cited_and_one_without_a_source_is_not():
    table = read(HEAD, "37,24")
    messages = [
        findings_of("shares", rule, table, context_of(article(share="2/3")))[0].message
        for rule in (
            {**VOTES, **LAW},
            {**VOTES, "at_least": "2/3"},
            {**VOTES, "at_least": "2/3", "basis": "章程"},
        )
    ]

    assert [message.partition("2/3")[2] for message in messages] == ["（《试行办法》第一条）", "", "（章程）"]


def test_an_article_that_sets_no_share_asks_for_none():
    assert found("shares", {**VOTES, **LAW}, read(HEAD, "37,0"), context_of(article())) == []


def list_of(size: int) -> Table:
    return read("姓名 机构", *(f"甲{number},监委" for number in range(size)), "乙,村委")


@pytest.mark.parametrize(
    ("numbers", "wrong"),
    [
        ({"least": 3, "most": 5}, {1: "3 至 5 人", 2: "3 至 5 人", 6: "3 至 5 人"}),
        ({"least": 3}, {1: "3 人以上", 2: "3 人以上"}),
        ({"most": 3}, {4: "3 人以下", 5: "3 人以下", 6: "3 人以下"}),
        ({"least": 3, "most": 3}, {1: "3 人", 2: "3 人", 4: "3 人", 5: "3 人", 6: "3 人"}),
        ({"odd": 1}, {2: "单数", 4: "单数", 6: "单数"}),
        ({}, {}),
    ],
)
def test_a_body_has_as_many_members_as_its_article_asks(numbers: dict[str, int], wrong: dict[int, str]):
    rule = {"where": {"机构": ["监委"]}, **LAW}

    for size in range(1, 7):
        findings = findings_of("sizes", rule, list_of(size), context_of(article(**numbers)))
        assert len(findings) == (size in wrong)
        assert all(
            f"（监委）共 {size} 人，应为{wrong[size]}（" in f.message.replace("应为 ", "应为")
            for f in findings
        )


def test_a_list_without_any_member_says_nothing_of_the_body():
    assert (
        found("sizes", {"where": {"机构": ["监委"]}, **LAW}, list_of(0), context_of(article(least=3))) == []
    )


def test_a_number_is_judged_in_the_cell_where_it_stands():
    table = read("名称 人数:integer", "甲,3", "乙,2", "丙,")

    findings = findings_of("sizes", {"number": "人数", **LAW}, table, context_of(article(least=3)))

    assert [(f.place.line, f.place.column) for f in findings] == [(3, "人数")]
    assert findings[0].message == "人数共 2 人，应为 3 人以上（《试行办法》第一条）".replace(" 人（", " 人（")


def test_the_members_of_a_document_are_the_rows_of_its_part():
    members = read("姓名 性别", "甲,男", "乙,男")
    resource = resource_of(read("名称", "监委"), parts={"成员": members})
    context = context_of(article(least=3))

    assert found("sizes", {"part": "成员", **LAW}, resource, context) == ["2::members-number"]
    assert found(
        "includes", {"part": "成员", "column": "性别", "words": ["女"], **LAW}, resource, context
    ) == ["2:性别:members-include"]


def test_an_article_of_another_province_asks_nothing_here():
    table = read("姓名", "甲")
    context = context_of(article(least=3, province="zhejiang"))

    assert found("sizes", {"where": {"姓名": ["甲"]}, **LAW}, table, context) == []


def test_a_rule_for_villages_asks_nothing_of_a_community():
    rule = {"where": {"姓名": ["甲"]}, "articles": {"community": ["T-1"]}}

    assert found("sizes", rule, read("姓名", "甲"), context_of(article(least=3))) == []


@pytest.mark.parametrize(
    ("rows", "holds"),
    [(["男", "男", "女"], True), (["男", "男"], False), (["男", "男", ""], True)],
)
def test_somebody_must_be_among_them_and_an_empty_cell_tells_nothing(rows: list[str], holds: bool):
    # The first column keeps a row from being blank.
    table = read("姓名 性别", *(f"甲{number},{word}" for number, word in enumerate(rows)))

    found_in = found("includes", {"column": "性别", "words": ["女"], **LAW}, table, context_of(article()))

    assert (found_in == []) is holds


def test_a_part_of_the_list_is_judged_by_itself():
    table = read("机构 性别", "监委,男", "村委,女")
    rule = {"column": "性别", "words": ["女"], **LAW}

    for body, holds in (("村委", True), ("监委", False)):
        assert (
            found("includes", {**rule, "where": {"机构": [body]}}, table, context_of(article())) == []
        ) is holds


def test_decimal_counts_are_counts():
    assert (
        found("shares", {**VOTES, "at_least": "2/3"}, table_of(HEAD, [[Decimal("36.0"), Decimal(24)]])) == []
    )


def test_things_are_counted_by_their_own_measure_word():
    table = read("名称 家数:number", "甲,2")
    rule = {"number": "家数", "unit": "家", **LAW}

    findings = findings_of("sizes", rule, table, context_of(article(least=3)))

    assert [finding.message for finding in findings] == ["家数共 2 家，应为 3 家以上（《试行办法》第一条）"]


@pytest.mark.parametrize(
    ("numbers", "size", "line"),
    [({"most": 3}, 5, 5), ({"least": 3}, 2, 2), ({"odd": 1}, 4, 2)],
)
def test_of_a_list_that_is_too_long_the_first_row_too_many_is_named(
    numbers: dict[str, int], size: int, line: int
):
    rule = {"where": {"机构": ["监委"]}, **LAW}

    findings = findings_of("sizes", rule, list_of(size), context_of(article(**numbers)))

    assert [finding.place.line for finding in findings] == [line]


@pytest.mark.parametrize(
    ("strict", "votes", "codes"),
    [(0, 20, []), (0, 19, ["2:赞成:share-reached"]), (1, 20, ["2:赞成:share-exceeded"]), (1, 21, [])],
)
def test_an_article_says_whether_its_share_must_be_exceeded(strict: int, votes: int, codes: list[str]):
    table = read(HEAD, f"40,{votes}")

    assert found("shares", {**VOTES, **LAW}, table, context_of(article(share="1/2", strict=strict))) == codes
