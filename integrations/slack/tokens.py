"""Tokens that run out: renewed before they do, by one worker at a time, and kept before anybody uses them."""

import time
from datetime import datetime, timedelta
from typing import Final

import structlog
from slack_sdk.web import SlackResponse

from integrations.slack import client as clients
from integrations.slack import installations, outcomes
from integrations.slack.installations import Installation, Renewal
from service.errors import StoreAway
from service.failpoints import fp
from service.nudges.couriers import Outcome
from service.people import actions as people
from service.runtime import Runtime

log = structlog.get_logger("slack.tokens")

IN_TIME: Final = timedelta(hours=2)
"""How long before it runs out the round renews a token, which lives for twelve hours."""
AT_LAST: Final = timedelta(minutes=10)
"""How long before it runs out whoever needs a token renews it, should no round have come by."""
LOOKS: Final = 20
PAUSE_S: Final = 0.25


def renew_due(runtime: Runtime, now: datetime) -> None:
    """Renew every token that runs out soon."""
    with runtime.housekeeping(writes=False) as db:
        teams = installations.running_out(db, now + IN_TIME)
    for team in teams:
        renew(runtime, team, now + IN_TIME)


def usable(runtime: Runtime, found: Installation) -> Installation | None:
    """An installation whose token may be used now; None where Slack gives no token any more.

    Raises StoreAway where it has run out and the new one is not there yet: whoever asks comes again.
    """
    now = runtime.now()
    if found.expires_at is None or found.expires_at > now + AT_LAST:
        return found
    renew(runtime, found.team, now + AT_LAST)
    for _ in range(LOOKS):
        with runtime.housekeeping(writes=False) as db:
            kept = installations.of_team(db, runtime.keyring, found.team)
        if kept is None or kept.expires_at is None or kept.expires_at > now:
            return kept
        time.sleep(PAUSE_S)  # somebody else is about to keep it
    raise StoreAway("a token is being renewed")


def renew(runtime: Runtime, team: str, before: datetime) -> None:
    """Renew a team's token that runs out before this moment, unless somebody else is at it."""
    now = runtime.now()
    with runtime.housekeeping() as db:
        renewal = installations.begin_renewal(db, runtime.keyring, team, before, now)
    if renewal is None:
        return
    fp("token.begun")
    try:
        answer = _asked(runtime, renewal)
        token, refresh_token = str(answer["access_token"]), str(answer["refresh_token"])
        expires_at = now + timedelta(seconds=int(answer["expires_in"]))
    except (*outcomes.FAULTS, KeyError) as error:
        _not_renewed(runtime, renewal, error, now)
        return
    fp("token.granted")
    with runtime.housekeeping() as db:
        installations.end_renewal(db, runtime.keyring, renewal, token, refresh_token, expires_at)
    fp("token.kept")
    log.info("a token was renewed")


def _asked(runtime: Runtime, renewal: Renewal) -> SlackResponse:
    settings = runtime.settings
    secret = settings.slack_client_secret
    return clients.client(settings).oauth_v2_access(
        client_id=settings.slack_client_id or "",
        client_secret=secret.get_secret_value() if secret is not None else "",
        grant_type="refresh_token",
        refresh_token=renewal.refresh_token,
    )


def _not_renewed(runtime: Runtime, renewal: Renewal, error: Exception, now: datetime) -> None:
    """What passes is tried again; where Slack refuses for good, the workspace is held until it is installed again."""
    known = outcomes.of(error) if isinstance(error, outcomes.FAULTS) else None
    log.warning("a token was not renewed", code=known.why if known else "garbage")
    with runtime.housekeeping() as db:
        installations.leave_renewal(db, renewal)
        if known is not None and known.why in outcomes.SPENT:
            workspace = installations.revoke(db, renewal.team, now, now)
            if workspace is not None:
                people.suspend(db, workspace, known.why, now)
        elif known is not None and known.outcome is Outcome.SUSPENDED:
            log.error("slack does not know this app", code=known.why)
