"""cunwu verify: whether a published site, its log and the repository say the same."""

from __future__ import annotations

import hashlib
import json
import urllib.error
import urllib.parse
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from generator.commands.options import root_option
from generator.history.commits import is_shallow
from generator.history.contents import contents_by_path
from generator.history.purge_record import ALLOWED, list_records, read_record, verify_record
from generator.intake.package import Intake
from generator.intake.walk import walk_county
from generator.model.disclosure_log import NAME as LOG
from generator.model.disclosure_log import PURGE, ROLLBACK, Entry, read_log
from generator.model.finding import Finding, SetupError
from generator.model.log_signatures import NAME as SIGNATURES
from generator.pipeline.finding_facts import finding_facts
from generator.promises.promises import load_promises
from generator.promises.settings import load_settings
from generator.publish.releases import files_below
from generator.publish.sealed import sealed_paths, verify_lists, verify_seals
from generator.publish.trees import TREES
from generator.publish.verifying import (
    closed_afterwards,
    manifest_of_site,
    paths_of_site,
    verify_growth,
    verify_head,
    verify_history,
    verify_log,
    verify_site,
)
from generator.publish.web import ask_web, unpacked
from generator.publish.witnesses import unsigned_newest, verify_signatures, verify_stamps
from generator.wording import N_, _

_SHOWN = 50
_SECONDS = 20


@click.command()
@click.argument("site", required=False)
@root_option
@click.option(
    "--log",
    "older",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=N_("以前留存的一份公开日志：核对现在的是不是接着它写的"),
)
@click.option("--head", default="", help=N_("海报上印的日志校验值，前 8 位就够"))
@click.option(
    "--tsa-ca",
    "authority",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=N_("时间戳机构的根证书（PEM）：核对日志各条的时间戳"),
)
@click.option("--no-history", "skips_history", is_flag=True, help=N_("不核对仓库的历史（手上没有仓库时）"))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help=N_("输出格式"))
def verify(
    site: str | None,
    root: Path,
    older: Path | None,
    head: str,
    authority: Path | None,
    skips_history: bool,
    form: str,
) -> None:
    """Check SITE, a folder or an address (without it the log alone); exit 1 when something does not hold."""
    read, names = _source(site, root)
    log = read(LOG) if site else _bytes_at(root / LOG)
    findings: list[Finding] = []
    told: list[str] = []
    if site:
        findings += verify_site(read, names)
        told.append(_("网站：{site}").format(site=site))
        findings += _sealed(read, names, read_log(log or b"")[0], told)
    manifest = manifest_of_site(read) if site else None
    facts = manifest.facts if manifest is not None else None
    findings += verify_log(log, manifest.root if manifest is not None else None, facts=facts)
    entries = read_log(log or b"")[0]
    if log is not None:
        told.append(
            _("日志 {count} 条，校验值 {head}").format(
                count=len(entries), head=entries[-1].digest if entries else "-"
            )
        )
    if site:
        told += _put_back(read, entries)
    if older is not None:
        findings += verify_growth(older.read_bytes(), log or b"")
    if head:
        findings += verify_head(entries, head)
    findings += _witnessed(root, entries, read, told)
    if authority is not None:
        findings += verify_stamps(entries, read, authority, told.append)
    own = _bytes_at(root / LOG)
    if site and own is not None and log is not None and not own.startswith(log):
        findings += verify_growth(log, own)
    if not skips_history and (root / "site_config" / "county.yaml").is_file():
        findings += _against_history(root, entries, told)
        findings += _against_lists(root, told)
    _tell(findings, told, form)
    if any(finding.is_error for finding in findings):
        raise SystemExit(1)


def _source(site: str | None, root: Path) -> tuple[Callable[[str], bytes | None], list[str] | None]:
    """Return how to read a file of the site, and its files where they can be listed."""
    if site is None:
        return (lambda path: _bytes_at(root / path)), None
    if urllib.parse.urlsplit(site).scheme in ("http", "https"):
        base = site if site.endswith("/") else f"{site}/"
        return (lambda path: _fetched(base + urllib.parse.quote(path))), None
    if not Path(site).is_dir():
        raise click.UsageError(_("找不到 {path}").format(path=site))
    # A publisher may switch while we read: half of one site and half of the next would match in nothing.
    folder = Path(site).resolve()
    return (lambda path: _bytes_inside(folder, path)), files_below(folder)


def _bytes_inside(folder: Path, path: str) -> bytes | None:
    """Return what stands at ``path``, which the site itself names; nothing that lies outside ``folder``.

    A release shows its villages by links to the trees that lie beside the releases.
    """
    place, top = (folder / path).resolve(), folder.resolve()
    is_inside = place.is_relative_to(top) or place.is_relative_to(top.parent.parent / TREES)
    return _bytes_at(place) if is_inside and ".." not in Path(path).parts else None


def _fetched(address: str) -> bytes | None:
    try:
        answer = ask_web(address, seconds=_SECONDS)
        # A bucket gives what it was given, packed or not, whatever was asked for.
        return unpacked(answer.content) if answer.encoding == "gzip" else answer.content
    except urllib.error.HTTPError:
        return None
    except OSError as error:
        raise SetupError(_("连不上 {address}：{problem}").format(address=address, problem=error)) from None


def _bytes_at(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _witnessed(
    root: Path, entries: list[Entry], read: Callable[[str], bytes | None], told: list[str]
) -> Iterator[Finding]:
    """Yield what does not hold of who signed the log."""
    content = read(SIGNATURES) or b""
    if content and (root / ALLOWED).is_file():
        yield from verify_signatures(entries, content, root / ALLOWED, told.append)
    elif content:
        told.append(_("日志有签名，这里没有 {file}，没有核对").format(file=ALLOWED))
    if (root / "site_config" / "county.yaml").is_file() and load_settings(
        root, needs_private=False
    ).requires_signatures:
        yield from unsigned_newest(entries, content, LOG)


def _sealed(
    read: Callable[[str], bytes | None], names: list[str] | None, entries: list[Entry], told: list[str]
) -> Iterator[Finding]:
    """Yield what the site says of lists of persons otherwise than their seals do."""
    paths = names if names is not None else paths_of_site(read)
    count = len(sealed_paths(paths))
    if count:
        told.append(_("公示期满的名单 {count} 份：核对了户数、合计和公示时写下的承诺").format(count=count))
        yield from verify_seals(read, paths, entries)


def _put_back(read: Callable[[str], bytes | None], entries: list[Entry]) -> Iterator[str]:
    """Yield of a site that was put back which publication it is, and what in it is not as it was then."""
    if not entries or entries[-1].kind != ROLLBACK:
        return
    told = next((entry.number for entry in entries if entry.digest == entries[-1].record), 0)
    yield _("日志第 {number} 条是退回：放回的是第 {back} 条公开的网站").format(
        number=entries[-1].number, back=told
    )
    for page, day in closed_afterwards(read).items():
        yield _("{page}：公示期已满，{day} 换成了期满以后的样子，不是当时的原样").format(page=page, day=day)


def _against_lists(root: Path, told: list[str]) -> Iterator[Finding]:
    """Yield the lists that are still held and are not those that were sealed."""
    private = load_settings(root, needs_private=False).private_content
    if private is None or not private.is_dir():
        return
    promises = load_promises(root)
    found = list(verify_lists(Intake(promises), walk_county(promises)))
    if found:
        told.append(_("还没有删除的名单 {count} 份：逐行核对了承诺").format(count=len(found)))
    yield from (finding for finding in found if finding is not None)


def _against_history(root: Path, entries: list[Entry], told: list[str]) -> Iterator[Finding]:
    settings = load_settings(root, needs_private=False)
    if is_shallow(settings.content):
        told.append(_("这份仓库没有完整的历史，没有核对以前的版本（git fetch --unshallow 取回）"))
        return
    shown = settings.content.relative_to(root).as_posix()
    versions = contents_by_path(settings.content, shown)
    if not versions:
        told.append(_("这里没有版本历史，没有核对以前的版本"))
        return
    purged = _purges(root) if any(entry.kind == PURGE for entry in entries) else {}
    logged = sum(digest is not None for entry in entries for digest in entry.changes.values())
    told.append(_("仓库历史：核对了日志登记的 {count} 个版本").format(count=logged))
    yield from verify_history(entries, versions, purged)


def _purges(root: Path) -> dict[str, frozenset[str] | None]:
    """Return by the hash of each purge record the paths that it touched; None when it is not proved."""
    found: dict[str, frozenset[str] | None] = {}
    for path in list_records(root):
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        try:
            holds = verify_record(path, root / ALLOWED).holds
            record = read_record(path)
        except SetupError:
            found[digest] = None
            continue
        found[digest] = frozenset((*record.paths, *record.removed)) if holds else None
    return found


def _tell(findings: list[Finding], told: list[str], form: str) -> None:
    if form == "json":
        facts = {"told": told, "findings": [finding_facts(finding) for finding in findings]}
        click.echo(json.dumps(facts, ensure_ascii=False, indent=1))
        return
    for line in told:
        click.echo(line)
    for finding in findings[:_SHOWN]:
        line_number = finding.place.line
        where = finding.place.file + (_(" 第 {line} 行").format(line=line_number) if line_number else "")
        click.echo(f"{where}：{finding.message}。{finding.hint} [{finding.code}]")
    if len(findings) > _SHOWN:
        click.echo(
            _("还有 {count} 处没有列出，用 --format json 全部列出").format(count=len(findings) - _SHOWN)
        )
    click.echo(_("全部相符") if not findings else _("不相符 {count} 处").format(count=len(findings)))
