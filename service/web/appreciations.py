"""Saying thanks: the form, what exactly will be sent, sending, and ten minutes to change one's mind."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from service.appreciations import actions as appreciations
from service.appreciations import queries
from service.appreciations.queries import AppreciationCard
from service.appreciations.rules import Door, Draft, Job, Sharing
from service.db import new_id
from service.efforts import queries as efforts
from service.errors import ProblemKind, Refused, refused
from service.people import actions as people_acts
from service.people.acts import Act
from service.people.cards import CircleCard
from service.people.rules import Feature, Joined
from service.web import forms, thanked
from service.web.entry import for_members
from service.web.forms import Typed
from service.web.here import Here
from service.web.notices import onward
from service.web.pieces import Act as Press
from service.web.pieces import Choice
from service.wording import appreciations as words
from service.wording import chores, giving, rooms
from service.wording import efforts as effort_words
from service.wording import look as around
from service.wording.buttons import Button, label

room = Blueprint("appreciations", __name__)
FIELDS = ("recipients", "everybody", "did", "eased", "job", "values", "sharing", "effort", "token")


@room.get("/thanks/new")
@for_members(Act.APPRECIATIONS_OPEN)
def form(here: Here) -> ResponseReturnValue:
    """The form, filled with what is known: whom, and what was noticed."""
    asked = forms.asked("to", "effort")
    near = {card.id for card in here.peers()}
    chosen = [one for one in asked.all("to") if one in near]
    begun = forms.begun(
        recipients=chosen,
        everybody="",
        did="",
        eased="",
        job="",
        values="",
        sharing=Sharing.PRIVATE.value,
        effort=asked.all("effort")[:10],
        token=new_id(),
    )
    return _form(here, begun)


def _form(here: Here, typed: Typed) -> str:
    voice = here.voice
    with here.transaction(writes=False) as db:
        noticed = [one for one in efforts.efforts(db, typed.all("effort")) if one.member in typed.all("recipients")]
    return render_template(
        "appreciations/form.html",
        here=here,
        words=words,
        rooms=rooms,
        typed=typed,
        people=[here.face(card.id) for card in here.peers()],
        jobs=[(job.value, words.job(voice, job)) for job in Job] if here.is_family else [],
        wholes=[
            Choice(circle.id, words.all_in(voice, circle.name)) for circle in here.circles if len(circle.members) > 1
        ],
        valued=[Choice(word, word) for word in here.home.valued],
        sharings=_sharings(here),
        noticed=[effort_words.done(voice, one.kind, one.title) for one in noticed],
        caution=effort_words.caution(voice) if any(one.out_of_hours for one in noticed) else None,
        first=here.me.joined is Joined.NO,
        optional=around.optional(voice),
        chores=chores,
        swap=label(voice, Button.APPRECIATIONS_SWAP) if here.may(Act.EFFORTS_CHORES) else None,
    )


def _sharings(here: Here) -> list[Choice]:
    voice = here.voice
    found = [Choice(Sharing.PRIVATE.value, words.only_us(voice), words.only_us_hint(voice))]
    if Feature.FEED in here.home.switched_off or not here.may(Act.APPRECIATIONS_FEED):
        return found
    return found + [
        Choice(circle.id, words.all_in(voice, circle.name), words.all_in_hint(voice)) for circle in here.circles
    ]


def _circle(here: Here, typed: Typed) -> CircleCard | None:
    return next((circle for circle in here.circles if circle.id == typed.one("sharing")), None)


def _draft(here: Here, typed: Typed) -> Draft:
    circle = _circle(here, typed)
    if circle is None and typed.one("sharing") not in ("", Sharing.PRIVATE.value):
        raise refused(ProblemKind.UNKNOWN_VALUE, "sharing")
    wholes = list(filter(None, typed.all("everybody")))
    if len(wholes) > 1:
        raise refused(ProblemKind.TOO_MANY, "everybody", most=1)
    return Draft(
        giver=here.me.id,
        recipients=tuple(typed.all("recipients")),
        everybody=next(iter(wholes), None),
        did=typed.one("did"),
        eased=typed.one("eased"),
        job=forms.choice(Job, typed.one("job"), "job") if typed.one("job") else None,
        sharing=Sharing.PRIVATE if circle is None else Sharing.CIRCLE,
        circle=circle.id if circle is not None else None,
        values=tuple(filter(None, typed.all("values"))),
        efforts=tuple(typed.all("effort")[:10]),
        door=Door.WEB,
        token=typed.one("token") or new_id(),
    )


@room.post("/thanks/new")
@for_members(Act.APPRECIATIONS_GIVE)
def again(here: Here) -> ResponseReturnValue:
    """Back from the preview to the form, with everything that was typed."""
    return _form(here, forms.sent(*FIELDS))


@room.post("/thanks/preview")
@for_members(Act.APPRECIATIONS_GIVE)
def preview(here: Here) -> ResponseReturnValue:
    """What exactly will be sent, to whom, and who else will read it."""
    typed = forms.sent(*FIELDS)
    try:
        draft = _draft(here, typed)
        with here.transaction(writes=False) as db:
            sharing = appreciations.preview(db, draft)
            quieter = appreciations.wished_quieter(db, draft)
            here.learn(db, draft.recipients)
    except Refused as declined:
        return _form(here, typed.declined(here.voice, declined)), 422
    circle = _circle(here, typed)
    names = thanked.names(here, draft.everybody, draft.recipients)
    reads = words.privately(here.voice)
    if sharing is Sharing.CIRCLE and circle is not None:
        reads = words.in_feed(here.voice, circle.name)
    elif draft.everybody is not None or len(names) > 1:
        reads = giving.read_by_them(here.voice, names)
    return render_template(
        "appreciations/preview.html",
        here=here,
        words=words,
        rooms=rooms,
        typed=typed,
        fields=FIELDS,
        draft=draft,
        names=names,
        beside=thanked.beside(here, draft.job, draft.values),
        reads=reads,
        quieter=[words.wish_wins(here.voice, name) for name in quieter],
        send=label(here.voice, Button.APPRECIATIONS_GIVE),
    )


@room.post("/thanks")
@for_members(Act.APPRECIATIONS_GIVE)
def give(here: Here) -> ResponseReturnValue:
    """Send them; a form sent twice sends once."""
    typed = forms.sent(*FIELDS)
    try:
        with here.transaction() as db:
            given = appreciations.give(db, _draft(here, typed), here.now)
    except Refused as declined:
        return _form(here, typed.declined(here.voice, declined)), 422
    here.runtime.soon()
    return onward(f"/thanks/{given}")


def _mine(here: Here, appreciation: str) -> AppreciationCard:
    """Thanks that I gave; any other is not here."""
    with here.transaction(writes=False) as db:
        card = queries.appreciation(db, appreciation, here.me.id)
        if card is None or card.giver != here.me.id:
            raise refused(ProblemKind.NOT_FOUND)
        here.learn(db, card.recipients)
    return card


@room.get("/thanks/<appreciation>")
@for_members(Act.APPRECIATIONS_READ)
def sent(here: Here, appreciation: str) -> ResponseReturnValue:
    """Thanks I gave, and what may still be done with them."""
    card = _mine(here, appreciation)
    may_change = queries.may_change(card, here.now)
    at, voice = f"/thanks/{card.id}", here.voice
    acts = [Press(label(voice, Button.APPRECIATIONS_WITHDRAW), action=f"{at}/withdraw", drawing="undo")]
    if may_change:
        acts.insert(0, Press(label(voice, Button.APPRECIATIONS_EDIT), href=f"{at}/edit"))
    return render_template(
        "appreciations/sent.html",
        here=here,
        words=words,
        rooms=rooms,
        card=card,
        one=here.face(here.me.id),
        other=thanked.face(here, card),
        names=thanked.names(here, card.everybody, card.recipients),
        beside=thanked.beside(here, card.job, card.values),
        acts=acts,
        may_change=may_change,
    )


@room.get("/thanks/<appreciation>/edit")
@for_members(Act.APPRECIATIONS_EDIT)
def edit_form(here: Here, appreciation: str) -> ResponseReturnValue:
    """Say it better, within ten minutes."""
    card = _mine(here, appreciation)
    return _edit(here, card, forms.begun(did=card.did, eased=card.eased))


def _edit(here: Here, card: AppreciationCard, typed: Typed) -> str:
    return render_template("appreciations/edit.html", here=here, words=words, rooms=rooms, card=card, typed=typed)


@room.post("/thanks/<appreciation>/edit")
@for_members(Act.APPRECIATIONS_EDIT)
def edit(here: Here, appreciation: str) -> ResponseReturnValue:
    """Change the words, wherever they went."""
    typed, card = forms.sent("did", "eased"), _mine(here, appreciation)
    try:
        with here.transaction() as db:
            appreciations.edit(db, card.id, here.me.id, typed.one("did"), typed.one("eased"), here.now)
    except Refused as declined:
        return _edit(here, card, typed.declined(here.voice, declined)), 422
    return onward(f"/thanks/{card.id}", words.edited(here.voice))


@room.post("/thanks/<appreciation>/withdraw")
@for_members(Act.APPRECIATIONS_WITHDRAW)
def withdraw(here: Here, appreciation: str) -> ResponseReturnValue:
    """Take them back, wherever they went."""
    with here.transaction() as db:
        appreciations.withdraw(db, appreciation, here.me.id, here.now)
    return onward("/thanks", words.taken_back(here.voice))


@room.post("/thanks/stop")
@for_members(Act.APPRECIATIONS_STOP)
def stop(here: Here) -> ResponseReturnValue:
    """ "Don't send me these", from somebody who has not joined."""
    with here.transaction() as db:
        people_acts.refuse_thanks(db, here.me.id)
    return onward("/today", words.no_more(here.voice))
