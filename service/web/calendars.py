"""Days and one's own calendar: a private address for them, and days brought from a file after a look at each."""

from flask import Blueprint, render_template, request, session
from flask.typing import ResponseReturnValue

from service.db import entropy
from service.errors import ProblemKind, Refused, refused
from service.occasions import actions as occasions
from service.occasions import queries
from service.occasions.calendars import MOST_BYTES, MOST_DAYS, Calendar, Found, FoundDay
from service.occasions.rules import Day, OccasionKind
from service.people.acts import Act
from service.people.rules import Role
from service.web import forms
from service.web.entry import for_members
from service.web.forms import Typed
from service.web.here import Here
from service.web.notices import onward
from service.web.pieces import Choice
from service.wording import calendars as words
from service.wording import occasions as day_words
from service.wording import rooms

room = Blueprint("calendars", __name__)
KEY = "feed"
"""Under this name the next page is handed a new address, which is shown once and kept nowhere."""
ROW = ("uid", "name", "on", "often", "kind")
YEARLY, ONCE = "yearly", "once"


@room.get("/days/calendar")
@for_members(Act.OCCASIONS_FEED)
def page(here: Here) -> ResponseReturnValue:
    """My days in my own calendar, and days from a file."""
    return _page(here, forms.begun(file=""))


def _page(here: Here, typed: Typed) -> str:
    calendar = _calendar(here)
    with here.transaction(writes=False) as db:
        is_open = queries.has_feed(db, here.me.id)
    secret = session.pop(KEY, None)
    return render_template(
        "occasions/calendar.html",
        here=here,
        words=words,
        rooms=rooms,
        typed=typed,
        is_open=is_open,
        address=here.runtime.settings.public_url.rstrip("/") + calendar.path(secret) if secret else None,
        may_bring=here.may(Act.OCCASIONS_ADD),
    )


def _calendar(here: Here) -> Calendar:
    if here.runtime.calendar is None:
        raise refused(ProblemKind.NOT_FOUND)
    return here.runtime.calendar


@room.post("/days/calendar/open")
@for_members(Act.OCCASIONS_FEED)
def open_feed(here: Here) -> ResponseReturnValue:
    """Make a private address; an earlier one stops working."""
    _calendar(here)
    secret = entropy(24).hex()
    with here.transaction() as db:
        occasions.open_feed(db, here.me.id, secret, here.now)
    session[KEY] = secret
    return onward("/days/calendar")


@room.post("/days/calendar/close")
@for_members(Act.OCCASIONS_FEED)
def close_feed(here: Here) -> ResponseReturnValue:
    """Close it."""
    with here.transaction() as db:
        occasions.close_feed(db, here.me.id)
    return onward("/days/calendar", words.closed(here.voice))


@room.post("/days/calendar/look")
@for_members(Act.OCCASIONS_ADD)
def look(here: Here) -> ResponseReturnValue:
    """What a file holds, before anything of it is kept."""
    try:
        found = _read(here)
    except Refused as declined:
        return _page(here, forms.begun(file="").declined(here.voice, declined)), 422
    return _preview(here, found, forms.begun(take=[str(at) for at in range(len(found.days))], kind=""))


def _read(here: Here) -> Found:
    calendar, brought = _calendar(here), request.files.get("file")
    content = brought.stream.read(MOST_BYTES + 1) if brought is not None else b""
    if not content:
        raise refused(ProblemKind.UNREADABLE_FILE, "file")
    found = calendar.read(content, here.today)
    if not found.days:
        raise refused(ProblemKind.UNREADABLE_FILE, "file")
    return found


def _preview(here: Here, found: Found, typed: Typed) -> str:
    voice = here.voice
    kinds = [Choice(kind.value, day_words.kind(voice, kind)) for kind in OccasionKind]
    return render_template(
        "occasions/brought.html",
        here=here,
        words=words,
        rooms=rooms,
        typed=typed,
        found=[(one, _on(here, one), _fields(one)) for one in found.days],
        left_out=words.left_out(voice, found.left_out) if found.left_out else None,
        kinds=kinds,
        whose=words.become_ours(voice) if _for_others(here) else words.become_mine(voice),
    )


def _for_others(here: Here) -> bool:
    return here.is_family and here.me.role is Role.ADULT


def _on(here: Here, found: FoundDay) -> str:
    if found.day.only_on is not None:
        return here.day(found.day.only_on)
    return day_words.yearly(here.voice, queries.shown_on(found.day, here.today))


def _fields(found: FoundDay) -> dict[str, str]:
    day = found.day
    on = day.only_on.isoformat() if day.only_on is not None else f"2024-{day.month:02}-{day.day:02}"
    kind = found.kind.value if found.kind is not None else ""
    return {"uid": found.uid, "name": found.name, "on": on, "often": YEARLY if day.yearly else ONCE, "kind": kind}


@room.post("/days/calendar/keep")
@for_members(Act.OCCASIONS_ADD)
def keep(here: Here) -> ResponseReturnValue:
    """Keep the days that were chosen; one that was brought before is not kept twice."""
    typed = forms.sent("take", "count", "kind", *(f"{name}-{at}" for at in range(MOST_DAYS) for name in ROW))
    try:
        chosen = [_chosen(typed, at) for at in range(MOST_DAYS) if str(at) in typed.all("take")]
        if not chosen:
            raise refused(ProblemKind.UNKNOWN_VALUE, "take")
        _add(here, chosen, forms.choice(OccasionKind, typed.one("kind") or OccasionKind.BIRTHDAY, "kind"))
    except Refused as declined:
        shown = Found(tuple(_chosen(typed, at) for at in range(MOST_DAYS) if typed.one(f"on-{at}")))
        return _preview(here, shown, typed.declined(here.voice, declined)), 422
    return onward("/days", words.brought(here.voice, len(chosen)))


def _chosen(typed: Typed, at: int) -> FoundDay:
    on, yearly = forms.day(typed.one(f"on-{at}"), "take"), typed.one(f"often-{at}") != ONCE
    kind = forms.choice(OccasionKind, typed.one(f"kind-{at}"), "take") if typed.one(f"kind-{at}") else None
    day = Day(on.month, on.day, yearly=yearly, only_on=None if yearly else on)
    return FoundDay(typed.one(f"uid-{at}"), typed.one(f"name-{at}"), day, kind)


def _add(here: Here, chosen: list[FoundDay], kind: OccasionKind) -> None:
    circle = here.home_circle()
    if circle is None:
        raise refused(ProblemKind.NOT_FOUND)
    with here.transaction() as db:
        for found in chosen:
            name, of, title = (found.name, None, "") if _for_others(here) else ("", here.me.id, found.name)
            uid, said = found.uid or found.name, found.kind or kind
            occasions.add(
                db, here.me.id, circle.id, said, found.day, here.now, of=of, name=name, title=title, calendar_uid=uid
            )
