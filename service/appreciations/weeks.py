"""Once a week, what a circle shared: a post in its channel, a line for those of its members who chose it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from service.appreciations import queries, rules
from service.appreciations.models import Appreciation
from service.appreciations.queries import AppreciationCard
from service.nudges import actions as nudges
from service.nudges import queries as wishes
from service.nudges.rules import Item, Level, NudgeKind, Told
from service.people import queries as people
from service.people.queries import CircleCard, PlaceCard
from service.people.rules import Feature, Joined, PlaceKind, ThanksWish

LAPSES_AFTER = timedelta(days=4)
WEEK = timedelta(days=7)
MOST = 10
"""How many a week's word tells; all of them stand in the feed, and how many there are is not said."""


def tell_due(db: Session, now: datetime) -> int:
    """Tell the week of every circle whose lead allows it, once its hour has come; returns how many were told."""
    home = people.workspace(db, db.info["scope"])
    if home is None or home.switched_off & {Feature.THANKS, Feature.FEED}:
        return 0
    ends_at = rules.week_ends_at(now, ZoneInfo(home.zone))
    if now >= ends_at + rules.WEEK_IS_TOLD_FOR:
        return 0
    return sum(_tell(db, circle, ends_at, now) for circle in people.circles(db) if circle.tells_week)


def _tell(db: Session, circle: CircleCard, ends_at: datetime, now: datetime) -> int:
    if circle.quiet_until is not None and circle.quiet_until > now:
        return 0
    (post, line), told = _subjects(circle, ends_at), 0
    place = _channel(db, circle)
    if place is not None:
        said = _told(db, circle, ends_at, place=place)
        if said.items and nudges.post(db, NudgeKind.THANKS_WEEK, place.id, post, said, now) is not None:
            told += 1
    for member in _who_chose(db, circle):
        said = _told(db, circle, ends_at, reader=member)
        expires_at = ends_at + LAPSES_AFTER
        if said.items and nudges.offer(db, NudgeKind.THANKS_WEEK, member, line, said, now, expires_at=expires_at):
            told += 1
    return told


def _channel(db: Session, circle: CircleCard) -> PlaceCard | None:
    """Where the circle reads together, if it does so in a channel."""
    mine = (each for each in people.places(db) if each.circle == circle.id and each.listens)
    return next((each for each in mine if each.kind is PlaceKind.CHANNEL), None)


def _who_chose(db: Session, circle: CircleCard) -> list[str]:
    cards = people.members(db, circle.members)
    said = wishes.levels(db, circle.members)
    chose = {one for (one, kind), level in said.items() if kind is NudgeKind.THANKS_WEEK and level is not Level.STOPPED}
    return [one for one in circle.members if one in chose and cards[one].joined is Joined.WHOLE]


def _told(
    db: Session, circle: CircleCard, ends_at: datetime, *, reader: str | None = None, place: PlaceCard | None = None
) -> Told:
    """What the circle shared in the seven days before; in a channel only what all its recipients would like there."""
    shared = queries.shared_between(db, circle.id, ends_at - WEEK, ends_at, reader=reader)
    if place is not None:
        shared = [card for card in shared if _may_be_posted(db, card)]
    items = tuple(item for card in shared[:MOST] for item in _items(db, card))
    return Told(place=place.id if place is not None else None, items=items, extra={"circle": circle.name})


def _may_be_posted(db: Session, card: AppreciationCard) -> bool:
    return all(people.boundary_view(db, one).thanks_wish is ThanksWish.ANYWHERE for one in card.recipients)


def _items(db: Session, card: AppreciationCard) -> Iterable[Item]:
    """One thanks: who gave it and what they wrote, then everybody it names."""
    kind = card.job.value if card.job is not None else None
    yield Item(subject=card.id, who=card.giver, words=card.did or card.eased or None, kind=kind)
    whole = people.circle(db, card.everybody) if card.everybody is not None else None
    if whole is not None:
        yield Item(subject=card.id, words=whole.name)
    for one in card.recipients:
        if whole is None or one not in whole.members:
            yield Item(subject=card.id, who=one)


def retell(db: Session, thanks: Appreciation) -> None:
    """Thanks were changed, taken back or let go of: so is what was told of their week."""
    circle = people.circle(db, thanks.circle_id) if thanks.circle_id is not None else None
    home = people.workspace(db, db.info["scope"])
    if circle is None or home is None:
        return
    db.flush()
    ends_at = rules.week_ends_at(thanks.given_at + WEEK, ZoneInfo(home.zone))
    post, line = _subjects(circle, ends_at)
    place = _channel(db, circle)
    if place is not None and wishes.about(db, NudgeKind.THANKS_WEEK, post):
        _say(db, post, _told(db, circle, ends_at, place=place), None)
    if wishes.about(db, NudgeKind.THANKS_WEEK, line):
        for member in _who_chose(db, circle):
            _say(db, line, _told(db, circle, ends_at, reader=member), member)


def _say(db: Session, subject: str, told: Told, member: str | None) -> None:
    if told.items:
        nudges.change(db, subject, told, NudgeKind.THANKS_WEEK, member=member)
    else:
        nudges.recall(db, subject, NudgeKind.THANKS_WEEK, member=member)


def _subjects(circle: CircleCard, ends_at: datetime) -> tuple[str, str]:
    """What the post and the lines of one week are about."""
    week = f"{circle.id}.{ends_at.date().isoformat()}"
    return f"{week}.post", week
