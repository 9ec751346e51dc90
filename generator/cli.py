"""The command line: one verb per module of ``commands``, loaded when it is used."""

from __future__ import annotations

from importlib import import_module

import click

from generator.wording import _

# verb → module of generator.commands; the function has the verb's name.
VERBS: dict[str, str] = {
    "check": "check",
    "build": "build",
    "serve": "serve",
    "new": "new",
    "new-village": "new_village",
    "export-docs": "export_docs",
}


class _Verbs(click.Group):
    """Loads a verb's module only when that verb is asked for, so that the others cost nothing."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = VERBS.get(cmd_name)
        if module is None:
            return None
        command: click.Command = getattr(import_module(f"generator.commands.{module}"), module)
        return command


@click.group(cls=_Verbs, help=_("村务公开：检查记录，生成网站"), context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="cunwu")
def verbs() -> None:
    """Hold the verbs together."""


def main() -> None:
    """Run the command line; a broken set-up is one message and exit code 3."""
    from generator.model.finding import SetupError

    try:
        verbs()
    except SetupError as error:
        click.echo(_("设置有误：{problem}").format(problem=error), err=True)
        raise SystemExit(3) from None
