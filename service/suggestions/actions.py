"""Slip a card, let chance work at night, draw once a week. No action is ever told who slips."""

from datetime import date, datetime, timedelta
from random import Random

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.errors import ProblemKind, refused
from service.nudges import actions as nudges
from service.nudges.rules import NudgeKind, Told
from service.people import hours
from service.people import queries as people
from service.people.rules import Boundary, Feature, WorkspaceKind, first_boundary
from service.ruptures import Register
from service.suggestions import queries, rules
from service.suggestions.deck import Card, deck, place_of
from service.suggestions.models import CardReport, Deck, Drawn, Hat
from service.suggestions.rules import Roster

HAT_BYTES = 32


def slip(db: Session, hat: str, card: str, random: Random) -> None:
    """Put a card into a hat. Every hat of the workspace is written anew, in any order, the same bits but one."""
    home = people.workspace(db, db.info["scope"])
    if home is None or Feature.SUGGESTIONS in home.switched_off:
        raise refused(ProblemKind.SWITCHED_OFF)
    place = place_of(_register(home.kind), card)
    if place is None:
        raise refused(ProblemKind.UNKNOWN_VALUE, "card")
    hats = {row.id: _bits(row) for row in db.scalars(sa.select(Hat).order_by(Hat.id).with_for_update())}
    if hat not in hats:
        raise refused(ProblemKind.NOT_FOUND)
    hats[hat] = rules.slipped(hats[hat], place)
    _write(db, hats, random)


def night(db: Session, random: Random) -> None:
    """Let chance work on every hat of the workspace, in one transaction and in any order."""
    home = people.workspace(db, db.info["scope"])
    if home is None:
        return
    size = len(deck(_register(home.kind)))
    hats = {
        row.id: rules.night(_bits(row), size, random)
        for row in db.scalars(sa.select(Hat).order_by(Hat.id).with_for_update())
    }
    _write(db, hats, random)


def hats_for_all(db: Session, now: datetime) -> None:
    """Give a hat to every member and circle that takes part and has none yet."""
    home = people.workspace(db, db.info["scope"])
    if home is None or Feature.SUGGESTIONS in home.switched_off:
        return
    roster = queries.roster(db, now)
    there = {owner for row in db.scalars(sa.select(Hat)) for owner in (row.member_id, row.circle_id)}
    boundaries = people.boundaries(db, roster.people.keys())
    for person in roster.people.values():
        if person.joined and person.role in rules.HAS_A_HAT and person.id not in there:
            on = _next_on(boundaries[person.id], home.kind, now)
            db.add(Hat(member_id=person.id, cards=_kept(0), next_draw_on=on))
    for circle in roster.by_circle:
        if circle not in there and rules.joined_in(roster, circle):
            on = _next_on(first_boundary(home.kind, home.zone), home.kind, now)
            db.add(Hat(circle_id=circle, cards=_kept(0), next_draw_on=on))
    db.flush()


def draw_due(db: Session, now: datetime, random: Random) -> int:
    """Draw for every hat of the workspace whose slot has come, once for the week; returns how many."""
    home = people.workspace(db, db.info["scope"])
    if home is None or Feature.SUGGESTIONS in home.switched_off:
        return 0
    soon = (now + timedelta(days=1)).date()
    due = list(
        db.scalars(sa.select(Hat).where(Hat.next_draw_on <= soon).order_by(Hat.id).with_for_update(skip_locked=True))
    )
    if not due:
        return 0
    roster = queries.roster(db, now)
    boundaries = people.boundaries(db, [row.member_id for row in due if row.member_id])
    drawn = 0
    for row in due:
        boundary = boundaries.get(row.member_id or "") or first_boundary(home.kind, home.zone)
        if _slot(boundary, home.kind, row.next_draw_on) > now:
            continue
        next_on = _next_on(boundary, home.kind, now)
        # A late draw is that of the latest slot gone by, so that it takes nothing from the slot to come.
        latest_on = max(row.next_draw_on, next_on - timedelta(weeks=1))
        drawn += _draw_one(db, row, roster, boundary, home.kind, latest_on, now, random)
        row.next_draw_on = next_on
    db.flush()
    return drawn


def _draw_one(
    db: Session,
    row: Hat,
    roster: Roster,
    boundary: Boundary,
    kind: WorkspaceKind,
    slot_on: date,
    now: datetime,
    random: Random,
) -> bool:
    today = now.astimezone(boundary.tz).date()
    week_on = slot_on - timedelta(days=slot_on.weekday())
    owner = row.member_id or row.circle_id or ""
    if db.get(Drawn, (owner, week_on)) is not None:
        return False
    if row.member_id is not None and not rules.holds_up(roster, row.member_id, today):
        row.cards = _kept(0)
        return False
    choice = queries.deck_of(db, row.member_id, today) if row.member_id is not None else None
    if choice is not None and choice.paused:
        return False
    cards = deck(_register(kind))
    place, stays = rules.draw(_bits(row), _allowed(db, owner, cards, choice, today), random)
    row.cards = _kept(stays)
    if place is None:
        return False
    card = cards[place]
    db.add(Drawn(owner=owner, week_on=week_on, card=card.id, member_id=row.member_id, circle_id=row.circle_id))
    if row.member_id is not None:
        _use_wish(db, row.member_id)
        nudges.offer(db, NudgeKind.CARD_DRAWN, row.member_id, week_on.isoformat(), Told(kind=card.id), now)
    else:
        for member in rules.joined_in(roster, owner):
            subject = f"{owner}.{week_on.isoformat()}"
            nudges.offer(db, NudgeKind.HOUSE_CARD, member, subject, Told(kind=card.id), now)
    return True


def _allowed(
    db: Session, owner: str, cards: tuple[Card, ...], choice: queries.DeckCard | None, today: date
) -> list[int]:
    """The places a draw may take: no text twice in eight weeks, none left out, another kind where it was wished."""
    recent = db.scalars(
        sa.select(Drawn.card)
        .where(Drawn.owner == owner, Drawn.week_on > today - rules.NOT_AGAIN_FOR)
        .order_by(Drawn.week_on.desc())
    ).all()
    out = set(recent) | (choice.left_out if choice is not None else frozenset())
    last_kind = recent[0].partition(".")[0] if recent and choice is not None and choice.other_kind_next else None
    return [place for place, card in enumerate(cards) if card.id not in out and card.rupture != last_kind]


def _use_wish(db: Session, member: str) -> None:
    row = db.scalar(sa.select(Deck).where(Deck.member_id == member))
    if row is not None:
        row.other_kind_next = False


def omit(db: Session, member: str, card: str, today: date) -> None:
    """Not this one for now: out of my deck for twelve weeks."""
    row = _deck(db, member)
    row.left_out = {**row.left_out, card: (today + rules.LEFT_OUT_FOR).isoformat()}


def other_kind(db: Session, member: str) -> None:
    """Another kind next week."""
    _deck(db, member).other_kind_next = True


def pause(db: Session, member: str, *, paused: bool) -> None:
    """Draw no cards, or draw them again; nobody is shown."""
    _deck(db, member).paused = paused


def report(db: Session, card: str, today: date) -> None:
    """A text was unkind: it counts against the wording, in this quarter, of nobody in particular."""
    quarter = f"{today.year}-Q{(today.month - 1) // 3 + 1}"
    row = db.get(CardReport, (card, quarter))
    if row is None:
        db.add(CardReport(card=card, quarter=quarter, reports=1))
    else:
        row.reports += 1


def forget_due(db: Session, today: date) -> None:
    """Delete what was drawn long ago."""
    db.execute(sa.delete(Drawn).where(Drawn.week_on < today - rules.DRAWN_KEPT))


def _deck(db: Session, member: str) -> Deck:
    row = db.scalar(sa.select(Deck).where(Deck.member_id == member))
    if row is None:
        row = Deck(member_id=member, left_out={}, paused=False, other_kind_next=False)
        db.add(row)
        db.flush()
    return row


def _register(kind: WorkspaceKind) -> Register:
    return Register.TEAM if kind is WorkspaceKind.TEAM else Register.FAMILY


def _bits(row: Hat) -> int:
    return int.from_bytes(row.cards, "little")


def _kept(cards: int) -> bytes:
    return cards.to_bytes(HAT_BYTES, "little")


def _write(db: Session, hats: dict[str, int], random: Random) -> None:
    order = list(hats)
    random.shuffle(order)
    for hat in order:
        db.execute(
            sa.update(Hat).where(Hat.id == hat).values(cards=_kept(hats[hat])),
            execution_options={"synchronize_session": "evaluate"},
        )


def _slot(boundary: Boundary, kind: WorkspaceKind, on: date) -> datetime:
    return hours.local(boundary, on, min(max(rules.SLOTS[kind][1], boundary.starts_at), boundary.ends_at))


def _next_on(boundary: Boundary, kind: WorkspaceKind, now: datetime) -> date:
    """The day of the next weekly slot; a pause or a year without open days does not stop the week."""
    weekday = rules.SLOTS[kind][0]
    today = now.astimezone(boundary.tz).date()
    on = today + timedelta(days=(weekday - today.weekday()) % 7)
    return on if _slot(boundary, kind, on) > now else on + timedelta(weeks=1)
