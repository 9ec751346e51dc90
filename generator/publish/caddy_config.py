"""Caddy's configuration of a county's site: the public one, and behind a password the audit site."""

from __future__ import annotations

from collections.abc import Iterator

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

PASSWORDS = "/etc/caddy/cunwu-audit.users"


def caddy_config(serving: Serving) -> str:
    """Return a Caddyfile; raises SetupError where the site must not be served like that."""
    require_serving(serving)
    timeouts = block("timeouts", "read_header 15s\nread_body 15s\nwrite 5m\nidle 30s")
    blocks = [
        f"# {_(MADE_BY)}\n# {_('Caddy 自己没有限速，要限速请在前面加一层')}",
        block("", block("servers", timeouts)),
        block("(cunwu)", "\n".join(_common(serving))),
        block(_address(serving, serving.name), "\n".join(_public(serving))),
    ]
    if serving.audit is not None:
        blocks.append(block(_address(serving, serving.audit_name), "\n".join(_audit(serving))))
    return "\n".join(blocks)


def _public(serving: Serving) -> Iterator[str]:
    yield "import cunwu"
    yield f'root * "{serving.site}"'
    yield f"# {_('名单页不留底，带指纹的文件长期缓存，下载短期缓存，其余每次核对')}"
    lines = [f'"~{pattern}" "{rule}"' for pattern, rule in caching_rules(serving.passing)]
    yield block("map {path} {cunwu_cache}", "\n".join([*lines, f"default {ASK_AGAIN}"]))
    yield "header Cache-Control {cunwu_cache}"
    yield f'@passing path_regexp "{serving.passing}"\nheader @passing X-Robots-Tag "{PASSING_ROBOTS}"\n'
    if serving.moved:
        yield f"# {_('以前和现在的区划代码通向村的地址')}"
        ways = [f'"~^/{code}(?:/({REST}))?$" "/{slug}/${{1}}"' for code, slug in serving.moved.items()]
        yield block("map {path} {cunwu_moved}", "\n".join([*ways, 'default ""']))
        yield '@moved expression `{cunwu_moved} != ""`\nredir @moved {cunwu_moved} permanent\n'
    yield _FILES
    yield block("handle_errors", f"header Cache-Control {NEVER}\n{_GONE}")


def _audit(serving: Serving) -> Iterator[str]:
    yield f"# {_('审计页：只给有密码的人看，不放进公开网站')}"
    yield "import cunwu"
    yield f'root * "{serving.audit}"'
    yield f"header Cache-Control {NEVER}\nheader X-Robots-Tag noindex"
    yield f"# {_('有统一登录的，用 forward_auth 代替下面这一段')}"
    yield block("basicauth", f'import "{serving.passwords or PASSWORDS}"')
    yield _FILES


def _common(serving: Serving) -> Iterator[str]:
    """Yield what both sites have: nothing in here may differ between them."""
    if serving.address:
        yield f"bind {serving.address.strip('[]')}"
    if serving.certificate is not None:
        yield 'tls "{}" "{}"'.format(*serving.certificate)
    named = "\n".join(f'{name} "{value}"' for name, value in HEADERS.items())
    yield block("header", named)
    # Of its own: a removal waits until the answer is sent, and an error would come without all of them.
    yield "header -Server"
    # Where a name has a certificate, plain http only leads there: it never gets this far.
    yield f'@tls protocol https\nheader @tls Strict-Transport-Security "{HSTS}"'
    for kind, endings in KINDS.items():
        shown = f"{kind}; charset=utf-8" if kind in TEXTS else kind
        name = f"@{endings[0]}"
        paths = " ".join(f"*.{ending}" for ending in endings)
        if kind == "text/html":
            paths = f"{paths} */"
        yield f'{name} path {paths}\nheader {name} Content-Type "{shown}"'
    yield "encode gzip"


_FILES = """@writing not method GET HEAD
error @writing 405
@hidden path */.* *.gz *.br
error @hidden 404
file_server {
    index index.html
    precompressed br gzip
}
"""
_GONE = """@gone expression `{err.status_code} in [403, 404]`
rewrite @gone /404.html
header @gone Content-Type "text/html; charset=utf-8"
file_server @gone {
    precompressed br gzip
}"""


def _address(serving: Serving, name: str) -> str:
    is_plain = serving.certificate is None and (serving.port or not name)
    if is_plain:
        return f"http://{name}:{serving.port or '80'}"
    return f"{name}:{serving.port}" if serving.port else name
