"""cunwu serve: show the sites on this machine and rebuild what changes."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import click

from generator.commands.build import print_report
from generator.commands.options import as_of_option, judged_day, root_option
from generator.model.finding import SetupError
from generator.pipeline.build import Places, run_build
from generator.promises.settings import load_settings
from generator.wording import N_, _


@click.command()
@root_option
@as_of_option
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help=N_("端口"))
def serve(root: Path, as_of: date | None, port: int) -> None:
    """Build, serve on the loopback address, and build again when a watched file changes."""
    from generator.engine.serve import serve as serve_output

    settings = load_settings(root)
    places = Places.below(root)

    def rebuild() -> None:
        started = time.monotonic()
        report = run_build(root, places, as_of=lambda settings: judged_day(as_of, settings.as_of), workers=1)
        print_report(report, time.monotonic() - started)

    def rebuild_or_say_why() -> None:
        # Half-written settings are normal while somebody is typing: the server stays up.
        try:
            rebuild()
        except SetupError as error:
            click.echo(_("设置有误：{problem}").format(problem=error), err=True)

    rebuild()
    watched = [settings.content, root / "schemas", root / "site_config"]
    if settings.private_content is not None:
        watched.append(settings.private_content)
    click.echo(_("请用浏览器打开 http://127.0.0.1:{port}/ ，按 Ctrl+C 结束").format(port=port))
    serve_output(places.site, watched, rebuild_or_say_why, ("127.0.0.1", port))
