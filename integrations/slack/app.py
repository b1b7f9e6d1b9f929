"""The Bolt app: commands, gestures and the events that are not messages, each handed to one listener."""

import http.client
from collections.abc import Callable, Iterable
from typing import Any

import structlog
from slack_bolt import App, BoltResponse
from slack_sdk.errors import SlackClientError

from integrations.slack import authorize, gestures, outcomes
from integrations.slack import client as clients
from integrations.slack.blocks import pieces
from integrations.slack.gestures import Kind
from integrations.slack.listeners import (
    access,
    appreciations,
    asks,
    cards,
    circles,
    coach,
    efforts,
    home,
    installations,
    moments,
    nudges,
    people,
    repairs,
    suggestions,
    thanking,
    workspace,
)
from integrations.slack.visits import Desk, Reply, Visit
from service.errors import Problem, ProblemKind, Refused, StoreAway
from service.nudges.couriers import Outcome
from service.wording import refusals
from service.wording import slack as words

log = structlog.get_logger("slack.app")

RETRY_AFTER_S = 30
NOUNS = (
    *(access, appreciations, asks, cards, circles, coach, efforts, home),
    *(moments, nudges, people, repairs, suggestions, thanking, workspace),
)
SETTLED = frozenset({ProblemKind.ALREADY_DONE, ProblemKind.NOT_FOUND})
"""Problems after which a button has nothing left to do, so that it goes."""
NO_ANSWER = (SlackClientError, OSError, http.client.HTTPException)

Listener = Callable[[Visit], Reply]


def bolt(desk: Desk) -> App:
    """The app with every listener there is. Requests come to it verified; see blueprint."""
    made = App(
        name="goldseam",
        logger=clients.QUIET,
        client=clients.client(desk.runtime.settings),
        authorize=authorize.by_team(desk.teams),  # type: ignore[arg-type] # Bolt takes None for: not installed here
        process_before_response=True,
        request_verification_enabled=False,  # the blueprint verified the raw bytes
        ssl_check_enabled=False,
        url_verification_enabled=False,
        attaching_function_token_enabled=False,
    )
    made.error(_failed)
    for noun in NOUNS:
        for setting, listener in getattr(noun, "COMMANDS", {}).items():
            made.command(getattr(desk.runtime.settings, setting))(_edge(desk, listener))
        for identifier, listener in getattr(noun, "BUTTONS", {}).items():
            made.action(str(identifier))(_edge(desk, listener))
        for identifier, listener in getattr(noun, "FORMS", {}).items():
            made.view(str(identifier))(_edge(desk, listener))
        for identifier, listener in getattr(noun, "SHORTCUTS", {}).items():
            made.shortcut(str(identifier))(_edge(desk, listener))
        for identifier, listener in getattr(noun, "EVENTS", {}).items():
            made.event(str(identifier))(_edge(desk, listener))
    for identifier, ended in installations.EVENTS.items():
        made.event(identifier)(_farewell(desk, ended))
    return made


def _edge(desk: Desk, listener: Listener) -> Callable[..., BoltResponse]:
    def answer(body: dict[str, Any]) -> BoltResponse:
        gesture = gestures.of(body)
        installation = desk.teams.of(gesture.team) if gesture is not None else None
        if gesture is None or installation is None:
            return _said(None)
        visit = Visit(desk, gesture, installation)
        try:
            if gesture.home not in (None, installation.team, installation.enterprise):
                return _said(_told(visit, words.strangers(visit.voice())))
            return _said(listener(visit))
        except Refused as refusal:
            return _said(_declined(visit, refusal.problems))
        except NO_ANSWER as error:
            return _unanswered(visit, error)

    return answer


def _farewell(desk: Desk, ended: Callable[[Desk, gestures.Gesture], None]) -> Callable[..., BoltResponse]:
    def answer(body: dict[str, Any]) -> BoltResponse:
        gesture = gestures.of(body)
        if gesture is not None:
            ended(desk, gesture)
        return _said(None)

    return answer


def _said(reply: Reply) -> BoltResponse:
    return BoltResponse(status=200, body=dict(reply) if reply else "")


def _declined(visit: Visit, problems: Iterable[Problem]) -> Reply:
    """Say what is in the way, where the person is looking, and lose nothing they filled in."""
    problems = tuple(problems)
    voice = visit.voice()
    fields = tuple(visit.gesture.fields)
    if visit.gesture.kind is Kind.FORM and fields:
        errors = {
            problem.at if problem.at in fields else fields[0]: refusals.sentence(voice, problem)
            for problem in reversed(problems)
        }
        return {"response_action": "errors", "errors": errors}
    said = refusals.sentences(voice, problems)
    if visit.gesture.on is not None and any(problem.kind in SETTLED for problem in problems):
        home.done(visit, pieces.context(said))
    return _told(visit, said)


def _told(visit: Visit, said: str) -> Reply:
    """A sentence for whoever made the gesture, and for nobody else."""
    match visit.gesture.kind:
        case Kind.COMMAND:
            return {"response_type": "ephemeral", "text": said}
        case Kind.FORM:
            return {"response_action": "update", "view": pieces.notice(visit.voice(), said)}
        case Kind.BUTTON | Kind.SHORTCUT:
            visit.open(pieces.notice(visit.voice(), said))
        case Kind.EVENT:
            pass
    return None


def _unanswered(visit: Visit, error: Exception) -> BoltResponse:
    """Slack did not do what we asked of it: what was committed stays, and nothing is asked twice."""
    if outcomes.of(error).outcome is Outcome.SUSPENDED:
        visit.desk.teams.drop(visit.installation.team)
    log.warning(
        "slack did not answer",
        workspace=visit.installation.workspace,
        name=visit.gesture.name,
        code=outcomes.code(error),
    )
    return _said(None)


def _failed(error: Exception) -> BoltResponse:
    """What nobody caught: the database away, or a fault of ours."""
    if isinstance(error, StoreAway):
        return BoltResponse(status=503, body="", headers={"Retry-After": str(RETRY_AFTER_S)})
    log.error("a listener failed", exc_info=error)
    return BoltResponse(status=500, body="")
