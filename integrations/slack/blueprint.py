"""Slack's one address: signed events, commands and gestures come in here; and the two pages of an installation."""

import threading
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import msgspec
from flask import Blueprint, Response, request
from werkzeug.exceptions import RequestEntityTooLarge

from integrations.slack import gestures, manifest, oauth, pages, payloads, signature
from integrations.slack.installations import STATE_LIVES, Installation
from integrations.slack.intake import Intake
from integrations.slack.listeners import installations as endings
from integrations.slack.listeners import reactions
from integrations.slack.oauth import NotInstalled
from integrations.slack.payloads import Envelope
from integrations.slack.visits import Desk
from service.asks.rules import Reacted
from service.errors import StoreAway
from service.wording import catalogues
from service.wording.voice import Voice

if TYPE_CHECKING:
    from slack_bolt import App

MOST_BYTES = 1 << 20
RETRY_AFTER_S = 30
COOKIE = "goldseam_slack"
JSON, FORM = "application/json", "application/x-www-form-urlencoded"


class Counter:
    """Where requests are taken in: messages to the intake, everything else to Bolt, which is made when it is needed."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.intake = Intake(desk.runtime)
        self._making = threading.Lock()
        self._bolt: App | None = None
        self._adopts = desk.runtime.settings.slack_bot_token is not None
        secret = desk.runtime.settings.slack_signing_secret
        given = secret.get_secret_value() if secret is not None else ""
        self.secrets = tuple(filter(None, (part.strip() for part in given.split(","))))

    def bolt(self) -> "App":
        """Bolt is large, and a process that hears messages alone never needs it."""
        with self._making:
            if self._bolt is None:
                from integrations.slack import app

                self._bolt = app.bolt(self.desk)
            return self._bolt

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

    def events(self) -> Response:
        """One signed request."""
        request.max_content_length = MOST_BYTES
        try:
            body = request.get_data(cache=False, parse_form_data=False)
        except RequestEntityTooLarge:
            return _no(413, "more than 1 MiB")
        stamp, proof = request.headers.get("X-Slack-Request-Timestamp"), request.headers.get("X-Slack-Signature")
        if not signature.valid(self.secrets, stamp, body, proof, self.desk.runtime.now().timestamp()):
            return _no(401, "not signed by Slack, or too old")
        try:
            match request.mimetype:
                case "application/json":
                    return self._event(body)
                case "application/x-www-form-urlencoded":
                    return self._form(body)
                case _:
                    return _no(415, f"send {JSON} or {FORM}")
        except payloads.Malformed:
            return _no(400, "the body is no JSON")
        except payloads.NoObject:
            return _no(422, "the body is no object")
        except StoreAway:
            return _no(503, "the database is away")

    def _event(self, body: bytes) -> Response:
        envelope = payloads.envelope(body)
        match envelope.type:
            case "event_callback":
                kind = envelope.event.type if envelope.event is not None else ""
                if kind in payloads.FAST or not kind:
                    return self._heard(envelope)
                return self._handed_on(body, msgspec.json.decode(body))
            case "url_verification":
                return Response(envelope.challenge or "", 200, content_type="text/plain; charset=utf-8")
            case "app_rate_limited":
                return Response("", 200)
            case _:
                return _no(422, "no event we know")

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
            return self._handed_on(body, form) if "command" in form else _no(422, "neither a command nor a gesture")
        try:
            payload: Any = msgspec.json.decode(form["payload"])
        except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
            raise payloads.Malformed from error
        if not isinstance(payload, dict):
            raise payloads.NoObject
        return self._handed_on(body, payload)

    def _handed_on(self, body: bytes, parsed: dict[str, Any]) -> Response:
        """Hand on to Bolt what has a shape we know and comes from where we are installed."""
        from slack_bolt import BoltRequest

        gesture = gestures.of(parsed)
        if gesture is None or not gesture.name:
            return _no(422, "no gesture we know")
        if gesture.name not in endings.EVENTS and (not gesture.team or self._installed(gesture.team) is None):
            return Response("", 200)
        try:
            asked = BoltRequest(
                body=body.decode("utf-8", "replace"), headers={"content-type": request.mimetype}, mode="http"
            )
        except (AttributeError, TypeError, KeyError, IndexError, ValueError):
            return _no(422, "no gesture we know")  # Bolt takes the shapes of payloads for granted
        said = self.bolt().dispatch(asked)
        if said.status == 404 and gesture.kind is gestures.Kind.EVENT:
            return Response("", 200)  # an event nobody listens to is well received, or Slack sends it again
        return Response(said.body, said.status, headers=said.first_headers_without_set_cookie())


def _no(status: int, why: str) -> Response:
    answer = Response(why, status, content_type="text/plain; charset=utf-8")
    if status == 503:
        answer.headers["Retry-After"] = str(RETRY_AFTER_S)
    return answer


def blueprint(desk: Desk) -> Blueprint:
    """Slack's addresses."""
    made = Blueprint("slack", __name__)
    counter = Counter(desk)

    @made.post(manifest.EVENTS_AT)
    def events() -> Response:
        return counter.events()

    @made.get("/slack/install")
    def install() -> Response:
        if not desk.runtime.settings.slack_client_id:
            return _no(404, "not here")
        try:
            address, cookie = oauth.begin(desk)
        except StoreAway:
            return _no(503, "the database is away")
        answer = Response("", 302, headers={"Location": address, "Cache-Control": "no-store"})
        answer.set_cookie(
            COOKIE,
            cookie,
            max_age=int(STATE_LIVES.total_seconds()),
            path="/slack",
            secure=desk.runtime.settings.is_https,
            httponly=True,
            samesite="Lax",  # Slack's consent page leads back here from another site
        )
        return answer

    @made.get(oauth.RETURNS_TO)
    def returned() -> Response:
        voice = Voice.for_language(request.accept_languages.best_match(catalogues.languages()))
        try:
            found = oauth.finish(desk, request.args, request.cookies.get(COOKIE, ""))
        except NotInstalled as failure:
            answer = pages.not_installed(voice, failure.why)
        except StoreAway:
            return _no(503, "the database is away")
        else:
            answer = pages.installed(voice, found)
        answer.delete_cookie(COOKIE, path="/slack")
        return answer

    return made
