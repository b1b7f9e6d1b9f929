"""`goldseam slack`: the commands that Slack's integrations bring."""

import click

from service import bootstrap

FAMILY = ("slack", "slack_export")
"""The integrations whose commands stand here."""


class _Plugged(click.Group):
    """A group whose commands come from the integrations."""

    def _brought(self) -> dict[str, click.Command]:
        runtime = bootstrap.runtime()
        return {
            command.name: command
            for name in FAMILY
            for command in bootstrap.commands_of(runtime, name)
            if command.name is not None
        }

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(self._brought())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return self._brought().get(cmd_name)


@click.group(cls=_Plugged)
def slack() -> None:
    """Print the manifest of the Slack app, or read an export."""
