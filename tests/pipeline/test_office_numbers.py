"""Office numbers stand on every page: they are passed over, and hide nothing that stands beside them."""

from __future__ import annotations

from datetime import date

import pytest

from generator.intake.walk import walk_county
from generator.model.site import File
from generator.pipeline.guard import Guard
from generator.promises.promises import load_promises
from tests.sample import ROOT

OFFICE = "000-10010001"
LINK = '<a href="tel:00010010001">打电话<small> 000-10010001</small></a>'


@pytest.fixture(scope="module")
def leaks():
    promises = load_promises(ROOT)
    county = walk_county(promises)
    guard = Guard(promises, county.townships, date(2026, 10, 20))
    village = county.village_named("qingshi")
    return lambda text: guard.leaks_of_files(village, [File("qingshi/index.html", text.encode("utf-8"))])


def test_the_number_of_an_office_may_stand_on_a_page(leaks):
    assert leaks(f"<p>{LINK}</p>") == []
    assert leaks(f"<p>{OFFICE}</p>") == []


@pytest.mark.parametrize(
    "form", ["<p>{link}{phone}</p>", "<p>{phone}{link}</p>", "{link}<b>{phone}</b>{link}"]
)
def test_a_number_of_somebody_beside_it_is_found(leaks, form: str):
    phone = "139" + "12345678"

    assert len(leaks(form.format(link=LINK, phone=phone))) == 1


def test_an_identity_number_within_such_a_link_is_found(leaks):
    digits = "50010119800101001"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    number = digits + "10X98765432"[sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11]

    assert [leak.kind for leak in leaks(f'<a href="tel:{number}">{LINK}</a>')] == ["citizen-id"]
