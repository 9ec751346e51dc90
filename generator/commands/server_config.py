"""cunwu server-config: what nginx or Caddy needs to serve the published folder and the audit site."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import click

from generator.commands.options import output_option, root_option, tell
from generator.intake.walk import walk_county
from generator.promises.promises import load_promises
from generator.publish.caddy_config import caddy_config
from generator.publish.nginx_config import nginx_config
from generator.publish.serving import Serving, languages_below, moved_codes, passing_lists, served_folder
from generator.wording import N_, _

_FOLDER = click.Path(file_okay=False, path_type=Path)
_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command(name="server-config")
@click.argument("server", type=click.Choice(["nginx", "caddy"]))
@click.option(
    "--site",
    type=_FOLDER,
    default=Path("/srv/cunwu"),
    help=N_("cunwu publish 发布到的文件夹，默认 /srv/cunwu"),
)
@click.option("--audit", type=_FOLDER, help=N_("审计页的文件夹（site-audit），用 audit.域名，要密码"))
@click.option("--passwords", type=_FILE, help=N_("审计页的密码文件，默认放在服务器程序的设置文件夹里"))
@click.option("--name", default="", help=N_("网站的域名，默认取 county.yaml 里的 site_url"))
@click.option("--listen", default="", help=N_("监听的端口或地址：8080、127.0.0.1:8080"))
@click.option("--certificate", type=_FILE, help=N_("TLS 证书文件；Caddy 没有这一项时自己申请"))
@click.option("--key", type=_FILE, help=N_("证书的私钥文件"))
@click.option("--brotli", is_flag=True, help=N_("nginx 装有 brotli_static 模块"))
@click.option("--part", is_flag=True, help=N_("nginx：只写放进 conf.d 的部分，机器上还有别的网站时用"))
@root_option
@output_option
def server_config(
    server: str,
    site: Path,
    audit: Path | None,
    passwords: Path | None,
    name: str,
    listen: str,
    certificate: Path | None,
    key: Path | None,
    brotli: bool,
    part: bool,
    root: Path,
    output: Path | None,
) -> None:
    """Write a complete configuration for SERVER; nothing on this machine is changed by it."""
    if (certificate is None) != (key is None):
        raise click.UsageError(_("--certificate 和 --key 要一起写"))
    promises = load_promises(root)
    address = urlsplit(promises.settings.site_url)
    if address.path not in ("", "/"):
        raise click.UsageError(_("site_url 里有路径：网站要有自己的域名，不能放在别的网站下面"))
    serving = Serving(
        site=served_folder(site),
        name=name or address.hostname or "",
        listen=listen,
        audit=audit.absolute() if audit is not None else None,
        passwords=passwords.absolute() if passwords is not None else None,
        certificate=(certificate.absolute(), key.absolute()) if certificate and key else None,
        moved=moved_codes(walk_county(promises).villages),
        lists=passing_lists(promises),
        languages=languages_below(promises),
        brotli=brotli,
    )
    tell(caddy_config(serving) if server == "caddy" else nginx_config(serving, not part), output)
    if audit is not None and certificate is None and server == "nginx":
        click.echo(_("没有证书：审计页的密码会明文传输，只可在内网使用"), err=True)
