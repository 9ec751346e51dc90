"""Assets: few, small, and all that a page asks for."""

from __future__ import annotations

import gzip
import re
import shutil
from pathlib import Path

from generator.engine.assets import theme_files
from generator.engine.shell import Shell
from generator.model.site import Site
from generator.promises.settings import Settings


def test_every_asset_of_a_page_is_among_the_theme_files(
    root: Path, settings: Settings, shell: Shell, village: Site
):
    files = {file.path for file in theme_files(root, settings)}

    for page in village.pages:
        asked = re.findall(r'"(?:\.\./)+(assets/[^"]+)"', shell.render(village, page))
        assert set(asked) == files


def test_a_first_visit_stays_small(root: Path, settings: Settings, shell: Shell, village: Site):
    page = shell.render(village, village.pages[0]).encode()
    files = theme_files(root, settings)

    assert (
        sum(len(gzip.compress(content, 9)) for content in (page, *(file.content for file in files))) < 20_000
    )
    scripts = {file.path: len(gzip.compress(file.content, 9)) for file in files if file.path.endswith(".js")}
    assert [path for path, size in scripts.items() if size > 3_700] == []


def test_no_style_sheet_or_script_names_another_site(root: Path, settings: Settings):
    for file in theme_files(root, settings):
        text = re.sub(r"http://www\.w3\.org/\d+/svg", "", file.content.decode())
        assert not re.search("https?://|//fonts|@import", text), file.path


def test_a_file_of_the_county_takes_the_place_of_ours(root: Path, settings: Settings, tmp_path: Path):
    shutil.copy(root / "mkdocs.yml", tmp_path)
    own = tmp_path / "site_config/theme/assets/cunwu.css"
    own.parent.mkdir(parents=True)
    own.write_bytes(b"body{}")

    styles = [
        file for file in theme_files(tmp_path, settings) if "cunwu" in file.path and file.path.endswith("css")
    ]

    assert [file.content for file in styles] == [b"body{}"]
    assert styles[0] not in theme_files(root, settings)
