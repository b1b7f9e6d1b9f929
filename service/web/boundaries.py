"""My boundary: when and how I may be reached, what others may know of it, and with whom no contact is wanted."""

from dataclasses import replace
from datetime import date, datetime, time
from functools import cache

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from service.efforts.rules import Source
from service.errors import Problem, ProblemKind, Refused, refused
from service.people import actions as acts
from service.people import hours
from service.people import queries as people
from service.people.acts import Act
from service.people.cards import BoundaryView
from service.people.rules import Boundary, ThanksWish
from service.web import forms
from service.web.arriving import zones
from service.web.entry import for_members
from service.web.forms import Typed
from service.web.here import Here
from service.web.joining import offered, source_choices
from service.web.notices import onward
from service.web.pieces import Choice
from service.wording import boundaries as words
from service.wording import catalogues, rooms
from service.wording import look as around
from service.wording import people as names
from service.wording.voice import Voice

room = Blueprint("boundaries", __name__)
FIELDS = (
    *("zone", "days", "starts_at", "ends_at", "digest_at", "weekly_allowance", "paused_until", "country", "region"),
    *("thanks_wish", "raise_with_me", "shares_away", "language", "formal", "courier", "sources"),
)
YES, NO = "yes", "no"


@room.get("/boundary")
@for_members(Act.PEOPLE_BOUNDARY)
def boundary(here: Here) -> ResponseReturnValue:
    """My boundary as it stands."""
    with here.transaction(writes=False) as db:
        view = people.boundary_view(db, here.me.id)
    return _page(here, _begun(here, view))


def _begun(here: Here, view: BoundaryView) -> Typed:
    mine = view.boundary
    country, region = mine.holidays if mine.holidays is not None else ("", None)
    paused = mine.paused_until if mine.paused_until is not None and mine.paused_until > here.now else None
    return forms.begun(
        zone=mine.zone,
        days=[str(day) for day in sorted(mine.days)],
        starts_at=f"{mine.starts_at:%H:%M}",
        ends_at=f"{mine.ends_at:%H:%M}",
        digest_at=f"{mine.digest_at:%H:%M}",
        weekly_allowance=str(mine.weekly_allowance),
        paused_until=here.day_of(paused).isoformat() if paused is not None else "",
        country=country,
        region=region or "",
        thanks_wish=view.thanks_wish.value,
        raise_with_me=view.raise_with_me,
        shares_away=YES if view.shares_away else NO,
        language=here.me.language,
        formal=YES if here.me.formal else NO,
        courier=here.me.courier,
        sources=[source.value for source in offered(here) if source.value not in view.sources_off],
    )


def _page(here: Here, typed: Typed) -> str:
    voice = here.voice
    with here.transaction(writes=False) as db:
        apart = sorted(people.apart_from(db, here.me.id))
        here.learn(db, apart)
    return render_template(
        "people/boundary.html",
        here=here,
        words=words,
        names=names,
        rooms=rooms,
        typed=typed,
        zones=zones(),
        weekdays=[Choice(str(day), voice.weekday(day)) for day in range(7)],
        countries=_countries(voice),
        wishes=[Choice(wish.value, words.wish(voice, wish)) for wish in ThanksWish],
        yes_no=[Choice(NO, words.no(voice)), Choice(YES, words.yes(voice))],
        languages=[Choice(code, voice.language_name(code)) for code in catalogues.languages()],
        addresses=[Choice(NO, words.formal(voice, formal=False)), Choice(YES, words.formal(voice, formal=True))],
        couriers=[Choice(name, words.courier_named(voice, name)) for name in sorted(here.runtime.couriers)],
        sources=source_choices(here),
        apart=[here.face(one) for one in apart],
        people=[here.face(card.id) for card in here.peers() if card.id not in apart],
        may_keep_apart=here.may(Act.PEOPLE_APART),
        optional=around.optional(voice),
    )


@cache
def _codes() -> tuple[str, ...]:
    from holidays import list_supported_countries

    return tuple(code for code in list_supported_countries() if len(code) == 2)


def _countries(voice: Voice) -> list[Choice]:
    named = sorted((words.country(voice, code), code) for code in _codes())
    return [Choice("", words.no_country(voice)), *(Choice(code, name) for name, code in named)]


@room.post("/boundary")
@for_members(Act.PEOPLE_BOUNDARY)
def keep(here: Here) -> ResponseReturnValue:
    """Keep my boundary, whole, or say what is in the way of it and keep nothing."""
    typed = forms.sent(*FIELDS)
    try:
        wished = _wished(here, typed)
        ticked = {forms.choice(Source, one, "sources") for one in typed.all("sources")}
        with here.transaction() as db:
            acts.set_boundary(db, here.me.id, wished)
            acts.set_wishes(
                db,
                here.me.id,
                thanks_wish=forms.choice(ThanksWish, typed.one("thanks_wish"), "thanks_wish"),
                raise_with_me=typed.one("raise_with_me").strip(),
                shares_away=typed.one("shares_away") == YES,
                sources_off=[source.value for source in Source if source not in ticked],
            )
            language, formal = _language(typed.one("language")), typed.one("formal") == YES
            acts.speak(db, here.me.id, language=language, formal=formal)
            if typed.one("courier") in here.runtime.couriers:
                acts.carry_by(db, here.me.id, typed.one("courier"))
    except Refused as declined:
        return _page(here, typed.declined(here.voice, declined)), 422
    return onward("/boundary", words.saved(here.voice))


def _wished(here: Here, typed: Typed) -> Boundary:
    """The boundary the form asks for; everything that cannot be read is said at once."""
    found: list[Problem] = []

    def read(name: str) -> time | None:
        try:
            return forms.clock(typed.one(name), name)
        except Refused as declined:
            found.extend(declined.problems)
            return None

    starts, ends, digest = read("starts_at"), read("ends_at"), read("digest_at")
    allowance = 0
    try:
        allowance = forms.number(typed.one("weekly_allowance"), "weekly_allowance")
    except Refused as declined:
        found.extend(declined.problems)
    if found or starts is None or ends is None or digest is None:
        raise Refused(*found)
    country, region = typed.one("country"), typed.one("region").strip().upper() or None
    if country and not hours.knows_holidays(country, region):
        raise refused(ProblemKind.UNKNOWN_VALUE, "region" if region else "country")
    wished = replace(
        here.boundary,
        zone=typed.one("zone"),
        days=frozenset(int(day) for day in typed.all("days") if day in tuple("0123456")),
        starts_at=starts,
        ends_at=ends,
        digest_at=digest,
        weekly_allowance=allowance,
        holidays=(country, region) if country else None,
    )
    return replace(wished, paused_until=_pause(typed, wished))


def _pause(typed: Typed, wished: Boundary) -> datetime | None:
    if not typed.one("paused_until"):
        return None
    on: date = forms.day(typed.one("paused_until"), "paused_until")
    try:
        return hours.local(wished, on, time(0))
    except (KeyError, ValueError, OSError):
        raise refused(ProblemKind.UNKNOWN_TIME_ZONE, "zone") from None


def _language(said: str) -> str:
    if said not in catalogues.languages():
        raise refused(ProblemKind.UNKNOWN_VALUE, "language")
    return said


@room.post("/boundary/apart")
@for_members(Act.PEOPLE_APART)
def keep_apart(here: Here) -> ResponseReturnValue:
    """No contact about or with somebody; they are not told."""
    typed = forms.sent("other")
    if not typed.one("other"):
        return onward("/boundary#apart")
    with here.transaction() as db:
        acts.keep_apart(db, here.me.id, typed.one("other"))
    return onward("/boundary", words.apart_kept(here.voice))


@room.post("/boundary/apart/<other>/end")
@for_members(Act.PEOPLE_APART)
def end_apart(here: Here, other: str) -> ResponseReturnValue:
    """Let contact be possible again."""
    with here.transaction() as db:
        acts.end_apart(db, here.me.id, other)
    return onward("/boundary#apart")
