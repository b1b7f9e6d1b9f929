"""The door of every page: who comes in, and which views they may open."""

import functools
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from flask import Flask, abort, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from service.access import actions as visits
from service.access import queries as access
from service.access.rules import device_words
from service.errors import ProblemKind, Refused, StartRefused
from service.people import policy
from service.people.acts import Act
from service.runtime import Plug, Runtime
from service.web import frames, health, unsent
from service.web.here import Here, found, load
from service.wording import catalogues
from service.wording.voice import Voice

P = ParamSpec("P")
View = Callable[P, ResponseReturnValue]
V = TypeVar("V", bound=Callable[..., Any])
TRACELESS = ("/cards", "/suggestions")
"""Visits here are not noted, not even by their day."""
AROUND = ("look.theme", "living.page")
"""Views that belong to no room: the switch of the look, and the page that shows its pieces."""
COOKIE_KEY = "here"
"""Under this name the browser's cookie holds the secret of a session, and nothing else about anybody."""


class Audience(StrEnum):
    """For whom a view is."""

    ALL = "all"
    """Whoever comes, signed in or not."""
    VISITORS = "visitors"
    """Those who are not signed in; whoever is, has a first page of their own."""
    MEMBERS = "members"
    """Members whom the policy allows one act."""


@dataclass(frozen=True, slots=True)
class Policy:
    """Who may open a view."""

    audience: Audience
    act: Act | None = None


def open_to_all(view: V) -> V:
    """Let whoever comes open a view."""
    return _marked(view, Policy(Audience.ALL))


def open_to_visitors(view: View[P]) -> View[P]:
    """Let those open a view who are not signed in; others are led to their first page."""

    @functools.wraps(view)
    def opened(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        return view(*args, **kwargs) if found() is None else redirect("/today", 303)

    return _marked(opened, Policy(Audience.VISITORS))


def for_members(act: Act) -> Callable[[Callable[Concatenate[Here, P], ResponseReturnValue]], View[P]]:
    """Let members open a view whom the policy allows this act with what is theirs; it is handed who is here."""

    def guarded(view: Callable[Concatenate[Here, P], ResponseReturnValue]) -> View[P]:
        @functools.wraps(view)
        def opened(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            here = found()
            if here is None:
                return to_sign_in()
            try:
                here.check(act)
            except Refused as declined:
                if declined.problems[0].kind is not ProblemKind.FRESH_SIGN_IN_NEEDED:
                    raise
                page = _here_path() if request.method in ("GET", "HEAD") else unsent.keep(here)
                return redirect(url_for("access.sign_in_again", next=page), 303)
            unsent.put_back(here)
            return view(here, *args, **kwargs)

        return _marked(opened, Policy(Audience.MEMBERS, act))

    return guarded


def _marked(view: V, marked: Policy) -> V:
    cast("Any", view).policy = marked
    return view


def policy_of(view: object) -> Policy | None:
    """Who may open this view, where it says so."""
    return getattr(view, "policy", None)


def to_sign_in() -> Response:
    """Lead somebody to the way in, and back to the page they wanted; a form of nobody is refused instead."""
    if request.method not in ("GET", "HEAD"):
        abort(401)
    return redirect(url_for("access.sign_in", next=_here_path()), 303)


def _here_path() -> str:
    return request.full_path if request.query_string else request.path


def plug(app: Flask, runtime: Runtime, plugs: Collection[Plug], *also_signed: str) -> None:
    """Find out at each request who is here; what comes in through an integration is signed by its sender instead.

    `also_signed` names further blueprints whose senders prove who they are at each request.
    """
    brought = (each.blueprint.name for each in plugs if each.blueprint is not None)
    signed = frozenset({health.NAME, *brought, *also_signed})
    app.extensions["signed by their senders"] = signed
    app.extensions["doors"] = {each.door.name: each.door for each in plugs if each.door is not None}

    @app.before_request
    def who() -> None:
        g.runtime = runtime
        g.voice = visitors_voice()
        if request.blueprint in signed:
            return
        if any("\0" in value for value in _asked_for()):
            abort(404)  # no name and no id of ours holds one, and PostgreSQL takes none
        secret = session.get(COOKIE_KEY)
        if isinstance(secret, str):
            _come_in(runtime, secret)
        g.frame = frames.frame(runtime, found(), g.voice)


def _asked_for() -> Iterator[str]:
    """What the address of this request names."""
    yield from (value for value in (request.view_args or {}).values() if isinstance(value, str))
    for name, values in request.args.lists():
        yield from (name, *values)


def _come_in(runtime: Runtime, secret: str) -> None:
    now = runtime.now()
    with runtime.housekeeping(writes=False) as db:
        card = access.session_of(db, runtime.keyring, secret, now)
        if card is None:
            return
        db.enter(card.workspace)
        here = load(db, runtime, card, now)
    if here is None:
        return
    g.here, g.voice = here, here.voice
    if card.seen_on < now.date() and not request.path.startswith(TRACELESS):
        with runtime.transaction(card.workspace) as db:
            visits.visited(db, card.id, now)


def visitors_voice() -> Voice:
    """The voice for somebody we do not know: the language their browser asks for."""
    asked = request.accept_languages
    made_up = catalogues.PSEUDO in asked.values()
    return Voice.for_language(catalogues.PSEUDO if made_up else asked.best_match(catalogues.languages()), formal=False)


def device() -> str:
    """This browser in two names its owner recognises."""
    return device_words(request.user_agent.string)


def begin_session(secret: str, *, keeping: Collection[str] = ()) -> None:
    """Let this browser be somebody from now on; whatever it was before is forgotten, but for what is named."""
    kept = {name: session[name] for name in keeping if name in session}
    session.clear()
    session.update(kept)
    session[COOKIE_KEY] = secret
    session.permanent = True


def end_session() -> None:
    """Let this browser be nobody again."""
    session.clear()


def require_policies(app: Flask) -> None:
    """Refuse to start while a view of ours does not say who may open it, or names an act nobody decided on."""
    signed: frozenset[str] = app.extensions["signed by their senders"]
    app.view_functions |= {name: open_to_all(app.view_functions[name]) for name in AROUND if name in app.view_functions}
    without = [
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint.partition(".")[0] not in signed and not _is_decided(app.view_functions[rule.endpoint])
    ]
    if without:
        raise StartRefused(f"These pages do not say who may open them: {', '.join(sorted(set(without)))}.")


def _is_decided(view: object) -> bool:
    marked = policy_of(view)
    return marked is not None and (marked.act is None or marked.act in policy.TABLE)
