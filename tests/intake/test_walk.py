"""Walks: paths alone say who discloses what, and what fits nowhere is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.intake.walk import SourceFile, walk_county
from generator.promises.promises import load_promises
from tests.counties import changed, county_at, verdict_on, written

XI = "content/dong/xi"
HE = 'slug: he\nname: 河村\ncode: "999901202000"\nkind: village\nvalid_from: "2026-03-01"\n'


def test_villages_come_in_order_of_folder_with_their_township_first(tmp_path: Path):
    root = written(county_at(tmp_path), "content/dong/he/village.yaml", HE)
    written(root, "content/_county/notice/2026-03-01.yaml", "")

    county = walk_county(load_promises(root))

    assert [(village.folder, village.kind) for village in county.villages] == [
        ("_county", "county"),
        ("dong/_township", "township"),
        ("dong/he", "village"),
        ("dong/xi", "village"),
    ]
    assert [township.name for township in county.townships] == ["东山镇"]
    assert county.findings == ()


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("xi", "xi"),
        ("999901201000", "xi"),
        ("999901101000", "xi"),
        ("溪口村", "xi"),
        ("河村", None),
        ("", None),
    ],
)
def test_a_village_is_found_by_slug_code_former_code_or_name(tmp_path: Path, name: str, slug: str | None):
    root = changed(
        county_at(tmp_path), f"{XI}/village.yaml", ("kind:", 'former_codes: ["999901101000"]\nkind:')
    )
    written(root, "content/dong/he/village.yaml", HE)
    written(root, "content/dong/yi/village.yaml", HE.replace("slug: he", "slug: yi"))

    village = walk_county(load_promises(root)).village_named(name)

    assert (village.slug if village else None) == slug


@pytest.mark.parametrize(
    ("name", "stem", "suffix"),
    [("2026-03.csv", "2026-03", "csv"), ("2026-03", "2026-03", ""), ("2026.tar.gz", "2026.tar", "gz")],
)
def test_a_file_name_is_stem_and_suffix(name: str, stem: str, suffix: str):
    file = SourceFile(name, name, "finance", name, False)

    assert (file.stem, file.suffix) == (stem, suffix)


@pytest.mark.parametrize(
    ("file", "text", "lines"),
    [
        ("content/dong/2026.csv", "", ["content/dong/2026.csv:::file-unexpected"]),
        (f"{XI}/finance/old/2026-01.csv", "", [f"{XI}/finance/old:::file-unexpected"]),
        ("content_private/readme.txt", "", ["content_private/readme.txt:::file-unexpected"]),
        ("content_private/dong/he/subsidy/2026Q1.csv", "", ["content_private/dong/he:::file-unexpected"]),
        ("content_private/nan/he/subsidy/2026Q1.csv", "", ["content_private/nan/he:::file-unexpected"]),
        (
            "content_private/dong/xi/village.yaml",
            HE,
            ["content_private/dong/xi/village.yaml:::file-unexpected"],
        ),
        (
            "content_private/dong/xi/publications.csv",
            "",
            ["content_private/dong/xi/publications.csv:::file-unexpected"],
        ),
        (f"{XI}/Finance/2026-01.csv", "", [f"{XI}/Finance:::item-unknown"]),
        ("content/DONG/township.yaml", 'name: 镇\ncode: "999902000000"\n', ["content/DONG:::folder-name"]),
        (
            "content/assets/township.yaml",
            'name: 镇\ncode: "999902000000"\n',
            ["content/assets:::folder-name"],
        ),
        ("content/nan/township.yaml", "name: 镇\n", ["content/nan/township.yaml:1:code:village-file"]),
        (
            "content/dong/he/village.yaml",
            HE + "phone: 1\n",
            ["content/dong/he/village.yaml:6:phone:village-file"],
        ),
        (
            "content/dong/he/village.yaml",
            HE.replace("kind: village", "kind: 村"),
            ["content/dong/he/village.yaml:4:kind:village-file"],
        ),
        ("content/dong/he/village.yaml", "", ["content/dong/he/village.yaml:1:（整个文件）:village-file"]),
        (
            "content/dong/he/village.yaml",
            HE.replace("slug: he", "slug: dong"),
            ["content/dong/he/village.yaml:::slug-duplicate"],
        ),
    ],
)
def test_what_fits_nowhere_is_told_and_the_rest_is_read(
    tmp_path: Path, file: str, text: str, lines: list[str]
):
    root = written(county_at(tmp_path), file, text)

    verdict = verdict_on(root)

    assert verdict.lines == lines
    assert len(verdict.judgements["xi"].package.resources) == 7


def test_a_village_that_cannot_be_read_costs_the_others_nothing(tmp_path: Path):
    root = written(county_at(tmp_path), "content/dong/he/village.yaml", HE.replace("999901202000", "12"))
    written(root, "content/dong/he/finance/2026-03.csv", "x")

    verdict = verdict_on(root)

    assert verdict.lines == ["content/dong/he/village.yaml:3:code:village-file"]
    assert sorted(verdict.judgements) == ["dong", "xi"]
