"""The laws that are lists of rules: one line each, with what a rule may and must hold."""

from __future__ import annotations

from generator.checks.across import cross_total, exclusive, precedes, reference
from generator.checks.dates import ageing, date_order, gaps, in_period, terms, within
from generator.checks.members import includes, shares, sizes
from generator.checks.numbers import budget, ceilings, in_words, not_negative, of_which, ratios
from generator.checks.relations import counts, credit_code, distinct, limits, part_totals, sums
from generator.checks.rows import ascending, continuous, forbidden, overlaps, repeated, requires
from generator.checks.statement import (
    ARTICLES,
    COLUMN,
    COLUMNS,
    DATE,
    DATES,
    HEAD_NUMBER,
    ITEM,
    NUMBER,
    NUMBERS,
    OTHER_COLUMN,
    OTHER_COLUMNS,
    OTHER_DATE,
    OTHER_NUMBER,
    OTHER_PART,
    OTHER_WORDS,
    PART_NUMBER,
    SHARE,
    TEXT,
    TEXTS,
    Law,
    ResourceCheck,
)
from generator.checks.tenure import ahead, each_for, same_term

_STEPS = {"from": DATE, "to": DATE, "articles": ARTICLES}
_OTHER = {"item": ITEM, "other_part": OTHER_PART, "other_where": OTHER_WORDS}


def _law(name: str, check: ResourceCheck, options: dict[str, int], *needs: str, across: bool = False) -> Law:
    return Law(name, check, rule_options=options, rule_needs=needs, looks_across=across)


RULE_LAWS: tuple[Law, ...] = (
    _law("sums", sums, {"is": NUMBER, "of": NUMBERS, "less": NUMBERS}, "is", "of"),
    _law("limits", limits, {"less": NUMBER, "more": NUMBER}, "less", "more"),
    _law("counts", counts, {"stated": HEAD_NUMBER, "by": COLUMNS}, "part", "stated"),
    _law("part_totals", part_totals, {"stated": HEAD_NUMBER, "of": PART_NUMBER}, *("part", "stated", "of")),
    _law(
        "ratios", ratios, {"is": NUMBER, "of": NUMBER, "base": NUMBER, "times": TEXT}, *("is", "of", "base")
    ),
    _law("of_which", of_which, {"label": COLUMN, "of": NUMBERS, "by": COLUMNS}, "label", "of"),
    _law("in_words", in_words, {"number": NUMBER, "words": COLUMN}, "number", "words"),
    _law("not_negative", not_negative, {"column": NUMBER}, "column"),
    _law("budget", budget, {"plan": NUMBER, "actual": NUMBER}, "plan", "actual"),
    _law(
        "ceilings",
        ceilings,
        {"column": NUMBER, "threshold": TEXT, "articles": ARTICLES},
        *("column", "threshold|articles"),
    ),
    _law("date_order", date_order, {"dates": DATES}, "dates"),
    _law("in_period", in_period, {"dates": DATES}, "dates"),
    _law("gaps", gaps, _STEPS, *_STEPS),
    _law("within", within, _STEPS, *_STEPS),
    _law("terms", terms, _STEPS, *_STEPS),
    _law(
        "ageing",
        ageing,
        {"due": DATE, "open": NUMBER, "done": DATE},
        *("due", "open|done|where"),
        across=True,
    ),
    _law(
        "shares",
        shares,
        {
            **{"votes": NUMBER, "of": NUMBER, "articles": ARTICLES},
            **{"at_least": SHARE, "more_than": SHARE, "basis": TEXT},
        },
        *("votes", "of", "at_least|more_than|articles"),
    ),
    _law(
        "sizes",
        sizes,
        {"number": NUMBER, "unit": TEXT, "articles": ARTICLES},
        "articles",
        "part|number|where",
    ),
    _law(
        "includes",
        includes,
        {"column": COLUMN, "words": TEXTS, "articles": ARTICLES},
        "column",
        "words",
        "articles",
    ),
    _law(
        "requires",
        requires,
        {
            **{"filled": COLUMNS, "above_zero": NUMBERS, "over": NUMBER, "threshold": TEXT},
            **{"articles": ARTICLES, "basis": TEXT},
        },
        *("filled|above_zero", "where|over|articles|basis"),
    ),
    _law("forbidden", forbidden, {"articles": ARTICLES}, "where", "articles"),
    _law("distinct", distinct, {"columns": COLUMNS}, "columns"),
    _law("repeated", repeated, {"columns": COLUMNS}, "columns"),
    _law("continuous", continuous, {"column": COLUMN, "by": COLUMNS}, "column"),
    _law("ascending", ascending, {"column": COLUMN, "by": COLUMNS}, "column"),
    _law("overlaps", overlaps, {"by": COLUMNS, "from": DATE, "to": DATE}, "by", "from", "to"),
    _law("credit_code", credit_code, {"column": COLUMN, "prefixes": TEXTS}, "column"),
    _law(
        "reference",
        reference,
        {**_OTHER, "column": COLUMN, "to": OTHER_COLUMN},
        *("column", "item", "to"),
        across=True,
    ),
    _law(
        "cross_total",
        cross_total,
        {
            **{**_OTHER, "of": NUMBER, "by": COLUMNS, "label": COLUMN, "total": TEXT},
            **{"other": OTHER_NUMBER, "other_by": OTHER_COLUMNS, "other_series": OTHER_COLUMNS},
        },
        *("of", "item", "other"),
        across=True,
    ),
    _law("exclusive", exclusive, {"columns": COLUMNS, "schemes": TEXTS}, "columns", "schemes", across=True),
    _law(
        "precedes",
        precedes,
        {**_OTHER, "column": DATE, "other": OTHER_DATE, "articles": ARTICLES},
        *("column", "item", "other", "articles"),
        across=True,
    ),
    _law(
        "ahead",
        ahead,
        {**_OTHER, "column": DATE, "other": OTHER_DATE, "until": OTHER_DATE, "articles": ARTICLES},
        *("column", "item", "other", "articles"),
        across=True,
    ),
    _law(
        "same_term",
        same_term,
        {
            **{**_OTHER, "from": DATE, "to": DATE, "articles": ARTICLES},
            **{"other_from": OTHER_DATE, "other_to": OTHER_DATE},
        },
        *("from", "to", "item", "other_from", "other_to", "articles"),
        across=True,
    ),
    _law(
        "each_for",
        each_for,
        {"number": NUMBER, "base": NUMBER, "articles": ARTICLES},
        *("number", "base", "articles"),
    ),
)
