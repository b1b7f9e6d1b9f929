"""Circles made from channels: the private question to whoever invites the app, and what follows from its answer."""

from slack_sdk.errors import SlackApiError

from integrations.slack import outcomes
from integrations.slack.blocks import circles as circle_blocks
from integrations.slack.blocks import pieces
from integrations.slack.blocks.pieces import Block
from integrations.slack.listeners import home
from integrations.slack.visits import Reply, Visit
from service.db import Session
from service.errors import ProblemKind, refused
from service.nudges import actions as nudges
from service.nudges import queries as nudge_queries
from service.nudges.rules import NudgeKind, Told
from service.people import circles as acts
from service.people import queries as people
from service.people.queries import CircleCard, MemberCard
from service.people.rules import PlaceKind
from service.wording import slack as words
from service.wording.buttons import Button

MOST_INVITATIONS = 2


def invited(visit: Visit) -> Reply:
    """The app was brought into a channel: whoever did it is asked privately, once."""
    inviter, channel = visit.gesture.event.get("inviter"), visit.gesture.channel
    if not isinstance(inviter, str) or channel is None:
        return None
    card = visit.met(inviter)
    with visit.transaction() as db:
        if channel not in people.listening(db, PlaceKind.CHANNEL, [channel]):
            nudges.offer(db, NudgeKind.PLACE_OFFERED, card.id, channel, Told(place=channel), visit.now)
    visit.desk.runtime.soon()
    return None


def command(visit: Visit) -> Reply:
    """`/goldseam circle`: the same question about the channel one is in."""
    card, channel = visit.full_member(), visit.gesture.channel
    voice = visit.voice(card)
    if channel is None or not channel.startswith(("C", "G")) or _name(visit, channel) is None:
        return {"response_type": "ephemeral", "text": words.not_a_channel(voice)}
    blocks = [*circle_blocks.offered(voice, channel), pieces.context(words.only_you(voice))]
    return {"response_type": "ephemeral", "text": pieces.TITLE, "blocks": blocks}


def _name(visit: Visit, channel: str) -> str | None:
    """The name of a channel the app is in; None where it is in none of this id. Raises outcomes.FAULTS."""
    try:
        found = visit.client.conversations_info(channel=channel).get("channel")
    except SlackApiError as error:
        if outcomes.code(error) == "missing_scope":
            raise refused(ProblemKind.NOT_GRANTED) from error
        raise
    if not isinstance(found, dict) or found.get("is_member") is False or not found.get("name"):
        return None
    return f"#{found['name']}"


def make(visit: Visit) -> Reply:
    """Make This Channel a Circle; its maker leads it."""
    card, channel = visit.full_member(), visit.gesture.value
    name = _name(visit, channel)
    if name is None:
        raise refused(ProblemKind.NOT_FOUND)
    with visit.transaction() as db:
        if channel in people.listening(db, PlaceKind.CHANNEL, [channel]):
            raise refused(ProblemKind.ALREADY_DONE)
        circle = acts.make_circle(db, name, visit.now, leads=[card.id])
        acts.listen(db, circle, PlaceKind.CHANNEL, channel, visit.now, name=name)
    voice = visit.voice(card)
    _show(visit, pieces.section(words.circle_made(voice, name)), circle_blocks.next_steps(voice, circle))
    return None


def choose(visit: Visit) -> Reply:
    """Add to a Circle asks which of those one leads."""
    card = visit.full_member()
    with visit.transaction(writes=False) as db:
        led = [(each.id, each.name) for each in _led(db, card)]
    if not led:
        raise refused(ProblemKind.NOT_ALLOWED)
    visit.open(circle_blocks.choose(visit.voice(card), led, visit.keep(place=visit.gesture.value)))
    return None


def add(visit: Visit) -> Reply:
    """A channel belongs to a circle from now on."""
    card, kept = visit.full_member(), visit.kept()
    channel, chosen = kept.get("place", ""), visit.gesture.said("circle")
    name = _name(visit, channel) if channel else None
    if name is None:
        raise refused(ProblemKind.NOT_FOUND)
    with visit.transaction() as db:
        circle = next((each for each in _led(db, card) if each.id == chosen), None)
        if circle is None:
            raise refused(ProblemKind.NOT_ALLOWED, "circle")
        acts.listen(db, circle.id, PlaceKind.CHANNEL, channel, visit.now, name=name)
    home.done_before(visit, pieces.context(words.place_added(visit.voice(card), circle.name)))
    return None


def _led(db: Session, card: MemberCard) -> list[CircleCard]:
    """The circles a member may add channels to: those they lead, and all of them for an owner."""
    return [each for each in people.circles(db) if card.is_owner or card.id in each.leads]


def led_here(db: Session, card: MemberCard, channel: str) -> CircleCard:
    """The circle that listens in a channel, where this member may settle things for it; refuses otherwise."""
    place = people.listening(db, PlaceKind.CHANNEL, [channel]).get(channel)
    circle = people.circle(db, place.circle) if place is not None else None
    if circle is None:
        raise refused(ProblemKind.NOT_FOUND)
    if not (card.is_owner or card.id in circle.leads):
        raise refused(ProblemKind.NOT_ALLOWED)
    return circle


def leave_be(visit: Visit) -> Reply:
    """Don't Listen; where we listened already, a lead of that circle may end it."""
    card, channel = visit.full_member(), visit.gesture.value
    with visit.transaction() as db:
        place = people.listening(db, PlaceKind.CHANNEL, [channel]).get(channel)
        if place is not None:
            if all(place.circle != each.id for each in _led(db, card)):
                raise refused(ProblemKind.NOT_ALLOWED)
            acts.stop_listening(db, PlaceKind.CHANNEL, channel)
    _show(visit, pieces.context(words.place_left(visit.voice(card))))
    return None


def invite(visit: Visit) -> Reply:
    """Invite This Circle: one post in its channel, repeated once at most, without a list or a count."""
    card, circle_id = visit.full_member(), visit.gesture.value
    voice = visit.voice(card)
    with visit.transaction() as db:
        circle = next((each for each in _led(db, card) if each.id == circle_id), None)
        if circle is None:
            raise refused(ProblemKind.NOT_ALLOWED)
        place = next((each for each in people.places(db) if each.circle == circle.id and each.listens), None)
        if place is None:
            raise refused(ProblemKind.NOT_FOUND)
        times = [f"{circle.id}.{number}" for number in range(1, MOST_INVITATIONS + 1)]
        subject = next((each for each in times if not nudge_queries.about(db, NudgeKind.WELCOME, each)), None)
        if subject is not None:
            told = Told(who=card.id, place=place.id, words=circle.name)
            nudges.post(db, NudgeKind.WELCOME, place.id, subject, told, visit.now)
    visit.desk.runtime.soon()
    said = words.invited_enough(voice) if subject is None else words.invited(voice)
    if visit.gesture.in_home:
        visit.open(pieces.notice(voice, said))
    else:
        _show(visit, pieces.context(said))
    return None


def gone(visit: Visit) -> Reply:
    """The app is out of a channel, or the channel is closed: we listen to nothing there any more."""
    channel = visit.gesture.channel
    if channel is not None:
        with visit.transaction() as db:
            acts.stop_listening(db, PlaceKind.CHANNEL, channel)
    return None


def _show(visit: Visit, *said: Block) -> None:
    home.done(visit, *said)


BUTTONS = {
    Button.PEOPLE_MAKE_CIRCLE: make,
    Button.PEOPLE_ADD_TO_CIRCLE: choose,
    Button.PEOPLE_LEAVE_PLACE: leave_be,
    Button.PEOPLE_INVITE: invite,
}
FORMS = {Button.PEOPLE_ADD_TO_CIRCLE: add}
EVENTS = {
    "channel_left": gone,
    "group_left": gone,
    "channel_archive": gone,
    "group_archive": gone,
    "channel_deleted": gone,
    "group_deleted": gone,
}
