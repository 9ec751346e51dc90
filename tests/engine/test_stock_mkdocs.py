"""Stock MkDocs: the hook and the exported tree give the pages that the shell gives."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from generator.engine.export import export_docs
from generator.engine.shell import Shell
from generator.model.site import Page, Site
from generator.promises.settings import Settings
from tests.engine.reading import links_in, words_in


@pytest.fixture
def exported(root: Path, settings: Settings, village: Site, tmp_path: Path) -> Path:
    """Return the output of stock MkDocs, run where our package cannot be imported."""
    export_docs(village, settings, tmp_path, root=root)
    code = "import sys; sys.modules['generator'] = None; from mkdocs.__main__ import cli; cli()"
    command = [sys.executable, "-P", "-c", code, "build", "--strict", "--quiet"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    return tmp_path / "site"


def test_an_exported_site_reads_the_same_under_stock_mkdocs(exported: Path, shell: Shell, village: Site):
    for page in village.pages:
        theirs = (exported / page.path).read_text("utf-8")
        ours = shell.render(village, page)
        assert words_in(theirs) == words_in(ours), page.url
        assert links_of(theirs, page) == links_of(ours, page), page.url
    assert (exported / village.files[0].path).read_bytes() == village.files[0].content


def test_plain_mkdocs_build_prints_one_village(
    root: Path, settings: Settings, village: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    source = ModuleType("generator.engine.one_village")
    source.load_site = lambda root, village_slug: village
    monkeypatch.setitem(sys.modules, "generator.engine.one_village", source)
    monkeypatch.setattr("generator.promises.settings.load_settings", lambda root: settings)

    build(load_config(str(root / "mkdocs.yml"), site_dir=str(tmp_path)))

    shell = Shell(root, settings)
    for page in village.pages:
        theirs = (tmp_path / page.path).read_text("utf-8")
        ours = shell.render(village, page)
        assert words_in(theirs, "html") == words_in(ours, "html"), page.url
        assert links_of(theirs, page) == links_of(ours, page), page.url
    assert (tmp_path / village.files[0].path).read_bytes() == village.files[0].content


def links_of(html: str, page: Page) -> list[str]:
    """Return where the page's links lead; its style sheets differ, for only the shell trims Material's."""
    return links_in(html, page.url, "body")
