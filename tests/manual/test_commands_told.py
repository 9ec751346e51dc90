"""Every command, option and finding is told in the manual, and no command is shown that does not exist."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from generator.cli import VERBS, verbs
from generator.commands.reference import commands_of, options_of
from generator.pages.findings_reference import GROUPS, PLACE, examples
from generator.wording import WORDING
from tests.manual.blocks import PAGES, README
from tests.manual.tables import named
from tests.pages.parsing import Parsed

_FENCED = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
_PLACEHOLDER = re.compile(r"\{(\w+)")
# Options of other programs that the pages name alone.
_OF_OTHERS = {"--yes", "--help"}


@pytest.fixture(scope="module")
def commands() -> dict[str, click.Command]:
    return dict(commands_of(verbs))


def options_told(command: click.Command) -> set[str]:
    return {name for option in options_of(command) for name in option.opts}


def test_every_option_says_what_it_does(commands: dict[str, click.Command]):
    silent = [
        f"{path} {option.opts[-1]}"
        for path, command in commands.items()
        for option in options_of(command)
        if not option.help
    ]

    assert silent == []


def test_every_command_has_its_heading_and_every_option_its_line(
    commands: dict[str, click.Command], manual: Path
):
    page = Parsed((manual / "commands/index.html").read_text(encoding="utf-8"))
    told = {text.split(" ")[0] for text in page.texts("code")}

    assert page.texts("h2") == list(commands)
    assert {option for command in commands.values() for option in options_told(command)} <= told


def test_the_readme_lists_every_verb_and_no_other():
    lines = README.read_text(encoding="utf-8").partition("## The verbs")[2].partition("\n## ")[0]
    firsts = [named(line.split(" | ")[0]) for line in lines.splitlines() if line.startswith("| `")]
    listed = {name.split(" ")[1] for names in firsts for name in names if name.startswith("cunwu ")}

    assert listed == set(VERBS)


def shown() -> Iterator[tuple[str, str]]:
    """Yield each command line of ours that a page shows, without its comment."""
    for name, path in PAGES.items():
        text = path.read_text(encoding="utf-8")
        blocks = "".join(_FENCED.findall(text)).replace("\\\n", " ")
        spans = _SPAN.findall(_FENCED.sub("", text))
        for line in [*blocks.splitlines(), *spans]:
            for part in re.split(r"&&|\||;|\$\(", re.sub(r"(^|\s)#.*", "", line)):
                words = part.split()
                if words[:1] == ["cunwu"] and len(words) > 1:
                    yield name, " ".join(words)


def test_no_page_shows_a_command_or_an_option_that_does_not_exist(commands: dict[str, click.Command]):
    strange = []
    for page, line in shown():
        if line.startswith(("cunwu --version", "cunwu --help")):
            continue
        # The longest name that fits: "cunwu village merge" before "cunwu village".
        found = [path for path in commands if f"{line} ".startswith(f"{path} ")]
        of_group = [path for path in commands if path.startswith(f"{line} ")]
        if not found and not of_group:
            strange.append((page, line))
        for path in found[:1]:
            options = set(_OPTION.findall(line)) - {"--help"}
            strange += [(page, path, option) for option in options - options_told(commands[path])]

    assert strange == []


def test_no_page_names_an_option_alone_that_no_command_has(commands: dict[str, click.Command]):
    ours = {option for command in commands.values() for option in options_told(command)}
    alone = {
        (page, span.split(" ")[0])
        for page, path in PAGES.items()
        for span in _SPAN.findall(path.read_text(encoding="utf-8"))
        if _OPTION.match(span)
    }

    assert {(page, option) for page, option in alone if option not in ours | _OF_OTHERS} == set()


def test_every_finding_has_an_example_that_fills_its_words_and_no_more():
    assert list(examples()) == [code for group in GROUPS.values() for code in group]
    assert set(examples()) == set(WORDING)
    for code, wording in WORDING.items():
        needed = set(_PLACEHOLDER.findall(wording.message + wording.hint))
        assert set(examples()[code]) - {PLACE} == needed, code


def test_every_finding_stands_on_its_page_under_its_own_mark(manual: Path):
    page = Parsed((manual / "findings/index.html").read_text(encoding="utf-8"))

    assert set(WORDING) <= set(page.values("id"))
    assert len([row for row in page.rows() if row]) == len(WORDING)
    assert not any("{" in cell for row in page.rows() for cell in row)
