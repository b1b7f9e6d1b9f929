"""Who stands as what: roles and owners, of which a workspace always keeps enough."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.errors import ProblemKind, refused
from service.people import rows
from service.people.models import Member
from service.people.rules import Role


def own(db: Session, member: str) -> None:
    """Make a member an owner of the workspace."""
    rows.member(db, member).is_owner = True


def give_role(db: Session, member: str, role: Role) -> None:
    """Change what a member is to the others; a family keeps one adult at least, and nobody becomes a child again."""
    row = rows.member(db, member)
    if role is Role.CHILD and row.role is not Role.CHILD:
        raise refused(ProblemKind.NOT_ALLOWED, "role")
    if row.role is Role.ADULT and role is not Role.ADULT:
        another_adult(db, member)
    if row.is_owner and role not in (Role.ADULT, Role.MEMBER):
        inherit(db, member)
        row.is_owner = False
    row.role, row.guardian_id = role, row.guardian_id if role is Role.CHILD else None


def disown(db: Session, member: str) -> None:
    """Make a member an owner no more; a workspace keeps one at least."""
    row = rows.member(db, member)
    if row.is_owner and not others_are(db, member, Member.is_owner):
        raise refused(ProblemKind.LAST_OWNER)
    row.is_owner = False


def another_adult(db: Session, member: str) -> None:
    """Refuse where nobody else is an adult."""
    if not others_are(db, member, Member.role == Role.ADULT):
        raise refused(ProblemKind.LAST_ADULT)


def inherit(db: Session, member: str, *, in_any_case: bool = False) -> None:
    """Let somebody own the workspace after its last owner; where nobody can, refuse, save in any case."""
    if others_are(db, member, Member.is_owner):
        return
    roles = (Role.ADULT, Role.MEMBER) if in_any_case else (Role.ADULT,)
    heirs = sa.select(Member).where(Member.role.in_(roles), Member.active, Member.id != member)
    heir = db.scalar(heirs.order_by(Member.joined_at, Member.id).limit(1))
    if heir is not None:
        heir.is_owner = True
    elif not in_any_case:
        raise refused(ProblemKind.LAST_OWNER)


def others_are(db: Session, member: str, who: sa.ColumnExpressionArgument[bool]) -> bool:
    """Whether anybody else is such; they are held, so that two who leave at once do not count on each other."""
    others = sa.select(Member.id).where(who, Member.active).order_by(Member.id).with_for_update()
    return any(other != member for other in db.scalars(others))
