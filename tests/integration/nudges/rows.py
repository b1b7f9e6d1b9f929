"""Look at the rows themselves, as no part of the product does."""

import sqlalchemy as sa

from service.nudges.models import Nudge
from service.runtime import Runtime


def all_rows(runtime: Runtime) -> list[Nudge]:
    """Every nudge there is, by subject and reader."""
    with runtime.housekeeping(writes=False) as db:
        return list(db.scalars(sa.select(Nudge).order_by(Nudge.subject, Nudge.reader)))


def the_row(runtime: Runtime, nudge: str | None) -> Nudge:
    """One nudge."""
    with runtime.housekeeping(writes=False) as db:
        return db.scalars(sa.select(Nudge).where(Nudge.id == nudge)).one()
