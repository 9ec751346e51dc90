"""The report: the figures of one run as an aligned table, and whether each target is met."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

Figures = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Target:
    """One promise: the figure ``name`` is at most (or at least) ``bound``."""

    name: str
    bound: float
    is_least: bool = False

    def is_met(self, figures: Figures) -> bool:
        """Return whether the measured figure keeps the promise."""
        value = figures[self.name]
        return value >= self.bound if self.is_least else value <= self.bound

    def verdict(self, figures: Figures) -> str:
        """Return the promise and whether it is met, as one line."""
        sign = "≥" if self.is_least else "≤"
        state = "met" if self.is_met(figures) else "MISSED"
        return f"{state:<6}  {self.name} {figures[self.name]:.4g} {sign} {self.bound:.4g}"


@dataclass(frozen=True, slots=True)
class Topic:
    """What one benchmark reports: a note for each figure, and the targets."""

    notes: Mapping[str, str]
    targets: Sequence[Target]

    def table(self, figures: Figures, **values: int) -> str:
        """Return one line for each figure: name, value, and its note with ``values`` filled in."""
        cells = [
            (name, f"{value:,.4g}" if value < 1000 else f"{value:,.0f}") for name, value in figures.items()
        ]
        width, digits = (max(len(row[column]) for row in cells) for column in (0, 1))
        return "\n".join(
            f"{name:<{width}}  {value:>{digits}}  {self.notes[name].format(**values)}"
            for name, value in cells
        )

    def verdicts(self, figures: Figures) -> Iterator[str]:
        """Yield a line for each target whose figure was measured."""
        for target in self.targets:
            if target.name in figures:
                yield target.verdict(figures)


TARGETS = (
    Target("full_vs_hugo", 2),
    Target("row_vs_hugo", 0.2),
    Target("village_vs_mkdocs", 1 / 15),
    Target("cold_check_share", 0.4),
    Target("rss_mb", 100),
    Target("hugo_pages_per_s", 1300, is_least=True),
    Target("diff_s", 0.5),
    Target("diff_rss_mb", 200),
    Target("diff_vs_csv_diff", 0.2),
    Target("diff_vs_daff", 0.2),
    Target("history_share", 0.3),
    Target("history_row_share", 0.1),
    Target("validate_rows_per_s", 250_000, is_least=True),
    Target("validate_vs_frictionless", 15, is_least=True),
    Target("push_to_page_s", 5),
    Target("rollback_s", 1),
)
NOTES = {
    "villages": "villages in the bench county",
    "pages": "pages of records and village home pages, the same for every side",
    "full_s": "cunwu build, fresh, 2 workers; best of {runs}",
    "full_vs_hugo": "full_s ÷ hugo_s",
    "row_s": "cunwu build after one changed row; best of {runs}",
    "row_vs_hugo": "row_s ÷ hugo_s: Hugo builds everything again",
    "village_vs_mkdocs": "full_s per village ÷ mkdocs_village_s",
    "rows_per_s": "rows of tables ÷ seconds of cunwu check; best of {runs}",
    "cold_check_share": "seconds of cunwu check, start-up included ÷ full_s",
    "pages_per_s": "pages ÷ full_s",
    "rss_mb": "largest resident memory of any one process of cunwu build",
    "output_mb": "bytes of site/",
    "hugo_s": "hugo, fresh output; best of {runs}",
    "hugo_pages_per_s": "pages ÷ hugo_s",
    "mkdocs_village_s": "mkdocs build of one village, stock Material; median",
    "diff_s": "seconds from bytes to the difference of 100,000 keyed rows, 1 % of them changed",
    "diff_rss_mb": "resident memory of that process",
    "diff_csv_diff_s": "csv-diff on the same two files",
    "diff_daff_s": "daff on the same two files",
    "diff_vs_csv_diff": "diff_s ÷ diff_csv_diff_s",
    "diff_vs_daff": "diff_s ÷ diff_daff_s",
    "history_share": "what 24 corrections a village add to a fresh build, as a share of it; processor time",
    "history_row_share": "what they add to a build after one changed row",
    "validate_rows_per_s": "rows ÷ processor seconds of one core, from files to typed cells and verdicts",
    "validate_vs_frictionless": "that ÷ Frictionless's on the same files, schema, format and encoding given",
    "check_ms_per_village": "processor time to read, judge and guard the records of one village",
    "push_to_page_s": "git push of one row to the page that nginx serves; best of three",
    "publish_changed_objects": "files that this push changed where they are served",
    "rollback_s": "cunwu rollback, start-up included; best of two",
    "rollback_cpu_s": "processor time of it",
}
TOPIC = Topic(NOTES, TARGETS)


def with_ratios(measured: Figures, rows: int) -> dict[str, float]:
    """Return the measured figures with those that follow from them, in the order of the table."""
    figures = dict(measured)
    pages = figures["pages"]
    if {"check_s", "full_s"} <= figures.keys():
        figures["cold_check_share"] = figures["check_s"] / figures["full_s"]
    if "check_s" in figures:
        figures["rows_per_s"] = rows / figures.pop("check_s")
    if "full_s" in figures:
        figures["pages_per_s"] = pages / figures["full_s"]
    if "hugo_s" in figures:
        figures["hugo_pages_per_s"] = pages / figures["hugo_s"]
    if {"full_s", "hugo_s"} <= figures.keys():
        figures["full_vs_hugo"] = figures["full_s"] / figures["hugo_s"]
        figures["row_vs_hugo"] = figures["row_s"] / figures["hugo_s"]
    if {"full_s", "mkdocs_village_s"} <= figures.keys():
        figures["village_vs_mkdocs"] = figures["full_s"] / figures["villages"] / figures["mkdocs_village_s"]
    for peer in ("csv_diff", "daff"):
        if {"diff_s", f"diff_{peer}_s"} <= figures.keys():
            figures[f"diff_vs_{peer}"] = figures["diff_s"] / figures[f"diff_{peer}_s"]
    return {name: figures[name] for name in NOTES if name in figures}


def table(figures: Figures, runs: int) -> str:
    """Return one line for each figure: name, value, note."""
    return TOPIC.table(figures, runs=runs)


def verdicts(figures: Figures) -> Iterator[str]:
    """Yield a line for each target whose figure was measured."""
    return TOPIC.verdicts(figures)
