"""Sign in with Slack: who somebody is by their team and their id there, never by an address of theirs."""

import hashlib
import json
import urllib.request
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

from integrations.slack import client as clients
from integrations.slack import manifest, outcomes
from integrations.slack.client import TIMEOUT_S
from integrations.slack.visits import Desk, meet
from service.errors import ProblemKind, refused
from service.runtime import SignedIn
from service.settings import Settings

ISSUER: Final = "https://slack.com"
_INSTALLS_AT: Final = "/oauth/v2/authorize"
_TEAM, _PERSON = "https://slack.com/team_id", "https://slack.com/user_id"
_LEEWAY_S = 30
_MOST_BYTES = 64 * 1024


class SlackDoor:
    """A way in for people of a team in which the app is installed."""

    name = "slack"
    title = "Slack"

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def begin(self, state: str) -> str:
        """Slack's own page, which asks somebody whether we may know who they are."""
        settings = self._desk.runtime.settings
        asked = {
            "response_type": "code",
            "scope": manifest.KNOWS_BY,
            "client_id": settings.slack_client_id or "",
            "redirect_uri": _returns_to(settings),
            "state": state,
            "nonce": _nonce(state),
        }
        return f"{_root(settings)}/openid/connect/authorize?{urlencode(asked)}"

    def finish(self, query: Mapping[str, str]) -> SignedIn:
        """Who came back. Raises Refused where Slack does not say, or names nobody of ours; and StoreAway."""
        if "code" not in query:
            raise refused(ProblemKind.SIGN_IN_UNCLEAR)
        try:
            team, person = self._named(query["code"], query.get("state", ""))
        except (*outcomes.FAULTS, KeyError) as error:  # what a token breaks is a ValueError, like other garbage
            raise refused(ProblemKind.SIGN_IN_UNCLEAR) from error
        installation = self._desk.teams.of(team)
        if installation is None:
            raise refused(ProblemKind.UNKNOWN_THERE)
        try:
            card = meet(self._desk, installation, person)
        except outcomes.FAULTS as error:
            raise refused(ProblemKind.SIGN_IN_UNCLEAR) from error
        return SignedIn(card.workspace, card.id)

    def _named(self, code: str, state: str) -> tuple[str, str]:
        """The team and the id of whoever this code is for, as Slack signed it."""
        settings = self._desk.runtime.settings
        secret = settings.slack_client_secret
        answer = clients.client(settings).openid_connect_token(
            client_id=settings.slack_client_id or "",
            client_secret=secret.get_secret_value() if secret is not None else "",
            code=code,
            redirect_uri=_returns_to(settings),
        )
        # The token for userInfo that comes along is let go of here: what is signed says enough.
        claims = self._believed(str(answer["id_token"]), str(answer["access_token"]), _nonce(state))
        return str(claims[_TEAM]), str(claims[_PERSON])

    def _believed(self, signed: str, access_token: str, nonce: str) -> Mapping[str, Any]:
        """What an id_token says, once it is signed by Slack, for us, for this sign-in and for now."""
        from authlib.oidc.core import CodeIDToken
        from joserfc import jwt
        from joserfc.errors import JoseError
        from joserfc.jwk import KeySet

        settings = self._desk.runtime.settings
        client_id = settings.slack_client_id or ""
        try:
            token = jwt.decode(signed, KeySet.import_key_set(_keys(settings)), algorithms=["RS256"])
            claims = CodeIDToken(
                token.claims,
                token.header,
                options={
                    "iss": {"essential": True, "value": ISSUER},
                    "aud": {"essential": True, "value": client_id},
                    "nonce": {"essential": True, "value": nonce},
                },
                params={"nonce": nonce, "client_id": client_id, "access_token": access_token},
            )
            claims.validate(now=int(self._desk.runtime.now().timestamp()), leeway=_LEEWAY_S)
        except JoseError as error:
            raise ValueError(type(error).__name__) from error
        return dict(claims)


def _root(settings: Settings) -> str:
    """Where Slack is, by the page that installs."""
    return settings.slack_authorize_url.rstrip("/").removesuffix(_INSTALLS_AT)


def _returns_to(settings: Settings) -> str:
    return settings.public_url.rstrip("/") + manifest.SIGNS_IN_AT


def _nonce(state: str) -> str:
    """What binds the id_token to this sign-in: of the state, which this browser alone can bring back, once."""
    return hashlib.sha256(f"goldseam nonce {state}".encode()).hexdigest()


def _keys(settings: Settings) -> Any:
    """The keys Slack signs with now. Raises outcomes.FAULTS."""
    asked = urllib.request.Request(f"{_root(settings)}/openid/connect/keys", headers={"Accept": "application/json"})  # noqa: S310 - Slack's address, of the settings
    with urllib.request.urlopen(asked, timeout=TIMEOUT_S) as answer:  # noqa: S310 - the same
        return json.loads(answer.read(_MOST_BYTES))
