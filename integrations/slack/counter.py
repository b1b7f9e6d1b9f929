"""Where what Slack sends is taken in, by request or by socket: messages to the intake, everything else to Bolt."""

import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs

import msgspec
import prometheus_client
from flask import Response

from integrations.slack import gestures, installations, oauth, payloads
from integrations.slack.installations import Installation
from integrations.slack.intake import Intake
from integrations.slack.listeners import installations as endings
from integrations.slack.listeners import reactions
from integrations.slack.oauth import NotInstalled
from integrations.slack.payloads import Envelope
from integrations.slack.visits import Desk
from service.asks.rules import Reacted
from service.errors import StoreAway

if TYPE_CHECKING:
    from slack_bolt import App

LIMITED: Final = prometheus_client.Counter("goldseam_slack_limited", "Minutes in which Slack held events back.")
RETRY_AFTER_S: Final = 30
JSON, FORM = "application/json", "application/x-www-form-urlencoded"


class Counter:
    """Takes in what Slack sends; Bolt is made when it is first needed."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.intake = Intake(desk.runtime)
        self._making = threading.Lock()
        self._bolt: App | None = None
        self._adopts = desk.runtime.settings.slack_bot_token is not None

    def bolt(self) -> "App":
        """Bolt is large, and a process that hears messages alone never needs it."""
        with self._making:
            if self._bolt is None:
                from integrations.slack import app

                self._bolt = app.bolt(self.desk)
            return self._bolt

    def taken(self, body: bytes, mimetype: str) -> Response:
        """What came with one request, verified before."""
        try:
            match mimetype:
                case "application/json":
                    return self._event(body)
                case "application/x-www-form-urlencoded":
                    return self._form(body)
                case _:
                    return no(415, f"send {JSON} or {FORM}")
        except payloads.Malformed:
            return no(400, "the body is no JSON")
        except payloads.NoObject:
            return no(422, "the body is no object")
        except StoreAway:
            return no(503, "the database is away")

    def unwrapped(self, kind: str, payload: dict[str, Any]) -> Response:
        """What came in one envelope of Socket Mode; `kind` is the envelope's type."""
        try:
            match kind:
                case "events_api":
                    return self._event(msgspec.json.encode(payload))
                case "interactive" | "slash_commands":
                    return self._handed_on(payload)
                case _:
                    return Response("", 200)  # an envelope of a kind that is new is well received
        except StoreAway:
            return no(503, "the database is away")

    def adopt(self) -> None:
        """Take up the one team whose token the settings name, before anything comes from there."""
        token = self.desk.runtime.settings.slack_bot_token
        with self._making:
            if token is not None and self._adopts:
                oauth.adopt(self.desk, token.get_secret_value())
                self._adopts = False

    def _installed(self, team: str) -> Installation | None:
        """The app in a team; the one team whose token the settings name is taken up when it is first heard of."""
        found = self.desk.teams.of(team)
        token = self.desk.runtime.settings.slack_bot_token
        if found is not None or token is None or not self._adopts:
            return found
        with self._making:
            try:
                self._adopts = oauth.adopt(self.desk, token.get_secret_value()).team != team
            except NotInstalled:
                return None
        return self.desk.teams.of(team)

    def _event(self, body: bytes) -> Response:
        envelope = payloads.envelope(body)
        match envelope.type:
            case "event_callback":
                kind = envelope.event.type if envelope.event is not None else ""
                if kind in payloads.FAST or not kind:
                    return self._heard(envelope)
                return self._handed_on(msgspec.json.decode(body))
            case "url_verification":
                return Response(envelope.challenge or "", 200, content_type="text/plain; charset=utf-8")
            case "app_rate_limited":
                return self._limited(envelope)
            case _:
                return no(422, "no event we know")

    def _limited(self, envelope: Envelope) -> Response:
        """Slack holds events of a team back for a minute; an operator should know that some were never sent."""
        LIMITED.inc()
        since = datetime.fromtimestamp(envelope.minute_rate_limited, UTC)
        with self.desk.runtime.housekeeping() as db:
            installations.limited(db, envelope.team_id or "", min(since, self.desk.runtime.now()))
        return Response("", 200)

    def _heard(self, envelope: Envelope) -> Response:
        team = payloads.team_of(envelope)
        message = payloads.heard(envelope)
        installation = self._installed(team) if team is not None and message is not None else None
        if installation is not None and message is not None:
            self.intake.hear(installation.workspace, message)
            if isinstance(message, Reacted) and envelope.event is not None:
                reactions.offer(self.desk, installation, message, envelope.event.item_user)
        return Response("", 200)

    def _form(self, body: bytes) -> Response:
        form = {name: values[0] for name, values in parse_qs(body.decode("utf-8", "replace")).items()}
        if "ssl_check" in form:
            return Response("", 200)
        if "payload" not in form:
            return self._handed_on(form) if "command" in form else no(422, "neither a command nor a gesture")
        try:
            payload: Any = msgspec.json.decode(form["payload"])
        except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
            raise payloads.Malformed from error
        if not isinstance(payload, dict):
            raise payloads.NoObject
        return self._handed_on(payload)

    def _handed_on(self, parsed: dict[str, Any]) -> Response:
        """Hand on to Bolt what has a shape we know and comes from where we are installed."""
        from slack_bolt import BoltRequest

        gesture = gestures.of(parsed)
        if gesture is None or not gesture.name:
            return no(422, "no gesture we know")
        if gesture.name not in endings.EVENTS and (not gesture.team or self._installed(gesture.team) is None):
            return Response("", 200)
        try:
            asked = BoltRequest(body=parsed, mode="socket_mode")  # in this mode Bolt takes what is parsed already
        except (AttributeError, TypeError, KeyError, IndexError, ValueError):
            return no(422, "no gesture we know")  # Bolt takes the shapes of payloads for granted
        said = self.bolt().dispatch(asked)
        if said.status == 404 and gesture.kind is gestures.Kind.EVENT:
            return Response("", 200)  # an event nobody listens to is well received, or Slack sends it again
        return Response(said.body, said.status, headers=said.first_headers_without_set_cookie())


def no(status: int, why: str) -> Response:
    """An answer that takes nothing in, and says why."""
    answer = Response(why, status, content_type="text/plain; charset=utf-8")
    if status == 503:
        answer.headers["Retry-After"] = str(RETRY_AFTER_S)
    return answer
