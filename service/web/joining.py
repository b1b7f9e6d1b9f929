"""Joining: by an invitation, or as somebody who is known here already; what it means, and how to choose."""

from flask import Blueprint, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from service.access import actions as access
from service.access import queries
from service.access.queries import InviteCard
from service.access.rules import INVITE_PATH
from service.efforts.rules import Source
from service.errors import ProblemKind, Refused, refused
from service.nudges import actions as nudges
from service.nudges.rules import NudgeKind, Told
from service.people import actions as acts
from service.people import queries as people
from service.people.acts import Act
from service.people.cards import CircleCard
from service.people.rules import register_of
from service.web import entry, forms
from service.web.entry import for_members, open_to_all
from service.web.forms import Typed
from service.web.here import Here
from service.web.here import found as somebody
from service.web.notices import tell
from service.web.pieces import Choice
from service.wording import access as ways_in
from service.wording import people as words
from service.wording.voice import Voice

room = Blueprint("joining", __name__)
AT_HOME = (Source.NOTE, Source.CHORE)
THANKS, SOME = "thanks", "some"


@room.get(f"{INVITE_PATH}<token>")
@open_to_all
def invitation(token: str) -> ResponseReturnValue:
    """Who invites, who leads, what is noticed, who sees it, what is kept; and one button."""
    return _invitation(token, forms.begun(name=""), 200)


def _invitation(token: str, typed: Typed, status: int) -> tuple[str, int]:
    runtime = g.runtime
    with runtime.housekeeping(writes=False) as db:
        card = queries.invite_of(db, runtime.keyring, token, runtime.now())
        if card is None:
            again = ways_in.link_used_up(g.voice)
            return render_template("access/link.html", voice=g.voice, words=ways_in, again=again), 404
        db.enter(card.workspace)
        home, circle = people.workspace(db, card.workspace), people.circle(db, card.circle)
        leads = [one.name for one in people.members(db, circle.leads if circle else ()).values()]
    voice = _voice(card, home.language if home is not None else "en")
    page = render_template(
        "access/invitation.html",
        voice=voice,
        words=words,
        ways_in=ways_in,
        invite=card,
        leads=leads,
        typed=typed,
        action=request.path,
        me=somebody(),
    )
    return page, status


def _voice(card: InviteCard, language: str) -> Voice:
    """An invitation speaks the language of the home it leads to."""
    voice: Voice = Voice.for_language(language, register=register_of(card.workspace_kind, card.role))
    g.voice = voice
    return voice


@room.post(f"{INVITE_PATH}<token>")
@open_to_all
def accept(token: str) -> ResponseReturnValue:
    """Join under a name; this browser is that member's from now on."""
    typed, runtime = forms.sent("name"), g.runtime
    old = somebody()
    try:
        with runtime.housekeeping() as db:
            now = runtime.now()
            entrance = access.accept_invite(db, runtime.keyring, token, typed.one("name"), now)
            circle = people.circles_of(db, entrance.member)
            nudges.offer(db, NudgeKind.WELCOME, entrance.member, entrance.member, Told(), now)
            cookie = access.open_session(db, runtime.keyring, entrance, entry.device(), now)
    except Refused as declined:
        return _invitation(token, typed.declined(g.voice, declined), 422)
    if old is not None:
        with old.transaction() as db:
            access.revoke(db, old.me.id, old.session.id)
    entry.begin_session(cookie)
    runtime.soon()
    tell(words.welcome(g.voice, circle[0].name if circle else None))
    return redirect("/today", 303)


@room.get("/join")
@for_members(Act.PEOPLE_JOIN)
def offer(here: Here) -> ResponseReturnValue:
    """The one screen before joining, for somebody who is known here already."""
    circle = here.home_circle()
    return render_template("people/join.html", here=here, words=words, circle=circle, leads=_leads(here, circle))


def _leads(here: Here, circle: CircleCard | None) -> list[str]:
    return [here.name(lead) for lead in circle.leads] if circle is not None else []


@room.post("/join")
@for_members(Act.PEOPLE_JOIN)
def join(here: Here) -> ResponseReturnValue:
    """Somebody agreed to everything."""
    _agree(here, whole=True, off=None)
    return redirect("/today", 303)


@room.get("/join/choose")
@for_members(Act.PEOPLE_CHOOSE)
def choose(here: Here) -> ResponseReturnValue:
    """Thanks alone, or more with the sources one ticks; nothing is ticked beforehand."""
    return _choose(here, forms.begun(what="", sources=()))


def _choose(here: Here, typed: Typed) -> str:
    options = [
        Choice(THANKS, words.choose_thanks(here.voice), words.choose_thanks_hint(here.voice)),
        Choice(SOME, words.choose_some(here.voice), words.choose_some_hint(here.voice)),
    ]
    return render_template(
        "people/choose.html", here=here, words=words, typed=typed, options=options, sources=source_choices(here)
    )


def source_choices(here: Here) -> list[Choice]:
    """The sources that may notice somebody here."""
    return [Choice(source.value, words.source(here.voice, source)) for source in offered(here)]


def offered(here: Here) -> tuple[Source, ...]:
    """The sources there are at a home, or at work."""
    return AT_HOME if here.is_family else tuple(source for source in Source if source is not Source.CHORE)


@room.post("/join/choose")
@for_members(Act.PEOPLE_CHOOSE)
def chosen(here: Here) -> ResponseReturnValue:
    """Somebody chose what they agree to."""
    typed = forms.sent("what", "sources")
    try:
        if typed.one("what") not in (THANKS, SOME):
            raise refused(ProblemKind.MISSING, "what")
        ticked = {forms.choice(Source, one, "sources") for one in typed.all("sources")}
        off = [source.value for source in Source if source not in ticked]
        _agree(here, whole=typed.one("what") == SOME, off=off)
    except Refused as declined:
        return _choose(here, typed.declined(here.voice, declined)), 422
    return redirect("/today", 303)


def _agree(here: Here, *, whole: bool, off: list[str] | None) -> None:
    with here.transaction() as db:
        acts.join(db, here.me.id, here.now, whole=whole)
        if off is not None:
            acts.set_wishes(db, here.me.id, sources_off=off)
        nudges.offer(db, NudgeKind.WELCOME, here.me.id, here.me.id, Told(), here.now)
    here.runtime.soon()
    circle = here.home_circle()
    tell(words.welcome(here.voice, circle.name if circle is not None else None))
