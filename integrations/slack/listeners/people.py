"""Joining, one's hours, leaving, and what the command says."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time

from integrations.slack import outcomes
from integrations.slack import people as slack_people
from integrations.slack.blocks import nudges as nudge_blocks
from integrations.slack.blocks import people as people_blocks
from integrations.slack.blocks import pieces
from integrations.slack.listeners import circles, efforts, home, moments, reactions, suggestions, weeks
from integrations.slack.visits import Reply, Visit, log
from service.db import Session
from service.errors import ProblemKind, refused
from service.nudges import actions as nudges
from service.nudges.rules import NudgeKind, Told
from service.people import actions as acts
from service.people import boundaries, hours
from service.people import circles as seats
from service.people import queries as people
from service.people.rules import Boundary, IdentityKind, Joined, PlaceKind
from service.wording import catalogues
from service.wording import people as people_words
from service.wording import slack as words
from service.wording.buttons import Button

NO_CIRCLE = "me"
MOST_PLACES = 25
"""In how many channels it is looked up whether somebody who joins is there; later ones seat them when they come."""


def offer(visit: Visit) -> Reply:
    """The one screen before joining."""
    card = visit.full_member()
    circle = visit.gesture.value if visit.gesture.name == Button.PEOPLE_JOIN else NO_CIRCLE
    with visit.transaction(writes=False) as db:
        found = people.circle(db, circle) if circle != NO_CIRCLE else None
        leads = people.addresses(db, IdentityKind.SLACK, found.leads) if found is not None else {}
    name = found.name if found is not None else None
    kept = visit.keep(circle=found.id if found is not None else "")
    visit.open(people_blocks.join(visit.voice(card), name, leads.values(), kept))
    return None


def join(visit: Visit) -> Reply:
    """Somebody agreed."""
    card = visit.full_member()
    circle = visit.kept().get("circle") or None
    present = _present(visit)
    with visit.transaction() as db:
        acts.join(db, card.id, visit.now)
        found = people.circle(db, circle) if circle is not None else None
        for each in {place.circle for place in people.places(db) if place.external in present}:
            seats.seat(db, each, card.id, visit.now)
        if found is not None:
            seats.seat(db, found.id, card.id, visit.now)
        nudges.offer(db, NudgeKind.WELCOME, card.id, card.id, Told(), visit.now)
    if visit.kept().get("home"):
        home.publish(visit)
    view = nudge_blocks.welcome(visit.voice(card), found.name if found is not None else None)
    return {"response_action": "update", "view": view}


def _present(visit: Visit) -> set[str]:
    """The channels we hear in which this person is."""
    with visit.transaction(writes=False) as db:
        listening = [each.external for each in people.places(db) if each.kind is PlaceKind.CHANNEL and each.listens]
    found = set()
    for channel in listening[:MOST_PLACES]:
        try:
            answer = visit.client.conversations_members(channel=channel, limit=1000)
        except outcomes.FAULTS as error:
            log.warning("members were not read", workspace=visit.installation.workspace, code=outcomes.code(error))
            continue
        if visit.gesture.person in (answer.get("members") or ()):
            found.add(channel)
    return found


def hours_form(visit: Visit) -> Reply:
    """One's hours, to be changed."""
    card = visit.full_member()
    with visit.transaction(writes=False) as db:
        boundary = people.boundaries(db, [card.id])[card.id]
    today = visit.now.astimezone(boundary.tz).date()
    view = people_blocks.boundary(visit.voice(card), boundary, catalogues.languages(), formal=card.formal, today=today)
    visit.open({**view, "private_metadata": visit.keep()})
    return None


def keep_hours(visit: Visit) -> Reply:
    """One's hours were changed."""
    card, said = visit.full_member(), visit.gesture.said
    with visit.transaction() as db:
        before = people.boundaries(db, [card.id])[card.id]
        wished = replace(
            before,
            zone=said("zone"),
            days=frozenset(int(day) for day in visit.gesture.chosen("days") if day in tuple("0123456")),
            starts_at=_clock(said("starts_at"), "starts_at"),
            ends_at=_clock(said("ends_at"), "ends_at"),
            digest_at=_clock(said("digest_at"), "digest_at"),
            weekly_allowance=_number(said("weekly_allowance"), "weekly_allowance"),
        )
        boundaries.set_boundary(db, card.id, wished)
        boundaries.pause(db, card.id, _pause(said("paused_until"), wished))
        acts.speak(db, card.id, language=_language(said("language")), formal=said("formal") == "yes")
    if visit.kept().get("home"):
        home.publish(visit)
    voice = visit.voice(visit.me())
    return {"response_action": "update", "view": pieces.notice(voice, words.hours_saved(voice))}


def _clock(said: str, name: str) -> time:
    try:
        return time.fromisoformat(said)
    except ValueError:
        raise refused(ProblemKind.MISSING, name) from None


def _number(said: str, name: str) -> int:
    if not (said.isascii() and said.isdigit() and len(said) < 4):
        raise refused(ProblemKind.UNKNOWN_VALUE, name)
    return int(said)


def _pause(said: str, boundary: Boundary) -> datetime | None:
    try:
        return hours.local(boundary, date.fromisoformat(said), time(0)) if said else None
    except ValueError:
        raise refused(ProblemKind.UNKNOWN_VALUE, "paused_until") from None


def _language(said: str) -> str:
    if said not in catalogues.languages():
        raise refused(ProblemKind.UNKNOWN_VALUE, "language")
    return said


def leave_form(visit: Visit) -> Reply:
    """What goes and what stays, before leaving."""
    visit.open(people_blocks.leave(visit.voice(visit.me()), visit.keep()))
    return None


def leave(visit: Visit) -> Reply:
    """Somebody leaves; nobody is told."""
    card = visit.me()
    voice = visit.voice(card)
    with visit.transaction() as db:
        acts.leave(db, card.id)
    if visit.kept().get("home"):
        home.publish(visit)
    return {"response_action": "update", "view": pieces.notice(voice, people_words.left(voice))}


WITH_MORE = {"noticed": efforts.command, "reaction": reactions.command, "week": weeks.command}
"""What goes on with words of its own."""


def command(visit: Visit) -> Reply:
    """`/goldseam` and what stands behind it; anything else is answered with what it can do."""
    first, _, rest = visit.gesture.value.strip().partition(" ")
    if first.casefold() in WITH_MORE:
        return WITH_MORE[first.casefold()](visit, rest.strip())
    match visit.gesture.value.casefold().split():
        case ["join"]:
            return offer(visit)
        case ["hours"]:
            return hours_form(visit)
        case ["leave"]:
            return leave_form(visit)
        case ["circle"]:
            return circles.command(visit)
        case ["moment"]:
            return moments.note_form(visit)
        case ["starts"]:
            return moments.who_starts(visit)
        case ["suggest"]:
            return suggestions.begin(visit)
        case _:
            voice = visit.voice()
            said = words.usage_title(voice)
            blocks = people_blocks.usage(voice, visit.desk.runtime.settings.slack_command_goldseam)
            return {"response_type": "ephemeral", "text": said, "blocks": blocks}


def changed(visit: Visit) -> Reply:
    """Somebody whom we know changed their name, or was removed from Slack."""
    shape = visit.gesture.event.get("user")
    installation = visit.installation
    found = (
        slack_people.person(shape, installation.team, installation.enterprise) if isinstance(shape, Mapping) else None
    )
    card = visit.known(found.slack_id) if found is not None else None
    if found is None or card is None:
        return None
    with visit.transaction() as db:
        if found.is_gone:
            acts.deactivate(db, card.id)
        else:
            slack_people.met(db, found, visit.now)
    return None


def arrived(visit: Visit) -> Reply:
    """Somebody came into a channel: the app, or a member who joined and belongs to its circle from now on."""
    if visit.gesture.person == visit.installation.bot_user:
        return circles.invited(visit)
    channel = visit.gesture.channel
    if channel is None:
        return None
    with visit.transaction() as db:
        _seat(db, channel, visit)
    return None


def _seat(db: Session, channel: str, visit: Visit) -> None:
    place = people.listening(db, PlaceKind.CHANNEL, [channel]).get(channel)
    if place is None:
        return
    card = people.known_as(db, IdentityKind.SLACK, [visit.gesture.person]).get(visit.gesture.person)
    if card is not None and card.active and card.joined is Joined.WHOLE:
        seats.seat(db, place.circle, card.id, visit.now)


BUTTONS = {Button.PEOPLE_JOIN: offer, Button.PEOPLE_BOUNDARY: hours_form, Button.PEOPLE_LEAVE: leave_form}
FORMS = {Button.PEOPLE_JOIN: join, Button.PEOPLE_BOUNDARY: keep_hours, Button.PEOPLE_LEAVE: leave}
COMMANDS = {"slack_command_goldseam": command}
EVENTS = {"user_change": changed, "member_joined_channel": arrived}
