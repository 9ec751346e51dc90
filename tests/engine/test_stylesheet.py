"""The trimmed style sheet: what a page may need stays, the rest goes."""

from __future__ import annotations

from generator.engine.stylesheet import trim

PAGE = '<html class="no-js"><body class="box wide">'


def test_rules_for_elements_and_for_classes_of_the_page_stay():
    assert trim(".box a,.gone a{color:red}p{margin:0}.gone{top:0}", PAGE) == ".box a{color:red}p{margin:0}"


def test_a_negated_class_need_not_be_on_the_page():
    css = ".box:not(.gone){top:0}"

    assert trim(css, PAGE) == css


def test_media_rules_stay_when_something_within_them_stays():
    assert trim("@media print{.gone{top:0}.box{top:1}}@media screen{.gone{top:0}}", PAGE) == (
        "@media print{.box{top:1}}"
    )


def test_variables_that_nothing_uses_any_more_go_with_those_that_only_they_used():
    css = ":root{--a:var(--b);--b:1;--c:2;--d:3}.box{top:var(--c)}"

    assert trim(css, PAGE, other_css="p{top:var(--d)}") == ":root{--c:2;--d:3}.box{top:var(--c)}"


def test_braces_and_semicolons_within_strings_end_nothing():
    css = '@charset "UTF-8";.box{content:"};.gone{";background:url("data:image/svg+xml;x,{}")}'

    assert trim(css, PAGE) == css


def test_comments_before_a_rule_go():
    assert trim("/* a{} */.box{top:0}/*# sourceMappingURL=x.map */", PAGE) == ".box{top:0}"
