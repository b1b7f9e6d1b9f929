"""Give thanks, change them for a while, take them back, delete them on either side."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service import db as store
from service.appreciations import reaching, rules, weeks
from service.appreciations.models import Appreciation, KinAllowed, Received
from service.appreciations.reaching import Reach
from service.appreciations.rules import Draft, Sharing
from service.appreciations.weeks import tell_due
from service.db import insert_into, new_id
from service.efforts import actions as efforts
from service.errors import ProblemKind, Refused, refused
from service.nudges import actions as nudges
from service.nudges.rules import Item, NudgeKind, Told
from service.people import actions as people_acts
from service.people import queries as people
from service.people.queries import CircleCard, MemberCard
from service.people.rules import Joined, Role

# What is said here and lies in a file of its own.
__all__ = ["tell_due"]

POSTS = (NudgeKind.THANKS_RECEIVED, NudgeKind.THANKS_SHARED)
INVITATION = "invitation"


def give(db: Session, draft: Draft, now: datetime) -> str:
    """Give thanks; a form sent twice gives them once. Returns their id."""
    draft = rules.cleaned(draft)
    before = _given_before(db, draft)
    if before is not None:
        return before
    reach = reaching.reach(db, draft)
    row = _written(db, draft, reach, now)
    if row is None:
        return _given_before(db, draft) or ""
    if reach.giver.joined is Joined.NO:
        people_acts.join(db, reach.giver.id, now, whole=False)
    everybody = _everybody(db, row)
    for one in sorted(reach.recipients, key=lambda card: card.id):
        _receive(db, row, one, everybody, now, held=one.id in reach.held)
    reached = [one.id for one in reach.recipients if one.id not in reach.held]
    efforts.thanked(db, reached, draft.efforts, now, by=reach.giver.id, thanks=row.id)
    if row.place_id is not None:
        nudges.post(db, NudgeKind.THANKS_SHARED, row.place_id, row.id, _shared(db, row), now)
    return row.id


def _given_before(db: Session, draft: Draft) -> str | None:
    """What this very form gave already."""
    same = sa.and_(Appreciation.giver_id == draft.giver, Appreciation.token == draft.token)
    return db.scalar(sa.select(Appreciation.id).where(same)) if draft.token else None


def _written(db: Session, draft: Draft, reach: Reach, now: datetime) -> Appreciation | None:
    """Write thanks down; None where the same form is written down in the same moment."""
    fresh = {
        "id": new_id(),
        "workspace_id": reach.giver.workspace,
        "giver_id": reach.giver.id,
        "circle_id": reach.circle,
        "place_id": reach.place,
        "sharing": reach.sharing,
        "did": draft.did,
        "eased": draft.eased,
        "everybody_id": draft.everybody,
        "job": draft.job,
        "values": ",".join(reach.values),
        "link": draft.link,
        "door": draft.door,
        "token": draft.token or new_id(),
        "given_at": now,
    }
    once = insert_into(db, Appreciation).on_conflict_do_nothing(index_elements=["workspace_id", "giver_id", "token"])
    return db.scalars(once.returning(Appreciation), [fresh]).first()


def _receive(
    db: Session, row: Appreciation, one: MemberCard, everybody: CircleCard | None, now: datetime, *, held: bool
) -> None:
    invited = not held and one.joined is Joined.NO and people_acts.invited(db, one.id, now)
    received = Received(
        appreciation_id=row.id, member_id=one.id, given_at=now, deleted_at=now if held else None, invited=invited
    )
    db.add(received)
    db.flush()
    if not held:
        nudges.offer(db, NudgeKind.THANKS_RECEIVED, one.id, row.id, _told(row, everybody, received), now)


def preview(db: Session, draft: Draft) -> Sharing:
    """Who would see this draft, its recipients' wishes considered; refuses as giving would."""
    return reaching.reach(db, rules.cleaned(draft)).sharing


def wished_quieter(db: Session, draft: Draft) -> tuple[str, ...]:
    """The names of those who like to be thanked more quietly than this draft would; refuses as giving would."""
    return tuple(one.name for one in reaching.reach(db, rules.cleaned(draft)).quieter)


def edit(db: Session, appreciation: str, giver: str, did: str, eased: str, now: datetime) -> None:
    """Say it better, within the first ten minutes; what was posted changes with it."""
    row = _given_by(db, appreciation, giver)
    if not rules.may_still_change(row.given_at, now):
        raise refused(ProblemKind.TOO_LATE)
    did, eased = rules.writable(did), rules.writable(eased)
    problems = rules.problems_of_words(did, eased, row.job)
    if problems:
        raise Refused(*problems)
    if (row.did, row.eased) == (did, eased):
        return
    row.did, row.eased, row.edited_at = did, eased, now
    nudges.hold(db, row.id, *POSTS)
    everybody = _everybody(db, row)
    for received in _received(db, row):
        told = _told(row, everybody, received)
        nudges.change(db, row.id, told, NudgeKind.THANKS_RECEIVED, member=received.member_id)
    nudges.change(db, row.id, _shared(db, row), NudgeKind.THANKS_SHARED)
    weeks.retell(db, row)


def withdraw(db: Session, appreciation: str, giver: str, now: datetime) -> None:
    """Take thanks back, wherever they went; what they acknowledged waits for a word again."""
    row = _given_by(db, appreciation, giver)
    row.withdrawn_at = now
    row.did = row.eased = row.values = ""
    row.link = row.job = row.everybody_id = None
    nudges.change(db, row.id, Told(), *POSTS)
    nudges.recall(db, row.id, *POSTS)
    efforts.reopened(db, row.id)
    weeks.retell(db, row)


def delete_received(db: Session, appreciation: str, member: str, now: datetime) -> None:
    """A recipient deletes a keepsake, and its message with it; the feed and a post no longer name them.

    Where nobody else received it, it leaves the feed and the channel too.
    """
    thanks = db.scalar(sa.select(Appreciation).where(Appreciation.id == appreciation).with_for_update())
    row = db.get(Received, (appreciation, member)) if thanks is not None else None
    if thanks is None or row is None:
        raise refused(ProblemKind.NOT_FOUND)
    if row.deleted_at is not None:
        return
    row.deleted_at = now
    nudges.hold(db, thanks.id, *POSTS)
    nudges.recall(db, thanks.id, NudgeKind.THANKS_RECEIVED, member=member)
    if _received(db, thanks):
        nudges.change(db, thanks.id, _shared(db, thanks), NudgeKind.THANKS_SHARED)
    else:
        thanks.sharing, thanks.place_id = Sharing.PRIVATE, None
        nudges.recall(db, thanks.id, NudgeKind.THANKS_SHARED)
    weeks.retell(db, thanks)


def allow_kin(db: Session, adult: str, child: str, *, allowed: bool) -> None:
    """An adult of the household lets a child and its relatives thank one another, or no longer."""
    if people.the_member(db, adult).role is not Role.ADULT:
        raise refused(ProblemKind.NOT_ALLOWED)
    one = people.the_member(db, child)
    if one.role is not Role.CHILD:
        raise refused(ProblemKind.UNKNOWN_VALUE, "child")
    if allowed:
        store.write_once(db, KinAllowed, [{"workspace_id": one.workspace, "child_id": child}], keys=("child_id",))
    else:
        gone = sa.delete(KinAllowed).where(KinAllowed.child_id == child)
        db.execute(gone, execution_options={"synchronize_session": False})


def _everybody(db: Session, row: Appreciation) -> CircleCard | None:
    """The circle that was thanked as a whole, where one was."""
    return people.circle(db, row.everybody_id) if row.everybody_id is not None else None


def _told(row: Appreciation, everybody: CircleCard | None, received: Received | None = None) -> Told:
    beside = {
        "eased": row.eased,
        "job": row.job.value if row.job else "",
        "values": row.values,
        "everybody": everybody.name if everybody is not None else "",
    }
    extra = {name: value for name, value in beside.items() if value}
    return Told(
        who=row.giver_id,
        words=row.did or None,
        link=row.link,
        place=row.place_id,
        kind=INVITATION if received is not None and received.invited else None,
        extra=extra or None,
    )


def _shared(db: Session, row: Appreciation) -> Told:
    everybody = _everybody(db, row)
    told = _told(row, everybody)
    named = [one for one in _received(db, row) if everybody is None or one.member_id not in everybody.members]
    items = tuple(Item(subject=row.id, who=received.member_id) for received in named)
    return Told(who=told.who, words=told.words, link=told.link, place=told.place, items=items, extra=told.extra)


def _received(db: Session, row: Appreciation) -> list[Received]:
    """Thanks as each recipient has them who has not deleted them."""
    kept = sa.and_(Received.appreciation_id == row.id, Received.deleted_at.is_(None))
    return list(db.scalars(sa.select(Received).where(kept).order_by(Received.member_id)))


def _given_by(db: Session, appreciation: str, giver: str) -> Appreciation:
    """Thanks of this giver that still stand, held while they change."""
    statement = sa.select(Appreciation).where(Appreciation.id == appreciation, Appreciation.giver_id == giver)
    row = db.scalar(statement.with_for_update())
    if row is None:
        raise refused(ProblemKind.NOT_FOUND)
    if row.withdrawn_at is not None:
        raise refused(ProblemKind.ALREADY_DONE)
    return row
