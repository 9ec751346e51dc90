"""cunwu new and new-village: what they write is read back without complaint."""

from __future__ import annotations

import pytest

from tests.commands.conftest import cunwu


@pytest.mark.parametrize("village", ["qingshi", "999901201000", "999901101000", "青石村"])
def test_a_village_may_be_named_by_slug_code_former_code_or_name(county, village):
    done = cunwu("new", village, "finance", "2026-10", "--root", county)

    assert done.returncode == 0, done.stderr
    written = (county / "content/qingxi/qingshi/finance/2026-10.csv").read_text(encoding="utf-8")
    assert written == "序号,日期,凭证号,摘要,主体,账户,类别,收入,支出,结余,备注\n"


def test_a_list_of_persons_goes_to_the_private_root(county):
    done = cunwu("new", "青石村", "补贴发放", "2026Q4--elderly", "--root", county)

    assert done.returncode == 0, done.stderr
    assert (county / "content_private/qingxi/qingshi/subsidy/2026Q4--elderly.csv").is_file()


def test_a_document_gets_an_outline_that_yaml_can_read(county):
    done = cunwu("new", "竹园村", "notice", "2026-10-18", "--root", county)

    assert done.returncode == 0, done.stderr
    checked = cunwu("check", "content/qingxi/zhuyuan/notice", "--root", county)
    assert "「标题」 错误：这一格必须填写" in checked.stdout
    assert "yaml" not in checked.stdout.replace(".yaml", "")


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("无名村", "finance", "2026-10"), "找不到村"),
        (("青石村", "finances", "2026-10"), "没有公开项目"),
        (("青石村", "finance", "十月"), "不是一个期间"),
        (("青石村", "finance", "2026Q4"), "请写成类似 2026-10"),
        (("青石村", "finance", "2026-09"), "已经存在"),
        (("青石村", "subsidy_standard", "2026"), "不公开"),
    ],
)
def test_what_would_not_be_read_again_is_refused_with_the_reason(county, arguments, reason):
    done = cunwu("new", *arguments, "--root", county)

    assert done.returncode == 2
    assert reason in done.stderr


def test_a_new_village_is_built_with_the_others(county):
    made = cunwu("new-village", "清溪镇", "yanqian", "岩前村", "999901203000", "--root", county)
    built = cunwu("build", "--root", county)

    assert made.returncode == 0, made.stderr
    assert built.returncode in (0, 1)
    assert "岩前村" in (county / "site/index.html").read_text(encoding="utf-8")
    assert (county / "site/yanqian/index.html").is_file()


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("无名镇", "yanqian", "岩前村", "999901203000"), "找不到乡镇"),
        (("qingxi", "qingshi", "岩前村", "999901203000"), "已被青石村使用"),
        (("qingxi", "Yan Qian", "岩前村", "999901203000"), "不能用作网址"),
        (("qingxi", "yanqian", "岩前村", "12345"), "12 位数字"),
    ],
)
def test_a_village_that_could_not_be_built_is_refused_and_leaves_nothing_behind(county, arguments, reason):
    before = sorted((county / "content/qingxi").iterdir())

    done = cunwu("new-village", *arguments, "--root", county)

    assert done.returncode == 2
    assert reason in done.stderr
    assert sorted((county / "content/qingxi").iterdir()) == before
