"""The manual: Markdown files of the package as finished pages in the same chrome as every site."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.toc import slugify_unicode
from markdown.treeprocessors import Treeprocessor

from generator.engine.assets import theme_files
from generator.engine.shell import Shell
from generator.engine.theme_folder import published_name
from generator.model.site import File, NavEntry, Page, Site
from generator.promises.settings import Settings
from generator.wording import _
from generator.wording.languages import SOURCE

FOLDER = Path(__file__).parents[1] / "manual"
# In the order of the menu; "index" is the first page.
CHAPTERS = (
    "index",
    "villagers",
    "clerks",
    "findings",
    "auditors",
    "operators",
    "settings",
    "commands",
    "schemas",
    "developers",
)
_STYLE = "assets/manual.css"
# Where a portal has the villagers' chapter. No item can have this address: names of items have no hyphen.
READING = "dictionary/how-to-read/"
_MARK = re.compile(r"^<!-- generated: ([a-z-]+) -->$", re.MULTILINE)
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Chapter:
    """One page of the manual: its address, its first heading, its first paragraph and its finished HTML."""

    url: str
    title: str
    summary: str
    content: str


# A description is one line of plain text.
_PLAIN = str.maketrans("\n", " ", "`*")


def manual_files(root: Path, settings: Settings, references: Mapping[str, str]) -> list[File]:
    """Return the manual as a site of its own; ``root`` lends the base configuration, ``settings`` the rest.

    ``references`` are Markdown for the marks ``<!-- generated: name -->``; KeyError for a mark without one.
    """
    chapters = [read_chapter(name, references) for name in CHAPTERS]
    name = chapters[0].title
    own = replace(
        settings, title=name, county_name=name, is_demo=False, site_url="", contacts=(), filing_numbers=()
    )
    shell = Shell(root, own)
    shell.config.extra_css.append(published_name(shell.config.theme, _STYLE))
    shell.config.extra["foot"] = _("本手册随程序提供，讲的就是这一版。")
    nav = tuple(NavEntry(_("首页") if not one.url else one.title, one.url) for one in chapters)
    pages = tuple(Page(one.url, one.title, one.summary, _marked(one), section=one.url) for one in chapters)
    site = Site(name, "", nav, pages, tuple(_pictures()), is_public=False)
    printed = [File(page.path, shell.print(site, page)) for page in site.pages]
    return [*printed, *site.files, *theme_files(root, own, shell)]


def _marked(chapter: Chapter) -> str:
    """Return the content of a chapter of the manual, whose pages are said to be Chinese."""
    if _CHINESE.search(chapter.title):
        return chapter.content
    return f'<div lang="en">\n{chapter.content}\n</div>'


def reading_pages() -> dict[str, Page]:
    """Return the villagers' chapter as a page of a portal, by the language in which it is written."""
    names = {SOURCE: "villagers"}
    names |= {path.suffixes[0][1:]: path.stem for path in sorted(FOLDER.glob("villagers.*.md"))}
    return {code: _reading_page(code, name) for code, name in names.items()}


def _reading_page(code: str, name: str) -> Page:
    chapter = read_chapter(name, {})
    # Where a portal speaks another language still, this page says which it is in.
    content = f'<div lang="{code}">\n{chapter.content}\n</div>'
    return Page(READING, chapter.title, chapter.summary, content)


def read_chapter(name: str, references: Mapping[str, str]) -> Chapter:
    """Return the chapter ``name`` with its references filled in."""
    text = (FOLDER / f"{name}.md").read_text(encoding="utf-8")
    url = url_of(name)
    maker = Markdown(
        extensions=["tables", "fenced_code", "sane_lists", "toc", _OurMarkup(url)],
        extension_configs={"toc": {"slugify": slugify_unicode, "permalink": False}},
        output_format="html",
    )
    content = maker.convert(_MARK.sub(lambda mark: references[mark[1]], text))
    # Long commands are pushed sideways by a finger or, once they have the focus, by keys.
    content = content.replace("<pre>", '<pre tabindex="0">')
    title = text.partition("\n")[0].removeprefix("# ").strip()
    summary = text.split("\n\n")[1].translate(_PLAIN)
    return Chapter(url, title, summary, content)


def url_of(name: str) -> str:
    """Return the address of a chapter below the manual's folder."""
    return "" if name == "index" else f"{name}/"


def _pictures() -> Iterator[File]:
    for path in sorted(FOLDER.glob("*.svg")):
        yield File(path.name, path.read_bytes())


class _OurMarkup(Extension):
    """Lets links lead to pages instead of files, and tables become cards on a phone as all of ours do."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self._base = "../" * url.count("/")

    def extendMarkdown(self, md: Markdown) -> None:
        """Add what follows the reading of a text to ``md``."""
        md.treeprocessors.register(_Links(md, self._base), "manual-links", 1)
        md.treeprocessors.register(_Tables(md), "manual-tables", 0)


class _Links(Treeprocessor):
    def __init__(self, md: Markdown, base: str) -> None:
        super().__init__(md)
        self._base = base

    def run(self, root: Element) -> None:
        for link in root.iter("a"):
            name, suffix, mark = link.get("href", "").partition(".md")
            if suffix and name in CHAPTERS:
                link.set("href", (self._base + url_of(name) or "./") + mark)
        for place in root.iter("p"):
            for picture in place.iter("img"):
                picture.set("src", self._base + picture.get("src", ""))
                place.set("tabindex", "0")


class _Tables(Treeprocessor):
    def run(self, root: Element) -> None:
        for table in root.iter("table"):
            table.set("class", "rows")
            headings = ["".join(cell.itertext()) for cell in table.iter("th")]
            for row in table.iterfind("tbody/tr"):
                for at, cell in enumerate(row):
                    if at == 0:
                        cell.set("class", "lead")
                    else:
                        cell.set("data-label", headings[at])
