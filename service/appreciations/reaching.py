"""Whom thanks reach and who else sees them, or every reason why they cannot be given."""

from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.appreciations import rules
from service.appreciations.models import KinAllowed
from service.appreciations.rules import Draft, Sharing
from service.errors import Problem, ProblemKind, Refused
from service.people import queries as people
from service.people.queries import CircleCard, MemberCard, PlaceCard, WorkspaceCard
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
    values: tuple[str, ...]
    """What is valued in it, as the workspace's list says it."""
    quieter: tuple[MemberCard, ...] = ()
    """Those whose wish made it more private than the giver chose."""


@dataclass(slots=True)
class Chosen:
    """Whom a draft thanks, as far as they were found, and what is in the way."""

    giver: MemberCard
    apart: frozenset[str]
    problems: list[Problem]
    cards: dict[str, MemberCard] = field(default_factory=dict)
    among_all: frozenset[str] = frozenset()
    """Those who are thanked only as everybody in a circle."""


def reach(db: Session, draft: Draft) -> Reach:
    """Whom this draft reaches, or every reason why it cannot be given."""
    home = people.workspace(db, db.info["scope"])
    problems = [*_problems_here(home, draft), *rules.problems_of(draft)]
    giver = people.member(db, draft.giver)
    if home is None or giver is None or not giver.active:
        raise Refused(Problem(ProblemKind.NOT_FOUND), *problems)
    place = _place(db, draft, problems)
    circle = draft.circle or (place.circle if place is not None else None)
    chosen = Chosen(giver, people.kept_apart(db, giver.id), problems)
    _choose(db, draft, chosen)
    if problems:
        raise Refused(*problems)
    recipients = tuple(chosen.cards.values())
    held = chosen.apart & chosen.cards.keys()
    in_their_feed = circle is not None and circle == draft.everybody
    among_all = chosen.among_all if in_their_feed else frozenset()
    wishes = {one.id: _wish(db, one, held, among_all) for one in recipients}
    sharing = rules.shared_as(draft.sharing, list(wishes.values()))
    return Reach(
        giver,
        recipients,
        held,
        sharing,
        circle,
        place.id if place is not None and sharing is Sharing.CHANNEL else None,
        tuple(filter(None, (rules.offered(tag, home.valued) for tag in draft.values))),
        tuple(one for one in recipients if rules.shared_as(draft.sharing, [wishes[one.id]]) is not draft.sharing),
    )


def _problems_here(home: WorkspaceCard | None, draft: Draft) -> list[Problem]:
    off = home.switched_off if home is not None else frozenset()
    valued = home.valued if home is not None else ()
    found = [Problem(ProblemKind.SWITCHED_OFF)] if Feature.THANKS in off else []
    if draft.sharing is not Sharing.PRIVATE and Feature.FEED in off:
        found.append(Problem(ProblemKind.SWITCHED_OFF, "sharing"))
    if any(rules.offered(tag, valued) is None for tag in draft.values):
        found.append(Problem(ProblemKind.UNKNOWN_VALUE, "values"))
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


def _choose(db: Session, draft: Draft, chosen: Chosen) -> None:
    """Find those the draft names, and everybody else in the circle it thanks as a whole."""
    if draft.circle is not None and not _is_in(people.circle(db, draft.circle), chosen.giver):
        chosen.problems.append(Problem(ProblemKind.NOT_FOUND, "circle"))
        return
    ids = [one for one in dict.fromkeys(draft.recipients) if one != chosen.giver.id][: rules.MOST_RECIPIENTS]
    cards = people.members(db, ids)
    if any(one not in cards for one in ids):
        chosen.problems.append(Problem(ProblemKind.NOT_FOUND, "recipients"))
    chosen.problems += [
        Problem(ProblemKind.OUT_OF_REACH, "recipients", {"name": card.name})
        for card in cards.values()
        if not _is_reachable(db, chosen.giver, card)
    ]
    chosen.cards |= {one: cards[one] for one in ids if one in cards}
    if draft.everybody is not None:
        _choose_all(db, draft.everybody, chosen)


def _choose_all(db: Session, circle: str, chosen: Chosen) -> None:
    """Everybody else in a circle whom thanks can reach; whoever cannot be reached is passed over in silence."""
    seats = people.circle(db, circle)
    if seats is None or not _is_in(seats, chosen.giver):
        chosen.problems.append(Problem(ProblemKind.NOT_FOUND, "everybody"))
        return
    near = people.members(db, [one for one in seats.members if one != chosen.giver.id and one not in chosen.apart])
    found = {one: card for one, card in near.items() if _is_reachable(db, chosen.giver, card)}
    if not found and not chosen.cards:
        chosen.problems.append(Problem(ProblemKind.NOBODY_CHOSEN, "recipients"))
    chosen.among_all = frozenset(found.keys() - chosen.cards.keys())
    chosen.cards |= found


def _is_in(seats: CircleCard | None, giver: MemberCard) -> bool:
    return seats is not None and giver.id in seats.members


def _is_reachable(db: Session, giver: MemberCard, card: MemberCard) -> bool:
    if not card.active or card.role in OUT_OF_REACH:
        return False
    if card.refuses_thanks and card.joined is Joined.NO:
        return False
    if not rules.is_of_kin(giver.role, card.role):
        return True
    children = [one.id for one in (giver, card) if one.role is Role.CHILD]
    return db.scalar(sa.select(KinAllowed.child_id).where(KinAllowed.child_id.in_(children))) is not None


def _wish(db: Session, one: MemberCard, held: frozenset[str], among_all: frozenset[str]) -> ThanksWish:
    if one.id in held:
        return ThanksWish.PRIVATE
    return rules.wish_of(people.boundary_view(db, one.id).thanks_wish, among_all=one.id in among_all)
