"""Slack's one address: signed events, commands and gestures come in here; and the two pages of an installation."""

from flask import Blueprint, Response, request
from werkzeug.exceptions import RequestEntityTooLarge

from integrations.slack import manifest, oauth, pages, signature
from integrations.slack.counter import Counter, no
from integrations.slack.installations import STATE_LIVES
from integrations.slack.oauth import NotInstalled
from service.errors import StoreAway
from service.settings import Settings
from service.wording import catalogues
from service.wording.voice import Voice

MOST_BYTES = 1 << 20
COOKIE = "goldseam_slack"


def _secrets(settings: Settings) -> tuple[str, ...]:
    """What may sign; none in Socket Mode, where nothing comes here."""
    given = settings.slack_signing_secret
    parts = given.get_secret_value().split(",") if given is not None else ()
    return tuple(filter(None, (part.strip() for part in parts)))


def _signed(counter: Counter, secrets: tuple[str, ...]) -> Response:
    """One request, taken in where Slack signed it."""
    request.max_content_length = MOST_BYTES
    try:
        body = request.get_data(cache=False, parse_form_data=False)
    except RequestEntityTooLarge:
        return no(413, "more than 1 MiB")
    stamp, proof = request.headers.get("X-Slack-Request-Timestamp"), request.headers.get("X-Slack-Signature")
    if not signature.valid(secrets, stamp, body, proof, counter.desk.runtime.now().timestamp()):
        return no(401, "not signed by Slack, or too old")
    return counter.taken(body, request.mimetype)


def blueprint(counter: Counter) -> Blueprint:
    """Slack's addresses."""
    made = Blueprint("slack", __name__)
    desk = counter.desk
    secrets = _secrets(desk.runtime.settings)

    @made.post(manifest.EVENTS_AT)
    def events() -> Response:
        return _signed(counter, secrets)

    @made.get("/slack/install")
    def install() -> Response:
        if not desk.runtime.settings.slack_client_id:
            return no(404, "not here")
        try:
            address, cookie = oauth.begin(desk)
        except StoreAway:
            return no(503, "the database is away")
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
            return no(503, "the database is away")
        else:
            answer = pages.installed(voice, found)
        answer.delete_cookie(COOKIE, path="/slack")
        return answer

    return made
