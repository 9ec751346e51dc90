"""The reference of commands: every verb with arguments and options, from what the verbs themselves say."""

from __future__ import annotations

from collections.abc import Iterator

import click

from generator.wording import _

PROGRAM = "cunwu"


def commands_reference(verbs: click.Group) -> str:
    """Return Markdown on each verb below ``verbs``, those of groups too; hidden options are left out."""
    return "\n".join(_told(verbs))


def commands_of(group: click.Group, path: str = PROGRAM) -> Iterator[tuple[str, click.Command]]:
    """Yield every command that can be run, with its whole name, in the order in which they are listed."""
    context = click.Context(group, info_name=path)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None  # the group has just listed it
        if isinstance(command, click.Group):
            yield from commands_of(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


def options_of(command: click.Command) -> list[click.Option]:
    """Return the options of ``command`` that are for people."""
    return [one for one in command.params if isinstance(one, click.Option) and not one.hidden]


def _told(verbs: click.Group) -> Iterator[str]:
    for path, command in commands_of(verbs):
        usage = " ".join(command.collect_usage_pieces(click.Context(command)))
        yield f"## {path}\n\n{command.help}\n\n```text\n{path} {usage}\n```\n"
        options = options_of(command)
        if options:
            yield f"| {_('选项')} | {_('做什么')} |\n|---|---|"
            yield from (_line(option) for option in options)
            yield ""


def _line(option: click.Option) -> str:
    value = "" if option.is_flag else f" {option.make_metavar(click.Context(click.Command('')))}"
    return f"| `{'` `'.join(option.opts)}{value}` | {str(option.help).replace('|', '&#124;')} |"
