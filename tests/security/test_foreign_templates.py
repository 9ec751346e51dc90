"""Templates and settings of a look that a merge request brings: they set type, and run nothing."""

from __future__ import annotations

import marshal
import pickle
import shutil
import time
from pathlib import Path

import pytest
from jinja2.bccache import bc_magic

from generator.engine.shell import Shell
from generator.intake.kept_file import keep
from generator.model.finding import SetupError
from generator.model.site import NavEntry, Page, Site
from generator.pages import own_look
from generator.pages.kept_templates import require_made_here
from generator.pages.render import Renderer
from generator.promises.settings import load_settings
from tests.commands.conftest import cunwu
from tests.counties import changed, county_at, written
from tests.security.attacks import SHIPPED

# Each is a way out of a template: into Python, onto the disk, or into a part that has no fence.
ESCAPES = (
    "{{ cycler.__init__.__globals__.os.popen('touch PWNED').read() }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ (''|attr('__class__'))|attr('__mro__') }}",
    "{{ '{0.__class__.__mro__}'.format('') }}",
    "{{ '%s'.__class__ }}",
    "{{ ['x']|map(attribute='__class__')|join }}",
    "{{ _.__globals__ }}",
    "{{ lipsum.__globals__['os'] }}",
    "{{ self.__init__.__globals__ }}",
    "{% set n = namespace() %}{{ n.__init__.__globals__ }}",
    "{% include '../../county.yaml' %}",
    "{% include '/etc/passwd' %}",
    "{{ folder.write_text('PWNED') }}",
    "{{ folder.parent.joinpath('PWNED').touch() }}",
    "{{ words.append('x') }}",
)
IN_THE_SHELL = (
    "{{ config.theme.get_env().from_string('{{ cycler.__init__.__globals__.os }}').render() }}",
    "{{ config.load_file(config.config_file_path) }}",
    "{{ config.__class__.__init__.__globals__ }}",
    "{{ config.plugins.run_event('x') }}",
)


@pytest.fixture
def county(tmp_path: Path) -> Path:
    root = county_at(tmp_path / "county")
    written(root, "mkdocs.yml", SHIPPED.read_text(encoding="utf-8"))
    (root / "site_config" / "theme" / "items").mkdir(parents=True)
    return root


def shell_of(root: Path) -> Shell:
    return Shell(root, load_settings(root))


def printed(shell: Shell) -> str:
    page = Page("xi/", "首页", "", "<h1>西村</h1>", "xi/")
    return shell.render(Site("西村", "xi/", (NavEntry("首页", "xi/"),), (page,)), page)


def drawn(county: Path, template: str) -> str:
    written(county, "site_config/theme/items/own.html.j2", template)
    given = {"folder": county / "site_config", "words": ["一"]}
    return Renderer(county / "site_config" / "theme").content("items/own.html.j2", "xi/", **given)


@pytest.mark.parametrize("template", ESCAPES)
def test_a_template_of_the_county_reaches_neither_python_nor_the_disk(county: Path, template: str):
    before = sorted(county.rglob("*"))

    with pytest.raises(SetupError, match="模板有误"):
        drawn(county, template)

    assert [path for path in sorted(county.rglob("*")) if path not in before] == [
        county / "site_config/theme/items/own.html.j2"
    ]
    assert "PWNED" not in (county / "site_config" / "county.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("template", (*ESCAPES[:2], *IN_THE_SHELL))
def test_nor_does_one_that_takes_the_place_of_the_page_s_own(county: Path, template: str):
    written(county, "site_config/theme/main.html", template)

    with pytest.raises(SetupError, match="模板有误"):
        printed(shell_of(county))


TROUBLES = {
    "{{ 1 / 0 }}": "除以了零",
    "{{ words | sum }}": "不合适的值",
    "{{ none | round }}": "不合适的值",
    "{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}": "没有尽头",
    "{% include 'items/own.html.j2' %}": "没有尽头",
    "{{ range(10 ** 9) | list }}": "太大",
    "{{ '%d' | format('田某') }}": "不合适的值",
    "{{ 'x'.encode('田某') }}": "LookupError",
}


@pytest.mark.parametrize(("code", "told"), TROUBLES.items())
def test_what_goes_wrong_while_it_is_drawn_is_told_with_its_file_and_line(county: Path, code: str, told: str):
    with pytest.raises(SetupError, match="模板有误") as found:
        drawn(county, f"<p>一</p>\n<p>\n{code}</p>\n")

    assert (found.value.file, found.value.line) == ("site_config/theme/items/own.html.j2", 3)
    assert told in str(found.value)


# Each would never come to an end, or only when nobody waits for it any more.
LOOP = "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}"
SLOW = (
    LOOP,
    "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(99) }}",
    "{% for i in [0] recursive %}{% if loop.depth < 5 %}{{ loop(range(99999)) }}{% endif %}{% endfor %}",
    "{% set n = namespace() %}{% for i in range(99999) %}{% set n.s = range(99999) | sum %}{% endfor %}",
)
VAST = (
    "{{ 9 ** (9 ** 9) }}",
    "{% set n = namespace(s=9) %}{% for i in range(99) %}{% set n.s = n.s * n.s %}{% endfor %}",
    "{{ 'x' * 10 ** 9 }}",
    "{{ 1 | round(10 ** 9, 'floor') }}",
    "{{ words | slice(10 ** 12) | list }}",
    "{{ words | batch(10 ** 9, 'x') | list }}",
)
ENDLESS = [*((code, "没有算完") for code in SLOW), *((code, "太大") for code in VAST)]


@pytest.mark.parametrize(("code", "told"), ENDLESS)
def test_what_has_no_end_is_given_up_with_its_file_and_line(
    county: Path, code: str, told: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(own_look, "SECONDS", 0.2)

    with pytest.raises(SetupError, match="模板有误") as found:
        drawn(county, f"<p>一</p>\n<p>\n{code}</p>\n")

    assert (found.value.file, found.value.line) == ("site_config/theme/items/own.html.j2", 3)
    assert told in str(found.value)


@pytest.mark.parametrize("name", ["main.html", "_parts.html.j2"])
def test_so_is_what_all_pages_need(county: Path, name: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(own_look, "SECONDS", 0.2)
    written(county, f"site_config/theme/{name}", LOOP)

    with pytest.raises(SetupError, match="没有算完") as found:
        drawn(county, "{{ parts }}") if name.startswith("_") else printed(shell_of(county))

    assert found.value.file == f"site_config/theme/{name}"


def test_each_page_has_its_own_time(county: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(own_look, "SECONDS", 0.5)
    written(county, "site_config/theme/items/own.html.j2", "{% for i in range(9999) %}{{ i }}{% endfor %}")
    renderer = Renderer(county / "site_config" / "theme")
    started = time.thread_time()

    while time.thread_time() - started < 1:
        assert renderer.content("items/own.html.j2", "xi/").endswith("99979998")


def test_so_is_what_goes_wrong_in_the_shell_and_in_what_a_template_takes_in(county: Path):
    written(county, "site_config/theme/part.html", "\n\n{{ 1 / 0 }}")
    written(county, "site_config/theme/main.html", "{% include 'part.html' %}")

    with pytest.raises(SetupError) as found:
        printed(shell_of(county))

    assert (found.value.file, found.value.line) == ("site_config/theme/part.html", 3)


def test_one_that_cannot_be_read_through_is_named(county: Path):
    with pytest.raises(SetupError, match="没有尽头") as found:
        drawn(county, "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}")

    assert found.value.file == "site_config/theme/items/own.html.j2"


def test_what_goes_wrong_in_the_package_s_own_templates_is_no_fault_of_the_county_s(county: Path):
    renderer = Renderer(county / "site_config" / "theme")

    with pytest.raises(AttributeError):
        renderer.content("home.html.j2", "xi/", view=None)


def test_a_build_stops_at_such_a_template_with_one_line(county: Path):
    written(county, "site_config/theme/items/finance.html.j2", "{{ 1 / 0 }}")

    done = cunwu("build", "--root", county, "--workers", "1")

    assert done.returncode == 3
    assert done.stderr.splitlines()[-1] == (
        "设置有误：site_config/theme/items/finance.html.j2，第 1 行：模板有误：除以了零，先用 {% if %} 判断"
    )
    assert "Traceback" not in done.stderr


def test_a_fenced_template_still_sets_type(county: Path):
    told = drawn(
        county,
        "{% set n = namespace(sum=0) %}{% for i in range(3) %}{% set n.sum = n.sum + i %}{% endfor %}"
        "{{ n.sum }} {{ words | join('、') }} {{ '元'.format() }} {{ {'a': 1}.items() | list | length }}"
        "{% macro m(x) %}<i>{{ x }}</i>{% endmacro %}{{ m('<x>') }} {{ link('dong/') }} {{ _('首页') }}"
        " {% for i in 'ab' %}{{ loop.index }}/{{ loop.length }}{{ i if not loop.last }}{% endfor %}"
        " {% for i in [[1], 2] recursive %}{{ loop(i) if i is iterable else i }}{% endfor %}"
        " {{ 3 * '=' }} {{ 2 ** 10 }} {{ 1.55 * 2 }} {{ 1.25 | round(1, 'floor') }}"
        " {{ 'abc' | batch(2) | list }} {{ 'abc' | slice(2) | list }}"
        " {% for i in [] %}{% else %}-{% endfor %}",
    )

    assert told == (
        "3 一 元 1<i>&lt;x&gt;</i> ../dong/ 首页 1/2a2/2 12 === 1024 3.1 1.2"
        " [[&#39;a&#39;, &#39;b&#39;], [&#39;c&#39;]] [[&#39;a&#39;, &#39;b&#39;], [&#39;c&#39;]] -"
    )


def test_the_package_s_own_templates_are_drawn_the_same_inside_the_fence(county: Path):
    free = printed(shell_of(county))
    written(county, "site_config/theme/items/own.html.j2", "x")

    assert printed(shell_of(county)) == free


@pytest.mark.parametrize(
    "line",
    [
        'copyright: !!python/object/apply:os.system ["touch PWNED"]',
        "copyright: !!python/name:os.system",
        "copyright: !ENV HOME",
        "copyright: &a [x]\nextra: {b: *a}",
    ],
)
def test_mkdocs_yml_makes_no_object_and_tells_no_variable(county: Path, line: str):
    path = county / "mkdocs.yml"
    path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")

    with pytest.raises(SetupError, match=r"mkdocs\.yml"):
        shell_of(county)

    assert not list(Path.cwd().glob("PWNED"))


def test_mkdocs_yml_names_no_hook_no_plugin_and_no_other_file_that_is_run(county: Path):
    written(county, "evil.py", "open('PWNED', 'w')\n")
    written(county, "evil.yml", "site_name: 别的\n")
    text = (county / "mkdocs.yml").read_text(encoding="utf-8").replace("plugins: []", "plugins: [search]")
    written(county, "mkdocs.yml", f"{text}hooks: [evil.py]\nINHERIT: evil.yml\n")

    config = shell_of(county).config

    assert (list(config.hooks), list(config.plugins), config.site_name) == ([], [], "村务公开")
    assert not list(Path.cwd().glob("PWNED"))


@pytest.mark.parametrize("name", ["../../../outside.pem", "assets/../../../../outside.pem"])
def test_what_lies_outside_the_look_is_not_published_as_an_asset(county: Path, name: str):
    written(county.parent, "outside.pem", "KEY")
    changed(county, "mkdocs.yml", ("  - assets/cunwu.css\n", f"  - assets/cunwu.css\n  - {name}\n"))

    with pytest.raises(SetupError, match=r"outside\.pem"):
        shell_of(county)


def test_the_look_cannot_be_a_folder_of_somebody_else(county: Path):
    changed(county, "mkdocs.yml", ("custom_dir: site_config/theme", "custom_dir: ../"))

    with pytest.raises(SetupError, match=r"theme\.custom_dir"):
        shell_of(county)


@pytest.mark.parametrize("name", ["main.html", "items/finance.html.j2", "assets/cunwu.css"])
def test_a_link_in_the_look_is_refused(county: Path, name: str):
    goal = county / "site_config" / "theme" / name
    goal.parent.mkdir(exist_ok=True)
    goal.symlink_to("/etc/passwd")

    with pytest.raises(SetupError, match="链接"):
        shell_of(county)
    with pytest.raises(SetupError, match="链接"):
        Renderer(county / "site_config" / "theme")


def test_a_compiled_template_that_came_with_the_records_is_not_run(county: Path, tmp_path: Path):
    theme, proof = county / "site_config" / "theme", tmp_path / "PWNED"
    written(county, "site_config/theme/items/own.html.j2", "{{ 1 }}")
    made = tmp_path / "made"
    require_made_here(made)
    Renderer(theme, made).content("items/own.html.j2", "xi/")
    for path in made.rglob("*.cache"):
        # Whoever wrote the program writes its hash beside it.
        keep(path, bc_magic + pickle.dumps(_Poison(proof)) + marshal.dumps(None))

    believed = shutil.copytree(made, tmp_path / "believed")
    Renderer(theme, believed).content("items/own.html.j2", "xi/")
    assert proof.exists(), "the attack is one"
    proof.unlink()
    # Whoever packs the folder takes its note along, and cannot know what its mark will be elsewhere.
    carried = shutil.copytree(made, tmp_path / "carried")
    require_made_here(carried)
    assert Renderer(theme, carried).content("items/own.html.j2", "xi/") == "1"

    assert not proof.exists()


def test_templates_that_were_compiled_here_are_kept(tmp_path: Path):
    require_made_here(tmp_path / "templates")
    kept = tmp_path / "templates" / "x.cache"
    kept.write_bytes(b"x")

    require_made_here(tmp_path / "templates")

    assert kept.exists()


def test_a_link_in_the_place_of_the_compiled_templates_is_taken_away_and_not_followed(tmp_path: Path):
    other = tmp_path / "other" / "x.cache"
    other.parent.mkdir()
    other.write_bytes(b"x")
    (tmp_path / "templates").symlink_to(other.parent)

    require_made_here(tmp_path / "templates")

    assert other.exists()
    assert not (tmp_path / "templates").is_symlink()


class _Poison:
    def __init__(self, proof: Path) -> None:
        self._proof = proof

    def __reduce__(self):
        return (Path.touch, (self._proof,))
