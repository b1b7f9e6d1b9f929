"""The made-up family: three generations who share a home, or a Sunday table, and no Slack."""

from datetime import datetime
from typing import Final

from service.access import actions as access
from service.appreciations import actions as appreciations
from service.db import EVERY_WORKSPACE, Session
from service.demo.stage import Figure, Stage
from service.people import actions as people
from service.people import queries
from service.people.rules import Role, ThanksWish, WorkspaceKind

NAME: Final = "The Okafors"
FOUNDER: Final = "amara"
CHILD: Final = "lily"
PIN: Final = "2468"
"""Opens the child's profile on a device that an adult leaves to the household."""

FIGURES: Final = (
    Figure("amara", "Amara", "An adult. Began this, and waits to hear about Sunday."),
    Figure("daniel", "Daniel", "An adult. Was short with somebody, and said so."),
    Figure("theo", "Theo", "A teen, 13 to 17. A question about Sunday has been waiting for him."),
    Figure("lily", "Lily", "A child under 13, with a profile her mother made."),
    Figure("ruth", "Grandma Ruth", "A relative by link: thanks, answers, days that matter.", "Grandma Ruth"),
)
ROLES: Final = {"daniel": Role.ADULT, "theo": Role.TEEN, "ruth": Role.RELATIVE}


def settle_in(stage: Stage, db: Session, now: datetime) -> None:
    """Amara begins a family, invites by link, and makes a profile for Lily."""
    db.enter(EVERY_WORKSPACE)
    keyring = stage.runtime.keyring
    founded = access.found(db, WorkspaceKind.FAMILY, NAME, "Amara", now, zone=stage.days.zone)
    stage.home, stage.members[FOUNDER] = founded.workspace, founded.member
    circle = queries.circles_of(db, founded.member)[0].id
    stage.circles["home"] = circle
    for figure in FIGURES:
        if figure.key in ROLES:
            token = access.make_invite(db, keyring, circle, ROLES[figure.key], founded.member, now)
            db.enter(EVERY_WORKSPACE)
            stage.members[figure.key] = access.accept_invite(db, keyring, token, figure.name, now).member
    _profile(stage, db, now)
    for figure in FIGURES:
        people.set_wishes(db, stage[figure.key], thanks_wish=ThanksWish.CIRCLE, shares_away=True)
        people.speak(db, stage[figure.key], formal=False)


def _profile(stage: Stage, db: Session, now: datetime) -> None:
    """A child's profile, its PIN, and the yes to thanks between her and her grandmother."""
    child = stage.members[CHILD] = people.meet(db, "Lily", now, role=Role.CHILD)
    people.guard(db, child, stage[FOUNDER])
    people.join(db, child, now)
    people.seat(db, stage.circles["home"], child, now)
    access.set_pin(db, child, PIN)
    appreciations.allow_kin(db, stage[FOUNDER], child, allowed=True)
