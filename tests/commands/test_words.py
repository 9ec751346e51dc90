"""cunwu words, and the language in which the verbs speak."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.catalogue import POT, TERMS_POT, read_translation
from tests.commands.conftest import cunwu


def asked(language: str, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a verb that is asked to speak ``language``."""
    program = Path(sys.executable).with_name("cunwu")
    environment = {**os.environ, "CUNWU_LANG": language}
    return subprocess.run(
        [program, *arguments], capture_output=True, text=True, cwd=cwd, env=environment, check=False
    )


def test_a_new_language_begins_with_every_message(county: Path):
    result = cunwu("words", "bo", cwd=county)
    sheet = county / "site_config/locale/bo.po"
    found = [entry for entry in read_translation(sheet) if entry.id]

    assert result.returncode == 0, result.stderr
    wanted = sum(1 for pot in (POT, TERMS_POT) for entry in read_translation(pot) if entry.id)
    assert len(found) == wanted
    assert f"bo：共 {wanted} 条，已译 0 条，还缺 {wanted} 条" in result.stdout


def test_what_was_translated_stays_when_the_file_is_written_anew(county: Path):
    cunwu("words", "bo", cwd=county)
    sheet = county / "site_config/locale/bo.po"
    text = sheet.read_text(encoding="utf-8")
    sheet.write_text(
        text.replace('msgid "公开日历"\nmsgstr ""', 'msgid "公开日历"\nmsgstr "ལོ་ཐོ།"'), encoding="utf-8"
    )
    first = sheet.read_text(encoding="utf-8")
    result = cunwu("words", "bo", cwd=county)

    assert "ལོ་ཐོ།" in first and "已译 1 条" in result.stdout
    assert "ལོ་ཐོ།" in sheet.read_text(encoding="utf-8")
    assert cunwu("words", "bo", cwd=county).returncode == 0
    assert sheet.read_text(encoding="utf-8").count("ལོ་ཐོ།") == 1


def test_a_language_of_the_package_lacks_nothing(county: Path):
    for language in ("en", "zh-Hant"):
        result = cunwu("words", language, "--missing", cwd=county)

        assert (result.returncode, result.stdout) == (0, ""), language
    assert not (county / "site_config/locale").exists()


def test_what_is_missing_is_listed_and_told_by_the_exit_code(county: Path):
    schema = county / "schemas/finance.yaml"
    text = schema.read_text(encoding="utf-8")
    schema.write_text(text.replace("question: ", "question: 又", 1), encoding="utf-8")
    result = cunwu("words", "en", "--missing", cwd=county)

    assert result.returncode == 1
    assert len(result.stdout.splitlines()) == 1 and result.stdout.startswith("又")


def test_a_message_that_nobody_says_is_named(county: Path):
    folder = county / "site_config/locale"
    folder.mkdir()
    (folder / "en.po").write_text('msgid ""\nmsgstr ""\n\nmsgid "没有这句话"\nmsgstr "x"\n', encoding="utf-8")

    assert "没有这句话" in cunwu("words", "en", "--missing", cwd=county).stderr


def test_a_verb_speaks_chinese_unless_it_is_asked_otherwise(county: Path):
    chinese = cunwu("items", cwd=county).stdout
    english = asked("en", "items", cwd=county).stdout

    assert chinese.splitlines()[-1].startswith("共 ")
    assert not english.splitlines()[-1].startswith("共 ")
    assert "Village affairs disclosure: check records" in asked("en", "--help", cwd=county).stdout


def test_findings_are_told_in_the_language_asked_for_by_every_worker(county: Path):
    for workers in ("1", "2"):
        told = asked("en", "check", "--workers", workers, cwd=county)
        assert "Checked 7 villages and offices" in told.stdout + told.stderr
        assert "逾期" not in told.stdout


def test_what_is_built_does_not_depend_on_who_asks(county: Path):
    asked("en", "build", "--as-of", "2026-10-20", cwd=county)

    assert '<html lang="zh-CN"' in (county / "site/index.html").read_text(encoding="utf-8")
    assert "公开日历" in (county / "site/qingshi/index.html").read_text(encoding="utf-8")


def test_a_language_that_does_not_exist_is_one_message(county: Path):
    result = asked("xx", "items", cwd=county)

    assert result.returncode == 3
    assert "xx" in result.stderr and "Traceback" not in result.stderr
