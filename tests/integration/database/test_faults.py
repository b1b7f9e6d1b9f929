"""The store fails under us: full, locked, or of two minds. Nothing is written by halves, and it goes on by itself."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
import sqlalchemy as sa

from service import db as database
from service.app import create_app
from service.errors import StoreAway
from service.people import actions as people
from service.people import queries
from service.people.models import Member
from service.runtime import Runtime
from tests import builders
from tests.visitors import HTML, signed_in

SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
POSTGRES = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


@contextmanager
def full(runtime: Runtime) -> Iterator[None]:
    """The disk takes not one page more, for every connection there is and comes."""

    def fill(raw: sqlite3.Connection, _entry: object) -> None:
        pages = raw.execute("PRAGMA page_count").fetchone()[0]
        raw.execute(f"PRAGMA max_page_count={pages}")

    runtime.engine.dispose()
    sa.event.listen(runtime.engine, "connect", fill)
    try:
        yield
    finally:
        sa.event.remove(runtime.engine, "connect", fill)
        runtime.engine.dispose()


def _members(runtime: Runtime) -> int:
    with runtime.housekeeping(writes=False) as db:
        return len(list(db.scalars(sa.select(Member.id))))


def _crowded(runtime: Runtime, home: str) -> None:
    with runtime.transaction(home) as db:
        for number in range(2000):
            people.meet(db, f"Somebody {number} {'x' * 60}", runtime.now())


@SQLITE
def test_a_full_disk_takes_nothing_by_halves_and_it_goes_on_when_there_is_room(runtime: Runtime) -> None:
    home = builders.team(runtime, "Ada")
    before = _members(runtime)
    with full(runtime):
        with pytest.raises(StoreAway):
            _crowded(runtime, home.id)
        assert _members(runtime) == before
    with runtime.transaction(home.id) as db:
        people.meet(db, "Ben", runtime.now())
    assert _members(runtime) == before + 1
    with closing(sqlite3.connect(str(runtime.engine.url.database))) as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@SQLITE
def test_a_writer_that_holds_the_database_brings_503_and_no_more(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = builders.team(runtime, "Ada")
    monkeypatch.setattr(database, "SQLITE_WAIT_S", 0.2)
    somebody = signed_in(runtime, home.id, home["Ada"])
    app = create_app(runtime)
    app.config["WTF_CSRF_ENABLED"] = False
    with runtime.engine.connect() as holds:
        holds.begin()
        with pytest.raises(StoreAway), runtime.transaction(home.id) as db:
            people.meet(db, "Ben", runtime.now())
        assert somebody.client.get("/today", headers=HTML).status_code in (200, 503)
    with runtime.transaction(home.id) as db:
        people.meet(db, "Ben", runtime.now())
        assert len(queries.everybody(db)) == 2


@POSTGRES
def test_of_two_who_wait_for_one_another_one_is_turned_away_and_may_come_again(runtime: Runtime) -> None:
    home = builders.team(runtime, "Ada", "Ben")
    gate = threading.Barrier(2)
    turned_away: list[str] = []

    def rename(first: str, then: str) -> None:
        try:
            with runtime.transaction(home.id) as db:
                _locked(db, home[first])
                gate.wait(10)
                _locked(db, home[then])
        except StoreAway:
            turned_away.append(first)

    both = [threading.Thread(target=rename, args=pair) for pair in (("Ada", "Ben"), ("Ben", "Ada"))]
    for each in both:
        each.start()
    for each in both:
        each.join(30)
    assert len(turned_away) == 1
    rename_again = runtime.transaction(home.id)
    with rename_again as db:
        _locked(db, home[turned_away[0]])


def _locked(db: database.Session, member: str) -> None:
    db.scalars(sa.select(Member).where(Member.id == member).with_for_update()).one()
