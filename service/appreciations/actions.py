"""Give thanks, change them for a while, take them back, delete them on either side."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.appreciations import rules
from service.appreciations.models import Appreciation, Received
from service.appreciations.rules import Draft, Sharing
from service.db import new_id
from service.efforts import actions as efforts
from service.errors import Problem, ProblemKind, Refused, refused
from service.nudges import actions as nudges
from service.nudges.rules import Item, NudgeKind, Told
from service.people import actions as people_acts
from service.people import queries as people
from service.people.queries import MemberCard
from service.people.rules import Feature, Joined, Role

POSTS = (NudgeKind.THANKS_RECEIVED, NudgeKind.THANKS_SHARED)
OUT_OF_REACH = frozenset({Role.GUEST})


def give(db: Session, draft: Draft, now: datetime) -> str:
    """Give thanks; a form sent twice gives them once. Returns their id."""
    draft = replace(draft, did=draft.did.strip(), eased=draft.eased.strip(), token=draft.token or new_id())
    found = db.scalar(
        sa.select(Appreciation.id).where(Appreciation.giver_id == draft.giver, Appreciation.token == draft.token)
    )
    if found is not None:
        return found
    recipients = _recipients(db, draft)
    giver = people.the_member(db, draft.giver)
    if giver.joined is Joined.NO:
        people_acts.join(db, giver.id, now, whole=False)
    sharing = rules.shared_as(draft.sharing, [people.boundary_view(db, one.id).thanks_wish for one in recipients])
    row = Appreciation(
        giver_id=giver.id,
        circle_id=draft.circle,
        place_id=draft.place if sharing is Sharing.CHANNEL else None,
        sharing=sharing,
        did=draft.did,
        eased=draft.eased,
        job=draft.job,
        values=",".join(draft.values),
        link=draft.link,
        door=draft.door,
        token=draft.token,
        given_at=now,
    )
    db.add(row)
    db.flush()
    db.add_all(Received(appreciation_id=row.id, member_id=one.id, given_at=now) for one in recipients)
    db.flush()
    efforts.thanked(db, [one.id for one in recipients], draft.efforts, now, by=giver.id)
    for one in recipients:
        _tell(db, row, one, now)
    if row.place_id is not None:
        nudges.post(db, NudgeKind.THANKS_SHARED, row.place_id, row.id, _shared(db, row), now)
    return row.id


def preview(db: Session, draft: Draft) -> Sharing:
    """Who would see this draft, its recipients' wishes considered; refuses as giving would."""
    recipients = _recipients(db, draft)
    return rules.shared_as(draft.sharing, [people.boundary_view(db, one.id).thanks_wish for one in recipients])


def edit(db: Session, appreciation: str, giver: str, did: str, eased: str, now: datetime) -> None:
    """Say it better, within the first ten minutes; what was posted changes with it."""
    row = _given_by(db, appreciation, giver)
    if not rules.may_still_change(row.given_at, now):
        raise refused(ProblemKind.TOO_LATE)
    changed = Draft(giver, ("-",), did.strip(), eased.strip(), job=row.job)
    problems = rules.problems_of(changed)
    if problems:
        raise Refused(*problems)
    row.did, row.eased, row.edited_at = changed.did, changed.eased, now
    nudges.change(db, row.id, _told(row), NudgeKind.THANKS_RECEIVED)
    nudges.change(db, row.id, _shared(db, row), NudgeKind.THANKS_SHARED)


def withdraw(db: Session, appreciation: str, giver: str, now: datetime) -> None:
    """Take thanks back, wherever they went."""
    row = _given_by(db, appreciation, giver)
    row.withdrawn_at = now
    row.did = row.eased = row.values = ""
    nudges.recall(db, row.id, *POSTS)


def delete_received(db: Session, appreciation: str, member: str, now: datetime) -> None:
    """A recipient deletes a keepsake; it leaves the feed too where nobody else received it."""
    row = db.get(Received, (appreciation, member))
    if row is None:
        raise refused(ProblemKind.NOT_FOUND)
    row.deleted_at = row.deleted_at or now
    kept = db.scalar(
        sa.select(sa.func.count()).where(Received.appreciation_id == appreciation, Received.deleted_at.is_(None))
    )
    if not kept:
        thanks = db.get_one(Appreciation, appreciation)
        thanks.sharing, thanks.place_id = Sharing.PRIVATE, None
        nudges.recall(db, appreciation, NudgeKind.THANKS_SHARED)


def _recipients(db: Session, draft: Draft) -> list[MemberCard]:
    """Everybody the thanks go to, or every reason why they cannot."""
    problems = list(rules.problems_of(draft))
    home = people.workspace(db, db.info["scope"])
    if home is not None and Feature.THANKS in home.switched_off:
        problems.insert(0, Problem(ProblemKind.SWITCHED_OFF))
    ids = [one for one in dict.fromkeys(draft.recipients) if one != draft.giver]
    cards = people.members(db, ids)
    if any(one not in cards for one in ids):
        problems.append(Problem(ProblemKind.NOT_FOUND, "recipients"))
    problems += [
        Problem(ProblemKind.OUT_OF_REACH, "recipients", {"name": card.name}) for card in _unreachable(cards.values())
    ]
    if draft.circle is not None and (seats := people.circle(db, draft.circle)) is not None:
        if draft.giver not in seats.members:
            problems.append(Problem(ProblemKind.NOT_FOUND, "circle"))
    elif draft.circle is not None:
        problems.append(Problem(ProblemKind.NOT_FOUND, "circle"))
    if draft.place is not None and people.place(db, draft.place) is None:
        problems.append(Problem(ProblemKind.NOT_FOUND, "place"))
    if problems:
        raise Refused(*problems)
    return [cards[one] for one in ids]


def _unreachable(cards: Iterable[MemberCard]) -> list[MemberCard]:
    return [card for card in cards if not card.active or card.role in OUT_OF_REACH or card.refuses_thanks]


def _tell(db: Session, row: Appreciation, recipient: MemberCard, now: datetime) -> None:
    told = _told(row)
    if recipient.joined is Joined.NO and people_acts.invited(db, recipient.id, now):
        told = replace(told, kind="invitation")
    nudges.offer(db, NudgeKind.THANKS_RECEIVED, recipient.id, row.id, told, now)


def _told(row: Appreciation) -> Told:
    extra = {name: value for name, value in (("eased", row.eased), ("job", row.job.value if row.job else "")) if value}
    return Told(who=row.giver_id, words=row.did, link=row.link, place=row.place_id, extra=extra or None)


def _shared(db: Session, row: Appreciation) -> Told:
    recipients = db.scalars(
        sa.select(Received.member_id).where(Received.appreciation_id == row.id).order_by(Received.member_id)
    )
    return replace(_told(row), items=tuple(Item(subject=row.id, who=member) for member in recipients))


def _given_by(db: Session, appreciation: str, giver: str) -> Appreciation:
    statement = sa.select(Appreciation).where(Appreciation.id == appreciation, Appreciation.giver_id == giver)
    row = db.scalar(statement.with_for_update())
    if row is None:
        raise refused(ProblemKind.NOT_FOUND)
    if row.withdrawn_at is not None:
        raise refused(ProblemKind.ALREADY_DONE)
    return row
