"""Languages of a county: its own catalogues, what they fall back to, and what is wrong with them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from generator.model.finding import SetupError
from generator.model.period import Period
from generator.promises.languages import load_language, load_languages
from generator.promises.placeholders import problem_of
from generator.wording import _, counted, said, speaking
from generator.wording.words import remembering, retold

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'


def write(root: Path, text: str, code: str = "ii") -> None:
    folder = root / "site_config" / "locale"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{code}.po").write_text(HEAD + text, encoding="utf-8")


def test_a_county_of_one_language_reads_no_catalogue(tmp_path: Path):
    assert load_languages(tmp_path, ()) == () == load_languages(tmp_path, ("zh-Hans",))


def test_the_command_line_starts_without_the_library_of_catalogues():
    program = "import sys, generator.cli, generator.promises.promises; print('babel' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert told.stdout == "False\n"


def test_a_word_that_is_missing_falls_back_to_the_main_language(tmp_path: Path):
    write(tmp_path, '\nmsgid "首页"\nmsgstr "ꀋ"\n')
    _source, own = load_languages(tmp_path, ("zh-Hans", "ii"))
    _english, over_english = load_languages(tmp_path, ("en", "ii"))

    with speaking(own):
        assert (_("首页"), _("公开日历")) == ("ꀋ", "公开日历")
    with speaking(over_english):
        assert (_("首页"), _("公开日历")) == ("ꀋ", "Disclosure calendar")


def test_a_county_has_the_last_word_on_the_package_s_own_translation(tmp_path: Path):
    write(tmp_path, '\nmsgid "首页"\nmsgstr "Start"\n\nmsgctxt "schemas"\nmsgid "金额"\nmsgstr "Sum"\n', "en")

    with speaking(load_language(tmp_path, "en")):
        assert (_("首页"), said("金额"), _("搜索")) == ("Start", "Sum", "Search")


def test_each_language_is_called_by_its_own_name_and_knows_its_direction(tmp_path: Path):
    for code in ("ug", "bo", "qaa"):
        write(tmp_path, '"X-Native-Name: 土话\\n"\n' if code == "qaa" else "", code)
    found = [load_language(tmp_path, code) for code in ("en", "zh-Hant", "ug", "bo", "qaa")]

    assert [(one.name, one.is_rtl) for one in found] == [
        ("English", False),
        ("繁體", False),
        ("ئۇيغۇرچە", True),
        ("བོད་སྐད་", False),
        ("土话", False),
    ]


def test_a_language_counts_in_its_own_forms(tmp_path: Path):
    rule = "(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2)"
    rule = f'"Plural-Forms: nplurals=3; plural={rule};\\n"\n'
    write(
        tmp_path,
        rule
        + '\nmsgid "{count} 条"\nmsgid_plural "{count} 条"\n'
        + "".join(f'msgstr[{n}] "{{count}} {word}"\n' for n, word in enumerate("abc")),
    )

    with speaking(load_language(tmp_path, "ii")):
        told = {
            n: counted("{count} 条", n).format(count=n)[-1]
            for n in (1, 2, 5, 11, 21, 112, 1002, 1011, 1_000_021)
        }

    assert told == {1: "a", 2: "b", 5: "c", 11: "c", 21: "a", 112: "c", 1002: "b", 1011: "c", 1_000_021: "a"}


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        ('\nmsgid "共 {count} 项"\nmsgstr "all"\n', 5, "共 {count} 项"),
        ('\nmsgid "共 {count} 项"\nmsgstr "{count} {more}"\n', 5, "共 {count} 项"),
        ('\nmsgid "问 %(column)s"\nmsgstr "%(colum)s"\n', 5, "问 %(column)s"),
        ('\nmsgid "粗 <b>字</b>"\nmsgstr "bold"\n', 5, "粗 <b>字</b>"),
        ('\nmsgid "首页"\nmsgstr[3] "x"\nmsgid_plural "y"\n', None, ""),
        ('\nmsgid "首页"\nmsgstr "x"\nfoo\n', None, ""),
    ],
)
def test_a_translation_that_cannot_be_filled_in_names_file_and_message(
    tmp_path: Path, text: str, line: int | None, key: str
):
    write(tmp_path, text)

    with pytest.raises(SetupError) as caught:
        load_language(tmp_path, "ii")

    assert caught.value.file == "site_config/locale/ii.po"
    assert caught.value.key == key
    if line is not None:
        assert caught.value.line == line


def test_a_language_that_nobody_translated_is_refused_with_the_way_to_begin(tmp_path: Path):
    with pytest.raises(SetupError, match="cunwu words bo") as caught:
        load_languages(tmp_path, ("zh-Hans", "bo"))

    assert (caught.value.file, caught.value.key) == ("site_config/county.yaml", "languages")


def test_a_doubtful_translation_is_not_used(tmp_path: Path):
    write(tmp_path, '\n#, fuzzy\nmsgid "首页"\nmsgstr "?"\n')

    with speaking(load_language(tmp_path, "ii")):
        assert _("首页") == "首页"


def test_large_numbers_and_months_may_be_said_another_way():
    assert problem_of("{number} 万{unit}", "{full} {unit}") == ""
    assert problem_of("{year}年{month}月", "{month_name} {year}") == ""
    assert problem_of("{count} 条", "{full}") != ""


def test_the_language_is_what_it_was_after_the_block_and_after_a_failure(tmp_path: Path):
    english = load_language(tmp_path, "en")
    with pytest.raises(RuntimeError), speaking(english):
        with speaking(None):
            assert _("首页") == "首页"
        assert _("首页") == "Home"
        raise RuntimeError

    assert _("首页") == "首页"


def test_what_was_said_once_can_be_told_in_another_language(tmp_path: Path):
    with remembering():
        asked = _("{least} {unit}以上").format(least=3, unit=_("人"))
        several = _("，").join([asked, _("达到 {share}").format(share=_("过半数"))])

    assert several == "3 人以上，达到 过半数"
    with speaking(load_language(tmp_path, "en")):
        assert retold(several) == "at least 3 people, at least more than half"


def test_what_is_kept_of_one_language_is_never_said_in_another(tmp_path: Path):
    period = Period.parse("2026-03")
    write(tmp_path, '\nmsgid "{year}年{month}月"\nmsgstr "{month}/{year}"\n')

    assert period.title == "2026年3月"
    with speaking(load_language(tmp_path, "en")):
        assert period.title == "March 2026"
    with speaking(load_language(tmp_path, "ii")):
        assert period.title == "3/2026"
    with remembering():
        remembered = period.title
    assert period.title == "2026年3月"
    with speaking(load_language(tmp_path, "en")):
        assert retold(remembered) == "March 2026"
