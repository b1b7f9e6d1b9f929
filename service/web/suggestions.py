"""Cards: the one of this week, what may be said of it, and what may be drawn."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from service.db import Session
from service.errors import ProblemKind, Refused, refused
from service.people.acts import Act
from service.people.rules import WorkspaceKind
from service.ruptures import Register
from service.suggestions import actions as suggestions
from service.suggestions import deck, queries, rules, sharing
from service.suggestions.queries import DrawnCard
from service.web import forms
from service.web.entry import for_members
from service.web.forms import Typed
from service.web.here import Here
from service.web.notices import onward
from service.web.pieces import Act as Press
from service.wording import cards, reasons, rooms
from service.wording import suggestions as words
from service.wording.buttons import Button, label
from service.wording.cards import Spoken

room = Blueprint("suggestions", __name__)


def register(here: Here) -> Register:
    """The deck of a home or of a team, whoever reads it."""
    return Register.TEAM if here.home.kind is WorkspaceKind.TEAM else Register.FAMILY


def spoken(here: Here, card_id: str) -> Spoken | None:
    """A card in words; None for one that has left the deck."""
    found = deck.card(register(here), card_id)
    return None if found is None else cards.card(here.voice, found)


@room.get("/cards")
@for_members(Act.SUGGESTIONS_HOUSE_CARD)
def shown(here: Here) -> ResponseReturnValue:
    """This week's cards, and the earlier ones."""
    return _page(here, forms.begun(words=""))


def _page(here: Here, typed: Typed) -> str:
    circle = here.home_circle()
    with here.transaction(writes=False) as db:
        mine = queries.drawn_by(db, here.me.id) if here.may(Act.SUGGESTIONS_KEEP) else []
        ours = queries.drawn_for(db, circle.id) if circle is not None else []
        choice = queries.deck_of(db, here.me.id, here.today)
        may_share = (
            circle is not None
            and here.may(Act.SUGGESTIONS_SHARE)
            and sharing.may_share(db, here.me.id, circle.id, here.now)
        )
        below = not rules.holds_up(queries.roster(db, here.now), here.me.id, here.today)
    return render_template(
        "suggestions/cards.html",
        here=here,
        words=words,
        rooms=rooms,
        typed=typed,
        mine=_this_week(here, mine),
        ours=_this_week(here, ours),
        mine_acts=_acts(here, mine),
        earlier=_earlier(here, [*mine, *ours]),
        paused=choice.paused,
        below=below,
        may_pause=here.may(Act.SUGGESTIONS_PAUSE),
        pause=label(here.voice, Button.SUGGESTIONS_PAUSE),
        may_share=may_share,
        may_slip=here.may(Act.SUGGESTIONS_OPEN),
        may_report=here.may(Act.SUGGESTIONS_REPORT),
        card_id=next((card.card for card in (*mine, *ours) if _is_now(here, card)), ""),
        why=reasons,
    )


def _is_now(here: Here, card: DrawnCard) -> bool:
    return (here.today - card.week_on).days < 7


def _this_week(here: Here, drawn: list[DrawnCard]) -> Spoken | None:
    return next((spoken(here, card.card) for card in drawn if _is_now(here, card)), None)


def _earlier(here: Here, drawn: list[DrawnCard]) -> list[tuple[str, Spoken]]:
    past = sorted((card for card in drawn if not _is_now(here, card)), key=lambda card: card.week_on, reverse=True)
    found = ((card, spoken(here, card.card)) for card in past)
    week = words.week_of
    return [(week(here.voice, here.voice.day_of_year(card.week_on)), said) for card, said in found if said is not None]


def _acts(here: Here, mine: list[DrawnCard]) -> tuple[Press, ...]:
    card = next((card.card for card in mine if _is_now(here, card)), None)
    if card is None:
        return ()
    voice, hidden = here.voice, {"card": card}
    return (
        Press(label(voice, Button.SUGGESTIONS_KEEP), action="/cards/keep", hidden=hidden),
        Press(label(voice, Button.SUGGESTIONS_OMIT), action="/cards/omit", hidden=hidden),
        Press(label(voice, Button.SUGGESTIONS_OTHER), action="/cards/other", hidden=hidden, kind="quiet"),
        Press(label(voice, Button.REPAIRS_OPEN), href=f"/repairs/new/mine?kind={card.partition('.')[0]}", kind="quiet"),
    )


def _drawn(here: Here, db: Session, typed: Typed) -> str:
    """A card that this member, or their circle, drew."""
    circle = here.home_circle()
    mine = [*queries.drawn_by(db, here.me.id), *(queries.drawn_for(db, circle.id) if circle is not None else [])]
    if typed.one("card") not in {card.card for card in mine}:
        raise refused(ProblemKind.NOT_FOUND)
    return typed.one("card")


@room.post("/cards/keep")
@for_members(Act.SUGGESTIONS_KEEP)
def keep(here: Here) -> ResponseReturnValue:
    """Keep it: it stands on my page anyway, and this says so."""
    return onward("/cards", words.kept(here.voice))


@room.post("/cards/omit")
@for_members(Act.SUGGESTIONS_OMIT)
def omit(here: Here) -> ResponseReturnValue:
    """Not this one for now."""
    with here.transaction() as db:
        suggestions.omit(db, here.me.id, _drawn(here, db, forms.sent("card")), here.today)
    return onward("/cards", words.left_out(here.voice))


@room.post("/cards/other")
@for_members(Act.SUGGESTIONS_OTHER)
def other(here: Here) -> ResponseReturnValue:
    """Another kind next week."""
    with here.transaction() as db:
        suggestions.other_kind(db, here.me.id)
    return onward("/cards", words.other_kind(here.voice))


@room.post("/cards/pause")
@for_members(Act.SUGGESTIONS_PAUSE)
def pause(here: Here) -> ResponseReturnValue:
    """Draw no cards; nobody is shown."""
    with here.transaction() as db:
        suggestions.pause(db, here.me.id, paused=True)
    undo = Press(words.draw_again(here.voice), action="/cards/draw-again")
    return onward("/cards", words.paused(here.voice), undo=undo)


@room.post("/cards/draw-again")
@for_members(Act.SUGGESTIONS_PAUSE)
def draw_again(here: Here) -> ResponseReturnValue:
    """Draw cards again."""
    with here.transaction() as db:
        suggestions.pause(db, here.me.id, paused=False)
    return onward("/cards", words.resumed(here.voice))


@room.post("/cards/unkind")
@for_members(Act.SUGGESTIONS_REPORT)
def unkind(here: Here) -> ResponseReturnValue:
    """The words of a card are unkind: it counts against them, and against nobody."""
    with here.transaction() as db:
        suggestions.report(db, _drawn(here, db, forms.sent("card")), here.today)
    return onward("/cards", words.reported_unkind(here.voice))


@room.post("/cards/unsafe")
@for_members(Act.SUGGESTIONS_REPORT)
def unsafe(here: Here) -> ResponseReturnValue:
    """Something is not safe: help is shown, and nothing is kept."""
    contacts = words.contacts(here.voice, here.home.help_at)
    return onward("/cards", words.reported_unsafe(here.voice, contacts), kind="careful")


@room.post("/cards/share")
@for_members(Act.SUGGESTIONS_SHARE)
def share(here: Here) -> ResponseReturnValue:
    """Tell my circle, in my own words, what I will try."""
    typed, circle = forms.sent("words"), here.home_circle()
    try:
        if circle is None:
            raise refused(ProblemKind.NOT_FOUND)
        with here.transaction() as db:
            sharing.share(db, here.me.id, circle.id, typed.one("words"), here.now)
    except Refused as declined:
        return _page(here, typed.declined(here.voice, declined)), 422
    return onward("/cards", words.shared_done(here.voice))
