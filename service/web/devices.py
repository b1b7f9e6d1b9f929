"""Nudges on the screen of this device: asked for by a press, ended by another, or with the session."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from service.access import actions as access
from service.access import devices
from service.access.rules import Screen
from service.errors import ProblemKind, Refused, refused
from service.people import actions as people
from service.people.acts import Act
from service.web import forms
from service.web.entry import for_members
from service.web.forms import Typed
from service.web.here import Here
from service.web.notices import onward
from service.wording import devices as words
from service.wording import rooms

room = Blueprint("devices", __name__)
COURIER = "push"


@room.get("/devices")
@for_members(Act.PEOPLE_BOUNDARY)
def page(here: Here) -> ResponseReturnValue:
    """Where nudges are shown, and a press that shows them here."""
    return _page(here, forms.begun(endpoint="", words="no"))


def _page(here: Here, typed: Typed) -> str:
    if here.runtime.screen_key is None:
        raise refused(ProblemKind.NOT_FOUND)
    with here.transaction(writes=False) as db:
        found = devices.screens(db, here.runtime.keyring, here.me.id)
    return render_template(
        "settings/devices.html",
        here=here,
        words=words,
        rooms=rooms,
        typed=typed,
        key=here.runtime.screen_key,
        screens=[
            (device, devices.service_of(screen), words.shows(here.voice, words_too=shows))
            for device, screen, shows in found
        ],
    )


@room.post("/devices")
@for_members(Act.PEOPLE_BOUNDARY)
def add(here: Here) -> ResponseReturnValue:
    """Show nudges on this device from now on."""
    typed = forms.sent("endpoint", "key", "secret", "words")
    screen = Screen(typed.one("endpoint"), typed.one("key"), typed.one("secret"))
    try:
        with here.transaction() as db:
            shows = typed.one("words") == "yes"
            access.put_on_screen(
                db, here.runtime.keyring, here.me.id, here.session.id, screen, here.now, shows_words=shows
            )
            people.carry_by(db, here.me.id, COURIER)
    except Refused as declined:
        return _page(here, typed.declined(here.voice, declined)), 422
    return onward("/devices", words.on(here.voice))


@room.post("/devices/<device>/end")
@for_members(Act.PEOPLE_BOUNDARY)
def end(here: Here, device: str) -> ResponseReturnValue:
    """No more on that device."""
    with here.transaction() as db:
        access.off_screen(db, here.me.id, device)
    return onward("/devices", words.off(here.voice))
