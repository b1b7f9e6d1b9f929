"""Installing the app by OAuth: from Slack's consent page to a workspace with an owner. For any number of teams."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from sqlalchemy.exc import IntegrityError

from integrations.slack import client as clients
from integrations.slack import installations, outcomes, scopes
from integrations.slack import people as slack_people
from integrations.slack.installations import Grant
from integrations.slack.people import Person
from integrations.slack.visits import Desk
from service.db import EVERY_WORKSPACE, Session
from service.nudges import actions as nudges
from service.nudges.rules import NudgeKind, Told
from service.people import actions as people
from service.people import queries
from service.people.rules import WorkspaceKind
from service.settings import Settings

RETURNS_TO: Final = "/slack/oauth_redirect"
_LONGEST_NAME = 80


class NotInstalled(Exception):  # noqa: N818 - an answer
    """The app was not installed; `why` is one of the constants below."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


CANCELLED: Final = "cancelled"
RUN_OUT: Final = "run_out"
REFUSED: Final = "refused"
WHOLE_ORGANISATION: Final = "whole_organisation"


@dataclass(frozen=True, slots=True)
class Installed:
    """Where the app was installed."""

    workspace: str
    team: str
    team_name: str
    app: str


def returns_to(settings: Settings) -> str:
    """The fixed address to which Slack returns."""
    return settings.slack_redirect_uri or settings.public_url.rstrip("/") + RETURNS_TO


def begin(desk: Desk) -> tuple[str, str]:
    """Slack's consent page, and the cookie of the browser that goes there."""
    settings = desk.runtime.settings
    with desk.runtime.housekeeping() as db:
        state, cookie = installations.begin(db, desk.runtime.now())
    asked = {
        "client_id": settings.slack_client_id or "",
        "scope": ",".join(scopes.SCOPES),
        "user_scope": "",
        "redirect_uri": returns_to(settings),
        "state": state,
    }
    return f"{settings.slack_authorize_url}?{urlencode(asked)}", cookie


def finish(desk: Desk, query: Mapping[str, str], cookie: str) -> Installed:
    """What Slack's consent page led to. Raises NotInstalled, and StoreAway."""
    with desk.runtime.housekeeping() as db:
        known = installations.finish(db, query.get("state", ""), cookie, desk.runtime.now())
    if not known:
        raise NotInstalled(RUN_OUT)
    if "code" not in query:
        raise NotInstalled(CANCELLED if query.get("error") == "access_denied" else REFUSED)
    try:
        grant, installer = _granted(desk, query["code"])
    except outcomes.FAULTS as error:
        raise NotInstalled(REFUSED) from error
    found = _kept(desk, grant, installer)
    desk.runtime.soon()
    return found


def _granted(desk: Desk, code: str) -> tuple[Grant, Person | None]:
    """What Slack grants for a code, and who installed."""
    settings = desk.runtime.settings
    secret = settings.slack_client_secret
    answer = clients.client(settings).oauth_v2_access(
        client_id=settings.slack_client_id or "",
        client_secret=secret.get_secret_value() if secret is not None else "",
        code=code,
        redirect_uri=returns_to(settings),
    )
    if answer.get("is_enterprise_install"):
        raise NotInstalled(WHOLE_ORGANISATION)
    expires_in = answer.get("expires_in")
    client = clients.client(settings, str(answer["access_token"]))
    grant = _grant(
        client,
        app=str(answer.get("app_id") or ""),
        scopes=str(answer.get("scope") or ""),
        installer=_inner(answer.get("authed_user"), "id"),
        enterprise=_inner(answer.get("enterprise"), "id") or "",
        refresh_token=answer.get("refresh_token"),
        expires_at=desk.runtime.now() + timedelta(seconds=int(expires_in)) if expires_in else None,
    )
    return grant, _installer(client, grant)


def adopt(desk: Desk, token: str) -> Installed:
    """Take up a workspace whose token the settings name, without OAuth. Raises NotInstalled, and StoreAway."""
    client = clients.client(desk.runtime.settings, token)
    try:
        grant = _grant(client)
    except outcomes.FAULTS as error:
        raise NotInstalled(REFUSED) from error
    return _kept(desk, grant, None)


def _grant(
    client: WebClient,
    *,
    app: str = "",
    scopes: str = "",
    installer: str | None = None,
    enterprise: str = "",
    refresh_token: str | None = None,
    expires_at: datetime | None = None,
) -> Grant:
    who = client.auth_test()
    headers = {str(name).lower(): value for name, value in who.headers.items()}
    return Grant(
        team=str(who["team_id"]),
        team_name=str(who.get("team") or who["team_id"]),
        bot_user=str(who["user_id"]),
        token=client.token or "",
        enterprise=enterprise or str(who.get("enterprise_id") or ""),
        app=app,
        bot=str(who.get("bot_id") or ""),
        address=str(who.get("url") or ""),
        scopes=frozenset(filter(None, (scopes or str(headers.get("x-oauth-scopes", ""))).replace(" ", "").split(","))),
        installer=installer,
        refresh_token=refresh_token,
        expires_at=expires_at,
    )


def _installer(client: WebClient, grant: Grant) -> Person | None:
    if grant.installer is None:
        return None
    try:
        return slack_people.asked(client, grant.installer, grant.team, grant.enterprise)
    except SlackApiError:
        return None


def _inner(holder: Any, name: str) -> str | None:
    found = holder.get(name) if isinstance(holder, Mapping) else None
    return found if isinstance(found, str) and found else None


def _kept(desk: Desk, grant: Grant, installer: Person | None) -> Installed:
    try:
        with desk.runtime.housekeeping() as db:
            workspace = _settled(desk, db, grant, installer)
    except IntegrityError:  # two people installed the app in one team at the same moment: the second finds it there
        with desk.runtime.housekeeping() as db:
            workspace = _settled(desk, db, grant, installer)
    desk.teams.drop(grant.team)
    return Installed(workspace, grant.team, grant.team_name, grant.app)


def _settled(desk: Desk, db: Session, grant: Grant, installer: Person | None) -> str:
    """The workspace of a team: made at its first installation, found and resumed at every later one."""
    now = desk.runtime.now()
    workspace = installations.workspace_of(db, grant.team)
    if workspace is None:
        zone = installer.zone if installer is not None and installer.zone else "UTC"
        language = (installer.language if installer is not None and installer.language else "en").split("-")[0]
        name = " ".join(grant.team_name.split())[:_LONGEST_NAME]
        workspace = people.open_workspace(db, WorkspaceKind.TEAM, name, now, language=language, zone=zone)
    installations.keep(db, desk.runtime.keyring, workspace, grant, now)
    people.resume(db, workspace)
    if installer is not None and installer.can_be_met:
        db.enter(workspace)
        member = slack_people.met(db, installer, now)
        if not any(card.is_owner for card in queries.everybody(db)):
            people.own(db, member)
        nudges.offer(db, NudgeKind.WELCOME, member, member, Told(), now)
        db.enter(EVERY_WORKSPACE)
    return workspace
