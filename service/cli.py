"""The goldseam command."""

import importlib
import logging
import sys
from typing import Final

import click

from service import heap, logs
from service.errors import Refused, StartRefused, StoreAway

COMMANDS: Final = {
    "up": "service.commands.processes:up",
    "demo": "service.commands.demo:demo",
    "web": "service.commands.processes:web",
    "worker": "service.commands.processes:worker",
    "clock": "service.commands.processes:clock",
    "db": "service.commands.database:database",
    "slack": "service.commands.slack:slack",
    "people": "service.commands.people:people",
    "asks": "service.commands.asks:asks",
    "thanks": "service.commands.thanks:thanks",
    "keys": "service.commands.keys:keys",
    "words": "service.commands.words:words",
    "export": "service.commands.belongings:export",
    "erase": "service.commands.belongings:erase",
    "backup": "service.commands.backups:backup",
    "restore": "service.commands.backups:restore",
    "doctor": "service.commands.doctor:doctor",
    "bench": "service.commands.bench:bench",
}


class _Lazy(click.Group):
    """A group that reads a command's file when it is asked for: a worker need not know how to print a table."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name].split(":")
        found = getattr(importlib.import_module(module), name)
        assert isinstance(found, click.Command)  # noqa: S101 - what the table above names
        heap.settle()
        return found


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="goldseam")
def goldseam() -> None:
    """Notice, name and repair small ruptures at work and at home."""


def main() -> None:
    """Run one command. Exit status: 0 done, 1 refused or failed with one clear line, 2 wrong use."""
    logs.begin("console", level=logging.WARNING)
    try:
        goldseam.main(prog_name="goldseam", standalone_mode=False)
    except click.exceptions.Exit as left:
        sys.exit(left.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except StartRefused as refused:
        _say(str(refused))
    except Refused as refused:
        from service.commands import speaking

        _say(speaking.refusal(refused))
    except StoreAway:
        _say("The database does not answer. Is it running, and is DATABASE_URL right?")
    except (KeyboardInterrupt, click.Abort):
        _say("Stopped.")


def _say(line: str) -> None:
    click.echo(line, err=True)
    sys.exit(1)


if __name__ == "__main__":
    main()
