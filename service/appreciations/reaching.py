"""Whom thanks reach and who else sees them, or every reason why they cannot be given."""

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.appreciations import rules
from service.appreciations.models import KinAllowed
from service.appreciations.rules import Draft, Sharing
from service.errors import Problem, ProblemKind, Refused
from service.people import queries as people
from service.people.queries import MemberCard, PlaceCard
from service.people.rules import Feature, Joined, PlaceKind, Role, ThanksWish

OUT_OF_REACH = frozenset({Role.GUEST})


@dataclass(frozen=True, slots=True)
class Reach:
    """Where thanks go."""

    giver: MemberCard
    recipients: tuple[MemberCard, ...]
    held: frozenset[str]
    """Those who keep apart from the giver, or they from them: nothing reaches them, and nobody is told."""
    sharing: Sharing
    circle: str | None
    place: str | None
    quieter: tuple[MemberCard, ...] = ()
    """Those whose wish made it more private than the giver chose."""


def reach(db: Session, draft: Draft) -> Reach:
    """Whom this draft reaches, or every reason why it cannot be given."""
    problems = [*_problems_here(db, draft), *rules.problems_of(draft)]
    giver = people.member(db, draft.giver)
    if giver is None or not giver.active:
        raise Refused(Problem(ProblemKind.NOT_FOUND), *problems)
    apart = people.kept_apart(db, giver.id)
    place = _place(db, draft, problems)
    circle = draft.circle or (place.circle if place is not None else None)
    recipients = _recipients(db, draft, giver, apart, problems)
    if problems:
        raise Refused(*problems)
    held = apart & {one.id for one in recipients}
    wishes = {one.id: _wish(db, one, draft, held) for one in recipients}
    sharing = rules.shared_as(draft.sharing, list(wishes.values()))
    return Reach(
        giver,
        tuple(recipients),
        held,
        sharing,
        circle,
        place.id if place is not None and sharing is Sharing.CHANNEL else None,
        tuple(one for one in recipients if rules.shared_as(draft.sharing, [wishes[one.id]]) is not draft.sharing),
    )


def _problems_here(db: Session, draft: Draft) -> list[Problem]:
    home = people.workspace(db, db.info["scope"])
    off = home.switched_off if home is not None else frozenset()
    found = [Problem(ProblemKind.SWITCHED_OFF)] if Feature.THANKS in off else []
    if draft.sharing is not Sharing.PRIVATE and Feature.FEED in off:
        found.append(Problem(ProblemKind.SWITCHED_OFF, "sharing"))
    return found


def _place(db: Session, draft: Draft, problems: list[Problem]) -> PlaceCard | None:
    """The channel it is posted in, which has to be one a circle listens in."""
    if draft.sharing is not Sharing.CHANNEL or draft.place is None:
        return None
    place = people.place(db, draft.place)
    if place is None or place.kind is not PlaceKind.CHANNEL or not place.listens:
        problems.append(Problem(ProblemKind.NOT_FOUND, "place"))
        return None
    return place


def _recipients(
    db: Session, draft: Draft, giver: MemberCard, apart: frozenset[str], problems: list[Problem]
) -> list[MemberCard]:
    seats = people.circle(db, draft.circle) if draft.circle is not None else None
    if draft.circle is not None and (seats is None or giver.id not in seats.members):
        problems.append(Problem(ProblemKind.NOT_FOUND, "circle"))
        return []
    if draft.whole_circle and seats is not None:
        everybody = people.members(db, [one for one in seats.members if one != giver.id and one not in apart])
        found = [card for card in everybody.values() if _is_reachable(db, giver, card)]
        if not found:
            problems.append(Problem(ProblemKind.NOBODY_CHOSEN, "recipients"))
        return found
    ids = [one for one in dict.fromkeys(draft.recipients) if one != giver.id][: rules.MOST_RECIPIENTS]
    cards = people.members(db, ids)
    if any(one not in cards for one in ids):
        problems.append(Problem(ProblemKind.NOT_FOUND, "recipients"))
    problems += [
        Problem(ProblemKind.OUT_OF_REACH, "recipients", {"name": card.name})
        for card in cards.values()
        if not _is_reachable(db, giver, card)
    ]
    return [cards[one] for one in ids if one in cards]


def _is_reachable(db: Session, giver: MemberCard, card: MemberCard) -> bool:
    if not card.active or card.role in OUT_OF_REACH:
        return False
    if card.refuses_thanks and card.joined is Joined.NO:
        return False
    if not rules.is_of_kin(giver.role, card.role):
        return True
    children = [one.id for one in (giver, card) if one.role is Role.CHILD]
    return db.scalar(sa.select(KinAllowed.child_id).where(KinAllowed.child_id.in_(children))) is not None


def _wish(db: Session, one: MemberCard, draft: Draft, held: Iterable[str]) -> ThanksWish:
    if one.id in held:
        return ThanksWish.PRIVATE
    if draft.whole_circle:
        return ThanksWish.CIRCLE  # the circle reads it in any case, since everybody in it is thanked
    return people.boundary_view(db, one.id).thanks_wish
