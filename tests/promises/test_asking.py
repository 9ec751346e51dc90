"""Asking: what a county may say of how it is asked, and what it may not."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.model.finding import SetupError
from generator.promises.asking import Asking
from generator.promises.settings import load_settings
from tests.sample import copy_sample


@pytest.fixture
def county(tmp_path: Path) -> Path:
    return copy_sample(tmp_path / "county")


def with_asking(county: Path, *lines: str) -> Path:
    path = county / "site_config/county.yaml"
    head = path.read_text(encoding="utf-8").partition("\nasking:")[0]
    path.write_text("\n".join([head, "asking:", *(f"  {line}" for line in lines), ""]), encoding="utf-8")
    return county


def test_a_county_that_says_nothing_is_asked_by_telephone_alone(county: Path):
    path = county / "site_config/county.yaml"
    path.write_text(path.read_text(encoding="utf-8").partition("\nasking:")[0] + "\n", encoding="utf-8")

    assert load_settings(county).asking == Asking()


def test_the_form_is_given_the_reference(county: Path):
    asking = load_settings(with_asking(county, "form_url: https://cunwu.example/wen?ref={ref}&x=1")).asking

    assert asking.form_for("a-b-2026") == "https://cunwu.example/wen?ref=a-b-2026&x=1"


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("form_url: http://cunwu.example/{ref}", "form_url"),
        ("form_url: https://cunwu.example/", "form_url"),
        ("form_url: javascript:alert({ref})", "form_url"),
        ("form_url: https://cunwu.example/{ref}/{ref}", "form_url"),
        ("email: wen at cunwu.example", "email"),
        ("sms: 000-99999999", "sms"),
        ("wechat: wen", "wechat"),
    ],
)
def test_a_way_that_cannot_work_is_refused_by_name(county: Path, line: str, key: str):
    with pytest.raises(SetupError) as error:
        load_settings(with_asking(county, line))

    assert key in str(error.value)


def test_messages_go_to_a_number_that_the_county_publishes_anyway(county: Path):
    assert load_settings(with_asking(county, "sms: 000 1234 5678")).asking.sms == "000 1234 5678"
