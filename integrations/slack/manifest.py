"""The app as Slack is told of it: exactly the scopes, events, commands and shortcuts in use."""

import json
from typing import Any, Final

import click

from integrations.slack.scopes import REQUIRED, SCOPES
from service.settings import Settings
from service.wording import buttons, doors, slack
from service.wording.buttons import Button
from service.wording.voice import Voice

NAME: Final = "Goldseam"
EVENTS_AT: Final = "/slack/events"
SIGNS_IN_AT: Final = "/sign-in/with/slack/back"
"""Where somebody comes back who signs in on the web with Slack."""
KNOWS_BY: Final = "openid"
"""What somebody agrees to who signs in on the web; the token that comes of it is let go of at once."""

EVENTS: Final = (
    *("app_home_opened", "app_uninstalled", "tokens_revoked", "user_change"),
    *("message.channels", "message.groups", "reaction_added", "reaction_removed"),
    *("member_joined_channel", "channel_left", "group_left"),
    *("channel_archive", "channel_deleted", "group_archive", "group_deleted"),
)


def manifest(
    settings: Settings, url: str | None = None, *, socket: bool = False, rotates: bool = False
) -> dict[str, Any]:
    """The manifest for an installation that is reached at this address; in Socket Mode, at none.

    With `rotates` tokens run out after twelve hours and are renewed; an app cannot go back from that.
    """
    base = (url or settings.public_url).rstrip("/")
    voice = Voice()
    address = {} if socket else {"request_url": base + EVENTS_AT}
    returns_to = settings.slack_redirect_uri if url is None and settings.slack_redirect_uri else None
    # Where nobody else can reach us there is no consent page to come back from, and no address to name.
    returns = {} if socket else {"redirect_urls": [returns_to or f"{base}/slack/oauth_redirect", base + SIGNS_IN_AT]}
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {"name": NAME, "description": slack.purpose(voice), "background_color": "#2b2622"},
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": True,
            },
            "bot_user": {"display_name": NAME, "always_online": False},
            "shortcuts": _shortcuts(voice),
            "slash_commands": [
                {
                    "command": command,
                    "description": hint,
                    "usage_hint": "help",
                    "should_escape": True,
                    **({} if socket else {"url": base + EVENTS_AT}),
                }
                for command, hint in (
                    (settings.slack_command_goldseam, slack.command_hint(voice)),
                    (settings.slack_command_thanks, doors.thanks_command(voice)),
                    (settings.slack_command_repair, doors.repair_command(voice)),
                )
            ],
        },
        "oauth_config": {
            **returns,
            "scopes": {
                "bot": list(SCOPES),
                "bot_optional": [scope for scope in SCOPES if scope not in REQUIRED],
                "user": [KNOWS_BY],
            },
        },
        "settings": {
            "event_subscriptions": {**address, "bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True, **address},
            "org_deploy_enabled": False,
            "socket_mode_enabled": socket,
            "token_rotation_enabled": rotates,
        },
    }


def _shortcuts(voice: Voice) -> list[dict[str, str]]:
    """On a message, and everywhere."""
    say_thanks = buttons.label(voice, Button.APPRECIATIONS_OPEN)
    note, repair, moment = Button.EFFORTS_NOTE, Button.REPAIRS_OPEN, Button.MOMENTS_NOTE
    shown = (
        ("message", Button.ASKS_WATCH, buttons.label(voice, Button.ASKS_WATCH), slack.shortcut_hint(voice)),
        ("message", Button.APPRECIATIONS_GIVE, say_thanks, doors.thanks_for_message(voice)),
        ("global", Button.APPRECIATIONS_OPEN, say_thanks, doors.thanks_shortcut(voice)),
        ("global", note, buttons.label(voice, note), doors.note_shortcut(voice)),
        ("global", repair, buttons.label(voice, repair), doors.repair_shortcut(voice)),
        ("global", Button.SUGGESTIONS_OPEN, doors.suggest_name(voice), doors.suggest_shortcut(voice)),
        ("global", moment, buttons.label(voice, moment), doors.moment_shortcut(voice)),
    )
    return [
        {"name": name, "type": where, "callback_id": does.value, "description": hint}
        for where, does, name, hint in shown
    ]


def command(settings: Settings) -> click.Command:
    """`goldseam slack manifest`."""

    @click.command("manifest")
    @click.option("--url", metavar="URL", help="The address Slack reaches us at; PUBLIC_URL unless given.")
    @click.option("--socket", is_flag=True, help="For Socket Mode, where Slack need not reach us.")
    @click.option("--rotate", is_flag=True, help="With tokens that run out and are renewed. There is no way back.")
    def printed(url: str | None, *, socket: bool, rotate: bool) -> None:
        """Print the manifest to create the Slack app from, as JSON."""
        if socket and rotate:
            raise click.UsageError("SLACK_BOT_TOKEN does not run out: leave --rotate away with --socket.")
        click.echo(json.dumps(manifest(settings, url, socket=socket, rotates=rotate), indent=2))

    return printed
