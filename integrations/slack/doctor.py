"""What `goldseam doctor` looks at: the secrets, each team's token, and the scopes it was granted."""

from datetime import timedelta

from integrations.slack import client as clients
from integrations.slack import installations, outcomes, scopes
from integrations.slack import socket as sockets
from integrations.slack.installations import Installation
from integrations.slack.scopes import REQUIRED
from service.errors import StoreAway
from service.runtime import Finding, Runtime
from service.wording.voice import Voice

MOST_TEAMS = 50
"""How many teams are asked after in one run."""
LIMITED_LATELY = timedelta(days=1)


def settings(runtime: Runtime) -> list[Finding]:
    """Whether what the settings name fits together."""
    given = runtime.settings
    found = []
    if given.slack_signing_secret is None and given.slack_app_token is None:
        remedy = "Set SLACK_SIGNING_SECRET from Basic Information of the Slack app."
        found.append(Finding("slack settings", well=False, said="nothing verifies Slack's requests", remedy=remedy))
    if bool(given.slack_client_id) != bool(given.slack_client_secret):
        remedy = "Set both SLACK_CLIENT_ID and SLACK_CLIENT_SECRET, or neither."
        found.append(Finding("slack settings", well=False, said="one half of the OAuth client is set", remedy=remedy))
    if not given.slack_client_id and given.slack_bot_token is None:
        remedy = "Set SLACK_CLIENT_ID and SLACK_CLIENT_SECRET, or SLACK_BOT_TOKEN for one workspace."
        found.append(Finding("slack settings", well=False, said="there is no way to install", remedy=remedy))
    return found or [Finding("slack settings", well=True, said="the settings fit together")]


def socket(runtime: Runtime) -> list[Finding]:
    """Whether Socket Mode, where it is set, has a token for its one team and a process that holds the socket."""
    given = runtime.settings
    if given.slack_app_token is None:
        return []
    found = []
    if given.slack_bot_token is None and not given.slack_client_id:
        remedy = "Set SLACK_BOT_TOKEN from OAuth & Permissions of the Slack app."
        found.append(Finding("slack socket", well=False, said="the socket has no bot to speak for", remedy=remedy))
    try:
        with runtime.housekeeping(writes=False) as db:
            held = sockets.held(db, runtime.now())
    except StoreAway:
        return found
    if held:
        return [*found, Finding("slack socket", well=True, said="a process of the web holds it")]
    remedy = "Start `goldseam web`, and see that SLACK_APP_TOKEN begins with xapp- and has connections:write."
    return [*found, Finding("slack socket", well=False, said="nobody holds it, so nothing is heard", remedy=remedy)]


def teams(runtime: Runtime) -> list[Finding]:
    """Whether each team's token opens, and opens everything we ask for."""
    try:
        with runtime.housekeeping(writes=False) as db:
            standing = installations.standing(db, runtime.keyring)
    except StoreAway:
        return [Finding("slack teams", well=False, said="the database is away", remedy="Start it, and look again.")]
    if not standing:
        if runtime.settings.slack_bot_token is not None:
            remedy = "Say something where the app is, and look again; in Socket Mode, start the web."
            return [
                Finding("slack teams", well=False, said="the team of SLACK_BOT_TOKEN is not known yet", remedy=remedy)
            ]
        remedy = f"Open {runtime.settings.public_url.rstrip('/')}/slack/install in a browser."
        return [Finding("slack teams", well=False, said="the app is installed nowhere yet", remedy=remedy)]
    return [_team(runtime, each) for each in standing[:MOST_TEAMS]]


def _team(runtime: Runtime, installation: Installation) -> Finding:
    what = f"slack team {installation.team}"
    try:
        answer = clients.client(runtime.settings, installation.token).auth_test()
    except outcomes.FAULTS as error:
        code = outcomes.code(error)
        remedy = "Install the app in that team again." if code in outcomes.SUSPENDING else "Look again in a while."
        return Finding(what, well=False, said=f"Slack answers: {code}", remedy=remedy)
    headers = {str(name).lower(): str(value) for name, value in answer.headers.items()}
    told = headers.get("x-oauth-scopes")
    granted = frozenset(told.replace(" ", "").split(",")) if told else installation.scopes
    missing = sorted(REQUIRED - granted)
    if missing:
        remedy = "Take the scopes over from `goldseam slack manifest`, then install the app in that team again."
        return Finding(what, well=False, said=f"missing scopes: {', '.join(missing)}", remedy=remedy)
    since = installation.limited_at
    if since is not None and runtime.now() - since < LIMITED_LATELY:
        remedy = "Take the app out of channels that no circle listens in."
        said = f"Slack held events back at {since:%Y-%m-%d %H:%M} UTC: too many came at once, and some never did"
        return Finding(what, well=False, said=said, remedy=remedy)
    left_out = [each.unlocks(Voice()) for each in scopes.missing(granted)]
    if left_out:
        remedy = "Nothing needs to be done. An owner can grant it later from the app's home."
        return Finding(what, well=True, said=f"the token opens. Not granted: {' '.join(left_out)}", remedy=remedy)
    return Finding(what, well=True, said="the token opens, and every scope is granted")
