"""The end of an installation, in whichever order its news comes."""

from collections.abc import Collection
from datetime import UTC, datetime

from integrations.slack import installations
from integrations.slack.gestures import Gesture
from integrations.slack.visits import Desk
from service.people import actions as people


def uninstalled(desk: Desk, gesture: Gesture) -> None:
    """The app was taken out of a team: its tokens are forgotten at once, its workspace held until it comes back."""
    _ended(desk, gesture, "app_uninstalled", None)


def revoked(desk: Desk, gesture: Gesture) -> None:
    """Tokens were revoked; ours among them."""
    tokens = gesture.event.get("tokens")
    bots = tokens.get("bot") if isinstance(tokens, dict) else None
    _ended(desk, gesture, "token_revoked", [str(bot) for bot in bots] if isinstance(bots, list) else [])


def _ended(desk: Desk, gesture: Gesture, why: str, bots: Collection[str] | None) -> None:
    now = desk.runtime.now()
    at = datetime.fromtimestamp(gesture.at, UTC) if 0 < gesture.at < now.timestamp() else now
    with desk.runtime.housekeeping() as db:
        workspace = installations.revoke(db, gesture.team, at, now, bots=bots)
        if workspace is not None:
            people.suspend(db, workspace, why, now)
    desk.teams.drop(gesture.team)


EVENTS = {"app_uninstalled": uninstalled, "tokens_revoked": revoked}
