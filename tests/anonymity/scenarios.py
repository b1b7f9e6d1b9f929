"""What somebody may do, or try, with an unsigned card on the web; none of it may leave a trace of them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from service import queue
from service.people import actions as people
from service.people import circles as seats
from service.people.models import Member
from service.people.rules import Role
from service.suggestions import actions as suggestions
from tests.anonymity.stage import ASKER, CARD, DRAWER, OTHERS, OWNER, Stage

FORM = "/suggestions"
KIND = CARD.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Scenario:
    """One thing somebody does, what is prepared before anybody looks, and how it is answered."""

    does: Callable[[Stage], int]
    answered: int
    slips: bool = False
    before: Callable[[Stage], object] = lambda _stage: None


def to_one(stage: Stage, card: str = CARD, **more: str) -> int:
    """For one person."""
    fields = {"for": "one", "member": stage.team[DRAWER], "kind": KIND, "card": card, **more}
    return stage.me.sends(FORM, **fields).status_code


def to_all(stage: Stage, **more: str) -> int:
    """For all of us."""
    return stage.me.sends(FORM, **{"for": "all", "member": "", "kind": KIND, "card": CARD, **more}).status_code


def step_by_step(stage: Stage) -> int:
    """As the form leads: a kind, then a card."""
    assert stage.me.opens(FORM).status_code == 200
    assert stage.me.sends(FORM, **{"for": "one", "member": stage.team[DRAWER], "kind": KIND}).status_code == 200
    return to_one(stage)


def twice(stage: Stage) -> int:
    """The same form again."""
    to_one(stage)
    return to_one(stage)


def beyond_the_limit(stage: Stage) -> int:
    """One card more than a day has room for."""
    return [to_one(stage) for _ in range(4)][-1]


def only_looks(stage: Stage) -> int:
    """Opens the form and leaves."""
    return stage.me.opens(FORM, member=stage.team[DRAWER], note=ASKER).status_code


def with_an_error_inside(stage: Stage) -> int:
    """Something of ours breaks while the card is put in, and its words are the asker's."""

    def breaks(*_: object) -> None:
        raise RuntimeError(f"{ASKER} of {stage.team[ASKER]} met a fault")

    stage.app.config["PROPAGATE_EXCEPTIONS"] = False
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(suggestions, "slip", breaks)
        return to_one(stage)


@contextmanager
def _away(stage: Stage, statement: str) -> Iterator[None]:
    def away(_c: object, _cursor: object, said: str, *_: object) -> None:
        if said.startswith(statement):
            raise OperationalError(said, None, RuntimeError(f"gone while {stage.team[ASKER]} asked"))

    sa.event.listen(stage.runtime.engine, "before_cursor_execute", away)
    try:
        yield
    finally:
        sa.event.remove(stage.runtime.engine, "before_cursor_execute", away)


def while_the_database_goes(stage: Stage) -> int:
    """The database goes away while the hats are written."""
    with _away(stage, "UPDATE hat"):
        return to_one(stage)


def before_the_database_comes(stage: Stage) -> int:
    """The database is away from the beginning."""
    with _away(stage, "SELECT"):
        return to_one(stage)


def without_redis(stage: Stage) -> int:
    """Redis is away."""
    stage.runtime.wake = queue.Doorbell("redis://127.0.0.1:1")
    return to_one(stage)


def from_another_site(stage: Stage) -> int:
    """Another site's page sends the form."""
    return to_one(stage, **{"Sec-Fetch-Site": "cross-site"})


def as_json(stage: Stage) -> int:
    """A program sends it, and is declined."""
    return to_one(stage, "no such card", Accept="application/json")


def by_another_verb(stage: Stage) -> int:
    """A method nobody offers."""
    return stage.me.sends(FORM, method="PUT", card=CARD).status_code


def with_words(stage: Stage) -> int:
    """Fields nobody asked for."""
    return to_one(stage, words=f"from {ASKER}", note=stage.team[ASKER], author=stage.team[ASKER])


def much_too_long(stage: Stage) -> int:
    """A form beyond all measure."""
    return to_one(stage, words=ASKER * 80_000)


def signed_out(stage: Stage) -> int:
    """The cookie was thrown away in another window."""
    stage.me.client.delete_cookie("session")
    return to_one(stage)


def long_after(stage: Stage) -> int:
    """The session stood idle for too long."""
    stage.clock.at += timedelta(days=15)
    return to_one(stage)


def to_oneself(stage: Stage) -> int:
    """Into one's own hat, which may not even be there."""
    return to_one(stage, member=stage.team[ASKER])


def to_another_workspace(stage: Stage) -> int:
    """To somebody elsewhere."""
    return to_one(stage, member=stage.family["Maja"])


def _changed(name: str = ASKER, **values: object) -> Callable[[Stage], None]:
    def change(stage: Stage) -> None:
        with stage.runtime.transaction(stage.team.id) as db:
            row = sa.update(Member).where(Member.id == stage.team[name]).values(**values)
            db.execute(row, execution_options={"synchronize_session": False})

    return change


def _below_the_floor(stage: Stage) -> None:
    with stage.runtime.transaction(stage.team.id) as db:
        people.leave(db, stage.team[OTHERS[0]])


def _apart(stage: Stage) -> None:
    with stage.runtime.transaction(stage.team.id) as db:
        people.keep_apart(db, stage.team[DRAWER], stage.team[ASKER])


def _leads(stage: Stage) -> None:
    with stage.runtime.transaction(stage.team.id) as db:
        seats.seat(db, stage.team.circle, stage.team[ASKER], stage.clock(), leads=True)


def _switched_off(stage: Stage) -> None:
    with stage.runtime.transaction(stage.team.id) as db:
        people.switch(db, stage.team.id, "suggestions", on=False)


QUICK = ("one person", "all of us", "one person too many", "an error inside", "the database goes")
"""Those of the short profile."""

ALL = {
    "one person": Scenario(to_one, 200, slips=True),
    "all of us": Scenario(to_all, 200, slips=True),
    "step by step": Scenario(step_by_step, 200, slips=True),
    "replayed": Scenario(twice, 200, slips=True),
    "one person too many": Scenario(to_one, 422, before=_below_the_floor),
    "rate-limited": Scenario(beyond_the_limit, 422, slips=True),
    "only looking": Scenario(only_looks, 200),
    "an error inside": Scenario(with_an_error_inside, 500),
    "the database goes": Scenario(while_the_database_goes, 503),
    "the database is away": Scenario(before_the_database_comes, 503),
    "redis is away": Scenario(without_redis, 200, slips=True),
    "another site": Scenario(from_another_site, 403),
    "forged token": Scenario(lambda stage: to_one(stage, csrf_token=f"forged by {stage.team[ASKER]}"), 400),
    "no token": Scenario(lambda stage: to_one(stage, csrf_token=""), 400),
    "forged card": Scenario(lambda stage: to_one(stage, f"{ASKER}.9.moon"), 422),
    "forged member": Scenario(lambda stage: to_one(stage, member=f"{ASKER}' OR 1=1 --"), 422),
    "nobody chosen": Scenario(lambda stage: to_one(stage, member=""), 422),
    "a kind alone": Scenario(lambda stage: to_one(stage, ""), 200),
    "nothing at all": Scenario(lambda stage: stage.me.sends(FORM).status_code, 422),
    "a program": Scenario(as_json, 422),
    "another verb": Scenario(by_another_verb, 405),
    "fields nobody asked for": Scenario(with_words, 200, slips=True),
    "much too long": Scenario(much_too_long, 413),
    "signed out": Scenario(signed_out, 400),
    "long after": Scenario(long_after, 401),
    "to oneself": Scenario(to_oneself, 422),
    "to another workspace": Scenario(to_another_workspace, 422),
    "to a lead": Scenario(lambda stage: to_one(stage, member=stage.team[OWNER]), 200, slips=True),
    "kept apart": Scenario(to_one, 422, before=_apart),
    "a guest": Scenario(to_one, 403, before=_changed(role=Role.GUEST)),
    "a lead to whom they lead": Scenario(to_one, 422, before=_leads),
    "to a child": Scenario(to_one, 422, before=_changed(DRAWER, role=Role.CHILD)),
    "an owner": Scenario(to_one, 422, before=_changed(is_owner=True)),
    "switched off": Scenario(to_one, 422, before=_switched_off),
    "an address with words": Scenario(lambda stage: stage.me.opens(f"{FORM}/{ASKER}", who=ASKER).status_code, 404),
}
