"""Everything else: one's name, what the workspace allows, what is kept about one, and leaving."""

import json

from flask import Blueprint, Response, redirect, render_template
from flask.typing import ResponseReturnValue

from service.belongings import actions as belongings
from service.belongings import queries as kept_queries
from service.errors import ProblemKind, Refused, refused
from service.people import actions as acts
from service.people.acts import Act
from service.people.policy import Thing
from service.people.rules import Feature
from service.web import belongings as readable
from service.web import entry, forms
from service.web.entry import for_members
from service.web.forms import Typed
from service.web.here import Here
from service.web.notices import onward, tell
from service.wording import access as ways_in
from service.wording import belongings as kinds
from service.wording import boundaries, closing, devices, health, pages, passkeys, rooms, tools
from service.wording import circles as circle_words
from service.wording import efforts as effort_words
from service.wording import helping as help_words
from service.wording import insights as insight_words
from service.wording import people as names
from service.wording import settings as words

room = Blueprint("settings", __name__)


@room.get("/settings")
@for_members(Act.SESSIONS)
def settings(here: Here) -> ResponseReturnValue:
    """The ways to everything about me, and for owners about all of us."""
    return _page(here, forms.begun(name=here.me.name))


def _page(here: Here, typed: Typed) -> str:
    voice = here.voice
    mine = [
        ("/boundary", words.hours(voice), Act.PEOPLE_BOUNDARY),
        ("/sessions", words.sessions(voice), Act.SESSIONS),
        ("/passkeys", passkeys.title(voice), Act.PASSKEYS),
        *([("/devices", devices.title(voice), Act.PEOPLE_BOUNDARY)] if here.runtime.screen_key is not None else []),
        ("/kept", words.kept(voice), Act.BELONGINGS_EXPORT),
        ("/invite", words.invite(voice), Act.PEOPLE_INVITE),
        *([] if here.is_family else [("/logins", tools.logins(voice), Act.EFFORTS_LIST)]),
        ("/leave", words.leave(voice), Act.PEOPLE_LEAVE),
    ]
    of_home = [
        ("/settings/home", words.naming(voice), Act.WORKSPACE_SETTINGS),
        ("/settings/values", words.valued(voice), Act.WORKSPACE_SETTINGS),
        ("/settings/language", words.language_here(voice), Act.WORKSPACE_SETTINGS),
        ("/tools", tools.title(voice), Act.WORKSPACE_KEYS),
        ("/attention", health.title(voice), Act.WORKSPACE_HEALTH),
        ("/settings/help", help_words.settings(voice), Act.WORKSPACE_SETTINGS),
        ("/settings/close", closing.title(voice, here.home.name), Act.WORKSPACE_DELETE),
    ]
    features = [
        (feature.value, words.feature(voice, feature), feature.value not in here.home.switched_off)
        for feature in Feature
    ]
    ours = [
        ("/digest", effort_words.digest_title(voice), Act.EFFORTS_DIGEST),
        ("/circles", circle_words.title(voice), Act.PEOPLE_QUIET),
        ("/insights", insight_words.title(voice), Act.INSIGHTS_SEE),
    ]
    return render_template(
        "settings/settings.html",
        here=here,
        words=words,
        ways_in=ways_in,
        boundaries=boundaries,
        rooms=rooms,
        typed=typed,
        ways=[(href, text) for href, text, act in mine if here.may(act)],
        ways_of_ours=[(href, text) for href, text, act in ours if _leads_somewhere(here, act)],
        ways_of_home=[(href, text) for href, text, act in of_home if here.may(act)],
        features=features if here.may(Act.WORKSPACE_SETTINGS) else [],
        may_rename=here.may(Act.PEOPLE_NAME),
    )


def _leads_somewhere(here: Here, act: Act) -> bool:
    """Whether there is a circle they may do this for."""
    return any(here.may(act, Thing(here.home.id, circles=frozenset({circle.id}))) for circle in here.circles)


@room.post("/settings/name")
@for_members(Act.PEOPLE_NAME)
def rename(here: Here) -> ResponseReturnValue:
    """Change what I am called."""
    typed = forms.sent("name")
    try:
        with here.transaction() as db:
            acts.rename(db, here.me.id, typed.one("name"))
    except Refused as declined:
        return _page(here, typed.declined(here.voice, declined)), 422
    return onward("/settings", pages.saved(here.voice))


@room.post("/settings/features/<feature>")
@for_members(Act.WORKSPACE_SETTINGS)
def switch(here: Here, feature: str) -> ResponseReturnValue:
    """Allow a feature here, or not."""
    if feature not in tuple(Feature):
        raise refused(ProblemKind.NOT_FOUND)
    with here.transaction() as db:
        acts.switch(db, here.home.id, feature, on=forms.sent("on").one("on") == "yes")
    return onward("/settings", words.switched(here.voice))


@room.get("/kept")
@for_members(Act.BELONGINGS_EXPORT)
def kept(here: Here) -> ResponseReturnValue:
    """All that is kept about me, to be read."""
    with here.transaction(writes=False) as db:
        found = kept_queries.everything_about(db, here.runtime.keyring, here.me.id)
    parts = readable.parts(here, found)
    return render_template("settings/kept.html", here=here, words=words, kinds=kinds, parts=parts)


@room.get("/kept/file")
@for_members(Act.BELONGINGS_EXPORT)
def kept_file(here: Here) -> ResponseReturnValue:
    """All that is kept about me, as a file."""
    with here.transaction(writes=False) as db:
        found = kept_queries.everything_about(db, here.runtime.keyring, here.me.id)
    answer = Response(json.dumps(found, ensure_ascii=False, indent=2), content_type="application/json; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="goldseam-about-me.json"'
    return answer


@room.get("/leave")
@for_members(Act.PEOPLE_LEAVE)
def leave_form(here: Here) -> ResponseReturnValue:
    """What goes and what stays, before leaving."""
    return _leave(here, forms.begun(take_back=""))


def _leave(here: Here, typed: Typed) -> str:
    return render_template("settings/leave.html", here=here, words=words, names=names, typed=typed)


@room.post("/leave")
@for_members(Act.BELONGINGS_ERASE)
def leave(here: Here) -> ResponseReturnValue:
    """Leave: what is kept about me goes, and nobody is told."""
    typed = forms.sent("take_back")
    try:
        with here.transaction() as db:
            belongings.erase(db, here.me.id, here.now, take_back=typed.one("take_back") == "yes")
    except Refused as declined:
        return _leave(here, typed.declined(here.voice, declined)), 422
    entry.end_session()
    tell(names.left(here.voice))
    return redirect("/", 303)
