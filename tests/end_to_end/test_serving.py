"""A published county behind real web servers: what they send, keep back, compress and refuse."""

from __future__ import annotations

import gzip
import http.client
import re
import socket
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser

from generator.cli import verbs
from generator.engine.menu import PASSING_ROBOTS
from generator.pipeline.build import Places, run_build
from generator.publish.releases import files_below
from tests.counties import AS_OF, ROOT, county_at
from tests.end_to_end.web_servers import (
    NAME,
    PASSWORD,
    Server,
    caddy,
    free_port,
    nginx,
    passwords,
)
from tests.publish.putting import put_out

RUN = {"nginx": nginx, "caddy": caddy}
AUDIT = f"audit.{NAME}"
FORMER, OWN = "999999999999", "999901001000"
PDF = b"%PDF-1.4\n" + bytes(range(256)) * 64
SAFE = ("content-security-policy", "x-content-type-options", "referrer-policy", "permissions-policy")


def configured(work: Path, kind: str, *options: str | Path) -> str:
    """Return what the verb writes for ``kind``."""
    run = ["server-config", kind, "--root", work / "county", "--site", work / "www", *options]
    done = CliRunner().invoke(verbs, [str(argument) for argument in run])
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a small county, its site put out below www, and its audit site."""
    work = tmp_path_factory.mktemp("serving")
    root = county_at(work / "county")
    (root / "mkdocs.yml").write_bytes((ROOT / "mkdocs.yml").read_bytes())
    village = root / "content/dong/xi/village.yaml"
    text = village.read_text(encoding="utf-8")
    village.write_text(f'{text.rstrip()}\nformer_codes: ["{FORMER}"]\n', encoding="utf-8")
    # A list of persons that is on display on the day of the build.
    register = root / "content/dong/xi/publications.csv"
    head, shown, *others = register.read_text(encoding="utf-8").splitlines()
    assert "elderly" in shown
    register.write_text(
        "\n".join([head, shown.replace("2026-01-25", "2026-03-20"), *others, ""]), encoding="utf-8"
    )
    report = run_build(root, Places.below(root), as_of=AS_OF, workers=1)
    assert report.failures == []
    site = root / "site"
    (site / "paper.pdf").write_bytes(PDF)
    (site / ".secret").write_text("secret", encoding="ascii")
    (site / "disclosure-log.jsonl").write_text('{"a": 1}\n', encoding="ascii")
    put_out(site, work / "www", 1)
    return work


@pytest.fixture(scope="module", params=["nginx", "caddy"])
def server(request: pytest.FixtureRequest, work: Path) -> Iterator[Server]:
    kind, port = request.param, free_port()
    options: list[str | Path] = ["--name", NAME, "--listen", f"127.0.0.1:{port}"]
    options += ["--audit", work / "county/site-audit", "--passwords", passwords(kind, work)]
    options += ["--brotli"] if kind == "nginx" else []
    with RUN[kind](configured(work, kind, *options), work / kind, port) as running:
        yield running


def paths_of(work: Path) -> list[str]:
    return files_below(work / "www/current")


def one(work: Path, pattern: str) -> str:
    return "/" + next(path for path in paths_of(work) if re.search(pattern, path))


@pytest.mark.parametrize(
    ("pattern", "kind", "cache"),
    [
        (r"^index\.html$", "text/html; charset=utf-8", "no-cache"),
        (r"^sw\.js$", "text/javascript; charset=utf-8", "no-cache"),
        (r"^assets/.*\.css$", "text/css; charset=utf-8", "public, max-age=31536000, immutable"),
        (r"^assets/.*\.js$", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable"),
        (r"^assets/.*\.svg$", "image/svg+xml; charset=utf-8", "public, max-age=31536000, immutable"),
        (r"\.csv$", "text/csv; charset=utf-8", "public, max-age=300"),
        (r"\.ics$", "text/calendar; charset=utf-8", "public, max-age=300"),
        (r"feed\.xml$", "application/xml; charset=utf-8", "public, max-age=300"),
        (r"search/titles\.json$", "application/json; charset=utf-8", "no-cache"),
        (r"^manifest\.json$", "application/json; charset=utf-8", "no-cache"),
        (r"datapackage\.json$", "application/json; charset=utf-8", "public, max-age=300"),
        (r"\.jsonl$", "application/jsonl; charset=utf-8", "no-cache"),
        (r"\.pdf$", "application/pdf", "public, max-age=300"),
        (r"share\.png$", "image/png", "public, max-age=300"),
    ],
)
def test_every_kind_of_file_says_what_it_is_and_how_long_it_may_be_kept(
    server: Server, work: Path, pattern: str, kind: str, cache: str
):
    answer = server.get(one(work, pattern))

    assert answer.status == 200
    assert answer.headers["content-type"].lower() == kind
    assert answer.headers["cache-control"] == cache
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "strict-transport-security" not in answer.headers
    assert not re.search(r"\d", answer.headers.get("server", ""))


@pytest.mark.parametrize("path", ["/", "/xi/", "/nowhere", "/assets/gone.0123abcd.js", "/.secret", "/data"])
def test_every_answer_is_guarded(server: Server, path: str):
    answer = server.get(path)

    assert set(SAFE) <= set(answer.headers)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def test_every_page_that_shows_persons_for_a_while_is_kept_by_nobody(server: Server, work: Path):
    current = work / "www/current"
    pages = [path for path in paths_of(work) if path.endswith("index.html")]
    passing = [path for path in pages if PASSING_ROBOTS in (current / path).read_text(encoding="utf-8")]
    assert passing

    for path in passing:
        for asked in (path, path.removesuffix("index.html")):
            answer = server.get(f"/{asked}")
            if answer.status == 200:
                assert answer.headers["cache-control"] == "no-store"
                assert answer.headers["x-robots-tag"] == PASSING_ROBOTS
        assert server.get("/" + path.removesuffix("index.html")).status == 200
    assert "x-robots-tag" not in server.get("/").headers


@pytest.mark.parametrize(
    ("accepted", "coding", "opened"),
    [("gzip", "gzip", gzip.decompress), ("gzip, br", "br", brotli.decompress)],
)
@pytest.mark.parametrize("pattern", [r"^assets/.*\.css$", r"^xi/index\.html$", r"^manifest\.json$"])
def test_the_copies_made_beforehand_are_sent(
    server: Server, work: Path, pattern: str, accepted: str, coding: str, opened
):
    path = one(work, pattern)
    answer = server.get(path, Accept_Encoding=accepted)
    ending = {"gzip": ".gz", "br": ".br"}[coding]

    assert answer.headers["content-encoding"] == coding
    assert "accept-encoding" in answer.headers["vary"].lower()
    assert answer.body == (work / f"www/current{path}{ending}").read_bytes()
    assert opened(answer.body) == server.get(path).body == (work / f"www/current{path}").read_bytes()
    assert "charset=utf-8" in answer.headers["content-type"].lower()


@pytest.mark.parametrize("coding", ["identity", "gzip"])
@pytest.mark.parametrize("path", ["/", "/sw.js", "/xi/"])
def test_what_has_not_changed_is_not_sent_again(server: Server, path: str, coding: str):
    first = server.get(path, Accept_Encoding=coding)
    again = server.get(path, Accept_Encoding=coding, If_None_Match=first.headers["etag"])

    assert (first.status, again.status, again.body) == (200, 304, b"")
    assert again.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("pattern", [r"\.pdf$", r"\.csv$"])
def test_a_download_that_broke_off_goes_on_where_it_stopped(server: Server, work: Path, pattern: str):
    path = one(work, pattern)
    whole = (work / f"www/current{path}").read_bytes()

    answer = server.get(path, Range="bytes=10-19")

    assert (answer.status, answer.body) == (206, whole[10:20])
    assert answer.headers["content-range"] == f"bytes 10-19/{len(whole)}"
    assert server.get(path, Range=f"bytes={len(whole) + 1}-").status == 416


@pytest.mark.parametrize(
    ("path", "goal"),
    [
        (f"/{FORMER}/", "/xi/"),
        (f"/{FORMER}", "/xi/"),
        (f"/{FORMER}/finance/2026-01/", "/xi/finance/2026-01/"),
        ("/999901000000/", "/dong/"),
    ],
)
def test_old_addresses_lead_on(server: Server, path: str, goal: str):
    answer = server.get(path)

    assert (answer.status, answer.headers["location"]) == (301, goal)


@pytest.mark.parametrize(
    "path",
    [
        "/111111111111/",
        f"/{FORMER}/%0d%0aSet-Cookie:a=b",
        f"/{FORMER}/%22%3E%3Cscript%3E",
        f"/{FORMER}1/",
        "/nowhere/",
        "/xi/nothing.csv",
        "/assets/gone.0123abcd.js",
        "/.secret",
        "/.git/config",
        "/xi/.hidden",
        "/index.html.gz",
        "/index.html.br",
        "/assets/",
        "/xi/data/",
    ],
)
def test_what_is_not_there_or_not_public_gets_the_page_for_lost_addresses(
    server: Server, work: Path, path: str
):
    answer = server.get(path)

    assert answer.status == 404
    assert answer.body == (work / "www/current/404.html").read_bytes()
    assert "immutable" not in answer.headers["cache-control"]
    assert "location" not in answer.headers
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "path",
    [
        "/../../../../../../etc/passwd",
        "/xi/../../../county/site_config/county.yaml",
        "/%2e%2e/%2e%2e/%2e%2e/county/site_config/county.yaml",
        "/..%2f..%2f..%2fcounty/site_config/county.yaml",
        "/xi/..%5c..%5ccounty/site_config/county.yaml",
        "/assets/..;/..;/county/site_config/county.yaml",
        "//etc/passwd",
        "/../site-audit/index.html",
    ],
)
def test_nothing_outside_the_public_folder_is_reached(server: Server, path: str):
    answer = server.get(path)

    assert answer.status in (400, 404)
    assert b"root:" not in answer.body
    assert b"disclosure_start" not in answer.body


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "TRACE", "PROPFIND"])
def test_nothing_can_be_written(server: Server, method: str):
    assert server.get("/", method=method).status in (400, 405, 501)


def test_the_audit_site_wants_a_password_and_is_kept_by_nobody(server: Server, work: Path):
    for path in ("/", "/index.html", "/items/", "/nowhere"):
        refused = server.get(path, host=AUDIT)
        assert refused.status == 401, path
        assert b"<nav" not in refused.body
        assert server.get(path, host=AUDIT, password="wrong").status == 401

    answer = server.get("/", host=AUDIT, password=PASSWORD)
    assert answer.status == 200
    assert answer.body == (work / "county/site-audit/index.html").read_bytes()
    assert server.get("/.secret", host=AUDIT, password=PASSWORD).status == 404
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-robots-tag"] == "noindex"
    assert set(SAFE) <= set(answer.headers)


def test_the_public_host_knows_nothing_of_the_audit_site(server: Server, work: Path):
    audit = (work / "county/site-audit/index.html").read_bytes()

    for host in (NAME, "other.test", "127.0.0.1"):
        assert audit not in server.get("/", host=host, password=PASSWORD).body


def test_nothing_of_the_policy_stands_in_a_reader_s_way(work: Path, browser: Browser):
    port = free_port()
    config = configured(work, "nginx", "--name", NAME, "--listen", f"127.0.0.1:{port}")
    said: list[str] = []
    with nginx(config, work / "reading", port), browser.new_context() as context:
        context.add_init_script(
            "addEventListener('securitypolicyviolation',"
            " e => console.error('policy: ' + e.violatedDirective + ' ' + e.blockedURI))"
        )
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        pages = ("", "xi/", "xi/finance/2026-01/", "xi/search/", "search/", "dictionary/", "offline/")
        for path in pages:
            answer = page.goto(f"http://127.0.0.1:{port}/{path}", wait_until="networkidle")
            assert answer is not None
            assert answer.status == 200, path
        assert page.evaluate("navigator.serviceWorker.ready.then(r => r.active.scriptURL)").endswith("/sw.js")
        assert said == []
        page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.bad=1\">')")
        page.wait_for_timeout(300)
        assert page.evaluate("window.bad") is None
        assert any("policy: script-src" in line for line in said)


def test_too_many_requests_from_elsewhere_are_turned_away(work: Path):
    port = free_port()
    config = configured(work, "nginx", "--name", NAME, "--listen", f"127.0.0.1:{port}")
    # To nginx this machine is then as any other.
    config = config.replace("127.0.0.0/8 1;", "192.0.2.0/24 1;").replace("rate=100r/s", "rate=1r/s")
    with nginx(config, work / "limits", port) as server:
        statuses = [server.get("/sw.js", method="HEAD").status for _ in range(560)]

    assert statuses[:500] == [200] * 500
    assert 429 in statuses[501:]


@pytest.mark.parametrize("kind", ["nginx", "caddy"])
def test_with_a_certificate_browsers_are_told_to_stay_with_tls(work: Path, kind: str):
    certificate, key, port = work / "tls.pem", work / "tls.key", free_port()
    names = f"subjectAltName=DNS:{NAME},DNS:{AUDIT}"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
    command += ["-nodes", "-days", "2", "-subj", f"/CN={NAME}", "-addext", names]
    subprocess.run([*command, "-out", certificate, "-keyout", key], check=True, capture_output=True)
    options: list[str | Path] = ["--name", NAME, "--listen", f"127.0.0.1:{port}"]
    options += ["--certificate", certificate, "--key", key]
    config = configured(work, kind, *options)
    plain = free_port()
    config = config.replace("listen 127.0.0.1:80;", f"listen 127.0.0.1:{plain};")
    context = ssl.create_default_context(cafile=str(certificate))
    with RUN[kind](config, work / f"{kind}-tls", port):
        with (
            socket.create_connection(("127.0.0.1", port), timeout=60) as raw,
            context.wrap_socket(raw, server_hostname=NAME) as line,
        ):
            line.sendall(f"GET / HTTP/1.1\r\nHost: {NAME}\r\nConnection: close\r\n\r\n".encode())
            answer = http.client.HTTPResponse(line)
            answer.begin()
            assert (answer.status, answer.getheader("Strict-Transport-Security")) == (200, "max-age=31536000")
        if kind == "nginx":
            led = Server(kind, plain).get("/xi/?a=1")
            assert (led.status, led.headers["location"]) == (301, f"https://{NAME}:{port}/xi/?a=1")
            assert "strict-transport-security" not in led.headers


def test_a_missing_file_of_passwords_opens_nothing(work: Path):
    port = free_port()
    options = ["--name", NAME, "--listen", f"127.0.0.1:{port}", "--passwords", work / "none"]
    config = configured(work, "nginx", *options, "--audit", work / "county/site-audit")
    with nginx(config, work / "unlocked", port) as server:
        answer = server.get("/", host=AUDIT, password=PASSWORD)

    assert answer.status >= 400
    assert answer.body != (work / "county/site-audit/index.html").read_bytes()


def test_a_new_release_is_served_without_a_word_to_the_server(work: Path, tmp_path: Path):
    port = free_port()
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("<h1>old</h1>" * 200, encoding="utf-8")
    target = tmp_path / "www"

    put_out(site, target, 1)
    config = configured(work, "nginx", "--site", target, "--name", NAME, "--listen", f"127.0.0.1:{port}")
    with nginx(config, tmp_path / "nginx", port) as server:
        old = server.get("/", Accept_Encoding="gzip")
        (site / "index.html").write_text("<h1>newer</h1>" * 200, encoding="utf-8")
        put_out(site, target, 2)
        new = server.get("/", Accept_Encoding="gzip", If_None_Match=old.headers["etag"])

    assert b"old" in gzip.decompress(old.body)
    assert new.status == 200
    assert b"newer" in gzip.decompress(new.body)


@pytest.mark.soak
def test_a_thousand_phones_at_once_all_get_their_pages(work: Path):
    port = free_port()
    config = configured(work, "nginx", "--name", NAME, "--listen", f"127.0.0.1:{port}")
    with nginx(config, work / "load", port) as server:
        command = ["wrk", "-t2", "-c1000", "-d10s", "--timeout", "10s", "--latency"]
        command += ["-H", "Accept-Encoding: gzip", f"http://127.0.0.1:{server.port}/xi/"]
        done = subprocess.run(command, check=True, capture_output=True, text=True)

    print(done.stdout)
    total = re.search(r"(\d+) requests in", done.stdout)
    assert total is not None
    assert int(total[1]) > 10_000
    assert "Socket errors" not in done.stdout
    assert "Non-2xx" not in done.stdout
    assert "[alert]" not in (work / "load/error.log").read_text()
