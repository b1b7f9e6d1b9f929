"""Slipping a card. Nothing here is logged with a person, and no statement to the database names who asks."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from service.errors import ProblemKind, Refused, refused
from service.people.acts import Act
from service.ruptures import Rupture
from service.suggestions import actions as suggestions
from service.suggestions import counting, deck, queries, rules
from service.suggestions.rules import Roster
from service.web import forms
from service.web.entry import for_members
from service.web.forms import Typed
from service.web.here import Here
from service.web.pieces import Choice, Face
from service.web.suggestions import register
from service.wording import cards, kinds, rooms
from service.wording import suggestions as words

room = Blueprint("slipping", __name__)
ALL, ONE = "all", "one"
FIELDS = ("for", "member", "kind", "card")
counted = counting.counted


@room.get("/suggestions")
@for_members(Act.SUGGESTIONS_OPEN)
def form(here: Here) -> ResponseReturnValue:
    """For all of us first, for one person second; then a kind, then a card."""
    return _form(here, forms.begun(**{"for": ALL, "member": "", "kind": "", "card": ""}))


def _form(here: Here, typed: Typed) -> str:
    with here.transaction(writes=False) as db:
        roster = queries.roster(db, here.now)
    circle = here.home_circle()
    in_the_way = rules.in_the_way_of_all(roster, here.me.id, circle.id) if circle is not None else None
    faces = _drawers(here, roster) if here.may(Act.SUGGESTIONS_OPEN) else []
    kind = Rupture(typed.one("kind")) if typed.one("kind") in tuple(Rupture) else None
    voice = here.voice
    return render_template(
        "suggestions/slip.html",
        here=here,
        words=words,
        rooms=rooms,
        typed=typed,
        for_whom=[
            Choice(ALL, words.for_all(voice), words.for_all_hint(voice), off=in_the_way is not None),
            Choice(ONE, words.for_one(voice), words.for_one_hint(voice) if faces else _why_nobody(here), off=not faces),
        ],
        why_not_all=_why_not(here, in_the_way, len(circle.members) if circle is not None else 0),
        people=faces,
        kinds=[Choice(one.value, kinds.title(voice, one), kinds.seen(voice, one)) for one in Rupture],
        kind=kind,
        kind_title=kinds.title(voice, kind) if kind is not None else "",
        cards=_cards(here, kind) if kind is not None else [],
        could=_could(here, roster, typed),
    )


def _why_not(here: Here, in_the_way: ProblemKind | None, size: int) -> str | None:
    if in_the_way is None:
        return None
    return words.pair(here.voice) if size <= rules.HOUSE_FLOOR - 1 else words.too_few(here.voice)


def _why_nobody(here: Here) -> str:
    leads = here.actor.is_owner or bool(here.actor.leads)
    return words.lead_signs(here.voice) if leads and not here.is_family else words.too_few(here.voice)


def _drawers(here: Here, roster: Roster) -> list[Face]:
    """Whose hat takes a card of mine now."""
    near = [card.id for card in here.peers()]
    return [here.face(one) for one in near if rules.in_the_way_of_one(roster, here.me.id, one, here.today) is None]


def _could(here: Here, roster: Roster, typed: Typed) -> list[str]:
    """Who else could have sent a card to the person chosen."""
    if typed.one("for") != ONE or not typed.one("member"):
        return []
    could = rules.could_slip(roster, typed.one("member"), here.today) if typed.one("member") in roster.people else ()
    return sorted(here.name(one) for one in could if one != here.me.id)


def _cards(here: Here, kind: Rupture) -> list[Choice]:
    voice = here.voice
    found = []
    for card in deck.deck(register(here)):
        if card.rupture is kind:
            said = cards.card(voice, card)
            found.append(Choice(card.id, said.act, said.observation))
    return found


@room.post("/suggestions")
@for_members(Act.SUGGESTIONS_SLIP)
def slip(here: Here) -> ResponseReturnValue:
    """Choose a kind, see its cards; or slip one. The answer is a page and the only sign there will ever be."""
    typed = forms.sent(*FIELDS)
    if not typed.one("card"):
        return _form(here, typed), 200 if typed.one("kind") else 422
    try:
        hat = _hat(here, typed)
        if not counted.may_slip(here.me.id, here.now.date()):
            raise refused(ProblemKind.TOO_MANY, "card", most=counting.MOST_A_DAY)
        with here.transaction() as db:
            suggestions.slip(db, hat, typed.one("card"), here.runtime.random)
    except Refused as declined:
        return _form(here, typed.declined(here.voice, declined)), 422
    return render_template("suggestions/slipped.html", here=here, words=words, rooms=rooms)


def _hat(here: Here, typed: Typed) -> str:
    """The hat the card goes into, where this member may put one in; checked against everybody, loaded whole."""
    circle = here.home_circle()
    with here.transaction(writes=False) as db:
        roster = queries.roster(db, here.now)
        if typed.one("for") == ONE:
            if not typed.one("member"):
                raise refused(ProblemKind.NOBODY_CHOSEN, "member")
            why_not = rules.in_the_way_of_one(roster, here.me.id, typed.one("member"), here.today)
            hat = queries.hat_of_member(db, typed.one("member")) if why_not is None else None
        else:
            house = circle.id if circle is not None else ""
            why_not = rules.in_the_way_of_all(roster, here.me.id, house)
            hat = queries.hat_of_circle(db, house) if why_not is None else None
    if why_not is not None:
        raise refused(why_not, "for")
    if hat is None:
        raise refused(ProblemKind.TOO_SOON, "for")
    return hat
