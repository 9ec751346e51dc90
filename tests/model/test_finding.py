"""Findings: words filled in, places in reading order, set-up errors that say where."""

from __future__ import annotations

import string

import pytest

from generator.model.finding import Finding, Place, SetupError, Severity
from generator.wording import WORDING
from generator.wording.laws import LAWS
from generator.wording.records import RECORDS
from generator.wording.statutes import STATUTES


def test_a_finding_is_put_into_words():
    finding = Finding.of("row-cells", Place("a.csv", 5), cells=4, columns=3)

    assert finding.message == "这一行有 4 格，表头有 3 列"
    assert (finding.code, finding.severity, finding.is_error) == ("row-cells", Severity.ERROR, True)


def test_braces_in_a_cell_are_no_blanks_to_fill():
    finding = Finding.of(
        "cell-enum", Place("a.csv", 2, "账户"), value="{allowed} {0} %s", allowed="现金、银行"
    )

    assert finding.message == "「{allowed} {0} %s」不在可选的内容里"


def test_places_are_ordered_as_one_reads():
    places = [Place("b"), Place("a", 10, "支出"), Place("a", 2, "收入"), Place("a"), Place("a", 2)]

    assert sorted(places, key=lambda place: place.sort_key) == [
        Place("a"),
        Place("a", 2),
        Place("a", 2, "收入"),
        Place("a", 10, "支出"),
        Place("b"),
    ]


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ({"file": "a.yaml", "line": 3, "key": "name"}, "a.yaml，第 3 行，name：必须填写"),
        ({"file": "a.yaml", "key": "name"}, "a.yaml，name：必须填写"),
        ({"file": "a.yaml"}, "a.yaml：必须填写"),
        ({}, "必须填写"),
    ],
)
def test_a_set_up_error_says_where_as_far_as_it_is_known(where: dict[str, str], said: str):
    assert str(SetupError("必须填写", **where)) == said


@pytest.mark.parametrize("code", WORDING)
def test_every_wording_speaks_chinese_says_what_to_do_and_never_accuses(code: str):
    wording = WORDING[code]
    words = wording.message + wording.hint

    assert wording.hint
    assert wording.severity in ("error", "warning")
    assert any("一" <= sign <= "鿿" for sign in wording.hint)
    assert "违法" not in words
    assert not words.endswith(("。", "."))
    assert all(name is None or name.isidentifier() for _text, name, *_rest in string.Formatter().parse(words))


# What cannot be true whatever happened in the village: sums, counts, parts of wholes, check marks, and a
# display that ends before it begins. A new code of a law belongs here only if that is so.
ARITHMETIC = {
    *("running-balance", "period-balance", "continuity", "product", "total", "total-missing"),
    *("ballots-exceed", "ballots-split", "ballots-votes", "ballots-ceiling", "ballots-seats"),
    *("ballots-reference", "ballots-answers", "ballots-channels", "ballots-proxies", "ballots-roll"),
    *("votes-split", "votes-exceed", "sums", "limits", "counts", "part-totals", "ratio", "of-which"),
    *("sum-in-words", "not-negative", "cross-total", "credit-code", "display-order"),
}


def test_a_law_holds_a_record_back_only_for_what_cannot_be_true():
    errors = {code for code, wording in (LAWS | STATUTES).items() if wording.severity == "error"}

    assert errors == ARITHMETIC


def test_nothing_that_rests_on_a_statute_holds_a_record_back_but_a_display_that_ends_before_it_begins():
    assert {code for code, w in STATUTES.items() if w.severity == "error"} == {"display-order"}


def test_what_cannot_be_read_is_held_back_and_what_is_only_unexpected_is_not():
    warnings = {code for code, wording in RECORDS.items() if wording.severity == "warning"}

    assert warnings == {"file-unexpected", "register-stray", "seal-missing"}
