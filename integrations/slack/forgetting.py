"""`goldseam slack forget`: what is held of a team that took the app out, deleted now instead of after its month."""

import click

from integrations.slack import installations
from service.belongings import actions as belongings
from service.errors import StartRefused
from service.runtime import Runtime


def command(runtime: Runtime) -> click.Command:
    """For an owner who asks for it."""

    @click.command("forget")
    @click.argument("team")
    @click.confirmation_option(prompt="Every row of this team goes, for good. Go on?")
    def forgotten(team: str) -> None:
        """Delete every row of a team that took the app out; TEAM is its id in Slack, such as T0123."""
        with runtime.housekeeping() as db:
            workspace = installations.workspace_of(db, team)
            if workspace is None:
                raise StartRefused(f"TEAM: nothing is kept of {team}.")
            if installations.of_team(db, runtime.keyring, team) is not None:
                raise StartRefused("TEAM: the app is still installed there. Take it out in Slack first.")
            belongings.purge(db, [workspace], runtime.now())
        click.echo("Done: nothing is kept of this team any more.")

    return forgotten
