"""Strict YAML: every scalar is text, every value has its line, and nothing clever passes."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.promises.strict_yaml import read_yaml


@pytest.mark.parametrize(
    "scalar",
    ["0012", "2026-07-01", "1.50", "1e5", "true", "No", "null", "0x10", "1_000", ".inf", "12:30:00", "1,000"],
)
def test_every_scalar_is_the_text_that_was_written(scalar: str):
    assert read_yaml(f"甲: {scalar}").value == {"甲": scalar}


@pytest.mark.parametrize(
    ("written", "text"), [("", ""), (" ~", ""), (" ''", ""), (' "~"', "~"), (" '12'", "12")]
)
def test_only_nothing_and_a_bare_tilde_are_empty(written: str, text: str):
    assert read_yaml(f"甲:{written}").value == {"甲": text}


def test_each_value_has_the_line_it_stands_on():
    document = read_yaml("甲: 1\n乙:\n  - {丙: 2}\n  -\n    丙: 3\n    丁: |\n      长\n      文\n戊: 4\n")

    assert document.value == {"甲": "1", "乙": [{"丙": "2"}, {"丙": "3", "丁": "长\n文\n"}], "戊": "4"}
    paths = [("甲",), ("乙",), ("乙", 0), ("乙", 1), ("乙", 1, "丙"), ("乙", 1, "丁"), ("戊",), ("己",)]
    assert [document.line_of(*path) for path in paths] == [1, 2, 3, 5, 5, 6, 9, 1]


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("a: 1\na: 2", [("yaml-duplicate-key", 2)]),
        ("a: {b: 1, b: 2}\nc: 1\nc: 2", [("yaml-duplicate-key", 1), ("yaml-duplicate-key", 3)]),
        ("a: &x 1\nb: *x", [("yaml-anchor", 1), ("yaml-anchor", 2)]),
        ("a: 1\n---\nb: 2\n---\nc: 3", [("yaml-documents", 2)]),
        ("a: !!python/object/apply:os.system [ls]", [("yaml-tag", 1)]),
        ("a: !own 1", [("yaml-tag", 1)]),
        ("a: !!binary aGk=", [("yaml-tag", 1)]),
        ("<<: {a: 1}", [("yaml-key", 1)]),
        ("? [a, b]\n: 1", [("yaml-key", 1)]),
        ("a: " + "[" * 20 + "]" * 20, [("yaml-depth", 1)]),
        ("a: [1, 2", [("yaml-syntax", 1)]),
        ("甲: 1\n乙: 2: 3", [("yaml-syntax", 2)]),
        ("甲: 1\n乙: \x07", [("yaml-syntax", 2)]),
        ("a:\n\t- b", [("yaml-syntax", 2)]),
        ("@a: 1", [("yaml-syntax", 1)]),
    ],
)
def test_what_strict_yaml_refuses_has_a_code_and_a_line(text: str, problems: list[tuple[str, int]]):
    assert [(problem.code, problem.line) for problem in read_yaml(text).problems] == problems


def test_anchors_that_would_explode_are_never_unfolded():
    bomb = "a0: &a0 [x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30)
    )

    document = read_yaml(bomb)

    assert document.value is None
    assert {problem.code for problem in document.problems} == {"yaml-anchor"}


def test_a_tower_of_brackets_does_not_break_the_reader():
    assert read_yaml("[" * 10_000).problems


@given(st.text(alphabet=st.sampled_from("ab甲: -[]{},\n\"'#&*!|>%@~?\t\\"), max_size=40))
@settings(max_examples=300)
def test_any_text_is_read_or_refused(text: str):
    document = read_yaml(text)

    lines = text.count("\n") + 1
    assert all(1 <= problem.line <= lines for problem in document.problems)


# JSON writes what lies beyond as pairs of surrogates, which YAML does not know.
plane = st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"])


@given(st.dictionaries(st.text(plane, min_size=1, max_size=8), st.text(plane, max_size=20), max_size=5))
@settings(max_examples=100)
def test_quoted_text_comes_back_as_it_was(record: dict[str, str]):
    text = "".join(f"{json.dumps(key)}: {json.dumps(value)}\n" for key, value in record.items())

    assert read_yaml(text).value == (record or None)
