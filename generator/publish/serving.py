"""Serving: what a web server has to know of a county's site, whichever server it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import indent

from generator.model.finding import SetupError
from generator.model.village import Village
from generator.promises.promises import Promises
from generator.publish.releases import CURRENT
from generator.wording import N_, _

MADE_BY = N_("由 cunwu server-config 写成。村改名、合并，或公开项目有变动后，重新写一份再重新加载")
# The style sheet draws some of its marks as data: pictures; nothing else comes from anywhere but here.
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; "
    "frame-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), "
        "microphone=(), midi=(), payment=(), usb=()"
    ),
}
# A year, for this name alone: what else the county has below its domain is not ours to bind.
HSTS = "max-age=31536000"

FOR_EVER = "public, max-age=31536000, immutable"
SHORT = "public, max-age=300"
ASK_AGAIN = "no-cache"
NEVER = "no-store"
PASSING_ROBOTS = "noindex, noarchive, nosnippet"
HASHED = r"^/assets/.*\.[0-9a-f]{8}\.[a-z0-9]+$"
# What the pages and the offline keeper read, and what proves the site, must be of one moment with it.
OF_ONE_MOMENT = r"(^|/)(search/[^/]+\.json|manifest\.json)$"
DOWNLOADS = r"\.(csv|json|yaml|xml|ics|pdf|xlsx|zip|png|jpe?g|webp|svg|txt)$"
# A former address and what follows it: nothing that could end a header or leave the site.
REST = r"[A-Za-z0-9_./-]*"

KINDS: Mapping[str, tuple[str, ...]] = {
    "text/html": ("html",),
    "text/css": ("css",),
    "text/javascript": ("js",),
    "text/csv": ("csv",),
    "text/calendar": ("ics",),
    "text/plain": ("txt", "md"),
    "application/json": ("json",),
    "application/jsonl": ("jsonl",),
    "application/yaml": ("yaml",),
    "application/xml": ("xml",),
    "application/manifest+json": ("webmanifest",),
    "application/pdf": ("pdf",),
    "application/zip": ("zip",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ("xlsx",),
    "application/octet-stream": ("sig", "tsr"),
    "image/svg+xml": ("svg",),
    "image/png": ("png",),
    "image/jpeg": ("jpg", "jpeg"),
    "image/webp": ("webp",),
}
# Of these a browser must be told the character set.
TEXTS = tuple(
    kind for kind in KINDS if kind.startswith("text/") or kind.endswith(("json", "jsonl", "yaml", "xml"))
)

_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")
_LISTEN = re.compile(r"((?P<host>[0-9.]+|\[[0-9a-fA-F:]+\]):)?(?P<port>[1-9][0-9]{0,4})")
_SLUG = re.compile(r"[a-z0-9][a-z0-9_-]*")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\"'`$\\{}]")


@dataclass(frozen=True, slots=True)
class Serving:
    """How one county is served: ``site`` and ``audit`` are folders (absolute), ``audit`` behind a password.

    ``name`` is the host, "" for whichever is asked for; ``listen`` is [address:]port, "" for the usual one.
    ``passwords`` is the server's own file of names and hashes. ``certificate`` and its key make it TLS.
    ``moved`` are slugs by the division codes that lead to them; ``lists`` the items that show persons for
    some days only, ``languages`` the folders of further languages. ``brotli`` says that the server has the
    module for it.
    """

    site: Path
    name: str = ""
    listen: str = ""
    audit: Path | None = None
    passwords: Path | None = None
    certificate: tuple[Path, Path] | None = None
    moved: Mapping[str, str] = field(default_factory=dict)
    lists: tuple[str, ...] = ()
    brotli: bool = False
    languages: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """Return the address that is listened on, "" for all."""
        return self.listen.rpartition(":")[0]

    @property
    def port(self) -> str:
        """Return the port that is listened on, "" for the usual one."""
        return self.listen.rpartition(":")[2]

    @property
    def audit_name(self) -> str:
        """Return the host of the audit site."""
        return f"audit.{self.name}"

    @property
    def passing(self) -> str:
        """Return the pattern of the pages that show persons for some days only; matches none if none does."""
        return passing_pattern(self.lists, self.languages)


def caching_rules(passing: str) -> tuple[tuple[str, str], ...]:
    """Return what may be kept of an address: patterns with their rules, the first that fits holds.

    ``passing`` is the pattern of the pages that nobody may keep; what fits no pattern is ``ASK_AGAIN``.
    """
    return (passing, NEVER), (HASHED, FOR_EVER), (OF_ONE_MOMENT, ASK_AGAIN), (DOWNLOADS, SHORT)


def passing_pattern(lists: Sequence[str], languages: Sequence[str] = ()) -> str:
    """Return the pattern of the pages of ``lists``, items that show persons for some days only.

    ``languages`` are the folders of further languages.
    """
    below = f"(({'|'.join(languages)})/)?" if languages else ""
    return rf"^/{below}[^/]+/({'|'.join(lists)})/" if lists else r"^/\.$"


def passing_lists(promises: Promises) -> tuple[str, ...]:
    """Return the items that show persons for some days only, by name."""
    return tuple(sorted({item.name for item in promises.catalogue.latest() if item.is_private}))


def languages_below(promises: Promises) -> tuple[str, ...]:
    """Return the folders in which the pages of further languages stand."""
    return tuple(language.code for language in promises.languages[1:])


def served_folder(site: Path) -> Path:
    """Return what a server's root has to be: the link to the release below ``site``, or ``site`` itself."""
    is_plain = (site / "index.html").is_file() and not (site / CURRENT).exists()
    return site.absolute() if is_plain else site.absolute() / CURRENT


def require_serving(serving: Serving) -> None:
    """Raise SetupError where a server must not be configured like that, or its file could not say it."""
    if serving.name and not _HOST.fullmatch(serving.name):
        raise SetupError(_("域名「{name}」只能有字母、数字、点和连字符").format(name=serving.name))
    found = _LISTEN.fullmatch(serving.listen)
    if serving.listen and (found is None or int(found["port"]) > 65535):
        raise SetupError(_("监听地址写成 8080 或 127.0.0.1:8080"))
    for path in (serving.site, serving.audit, serving.passwords, *(serving.certificate or ())):
        if path is not None and _UNSAFE.search(str(path)):
            raise SetupError(_("{path} 里有引号、$、花括号等字符，请换一个文件夹名").format(path=path))
    if serving.certificate is not None and not serving.name:
        raise SetupError(_("有证书就要写明域名：--name"))
    if serving.audit is None:
        return
    if not serving.name:
        raise SetupError(_("审计页要用单独的域名 audit.域名，请写明：--name"))
    if serving.audit.resolve().is_relative_to(serving.site.resolve()):
        raise SetupError(_("审计页不能放在公开网站的文件夹里面"))


def moved_codes(villages: Iterable[Village]) -> dict[str, str]:
    """Return the slug to which each division code leads, in order of code.

    A code that is now one village's own leads there, whoever bore it before, and that of a village which was
    merged or split leads to its own pages unless another bears it now; a former one that several
    claim leads nowhere, for nobody can say which is meant.
    """
    own: dict[str, list[str]] = {}
    closed: dict[str, list[str]] = {}
    former: dict[str, list[str]] = {}
    for village in villages:
        if not _SLUG.fullmatch(village.slug):
            continue
        if village.valid_to is None:
            own.setdefault(village.code, []).append(village.slug)
        else:
            closed.setdefault(village.code, []).append(village.slug)
        for code in village.former_codes:
            former.setdefault(code, []).append(village.slug)
    moved = {}
    for code in sorted({*own, *closed, *former}):
        slugs = own.get(code) or closed.get(code) or former.get(code, [])
        if len(slugs) == 1 and len(code) == 12 and code.isascii() and code.isdigit():
            moved[code] = slugs[0]
    return moved


def block(head: str, body: str) -> str:
    """Return ``body`` in braces below ``head``, as both servers write what belongs together."""
    return f"{head} {{\n{indent(body.strip(), '    ')}\n}}\n".lstrip()
