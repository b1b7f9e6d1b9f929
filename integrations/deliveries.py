"""What every webhook does alike with a delivery: whose is it, is it whole, and what it tells of, in one commit."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import msgspec
import structlog
from flask import Blueprint, Response, jsonify, request
from werkzeug.exceptions import RequestEntityTooLarge

from service.access import actions as access
from service.access import hooks
from service.access.hooks import OpenSecret
from service.access.rules import Hook
from service.db import Session
from service.efforts import actions as efforts
from service.efforts.rules import Noticed
from service.errors import StoreAway
from service.people import queries as people
from service.runtime import Finding, Runtime

MOST_BYTES = 1 << 20
RETRY_AFTER_S = 30

log = structlog.get_logger("deliveries")

Headers = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sender:
    """A tool that delivers, and how to read it."""

    hook: Hook
    path: str
    secret: str | None
    """Of the settings, for an installation with one workspace."""
    secret_at: str
    """The name of that setting."""
    find: Callable[[Session, bytes, Headers], OpenSecret | None]
    """The secret of some workspace that verifies this delivery."""
    fits: Callable[[str, bytes, Headers], bool]
    """Whether this one secret verifies it."""
    event_in: str
    """The header that names the event."""
    noticed: Callable[[str, object], tuple[Noticed, ...]]
    learn: Callable[[Session, object], None] | None = None
    """What else a verified delivery teaches about members who confirmed who they are there."""


@dataclass(frozen=True, slots=True)
class Verified:
    """A delivery is for this workspace."""

    workspace: str
    secret: str | None
    """The id of the secret that verified it; None for that of the settings."""


def blueprint(runtime: Runtime, sender: Sender) -> Blueprint:
    """The address of a tool's deliveries."""
    made = Blueprint(sender.hook.value, __name__)

    @made.post(sender.path)
    def events() -> Response:
        request.max_content_length = MOST_BYTES
        try:
            body = request.get_data(cache=False, parse_form_data=False)
        except RequestEntityTooLarge:
            return _no(413, "more than 1 MiB")
        try:
            verified = verify(runtime, sender, body, dict(request.headers))
            if verified is None:
                return _no(401, "not signed with a secret of a workspace here")
            if request.mimetype != "application/json":
                return _no(415, "choose the content type application/json for this webhook")
            return _taken_in(runtime, sender, verified, body)
        except StoreAway:
            return _no(503, "the database is away")

    return made


def verify(runtime: Runtime, sender: Sender, body: bytes, headers: Headers) -> Verified | None:
    """The workspace whose secret verifies this delivery; that of the settings serves one workspace alone."""
    with runtime.housekeeping(writes=False) as db:
        found = sender.find(db, body, headers)
        if found is not None:
            return Verified(found.workspace, found.id)
        if not sender.secret or not sender.fits(sender.secret, body, headers):
            return None
        homes = people.workspaces(db)
    if len(homes) != 1:
        log.warning("a delivery fits the settings, which cannot say for which workspace", hook=sender.hook.value)
        return None
    return Verified(homes[0].id, None)


def _taken_in(runtime: Runtime, sender: Sender, verified: Verified, body: bytes) -> Response:
    try:
        told = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return _no(400, "the body is no JSON")
    if not isinstance(told, dict):
        return _no(422, "the body is no object")
    now = runtime.now()
    with runtime.transaction(verified.workspace) as db:
        if verified.secret is not None:
            access.heard(db, verified.secret, now)
        if sender.learn is not None:
            sender.learn(db, told)
        found = sender.noticed(request.headers.get(sender.event_in, ""), told)
        kept = [efforts.notice(db, one, now) for one in found]
    return jsonify(noticed=sum(one is not None for one in kept))


def _no(status: int, why: str) -> Response:
    answer = jsonify(status=status, problem=why)
    answer.status_code = status
    if status == 503:
        answer.headers["Retry-After"] = str(RETRY_AFTER_S)
    return answer


def examine(runtime: Runtime, sender: Sender) -> list[Finding]:
    """What `goldseam doctor` sees of a tool's deliveries."""
    what = f"{sender.hook.value} webhook"
    at = f"{runtime.settings.public_url.rstrip('/')}{sender.path}"
    try:
        with runtime.housekeeping(writes=False) as db:
            homes, made = people.workspaces(db), hooks.hook_secrets(db, sender.hook)
            opens = len(hooks.signing_secrets(db, runtime.keyring, sender.hook))
    except StoreAway:
        return [Finding(what, well=False, said="the database is away", remedy="Start it, and look again.")]
    if opens < len(made):
        said = f"{len(made) - opens} of {len(made)} secrets do not open"
        return [Finding(what, well=False, said=said, remedy="Put the keys that sealed them back into SECRET_KEYS.")]
    if sender.secret and len(homes) > 1:
        said = f"{sender.secret_at} serves one workspace, and there are {len(homes)}"
        remedy = "Make a secret for each workspace in its settings, and unset the variable."
        return [Finding(what, well=False, said=said, remedy=remedy)]
    if not made and not sender.secret:
        remedy = f"To notice work there, make a secret in the workspace's settings and have the tool call {at}."
        return [Finding(what, well=True, said="nobody connected it yet", remedy=remedy)]
    heard = max((card.heard_on for card in made if card.heard_on is not None), default=None)
    if made and heard is None and not sender.secret:
        remedy = f"Have the tool call {at} with that secret, as application/json."
        return [Finding(what, well=True, said="a secret was made, and nothing came in yet", remedy=remedy)]
    return [Finding(what, well=True, said=f"last heard {heard.isoformat()}" if heard is not None else "connected")]
