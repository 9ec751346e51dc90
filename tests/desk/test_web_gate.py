"""The gate of the desk: this machine, invited phones, and nobody else; no form without its token."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desk.clerks import PORT, Clerk, git_county, ledger

LAN = "192.168.1.20"
PHONE = "192.168.1.77"


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return git_county(tmp_path_factory.mktemp("desk") / "county")


@pytest.fixture(scope="module")
def clerk(county: Path, tmp_path_factory: pytest.TempPathFactory) -> Clerk:
    return Clerk(county, tmp_path_factory.mktemp("home"), lan=LAN)


def phone_of(clerk: Clerk) -> Clerk:
    phone = clerk.beside()
    phone.address, phone.host = PHONE, f"{LAN}:{PORT}"
    return phone


def invitation(clerk: Clerk) -> str:
    return clerk.desk.gate.invitation.partition(f":{PORT}")[2]


def test_a_name_that_is_not_the_desk_s_is_refused(clerk: Clerk):
    stranger = clerk.beside()
    for host in ("evil.example", f"evil.example:{PORT}", "127.0.0.1:1", ""):
        stranger.host = host
        assert stranger.get("/").status in (400, 403), host


def test_a_phone_without_an_invitation_is_refused_everywhere(clerk: Clerk):
    phone = phone_of(clerk)

    for address in (
        "/",
        "/review",
        "/done",
        "/forms",
        "/works/0123456789abcdef",
        "/static/desk.css",
        "/?token=x",
    ):
        assert phone.get(address).status == 403, address


def test_an_invitation_is_good_once_and_then_the_phone_is_known(clerk: Clerk):
    address = invitation(clerk)
    phone, other = phone_of(clerk), phone_of(clerk)

    page = phone.get(address)
    assert (page.status, page.onward) == (302, "/")
    assert "SameSite=Strict" in page.headers["Set-Cookie"]
    assert phone.get("/").status == 200
    assert other.get(address).status == 403
    assert invitation(clerk) != address


def test_a_phone_is_told_that_the_line_is_not_encrypted_and_gets_no_invitation_to_pass_on(clerk: Clerk):
    phone = phone_of(clerk)
    phone.get(invitation(clerk))
    page = phone.get("/")

    assert "这条线路没有加密" in page.text
    assert "<svg" not in page.html
    assert "token=" not in page.html
    assert "口令可能被同一网络里的人看到" in phone.get("/reviewers/new").text


def test_this_machine_sees_the_code_to_scan(clerk: Clerk):
    page = clerk.get("/")

    assert "<svg" in page.html
    assert clerk.desk.gate.invitation in page.text


def test_without_lan_nobody_else_comes_in(county: Path, tmp_path: Path):
    clerk = Clerk(county, tmp_path / "home")
    stranger = clerk.beside()
    stranger.address = PHONE

    assert clerk.desk.gate.invitation == ""
    assert stranger.get("/?token=").status == 403


@pytest.mark.parametrize("token", ["", "x", None])
def test_a_form_without_its_token_changes_nothing(clerk: Clerk, token: str | None):
    if token is None:
        token = clerk.beside().token()  # that of another browser
    for address in ("/works", "/send", "/bundles", "/receive", "/reviewers/new", "/done/x/undo", "/review/x"):
        page = clerk.post(address, {}, token=token)
        assert page.status == 400, address
        assert "已经保存的内容都在" in page.text


def test_every_answer_forbids_what_is_not_the_desk_s_own(clerk: Clerk):
    for address in ("/", "/review", "/static/desk.js", "/nothing"):
        headers = clerk.get(address).headers
        assert "default-src 'self'" in headers["Content-Security-Policy"], address
        assert "unsafe-inline" not in headers["Content-Security-Policy"], address
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_no_page_asks_anything_of_another_server_or_carries_a_script(clerk: Clerk):
    page = clerk.put_in("账.csv", ledger())

    for html in (clerk.get("/").html, page.html, clerk.get("/review").html, clerk.get("/done").html):
        assert "https://" not in html
        assert "onclick" not in html
        assert "style=" not in html
        assert html.count("<script") == 1


def test_the_cookie_of_the_session_stays_with_this_site(clerk: Clerk):
    cookie = clerk.beside().get("/").headers["Set-Cookie"]

    assert "SameSite=Strict" in cookie
    assert "HttpOnly" in cookie
