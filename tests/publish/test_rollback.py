"""Rolling back: an older release is served again at once, less what nobody may see any more."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
from pathlib import Path

import pytest

from generator.model.disclosure_log import NAME as LOG
from generator.publish.releases import files_below, kept_releases, number_of
from tests.commands.conftest import cunwu
from tests.counties import ROOT, changed, county_at
from tests.history.repositories import Repo

REGISTER = "content/dong/xi/publications.csv"
LEDGER = "content/dong/xi/finance/2026-02.csv"
LIST = "xi/subsidy/2025Q4--elderly/index.html"
DATA = "xi/data/subsidy-2025q4-elderly.csv"
SEAL = "xi/data/subsidy-2025q4-elderly.sealed.yaml"
EXAMPLE = re.compile(rb'"example":"[^"]*"')
PERSONS = ("田某", "冉某", "向某")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a county that was published twice while a list of persons hung."""
    work = tmp_path_factory.mktemp("rollback")
    repo = Repo(work / "county")
    county_at(repo.root)
    (repo.root / "mkdocs.yml").write_bytes((ROOT / "mkdocs.yml").read_bytes())
    (repo.root / ".gitignore").write_text("/site/\n/site-audit/\n/build/\n/content_private/\n", "utf-8")
    register = repo.root / REGISTER
    head, shown, *others = register.read_text(encoding="utf-8").splitlines()
    assert "elderly" in shown
    register.write_text("\n".join([head, shown.replace("2026-01-25", "2026-03-20"), *others, ""]), "utf-8")
    repo.commit("起点")
    put_out(work)
    changed(repo.root, LEDGER, ("修三组路灯", "修三组路灯和水管"))
    repo.commit("改一行")
    put_out(work)
    return work


@pytest.fixture
def work(made: Path, tmp_path: Path) -> Path:
    subprocess.run(["cp", "-a", f"{made}/.", str(tmp_path)], check=True)
    return tmp_path


def put_out(work: Path, *options: str) -> None:
    for done in (
        cunwu("build", "--root", work / "county", "--workers", "1"),
        cunwu("publish", work / "www", "--root", work / "county", *options),
    ):
        assert done.returncode == 0, done.stdout + done.stderr


def put_back(work: Path, *options: str) -> str:
    done = cunwu("rollback", work / "www", "--root", work / "county", *options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def today_is(work: Path, day: str) -> None:
    changed(work / "county", "site_config/county.yaml", ('as_of: "2026-03-10"', f'as_of: "{day}"'))


def shown_in(folder: Path) -> list[str]:
    """Return the files below ``folder`` that name a person of the list, but for the examples of schemas."""
    files = [path for path in files_below(folder) if "dictionary/" not in path]
    names = [person.encode() for person in PERSONS]
    contents = {path: EXAMPLE.sub(b"", (folder / path).read_bytes()) for path in files}
    return [path for path, content in contents.items() if any(name in content for name in names)]


def article_of(page: str) -> str:
    """Return what a page says, less its marks."""
    found = re.search(r"<article.*</article>", page, re.DOTALL)
    assert found is not None
    return found[0].replace('<span class="whole">', "").replace("</span>", "")


def without_state(article: str) -> list[str]:
    """Return the lines of a page, less how its duty stands, blank ones, and that it was changed."""
    lines = [re.sub(r' *<span class="chip.*?(?=</p>)', "", line) for line in article.splitlines()]
    return [line for line in lines if line and "换成了公示期满以后的样子" not in line]


def served(work: Path, path: str) -> str:
    return (work / "www/current" / path).read_text(encoding="utf-8")


def verified(work: Path) -> str:
    done = cunwu("verify", work / "www/current", "--root", work / "county")
    assert done.returncode == 0, done.stdout
    return done.stdout


def test_the_release_before_is_served_again_and_the_log_tells_of_it(work: Path):
    assert "修三组路灯和水管" in served(work, "xi/finance/2026-02/index.html")

    told = put_back(work)

    assert "已退回到第 1 次公开的网站（日志第 3 条）：新增 0 个文件" in told
    assert "有变动的村 1 个：xi" in told
    assert "修三组路灯和水管" not in served(work, "xi/finance/2026-02/index.html")
    line = json.loads((work / "county" / LOG).read_bytes().splitlines()[-1])
    assert (line["number"], line["kind"], list(line["changes"])) == (3, "rollback", [LEDGER])
    assert "全部相符" in verified(work)


def test_a_list_that_still_hangs_comes_back_with_it(work: Path):
    put_back(work)

    assert {LIST, DATA} <= set(shown_in(work / "www/current"))


@pytest.mark.parametrize("options", [(), ("--to", "1")])
def test_a_list_whose_display_is_over_does_not_come_back_in_any_file(work: Path, options: tuple[str, ...]):
    today_is(work, "2026-03-21")

    told = put_back(work, *options)

    assert "公示期已满的名单 1 份没有照原样放回去，换成了期满以后的样子：xi" in told
    assert shown_in(work / "www/current") == []
    assert not (work / "www/current" / DATA).exists()
    package = json.loads(served(work, "xi/data/datapackage.json"))
    assert all("elderly" not in entry["name"] for entry in package["resources"])
    assert "全部相符" in verified(work)


def test_a_page_of_a_list_comes_back_as_it_would_be_built_that_day(work: Path):
    today_is(work, "2026-03-21")

    put_back(work)
    back = article_of(served(work, LIST))
    built = cunwu("build", "--root", work / "county", "--workers", "1")

    assert built.returncode == 0, built.stderr
    # In the place of how it stands, which the register of then does not know, it says that it was changed.
    assert "按 2026 年 3 月 21 日的规定换成了公示期满以后的样子" in back
    page = article_of((work / "county/site" / LIST).read_text(encoding="utf-8"))
    assert "金额合计 550.00 元" in page
    assert without_state(back) == without_state(page)
    assert served(work, SEAL) == (work / "county/site" / SEAL).read_text(encoding="utf-8")


def test_names_that_the_county_keeps_masked_come_back_masked(work: Path):
    today_is(work, "2026-03-21")
    changed(work / "county", "schemas/subsidy.yaml", ("  laws:\n", "  names: {after: mask}\n  laws:\n"))

    put_back(work)

    assert shown_in(work / "www/current") == []
    assert "田**" in served(work, LIST)
    assert "公示至" not in article_of(served(work, LIST))
    assert "田**" in served(work, DATA)
    entries = json.loads(served(work, "xi/data/datapackage.json"))["resources"]
    entry = next(entry for entry in entries if entry["name"] == "subsidy-2025q4-elderly")
    content = (work / "www/current" / DATA).read_bytes()
    assert (entry["bytes"], entry["hash"]) == (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}")
    assert "全部相符" in verified(work)


def test_a_release_of_before_whose_package_names_files_of_schemas_keeps_naming_them(work: Path):
    today_is(work, "2026-03-21")
    path = kept_releases(work / "www")[1] / "xi/data/datapackage.json"
    package = json.loads(path.read_bytes())
    for entry in package["resources"]:
        entry["schema"] = "schema-of-then.json"
    path.unlink()
    path.write_text(json.dumps(package, ensure_ascii=False), encoding="utf-8")

    put_back(work)

    entries = json.loads(served(work, "xi/data/datapackage.json"))["resources"]
    assert {entry["schema"] for entry in entries} == {"schema-of-then.json"}
    assert all("elderly" not in entry["name"] for entry in entries)


def test_who_verifies_a_site_that_was_put_back_is_told_what_was_changed_and_when(work: Path):
    today_is(work, "2026-03-21")
    put_back(work)

    told = verified(work)

    assert "日志第 3 条是退回：放回的是第 1 条公开的网站" in told
    assert "xi/subsidy/2025Q4--elderly/：公示期已满，2026-03-21 换成了期满以后的样子，不是当时的原样" in told
    assert "公示期满的名单 1 份：核对了户数、合计和公示时写下的承诺" in told


def test_what_is_new_in_a_release_that_is_put_back_is_looked_through_again(work: Path):
    today_is(work, "2026-03-21")
    phone = "1380013" + "8001"
    changed(work / "county", "schemas/subsidy.yaml", ("elderly: 高龄津贴", f"elderly: 高龄津贴{phone}"))

    done = cunwu("rollback", work / "www", "--root", work / "county")

    assert done.returncode == 1
    assert phone not in done.stderr
    assert LIST in done.stderr


def test_a_display_that_was_shortened_since_counts_as_it_stands_today(work: Path):
    changed(work / "county", REGISTER, ("2026-03-20,村委会公开栏", "2026-03-09,村委会公开栏"))

    put_back(work)

    assert not any(person in served(work, LIST) for person in PERSONS)


def test_no_kept_release_shows_a_list_whose_display_is_over(work: Path):
    today_is(work, "2026-03-21")
    county = Repo(work / "county")
    county.commit("到期")

    put_out(work)

    assert len(kept_releases(work / "www")) == 3
    assert [path for folder in kept_releases(work / "www") for path in shown_in(folder)] == []
    assert shown_in(work / "www/villages") == []


def test_one_may_go_forward_again_after_going_back(work: Path):
    put_back(work)

    put_back(work, "--to", "2")

    assert "修三组路灯和水管" in served(work, "xi/finance/2026-02/index.html")
    assert "全部相符" in verified(work)


def test_going_back_again_goes_further_back_and_never_to_what_was_left(work: Path):
    put_back(work)

    done = cunwu("rollback", work / "www", "--root", work / "county")

    assert done.returncode == 3
    assert "没有留着" in done.stderr
    assert "修三组路灯和水管" not in served(work, "xi/finance/2026-02/index.html")


def test_the_next_publication_goes_on_after_it(work: Path):
    put_back(work)

    put_out(work)

    assert "修三组路灯和水管" in served(work, "xi/finance/2026-02/index.html")
    assert [number_of(folder) for folder in kept_releases(work / "www")] == [4, 3, 2, 1]
    assert "全部相符" in verified(work)


def test_a_release_that_is_not_kept_is_named_with_those_that_are(work: Path):
    done = cunwu("rollback", work / "www", "--to", "7", "--root", work / "county")

    assert done.returncode == 3
    assert "没有留着第 7 次公开的网站，可以退回到：1" in done.stderr


def test_where_nothing_older_is_kept_it_says_so(work: Path):
    put_out(work, "--keep", "1")

    done = cunwu("rollback", work / "www", "--root", work / "county")

    assert done.returncode == 3
    assert "没有留着以前的网站" in done.stderr


def test_a_release_that_shows_what_todays_rules_forbid_is_not_served(work: Path):
    before = (work / "www/current").resolve()
    page = (work / "www/releases").resolve() / kept_releases(work / "www")[1].name / "xi/index.html"
    page.resolve().write_text("<p>11010119900307" + "7" * 4 + "</p><p>13800138000</p>", encoding="utf-8")
    allowed = "allow:\n  - {file: x.html, kind: citizen-id, reason: 试, role: 县管理员}\n"
    (work / "county/site_config/privacy_allow.yaml").write_text(allowed, encoding="utf-8")

    done = cunwu("rollback", work / "www", "--root", work / "county")

    assert done.returncode == 1
    assert "没有发布，原来的网站保持不动" in done.stderr
    assert (work / "www/current").resolve() == before
    assert len((work / "county" / LOG).read_bytes().splitlines()) == 2
