"""Moments: private notes of small ruptures, for the one who writes them and for nobody else."""

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue

from service.errors import ProblemKind, Refused, refused
from service.moments import actions as moments
from service.moments import queries
from service.moments.queries import MomentCard
from service.moments.rules import Moment, Resolved
from service.people.acts import Act
from service.ruptures import Rupture
from service.web import forms
from service.web.entry import for_members
from service.web.forms import Typed
from service.web.here import Here
from service.web.notices import onward
from service.web.pieces import Act as Press
from service.web.pieces import Choice
from service.wording import buttons, kinds, noticing, rooms
from service.wording import look as around
from service.wording import moments as words
from service.wording.buttons import Button

room = Blueprint("moments", __name__)
FIELDS = ("kind", "who", "words")


@room.get("/moments")
@for_members(Act.MOMENTS_LIST)
def shown(here: Here) -> ResponseReturnValue:
    """My own notes, and a form for one more."""
    return _page(here, forms.begun(kind="", who="", words=""))


def _page(here: Here, typed: Typed) -> str:
    voice = here.voice
    with here.transaction(writes=False) as db:
        cards = queries.mine(db, here.runtime.keyring, here.me.id)
        here.learn(db, [card.who for card in cards])
    return render_template(
        "moments/moments.html",
        here=here,
        words=words,
        noticing=noticing,
        rooms=rooms,
        typed=typed,
        kinds=[Choice(kind.value, kinds.title(voice, kind), kinds.example(voice, kind)) for kind in Rupture],
        people=[Choice("", noticing.nobody(voice)), *(Choice(card.id, card.name) for card in here.peers())],
        moments=[(card, kinds.title(voice, card.kind), _with(here, card), _acts(here, card)) for card in cards],
        note=buttons.label(voice, Button.MOMENTS_NOTE),
        optional=around.optional(voice),
    )


def _with(here: Here, card: MomentCard) -> str:
    day = here.day(card.on)
    return day if card.who is None else f"{day} · {here.name(card.who)}"


def _acts(here: Here, card: MomentCard) -> tuple[Press, ...]:
    voice, at = here.voice, f"/moments/{card.id}"
    gone = Press(noticing.delete(voice), action=f"{at}/delete", kind="quiet")
    if card.resolved is not None:
        return (gone,)
    slip = (Press(words.slip_a_card(voice), href="/suggestions"),) if here.may(Act.SUGGESTIONS_OPEN) else ()
    return (
        Press(noticing.say_something(voice), action=f"{at}/resolve", hidden={"how": Resolved.SAID.value}),
        *slip,
        Press(noticing.it_was_mine(voice), action=f"{at}/resolve", hidden={"how": Resolved.MINE.value}),
        Press(
            buttons.label(voice, Button.MOMENTS_RESOLVE),
            action=f"{at}/resolve",
            hidden={"how": Resolved.LET_BE.value},
        ),
        gone,
    )


@room.post("/moments")
@for_members(Act.MOMENTS_NOTE)
def note(here: Here) -> ResponseReturnValue:
    """Keep a note, sealed."""
    typed = forms.sent(*FIELDS)
    try:
        if not typed.one("kind"):
            raise refused(ProblemKind.MISSING, "kind")
        who = typed.one("who") or None
        if who is not None and who not in here.members:
            raise refused(ProblemKind.UNKNOWN_VALUE, "who")
        moment = Moment(forms.choice(Rupture, typed.one("kind"), "kind"), who, typed.one("words"))
        with here.transaction() as db:
            moments.note(db, here.runtime.keyring, here.me.id, moment, here.now)
    except Refused as declined:
        return _page(here, typed.declined(here.voice, declined)), 422
    return onward("/moments", words.noted(here.voice))


@room.post("/moments/<moment>/resolve")
@for_members(Act.MOMENTS_RESOLVE)
def resolve(here: Here, moment: str) -> ResponseReturnValue:
    """Say something, find one's own part, or let it be."""
    how = forms.choice(Resolved, forms.sent("how").one("how"), "how")
    with here.transaction() as db:
        card = queries.moment(db, here.runtime.keyring, here.me.id, moment)
        moments.resolve(db, here.me.id, moment, how)
    if how is Resolved.SAID and card is not None:
        return redirect(f"/repairs/new/hurt?to={card.who or ''}&kind={card.kind}", 303)
    said = words.let_be(here.voice) if how is Resolved.LET_BE else noticing.kept_mine(here.voice)
    return onward("/moments", said)


@room.post("/moments/<moment>/delete")
@for_members(Act.MOMENTS_RESOLVE)
def delete(here: Here, moment: str) -> ResponseReturnValue:
    """Delete a note."""
    with here.transaction() as db:
        moments.delete(db, here.me.id, moment)
    return onward("/moments", noticing.deleted(here.voice))
