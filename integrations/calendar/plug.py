"""What calendars bring: a reader of files, and the addresses of feeds."""

from datetime import date
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort
from flask.typing import ResponseReturnValue

from service.db import Session
from service.occasions import queries as occasions
from service.occasions.calendars import Found
from service.occasions.queries import OccasionCard
from service.people import policy
from service.people import queries as people
from service.people.acts import Act
from service.people.rules import register_of
from service.runtime import Plug, Runtime
from service.wording import occasions as words
from service.wording.voice import Voice

NAME = "calendar"


class ICalendar:
    """Reads iCalendar files, and says where feeds are."""

    def read(self, content: bytes, today: date) -> Found:
        """The days of a file; raises Refused where it is none."""
        from integrations.calendar import payloads

        return payloads.found(content, today)

    def path(self, secret: str) -> str:
        """The path of the feed that this secret opens."""
        return f"/calendar/{secret}.ics"


def plug(runtime: Runtime) -> Plug:
    """What calendars bring to a process."""
    return Plug(name=NAME, blueprint=_blueprint(runtime), calendar=ICalendar())


def _blueprint(runtime: Runtime) -> Blueprint:
    room = Blueprint(NAME, __name__)

    @room.get("/calendar/<secret>.ics")
    def feed(secret: str) -> ResponseReturnValue:
        """The days of whoever holds this address, as they stand now; nothing says whose an unknown one was."""
        content = _feed(runtime, secret)
        if content is None:
            abort(404)
        answer = Response(content, content_type="text/calendar; charset=utf-8")
        answer.headers["Cache-Control"] = "private, no-cache"
        answer.add_etag()
        return answer

    return room


def _feed(runtime: Runtime, secret: str) -> bytes | None:
    now = runtime.now()
    with runtime.housekeeping(writes=False) as db:
        owner = occasions.feed_of(db, secret)
        if owner is None:
            return None
        workspace, member = owner
        db.enter(workspace)
        return _days(db, runtime, workspace, member, now.date())


def _days(db: Session, runtime: Runtime, workspace: str, member: str, today: date) -> bytes | None:
    """What this member may see now, which is less once they are in fewer circles, and nothing once they left."""
    actor, home = people.actor(db, member), people.workspace(db, workspace)
    if actor is None or home is None or home.suspended_at is not None or not policy.allows(Act.OCCASIONS_FEED, actor):
        return None
    me = people.the_member(db, member)
    voice = Voice.for_language(me.language, formal=me.formal, register=register_of(home.kind, me.role))
    days = [day for day in occasions.seen_by(db, member, actor.circles) if day.wanted and day.next_on is not None]
    names = people.members(db, {day.member for day in days if day.member is not None})

    def says(day: OccasionCard) -> str:
        whose = names[day.member].name if day.member in names else day.name
        return words.line(voice, whose, day.kind, day.title)

    from integrations.calendar import feeds

    host = urlsplit(runtime.settings.public_url).hostname or NAME
    return feeds.written(days, says, words.calendar_of(voice, home.name), host, today)
