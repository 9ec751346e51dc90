"""cunwu build: one line on what was done, and an exit code for what could not be."""

from __future__ import annotations

from tests.commands.conftest import cunwu, started
from tests.commands.test_check import plant_error


def test_a_clean_county_is_built_into_site_and_site_audit(county):
    done = started("build", "--root", county, "--workers", "2")

    assert done.returncode == 0, done.stderr
    assert "生成 7 个网站" in done.stdout
    assert (county / "site/qingshi/finance/2026-09/index.html").is_file()
    assert (county / "site-audit/index.html").is_file()


def test_a_held_back_table_ends_with_one_but_everything_is_published(county):
    plant_error(county)

    done = started("build", "--root", county)

    assert done.returncode == 1
    assert "「三千」不是数字" in done.stderr
    held = (county / "site/qingshi/finance/2026-03/index.html").read_text(encoding="utf-8")
    assert "处待更正" in held


def test_an_unknown_verb_or_option_is_a_usage_error(county):
    assert started("bild").returncode == 2
    assert cunwu("build", "--root", county, "--as-of", "昨天").returncode == 2


def test_every_verb_explains_itself():
    listing = started("--help").stdout

    for verb in ("check", "build", "serve", "new", "new-village", "export-docs"):
        assert verb in listing
        assert "--root" in cunwu(verb, "--help").stdout
