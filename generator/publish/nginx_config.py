"""nginx's configuration of a county's site: the public one, and behind a password the audit site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.publish.serving import (
    ASK_AGAIN,
    HEADERS,
    HSTS,
    KINDS,
    MADE_BY,
    NEVER,
    PASSING_ROBOTS,
    REST,
    TEXTS,
    Serving,
    block,
    caching_rules,
    require_serving,
)
from generator.wording import _

PASSWORDS = "/etc/nginx/cunwu-audit.htpasswd"


def nginx_config(serving: Serving, is_whole: bool = True) -> str:
    """Return nginx.conf, or without ``is_whole`` what goes into conf.d beside the sites of others.

    Raises SetupError where the site must not be served like that.
    """
    require_serving(serving)
    maps, servers = "\n".join(_maps(serving)), "\n".join(_servers(serving, is_whole))
    if not is_whole:
        return f"# {_(MADE_BY)}\n{maps}\n{servers}"
    first = (
        "user www-data;\nworker_processes auto;\n"
        "worker_rlimit_nofile 16384;\npid /run/nginx.pid;\n"
        "include /etc/nginx/modules-enabled/*.conf;\n\n"
        "events {\n    worker_connections 8192;\n    multi_accept on;\n}\n\n"
    )
    http = block(
        "http",
        f"access_log /var/log/nginx/access.log;\nerror_log /var/log/nginx/error.log;\n{maps}\n{servers}",
    )
    return f"# {_(MADE_BY)}\n{first}{http}"


def _maps(serving: Serving) -> Iterator[str]:
    near = {"default": "0", "127.0.0.0/8": "1", "::1": "1"}
    yield f"# {_('本机不限速，其余按地址限速；前面还有代理的，先用 set_real_ip_from 取得真实地址')}"
    yield _map("geo $cunwu_near", near)
    yield _map("map $cunwu_near $cunwu_visitor", {"1": '""', "default": "$binary_remote_addr"})
    yield "limit_req_zone $cunwu_visitor zone=cunwu_pages:10m rate=100r/s;"
    yield "limit_req_zone $cunwu_visitor zone=cunwu_audit:1m rate=10r/s;"
    yield "limit_conn_zone $cunwu_visitor zone=cunwu_lines:10m;"
    yield "limit_req_status 429;\nlimit_conn_status 429;\n"
    yield f"# {_('名单页不留底，带指纹的文件长期缓存，下载短期缓存，其余每次核对')}"
    caching = {
        f'"~{pattern}"': f'"{rule}"' if " " in rule else rule
        for pattern, rule in caching_rules(serving.passing)
    }
    yield _map("map $uri $cunwu_cache", {**caching, "default": ASK_AGAIN})
    yield _map("map $uri $cunwu_robots", {f'"~{serving.passing}"': f'"{PASSING_ROBOTS}"', "default": '""'})
    yield f"# {_('以前和现在的区划代码通向村的地址')}"
    moved = {f'"{code}"': f'"{slug}"' for code, slug in serving.moved.items()}
    yield _map("map $cunwu_code $cunwu_village", {**moved, "default": '""'})


def _servers(serving: Serving, is_whole: bool) -> Iterator[str]:
    if serving.certificate is not None:
        other = f":{serving.port}" if serving.port not in ("", "443") else ""
        names = " ".join([serving.name, *([serving.audit_name] if serving.audit else [])])
        yield block(
            "server",
            f"{_listen('80', serving.address, '')}\nserver_name {names};\nserver_tokens off;\n"
            f"return 301 https://$host{other}$request_uri;",
        )
    yield block("server", "\n".join(_public(serving, is_whole)))
    if serving.audit is not None:
        yield block("server", "\n".join(_audit(serving)))


def _public(serving: Serving, is_whole: bool) -> Iterator[str]:
    # Whoever asks for a host that is not known gets the public site, never the other.
    yield from _common(serving, "default_server" if is_whole else "")
    yield f"server_name {serving.name or '_'};"
    yield f'root "{serving.site}";'
    yield "add_header Cache-Control $cunwu_cache always;\nadd_header X-Robots-Tag $cunwu_robots always;"
    yield "limit_req zone=cunwu_pages burst=500 nodelay;\nlimit_conn cunwu_lines 200;\n"
    yield "error_page 403 404 =404 /404.html;"
    yield f"# {_('隐藏文件和压缩副本不直接提供')}"
    yield block(r"location ~ (/\.|\.(gz|br)$)", "return 404;")
    yield block(
        f'location ~ "^/(?<cunwu_code>[0-9]{{12}})(/(?<cunwu_rest>{REST}))?$"',
        block('if ($cunwu_village = "")', "return 404;") + "return 301 /$cunwu_village/$cunwu_rest;",
    )


def _audit(serving: Serving) -> Iterator[str]:
    yield f"# {_('审计页：只给有密码的人看，不放进公开网站')}"
    yield from _common(serving, "")
    yield f"server_name {serving.audit_name};"
    yield f'root "{serving.audit}";'
    yield f"add_header Cache-Control {NEVER} always;\nadd_header X-Robots-Tag noindex always;"
    yield "limit_req zone=cunwu_audit burst=60 nodelay;\n"
    yield f"# {_('有统一登录的，用 auth_request 代替下面两行')}"
    yield f'auth_basic "cunwu";\nauth_basic_user_file "{serving.passwords or PASSWORDS}";'
    yield block(r"location ~ (/\.|\.(gz|br)$)", "return 404;")


def _common(serving: Serving, default: str) -> Iterator[str]:
    """Yield what both sites have: nothing in here may differ between them."""
    if serving.certificate is None:
        yield _listen(serving.port or "80", serving.address, default)
    else:
        certificate, key = serving.certificate
        yield _listen(serving.port or "443", serving.address, f"ssl http2 {default}".rstrip())
        yield f'ssl_certificate "{certificate}";\nssl_certificate_key "{key}";'
        yield "ssl_protocols TLSv1.2 TLSv1.3;\nssl_session_tickets off;"
        yield "ssl_session_cache shared:cunwu_tls:10m;"
        yield f'add_header Strict-Transport-Security "{HSTS}" always;'
    yield "index index.html;\nautoindex off;\nabsolute_redirect off;\nserver_tokens off;\netag on;"
    yield "sendfile on;\ntcp_nopush on;\nkeepalive_timeout 30s;\nsend_timeout 30s;"
    yield "client_header_timeout 15s;\nclient_body_timeout 15s;\nclient_max_body_size 16k;"
    yield _map("types", {kind: " ".join(endings) for kind, endings in KINDS.items()})
    yield "default_type application/octet-stream;\ncharset utf-8;"
    others = " ".join(kind for kind in TEXTS if kind != "text/html")
    yield f"charset_types {others};"
    yield "gzip on;\ngzip_static on;\ngzip_vary on;\ngzip_min_length 1024;"
    yield f"gzip_types {others};"
    if serving.brotli:
        yield "brotli_static on;"
    else:
        yield f"# brotli_static on;  # {_('装了 libnginx-mod-http-brotli-static 再打开')}"
    yield from (f'add_header {name} "{value}" always;' for name, value in HEADERS.items())


def _listen(port: str, address: str, more: str) -> str:
    every = [f"{address}:{port}"] if address else [port, f"[::]:{port}"]
    return "\n".join(f"listen {one} {more}".rstrip() + ";" for one in every)


def _map(head: str, lines: Mapping[str, str]) -> str:
    return block(head, "\n".join(f"{key} {value};" for key, value in lines.items()))
