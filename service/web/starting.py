"""Who starts: agreed by each alone, looked at by nobody but us, and ended by either on any day."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from service.errors import ProblemKind, Refused, refused
from service.moments import queries, starting
from service.people.acts import Act
from service.web import forms
from service.web.entry import for_members
from service.web.forms import Typed
from service.web.here import Here
from service.web.notices import onward
from service.web.pieces import Act as Press
from service.wording import balance as words
from service.wording import moments, rooms
from service.wording.buttons import Button, label

room = Blueprint("starting", __name__)


@room.get("/starts")
@for_members(Act.MOMENTS_BALANCE)
def shown(here: Here) -> ResponseReturnValue:
    """With whom I agreed to look, and with whom I could."""
    return _page(here, forms.begun())


def _page(here: Here, typed: Typed) -> str:
    voice = here.voice
    with here.transaction(writes=False) as db:
        looks = queries.looks_with(db, here.me.id)
        others = [card.id for card in starting.may_look_with(db, here.me.id) if card.id not in looks]
        here.learn(db, looks)
    pairs = [
        (here.face(one), words.begun(voice) if both else words.open_still(voice), _acts(here, one, both=both))
        for one, both in sorted(looks.items(), key=lambda each: here.name(each[0]).casefold())
    ]
    return render_template(
        "moments/starting.html",
        here=here,
        words=words,
        moments=moments,
        rooms=rooms,
        typed=typed,
        pairs=pairs,
        people=[here.face(one) for one in others],
    )


def _acts(here: Here, other: str, *, both: bool) -> tuple[Press, ...]:
    voice, hidden = here.voice, {"member": other}
    began = Press(label(voice, Button.MOMENTS_STARTED), action="/starts/mine", hidden=hidden)
    end = Press(label(voice, Button.MOMENTS_END), action="/starts/end", hidden=hidden, kind="quiet")
    return (began, end) if both else (end,)


@room.post("/starts")
@for_members(Act.MOMENTS_BALANCE)
def agree(here: Here) -> ResponseReturnValue:
    """Say yes, with one or with several of a small circle; nobody is told."""
    typed = forms.sent("member")
    try:
        if not typed.all("member"):
            raise refused(ProblemKind.NOBODY_CHOSEN, "member")
        with here.transaction() as db:
            for other in typed.all("member"):
                starting.agree(db, here.me.id, other, here.now)
    except Refused as declined:
        return _page(here, typed.declined(here.voice, declined)), 422
    return onward("/starts", words.agreed(here.voice))


@room.post("/starts/mine")
@for_members(Act.MOMENTS_STARTED)
def started(here: Here) -> ResponseReturnValue:
    """I started something with somebody, where nobody could have seen it."""
    other = forms.sent("member").one("member")
    with here.transaction() as db:
        if not queries.looks_with(db, here.me.id).get(other, False):
            raise refused(ProblemKind.NOT_FOUND)
        starting.started(db, here.me.id, [other], here.now)
        here.learn(db, [other])
    return onward("/starts", words.started(here.voice, here.name(other)))


@room.post("/starts/end")
@for_members(Act.MOMENTS_END)
def end(here: Here) -> ResponseReturnValue:
    """Look no more; what was kept about it goes."""
    with here.transaction() as db:
        starting.disagree(db, here.me.id, forms.sent("member").one("member"))
    return onward("/starts", words.ended(here.voice))


@room.post("/starts/dismiss")
@for_members(Act.MOMENTS_DISMISS)
def dismiss(here: Here) -> ResponseReturnValue:
    """An invitation was not wanted; after the second there is none."""
    with here.transaction() as db:
        starting.dismiss(db, here.me.id, forms.sent("member").one("member"), here.now)
    return onward("/today", words.dismissed(here.voice))
