"""cunwu desk: a local web page on which a clerk hands sheets over, without git and without a command line."""

from __future__ import annotations

import os
import sys
import threading
import webbrowser
from datetime import datetime
from pathlib import Path

import click

from generator.commands.options import root_option
from generator.wording import N_, _


@click.command()
@root_option
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help=N_("端口，占用了就换一个")
)
@click.option("--lan", is_flag=True, help=N_("同一网络里的手机也能打开（要扫码；线路不加密）"))
@click.option(
    "--home",
    type=click.Path(file_okay=False, resolve_path=True, path_type=Path),
    default=None,
    help=N_("没交完的表和审核人的钥匙放在哪里，默认是本机用户的数据文件夹"),
)
@click.option("--no-browser", is_flag=True, help=N_("不自动打开浏览器"))
def desk(root: Path, port: int, lan: bool, home: Path | None, no_browser: bool) -> None:
    """Serve the desk on the loopback address until interrupted."""
    from waitress.server import create_server

    from generator.desk.desk import Desk
    from generator.desk.gate import Gate, free_port, lan_address
    from generator.desk.web import create_app

    home = home or _user_folder()
    if home.is_relative_to(root):
        raise click.UsageError(_("--home 不能放在县的文件夹里：没交的表和钥匙不能进记录。"))
    other = lan_address() if lan else ""
    if lan and not other:
        raise click.UsageError(_("这台电脑没有连上网络，不能用 --lan。"))
    hosts = ["127.0.0.1", *([other] if other else [])]
    port = free_port(port, hosts)
    gate = Gate(port, other)
    app = create_app(Desk.open(root, home, lambda: datetime.now().astimezone(), gate))
    # It listens before it says so: a browser that is sent there at once must be answered.
    server = create_server(
        app,
        listen=" ".join(f"{host}:{port}" for host in hosts),
        threads=4,
        max_request_body_size=app.config["MAX_CONTENT_LENGTH"] + 1_000_000,
        ident=None,
        clear_untrusted_proxy_headers=True,
    )
    address = f"http://127.0.0.1:{port}/"
    click.echo(_("填报台已经打开，请用浏览器打开 {address}").format(address=address))
    if other:
        told = _("手机连上同一个网络，扫首页上的二维码，或打开（只能用一次）：{address}")
        click.echo(told.format(address=gate.invitation))
        click.echo(_("注意：这条线路没有加密，请只在自己单位的网络里用。"))
    click.echo(_("用完按 Ctrl+C，或直接关掉这个窗口。"))
    sys.stdout.flush()
    if not no_browser:
        threading.Timer(0.5, webbrowser.open, [address]).start()
    server.run()


def _user_folder() -> Path:
    """Return where this user's programs keep their data."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
        return Path(base) / "cunwu" if base else Path.home() / "AppData" / "Local" / "cunwu"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "cunwu"
    base = os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "cunwu"
