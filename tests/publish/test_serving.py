"""Serving: where old codes lead, what no server may be told, and that what is written is sound."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import verbs
from generator.model.finding import SetupError
from generator.model.village import Village
from generator.publish.nginx_config import nginx_config
from generator.publish.serving import Serving, moved_codes, require_serving, served_folder
from tests.sample import ROOT, copy_sample


def village(slug: str, code: str, *former: str) -> Village:
    return Village(slug, slug, code, "village", "dong", f"dong/{slug}", former_codes=former)


def written(*arguments: str | Path) -> tuple[int, str]:
    command = ["server-config", *arguments, *([] if "--root" in arguments else ["--root", ROOT])]
    done = CliRunner().invoke(verbs, [str(argument) for argument in command])
    return done.exit_code, str(done.exception) if isinstance(done.exception, SetupError) else done.output


def test_a_code_leads_to_the_village_that_bears_it_or_once_bore_it():
    villages = [village("xi", "999901201000", "999901101000"), village("he", "999901202000")]

    assert moved_codes(villages) == {
        "999901101000": "xi",
        "999901201000": "xi",
        "999901202000": "he",
    }


def test_a_code_that_is_borne_now_leads_there_and_not_to_who_bore_it_before():
    villages = [village("xi", "999901201000"), village("he", "999901202000", "999901201000")]

    assert moved_codes(villages)["999901201000"] == "xi"


def test_a_former_code_that_two_villages_claim_leads_nowhere():
    villages = [village("xi", "999901201000", "999901101000"), village("he", "999901202000", "999901101000")]

    assert "999901101000" not in moved_codes(villages)


@pytest.mark.parametrize("former", ["99990110100", "99990110100x", "../../../etc", '";return 200;#'])
def test_what_is_no_code_does_not_get_into_a_configuration(former: str):
    assert moved_codes([village("xi", "999901201000", former)]) == {"999901201000": "xi"}


def test_a_slug_that_is_no_address_does_not_get_into_a_configuration():
    assert moved_codes([village('x"; return 200; #', "999901201000")]) == {}


@pytest.mark.parametrize(
    "serving",
    [
        Serving(Path("/srv/a"), name="a b"),
        Serving(Path("/srv/a"), name="a;b"),
        Serving(Path("/srv/a"), listen="x"),
        Serving(Path("/srv/a"), listen="70000"),
        Serving(Path("/srv/a"), listen="80; root /"),
        Serving(Path('/srv/a";root /;#')),
        Serving(Path("/srv/$uri")),
        Serving(Path("/srv/a"), certificate=(Path("/c"), Path("/k"))),
        Serving(Path("/srv/a"), audit=Path("/srv/b")),
        Serving(Path("/srv/a"), name="a.test", audit=Path("/srv/a/audit")),
        Serving(Path("/srv/a"), name="a.test", audit=Path("/srv/a")),
    ],
)
def test_what_no_server_may_be_told_is_refused(serving: Serving):
    with pytest.raises(SetupError):
        require_serving(serving)


def test_an_audit_site_inside_the_release_that_is_served_is_refused(tmp_path: Path):
    (tmp_path / "releases/1/audit").mkdir(parents=True)
    (tmp_path / "current").symlink_to("releases/1")

    with pytest.raises(SetupError):
        require_serving(Serving(served_folder(tmp_path), name="a.test", audit=tmp_path / "releases/1/audit"))


def test_a_plain_folder_is_served_as_it_is_and_a_target_by_its_link(tmp_path: Path):
    assert served_folder(tmp_path) == tmp_path / "current"
    (tmp_path / "index.html").touch()
    assert served_folder(tmp_path) == tmp_path


def test_a_county_without_lists_has_no_page_that_is_kept_by_nobody():
    config = nginx_config(Serving(Path("/srv/a")))

    assert "~^/[^/]+/()" not in config


def test_the_part_for_a_shared_machine_fits_into_the_nginx_that_is_there(tmp_path: Path):
    code, part = written(
        "nginx", "--part", "--name", "a.test", "--audit", tmp_path / "audit", "--listen", "127.0.0.1:8080"
    )
    assert code == 0
    assert "default_server" not in part
    (tmp_path / "part.conf").write_text(part.partition("没有证书")[0], encoding="utf-8")
    whole = f"pid {tmp_path}/pid;\nevents {{}}\nhttp {{ access_log off; include {tmp_path}/part.conf; }}\n"
    (tmp_path / "nginx.conf").write_text(whole, encoding="utf-8")

    command = ["/usr/sbin/nginx", "-t", "-e", str(tmp_path / "log"), "-c", str(tmp_path / "nginx.conf")]
    tried = subprocess.run(command, capture_output=True, text=True, check=False)

    assert tried.returncode == 0, tried.stderr


def test_what_is_written_is_the_same_each_time_and_names_no_folder_but_those_given():
    for server in ("nginx", "caddy"):
        first, second = written(server, "--site", "/srv/a"), written(server, "--site", "/srv/a")
        assert first == second
        assert first[0] == 0
        assert str(ROOT) not in first[1]


def test_a_site_below_another_one_is_refused(tmp_path: Path):
    root = copy_sample(tmp_path / "county")
    settings = root / "site_config/county.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(
        text.replace("https://cunwu.example/\n", "https://cunwu.example/a/\n"), encoding="utf-8"
    )

    code, said = written("nginx", "--root", root)

    assert code == 2
    assert "site_url" in said


def test_a_certificate_comes_with_its_key():
    code, said = written("nginx", "--certificate", "/c.pem")

    assert code == 2
    assert "--key" in said


def test_passwords_that_would_travel_in_the_clear_are_pointed_out():
    plain = written("nginx", "--audit", "/srv/audit")[1]
    sealed = written("nginx", "--audit", "/srv/audit", "--certificate", "/c.pem", "--key", "/k.pem")[1]

    assert "明文" in plain
    assert "明文" not in sealed
